package store

import (
	"context"
	"fmt"
	"slices"

	"hoicho/internal/registry"
)

// LockSales makes filing at an event wait for its closing and the other way round,
// until the end of the transaction. It is a Conflict unless the event has begun
// and is not reported yet.
func (tx *Tx) LockSales(ctx context.Context, event registry.EventID) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.sales.closed"), `
		UPDATE events SET updated_at = updated_at WHERE id = $1 AND state IN ('running', 'ended') AND begins_at <= $2`,
		string(event), tx.NowMS())
}

// SaveSales stores a return as it was read, version 0 for a first one. It is a
// Conflict if anybody has filed or changed it since, and Invalid at best if a best
// seller is none of the vendor's. LockSales comes first.
func (tx *Tx) SaveSales(ctx context.Context, r *registry.SalesReturn) error {
	if err := tx.saveSalesHead(ctx, r); err != nil {
		return err
	}
	r.Version++
	for _, table := range []string{`DELETE FROM sales_days WHERE event_id = $1 AND vendor_id = $2`, `DELETE FROM sales_best WHERE event_id = $1 AND vendor_id = $2`} {
		if _, err := tx.exec(ctx, table, string(r.Event), string(r.Vendor)); err != nil {
			return err
		}
	}
	for _, d := range r.Days {
		if _, err := tx.exec(ctx, `INSERT INTO sales_days (event_id, vendor_id, day, dong, band, typed_by) VALUES ($1, $2, $3, $4, $5, $6)`,
			string(r.Event), string(r.Vendor), d.Day, d.Dong, string(d.Band), string(d.By)); err != nil {
			return fmt.Errorf("sales of %s: %w", d.Day, err)
		}
	}
	for i, p := range r.Best {
		err := tx.must(ctx, registry.At("best", "error.sales.best"), `
			INSERT INTO sales_best (event_id, vendor_id, position, product_id)
			SELECT $1, vendor_id, $3, id FROM products WHERE id = $4 AND vendor_id = $2`,
			string(r.Event), string(r.Vendor), i+1, string(p))
		if err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) saveSalesHead(ctx context.Context, r *registry.SalesReturn) error {
	if r.Version == 0 {
		r.FiledAt = tx.NowMS()
		return tx.must(ctx, errStale(), `
			INSERT INTO sales_returns (event_id, vendor_id, contracts_n, contracts_dong, on_paper, filed_by, filed_at, updated_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 1)
			ON CONFLICT (event_id, vendor_id) DO NOTHING`,
			string(r.Event), string(r.Vendor), r.ContractsN, r.ContractsDong, flag(r.OnPaper), string(r.FiledBy), r.FiledAt)
	}
	return tx.must(ctx, errStale(), `
		UPDATE sales_returns
		SET contracts_n = $4, contracts_dong = $5, on_paper = $6, filed_by = $7, updated_at = $8, version = version + 1
		WHERE event_id = $1 AND vendor_id = $2 AND version = $3`,
		string(r.Event), string(r.Vendor), r.Version, r.ContractsN, r.ContractsDong, flag(r.OnPaper), string(r.FiledBy), tx.NowMS())
}

const salesColumns = `event_id, vendor_id, contracts_n, contracts_dong, on_paper, filed_by, filed_at, updated_at, version`

func scanSales(row scanner) (r registry.SalesReturn, err error) {
	err = row.Scan(&r.Event, &r.Vendor, &r.ContractsN, &r.ContractsDong, &r.OnPaper, &r.FiledBy, &r.FiledAt, &r.UpdatedAt, &r.Version)
	return r, err
}

// Sales returns the return of a vendor at an event; one of version 0 if it has
// filed none.
func (tx *Tx) Sales(ctx context.Context, event registry.EventID, vendor registry.VendorID) (registry.SalesReturn, error) {
	r, err := one(ctx, tx, orZero(scanSales), `
		SELECT `+salesColumns+` FROM sales_returns WHERE event_id = $1 AND vendor_id = $2`, string(event), string(vendor))
	if err != nil || r.Version == 0 {
		return registry.SalesReturn{Event: event, Vendor: vendor}, err
	}
	all := []registry.SalesReturn{r}
	err = tx.fillSales(ctx, event, all)
	return all[0], err
}

// EventSales returns every return filed at an event.
func (tx *Tx) EventSales(ctx context.Context, event registry.EventID) ([]registry.SalesReturn, error) {
	all, err := collect(ctx, tx, scanSales, `SELECT `+salesColumns+` FROM sales_returns WHERE event_id = $1 ORDER BY vendor_id`, string(event))
	if err != nil {
		return nil, err
	}
	return all, tx.fillSales(ctx, event, all)
}

// fillSales reads the days and best sellers of returns of one event at once.
func (tx *Tx) fillSales(ctx context.Context, event registry.EventID, all []registry.SalesReturn) error {
	at := map[registry.VendorID]*registry.SalesReturn{}
	for i := range all {
		at[all[i].Vendor] = &all[i]
	}
	type part struct {
		vendor  registry.VendorID
		day     registry.SalesDay
		product registry.ProductID
	}
	days, err := collect(ctx, tx, func(row scanner) (p part, err error) {
		err = row.Scan(&p.vendor, &p.day.Day, &p.day.Dong, &p.day.Band, &p.day.By)
		return p, err
	}, `SELECT vendor_id, day, dong, band, typed_by FROM sales_days WHERE event_id = $1 ORDER BY vendor_id, day`, string(event))
	if err != nil {
		return err
	}
	for _, p := range days {
		if r := at[p.vendor]; r != nil {
			r.Days = append(r.Days, p.day)
		}
	}
	best, err := collect(ctx, tx, func(row scanner) (p part, err error) {
		err = row.Scan(&p.vendor, &p.product)
		return p, err
	}, `SELECT vendor_id, product_id FROM sales_best WHERE event_id = $1 ORDER BY vendor_id, position`, string(event))
	for _, p := range best {
		if r := at[p.vendor]; r != nil {
			r.Best = append(r.Best, p.product)
		}
	}
	return err
}

// SalesDues returns the returns that approved vendors owe, latest event first and
// vendors in Vietnamese order: those of an event, or those of a vendor at events
// that have begun and are not reported.
func (tx *Tx) SalesDues(ctx context.Context, event registry.EventID, vendor registry.VendorID) ([]registry.SalesDue, error) {
	w := &where{}
	w.add("a.state = 'approved'")
	if event != "" {
		w.add("a.event_id = ?", string(event))
	}
	if vendor != "" {
		w.add("a.vendor_id = ?", string(vendor))
		w.add("e.state IN ('running', 'ended')")
		w.add("e.begins_at <= ?", tx.NowMS())
	}
	type owed struct {
		registry.SalesDue
		application registry.ApplicationID
	}
	rows, err := collect(ctx, tx, func(row scanner) (o owed, err error) {
		err = row.Scan(&o.application, &o.Event, &o.Vendor, &o.EventTitle, &o.EventSlug, &o.VendorName, &o.VendorSlug, &o.FiledAt, &o.OnPaper, &o.Phone, &o.RemindedAt)
		return o, err
	}, `
		SELECT a.id, a.event_id, a.vendor_id, e.title, e.slug, v.name, v.slug, COALESCE(s.filed_at, 0), COALESCE(s.on_paper, 0), v.phone, COALESCE(n.at, 0)
		FROM applications a
		JOIN events e ON e.id = a.event_id
		JOIN vendors v ON v.id = a.vendor_id
		LEFT JOIN sales_returns s ON s.event_id = a.event_id AND s.vendor_id = a.vendor_id
		LEFT JOIN sales_reminders n ON n.event_id = a.event_id AND n.vendor_id = a.vendor_id`+w.String()+`
		ORDER BY e.opens_on DESC, e.id, v.name_sort, v.id`, w.args...)
	if err != nil {
		return nil, err
	}
	dues := make([]registry.SalesDue, len(rows))
	ids := make([]registry.ApplicationID, len(rows))
	for i, o := range rows {
		dues[i], ids[i] = o.SalesDue, o.application
	}
	return dues, tx.fillDues(ctx, dues, ids)
}

// fillDues reads the days and booths of the applications behind dues.
func (tx *Tx) fillDues(ctx context.Context, dues []registry.SalesDue, ids []registry.ApplicationID) error {
	if len(ids) == 0 {
		return nil
	}
	w := &where{}
	in(w, "a.id", ids)
	return each(ctx, tx, func(row scanner) error {
		var of, text string
		var id registry.ApplicationID
		err := row.Scan(&of, &id, &text)
		if err != nil {
			return err
		}
		switch d := &dues[slices.Index(ids, id)]; of {
		case "day":
			d.Days = append(d.Days, text)
		case "told":
			d.Told = append(d.Told, text)
		case "booth":
			d.Booths = append(d.Booths, text)
		}
		return nil
	}, `
		SELECT 'day', a.id, d.day FROM applications a JOIN application_days d ON d.application_id = a.id`+w.String()+`
		UNION ALL
		SELECT 'told', a.id, d.day FROM applications a
			JOIN sales_days d ON d.event_id = a.event_id AND d.vendor_id = a.vendor_id AND d.day <> ''`+w.String()+`
		UNION ALL
		SELECT 'booth', a.id, b.code FROM applications a
			JOIN booths b ON b.application_id = a.id AND b.state = 'assigned'`+w.String()+`
		ORDER BY 1, 3`, w.args...)
}

// MissingSales counts for each of some events the approved vendors that have not
// told all of their days. Events without any are left out.
func (tx *Tx) MissingSales(ctx context.Context, events []registry.EventID) (map[registry.EventID]int, error) {
	w := &where{}
	w.add("a.state = 'approved'")
	in(w, "a.event_id", events)
	w.add(`EXISTS (SELECT 1 FROM application_days x WHERE x.application_id = a.id AND NOT EXISTS (
		SELECT 1 FROM sales_days d WHERE d.event_id = a.event_id AND d.vendor_id = a.vendor_id AND d.day = x.day))`)
	type line struct {
		event registry.EventID
		n     int
	}
	lines, err := collect(ctx, tx, func(row scanner) (l line, err error) {
		err = row.Scan(&l.event, &l.n)
		return l, err
	}, `SELECT a.event_id, COUNT(*) FROM applications a`+w.String()+` GROUP BY a.event_id`, w.args...)
	missing := map[registry.EventID]int{}
	for _, l := range lines {
		missing[l.event] = l.n
	}
	return missing, err
}

// NoteSalesReminder notes that a vendor has just been written to about the sales
// that it has not told.
func (tx *Tx) NoteSalesReminder(ctx context.Context, event registry.EventID, vendor registry.VendorID, mails int) error {
	_, err := tx.exec(ctx, `
		INSERT INTO sales_reminders (event_id, vendor_id, at, mails_n) VALUES ($1, $2, $3, $4)
		ON CONFLICT (event_id, vendor_id) DO UPDATE SET at = excluded.at, mails_n = excluded.mails_n`,
		string(event), string(vendor), tx.NowMS(), mails)
	return err
}
