package print

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

func testSheet(lang string) Sheet {
	return Sheet{Lang: lang, Event: fair, Gate: "Cổng A", Day: "Chủ Nhật 22/11/2026",
		PrintedAt: time.Date(2026, 11, 22, 6, 10, 0, 0, time.FixedZone("+07", 7*3600))}
}

// testListed are n lines of every kind that enters.
func testListed(n int) []ListedPass {
	lines := make([]ListedPass, n)
	for i := range lines {
		l := ListedPass{Booth: fmt.Sprintf("A%02d", 1+i/5), Vendor: "HTX Nông nghiệp sạch Tài Hoan", Kind: registry.StaffPass,
			Ordinal: 1 + i%5, OrdinalOf: 4, Code: fmt.Sprintf("31415926%04d", i), Blocked: i%17 == 3}
		if i%5 == 4 {
			l.Kind, l.Label, l.Ordinal = registry.VehiclePass, "97C-012.34", 0
		}
		if i >= n-3 {
			l = ListedPass{Kind: registry.OfficialPass, Label: "Sở Công Thương", Code: l.Code}
		}
		lines[i] = l
	}
	return lines
}

func listPDF(t testing.TB, list GateList) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteGateList(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGateListSaysWhoIsExpected: every pass with its digits, the head on every
// page, blocked passes said in words, both languages.
func TestGateListSaysWhoIsExpected(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][]string{
		i18n.Vietnamese: {"Danh sách kiểm soát ở cổng", "Cổng A · Chủ Nhật 22/11/2026", "In lúc 06:10 22/11/2026", "Trang 1/3", "Trang 3/3",
			"Nhân viên 1/4", "Xe chở hàng · 97C-012.34", "Ban tổ chức", "Sở Công Thương", "THẺ BỊ KHÓA", "3141 5926 0049", "Người trực cổng"},
		i18n.English: {"Gate list", "Printed 06:10 22/11/2026", "Page 2/3", "Staff 1/4", "Vehicle · 97C-012.34", "PASS BLOCKED", "Out again", "Steward (signature"},
	} {
		list := GateList{Sheet: testSheet(lang), Passes: testListed(50)}
		text := textOf(t, listPDF(t, list))
		for _, w := range append(want, "A01", "A10") {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is not on the paper", lang, w)
			}
		}
		for i, l := range list.Passes {
			if !strings.Contains(text, inFours(l.Code)) {
				t.Errorf("%s: line %d, %s, is missing", lang, i+1, l.Code)
			}
		}
		if n := strings.Count(text, fair.Title); n != 3 {
			t.Errorf("%s: the head stands on %d of 3 pages", lang, n)
		}
		if n := strings.Count(text, i18n.T(lang, "print.list.blocked")); n != 3 {
			t.Errorf("%s: %d of 3 blocked passes say so", lang, n)
		}
		if strings.Contains(text, "print.") {
			t.Errorf("%s: a key is on the paper", lang)
		}
	}
}

func TestGateListHasRoomForOthers(t *testing.T) {
	t.Parallel()
	for n, pages := range map[int]int{0: 1, 19: 1, 20: 2, 22: 2, 41: 2, 42: 3, 1000: 46} {
		if got := GateListPages(n); got != pages {
			t.Errorf("%d passes: %d pages, want %d", n, got, pages)
		}
	}
}

func TestThousandPassesAreListed(t *testing.T) {
	t.Parallel()
	pdf := listPDF(t, GateList{Sheet: testSheet(i18n.Vietnamese), Passes: testListed(1000)})
	if n := strings.Count(textOf(t, pdf), "Trang "); n != 46 {
		t.Errorf("%d pages", n)
	}
}

// TestNothingLeavesItsLine: whatever people put into names stays within its row and
// column, and so does a sheet's head.
func TestNothingLeavesItsLine(t *testing.T) {
	t.Parallel()
	sheet := testSheet(i18n.English)
	lines := testListed(len(hostile))
	for i := range lines {
		lines[i].Vendor, lines[i].Booth, lines[i].Label = hostile[i], hostile[len(hostile)-1-i], hostile[i]
		lines[i].Ordinal, lines[i].OrdinalOf = 1234, 99999
	}
	for _, i := range []int{2, 8, 9, 13} {
		sheet.Event.Title, sheet.Gate = hostile[i], hostile[len(hostile)-1-i]
		words, pages := readWords(t, listPDF(t, GateList{Sheet: sheet, Passes: lines}))
		for _, w := range words {
			checkOnSheet(t, w, pages[w.page])
		}
	}
	var b bytes.Buffer
	if err := WriteTallySheets(&b, i18n.English, []TallySheet{{Sheet: sheet, Hours: []int{7, 8}}}); err != nil {
		t.Fatal(err)
	}
	words, pages := readWords(t, b.Bytes())
	for _, w := range words {
		if !w.box.within(pages[w.page].inset(sheetEdge / 2)) {
			t.Errorf("%.40q at %+v leaves the tally sheet", w.text, w.box)
		}
	}
}

// checkOnSheet fails for a word that leaves its row or its column.
func checkOnSheet(t *testing.T, w word, page box) {
	t.Helper()
	if !w.box.within(page.inset(sheetEdge / 2)) {
		t.Errorf("page %d: %.40q at %+v leaves the sheet", w.page+1, w.text, w.box)
	}
	top := sheetTop + listHead
	if w.box.y < top || w.box.y > top+GateListRows*listRow {
		return
	}
	row := int((w.box.y + w.box.h/2 - top) / listRow)
	x := sheetEdge
	for _, c := range listColumns[:4] { // what is said of a blocked pass goes over the others
		cell := box{x, top + float64(row)*listRow, c.width, listRow}
		if w.box.x >= cell.x && w.box.x < cell.x+cell.w {
			if !w.box.within(cell) {
				t.Errorf("page %d: %.40q at %+v leaves its cell %+v", w.page+1, w.text, w.box, cell)
			}
			return
		}
		x += c.width
	}
}

func TestTallySheetHasEveryHour(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string][]string{
		i18n.Vietnamese: {"Phiếu đếm khách", "Cổng A", "Chủ Nhật 22/11/2026", "Trẻ em", "Cả ngày", "Người trực cổng", "Trang 2/2"},
		i18n.English:    {"Visitor tally sheet", "Children", "Whole day", "Steward"},
	} {
		first, second := testSheet(lang), testSheet(lang)
		second.Gate = ""
		hours := []int{7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
		var b bytes.Buffer
		if err := WriteTallySheets(&b, lang, []TallySheet{{first, hours}, {second, slices.Concat([]int{0, 1, 2, 3, 4, 5, 6}, hours, []int{17, 18, 19, 20, 21, 22, 23})}}); err != nil {
			t.Fatal(err)
		}
		text := textOf(t, b.Bytes())
		for _, w := range append(want, "7–8h", "16–17h", "23–24h", i18n.T(lang, "print.sheet.all_gates")) {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is not on the paper", lang, w)
			}
		}
	}
}
