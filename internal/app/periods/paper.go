package periods

import (
	"context"
	"slices"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/papertemplate"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
	"hoicho/internal/vn"
)

// Paper is what the committee of a province reports of a period, with the reports that it is the
// sum of.
type Paper struct {
	report.CampaignPaper
	Communes Overview
	Bodies   Overview
	Cover    period.Cover // what was written around it, else what it begins with
	Filled   bool         // there is one of the province
}

// Writes reports whether the actor writes what stands around the paper: whoever manages the plans
// of the province.
func (p Paper) Writes() bool { return p.Communes.Above }

// Document is the paper as data, Letterhead what stands around its text.
type (
	Document   = report.Document
	Letterhead = report.Letterhead
)

// Paper returns the paper of a period. It is a draft until both forms are locked; from then on it
// says the same whatever the registers take in, unless a unit is let mend its report. NotFound for
// whoever does not read the whole province.
func (a *Service) Paper(ctx context.Context, actor registry.Actor, q Query) (p Paper, err error) {
	q.Form, q.Against, q.Today = period.CommuneForm, LastYear, false
	if err := a.home(ctx, actor, &q); err != nil {
		return p, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = a.paper(ctx, tx, actor, q)
		return err
	})
	return p, err
}

func (a *Service) paper(ctx context.Context, tx *store.Tx, actor registry.Actor, q Query) (p Paper, err error) {
	if p.Communes, err = a.whole(ctx, tx, actor, q); err != nil {
		return p, err
	}
	q.Form = period.BranchForm
	if p.Bodies, err = a.whole(ctx, tx, actor, q); err != nil {
		return p, err
	}
	province, _ := a.Areas.Lookup(p.Communes.Province)
	first := period.Cover{ResultPaper: report.FirstCampaignHead(province), To: report.FirstAddressee()}
	if p.Cover, err = coverOf(ctx, tx, q.Period, p.Communes.Province.Code, first); err != nil {
		return p, err
	}
	p.CampaignPaper = report.CampaignPaper{Period: q.Period, Province: province.FullName(), Paper: p.Cover.ResultPaper,
		To: p.Cover.Addressees(), Draft: !isFinal(p.Communes.Lock, p.Bodies.Lock, len(p.Bodies.Rows))}
	p.Until = a.until(p)
	if p.Plan, err = a.plan(ctx, tx, p.Communes); err != nil {
		return p, err
	}
	p.CampaignPaper.Communes, p.CampaignPaper.Bodies = p.Communes.reporters(), p.Bodies.reporters()
	p.Figures = slices.Concat(p.Communes.reported(p.Plan), p.Bodies.reported(period.Plan{}))
	p.Words = slices.Concat([]report.Spoken{{Words: p.Cover.Words}}, p.Communes.spoken(), p.Bodies.spoken())
	if _, p.Filled, err = a.owners(p).InUse(ctx, tx, papertemplate.OfPeriod); err != nil {
		return p, err
	}
	if p.Shapes, err = a.shapes(p.Communes); err != nil {
		return p, err
	}
	if p.Communes.Own != nil {
		p.AboveSessions = p.Communes.Own.Values["sessions"].N
	}
	p.Units = []report.UnitRows{p.Communes.told(), p.Bodies.told()}
	for _, u := range p.Units {
		p.Annexes = append(p.Annexes, u.Annex())
	}
	return p, nil
}

// until is the day up to which reports are in a paper: today, or that of its locks.
func (a *Service) until(p Paper) string {
	day := ""
	for _, l := range []*period.Lock{p.Communes.Lock, p.Bodies.Lock} {
		if l != nil {
			day = max(day, vn.DateOf(time.UnixMilli(l.At)))
		}
	}
	if p.Draft {
		return a.Today()
	}
	return day
}

// whole reads an overview for whoever reads the whole province.
func (a *Service) whole(ctx context.Context, tx *store.Tx, actor registry.Actor, q Query) (Overview, error) {
	o, err := a.overview(ctx, tx, actor, q)
	if err == nil && !o.Whole {
		err = core.ErrHidden()
	}
	return o, err
}

// spoken is what the units of an overview said when they handed in.
func (o Overview) spoken() (list []report.Spoken) {
	for _, row := range o.Rows {
		if row.Filed && len(row.Report.Said) > 0 {
			list = append(list, report.Spoken{Unit: row.Name, Words: row.Report.Said})
		}
	}
	return list
}

// idleFigures are those of which a unit that has none is named in a paper.
var idleFigures = []period.Code{"communications", "self_checks"}

// reporters says who of an overview has reported.
func (o Overview) reporters() (r report.Reporters) {
	r.Filed, r.All = o.Filed, len(o.Rows)
	for _, row := range o.Rows {
		if !row.Filed {
			r.Missing = append(r.Missing, row.Name)
		}
	}
	for _, code := range idleFigures {
		idle := report.Idle{Figure: code}
		for _, row := range o.Rows {
			if v, known := row.Values[code]; row.Filed && known && v.N == 0 {
				idle.Names = append(idle.Names, row.Name)
			}
		}
		if len(idle.Names) > 0 {
			r.Idle = append(r.Idle, idle)
		}
	}
	return r
}

// reported are the figures of an overview, summed, with the goals of a plan.
func (o Overview) reported(plan period.Plan) (list []report.Reported) {
	rows := o.Rows
	if o.Own != nil {
		rows = append(slices.Clone(rows), *o.Own)
	}
	for _, f := range o.Figures {
		r := report.Reported{Form: o.Query.Form, Figure: f, Goal: plan.Goals[f.Code]}
		r.Now, r.Known = o.Sum[f.Code]
		r.Before, r.KnownBefore = o.SumBefore[f.Code]
		r.Typed = r.Now.Typed
		summed := func(row Row) bool { return row.Filed || row.Key == "" }
		r.Partly = slices.ContainsFunc(rows, func(row Row) bool { return summed(row) && row.Values[f.Code].Withheld })
		r.PartlyBefore = slices.ContainsFunc(rows, func(row Row) bool { return summed(row) && row.Before[f.Code].Withheld })
		r.Now, r.Known = partly(r.Partly, r.Now, r.Known)
		r.Before, r.KnownBefore = partly(r.PartlyBefore, r.Before, r.KnownBefore)
		list = append(list, r)
	}
	return list
}

// partly is a sum from which some units are withheld: where the others have none it says nothing.
func partly(withheld bool, v period.Value, known bool) (period.Value, bool) {
	if withheld && v.N == 0 {
		return period.Value{Withheld: true}, false
	}
	return v, known
}

// shapes are the communes of an overview on a map; none where they have no outlines, as those of
// before a reform.
func (a *Service) shapes(o Overview) ([]report.CommuneShape, error) {
	if o.Province.Edition != registry.Edition2025 {
		return nil, nil
	}
	outlines, err := a.Areas.Outlines(o.Province)
	if err != nil {
		return nil, err
	}
	shapes := make(map[registry.AreaRef]registry.Outline, len(outlines))
	for _, x := range outlines {
		shapes[x.Ref] = x
	}
	var list []report.CommuneShape
	for _, row := range o.Rows {
		v, known := row.Values["sessions"]
		list = append(list, report.CommuneShape{Name: row.Name, Rings: shapes[row.Ref].Rings(), Filed: row.Filed, Told: row.Filed && known, Typed: v.Typed, Sessions: v.N})
	}
	return list, nil
}

// told are the units of an overview with all their figures, as a paper tells them.
func (o Overview) told() report.UnitRows {
	rows := slices.Clone(o.Rows)
	for i := range rows {
		if !rows[i].Filed {
			rows[i].Values = nil // what it has not reported is not in the paper
		}
	}
	if o.Own != nil {
		own := *o.Own
		own.Name = report.OwnLevel()
		rows = append(rows, own)
	}
	return report.UnitRows{Form: o.Query.Form, Figures: o.Figures, Rows: fileRows(o, rows)}
}

// PaperFile writes the paper of a period in one of its forms. NotFound as Paper, and for another
// form.
func (a *Service) PaperFile(ctx context.Context, actor registry.Actor, q Query, form string) (f registry.File, err error) {
	p, err := a.Paper(ctx, actor, q)
	if err != nil {
		return f, err
	}
	return p.Document().File(p.fileName(), form)
}

// fileName is how files of the paper are called, without their ending.
func (p Paper) fileName() string { return "bao-cao-cuoc-van-dong-" + p.Period.String() }

// PaperFigure is a figure of a paper, unit by unit.
type PaperFigure struct {
	Overview
	Figure period.Figure
	Lines  []period.Line // rows of the province and its districts, as the registers have them now
	Hidden bool          // what single rows add is not shown: it would tell of single vendors
}

// PaperFigure opens a figure of a paper: what each unit has reported of it. NotFound as Paper, and
// for a figure that the form does not ask for.
func (a *Service) PaperFigure(ctx context.Context, actor registry.Actor, q Query, code period.Code) (p PaperFigure, err error) {
	q.Against, q.Today = LastYear, false
	if err := a.home(ctx, actor, &q); err != nil {
		return p, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if p.Overview, err = a.whole(ctx, tx, actor, q); err != nil {
			return err
		}
		i := slices.IndexFunc(p.Figures, func(f period.Figure) bool { return f.Code == code })
		if i < 0 {
			return core.ErrHidden()
		}
		p.Figure = p.Figures[i]
		p.Hidden = p.Figure.Secret && !actor.Can(registry.ViewSales, a.Areas.Scope(p.Province))
		if p.Own == nil {
			return nil
		}
		lines, err := stored.Lines(ctx, tx, ask(period.Key{Form: q.Form, Period: q.Period}), a.noCommune(p.Province))
		p.Lines = slices.DeleteFunc(lines, func(l period.Line) bool { return l.Adds[p.Figure.Rows()] == 0 })
		return err
	})
	return p, err
}
