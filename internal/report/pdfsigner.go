package report

import (
	"bytes"
	"fmt"
	"slices"

	"codeberg.org/go-pdf/fpdf"
)

// signers writes who signs, two side by side, each pair on one page.
func (w *pdfWriter) signers(list []Signer) {
	const half = textW / 2
	for _, row := range pairs(list) {
		var blocks [2][]para
		for i, s := range row {
			if s.Title != "" {
				blocks[i] = slices.Concat(s.above(), []para{s.room()}, s.below())
			}
		}
		w.room(max(height(half*mmPerTwip, blocks[0]...), height(half*mmPerTwip, blocks[1]...)))
		top, page := w.y, w.pdf.PageNo()
		w.sides(half, half, blocks[0], blocks[1])
		for i, s := range row {
			if wide, high, ok := fit(s.Drawn, signWide, signRoom); ok && w.pdf.PageNo() == page {
				x := pdfLeft + (float64(i)*half+float64(half-wide)/2)*mmPerTwip
				w.image(s.Drawn, x, top+height(half*mmPerTwip, s.above()...), float64(wide)*mmPerTwip, float64(high)*mmPerTwip)
			}
		}
	}
}

// pictures writes photos in rows of three.
func (w *pdfWriter) pictures(heading para, list []Picture) {
	for i, row := range slices.Collect(slices.Chunk(list, picturesRow)) {
		high := 0.0
		for _, p := range row {
			_, h, _ := fit(p.JPEG, pictureW, pictureHigh)
			high = max(high, float64(h)*mmPerTwip+height(pictureW*mmPerTwip, p.caption()))
		}
		if i == 0 {
			w.room(high + height(pdfTextW, heading))
			w.paras(pdfLeft, pdfTextW, heading)
		}
		w.room(high)
		top := w.y
		for i, p := range row {
			x := pdfLeft + float64(i*(pictureW+pictureGap))*mmPerTwip
			wide, h, _ := fit(p.JPEG, pictureW, pictureHigh)
			w.image(p.JPEG, x, top, float64(wide)*mmPerTwip, float64(h)*mmPerTwip)
			w.y = top + float64(h)*mmPerTwip
			w.paras(x, pictureW*mmPerTwip, p.caption())
		}
		w.y = top + high
	}
}

// image sets a JPEG into a box, in mm.
func (w *pdfWriter) image(jpeg []byte, x, y, wide, high float64) {
	w.images++
	name, options := fmt.Sprint("picture", w.images), fpdf.ImageOptions{ImageType: "JPG"}
	w.pdf.RegisterImageOptionsReader(name, options, bytes.NewReader(jpeg))
	w.pdf.ImageOptions(name, x, y, wide, high, false, options, 0, "")
}
