package print

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"hoicho/internal/i18n"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit/need"
)

func signPDF(t testing.TB, lang string, signs ...Sign) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteBoothSigns(&b, lang, signs, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func posterPDF(t testing.TB, lang string, posters ...Poster) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteGatePosters(&b, lang, posters); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func testPoster(size PosterSize) Poster {
	return Poster{Size: size, Event: fair, Gate: "Cổng A", QRText: pass.GateURL(testBase, "57240000")}
}

func TestBoothSignIsReadAndSaysWhoIsThere(t *testing.T) {
	t.Parallel()
	cards := testPasses(t, 6)
	pdf := signPDF(t, i18n.Vietnamese, Sign{Event: fair, Card: cards[0], Goods: "Miến dong"}, Sign{Event: fair, Card: cards[5]})
	if got := readSymbols(t, pdf, 60); len(got) != 2 || got[0] != cards[0].QRText || got[1] != cards[5].QRText {
		t.Errorf("read %q", got)
	}
	text := textOf(t, pdf)
	for _, want := range []string{"A01", "A02", "HTX Nông nghiệp", "sạch Tài Hoan", "Miến dong", "Quét mã để biết", cards[0].Code} {
		if !strings.Contains(text, want) && !strings.Contains(strings.ReplaceAll(text, " ", ""), want) {
			t.Errorf("%q is not on the sign: %s", want, text)
		}
	}
}

func TestGatePosterIsReadAtBothSizes(t *testing.T) {
	t.Parallel()
	for size, want := range map[PosterSize]box{PosterA4: {0, 0, 210, 297}, PosterA3: {0, 0, 297, 420}} {
		pdf := posterPDF(t, i18n.Vietnamese, testPoster(size))
		if got := readSymbols(t, pdf, 40); len(got) != 1 || got[0] != testPoster(size).QRText {
			t.Errorf("%s: read %q", size, got)
		}
		_, pages := readWords(t, pdf)
		if len(pages) != 1 || math.Abs(pages[0].w-want.w) > 0.5 || math.Abs(pages[0].h-want.h) > 0.5 {
			t.Errorf("%s: pages of %+v, want %+v", size, pages, want)
		}
		text := textOf(t, pdf)
		for _, want := range []string{"Cổng A", "22–25/11/2026 · 07:00–17:00", "hoicho.thainguyen.gov.vn/c/57240000", "Tôi đã đến", "Không hỏi tên"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the poster: %s", size, want, text)
			}
		}
	}
}

func TestLongNothingLeavesSignsAndPosters(t *testing.T) {
	need.Long(t)
	t.Parallel()
	card := testPasses(t, 1)[0]
	var signs []Sign
	var posters []Poster
	for i, text := range hostile {
		other := hostile[len(hostile)-1-i]
		e := Event{Title: text, Venue: other}
		card.Booth, card.Vendor, card.Test = other, text, i%2 == 0
		signs = append(signs, Sign{Event: e, Card: card, Goods: other})
		posters = append(posters, Poster{Event: e, Gate: other, QRText: pass.GateURL(testBase, "57240000")})
	}
	for _, lang := range i18n.Languages {
		for name, paper := range map[string]struct {
			pdf    []byte
			symbol box
		}{
			"sign":   {signPDF(t, lang, signs...), box{12 + 9, 163 + 9, 92 - 18, 92 - 18}},
			"poster": {posterPDF(t, lang, posters...), box{47 + 12, 93 + 12, 116 - 24, 116 - 24}},
		} {
			words, pages := readWords(t, paper.pdf)
			if len(pages) != len(hostile) {
				t.Errorf("%s: %d pages", name, len(pages))
			}
			for _, w := range words {
				if !w.box.within(pages[w.page]) || w.box.overlaps(paper.symbol) {
					t.Errorf("%s %s page %d: %.40q at %+v", name, lang, w.page+1, w.text, w.box)
				}
			}
			if text := textOf(t, paper.pdf); strings.Contains(text, "print.") {
				t.Errorf("%s %s: a key is on the paper", name, lang)
			}
		}
	}
}

func TestSignsAndPostersFail(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 3000)
	if err := WriteBoothSigns(&bytes.Buffer{}, i18n.Vietnamese, []Sign{{Card: PassCard{Booth: "A05", QRText: long}}}, nil); err == nil || !strings.Contains(err.Error(), "A05") {
		t.Errorf("sign: %v", err)
	}
	if err := WriteGatePosters(&bytes.Buffer{}, i18n.Vietnamese, []Poster{{Gate: "Cổng A", QRText: long}}); err == nil || !strings.Contains(err.Error(), "Cổng A") {
		t.Errorf("poster: %v", err)
	}
	if err := WriteBoothSigns(brokenWriter{}, i18n.Vietnamese, nil, nil); err == nil {
		t.Error("a writer that fails is no error")
	}
}

func TestSignProgress(t *testing.T) {
	t.Parallel()
	card := testPasses(t, 1)[0]
	last := 0
	err := WriteBoothSigns(&bytes.Buffer{}, i18n.Vietnamese, []Sign{{Card: card}, {Card: card}}, func(done, total int) {
		if done != last+1 || total != 2 {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil || last != 2 {
		t.Errorf("%d steps, %v", last, err)
	}
}

func TestDaysText(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		first string
		days  int
	}{
		"22/11/2026": {"2026-11-22", 1}, "22–25/11/2026": {"2026-11-22", 4}, "30/11–02/12/2026": {"2026-11-30", 3},
		"30/12/2026–02/01/2027": {"2026-12-30", 4}, "05/02/2027": {"2027-02-05", 0}, "soon": {"soon", 2},
	} {
		if got := daysText(c.first, c.days); got != want {
			t.Errorf("%s + %d is %q, want %q", c.first, c.days, got, want)
		}
	}
}

func TestEventDaysAndHours(t *testing.T) {
	t.Parallel()
	uneven := []registry.EventDay{{Day: "2026-12-01", OpensAt: 420, ClosesAt: 1020}, {Day: "2026-11-30", OpensAt: 480, ClosesAt: 1020}}
	for name, c := range map[string]struct {
		days             []registry.EventDay
		wantDays, wantHr string
	}{
		"even":     {fair.Days, "22–25/11/2026", "07:00–17:00"},
		"uneven":   {uneven, "30/11–01/12/2026", ""},
		"none":     {nil, "", ""},
		"no hours": {[]registry.EventDay{{Day: "2026-11-22"}}, "22/11/2026", ""},
		"no date":  {[]registry.EventDay{{Day: "?"}}, "?", ""},
	} {
		if got := eventDays(c.days); got != c.wantDays {
			t.Errorf("%s: days %q, want %q", name, got, c.wantDays)
		}
		if got := eventHours(c.days); got != c.wantHr {
			t.Errorf("%s: hours %q, want %q", name, got, c.wantHr)
		}
	}
}
