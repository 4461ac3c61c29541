package admission

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// TakeRelayList lays what the server says of the event over what the relay holds.
// Conflict for a list of another event.
func (a *Service) TakeRelayList(ctx context.Context, l *gate.RelayList) error {
	head, err := json.Marshal(l.Head)
	if err != nil {
		return err
	}
	return a.changeHome(ctx, func(tx *store.Tx, h *RelayHome) error {
		event := l.Head.Event.ID
		if h.Event != "" && h.Event != event {
			return registry.E(registry.Conflict, "error.relay.other_event", h.Title)
		}
		if h.Head != string(head) {
			if err := a.takeHead(ctx, tx, &l.Head); err != nil {
				return err
			}
		}
		h.Event, h.Title, h.Head, h.Cursor, h.ListAt = event, l.Head.Event.Title, string(head), l.Cursor(), tx.NowMS()
		h.Counts.take(event, h.SentN, l.Hours)
		if len(l.Passes) == 0 {
			return nil
		}
		return a.takePasses(ctx, tx, event, l.Passes)
	})
}

// takeHead stores the event with its gates, rules and keys.
func (a *Service) takeHead(ctx context.Context, tx *store.Tx, head *gate.RelayHead) error {
	event := eventOfRelay(&head.Event)
	if err := tx.MirrorEvent(ctx, &event, a.Areas.Scope(event.Area)); err != nil {
		return err
	}
	for _, g := range head.Gates {
		if err := tx.MirrorGate(ctx, registry.Gate{Event: event.ID, Number: g.Number, Name: g.Name, Code: g.Code, Kinds: g.Kinds}); err != nil {
			return err
		}
	}
	if err := saveVouchers(ctx, tx, head.Vouchers); err != nil {
		return err
	}
	settings, err := tx.GateSettings(ctx, event.ID)
	if err != nil {
		return err
	}
	settings.Policy, settings.Pin = head.Policy, head.Pin
	if err := tx.SaveGateSettings(ctx, event.ID, settings); err != nil {
		return err
	}
	keys := make([]registry.PassKey, len(head.Keys))
	for i, k := range head.Keys {
		keys[i] = registry.PassKey{ID: k.ID, State: k.State, Public: k.Public, CreatedAt: k.CreatedAt}
	}
	return tx.MirrorPassKeys(ctx, keys)
}

func eventOfRelay(r *gate.RelayEvent) registry.Event {
	e := registry.Event{ID: r.ID, Number: r.Number, Slug: r.Slug, Kind: r.Kind, Level: r.Level, State: r.State, Title: r.Title,
		Area: registry.AreaRef{Edition: r.Edition, Code: r.Area}, Venue: r.Venue, Capacity: r.Capacity,
		Legal: registry.LegalBasis{Registration: registry.RegistrationNotNeeded}}
	for _, d := range r.Days {
		e.Days = append(e.Days, registry.EventDay{Day: d.Day, OpensAt: d.OpensAt, ClosesAt: d.ClosesAt})
	}
	return e
}

// takePasses stores passes under one new change number, and works out anew the
// place of those that moved elsewhere.
func (a *Service) takePasses(ctx context.Context, tx *store.Tx, event registry.EventID, list []gate.RelayPass) error {
	change, err := tx.NextChange(ctx, event)
	if err != nil {
		return err
	}
	passes := make([]registry.RelayPass, len(list))
	for i, p := range list {
		passes[i] = registry.RelayPass{BoothCode: p.BoothCode, VendorName: p.VendorName, Pass: registry.Pass{ID: p.ID, Event: event,
			Code: p.Code, Kind: p.Kind, State: p.State, Booth: p.Booth, Vendor: p.Vendor, Label: p.Label, FirstDay: p.FirstDay,
			Days: p.Days, Test: p.Test, Pack: p.Pack, Ordinal: p.Serial, KeyID: p.Key, ReplacedBy: p.ReplacedBy, Bearer: p.Bearer}}
	}
	if err := tx.MirrorPasses(ctx, passes, change); err != nil {
		return err
	}
	var moved []*registry.Presence
	for i := range list {
		p, err := a.takePlace(ctx, tx, &list[i])
		if err != nil {
			return err
		}
		if p != nil {
			moved = append(moved, p)
		}
	}
	return tx.SavePresences(ctx, moved, map[registry.EventID]int64{event: change})
}

// takePlace works out the place of a pass anew from what the server says of other
// gates and from the relay's own scans; nil when nothing moved elsewhere, or another
// pass has taken its place.
func (a *Service) takePlace(ctx context.Context, tx *store.Tx, p *gate.RelayPass) (*registry.Presence, error) {
	bearer := cmp.Or(p.Bearer, p.ID)
	held, err := tx.MirroredPresence(ctx, bearer)
	if err != nil || p.ReplacedBy != "" {
		return nil, err
	}
	there := registry.Presence{Pass: bearer, Used: p.Used}
	if p.Newest != nil {
		there.Last = *p.Newest
	}
	if there.Last == held.Last && slices.Equal(there.Used, held.Used) {
		return nil, nil
	}
	if err := tx.MirrorPresence(ctx, there); err != nil {
		return nil, err
	}
	rows, err := tx.GatePasses(ctx, []string{p.Code})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	now := &rows[0].Presence
	before, days := now.Used, map[string]bool{}
	for _, m := range slices.Concat(now.Used, held.Used, there.Used) {
		days[m.Day] = true
	}
	if err := placePass(ctx, tx, now, days); err != nil {
		return nil, err
	}
	if p.Kind != registry.VisitorPass {
		return now, nil
	}
	return now, tx.AddGateHours(ctx, visitsChanged(now.Event, before, now.Used))
}

// visitsChanged is by how much the visits by scan change when the first entries of
// a pass do.
func visitsChanged(event registry.EventID, before, after []registry.Mark) []registry.GateHour {
	sums := map[registry.GateHour]int{}
	count := func(marks []registry.Mark, n int) {
		for _, m := range marks {
			sums[registry.GateHour{Event: event, HourAt: registry.HourOf(m.At), Gate: m.Gate, Figure: registry.FigureOf(m.Method())}] += n
		}
	}
	count(before, -1)
	count(after, 1)
	var hours []registry.GateHour
	for h, n := range sums {
		if n != 0 {
			h.N = n
			hours = append(hours, h)
		}
	}
	slices.SortFunc(hours, registry.CompareGateHours)
	return hours
}
