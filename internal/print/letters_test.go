package print

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/testkit/need"
)

// TestLongEveryPaperShowsEveryLetter puts names of Ê Đê, Jarai, Bahnar and Nùng people on
// every paper and reads it with an independent reader: no letter is lost. What no font
// has is shown as a box and explained.
func TestLongEveryPaperShowsEveryLetter(t *testing.T) {
	need.Long(t)
	t.Parallel()
	raw, err := os.ReadFile("../fonts/testdata/letters.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range append(strings.Split(strings.TrimSpace(string(raw)), "\n"), "Quán 漢 phở") {
		lacking := strings.Contains(name, "漢")
		event := fair
		event.Title, event.Venue = name, name
		for paper, pdf := range papersOf(t, event, name) {
			text := strings.ReplaceAll(norm.NFC.String(textOf(t, pdf)), " ", "")
			want := strings.ReplaceAll(strings.ReplaceAll(norm.NFC.String(name), "漢", "□"), " ", "")
			for _, part := range strings.Split(want, ",") { // a name may go over two lines, with others beside it
				if !strings.Contains(text, part) && !strings.Contains(text, part[:len(part)/2]) {
					t.Errorf("%s, name %d: %q is not in %q", paper, i, part, text)
				}
			}
			legend := strings.ReplaceAll(i18n.T(i18n.Vietnamese, "print.lacking", "□"), " ", "")
			if strings.Contains(text, legend) != lacking {
				t.Errorf("%s, name %d: explains the substitute: %v, want %v", paper, i, !lacking, lacking)
			}
		}
	}
}

// papersOf is every paper of this package with a name wherever people write one.
func papersOf(t *testing.T, event Event, name string) map[string][]byte {
	card := testPasses(t, 1)[0]
	card.Vendor, card.Label = name, name
	official := card
	official.Kind, official.Vendor, official.Booth = registry.OfficialPass, "", ""
	sheet := Sheet{Lang: i18n.Vietnamese, Event: event, Gate: name, Day: "Chủ Nhật 22/11/2026"}
	var tally bytes.Buffer
	if err := WriteTallySheets(&tally, i18n.Vietnamese, []TallySheet{{Sheet: sheet, Hours: []int{7, 8}}}); err != nil {
		t.Fatal(err)
	}
	cards := []PassCard{card, official}
	poster := testPoster(PosterA4)
	poster.Event, poster.Gate = event, name
	return map[string][]byte{
		"passes of A4": sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Event: event, Cards: cards}),
		"passes of A6": sheetPDF(t, PassSheet{Lang: i18n.Vietnamese, Layout: A6, Event: event, Cards: cards}),
		"booth signs":  signPDF(t, i18n.Vietnamese, Sign{Event: event, Card: card, Goods: name}),
		"gate posters": posterPDF(t, i18n.Vietnamese, poster),
		"gate lists":   listPDF(t, GateList{Sheet: sheet, Passes: []ListedPass{{Booth: "A01", Vendor: name, Kind: registry.StaffPass, Label: name, Code: card.Code}}}),
		"tally sheets": tally.Bytes(),
	}
}
