package admission

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// The use cases of a relay on its own database. One goroutine calls those that
// change where it stands with its server; phones and pages only look.

// relayActor acts for the relay itself.
var relayActor = registry.SystemActor("relay")

// relaySetting is under which key a relay keeps what it is.
const relaySetting = "relay"

// RelayHome is what a relay knows of itself and of the server that it stands in
// for.
type RelayHome struct {
	Upstream  string            `json:"upstream"` // address of the server
	Device    registry.DeviceID `json:"device"`   // the relay at the server
	Sealed    string            `json:"sealed"`   // its bearer token
	Code      string            `json:"code"`     // hash of the pairing code that it was made with
	Title     string            `json:"title"`    // of the event
	Event     registry.EventID  `json:"event"`    // empty until the first list has come
	Gates     []int             `json:"gates"`
	Cursor    string            `json:"cursor"`     // of the list held
	ListAt    int64             `json:"list_at"`    // unix ms, when it was fetched
	Head      string            `json:"head"`       // the list's head as it came
	Epoch     int64             `json:"epoch"`      // of the server, when rows were handed on last
	SentN     int64             `json:"sent_n"`     // the last row of the log that the server has
	SentAt    int64             `json:"sent_at"`    // unix ms, when the server answered last
	RevokedAt int64             `json:"revoked_at"` // unix ms, when the server shut this relay out; 0 = it has not
	ExpiresAt int64             `json:"expires_at"` // unix ms
	Counts    relayCounts       `json:"counts"`
}

// Joined reports whether the relay has been paired with a server.
func (h *RelayHome) Joined() bool { return h.Upstream != "" }

// relayPost is what a relay keeps in memory of its server.
type relayPost struct {
	mu      sync.Mutex
	home    RelayHome
	loaded  bool
	marks   map[registry.DeviceID]gate.RelayMark
	called  bool  // since this start
	fault   error // of the last call, nil while the server answers
	faultAt int64 // unix ms, since when it does not
}

// RelayHome returns what the relay knows of itself, the zero value before it was
// paired, and on a server that is none.
func (a *Service) RelayHome(ctx context.Context) (h RelayHome, err error) {
	if h, known := a.relay.known(); known {
		return h, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		h, err = a.homeIn(ctx, tx)
		return err
	})
	return h, err
}

// homeIn is RelayHome within a transaction. It is read once: whoever changes it has
// read it before.
func (a *Service) homeIn(ctx context.Context, tx *store.Tx) (h RelayHome, err error) {
	if h, known := a.relay.known(); known {
		return h, nil
	}
	text, err := tx.Setting(ctx, relaySetting)
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &h)
	}
	if err != nil {
		return h, fmt.Errorf("what the relay knows of itself: %w", err)
	}
	return a.relay.learn(h), nil
}

func (r *relayPost) known() (RelayHome, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.home, r.loaded
}

// learn keeps what was read, unless it is known by now, and returns what is known.
func (r *relayPost) learn(h RelayHome) RelayHome {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.loaded {
		r.home, r.loaded = h, true
	}
	return r.home
}

// changeHome changes what the relay knows of itself, in one transaction with what
// fn writes.
func (a *Service) changeHome(ctx context.Context, fn func(*store.Tx, *RelayHome) error) error {
	home, err := a.RelayHome(ctx)
	if err != nil {
		return err
	}
	var changed RelayHome
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		changed = home
		if err := fn(tx, &changed); err != nil {
			return err
		}
		text, err := json.Marshal(changed)
		if err != nil {
			return err
		}
		return tx.SaveSetting(ctx, relaySetting, string(text))
	})
	if err == nil {
		a.relay.mu.Lock()
		a.relay.home, a.relay.loaded = changed, true
		a.relay.mu.Unlock()
	}
	return err
}

// JoinServer keeps what the relay was told when it spent its pairing code.
func (a *Service) JoinServer(ctx context.Context, upstream, code string, paired gate.PairAnswer) error {
	return a.changeHome(ctx, func(tx *store.Tx, h *RelayHome) error {
		*h = RelayHome{Upstream: upstream, Device: paired.DeviceID, Sealed: a.Seals.Seal(paired.Token, relaySetting),
			Code: core.HashToken(code), Title: paired.Event.Title, Epoch: -1, ExpiresAt: paired.ExpiresAt}
		for _, g := range paired.Gates {
			h.Gates = append(h.Gates, g.Number)
		}
		return tx.Audit(ctx, relayActor, registry.Change{Action: "relay.join", Object: "device", ID: string(h.Device),
			Detail: fact.Facts{fact.Said("upstream", upstream), fact.Said("event", h.Title)}})
	})
}

// MadeWith reports whether the relay was paired with a code.
func (h *RelayHome) MadeWith(code string) bool { return h.Code == core.HashToken(code) }

// RelayToken is the bearer token of the relay at its server.
func (a *Service) RelayToken(h RelayHome) (string, error) {
	return a.Seals.Open(h.Sealed, relaySetting)
}

// relayBytes and relayRows are how much a relay hands on at a time: well under
// what one request may carry.
const (
	relayBytes = 700_000
	relayRows  = gate.MaxScans
)

// RelayUnsent returns what the relay hands on next, in the order in which it came,
// and the number of the last row that it stands for. Rows that the server has are
// passed over. more is true when rows wait after these.
func (a *Service) RelayUnsent(ctx context.Context) (batch gate.RelayBatch, upTo int64, more bool, err error) {
	home, err := a.RelayHome(ctx)
	if err != nil {
		return batch, 0, false, err
	}
	batch = gate.RelayBatch{Phones: []gate.RelayPhone{}, Scans: []gate.RelayScan{}, Counts: []gate.RelayCount{}}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		phones, err := tx.Devices(ctx, home.Event)
		if err != nil {
			return err
		}
		for _, d := range phones {
			batch.Phones = append(batch.Phones, gate.RelayPhone{ID: d.ID, Name: d.Name, Role: d.Role, Gates: d.Gates,
				PairedAt: d.PairedAt, Revoked: d.State == registry.DeviceRevoked})
		}
		rows, err := tx.RelayLog(ctx, home.SentN, relayRows)
		if err != nil {
			return err
		}
		end, err := tx.RelayLogEnd(ctx)
		if err != nil {
			return err
		}
		upTo, err = a.pack(&batch, rows, home.SentN)
		batch.Waiting, batch.SentAt, more = int(end-home.SentN), tx.NowMS(), upTo < end
		return err
	})
	return batch, upTo, more, err
}

// pack puts rows into a batch until it is full, and returns the number of the last
// one that it stands for.
func (a *Service) pack(batch *gate.RelayBatch, rows []registry.RelayRow, upTo int64) (int64, error) {
	size := 0
	for _, r := range rows {
		if size += len(r.Payload); size > relayBytes {
			break
		}
		upTo = r.N
		if a.serverHas(r) {
			continue
		}
		if err := add(batch, r); err != nil {
			return upTo, fmt.Errorf("row %d of the relay's log: %w", r.N, err)
		}
	}
	return upTo, nil
}

func add(batch *gate.RelayBatch, r registry.RelayRow) error {
	if r.Kind == registry.RelayCount {
		var c gate.RelayCount
		err := json.Unmarshal([]byte(r.Payload), &c)
		batch.Counts = append(batch.Counts, c)
		return err
	}
	var s gate.RelayScan
	err := json.Unmarshal([]byte(r.Payload), &s)
	batch.Scans = append(batch.Scans, s)
	return err
}

// serverHas reports whether the server has said that a row is durable there.
func (a *Service) serverHas(r registry.RelayRow) bool {
	a.relay.mu.Lock()
	defer a.relay.mu.Unlock()
	mark, told := a.relay.marks[r.Device]
	if r.Kind == registry.RelayCount {
		return told && r.Seq <= mark.CountAckedSeq
	}
	return told && r.Seq <= mark.AckedSeq && !r.Amends
}

// RelaySent takes in the server's answer to what RelayUnsent gave. A phone may
// drop what the server has too: only then is it in two places. When the server was
// restored from a backup everything above what it has is handed on again, and again
// is true; a phone that it shut out is shut out here.
func (a *Service) RelaySent(ctx context.Context, upTo int64, answer gate.RelayAnswer) (again bool, err error) {
	a.relay.mu.Lock()
	a.relay.marks = make(map[registry.DeviceID]gate.RelayMark, len(answer.Phones))
	for _, m := range answer.Phones {
		a.relay.marks[m.ID] = m
	}
	a.relay.mu.Unlock()
	err = a.changeHome(ctx, func(tx *store.Tx, h *RelayHome) error {
		again = h.Epoch >= 0 && h.Epoch != answer.Epoch
		h.Epoch, h.SentN, h.SentAt = answer.Epoch, upTo, tx.NowMS()
		if again {
			h.SentN = 0
		}
		if err := a.handedOn(ctx, tx, h); err != nil {
			return err
		}
		return takeMarks(ctx, tx, h.Event, answer.Phones)
	})
	return again, err
}

func takeMarks(ctx context.Context, tx *store.Tx, event registry.EventID, marks []gate.RelayMark) error {
	phones, err := tx.Devices(ctx, event)
	if err != nil {
		return err
	}
	byID := make(map[registry.DeviceID]registry.Device, len(phones))
	for _, d := range phones {
		byID[d.ID] = d
	}
	var held []registry.Device
	for _, m := range marks {
		d, ours := byID[m.ID]
		if !ours {
			continue
		}
		if m.Revoked && d.State == registry.DeviceActive {
			if _, err := tx.RevokeDevice(ctx, event, m.ID); err != nil {
				return err
			}
		}
		if m.AckedSeq > d.BackedUpSeq || m.CountAckedSeq > d.CountBackedUpSeq {
			held = append(held, registry.Device{ID: m.ID, AckedSeq: m.AckedSeq, CountAckedSeq: m.CountAckedSeq})
		}
	}
	return tx.SaveBackedUp(ctx, held)
}

// ShutRelay takes in that the server has shut this relay out: its phones are shut
// out too and wipe what they hold. What the relay took in stays in its database.
func (a *Service) ShutRelay(ctx context.Context) error {
	return a.changeHome(ctx, func(tx *store.Tx, h *RelayHome) error {
		if h.RevokedAt != 0 {
			return nil
		}
		h.RevokedAt = tx.NowMS()
		phones, err := tx.Devices(ctx, h.Event)
		for _, d := range phones {
			if err == nil && d.State == registry.DeviceActive {
				_, err = tx.RevokeDevice(ctx, h.Event, d.ID)
			}
		}
		return err
	})
}
