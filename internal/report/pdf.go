package report

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"hoicho/internal/fonts"
)

const (
	mmPerTwip = 25.4 / 1440
	lineOf    = 1.2  // of the size: room for the stacked marks of Ẫ and Ộ
	ascent    = 0.93 // of the size, from the top of a line to its baseline

	pdfLeft, pdfTop = pageLeft * mmPerTwip, pageTop * mmPerTwip
	pdfEnd          = (pageH - pageBottom) * mmPerTwip
	pdfTextW        = textW * mmPerTwip
	pdfCellPad      = 80 * mmPerTwip // as in DOCX
)

// PDF writes the document for print: the paragraphs and tables of DOCX in the same
// measures, in a typeface of the measures of Times.
func (d Document) PDF() ([]byte, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetTitle(fonts.Clean(d.Title+" "+d.Subject), true)
	pdf.SetLang(d.Lang)
	datePDF(pdf, d.Paper.SignedOn)
	w := &pdfWriter{pdf: pdf, set: fonts.NewSetter(pdf)}
	w.page()
	h := d.Letterhead()
	w.sides(headLeftW, headRightW, h.left(), h.right())
	w.paras(pdfLeft, pdfTextW, d.titles()...)
	for _, s := range d.Sections {
		w.section(s)
	}
	w.foot(d, h)
	w.paras(pdfLeft, pdfTextW, d.trail()...)
	if w.set.Lacked() {
		w.paras(pdfLeft, pdfTextW, para{text: texts(d.Lang).T("print.lacking", fonts.Substitute), size: 18, before: 120})
	}
	var buf bytes.Buffer
	if err := pdf.Output(&buf); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return buf.Bytes(), nil
}

// pdfWriter writes from top to bottom; y is where it stands, in mm.
type pdfWriter struct {
	pdf *fpdf.Fpdf
	set *fonts.Setter
	y   float64

	images int
}

// page begins a page. Its number stands in the middle above the text, from the
// second one on.
func (w *pdfWriter) page() {
	w.pdf.AddPage()
	if n := w.pdf.PageNo(); n > 1 {
		w.y = 567 * mmPerTwip
		w.paras(pdfLeft, pdfTextW, para{text: fmt.Sprint(n), size: sizeHeader, align: alignCentre})
	}
	w.y = pdfTop
}

// room begins a new page unless so many mm are left on this one.
func (w *pdfWriter) room(height float64) {
	if w.y+height > pdfEnd {
		w.page()
	}
}

func (p para) face() fonts.Face  { return fonts.Face{Serif: true, Bold: p.bold, Italic: p.italic} }
func (p para) points() float64   { return float64(p.size) / 2 }
func (p para) lineHigh() float64 { return p.points() * lineOf * fonts.MMPerPoint }

// lines are the text of a paragraph as it fits a width.
func (p para) lines(width float64) []string {
	if p.text == "" {
		return []string{""}
	}
	return p.face().WrapAfter(fonts.Clean(p.shown()), p.points(), float64(p.firstLine)*mmPerTwip, width)
}

// height is how high paragraphs of a width are.
func height(width float64, ps ...para) (sum float64) {
	for _, p := range ps {
		sum += float64(p.before+p.after)*mmPerTwip + float64(len(p.lines(width)))*p.lineHigh()
	}
	return sum
}

// paras writes paragraphs of a width, on as many pages as they need.
func (w *pdfWriter) paras(x, width float64, ps ...para) {
	for _, p := range ps {
		w.y += float64(p.before) * mmPerTwip
		if p.borderTop {
			w.pdf.SetLineWidth(0.25)
			w.pdf.Line(x+float64(p.indentLeft)*mmPerTwip, w.y, x+width-float64(p.indentTo)*mmPerTwip, w.y)
		}
		lines := p.lines(width)
		for i, line := range lines {
			w.room(p.lineHigh())
			indent := 0.0
			if i == 0 {
				indent = float64(p.firstLine) * mmPerTwip
			}
			w.line(p, x+indent, width-indent, line, i == len(lines)-1)
			w.y += p.lineHigh()
		}
		w.y += float64(p.after) * mmPerTwip
	}
}

// line sets a line of a paragraph in its place. The last line of a justified one
// stays short.
func (w *pdfWriter) line(p para, x, width float64, text string, last bool) {
	f, y := p.face(), w.y+p.points()*ascent*fonts.MMPerPoint
	spare := width - f.Width(text, p.points())
	words := strings.Fields(text)
	switch {
	case p.align == alignCentre:
		x += spare / 2
	case p.align == alignRight:
		x += spare
	case p.align == alignBoth && !last && len(words) > 1:
		gap := f.Width(" ", p.points()) + spare/float64(len(words)-1)
		for _, word := range words {
			w.set.Line(f, p.points(), x, y, word)
			x += f.Width(word, p.points()) + gap
		}
		return
	}
	w.set.Line(f, p.points(), x, y, text)
}

// sides writes two columns of paragraphs side by side, of widths in twentieths of a
// point.
func (w *pdfWriter) sides(left, right int, a, b []para) {
	top := w.y
	w.paras(pdfLeft, float64(left)*mmPerTwip, a...)
	end := w.y
	w.y = top
	w.paras(pdfLeft+float64(left)*mmPerTwip, float64(right)*mmPerTwip, b...)
	w.y = max(w.y, end)
}

func (w *pdfWriter) section(s Section) {
	if h := s.heading(); h.text != "" {
		w.room(height(pdfTextW, h) + 3*h.lineHigh())
		w.paras(pdfLeft, pdfTextW, h)
	}
	for _, p := range s.Paragraphs {
		w.paras(pdfLeft, pdfTextW, body(p))
	}
	for _, c := range s.Charts {
		w.chart(c)
	}
	for _, t := range s.Tables {
		w.table(t)
	}
}

// chart draws a chart below its caption, on one page.
func (w *pdfWriter) chart(c Chart) {
	w.room(height(pdfTextW, c.caption()) + c.H)
	w.paras(pdfLeft, pdfTextW, c.caption())
	c.PDF(w.pdf, w.set, pdfLeft, w.y)
	w.y += c.H + 6*20*mmPerTwip
}

// foot writes recipients and signature side by side, on one page; or all that sign,
// pictures and recipients one below the other.
func (w *pdfWriter) foot(d Document, h Letterhead) {
	if len(d.Signers) > 0 {
		w.paras(pdfLeft, pdfTextW, aboveFoot)
		w.signers(d.Signers)
		w.pictures(d.picturesHeading(), d.Pictures)
		w.room(height(footLeftW*mmPerTwip, h.list()...))
		w.paras(pdfLeft, footLeftW*mmPerTwip, h.list()...)
		return
	}
	left, right := h.list(), h.signature()
	w.paras(pdfLeft, pdfTextW, aboveFoot)
	w.room(min(pdfEnd-pdfTop, max(height(footLeftW*mmPerTwip, left...), height(footRightW*mmPerTwip, right...))))
	w.sides(footLeftW, footRightW, left, right)
}
