package testkit

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Doc is a parsed HTML page, or the part of one that a selector picked.
type Doc struct {
	t     testing.TB
	where string
	nodes []*html.Node
}

// Page parses rendered HTML for the checks of a test.
func Page(t testing.TB, body string) Doc {
	t.Helper()
	root, err := html.ParseWithOptions(strings.NewReader(body), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatalf("parse the page: %v", err)
	}
	return Doc{t: t, where: "page", nodes: []*html.Node{root}}
}

// In is Page(t, body).In(selector): it fails the test when nothing matches.
func In(t testing.TB, body, selector string) Doc {
	t.Helper()
	return Page(t, body).In(selector)
}

// In returns the elements below that match the selector, in document order,
// and fails the test when there is none. A selector is a list of steps with
// spaces between, each step inside the one before; a step joins a tag, .class,
// #id, [attr] and [attr=value], as in `form.apply input[name=phone]`.
func (d Doc) In(selector string) Doc {
	d.t.Helper()
	found := d.Find(selector)
	if found.Count() == 0 {
		d.t.Fatalf("%s has no %s", d.where, selector)
	}
	return found
}

// Find is In for what may be absent.
func (d Doc) Find(selector string) Doc {
	d.t.Helper()
	steps, err := parseSelector(selector)
	if err != nil {
		d.t.Fatalf("selector %q: %v", selector, err)
	}
	nodes := d.nodes
	for _, s := range steps {
		nodes = descendants(nodes, s.matches)
	}
	return Doc{t: d.t, where: strings.TrimPrefix(d.where+" "+selector, "page "), nodes: nodes}
}

// None fails the test when something matches the selector.
func (d Doc) None(selector string) Doc {
	d.t.Helper()
	if found := d.Find(selector); found.Count() > 0 {
		d.t.Errorf("%s has %d of %s, want none: %.200s", d.where, found.Count(), selector, found.Text())
	}
	return d
}

// Count returns how many elements were picked.
func (d Doc) Count() int { return len(d.nodes) }

// Each returns the elements one by one.
func (d Doc) Each() []Doc {
	docs := make([]Doc, len(d.nodes))
	for i, n := range d.nodes {
		docs[i] = Doc{t: d.t, where: d.where, nodes: []*html.Node{n}}
	}
	return docs
}

// HasCount fails the test unless exactly n elements were picked.
func (d Doc) HasCount(n int) Doc {
	d.t.Helper()
	if d.Count() != n {
		d.t.Errorf("%s is there %d times, want %d", d.where, d.Count(), n)
	}
	return d
}

// HasText fails the test unless the text of the elements contains want.
// White space counts as one space on both sides.
func (d Doc) HasText(want string) Doc {
	d.t.Helper()
	if !strings.Contains(d.Text(), oneSpace(want)) {
		d.t.Errorf("%s says %q, want %q in it", d.where, d.Text(), want)
	}
	return d
}

// LacksText fails the test when the text of the elements contains the words.
func (d Doc) LacksText(words string) Doc {
	d.t.Helper()
	if strings.Contains(d.Text(), oneSpace(words)) {
		d.t.Errorf("%s says %q, want no %q in it", d.where, d.Text(), words)
	}
	return d
}

// HasAttr fails the test unless the first element has the attribute with
// exactly this value.
func (d Doc) HasAttr(name, want string) Doc {
	d.t.Helper()
	if got, ok := d.lookup(name); !ok || got != want {
		d.t.Errorf("%s has %s=%q (there: %t), want %q", d.where, name, got, ok, want)
	}
	return d
}

// Attr returns the attribute of the first element, "" when it is absent.
func (d Doc) Attr(name string) string {
	value, _ := d.lookup(name)
	return value
}

// Text returns the text of the elements with white space made one space;
// scripts and styles do not count.
func (d Doc) Text() string {
	var b strings.Builder
	for _, n := range d.nodes {
		writeText(&b, n)
		b.WriteByte(' ')
	}
	return oneSpace(b.String())
}

func (d Doc) lookup(name string) (string, bool) {
	if len(d.nodes) == 0 {
		return "", false
	}
	return attr(d.nodes[0], name)
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

// inline names the elements whose text joins the text around them.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "em": true, "i": true, "mark": true, "small": true,
	"span": true, "strong": true, "sub": true, "sup": true, "time": true, "tspan": true,
}

func writeText(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.Data == "script" || n.Data == "style" || n.Data == "template":
	default:
		for c := range n.ChildNodes() {
			writeText(b, c)
		}
		if n.Type == html.ElementNode && !inline[n.Data] {
			b.WriteByte(' ')
		}
	}
}
