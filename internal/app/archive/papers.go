package archive

import (
	"context"
	"strconv"

	"hoicho/internal/app/periods"
	"hoicho/internal/app/reports"
	"hoicho/internal/period"
	"hoicho/internal/report"
)

// forms are the forms in which each paper is kept.
var forms = []string{report.FormPDF, report.FormDOCX, report.FormXLSX}

// lang is the language of the archive: that of the papers.
const lang = "vi"

// paper writes a document in each of its forms, one after the other.
func (m *maker) paper(path, title string, d report.Document) error {
	for _, form := range forms {
		f, err := d.File("", form)
		if err != nil {
			return err
		}
		if err := m.book.add(path+"."+form, title, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// papers writes the paper of the committee for each period, and those of the units that handed in.
func (m *maker) papers(ctx context.Context) error {
	for _, t := range m.turns {
		if !t.begun() {
			continue
		}
		p, err := m.Periods.Paper(ctx, m.actor, periods.Query{Form: period.CommuneForm, Period: t.Period, Province: t.province})
		if err != nil {
			return err
		}
		area, _ := m.Areas.Lookup(t.province)
		err = m.paper("van-ban/"+t.String()+"/ban-chi-dao-"+t.province.Code, say("archive.committee_paper", area.FullName(), t.name()), p.Document())
		if err == nil {
			err = m.eachFiled(t, func(k period.Key, name string) error { return m.unitPaper(ctx, k, name) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) unitPaper(ctx context.Context, k period.Key, name string) error {
	p, err := m.Periods.UnitPaper(ctx, m.actor, k)
	if err != nil {
		return err
	}
	return m.paper("van-ban/"+k.Period.String()+"/"+fileName(k), say("archive.unit_paper", name, turn{Period: k.Period}.name()), p.Document())
}

// eachFiled goes over the reports of a period that were handed in, by forms and units.
func (m *maker) eachFiled(t turn, do func(k period.Key, name string) error) error {
	for _, o := range t.forms {
		for _, row := range o.Rows {
			if !row.Filed {
				continue
			}
			if err := do(period.Key{Form: o.Query.Form, Period: t.Period, Unit: row.Key}, row.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// fileName is a report in the names of its files.
func fileName(k period.Key) string { return string(k.Form) + "-" + k.Unit }

// results writes the closed result reports of the year's events, with their closed addenda, as
// whoever may not see single vendors' sales reads them.
func (m *maker) results(ctx context.Context) error {
	for _, e := range m.events {
		r, err := m.Reports.EventReport(ctx, m.actor, e.ID)
		if err != nil {
			return err
		}
		asked := reports.FileAsked{Lang: lang, Withheld: true}
		if err := m.result(r, asked); err != nil {
			return err
		}
		for _, add := range r.Stored.Addenda {
			if asked.Addendum = add.N; add.ClosedAt == 0 {
				continue
			}
			if err := m.result(r, asked); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *maker) result(r reports.EventReport, asked reports.FileAsked) error {
	path, title := "su-kien/"+r.Event.Slug, say("archive.result", r.Event.Title)
	if asked.Addendum > 0 {
		path, title = path+"-bo-sung-"+strconv.Itoa(asked.Addendum), say("archive.result_addendum", asked.Addendum, r.Event.Title)
	}
	d, err := r.Paper(asked)
	if err != nil {
		return err
	}
	return m.paper(path, title, d)
}
