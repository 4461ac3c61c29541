package admission

import (
	"bytes"
	"context"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/pass"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// maxGates is how many gates an event may have.
const maxGates = 40

// GateOffice is what the office sees of an event's gates.
type GateOffice struct {
	Event    registry.Event
	Gates    []registry.Gate
	Settings registry.GateSettings
	Devices  []registry.Device // those paired last first
	Tellings map[registry.DeviceID]registry.DeviceTelling
}

// GateOffice returns the gates of an event with their phones and rules. The actor
// needs ManageGate in its area.
func (a *Service) GateOffice(ctx context.Context, actor registry.Actor, id registry.EventID) (o GateOffice, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if o.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id); err != nil {
			return err
		}
		if o.Gates, err = tx.Gates(ctx, id); err != nil {
			return err
		}
		if o.Settings, err = tx.GateSettings(ctx, id); err != nil {
			return err
		}
		if o.Devices, err = tx.Devices(ctx, id); err != nil {
			return err
		}
		o.Devices = slices.DeleteFunc(o.Devices, func(d registry.Device) bool { return d.Paper() })
		o.Tellings, err = a.deviceTellings(ctx, tx, id)
		return err
	})
	return o, err
}

// GateInput is what a person says of a gate.
type GateInput struct {
	Name  string
	Kinds []registry.PassKind // empty = every kind
}

func (in *GateInput) gate(g registry.Gate) (registry.Gate, error) {
	var read core.Input
	g.Name, g.Kinds = read.Needed("name", in.Name, 40), in.Kinds
	for _, k := range g.Kinds {
		read.Faults.Check(k.Number() > 0, "kinds", "error.choose")
	}
	if len(g.Kinds) == len(registry.PassKinds) {
		g.Kinds = nil
	}
	return g, read.Faults.Err()
}

// atGates is a change at the gates of an event under way: what its transaction has
// read of them.
type atGates struct {
	tx    *store.Tx
	event registry.Event
	gates []registry.Gate // in the order of their numbers, which count from 1
}

// changeAtGates runs a use case of an actor with ManageGate in the event's area and
// writes the audit line that it returns.
func (a *Service) changeAtGates(ctx context.Context, actor registry.Actor, id registry.EventID, fn func(*atGates) (registry.Change, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (c registry.Change, err error) {
		at := atGates{tx: tx}
		if at.event, err = a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id); err != nil {
			return c, err
		}
		if at.gates, err = tx.Gates(ctx, id); err != nil {
			return c, err
		}
		return fn(&at)
	})
}

// AddGate gives an event one more gate, with the next number and a random code
// for its poster. The actor needs ManageGate in the event's area. Invalid at a
// field; Conflict when somebody added one at the same time.
func (a *Service) AddGate(ctx context.Context, actor registry.Actor, id registry.EventID, in GateInput) error {
	return a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		if len(at.gates) >= maxGates {
			return registry.Change{}, registry.At("name", "error.gate.too_many", maxGates)
		}
		g, err := in.gate(registry.Gate{Event: id, Number: len(at.gates) + 1, Code: pass.NewGateCode()})
		if err != nil {
			return registry.Change{}, err
		}
		return a.gateChange("gate.add", at.event, fact.Number("gate", g.Number), fact.Said("name", g.Name)), at.tx.InsertGate(ctx, g)
	})
}

// EditGate changes the name of a gate and the kinds of passes that it lets
// through. Its phones learn of it with their next list. The actor needs ManageGate
// in the event's area. Invalid at a field.
func (a *Service) EditGate(ctx context.Context, actor registry.Actor, id registry.EventID, number int, in GateInput) error {
	return a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		g, err := at.tx.Gate(ctx, id, number)
		if err != nil {
			return registry.Change{}, err
		}
		if g, err = in.gate(g); err != nil {
			return registry.Change{}, err
		}
		return a.gateChange("gate.edit", at.event, fact.Number("gate", number), fact.Said("name", g.Name),
			fact.Code("kinds", fact.PassKind, g.Kinds...)), at.tx.SaveGate(ctx, g)
	})
}

func (a *Service) gateChange(action string, event registry.Event, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "event", ID: string(event.ID), Scope: a.Areas.Scope(event.Area), Detail: fact.Facts(facts)}
}

// PolicyInput is what a person says of the rules at an event's gates. The three
// lists of load windows belong together line by line.
type PolicyInput struct {
	MaxInside       int
	SetupMinutes    int
	VisitorRule     registry.VisitorRule
	TypedSupervised bool
	Capacity        int // people inside at once; 0 = what the event says
	LoadDays        []string
	LoadFrom        []string
	LoadUntil       []string
	Version         int64           // of the settings that the form showed
	Unread          registry.Faults // what could not be read at all, told with the rest
}

// policy reads the input.
func (in *PolicyInput) policy(today string) (registry.GatePolicy, error) {
	p := registry.GatePolicy{MaxInside: in.MaxInside, SetupMinutes: in.SetupMinutes, VisitorRule: in.VisitorRule,
		TypedSupervised: in.TypedSupervised, Capacity: in.Capacity, LoadWindows: []registry.TimeWindow{}}
	read := core.Input{Today: today, Faults: in.Unread}
	if len(in.LoadDays) != len(in.LoadFrom) || len(in.LoadDays) != len(in.LoadUntil) {
		return p, registry.At("load_windows", "error.gate.load_line")
	}
	for i, typed := range in.LoadDays {
		day := read.Date("load_windows", typed)
		from, until := read.Clock("load_windows", in.LoadFrom[i], 0), read.Clock("load_windows", in.LoadUntil[i], 0)
		fromAt, _ := vn.InstantOf(day, from)
		untilAt, _ := vn.InstantOf(day, until)
		p.LoadWindows = append(p.LoadWindows, registry.TimeWindow{FromAt: fromAt.UnixMilli(), UntilAt: untilAt.UnixMilli()})
	}
	slices.SortFunc(p.LoadWindows, func(x, y registry.TimeWindow) int { return int((x.FromAt - y.FromAt) / 1000) })
	return p, append(read.Faults, p.Check()...).Err()
}

// SaveGatePolicy sets the rules at an event's gates. Phones learn of them with
// their next list. The actor needs ManageGate in the event's area. Invalid at a
// field; Conflict when somebody changed them since the form was shown.
func (a *Service) SaveGatePolicy(ctx context.Context, actor registry.Actor, id registry.EventID, in PolicyInput) error {
	policy, err := in.policy(a.Today())
	if err != nil {
		return err
	}
	return a.saveGateSettings(ctx, actor, id, "gate.policy", func(s *registry.GateSettings) fact.Facts {
		s.Policy, s.Version = policy, in.Version
		return policyFacts(policy)
	})
}

func policyFacts(p registry.GatePolicy) fact.Facts {
	windows := make([]string, len(p.LoadWindows))
	for i, w := range p.LoadWindows {
		windows[i] = fact.Between(w.FromAt, w.UntilAt)
	}
	facts := fact.Facts{fact.Count("max_inside", p.MaxInside), fact.Count("setup_minutes", p.SetupMinutes), fact.List("load_windows", fact.Period, windows...),
		fact.Code("visitor_rule", fact.VisitorRule, p.VisitorRule), fact.Yes("typed_supervised", p.TypedSupervised)}
	if p.Capacity > 0 {
		facts = append(facts, fact.Count("capacity", p.Capacity))
	}
	return facts
}

// pinRounds makes trying all PINs on a stolen phone take hours and one try on an
// old phone a quarter of a second.
const pinRounds = 100_000

// SetSupervisorPin sets the six digits with which a supervisor lets somebody in
// all the same, on any phone of the event; empty takes them away. The actor needs
// ManageGate in the event's area. Invalid at the field.
func (a *Service) SetSupervisorPin(ctx context.Context, actor registry.Actor, id registry.EventID, pin string) error {
	check, err := newPinCheck(pin)
	if err != nil {
		return err
	}
	return a.saveGateSettings(ctx, actor, id, "gate.pin", func(s *registry.GateSettings) fact.Facts {
		s.Pin = check
		return fact.Facts{fact.Yes("set", check != nil)}
	})
}

func newPinCheck(pin string) (*registry.PinCheck, error) {
	if pin == "" {
		return nil, nil
	}
	digits := len(pin) == 6 && !slices.ContainsFunc([]byte(pin), func(c byte) bool { return c < '0' || c > '9' })
	if !digits || pin == "123456" || pin == "000000" {
		return nil, registry.At("pin", "error.gate.pin")
	}
	check := &registry.PinCheck{Salt: make([]byte, 16), Rounds: pinRounds}
	rand.Read(check.Salt) // never fails
	var err error
	check.Hash, err = pbkdf2.Key(sha256.New, pin, check.Salt, check.Rounds, sha256.Size)
	return check, err
}

// saveGateSettings changes what an event has set. fn returns what the audit log
// keeps of it.
func (a *Service) saveGateSettings(ctx context.Context, actor registry.Actor, id registry.EventID, action string, fn func(*registry.GateSettings) fact.Facts) error {
	return a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		s, err := at.tx.GateSettings(ctx, id)
		if err != nil {
			return registry.Change{}, err
		}
		return a.gateChange(action, at.event, fn(&s)...), at.tx.SaveGateSettings(ctx, id, s)
	})
}

// GatePosters writes the posters of an event's gates as a PDF, one page each, on
// A4 or "a3". The actor needs ManageGate in the event's area. Conflict when the
// event has no gate.
func (a *Service) GatePosters(ctx context.Context, actor registry.Actor, id registry.EventID, size, lang string) (registry.File, error) {
	office, err := a.GateOffice(ctx, actor, id)
	if err != nil {
		return registry.File{}, err
	}
	if len(office.Gates) == 0 {
		return registry.File{}, registry.E(registry.Conflict, "error.gate.none")
	}
	posters := make([]print.Poster, len(office.Gates))
	for i, g := range office.Gates {
		posters[i] = print.Poster{Size: print.PosterA4, Event: a.Passes.PaperEvent(office.Event), Gate: g.Name, QRText: pass.GateURL(a.BaseURL, g.Code)}
		if size == string(print.PosterA3) {
			posters[i].Size = print.PosterA3
		}
	}
	var buf bytes.Buffer
	if err := print.WriteGatePosters(&buf, lang, posters); err != nil {
		return registry.File{}, fmt.Errorf("gate posters of %s: %w", id, err)
	}
	return registry.File{ContentType: "application/pdf", Name: "cong-" + office.Event.Slug + ".pdf", Data: buf.Bytes()}, nil
}
