package gate

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// local is the time of every event: Vietnam keeps UTC+7 all year.
var local = time.FixedZone("+07", 7*60*60)

// Snapshot is what a decision rests on: the register itself, or what a phone
// holds of it. Its JSON is the answer of GET /api/v1/gate/snapshot.
type Snapshot struct {
	Epoch   int64               `json:"epoch"`             // changes when the server is restored from a backup
	Version int64               `json:"version"`           // change number of the newest change in it
	Cursor  string              `json:"cursor,omitempty"`  // the value of since in the next request
	TakenAt int64               `json:"taken_at"`          // unix ms, server's clock; 0 = this is the register itself
	Partial bool                `json:"partial,omitempty"` // Passes are changes, to be laid over what the phone holds
	Event   Event               `json:"event"`
	Policy  registry.GatePolicy `json:"policy"`
	Gates   []Gate              `json:"gates"`
	Keys    Keys                `json:"keys"`
	Pin     *registry.PinCheck  `json:"pin,omitempty"` // of the supervisor, if the event has set one
	// Vouchers is absent where the event has no packs, and in a partial list where they
	// are as before.
	Vouchers *Vouchers `json:"vouchers,omitempty"`
	Passes   Passes    `json:"passes"` // for a decision: the pass and, if staff, the others of its booth
}

// Event is what the gate has to know of an event.
type Event struct {
	Number  uint32 `json:"number"`
	Title   string `json:"title"`
	Stopped bool   `json:"stopped"` // postponed or cancelled
	Days    []Day  `json:"days"`    // in order
}

// Day is a day of an event with its opening hours.
type Day struct {
	Day   string              `json:"day"` // YYYY-MM-DD
	Hours registry.TimeWindow `json:"hours"`
}

// EventOf gives what the gate has to know of an event. A day without hours is
// open from midnight to midnight.
func EventOf(e *registry.Event) Event {
	g := Event{Number: e.Number, Title: e.Title, Stopped: e.State.Stopped(), Days: make([]Day, 0, len(e.Days))}
	for _, d := range e.Days {
		opens, closes := d.OpensAt, d.ClosesAt
		if opens >= closes {
			opens, closes = 0, 24*60
		}
		midnight := midnightOf(d.Day)
		g.Days = append(g.Days, Day{Day: d.Day, Hours: registry.TimeWindow{
			FromAt: midnight + minutes(opens), UntilAt: midnight + minutes(closes),
		}})
	}
	slices.SortFunc(g.Days, func(a, b Day) int { return int(a.Hours.FromAt/1000 - b.Hours.FromAt/1000) })
	return g
}

func midnightOf(day string) int64 {
	t, _ := time.ParseInLocation(time.DateOnly, day, local)
	return t.UnixMilli()
}

func minutes(n int) int64 { return int64(n) * 60_000 }

// Gate is what a phone has to know of a gate.
type Gate struct {
	Number int                 `json:"number"`
	Name   string              `json:"name"`
	Kinds  []registry.PassKind `json:"kinds"` // empty = every kind
}

// GatesOf gives what a phone has to know of an event's gates.
func GatesOf(gates []registry.Gate) []Gate {
	list := make([]Gate, len(gates))
	for i, g := range gates {
		list[i] = Gate{Number: g.Number, Name: g.Name, Kinds: append([]registry.PassKind{}, g.Kinds...)}
	}
	return list
}

// Pass is a pass as the gate sees it. Nothing in it is personal.
type Pass struct {
	Code     string             `json:"code"`
	Kind     registry.PassKind  `json:"kind"`
	State    registry.PassState `json:"state"`
	Booth    string             `json:"booth,omitempty"`  // code of the booth, "A05"
	Label    string             `json:"label,omitempty"`  // number plate, body
	Vendor   string             `json:"vendor,omitempty"` // name of the vendor
	FirstDay string             `json:"first_day"`        // YYYY-MM-DD
	Days     int                `json:"days"`
	Pack     int                `json:"pack,omitempty"`   // of a voucher
	Serial   int                `json:"serial,omitempty"` // in its pack
	Test     bool               `json:"test,omitempty"`
	Inside   *registry.Mark     `json:"inside,omitempty"` // the entry it is inside by
	Used     []registry.Mark    `json:"used,omitempty"`   // the first entry of each day, in order
}

// usedOn gives the first entry on a day, or nil.
func (p *Pass) usedOn(day string) *registry.Mark {
	for i := range p.Used {
		if p.Used[i].Day == day {
			return &p.Used[i]
		}
	}
	return nil
}

// insideOn reports whether the pass is inside on a day. Who forgot to scan out
// yesterday is outside this morning.
func (p *Pass) insideOn(day string) bool { return p.Inside != nil && p.Inside.Day == day }

func (p *Pass) lastDay() string { return registry.AddDays(p.FirstDay, p.Days-1) }

// Passes are passes by their code. In JSON they are a list in the order of codes.
type Passes map[string]Pass

// MarshalJSON writes the passes as a list.
func (p Passes) MarshalJSON() ([]byte, error) {
	list := make([]Pass, 0, len(p))
	for _, code := range slices.Sorted(maps.Keys(p)) {
		list = append(list, p[code])
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads a list of passes.
func (p *Passes) UnmarshalJSON(data []byte) error {
	var list []Pass
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	*p = make(Passes, len(list))
	for i := range list {
		(*p)[list[i].Code] = list[i]
	}
	return nil
}

// WithPasses is the JSON of the snapshot with passes that are JSON already, in the order of
// their codes, in place of its own.
func (s Snapshot) WithPasses(passes [][]byte) ([]byte, error) {
	s.Passes = nil
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	head, ok := bytes.CutSuffix(raw, []byte("]}"))
	if !ok {
		return nil, errors.New("the passes of a snapshot do not stand last in its JSON")
	}
	size := 0
	for _, p := range passes {
		size += len(p) + 1
	}
	list := append(slices.Grow(head, size+2), bytes.Join(passes, []byte(","))...)
	return append(list, "]}"...), nil
}

// Keys are the public keys that verify passes.
type Keys struct {
	list []wireKey
	ring *pass.KeyRing
}

type wireKey struct {
	ID     int                   `json:"id"`
	State  registry.PassKeyState `json:"state"`
	Public []byte                `json:"public"` // uncompressed point in base64
}

// NewKeys takes the public halves of keys. It fails where pass.NewKeyRing does.
func NewKeys(keys []registry.PassKey) (Keys, error) {
	k := Keys{list: make([]wireKey, len(keys))}
	for i := range keys {
		k.list[i] = wireKey{ID: keys[i].ID, State: keys[i].State, Public: keys[i].Public}
	}
	var err error
	k.ring, err = pass.NewKeyRing(keys)
	return k, err
}

// MarshalJSON writes the public keys as a list.
func (k Keys) MarshalJSON() ([]byte, error) { return json.Marshal(k.list) }

// UnmarshalJSON reads a list of public keys.
func (k *Keys) UnmarshalJSON(data []byte) error {
	var list []wireKey
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	keys := make([]registry.PassKey, len(list))
	for i, w := range list {
		keys[i] = registry.PassKey{ID: w.ID, State: w.State, Public: w.Public}
	}
	parsed, err := NewKeys(keys)
	*k = parsed
	return err
}

// Verify checks a pass's proof; its errors are those of pass.KeyRing.Verify.
func (k Keys) Verify(t pass.Token) (pass.Claims, error) {
	if k.ring == nil {
		return pass.Claims{}, pass.ErrUnknownKey
	}
	return k.ring.Verify(t)
}
