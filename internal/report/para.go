package report

import (
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Sizes of an official paper (NĐ 30/2020/NĐ-CP, phụ lục I): A4 with margins of 20
// mm above and below, 30 mm left and 15 mm right, in twentieths of a point.
const (
	pageW, pageH         = 11906, 16838
	pageTop, pageBottom  = 1134, 1134
	pageLeft, pageRight  = 1701, 850
	textW                = pageW - pageLeft - pageRight
	headLeftW            = 3900 // issuer; the national name stands beside it
	headRightW           = textW - headLeftW
	footLeftW            = 4700 // recipients; the signature stands beside them
	footRightW           = textW - footLeftW
	sizeBody, sizeHeader = 28, 26 // half points
	sizeTable, sizeSmall = 24, 22
)

// para is a paragraph: how it is set, and one run of text.
type para struct {
	text                 string
	size                 int // half points
	bold, italic, upper  bool
	align                string
	before, after        int // twentieths of a point
	firstLine            int
	keepNext             bool
	borderTop            bool // a thin line instead of text
	indentLeft, indentTo int
}

func (p para) shown() string {
	if p.upper {
		return strings.ToUpper(p.text)
	}
	return p.text
}

// The alignments of a paragraph, in the words of DOCX.
const (
	alignLeft   = "left"
	alignCentre = "center"
	alignRight  = "right"
	alignBoth   = "both"
)

// thinLine is a line below a name, so far from both sides.
func thinLine(fromSides, before, after int) para {
	return para{size: 4, borderTop: true, before: before, after: after, indentLeft: fromSides, indentTo: fromSides}
}

// left is the issuer and the number of the paper.
func (h Letterhead) left() []para {
	list := []para{
		{text: h.Authority, size: sizeTable, upper: true, align: alignCentre},
		{text: h.Issuer, size: sizeTable, bold: true, upper: true, align: alignCentre},
		h.below(),
		{text: h.Number, size: sizeHeader, align: alignCentre, before: 60},
	}
	if h.Draft != "" {
		list = append(list, para{text: h.Draft, size: sizeHeader, bold: true, upper: true, align: alignCentre, before: 60})
	}
	return list
}

// right is the national name and motto, place and date.
func (h Letterhead) right() []para {
	date := para{text: h.PlaceDate, size: sizeHeader, italic: true, align: alignCentre, before: 60}
	if h.Party {
		return []para{{text: h.Nation, size: sizeBody, bold: true, align: alignCentre}, thinLine(900, 40, 0), date}
	}
	return []para{
		{text: h.Nation, size: sizeTable, bold: true, align: alignCentre},
		{text: h.Motto, size: sizeHeader, bold: true, align: alignCentre},
		thinLine(1110, 40, 0), // as long as the motto
		date,
	}
}

// below stands below the issuer: a line, or the star of the Party's papers.
func (h Letterhead) below() para {
	if h.Party {
		return para{text: h.star(), size: sizeHeader, align: alignCentre}
	}
	return thinLine(headLeftW/3, 40, 0)
}

// titles is what the paper is and of what.
func (d Document) titles() []para {
	return append([]para{
		{text: d.Title, size: sizeBody, bold: true, align: alignCentre, before: 360},
		{text: d.Subject, size: sizeBody, bold: true, align: alignCentre, after: 40},
		thinLine(3300, 60, 120),
	}, d.addressees()...)
}

// addressees is to whom the paper is sent: one on the line, several below it.
func (d Document) addressees() (list []para) {
	for _, line := range d.toLines() {
		list = append(list, para{text: line, size: sizeBody, align: alignCentre})
	}
	if len(list) > 0 {
		list[len(list)-1].after = 160
	}
	return list
}

// toLines are the lines that say to whom the paper is sent.
func (d Document) toLines() []string {
	t := texts(d.Lang)
	switch {
	case d.marks || len(d.To) == 0:
		return d.To
	case len(d.To) == 1:
		return []string{t.T("report.to", d.To[0])}
	}
	lines := []string{strings.TrimSpace(t.T("report.to", ""))}
	for _, to := range d.To {
		lines = append(lines, "- "+to+";")
	}
	return lines
}

func (s Section) heading() para {
	return para{text: s.Heading, size: sizeBody, bold: true, before: 200, after: 80, align: alignLeft, keepNext: true}
}

// body is a paragraph of the text.
func body(text string) para {
	return para{text: text, size: sizeBody, after: 120, align: alignBoth, firstLine: 567}
}

func (t Table) caption() para {
	return para{text: t.Caption, size: sizeHeader, italic: true, align: alignCentre, before: 120, after: 60, keepNext: true}
}

// head is the label above a column.
func (c Column) head(keepNext bool) para {
	return para{text: c.Label, size: sizeTable, bold: true, align: alignCentre, before: 40, after: 40, keepNext: keepNext}
}

// cell is the i-th value of a row.
func (t Table) cell(r Row, i int) para {
	p := para{text: r.Cells[i].String(), size: sizeTable, bold: r.Strong, before: 40, after: 40, align: alignLeft}
	if !r.Spans() && t.Columns[i].Number {
		p.align = alignRight
	}
	return p
}

// aboveFoot is the room between the text and what stands below it.
var aboveFoot = para{size: 16, before: 120}

// trail is the line below all that ties the paper to the audit log.
func (d Document) trail() []para {
	if d.Trail == "" {
		return nil
	}
	return []para{{text: d.Trail, size: 17, before: 240}}
}

// picturesHeading stands above the pictures of a paper.
func (d Document) picturesHeading() para {
	return Section{Heading: texts(d.Lang).T("minutes.pictures")}.heading()
}

// list is to whom the paper goes.
func (h Letterhead) list() []para {
	list := []para{{text: h.RecipientsLabel, size: sizeTable, bold: true, italic: true}}
	for _, r := range h.Recipients {
		if !strings.HasPrefix(r, "{{") { // a mark brings its lines along
			r = "- " + r
		}
		list = append(list, para{text: r, size: sizeSmall})
	}
	return list
}

// signature is who signs, with room to do so.
func (h Letterhead) signature() []para {
	var list []para
	for _, title := range h.SignerTitles() {
		list = append(list, para{text: title, size: sizeBody, bold: true, upper: true, align: alignCentre})
	}
	return append(list, para{size: sizeBody, before: 1200}, para{text: h.SignerName, size: sizeBody, bold: true, align: alignCentre})
}

// short reports whether the table is kept on one page.
func (t Table) short() bool { return len(t.Rows) <= 10 }

// widths shares out a width among the columns by their weights.
func (t Table) widths(total int) []int {
	var sum float64
	for _, c := range t.Columns {
		sum += c.Weight
	}
	widths, left := make([]int, len(t.Columns)), total
	for i, c := range t.Columns {
		widths[i] = int(float64(total) * c.Weight / sum)
		left -= widths[i]
	}
	if len(widths) > 0 {
		widths[len(widths)-1] += left
	}
	return widths
}

// Letterhead is the texts around the body of an official paper.
type Letterhead struct {
	Authority, Issuer, Number string
	Draft                     string
	Nation, Motto, PlaceDate  string
	Party                     bool     // of the Party: its name in the place of nation and motto
	To                        []string // the lines that say to whom it is sent
	RecipientsLabel           string
	Recipients                []string
	SignerTitle, SignerName   string
}

// star stands below the issuer of a paper of the Party; "" for another.
func (h Letterhead) star() string {
	if h.Party {
		return "*"
	}
	return ""
}

// SignerTitles are the lines above the room to sign.
func (h Letterhead) SignerTitles() []string { return strings.Split(h.SignerTitle, "\n") }

// Letterhead fills in dots where the office has yet to write.
func (d Document) Letterhead() Letterhead {
	t, p := texts(d.Lang), d.Paper
	h := Letterhead{Authority: p.Authority, Issuer: p.Issuer, Draft: d.Draft, Nation: t.T("report.nation"), Motto: t.T("report.motto"), To: d.toLines(),
		RecipientsLabel: t.T("report.recipients"), SignerTitle: p.SignerTitle, SignerName: p.SignerName}
	h.Number = t.T("report.number", orDots(p.Number))
	if p.Style == registry.PartyStyle {
		h.Party, h.Nation, h.Motto, h.Number = true, t.T("report.party"), "", t.T("report.party_number", orDots(p.Number))
	}
	h.PlaceDate = t.T("report.place_date", orDots(p.Place), "…", "…", "…")
	if at, ok := vn.StartOf(p.SignedOn); ok {
		h.PlaceDate = t.T("report.place_date", orDots(p.Place), at.Format("02"), monthOf(at.Month()), at.Format("2006"))
	}
	if d.marks {
		h.Number, h.PlaceDate = p.Number, p.Place
	}
	for _, r := range strings.Split(p.Recipients, "\n") {
		if r = strings.TrimSpace(strings.TrimLeft(r, "-–• ")); r != "" {
			h.Recipients = append(h.Recipients, r)
		}
	}
	return h
}

func orDots(s string) string {
	if s == "" {
		return "………"
	}
	return s
}
