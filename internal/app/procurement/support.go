package procurement

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// SupportInput is what the form of support holds, as it was typed.
type SupportInput struct {
	Kind     string `form:"kind"`
	Producer string `form:"producer"`
	Area     string `form:"area_ref"` // text form of a unit
	Body     string `form:"body"`
	Provider string `form:"provider"`
	What     string `form:"what"`
	Amount   string `form:"amount"`
	Since    string `form:"since_on"`
	Ended    string `form:"ended_on"`
	Result   string `form:"result" lines:"many"`
	Paper    string `form:"paper"`
	Version  int64  `form:"version"`
}

// SupportInputOf is support as its form takes it.
func SupportInputOf(s committee.SupportGiven) SupportInput {
	in := SupportInput{Kind: string(s.Kind), Producer: s.Producer.Name, Area: s.Area.String(), Body: string(s.Body), Provider: s.Provider, What: s.What,
		Since: vn.ShowDate(s.From), Result: s.Result, Paper: s.Paper, Version: s.Version}
	if s.Amount > 0 {
		in.Amount = vn.Count(s.Amount)
	}
	if s.Until != "" {
		in.Ended = vn.ShowDate(s.Until)
	}
	return in
}

// fillSupport reads a form into support, or returns all faults at once.
func (a *Service) fillSupport(in SupportInput, s *committee.SupportGiven) error {
	r := core.Input{Today: a.Today()}
	s.Kind = committee.SupportKind(in.Kind)
	r.Faults.Check(s.Kind.Valid(), "kind", "error.choose")
	s.Producer = committee.Producer{Name: r.Needed("producer", in.Producer, committee.MaxSupportLine)}
	s.Body, s.Provider = registry.BodyID(in.Body), r.Line("provider", in.Provider, committee.MaxSupportLine)
	r.Faults.Check(s.Body != "" || s.Provider != "", "provider", "support.error.provider")
	r.Faults.Check(s.Body == "" || s.Provider == "", "provider", "support.error.two_providers")
	s.What, s.Amount = r.Line("what", in.What, committee.MaxSupportLine), r.Money("amount", in.Amount, committee.MaxSupport)
	s.Result, s.Paper = r.Text("result", in.Result, committee.MaxSupportText), r.Line("paper", in.Paper, committee.MaxSupportLine)
	if in.Since == "" {
		r.Faults.Add("since_on", "error.required")
	}
	s.From, s.Until = r.Date("since_on", in.Since), r.Date("ended_on", in.Ended)
	r.Faults.Check(s.From == "" || s.From >= committee.FirstCommDay, "since_on", "register.error.day")
	r.Faults.Check(s.From == "" || s.Until == "" || s.From <= s.Until, "ended_on", "register.error.until")
	s.Area = a.UnitOn(&r, in.Area, s.From)
	return r.Faults.Err()
}

// vendorsNamed bounds how many vendors whose names have the words of a producer are looked
// at.
const vendorsNamed = 200

// knownVendor ties a producer to the vendor of the same name, letter by letter but for
// capitals. Where several bear the name, none is tied.
func knownVendor(ctx context.Context, tx *store.Tx, p *committee.Producer) error {
	p.Vendor = ""
	page, _, err := tx.Vendors(ctx, registry.VendorFilter{Text: p.Name, Limit: vendorsNamed})
	same := slices.DeleteFunc(page, func(v registry.Vendor) bool { return !strings.EqualFold(v.Name, p.Name) })
	if len(same) == 1 {
		p.Vendor, p.Name = same[0].ID, same[0].Name
	}
	return err
}

// placed is where a row lies and the body that it names now and before.
type placed struct {
	area      registry.AreaRef
	was, body registry.BodyID
}

// manages refuses a unit in which the actor does not manage plans, and a body that is not in
// the areas where the actor reads plans. The body that was there is not asked about again.
func (a *Service) manages(ctx context.Context, tx *store.Tx, actor registry.Actor, at placed) error {
	var faults registry.Faults
	faults.Check(actor.Can(registry.ManagePlan, a.Areas.Scope(at.area)), "area", "register.error.area_not_yours")
	if at.body != "" && at.body != at.was {
		b, err := tx.Body(ctx, at.body)
		if err != nil && registry.KindOf(err) != registry.NotFound {
			return err
		}
		faults.Check(err == nil && actor.Can(registry.ViewPlan, a.Areas.Scope(b.Area)), "body", "error.choose")
	}
	return faults.Err()
}

// supportFor reads support for whoever reads plans in its area, or manages them there if
// that is asked; else it is NotFound.
func (a *Service) supportFor(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.SupportID, write bool) (committee.SupportGiven, error) {
	s, err := tx.Support(ctx, id)
	scope := a.Areas.Scope(s.Area)
	if err == nil && (!actor.Can(registry.ViewPlan, scope) || write && !actor.Can(registry.ManagePlan, scope)) {
		return committee.SupportGiven{}, core.ErrHidden()
	}
	return s, err
}

// EnterSupport writes help that a producer was given. The actor needs ManagePlan in its
// area. Invalid at a field.
func (a *Service) EnterSupport(ctx context.Context, actor registry.Actor, in SupportInput) (s committee.SupportGiven, err error) {
	if !actor.CanSomewhere(registry.ManagePlan) {
		return s, core.ErrHidden()
	}
	if err := a.fillSupport(in, &s); err != nil {
		return s, err
	}
	s.Entered = committee.Entry{By: actor.Account, As: actor.Name}
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		if err := a.manages(ctx, tx, actor, placed{area: s.Area, body: s.Body}); err != nil {
			return none, err
		}
		if err := knownVendor(ctx, tx, &s.Producer); err != nil {
			return none, err
		}
		if err := tx.InsertSupport(ctx, &s, a.Areas.Scope(s.Area)); err != nil {
			return none, err
		}
		return a.supportChange("support.enter", s, fact.Said("support.number", s.Number()), fact.Code("support.kind", fact.SupportKind, s.Kind),
			fact.Said("support.producer", s.Producer.Name), fact.Amount("support.amount", s.Amount)), nil
	})
	return s, err
}

// SaveSupport corrects support as it was read. NotFound for whoever may not change it;
// Invalid at a field; Conflict where a colleague was quicker, or it is struck out.
func (a *Service) SaveSupport(ctx context.Context, actor registry.Actor, id registry.SupportID, in SupportInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.supportFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		s := was
		s.Version = in.Version
		switch err := a.fillSupport(in, &s); {
		case err != nil:
			return none, err
		case s.Struck.Is():
			return none, registry.E(registry.Conflict, "register.error.struck")
		}
		if err := a.manages(ctx, tx, actor, placed{s.Area, was.Body, s.Body}); err != nil {
			return none, err
		}
		if err := knownVendor(ctx, tx, &s.Producer); err != nil {
			return none, err
		}
		if err := tx.SaveSupport(ctx, &s, a.Areas.Scope(s.Area)); err != nil {
			return none, err
		}
		return a.supportChange("support.save", s, append(fact.Facts{fact.Said("support.number", s.Number())},
			fact.Differences(supportFacts(was), supportFacts(s))...)...), nil
	})
}

// StrikeSupport strikes out support for a reason, or with restore counts it again. Invalid at
// "reason" without one; NotFound for whoever may not change it; Conflict where a colleague
// was quicker.
func (a *Service) StrikeSupport(ctx context.Context, actor registry.Actor, id registry.SupportID, in StrikeInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, err := a.supportFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		s.Version = in.Version
		if err := in.strike(actor, &s.Struck); err != nil {
			return none, err
		}
		return a.supportChange(in.action("support.strike", "support.restore"), s, fact.Said("support.number", s.Number()), fact.Said("reason", s.Struck.Why)), tx.StrikeSupport(ctx, &s)
	})
}

// StrikeInput strikes out a row of a register for a reason, or counts it again.
type StrikeInput struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
	Restore bool   // count it again
}

// action is what the log calls it.
func (in StrikeInput) action(strike, restore string) string {
	if in.Restore {
		return restore
	}
	return strike
}

// strike changes who struck out a row. Conflict where it is so already.
func (in StrikeInput) strike(actor registry.Actor, s *committee.Struck) error {
	if s.Is() != in.Restore {
		return registry.E(registry.Conflict, "error.stale")
	}
	if *s = (committee.Struck{}); in.Restore {
		return nil
	}
	r := core.Input{}
	*s = committee.Struck{By: actor.Name, Why: r.Needed("reason", in.Reason, committee.MaxSupportReason)}
	return r.Faults.Err()
}

func (a *Service) supportChange(action string, s committee.SupportGiven, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "support", ID: string(s.ID), Scope: a.Areas.Scope(s.Area), Detail: fact.Facts(facts)}
}

// supportFacts are the fields of support as the audit log compares them.
func supportFacts(s committee.SupportGiven) fact.Facts {
	return fact.Facts{fact.Code("support.kind", fact.SupportKind, s.Kind), fact.Said("support.producer", s.Producer.Name),
		fact.Ref("support.vendor", "vendor", s.Producer.Vendor), fact.Place("support.area", s.Area), fact.Ref("support.body", "body", s.Body),
		fact.Said("support.provider", s.Provider), fact.Said("support.what", s.What), fact.Amount("support.amount", s.Amount),
		fact.Date("support.since_on", s.From), fact.Date("support.ended_on", s.Until), fact.Said("support.result", s.Result), fact.Said("support.paper", s.Paper)}
}

// SupportList is a page of support with what the year adds up to.
type SupportList struct {
	Rows     []committee.SupportGiven
	Names    map[registry.BodyID]string
	Sums     map[committee.SupportKind]committee.SupportSum // "" is all together
	N        int                                            // rows that fit
	NoResult int                                            // ended without a result
	Enters   bool
}

// Supports returns a page of the support that a filter chooses. NotFound for whoever reads
// no plan.
func (a *Service) Supports(ctx context.Context, actor registry.Actor, f committee.SupportFilter) (l SupportList, err error) {
	if f.Codes, err = readReach(actor); err != nil {
		return l, err
	}
	l.Enters = actor.CanSomewhere(registry.ManagePlan)
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if l.Rows, err = tx.Supports(ctx, f); err != nil {
			return err
		}
		if l.N, err = tx.CountSupports(ctx, f); err != nil {
			return err
		}
		sums := f
		sums.NoResult, sums.Kind = "", ""
		if l.Sums, err = tx.SumSupports(ctx, sums); err != nil {
			return err
		}
		sums.NoResult = a.Today()
		if l.NoResult, err = tx.CountSupports(ctx, sums); err != nil {
			return err
		}
		l.Names, err = allBodyNames(ctx, tx)
		return err
	})
	return l, err
}

// readReach are the codes of the areas in which the actor reads plans, as store takes them:
// nil is everywhere. NotFound for whoever reads none.
func readReach(actor registry.Actor) ([]string, error) {
	codes, all := actor.Reach(registry.ViewPlan)
	switch {
	case all:
		return nil, nil
	case len(codes) == 0:
		return nil, core.ErrHidden()
	}
	return codes, nil
}

// allBodyNames are the names of the bodies by id.
func allBodyNames(ctx context.Context, tx *store.Tx) (map[registry.BodyID]string, error) {
	all, err := tx.Bodies(ctx, nil)
	names := make(map[registry.BodyID]string, len(all))
	for _, b := range all {
		names[b.ID] = b.Name
	}
	return names, err
}

// SupportFile is support as its page shows it.
type SupportFile struct {
	committee.SupportGiven
	BodyName string
	Writes   bool
}

// Support returns support to whoever reads plans in its area, else NotFound.
func (a *Service) Support(ctx context.Context, actor registry.Actor, id registry.SupportID) (f SupportFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if f.SupportGiven, err = a.supportFor(ctx, tx, actor, id, false); err != nil {
			return err
		}
		f.Writes = actor.Can(registry.ManagePlan, a.Areas.Scope(f.Area))
		names, err := allBodyNames(ctx, tx)
		f.BodyName = names[f.Body]
		return err
	})
	return f, err
}

// RegisterChoices are what the forms of support and of matchings offer.
type RegisterChoices struct {
	Bodies []committee.Body // that stand today, in the areas where the actor reads plans
	Events []registry.Event // the newest there
	Area   registry.AreaRef // the only commune of the actor; zero is not known
}

// eventsOffered is how many events a form offers.
const eventsOffered = 40

// RegisterChoices returns what the forms of support and of matchings offer. NotFound for
// whoever manages no plan.
func (a *Service) RegisterChoices(ctx context.Context, actor registry.Actor) (c RegisterChoices, err error) {
	codes, all := actor.Reach(registry.ManagePlan)
	if !all && len(codes) == 0 {
		return c, core.ErrHidden()
	}
	if len(codes) == 1 {
		if ref := (registry.AreaRef{Edition: registry.Edition2025, Code: codes[0]}); ref.IsCommune() {
			c.Area = ref
		}
	}
	read, err := readReach(actor)
	if err != nil {
		return c, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		bodies, err := tx.Bodies(ctx, read)
		if err != nil {
			return err
		}
		c.Bodies = slices.DeleteFunc(bodies, func(b committee.Body) bool { return !b.StandsOn(a.Today()) })
		events, _, err := tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !all, Latest: true, Limit: eventsOffered})
		c.Events = slices.DeleteFunc(events, func(e registry.Event) bool { return e.State == registry.Draft })
		return err
	})
	return c, err
}

// SupportedProducers counts the producers that were supported in a year, each once, among
// what is found under one of today's units.
func SupportedProducers(ctx context.Context, tx *store.Tx, codes []string, year int) (int64, error) {
	sums, err := tx.SumSupports(ctx, committee.SupportFilter{Codes: codes, Year: year})
	return sums[""].Producers, err
}
