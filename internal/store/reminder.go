package store

import (
	"context"

	"hoicho/internal/registry"
)

// RegisteredEvents returns the events that are registered with the authorities or
// are to be, that are neither off nor reported, and that close on a day or later.
func (tx *Tx) RegisteredEvents(ctx context.Context, from string) ([]registry.Event, error) {
	return collect(ctx, tx, scanEvent, `
		SELECT `+eventColumns+`
		FROM events e
		WHERE e.registration IN ('to_file', 'filed', 'confirmed') AND e.state NOT IN ('postponed', 'cancelled', 'reported')
			AND e.closes_on >= $1
		ORDER BY e.opens_on, e.id`, from)
}

// InsertReminder notes that a reminder was written.
func (tx *Tx) InsertReminder(ctx context.Context, r registry.Reminder) error {
	_, err := tx.exec(ctx, `
		INSERT INTO event_reminders (event_id, kind, due_on, at, told_n)
		VALUES ($1, $2, $3, $4, $5)`, string(r.Event), string(r.Kind), r.DueOn, tx.NowMS(), r.ToldN)
	return err
}

// Reminders returns the reminders that were written for an event, oldest first.
func (tx *Tx) Reminders(ctx context.Context, event registry.EventID) ([]registry.Reminder, error) {
	return collect(ctx, tx, func(row scanner) (r registry.Reminder, err error) {
		err = row.Scan(&r.Event, &r.Kind, &r.DueOn, &r.At, &r.ToldN)
		return r, err
	}, `SELECT event_id, kind, due_on, at, told_n FROM event_reminders WHERE event_id = $1 ORDER BY due_on, at`, string(event))
}

// OfficerContacts returns the mail addresses of the active accounts that hold one of
// some roles in one of some areas or in the whole country, with the language of each.
func (tx *Tx) OfficerContacts(ctx context.Context, roles []registry.Role, areas registry.Scope) ([]Contact, error) {
	var w where
	w.add("ac.email IS NOT NULL AND ac.email <> '' AND ac.state = 'active'")
	in(&w, "g.role", roles)
	in(&w, "g.area", append([]string{""}, areas...))
	return collect(ctx, tx, func(row scanner) (c Contact, err error) {
		err = row.Scan(&c.Email, &c.Lang)
		return c, err
	}, `SELECT DISTINCT ac.email, ac.lang FROM grants g JOIN accounts ac ON ac.id = g.account_id`+w.String()+` ORDER BY 1`, w.args...)
}
