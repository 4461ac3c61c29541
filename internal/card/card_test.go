package card

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"hoicho/internal/fonts"
)

func drawn(t testing.TB, c Card) *image.RGBA {
	t.Helper()
	data, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	rgba := image.NewRGBA(img.Bounds())
	for y := range Height {
		for x := range Width {
			rgba.Set(x, y, img.At(x, y))
		}
	}
	return rgba
}

// rows are those in which something in the colour of paper is written.
func rows(img *image.RGBA) (written []int) {
	for y := range Height {
		for x := range Width {
			if img.RGBAAt(x, y) == paper {
				written = append(written, y)
				break
			}
		}
	}
	return written
}

var session = Card{Kicker: "Phiên chợ", Title: "Phiên chợ đưa hàng Việt về Ba Bể", Lines: []string{"30/11–02/12/2026", "Sân vận động xã Ba Bể, Thái Nguyên"}, Site: "Hội chợ & phiên chợ hàng Việt"}

func TestCardHasTheSizeThatNetworksAskFor(t *testing.T) {
	t.Parallel()
	if got := drawn(t, session).Bounds(); got != image.Rect(0, 0, 1200, 630) {
		t.Errorf("it is %v", got)
	}
}

func TestNothingIsWrittenBeyondTheMargins(t *testing.T) {
	t.Parallel()
	c := session
	c.Title = strings.Repeat("Phiên chợ đưa hàng Việt về xã vùng cao ", 6)
	c.Lines = append(c.Lines, strings.Repeat("Nhà văn hóa thôn ", 12), "một dòng nữa", "và một dòng nữa")
	img := drawn(t, c)
	for y := range Height - bandHigh {
		for _, x := range []int{margin / 2, Width - margin/2} {
			if img.RGBAAt(x, y) != navy {
				t.Fatalf("something is written at %d, %d", x, y)
			}
		}
	}
	if w := rows(img); w[len(w)-1] > Height-bandHigh-60 {
		t.Errorf("the last line stands at %d, over the name of the site", w[len(w)-1])
	}
}

func TestALongTitleShowsMoreRowsThanAShortOne(t *testing.T) {
	t.Parallel()
	long := session
	long.Title += " và các xã lân cận trong tuần cuối của tháng"
	if a, b := len(rows(drawn(t, session))), len(rows(drawn(t, long))); a >= b {
		t.Errorf("%d rows of the short one, %d of the long one", a, b)
	}
}

func TestWhatIsStoppedIsStamped(t *testing.T) {
	t.Parallel()
	c := session
	c.Stop = "TẠM HOÃN"
	if drawn(t, session).RGBAAt(Width-margin-4, 80) == red || drawn(t, c).RGBAAt(Width-margin-4, 80) != red {
		t.Error("the stamp stands where nothing is stopped, or does not where something is")
	}
}

func BenchmarkCard(b *testing.B) {
	for b.Loop() {
		if _, err := session.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestNoWordOfATitleStandsAlone: a name that is two words long was cut, and its second word
// stood in a line of its own.
func TestNoWordOfATitleStandsAlone(t *testing.T) {
	t.Parallel()
	p := fonts.NewPainter(image.NewRGBA(image.Rect(0, 0, Width, Height)))
	full := p.Wrap(fonts.Face{Bold: true}, titleSize, Width-2*margin, session.Title)
	lines := title(p, session.Title)
	if len(lines) != len(full) || strings.Join(lines, " ") != session.Title {
		t.Fatalf("%q of %q", lines, full)
	}
	for _, line := range lines {
		if 2*p.Width(fonts.Face{Bold: true}, titleSize, line) < widest(p, lines) {
			t.Errorf("%q is far shorter than the others of %q", line, lines)
		}
	}
}
