package view

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"hoicho/internal/outline"
	"hoicho/internal/registry"
)

// MapShape is a unit on a map: its outline with the class of its shade, what is said of it,
// and where it leads ("" nowhere).
type MapShape struct{ Href, Class, Path, Title string }

// mapGrain is how many units of an outline make one of the drawing: about 220 m, which a
// screen does not tell from 110 and a slow line does.
const mapGrain = 2

// DrawMap draws units as SVG, the last ones on top. It is hidden from screen readers and its
// links from the tab key: the page has a list that says the same.
func DrawMap(box registry.Box, shapes []MapShape) template.HTML {
	const margin = 4
	svg := &strings.Builder{}
	fmt.Fprintf(svg, `<svg viewBox="%d %d %d %d" aria-hidden="true">`, (box.MinX-margin)/mapGrain, (box.MinY-margin)/mapGrain,
		(box.MaxX-box.MinX+2*margin)/mapGrain, (box.MaxY-box.MinY+2*margin)/mapGrain)
	for _, s := range shapes {
		shape := fmt.Sprintf(`<path class="%s" d="%s"><title>%s</title></path>`, s.Class, coarser(s.Path), template.HTMLEscapeString(s.Title))
		if s.Href != "" {
			shape = `<a href="` + template.HTMLEscapeString(s.Href) + `" tabindex="-1">` + shape + `</a>`
		}
		svg.WriteString(shape)
	}
	svg.WriteString("</svg>")
	return template.HTML(svg.String()) // paths and names from the shipped tables, escaped above
}

// coarser is an outline in units of mapGrain. Points are rounded where they lie, not step by step,
// so that neighbours still meet.
func coarser(path string) string {
	rings, _ := outline.Rings(path) // from a shipped table: known to be good
	out := make([]byte, 0, len(path))
	for _, ring := range rings {
		px, py := grained(ring[0].X), grained(ring[0].Y)
		out = fmt.Appendf(out, "M%d %d", px, py)
		started := false
		for _, p := range ring[1:] {
			qx, qy := grained(p.X), grained(p.Y)
			if qx == px && qy == py {
				continue
			}
			if !started {
				out = append(out, 'l')
			}
			out = append(appendStep(out, qx-px, started), step(qy-py)...)
			px, py, started = qx, qy, true
		}
		out = append(out, 'z')
	}
	return string(out)
}

// grained is a coordinate in units of mapGrain, rounded.
func grained(n int) int { return (n + mapGrain/2) / mapGrain }

// appendStep writes a number, apart from the one before it.
func appendStep(out []byte, n int, apart bool) []byte {
	if apart {
		return append(out, step(n)...)
	}
	return strconv.AppendInt(out, int64(n), 10)
}

// step writes a number behind another: a minus sign parts them as a space does.
func step(n int) string {
	if n < 0 {
		return strconv.Itoa(n)
	}
	return " " + strconv.Itoa(n)
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
