package print

import (
	"bytes"
	"strings"
	"testing"
)

func priceSign() PriceSign {
	return PriceSign{Event: Event{Title: "Phiên chợ đưa hàng Việt về Ba Bể"}, Goods: "Miến dong Tài Hoan", Stall: "Gian A05 · HTX Tài Hoan", Before: "85.000 ₫", Here: "68.000 ₫",
		Unit: "kg", Cut: "giảm 20 %", Terms: "ngày 22–25/11/2026 · mua từ 2 kg", Law: "Mức giảm trong hạn 50 % theo Thông tư 39/2025/TT-BCT (chưa kiểm chứng)."}
}

func TestPriceSignsArePagesOfTheirSize(t *testing.T) {
	t.Parallel()
	for size, want := range map[PriceSignSize]string{PriceSignA6: "419.53 297.64", PriceSignA5: "595.28 422.32"} {
		var buf bytes.Buffer
		if err := WritePriceSigns(&buf, "vi", size, []PriceSign{priceSign(), priceSign()}); err != nil {
			t.Fatal(err)
		}
		if got := buf.String(); !strings.Contains(got, "/MediaBox [0 0 "+want+"]") || strings.Count(got, "/Type /Page\n") != 2 {
			at := strings.Index(got, "/MediaBox")
			t.Errorf("%s: %d pages, %.40s", size, strings.Count(got, "/Type /Page\n"), got[at:])
		}
	}
}

func TestALongPriceSignStaysOnItsPage(t *testing.T) {
	t.Parallel()
	s := priceSign()
	s.Goods, s.Terms, s.Stall = strings.Repeat("Gạo nếp nương ", 30), strings.Repeat("mua từ 2 kg ", 40), strings.Repeat("Hợp tác xã ", 30)
	s.Before, s.Here, s.Unit = "1.000.000.000 ₫", "999.999.999 ₫", strings.Repeat("gói ", 10)
	var buf bytes.Buffer
	if err := WritePriceSigns(&buf, "vi", PriceSignA6, []PriceSign{s}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(buf.String(), "/Type /Page\n"); n != 1 {
		t.Errorf("%d pages", n)
	}
}
