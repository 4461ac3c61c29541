package imports

import (
	"context"

	"hoicho/internal/app/field"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/store/intake"
	"hoicho/internal/vn"
)

// vendorRegister takes vendors.
type vendorRegister struct{ *vendors.Service }

func (vendorRegister) right() registry.Right { return registry.ManageVendors }

// vendorWords are the headings that mean a field of a vendor.
var vendorWords = map[string][]string{
	"name": {"tên cơ sở", "tên đơn vị", "tên doanh nghiệp", "tên hợp tác xã", "tên htx", "tên hộ kinh doanh", "chủ thể", "tên chủ thể", "tên thương nhân", "tên gian hàng",
		"cơ sở", "đơn vị", "doanh nghiệp", "tên", "name", "vendor"},
	"kind":           {"loại hình", "loại cơ sở", "loại hình cơ sở", "loại hình doanh nghiệp", "hình thức", "loại", "kind", "type"},
	"area":           {"xã, phường", "xã phường", "xã", "phường", "địa chỉ (xã)", "địa bàn", "xã, phường, đặc khu", "xã, phường, thị trấn", "đơn vị hành chính", "địa chỉ", "commune", "address"},
	"village":        {"thôn", "bản", "thôn, bản", "thôn bản", "tổ", "xóm", "thôn, bản, tổ, số nhà", "thôn, bản, tổ", "khu phố", "village"},
	"phone":          {"điện thoại", "số điện thoại", "sđt", "số đt", "di động", "sdt liên hệ", "đt", "số điện thoại của cơ sở", "phone"},
	"phone_public":   {"công khai điện thoại", "cho người mua thấy số điện thoại này"},
	"email":          {"e-mail", "email", "thư điện tử", "hộp thư"},
	"representative": {"người đại diện", "đại diện", "chủ cơ sở", "chủ hộ", "giám đốc", "họ tên chủ cơ sở", "họ và tên", "người liên hệ", "representative"},
	"tax_code":       {"mã số thuế", "mst", "mã thuế", "tax code", "mã số thuế/cccd"},
	"about":          {"giới thiệu", "giới thiệu với người mua", "mô tả", "about"},
}

// vendorKinds are what people write for each kind of vendor, in the order of
// registry.VendorKinds.
var vendorKinds = [][]string{
	{"hộ kinh doanh", "hộ kd", "hkd", "hộ", "hộ gia đình", "hộ sản xuất", "cá nhân", "household business"},
	{"hợp tác xã", "htx", "co-operative", "cooperative"},
	{"tổ hợp tác", "tht", "tổ hợp tác xã", "co-operative group"},
	{"doanh nghiệp", "dn", "công ty", "cty", "công ty tnhh", "cty tnhh", "công ty cổ phần", "công ty cp", "cty cp", "dntn", "doanh nghiệp tư nhân", "enterprise"},
	{"cơ sở sản xuất", "cssx", "cơ sở sx", "nhà sản xuất", "producer"},
	{"cơ quan, đơn vị", "cơ quan", "đơn vị", "agency"},
}

func (vendorRegister) columns() (list []Column) {
	for _, f := range vendors.Fields {
		c := Column{Name: f.Name, Label: "vendor.field." + f.Name, Kind: f.Kind, Words: vendorWords[f.Name], Codes: f.Codes, Needed: f.Required || f.Kind == field.Area}
		if f.Name == "kind" {
			c.Texts, c.Spelt = "vendor.kind.", vendorKinds
		}
		list = append(list, c)
	}
	return list
}

// vendorTaker holds the rows of a file against the vendors of the register.
type vendorTaker struct {
	*vendors.Service
	actor   registry.Actor
	byTax   map[registry.TaxCode]*registry.Vendor
	byPlace map[string][]*registry.Vendor // by name and commune
	rowTax  map[registry.TaxCode]int      // row of the file
	rowName map[string][]rowNamed
	rowOf   map[registry.VendorID]int
}

// rowNamed is a row of the file with the tax code that it gives.
type rowNamed struct {
	n   int
	tax registry.TaxCode
}

// vendorPut is what a row of a vendor writes.
type vendorPut struct {
	in  vendors.VendorInput
	old registry.Vendor
}

// everyVendor is more vendors than a register has.
const everyVendor = 1_000_000

func (v vendorRegister) open(ctx context.Context, tx *store.Tx, actor registry.Actor) (rowTaker, error) {
	all, _, err := tx.Vendors(ctx, registry.VendorFilter{Limit: everyVendor})
	t := &vendorTaker{Service: v.Service, actor: actor, byTax: map[registry.TaxCode]*registry.Vendor{}, byPlace: map[string][]*registry.Vendor{},
		rowTax: map[registry.TaxCode]int{}, rowName: map[string][]rowNamed{}, rowOf: map[registry.VendorID]int{}}
	for i := range all {
		x := &all[i]
		if x.TaxCode != "" {
			t.byTax[x.TaxCode] = x
		}
		key := placeKey(x.Name, x.Area)
		t.byPlace[key] = append(t.byPlace[key], x)
	}
	return t, err
}

func placeKey(name string, area registry.AreaRef) string { return vn.Fold(name) + "|" + area.String() }

// take understands a row: as the vendor of the register that it names, or as a new one.
func (t *vendorTaker) take(r *rowReader) {
	typed := t.typed(r)
	r.out.Name = typed["name"]
	if v, ok := t.check(r, typed, t.find(r, typed)); ok {
		r.out.Name = v.Name
		t.twice(r, v)
	}
}

// typed reads the cells of a row as the form takes them, by field.
func (t *vendorTaker) typed(r *rowReader) map[string]string {
	typed := map[string]string{}
	for _, c := range r.columns {
		if c.Kind == field.Area {
			continue
		}
		if text, ok := r.text(c); ok {
			typed[c.Name] = text
		}
	}
	for _, c := range r.columns {
		if c.Kind != field.Area {
			continue
		}
		if ref, rest, ok := r.unit(c); ok {
			typed[c.Name] = ref.String()
			t.village(r, typed, rest)
		}
	}
	return typed
}

// village takes what an address says before the unit, where no other cell says it.
func (t *vendorTaker) village(r *rowReader, typed map[string]string, rest string) {
	switch {
	case rest == "":
	case typed["village"] == "":
		typed["village"] = rest
	case vn.Fold(typed["village"]) != vn.Fold(rest):
		r.refuse("area", "two_villages", rest, typed["village"])
	}
}

// find is the vendor of the register that a row names: by its tax code, else by its name and
// commune; nil for a new one.
func (t *vendorTaker) find(r *rowReader, typed map[string]string) *registry.Vendor {
	tax := registry.TaxCode("")
	if code, err := vn.ParseTaxCode(typed["tax_code"]); err == nil {
		tax = registry.TaxCode(code.Number)
	}
	if old := t.byTax[tax]; old != nil {
		return old
	}
	area, err := registry.ParseAreaRef(typed["area"])
	if err != nil || typed["name"] == "" {
		return nil
	}
	var same []*registry.Vendor
	for _, x := range t.byPlace[placeKey(typed["name"], area)] {
		if tax == "" || x.TaxCode == "" {
			same = append(same, x)
		} else {
			r.note("name", "alike", x.Name)
		}
	}
	if len(same) > 1 {
		r.refuse("name", "several", typed["name"], len(same))
	}
	if len(same) == 1 {
		return same[0]
	}
	return nil
}

// check has the room of vendors look at the row, and says what it does.
func (t *vendorTaker) check(r *rowReader, typed map[string]string, old *registry.Vendor) (v registry.Vendor, ok bool) {
	put := &vendorPut{}
	if old != nil {
		put.in, put.old = vendors.InputOf(*old), *old
	}
	put.in = vendors.Fields.Overlaid(put.in, typed)
	var err error
	switch {
	case old == nil:
		v, err = t.CheckRegister(t.actor, put.in)
	case !t.actor.Can(registry.ManageVendors, t.Areas.Scope(old.Area)):
		err = &registry.Error{Kind: registry.Conflict, Key: "error.vendor.tax_taken", Field: "tax_code"}
	default:
		v, err = t.CheckEdit(t.actor, *old, put.in)
	}
	r.faults(err)
	if len(r.out.Wrong) > 0 {
		return v, false
	}
	r.out.put, r.out.Act = put, intake.Added
	if old != nil {
		r.out.ID, r.out.Changes = string(old.ID), vendorChanges(*old, v)
		r.out.Act = intake.Changed
		if len(r.out.Changes) == 0 {
			r.out.Act = Same
		}
	}
	return v, true
}

// vendorChanges are the fields that a row changes. A personal number stays hidden.
func vendorChanges(old, now registry.Vendor) (list []Difference) {
	was, is := vendors.InputOf(old), vendors.InputOf(now)
	for _, f := range vendors.Fields {
		if a, b := f.Typed(was), f.Typed(is); a != b || f.Name == "tax_code" && old.TaxCode != now.TaxCode {
			list = append(list, Difference{Name: f.Name, Was: a, Now: b})
		}
	}
	return list
}

// twice refuses a row that names the same vendor as one before it.
func (t *vendorTaker) twice(r *rowReader, v registry.Vendor) {
	if n := t.rowTax[v.TaxCode]; n > 0 && v.TaxCode != "" {
		r.refuse("tax_code", "twice", n)
	}
	key := placeKey(v.Name, v.Area)
	for _, x := range t.rowName[key] {
		if x.tax == "" || v.TaxCode == "" {
			r.refuse("name", "twice", x.n)
			break
		}
	}
	if n := t.rowOf[v.ID]; n > 0 && v.ID != "" && len(r.out.Wrong) == 0 {
		r.refuse("name", "twice", n)
	}
	if len(r.out.Wrong) > 0 {
		return
	}
	t.rowTax[v.TaxCode], t.rowOf[v.ID] = r.row.N, r.row.N
	t.rowName[key] = append(t.rowName[key], rowNamed{r.row.N, v.TaxCode})
}

func (v vendorRegister) put(ctx context.Context, tx *store.Tx, actor registry.Actor, row *Row) (intake.Entry, error) {
	put := row.put.(*vendorPut)
	if row.Act == intake.Added {
		made, err := v.RegisterListed(ctx, tx, actor, put.in)
		return intake.Entry{Row: row.N, Act: row.Act, ID: string(made.ID), Version: made.Version}, err
	}
	was, now, err := v.EditListed(ctx, tx, actor, put.old, put.in)
	return intake.Entry{Row: row.N, Act: row.Act, ID: string(now.ID), Version: now.Version, Before: intake.KeepVendor(was)}, err
}

func left(e intake.Entry) registry.Vendor {
	return registry.Vendor{ID: registry.VendorID(e.ID), Version: e.Version}
}

func (v vendorRegister) back(ctx context.Context, tx *store.Tx, actor registry.Actor, e intake.Entry) error {
	if e.Act == intake.Added {
		return v.RemoveListed(ctx, tx, actor, left(e))
	}
	before, err := intake.KeptVendor(e.Before)
	if err != nil {
		return err
	}
	return v.RestoreListed(ctx, tx, actor, left(e), before)
}

func (v vendorRegister) free(ctx context.Context, tx *store.Tx, actor registry.Actor, e intake.Entry) error {
	_, err := v.Untouched(ctx, tx, actor, left(e), e.Act == intake.Added)
	return err
}
