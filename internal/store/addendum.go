package store

import (
	"context"

	"hoicho/internal/registry"
)

func (tx *Tx) addenda(ctx context.Context, event registry.EventID) ([]registry.ReportAddendum, error) {
	return collect(ctx, tx, func(row scanner) (a registry.ReportAddendum, err error) {
		err = row.Scan(&a.N, &a.Reason, &a.Number, &a.SignedOn, &a.Figures, &a.OpenedAt, &a.OpenedBy, &a.ClosedAt, &a.ClosedBy)
		return a, err
	}, `
		SELECT n, reason, number, signed_on, figures, opened_at, opened_by, closed_at, closed_by
		FROM report_addenda
		WHERE event_id = $1
		ORDER BY n`, string(event))
}

// ReopenReport takes the kept figures of a closed report away, so that it counts
// anew. It is a Conflict if the report is not closed, or is out already.
func (tx *Tx) ReopenReport(ctx context.Context, event registry.EventID) error {
	return tx.must(ctx, errStale(), `
		UPDATE reports SET figures = '', closed_at = 0, closed_by = '', updated_at = $2, version = version + 1
		WHERE event_id = $1 AND closed_at > 0 AND number = '' AND signed_on = ''`, string(event), tx.NowMS())
}

// InsertAddendum opens an addendum to a report. It is a Conflict if there is one of
// its number.
func (tx *Tx) InsertAddendum(ctx context.Context, event registry.EventID, a registry.ReportAddendum) error {
	return tx.must(ctx, errStale(), `
		INSERT INTO report_addenda (event_id, n, reason, number, signed_on, figures, opened_at, opened_by, closed_at, closed_by)
		VALUES ($1, $2, $3, '', '', '', $4, $5, 0, '')
		ON CONFLICT (event_id, n) DO NOTHING`, string(event), a.N, a.Reason, tx.NowMS(), a.OpenedBy)
}

// ReopenAddendum opens a closed addendum again for another reason. It is a Conflict
// if it is open or out already.
func (tx *Tx) ReopenAddendum(ctx context.Context, event registry.EventID, n int, reason string) error {
	return tx.must(ctx, errStale(), `
		UPDATE report_addenda SET reason = $3, figures = '', closed_at = 0, closed_by = ''
		WHERE event_id = $1 AND n = $2 AND closed_at > 0 AND number = ''`, string(event), n, reason)
}

// CloseAddendum keeps the figures of an open addendum. It is a Conflict if it is
// closed already.
func (tx *Tx) CloseAddendum(ctx context.Context, event registry.EventID, a registry.ReportAddendum) error {
	return tx.must(ctx, errStale(), `
		UPDATE report_addenda SET figures = $3, closed_at = $4, closed_by = $5
		WHERE event_id = $1 AND n = $2 AND closed_at = 0`, string(event), a.N, a.Figures, tx.NowMS(), a.ClosedBy)
}

// NumberAddendum enters the number and date of a closed addendum that has none. It
// is a Conflict if they are there already.
func (tx *Tx) NumberAddendum(ctx context.Context, event registry.EventID, a registry.ReportAddendum) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.report.numbered"), `
		UPDATE report_addenda SET number = $3, signed_on = $4
		WHERE event_id = $1 AND n = $2 AND closed_at > 0 AND number = ''`, string(event), a.N, a.Number, a.SignedOn)
}
