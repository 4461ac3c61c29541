package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"
)

// DOCX writes the document as an editable text after Nghị định 30/2020/NĐ-CP: issuer and
// national name above, number, place and date, title, body, recipients and
// signature. It keeps to the core of the format, so that Word and LibreOffice open
// it alike.
func (d Document) DOCX() ([]byte, error) {
	var media docxMedia
	text := d.docxBody(&media)
	parts := []docxPart{
		{"[Content_Types].xml", []byte(xml.Header + docxTypes)},
		{"_rels/.rels", []byte(xml.Header + docxRels)},
		{"word/_rels/document.xml.rels", []byte(xml.Header + fmt.Sprintf(docxDocumentRels, media.relations()))},
		{"word/styles.xml", []byte(xml.Header + docxStyles)},
		{"word/header1.xml", []byte(xml.Header + docxPageNumber)},
		{"docProps/core.xml", []byte(xml.Header + fmt.Sprintf(docxCore, escaped(d.Title+" "+d.Subject)))},
		{"word/document.xml", []byte(xml.Header + text)},
	}
	for i, picture := range media {
		parts = append(parts, docxPart{"word/media/" + media.name(i+1), picture})
	}
	return zipped(parts)
}

// docxPart is a file inside a DOCX.
type docxPart struct {
	name string
	body []byte
}

func zipped(parts []docxPart) ([]byte, error) {
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, part := range parts {
		w, err := zw.Create(part.name)
		if err == nil {
			_, err = w.Write(part.body)
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
func (d Document) docxBody(m *docxMedia) string {
	var b strings.Builder
	b.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`)
	b.WriteString(d.docxHead())
	for _, s := range d.Sections {
		if s.Heading != "" {
			s.heading().write(&b)
		}
		for _, p := range s.Paragraphs {
			body(p).write(&b)
		}
		for _, c := range s.Charts {
			b.WriteString(c.docx(m))
		}
		for _, t := range s.Tables {
			b.WriteString(t.docx())
		}
	}
	b.WriteString(d.docxFoot(m))
	fmt.Fprintf(&b, `<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="%d" w:h="%d"/>`+
		`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		pageW, pageH, pageTop, pageRight, pageBottom, pageLeft)
	b.WriteString("</w:body></w:document>")
	return b.String()
}

// docxHead is what stands above the body.
func (d Document) docxHead() string {
	h := d.Letterhead()
	return docxSides(headLeftW, headRightW, paras(h.left()...), paras(h.right()...)) + paras(d.titles()...)
}

// docxFoot is recipients and signature, or all that sign, pictures and recipients.
func (d Document) docxFoot(m *docxMedia) string {
	h := d.Letterhead()
	if len(d.Signers) > 0 {
		return paras(aboveFoot) + docxSigners(d.Signers, m) + docxPictures(d.picturesHeading(), d.Pictures, m) + paras(h.list()...) + paras(d.trail()...)
	}
	return paras(aboveFoot) + docxSides(footLeftW, footRightW, paras(h.list()...), paras(h.signature()...)) + paras(d.trail()...)
}

// docx writes a chart below its caption, as a picture: so every program shows the same.
func (c Chart) docx(m *docxMedia) string {
	picture, err := c.PNG()
	if err != nil {
		return paras(para{text: c.Title, size: sizeTable}) // into memory: cannot fail
	}
	wide, high := int(c.W/mmPerTwip), int(c.H/mmPerTwip)
	return paras(c.caption()) + docxPictured(para{align: alignCentre}, m.add(picture, wide, high+1, c.Title)) + paras(para{size: 12})
}

// docx writes a table with lines.
func (t Table) docx() string {
	var b strings.Builder
	if t.Caption != "" {
		t.caption().write(&b)
	}
	widths := t.widths(textW)
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>` + fmt.Sprintf(`<w:tblW w:w="%d" w:type="dxa"/>`, textW) + `<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString("</w:tblGrid>")
	if t.HasHead() {
		b.WriteString("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
		for i, c := range t.Columns {
			b.WriteString(docxCellXML(widths[i], paras(c.head(t.short()))))
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
	if r.Spans() {
		p := t.cell(r, 0)
		p.keepNext = true
		return fmt.Sprintf(`<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/>`+
			`<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/></w:tcPr>%s</w:tc></w:tr>`, textW, len(widths), paras(p))
	}
	var b strings.Builder
	b.WriteString("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
	for i := range r.Cells {
		p := t.cell(r, i)
		p.keepNext = keepNext
		b.WriteString(docxCellXML(widths[i], paras(p)))
	}
	return b.String() + "</w:tr>"
}
