package report

import (
	"bytes"
	"fmt"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"hoicho/internal/fonts"
	"hoicho/internal/vn"
)

// Sizes of the PDF in millimetres: A4 after Nghị định 30/2020/NĐ-CP, as in DOCX.
const (
	pdfTop, pdfBottom, pdfLeft, pdfRight = 20.0, 20.0, 30.0, 15.0
	pdfTextW                             = 210 - pdfLeft - pdfRight
	pdfCellPad                           = 1.2
)

// PDF writes the document for print, with the same parts as DOCX.
func (d Document) PDF() ([]byte, error) {
	w := &pdfWriter{Fpdf: fpdf.New("P", "mm", "A4", "")}
	w.AddUTF8FontFromBytes(fonts.Family, "", fonts.Regular)
	w.AddUTF8FontFromBytes(fonts.Family, "B", fonts.Bold)
	w.SetTitle(d.Title+" "+d.Subject, true)
	w.SetMargins(pdfLeft, pdfTop, pdfRight)
	w.SetAutoPageBreak(true, pdfBottom)
	w.SetHeaderFunc(w.pageNumber)
	w.AddPage()
	w.head(d)
	for _, s := range d.Sections {
		w.section(s)
	}
	w.foot(d)
	var buf bytes.Buffer
	if err := w.Output(&buf); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return buf.Bytes(), nil
}

// pdfWriter writes from top to bottom.
type pdfWriter struct{ *fpdf.Fpdf }

// pageNumber stands in the middle above the text, from the second page on.
func (w *pdfWriter) pageNumber() {
	if w.PageNo() > 1 {
		w.face("", 11)
		w.SetXY(pdfLeft, 10)
		w.CellFormat(pdfTextW, 5, fmt.Sprint(w.PageNo()), "", 0, "C", false, 0, "")
		w.SetXY(pdfLeft, pdfTop)
	}
}

func (w *pdfWriter) face(style string, points float64) { w.SetFont(fonts.Family, style, points) }

// block writes text of a width at a place, and returns where it ends.
func (w *pdfWriter) block(x, y, width float64, align string, lines ...pdfLine) float64 {
	w.SetXY(x, y)
	for _, l := range lines {
		w.face(l.style, l.points)
		w.SetX(x)
		if l.text == "" {
			w.Ln(l.points * 0.5)
			continue
		}
		w.MultiCell(width, l.points*0.5, vn.BMP(l.text), "", align, false)
	}
	return w.GetY()
}

// pdfLine is a line of a block with its face.
type pdfLine struct {
	text   string
	style  string
	points float64
}

// rule draws the thin line below a name.
func (w *pdfWriter) rule(middle, y, width float64) {
	w.SetLineWidth(0.25)
	w.Line(middle-width/2, y, middle+width/2, y)
}

// head writes issuer and national name side by side, then the title.
func (w *pdfWriter) head(d Document) {
	h := d.letterhead()
	const left, right = 66.0, pdfTextW - 66
	a := w.block(pdfLeft, pdfTop, left, "C", pdfLine{strings.ToUpper(h.authority), "", 10.5}, pdfLine{strings.ToUpper(h.issuer), "B", 10.5})
	w.rule(pdfLeft+left/2, a+1, 22)
	b := w.block(pdfLeft+left, pdfTop, right, "C", pdfLine{h.nation, "B", 10.5}, pdfLine{h.motto, "B", 11.5})
	w.rule(pdfLeft+left+right/2, b+1, 50)
	y := max(a, b) + 4
	w.block(pdfLeft, y, left, "C", pdfLine{h.number, "", 11.5})
	y = w.block(pdfLeft+left, y, right, "C", pdfLine{h.placeDate, "", 11.5})
	y = w.block(pdfLeft, y+7, pdfTextW, "C", pdfLine{d.Title, "B", 14}, pdfLine{d.Subject, "B", 12.5})
	w.rule(pdfLeft+pdfTextW/2, y+1.5, 45)
	w.SetY(y + 6)
}

func (w *pdfWriter) section(s Section) {
	w.room(24)
	w.face("B", 12)
	w.SetX(pdfLeft)
	w.MultiCell(pdfTextW, 6.2, vn.BMP(s.Heading), "", "L", false)
	w.Ln(1.2)
	for _, p := range s.Paragraphs {
		w.face("", 11.5)
		w.SetX(pdfLeft)
		w.MultiCell(pdfTextW, 5.9, vn.BMP(p), "", "L", false)
		w.Ln(1.5)
	}
	for _, t := range s.Tables {
		w.table(t)
	}
}

// room begins a new page unless that many millimetres are left on this one.
func (w *pdfWriter) room(height float64) {
	if w.GetY()+height > 297-pdfBottom {
		w.AddPage()
	}
}

func (w *pdfWriter) table(t Table) {
	if t.short() {
		w.room(float64(len(t.Rows)+2) * (pdfRowLine + 2*pdfCellPad))
	}
	if t.Caption != "" {
		w.room(20)
		w.face("", 10.5)
		w.SetX(pdfLeft)
		w.MultiCell(pdfTextW, 5.5, vn.BMP(t.Caption), "", "C", false)
		w.Ln(0.8)
	}
	widths := make([]float64, len(t.Columns))
	for i, n := range t.widths(docxTextW) {
		widths[i] = float64(n) * pdfTextW / docxTextW
	}
	head := Row{Strong: true}
	for _, c := range t.Columns {
		head.Cells = append(head.Cells, text(c.Label))
	}
	if t.HasHead() {
		w.row(t, head, widths, true)
	}
	for _, r := range t.Rows {
		need := w.height(r, widths)
		if r.Spans() {
			need *= 2 // a heading stays with what it heads
		}
		if w.GetY()+need > 297-pdfBottom {
			w.AddPage()
			if t.HasHead() {
				w.row(t, head, widths, true)
			}
		}
		w.row(t, r, widths, false)
	}
	w.Ln(4)
}

const pdfRowLine = 5.0

// pdfRowLines is how many lines a row may have, so that it fits on a page.
const pdfRowLines = 46

// lines breaks a cell into the lines that fit its column.
func (w *pdfWriter) lines(c Cell, width float64) []string {
	lines := w.SplitText(vn.BMP(c.String()), width-2*pdfCellPad)
	return lines[:min(len(lines), pdfRowLines)]
}

// height is how high a row will be.
func (w *pdfWriter) height(r Row, widths []float64) float64 {
	w.rowFace(r)
	most := 1
	for i, c := range r.Cells {
		most = max(most, len(w.lines(c, widths[i])))
	}
	return float64(most)*pdfRowLine + 2*pdfCellPad
}

func (w *pdfWriter) rowFace(r Row) {
	if r.Strong {
		w.face("B", 10)
		return
	}
	w.face("", 10)
}

// row draws a row with its lines.
func (w *pdfWriter) row(t Table, r Row, widths []float64, head bool) {
	if r.Spans() {
		widths = []float64{pdfTextW}
	}
	height := w.height(r, widths)
	x, y := pdfLeft, w.GetY()
	w.SetLineWidth(0.2)
	fill := "D"
	if r.Spans() || head {
		fill = "FD"
		w.SetFillColor(238, 238, 238)
	}
	for i, c := range r.Cells {
		align := "L"
		if head {
			align = "C"
		} else if t.Columns[i].Number {
			align = "R"
		}
		w.Rect(x, y, widths[i], height, fill)
		for n, line := range w.lines(c, widths[i]) {
			w.SetXY(x+pdfCellPad, y+pdfCellPad+float64(n)*pdfRowLine)
			w.CellFormat(widths[i]-2*pdfCellPad, pdfRowLine, line, "", 0, align, false, 0, "")
		}
		x += widths[i]
	}
	w.SetXY(pdfLeft, y+height)
}

// foot writes recipients and signature side by side.
func (w *pdfWriter) foot(d Document) {
	h := d.letterhead()
	w.room(45)
	y := w.GetY() + 4
	list := []pdfLine{{h.recipientsLabel, "B", 10}}
	for _, r := range h.recipients {
		list = append(list, pdfLine{"- " + r, "", 9.5})
	}
	end := w.block(pdfLeft, y, 80, "L", list...)
	signed := w.block(pdfLeft+85, y, pdfTextW-85, "C", pdfLine{strings.ToUpper(h.signerTitle), "B", 11.5}, pdfLine{"", "", 44}, pdfLine{h.signerName, "B", 11.5})
	w.SetY(max(end, signed))
}
