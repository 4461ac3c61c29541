package pass

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os/exec"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"hoicho/internal/registry"
	"hoicho/internal/testkit/need"
)

// host makes a base address whose host has n characters.
func host(n int) string { return "https://" + strings.Repeat("h", n-3) + ".vn" }

func testSymbol(t testing.TB, text string) Symbol {
	t.Helper()
	s, err := NewSymbol(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSymbolIsSmallEnough(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 15, registry.KeyActive, "a"))
	for letters, most := range map[int]int{9: 41, 24: 45} {
		for range 20 {
			c := staffClaims
			c.Code = NewCode()
			text := Text(host(letters), c.Code, signed(t, ring, c))
			if got := testSymbol(t, text).Size(); got > most {
				t.Errorf("host of %d letters: %d modules, at most %d", letters, got, most)
			}
		}
	}
}

func TestSymbolsAreReadBack(t *testing.T) {
	t.Parallel()
	for _, text := range symbolTexts(t) {
		if got, err := decode(testSymbol(t, text)); err != nil || got != text {
			t.Errorf("%s: read as %q, %v", text, got, err)
		}
	}
}

// Codes and proofs are random, so a few hundred show masks and patterns that a
// handful does not.
func TestManySymbolsAreReadBack(t *testing.T) {
	t.Parallel()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	for range 300 {
		c := staffClaims
		c.Code = NewCode()
		text := Text(host(24), c.Code, signed(t, ring, c))
		if got, err := decode(testSymbol(t, text)); err != nil || got != text {
			t.Errorf("%s: read as %q, %v", text, got, err)
		}
	}
}

// decode reads a symbol with gozxing, the second of the two independent readers.
func decode(s Symbol) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture(s, 2))
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true}
	got, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		return "", err
	}
	return got.GetText(), nil
}

func TestSymbolsAreReadBackByZbar(t *testing.T) {
	t.Parallel()
	zbar := need.Program(t, "zbarimg")
	for _, text := range symbolTexts(t) {
		var file bytes.Buffer
		if err := png.Encode(&file, picture(testSymbol(t, text), 3)); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(zbar, "--quiet", "--raw", "-Sdisable", "-Sqr.enable", "-")
		cmd.Stdin = &file
		out, err := cmd.Output()
		if got := strings.TrimSuffix(string(out), "\n"); err != nil || got != text {
			t.Errorf("%s: read as %q, %v", text, got, err)
		}
	}
}

// symbolTexts are one text of every kind of symbol we print.
func symbolTexts(t *testing.T) []string {
	t.Helper()
	ring := testRing(t, testKey(t, 1, registry.KeyActive, "a"))
	var texts []string
	for _, kind := range registry.PassKinds {
		for _, letters := range []int{9, 24, 45} {
			c := staffClaims
			c.Kind, c.Code = kind, NewCode()
			texts = append(texts, Text(host(letters), c.Code, signed(t, ring, c)))
		}
	}
	texts = append(texts, GateURL(host(24), NewGateCode()))
	return append(texts, `{"v":1,"url":"https://hoicho.vn","token":"Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"}`)
}

// picture draws a symbol from its rectangles, which so are proved to be all of it.
func picture(s Symbol, scale int) *image.Gray {
	side := (s.Size() + 2*QuietZone) * scale
	img := image.NewGray(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for _, r := range s.Rects() {
		for y := (r.Y + QuietZone) * scale; y < (r.Y+r.H+QuietZone)*scale; y++ {
			for x := (r.X + QuietZone) * scale; x < (r.X+r.W+QuietZone)*scale; x++ {
				img.SetGray(x, y, color.Gray{})
			}
		}
	}
	return img
}

func TestRectsCoverEachDarkModuleOnce(t *testing.T) {
	t.Parallel()
	s := testSymbol(t, symbolTexts(t)[0])
	covered := make(map[[2]int]int)
	for _, r := range s.Rects() {
		for y := r.Y; y < r.Y+r.H; y++ {
			for x := r.X; x < r.X+r.W; x++ {
				covered[[2]int{x, y}]++
			}
		}
	}
	dark := 0
	for y, row := range s.Modules {
		for x, isDark := range row {
			want := 0
			if isDark {
				want, dark = 1, dark+1
			}
			if got := covered[[2]int{x, y}]; got != want {
				t.Fatalf("module %d,%d covered %d times, want %d", x, y, got, want)
			}
		}
	}
	if n := len(s.Rects()); n*2 > dark {
		t.Errorf("%d rectangles for %d dark modules: nothing is merged", n, dark)
	}
}

func TestSVGIsWellFormedWhateverTheLabel(t *testing.T) {
	t.Parallel()
	const label = `Thẻ "A05" <script>alert(1)</script> & 'x'`
	svg := testSymbol(t, "https://hoicho.vn/c/57240000").SVG(label)
	var root struct {
		Label string `xml:"aria-label,attr"`
		Paths []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal([]byte(svg), &root); err != nil {
		t.Fatal(err)
	}
	if root.Label != label || len(root.Paths) != 2 || strings.Contains(svg, "<script") {
		t.Errorf("label %q, %d paths", root.Label, len(root.Paths))
	}
}

func TestSymbolOfTooMuchTextFails(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", strings.Repeat("x", 3000)} {
		if s, err := NewSymbol(text); err == nil {
			t.Errorf("%d bytes: a symbol of %d modules", len(text), s.Size())
		}
	}
}

func BenchmarkSymbol(b *testing.B) {
	ring := testRing(b, testKey(b, 1, registry.KeyActive, "a"))
	text := Text(host(24), staffClaims.Code, signed(b, ring, staffClaims))
	for b.Loop() {
		testSymbol(b, text).Rects()
	}
}

// What is printed is this picture: a white square with a margin of four modules and
// the dark modules in it.
func TestSVGDrawsTheSymbolWithinItsMargin(t *testing.T) {
	t.Parallel()
	s := testSymbol(t, "https://hoicho.vn/c/57240000")
	svg := s.SVG("")
	side := s.Size() + 8
	if ground := fmt.Sprintf(`viewBox="0 0 %d %d" `, side, side); !strings.Contains(svg, ground) || !strings.Contains(svg, fmt.Sprintf("M0 0h%dv%dH0z", side, side)) {
		t.Errorf("the ground is not %d modules wide", side)
	}
	_, path, _ := strings.Cut(svg, `<path d="`)
	drawn := map[[2]int]bool{}
	for _, part := range strings.SplitAfter(path, "z") {
		var x, y, w, h, back int
		if n, _ := fmt.Sscanf(part, "M%d %dh%dv%dh-%dz", &x, &y, &w, &h, &back); n < 5 {
			break
		}
		for i := range w * h {
			drawn[[2]int{x + i%w, y + i/w}] = true
		}
		if w != back {
			t.Errorf("%s does not close", part)
		}
	}
	for y := range side {
		for x := range side {
			inside := x >= 4 && y >= 4 && x < side-4 && y < side-4
			if dark := inside && s.Modules[y-4][x-4]; drawn[[2]int{x, y}] != dark {
				t.Fatalf("module %d,%d is dark: %v, want %v", x, y, !dark, dark)
			}
		}
	}
}
