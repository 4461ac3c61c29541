package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"hoicho/internal/registry"
)

const applicationColumns = `a.id, a.number, a.event_id, a.vendor_id, a.state, a.booths_n, a.granted_n, a.zone, a.needs_power,
	a.note, a.promo_percent, a.promo_basis, a.staff_n, a.vehicles, a.pledge_version, a.pledged_at, a.on_paper, a.submitted_at, a.decided_at, a.decided_by,
	a.reason, a.asks, a.offer_until, a.wait_since, a.created_by, a.created_at, a.updated_at, a.version`

// applicationFields lists where a row of applicationColumns goes. The plates of
// vehicles are one text with a line each.
func applicationFields(a *registry.Application, vehicles *string) []any {
	return []any{&a.ID, &a.Number, &a.Event, &a.Vendor, &a.State, &a.Booths, &a.Granted, &a.Zone, &a.NeedsPower,
		&a.Note, &a.Promotion.Percent, &a.Promotion.Basis, &a.StaffN, vehicles, &a.PledgeVersion, &a.PledgedAt, &a.OnPaper, &a.SubmittedAt, &a.DecidedAt, &a.DecidedBy,
		&a.Reason, asksCell{&a.Asks}, &a.OfferUntil, &a.WaitSince, &a.CreatedBy, &a.CreatedAt, &a.UpdatedAt, &a.Version}
}

func scanApplication(row scanner) (a registry.Application, err error) {
	var vehicles string
	err = row.Scan(applicationFields(&a, &vehicles)...)
	a.Vehicles = splitLines(vehicles)
	return a, err
}

// asksCell is where a list of what is asked for is read into; the empty text is none.
type asksCell struct{ to *[]registry.Asked }

// Scan reads the JSON of the column.
func (c asksCell) Scan(text any) error {
	*c.to = nil
	switch s, ok := text.(string); {
	case !ok:
		return fmt.Errorf("what is asked for is stored as %T", text)
	case s != "":
		return json.Unmarshal([]byte(s), c.to)
	}
	return nil
}

// asksText is a list of what is asked for as it is stored.
func asksText(asks []registry.Asked) string {
	if len(asks) == 0 {
		return ""
	}
	text, _ := json.Marshal(asks) // of texts alone: cannot fail
	return string(text)
}

func splitLines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// Application returns an application with its days and products, or NotFound.
func (tx *Tx) Application(ctx context.Context, id registry.ApplicationID) (registry.Application, error) {
	a, err := one(ctx, tx, scanApplication,
		`SELECT `+applicationColumns+` FROM applications a WHERE a.id = $1`, string(id))
	if err != nil {
		return a, err
	}
	return a, tx.fillApplication(ctx, &a)
}

// ApplicationOf returns the application of a vendor to an event, or NotFound.
func (tx *Tx) ApplicationOf(ctx context.Context, event registry.EventID, vendor registry.VendorID) (registry.Application, error) {
	a, err := one(ctx, tx, scanApplication,
		`SELECT `+applicationColumns+` FROM applications a WHERE a.event_id = $1 AND a.vendor_id = $2`, string(event), string(vendor))
	if err != nil {
		return a, err
	}
	return a, tx.fillApplication(ctx, &a)
}

// fillApplication reads the days and the products of an application at once.
func (tx *Tx) fillApplication(ctx context.Context, a *registry.Application) error {
	return each(ctx, tx, func(row scanner) error {
		var name, product, day string
		err := row.Scan(&name, &product, &day)
		if product != "" {
			a.Products = append(a.Products, registry.ProductID(product))
		} else {
			a.Days = append(a.Days, day)
		}
		return err
	}, `
		SELECT '', '', day FROM application_days WHERE application_id = $1
		UNION ALL
		SELECT p.name_sort, p.id, ''
		FROM application_products ap JOIN products p ON p.id = ap.product_id
		WHERE ap.application_id = $1
		ORDER BY 1, 2, 3`, string(a.ID))
}

// InsertApplication stores a new application without days and products. It
// reports false and changes nothing if the vendor has one for the event already.
func (tx *Tx) InsertApplication(ctx context.Context, a registry.Application) (bool, error) {
	n, err := tx.exec(ctx, `
		INSERT INTO applications (id, number, event_id, vendor_id, state, booths_n, granted_n, zone, needs_power, note,
			staff_n, vehicles, pledge_version, pledged_at, on_paper, submitted_at, decided_at, decided_by, reason,
			offer_until, wait_since, created_by, promo_percent, promo_basis, created_at, updated_at, asks, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $25, $26, 1)
		ON CONFLICT (event_id, vendor_id) DO NOTHING`,
		string(a.ID), a.Number, string(a.Event), string(a.Vendor), string(a.State), a.Booths, a.Granted, a.Zone,
		flag(a.NeedsPower), a.Note, a.StaffN, strings.Join(a.Vehicles, "\n"), a.PledgeVersion, a.PledgedAt, flag(a.OnPaper),
		a.SubmittedAt, a.DecidedAt, string(a.DecidedBy), a.Reason, a.OfferUntil, a.WaitSince, string(a.CreatedBy),
		a.Promotion.Percent, string(a.Promotion.Basis), tx.NowMS(), asksText(a.Asks))
	if err != nil {
		return false, fmt.Errorf("insert application: %w", err)
	}
	return n == 1, nil
}

// SaveApplication saves an application as it was read in state from. It is a
// Conflict if anybody has changed it since. Days and products are saved apart.
func (tx *Tx) SaveApplication(ctx context.Context, a registry.Application, from registry.ApplicationState) error {
	return tx.must(ctx, registry.E(registry.Conflict, "error.stale"), `
		UPDATE applications
		SET state = $3, booths_n = $4, granted_n = $5, zone = $6, needs_power = $7, note = $8, staff_n = $9, vehicles = $10,
			pledge_version = $11, pledged_at = $12, on_paper = $13, submitted_at = $14, decided_at = $15, decided_by = $16,
			reason = $17, offer_until = $18, wait_since = $19, updated_at = $20, promo_percent = $22, promo_basis = $23, asks = $24,
			version = version + 1
		WHERE id = $1 AND state = $2 AND version = $21`,
		string(a.ID), string(from), string(a.State), a.Booths, a.Granted, a.Zone, flag(a.NeedsPower), a.Note, a.StaffN,
		strings.Join(a.Vehicles, "\n"), a.PledgeVersion, a.PledgedAt, flag(a.OnPaper), a.SubmittedAt, a.DecidedAt,
		string(a.DecidedBy), a.Reason, a.OfferUntil, a.WaitSince, tx.NowMS(), a.Version,
		a.Promotion.Percent, string(a.Promotion.Basis), asksText(a.Asks))
}

// SaveApplicationDays sets the days of an application. It is Invalid at the
// field days if one is no day of the event.
func (tx *Tx) SaveApplicationDays(ctx context.Context, a registry.Application) error {
	if _, err := tx.exec(ctx, `DELETE FROM application_days WHERE application_id = $1`, string(a.ID)); err != nil {
		return err
	}
	if len(a.Days) == 0 {
		return nil
	}
	var w where
	id := w.arg(string(a.ID))
	w.add("event_id = ?", string(a.Event))
	in(&w, "day", a.Days)
	n, err := tx.exec(ctx, `
		INSERT INTO application_days (application_id, day)
		SELECT `+id+`, day FROM event_days`+w.String(), w.args...)
	if err == nil && int(n) != len(a.Days) {
		return registry.At("days", "error.application.day")
	}
	return err
}

// SaveApplicationProducts sets the goods of an application. It is Invalid at the
// field products if one is not the vendor's, is hidden, or is excluded.
func (tx *Tx) SaveApplicationProducts(ctx context.Context, a registry.Application) error {
	if _, err := tx.exec(ctx, `DELETE FROM application_products WHERE application_id = $1`, string(a.ID)); err != nil {
		return err
	}
	if len(a.Products) == 0 {
		return nil
	}
	var w where
	id := w.arg(string(a.ID))
	w.add("vendor_id = ? AND hidden = 0 AND evidence <> 'excluded'", string(a.Vendor))
	in(&w, "id", a.Products)
	n, err := tx.exec(ctx, `
		INSERT INTO application_products (application_id, product_id)
		SELECT `+id+`, id FROM products`+w.String(), w.args...)
	if err == nil && int(n) != len(a.Products) {
		return registry.At("products", "error.application.product")
	}
	return err
}

// LockApproved makes transactions that give booths to an application wait for
// each other until they end, and returns how many booths it was granted. It is a
// Conflict unless the application is approved for the event.
func (tx *Tx) LockApproved(ctx context.Context, event registry.EventID, id registry.ApplicationID) (granted int, err error) {
	return one(ctx, tx, or(registry.E(registry.Conflict, "error.booth.not_approved"), column[int]), `
		UPDATE applications SET updated_at = updated_at
		WHERE id = $1 AND event_id = $2 AND state = 'approved'
		RETURNING granted_n`, string(id), string(event))
}

// NextWaitlisted returns the application that has waited longest at an event, or
// NotFound if none waits. Blocked vendors are passed over, and so is one
// application that may be named.
func (tx *Tx) NextWaitlisted(ctx context.Context, event registry.EventID, but registry.ApplicationID) (registry.Application, error) {
	return one(ctx, tx, scanApplication, `
		SELECT `+applicationColumns+` FROM applications a
		WHERE a.event_id = $1 AND a.state = 'waitlisted' AND a.id <> $2
			AND EXISTS (SELECT 1 FROM vendors v WHERE v.id = a.vendor_id AND v.state = 'active')
		ORDER BY a.wait_since, a.number
		LIMIT 1`, string(event), string(but))
}

// WaitingBefore returns how many applications wait at the same event before one.
func (tx *Tx) WaitingBefore(ctx context.Context, a registry.Application) (int, error) {
	return tx.count(ctx, `
		SELECT COUNT(*) FROM applications
		WHERE event_id = $1 AND state = 'waitlisted' AND (wait_since < $2 OR (wait_since = $2 AND number < $3))`,
		string(a.Event), a.WaitSince, a.Number)
}

// OffersOver returns the applications whose offer has run out, oldest first.
func (tx *Tx) OffersOver(ctx context.Context) ([]registry.ApplicationID, error) {
	return collect(ctx, tx, column[registry.ApplicationID], `
		SELECT id FROM applications
		WHERE state = 'offered' AND offer_until <= $1
		ORDER BY offer_until, id`, tx.NowMS())
}

// LiveApplications returns the applications to an event that a change of the
// event concerns: every one that is not over.
func (tx *Tx) LiveApplications(ctx context.Context, event registry.EventID) ([]registry.Application, error) {
	return collect(ctx, tx, scanApplication, `
		SELECT `+applicationColumns+` FROM applications a
		WHERE a.event_id = $1 AND a.state NOT IN ('declined', 'withdrawn', 'cancelled')
		ORDER BY a.number`, string(event))
}

// InsertApplicationNote adds a step to the story of an application.
func (tx *Tx) InsertApplicationNote(ctx context.Context, n registry.ApplicationNote) error {
	_, err := tx.exec(ctx, `
		INSERT INTO application_notes (id, application_id, at, author_id, author, state, internal, text, asks)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		NewID[string](), string(n.Application), tx.NowMS(), string(n.AuthorID), n.Author, string(n.State), flag(n.Internal), n.Text, asksText(n.Asks))
	return err
}

// ApplicationNotes returns the story of an application, oldest first; internal
// remarks only if asked for.
func (tx *Tx) ApplicationNotes(ctx context.Context, id registry.ApplicationID, internal bool) ([]registry.ApplicationNote, error) {
	return collect(ctx, tx, func(row scanner) (n registry.ApplicationNote, err error) {
		err = row.Scan(&n.Application, &n.At, &n.AuthorID, &n.Author, &n.State, &n.Internal, &n.Text, asksCell{&n.Asks})
		return n, err
	}, `
		SELECT application_id, at, author_id, author, state, internal, text, asks
		FROM application_notes
		WHERE application_id = $1 AND (internal = 0 OR internal = $2)
		ORDER BY at, id`, string(id), flag(internal))
}

// SteppedBy returns the applications that somebody moved to a state between two instants, unix
// ms, the ends included, in the order of the steps.
func (tx *Tx) SteppedBy(ctx context.Context, by registry.AccountID, to registry.ApplicationState, from, until int64) ([]registry.ApplicationID, error) {
	return collect(ctx, tx, column[registry.ApplicationID], `
		SELECT application_id FROM application_notes
		WHERE author_id = $1 AND state = $2 AND at BETWEEN $3 AND $4 AND internal = 0
		GROUP BY application_id ORDER BY MIN(at), application_id`, string(by), string(to), from, until)
}

// GroupLoad returns how many booths of an event are promised to vendors that
// bring goods of a group. A vendor with goods of two groups counts in both.
func (tx *Tx) GroupLoad(ctx context.Context, event registry.EventID) (map[registry.ProductGroup]int, error) {
	type load struct {
		group registry.ProductGroup
		n     int
	}
	rows, err := collect(ctx, tx, func(row scanner) (l load, err error) {
		err = row.Scan(&l.group, &l.n)
		return l, err
	}, `
		SELECT g.product_group, CAST(SUM(g.granted_n) AS BIGINT)
		FROM (
			SELECT DISTINCT a.id, a.granted_n, p.product_group
			FROM applications a
			JOIN application_products ap ON ap.application_id = a.id
			JOIN products p ON p.id = ap.product_id
			WHERE a.event_id = $1 AND a.state IN ('approved', 'offered')
		) g
		GROUP BY g.product_group`, string(event))
	loads := make(map[registry.ProductGroup]int, len(rows))
	for _, l := range rows {
		loads[l.group] = l.n
	}
	return loads, err
}

// Contact is where a vendor's people can be told something.
type Contact struct {
	Email string
	Lang  string
}

// VendorContacts returns the mail addresses of a vendor's members with the
// language of each, and the vendor's own address if no member has it.
func (tx *Tx) VendorContacts(ctx context.Context, vendor registry.VendorID) ([]Contact, error) {
	return collect(ctx, tx, func(row scanner) (c Contact, err error) {
		err = row.Scan(&c.Email, &c.Lang)
		return c, err
	}, `
		SELECT ac.email, ac.lang
		FROM vendor_members m JOIN accounts ac ON ac.id = m.account_id
		WHERE m.vendor_id = $1 AND ac.email IS NOT NULL AND ac.state = 'active'
		UNION
		SELECT v.email, 'vi'
		FROM vendors v
		WHERE v.id = $1 AND v.email <> '' AND NOT EXISTS (
			SELECT 1 FROM vendor_members m JOIN accounts ac ON ac.id = m.account_id
			WHERE m.vendor_id = v.id AND ac.email = v.email AND ac.state = 'active')
		ORDER BY 1`, string(vendor))
}
