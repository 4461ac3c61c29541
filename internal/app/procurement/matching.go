package procurement

import (
	"context"
	"strconv"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// MatchingInput is what the form of a matching holds, as it was typed.
type MatchingInput struct {
	HeldOn     string `form:"day"`
	Meeting    string `form:"meeting"`
	Event      string `form:"event"`
	Area       string `form:"area_ref"` // text form of a unit
	Buyer      string `form:"buyer"`
	Producer   string `form:"producer"`
	Product    string `form:"product"`
	Volume     string `form:"volume"`
	MemoNumber string `form:"memo_number"`
	MemoOn     string `form:"signed_on"`
	Version    int64  `form:"version"`
}

// MatchingInputOf is a matching as its form takes it.
func MatchingInputOf(m committee.Matching) MatchingInput {
	in := MatchingInput{HeldOn: vn.ShowDate(m.HeldOn), Meeting: m.Meeting, Event: string(m.Event), Area: m.Area.String(), Buyer: m.Buyer,
		Producer: m.Producer.Name, Product: m.Product, Volume: m.Volume, MemoNumber: m.MemoNumber, Version: m.Version}
	if m.MemoOn != "" {
		in.MemoOn = vn.ShowDate(m.MemoOn)
	}
	return in
}

// fillMatching reads a form into a matching, or returns all faults at once.
func (a *Service) fillMatching(in MatchingInput, m *committee.Matching) error {
	r := core.Input{Today: a.Today()}
	if in.HeldOn == "" {
		r.Faults.Add("day", "error.required")
	}
	m.HeldOn, m.MemoOn = r.Date("day", in.HeldOn), r.Date("signed_on", in.MemoOn)
	r.Faults.Check(m.HeldOn == "" || m.HeldOn >= committee.FirstCommDay, "day", "register.error.day")
	r.Faults.Check(m.HeldOn <= a.Today(), "day", "matching.error.future")
	m.Meeting, m.Event = r.Line("meeting", in.Meeting, committee.MaxSupportLine), registry.EventID(in.Event)
	m.Buyer = r.Needed("buyer", in.Buyer, committee.MaxSupportLine)
	m.Producer = committee.Producer{Name: r.Needed("producer", in.Producer, committee.MaxSupportLine)}
	m.Product, m.Volume = r.Needed("product", in.Product, committee.MaxSupportLine), r.Line("volume", in.Volume, committee.MaxSupportLine)
	m.MemoNumber = r.Line("memo_number", in.MemoNumber, committee.MaxSupportLine)
	r.Faults.Check(m.MemoNumber == "" || in.MemoOn != "", "signed_on", "matching.error.memo_day")
	m.Area = a.UnitOn(&r, in.Area, m.HeldOn)
	return r.Faults.Err()
}

// refersTo checks where a matching lies and what it refers to, ties its producer and sets
// when it is asked what became of it.
func (a *Service) refersTo(ctx context.Context, tx *store.Tx, actor registry.Actor, was registry.EventID, m *committee.Matching) error {
	if err := a.manages(ctx, tx, actor, placed{area: m.Area}); err != nil {
		return err
	}
	if m.Event != "" && m.Event != was {
		e, err := tx.Event(ctx, m.Event)
		if err != nil && registry.KindOf(err) != registry.NotFound {
			return err
		}
		if err != nil || e.State == registry.Draft || !actor.Can(registry.ManagePlan, a.Areas.Scope(e.Area)) {
			return registry.Faults{registry.At("event", "register.error.event")}
		}
	}
	m.Schedule()
	return knownVendor(ctx, tx, &m.Producer)
}

// matchingFor reads a matching for whoever reads plans in its area, or manages them there if
// that is asked; else it is NotFound.
func (a *Service) matchingFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.MatchingID, write bool) (committee.Matching, error) {
	m, err := tx.Matching(ctx, id)
	scope := a.Areas.Scope(m.Area)
	if err == nil && (!actor.Can(registry.ViewPlan, scope) || write && !actor.Can(registry.ManagePlan, scope)) {
		return committee.Matching{}, core.ErrHidden()
	}
	return m, err
}

// EnterMatching writes that a buyer and a producer were brought together. The actor needs
// ManagePlan in the producer's area. Invalid at a field.
func (a *Service) EnterMatching(ctx context.Context, actor registry.Actor, in MatchingInput) (m committee.Matching, err error) {
	if !actor.CanSomewhere(registry.ManagePlan) {
		return m, core.ErrHidden()
	}
	if err := a.fillMatching(in, &m); err != nil {
		return m, err
	}
	m.Entered = committee.Entry{By: actor.Account, As: actor.Name}
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		if err := a.refersTo(ctx, tx, actor, "", &m); err != nil {
			return none, err
		}
		if err := tx.InsertMatching(ctx, &m, a.Areas.Scope(m.Area)); err != nil {
			return none, err
		}
		return a.matchingChange("matching.enter", m, fact.Said("matching.number", m.Number()), fact.Said("matching.buyer", m.Buyer),
			fact.Said("matching.producer", m.Producer.Name), fact.Said("matching.product", m.Product)), nil
	})
	return m, err
}

// SaveMatching corrects a matching as it was read; what is still to be asked moves with its
// days. NotFound for whoever may not change it; Invalid at a field; Conflict where a
// colleague was quicker, or it is struck out.
func (a *Service) SaveMatching(ctx context.Context, actor registry.Actor, id registry.MatchingID, in MatchingInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.matchingFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		m := was
		m.Version = in.Version
		switch err := a.fillMatching(in, &m); {
		case err != nil:
			return none, err
		case m.Struck.Is():
			return none, registry.E(registry.Conflict, "register.error.struck")
		}
		if err := a.refersTo(ctx, tx, actor, was.Event, &m); err != nil {
			return none, err
		}
		if err := tx.SaveMatching(ctx, &m, a.Areas.Scope(m.Area)); err != nil {
			return none, err
		}
		return a.matchingChange("matching.save", m, append(fact.Facts{fact.Said("matching.number", m.Number())},
			fact.Differences(matchingFacts(was), matchingFacts(m))...)...), nil
	})
}

// FollowUpInput is what was told when it was asked what became of a matching.
type FollowUpInput struct {
	Months  int // 3 or 6
	Outcome string
	Result  string
	Version int64
}

// FollowUp writes what became of a matching after 3 or 6 months; told again it takes the
// place of what was told. NotFound for whoever may not change it, and for other months;
// Invalid at "outcome_<months>" or "result_<months>"; Conflict where a colleague was quicker,
// or it is struck out.
func (a *Service) FollowUp(ctx context.Context, actor registry.Actor, id registry.MatchingID, in FollowUpInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		m, err := a.matchingFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		if m.Struck.Is() {
			return none, registry.E(registry.Conflict, "register.error.struck")
		}
		r, tail, found := core.Input{}, "_"+strconv.Itoa(in.Months), false
		outcome := committee.Outcome(in.Outcome)
		r.Faults.Check(outcome.Valid(), "outcome"+tail, "error.choose")
		result := r.Needed("result"+tail, in.Result, committee.MaxSupportText)
		for i := range m.FollowUps {
			if f := &m.FollowUps[i]; f.Months == in.Months {
				f.Outcome, f.Result, f.DoneOn, f.By, found = outcome, result, a.Today(), actor.Name, true
			}
		}
		if !found {
			return none, core.ErrHidden()
		}
		if err := r.Faults.Err(); err != nil {
			return none, err
		}
		m.Version = in.Version
		if err := tx.SaveMatching(ctx, &m, a.Areas.Scope(m.Area)); err != nil {
			return none, err
		}
		return a.matchingChange("matching.follow_up", m, fact.Said("matching.number", m.Number()), fact.Number("matching.months", in.Months),
			fact.Code("matching.outcome", fact.Outcome, outcome), fact.Said("matching.result", result)), nil
	})
}

// StrikeMatching strikes out a matching for a reason, or with restore counts it again.
// Invalid at "reason" without one; NotFound for whoever may not change it; Conflict where a
// colleague was quicker.
func (a *Service) StrikeMatching(ctx context.Context, actor registry.Actor, id registry.MatchingID, in StrikeInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		m, err := a.matchingFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		m.Version = in.Version
		if err := in.strike(actor, &m.Struck); err != nil {
			return none, err
		}
		return a.matchingChange(in.action("matching.strike", "matching.restore"), m, fact.Said("matching.number", m.Number()), fact.Said("reason", m.Struck.Why)), tx.StrikeMatching(ctx, &m)
	})
}

func (a *Service) matchingChange(action string, m committee.Matching, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "matching", ID: string(m.ID), Scope: a.Areas.Scope(m.Area), Detail: fact.Facts(facts)}
}

// matchingFacts are the fields of a matching as the audit log compares them.
func matchingFacts(m committee.Matching) fact.Facts {
	return fact.Facts{fact.Date("matching.day", m.HeldOn), fact.Said("matching.meeting", m.Meeting), fact.Ref("matching.event", "event", m.Event),
		fact.Place("matching.area", m.Area), fact.Said("matching.buyer", m.Buyer), fact.Said("matching.producer", m.Producer.Name),
		fact.Ref("matching.vendor", "vendor", m.Producer.Vendor), fact.Said("matching.product", m.Product), fact.Said("matching.volume", m.Volume),
		fact.Said("matching.memo_number", m.MemoNumber), fact.Date("matching.signed_on", m.MemoOn)}
}

// MatchingList is a page of matchings with how many there are.
type MatchingList struct {
	Rows   []committee.Matching
	N      int // rows that fit
	All    int // of the year, without those struck out
	Memos  int // of them with a memorandum
	Due    int // that are due to be asked about, of every year
	Enters bool
}

// dueSoon is how many days before its day a follow-up is brought to mind.
const dueSoon = 7

// DueBy is the day by which follow-ups count as due today.
func (a *Service) DueBy() string { return registry.AddDays(a.Today(), dueSoon) }

// Matchings returns a page of the matchings that a filter chooses. NotFound for whoever reads
// no plan.
func (a *Service) Matchings(ctx context.Context, actor registry.Actor, f committee.MatchingFilter) (l MatchingList, err error) {
	if f.Codes, err = readReach(actor); err != nil {
		return l, err
	}
	l.Enters = actor.CanSomewhere(registry.ManagePlan)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if l.Rows, err = tx.Matchings(ctx, f); err != nil {
			return err
		}
		year, memos := f, f
		year.Counts, year.DueBy = true, ""
		memos = year
		memos.Memo = true
		for n, filter := range map[*int]committee.MatchingFilter{&l.N: f, &l.All: year, &l.Memos: memos,
			&l.Due: {Codes: f.Codes, Area: f.Area, DueBy: a.DueBy()}} {
			if *n, err = tx.CountMatchings(ctx, filter); err != nil {
				return err
			}
		}
		return nil
	})
	return l, err
}

// DueMatchings counts the matchings that are due to be asked about where the actor manages
// plans; 0 for everybody else.
func (a *Service) DueMatchings(ctx context.Context, actor registry.Actor) (n int, err error) {
	codes, all := actor.Reach(registry.ManagePlan)
	if !all && len(codes) == 0 {
		return 0, nil
	}
	if all {
		codes = nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		n, err = tx.CountMatchings(ctx, committee.MatchingFilter{Codes: codes, DueBy: a.DueBy()})
		return err
	})
	return n, err
}

// MatchingFile is a matching as its page shows it.
type MatchingFile struct {
	committee.Matching
	EventTitle string // "" without an event that the actor may see
	Writes     bool
}

// Matching returns a matching to whoever reads plans in its area, else NotFound.
func (a *Service) Matching(ctx context.Context, actor registry.Actor, id registry.MatchingID) (f MatchingFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if f.Matching, err = a.matchingFor(ctx, tx, actor, id, false); err != nil {
			return err
		}
		f.Writes = actor.Can(registry.ManagePlan, a.Areas.Scope(f.Area))
		if f.Event == "" {
			return nil
		}
		e, err := tx.Event(ctx, f.Event)
		if err == nil && actor.Can(registry.ViewOffice, a.Areas.Scope(e.Area)) {
			f.EventTitle = e.Title
		}
		return err
	})
	return f, err
}
