package seriespaper

import (
	"context"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/app/periods"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/report/series"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// coverOf reads what was written around the paper of a series; where nothing was, it begins with
// what stood around the latest report of the same organiser, number and day left open.
func (a *Service) coverOf(ctx context.Context, tx *store.Tx, s seen, lang string) (period.Cover, error) {
	c, err := stored.Cover(ctx, tx, period.OfSeries, string(s.series.ID))
	if err != nil || c.Version > 0 {
		return c, err
	}
	c.ResultPaper, err = tx.LatestReportPaper(ctx, s.pattern.Organiser)
	c.Number, c.SignedOn, c.Assessment = series.FirstNumber(lang), "", ""
	if c.Issuer == "" {
		c.Issuer = s.pattern.Organiser
	}
	if province, ok := a.Areas.Province(s.pattern.Area); ok && c.Place == "" {
		c.Place = province.Name
	}
	return c, err
}

// Empty names what the cover of a paper leaves open, by the fields of its form.
func (p *Paper) Empty() (fields []string) {
	for _, f := range []struct{ name, value string }{{"number", p.Cover.Number}, {"signed_on", p.Cover.SignedOn}, {"place", p.Cover.Place}, {"issuer", p.Cover.Issuer},
		{"recipients", p.Cover.Recipients}, {"signer_title", p.Cover.SignerTitle}, {"signer_name", p.Cover.SignerName}} {
		if f.value == "" || strings.HasPrefix(f.value, "…") {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// SaveCover stores what stands around the paper of a series: number and day are known only when it
// is signed, so it is open whatever the sessions do. Invalid at a field; Conflict if a colleague was
// quicker; NotFound for whoever does not manage the events of all its sessions.
func (a *Service) SaveCover(ctx context.Context, actor registry.Actor, id recurrence.SeriesID, in periods.HeadInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, err := a.see(ctx, tx, actor, registry.ManageEvents, id)
		if err != nil {
			return none, err
		}
		r := core.Input{Today: a.Today()}
		c := in.Cover(&r)
		c.Period, c.Unit, c.SavedBy = period.OfSeries, string(id), actor.Name
		if err := r.Faults.Err(); err != nil {
			return none, err
		}
		change := registry.Change{Action: "event.series_paper", Object: "event", ID: string(s.pattern.ID), Scope: a.Areas.Scope(s.pattern.Area),
			Detail: fact.Facts{fact.Said("paper.number", c.Number)}}
		return change, stored.SaveCover(ctx, tx, c, actor.Account)
	})
}
