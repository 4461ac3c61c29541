package periods

import (
	"cmp"
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// CoverInput is the form of what stands around the paper of a committee, and what it says itself.
type CoverInput struct {
	HeadInput
	WordsInput
}

// HeadInput is the form of what stands around the paper of a period.
type HeadInput struct {
	Style       string `form:"style"`
	Authority   string `form:"authority"`
	Issuer      string `form:"issuer"`
	Number      string `form:"number"`
	Place       string `form:"place"`
	SignedOn    string `form:"signed_on"`
	To          string `form:"sent_to" lines:"many"`
	Recipients  string `form:"recipients" lines:"many"`
	SignerTitle string `form:"signer_title" lines:"many"`
	SignerName  string `form:"signer_name"`
	Version     int64  `form:"version"`
}

// Cover reads the form; what is wrong is noted.
func (in HeadInput) Cover(r *core.Input) (c period.Cover) {
	c.Authority, c.Issuer = r.Line("authority", in.Authority, 200), r.Needed("issuer", in.Issuer, 200)
	c.Number, c.Place, c.SignedOn = r.Line("number", in.Number, 60), r.Needed("place", in.Place, 60), r.Date("signed_on", in.SignedOn)
	c.To, c.Recipients = r.Text("sent_to", in.To, 600), r.Text("recipients", in.Recipients, 1000)
	c.SignerTitle, c.SignerName = r.Text("signer_title", in.SignerTitle, 200), r.Line("signer_name", in.SignerName, 100)
	c.Version, c.Style = in.Version, cmp.Or(registry.PaperStyle(in.Style), registry.StateStyle)
	r.Faults.Check(c.Style.Valid(), "style", "error.choose")
	return c
}

// coverOf reads what was written around the paper of a unit; where nothing was, it begins with what
// stood around the unit's paper before, else with first.
func coverOf(ctx context.Context, tx *store.Tx, p period.Period, unit string, first period.Cover) (period.Cover, error) {
	c, err := stored.Cover(ctx, tx, p, unit)
	if err != nil || c.Version > 0 {
		return c, err
	}
	last, err := stored.LastCover(ctx, tx, unit)
	if last.Version == 0 || last.Period.Edition() != p.Edition() { // a code may be that of another unit by then
		first.Period, first.Unit = p, unit
		return first, err
	}
	return last.Next(p), nil
}

// SaveCover stores what stands around the paper of a period, and what the committee itself says in
// it. Once the paper is final its words stay: a Conflict where others are sent. Invalid at a field;
// Conflict if a colleague was quicker; NotFound for whoever does not manage the province's plans.
func (a *Service) SaveCover(ctx context.Context, actor registry.Actor, q Query, in CoverInput) error {
	if err := a.writing(ctx, actor, &q); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		final, err := a.final(ctx, tx, q)
		if err != nil {
			return none, err
		}
		r := core.Input{Today: a.Today()}
		c := in.Cover(&r)
		c.Words = in.words(&r)
		c.Period, c.Unit, c.SavedBy = q.Period, q.Province.Code, actor.Name
		if final && len(c.Words) > 0 {
			return none, registry.E(registry.Conflict, "paper.error.final")
		}
		if err := r.Faults.Err(); err != nil {
			return none, err
		}
		if final {
			before, err := stored.Cover(ctx, tx, q.Period, c.Unit)
			if err != nil {
				return none, err
			}
			c.Words = before.Words
		}
		return change("period.paper", a.provinceUnit(q), q.Period, fact.Said("paper.number", c.Number), fact.Count("period.words", len(c.Words))), stored.SaveCover(ctx, tx, c, actor.Account)
	})
}

// writing fills in the province of a paper for whoever writes what stands around it. NotFound for
// everybody else.
func (a *Service) writing(ctx context.Context, actor registry.Actor, q *Query) error {
	q.Form, q.Against, q.Today = period.CommuneForm, LastYear, false
	if err := a.home(ctx, actor, q); err != nil {
		return err
	}
	if _, province, err := a.asked(*q); err != nil || !actor.Can(registry.ManagePlan, a.Areas.Scope(province)) {
		return core.ErrHidden()
	}
	return nil
}

// provinceUnit is the province of a query as the audit log names it.
func (a *Service) provinceUnit(q Query) Unit {
	return Unit{Ref: q.Province, scope: a.Areas.Scope(q.Province)}
}

// isFinal reports whether a paper is no draft any more: both forms are locked, or no body was to
// report.
func isFinal(communes, branches *period.Lock, bodies int) bool {
	return communes != nil && (branches != nil || bodies == 0)
}

// final reads whether the paper of a period is final, without its figures.
func (a *Service) final(ctx context.Context, tx *store.Tx, q Query) (bool, error) {
	var locks [2]*period.Lock
	for i, form := range []period.FormCode{period.CommuneForm, period.BranchForm} {
		all, err := stored.LocksOf(ctx, tx, form, q.Period.Year)
		if err != nil {
			return false, err
		}
		locks[i] = all.Of(q.Period, q.Province.Code)
	}
	bodies, err := a.units(ctx, tx, period.BranchForm, q.Period, q.Province)
	return isFinal(locks[0], locks[1], len(bodies)), err
}
