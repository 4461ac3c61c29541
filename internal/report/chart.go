package report

import (
	"fmt"
	"html"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Sizes of the chart in its own units.
const (
	chartW, chartH   = 440, 220
	chartTop         = 24
	chartBase        = chartH - 36
	chartBar, chartX = 56, 52
)

// chartClass says how the bars of each way of counting look: as on the page of visits.
var chartClass = map[registry.CountMethod]string{
	registry.CountScan: "bar a", registry.CountTap: "bar c", registry.CountClicker: "bar b",
	registry.CountPaper: "bar now", registry.CountEstimated: "bar e",
}

// Legend is an entry of the key below a chart.
type Legend struct {
	Class string
	Label string
}

// VisitChart draws the visits of each day, one bar on the other for each way of
// counting, and returns the key to it. It is empty where nothing was counted.
func (s *Snapshot) VisitChart(lang string) (svg string, key []Legend) {
	t, days := texts(lang), s.days()
	var most int64
	for _, d := range days {
		most = max(most, s.visitsOn(d, ""))
	}
	if most == 0 {
		return "", nil
	}
	var b strings.Builder
	width := max(chartW, chartX+len(days)*(chartBar+24))
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="%s">`, width, chartH, html.EscapeString(t.T("report.caption.visit_days")))
	top := roundUp(most)
	for i := range int64(3) {
		y := chartBase - int(i)*(chartBase-chartTop)/2
		fmt.Fprintf(&b, `<line class="grid-line" x1="%d" x2="%d" y1="%d" y2="%d"/><text x="%d" y="%d" text-anchor="end">%s</text>`,
			chartX, width, y, y, chartX-8, y+4, vn.Count(top*i/2))
	}
	step := (width - chartX) / len(days)
	for i, d := range days {
		s.chartDay(&b, d, chartX+i*step+(step-chartBar)/2, top)
	}
	b.WriteString(`</svg>`)
	for _, m := range registry.CountMethods {
		if s.N(visitsBy(m)) > 0 {
			key = append(key, Legend{chartClass[m], capital(t.T("report.method." + string(m)))})
		}
	}
	return b.String(), key
}

// chartDay draws the bar of a day.
func (s *Snapshot) chartDay(b *strings.Builder, day string, x int, top int64) {
	y, total := chartBase, s.visitsOn(day, "")
	for _, m := range registry.CountMethods {
		n := s.visitsOn(day, m)
		if n == 0 {
			continue
		}
		height := max(int(n*int64(chartBase-chartTop)/top), 1)
		y -= height
		fmt.Fprintf(b, `<rect class="%s" x="%d" y="%d" width="%d" height="%d"/>`, chartClass[m], x, y, chartBar, height)
	}
	middle := x + chartBar/2
	fmt.Fprintf(b, `<text class="val" x="%d" y="%d" text-anchor="middle">%s</text><text x="%d" y="%d" text-anchor="middle">%s</text>`,
		middle, y-7, vn.Count(total), middle, chartBase+22, vn.ShowDate(day)[:5])
}

// visitsOn is the visits of a day counted one way, or all of them.
func (s *Snapshot) visitsOn(day string, m registry.CountMethod) (sum int64) {
	for _, v := range s.Visits {
		if v.Day == day && (m == "" || v.Method == m) {
			sum += v.N
		}
	}
	return sum
}

// roundUp is the next round number at which a scale may end.
func roundUp(n int64) int64 {
	for step := int64(10); ; step *= 10 {
		for _, tenths := range []int64{10, 16, 20, 24, 30, 40, 50, 60, 80} {
			if top := tenths * step / 10; top >= n {
				return top
			}
		}
	}
}
