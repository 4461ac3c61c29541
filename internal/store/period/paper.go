package period

import (
	"context"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

const coverColumns = `year, part, unit, paper, sent_to, words, saved_at, saved_as, version`

// Cover returns what was written around the paper of a unit for a period; one of version 0 if
// nothing was.
func Cover(ctx context.Context, tx *store.Tx, p period.Period, unit string) (period.Cover, error) {
	c, err := store.One(ctx, tx, store.OrZero(scanCover),
		`SELECT `+coverColumns+` FROM period_papers WHERE year = $1 AND part = $2 AND unit = $3`, p.Year, string(p.Part), unit)
	c.Period, c.Unit = p, unit
	return c, err
}

// LastCover returns what was written last around any paper of a unit; one of version 0 if nothing
// was.
func LastCover(ctx context.Context, tx *store.Tx, unit string) (period.Cover, error) {
	return store.One(ctx, tx, store.OrZero(scanCover), `SELECT `+coverColumns+` FROM period_papers WHERE unit = $1 ORDER BY saved_at DESC LIMIT 1`, unit)
}

func scanCover(row store.Row) (c period.Cover, err error) {
	var part, paper, words string
	if err = row.Scan(&c.Period.Year, &part, &c.Unit, &paper, &c.To, &words, &c.SavedAt, &c.SavedBy, &c.Version); err == nil {
		c.Period.Part = period.Part(part)
		err = read(paper, &c.ResultPaper)
	}
	if err == nil {
		err = read(words, &c.Words)
	}
	return c, err
}

// SaveCover stores what was written around a paper, over the version that was read. It is a
// Conflict if anybody has written since.
func SaveCover(ctx context.Context, tx *store.Tx, c period.Cover, by registry.AccountID) error {
	paper, err := write(c.ResultPaper, false)
	if err != nil {
		return err
	}
	words, err := write(c.Words, len(c.Words) == 0)
	if err != nil {
		return err
	}
	all := []any{c.Period.Year, string(c.Period.Part), c.Unit, paper, c.To, words, tx.NowMS(), string(by), c.SavedBy}
	if c.Version == 0 {
		return store.Must(ctx, tx, errStale(), `
			INSERT INTO period_papers (year, part, unit, paper, sent_to, words, saved_at, saved_by, saved_as, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
			ON CONFLICT (year, part, unit) DO NOTHING`, all...)
	}
	return store.Must(ctx, tx, errStale(), `
		UPDATE period_papers SET paper = $4, sent_to = $5, words = $6, saved_at = $7, saved_by = $8, saved_as = $9, version = version + 1
		WHERE year = $1 AND part = $2 AND unit = $3 AND version = $10`, append(all, c.Version)...)
}
