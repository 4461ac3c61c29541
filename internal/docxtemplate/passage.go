package docxtemplate

import (
	"slices"

	"github.com/beevik/etree"
)

// paragraphs are those within an element, in the order in which they are read.
func paragraphs(el *etree.Element, skip map[*etree.Element]bool) (list []paragraph, err error) {
	for _, child := range el.ChildElements() {
		if isW(child, "p") && !skip[child] {
			p, err := newParagraph(child)
			if err != nil {
				return nil, err
			}
			list = append(list, p)
		}
		inner, err := paragraphs(child, skip)
		if err != nil {
			return nil, err
		}
		list = append(list, inner...)
	}
	return list, nil
}

// bound is a mark that begins or ends a passage, in its paragraph.
type bound struct {
	paragraph
	mark
}

// passage is a stretch of elements that is repeated: those of a parent from one to another.
// Where its marks stand in paragraphs of their own, these are not in it.
type passage struct {
	name        string
	parent      *etree.Element
	first, last int // indexes among the parent's tokens; those that are taken out
	inner       []*etree.Element
	rows        bool
}

// firstPassage finds the first passage that goes over more than one paragraph; nil if there is
// none. A *Fault for one without end, or whose marks stand where nothing can be repeated.
func firstPassage(list []paragraph) (*passage, error) {
	for i, p := range list {
		for n := 0; n < len(p.marks); n++ {
			m := p.marks[n]
			switch {
			case m.sign == '/':
				return nil, &Fault{Unclosed, m.String()}
			case m.sign == '#' && p.end(n) >= 0:
				n = p.end(n)
			case m.sign == '#':
				end, err := endOf(list[i+1:], m)
				if err != nil {
					return nil, err
				}
				return between(bound{p, m}, end)
			}
		}
	}
	return nil, nil
}

// endOf finds the mark that ends a passage, in the paragraphs after that in which it begins.
func endOf(list []paragraph, begin mark) (bound, error) {
	depth := 1
	for _, p := range list {
		for _, m := range p.marks {
			switch {
			case m.name != begin.name || m.sign == 0:
			case m.sign == '#':
				depth++
			default:
				if depth--; depth == 0 {
					return bound{p, m}, nil
				}
			}
		}
	}
	return bound{}, &Fault{Unclosed, begin.String()}
}

// between is the passage from one mark to another.
func between(begin, end bound) (*passage, error) {
	at := &passage{name: begin.name, parent: begin.el.Parent()}
	if at.parent == end.el.Parent() && begin.alone(begin.mark) && end.alone(end.mark) {
		at.first, at.last = begin.el.Index(), end.el.Index()
		at.take(at.first+1, at.last-1)
		return at, nil
	}
	from, to := above(begin.el, "tr"), above(end.el, "tr")
	if from == nil || to == nil || from.Parent() != to.Parent() {
		return nil, &Fault{Crossed, begin.String()}
	}
	at.parent, at.rows = from.Parent(), true
	at.first, at.last = from.Index(), to.Index()
	at.take(at.first, at.last)
	return at, nil
}

func (at *passage) take(from, to int) {
	for i := from; i <= to; i++ {
		if e, is := at.parent.Child[i].(*etree.Element); is {
			at.inner = append(at.inner, e)
		}
	}
}

// above is the nearest element of a kind around another; nil if there is none.
func above(e *etree.Element, tag string) *etree.Element {
	for e = e.Parent(); e != nil; e = e.Parent() {
		if isW(e, tag) {
			return e
		}
	}
	return nil
}

// copies are the elements of a passage once more, without what may stand in a file only once, and
// without the marks of the passage itself.
func (at *passage) copies() (*etree.Element, error) {
	box := etree.NewElement("w:box")
	for _, e := range at.inner {
		c := e.Copy()
		single(c)
		box.AddChild(c)
	}
	if !at.rows {
		return box, nil
	}
	list, err := paragraphs(box, nil)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		for n, m := range p.marks {
			if m.sign == '#' && m.name == at.name && p.end(n) < 0 {
				p.replace([]swap{{m.from, m.to, ""}})
				return box, at.cutEnd(box)
			}
		}
	}
	return nil, &Fault{Crossed, at.name}
}

// cutEnd takes out the mark that ends the passage, once that which begins it is gone.
func (at *passage) cutEnd(box *etree.Element) error {
	list, err := paragraphs(box, nil)
	if err != nil {
		return err
	}
	end, err := endOf(list, mark{name: at.name, sign: '#'})
	if err != nil {
		return err
	}
	end.replace([]swap{{end.from, end.to, ""}})
	return nil
}

// single takes names and numbers out of a copy that may stand in a file only once.
func single(e *etree.Element) {
	e.Attr = slices.DeleteFunc(e.Attr, func(a etree.Attr) bool { return a.Space == "w14" && (a.Key == "paraId" || a.Key == "textId") })
	for _, child := range e.ChildElements() {
		if isW(child, "bookmarkStart") || isW(child, "bookmarkEnd") {
			e.RemoveChild(child)
			continue
		}
		single(child)
	}
}
