package store

import (
	"context"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

// Columns returns the columns of the special page in their order, each with how many
// articles the public sees in it at an instant (unix ms).
func (tx *Tx) Columns(ctx context.Context, now int64) ([]committee.ArticleColumn, error) {
	columns, err := collect(ctx, tx, func(row scanner) (c committee.ArticleColumn, err error) {
		err = row.Scan(&c.Code, &c.Name, &c.Lang, &c.Position, &c.Version)
		return c, err
	}, `SELECT code, name, lang, position, version FROM article_columns ORDER BY position, code`)
	if err != nil {
		return nil, err
	}
	for i, c := range columns {
		w := articleWhere(committee.ArticleFilter{Column: c.Code, Public: true, Now: now})
		if columns[i].N, err = tx.count(ctx, `SELECT COUNT(*) FROM articles ar`+w.String(), w.args...); err != nil {
			return nil, err
		}
	}
	return columns, nil
}

// InsertColumn stores a new column behind the others, under a code made of its name.
func (tx *Tx) InsertColumn(ctx context.Context, c *committee.ArticleColumn) error {
	last, err := tx.count(ctx, `SELECT COALESCE(MAX(position), 0) FROM article_columns`)
	if err != nil {
		return err
	}
	c.Position, c.Version = last+1, 1
	return firstFree(c.Name, &c.Code, func() (int64, error) {
		return tx.exec(ctx, `
			INSERT INTO article_columns (code, name, lang, position, version)
			VALUES ($1, $2, $3, $4, 1)
			ON CONFLICT (code) DO NOTHING`, c.Code, c.Name, string(c.Lang), c.Position)
	})
}

// SaveColumn stores a column that was read. It is a Conflict if it has changed since.
func (tx *Tx) SaveColumn(ctx context.Context, c *committee.ArticleColumn) error {
	err := tx.must(ctx, errStale(), `
		UPDATE article_columns SET name = $3, lang = $4, position = $5, version = version + 1
		WHERE code = $1 AND version = $2`, c.Code, c.Version, c.Name, string(c.Lang), c.Position)
	if err == nil {
		c.Version++
	}
	return err
}

// DeleteColumn removes a column. It is a Conflict while an article stands in it, and
// NotFound if there is none.
func (tx *Tx) DeleteColumn(ctx context.Context, code string) error {
	n, err := tx.count(ctx, `SELECT COUNT(*) FROM articles WHERE column_code = $1`, code)
	if err != nil {
		return err
	}
	if n > 0 {
		return registry.E(registry.Conflict, "article.error.column_used", n)
	}
	return tx.must(ctx, errNotFound(), `DELETE FROM article_columns WHERE code = $1`, code)
}

// InsertTaking notes that somebody took a ready-made text of an event with them.
func (tx *Tx) InsertTaking(ctx context.Context, event registry.EventID, t committee.Taking, by registry.AccountID) error {
	n, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM text_takings WHERE event_id = $1`, string(event))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO text_takings (event_id, n, kind, account_id, by_name, at, said)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, string(event), n+1, string(t.Kind), string(by), t.By, tx.NowMS(), t.Said)
	return err
}

// Takings returns who took ready-made texts of an event: of each person and kind the
// last time, the newest first.
func (tx *Tx) Takings(ctx context.Context, event registry.EventID) ([]committee.Taking, error) {
	return collect(ctx, tx, func(row scanner) (t committee.Taking, err error) {
		err = row.Scan(&t.Kind, &t.By, &t.At, &t.Said)
		return t, err
	}, `
		SELECT t.kind, t.by_name, t.at, t.said FROM text_takings t
		WHERE t.event_id = $1 AND NOT EXISTS (SELECT 1 FROM text_takings l
			WHERE l.event_id = t.event_id AND l.kind = t.kind AND l.account_id = t.account_id AND l.n > t.n)
		ORDER BY t.n DESC`, string(event))
}
