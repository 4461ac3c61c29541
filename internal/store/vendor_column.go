package store

import (
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// vendorColumn is a column of vendors that holds a field of a vendor as it is.
type vendorColumn struct {
	name  string
	into  any // where it is read into
	value any // what is written
}

// columnsOf are the columns that are read and written as they are. The statements
// below name the others: keys, times, what is made of the name, and the tax code,
// which is NULL for none.
func columnsOf(v *registry.Vendor) []vendorColumn {
	return []vendorColumn{
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

// vendorValues are what columnsOf writes.
func vendorValues(v *registry.Vendor) []any {
	columns := columnsOf(v)
	values := make([]any, len(columns))
	for i, c := range columns {
		values[i] = c.value
	}
	return values
}

// eachVendorColumn joins what a statement says of each of columnsOf; n counts from
// first.
func eachVendorColumn(first int, say func(name, n string) string) string {
	columns := columnsOf(&registry.Vendor{})
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = say(c.name, "$"+strconv.Itoa(first+i))
	}
	return strings.Join(parts, ", ")
}

var vendorColumns = `v.id, v.slug, COALESCE(v.tax_code, ''), v.created_by, v.created_at, v.updated_at, v.version, ` +
	eachVendorColumn(0, func(name, _ string) string { return "v." + name })

func scanVendor(row scanner) (v registry.Vendor, err error) {
	into := []any{&v.ID, &v.Slug, &v.TaxCode, &v.CreatedBy, &v.CreatedAt, &v.UpdatedAt, &v.Version}
	for _, c := range columnsOf(&v) {
		into = append(into, c.into)
	}
	err = row.Scan(into...)
	return v, err
}

var insertVendorSQL = `
	INSERT INTO vendors (id, slug, name_fold, search_fold, name_sort, tax_code, created_by, created_at, updated_at, version,
		` + eachVendorColumn(10, func(name, _ string) string { return name }) + `)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, ` + eachVendorColumn(10, func(_, n string) string { return n }) + `)
	ON CONFLICT (slug) DO NOTHING`

var saveVendorSQL = `
	UPDATE vendors
	SET name_fold = $3, search_fold = $4, name_sort = $5, tax_code = $6, updated_at = $7, version = version + 1,
		` + eachVendorColumn(8, func(name, n string) string { return name + " = " + n }) + `
	WHERE id = $1 AND version = $2`
