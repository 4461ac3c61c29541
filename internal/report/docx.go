package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"

	"hoicho/internal/vn"
)

// Sizes of an official paper (NĐ 30/2020/NĐ-CP, phụ lục I): A4 with margins of 20
// mm above and below, 30 mm left and 15 mm right, in twentieths of a point.
const (
	docxPageW, docxPageH            = 11906, 16838
	docxTop, docxBottom             = 1134, 1134
	docxLeft, docxRight             = 1701, 850
	docxTextW                       = docxPageW - docxLeft - docxRight
	docxBody, docxSmall, docxHeader = 28, 22, 26 // half points
)

// DOCX writes the document as an editable text after Nghị định 30/2020/NĐ-CP: issuer and
// national name above, number, place and date, title, body, recipients and
// signature. It keeps to the core of the format, so that Word and LibreOffice open
// it alike.
func (d Document) DOCX() ([]byte, error) {
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, part := range []struct{ name, body string }{
		{"[Content_Types].xml", docxTypes},
		{"_rels/.rels", docxRels},
		{"word/_rels/document.xml.rels", docxDocumentRels},
		{"word/styles.xml", docxStyles},
		{"word/header1.xml", docxPageNumber},
		{"docProps/core.xml", fmt.Sprintf(docxCore, escaped(d.Title+" "+d.Subject))},
		{"word/document.xml", d.docxBody()},
	} {
		w, err := zw.Create(part.name)
		if err == nil {
			_, err = w.Write([]byte(xml.Header + part.body))
		}
		if err != nil {
			return nil, fmt.Errorf("docx %s: %w", part.name, err)
		}
	}
	err := zw.Close()
	return buf.Bytes(), err
}

// escaped makes text safe inside XML and drops what XML cannot hold.
func escaped(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // into memory: cannot fail
	return b.String()
}

// para is a paragraph: how it is set, and one run of text.
type para struct {
	text                 string
	size                 int // half points
	bold, italic, upper  bool
	align                string // left, center, right, both
	before, after        int    // twentieths of a point
	firstLine            int
	keepNext             bool
	borderTop            bool // a thin line instead of text
	indentLeft, indentTo int
}

// write adds the paragraph to a body.
func (p para) write(b *strings.Builder) {
	b.WriteString("<w:p><w:pPr>")
	if p.keepNext {
		b.WriteString("<w:keepNext/>")
	}
	if p.borderTop {
		b.WriteString(`<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>`)
	}
	fmt.Fprintf(b, `<w:spacing w:before="%d" w:after="%d"/>`, p.before, p.after)
	if p.firstLine > 0 || p.indentLeft > 0 || p.indentTo > 0 {
		fmt.Fprintf(b, `<w:ind w:left="%d" w:right="%d" w:firstLine="%d"/>`, p.indentLeft, p.indentTo, p.firstLine)
	}
	if p.align != "" {
		fmt.Fprintf(b, `<w:jc w:val="%s"/>`, p.align)
	}
	b.WriteString(p.look() + "</w:pPr>") // of the mark at its end, so that an empty one is as high as it says
	if p.text != "" {
		b.WriteString("<w:r>" + p.look() + `<w:t xml:space="preserve">` + escaped(p.shown()) + "</w:t></w:r>")
	}
	b.WriteString("</w:p>")
}

func (p para) shown() string {
	if p.upper {
		return strings.ToUpper(p.text)
	}
	return p.text
}

// look is the properties of the run.
func (p para) look() string {
	s := "<w:rPr>"
	if p.bold {
		s += "<w:b/>"
	}
	if p.italic {
		s += "<w:i/>"
	}
	return s + fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, p.size, p.size)
}

func paras(ps ...para) string {
	var b strings.Builder
	for _, p := range ps {
		p.write(&b)
	}
	return b.String()
}

// docxCellXML is a table cell of a width with content.
func docxCellXML(width int, content string) string {
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, width, content)
}

// docxSides is a table without lines that sets two blocks side by side.
func docxSides(left, right int, a, b string) string {
	return fmt.Sprintf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`+
		`<w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>%s%s</w:tr></w:tbl>`,
		left+right, left, right, docxCellXML(left, a), docxCellXML(right, b))
}

// docxBody is the whole text.
func (d Document) docxBody() string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`)
	b.WriteString(d.docxHead())
	for _, s := range d.Sections {
		para{text: s.Heading, size: docxBody, bold: true, before: 200, after: 80, align: "left", keepNext: true}.write(&b)
		for _, p := range s.Paragraphs {
			para{text: p, size: docxBody, after: 120, align: "both", firstLine: 567}.write(&b)
		}
		for _, t := range s.Tables {
			b.WriteString(t.docx())
		}
	}
	b.WriteString(d.docxFoot())
	fmt.Fprintf(&b, `<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="%d" w:h="%d"/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		docxPageW, docxPageH, docxTop, docxRight, docxBottom, docxLeft)
	b.WriteString("</w:body></w:document>")
	return b.String()
}

// docxHead is what stands above the body.
func (d Document) docxHead() string {
	h := d.letterhead()
	const left, right = 3900, docxTextW - 3900
	a := paras(
		para{text: h.authority, size: docxHeader - 2, upper: true, align: "center"},
		para{text: h.issuer, size: docxHeader - 2, bold: true, upper: true, align: "center"},
		para{size: 4, borderTop: true, before: 40, indentLeft: left / 3, indentTo: left / 3},
		para{text: h.number, size: docxHeader, align: "center", before: 60})
	b := paras(
		para{text: h.nation, size: docxHeader - 2, bold: true, align: "center"},
		para{text: h.motto, size: docxHeader, bold: true, align: "center"},
		para{size: 4, borderTop: true, before: 40, indentLeft: 1350, indentTo: 1350},
		para{text: h.placeDate, size: docxHeader, italic: true, align: "center", before: 60})
	return docxSides(left, right, a, b) + paras(
		para{text: d.Title, size: docxBody, bold: true, align: "center", before: 360},
		para{text: d.Subject, size: docxBody, bold: true, align: "center", after: 40},
		para{size: 4, borderTop: true, before: 60, indentLeft: 3300, indentTo: 3300, after: 120})
}

// docxFoot is recipients and signature.
func (d Document) docxFoot() string {
	h := d.letterhead()
	const left, right = 4700, docxTextW - 4700
	list := []para{{text: h.recipientsLabel, size: 24, bold: true, italic: true}}
	for _, r := range h.recipients {
		list = append(list, para{text: "- " + r, size: docxSmall})
	}
	sign := paras(
		para{text: h.signerTitle, size: docxBody, bold: true, upper: true, align: "center"},
		para{size: docxBody, before: 1200},
		para{text: h.signerName, size: docxBody, bold: true, align: "center"})
	return paras(para{size: 16, before: 120}) + docxSides(left, right, paras(list...), sign)
}

// docx writes a table with lines.
func (t Table) docx() string {
	var b strings.Builder
	if t.Caption != "" {
		para{text: t.Caption, size: docxHeader, italic: true, align: "center", before: 120, after: 60, keepNext: true}.write(&b)
	}
	widths := t.widths(docxTextW)
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>` + fmt.Sprintf(`<w:tblW w:w="%d" w:type="dxa"/>`, docxTextW) + `<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString("</w:tblGrid>")
	if t.HasHead() {
		b.WriteString("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
		for i, c := range t.Columns {
			b.WriteString(docxCellXML(widths[i], paras(para{text: c.Label, size: docxHeader - 2, bold: true, align: "center", before: 40, after: 40, keepNext: t.short()})))
		}
		b.WriteString("</w:tr>")
	}
	for i, r := range t.Rows {
		b.WriteString(t.docxRow(r, widths, t.short() && i < len(t.Rows)-1))
	}
	b.WriteString("</w:tbl>")
	para{size: 12}.write(&b)
	return b.String()
}

func (t Table) docxRow(r Row, widths []int, keepNext bool) string {
	p := para{size: docxHeader - 2, bold: r.Strong, before: 40, after: 40, keepNext: keepNext}
	if r.Spans() {
		p.text, p.keepNext = r.Cells[0].String(), true
		return fmt.Sprintf(`<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/>`+
			`<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/></w:tcPr>%s</w:tc></w:tr>`, docxTextW, len(widths), paras(p))
	}
	var b strings.Builder
	b.WriteString("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
	for i, c := range r.Cells {
		p.text, p.align = c.String(), "left"
		if t.Columns[i].Number {
			p.align = "right"
		}
		b.WriteString(docxCellXML(widths[i], paras(p)))
	}
	return b.String() + "</w:tr>"
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

// letterhead is the texts around the body of an official paper.
type letterhead struct {
	authority, issuer, number string
	nation, motto, placeDate  string
	recipientsLabel           string
	recipients                []string
	signerTitle, signerName   string
}

// letterhead fills in dots where the office has yet to write.
func (d Document) letterhead() letterhead {
	t, p := texts(d.Lang), d.Paper
	h := letterhead{authority: p.Authority, issuer: p.Issuer, nation: t.T("report.nation"), motto: t.T("report.motto"),
		recipientsLabel: t.T("report.recipients"), signerTitle: p.SignerTitle, signerName: p.SignerName}
	h.number = t.T("report.number", orDots(p.Number))
	h.placeDate = t.T("report.place_date", orDots(p.Place), "…", "…", "…")
	if at, ok := vn.StartOf(p.SignedOn); ok {
		h.placeDate = t.T("report.place_date", orDots(p.Place), at.Format("02"), monthOf(at.Month()), at.Format("2006"))
	}
	for _, r := range strings.Split(p.Recipients, "\n") {
		if r = strings.TrimSpace(strings.TrimLeft(r, "-–• ")); r != "" {
			h.recipients = append(h.recipients, r)
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
