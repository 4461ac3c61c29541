package imports_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/app/imports"
	"hoicho/internal/registry"
	"hoicho/internal/store/intake"
	"hoicho/internal/testkit"
)

// office is an officer with files to take in.
type office struct {
	*testkit.Kit
	t       *testing.T
	officer registry.Actor
}

func newOffice(t *testing.T) *office {
	k := testkit.NewApp(t)
	officer, _ := k.Officer(registry.Organiser, "19")
	return &office{k, t, officer}
}

// sent uploads a file of vendors.
func (o *office) sent(name, data string) intake.Import {
	o.t.Helper()
	x, err := o.App.Imports.Upload(o.t.Context(), o.officer, intake.Vendors, &core.Upload{Name: name, Data: []byte(data)})
	testkit.Works(o.t, err)
	return x
}

func (o *office) plan(x intake.Import) imports.Plan {
	o.t.Helper()
	p, err := o.App.Imports.Preview(o.t.Context(), o.officer, x.ID)
	testkit.Works(o.t, err)
	return p
}

// taken writes a file that is right.
func (o *office) taken(name, data string) intake.Import {
	o.t.Helper()
	x := o.sent(name, data)
	p := o.plan(x)
	if p.Wrong > 0 {
		o.t.Fatalf("%s is wrong: %v", name, said(p))
	}
	testkit.Works(o.t, o.App.Imports.Start(o.t.Context(), o.officer, x.ID, p.Digest))
	return o.ran(x)
}

// ran has the waiting job done and returns the import as it stands then.
func (o *office) ran(x intake.Import) intake.Import {
	o.t.Helper()
	if ran, err := o.App.RunJob(o.t.Context()); err != nil || !ran {
		o.t.Fatalf("the job ran: %v (%v)", ran, err)
	}
	now, err := o.App.Imports.Import(o.t.Context(), o.officer, x.ID)
	testkit.Works(o.t, err)
	return now
}

// said are the faults of a plan, as "C17 key".
func said(p imports.Plan) (list []string) {
	for _, r := range p.Rows {
		for _, w := range r.Wrong {
			list = append(list, w.Cell+" "+w.Fault.Key)
		}
	}
	return list
}

func noted(p imports.Plan) (list []string) {
	for _, r := range p.Rows {
		for _, n := range r.Notes {
			list = append(list, n.Cell+" "+n.Now)
		}
	}
	return list
}

const head = "STT;Tên cơ sở;Loại hình;MST;Địa chỉ (xã);SĐT\n"

func TestVendorsComeFromAFile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	x := o.taken("ds.csv", "\xEF\xBB\xBF"+head+
		"1;HTX Tài Hoan;HTX;0100047516;Xã Ba Bể, T. Thái Nguyên;0912 345 678\n"+
		"2;Hộ Hoàng Thị Lan;Hộ KD;;xa ba be;0912345679\n")
	if x.State != intake.Done || x.Added != 2 || x.Changed != 0 {
		t.Fatalf("stands as %+v", x)
	}
	l, err := o.App.Vendors.OfficeVendors(t.Context(), o.officer, registry.VendorFilter{})
	if err != nil || l.Total != 2 {
		t.Fatalf("%d vendors (%v)", l.Total, err)
	}
	v := l.Vendors[1]
	if v.Name != "HTX Tài Hoan" || v.Kind != registry.Cooperative || v.TaxCode != "0100047516" || v.Area != testkit.BaBe || v.Phone != "0912345678" || v.State != registry.VendorActive {
		t.Errorf("stored %+v", v)
	}
	if n := len(o.Audited("vendor.create")); n != 2 {
		t.Errorf("%d lines of the log tell of the vendors", n)
	}
	if n := len(o.Audited("import.done")); n != 1 {
		t.Errorf("%d lines of the log tell of the import", n)
	}
	again := o.plan(o.sent("ds.csv", head+"1;HTX Tài Hoan;HTX;0100047516;Ba Bể;0912 345 678\n2;Hộ Hoàng Thị Lan;hộ;;Ba Bể;0987654321\n"))
	if again.Same != 1 || again.Changed != 1 || again.Rows[1].Changes[0].Now != "0987 654 321" {
		t.Errorf("the same file again: %+v", again.Rows)
	}
}

func TestEveryFaultIsSaidAtItsCell(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name, v.TaxCode = "HTX Nhung Lũy", "0100047516" }))
	p := o.plan(o.sent("ds.csv", head+
		"1;HTX Một;HTX;3.01234E+11;Ba Bể;0912345678\n"+
		"2;;HTX;;Ba Bể;0912345678\n"+
		"3;HTX Ba;ngân hàng;;Không Đâu;0900\n"+
		"4;HTX Bốn;HTX;;Ba Bể;\n"+
		"5;HTX Bốn;HTX;;xã Ba Bể;\n"+
		"6;HTX Sáu;HTX;0100047515;Ba Bể;\n"))
	want := "D2 import.cell.rounded|B3 error.required|C4 import.cell.choice|E4 error.area_unknown|F4 error.phone|B6 import.cell.twice|D7 error.tax_code_check"
	if got := strings.Join(said(p), "|"); got != want {
		t.Errorf("said\n%s, want\n%s", got, want)
	}
	if err := o.App.Imports.Start(t.Context(), o.officer, p.Import.ID, p.Digest); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a file with faults was started: %v", err)
	}
}

func TestNumbersKeepTheirZerosOrAreRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	f := excelize.NewFile()
	for i, row := range [][]any{{"Tên cơ sở", "Loại hình", "Mã số thuế", "Xã", "Điện thoại"},
		{"HTX Một", "HTX", 100047516, "Ba Bể", 912345678}, {"HTX Hai", "HTX", "0100047516", "Ba Bể", "0912345679"}} {
		testkit.Works(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	var buf bytes.Buffer
	testkit.Works(t, f.Write(&buf))
	p := o.plan(o.sent("ds.xlsx", buf.String()))
	if got := strings.Join(said(p), "|"); got != "C2 import.cell.zero_lost" {
		t.Errorf("said %s", got)
	}
	if got := strings.Join(noted(p), "|"); !strings.Contains(got, "E2 0912345678") {
		t.Errorf("noted %s", got)
	}
}

func TestAnImportIsTakenBackAsFarAsNothingHangsOnIt(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	was := o.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name, v.TaxCode = "HTX Cũ", "001099012345" }))
	x := o.taken("ds.csv", head+"1;HTX Cũ;DN;001099012346;Ba Bể;0987654321\n2;HTX Hai;HTX;;Ba Bể;\n3;HTX Ba;HTX;;Ba Bể;\n")
	if x.Added != 3 { // another personal number is another vendor
		t.Fatalf("added %d, changed %d", x.Added, x.Changed)
	}
	y := o.taken("ds2.csv", head+"1;HTX Cũ;DN;001099012345;Ba Bể;0987654321\n")
	if y.Changed != 1 {
		t.Fatalf("changed %d", y.Changed)
	}
	l, err := o.App.Vendors.OfficeVendors(t.Context(), o.officer, registry.VendorFilter{Text: "HTX Hai"})
	testkit.Works(t, err)
	o.Product(l.Vendors[0])
	effect, err := o.App.Imports.UndoEffect(t.Context(), o.officer, x.ID)
	if err != nil || effect != (imports.Effect{Removed: 2, Kept: 1}) {
		t.Errorf("it would do %+v (%v)", effect, err)
	}
	testkit.Works(t, o.App.Imports.Undo(t.Context(), o.officer, x.ID, x.Version))
	if x = o.ran(x); x.State != intake.Undone || x.Kept != 1 || x.Done != 2 {
		t.Errorf("undone: %+v", x)
	}
	testkit.Works(t, o.App.Imports.Undo(t.Context(), o.officer, y.ID, y.Version))
	y = o.ran(y)
	got, err := o.App.Vendors.OfficeVendor(t.Context(), o.officer, was.ID)
	if err != nil || got.Vendor.Kind != was.Kind || got.Vendor.Phone != was.Phone || got.Vendor.TaxCode != was.TaxCode {
		t.Errorf("put back: %+v (%v), want %+v", got.Vendor, err, was)
	}
}
