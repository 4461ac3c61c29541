package print

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"hoicho/internal/fonts"
)

const (
	mmPerPoint = 25.4 / 72
	lineHeight = 1.3  // of the size: room for the stacked marks of Ẫ and Ộ
	ascent     = 1.0  // of the size, from the top of a line to its baseline
	sizeStep   = 0.25 // points between two sizes that are tried
	longest    = 800  // letters that are looked at: more fit into no box
	ellipsis   = '…'
)

// face knows how wide each letter of a font is, in thousandths of the size.
type face map[rune]float64

var faces = sync.OnceValue(func() (f struct{ regular, bold face }) {
	f.regular, f.bold = readFace(fonts.Regular), readFace(fonts.Bold)
	return f
})

// faceOf is the regular or the bold face.
func faceOf(bold bool) face {
	if bold {
		return faces().bold
	}
	return faces().regular
}

// readFace reads the widths of an embedded font, which is known to be good.
func readFace(ttf []byte) face {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic(fmt.Errorf("embedded font: %w", err))
	}
	var buf sfnt.Buffer
	widths := face{}
	for r := rune(' '); r < 0xffff; r++ {
		glyph, err := f.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		advance, err := f.GlyphAdvance(&buf, glyph, fixed.I(1000), font.HintingNone)
		if err != nil {
			panic(fmt.Errorf("embedded font: %w", err))
		}
		widths[r] = float64(advance) / 64
	}
	return widths
}

// width is how wide a text is at a size, in mm.
func (f face) width(text string, size float64) float64 {
	var sum float64
	for _, r := range text {
		sum += f[r]
	}
	return sum / 1000 * size * mmPerPoint
}

// clean makes a text printable: NFC, no control characters, nothing that the font
// has no letter for, single spaces.
func clean(text string) string {
	known := faceOf(false)
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '\u2011':
			b.WriteByte('-')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsControl(r), r == '\u200b':
		case known[r] > 0:
			b.WriteRune(r)
		default:
			b.WriteString(baseLetter(r, known))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// baseLetter is a letter without marks that the font lacks, or nothing.
func baseLetter(r rune, known face) string {
	base, _ := utf8.DecodeRuneInString(norm.NFKD.String(string(r)))
	if base < 0xffff && known[base] > 0 && !unicode.IsMark(base) {
		return string(base)
	}
	return ""
}

// fitted is a text cut into lines at the size at which it fits.
type fitted struct {
	size  float64
	lines []string
}

// height is how high the lines are together, in mm.
func (f fitted) height() float64 {
	return float64(len(f.lines)) * f.size * lineHeight * mmPerPoint
}

// fit finds the largest size from st.size down to st.least at which the text fits
// the width and height in at most st.lines lines. At the least size it is cut.
func fit(text string, st style, w, h float64) fitted {
	text = clean(text)
	if text == "" || w <= 0 || h <= 0 {
		return fitted{size: st.size}
	}
	text = atMost(text, longest)
	f := faceOf(st.bold)
	most := max(st.lines, 1)
	for size := st.size; size >= st.least; size -= sizeStep {
		lines := f.wrap(text, size, w)
		got := fitted{size, lines}
		if len(lines) <= most && got.height() <= h && !f.brokeWord(text, lines) {
			got.lines = f.balance(text, got, w)
			return got
		}
	}
	return f.cut(text, st, w, h, most)
}

// atMost is the first n letters of a text.
func atMost(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

// balance makes the lines of a text about equally long, without adding one.
func (f face) balance(text string, fit fitted, w float64) []string {
	best := fit.lines
	for low, high := 0.0, w; len(best) > 1 && high-low > 0.5; {
		middle := (low + high) / 2
		lines := f.wrap(text, fit.size, middle)
		if len(lines) > len(best) || f.brokeWord(text, lines) {
			low = middle
			continue
		}
		best, high = lines, middle
	}
	return best
}

// cut makes the text fit at the least size, with an ellipsis if it has to.
func (f face) cut(text string, st style, w, h float64, most int) fitted {
	rows := int(h / (st.least * lineHeight * mmPerPoint))
	most = max(1, min(most, rows))
	lines := f.wrap(text, st.least, w)
	if len(lines) > most {
		last := []rune(lines[most-1])
		for len(last) > 0 && f.width(string(last)+string(ellipsis), st.least) > w {
			last = last[:len(last)-1]
		}
		lines = append(lines[:most-1:most-1], strings.TrimRight(string(last), " ")+string(ellipsis))
	}
	return fitted{st.least, lines}
}

// brokeWord reports whether wrapping cut a word in two: a smaller size is better
// than that.
func (f face) brokeWord(text string, lines []string) bool {
	return len(strings.Fields(text)) < len(strings.Fields(strings.Join(lines, " ")))
}

// wrap cuts a text into lines no wider than w, at spaces, and within words that
// are wider than a line by themselves.
func (f face) wrap(text string, size, w float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if joined := strings.TrimPrefix(line+" "+word, " "); f.width(joined, size) <= w {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		line = word
		for line != "" && f.width(line, size) > w {
			head := f.headOf(line, size, w)
			lines = append(lines, head)
			line = line[len(head):]
		}
	}
	return append(lines, line)
}

// headOf is as much of a word as fits the width, one letter at least.
func (f face) headOf(word string, size, w float64) string {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && f.width(word[:next], size) > w {
			break
		}
		end = next
	}
	return word[:end]
}
