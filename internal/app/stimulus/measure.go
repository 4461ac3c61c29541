package stimulus

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// MeasureInput is a measure as a form holds it. Field names of faults are its tags.
type MeasureInput struct {
	Kind     string `form:"kind"`
	Text     string `form:"text"`
	Quantity string `form:"quantity"`
	Value    string `form:"value"`
	Provider string `form:"provider"`
	From     string `form:"from"`
	To       string `form:"to"`
	Version  int64  `form:"version"`
}

// MeasureInputOf is the form of a stored measure.
func MeasureInputOf(m stimulus.Measure) MeasureInput {
	in := MeasureInput{Kind: string(m.Kind), Text: m.Text, Provider: m.Provider, From: vn.ShowDate(m.From), To: vn.ShowDate(m.To), Version: m.Version}
	if m.Quantity > 0 {
		in.Quantity = vn.Count(m.Quantity)
	}
	if m.ValueDong > 0 {
		in.Value = vn.Count(m.ValueDong)
	}
	return in
}

// maxLine bounds a line of a form.
const maxLine = 120

// fill reads a form into a measure of an event.
func (in MeasureInput) fill(m *stimulus.Measure, e registry.Event, today string) error {
	r := core.Input{Today: today}
	kind := stimulus.MeasureKind(in.Kind)
	r.Faults.Check(slices.Contains(stimulus.MeasureKinds, kind), "kind", "error.choose")
	m.Kind, m.Text = kind, r.Needed("text", in.Text, stimulus.MaxMeasureText)
	m.Quantity = int64(r.Count("quantity", in.Quantity))
	r.Faults.Check(m.Quantity <= stimulus.MaxQuantity, "quantity", "error.number_too_big")
	m.ValueDong = r.Money("value", in.Value, stimulus.MaxValueDong)
	m.Provider = r.Needed("provider", in.Provider, maxLine)
	m.From, m.To = e.OpensOn, e.ClosesOn
	if in.From != "" {
		m.From = r.Date("from", in.From)
	}
	if in.To != "" {
		m.To = r.Date("to", in.To)
	}
	if m.From != "" && m.To != "" && len(r.Faults) == 0 {
		r.Faults.Check(m.From <= m.To, "to", "error.date_order")
		r.Faults.Check(m.FitsIn(e) || m.From > m.To, "from", "measure.error.days", vn.ShowRange(e.OpensOn, e.ClosesOn))
	}
	return r.Faults.Err()
}

// whole is everything that the form of a measure holds, in its order.
func whole(m stimulus.Measure) fact.Facts {
	return fact.Facts{fact.Code("measure.kind", fact.MeasureKind, m.Kind), fact.Said("measure.text", m.Text), fact.Some("measure.quantity", m.Quantity),
		fact.Amount("measure.value", m.ValueDong), fact.Said("measure.provider", m.Provider), fact.Date("measure.from", m.From), fact.Date("measure.to", m.To)}
}

func (s *Service) measureChange(action string, e registry.Event, m stimulus.Measure, facts fact.Facts) registry.Change {
	return registry.Change{Action: action, Object: "measure", ID: string(m.ID), Scope: s.Areas.Scope(e.Area),
		Detail: append(fact.Facts{fact.Ref("event", "event", e.ID)}, facts...)}
}

// AddMeasure notes what the organiser of an event does so that people come and buy. It
// needs ManageEvents in the event's area. Invalid at a field; Conflict where the event
// is over or called off.
func (s *Service) AddMeasure(ctx context.Context, actor registry.Actor, event registry.EventID, in MeasureInput) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := s.measuredEvent(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		known, err := tx.Measures(ctx, event)
		if err != nil {
			return registry.Change{}, err
		}
		if len(known) >= stimulus.MaxMeasures {
			return registry.Change{}, registry.E(registry.Conflict, "measure.error.too_many", stimulus.MaxMeasures)
		}
		m := stimulus.Measure{Event: event, CreatedBy: actor.Account}
		if err := in.fill(&m, e, s.Today()); err != nil {
			return registry.Change{}, err
		}
		err = tx.InsertMeasure(ctx, &m)
		return s.measureChange("measure.add", e, m, whole(m)), err
	})
}

// measuredEvent reads an event whose measures the actor is about to change.
func (s *Service) measuredEvent(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.EventID) (registry.Event, error) {
	e, err := s.Events.EventFor(ctx, tx, actor, registry.ManageEvents, id)
	if err == nil && (e.State == registry.Cancelled || e.State == registry.Reported) {
		err = registry.E(registry.Conflict, "measure.error.closed")
	}
	return e, err
}

// measure reads a measure of an event; one of another event is NotFound.
func measure(ctx context.Context, tx *store.Tx, event registry.EventID, id registry.MeasureID) (stimulus.Measure, error) {
	m, err := tx.Measure(ctx, id)
	if err == nil && m.Event != event {
		return stimulus.Measure{}, core.ErrHidden()
	}
	return m, err
}

// EditMeasure changes a measure. The rights and faults are those of AddMeasure; it is a
// Conflict too if it has changed since it was read.
func (s *Service) EditMeasure(ctx context.Context, actor registry.Actor, event registry.EventID, id registry.MeasureID, in MeasureInput) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := s.measuredEvent(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		was, err := measure(ctx, tx, event, id)
		if err != nil {
			return registry.Change{}, err
		}
		now := was
		if err := in.fill(&now, e, s.Today()); err != nil {
			return registry.Change{}, err
		}
		now.Version = in.Version
		return s.measureChange("measure.edit", e, now, fact.Differences(whole(was), whole(now))), tx.SaveMeasure(ctx, &now)
	})
}

// DropMeasure takes a measure back, or with drop false lets it hold again. Rights and
// conflicts are those of EditMeasure. Again it changes nothing but the log.
func (s *Service) DropMeasure(ctx context.Context, actor registry.Actor, event registry.EventID, id registry.MeasureID, drop bool) error {
	return s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := s.measuredEvent(ctx, tx, actor, event)
		if err != nil {
			return registry.Change{}, err
		}
		m, err := measure(ctx, tx, event, id)
		if err != nil {
			return registry.Change{}, err
		}
		action := "measure.restore"
		m.DroppedAt = 0
		if drop {
			action, m.DroppedAt = "measure.drop", tx.NowMS()
		}
		return s.measureChange(action, e, m, fact.Facts{fact.Said("measure.text", m.Text)}), tx.SaveMeasure(ctx, &m)
	})
}
