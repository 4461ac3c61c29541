package vendors

import (
	"reflect"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
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

// FieldKind says how a field is typed in, checked and written out.
type FieldKind int

// The kinds of field.
const (
	LineField FieldKind = iota
	TextField           // of several lines
	TickField
	KindField // one of registry.VendorKinds
	AreaField // a commune of today
	PhoneField
	EmailField
	TaxCodeField
)

// FieldStep is the page of the first registration that asks for a field. Its title
// is the text "vendor.step." with the step.
type FieldStep string

// FieldSteps are the pages of the first registration in their order.
var FieldSteps = []FieldStep{"who", "where", "contact", "tax", "about"}

// Field is one field of a vendor. Its label is the text "vendor.field." with the
// name, and its hint, if it has one, the text of the label with ".hint".
type Field struct {
	Name     string
	Kind     FieldKind
	Step     FieldStep
	Max      int // runes that the form takes; 0: the kind bounds them
	Required bool
	Public   bool // the public may see it
	Quoted   bool // the audit log quotes it; it only names what is personal or long

	at func(*VendorInput, *registry.Vendor) (typed, stored any) // where it stands, as pointers
}

// FieldList is fields in the order in which they are shown.
type FieldList []Field

// Fields are all fields of a vendor. The form, the pages of the first registration,
// the draft, the audit log and the public view follow from this table.
var Fields = FieldList{
	{Name: "name", Kind: LineField, Step: "who", Max: 150, Required: true, Public: true, Quoted: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Name, &v.Name }},
	{Name: "kind", Kind: KindField, Step: "who", Public: true, Quoted: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Kind, &v.Kind }},
	{Name: "area", Kind: AreaField, Step: "where", Public: true, Quoted: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Area, &v.Area }},
	{Name: "village", Kind: LineField, Step: "where", Max: maxLine, Public: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Village, &v.Village }},
	{Name: "phone", Kind: PhoneField, Step: "contact", Public: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Phone, &v.Phone }},
	{Name: "phone_public", Kind: TickField, Step: "contact", Public: true, Quoted: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.PhonePublic, &v.PhonePublic }},
	{Name: "email", Kind: EmailField, Step: "contact",
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Email, &v.Email }},
	{Name: "representative", Kind: LineField, Step: "contact", Max: maxLine,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.Representative, &v.Representative }},
	{Name: "tax_code", Kind: TaxCodeField, Step: "tax", Max: 20, Public: true, Quoted: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.TaxCode, &v.TaxCode }},
	{Name: "about", Kind: TextField, Step: "about", Max: 2000, Public: true,
		at: func(in *VendorInput, v *registry.Vendor) (any, any) { return &in.About, &v.About }},
}

// On returns the fields of one page of the first registration.
func (l FieldList) On(step FieldStep) FieldList {
	return slices.DeleteFunc(slices.Clone(l), func(f Field) bool { return f.Step != step })
}

// Names returns the names of the fields.
func (l FieldList) Names() []string {
	names := make([]string, len(l))
	for i, f := range l {
		names[i] = f.Name
	}
	return names
}

// Merge puts what a form holds at these fields into a draft.
func (l FieldList) Merge(draft, in VendorInput) VendorInput {
	for _, f := range l {
		to, _ := f.at(&draft, &registry.Vendor{})
		from, _ := f.at(&in, &registry.Vendor{})
		assign(to, from)
	}
	return draft
}

// Typed is what a form holds at the field; a tick is "1" or empty.
func (f Field) Typed(in VendorInput) string {
	typed, _ := f.at(&in, &registry.Vendor{})
	if text, ok := typed.(*string); ok {
		return *text
	}
	if *typed.(*bool) {
		return "1"
	}
	return ""
}

// InputOf is a stored vendor as its form takes it; a personal number is masked.
func InputOf(v registry.Vendor) (in VendorInput) {
	for _, f := range Fields {
		switch typed, stored := f.at(&in, &v); from := stored.(type) {
		case *bool:
			*typed.(*bool) = *from
		case *registry.VendorKind:
			*typed.(*string) = string(*from)
		case *registry.AreaRef:
			*typed.(*string) = from.String()
		case *registry.TaxCode:
			*typed.(*string) = from.String()
		case *string:
			*typed.(*string) = f.shown(*from)
		}
	}
	return in
}

// shown is a stored text as a form shows it.
func (f Field) shown(text string) string {
	if f.Kind == PhoneField {
		return vn.ShowPhone(text)
	}
	return text
}

// checkVendor fills a vendor from its form, or returns all faults at once.
func (a *Service) checkVendor(in VendorInput, v *registry.Vendor) error {
	var faults registry.Faults
	for _, f := range Fields {
		switch typed, stored := f.at(&in, v); to := stored.(type) {
		case *bool:
			*to = *typed.(*bool)
		case *registry.VendorKind:
			*to = registry.VendorKind(*typed.(*string))
			faults.Check(to.Valid(), f.Name, "error.choose")
		case *registry.AreaRef:
			*to = a.checkCommune(&faults, *typed.(*string))
		case *registry.TaxCode:
			*to = checkTaxCode(&faults, *typed.(*string), *to)
		case *string:
			*to = f.check(&faults, *typed.(*string))
		}
	}
	v.PhonePublic = v.PhonePublic && in.Phone != ""
	return faults.Err()
}

// check reads a text as it is stored.
func (f Field) check(faults *registry.Faults, text string) string {
	switch f.Kind {
	case PhoneField:
		return parsed(faults, f.Name, text, vn.ParsePhone)
	case EmailField:
		return checkEmail(faults, f.Name, text)
	}
	faults.Check(text != "" || !f.Required, f.Name, "error.required")
	checkLength(faults, f.Name, text, f.Max)
	return text
}

// checkEmail reads an optional address.
func checkEmail(faults *registry.Faults, name, text string) string {
	if text == "" {
		return ""
	}
	email, fault := core.ParseEmail(text)
	faults.Check(fault == nil, name, "error.vendor.email")
	return email
}

// vendorDiff tells the audit log what changed.
func vendorDiff(old, v registry.Vendor) map[string]any {
	d := map[string]any{}
	for _, f := range Fields {
		before, after := f.stored(&old), f.stored(&v)
		switch {
		case before == after:
		case f.Quoted:
			d[f.Name] = map[string]any{"before": before, "after": after}
		default:
			d[f.Name] = "changed"
		}
	}
	return d
}

// stored is the value of the field of a vendor.
func (f Field) stored(v *registry.Vendor) any {
	_, stored := f.at(&VendorInput{}, v)
	return reflect.ValueOf(stored).Elem().Interface()
}

// copyStored copies the field from one vendor to another.
func (f Field) copyStored(to, from *registry.Vendor) {
	_, target := f.at(&VendorInput{}, to)
	_, source := f.at(&VendorInput{}, from)
	assign(target, source)
}

// assign sets what one pointer points at to what another of its type does.
func assign(to, from any) { reflect.ValueOf(to).Elem().Set(reflect.ValueOf(from).Elem()) }
