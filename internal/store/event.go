package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Event returns an event with its days, programme and quotas, or NotFound.
func (tx *Tx) Event(ctx context.Context, id registry.EventID) (registry.Event, error) {
	return tx.wholeEvent(ctx, `SELECT `+eventColumns+` FROM events e WHERE e.id = $1`, string(id))
}

// EventBySlug is Event by its address.
func (tx *Tx) EventBySlug(ctx context.Context, slug string) (registry.Event, error) {
	return tx.wholeEvent(ctx, `SELECT `+eventColumns+` FROM events e WHERE e.slug = $1`, slug)
}

func (tx *Tx) wholeEvent(ctx context.Context, query string, arg any) (registry.Event, error) {
	e, err := one(ctx, tx, scanEvent, query, arg)
	if err != nil {
		return e, err
	}
	return e, tx.fillEvent(ctx, &e)
}

// eventParts is what hangs on an event, each part in its order.
const eventParts = `
	SELECT 'day', 0, day, opens_at, closes_at, note, '' FROM event_days WHERE event_id = $1
	UNION ALL
	SELECT 'item', position, day, starts_at, ends_at, title, place FROM programme_items WHERE event_id = $1
	UNION ALL
	SELECT 'quota', 0, product_group, max_n, 0, '', '' FROM event_quotas WHERE event_id = $1
	ORDER BY 1, 2, 3`

// fillEvent reads the days, the programme and the quotas of an event at once.
func (tx *Tx) fillEvent(ctx context.Context, e *registry.Event) error {
	return each(ctx, tx, func(row scanner) error {
		var part, key, text, place string
		var position, from, to int
		err := row.Scan(&part, &position, &key, &from, &to, &text, &place)
		switch part {
		case "day":
			e.Days = append(e.Days, registry.EventDay{Day: key, OpensAt: from, ClosesAt: to, Note: text})
		case "item":
			e.Items = append(e.Items, registry.ProgrammeItem{Day: key, StartsAt: from, EndsAt: to, Title: text, Place: place})
		case "quota":
			e.Quotas = append(e.Quotas, registry.Quota{Group: registry.ProductGroup(key), Max: from})
		}
		return err
	}, eventParts, string(e.ID))
}

// eventDay is a day with the event that it belongs to.
type eventDay struct {
	event registry.EventID
	registry.EventDay
}

// fillDays reads the days of several events at once.
func (tx *Tx) fillDays(ctx context.Context, events []registry.Event) error {
	if len(events) == 0 {
		return nil
	}
	var w where
	ids := make([]registry.EventID, len(events))
	at := map[registry.EventID]int{}
	for i, e := range events {
		ids[i], at[e.ID] = e.ID, i
	}
	in(&w, "event_id", ids)
	days, err := collect(ctx, tx, func(row scanner) (d eventDay, err error) {
		err = row.Scan(&d.event, &d.Day, &d.OpensAt, &d.ClosesAt, &d.Note)
		return d, err
	}, `SELECT event_id, day, opens_at, closes_at, note FROM event_days`+w.String()+` ORDER BY event_id, day`, w.args...)
	for _, d := range days {
		e := &events[at[d.event]]
		e.Days = append(e.Days, d.EventDay)
	}
	return err
}

// errSlugTaken says that another event has the address.
var errSlugTaken = errors.New("store: slug taken")

// slugTries bounds the search for a free address.
const slugTries = 50

// InsertEvent stores a new event with its days, programme, quotas and the areas
// under which it is found. It sets the id where there is none, the number, a
// free address made of the title, the span of the days, times and version.
func (tx *Tx) InsertEvent(ctx context.Context, e *registry.Event, scope registry.Scope) error {
	number, err := tx.NextNumber(ctx, "event")
	if err != nil {
		return err
	}
	if e.ID == "" {
		e.ID = NewID[registry.EventID]()
	}
	e.Number, e.Version = uint32(number), 1
	e.CreatedAt, e.UpdatedAt, e.StateAt = tx.NowMS(), tx.NowMS(), tx.NowMS()
	setSpan(e)
	for try := range slugTries {
		e.Slug = slugCandidate(e, try)
		if err = tx.insertEvent(ctx, e); !errors.Is(err, errSlugTaken) {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("insert event %s: %w", e.Slug, err)
	}
	return tx.insertEventParts(ctx, e, scope)
}

// slugCandidate is the title, then the title with the year, then with numbers.
func slugCandidate(e *registry.Event, try int) string {
	base := vn.Slug(e.Title)
	switch try {
	case 0:
		return base
	case 1:
		return base + "-" + e.OpensOn[:4]
	case 2:
		return base + "-" + strconv.FormatUint(uint64(e.Number), 10)
	}
	return base + "-" + strconv.FormatUint(uint64(e.Number), 10) + "-" + strconv.Itoa(try)
}

// setSpan derives the first and last day and the instants of begin and end.
func setSpan(e *registry.Event) {
	last := e.Days[len(e.Days)-1]
	e.OpensOn, e.ClosesOn = e.Days[0].Day, last.Day
	begins, _ := vn.InstantOf(e.OpensOn, 0)
	ends, _ := vn.InstantOf(last.Day, last.ClosesAt)
	e.BeginsAt, e.EndsAt = begins.UnixMilli(), ends.UnixMilli()
}

func (tx *Tx) insertEvent(ctx context.Context, e *registry.Event) error {
	if e.PublishedAt == 0 && e.State.Public() {
		e.PublishedAt = tx.NowMS()
	}
	return tx.must(ctx, errSlugTaken, insertEventSQL, append([]any{string(e.ID), int64(e.Number), e.Slug, string(e.CreatedBy), e.CreatedAt,
		string(e.ClonedFrom), vn.Fold(e.Title)}, eventColumnsOf(e).values()...)...)
}

// SaveEvent stores an edited event with its parts if its version is still the
// one that was read; Conflict otherwise. It counts the version up.
func (tx *Tx) SaveEvent(ctx context.Context, e *registry.Event, scope registry.Scope) error {
	setSpan(e)
	if err := tx.saveEvent(ctx, e); err != nil {
		return err
	}
	for _, table := range []string{
		`DELETE FROM event_days WHERE event_id = $1`, `DELETE FROM event_areas WHERE event_id = $1`,
		`DELETE FROM event_quotas WHERE event_id = $1`, `DELETE FROM programme_items WHERE event_id = $1`,
	} {
		if _, err := tx.exec(ctx, table, string(e.ID)); err != nil {
			return err
		}
	}
	return tx.insertEventParts(ctx, e, scope)
}

// saveEvent writes the columns of an event. Every change of state counts the
// version up too, so the version guards the state. An event that takes place for
// the public is noted as seen from then on; one that is only called off is not.
func (tx *Tx) saveEvent(ctx context.Context, e *registry.Event) error {
	if e.PublishedAt == 0 && e.State.Public() && !e.State.Stopped() {
		e.PublishedAt = tx.NowMS()
	}
	read := e.Version
	e.UpdatedAt, e.Version = tx.NowMS(), read+1
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), saveEventSQL,
		append([]any{string(e.ID), read, vn.Fold(e.Title)}, eventColumnsOf(e).values()...)...)
}

// StepEvent moves an event to another state with a reason, if it is still in the
// version that was read; Conflict otherwise.
func (tx *Tx) StepEvent(ctx context.Context, e *registry.Event, next registry.EventState, reason string) error {
	e.State, e.StateReason, e.StateAt = next, reason, tx.NowMS()
	return tx.saveEvent(ctx, e)
}

// insertEventParts stores what hangs on an event.
func (tx *Tx) insertEventParts(ctx context.Context, e *registry.Event, scope registry.Scope) error {
	for _, d := range e.Days {
		if _, err := tx.exec(ctx, `
			INSERT INTO event_days (event_id, day, opens_at, closes_at, note)
			VALUES ($1, $2, $3, $4, $5)`, string(e.ID), d.Day, d.OpensAt, d.ClosesAt, d.Note); err != nil {
			return err
		}
	}
	for _, code := range scope {
		if _, err := tx.exec(ctx, `INSERT INTO event_areas (event_id, code) VALUES ($1, $2)`, string(e.ID), code); err != nil {
			return err
		}
	}
	if err := tx.insertQuotas(ctx, e); err != nil {
		return err
	}
	return tx.insertProgramme(ctx, e)
}

func (tx *Tx) insertQuotas(ctx context.Context, e *registry.Event) error {
	for _, q := range e.Quotas {
		if _, err := tx.exec(ctx, `
			INSERT INTO event_quotas (event_id, product_group, max_n)
			VALUES ($1, $2, $3)`, string(e.ID), string(q.Group), q.Max); err != nil {
			return err
		}
	}
	return nil
}
