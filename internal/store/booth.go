package store

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/registry"
)

const boothColumns = `id, event_id, code, zone, row_n, col_n, width_cm, depth_cm, kind, power, fee_dong,
	state, COALESCE(application_id, ''), held_until, assigned_at, version`

// scanBooth reads a booth. A hold that is over reads as free: the job that
// tidies it up may come later.
func (tx *Tx) scanBooth(row scanner) (b registry.Booth, err error) {
	err = row.Scan(&b.ID, &b.Event, &b.Code, &b.Zone, &b.Row, &b.Col, &b.WidthCM, &b.DepthCM, &b.Kind, &b.Power, &b.FeeDong,
		&b.State, &b.Application, &b.HeldUntil, &b.AssignedAt, &b.Version)
	if b.State == registry.BoothHeld && b.HeldUntil <= tx.NowMS() {
		b.State, b.Application, b.HeldUntil = registry.BoothFree, "", 0
	}
	return b, err
}

// Booth returns a booth of an event, or NotFound: also when it is another event's.
func (tx *Tx) Booth(ctx context.Context, event registry.EventID, id registry.BoothID) (registry.Booth, error) {
	return one(ctx, tx, tx.scanBooth,
		`SELECT `+boothColumns+` FROM booths WHERE event_id = $1 AND id = $2`, string(event), string(id))
}

// Booths returns the booths of an event in the order of the plan.
func (tx *Tx) Booths(ctx context.Context, event registry.EventID) ([]registry.Booth, error) {
	return collect(ctx, tx, tx.scanBooth,
		`SELECT `+boothColumns+` FROM booths WHERE event_id = $1 ORDER BY zone, row_n, col_n`, string(event))
}

// BoothsOf returns the booths that an application holds or has been given, in
// the order of the plan.
func (tx *Tx) BoothsOf(ctx context.Context, application registry.ApplicationID) ([]registry.Booth, error) {
	return collect(ctx, tx, tx.scanBooth, `
		SELECT `+boothColumns+` FROM booths
		WHERE application_id = $1 AND (state = 'assigned' OR held_until > $2)
		ORDER BY zone, row_n, col_n`, string(application), tx.NowMS())
}

// newState is the state of a booth that nobody can have yet.
func newState(b registry.Booth) registry.BoothState {
	if b.State == registry.BoothBlocked {
		return registry.BoothBlocked
	}
	return registry.BoothFree
}

// InsertBooths adds booths that are free or blocked. It is a Conflict if a code or a place on the
// plan is taken at the event.
func (tx *Tx) InsertBooths(ctx context.Context, booths []registry.Booth) error {
	const columns = 15
	args := make([]any, 0, len(booths)*columns)
	for _, b := range booths {
		args = append(args, string(b.ID), string(b.Event), b.Code, b.Zone, b.Row, b.Col, b.WidthCM, b.DepthCM,
			string(b.Kind), flag(b.Power), b.FeeDong, string(newState(b)), 0, 0, 1)
	}
	err := tx.insertRows(ctx, `
		INSERT INTO booths (id, event_id, code, zone, row_n, col_n, width_cm, depth_cm,
			kind, power, fee_dong, state, held_until, assigned_at, version)
		VALUES `, columns, args)
	if isUnique(err) {
		return registry.E(registry.Conflict, "error.booth.code_taken")
	}
	if err != nil {
		return fmt.Errorf("insert %d booths: %w", len(booths), err)
	}
	return nil
}

// errBoothTaken names nobody: who came first is not for the others to know.
func errBoothTaken() error { return registry.E(registry.Conflict, "error.booth.taken") }

// HoldBooth keeps a booth for an application until an instant (unix ms). It is a
// Conflict if the booth is not free; a hold that is over counts as free.
func (tx *Tx) HoldBooth(ctx context.Context, id registry.BoothID, application registry.ApplicationID, until int64) error {
	return tx.must(ctx, errBoothTaken(), `
		UPDATE booths
		SET state = 'held', application_id = $2, held_until = $3, version = version + 1
		WHERE id = $1 AND (state = 'free' OR (state = 'held' AND held_until <= $4))`,
		string(id), string(application), until, tx.NowMS())
}

// DropHold gives back the booth that an application holds, if it holds one.
func (tx *Tx) DropHold(ctx context.Context, application registry.ApplicationID) error {
	_, err := tx.exec(ctx, `
		UPDATE booths
		SET state = 'free', application_id = NULL, held_until = 0, version = version + 1
		WHERE application_id = $1 AND state = 'held'`, string(application))
	return err
}

// ConfirmBooth turns an application's hold into an assignment. It is a Conflict
// if the hold is over.
func (tx *Tx) ConfirmBooth(ctx context.Context, id registry.BoothID, application registry.ApplicationID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.booth.hold_over"), `
		UPDATE booths
		SET state = 'assigned', held_until = 0, assigned_at = $3, version = version + 1
		WHERE id = $1 AND application_id = $2 AND state = 'held' AND held_until > $3`,
		string(id), string(application), tx.NowMS())
}

// AssignBooth gives a booth to an application. It is a Conflict unless the booth
// is free, its hold is over, or this application holds it.
//
// The check and the change are one statement: PostgreSQL runs writers side by
// side, so a booth read as free may be taken by the time it is written.
func (tx *Tx) AssignBooth(ctx context.Context, id registry.BoothID, application registry.ApplicationID) error {
	return tx.must(ctx, errBoothTaken(), `
		UPDATE booths
		SET state = 'assigned', application_id = $2, held_until = 0, assigned_at = $3, version = version + 1
		WHERE id = $1 AND (state = 'free' OR (state = 'held' AND (held_until <= $3 OR application_id = $2)))`,
		string(id), string(application), tx.NowMS())
}

// ReleaseBooth takes a booth back from the application that has or holds it. It
// is a Conflict if it is no longer that application's.
func (tx *Tx) ReleaseBooth(ctx context.Context, id registry.BoothID, from registry.ApplicationID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE booths
		SET state = 'free', application_id = NULL, held_until = 0, assigned_at = 0, version = version + 1
		WHERE id = $1 AND application_id = $2 AND state IN ('held', 'assigned')`, string(id), string(from))
}

// SwapBooths exchanges the applications of two assigned booths. It is a Conflict
// if either has changed hands since x and y were read.
func (tx *Tx) SwapBooths(ctx context.Context, x, y registry.Booth) error {
	n, err := tx.exec(ctx, `
		UPDATE booths
		SET application_id = CASE WHEN id = $1 THEN $4 ELSE $2 END, assigned_at = $5, version = version + 1
		WHERE state = 'assigned' AND ((id = $1 AND application_id = $2) OR (id = $3 AND application_id = $4))`,
		string(x.ID), string(x.Application), string(y.ID), string(y.Application), tx.NowMS())
	if err != nil {
		return fmt.Errorf("swap booths %s and %s: %w", x.ID, y.ID, err)
	}
	if n != 2 {
		return registry.E(registry.Conflict, "error.stale")
	}
	return nil
}

// BlockBooth keeps a free booth from being given to anybody. It is a Conflict if
// the booth is not free.
func (tx *Tx) BlockBooth(ctx context.Context, id registry.BoothID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.booth.not_free"), `
		UPDATE booths
		SET state = 'blocked', application_id = NULL, held_until = 0, version = version + 1
		WHERE id = $1 AND (state = 'free' OR (state = 'held' AND held_until <= $2))`, string(id), tx.NowMS())
}

// UnblockBooth frees a blocked booth. It is a Conflict if it is not blocked.
func (tx *Tx) UnblockBooth(ctx context.Context, id registry.BoothID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE booths SET state = 'free', version = version + 1
		WHERE id = $1 AND state = 'blocked'`, string(id))
}

// DeleteBooth removes a free or blocked booth of an event. It is a Conflict if
// somebody has it, or if it is still named by a pass or a sighting.
func (tx *Tx) DeleteBooth(ctx context.Context, event registry.EventID, id registry.BoothID) error {
	taken := registry.E(registry.Conflict, "error.booth.not_free")
	err := tx.must(ctx, taken, `
		DELETE FROM booths
		WHERE event_id = $1 AND id = $2 AND (state IN ('free', 'blocked') OR (state = 'held' AND held_until <= $3))`,
		string(event), string(id), tx.NowMS())
	if isForeign(err) {
		return registry.E(registry.Conflict, "error.booth.in_use")
	}
	return err
}

// ExpireHolds frees the booths whose hold is over and returns how many they
// were. Nothing depends on it: a hold that is over counts as free at once.
func (tx *Tx) ExpireHolds(ctx context.Context) (int, error) {
	n, err := tx.exec(ctx, `
		UPDATE booths
		SET state = 'free', application_id = NULL, held_until = 0, version = version + 1
		WHERE state = 'held' AND held_until <= $1`, tx.NowMS())
	return int(n), err
}

// LockPlaces makes transactions that change how many places an event has, or
// promises, wait for each other until they end. It is NotFound without the event.
//
// A sum cannot stand in the WHERE of one row's UPDATE, so those who count and
// then promise queue at the event's row.
func (tx *Tx) LockPlaces(ctx context.Context, event registry.EventID) error {
	return tx.must(ctx, registry.E(registry.NotFound, "error.not_found"),
		`UPDATE events SET version = version WHERE id = $1`, string(event))
}

// Places counts the booths of an event and what is promised of them.
func (tx *Tx) Places(ctx context.Context, event registry.EventID) (registry.Places, error) {
	return one(ctx, tx, orZero(func(row scanner) (p registry.Places, err error) {
		err = row.Scan(&p.Booths, &p.Promised)
		return p, err
	}), `
		SELECT
			(SELECT COUNT(*) FROM booths WHERE event_id = $1 AND state <> 'blocked'),
			(SELECT CAST(COALESCE(SUM(granted_n), 0) AS BIGINT) FROM applications
				WHERE event_id = $1 AND state IN ('approved', 'offered'))`, string(event))
}

// Zones returns the zones of an event's booths in order.
func (tx *Tx) Zones(ctx context.Context, event registry.EventID) ([]string, error) {
	return collect(ctx, tx, column[string],
		`SELECT DISTINCT zone FROM booths WHERE event_id = $1 ORDER BY zone`, string(event))
}

// SaveBoothDay notes what was seen at a booth on a day; unseen takes the note away.
func (tx *Tx) SaveBoothDay(ctx context.Context, id registry.BoothID, day string, state registry.BoothDayState, by registry.AccountID) error {
	if state == registry.BoothUnseen {
		_, err := tx.exec(ctx, `DELETE FROM booth_days WHERE booth_id = $1 AND day = $2`, string(id), day)
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO booth_days (booth_id, day, state, seen_at, seen_by) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (booth_id, day) DO UPDATE SET state = excluded.state, seen_at = excluded.seen_at, seen_by = excluded.seen_by`,
		string(id), day, string(state), tx.NowMS(), string(by))
	return err
}

// BoothDays returns what was seen at the booths of an event on a day.
func (tx *Tx) BoothDays(ctx context.Context, event registry.EventID, day string) (map[registry.BoothID]registry.BoothDayState, error) {
	type sighting struct {
		id    registry.BoothID
		state registry.BoothDayState
	}
	rows, err := collect(ctx, tx, func(row scanner) (s sighting, err error) {
		err = row.Scan(&s.id, &s.state)
		return s, err
	}, `
		SELECT d.booth_id, d.state
		FROM booth_days d JOIN booths b ON b.id = d.booth_id
		WHERE b.event_id = $1 AND d.day = $2`, string(event), day)
	seen := make(map[registry.BoothID]registry.BoothDayState, len(rows))
	for _, s := range rows {
		seen[s.id] = s.state
	}
	return seen, err
}

// BoothOn is a booth with what was seen there on a day; nothing yet is "".
type BoothOn struct {
	Code  string
	State registry.BoothState
	Seen  registry.BoothDayState
}

// BoothsOn returns the booths of an event in the order of the plan, with what was seen there on
// a day.
func (tx *Tx) BoothsOn(ctx context.Context, event registry.EventID, day string) ([]BoothOn, error) {
	return collect(ctx, tx, func(row scanner) (b BoothOn, err error) {
		err = row.Scan(&b.Code, &b.State, &b.Seen)
		return b, err
	}, `
		SELECT b.code, b.state, COALESCE(d.state, '')
		FROM booths b LEFT JOIN booth_days d ON d.booth_id = b.id AND d.day = $2
		WHERE b.event_id = $1
		ORDER BY b.zone, b.row_n, b.col_n`, string(event), day)
}

// InsertPlacing stores that booths were given together, for the undo.
func (tx *Tx) InsertPlacing(ctx context.Context, p registry.PlacingBatch) error {
	raw, err := json.Marshal(p.Items)
	if err != nil {
		return fmt.Errorf("placing of %s: %w", p.Event, err)
	}
	_, err = tx.exec(ctx, `INSERT INTO placings (id, event_id, items, made_by, made_at, undone_at) VALUES ($1, $2, $3, $4, $5, 0)`,
		NewID[string](), string(p.Event), string(raw), string(p.By), tx.NowMS())
	return err
}

// LastPlacing returns the last time that booths of an event were given together; ok is false where there was none,
// or it was undone.
func (tx *Tx) LastPlacing(ctx context.Context, event registry.EventID) (p registry.PlacingBatch, ok bool, err error) {
	list, err := collect(ctx, tx, func(row scanner) (p registry.PlacingBatch, err error) {
		var raw string
		if err = row.Scan(&p.ID, &p.Event, &raw, &p.By, &p.At, &p.UndoneAt); err == nil {
			err = json.Unmarshal([]byte(raw), &p.Items)
		}
		return p, err
	}, `SELECT id, event_id, items, made_by, made_at, undone_at FROM placings WHERE event_id = $1 ORDER BY made_at DESC, id DESC LIMIT 1`, string(event))
	if err != nil || len(list) == 0 || list[0].UndoneAt > 0 {
		return p, false, err
	}
	return list[0], true, nil
}

// UndoPlacing notes that booths given together were taken back. It is a Conflict if they were already.
func (tx *Tx) UndoPlacing(ctx context.Context, id string) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `UPDATE placings SET undone_at = $2 WHERE id = $1 AND undone_at = 0`, id, tx.NowMS())
}

// SetBoothFacts says what a booth is for and whether it has power.
func (tx *Tx) SetBoothFacts(ctx context.Context, b registry.Booth) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE booths SET kind = $3, power = $4, version = version + 1 WHERE id = $1 AND version = $2`,
		string(b.ID), b.Version, string(b.Kind), flag(b.Power))
}
