package print

import (
	"fmt"
	"io"

	"hoicho/internal/i18n"
)

// TallySheet is the sheet (phiếu đếm) on which a steward counts visitors by hand
// when there is no clicker: four strokes make a square, the fifth crosses it.
type TallySheet struct {
	Sheet
	Hours []int // of the day, each from its full hour to the next
}

// The table of a tally sheet.
var tallyColumns = []column{
	{20, "print.tally.hour"}, {92, "print.tally.adults"}, {42, "print.tally.children"}, {16, "print.tally.sum_adults"}, {16, "print.tally.sum_children"},
}

const (
	tallyHead = 10.0
	tallyTop  = 52.0 // the example stands above
	fiveSide  = 5.4  // of the square of one five
	fivePitch = 7.0
	tallyMost = 19.0 // height of an hour where there are few
)

// WriteTallySheets writes tally sheets as a PDF, one A4 page each, all in the
// language of the first. It fails when w does.
func WriteTallySheets(w io.Writer, lang string, sheets []TallySheet) error {
	title := i18n.T(lang, "print.tally.title")
	p := newPaper(lang, title, a4Width, a4Height)
	for i := range sheets {
		p.frame(&sheets[i].Sheet, title, i+1, len(sheets))
		p.example()
		p.hours(sheets[i].Hours)
	}
	if len(sheets) == 0 {
		p.page()
	}
	return p.write(w)
}

// example shows how five are counted, stroke by stroke.
func (p *paper) example() {
	const y, size = 39.5, 6.0
	for n := 1; n <= 5; n++ {
		x := sheetEdge + float64(n-1)*13 + 1
		p.pen(0.6, ink)
		strokes := [][4]float64{{0, 0, 0, 1}, {0, 1, 1, 1}, {1, 1, 1, 0}, {1, 0, 0, 0}, {0, 1, 1, 0}}
		for _, s := range strokes[:n] {
			p.pdf.Line(x+s[0]*size, y+s[1]*size, x+s[2]*size, y+s[3]*size)
		}
		p.block(box{x - 1, y + size + 0.6, size + 2, 4}, style{size: 8, least: 6, colour: ink, align: centre}, fmt.Sprint(n))
	}
	p.block(box{sheetEdge + 70, y - 1, sheetWidth - 70, 13}, style{size: 9, least: 6.5, lines: 3, colour: ink, middle: true}, p.t("print.tally.lead"))
}

// hours draws the table, as high as the page is.
func (p *paper) hours(hours []int) {
	xs := p.heads(tallyTop, tallyHead, tallyColumns)
	top := tallyTop + tallyHead
	height := min(tallyMost, (sheetBottom-top)/float64(len(hours)+1))
	for i, hour := range hours {
		b := box{sheetEdge, top + float64(i)*height, sheetWidth, height}
		p.rowLine(b, false)
		p.block(box{xs[0], b.y, xs[1] - xs[0], b.h}, style{bold: true, size: 12, least: 7, colour: ink, align: centre, middle: true}, fmt.Sprintf("%d–%dh", hour, hour+1))
		p.fives(box{xs[1], b.y, xs[2] - xs[1], b.h})
		p.fives(box{xs[2], b.y, xs[3] - xs[2], b.h})
	}
	last := box{sheetEdge, top + float64(len(hours))*height, sheetWidth, min(height, 12)}
	p.rowLine(last, true)
	p.block(box{xs[1] + 2, last.y, xs[3] - xs[1] - 4, last.h}, style{bold: true, size: 11, least: 7, colour: ink, align: right, middle: true}, p.t("print.tally.whole_day"))
	p.grid([]float64{xs[0], xs[3], xs[4], xs[5]}, tallyTop, last.y+last.h)
	p.grid([]float64{xs[0], xs[1], xs[2], xs[5]}, tallyTop, last.y)
}

// fives draws faint squares for as many fives as a box holds.
func (p *paper) fives(b box) {
	across, down := int((b.w-1)/fivePitch), max(1, int((b.h-0.6)/fivePitch))
	side := min(fiveSide, b.h-1.6)
	left := b.x + (b.w-float64(across)*fivePitch+fivePitch-side)/2
	top := b.y + (b.h-float64(down)*fivePitch+fivePitch-side)/2
	p.pen(0.12, line)
	for n := range across * down {
		p.pdf.Rect(left+float64(n%across)*fivePitch, top+float64(n/across)*fivePitch, side, side, "D")
	}
}
