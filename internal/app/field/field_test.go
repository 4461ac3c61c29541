package field_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/field"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// shop is a subject with a field of every kind, shopForm what is typed for it.
type (
	shop struct {
		Name   string
		Kind   registry.VendorKind
		Group  registry.ProductGroup
		About  string
		Rows   []string
		Open   bool
		Area   registry.AreaRef
		Phone  string
		Email  string
		Tax    registry.TaxCode
		GTIN   string
		Price  int64
		Booths int
		Staff  int
		Since  string
		At     registry.Point
		Days   []int
		Opens  int
		Seen   int64
	}
	shopForm struct {
		Name, Kind, Group, About, Rows, Area, Phone, Email, Tax, GTIN, Price, Booths, Staff, Since, At, Hour, Opens, Seen string
		Open                                                                                                              bool
		Days                                                                                                              []string
	}
)

var fields = field.List[shopForm, shop]{
	{Name: "name", Kind: field.Line, Section: "a", Max: 10, Required: true, Public: true, Quoted: true,
		At: func(in *shopForm, s *shop) (any, any) { return &in.Name, &s.Name }},
	{Name: "kind", Kind: field.Choice, Section: "a", Codes: field.Codes(registry.VendorKinds), Texts: fact.VendorKind, Required: true, Public: true, Quoted: true,
		At: func(in *shopForm, s *shop) (any, any) { return &in.Kind, &s.Kind }},
	{Name: "group", Kind: field.Pick, Section: "a", Codes: field.Codes(registry.ProductGroups), Texts: fact.ProductGroup, Quoted: true,
		At: func(in *shopForm, s *shop) (any, any) { return &in.Group, &s.Group }},
	{Name: "about", Kind: field.Text, Section: "b", Max: 20, At: func(in *shopForm, s *shop) (any, any) { return &in.About, &s.About }},
	{Name: "rows", Kind: field.Lines, Section: "b", Max: 20, Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Rows, &s.Rows }},
	{Name: "open", Kind: field.Tick, Section: "b", Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Open, &s.Open }},
	{Name: "area", Kind: field.Area, Section: "b", Apart: true, Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Area, &s.Area }},
	{Name: "phone", Kind: field.Phone, Section: "b", At: func(in *shopForm, s *shop) (any, any) { return &in.Phone, &s.Phone }},
	{Name: "email", Kind: field.Email, Section: "b", At: func(in *shopForm, s *shop) (any, any) { return &in.Email, &s.Email }},
	{Name: "tax", Kind: field.Tax, Section: "b", Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Tax, &s.Tax }},
	{Name: "gtin", Kind: field.GTIN, Section: "b", At: func(in *shopForm, s *shop) (any, any) { return &in.GTIN, &s.GTIN }},
	{Name: "price", Kind: field.Money, Section: "b", Max: 1_000_000, Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Price, &s.Price }},
	{Name: "booths", Kind: field.Count, Section: "b", Max: 20, Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Booths, &s.Booths }},
	{Name: "staff", Kind: field.Count, Section: "b", Max: 20, Zero: true, Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Staff, &s.Staff }},
	{Name: "since", Kind: field.Date, Section: "b", Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Since, &s.Since }},
	{Name: "at", Kind: field.Point, Section: "b", Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.At, &s.At }},
	{Name: "days", Kind: field.Rows, Section: "b", Apart: true, Public: true, Quoted: true, Texts: fact.Text,
		Said: func(s *shop) []string { return make([]string, 0, len(s.Days)) },
		At:   func(in *shopForm, s *shop) (any, any) { return &in.Days, &s.Days }},
	{Name: "hour", Kind: field.Clock, Section: "b", Apart: true, Public: true, Quoted: true, At: func(in *shopForm, _ *shop) (any, any) { return &in.Hour, nil }},
	{Name: "opens", Kind: field.Clock, Section: "b", Apart: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Opens, &s.Opens }},
	{Name: "seen", Kind: field.Date, Section: "b", Apart: true, Quoted: true, At: func(in *shopForm, s *shop) (any, any) { return &in.Seen, &s.Seen }},
}

var (
	typed = shopForm{Name: "Tài Hoan", Kind: "household", Group: "food", About: "Miến dong\nNa Rì", Rows: "một\nhai", Open: true, Area: "2025:01906",
		Phone: "0912 345 678", Email: "a@vi-du.vn", Tax: "0100047516", GTIN: "8930000000019", Price: "45.000", Booths: "3", Staff: "0", Since: "05/02/2026",
		At: "22.4034, 105.6166"}
	stored = shop{Name: "Tài Hoan", Kind: registry.Household, Group: registry.FoodGroup, About: "Miến dong\nNa Rì", Rows: []string{"một", "hai"}, Open: true,
		Phone: "0912345678", Email: "a@vi-du.vn", Tax: "0100047516", GTIN: "8930000000019", Price: 45000, Booths: 3, Since: "2026-02-05",
		At: registry.Point{LatE6: 22403400, LonE6: 105616600}}
)

// read reads a form, and returns the fields at fault.
func read(in shopForm, s *shop) (faults []string) {
	r := core.Input{Today: "2026-11-22"}
	fields.Read(&r, in, s)
	for _, f := range r.Faults {
		faults = append(faults, f.Field+" "+f.Key)
	}
	return faults
}

// valueOf is a field of a shop as its form shows it.
func valueOf(name string, s shop) string {
	i := slices.Index(fields.Names(), name)
	return fields[i].Typed(fields.Input(s))
}

func TestAFormIsReadAsItIsTyped(t *testing.T) {
	var got shop
	if faults := read(typed, &got); faults != nil {
		t.Fatal(faults)
	}
	for _, f := range fields {
		if f.Apart {
			continue
		}
		if a, b := valueOf(f.Name, got), valueOf(f.Name, stored); a != b || a == "" {
			t.Errorf("%s is read as %q, want %q", f.Name, a, b)
		}
	}
	if got.Area != (registry.AreaRef{}) || got.Phone != stored.Phone {
		t.Errorf("read is %+v", got)
	}
}

func TestAStoredSubjectIsShownAsItIsTyped(t *testing.T) {
	var got shop
	read(typed, &got)
	got.Area, got.Opens = registry.AreaRef{Edition: registry.Edition2025, Code: "01906"}, 7*60+30
	in := fields.Input(got)
	in.Opens = ""
	for i, want := range fields {
		if want.Kind != field.Rows && fields[i].Typed(in) != fields[i].Typed(typed) {
			t.Errorf("%s is shown as %q, want %q", want.Name, fields[i].Typed(in), fields[i].Typed(typed))
		}
	}
	for name, want := range map[string]string{"opens": "07:30", "hour": ""} {
		if text := valueOf(name, got); text != want {
			t.Errorf("%s is shown as %q, want %q", name, text, want)
		}
	}
}

func TestNothingIsShownWhereNothingIsStored(t *testing.T) {
	for _, f := range fields {
		want := map[string]string{"staff": "0", "days": "[]", "opens": "00:00"}[f.Name]
		if got := f.Typed(fields.Input(shop{})); got != want {
			t.Errorf("%s is shown as %q, want %q", f.Name, got, want)
		}
	}
}

func TestWhatIsWrongIsNotedAtItsField(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*shopForm)
		want   string
	}{
		"the greatest length is taken":      {func(in *shopForm) { in.Name = strings.Repeat("ế", 10) }, ""},
		"a letter more is too long":         {func(in *shopForm) { in.Name = strings.Repeat("ế", 11) }, "name error.too_long"},
		"what is needed is asked for":       {func(in *shopForm) { in.Name = "" }, "name error.required"},
		"blanks are nothing":                {func(in *shopForm) { in.Name = " \u200b" }, "name error.required"},
		"a choice that is needed":           {func(in *shopForm) { in.Kind = "" }, "kind error.choose"},
		"a choice that is none":             {func(in *shopForm) { in.Kind = "x" }, "kind error.choose"},
		"a choice that may be left open":    {func(in *shopForm) { in.Group = "" }, ""},
		"a choice that is none, of many":    {func(in *shopForm) { in.Group = "x" }, "group error.choose"},
		"a text of the greatest length":     {func(in *shopForm) { in.About = strings.Repeat("a\n", 9) + "aa" }, ""},
		"a text that is too long":           {func(in *shopForm) { in.About = strings.Repeat("a", 21) }, "about error.too_long"},
		"a list that is too long":           {func(in *shopForm) { in.Rows = strings.Repeat("a", 21) }, "rows error.too_long"},
		"a phone number":                    {func(in *shopForm) { in.Phone = "113" }, "phone error.phone"},
		"an address":                        {func(in *shopForm) { in.Email = "a" }, "email error.vendor.email"},
		"a tax code":                        {func(in *shopForm) { in.Tax = "1" }, "tax error.tax_code"},
		"a bar code":                        {func(in *shopForm) { in.GTIN = "1" }, "gtin error.gtin"},
		"the highest price":                 {func(in *shopForm) { in.Price = "1 triệu" }, ""},
		"a price above it":                  {func(in *shopForm) { in.Price = "1.000.001" }, "price error.number_too_big"},
		"as many as there may be":           {func(in *shopForm) { in.Booths = "20" }, ""},
		"one more":                          {func(in *shopForm) { in.Booths = "21" }, "booths event.fault.between"},
		"fewer than none":                   {func(in *shopForm) { in.Booths = "-1" }, "booths error.negative"},
		"a number that is none":             {func(in *shopForm) { in.Booths = "ba" }, "booths error.number"},
		"a day that there is not":           {func(in *shopForm) { in.Since = "31/2/2026" }, "since error.date"},
		"a place that there is not":         {func(in *shopForm) { in.At = "đây" }, "at event.fault.place"},
		"what is not needed may be missing": {func(in *shopForm) { *in = shopForm{Name: in.Name, Kind: in.Kind} }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in, want := typed, []string(nil)
			c.change(&in)
			if c.want != "" {
				want = []string{c.want}
			}
			field, _, _ := strings.Cut(c.want, " ")
			got := read(in, &shop{})
			if len(got) != len(want) || len(want) == 1 && !strings.HasPrefix(got[0], field+" ") || len(want) == 1 && strings.Contains(c.want, ".fault.") && got[0] != c.want {
				t.Errorf("faults %q, want %q", got, want)
			}
		})
	}
}

func TestTheMaskOfAStoredNumberLeavesIt(t *testing.T) {
	s := shop{Tax: "012345678901"}
	in := typed
	in.Tax = s.Tax.String()
	if in.Tax == string(s.Tax) {
		t.Fatalf("the number is not masked: %s", in.Tax)
	}
	if faults := read(in, &s); faults != nil || s.Tax != "012345678901" {
		t.Errorf("it became %s, %v", string(s.Tax), faults)
	}
	in.Tax = ""
	if faults := read(in, &s); faults != nil || s.Tax != "" {
		t.Errorf("taken away it became %s, %v", string(s.Tax), faults)
	}
}

func TestADraftTakesTheFieldsOfOnePage(t *testing.T) {
	draft := shopForm{Name: "Cũ", About: "Cũ", Open: false}
	got := fields.On("b").Merge(draft, typed)
	if got.Name != "Cũ" || got.Kind != "" || got.About != typed.About || !got.Open {
		t.Errorf("the draft is %+v", got)
	}
	if names := fields.On("a").Names(); !slices.Equal(names, []string{"name", "kind", "group"}) {
		t.Errorf("the first page has %v", names)
	}
	if names := fields.Names(); len(names) != len(fields) {
		t.Errorf("all are %v", names)
	}
}

func TestATickIsTypedAsOne(t *testing.T) {
	for open, want := range map[bool]string{true: "1", false: ""} {
		if got := valueOf("open", shop{Open: open}); got != want {
			t.Errorf("%t is %q, want %q", open, got, want)
		}
	}
}

func TestPublicFieldsAloneAreCopied(t *testing.T) {
	from, to := stored, shop{About: "giữ"}
	from.Days = []int{1}
	fields.Public(&to, &from)
	if to.Name != from.Name || to.Kind != from.Kind || len(to.Days) != 1 || to.About != "giữ" || to.Phone != "" || to.Price != 0 {
		t.Errorf("the public is given %+v", to)
	}
}

func TestOfAnythingMadeTheQuotedFieldsAreKept(t *testing.T) {
	s := stored
	s.Area = registry.AreaRef{Edition: registry.Edition2025, Code: "01906"}
	s.Days, s.Seen = nil, 1793768400000
	list := slices.DeleteFunc(slices.Clone(fields), func(f field.Field[shopForm, shop]) bool { return f.Name == "hour" })
	got := list.Quoted("shop", s).String()
	want := `[["shop.name","text","Tài Hoan"],["shop.kind","code:vendor.kind.","household"],["shop.group","code:product.group.","food"],` +
		`["shop.rows","text",["một","hai"]],["shop.open","yes","yes"],["shop.area","area","2025:01906"],["shop.tax","text","0100047516"],` +
		`["shop.price","amount","45000"],["shop.booths","count","3"],["shop.staff","count","0"],["shop.since","date","2026-02-05"],` +
		`["shop.at","text","22.4034, 105.6166"],["shop.seen","instant","1793768400000"]]`
	if got != want {
		t.Errorf("kept is\n%s, want\n%s", got, want)
	}
}

func TestADifferenceQuotesWhatItMay(t *testing.T) {
	now := stored
	now.Name, now.About, now.Phone, now.Booths = "Nhà Tám", "Khác", "0987654321", 4
	want := `[["shop.name","text","Tài Hoan","Nhà Tám"],["shop.about","changed"],["shop.phone","changed"],["shop.booths","count","3","4"]]`
	if got := fields.Difference("shop", stored, now).String(); got != want {
		t.Errorf("the difference is\n%s, want\n%s", got, want)
	}
	if got := fields.Difference("shop", stored, stored).String(); got != "[]" {
		t.Errorf("of nothing it is %s", got)
	}
	same := stored
	same.Days = []int{}
	if got := fields.Difference("shop", stored, same).String(); got != "[]" {
		t.Errorf("of no days and no days it is %s", got)
	}
	same.Days = []int{1}
	if got := fields.Difference("shop", stored, same).String(); got != `[["shop.days","changed"]]` {
		t.Errorf("of a day it is %s", got)
	}
}
