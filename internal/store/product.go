package store

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// InsertProduct stores a new product with its ratings and photos. It sets the id
// where there is none, a free address made of the name, times and version.
func (tx *Tx) InsertProduct(ctx context.Context, p *registry.Product) error {
	if p.ID == "" {
		p.ID = NewID[registry.ProductID]()
	}
	p.CreatedAt, p.UpdatedAt, p.Version = tx.NowMS(), tx.NowMS(), 1
	err := firstFree(p.Name, &p.Slug, func() (int64, error) {
		return tx.exec(ctx, insertProductSQL, append([]any{string(p.ID), string(p.Vendor), p.Slug, vn.Fold(p.Name), productWords(p),
			vn.SortKey(p.Name), p.CreatedAt, p.UpdatedAt}, productColumnsOf(p).values()...)...)
	})
	if err != nil {
		return err
	}
	return tx.saveProductParts(ctx, p)
}

// productWords is what a search for the product looks through.
func productWords(p *registry.Product) string {
	return vn.Fold(p.Name + " " + p.Brand + " " + p.OriginPlace)
}

// SaveProduct stores all of a product but its slug if it is still at p.Version,
// and counts p.Version up; else it is a Conflict.
func (tx *Tx) SaveProduct(ctx context.Context, p *registry.Product) error {
	p.UpdatedAt = tx.NowMS()
	err := tx.must(ctx, errStale(), saveProductSQL, append([]any{string(p.ID), p.Version, vn.Fold(p.Name), productWords(p), vn.SortKey(p.Name),
		p.UpdatedAt}, productColumnsOf(p).values()...)...)
	if err != nil {
		return err
	}
	p.Version++
	return tx.saveProductParts(ctx, p)
}

// saveProductParts writes ratings and photos anew, and notes a new price.
func (tx *Tx) saveProductParts(ctx context.Context, p *registry.Product) error {
	if err := tx.noteListedPrice(ctx, p); err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM product_ratings WHERE product_id = $1`, string(p.ID)); err != nil {
		return err
	}
	for _, r := range p.Ratings {
		if _, err := tx.exec(ctx, `
			INSERT INTO product_ratings (product_id, issued_on, stars, decision, valid_to, claimed)
			VALUES ($1, $2, $3, $4, $5, $6)`,
			string(p.ID), r.IssuedOn, r.Stars, r.Decision, r.ValidTo, flag(r.Claimed)); err != nil {
			return err
		}
	}
	if _, err := tx.exec(ctx, `DELETE FROM product_photos WHERE product_id = $1`, string(p.ID)); err != nil {
		return err
	}
	for i, f := range p.Photos {
		if _, err := tx.exec(ctx, `INSERT INTO product_photos (product_id, position, file_id) VALUES ($1, $2, $3)`,
			string(p.ID), i, string(f)); err != nil {
			return err
		}
	}
	return nil
}

// Product returns a product, or NotFound.
func (tx *Tx) Product(ctx context.Context, id registry.ProductID) (registry.Product, error) {
	return tx.oneProduct(ctx, "p.id = ?", string(id))
}

// ProductBySlug returns the product with an address, or NotFound.
func (tx *Tx) ProductBySlug(ctx context.Context, slug string) (registry.Product, error) {
	return tx.oneProduct(ctx, "p.slug = ?", slug)
}

func (tx *Tx) oneProduct(ctx context.Context, cond string, arg any) (registry.Product, error) {
	w := &where{}
	w.add(cond, arg)
	p, err := one(ctx, tx, scanProduct, `SELECT `+productColumns+productTables+w.String(), w.args...)
	if err != nil {
		return registry.Product{}, err
	}
	cards := []registry.ProductCard{p}
	err = tx.fillProducts(ctx, cards)
	return cards[0].Product, err
}

// VendorProducts returns all products of a vendor, hidden ones too, in Vietnamese
// order.
func (tx *Tx) VendorProducts(ctx context.Context, id registry.VendorID) ([]registry.Product, error) {
	cards, err := tx.allProducts(ctx, registry.ProductFilter{Vendor: id})
	return plain(cards), err
}

// ProductsByID returns those of the products that exist, in Vietnamese order.
func (tx *Tx) ProductsByID(ctx context.Context, ids []registry.ProductID) ([]registry.Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	cards, err := tx.allProducts(ctx, registry.ProductFilter{IDs: ids})
	return plain(cards), err
}

func plain(cards []registry.ProductCard) []registry.Product {
	products := make([]registry.Product, len(cards))
	for i, c := range cards {
		products[i] = c.Product
	}
	return products
}

func (tx *Tx) allProducts(ctx context.Context, f registry.ProductFilter) ([]registry.ProductCard, error) {
	w := productWhere(f)
	cards, err := collect(ctx, tx, scanProduct,
		`SELECT `+productColumns+productTables+w.String()+` ORDER BY p.name_sort, p.id`, w.args...)
	if err != nil {
		return nil, err
	}
	return cards, tx.fillProducts(ctx, cards)
}

// productWhere turns a filter into conditions.
func productWhere(f registry.ProductFilter) *where {
	w := &where{}
	if f.Vendor != "" {
		w.add("p.vendor_id = ?", string(f.Vendor))
	}
	if f.IDs != nil {
		in(w, "p.id", f.IDs)
	}
	w.words("p.search_fold", f.Text)
	if f.GTIN != "" {
		w.add("p.gtin = ?", f.GTIN)
	}
	if f.Group != "" {
		w.add("p.product_group = ?", string(f.Group))
	}
	switch f.Nature {
	case registry.Goods:
		w.add("p.product_group <> ?", string(registry.TourismGroup))
	case registry.Services:
		w.add("p.product_group = ?", string(registry.TourismGroup))
	}
	if f.Branded {
		w.add("p.brand <> ''")
	}
	if f.Evidence != "" {
		w.add("p.evidence = ?", string(f.Evidence))
	}
	if f.Claimed {
		w.add("EXISTS (SELECT 1 FROM product_ratings r WHERE r.product_id = p.id AND r.claimed = 1)")
	}
	if f.Public {
		w.add("p.hidden = 0 AND p.evidence <> 'excluded' AND v.state = 'active'")
	}
	if f.Stars > 0 {
		w.add(`EXISTS (SELECT 1 FROM product_ratings r WHERE r.product_id = p.id AND r.claimed = 0 AND r.stars >= ?
			AND r.issued_on <= ? AND r.valid_to >= ?)`, f.Stars, f.Day, f.Day)
	}
	w.vendorIn("p.vendor_id", f.Areas)
	w.vendorIn("p.vendor_id", f.Reach)
	return w
}

// Products returns a page of the products that fit, in Vietnamese order, and
// whether more follow.
func (tx *Tx) Products(ctx context.Context, f registry.ProductFilter) (page []registry.ProductCard, more bool, err error) {
	w := productWhere(f)
	if f.After != "" {
		w.add("(p.name_sort, p.id) > (SELECT name_sort, id FROM products WHERE slug = ?)", f.After)
	}
	if f.Limit == 0 {
		f.Limit = listLimit
	}
	page, err = collect(ctx, tx, scanProduct,
		`SELECT `+productColumns+productTables+w.String()+` ORDER BY p.name_sort, p.id LIMIT `+w.arg(f.Limit+1), w.args...)
	if err != nil {
		return nil, false, err
	}
	if more = len(page) > f.Limit; more {
		page = page[:f.Limit]
	}
	return page, more, tx.fillProducts(ctx, page)
}

// ProductSlugs returns the slugs of all products that fit, in Vietnamese order.
func (tx *Tx) ProductSlugs(ctx context.Context, f registry.ProductFilter) ([]string, error) {
	w := productWhere(f)
	return collect(ctx, tx, column[string], `SELECT p.slug`+productTables+w.String()+` ORDER BY p.name_sort, p.id`, w.args...)
}

// CountProducts counts the products that fit, whatever page they are on.
func (tx *Tx) CountProducts(ctx context.Context, f registry.ProductFilter) (int, error) {
	w := productWhere(f)
	return tx.count(ctx, `SELECT COUNT(*)`+productTables+w.String(), w.args...)
}

// fillProducts reads the ratings and photos of a page at once.
func (tx *Tx) fillProducts(ctx context.Context, cards []registry.ProductCard) error {
	if len(cards) == 0 {
		return nil
	}
	at := make(map[registry.ProductID]*registry.ProductCard, len(cards))
	ids := make([]registry.ProductID, len(cards))
	for i := range cards {
		ids[i], at[cards[i].ID] = cards[i].ID, &cards[i]
	}
	w := &where{}
	in(w, "product_id", ids)
	return each(ctx, tx, func(row scanner) error {
		var id registry.ProductID
		var photo registry.FileID
		var position int
		var r registry.Rating
		err := row.Scan(&id, &photo, &position, &r.Stars, &r.Decision, &r.IssuedOn, &r.ValidTo, &r.Claimed)
		switch {
		case err != nil:
		case photo != "":
			at[id].Photos = append(at[id].Photos, photo)
		default:
			at[id].Ratings = append(at[id].Ratings, r)
		}
		return err
	}, `
		SELECT product_id, '', 0, stars, decision, issued_on, valid_to, claimed FROM product_ratings`+w.String()+`
		UNION ALL
		SELECT product_id, file_id, position, 0, '', '', '', 0 FROM product_photos`+w.String()+`
		ORDER BY 1, 3, 6 DESC`, w.args...)
}
