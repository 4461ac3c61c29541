package archive

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"

	"hoicho/internal/app/core"
	"hoicho/internal/app/periods"
	"hoicho/internal/app/reports"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/openfigures"
)

// Service runs the use case. New makes one.
type Service struct {
	*core.Core
	Periods *periods.Service
	Reports *reports.Service
	busy    sync.Mutex // one archive is made at a time
}

// New makes a Service on what all share.
func New(c *core.Core, p *periods.Service, r *reports.Service) *Service {
	return &Service{Core: c, Periods: p, Reports: r}
}

// Name is what the archive of a year is called.
func Name(year int) string { return fmt.Sprintf("luu-tru-%d.zip", year) }

// maker writes the archive of a year for an actor.
type maker struct {
	*Service
	actor    registry.Actor
	year     int
	province registry.AreaRef // of today
	turns    []turn
	events   []openfigures.Held
	book     *book
}

// turn is a period in a province of its time.
type turn struct {
	period.Period
	province registry.AreaRef
	forms    []periods.Overview
}

// filed is how many reports of the period were handed in.
func (t turn) filed() (n int) {
	for _, o := range t.forms {
		n += o.Filed
	}
	return n
}

// begun reports whether anything of the period is kept: a report that was handed in, or a lock.
func (t turn) begun() bool {
	return t.filed() > 0 || slices.ContainsFunc(t.forms, func(o periods.Overview) bool { return o.Lock != nil })
}

// Write writes the archive of a year of the actor's province. The same data give the same bytes.
// NotFound for whoever does not manage the plans of the whole province; Conflict for a year of
// which nothing was reported, and while another archive is made: nothing is written then.
func (a *Service) Write(ctx context.Context, actor registry.Actor, year int, w io.Writer) error {
	m := &maker{Service: a, actor: actor, year: year}
	if err := m.allowed(ctx); err != nil {
		return err
	}
	if !a.busy.TryLock() {
		return registry.E(registry.Conflict, "archive.error.busy")
	}
	defer a.busy.Unlock()
	if err := m.plan(ctx); err != nil {
		return err
	}
	m.book = newBook(w, m.latest())
	for _, part := range []func(context.Context) error{m.papers, m.results, m.figures, m.rows, m.close} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		return tx.AuditUnseen(ctx, actor, registry.Change{Action: "period.archive", Object: "period", Scope: a.Areas.Scope(m.province),
			Detail: fact.Facts{fact.Number("period.year", year)}})
	})
}

func (m *maker) allowed(ctx context.Context) (err error) {
	if m.year < period.FirstYear || m.year > period.LastYear || !m.actor.CanSomewhere(registry.ManagePlan) {
		return core.ErrHidden()
	}
	m.province, err = m.Periods.OwnProvince(ctx, m.actor)
	if m.actor.System && registry.KindOf(err) == registry.NotFound {
		return registry.E(registry.Conflict, "archive.error.no_province")
	}
	if err == nil && !m.actor.Can(registry.ManagePlan, m.Areas.Scope(m.province)) {
		err = core.ErrHidden()
	}
	return err
}

// plan reads what the year holds. Conflict if that is nothing.
func (m *maker) plan(ctx context.Context) error {
	for _, part := range m.Periods.Forms.Parts(period.CommuneForm, m.year) {
		p := period.Period{Year: m.year, Part: part}
		for _, province := range m.provinces(p) {
			t := turn{Period: p, province: province}
			for _, form := range period.FormCodes {
				o, err := m.Periods.Overview(ctx, m.actor, periods.Query{Form: form, Period: p, Province: province})
				if err != nil {
					return err
				}
				t.forms = append(t.forms, o)
			}
			m.turns = append(m.turns, t)
		}
	}
	if err := m.closed(ctx); err != nil {
		return err
	}
	if len(m.events) == 0 && !slices.ContainsFunc(m.turns, turn.begun) {
		return registry.E(registry.Conflict, "archive.error.empty", fmt.Sprint(m.year))
	}
	return nil
}

// provinces are those that made up the province of today when a period ended.
func (m *maker) provinces(p period.Period) (list []registry.AreaRef) {
	if p.Edition() == m.province.Edition {
		return []registry.AreaRef{m.province}
	}
	for _, before := range m.Areas.Predecessors(m.province) {
		list = append(list, before.Ref)
	}
	return list
}

// closed reads which events of the year in the province have a closed report, the first one first.
func (m *maker) closed(ctx context.Context) error {
	scope := m.Areas.Scope(m.province)
	return m.DB.Read(ctx, func(tx *store.Tx) error {
		held, err := openfigures.Events(ctx, tx)
		for _, h := range slices.Backward(held) {
			here := slices.ContainsFunc(m.Areas.Scope(h.Area), func(code string) bool { return slices.Contains(scope, code) })
			if h.Closed > 0 && here && h.OpensOn[:4] == fmt.Sprintf("%04d", m.year) {
				m.events = append(m.events, h)
			}
		}
		return err
	})
}

// latest is when anything of the year was handed in, decided, locked or closed last, unix ms.
func (m *maker) latest() (ms int64) {
	for _, t := range m.turns {
		for _, o := range t.forms {
			if o.Lock != nil {
				ms = max(ms, o.Lock.At)
			}
			for _, row := range o.Rows {
				ms = max(ms, row.Report.SubmittedAt, row.Report.DecidedAt)
			}
			for _, add := range o.Addenda {
				ms = max(ms, add.At)
			}
		}
	}
	for _, e := range m.events {
		ms = max(ms, e.Latest)
	}
	return ms
}
