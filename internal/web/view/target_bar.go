package view

import (
	"fmt"
	"html"
	"html/template"
)

// TargetBar is how far something is towards its goal: what is done is solid, what has a
// date is hatched, a notch is where the year stands.
type TargetBar struct {
	Done, Scheduled, Goal int64
	Gone                  int64  // of the year, in parts of a thousand; negative draws no notch
	Tone                  string // "", "bad" or "ok"
	Label                 string // the same in words, for whoever does not see it
}

// Measures of a target bar in units of its drawing.
const (
	targetW = 1000
	targetH = 80
)

// Draw draws the bar; the page says the figures beside it in words.
func (t TargetBar) Draw() template.HTML {
	share := func(n int64) int64 {
		if t.Goal <= 0 {
			return 0
		}
		return min(targetW, n*targetW/t.Goal)
	}
	done, planned := share(t.Done), share(t.Done+t.Scheduled)
	out := fmt.Sprintf(`<svg class="target" viewBox="0 0 %d %d" preserveAspectRatio="none" role="img" aria-label="%s"><rect class="t-all" width="%d" height="%d"/>`,
		targetW, targetH, html.EscapeString(t.Label), targetW, targetH)
	if planned > done {
		out += fmt.Sprintf(`<rect class="t-set" x="%d" width="%d" height="%d"/>`, done, planned-done, targetH)
	}
	if done > 0 {
		out += fmt.Sprintf(`<rect class="t-done %s" width="%d" height="%d"/>`, html.EscapeString(t.Tone), done, targetH)
	}
	if t.Gone >= 0 {
		out += fmt.Sprintf(`<rect class="t-now" x="%d" width="12" height="%d"/>`, min(t.Gone, targetW-12), targetH)
	}
	return template.HTML(out + `</svg>`)
}
