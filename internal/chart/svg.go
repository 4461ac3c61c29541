package chart

import (
	"fmt"
	"html"
	"math"
	"strings"

	"hoicho/internal/fonts"
)

// grain is how many units of an SVG make a millimetre: whole numbers are shorter.
const grain = 10

// SVG is the drawing for a page, whose table or words tell the same to whoever does not see it. Its
// colours are attributes, as a page's policy allows no styles.
func (d Drawing) SVG() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" aria-hidden="true" font-family="Times New Roman,Tinos,Liberation Serif,serif">`, units(d.W), units(d.H))
	for _, a := range d.Areas {
		a.svg(&b)
	}
	for _, l := range d.Lines {
		fmt.Fprintf(&b, `<path d="M%d %dL%d %d" stroke="#%06x" stroke-width="%.4g"/>`, units(l.From.X), units(l.From.Y), units(l.To.X), units(l.To.Y), l.Ink, l.Width*grain)
	}
	for _, t := range d.Texts {
		t.svg(&b)
	}
	b.WriteString(`</svg>`)
	return b.String()
}

func units(mm float64) int { return int(math.Round(mm * grain)) }

func (a Area) svg(b *strings.Builder) {
	fmt.Fprintf(b, `<path fill="#%06x"`, a.Fill)
	if a.Width > 0 {
		fmt.Fprintf(b, ` stroke="#%06x" stroke-width="%.4g"`, a.Edge, a.Width*grain)
	}
	b.WriteString(` d="`)
	for _, ring := range a.Rings {
		x, y := 0, 0
		for i, p := range ring {
			px, py := units(p.X), units(p.Y)
			switch {
			case i == 0:
				fmt.Fprintf(b, "M%d %d", px, py)
			case px == x && py == y:
				continue
			default:
				fmt.Fprintf(b, "l%d %d", px-x, py-y)
			}
			x, y = px, py
		}
		b.WriteString("z")
	}
	if b.WriteString(`"`); a.Tip == "" {
		b.WriteString("/>")
		return
	}
	b.WriteString("><title>" + html.EscapeString(a.Tip) + "</title></path>")
}

func (t Text) svg(b *strings.Builder) {
	// The typeface of whoever looks may be wider: letters are then drawn narrower, so that no text
	// runs into another.
	fmt.Fprintf(b, `<text x="%d" y="%d" font-size="%.4g" textLength="%d" lengthAdjust="spacingAndGlyphs"`,
		units(t.At.X), units(t.At.Y), t.Size*fonts.MMPerPoint*grain, units(t.face().Width(t.Text, t.Size)))
	if t.Bold {
		b.WriteString(` font-weight="700"`)
	}
	if t.Ink != black {
		fmt.Fprintf(b, ` fill="#%06x"`, t.Ink)
	}
	switch t.Anchor {
	case Middle:
		b.WriteString(` text-anchor="middle"`)
	case End:
		b.WriteString(` text-anchor="end"`)
	}
	b.WriteString(">" + html.EscapeString(t.Text) + "</text>")
}
