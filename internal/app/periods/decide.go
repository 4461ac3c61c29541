package periods

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
	"hoicho/internal/vn"
)

// above reads a report for the level above, NotFound for everybody else.
func (a *Service) above(ctx context.Context, tx *store.Tx, actor registry.Actor, k period.Key) (seen, error) {
	s, err := a.see(ctx, tx, actor, k)
	if err == nil && !s.Above {
		err = core.ErrHidden()
	}
	return s, err
}

// Pick names a report with the version at which it was read, as the lists of the office send it.
func Pick(r period.Report) string { return r.Unit + ":" + strconv.FormatInt(r.Version, 10) }

// Accept accepts reports that were picked: all of them, or none. Invalid at "pick" for none;
// Conflict for one that does not wait, or has changed since; NotFound for whoever does not stand
// above.
func (a *Service) Accept(ctx context.Context, actor registry.Actor, form period.FormCode, p period.Period, picked []string) (n int, err error) {
	if len(picked) == 0 {
		return 0, registry.Faults{registry.At("pick", "period.error.pick")}
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		n = 0
		for _, pick := range picked {
			unit, version, _ := strings.Cut(pick, ":")
			s, err := a.above(ctx, tx, actor, period.Key{Form: form, Period: p, Unit: unit})
			if err != nil {
				return err
			}
			r := s.gate.Report
			if err := s.gate.Decide(period.Accepted); err != nil {
				return err
			}
			if strconv.FormatInt(r.Version, 10) != version {
				return registry.E(registry.Conflict, "error.stale")
			}
			r.State, r.DecidedAt, r.DecidedBy, r.Reason = period.Accepted, tx.NowMS(), actor.Name, ""
			if err := stored.Save(ctx, tx, &r, "", actor.Account); err != nil {
				return err
			}
			if err := tx.Audit(ctx, actor, change("period.accept", s.unit, p)); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// ReturnInput is the form by which a report is given back.
type ReturnInput struct {
	Reason  string `form:"reason"`
	Until   string `form:"until"` // by when it is to be mended
	Version int64  `form:"version"`
}

// Return gives a report back to be mended until a day, which holds against the deadline too.
// Invalid at a field; Conflict where it does not wait and was not accepted, or has changed since;
// NotFound for whoever does not stand above.
func (a *Service) Return(ctx context.Context, actor registry.Actor, k period.Key, in ReturnInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, err := a.above(ctx, tx, actor, k)
		if err != nil {
			return none, err
		}
		reason, until, faults := a.reasonUntil(in.Reason, in.Until)
		r := s.gate.Report
		switch err := s.gate.Decide(period.Returned); {
		case err != nil:
			return none, err
		case r.Version != in.Version:
			return none, registry.E(registry.Conflict, "error.stale")
		case faults != nil:
			return none, faults
		}
		r.State, r.DecidedAt, r.DecidedBy, r.Reason = period.Returned, tx.NowMS(), actor.Name, reason
		if err := stored.Save(ctx, tx, &r, "", actor.Account); err != nil {
			return none, err
		}
		if until > s.gate.Calendar.Due {
			err = a.except(ctx, tx, actor, s, period.Exception{Key: k, Reason: reason, Until: until})
		}
		return change("period.return", s.unit, k.Period, fact.Said("reason", reason), fact.Date("until", until)), err
	})
}

// reasonUntil reads why something is allowed, and until which day.
func (a *Service) reasonUntil(why, day string) (reason, until string, faults error) {
	r := core.Input{Today: a.Today()}
	reason = r.Needed("reason", why, period.MaxReason)
	if until = r.Date("until", day); until == "" && len(r.Faults) == 0 || day == "" {
		r.Faults.Check(day != "", "until", "error.required")
		return reason, until, r.Faults.Err()
	}
	last := registry.AddDays(a.Today(), period.MaxExceptionDays)
	r.Faults.Check(until == "" || until >= a.Today(), "until", "period.error.until_past")
	r.Faults.Check(until <= last, "until", "period.error.until_far", period.MaxExceptionDays)
	return reason, until, r.Faults.Err()
}

// excusable reports whether an exception makes sense: the period is locked or its deadline has
// passed, and none is in force.
func excusable(g period.Gate) bool {
	return g.Exception == nil && (g.Lock != nil || g.Today > g.Calendar.Due && g.Report.State != period.Accepted && g.Report.State != period.Submitted)
}

// ExceptInput is the form of an exception for units.
type ExceptInput struct {
	Reason string   `form:"reason"`
	Until  string   `form:"until"`
	Units  []string `form:"unit"`
}

// Except lets units file after the deadline, or mend a report in a locked period, until a day. A
// report that was handed in before is open to be mended. Invalid at a field; Conflict where
// nothing stands in the way of a unit, or an exception holds; NotFound for whoever does not stand
// above.
func (a *Service) Except(ctx context.Context, actor registry.Actor, form period.FormCode, p period.Period, in ExceptInput) (n int, err error) {
	reason, until, faults := a.reasonUntil(in.Reason, in.Until)
	if len(in.Units) == 0 {
		return 0, registry.Faults{registry.At("unit", "period.error.pick")}
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		n = 0
		for _, unit := range in.Units {
			k := period.Key{Form: form, Period: p, Unit: unit}
			s, err := a.above(ctx, tx, actor, k)
			switch {
			case err != nil:
				return err
			case faults != nil:
				return faults
			case !excusable(s.gate):
				return registry.E(registry.Conflict, "period.error.no_need", s.unit.Name)
			}
			if err := a.reopen(ctx, tx, actor, s.gate.Report, reason); err != nil {
				return err
			}
			if err := a.except(ctx, tx, actor, s, period.Exception{Key: k, Reason: reason, Until: until}); err != nil {
				return err
			}
			if err := tx.Audit(ctx, actor, change("period.except", s.unit, p, fact.Said("reason", reason), fact.Date("until", until))); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// reopen gives a report back that was handed in.
func (a *Service) reopen(ctx context.Context, tx *store.Tx, actor registry.Actor, r period.Report, reason string) error {
	if r.State != period.Submitted && r.State != period.Accepted {
		return nil
	}
	r.State, r.DecidedAt, r.DecidedBy, r.Reason = period.Returned, tx.NowMS(), actor.Name, reason
	return stored.Save(ctx, tx, &r, "", actor.Account)
}

// except stores an exception; one that holds is ended by it.
func (a *Service) except(ctx context.Context, tx *store.Tx, actor registry.Actor, s seen, e period.Exception) error {
	if s.gate.Exception != nil {
		if err := stored.EndException(ctx, tx, *s.gate.Exception); err != nil {
			return err
		}
	}
	e.N, e.By = len(s.exceptions)+1, actor.Name
	return stored.AddException(ctx, tx, e, actor.Account)
}

// End ends the exception of a unit before its day. Conflict where none holds; NotFound for
// whoever does not stand above.
func (a *Service) End(ctx context.Context, actor registry.Actor, k period.Key) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, err := a.above(ctx, tx, actor, k)
		switch {
		case err != nil:
			return none, err
		case s.gate.Exception == nil:
			return none, registry.E(registry.Conflict, "error.stale")
		}
		return change("period.end", s.unit, k.Period, fact.Date("until", s.gate.Exception.Until)), stored.EndException(ctx, tx, *s.gate.Exception)
	})
}

// LockInput is the form that locks a period.
type LockInput struct {
	Reason string `form:"lock_reason"`
	Sure   bool   `form:"sure"`
}

// Lock locks a period for all that report to a province. Where reports were not accepted a reason
// and a tick are needed: they go as they are, or are missing. Invalid at a field; Conflict before
// the period is over, and for one that is locked; NotFound for whoever does not stand above.
func (a *Service) Lock(ctx context.Context, actor registry.Actor, q Query, in LockInput) error {
	if err := a.home(ctx, actor, &q); err != nil {
		return err
	}
	calendar, province, err := a.asked(q)
	if err != nil {
		return err
	}
	scope := a.Areas.Scope(province)
	if !actor.Can(registry.ManagePlan, scope) {
		return core.ErrHidden()
	}
	r := core.Input{}
	reason := r.Line("lock_reason", in.Reason, period.MaxReason)
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		missing, err := a.notAccepted(ctx, tx, calendar, province)
		if err != nil {
			return none, err
		}
		faults := slices.Clone(r.Faults)
		faults.Check(reason != "" || missing == 0, "lock_reason", "period.error.lock_reason", missing)
		faults.Check(in.Sure, "sure", "period.error.lock_sure")
		switch p := calendar.Period; {
		case a.Today() <= p.LastDay():
			return none, registry.E(registry.Conflict, "period.error.lock_early", vn.ShowDate(p.LastDay()))
		case faults.Err() != nil:
			return none, faults.Err()
		}
		kept, err := a.kept(ctx, tx, actor, q)
		if err != nil {
			return none, err
		}
		lock := period.Lock{Form: q.Form, Period: calendar.Period, Province: province.Code, By: actor.Name, Reason: reason, Missing: missing}
		u := Unit{Ref: province, scope: scope}
		return change("period.lock", u, calendar.Period, fact.Count("period.missing", missing), fact.Said("reason", reason)), stored.Lock(ctx, tx, lock, kept, actor.Account)
	})
}

// notAccepted counts the units of a province whose report was not accepted.
func (a *Service) notAccepted(ctx context.Context, tx *store.Tx, c period.Calendar, province registry.AreaRef) (missing int, err error) {
	units, err := a.units(ctx, tx, c.Form, c.Period, province)
	if err != nil {
		return 0, err
	}
	filed, err := stored.Reports(ctx, tx, c.Form, c.Period)
	for _, u := range units {
		if filed[u.Key].State != period.Accepted {
			missing++
		}
	}
	return missing, err
}
