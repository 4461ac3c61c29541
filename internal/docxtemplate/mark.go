package docxtemplate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/beevik/etree"
)

// mark is one {{…}} of a paragraph, from a byte of its text to another.
type mark struct {
	from, to int
	sign     byte   // '#' begins a passage, '/' ends it, 0 is a field
	name     string // in small letters
	capital  bool   // its value is said in capitals
}

// String is the mark as it is written.
func (m mark) String() string {
	sign := ""
	if m.sign != 0 {
		sign = string(m.sign)
	}
	return "{{" + sign + m.name + "}}"
}

var (
	markShape = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	markName  = regexp.MustCompile(`^([#/]?)\s*([A-Za-z][A-Za-z0-9_.]*)$`)
)

// marksOf finds the marks of a text. A *Fault for braces that are no mark.
func marksOf(text string) (marks []mark, err error) {
	at := 0
	for _, m := range markShape.FindAllStringSubmatchIndex(text, -1) {
		if strings.Contains(text[at:m[0]], "{{") || strings.Contains(text[at:m[0]], "}}") {
			return nil, &Fault{Unclosed, clip(text[at:m[1]])}
		}
		at = m[1]
		found := markName.FindStringSubmatch(strings.TrimSpace(text[m[2]:m[3]]))
		if found == nil {
			return nil, &Fault{Unknown, text[m[0]:m[1]]}
		}
		mk := mark{from: m[0], to: m[1], name: strings.ToLower(found[2]), capital: found[2] == strings.ToUpper(found[2])}
		if found[1] != "" {
			mk.sign = found[1][0]
		}
		marks = append(marks, mk)
	}
	if strings.Contains(text[at:], "{{") || strings.Contains(text[at:], "}}") {
		return nil, &Fault{Unclosed, clip(text[at:])}
	}
	return marks, nil
}

// clip is as much of a text as shows where it stands.
func clip(text string) string {
	const most = 60
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// paragraph is a w:p with the pieces of its text, those of paragraphs inside it left out. Word
// cuts a text into pieces wherever it likes, within a mark too.
type paragraph struct {
	el     *etree.Element
	pieces []*etree.Element // w:t
	text   string
	marks  []mark
}

func isW(e *etree.Element, tag string) bool { return e.Space == "w" && e.Tag == tag }

func newParagraph(el *etree.Element) (p paragraph, err error) {
	p.el = el
	p.gather(el)
	for _, piece := range p.pieces {
		p.text += piece.Text()
	}
	p.marks, err = marksOf(p.text)
	return p, err
}

func (p *paragraph) gather(el *etree.Element) {
	for _, child := range el.ChildElements() {
		switch {
		case isW(child, "p"):
		case isW(child, "t"):
			p.pieces = append(p.pieces, child)
		default:
			p.gather(child)
		}
	}
}

// alone reports whether the paragraph has nothing but a mark.
func (p *paragraph) alone(m mark) bool { return strings.TrimSpace(p.text) == p.text[m.from:m.to] }

// end is the mark that ends the passage which the i-th one begins, in the same paragraph; -1
// where it stands elsewhere.
func (p *paragraph) end(i int) int {
	depth := 0
	for n := i; n < len(p.marks); n++ {
		if m := p.marks[n]; m.name == p.marks[i].name && m.sign != 0 {
			if m.sign == '#' {
				depth++
			} else if depth--; depth == 0 {
				return n
			}
		}
	}
	return -1
}

// swap is a stretch of the text and what is to stand there.
type swap struct {
	from, to int
	value    string
}

// replace puts values in the place of stretches of the text, in the order in which they stand. A
// value stands in the piece in which its stretch begins, and so looks like the mark did.
func (p *paragraph) replace(swaps []swap) {
	texts := make([]strings.Builder, len(p.pieces))
	at := 0
	for _, s := range swaps {
		p.keep(texts, at, s.from)
		texts[p.pieceAt(s.from)].WriteString(s.value)
		at = s.to
	}
	p.keep(texts, at, len(p.text))
	for i, piece := range p.pieces {
		if text := texts[i].String(); text != piece.Text() {
			setText(piece, text)
		}
	}
}

// keep writes a stretch of the text to the pieces in which it stands.
func (p *paragraph) keep(texts []strings.Builder, from, to int) {
	begin := 0
	for i, piece := range p.pieces {
		end := begin + len(piece.Text())
		if a, b := max(from, begin), min(to, end); a < b {
			texts[i].WriteString(p.text[a:b])
		}
		begin = end
	}
}

func (p *paragraph) pieceAt(at int) int {
	end := 0
	for i, piece := range p.pieces {
		if end += len(piece.Text()); at < end {
			return i
		}
	}
	return len(p.pieces) - 1
}

// setText writes a text of several lines into a piece.
func setText(piece *etree.Element, text string) {
	lines := strings.Split(clean(text), "\n")
	fill := func(e *etree.Element, line string) {
		e.RemoveAttr("xml:space")
		e.CreateAttr("xml:space", "preserve")
		e.SetText(line)
	}
	fill(piece, lines[0])
	run, at := piece.Parent(), piece.Index()
	for _, line := range lines[1:] {
		next := etree.NewElement("w:t")
		fill(next, line)
		run.InsertChildAt(at+1, etree.NewElement("w:br"))
		run.InsertChildAt(at+2, next)
		at += 2
	}
}

// clean drops what XML cannot hold.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, text)
}
