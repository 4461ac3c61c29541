// Package floorplan holds the SQL of drawn plans: the versions of an event's plan, what each
// looked like before its last changes, and what a published one makes of the booths.
//
// What a plan may hold belongs to package floorplan, who may change it to the room of plans.
package floorplan

import (
	"context"
	"encoding/json"
	"slices"

	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// State is a step of a version.
type State string

// The states of a version.
const (
	Draft     State = "draft"
	Checked   State = "checked" // a draft that somebody has looked over
	Published State = "published"
	Past      State = "past" // it was published, or was a draft that gave way to another
)

// States lists the states.
var States = []State{Draft, Checked, Published, Past}

// Plan is a version of the plan of an event.
type Plan struct {
	Event       registry.EventID
	N           int
	State       State
	Layout      floorplan.Layout
	Version     int64
	SavedBy     registry.AccountID
	SavedAs     string
	SavedAt     int64 // unix ms
	PublishedAt int64 // 0: never
}

// Removed is what a booth was like that a published plan removed, apart from what is drawn.
type Removed struct {
	ID      registry.BoothID   `json:"id"`
	Code    string             `json:"code"`
	Kind    registry.BoothKind `json:"kind"`
	Power   bool               `json:"power,omitempty"`
	FeeDong int64              `json:"fee,omitempty"`
	Blocked bool               `json:"blocked,omitempty"`
}

// AllRemoved returns what published plans of an event have removed, the last ones last.
func AllRemoved(ctx context.Context, tx *store.Tx, event registry.EventID) (all []Removed, err error) {
	list, err := store.Collect(ctx, tx, store.Column[string], `
		SELECT removed FROM floor_plans WHERE event_id = $1 AND removed <> '[]' ORDER BY published_at, n`, string(event))
	for _, raw := range list {
		var some []Removed
		if err := json.Unmarshal([]byte(raw), &some); err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, err
}

// Named returns the booths of an event that cannot be removed, because something names them for good: passes,
// sightings on the day, tips, inspections.
func Named(ctx context.Context, tx *store.Tx, event registry.EventID) (map[registry.BoothID]bool, error) {
	list, err := store.Collect(ctx, tx, store.Column[registry.BoothID], `
		SELECT b.id FROM booths b
		WHERE b.event_id = $1 AND (EXISTS (SELECT 1 FROM passes p WHERE p.booth_id = b.id) OR EXISTS (SELECT 1 FROM booth_days d WHERE d.booth_id = b.id)
			OR b.id IN (SELECT booth_id FROM tips WHERE event_id = $1 AND booth_id IS NOT NULL)
			OR b.id IN (SELECT booth_id FROM inspections WHERE event_id = $1 AND booth_id IS NOT NULL))`, string(event))
	named := make(map[registry.BoothID]bool, len(list))
	for _, id := range list {
		named[id] = true
	}
	return named, err
}

// keptSaves is how many changes of a version are kept, for who edits from an older one.
const keptSaves = 50

const columns = `event_id, n, state, layout, version, saved_by, saved_as, saved_at, published_at`

func scan(row store.Row) (p Plan, err error) {
	var layout string
	err = row.Scan(&p.Event, &p.N, &p.State, &layout, &p.Version, &p.SavedBy, &p.SavedAs, &p.SavedAt, &p.PublishedAt)
	if err == nil {
		err = json.Unmarshal([]byte(layout), &p.Layout)
	}
	return p, err
}

func stale() error { return registry.E(registry.Conflict, "error.stale") }

// first is the only plan of a list, nil where there is none.
func first(list []Plan, err error) (*Plan, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Working returns the draft of an event, checked or not; nil where there is none.
func Working(ctx context.Context, tx *store.Tx, event registry.EventID) (*Plan, error) {
	return first(store.Collect(ctx, tx, scan, `
		SELECT `+columns+` FROM floor_plans WHERE event_id = $1 AND state IN ('draft', 'checked')`, string(event)))
}

// InForce returns the published plan of an event; nil where there is none.
func InForce(ctx context.Context, tx *store.Tx, event registry.EventID) (*Plan, error) {
	return first(store.Collect(ctx, tx, scan, `SELECT `+columns+` FROM floor_plans WHERE event_id = $1 AND state = 'published'`, string(event)))
}

// Get returns a version of the plan of an event, or NotFound.
func Get(ctx context.Context, tx *store.Tx, event registry.EventID, n int) (Plan, error) {
	return store.One(ctx, tx, scan, `SELECT `+columns+` FROM floor_plans WHERE event_id = $1 AND n = $2`, string(event), n)
}

// Versions returns the last versions of an event's plan, the newest first.
func Versions(ctx context.Context, tx *store.Tx, event registry.EventID, most int) ([]Plan, error) {
	return store.Collect(ctx, tx, scan, `SELECT `+columns+` FROM floor_plans WHERE event_id = $1 ORDER BY n DESC LIMIT $2`, string(event), most)
}

// Base returns what a version looked like at one of its changes; ok is false where that is not
// known any more.
func Base(ctx context.Context, tx *store.Tx, p Plan, version int64) (l floorplan.Layout, ok bool, err error) {
	s, ok, err := changeOf(ctx, tx, p, version)
	if err != nil || !ok {
		return l, false, err
	}
	return l, true, json.Unmarshal([]byte(s.layout), &l)
}

// Insert stores a new draft, which gets the next number; from is what it began from, if that can be gone back to. It
// is a Conflict if there is a draft.
func Insert(ctx context.Context, tx *store.Tx, p *Plan, from *floorplan.Layout) error {
	n, err := store.One(ctx, tx, store.OrZero(store.Column[int]), `SELECT CAST(COALESCE(MAX(n), 0) AS BIGINT) FROM floor_plans WHERE event_id = $1`, string(p.Event))
	if err != nil {
		return err
	}
	there, err := Working(ctx, tx, p.Event)
	if err != nil {
		return err
	}
	if there != nil {
		return stale()
	}
	p.N, p.State, p.Version, p.SavedAt, p.PublishedAt = n+1, Draft, 1, tx.NowMS(), 0
	if _, err := store.Exec(ctx, tx, `
		INSERT INTO floor_plans (event_id, n, state, layout, version, saved_by, saved_as, saved_at, published_at, removed)
		VALUES ($1, $2, 'draft', $3, 1, $4, $5, $6, 0, '[]')`,
		string(p.Event), p.N, floorplan.Encode(p.Layout), string(p.SavedBy), p.SavedAs, p.SavedAt); err != nil {
		return err
	}
	if err := forget(ctx, tx, *p); err != nil {
		return err
	}
	if from == nil {
		return note(ctx, tx, *p, trail{})
	}
	start := *p
	start.Version, start.Layout = 0, *from
	if err := note(ctx, tx, start, trail{}); err != nil {
		return err
	}
	return note(ctx, tx, *p, trail{1, 0})
}

// forget lets go of the changes of versions before the last one: who edits from that may still send.
func forget(ctx context.Context, tx *store.Tx, p Plan) error {
	_, err := store.Exec(ctx, tx, `DELETE FROM floor_plan_saves WHERE event_id = $1 AND n < $2`, string(p.Event), p.N-1)
	return err
}

// Save stores a draft anew; it is no longer checked. It is a Conflict if it has moved on since it
// was read.
func Save(ctx context.Context, tx *store.Tx, p *Plan) error {
	return save(ctx, tx, p, trail{p.Version + 1, p.Version})
}

// StepBack makes a draft what it was before a change. It is a Conflict if it has moved on since it was read.
func StepBack(ctx context.Context, tx *store.Tx, p *Plan, u Undo) error {
	p.Layout = u.Layout
	return save(ctx, tx, p, u.next)
}

func save(ctx context.Context, tx *store.Tx, p *Plan, t trail) error {
	p.State, p.SavedAt = Draft, tx.NowMS()
	if err := store.Must(ctx, tx, stale(), `
		UPDATE floor_plans SET state = 'draft', layout = $4, saved_by = $5, saved_as = $6, saved_at = $7, version = version + 1
		WHERE event_id = $1 AND n = $2 AND version = $3 AND state IN ('draft', 'checked')`,
		string(p.Event), p.N, p.Version, floorplan.Encode(p.Layout), string(p.SavedBy), p.SavedAs, p.SavedAt); err != nil {
		return err
	}
	p.Version++
	return note(ctx, tx, *p, t)
}

// trail is which change can be taken back, and to which one that leads; none is zero.
type trail struct{ Of, To int64 }

// Undo is the change of a draft that can be taken back.
type Undo struct {
	By     string           // who made it
	Layout floorplan.Layout // as it was before
	next   trail            // what can be taken back then
}

// savedPlan is a draft as it was at one of its changes.
type savedPlan struct {
	layout string
	by     string
	trail
}

func changeOf(ctx context.Context, tx *store.Tx, p Plan, version int64) (s savedPlan, ok bool, err error) {
	list, err := store.Collect(ctx, tx, func(row store.Row) (s savedPlan, err error) {
		err = row.Scan(&s.layout, &s.by, &s.Of, &s.To)
		return s, err
	}, `SELECT layout, saved_as, undo_of, undo_to FROM floor_plan_saves WHERE event_id = $1 AND n = $2 AND version = $3`, string(p.Event), p.N, version)
	if err != nil || len(list) == 0 {
		return s, false, err
	}
	return list[0], true, nil
}

// LastChange returns what can be taken back of a draft; nil where that is nothing.
func LastChange(ctx context.Context, tx *store.Tx, p Plan) (*Undo, error) {
	now, ok, err := changeOf(ctx, tx, p, p.Version)
	if err != nil || !ok || now.Of == 0 {
		return nil, err
	}
	of, ok, err := changeOf(ctx, tx, p, now.Of)
	if err != nil || !ok {
		return nil, err
	}
	to, ok, err := changeOf(ctx, tx, p, now.To)
	if err != nil || !ok {
		return nil, err
	}
	u := Undo{By: of.by, next: to.trail}
	return &u, json.Unmarshal([]byte(to.layout), &u.Layout)
}

// note keeps what a draft looks like now, and forgets what it looked like long ago.
func note(ctx context.Context, tx *store.Tx, p Plan, t trail) error {
	if _, err := store.Exec(ctx, tx, `
		INSERT INTO floor_plan_saves (event_id, n, version, layout, saved_by, saved_as, undo_of, undo_to) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(p.Event), p.N, p.Version, floorplan.Encode(p.Layout), string(p.SavedBy), p.SavedAs, t.Of, t.To); err != nil {
		return err
	}
	_, err := store.Exec(ctx, tx, `DELETE FROM floor_plan_saves WHERE event_id = $1 AND n = $2 AND version <= $3`,
		string(p.Event), p.N, p.Version-keptSaves)
	return err
}

// Check notes that a draft was looked over. It is a Conflict if it has moved on since it was read.
func Check(ctx context.Context, tx *store.Tx, p Plan) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE floor_plans SET state = 'checked' WHERE event_id = $1 AND n = $2 AND version = $3 AND state = 'draft'`,
		string(p.Event), p.N, p.Version)
}

// SetAside makes a draft a past version. It is a Conflict if it has moved on since it was read.
func SetAside(ctx context.Context, tx *store.Tx, p Plan) error {
	return store.Must(ctx, tx, stale(), `
		UPDATE floor_plans SET state = 'past' WHERE event_id = $1 AND n = $2 AND version = $3 AND state IN ('draft', 'checked')`,
		string(p.Event), p.N, p.Version)
}

// Publish puts a checked draft in force, in the place of the plan that is, and keeps what the booths were like that
// it removes. It is a Conflict if it has moved on since it was read.
func Publish(ctx context.Context, tx *store.Tx, p Plan, removed []Removed) error {
	raw, err := json.Marshal(slices.Concat([]Removed{}, removed))
	if err != nil {
		return err
	}
	if _, err := store.Exec(ctx, tx, `UPDATE floor_plans SET state = 'past' WHERE event_id = $1 AND state = 'published'`, string(p.Event)); err != nil {
		return err
	}
	return store.Must(ctx, tx, stale(), `
		UPDATE floor_plans SET state = 'published', layout = $4, published_at = $5, removed = $6 WHERE event_id = $1 AND n = $2 AND version = $3 AND state = 'checked'`,
		string(p.Event), p.N, p.Version, floorplan.Encode(p.Layout), tx.NowMS(), string(raw))
}

// Redraw gives booths of an event their numbers, places and sizes anew; numbers and places may
// change hands among them.
func Redraw(ctx context.Context, tx *store.Tx, booths []registry.Booth) error {
	for _, b := range booths { // out of each other's way
		if err := store.Must(ctx, tx, stale(), `
			UPDATE booths SET code = '~' || code, row_n = -row_n WHERE event_id = $1 AND id = $2 AND version = $3`,
			string(b.Event), string(b.ID), b.Version); err != nil {
			return err
		}
	}
	for _, b := range booths {
		if err := store.Must(ctx, tx, stale(), `
			UPDATE booths SET code = $3, zone = $4, row_n = $5, col_n = $6, width_cm = $7, depth_cm = $8, version = version + 1
			WHERE event_id = $1 AND id = $2`,
			string(b.Event), string(b.ID), b.Code, b.Zone, b.Row, b.Col, b.WidthCM, b.DepthCM); err != nil {
			return err
		}
	}
	return nil
}
