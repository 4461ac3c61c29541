package store

import (
	"cmp"
	"context"
	"fmt"

	"hoicho/internal/registry"
)

const reportColumns = `event_id, ` + paperColumns + `, figures, closed_at, closed_by, version`

func scanReport(row scanner) (r registry.ResultReport, err error) {
	p := &r.Paper
	err = row.Scan(&r.Event, &p.Style, &p.Authority, &p.Issuer, &p.Number, &p.Place, &p.SignedOn, &p.Assessment, &p.Recipients,
		&p.SignerTitle, &p.SignerName, &r.Figures, &r.ClosedAt, &r.ClosedBy, &r.Version)
	return r, err
}

// Report returns the result report of an event with its addenda; one of version 0 if nothing was
// written yet.
func (tx *Tx) Report(ctx context.Context, event registry.EventID) (registry.ResultReport, error) {
	r, err := one(ctx, tx, orZero(scanReport), `SELECT `+reportColumns+` FROM reports WHERE event_id = $1`, string(event))
	r.Event = event
	if err != nil || r.ClosedAt == 0 {
		return r, err
	}
	r.Addenda, err = tx.addenda(ctx, event)
	return r, err
}

// LatestReportPaper returns what the latest report of an issuer had around its figures,
// or nothing.
func (tx *Tx) LatestReportPaper(ctx context.Context, issuer string) (registry.ResultPaper, error) {
	r, err := one(ctx, tx, orZero(scanReport), `
		SELECT `+reportColumns+` FROM reports WHERE issuer = $1 ORDER BY updated_at DESC, event_id LIMIT 1`, issuer)
	return r.Paper, err
}

// paperColumns are what stands around the figures of a report, in the order of paperValues.
const paperColumns = `style, authority, issuer, number, place, signed_on, assessment, recipients, signer_title, signer_name`

func paperValues(p registry.ResultPaper) []any {
	return []any{string(cmp.Or(p.Style, registry.StateStyle)), p.Authority, p.Issuer, p.Number, p.Place, p.SignedOn, p.Assessment, p.Recipients, p.SignerTitle, p.SignerName}
}

// SaveReportPaper stores what stands around the figures of a report, read at a version;
// 0 for a first one. It is a Conflict if anybody has written since, or the report
// is closed.
func (tx *Tx) SaveReportPaper(ctx context.Context, event registry.EventID, p registry.ResultPaper, version int64) error {
	args := append(paperValues(p), string(event), tx.NowMS())
	if version == 0 {
		return tx.must(ctx, errStale(), `
			INSERT INTO reports (`+paperColumns+`, event_id, figures, closed_at, closed_by, updated_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 0, '', $12, 1)
			ON CONFLICT (event_id) DO NOTHING`, args...)
	}
	return tx.must(ctx, errStale(), `
		UPDATE reports
		SET style = $1, authority = $2, issuer = $3, number = $4, place = $5, signed_on = $6, assessment = $7, recipients = $8,
			signer_title = $9, signer_name = $10, updated_at = $12, version = version + 1
		WHERE event_id = $11 AND version = $13 AND closed_at = 0`, append(args, version)...)
}

// NumberReport enters the number and date of a closed report that has none. They
// are given out only after signing; once there, they stay. It is a Conflict if
// they are there already.
func (tx *Tx) NumberReport(ctx context.Context, event registry.EventID, number, signedOn string) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.report.numbered"), `
		UPDATE reports SET number = $2, signed_on = $3, updated_at = $4, version = version + 1
		WHERE event_id = $1 AND closed_at > 0 AND number = ''`, string(event), number, signedOn, tx.NowMS())
}

// Closing is a report as it is closed. Paper stands around the figures where nothing was written.
type Closing struct {
	Paper   registry.ResultPaper
	Figures string // JSON of package report
	By      string // name
}

// CloseReport keeps the figures of a report for good. It is a Conflict if it is
// closed already.
func (tx *Tx) CloseReport(ctx context.Context, event registry.EventID, c Closing) error {
	return tx.must(ctx, errStale(), `
		INSERT INTO reports (`+paperColumns+`, event_id, figures, closed_at, closed_by, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13, 1)
		ON CONFLICT (event_id) DO UPDATE SET figures = excluded.figures, closed_at = excluded.closed_at, closed_by = excluded.closed_by,
			updated_at = excluded.updated_at, version = reports.version + 1
		WHERE reports.closed_at = 0`, append(paperValues(c.Paper), string(event), c.Figures, tx.NowMS(), c.By)...)
}

// BoothFacts returns the booths of an event with who had them and the days on
// which nobody stood there, in the order of the plan.
func (tx *Tx) BoothFacts(ctx context.Context, event registry.EventID) ([]registry.BoothFact, error) {
	type absence struct{ code, day string }
	absences, err := collect(ctx, tx, func(row scanner) (a absence, err error) {
		err = row.Scan(&a.code, &a.day)
		return a, err
	}, `
		SELECT b.code, d.day
		FROM booth_days d JOIN booths b ON b.id = d.booth_id
		WHERE b.event_id = $1 AND d.state = 'no_show'
		ORDER BY d.day`, string(event))
	if err != nil {
		return nil, err
	}
	facts, err := collect(ctx, tx, func(row scanner) (f registry.BoothFact, err error) {
		err = row.Scan(&f.Code, &f.Zone, &f.Kind, &f.FeeDong, &f.State, &f.VendorName)
		return f, err
	}, `
		SELECT b.code, b.zone, b.kind, b.fee_dong, b.state, COALESCE(v.name, '')
		FROM booths b
		LEFT JOIN applications a ON a.id = b.application_id
		LEFT JOIN vendors v ON v.id = a.vendor_id
		WHERE b.event_id = $1
		ORDER BY b.zone, b.row_n, b.col_n`, string(event))
	for i := range facts {
		for _, a := range absences {
			if a.code == facts[i].Code {
				facts[i].NoShow = append(facts[i].NoShow, a.day)
			}
		}
	}
	return facts, err
}

// VendorFacts returns the vendors approved for an event, in Vietnamese order.
func (tx *Tx) VendorFacts(ctx context.Context, event registry.EventID) ([]registry.VendorFact, error) {
	facts, err := collect(ctx, tx, func(row scanner) (f registry.VendorFact, err error) {
		err = row.Scan(&f.Vendor, &f.Name, &f.Slug, &f.Kind, &f.Area.Edition, &f.Area.Code, &f.Days)
		return f, err
	}, `
		SELECT v.id, v.name, v.slug, v.kind, v.area_edition, v.area_code,
			(SELECT COUNT(*) FROM application_days d WHERE d.application_id = a.id)
		FROM applications a JOIN vendors v ON v.id = a.vendor_id
		WHERE a.event_id = $1 AND a.state = 'approved'
		ORDER BY v.name_sort, v.id`, string(event))
	if err != nil {
		return nil, err
	}
	if err := tx.vendorDays(ctx, event, facts); err != nil {
		return nil, err
	}
	type place struct {
		vendor registry.VendorID
		code   string
	}
	places, err := collect(ctx, tx, func(row scanner) (p place, err error) {
		err = row.Scan(&p.vendor, &p.code)
		return p, err
	}, `
		SELECT a.vendor_id, b.code
		FROM booths b JOIN applications a ON a.id = b.application_id
		WHERE b.event_id = $1 AND b.state = 'assigned'
		ORDER BY b.code`, string(event))
	for i := range facts {
		for _, p := range places {
			if p.vendor == facts[i].Vendor {
				facts[i].Booths = append(facts[i].Booths, p.code)
			}
		}
	}
	return facts, err
}

// vendorDays reads the days on which each vendor takes part.
func (tx *Tx) vendorDays(ctx context.Context, event registry.EventID, facts []registry.VendorFact) error {
	type line struct {
		vendor registry.VendorID
		day    string
	}
	lines, err := collect(ctx, tx, func(row scanner) (l line, err error) {
		err = row.Scan(&l.vendor, &l.day)
		return l, err
	}, `
		SELECT a.vendor_id, d.day
		FROM application_days d JOIN applications a ON a.id = d.application_id
		WHERE a.event_id = $1 AND a.state = 'approved'
		ORDER BY a.vendor_id, d.day`, string(event))
	at := map[registry.VendorID]*registry.VendorFact{}
	for i := range facts {
		at[facts[i].Vendor] = &facts[i]
	}
	for _, l := range lines {
		if f := at[l.vendor]; f != nil {
			f.OnDays = append(f.OnDays, l.day)
		}
	}
	return err
}

// BroughtProducts returns the ids of the products that approved vendors brought to
// an event.
func (tx *Tx) BroughtProducts(ctx context.Context, event registry.EventID) ([]registry.ProductID, error) {
	return collect(ctx, tx, column[registry.ProductID], `
		SELECT ap.product_id
		FROM application_products ap JOIN applications a ON a.id = ap.application_id
		WHERE a.event_id = $1 AND a.state = 'approved'`, string(event))
}

// TipFacts returns the tips about an event without their words, first to last. One that is
// joined to another stands where that one does.
func (tx *Tx) TipFacts(ctx context.Context, event registry.EventID) ([]registry.TipFact, error) {
	return collect(ctx, tx, func(row scanner) (f registry.TipFact, err error) {
		err = row.Scan(&f.N, &f.Kind, &f.State, &f.BoothCode, &f.VendorName, &f.ReceivedAt)
		return f, err
	}, `
		SELECT t.n, t.kind, COALESCE(l.state, t.state), COALESCE(b.code, ''), COALESCE(v.name, ''), t.received_at
		FROM tips t LEFT JOIN booths b ON b.id = t.booth_id LEFT JOIN vendors v ON v.id = t.vendor_id LEFT JOIN tips l ON l.id = t.lead_id
		WHERE t.event_id = $1
		ORDER BY t.received_at, t.id`, string(event))
}

// PassFacts returns the passes issued for an event, test passes aside, in the
// order of issue.
func (tx *Tx) PassFacts(ctx context.Context, event registry.EventID) ([]registry.PassFact, error) {
	facts, err := collect(ctx, tx, func(row scanner) (f registry.PassFact, err error) {
		err = row.Scan(&f.Code, &f.Kind, &f.State, &f.Label, &f.VendorName, &f.IssuedAt)
		return f, err
	}, `
		SELECT p.code, p.kind, p.state, p.label, COALESCE(v.name, ''), p.issued_at
		FROM passes p LEFT JOIN vendors v ON v.id = p.vendor_id
		WHERE p.event_id = $1 AND p.test = 0 AND p.pack_n = 0
		ORDER BY p.issued_at, p.id`, string(event))
	if err != nil {
		return nil, fmt.Errorf("passes of %s: %w", event, err)
	}
	return facts, nil
}
