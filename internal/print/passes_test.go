package print

import (
	"bytes"
	"errors"
	"image"
	_ "image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"

	"hoicho/internal/i18n"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit/need"
)

func TestLongThousandPassesAreReadFromTheirPages(t *testing.T) {
	need.Long(t)
	t.Parallel()
	cards := testPasses(t, 1000)
	pdf := sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Event: fair, Cards: cards})
	got := readSymbols(t, pdf, 120, cardsOfA4()...)
	want := make([]string, len(cards))
	for i, c := range cards {
		want[i] = c.QRText
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d symbols read of %d, or other texts", len(got), len(want))
	}
}

// cardsOfA4 are the places where a sheet is cut.
func cardsOfA4() []box {
	var cards []box
	for place := range columns * rows {
		cards = append(cards, box{marginX + float64(place%columns)*cardWidth, marginY + float64(place/columns)*cardHeight, cardWidth, cardHeight})
	}
	return cards
}

func TestEveryA6PassIsRead(t *testing.T) {
	t.Parallel()
	cards := testPasses(t, 10)
	got := readSymbols(t, sheetPDF(t, PassSheet{Lang: i18n.English, Layout: A6, Event: fair, Cards: cards}), 100)
	if len(got) != len(cards) {
		t.Fatalf("%d symbols read of %d", len(got), len(cards))
	}
	for i, c := range cards {
		if got := got[i]; got != c.QRText {
			t.Errorf("page %d reads %s, want %s", i+1, got, c.QRText)
		}
	}
}

func TestPassSaysWhatItIs(t *testing.T) {
	t.Parallel()
	cards := testPasses(t, 5)
	for _, layout := range []Layout{A4x8, A6} {
		for lang, kinds := range map[string][]string{
			i18n.Vietnamese: {"GIAN HÀNG", "NHÂN VIÊN", "XE CHỞ HÀNG", "BAN TỔ CHỨC", "KHÁCH MỜI"},
			i18n.English:    {"BOOTH", "STAFF", "VEHICLE", "OFFICIAL", "VISITOR"},
		} {
			text := textOf(t, sheetPDF(t, PassSheet{Lang: lang, Layout: layout, Event: fair, Cards: cards}))
			want := append([]string{"2/4", "97C-012.34", "Sở Công Thương", "Phiên chợ đưa hàng Việt về Ba Bể", "22–23/11/2026", "A01"}, kinds...)
			for _, c := range cards {
				want = append(want, c.Code)
			}
			for _, w := range want {
				// Digits stand in cells, which readers of text take for spaces.
				if !strings.Contains(text, w) && !strings.Contains(strings.ReplaceAll(text, " ", ""), w) {
					t.Errorf("%s %s: %q is not on the paper", layout, lang, w)
				}
			}
			if strings.Contains(text, "print.") {
				t.Errorf("%s %s: a key is on the paper: %s", layout, lang, text)
			}
		}
	}
}

// textOf is all text of a PDF, its white space made single.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(run(t, "pdftotext", "-layout", pdfFile(t, pdf), "-")), " ")
}

func TestTestPassSaysSo(t *testing.T) {
	t.Parallel()
	cards := testPasses(t, 2)
	cards[1].Test = true
	text := textOf(t, sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Event: fair, Cards: cards}))
	if n := strings.Count(text, i18n.T(i18n.Vietnamese, "print.test")); n != 1 {
		t.Errorf("the words for training stand on %d of 2 passes, want 1", n)
	}
}

// hostile are texts that people and attackers put into names.
var hostile = []string{
	"", " ", "😀😀 Chợ 🐃", "漢字 かな", "\x00\x01\x02", "Ba\u0300 Be\u0302\u0309", "\u202eABC\u202c", "a\u200b\u200bb",
	strings.Repeat("W", 10_000), strings.Repeat("Công ty trách nhiệm hữu hạn ", 400), "(\\) %PDF ) Tj ET", "\xff\xfe not UTF-8",
	"một\ndòng\r\nhai\tdòng", "<b>A05</b>", strings.Repeat("ỆỘẪ", 50), "ﬁﬂ ½ ₫ № ★ → “ngoặc”",
}

func TestLongNothingLeavesItsCard(t *testing.T) {
	need.Long(t)
	t.Parallel()
	for _, layout := range []Layout{A4x8, A6} {
		cards := testPasses(t, len(hostile))
		for i := range cards {
			cards[i].Vendor, cards[i].Booth, cards[i].Label = hostile[i], hostile[len(hostile)-1-i], hostile[i]
			cards[i].Ordinal, cards[i].OrdinalOf = 1234, 99999
		}
		for _, i := range []int{0, 2, 8, 9, 13} {
			e := Event{Title: hostile[i], Venue: hostile[len(hostile)-1-i]}
			words, pages := readWords(t, sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Layout: layout, Event: e, Cards: cards}))
			for _, w := range words {
				checkInCard(t, layout, w, pages[w.page])
			}
			if len(words) < 12*len(cards)/4 {
				t.Errorf("%s: only %d words on the paper", layout, len(words))
			}
		}
	}
}

// checkInCard fails for a word across the edge of a card or over a symbol.
func checkInCard(t *testing.T, layout Layout, w word, page box) {
	t.Helper()
	card := page
	symbol := box{18 + 5, 66.5 + 5, 69 - 10, 69 - 10}
	if layout == A4x8 {
		if w.box.y > marginY+rows*cardHeight {
			return // what the substitute means
		}
		column, row := math.Floor((w.box.x-marginX)/cardWidth), math.Floor((w.box.y+w.box.h/2-marginY)/cardHeight)
		card = box{marginX + column*cardWidth, marginY + row*cardHeight, cardWidth, cardHeight}
		symbol = box{card.x + 2 + 4, card.y + 14.2 + 4, 38.8 - 8, 38.8 - 8}
	}
	if !w.box.within(card) {
		t.Errorf("%s page %d: %.40q at %+v leaves its card", layout, w.page+1, w.text, w.box)
	}
	if w.box.overlaps(symbol) {
		t.Errorf("%s page %d: %.40q at %+v lies over the symbol", layout, w.page+1, w.text, w.box)
	}
}

// The symbol alone is at least 30 mm wide for every length of host.
func TestLongSymbolIsLargeEnough(t *testing.T) {
	need.Long(t)
	t.Parallel()
	need.Program(t, "pdftoppm")
	for _, base := range []string{"https://hoicho.vn", testBase, "https://hoicho-phiencho.sct.thainguyen.gov.vn"} {
		for _, layout := range []Layout{A4x8, A6} {
			card := testPasses(t, 1)[0]
			_, rest, _ := strings.Cut(card.QRText, "/t/")
			card.QRText = base + "/t/" + rest
			pdf := sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Layout: layout, Event: fair, Cards: []PassCard{card}})
			if mm := symbolWidth(t, pdf, card.QRText); mm < 30 {
				t.Errorf("%s, %s: the symbol is %.1f mm wide", layout, base, mm)
			}
		}
	}
}

// symbolWidth measures the symbol of a page from its finder patterns.
func symbolWidth(t *testing.T, pdf []byte, text string) float64 {
	t.Helper()
	const dpi = 150
	stem := filepath.Join(t.TempDir(), "page")
	if err := exec.Command("pdftoppm", "-gray", "-png", "-singlefile", "-r", strconv.Itoa(dpi), pdfFile(t, pdf), stem).Run(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(stem + ".png")
	if err != nil {
		t.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	got, err := qrcode.NewQRCodeMultiReader().DecodeMultiple(bitmap, hints)
	if err != nil || len(got) != 1 || got[0].GetText() != text {
		t.Fatalf("read %v, %v", got, err)
	}
	p := got[0].GetResultPoints()
	apart := math.Hypot(p[2].GetX()-p[1].GetX(), p[2].GetY()-p[1].GetY())
	symbol, err := pass.NewSymbol(text)
	if err != nil {
		t.Fatal(err)
	}
	return apart / float64(symbol.Size()-7) * float64(symbol.Size()) / dpi * 25.4
}

func TestPassesAreVectorsWithOneCopyOfEachFont(t *testing.T) {
	t.Parallel()
	pdf := sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Event: fair, Cards: testPasses(t, 100)})
	if n := bytes.Count(pdf, []byte("/FontFile2 ")); n != 2 {
		t.Errorf("%d embedded fonts, want 2", n)
	}
	if bytes.Contains(pdf, []byte("/Subtype /Image")) {
		t.Error("there is a picture in the file")
	}
	if len(pdf) > 100*8_000 {
		t.Errorf("100 passes are %d bytes", len(pdf))
	}
}

func TestProgressCountsEachPass(t *testing.T) {
	t.Parallel()
	var seen []int
	sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Event: fair, Cards: testPasses(t, 130), Progress: func(done, total int) {
		if total != 130 {
			t.Errorf("total is %d", total)
		}
		seen = append(seen, done)
	}})
	for i, done := range seen {
		if done != i+1 {
			t.Fatalf("step %d says %d", i+1, done)
		}
	}
	if len(seen) != 130 {
		t.Errorf("%d steps", len(seen))
	}
}

func TestPassesFail(t *testing.T) {
	t.Parallel()
	cards := testPasses(t, 3)
	if err := WritePasses(brokenWriter{}, PassSheet{Lang: i18n.Vietnamese, Event: fair, Cards: cards}); !errors.Is(err, errBroken) {
		t.Errorf("a writer that fails: %v", err)
	}
	cards[1].QRText = strings.Repeat("x", 3000)
	err := WritePasses(&bytes.Buffer{}, PassSheet{Lang: i18n.Vietnamese, Event: fair, Cards: cards})
	if err == nil || !strings.Contains(err.Error(), cards[1].Code) {
		t.Errorf("a text that no symbol holds: %v", err)
	}
}

var errBroken = errors.New("disk full")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestNoPassesIsAnEmptyPage(t *testing.T) {
	t.Parallel()
	_, pages := readWords(t, sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Event: fair}))
	if len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
}

func TestCardOfTakesTheTextOfTheSymbol(t *testing.T) {
	t.Parallel()
	p := &registry.Pass{Kind: registry.StaffPass, Code: "123456789012", Proof: "0042", Label: "L", Ordinal: 2, OrdinalOf: 4, FirstDay: "2026-11-22", Days: 3, Test: true}
	got := CardOf(p, "https://hoicho.vn/", "A05", "HTX Tài Hoan")
	want := PassCard{Kind: registry.StaffPass, Code: "123456789012", QRText: "https://hoicho.vn/t/123456789012#0042", Booth: "A05", Vendor: "HTX Tài Hoan",
		Label: "L", Ordinal: 2, OrdinalOf: 4, FirstDay: "2026-11-22", Days: 3, Test: true}
	if got != want {
		t.Errorf("%+v", got)
	}
}

func BenchmarkPasses200(b *testing.B) { benchmarkPasses(b, 200) }

func BenchmarkPasses1000(b *testing.B) { benchmarkPasses(b, 1000) }

func benchmarkPasses(b *testing.B, n int) {
	cards := testPasses(b, n)
	b.ReportAllocs()
	for b.Loop() {
		sheetPDF(b, PassSheet{Lang: i18n.Vietnamese, Event: fair, Cards: cards})
	}
}
