package print

import (
	"slices"
	"strings"

	"hoicho/internal/fonts"
)

const (
	mmPerPoint = fonts.MMPerPoint
	lineHeight = 1.3  // of the size: room for the stacked marks of Ẫ and Ộ
	ascent     = 1.0  // of the size, from the top of a line to its baseline
	sizeStep   = 0.25 // points between two sizes that are tried
	longest    = 800  // letters that are looked at: more fit into no box
	ellipsis   = "…"
)

// faceOf is the regular or the bold face.
func faceOf(bold bool) fonts.Face { return fonts.Face{Bold: bold} }

// clean makes a text printable.
func clean(text string) string { return fonts.Clean(text) }

// Lacking lists the letters of texts that a paper cannot show, each once: a box stands
// for them.
func Lacking(texts ...string) []string { return fonts.Lacking(texts...) }

// fitted is a text cut into lines at the size at which it fits.
type fitted struct {
	size  float64
	lines []string
}

// height is how high the lines are together, in mm.
func (f fitted) height() float64 {
	return float64(len(f.lines)) * f.size * lineHeight * mmPerPoint
}

// fit finds the largest size from st.size down to st.least at which the text fits
// the width and height in at most st.lines lines. At the least size it is cut.
func fit(text string, st style, w, h float64) fitted {
	text = clean(text)
	if text == "" || w <= 0 || h <= 0 {
		return fitted{size: st.size}
	}
	text = atMost(text, longest)
	f := faceOf(st.bold)
	most := max(st.lines, 1)
	for size := st.size; size >= st.least; size -= sizeStep {
		lines := f.Wrap(text, size, w)
		got := fitted{size, lines}
		wide := func(line string) bool { return f.Width(line, size) > w } // a single letter is never cut
		if len(lines) <= most && got.height() <= h && !brokeWord(text, lines) && !slices.ContainsFunc(lines, wide) {
			got.lines = balance(f, text, got, w)
			return got
		}
	}
	return cut(text, st, w, h)
}

// atMost is the first n letters of a text.
func atMost(text string, n int) string {
	end := 0
	for letter := range fonts.Letters(text) {
		if n--; n < 0 {
			return text[:end]
		}
		end += len(letter)
	}
	return text
}

// balance makes the lines of a text about equally long, without adding one.
func balance(f fonts.Face, text string, fit fitted, w float64) []string {
	best := fit.lines
	for low, high := 0.0, w; len(best) > 1 && high-low > 0.5; {
		middle := (low + high) / 2
		lines := f.Wrap(text, fit.size, middle)
		if len(lines) > len(best) || brokeWord(text, lines) {
			low = middle
			continue
		}
		best, high = lines, middle
	}
	return best
}

// cut makes the text fit at the least size, with an ellipsis if it has to.
func cut(text string, st style, w, h float64) fitted {
	f, rows := faceOf(st.bold), int(h/(st.least*lineHeight*mmPerPoint))
	most := max(1, min(st.lines, rows))
	lines := f.Wrap(text, st.least, w)
	if len(lines) > most {
		last := slices.Collect(fonts.Letters(lines[most-1]))
		for len(last) > 0 && f.Width(strings.Join(last, "")+ellipsis, st.least) > w {
			last = last[:len(last)-1]
		}
		lines = append(lines[:most-1:most-1], strings.TrimRight(strings.Join(last, ""), " ")+ellipsis)
	}
	return fitted{st.least, lines}
}

// brokeWord reports whether wrapping cut a word in two: a smaller size is better
// than that.
func brokeWord(text string, lines []string) bool {
	return len(strings.Fields(text)) < len(strings.Fields(strings.Join(lines, " ")))
}
