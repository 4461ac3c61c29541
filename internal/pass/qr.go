package pass

import (
	"fmt"
	"strings"

	qrcode "github.com/skip2/go-qrcode"
)

// QuietZone is the width of the white margin that a symbol needs, in modules.
const QuietZone = 4

// Symbol is a QR symbol at level M, without its quiet zone. Modules[y][x] is true
// where it is dark.
type Symbol struct{ Modules [][]bool }

// NewSymbol makes the symbol of a text. It fails for texts that no QR code holds.
func NewSymbol(text string) (Symbol, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return Symbol{}, fmt.Errorf("QR symbol of %d bytes: %w", len(text), err)
	}
	code.DisableBorder = true
	return Symbol{Modules: code.Bitmap()}, nil
}

// Size is the number of modules along a side.
func (s Symbol) Size() int { return len(s.Modules) }

// Rect is a dark rectangle, in modules from the upper left corner of the symbol.
type Rect struct{ X, Y, W, H int }

// Rects covers the dark modules, each once: runs along a row, joined with equal
// runs in the rows below.
func (s Symbol) Rects() []Rect {
	var rects []Rect
	open := map[[2]int]int{} // runs of the row above, as index into rects
	for y, row := range s.Modules {
		next := map[[2]int]int{}
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			run := [2]int{x, runEnd(row, x)}
			i, ok := open[run]
			if !ok {
				i = len(rects)
				rects = append(rects, Rect{X: run[0], Y: y, W: run[1] - run[0]})
			}
			rects[i].H++
			next[run] = i
			x = run[1]
		}
		open = next
	}
	return rects
}

func runEnd(row []bool, x int) int {
	for x < len(row) && row[x] {
		x++
	}
	return x
}

// SVG draws the symbol with its quiet zone. label is told to screen readers; it
// is escaped here.
func (s Symbol) SVG(label string) string {
	side := s.Size() + 2*QuietZone
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" shape-rendering="crispEdges">`, side, side, svgEscape.Replace(label))
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side)
	for _, r := range s.Rects() {
		fmt.Fprintf(&b, "M%d %dh%dv%dh-%dz", r.X+QuietZone, r.Y+QuietZone, r.W, r.H, r.W)
	}
	b.WriteString(`"/></svg>`)
	return b.String()
}

var svgEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")
