package store

import (
	"context"
	"slices"

	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
)

// offerColumnsOf are the columns of an offer that change with it.
func offerColumnsOf(o *stimulus.Offer) columnList {
	return columnList{
		{"state", &o.State, string(o.State)},
		{"before_dong", &o.BeforeDong, o.BeforeDong},
		{"here_dong", &o.HereDong, o.HereDong},
		{"unit", &o.Unit, o.Unit},
		{"from_on", &o.From, o.From},
		{"to_on", &o.To, o.To},
		{"quantity", &o.Quantity, o.Quantity},
		{"conditions", &o.Condition, o.Condition},
		{"basis", &o.Basis, string(o.Basis)},
		{"explained", &o.Explained, o.Explained},
		{"reason", &o.Reason, o.Reason},
		{"on_paper", &o.OnPaper, flag(o.OnPaper)},
		{"submitted_by", &o.SubmittedBy, string(o.SubmittedBy)},
		{"submitted_at", &o.SubmittedAt, o.SubmittedAt},
		{"decided_by", &o.DecidedBy, string(o.DecidedBy)},
		{"decided_at", &o.DecidedAt, o.DecidedAt},
	}
}

var (
	offerFields = offerColumnsOf(&stimulus.Offer{})

	insertOfferSQL = `
	INSERT INTO offers (id, event_id, vendor_id, product_id, updated_at, version, ` + offerFields.names("") + `)
	VALUES ($1, $2, $3, $4, $5, 1, ` + offerFields.places(6) + `)`

	saveOfferSQL = `
	UPDATE offers SET updated_at = $3, version = version + 1, ` + offerFields.sets(4) + `
	WHERE id = $1 AND version = $2`
)

// InsertOffer stores a new offer. It sets the id where there is none, and the version.
func (tx *Tx) InsertOffer(ctx context.Context, o *stimulus.Offer) error {
	if o.ID == "" {
		o.ID = NewID[registry.OfferID]()
	}
	o.Version = 1
	_, err := tx.exec(ctx, insertOfferSQL, append([]any{string(o.ID), string(o.Event), string(o.Vendor), string(o.Product), tx.NowMS()},
		offerColumnsOf(o).values()...)...)
	return err
}

// SaveOffer stores all of an offer that may change. It is a Conflict if it has changed
// since it was read.
func (tx *Tx) SaveOffer(ctx context.Context, o *stimulus.Offer) error {
	err := tx.must(ctx, errStale(), saveOfferSQL, append([]any{string(o.ID), o.Version, tx.NowMS()}, offerColumnsOf(o).values()...)...)
	if err == nil {
		o.Version++
	}
	return err
}

// offerRows reads offers with what they stand on; goods come without photos and ranks.
var offerRows = `
	SELECT o.id, o.event_id, o.vendor_id, o.product_id, o.version, ` + offerFields.names("o.") + `,
		p.id, p.vendor_id, p.slug, ` + productFields.names("p.") + `,
		v.name, v.slug, v.state, e.title, e.slug, e.state, e.opens_on, e.closes_on, COALESCE(a.state, '')
	FROM offers o
	JOIN products p ON p.id = o.product_id
	JOIN vendors v ON v.id = o.vendor_id
	JOIN events e ON e.id = o.event_id
	LEFT JOIN applications a ON a.event_id = o.event_id AND a.vendor_id = o.vendor_id`

// CountOffers counts the offers in a state by event and vendor.
func (tx *Tx) CountOffers(ctx context.Context, state stimulus.State) (map[registry.EventID]map[registry.VendorID]int, error) {
	counts := map[registry.EventID]map[registry.VendorID]int{}
	err := each(ctx, tx, func(row scanner) error {
		var event registry.EventID
		var vendor registry.VendorID
		var n int
		err := row.Scan(&event, &vendor, &n)
		if counts[event] == nil {
			counts[event] = map[registry.VendorID]int{}
		}
		counts[event][vendor] = n
		return err
	}, `SELECT event_id, vendor_id, COUNT(*) FROM offers WHERE state = $1 GROUP BY event_id, vendor_id`, string(state))
	return counts, err
}

func scanOfferRow(row scanner) (r stimulus.Row, err error) {
	into := append([]any{&r.ID, &r.Event, &r.Vendor, &r.Product, &r.Version}, offerColumnsOf(&r.Offer).into()...)
	into = append(append(into, &r.Goods.ID, &r.Goods.Vendor, &r.Goods.Slug), productColumnsOf(&r.Goods).into()...)
	err = row.Scan(append(into, &r.VendorName, &r.VendorSlug, &r.VendorState, &r.EventTitle, &r.EventSlug, &r.EventState, &r.OpensOn,
		&r.ClosesOn, &r.Application)...)
	return r, err
}

// Offers returns the offers that fit, the latest event first, then by vendor, product
// and day.
func (tx *Tx) Offers(ctx context.Context, f stimulus.Filter) ([]stimulus.Row, error) {
	var w where
	for _, c := range []struct{ column, id string }{{"o.id", string(f.ID)}, {"o.event_id", string(f.Event)}, {"o.vendor_id", string(f.Vendor)}, {"o.product_id", string(f.Product)}} {
		if c.id != "" {
			w.add(c.column+" = ?", c.id)
		}
	}
	if f.States != nil {
		in(&w, "o.state", f.States)
	}
	rows, err := collect(ctx, tx, scanOfferRow, offerRows+w.String()+` ORDER BY e.opens_on DESC, e.id, v.name_sort, v.id, p.name_sort, p.id, o.from_on, o.id`, w.args...)
	if err != nil {
		return nil, err
	}
	return rows, tx.fillOffers(ctx, rows)
}

// Offer returns an offer with what it stands on, or NotFound.
func (tx *Tx) Offer(ctx context.Context, id registry.OfferID) (stimulus.Row, error) {
	rows, err := tx.Offers(ctx, stimulus.Filter{ID: id})
	if err == nil && (id == "" || len(rows) != 1) {
		err = errNotFound()
	}
	if err != nil {
		return stimulus.Row{}, err
	}
	return rows[0], nil
}

// fillOffers reads the days on which the vendors come, and their booths.
func (tx *Tx) fillOffers(ctx context.Context, rows []stimulus.Row) error {
	if len(rows) == 0 {
		return nil
	}
	type stall struct {
		event  registry.EventID
		vendor registry.VendorID
	}
	at := map[stall][]int{}
	var events []registry.EventID
	for i, r := range rows {
		at[stall{r.Event, r.Vendor}] = append(at[stall{r.Event, r.Vendor}], i)
		if !slices.Contains(events, r.Event) {
			events = append(events, r.Event)
		}
	}
	var w where
	in(&w, "a.event_id", events)
	return each(ctx, tx, func(row scanner) error {
		var s stall
		var day, code string
		err := row.Scan(&s.event, &s.vendor, &day, &code)
		for _, i := range at[s] {
			if r := &rows[i]; code == "" {
				r.Days = append(r.Days, day)
			} else {
				r.Booths = append(r.Booths, code)
			}
		}
		return err
	}, `
		SELECT a.event_id, a.vendor_id, d.day, '' FROM applications a JOIN application_days d ON d.application_id = a.id
			JOIN event_days x ON x.event_id = a.event_id AND x.day = d.day`+w.String()+`
		UNION ALL
		SELECT a.event_id, a.vendor_id, '', b.code FROM applications a
			JOIN booths b ON b.application_id = a.id AND b.state = 'assigned'`+w.String()+`
		ORDER BY 3, 4`, w.args...)
}

// RegularPrices returns what a product has cost, as its vendor told the public, the
// first price first.
func (tx *Tx) RegularPrices(ctx context.Context, id registry.ProductID) ([]stimulus.RegularPrice, error) {
	return collect(ctx, tx, func(row scanner) (p stimulus.RegularPrice, err error) {
		err = row.Scan(&p.Dong, &p.Unit, &p.Listed, &p.From, &p.Until)
		return p, err
	}, `SELECT dong, unit, listed, from_on, until_on FROM regular_prices WHERE product_id = $1 ORDER BY n`, string(id))
}

// AddRegularPrice notes what a product costs.
func (tx *Tx) AddRegularPrice(ctx context.Context, id registry.ProductID, p stimulus.RegularPrice) error {
	n, err := tx.count(ctx, `SELECT COALESCE(MAX(n), 0) FROM regular_prices WHERE product_id = $1`, string(id))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO regular_prices (product_id, n, dong, unit, listed, from_on, until_on) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(id), n+1, p.Dong, p.Unit, flag(p.Listed), p.From, p.Until)
	return err
}

// noteListedPrice keeps the price on the page of a product from today on, and until
// when another one stood there.
func (tx *Tx) noteListedPrice(ctx context.Context, p *registry.Product) error {
	known, err := tx.RegularPrices(ctx, p.ID)
	if err != nil {
		return err
	}
	now := stimulus.RegularPrice{Dong: p.PriceDong, Unit: p.PriceUnit, From: vn.DateOf(tx.Now()), Listed: true}
	for _, old := range known {
		if !old.Listed || old.Until != "" {
			continue
		}
		if old.Dong == now.Dong && old.Unit == now.Unit {
			return nil
		}
		if _, err := tx.exec(ctx, `UPDATE regular_prices SET until_on = $2 WHERE product_id = $1 AND listed = 1 AND until_on = ''`, string(p.ID), now.From); err != nil {
			return err
		}
	}
	if now.Dong == 0 {
		return nil
	}
	return tx.AddRegularPrice(ctx, p.ID, now)
}
