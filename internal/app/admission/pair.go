package admission

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// How long a pairing token may be spent, unless somebody asks for longer: a relay
// is set up the day before.
const (
	pairFor      = 30 * time.Minute
	pairRelayFor = 24 * time.Hour
)

// Pairing is a token that pairs one phone, to be shown to it once.
type Pairing struct {
	Event     registry.Event
	Gates     []registry.Gate
	Role      registry.DeviceRole
	Token     string // 12 digits, grouped for typing
	SVG       string // the symbol to scan
	ExpiresAt int64  // unix ms
}

// PairInput asks for a pairing token.
type PairInput struct {
	Gates []int
	Role  registry.DeviceRole
	Label string        // of the symbol, for screen readers
	For   time.Duration // how long the token may be spent; 0: half an hour, for a relay a day
	URL   string        // of the server that the phone will call; empty: BaseURL
}

func (in *PairInput) lifeMS() int64 {
	if in.For == 0 && in.Role == registry.Relay {
		return pairRelayFor.Milliseconds()
	}
	return cmp.Or(in.For, pairFor).Milliseconds()
}

func (in *PairInput) check(gates []registry.Gate) error {
	var faults registry.Faults
	faults.Check(len(in.Gates) > 0, "gates", "error.gate.choose_gate")
	for _, n := range in.Gates {
		faults.Check(n >= 1 && n <= len(gates), "gates", "error.gate.choose_gate")
	}
	faults.Check(slices.Contains([]registry.DeviceRole{registry.Steward, registry.Supervisor, registry.Relay}, in.Role), "role", "error.choose")
	return faults.Err()
}

// NewPairing makes a token with which one phone or relay pairs with an event's
// gates, within 30 minutes or a day unless the input says otherwise. The actor needs ManageGate in the event's area. Invalid at a field;
// Conflict when the event is long over.
func (a *Service) NewPairing(ctx context.Context, actor registry.Actor, id registry.EventID, in PairInput) (p Pairing, err error) {
	token := pass.NewCode()
	err = a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		p.Event = at.event
		if err := in.check(at.gates); err != nil {
			return registry.Change{}, err
		}
		now := at.tx.NowMS()
		if now >= p.Event.EndsAt+12*registry.HourMS {
			return registry.Change{}, registry.E(registry.Conflict, "error.gate.event_over")
		}
		for _, n := range in.Gates {
			p.Gates = append(p.Gates, at.gates[n-1])
		}
		p.ExpiresAt = now + in.lifeMS()
		c := a.gateChange("device.invite", p.Event, fact.Numbers("gates", in.Gates), fact.Code("role", fact.GateRole, in.Role))
		return c, at.tx.InsertPairToken(ctx, registry.PairToken{Hash: core.HashToken(token), Event: id, Gates: in.Gates, Role: in.Role,
			CreatedBy: actor.Account, CreatedAt: now, ExpiresAt: p.ExpiresAt})
	})
	if err != nil {
		return Pairing{}, err
	}
	p.Role, p.Token = in.Role, pass.FormatCode(token)
	p.SVG, err = gate.NewPairQR(cmp.Or(in.URL, a.BaseURL), token).Symbol(in.Label)
	return p, err
}

// Pair spends a token and makes the phone a device of the token's event. client is
// the network that the request came from: wrong tokens are limited by it. A phone
// without a name is called by its first gate and the next letter there. Invalid
// for a request that is not filled in, NotFound for a token that is wrong, spent
// or over, Limited after many wrong ones.
func (a *Service) Pair(ctx context.Context, client string, req gate.PairRequest) (answer gate.PairAnswer, err error) {
	if err := req.Check(); err != nil {
		return answer, err
	}
	name, ok := vn.CleanLine(req.Name)
	if !ok {
		return answer, registry.At("name", "error.bad_text")
	}
	forgive, err := a.limitPairing(client)
	if err != nil {
		return answer, err
	}
	digits := strings.Join(strings.Fields(req.Token), "")
	token, hash := core.NewToken()
	d := registry.Device{ID: store.NewID[registry.DeviceID](), Name: name, State: registry.DeviceActive, TokenHash: hash}
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		answer, err = a.pairDevice(ctx, tx, core.HashToken(digits), d, token)
		return err
	})
	if err == nil {
		forgive()
	}
	return answer, err
}

// pairDevice spends a token for a phone, which gets a name where it has none.
func (a *Service) pairDevice(ctx context.Context, tx *store.Tx, hash string, d registry.Device, token string) (answer gate.PairAnswer, err error) {
	spent, err := tx.SpendPairToken(ctx, hash, d.ID)
	if err != nil {
		return answer, err
	}
	desk, err := a.desk(ctx, tx, spent.Event)
	if err != nil {
		return answer, err
	}
	d.Event, d.Role, d.Gates, d.Vendor, d.PairedAt = spent.Event, spent.Role, spent.Gates, spent.Vendor, tx.NowMS()
	answer = pairAnswer(desk, d, token)
	if d.Name == "" {
		if d.Name, err = newDeviceName(ctx, tx, d, answer.Gates); err != nil {
			return answer, err
		}
	}
	answer.Name = d.Name
	c := a.gateChange("device.pair", desk.event, deviceFacts(d)...)
	c.Object, c.ID = "device", string(d.ID)
	if err := tx.Audit(ctx, registry.Actor{Name: d.Name}, c); err != nil {
		return answer, err
	}
	return answer, tx.InsertDevice(ctx, d)
}

// newDeviceName names a phone by its first gate, that of a seller by its vendor.
func newDeviceName(ctx context.Context, tx *store.Tx, d registry.Device, gates []gate.Gate) (string, error) {
	known, err := tx.Devices(ctx, d.Event)
	if err != nil || d.Role != registry.Seller {
		return registry.NextDeviceName(gates[0].Name, known), err
	}
	vendor, err := tx.Vendor(ctx, d.Vendor)
	return registry.NextDeviceName(vendor.Name, known), err
}

// limitPairing counts a try; forgive takes it back.
func (a *Service) limitPairing(client string) (forgive func(), err error) {
	now := a.DB.Now()
	one, err := a.gateLimits.pairing.Take(now, client)
	if err != nil {
		return nil, err
	}
	all, err := a.gateLimits.pairings.Take(now, "")
	if err != nil {
		return nil, err
	}
	return func() { one.CancelAt(now); all.CancelAt(now) }, nil
}

func pairAnswer(desk *gateDesk, d registry.Device, token string) gate.PairAnswer {
	answer := gate.PairAnswer{DeviceID: d.ID, Token: token, Role: d.Role, Event: desk.register.Event, Gates: []gate.Gate{},
		ExpiresAt: desk.event.EndsAt + d.Role.LifeMS(), ServerTime: d.PairedAt}
	for _, g := range desk.register.Gates {
		if slices.Contains(d.Gates, g.Number) {
			answer.Gates = append(answer.Gates, g)
		}
	}
	return answer
}

// GateDevice returns the phone with a bearer token. It is Unauthenticated with
// error.device_unknown for a token of no phone, error.device_revoked for one that
// was shut out (it then wipes what it holds), and error.device_expired 12 hours
// after the end of its event.
func (a *Service) GateDevice(ctx context.Context, token string) (d registry.Device, err error) {
	if len(token) != 64 {
		return d, registry.E(registry.Unauthenticated, "error.device_unknown")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		d, err = tx.DeviceByToken(ctx, core.HashToken(token))
		return err
	})
	switch {
	case registry.KindOf(err) == registry.NotFound:
		return d, registry.E(registry.Unauthenticated, "error.device_unknown")
	case err != nil:
		return d, err
	case d.State != registry.DeviceActive:
		return d, errShutOut
	case a.NowMS() >= d.ExpiresAt:
		return d, registry.E(registry.Unauthenticated, "error.device_expired")
	}
	return d, nil
}

// calledSpacing is how often at most it is stored that a phone has called.
const calledSpacing = time.Minute

// NoteDevice notes that a phone has called, at most once a minute, and what it
// tells of itself, at most every 30 seconds. A full disk does not shut a phone out.
func (a *Service) NoteDevice(ctx context.Context, d registry.Device) error {
	now := a.NowMS()
	told, due := a.tellings.due(d.ID, now)
	silent := now-d.LastSeenAt >= calledSpacing.Milliseconds()
	if !due && !silent {
		return nil
	}
	err := a.DB.Write(ctx, func(tx *store.Tx) error {
		if silent {
			if err := tx.TouchDevice(ctx, d.ID); err != nil {
				return err
			}
		}
		if due {
			return tx.SaveTelling(ctx, told)
		}
		return nil
	})
	if registry.KindOf(err) == registry.Unavailable {
		return nil
	}
	return err
}

// RevokeDevice shuts a phone of an event out for good. The actor needs ManageGate
// in the event's area. NotFound for a phone of another event, Conflict for one
// that is out already.
func (a *Service) RevokeDevice(ctx context.Context, actor registry.Actor, event registry.EventID, id registry.DeviceID) error {
	return a.changeAtGates(ctx, actor, event, func(at *atGates) (registry.Change, error) {
		d, err := at.tx.RevokeDevice(ctx, event, id)
		c := a.gateChange("device.revoke", at.event, fact.Said("name", d.Name))
		c.Object, c.ID = "device", string(id)
		return c, err
	})
}

func deviceFacts(d registry.Device) fact.Facts {
	return fact.Facts{fact.Said("name", d.Name), fact.Numbers("gates", d.Gates), fact.Code("role", fact.GateRole, d.Role)}
}
