package admission

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// TallySheet is the tally sheet (phiếu đếm) of a gate and a day as it is typed in.
type TallySheet struct {
	GateList // without passes; Gate is 0 where the event has none
	Hours    []TallyHour
	Version  string // differs after every change of what is typed in
}

// TallyHour is an hour of a tally sheet.
type TallyHour struct {
	Hour     int // it begins
	Adults   int
	Children int
}

// N is how many visits the hour had.
func (h *TallyHour) N() int { return h.Adults + h.Children }

// TallySheet returns what is typed in of the tally sheet of a gate, the first where
// none is named, on a day. Rights and faults are those of GateList.
func (a *Service) TallySheet(ctx context.Context, actor registry.Actor, id registry.EventID, q GateQuery) (sheet TallySheet, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id)
		if err != nil {
			return err
		}
		sheet, _, err = a.tallySheet(ctx, tx, event, q)
		return err
	})
	return sheet, err
}

func (a *Service) tallySheet(ctx context.Context, tx *store.Tx, event registry.Event, q GateQuery) (TallySheet, []registry.Tally, error) {
	var sheet TallySheet
	gates, err := tx.Gates(ctx, event.ID)
	if err != nil {
		return sheet, nil, err
	}
	if len(gates) > 0 {
		q.Gate = max(q.Gate, 1)
	}
	if sheet.GateList, err = a.gateDay(ctx, tx, event, q); err != nil {
		return sheet, nil, err
	}
	all, err := tx.Tallies(ctx, event.ID)
	from, until := dayBounds(sheet.Day)
	stored := slices.DeleteFunc(all, func(t registry.Tally) bool {
		return t.Method != registry.CountPaper || t.Gate != sheet.Gate || t.DroppedAt != 0 || t.HourAt < from || t.HourAt >= until
	})
	sheet.take(stored, from)
	return sheet, stored, err
}

// take sums up what is stored, hour by hour.
func (s *TallySheet) take(stored []registry.Tally, from int64) {
	hours := openHours(&s.Event, s.Day)
	ids := make([]any, 0, len(stored)+1)
	for _, t := range stored {
		hours = append(hours, int((t.HourAt-from)/registry.HourMS))
		ids = append(ids, t.ID)
	}
	slices.Sort(hours)
	for _, hour := range slices.Compact(hours) {
		h := TallyHour{Hour: hour}
		for _, t := range stored {
			if t.HourAt == from+int64(hour)*registry.HourMS {
				h.Adults, h.Children = h.Adults+t.N-t.Children, h.Children+t.Children
			}
		}
		s.Hours = append(s.Hours, h)
	}
	s.Version = string(namedID(append(ids, "tally")...))
}

// TallySheetInput is a whole sheet as typed: the three lists belong together line
// by line.
type TallySheetInput struct {
	GateQuery
	Version  string // of the sheet that the form showed
	Hours    []int
	Adults   []string
	Children []string
}

// maxTallied is how many visitors a sheet may have in an hour.
const maxTallied = 50_000

// hours reads the input, with faults at adults-H and children-H, H the hour.
func (in *TallySheetInput) hours(day string, now int64) ([]TallyHour, error) {
	if len(in.Hours) != len(in.Adults) || len(in.Hours) != len(in.Children) || len(in.Hours) > 24 {
		return nil, registry.E(registry.Malformed, "error.malformed")
	}
	var read core.Input
	from, _ := dayBounds(day)
	hours := make([]TallyHour, len(in.Hours))
	for i, hour := range in.Hours {
		if hour < 0 || hour > 23 || slices.Contains(in.Hours[:i], hour) {
			return nil, registry.E(registry.Malformed, "error.malformed")
		}
		adults, children := fmt.Sprint("adults-", hour), fmt.Sprint("children-", hour)
		h := TallyHour{hour, readTallied(&read, adults, in.Adults[i]), readTallied(&read, children, in.Children[i])}
		read.Faults.Check(h.N() == 0 || from+int64(hour)*registry.HourMS <= now, adults, "error.visit.future")
		hours[i] = h
	}
	return hours, read.Faults.Err()
}

// readTallied reads a number of visitors; "" is none.
func readTallied(in *core.Input, field, typed string) int {
	typed = strings.NewReplacer(".", "", " ", "").Replace(typed)
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		in.Faults.Add(field, "error.not_a_number")
		return 0
	}
	return in.Between(field, n, 0, maxTallied)
}

// SaveTallySheet makes what is typed in of a gate and a day what the sheet says:
// numbers that differ are replaced and stay on record, and saving the same sheet
// again changes nothing. It returns how many hours changed. The actor needs
// ManageGate in the event's area. Invalid at a field; Conflict when somebody else
// typed since the form was shown.
func (a *Service) SaveTallySheet(ctx context.Context, actor registry.Actor, id registry.EventID, in TallySheetInput) (changed int, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		changed = 0
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id)
		if err != nil {
			return err
		}
		if _, err := tx.HoldChanges(ctx, []registry.EventID{id}); err != nil {
			return err
		}
		sheet, stored, err := a.tallySheet(ctx, tx, event, in.GateQuery)
		if err != nil {
			return err
		}
		if sheet.Day != in.Day {
			return registry.At("", "error.visit.not_a_day")
		}
		hours, err := in.hours(sheet.Day, tx.NowMS())
		if err != nil {
			return err
		}
		hours = sheet.differing(hours)
		if changed = len(hours); changed == 0 {
			return nil
		}
		if in.Version != sheet.Version {
			return registry.E(registry.Conflict, "error.tally.stale")
		}
		if err := sheet.replace(ctx, tx, actor.Name, stored, hours); err != nil {
			return err
		}
		return tx.Audit(ctx, actor, a.gateChange("visit.tally_sheet", event, fact.Number("gate", sheet.Gate), fact.Date("day", sheet.Day),
			fact.List("hours", fact.HourTally, toldHours(hours)...)))
	})
	return changed, err
}

// toldHours is what the audit log keeps of hours.
func toldHours(hours []TallyHour) []string {
	told := make([]string, len(hours))
	for i, h := range hours {
		told[i] = fmt.Sprintf("%d %d %d", h.Hour, h.Adults, h.Children)
	}
	return told
}

// differing are the hours that say something else than the sheet.
func (s *TallySheet) differing(hours []TallyHour) []TallyHour {
	return slices.DeleteFunc(hours, func(h TallyHour) bool {
		return slices.Contains(s.Hours, h) || h.N() == 0 && !slices.ContainsFunc(s.Hours, func(o TallyHour) bool { return o.Hour == h.Hour && o.N() > 0 })
	})
}

// replace takes back what was typed for these hours and stores what is said now.
func (s *TallySheet) replace(ctx context.Context, tx *store.Tx, by string, stored []registry.Tally, hours []TallyHour) error {
	moved := map[registry.GateHour]int{} // by counter, with N = 0
	count := func(t registry.Tally, n int) { moved[tallyHour(t, 0)] += n }
	for _, h := range hours {
		at, _ := vn.InstantOf(s.Day, h.Hour*60)
		for _, old := range stored {
			if old.HourAt != at.UnixMilli() {
				continue
			}
			if _, err := tx.DropTally(ctx, s.Event.ID, old.ID, by); err != nil {
				return err
			}
			count(old, -old.N)
		}
		if h.N() == 0 {
			continue
		}
		t := registry.Tally{ID: store.NewID[registry.TallyID](), Event: s.Event.ID, Method: registry.CountPaper, Gate: s.Gate,
			HourAt: at.UnixMilli(), N: h.N(), Children: h.Children, EnteredBy: by, EnteredAt: tx.NowMS()}
		if err := tx.InsertTally(ctx, t); err != nil {
			return err
		}
		count(t, t.N)
	}
	var counters []registry.GateHour
	for h, n := range moved {
		h.N = n
		counters = append(counters, h)
	}
	slices.SortFunc(counters, registry.CompareGateHours)
	return tx.AddGateHours(ctx, counters)
}
