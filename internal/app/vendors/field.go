package vendors

import (
	"hoicho/internal/app/core"
	"hoicho/internal/app/field"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// VendorInput is what the form of a vendor holds, each field under the name that it
// has in the form, in Fields and in faults.
type VendorInput struct {
	Kind           string `form:"kind"`
	Name           string `form:"name"`
	TaxCode        string `form:"tax_code"` // empty: none; the masked form of a stored personal number: unchanged
	Representative string `form:"representative"`
	Phone          string `form:"phone"`
	PhonePublic    bool   `form:"phone_public"`
	Email          string `form:"email"`
	Area           string `form:"area"` // text form of a commune of today
	Village        string `form:"village"`
	About          string `form:"about" lines:"many"`
}

// Field is one field of a vendor, FieldList several in the order shown.
type (
	Field     = field.Field[VendorInput, registry.Vendor]
	FieldList = field.List[VendorInput, registry.Vendor]
)

// When a field is asked for: what an application cannot be read without comes first,
// the rest is filled in on the page of the profile whenever there is time.
const (
	FirstFields field.Section = "first"
	LaterFields field.Section = "later"
)

// Fields are all fields of a vendor. The form, the first registration, the audit log
// and the public view follow from this table.
var Fields = FieldList{
	{Name: "name", Kind: field.Line, Section: FirstFields, Max: 150, Required: true, Public: true, Quoted: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Name, &v.Name }},
	{Name: "kind", Kind: field.Choice, Section: FirstFields, Required: true, Codes: field.Codes(registry.VendorKinds), Texts: fact.VendorKind, Public: true, Quoted: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Kind, &v.Kind }},
	{Name: "area", Kind: field.Area, Section: FirstFields, Apart: true, Public: true, Quoted: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Area, &v.Area }},
	{Name: "village", Kind: field.Line, Section: LaterFields, Max: maxLine, Public: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Village, &v.Village }},
	{Name: "phone", Kind: field.Phone, Section: LaterFields, Public: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Phone, &v.Phone }},
	{Name: "phone_public", Kind: field.Tick, Section: LaterFields, Public: true, Quoted: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.PhonePublic, &v.PhonePublic }},
	{Name: "email", Kind: field.Email, Section: LaterFields,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Email, &v.Email }},
	{Name: "representative", Kind: field.Line, Section: LaterFields, Max: maxLine,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Representative, &v.Representative }},
	{Name: "tax_code", Kind: field.Tax, Section: LaterFields, Max: 20, Public: true, Quoted: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.TaxCode, &v.TaxCode }},
	{Name: "about", Kind: field.Text, Section: LaterFields, Max: 2000, Public: true,
		At: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.About, &v.About }},
}

// InputOf is a stored vendor as its form takes it; a personal number is masked.
func InputOf(v registry.Vendor) VendorInput { return Fields.Input(v) }

// checkVendor fills a vendor from its form, or returns all faults at once.
func (a *Service) checkVendor(in VendorInput, v *registry.Vendor) error {
	r := core.Input{Today: a.Today()}
	Fields.Read(&r, in, v)
	v.Area = a.checkCommune(&r.Faults, in.Area)
	v.PhonePublic = v.PhonePublic && in.Phone != ""
	return r.Faults.Err()
}
