package report

import (
	"strconv"
	"strings"
)

// Mark is a run of a passage: words, or a figure that opens its rows.
type Mark struct {
	Text   string
	Figure string // which figure; "" for words
}

// Passage is a paragraph whose figures are marked.
type Passage []Mark

// String is the passage as files have it.
func (p Passage) String() string {
	var b strings.Builder
	for _, m := range p {
		b.WriteString(m.Text)
	}
	return b.String()
}

// What packages of papers below this one write with: the same as this package does itself.

// Words is a passage without figures.
func Words(text string) Passage { return words(text) }

// Fill fills in a text of a language; its arguments keep their marks.
func Fill(lang, key string, args ...Mark) Passage { return texts(lang).passage(key, args...) }

// SectionOf is a section of passages.
func SectionOf(heading string, list ...Passage) Section { return sectionOf(heading, list...) }

// Columns labels the columns of a table in a language; weights say how wide they are, and a
// negative one that the column holds numbers.
func Columns(lang string, weights []float64, keys ...string) []Column {
	return texts(lang).columns(weights, keys...)
}

// words is a passage without figures.
func words(text string) Passage { return Passage{{Text: text}} }

// slot stands around the number of an argument while a text is filled in. No text that people
// type holds it: control characters are refused.
const slot = "\x01"

// passage fills a text in; its arguments keep their marks.
func (t texts) passage(key string, args ...Mark) (p Passage) {
	places := make([]any, len(args))
	for i := range args {
		places[i] = slot + strconv.Itoa(i) + slot
	}
	for i, part := range strings.Split(t.T(key, places...), slot) {
		if n, err := strconv.Atoi(part); err == nil && i%2 == 1 {
			p = append(p, args[n])
		} else if part != "" {
			p = append(p, Mark{Text: part})
		}
	}
	return p
}

// joinPassages makes one paragraph of several, with words between them.
func joinPassages(between string, list []Passage) (p Passage) {
	for i, one := range list {
		if i > 0 {
			p = append(p, Mark{Text: between})
		}
		p = append(p, one...)
	}
	return p
}

// sectionOf is a section of passages.
func sectionOf(heading string, list ...Passage) Section {
	s := Section{Heading: heading, Said: list}
	for _, p := range list {
		s.Paragraphs = append(s.Paragraphs, p.String())
	}
	return s
}
