package report

// pdfRow is a row of a table as it is drawn: a paragraph a cell.
type pdfRow struct {
	cells  []para
	widths []float64
	lines  [][]string
	shaded bool
}

// table writes a table with lines. A short one stays on one page, a long one has
// its head on each.
func (w *pdfWriter) table(t Table) {
	rows, head := t.pdfRows(), pdfRow{}
	if t.HasHead() {
		head = rows[0]
	}
	caption := t.caption()
	need := 0.0
	if t.Caption != "" {
		need = height(pdfTextW, caption)
	}
	keep := min(len(rows), 2)
	if t.short() {
		keep = len(rows)
	}
	for _, r := range rows[:keep] {
		need += r.height()
	}
	w.room(min(need, pdfEnd-pdfTop))
	if t.Caption != "" {
		w.paras(pdfLeft, pdfTextW, caption)
	}
	for i, r := range rows {
		need := r.height()
		if len(r.cells) == 1 && len(t.Columns) > 1 && i+1 < len(rows) {
			need += rows[i+1].height() // a heading stays with what it heads
		}
		if w.y+need > pdfEnd && w.y > pdfTop {
			w.page()
			if i > 0 && head.cells != nil {
				w.row(head)
			}
		}
		w.row(r)
	}
	w.y += 6 * 20 * mmPerTwip
}

// pdfRows are the rows of a table, the head first if it has one.
func (t Table) pdfRows() (rows []pdfRow) {
	widths := make([]float64, len(t.Columns))
	for i, n := range t.widths(textW) {
		widths[i] = float64(n) * mmPerTwip
	}
	if t.HasHead() {
		head := pdfRow{widths: widths}
		for _, c := range t.Columns {
			head.cells = append(head.cells, c.head(false))
		}
		rows = append(rows, head.wrapped())
	}
	for _, r := range t.Rows {
		row := pdfRow{widths: widths}
		if r.Spans() {
			row.widths, row.shaded = []float64{pdfTextW}, true
		}
		for i := range r.Cells {
			row.cells = append(row.cells, t.cell(r, i))
		}
		rows = append(rows, row.wrapped())
	}
	return rows
}

// wrapped is the row with the lines of its cells.
func (r pdfRow) wrapped() pdfRow {
	for i, p := range r.cells {
		r.lines = append(r.lines, p.lines(r.widths[i]-2*pdfCellPad))
	}
	return r
}

// most is how many lines the highest cell has.
func (r pdfRow) most() (n int) {
	for _, lines := range r.lines {
		n = max(n, len(lines))
	}
	return n
}

// around is the room above and below the lines of a row.
func (r pdfRow) around() float64 { return float64(r.cells[0].before+r.cells[0].after) * mmPerTwip }

func (r pdfRow) height() float64 {
	return float64(r.most())*r.cells[0].lineHigh() + r.around()
}

// row draws a row with its lines, in pieces if it is higher than a page.
func (w *pdfWriter) row(r pdfRow) {
	high := r.cells[0].lineHigh()
	for from, most := 0, r.most(); from < most; {
		fit := int((pdfEnd - w.y - r.around()) / high)
		if fit < 1 {
			w.page()
			continue
		}
		to := min(most, from+fit)
		w.piece(r, from, to)
		from = to
	}
}

// piece draws some of the lines of a row.
func (w *pdfWriter) piece(r pdfRow, from, to int) {
	x, top := pdfLeft, w.y
	p := r.cells[0]
	tall := float64(to-from)*p.lineHigh() + r.around()
	w.pdf.SetLineWidth(0.2)
	w.pdf.SetFillColor(238, 238, 238)
	fill := "D"
	if r.shaded {
		fill = "FD"
	}
	for i, cell := range r.cells {
		w.pdf.Rect(x, top, r.widths[i], tall, fill)
		w.y = top + float64(p.before)*mmPerTwip
		for n := from; n < min(to, len(r.lines[i])); n++ {
			w.line(cell, x+pdfCellPad, r.widths[i]-2*pdfCellPad, r.lines[i][n], true)
			w.y += p.lineHigh()
		}
		x += r.widths[i]
	}
	w.y = top + tall
}
