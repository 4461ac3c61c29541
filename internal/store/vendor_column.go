package store

import "hoicho/internal/registry"

// vendorColumnsOf are the columns of a vendor that are read and written as they
// are. The statements below name the others: keys, times, what is made of the name,
// and the tax code, which is NULL for none.
func vendorColumnsOf(v *registry.Vendor) columnList {
	return columnList{
		{"kind", &v.Kind, string(v.Kind)},
		{"state", &v.State, string(v.State)},
		{"state_reason", &v.StateReason, v.StateReason},
		{"name", &v.Name, v.Name},
		{"representative", &v.Representative, v.Representative},
		{"phone", &v.Phone, v.Phone},
		{"phone_public", &v.PhonePublic, flag(v.PhonePublic)},
		{"email", &v.Email, v.Email},
		{"area_edition", &v.Area.Edition, string(v.Area.Edition)},
		{"area_code", &v.Area.Code, v.Area.Code},
		{"village", &v.Village, v.Village},
		{"about", &v.About, v.About},
		{"logo", &v.Logo, string(v.Logo)},
	}
}

var (
	vendorFields  = vendorColumnsOf(&registry.Vendor{})
	vendorColumns = `v.id, v.slug, COALESCE(v.tax_code, ''), v.created_by, v.created_at, v.updated_at, v.version, ` + vendorFields.names("v.")
)

func scanVendor(row scanner) (v registry.Vendor, err error) {
	into := []any{&v.ID, &v.Slug, &v.TaxCode, &v.CreatedBy, &v.CreatedAt, &v.UpdatedAt, &v.Version}
	err = row.Scan(append(into, vendorColumnsOf(&v).into()...)...)
	return v, err
}

var insertVendorSQL = `
	INSERT INTO vendors (id, slug, name_fold, search_fold, name_sort, tax_code, created_by, created_at, updated_at, version,
		` + vendorFields.names("") + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, ` + vendorFields.places(10) + `)
	ON CONFLICT (slug) DO NOTHING`

var saveVendorSQL = `
	UPDATE vendors
	SET name_fold = $3, search_fold = $4, name_sort = $5, tax_code = $6, updated_at = $7, version = version + 1,
		` + vendorFields.sets(8) + `
	WHERE id = $1 AND version = $2`
