package view

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"hoicho/internal/registry"
)

// Measures of a bar chart in units of its drawing.
const (
	chartW      = 720
	chartH      = 260
	chartLeft   = 60
	chartTop    = 26
	chartBottom = 30
)

// ChartBar is one bar of a chart, its parts from the foot up.
type ChartBar struct {
	Label string
	Parts []ChartPart
}

// ChartPart is a part of a bar. Class picks its colour; the table under the chart
// says the same without colours.
type ChartPart struct {
	Class string
	Value int
}

// MethodClass is the colour of visits by how they were counted.
func MethodClass(m registry.CountMethod) string {
	return map[registry.CountMethod]string{registry.CountScan: "a", registry.CountTap: "c", registry.CountClicker: "b",
		registry.CountPaper: "now", registry.CountEstimated: "e"}[m]
}

func (b ChartBar) total() (n int) {
	for _, p := range b.Parts {
		n += p.Value
	}
	return n
}

// BarChart draws bars side by side, each with its sum on top. label tells screen
// readers what it shows.
func (b Base) BarChart(label string, bars []ChartBar) template.HTML {
	top := 0
	for _, bar := range bars {
		top = max(top, bar.total())
	}
	top = niceTop(top)
	var out strings.Builder
	fmt.Fprintf(&out, `<svg viewBox="0 0 %d %d" role="img" aria-label="%s">`, chartW, chartH, html.EscapeString(label))
	for i := range 5 {
		value := top * i / 4
		y := barY(value, top)
		fmt.Fprintf(&out, `<path class="grid-line" d="M%d %.1fH%d"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`,
			chartLeft, y, chartW, chartLeft-6, y+4, b.Count(int64(value)))
	}
	if len(bars) > 0 {
		pitch := float64(chartW-chartLeft) / float64(len(bars))
		for i, bar := range bars {
			b.drawBar(&out, bar, chartLeft+pitch*float64(i), pitch, top)
		}
	}
	fmt.Fprintf(&out, `<path class="axis" d="M%d %dH%d"/></svg>`, chartLeft, chartH-chartBottom, chartW)
	return template.HTML(out.String())
}

func (b Base) drawBar(out *strings.Builder, bar ChartBar, x, pitch float64, top int) {
	width := min(pitch*0.72, 64)
	middle, foot := x+pitch/2, 0
	for _, p := range bar.Parts {
		if p.Value <= 0 {
			continue
		}
		y := barY(foot+p.Value, top)
		fmt.Fprintf(out, `<rect class="bar %s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, p.Class, middle-width/2, y, width, barY(foot, top)-y)
		foot += p.Value
	}
	if foot > 0 {
		fmt.Fprintf(out, `<text class="val" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, middle, barY(foot, top)-6, b.Count(int64(foot)))
	}
	fmt.Fprintf(out, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, middle, chartH-chartBottom+18, html.EscapeString(bar.Label))
}

// barY is the height of a value in the drawing.
func barY(value, top int) float64 {
	room := float64(chartH - chartTop - chartBottom)
	return float64(chartH-chartBottom) - room*float64(value)/float64(top)
}

// niceTop is the end of the scale: a number whose quarters read easily.
func niceTop(most int) int {
	top := 4
	for {
		for _, step := range []int{1, 2, 5} {
			if top*step >= most {
				return top * step
			}
		}
		top *= 10
	}
}

// Measures of a band in units of its drawing.
const (
	bandW = 1000
	bandH = 30
)

// BandChart draws parts of a whole side by side, as wide as they are large. label tells
// screen readers what it shows.
func BandChart(label string, parts []ChartPart) template.HTML {
	whole := ChartBar{Parts: parts}.total()
	var out strings.Builder
	fmt.Fprintf(&out, `<svg viewBox="0 0 %d %d" preserveAspectRatio="none" role="img" aria-label="%s">`, bandW, bandH, html.EscapeString(label))
	for i, before := 0, 0; i < len(parts) && whole > 0; i++ {
		fmt.Fprintf(&out, `<rect class="bar %s" x="%.1f" width="%.1f" height="%d"/>`, parts[i].Class,
			bandW*float64(before)/float64(whole), bandW*float64(parts[i].Value)/float64(whole), bandH)
		before += parts[i].Value
	}
	return template.HTML(out.String() + "</svg>")
}
