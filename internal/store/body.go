package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

const bodyColumns = `b.id, b.kind, b.area_edition, b.area_code, b.name, COALESCE(b.parent_id, ''), b.phone, b.email, b.from_on,
	b.until_on, COALESCE(b.successor_id, ''), b.version`

func scanBody(row scanner) (b committee.Body, err error) {
	err = row.Scan(&b.ID, &b.Kind, &b.Area.Edition, &b.Area.Code, &b.Name, &b.Parent, &b.Phone, &b.Email, &b.From,
		&b.Until, &b.Successor, &b.Version)
	return b, err
}

// InsertBody stores a new body, found under the units of its scope.
func (tx *Tx) InsertBody(ctx context.Context, b *committee.Body, scope registry.Scope) error {
	if b.ID == "" {
		b.ID = NewID[registry.BodyID]()
	}
	b.Version = 1
	_, err := tx.exec(ctx, `
		INSERT INTO bodies (id, kind, area_edition, area_code, name, name_sort, parent_id, phone, email, from_on, until_on,
			successor_id, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
		string(b.ID), string(b.Kind), string(b.Area.Edition), b.Area.Code, b.Name, vn.SortKey(b.Name), null(b.Parent),
		b.Phone, b.Email, b.From, b.Until, null(b.Successor))
	if err != nil {
		return err
	}
	return tx.saveCodes(ctx, "body_areas", "body_id", string(b.ID), scope)
}

// SaveBody stores a body that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveBody(ctx context.Context, b *committee.Body, scope registry.Scope) error {
	err := tx.must(ctx, errStale(), `
		UPDATE bodies
		SET kind = $3, area_edition = $4, area_code = $5, name = $6, name_sort = $7, parent_id = $8, phone = $9, email = $10,
			from_on = $11, until_on = $12, successor_id = $13, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(b.ID), b.Version, string(b.Kind), string(b.Area.Edition), b.Area.Code, b.Name, vn.SortKey(b.Name), null(b.Parent),
		b.Phone, b.Email, b.From, b.Until, null(b.Successor))
	if err != nil {
		return err
	}
	b.Version++
	return tx.saveCodes(ctx, "body_areas", "body_id", string(b.ID), scope)
}

// saveCodes notes in a table of units under which of today's units a thing is found.
func (tx *Tx) saveCodes(ctx context.Context, table, column, id string, scope registry.Scope) error {
	if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE `+column+` = $1`, id); err != nil {
		return err
	}
	args := make([]any, 0, 2*len(scope))
	for _, code := range scope {
		args = append(args, id, code)
	}
	return tx.insertRows(ctx, `INSERT INTO `+table+` (`+column+`, code) VALUES `, 2, args)
}

// Body returns a body, or NotFound.
func (tx *Tx) Body(ctx context.Context, id registry.BodyID) (committee.Body, error) {
	return one(ctx, tx, scanBody, `SELECT `+bodyColumns+` FROM bodies b WHERE b.id = $1`, string(id))
}

// Bodies returns the bodies found under one of today's units, all of them for nil, by
// name.
func (tx *Tx) Bodies(ctx context.Context, codes []string) ([]committee.Body, error) {
	w := &where{}
	if codes != nil {
		under(w, "body_areas", "body_id = b.id", codes)
	}
	return collect(ctx, tx, scanBody, `SELECT `+bodyColumns+` FROM bodies b`+w.String()+` ORDER BY b.name_sort, b.id`, w.args...)
}

// under keeps what is found under one of today's units in a table of units.
func under(w *where, table, join string, codes []string) {
	in(w, "a.code", codes)
	last := &w.conds[len(w.conds)-1]
	*last = "EXISTS (SELECT 1 FROM " + table + " a WHERE a." + join + " AND " + *last + ")"
}

// BodyScope returns the codes of today's units under which a body is found.
func (tx *Tx) BodyScope(ctx context.Context, id registry.BodyID) (registry.Scope, error) {
	return collect(ctx, tx, column[string], `SELECT code FROM body_areas WHERE body_id = $1 ORDER BY code`, string(id))
}

// BodiesOf returns the bodies for which an account acts.
func (tx *Tx) BodiesOf(ctx context.Context, account registry.AccountID) ([]registry.BodyID, error) {
	return collect(ctx, tx, column[registry.BodyID], `SELECT body_id FROM body_people WHERE account_id = $1 ORDER BY body_id`, string(account))
}

// BodyPeople returns the accounts that act for a body.
func (tx *Tx) BodyPeople(ctx context.Context, id registry.BodyID) ([]registry.AccountID, error) {
	return collect(ctx, tx, column[registry.AccountID], `SELECT account_id FROM body_people WHERE body_id = $1 ORDER BY account_id`, string(id))
}

// AddBodyPerson lets an account act for a body; again it changes nothing.
func (tx *Tx) AddBodyPerson(ctx context.Context, id registry.BodyID, account, by registry.AccountID) error {
	_, err := tx.exec(ctx, `
		INSERT INTO body_people (body_id, account_id, added_by, added_at)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (body_id, account_id) DO NOTHING`, string(id), string(account), string(by), tx.NowMS())
	return err
}

// RemoveBodyPerson ends that an account acts for a body. NotFound if it does not.
func (tx *Tx) RemoveBodyPerson(ctx context.Context, id registry.BodyID, account registry.AccountID) error {
	return tx.must(ctx, errNotFound(), `DELETE FROM body_people WHERE body_id = $1 AND account_id = $2`, string(id), string(account))
}
