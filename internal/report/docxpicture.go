package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// docxMedia are the pictures of a DOCX in the order in which its text shows them.
type docxMedia [][]byte

// emuPerTwip are the units in which pictures are measured.
const emuPerTwip = 635

// add is a run that shows a JPEG or PNG inside a box, in twentieths of a point; nothing if it is
// none.
func (m *docxMedia) add(picture []byte, width, high int, alt string) string {
	w, h, ok := fit(picture, width, high)
	if !ok {
		return ""
	}
	*m = append(*m, picture)
	n, cx, cy := len(*m), w*emuPerTwip, h*emuPerTwip
	name := m.name(n)
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">`+
		`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="%s" descr="%s"/>`+
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="%d" name="%s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="%s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		cx, cy, n, name, escaped(alt), n, name, mediaID(n), cx, cy)
}

// name is the file of the n-th picture, from 1 on.
func (m docxMedia) name(n int) string {
	if bytes.HasPrefix(m[n-1], []byte("\x89PNG")) {
		return fmt.Sprintf("picture%d.png", n)
	}
	return fmt.Sprintf("picture%d.jpeg", n)
}

func mediaID(n int) string { return fmt.Sprintf("rIdPicture%d", n) }

// relations are the lines that tie the pictures to the text.
func (m docxMedia) relations() string {
	var b strings.Builder
	for i := range m {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/%s"/>`, mediaID(i+1), m.name(i+1))
	}
	return b.String()
}

// docxPictured is a paragraph with a picture, set as p.
func docxPictured(p para, run string) string {
	keep := ""
	if p.keepNext {
		keep = "<w:keepNext/>"
	}
	return fmt.Sprintf(`<w:p><w:pPr>%s<w:jc w:val="%s"/></w:pPr>%s</w:p>`, keep, p.align, run)
}

// docxSigners sets who signs two by two.
func docxSigners(list []Signer, m *docxMedia) string {
	const half = textW / 2
	var b strings.Builder
	for _, row := range pairs(list) {
		var blocks [2]string
		for i, s := range row {
			blocks[i] = paras(para{size: sizeSmall})
			if s.Title == "" {
				continue
			}
			room := paras(s.room())
			if run := m.add(s.Drawn, signWide, signRoom, s.Title); run != "" {
				room = docxPictured(para{align: alignCentre, keepNext: true}, run)
			}
			blocks[i] = paras(s.above()...) + room + paras(s.below()...)
		}
		b.WriteString(docxSides(half, half, blocks[0], blocks[1]))
		para{size: 4}.write(&b) // two tables that touch would be one
	}
	return b.String()
}

// docxPictures sets photos in rows of three.
func docxPictures(heading para, list []Picture, m *docxMedia) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	heading.write(&b)
	width := pictureW + pictureGap
	fmt.Fprintf(&b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>%s</w:tblGrid>`,
		picturesRow*width, strings.Repeat(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, width), picturesRow))
	for row := range slices.Chunk(list, picturesRow) {
		b.WriteString("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
		for i := range picturesRow {
			content := paras(para{size: sizeSmall})
			if i < len(row) {
				content = docxPictured(para{align: alignLeft, keepNext: true}, m.add(row[i].JPEG, pictureW, pictureHigh, row[i].Caption)) + paras(row[i].caption())
			}
			b.WriteString(docxCellXML(width, content))
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	para{size: 4}.write(&b)
	return b.String()
}
