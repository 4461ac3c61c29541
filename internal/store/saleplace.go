package store

import (
	"context"
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

const placeColumns = `p.id, p.slug, p.kind, p.name, p.address, p.area_edition, p.area_code, p.organisation, p.keeper, p.phone,
	p.agreed_at, p.product_groups, p.goods, p.hours, p.from_on, p.until_on, p.end_reason, p.paper, COALESCE(p.body_id, ''),
	COALESCE(p.photo, ''), p.entered_by, p.entered_as, p.entered_at, p.version`

func scanPlace(row scanner) (p committee.Place, err error) {
	var groups string
	err = row.Scan(&p.ID, &p.Slug, &p.Kind, &p.Name, &p.Address, &p.Area.Edition, &p.Area.Code, &p.Organisation, &p.Keeper, &p.Phone,
		&p.AgreedAt, &groups, &p.Goods, &p.Hours, &p.From, &p.Until, &p.EndReason, &p.Paper, &p.Body,
		&p.Photo, &p.EnteredBy, &p.EnteredAs, &p.EnteredAt, &p.Version)
	p.Agreed = p.AgreedAt > 0
	for _, g := range strings.Fields(groups) {
		p.Groups = append(p.Groups, registry.ProductGroup(g))
	}
	return p, err
}

// placeGroups is how the groups of goods of a place are stored: their codes in a line.
func placeGroups(p *committee.Place) string {
	codes := make([]string, len(p.Groups))
	for i, g := range p.Groups {
		codes[i] = string(g)
	}
	return strings.Join(codes, " ")
}

// placeFold is what searches look through. The person in charge is not in it: the public
// searches too.
func placeFold(p *committee.Place) string {
	return vn.Fold(strings.Join([]string{p.Name, p.Address, p.Organisation, p.Goods}, " "))
}

// agree notes when the person in charge agreed: the first time that it is so.
func (tx *Tx) agree(p *committee.Place) {
	switch {
	case !p.Agreed:
		p.AgreedAt = 0
	case p.AgreedAt == 0:
		p.AgreedAt = tx.NowMS()
	}
}

// InsertPlace stores a new place under an address made of its name, found under the
// units of its scope. EnteredBy and EnteredAs say who enters it.
func (tx *Tx) InsertPlace(ctx context.Context, p *committee.Place, scope registry.Scope) error {
	if p.ID == "" {
		p.ID = NewID[registry.PlaceID]()
	}
	tx.agree(p)
	p.EnteredAt, p.Version = tx.NowMS(), 1
	err := firstFree(p.Name, &p.Slug, func() (int64, error) {
		return tx.exec(ctx, `
			INSERT INTO places (id, slug, kind, name, name_sort, search_fold, address, area_edition, area_code, organisation, keeper,
				phone, agreed_at, product_groups, goods, hours, from_on, until_on, end_reason, paper, body_id, photo, entered_by,
				entered_as, entered_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, 1)
			ON CONFLICT (slug) DO NOTHING`,
			string(p.ID), p.Slug, string(p.Kind), p.Name, vn.SortKey(p.Name), placeFold(p), p.Address, string(p.Area.Edition), p.Area.Code,
			p.Organisation, p.Keeper, p.Phone, p.AgreedAt, placeGroups(p), p.Goods, p.Hours, p.From, p.Until, p.EndReason, p.Paper,
			null(p.Body), null(p.Photo), string(p.EnteredBy), p.EnteredAs, p.EnteredAt)
	})
	if err != nil {
		return err
	}
	return tx.saveCodes(ctx, "place_areas", "place_id", string(p.ID), scope)
}

// SavePlace stores a place that was read. It is a Conflict if it has changed since. The
// address of its page stays.
func (tx *Tx) SavePlace(ctx context.Context, p *committee.Place, scope registry.Scope) error {
	tx.agree(p)
	err := tx.must(ctx, errStale(), `
		UPDATE places
		SET kind = $3, name = $4, name_sort = $5, search_fold = $6, address = $7, area_edition = $8, area_code = $9,
			organisation = $10, keeper = $11, phone = $12, agreed_at = $13, product_groups = $14, goods = $15, hours = $16,
			from_on = $17, until_on = $18, end_reason = $19, paper = $20, body_id = $21, photo = $22, version = version + 1
		WHERE id = $1 AND version = $2`,
		string(p.ID), p.Version, string(p.Kind), p.Name, vn.SortKey(p.Name), placeFold(p), p.Address, string(p.Area.Edition), p.Area.Code,
		p.Organisation, p.Keeper, p.Phone, p.AgreedAt, placeGroups(p), p.Goods, p.Hours, p.From, p.Until, p.EndReason, p.Paper,
		null(p.Body), null(p.Photo))
	if err != nil {
		return err
	}
	p.Version++
	return tx.saveCodes(ctx, "place_areas", "place_id", string(p.ID), scope)
}

// SalePlace returns a place, or NotFound.
func (tx *Tx) SalePlace(ctx context.Context, id registry.PlaceID) (committee.Place, error) {
	return one(ctx, tx, scanPlace, `SELECT `+placeColumns+` FROM places p WHERE p.id = $1`, string(id))
}

// SalePlaceBySlug returns the place of a public page, or NotFound.
func (tx *Tx) SalePlaceBySlug(ctx context.Context, slug string) (committee.Place, error) {
	return one(ctx, tx, scanPlace, `SELECT `+placeColumns+` FROM places p WHERE p.slug = $1`, slug)
}

// placeWhere turns a filter into conditions.
func placeWhere(f committee.PlaceFilter) *where {
	w := &where{}
	if f.Codes != nil {
		under(w, "place_areas", "place_id = p.id", f.Codes)
	}
	if f.Area != "" {
		w.add("EXISTS (SELECT 1 FROM place_areas x WHERE x.place_id = p.id AND x.code = ?)", f.Area)
	}
	if f.Kind != "" {
		w.add("p.kind = ?", string(f.Kind))
	}
	for word := range strings.FieldsSeq(f.Text) {
		w.add("p.search_fold LIKE ? ESCAPE '!'", foldLike(word))
	}
	switch f.State {
	case committee.PlaceSelling:
		w.add("p.from_on <= ? AND (p.until_on = '' OR p.until_on >= ?)", f.On, f.On)
	case committee.PlaceComing:
		w.add("p.from_on > ?", f.On)
	case committee.PlaceEnded:
		w.add("p.until_on <> '' AND p.until_on < ?", f.On)
	}
	return w
}

// SalePlaces returns the places that fit, by name.
func (tx *Tx) SalePlaces(ctx context.Context, f committee.PlaceFilter) ([]committee.Place, error) {
	w := placeWhere(f)
	page := ""
	if f.Limit > 0 {
		page = " LIMIT " + w.arg(f.Limit) + " OFFSET " + w.arg(f.Skip)
	}
	return collect(ctx, tx, scanPlace, `SELECT `+placeColumns+` FROM places p`+w.String()+` ORDER BY p.name_sort, p.id`+page, w.args...)
}

// CountSalePlaces counts the places that fit.
func (tx *Tx) CountSalePlaces(ctx context.Context, f committee.PlaceFilter) (int, error) {
	w := placeWhere(f)
	return tx.count(ctx, `SELECT COUNT(*) FROM places p`+w.String(), w.args...)
}

// SalePlacesByArea counts the places that fit by the units of today under which they are
// found: one of a unit that was divided counts in each of its parts, and all in those
// above.
func (tx *Tx) SalePlacesByArea(ctx context.Context, f committee.PlaceFilter) (map[string]int, error) {
	w, by := placeWhere(f), map[string]int{}
	return by, each(ctx, tx, func(row scanner) error {
		var code string
		var n int
		err := row.Scan(&code, &n)
		by[code] = n
		return err
	}, `SELECT g.code, COUNT(*) FROM places p JOIN place_areas g ON g.place_id = p.id`+w.String()+` GROUP BY g.code`, w.args...)
}
