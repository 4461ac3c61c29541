package docxtemplate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/beevik/etree"
)

// Data are the values of fields and the rows of lists, by names in small letters. Within a row
// the fields around it are known too.
type Data struct {
	Texts map[string]string
	Lists map[string][]Data
}

// Schema are the names that a template may use: fields, and lists with those of their rows.
type Schema struct {
	Texts []string
	Lists map[string]Schema
}

// mostElements bounds what passages repeat, in elements of the document.
const mostElements = 400_000

// lettersOfElement is how much text within a line is as large as an element.
const lettersOfElement = 16

// scope is where names are looked up: a row, and what is around it.
type scope struct {
	Data
	outer *scope
}

func (s *scope) text(m mark) string {
	for ; s != nil; s = s.outer {
		if value, known := s.Texts[m.name]; known {
			if m.capital {
				return strings.ToUpper(value)
			}
			return value
		}
	}
	return ""
}

func (s *scope) list(name string) []Data {
	for ; s != nil; s = s.outer {
		if rows, known := s.Lists[name]; known {
			return rows
		}
	}
	return nil
}

// filler fills a part.
type filler struct {
	done map[*etree.Element]bool // paragraphs whose text is what somebody typed: no marks any more
	left int                     // elements that may still be copied
	over *Fault                  // there was no room for more
}

// Fill writes the document with values in the place of its marks. A name that has no value says
// nothing. The error is a *Fault for marks that Check would refuse, and for more than a paper holds.
func (t *Template) Fill(data Data) ([]byte, error) {
	filled := map[string]*etree.Document{}
	for _, part := range t.parts {
		doc := part.doc.Copy()
		f := filler{done: map[*etree.Element]bool{}, left: mostElements}
		if err := f.fill(doc.Root(), &scope{Data: data}, false); err != nil {
			return nil, err
		}
		number(doc.Root())
		filled[part.name] = doc
	}
	return t.write(filled)
}

// fill repeats the passages of an element, then fills in its fields. Within a passage, paragraphs
// whose fields say nothing are left out.
func (f *filler) fill(el *etree.Element, s *scope, repeated bool) error {
	for {
		list, err := paragraphs(el, f.done)
		if err != nil {
			return err
		}
		at, err := firstPassage(list)
		if err != nil {
			return err
		}
		if at == nil {
			f.fields(list, s, repeated)
			if f.over != nil {
				return f.over
			}
			return nil
		}
		if err := f.repeat(at, s); err != nil {
			return err
		}
	}
}

// repeat puts a passage there as often as its list has rows.
func (f *filler) repeat(at *passage, s *scope) error {
	var all []*etree.Element
	for _, row := range s.list(at.name) {
		box, err := at.copies()
		if err != nil {
			return err
		}
		if f.left -= count(box); f.left < 0 {
			return &Fault{TooMuch, at.name}
		}
		if err := f.fill(box, &scope{row, s}, true); err != nil {
			return err
		}
		all = append(all, box.ChildElements()...)
	}
	for i := at.last; i >= at.first; i-- {
		at.parent.RemoveChildAt(i)
	}
	for i, e := range all {
		at.parent.InsertChildAt(at.first+i, e)
	}
	if isW(at.parent, "tc") && at.parent.SelectElement("w:p") == nil {
		at.parent.CreateElement("w:p") // a cell ends with a paragraph
	}
	return nil
}

func count(e *etree.Element) int {
	n := 1
	for _, child := range e.ChildElements() {
		n += count(child)
	}
	return n
}

// fields fills in the fields of paragraphs.
func (f *filler) fields(list []paragraph, s *scope, repeated bool) {
	for _, p := range list {
		f.done[p.el] = true
		if len(p.marks) == 0 {
			continue
		}
		swaps := f.swaps(p, s, 0, len(p.marks))
		p.replace(swaps)
		if repeated && p.silent(swaps) && !isW(p.el.Parent(), "tc") {
			p.el.Parent().RemoveChild(p.el)
		}
	}
}

// silent reports whether nothing is left in a paragraph but its fields, which say nothing.
func (p *paragraph) silent(swaps []swap) bool {
	said := p.text
	for _, s := range slices.Backward(swaps) {
		said = said[:s.from] + s.value + said[s.to:]
	}
	return strings.TrimSpace(said) == "" && p.el.FindElement(".//w:drawing") == nil && p.el.FindElement(".//w:pict") == nil
}

// swaps are the values of the marks of a paragraph from one to before another; a passage within
// the paragraph is one of them.
func (f *filler) swaps(p paragraph, s *scope, from, to int) (list []swap) {
	for n := from; n < to; n++ {
		m := p.marks[n]
		if m.sign == 0 {
			value := s.text(m)
			if f.left -= len(value) / lettersOfElement; f.left < 0 {
				f.over = &Fault{TooMuch, m.name}
				return nil
			}
			list = append(list, swap{m.from, m.to, value})
			continue
		}
		end := p.end(n)
		var said strings.Builder
		for _, row := range s.list(m.name) {
			if f.left -= 1 + (p.marks[end].from-m.to)/lettersOfElement; f.left < 0 {
				f.over = &Fault{TooMuch, m.name}
				return nil
			}
			inner := f.swaps(p, &scope{row, s}, n+1, end)
			at := m.to
			for _, x := range inner {
				said.WriteString(p.text[at:x.from] + x.value)
				at = x.to
			}
			said.WriteString(p.text[at:p.marks[end].from])
		}
		list = append(list, swap{m.from, p.marks[end].to, said.String()})
		n = end
	}
	return list
}

// number gives each picture a number of its own, as copies have that of what they copy.
func number(root *etree.Element) {
	for i, e := range root.FindElements(".//wp:docPr") {
		e.RemoveAttr("id")
		e.CreateAttr("id", fmt.Sprint(i+1))
	}
}

// Check looks at the marks of a template: the error is a *Fault for a passage without end or one
// that cannot be repeated, and for names that the schema does not have, all of them at once.
func (t *Template) Check(known Schema) error {
	var unknown []string
	for _, part := range t.parts {
		list, err := paragraphs(part.doc.Root(), nil)
		if err != nil {
			return err
		}
		names, err := checkMarks(list, known)
		if err != nil {
			return err
		}
		unknown = append(unknown, names...)
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return &Fault{Unknown, strings.Join(slices.Compact(unknown), " ")}
	}
	return nil
}

// opened is a passage that is being read.
type opened struct {
	bound
	schema Schema
	inside int // the paragraph in which it begins
}

// checkMarks reads the marks of a part one after the other.
func checkMarks(list []paragraph, known Schema) (unknown []string, err error) {
	stack := []opened{{schema: known}}
	for i, p := range list {
		for _, m := range p.marks {
			top := stack[len(stack)-1]
			switch m.sign {
			case 0:
				if !knows(stack, m.name) {
					unknown = append(unknown, m.String())
				}
			case '#':
				schema, is := listOf(stack, m.name)
				if !is {
					unknown = append(unknown, m.String())
				}
				stack = append(stack, opened{bound{p, m}, schema, i})
			case '/':
				if len(stack) == 1 || top.name != m.name {
					return nil, &Fault{Unclosed, m.String()}
				}
				if top.inside != i {
					if _, err := between(top.bound, bound{p, m}); err != nil {
						return nil, err
					}
				}
				stack = stack[:len(stack)-1]
			}
		}
	}
	if len(stack) > 1 {
		return nil, &Fault{Unclosed, stack[len(stack)-1].mark.String()}
	}
	return unknown, nil
}

func knows(stack []opened, name string) bool {
	return slices.ContainsFunc(stack, func(o opened) bool { return slices.Contains(o.schema.Texts, name) })
}

// listOf finds a list: of the row first, and none that is being repeated already.
func listOf(stack []opened, name string) (Schema, bool) {
	if slices.ContainsFunc(stack[1:], func(o opened) bool { return o.name == name }) {
		return Schema{}, false
	}
	for _, o := range slices.Backward(stack) {
		if schema, is := o.schema.Lists[name]; is {
			return schema, true
		}
	}
	return Schema{}, false
}
