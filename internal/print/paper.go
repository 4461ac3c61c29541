package print

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"hoicho/internal/fonts"
	"hoicho/internal/i18n"
	"hoicho/internal/pass"
)

// colour is red, green and blue.
type colour [3]int

// The colours of the papers: those of the pages.
var (
	white = colour{255, 255, 255}
	black = colour{0, 0, 0}
	ink   = colour{27, 31, 36}
	grey  = colour{80, 89, 100}
	line  = colour{160, 160, 160}
	navy  = colour{20, 48, 79}
	deep  = colour{15, 37, 64}
	red   = colour{179, 38, 30}
	gold  = colour{226, 176, 74}
	cream = colour{255, 253, 248}
	green = colour{26, 104, 67}
	amber = colour{143, 86, 0}
)

// box is a place on the paper.
type box struct{ x, y, w, h float64 }

// inset is the box without a margin on every side.
func (b box) inset(by float64) box { return box{b.x + by, b.y + by, b.w - 2*by, b.h - 2*by} }

// align is where lines stand in their box.
type align int

const (
	left align = iota
	centre
	right
)

// style is how a text is drawn: size is what is tried first, least what it may
// shrink to, both in points; lines is how many there may be.
type style struct {
	bold        bool
	size, least float64
	lines       int
	colour      colour
	align       align
	middle      bool // in the middle of the height
}

// paper is a PDF being drawn.
type paper struct {
	pdf    *fpdf.Fpdf
	setter *fonts.Setter
	lang   string
}

// newPaper begins a PDF in a language, with pages of one size. title stands in the
// window of whoever opens it.
func newPaper(lang, title string, w, h float64) *paper {
	pdf := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: w, Ht: h}})
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetTitle(clean(title), true)
	pdf.SetLang(lang)
	pdf.SetCreator("hoicho", false)
	pdf.SetProducer("hoicho", false)
	return &paper{pdf: pdf, setter: fonts.NewSetter(pdf), lang: lang}
}

// write ends the PDF.
func (p *paper) write(w io.Writer) error {
	p.legend()
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("writing PDF: %w", err)
	}
	return nil
}

// page begins a page.
func (p *paper) page() {
	p.legend()
	p.pdf.AddPage()
}

// legend says at the foot of a page what the substitute means that stands on it.
func (p *paper) legend() {
	if !p.setter.Lacked() {
		return
	}
	_, height := p.pdf.GetPageSize()
	st := style{size: 5, colour: ink}
	text := clean(p.t("print.lacking", fonts.Substitute))
	b := box{sheetEdge, height - 9, faceOf(false).Width(text, st.size) + 1, 1.9}
	if height < a4Height {
		b.x, b.y = 3, height-2.2 // below what stands at the foot of a card
	}
	p.rect(b, white)
	p.text(b.x+0.5, b.y+1.5, st, text)
	p.setter.Lacked() // of the legend itself
}

// t is a word of the paper in its language.
func (p *paper) t(key string, args ...any) string { return i18n.T(p.lang, key, args...) }

func (p *paper) rect(b box, c colour) {
	p.pdf.SetFillColor(c[0], c[1], c[2])
	p.pdf.Rect(b.x, b.y, b.w, b.h, "F")
}

// outline draws the edge of a box inside it.
func (p *paper) outline(b box, thick float64, c colour) {
	p.pen(thick, c)
	b = b.inset(thick / 2)
	p.pdf.Rect(b.x, b.y, b.w, b.h, "D")
}

// pen sets what lines are drawn with.
func (p *paper) pen(thick float64, c colour) {
	p.pdf.SetDrawColor(c[0], c[1], c[2])
	p.pdf.SetLineWidth(thick)
}

// text draws a line with its baseline at y. The text has to be clean.
func (p *paper) text(x, y float64, st style, text string) {
	p.pdf.SetTextColor(st.colour[0], st.colour[1], st.colour[2])
	p.setter.Line(faceOf(st.bold), st.size, x, y, text)
}

// block draws a text in its box, made to fit, and gives the height that it took.
func (p *paper) block(b box, st style, text string) float64 {
	f := fit(text, st, b.w, b.h)
	st.size = f.size
	y := b.y
	if st.middle {
		y += (b.h - f.height()) / 2
	}
	for _, row := range f.lines {
		x := b.x
		switch spare := b.w - faceOf(st.bold).Width(row, st.size); st.align {
		case centre:
			x += spare / 2
		case right:
			x += spare
		}
		p.text(x, y+ascent*st.size*mmPerPoint, st, row)
		y += st.size * lineHeight * mmPerPoint
	}
	return f.height()
}

// digits draws a code in groups of four with every digit in a cell of one width,
// so that codes of two passes can be compared by laying them together.
func (p *paper) digits(b box, size float64, code string) {
	const gap = 0.45 // of a cell, between groups
	st := style{bold: true, size: size, colour: ink}
	groups := (len(code) - 1) / 4
	cell := min(0.76*size*mmPerPoint, b.w/(float64(len(code))+gap*float64(groups)))
	x := b.x + (b.w-cell*(float64(len(code))+gap*float64(groups)))/2
	y := b.y + (b.h+0.74*size*mmPerPoint)/2 // capitals are 0.74 high
	for i := range len(code) {
		if i > 0 && i%4 == 0 {
			x += gap * cell
		}
		digit := code[i : i+1]
		p.text(x+(cell-faceOf(true).Width(digit, size))/2, y, st, digit)
		x += cell
	}
}

// symbol draws a QR symbol with its quiet zone in a white square of the given
// side. All of it is one path, so that no viewer shows seams.
func (p *paper) symbol(x, y, side float64, s pass.Symbol) {
	p.rect(box{x, y, side, side}, white)
	module := side / float64(s.Size()+2*pass.QuietZone)
	var b strings.Builder
	b.WriteString("0 g\n")
	for _, r := range s.Rects() {
		fmt.Fprintf(&b, "%d %d %d %d re\n", r.X+pass.QuietZone, r.Y+pass.QuietZone, r.W, r.H)
	}
	b.WriteString("f")
	p.raw(x, y, module, b.String())
}

// raw writes PDF operators in a frame of its own: the origin at x, y, y downwards,
// and a unit of so many mm.
func (p *paper) raw(x, y, unit float64, operators string) {
	_, height := p.pdf.GetPageSize()
	k := p.pdf.GetConversionRatio()
	p.pdf.RawWriteStr(fmt.Sprintf("q %.5f 0 0 %.5f %.3f %.3f cm\n%s\nQ\n", unit*k, -unit*k, x*k, (height-y)*k, operators))
}
