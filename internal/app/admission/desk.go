package admission

import (
	"cmp"
	"context"
	"encoding/json"

	"hoicho/internal/app/admission/known"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// gateDesk is what decisions at an event's gates rest on beside its passes. It
// never changes; a change of the event makes a new one.
type gateDesk struct {
	mark     store.ListMark // without the passes
	event    registry.Event
	gates    []registry.Gate
	settings registry.GateSettings
	register gate.Snapshot // of the register itself, without passes
	booths   []registry.PackBooth
	proofs   known.Proofs // with the keys of register
}

// desk returns the desk of an event as the transaction sees it. Desks are kept in
// memory; the mark says whether the kept one still holds.
func (a *Service) desk(ctx context.Context, tx *store.Tx, event registry.EventID) (*gateDesk, error) {
	mark, err := tx.ListMark(ctx, event)
	if err != nil {
		return nil, err
	}
	if kept, ok := a.desks.Load(event); ok && kept.(*gateDesk).mark == mark.Context() {
		return kept.(*gateDesk), nil
	}
	d, err := a.loadDesk(ctx, tx, event)
	if err != nil {
		return nil, err
	}
	d.mark = mark.Context()
	a.desks.Store(event, d)
	return d, nil
}

// someDesk returns a desk of an event that may be out of date: good for reading
// proofs, which are read again where the keys have changed.
func (a *Service) someDesk(ctx context.Context, event registry.EventID) (d *gateDesk, err error) {
	if kept, ok := a.desks.Load(event); ok {
		return kept.(*gateDesk), nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = a.desk(ctx, tx, event)
		return err
	})
	return d, err
}

func (a *Service) loadDesk(ctx context.Context, tx *store.Tx, id registry.EventID) (*gateDesk, error) {
	d := &gateDesk{}
	var err error
	if d.event, err = tx.Event(ctx, id); err != nil {
		return nil, err
	}
	if d.gates, err = tx.Gates(ctx, id); err != nil {
		return nil, err
	}
	if d.settings, err = tx.GateSettings(ctx, id); err != nil {
		return nil, err
	}
	rows, err := tx.EventKeys(ctx, id)
	if err != nil {
		return nil, err
	}
	d.register = gate.Snapshot{Event: gate.EventOf(&d.event), Policy: d.settings.Policy, Gates: gate.GatesOf(d.gates), Pin: d.settings.Pin}
	if d.register.Keys, err = gate.NewKeys(rows); err != nil {
		return d, err
	}
	return d, a.loadVouchers(ctx, tx, d)
}

// read reads the text of a scan with the desk's keys.
func (d *gateDesk) read(scan gate.Scan) gate.Reading { return d.proofs.Read(d.register.Keys, scan) }

// capacity is how many people may be inside at once; 0 is no limit.
func (d *gateDesk) capacity() int { return cmp.Or(d.settings.Policy.Capacity, d.event.Capacity) }

// gatePass is a pass as the gate sees it.
func gatePass(p *store.GatePass) gate.Pass {
	g := gate.Pass{Code: p.Code, Kind: p.Kind, State: p.State, Booth: p.BoothCode, Label: p.Label, Vendor: p.VendorName,
		FirstDay: p.FirstDay, Days: p.Days, Test: p.Test, Inside: p.Presence.Inside(), Used: p.Presence.Used}
	if g.Label == g.Booth {
		g.Label = ""
	}
	if p.Kind == registry.VoucherPass {
		g.Pack, g.Serial = p.Pack, p.Ordinal
	}
	return g
}

// GateSnapshot returns what a phone has to know of its event, a gate.Snapshot as JSON. since
// is the cursor of the list that it holds, empty for none; then only what changed of the passes
// comes. A seller's phone gets vouchers alone, and of the booths its own. etag is that of its
// last answer, the cursor in quotes: when nothing has changed since either, the snapshot is
// nil. Malformed for a cursor that is none.
func (a *Service) GateSnapshot(ctx context.Context, device registry.Device, since, etag string) (list []byte, newTag string, err error) {
	epoch, version, err := gate.ParseCursor(since)
	if err != nil {
		return nil, "", err
	}
	seen := a.DB.ChangesOf(nameTables())
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		now, err := tx.RestoreEpoch(ctx)
		if err != nil {
			return err
		}
		mark, err := tx.ListMark(ctx, device.Event)
		if err != nil {
			return err
		}
		cursor := gate.Cursor(now, mark.Change, mark.Context().String())
		newTag = `"` + cursor + `"`
		if newTag == etag || cursor == since {
			return nil
		}
		desk, err := a.desk(ctx, tx, device.Event)
		if err != nil {
			return err
		}
		s := desk.registerFor(&device)
		s.Epoch, s.Version, s.Cursor, s.TakenAt = now, mark.Change, cursor, tx.NowMS()
		s.Partial = since != "" && epoch == now && version <= mark.Change
		if s.Partial && since == gate.Cursor(epoch, version, mark.Context().String()) {
			s.Vouchers = nil // as they were
		}
		if !s.Partial {
			version = -1
		}
		state := known.ListState{Event: device.Event, Epoch: now, Seen: seen, Change: mark.Change, Now: s.TakenAt}
		lines, err := a.lists.Since(state, version, device.Role == registry.Seller, func(change int64) ([]known.Listed, error) {
			return listedSince(ctx, tx, device.Event, change)
		})
		if err == nil {
			list, err = s.WithPasses(lines)
		}
		return err
	})
	return list, newTag, err
}

// listedSince reads the lines of an event's gate list that changed after a number.
func listedSince(ctx context.Context, tx *store.Tx, event registry.EventID, change int64) ([]known.Listed, error) {
	rows, err := tx.GatePassesSince(ctx, event, change)
	if err != nil {
		return nil, err
	}
	lines := make([]known.Listed, len(rows))
	for i := range rows {
		r := &rows[i]
		lines[i] = known.Listed{Code: r.Code, Change: r.Change, Voucher: r.Pack > 0}
		if lines[i].JSON, err = json.Marshal(gatePass(r)); err != nil {
			return nil, err
		}
	}
	return lines, nil
}
