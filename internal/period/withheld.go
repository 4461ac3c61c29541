package period

import (
	"maps"
	"slices"
)

// sellersOf is the figure that says how many vendors stand behind the sales of a row.
const sellersOf Code = "sales_filed"

// Withhold leaves out of rows what they add to figures that tell of single vendors, unless at
// least Fewest of them stand behind every such row: of all but one, the last could be worked out.
func Withhold(figures []Figure, lines []Line) []Line {
	told := !slices.ContainsFunc(lines, func(l Line) bool { return l.Adds[sellersOf] < Fewest && tells(figures, l) })
	if told {
		return lines
	}
	return WithholdAll(figures, lines)
}

// WithholdAll leaves out of rows all that they add to figures that tell of single vendors.
func WithholdAll(figures []Figure, lines []Line) []Line {
	out := slices.Clone(lines)
	for i, l := range out {
		out[i].Adds = maps.Clone(l.Adds)
		for _, f := range figures {
			if f.Secret {
				delete(out[i].Adds, f.Code)
			}
		}
	}
	return out
}

// tells reports whether a row adds anything to a figure that tells of single vendors.
func tells(figures []Figure, l Line) bool {
	return slices.ContainsFunc(figures, func(f Figure) bool { return f.Secret && l.Adds[f.Code] != 0 })
}
