package admission

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Arrival is a visitor at a gate whose poster they scanned.
type Arrival struct {
	Event registry.Event
	Gate  registry.Gate
	Day   string                   // today if the event takes place today, else empty
	Items []registry.ProgrammeItem // of today, else of the whole event
}

// Arrival returns what stands behind a gate poster's code. NotFound for a code of
// no gate and for an event that is not public.
func (a *Service) Arrival(ctx context.Context, typed string) (v Arrival, err error) {
	none := registry.E(registry.NotFound, "error.gate.no_code")
	code, err := pass.ParseGateCode(typed)
	if err != nil {
		return v, none
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if v.Gate, err = tx.GateByCode(ctx, code); err != nil {
			return err
		}
		v.Event, err = tx.Event(ctx, v.Gate.Event)
		return err
	})
	if err == nil && !v.Event.Public() {
		err = none
	}
	if err != nil {
		return Arrival{}, err
	}
	if today := a.Today(); v.Event.HasDay(today) && !v.Event.State.Stopped() {
		v.Day = today
	}
	for _, item := range v.Event.Items {
		if v.Day == "" || item.Day == v.Day {
			v.Items = append(v.Items, item)
		}
	}
	return v, nil
}

// HasArrived reports whether a visitor's phone has been counted at the event
// today. phone is the random value that it keeps, or empty.
func (a *Service) HasArrived(ctx context.Context, v Arrival, phone string) (arrived bool, err error) {
	if v.Day == "" || !validPhone(phone) {
		return false, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		secret, err := tx.StoredSecret(ctx, v.Event.ID)
		if err != nil || secret == nil {
			return err
		}
		arrived, err = tx.HasTapped(ctx, registry.Tap{Event: v.Event.ID, Day: v.Day, Phone: phoneHash(secret, v.Day, phone)})
		return err
	})
	return arrived, err
}

// NewPhone makes the random value that a visitor's browser keeps for one event.
func NewPhone() string {
	raw := make([]byte, 16)
	rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

func validPhone(phone string) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(phone)
	return err == nil && len(raw) == 16
}

// phoneHash is all that is kept of a visitor's random value. Without the event's
// key nobody can tell which value it came from.
func phoneHash(secret []byte, day, phone string) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(day + "\n" + phone))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Arrive counts a visit: one a phone, event and day. first is false when this
// phone has been counted today. client is the network that the request came from;
// it is limited so widely that a whole market may sit behind it. Conflict when the
// event does not take place today, Malformed for a phone that no page of ours
// made, Limited for a flood.
func (a *Service) Arrive(ctx context.Context, v Arrival, phone, client string) (first bool, err error) {
	switch {
	case !validPhone(phone):
		return false, registry.E(registry.Malformed, "error.malformed")
	case v.Day == "":
		return false, registry.E(registry.Conflict, "error.visit.not_today")
	}
	if _, err := a.gateLimits.taps.Take(a.DB.Now(), client); err != nil {
		return false, err
	}
	secret, err := a.eventSecret(ctx, v.Event.ID)
	if err != nil {
		return false, err
	}
	w := &gateWork{event: v.Event.ID, received: a.NowMS(), tap: &registry.Tap{Event: v.Event.ID, Day: v.Day,
		Phone: phoneHash(secret, v.Day, phone), Gate: v.Gate.Number, HourAt: registry.HourOf(a.NowMS())}}
	_, err = a.handIn(ctx, w)
	return w.first, err
}

// eventSecret returns the key of an event's visitors; the first visitor makes it.
func (a *Service) eventSecret(ctx context.Context, event registry.EventID) (secret []byte, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		secret, err = tx.StoredSecret(ctx, event)
		return err
	})
	if err != nil || secret != nil {
		return secret, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		secret, err = tx.EventSecret(ctx, event)
		return err
	})
	return secret, err
}

// ForgetVisitors destroys the keys of events that ended 12 hours ago: from then on
// nothing leads from a visit back to a phone. It returns how many.
func (a *Service) ForgetVisitors(ctx context.Context) (n int64, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.ForgetSecrets(ctx, tx.Now().Add(-12*time.Hour).UnixMilli())
		return err
	})
	return n, err
}

// TallyInput is a number of visits from a paper tally sheet, or an estimate.
type TallyInput struct {
	Day    string // as typed
	Hour   int    // 0 to 23
	Gate   int    // 0 = all gates together
	Method registry.CountMethod
	N      int
	Note   string
	Unread registry.Faults // what could not be read at all, told with the rest
}

func (in *TallyInput) tally(event *registry.Event, gates []registry.Gate, now time.Time) (registry.Tally, error) {
	read := core.Input{Today: vn.DateOf(now), Faults: in.Unread}
	day := read.Date("day", in.Day)
	read.Faults.Check(event.HasDay(day), "day", "error.visit.not_a_day")
	read.Between("hour", in.Hour, 0, 23)
	read.Between("n", in.N, 1, 100_000)
	read.Faults.Check(in.Gate >= 0 && in.Gate <= len(gates), "gate", "error.choose")
	read.Faults.Check(in.Method == registry.CountPaper || in.Method == registry.CountEstimated, "method", "error.choose")
	at, _ := vn.InstantOf(day, in.Hour*60)
	read.Faults.Check(!at.After(now), "hour", "error.visit.future")
	return registry.Tally{Event: event.ID, Method: in.Method, Gate: in.Gate, HourAt: at.UnixMilli(), N: in.N,
		Note: read.Line("note", in.Note, 200)}, read.Faults.Err()
}

// AddTally counts visits that were tallied on paper or estimated. The actor needs
// ManageGate in the event's area. Invalid at a field.
func (a *Service) AddTally(ctx context.Context, actor registry.Actor, id registry.EventID, in TallyInput) error {
	return a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		t, err := in.tally(&at.event, at.gates, at.tx.Now())
		if err != nil {
			return registry.Change{}, err
		}
		t.ID, t.EnteredBy, t.EnteredAt = store.NewID[registry.TallyID](), actor.Name, at.tx.NowMS()
		if err := at.tx.InsertTally(ctx, t); err != nil {
			return registry.Change{}, err
		}
		return a.gateChange("visit.tally", at.event, tallyFacts(t)...),
			at.tx.AddGateHours(ctx, []registry.GateHour{tallyHour(t, t.N)})
	})
}

// DropTally takes a typed-in number back; it stays on record. The actor needs
// ManageGate in the event's area. NotFound when there is none any more.
func (a *Service) DropTally(ctx context.Context, actor registry.Actor, id registry.EventID, tally registry.TallyID) error {
	return a.changeAtGates(ctx, actor, id, func(at *atGates) (registry.Change, error) {
		t, err := at.tx.DropTally(ctx, id, tally, actor.Name)
		if err != nil {
			return registry.Change{}, err
		}
		return a.gateChange("visit.tally_drop", at.event, tallyFacts(t)...),
			at.tx.AddGateHours(ctx, []registry.GateHour{tallyHour(t, -t.N)})
	})
}

func tallyFacts(t registry.Tally) fact.Facts {
	return fact.Facts{fact.Code("method", fact.VisitMethod, t.Method), fact.Count("n", t.N), fact.Number("gate", t.Gate), fact.Instant("hour_at", t.HourAt)}
}

func tallyHour(t registry.Tally, n int) registry.GateHour {
	return registry.GateHour{Event: t.Event, HourAt: t.HourAt, Gate: t.Gate, Figure: registry.FigureOf(t.Method), N: n}
}
