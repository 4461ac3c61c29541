package view

import (
	"fmt"
	"html/template"
	"strings"

	"hoicho/internal/registry"
)

// MapShape is a unit on a map: its outline with the class of its shade, what is said of it,
// and where it leads ("" nowhere).
type MapShape struct{ Href, Class, Path, Title string }

// DrawMap draws units as SVG, the last ones on top. It is hidden from screen readers and its
// links from the tab key: the page has a list that says the same.
func DrawMap(box registry.Box, shapes []MapShape) template.HTML {
	const margin = 4
	svg := &strings.Builder{}
	fmt.Fprintf(svg, `<svg viewBox="%d %d %d %d" aria-hidden="true">`, box.MinX-margin, box.MinY-margin,
		box.MaxX-box.MinX+2*margin, box.MaxY-box.MinY+2*margin)
	for _, s := range shapes {
		shape := fmt.Sprintf(`<path class="%s" d="%s"><title>%s</title></path>`, s.Class, s.Path, template.HTMLEscapeString(s.Title))
		if s.Href != "" {
			shape = `<a href="` + template.HTMLEscapeString(s.Href) + `" tabindex="-1">` + shape + `</a>`
		}
		svg.WriteString(shape)
	}
	svg.WriteString("</svg>")
	return template.HTML(svg.String()) // paths and names from the shipped tables, escaped above
}

// ShadeKey is a line of the legend of a map.
type ShadeKey struct{ Class, Label string }

// Shades are the least figures of each shade of a map; below the first one is the shade of
// none.
type Shades []int64

// Class is the shade of a figure.
func (s Shades) Class(n int64) string {
	shade := 0
	for _, least := range s {
		if n >= least {
			shade++
		}
	}
	return fmt.Sprintf("q%d", shade)
}

// Key is the legend; open says what stands for the last shade, such as "từ 20 cuộc".
func (s Shades) Key(open string) []ShadeKey {
	keys := []ShadeKey{{"q0", "0"}}
	if s[0] > 1 {
		keys[0].Label = fmt.Sprintf("0–%d", s[0]-1)
	}
	for i, least := range s {
		label := open
		switch {
		case i+1 < len(s) && s[i+1]-1 == least:
			label = fmt.Sprint(least)
		case i+1 < len(s):
			label = fmt.Sprintf("%d–%d", least, s[i+1]-1)
		}
		keys = append(keys, ShadeKey{s.Class(least), label})
	}
	return keys
}
