package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

const gateColumns = `event_id, number, name, code, kinds`

func scanGate(row scanner) (g registry.Gate, err error) {
	var kinds string
	err = row.Scan(&g.Event, &g.Number, &g.Name, &g.Code, &kinds)
	for _, kind := range strings.Fields(kinds) {
		g.Kinds = append(g.Kinds, registry.PassKind(kind))
	}
	return g, err
}

// Gates returns the gates of an event by number.
func (tx *Tx) Gates(ctx context.Context, event registry.EventID) ([]registry.Gate, error) {
	return collect(ctx, tx, scanGate, `SELECT `+gateColumns+` FROM gates WHERE event_id = $1 ORDER BY number`, string(event))
}

// Gate returns a gate of an event, or NotFound.
func (tx *Tx) Gate(ctx context.Context, event registry.EventID, number int) (registry.Gate, error) {
	return one(ctx, tx, scanGate,
		`SELECT `+gateColumns+` FROM gates WHERE event_id = $1 AND number = $2`, string(event), number)
}

// GateByCode returns the gate whose poster carries the code, or NotFound.
func (tx *Tx) GateByCode(ctx context.Context, code string) (registry.Gate, error) {
	return one(ctx, tx, or(registry.E(registry.NotFound, "error.gate.no_code"), scanGate),
		`SELECT `+gateColumns+` FROM gates WHERE code = $1`, code)
}

// InsertGate stores a new gate. It is a Conflict when the number or the code is
// taken.
func (tx *Tx) InsertGate(ctx context.Context, g registry.Gate) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		INSERT INTO gates (event_id, number, name, code, kinds, version)
		VALUES ($1, $2, $3, $4, $5, 1)
		ON CONFLICT DO NOTHING`, string(g.Event), g.Number, g.Name, g.Code, joinKinds(g.Kinds))
}

// SaveGate changes the name and the kinds of a gate. Its number and code never
// change: they are printed.
func (tx *Tx) SaveGate(ctx context.Context, g registry.Gate) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"), `
		UPDATE gates SET name = $3, kinds = $4, version = version + 1 WHERE event_id = $1 AND number = $2`,
		string(g.Event), g.Number, g.Name, joinKinds(g.Kinds))
}

func joinKinds(kinds []registry.PassKind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, " ")
}

// GateSettings returns what an event has set about its gates, the defaults with
// version 0 when it has set nothing.
func (tx *Tx) GateSettings(ctx context.Context, event registry.EventID) (registry.GateSettings, error) {
	var policy, pin string
	s := registry.GateSettings{Policy: registry.DefaultGatePolicy()}
	found, err := collect(ctx, tx, func(row scanner) (s registry.GateSettings, err error) {
		err = row.Scan(&policy, &pin, &s.Version)
		return s, err
	}, `SELECT policy, pin, version FROM gate_policies WHERE event_id = $1`, string(event))
	if err != nil || len(found) == 0 {
		return s, err
	}
	s.Version = found[0].Version
	if err := json.Unmarshal([]byte(policy), &s.Policy); err != nil {
		return s, fmt.Errorf("gate policy of %s: %w", event, err)
	}
	if pin != "" {
		if err := json.Unmarshal([]byte(pin), &s.Pin); err != nil {
			return s, fmt.Errorf("supervisor's PIN of %s: %w", event, err)
		}
	}
	return s, nil
}

// SaveGateSettings stores what an event sets about its gates if the version is
// still the one that was read; Conflict otherwise.
func (tx *Tx) SaveGateSettings(ctx context.Context, event registry.EventID, s registry.GateSettings) error {
	policy, err := json.Marshal(s.Policy)
	if err != nil {
		return err
	}
	pin := ""
	if s.Pin != nil {
		raw, err := json.Marshal(s.Pin)
		if err != nil {
			return err
		}
		pin = string(raw)
	}
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		INSERT INTO gate_policies (event_id, policy, pin, version)
		VALUES ($1, $2, $3, $4 + 1)
		ON CONFLICT (event_id) DO UPDATE
		SET policy = excluded.policy, pin = excluded.pin, version = excluded.version
		WHERE gate_policies.version = $4`, string(event), string(policy), pin, s.Version)
}

// Hold is what a transaction is told that holds the changes of an event.
type Hold struct {
	Change int64  // the change number of its passes
	Turn   int64  // one more than whoever held them before was told, unless a phone was changed since
	Epoch  string // differs after a restore
}

// HoldChanges keeps the change numbers of events still until the transaction
// ends, and returns them: 0 for an event that had none. Whoever changes a pass or
// its presence counts the number up, so what is read of them from here on stays
// true; PostgreSQL makes two servers take turns here.
func (tx *Tx) HoldChanges(ctx context.Context, events []registry.EventID) (map[registry.EventID]Hold, error) {
	args := make([]any, 0, 3*len(events))
	for _, e := range events {
		args = append(args, string(e), 0, 0)
	}
	held := make(map[registry.EventID]Hold, len(events))
	return held, each(ctx, tx, func(row scanner) error {
		var event registry.EventID
		var h Hold
		err := row.Scan(&event, &h.Change, &h.Turn, &h.Epoch)
		held[event] = h
		return err
	}, `
		INSERT INTO event_changes (event_id, n, turn)
		VALUES `+values(len(events), 3)+`
		ON CONFLICT (event_id) DO UPDATE SET turn = event_changes.turn + 1
		RETURNING event_id, n, turn, COALESCE((SELECT value FROM settings WHERE key = 'restore_epoch'), '')`, args...)
}

// takeTurn says that something of an event's phones is about to change, so that no writer
// goes by what it remembers of them. It comes before that is written: whoever holds the
// changes writes phones too.
func (tx *Tx) takeTurn(ctx context.Context, event registry.EventID) error {
	_, err := tx.exec(ctx, `UPDATE event_changes SET turn = turn + 1 WHERE event_id = $1`, string(event))
	return err
}

// ListMark says how far the list that an event's phones hold has come. It differs
// after every change that they must learn of.
type ListMark struct {
	Change   int64 // of passes and presences
	Event    int64 // version of the event with its days
	Settings int64 // version of the gate settings
	Gates    int64 // sum of the versions of the gates
	Packs    int64 // sum of the versions of the packs, and of the booths where there are any
	Keys     string
}

// String is the mark as one text.
func (m ListMark) String() string {
	var b strings.Builder
	for _, n := range []int64{m.Change, m.Event, m.Settings, m.Gates, m.Packs} {
		b.WriteString(strconv.FormatInt(n, 10) + "-")
	}
	return b.String() + m.Keys
}

// Context is the mark without the passes: what decisions rest on beside them.
func (m ListMark) Context() ListMark {
	m.Change = 0
	return m
}

// ListMark returns how far an event's gate list has come, or NotFound.
func (tx *Tx) ListMark(ctx context.Context, event registry.EventID) (ListMark, error) {
	m, err := one(ctx, tx, func(row scanner) (m ListMark, err error) {
		err = row.Scan(&m.Event, &m.Settings, &m.Change, &m.Gates, &m.Packs)
		return m, err
	}, `
		SELECT e.version, COALESCE(g.version, 0), COALESCE(c.n, 0),
			(SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM gates WHERE event_id = e.id),
			(SELECT CAST(COALESCE(SUM(k.version), 0) AS BIGINT) FROM voucher_packs k WHERE k.event_id = e.id)
				+ CASE WHEN EXISTS (SELECT 1 FROM voucher_packs k WHERE k.event_id = e.id)
					THEN (SELECT CAST(COALESCE(SUM(b.version), 0) AS BIGINT) FROM booths b WHERE b.event_id = e.id) ELSE 0 END
		FROM events e LEFT JOIN gate_policies g ON g.event_id = e.id LEFT JOIN event_changes c ON c.event_id = e.id
		WHERE e.id = $1`, string(event))
	if err != nil {
		return m, err
	}
	m.Keys, err = tx.keysMark(ctx)
	return m, err
}

// keysMark differs after every step of a signing key.
func (tx *Tx) keysMark(ctx context.Context) (string, error) {
	marks, err := collect(ctx, tx, func(row scanner) (string, error) {
		var id, created int64
		var state string
		err := row.Scan(&id, &state, &created)
		return strconv.FormatInt(id, 10) + state + strconv.FormatInt(created, 36), err
	}, `SELECT id, state, created_at FROM pass_keys ORDER BY id`)
	return strings.Join(marks, "."), err
}

// RestoreEpoch is the number that a restore from a backup changes: 0 for a
// database that was never restored.
func (tx *Tx) RestoreEpoch(ctx context.Context) (int64, error) {
	text, err := tx.Setting(ctx, "restore_epoch")
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.ParseInt(text, 16, 64)
}
