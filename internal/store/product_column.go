package store

import "hoicho/internal/registry"

// productColumnsOf are the columns of a product that are read and written as they
// are. The statements below name the others: keys, times, and what is made of the
// name.
func productColumnsOf(p *registry.Product) columnList {
	return columnList{
		{"name", &p.Name, p.Name},
		{"product_group", &p.Group, string(p.Group)},
		{"brand", &p.Brand, p.Brand},
		{"description", &p.Description, p.Description},
		{"origin", &p.Origin, string(p.Origin)},
		{"origin_place", &p.OriginPlace, p.OriginPlace},
		{"label", &p.Label, string(p.Label)},
		{"gtin", &p.GTIN, p.GTIN},
		{"price_dong", &p.PriceDong, p.PriceDong},
		{"price_unit", &p.PriceUnit, p.PriceUnit},
		{"evidence", &p.Evidence, string(p.Evidence)},
		{"evidence_by", &p.EvidenceBy, string(p.EvidenceBy)},
		{"evidence_at", &p.EvidenceAt, p.EvidenceAt},
		{"evidence_until", &p.EvidenceUntil, p.EvidenceUntil},
		{"evidence_note", &p.EvidenceNote, p.EvidenceNote},
		{"hidden", &p.Hidden, flag(p.Hidden)},
	}
}

var (
	productFields  = productColumnsOf(&registry.Product{})
	productColumns = `p.id, p.vendor_id, p.slug, p.created_at, p.updated_at, p.version, v.name, v.slug, v.area_edition, v.area_code, ` +
		productFields.names("p.")
)

const productTables = ` FROM products p JOIN vendors v ON v.id = p.vendor_id`

func scanProduct(row scanner) (p registry.ProductCard, err error) {
	into := []any{&p.ID, &p.Vendor, &p.Slug, &p.CreatedAt, &p.UpdatedAt, &p.Version, &p.VendorName, &p.VendorSlug, &p.VendorArea.Edition, &p.VendorArea.Code}
	err = row.Scan(append(into, productColumnsOf(&p.Product).into()...)...)
	return p, err
}

var insertProductSQL = `
	INSERT INTO products (id, vendor_id, slug, name_fold, search_fold, name_sort, created_at, updated_at, version, ` + productFields.names("") + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, ` + productFields.places(9) + `)
	ON CONFLICT (slug) DO NOTHING`

var saveProductSQL = `
	UPDATE products
	SET name_fold = $3, search_fold = $4, name_sort = $5, updated_at = $6, version = version + 1, ` + productFields.sets(7) + `
	WHERE id = $1 AND version = $2`
