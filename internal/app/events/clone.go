package events

import (
	"context"
	"slices"
	"strconv"

	"hoicho/internal/app/core"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// ClonesMost is how many copies of an event are made at once.
const ClonesMost = 20

// CloneRow says what is different about one copy of an event. A row without any
// value is passed over. Without a title the copy keeps the old one, or in another
// commune takes a working one that is asked about; without a last day it lasts as
// long as the event.
type CloneRow struct{ Title, Area, FirstDay, LastDay string }

// CloneEvents makes drafts like an event on other days, in one commune or several:
// all of them, or none if a row has a fault. Days, hours, programme and the window
// of applications move along; booths, gates and their rules are copied. What
// belongs to the old commune is left out of a copy in another one and stays to be
// answered before it is announced (Event.Asked). A registration is not copied,
// since it holds for one event; a decision that makes it needless is, within the
// commune. Faults name the row after the field: "first_day-2".
func (a *Service) CloneEvents(ctx context.Context, actor registry.Actor, id registry.EventID, rows []CloneRow) (made []registry.Event, err error) {
	source, err := a.OfficeEvent(ctx, actor, registry.ManageEvents, id)
	if err != nil {
		return nil, err
	}
	copies, err := a.readClones(actor, source, rows)
	if err != nil {
		return nil, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		made = nil // a transaction that is run again starts from nothing
		if err := notThereYet(ctx, tx, source, copies); err != nil {
			return err
		}
		for _, c := range copies {
			e := c.event
			if err := a.StoreCopy(ctx, tx, actor, source, &e); err != nil {
				return err
			}
			made = append(made, e)
		}
		return nil
	})
	return made, err
}

// CloneDesk is what an organiser sees before copying an event.
type CloneDesk struct {
	Event  registry.Event
	Booths int
	Gates  int
	Copies []registry.Event // made so far, in the actor's areas
}

// CloneDesk returns an event with what a copy takes along. Rights as in CloneEvents.
func (a *Service) CloneDesk(ctx context.Context, actor registry.Actor, id registry.EventID) (d CloneDesk, err error) {
	if d.Event, err = a.OfficeEvent(ctx, actor, registry.ManageEvents, id); err != nil {
		return d, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		booths, err := tx.Booths(ctx, id)
		if err != nil {
			return err
		}
		gates, err := tx.Gates(ctx, id)
		d.Booths, d.Gates = len(booths), len(gates)
		return err
	})
	if err != nil {
		return d, err
	}
	d.Copies, _, err = a.OfficeEvents(ctx, actor, registry.EventFilter{Copies: id, Limit: 4 * ClonesMost})
	return d, err
}

// CopyOn makes a draft like an event on another first day (YYYY-MM-DD) in the same unit,
// as CloneEvents does, and does not store it yet.
func (a *Service) CopyOn(actor registry.Actor, source registry.Event, day string) (registry.Event, error) {
	return a.readClone(actor, source, CloneRow{Area: a.AreaFor(source.Area, day).String(), FirstDay: day})
}

// StoreCopy stores what CopyOn made, with booths, gates and rules of its own, and its line
// of the audit log.
func (a *Service) StoreCopy(ctx context.Context, tx *store.Tx, actor registry.Actor, source registry.Event, e *registry.Event) error {
	if err := a.storeClone(ctx, tx, source, e); err != nil {
		return err
	}
	return tx.Audit(ctx, actor, EventChange("event.clone", e, a.Areas.Scope(e.Area), newEvent(e)))
}

// clone is a copy to be stored, and the row that asked for it.
type clone struct {
	row   int
	event registry.Event
}

// readClones reads all rows and gathers what is wrong with each.
func (a *Service) readClones(actor registry.Actor, source registry.Event, rows []CloneRow) (copies []clone, err error) {
	var faults registry.Faults
	for i, row := range rows {
		if row == (CloneRow{}) {
			continue
		}
		e, err := a.readClone(actor, source, row)
		if err != nil {
			list, ok := inRow(i+1, err)
			if !ok {
				return nil, err
			}
			faults = append(faults, list...)
			continue
		}
		same := func(c clone) bool { return c.event.Area == e.Area && c.event.Days[0].Day == e.Days[0].Day }
		faults.Check(!slices.ContainsFunc(copies, same), rowField("area", i+1), "event.fault.clone_twice")
		copies = append(copies, clone{i + 1, e})
	}
	faults.Check(len(copies) > 0 || len(faults) > 0, rowField("area", 1), "error.required")
	faults.Check(len(copies) <= ClonesMost, "", "event.fault.clone_many", ClonesMost)
	return copies, faults.Err()
}

// rowField names a field of a row, counted from 1.
func rowField(field string, row int) string { return field + "-" + strconv.Itoa(row) }

// cloneFields are the fields that a row has; faults at others are told at its days.
var cloneFields = []string{"title", "area", "first_day", "last_day"}

// inRow names the faults of an event after the row that it came from; false for an
// error of another kind.
func inRow(row int, err error) (registry.Faults, bool) {
	all := core.JoinFaults(nil, err)
	list, ok := all.(registry.Faults)
	for i, f := range list {
		moved := *f
		if !slices.Contains(cloneFields, f.Field) {
			moved.Field = "first_day"
		}
		moved.Field = rowField(moved.Field, row)
		list[i] = &moved
	}
	return list, ok
}

// readClone makes one copy, not yet stored.
func (a *Service) readClone(actor registry.Actor, source registry.Event, row CloneRow) (registry.Event, error) {
	return a.CopyAs(actor, source, Copy{CloneRow: row})
}

// CopyAs makes a draft like an event with what is different about it, and does not store it yet.
func (a *Service) CopyAs(actor registry.Actor, source registry.Event, row Copy) (registry.Event, error) {
	e := registry.Event{State: registry.Draft, CreatedBy: actor.Account, ClonedFrom: source.ID, Cover: source.Cover, Asked: source.Asked}
	first, err := vn.ParseDate(row.FirstDay, a.Today())
	if row.FirstDay == "" {
		return e, registry.At("first_day", "error.required")
	}
	if err != nil {
		return e, registry.At("first_day", err.Error())
	}
	in := ShiftInput(EventInputOf(source), vn.DaysBetween(source.OpensOn, first))
	in.Area = row.Area
	if row.LastDay != "" {
		in.LastDay = row.LastDay
		in.Items = a.itemsUntil(in.Items, row.LastDay)
	}
	if source.Legal.Registration != registry.RegistrationNotNeeded {
		in = Fields.On(legalSection).Merge(in, EventInput{Registration: string(registry.RegistrationToFile)})
	}
	if area, err := a.Areas.Find(row.Area); err == nil && area.Ref != a.AreaFor(source.Area, first) {
		e.Asked = a.askAnew(source, area, first, &in)
	}
	if row.Title != "" {
		in.Title = row.Title
		e.Asked = without(e.Asked, "title")
	}
	row.fill(source, &e, &in)
	return e, a.FillEvent(actor, in, &e)
}

// itemsUntil leaves out the programme of days that a shorter copy does not have.
func (a *Service) itemsUntil(items []ItemInput, lastDay string) []ItemInput {
	last, err := vn.ParseDate(lastDay, a.Today())
	return slices.DeleteFunc(slices.Clone(items), func(i ItemInput) bool {
		day, fault := vn.ParseDate(i.Day, "")
		return err == nil && fault == nil && day > last
	})
}

// notThereYet refuses a second copy of an event in a commune on the same day, as a
// form that is sent twice would make.
func notThereYet(ctx context.Context, tx *store.Tx, source registry.Event, copies []clone) error {
	var faults registry.Faults
	for _, c := range copies {
		n, err := tx.CountClones(ctx, source.ID, c.event.Area, c.event.Days[0].Day)
		if err != nil {
			return err
		}
		faults.Check(n == 0, rowField("area", c.row), "event.fault.clone_there", vn.ShowDate(c.event.Days[0].Day))
	}
	return faults.Err()
}

// storeClone stores a copy with booths, gates and rules of its own.
func (a *Service) storeClone(ctx context.Context, tx *store.Tx, source registry.Event, e *registry.Event) error {
	if err := tx.InsertEvent(ctx, e, a.Areas.Scope(e.Area)); err != nil {
		return err
	}
	booths, err := tx.Booths(ctx, source.ID)
	if err != nil {
		return err
	}
	for i := range booths {
		b := &booths[i]
		b.ID, b.Event, b.Application, b.HeldUntil, b.AssignedAt = store.NewID[registry.BoothID](), e.ID, "", 0, 0
		if b.State != registry.BoothBlocked {
			b.State = registry.BoothFree
		}
	}
	if err := tx.InsertBooths(ctx, booths); err != nil {
		return err
	}
	return copyGates(ctx, tx, source, e)
}

// copyGates gives a copy the gates of its source with poster codes of their own,
// and its rules: hours of loading move along with the days. The PIN of the gate
// chief is told to people of one event, so it is not copied.
func copyGates(ctx context.Context, tx *store.Tx, source registry.Event, e *registry.Event) error {
	gates, err := tx.Gates(ctx, source.ID)
	if err != nil {
		return err
	}
	for _, g := range gates {
		g.Event, g.Code = e.ID, pass.NewGateCode()
		if err := tx.InsertGate(ctx, g); err != nil {
			return err
		}
	}
	s, err := tx.GateSettings(ctx, source.ID)
	if err != nil || s.Version == 0 {
		return err
	}
	shift := e.BeginsAt - source.BeginsAt
	windows := slices.Clone(s.Policy.LoadWindows)
	for i := range windows {
		windows[i].FromAt, windows[i].UntilAt = windows[i].FromAt+shift, windows[i].UntilAt+shift
	}
	s.Policy.LoadWindows, s.Pin, s.Version = windows, nil, 0
	return tx.SaveGateSettings(ctx, e.ID, s)
}
