package admission

import (
	"context"
	"slices"

	"hoicho/internal/fact"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// errNoRelay refuses what only a relay may ask.
var errNoRelay = registry.E(registry.Forbidden, "error.gate.no_relay")

// RelayList returns what a relay has to know of its event. since is the cursor of
// the list that it holds, empty for none; then only what changed of the passes
// comes. Forbidden for a device that is no relay, Malformed for a cursor that is
// none.
func (a *Service) RelayList(ctx context.Context, relay registry.Device, since string) (l gate.RelayList, err error) {
	if relay.Role != registry.Relay {
		return l, errNoRelay
	}
	epoch, version, err := gate.ParseCursor(since)
	if err != nil {
		return l, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		now, err := tx.RestoreEpoch(ctx)
		if err != nil {
			return err
		}
		mark, err := tx.ListMark(ctx, relay.Event)
		if err != nil {
			return err
		}
		l = gate.RelayList{Epoch: now, Version: mark.Change, Partial: since != "" && epoch == now && version <= mark.Change, ServerTime: tx.NowMS()}
		if l.Head, err = a.relayHead(ctx, tx, relay.Event); err != nil {
			return err
		}
		if l.Hours, err = a.relayHours(ctx, tx, relay.Event); err != nil {
			return err
		}
		if !l.Partial {
			version = -1
		}
		l.Passes, err = relayPasses(ctx, tx, relay, version)
		return err
	})
	return l, err
}

func (a *Service) relayHead(ctx context.Context, tx *store.Tx, event registry.EventID) (h gate.RelayHead, err error) {
	desk, err := a.desk(ctx, tx, event)
	if err != nil {
		return h, err
	}
	e := &desk.event
	h.Event = gate.RelayEvent{ID: e.ID, Number: e.Number, Slug: e.Slug, Kind: e.Kind, Level: e.Level, State: e.State, Title: e.Title,
		Edition: e.Area.Edition, Area: e.Area.Code, Venue: e.Venue, Capacity: e.Capacity}
	for _, d := range e.Days {
		h.Event.Days = append(h.Event.Days, gate.RelayDay{Day: d.Day, OpensAt: d.OpensAt, ClosesAt: d.ClosesAt})
	}
	for _, g := range desk.gates {
		h.Gates = append(h.Gates, gate.RelayGate{Number: g.Number, Name: g.Name, Code: g.Code, Kinds: g.Kinds})
	}
	h.Policy, h.Pin, h.Vouchers = desk.settings.Policy, desk.settings.Pin, desk.register.Vouchers
	keys, err := tx.EventKeys(ctx, event)
	for _, k := range keys {
		h.Keys = append(h.Keys, gate.RelayKey{ID: k.ID, State: k.State, Public: k.Public, CreatedAt: k.CreatedAt})
	}
	return h, err
}

func relayPasses(ctx context.Context, tx *store.Tx, relay registry.Device, version int64) ([]gate.RelayPass, error) {
	rows, err := tx.RelayPasses(ctx, relay.Event, version)
	if err != nil {
		return nil, err
	}
	bearers := make([]registry.PassID, len(rows))
	for i := range rows {
		bearers[i] = rows[i].Bearer
	}
	elsewhere, err := tx.ForeignPresences(ctx, relay.ID, bearers)
	passes := make([]gate.RelayPass, len(rows))
	for i, p := range rows {
		passes[i] = gate.RelayPass{ID: p.ID, Code: p.Code, Kind: p.Kind, State: p.State, Booth: p.Booth, BoothCode: p.BoothCode,
			Vendor: p.Vendor, VendorName: p.VendorName, Label: p.Label, FirstDay: p.FirstDay, Days: p.Days, Test: p.Test, Key: p.KeyID, ReplacedBy: p.ReplacedBy}
		if p.Kind == registry.VoucherPass {
			passes[i].Pack, passes[i].Serial = p.Pack, p.Ordinal
		}
		if p.Bearer != p.ID {
			passes[i].Bearer = p.Bearer
		}
		if there, ok := elsewhere[p.Bearer]; ok && p.ReplacedBy == "" {
			passes[i].Newest, passes[i].Used = &there.Last, there.Used
		}
	}
	return passes, err
}

// TakeRelay takes in what a relay hands on. The scans and counts are stored under
// the device, id and number that their phones gave them, each once however often
// it comes; what the relay answered stands beside what this server would have
// said. It returns once all of them are durable. Forbidden for a device that is no
// relay or names a phone that is not its own, Malformed for a batch that no relay
// of ours sends; then nothing of it is stored.
func (a *Service) TakeRelay(ctx context.Context, relay registry.Device, batch gate.RelayBatch) (answer gate.RelayAnswer, err error) {
	if relay.Role != registry.Relay {
		return answer, errNoRelay
	}
	desk, err := a.someDesk(ctx, relay.Event)
	if err != nil {
		return answer, err
	}
	if err := batch.Check(relay.Gates, desk.gateNumbers()); err != nil {
		return answer, err
	}
	phones, err := a.noteRelay(ctx, relay, &batch)
	if err != nil {
		return answer, err
	}
	w := a.relayWork(desk, relay, phones, &batch)
	if len(w.parts) > 0 {
		if err := a.gates.Write(ctx, w); err != nil {
			return answer, err
		}
	}
	return a.relayAnswer(ctx, relay)
}

// noteRelay notes how a relay is, and takes in phones that are new. It returns the
// phones by id.
func (a *Service) noteRelay(ctx context.Context, relay registry.Device, batch *gate.RelayBatch) (phones map[registry.DeviceID]registry.Device, err error) {
	left := batch.Waiting - len(batch.Scans) - len(batch.Counts)
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		held, err := tx.RelayPhones(ctx, relay.ID)
		if err != nil {
			return err
		}
		phones = make(map[registry.DeviceID]registry.Device, len(held))
		for _, d := range held {
			phones[d.ID] = d
		}
		for _, said := range batch.Phones {
			if err := a.noteRelayPhone(ctx, tx, relay, said, phones); err != nil {
				return err
			}
		}
		return tx.NoteRelay(ctx, relay.ID, max(0, left))
	})
	return phones, err
}

// noteRelayPhone stores what a relay says of a phone if it is news.
func (a *Service) noteRelayPhone(ctx context.Context, tx *store.Tx, relay registry.Device, said gate.RelayPhone, phones map[registry.DeviceID]registry.Device) error {
	d, known := phones[said.ID]
	if known && d.Name == said.Name && (!said.Revoked || d.State == registry.DeviceRevoked) {
		return nil
	}
	// No token opens it here: the phone calls its relay.
	d = registry.Device{ID: said.ID, Event: relay.Event, Relay: relay.ID, Name: said.Name, Role: said.Role, Gates: said.Gates,
		State: registry.DeviceActive, TokenHash: "relay " + string(said.ID), PairedAt: said.PairedAt}
	action := "device.relayed"
	if said.Revoked {
		d.State, d.RevokedAt, action = registry.DeviceRevoked, tx.NowMS(), "device.revoke"
	}
	if err := tx.SaveRelayPhone(ctx, d); err != nil {
		return err
	}
	phones[d.ID] = d
	event, err := tx.Event(ctx, relay.Event)
	if err != nil {
		return err
	}
	c := a.gateChange(action, event, append(deviceFacts(d), fact.Ref("relay", "device", relay.ID))...)
	c.Object, c.ID = "device", string(d.ID)
	return tx.Audit(ctx, registry.Actor{Name: relay.Name}, c)
}

// relayWork cuts a batch into stretches that one phone sent in one go, by one
// clock, in the order in which the relay took them in.
func (a *Service) relayWork(desk *gateDesk, relay registry.Device, phones map[registry.DeviceID]registry.Device, batch *gate.RelayBatch) *gateWork {
	all := a.newWork(relay, "relay", batch.SentAt, batch.ReceivedAt)
	behind := all.received - batch.SentAt // the relay's clock
	if max(behind, -behind) < relayClockMS {
		behind = 0
	}
	part := func(device registry.DeviceID, boot string, at, corrected int64) *gateWork {
		sentAt := all.received - (corrected + behind - at)
		if n := len(all.parts); n > 0 {
			if last := all.parts[n-1]; last.device.ID == device && last.boot == boot && last.sentAt == sentAt {
				return last
			}
		}
		w := &gateWork{event: relay.Event, device: phones[device], received: all.received, boot: boot, sentAt: sentAt, relayed: true}
		all.parts = append(all.parts, w)
		return w
	}
	for _, s := range batch.Scans {
		w := part(s.Device, s.Boot, s.Scan.At, s.CorrectedAt)
		work := desk.open(s.Scan, &w.device)
		work.answered = s.Answered
		w.scans = append(w.scans, work)
	}
	for _, c := range batch.Counts {
		w := part(c.Device, c.Boot, c.Count.At, c.CorrectedAt)
		w.counts = append(w.counts, c.Count)
	}
	return all
}

// relayClockMS is how much of a difference to a relay's clock is the way that the
// batch took, and no difference.
const relayClockMS = 5_000

// relayAnswer says what is durable of a relay's phones.
func (a *Service) relayAnswer(ctx context.Context, relay registry.Device) (answer gate.RelayAnswer, err error) {
	answer = gate.RelayAnswer{ServerTime: a.NowMS(), Phones: []gate.RelayMark{}}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if answer.Epoch, err = tx.RestoreEpoch(ctx); err != nil {
			return err
		}
		phones, err := tx.RelayPhones(ctx, relay.ID)
		for _, d := range phones {
			answer.Phones = append(answer.Phones, gate.RelayMark{ID: d.ID, Revoked: d.State == registry.DeviceRevoked,
				AckedSeq: d.AckedSeq, CountAckedSeq: d.CountAckedSeq})
		}
		return err
	})
	return answer, err
}

// flat lists works with those of a relay's batch taken apart.
func flat(works []*gateWork) []*gateWork {
	if !slices.ContainsFunc(works, func(w *gateWork) bool { return len(w.parts) > 0 }) {
		return works
	}
	var list []*gateWork
	for _, w := range works {
		if len(w.parts) == 0 {
			list = append(list, w)
		}
		list = append(list, w.parts...)
	}
	return list
}
