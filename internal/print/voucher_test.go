package print

import (
	"bytes"
	"fmt"
	"testing"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
)

// testVouchers is a sheet of n vouchers.
func testVouchers(t testing.TB, n int) VoucherSheet {
	t.Helper()
	ring := newRing(t)
	sheet := VoucherSheet{Lang: "vi", Event: Event{Title: "Phiên chợ đưa hàng Việt về Ba Bể", Venue: "Sân vận động xã Ba Bể"}, Pack: 3, Title: "Bản Nà Mạ",
		Value: "50.000 ₫", Words: "Năm mươi nghìn đồng", FirstDay: "2026-11-22", Days: 4, Scope: registry.PackAtBooths, Booths: []string{"A05", "B12"}}
	for i := range n {
		p := registry.Pass{Code: pass.NewCode(), Kind: registry.VoucherPass, EventNumber: 17, Pack: 3, Ordinal: i + 1}
		proof, _, err := ring.Sign(pass.ClaimsOf(&p))
		if err != nil {
			t.Fatal(err)
		}
		sheet.Vouchers = append(sheet.Vouchers, Voucher{Code: p.Code, QRText: pass.Text(testBase, p.Code, proof), Serial: i + 1})
	}
	return sheet
}

func voucherPDF(t testing.TB, sheet VoucherSheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteVouchers(&b, sheet); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestVoucherSaysWhatItIsWorthAndWhere(t *testing.T) {
	text := run(t, "pdftotext", "-layout", pdfFile(t, voucherPDF(t, testVouchers(t, 9))), "-")
	for _, want := range []string{"PHIẾU MUA HÀNG", "50.000 ₫", "Năm mươi nghìn đồng", "Bản Nà Mạ", "Tập 3 · Số 0009", "22–25/11/2026", "Chỉ tại gian A05, B12"} {
		if !bytes.Contains([]byte(text), []byte(want)) {
			t.Errorf("no voucher says %q:\n%s", want, text)
		}
	}
}

func TestHandoutListHasEverySerialAndNoName(t *testing.T) {
	var b bytes.Buffer
	sheet := HandoutSheet{Sheet: Sheet{Lang: "vi", Event: Event{Title: "Phiên chợ"}}, Pack: 3, Title: "Bản Nà Mạ", Value: "50.000 ₫", From: 1, Until: 50}
	if err := WriteHandout(&b, sheet); err != nil {
		t.Fatal(err)
	}
	text := run(t, "pdftotext", "-layout", pdfFile(t, b.Bytes()), "-")
	for n := 1; n <= 50; n++ {
		if !bytes.Contains([]byte(text), []byte(fmt.Sprintf("%04d", n))) {
			t.Errorf("number %d is missing", n)
		}
	}
}

func BenchmarkVouchers1000(b *testing.B) {
	sheet := testVouchers(b, 1000)
	for b.Loop() {
		voucherPDF(b, sheet)
	}
}
