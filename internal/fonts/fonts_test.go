package fonts

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/unicode/norm"

	"hoicho/internal/testkit/need"
)

const vietnamese = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"

// names are of people and places whose languages have letters of their own.
//
//go:embed testdata/letters.txt
var names string

var everyFace = func() (all []Face) {
	for f := range chains {
		all = append(all, f)
	}
	return all
}()

func TestEveryFaceHasEveryLetter(t *testing.T) {
	t.Parallel()
	for _, f := range everyFace {
		for _, r := range vietnamese + strings.ToUpper(vietnamese) + "0123456789 .,;:!?()/–—-“”‘’…•·×₫%&@+" + Substitute {
			if _, ok := f.spell(string(r)); !ok {
				t.Errorf("%+v: no letter %q", f, r)
			}
		}
		for _, r := range vietnamese {
			if _, ok := f.chain()[0].glyphs()[r]; !ok {
				t.Errorf("%+v: %q is not of the face itself", f, r)
			}
		}
		for _, name := range strings.Split(strings.TrimSpace(names), "\n") {
			if got := Clean(name); got != norm.NFC.String(name) {
				t.Errorf("%q is printed as %q", name, got)
			}
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ba Bể":                            "Ba Bể",
		norm.NFD.String("Phiên chợ Ba Bể"): "Phiên chợ Ba Bể",
		"Chợ 😀 vui 🐃":                      "Chợ □ vui □",
		"👍🏽 ❤️ 1️⃣":                        "□ □ 1□",
		"  hai\n\tdòng\r\n":                "hai dòng",
		"a\x00b\x1b[31m":                   "ab[31m",
		"漢字":                               "□□",
		"\u202eABC":                        "ABC",
		"số\u2011hiệu":                     "số-hiệu",
		"ﬁ ％ Ⅳ":                            "fi % IV",
		"\xff\xfeA":                        "□□A",
		"₫ 85.000":                         "₫ 85.000",
		"u\u031b\u0306 b\u0335":            "ư̆ b̵",
		"a\u0483":                          "a□",
	} {
		if got := Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLackingNamesTheLetters(t *testing.T) {
	t.Parallel()
	if got := Lacking(names, "Quán 漢 phở 漢字 😀️", "□ ﬁ ½"); !slices.Equal(got, []string{"漢", "字", "😀️"}) {
		t.Errorf("lacking %q", got)
	}
}

func TestWrapKeepsMarksWithTheirLetter(t *testing.T) {
	t.Parallel()
	word := strings.Repeat("ư̆", 30)
	lines := Face{}.Wrap(word, 12, 10)
	if strings.Join(lines, "") != word || len(lines) < 5 {
		t.Fatalf("wrapped as %q", lines)
	}
	for _, line := range lines {
		if strings.Count(line, "ư") != strings.Count(line, "\u0306") {
			t.Errorf("a mark was cut off: %q", line)
		}
	}
}

// TestLettersAreDrawn looks at the picture of every letter of the names in every
// face: something is there, it is not the box of a font without it, and a mark that
// was placed stands clear above or below its letter, over its middle.
func TestLettersAreDrawn(t *testing.T) {
	t.Parallel()
	var letters []string
	for letter := range Letters(Clean(names + " " + vietnamese + strings.ToUpper(vietnamese) + " " + "x̣ ḅ m̆ ẽ̂ Ȧ̱")) {
		if first := []rune(letter)[0]; unicode.IsLetter(first) && !slices.Contains(letters, letter) {
			letters = append(letters, letter)
		}
	}
	for _, f := range []Face{{}, {Bold: true}, {Serif: true}, {Serif: true, Bold: true}, {Serif: true, Italic: true}, {Serif: true, Bold: true, Italic: true}} {
		page := drawn(t, f, letters)
		for i, letter := range letters {
			ink := page.ink(i)
			if ink.Empty() {
				t.Errorf("%+v: %q is not drawn", f, letter)
				continue
			}
			spelled, _ := f.spell(letter)
			if len(spelled.glyphs) < 2 {
				continue
			}
			if bands := page.bands(i); bands < len(spelled.glyphs) {
				t.Errorf("%+v: %q shows %d parts one over the other, want %d", f, letter, bands, len(spelled.glyphs))
			}
		}
	}
}

// picture is letters drawn in cells of a page.
type picture struct {
	*image.Gray
	columns int
}

const (
	cell = 15.0 // mm
	dpi  = 150
)

// drawn makes a PDF of letters and has it drawn by an independent program.
func drawn(t *testing.T, f Face, letters []string) picture {
	t.Helper()
	const columns = 18
	rows := (len(letters) + columns - 1) / columns
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: columns * cell, Ht: float64(rows) * cell}})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()
	s := NewSetter(pdf)
	for i, letter := range letters {
		s.Line(f, 24, float64(i%columns)*cell+4, float64(i/columns)*cell+10, letter)
	}
	var buf bytes.Buffer
	if err := pdf.Output(&buf); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if shots := os.Getenv("HOICHO_SHOTS"); shots != "" {
		dir = shots
	}
	stem := filepath.Join(dir, fmt.Sprintf("letters-%v-%v-%v", f.Serif, f.Bold, f.Italic))
	if err := os.WriteFile(stem+".pdf", buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(need.Program(t, "pdftoppm"), "-gray", "-png", "-singlefile", "-r", fmt.Sprint(dpi), stem+".pdf", stem).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v: %s", err, out)
	}
	raw, err := os.ReadFile(stem + ".png")
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	grey := image.NewGray(img.Bounds())
	draw.Draw(grey, grey.Bounds(), img, image.Point{}, draw.Src)
	return picture{grey, columns}
}

// area is the cell of a letter, in dots.
func (p picture) area(i int) image.Rectangle {
	at := func(n int) int { return int(float64(n) * cell * dpi / 25.4) }
	x, y := i%p.columns, i/p.columns
	return image.Rect(at(x), at(y), at(x+1), at(y+1)).Intersect(p.Bounds())
}

func (p picture) black(x, y int) bool { return p.GrayAt(x, y).Y < 128 }

// ink is the box around what is drawn of a letter.
func (p picture) ink(i int) (r image.Rectangle) {
	area := p.area(i)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if p.black(x, y) {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

// bands is into how many parts white lines cut a letter, from top to bottom.
func (p picture) bands(i int) (n int) {
	area, before := p.area(i), false
	for y := area.Min.Y; y < area.Max.Y; y++ {
		now := false
		for x := area.Min.X; x < area.Max.X && !now; x++ {
			now = p.black(x, y)
		}
		if now && !before {
			n++
		}
		before = now
	}
	return n
}
