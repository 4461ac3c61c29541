package procurement

import (
	"context"
	"strconv"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Input is what the form of a report holds, as it was typed. Body, year, part and group are
// those of a new report alone: a correction leaves them.
type Input struct {
	Body      string `form:"body"`
	Year      string `form:"year"`
	Part      string `form:"part"`
	Group     string `form:"group"`
	Total     string `form:"total"`
	Domestic  string `form:"domestic"`
	Paper     string `form:"paper"`
	Note      string `form:"note" lines:"many"`
	Reason    string `form:"reason"` // of a correction
	DropPhoto bool   `form:"drop_photo"`
	Version   int64  `form:"version"`
	Photo     []byte
}

// InputOf is a report as its form takes it.
func InputOf(p committee.Purchase) Input {
	return Input{Body: string(p.Body), Year: strconv.Itoa(p.Period.Year), Part: string(p.Period.Part), Group: string(p.Group),
		Total: vn.Count(p.Total), Domestic: vn.Count(p.Domestic), Paper: p.Paper, Note: p.Note, Version: p.Version}
}

// figures reads what may be corrected. The share is never typed: it follows from the two
// amounts, and more for domestic goods than for all is refused at its field.
func (a *Service) figures(r *core.Input, in Input, p *committee.Purchase) {
	if in.Total == "" {
		r.Faults.Add("total", "error.required")
	}
	if in.Domestic == "" {
		r.Faults.Add("domestic", "error.required")
	}
	before := len(r.Faults)
	p.Total = r.Money("total", in.Total, committee.MaxProcurement)
	p.Domestic = r.Money("domestic", in.Domestic, committee.MaxProcurement)
	r.Faults.Check(len(r.Faults) > before || in.Total == "" || p.Domestic <= p.Total, "domestic", "procurement.error.more")
	p.Paper, p.Note = r.Line("paper", in.Paper, committee.MaxProcurementPaper), r.Text("note", in.Note, committee.MaxProcurementNote)
}

// fill reads the form of a new report, or returns all faults at once. A period that has not
// begun is not open.
func (a *Service) fill(in Input, p *committee.Purchase) error {
	r := core.Input{Today: a.Today()}
	p.Body, p.Group = registry.BodyID(in.Body), committee.GoodsGroupID(in.Group)
	year, err := strconv.Atoi(in.Year)
	known := err == nil && year >= committee.FirstPlanYear && year <= committee.LastPlanYear
	r.Faults.Check(known, "year", "procurement.error.year", committee.FirstPlanYear)
	p.Period = committee.Period{Year: year, Part: committee.Part(in.Part)}
	r.Faults.Check(p.Period.Part.Valid(), "part", "error.choose")
	if known && p.Period.Part.Valid() {
		r.Faults.Check(p.Period.FirstDay() <= a.Today(), "part", "procurement.error.not_begun", vn.ShowDate(p.Period.FirstDay()))
	}
	a.figures(&r, in, p)
	return r.Faults.Err()
}

// refer checks what a new report refers to: a body for which the actor may write and that
// stood in the period, a group that is offered, a period that is open.
func (a *Service) refer(ctx context.Context, tx *store.Tx, actor registry.Actor, p committee.Purchase) (b committee.Body, groups []committee.GoodsGroup, err error) {
	if groups, err = tx.GoodsGroups(ctx); err != nil {
		return b, nil, err
	}
	var faults registry.Faults
	g, ok := committee.GoodsGroupByID(groups, p.Group)
	faults.Check(ok && !g.Retired, "group", "error.choose")
	b, err = tx.Body(ctx, p.Body)
	if err != nil && registry.KindOf(err) != registry.NotFound {
		return b, nil, err
	}
	if err != nil {
		faults.Add("body", "error.choose")
		return b, groups, faults.Err()
	}
	rights, err := a.rightsTo(ctx, tx, actor, b)
	switch {
	case err != nil:
		return b, nil, err
	case !rights.writes:
		faults.Add("body", "procurement.error.body")
	case !b.Kind.UsesBudget():
		faults.Add("body", "procurement.error.no_budget")
	case !b.StandsOn(p.Period.FirstDay()) && !b.StandsOn(p.Period.LastDay()):
		faults.Add("body", "procurement.error.body_day", strconv.Itoa(p.Period.Year))
	}
	if err := faults.Err(); err != nil {
		return b, groups, err
	}
	return b, groups, a.open(ctx, tx, b, p.Period)
}

// open refuses a period that is closed in the area of a body, at the field of the period.
func (a *Service) open(ctx context.Context, tx *store.Tx, b committee.Body, p committee.Period) error {
	closings, err := tx.ProcurementClosings(ctx, p.Year, a.Areas.Scope(b.Area))
	for _, c := range closings {
		if c.Period.Part.Contains(p.Part) {
			return registry.Faults{registry.At("part", "procurement.error.closed", vn.ShowDate(vn.DateOf(time.UnixMilli(c.At))), c.Reason)}
		}
	}
	return err
}

// twin is a report that counts of the same body and group whose period lies over that of
// another, or false.
func (a *Service) twin(ctx context.Context, tx *store.Tx, p committee.Purchase) (committee.Purchase, bool, error) {
	rows, err := tx.Procurements(ctx, committee.ProcurementFilter{Year: p.Period.Year, Body: p.Body, Group: p.Group, Counts: true})
	for _, other := range rows {
		if other.ID != p.ID && other.Period.Part.Overlaps(p.Period.Part) {
			return other, true, nil
		}
	}
	return committee.Purchase{}, false, err
}

// Enter writes what a body bought of a group of goods in a period. The actor needs to manage
// plans in its area, or to act for it. Faults stand at their fields. A report of the same
// body and group whose period lies over this one is not written a second time: it comes back
// as twin, with a fault at "group".
func (a *Service) Enter(ctx context.Context, actor registry.Actor, in Input) (p, twin committee.Purchase, err error) {
	if !actor.CanSomewhere(registry.ViewTasks) {
		return p, twin, core.ErrHidden()
	}
	if err := a.fill(in, &p); err != nil {
		return p, twin, err
	}
	photo, err := preparePhoto(ctx, in.Photo)
	if err != nil {
		return p, twin, err
	}
	p.EnteredBy, p.EnteredAs = actor.Account, actor.Name
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		b, groups, err := a.refer(ctx, tx, actor, p)
		if err != nil {
			return none, err
		}
		var there bool
		if twin, there, err = a.twin(ctx, tx, p); err != nil {
			return none, err
		}
		if there {
			return none, registry.Faults{registry.At("group", "procurement.error.twice", twin.Number())}
		}
		if len(photo.Data) > 0 {
			if p.Photo, err = tx.InsertFile(ctx, photo); err != nil {
				return none, err
			}
		}
		if err := tx.InsertProcurement(ctx, &p); err != nil {
			return none, err
		}
		return a.change("procurement.enter", p, b, summary(p, groups)), nil
	})
	return p, twin, err
}

// preparePhoto makes a file of a photo that was sent; the zero File without one.
func preparePhoto(ctx context.Context, raw []byte) (f registry.File, err error) {
	if len(raw) > 0 {
		f, err = core.PreparePhoto(ctx, "photo", raw)
	}
	return f, err
}

// Fix corrects the figures and the paper of a report as it was read, for a reason that stays
// with what stood before. NotFound for whoever may not write it; Invalid at a field;
// Conflict where a colleague was quicker, and for one that is struck out.
func (a *Service) Fix(ctx context.Context, actor registry.Actor, id registry.ProcurementID, in Input) error {
	err := a.DB.Read(ctx, func(tx *store.Tx) error { // before work is done for whoever may not
		_, err := a.reportFor(ctx, tx, actor, id, true)
		return err
	})
	if err != nil {
		return err
	}
	photo, err := preparePhoto(ctx, in.Photo)
	if err != nil {
		return err
	}
	r := core.Input{Today: a.Today()}
	reason := r.Needed("reason", in.Reason, committee.MaxProcurementReason)
	typed := committee.Purchase{}
	a.figures(&r, in, &typed)
	if err := r.Faults.Err(); err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.writable(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		p := was.Purchase
		p.Version, p.Total, p.Domestic, p.Paper, p.Note = in.Version, typed.Total, typed.Domestic, typed.Paper, typed.Note
		if err := replacePhoto(ctx, tx, &p, photo, in.DropPhoto); err != nil {
			return none, err
		}
		fix := committee.ProcurementFix{By: actor.Name, Total: was.Total, Domestic: was.Domestic, Reason: reason}
		if err := tx.FixProcurement(ctx, &p, fix, actor.Account); err != nil {
			return none, err
		}
		if was.Photo != "" && was.Photo != p.Photo {
			if err := tx.DeleteFile(ctx, was.Photo); err != nil {
				return none, err
			}
		}
		facts := append(fact.Facts{fact.Said("procurement.number", p.Number()), fact.Said("reason", reason)},
			fact.Differences(figureFacts(was.Purchase), figureFacts(p))...)
		return a.change("procurement.correct", p, was.body, facts), nil
	})
}

// replacePhoto stores a new photo of the paper, or lets go of the one there is.
func replacePhoto(ctx context.Context, tx *store.Tx, p *committee.Purchase, photo registry.File, drop bool) (err error) {
	switch {
	case len(photo.Data) > 0:
		p.Photo, err = tx.InsertFile(ctx, photo)
	case drop:
		p.Photo = ""
	}
	return err
}

// writable reads a report that may be changed: not struck out, its period still open.
func (a *Service) writable(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.ProcurementID) (f found, err error) {
	if f, err = a.reportFor(ctx, tx, actor, id, true); err != nil {
		return f, err
	}
	if f.Struck() {
		return f, registry.E(registry.Conflict, "procurement.error.struck")
	}
	return f, a.stillOpen(ctx, tx, f)
}

// stillOpen refuses a change of a report whose period is closed.
func (a *Service) stillOpen(ctx context.Context, tx *store.Tx, f found) error {
	err := a.open(ctx, tx, f.body, f.Period)
	if faults, ok := err.(registry.Faults); ok { // there is no field of the period to stand at
		return registry.E(registry.Conflict, faults[0].Key, faults[0].Args...)
	}
	return err
}

// Strike strikes out a report for a reason: it stays in the register and counts no more, and
// the body may report anew. Invalid at "reason"; NotFound for whoever may not write it;
// Conflict where a colleague was quicker, or the period is closed.
func (a *Service) Strike(ctx context.Context, actor registry.Actor, id registry.ProcurementID, version int64, reason string) error {
	r := core.Input{}
	if reason = r.Needed("reason", reason, committee.MaxProcurementReason); r.Faults.Err() != nil {
		return r.Faults.Err()
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		f, err := a.writable(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		p := f.Purchase
		p.Version = version
		facts := fact.Facts{fact.Said("procurement.number", p.Number()), fact.Said("reason", reason)}
		return a.change("procurement.strike", p, f.body, facts), tx.StrikeProcurement(ctx, &p, actor.Name, reason)
	})
}

func (a *Service) change(action string, p committee.Purchase, b committee.Body, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "procurement", ID: string(p.ID), Scope: a.Areas.Scope(b.Area), Detail: facts}
}

// summary is what the log says of a report that is new.
func summary(p committee.Purchase, groups []committee.GoodsGroup) fact.Facts {
	return append(fact.Facts{fact.Said("procurement.number", p.Number()), fact.Ref("procurement.body", "body", p.Body),
		fact.Number("procurement.year", p.Period.Year), fact.Code("procurement.part", fact.YearPart, p.Period.Part), groupFact(p.Group, groups)},
		figureFacts(p)...)
}

// figureFacts are what a correction may change.
func figureFacts(p committee.Purchase) fact.Facts {
	return fact.Facts{fact.Amount("procurement.total", p.Total), fact.Amount("procurement.domestic", p.Domestic), fact.Said("procurement.paper", p.Paper),
		fact.Said("procurement.note", p.Note), fact.Hidden("procurement.photo", string(p.Photo))}
}
