package passes

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// RaiseAlarms looks at what was counted of the pages of passes since the hour began, and at
// what gates read, and stores an alarm for each pass that may have been copied, once a day for
// each reason. It returns how many were new.
func (a *Service) RaiseAlarms(ctx context.Context) (n int, err error) {
	codes, all, found := a.watch.suspects(a.NowMS())
	if len(codes)+len(found) == 0 {
		return 0, nil
	}
	var alarms []registry.PassAlarm
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if alarms, err = a.openedAlarms(ctx, tx, codes, all); err != nil {
			return err
		}
		for _, f := range found {
			alarm, ok, err := gateAlarm(ctx, tx, f)
			if err != nil {
				return err
			}
			if ok {
				alarms = append(alarms, alarm)
			}
		}
		return nil
	})
	for _, alarm := range alarms {
		raised, err := a.raise(ctx, alarm)
		if err != nil {
			return n, err
		}
		if raised {
			n++
		}
	}
	return n, err
}

// raise stores an alarm, with an audit line for a new one.
func (a *Service) raise(ctx context.Context, alarm registry.PassAlarm) (first bool, err error) {
	alarm.Day = a.Today()
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		if first, err = tx.RaiseAlarm(ctx, alarm); err != nil || !first {
			return err
		}
		e, err := tx.Event(ctx, alarm.Event)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, registry.SystemActor("system: copies"), registry.Change{Action: "pass.alarm", Object: "pass", ID: string(alarm.Pass),
			Scope: a.Areas.Scope(e.Area), Detail: fact.Facts{fact.Code("pass.alarm", fact.PassAlarm, alarm.Kind)}})
	})
	return first, err
}

// openedAlarms judges the pages that are opened very often against the others of their event.
func (a *Service) openedAlarms(ctx context.Context, tx *store.Tx, codes []string, all map[string]openings) (alarms []registry.PassAlarm, err error) {
	if len(codes) == 0 {
		return nil, nil
	}
	passes := map[string]registry.Pass{}
	byEvent := map[registry.EventID][]string{}
	for code := range all {
		p, err := tx.PassByCode(ctx, code)
		if registry.KindOf(err) == registry.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		passes[code] = p
		byEvent[p.Event] = append(byEvent[p.Event], code)
	}
	for _, code := range codes {
		p, known := passes[code]
		if !known || p.Kind == registry.VoucherPass {
			continue
		}
		at := registry.PassAlarm{Pass: p.ID, Event: p.Event, At: a.NowMS()}
		others := siblings(byEvent[p.Event], code, all)
		if mean := others.mean(); all[code].n >= max(registry.AlarmOpens, registry.AlarmTimesOthers*mean) {
			often := at
			often.Kind, often.N, often.OtherN = registry.AlarmOften, all[code].n, mean
			alarms = append(alarms, often)
		}
		if outside, inside := others.split(all[code]); outside >= registry.AlarmOutside && inside >= registry.AlarmInside {
			elsewhere := at
			elsewhere.Kind, elsewhere.N, elsewhere.OtherN = registry.AlarmElsewhere, outside, inside
			alarms = append(alarms, elsewhere)
		}
	}
	return alarms, nil
}

// siblingSum is what was counted of the other passes of an event.
type siblingSum struct {
	passes, n int
	nets      map[uint64]bool
}

func siblings(codes []string, but string, all map[string]openings) (s siblingSum) {
	s.nets = map[uint64]bool{}
	for _, code := range codes {
		if code == but {
			continue
		}
		s.passes++
		s.n += all[code].n
		for key := range all[code].nets {
			s.nets[key] = true
		}
	}
	return s
}

// mean is how often the others were opened on average, 0 where there are none.
func (s siblingSum) mean() int { return s.n / max(s.passes, 1) }

// split is how often a page was opened from the busiest network that opens none of the others,
// and from those that do: the market's own.
func (s siblingSum) split(o openings) (outside, inside int) {
	for key, n := range o.nets {
		if s.nets[key] {
			inside += n
		} else {
			outside = max(outside, n)
		}
	}
	return outside, inside
}

// gateAlarm names what gates found: the pass, the event that it is of, and the places. ok is
// false for a code that no pass has, which the gates refuse anyway.
func gateAlarm(ctx context.Context, tx *store.Tx, f registry.PassAlarm) (alarm registry.PassAlarm, ok bool, err error) {
	p, err := tx.PassByCode(ctx, string(f.Pass))
	if registry.KindOf(err) == registry.NotFound {
		return f, false, nil
	}
	if err != nil {
		return f, false, err
	}
	alarm = registry.PassAlarm{Pass: p.ID, Event: p.Event, Kind: f.Kind, At: f.At}
	if alarm.Place, err = placeName(ctx, tx, f.Kind, registry.EventID(f.Place), f.N); err != nil {
		return alarm, false, err
	}
	alarm.OtherPlace, err = placeName(ctx, tx, f.Kind, registry.EventID(f.OtherPlace), f.OtherN)
	return alarm, err == nil, err
}

// placeName is the name of a gate, or of the event where two events read the pass.
func placeName(ctx context.Context, tx *store.Tx, kind registry.AlarmKind, event registry.EventID, number int) (string, error) {
	if kind == registry.AlarmTwoEvents {
		e, err := tx.Event(ctx, event)
		return e.Title, err
	}
	gates, err := tx.Gates(ctx, event)
	for _, g := range gates {
		if g.Number == number {
			return g.Name, err
		}
	}
	return "", err
}

// Alarms lists the alarms about the passes of an event, those that nobody has looked at first.
// The actor needs ManagePasses there.
func (a *Service) Alarms(ctx context.Context, actor registry.Actor, event registry.EventID) (list []registry.AlarmRow, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if _, err := a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, event); err != nil {
			return err
		}
		list, err = tx.Alarms(ctx, event)
		return err
	})
	return list, err
}

// OpenAlarms lists the alarms that nobody has looked at, of the events whose passes the actor
// manages.
func (a *Service) OpenAlarms(ctx context.Context, actor registry.Actor) (list []registry.AlarmRow, err error) {
	if !actor.CanSomewhere(registry.ManagePasses) {
		return nil, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		events, err := tx.AlarmEvents(ctx)
		if err != nil {
			return err
		}
		for _, id := range events {
			e, err := tx.Event(ctx, id)
			if err != nil {
				return err
			}
			if !actor.Can(registry.ManagePasses, a.Areas.Scope(e.Area)) {
				continue
			}
			rows, err := tx.Alarms(ctx, id)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if row.SeenAt == 0 {
					list = append(list, row)
				}
			}
		}
		return nil
	})
	return list, err
}

// AlarmInput is what an officer found about an alarm.
type AlarmInput struct {
	Kind registry.AlarmKind `form:"kind"`
	Day  string             `form:"day"`
	Word registry.AlarmWord `form:"word"`
	Note string             `form:"note"`
}

// SeeAlarm notes what an officer found about an alarm of a pass. The actor needs ManagePasses at
// its event. Invalid at a field; Conflict where a colleague was quicker or there is no such alarm.
func (a *Service) SeeAlarm(ctx context.Context, actor registry.Actor, id registry.PassID, in AlarmInput) error {
	r := core.Input{}
	note := r.Line("note", in.Note, registry.MaxAlarmNote)
	r.Faults.Check(in.Word.Valid(), "word", "error.choose")
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		p, err := tx.Pass(ctx, id)
		if err != nil {
			return none, err
		}
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, p.Event)
		if err != nil {
			return none, err
		}
		if err := r.Faults.Err(); err != nil {
			return none, err
		}
		alarm := registry.PassAlarm{Pass: id, Kind: in.Kind, Day: in.Day, Word: in.Word, Note: note, SeenAs: actor.Name}
		return registry.Change{Action: "pass.alarm_seen", Object: "pass", ID: string(id), Scope: a.Areas.Scope(e.Area),
				Detail: fact.Facts{fact.Code("pass.alarm", fact.PassAlarm, in.Kind), fact.Code("pass.word", fact.AlarmWord, in.Word), fact.Said("note", vn.HidePersonal(note))}},
			tx.SeeAlarm(ctx, alarm, actor.Account)
	})
}
