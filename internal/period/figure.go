package period

import (
	"math/bits"
	"slices"
)

// Fewest is how many vendors at least stand behind a sum of sales that is shown: from fewer, one
// could tell what another one sold.
const Fewest = 3

// Value is a figure as it was counted, or typed.
type Value struct {
	N        int64 `json:"n"`
	Typed    bool  `json:"typed,omitempty"`
	Withheld bool  `json:"withheld,omitempty"` // fewer than Fewest vendors stand behind it; N is 0
}

// Values are the figures of a report by their codes. A figure that is missing is not known,
// which is something else than 0.
type Values map[Code]Value

// Line is a row of a register with what it adds to figures.
type Line struct {
	Source string         `json:"s"` // the register
	ID     string         `json:"i"`
	Label  string         `json:"l"`
	Day    string         `json:"d"` // YYYY-MM-DD; "" has none
	Adds   map[Code]int64 `json:"a"`
}

// Sum counts figures from rows: those of the list that some register knows. Sales behind which
// too few vendors stand are withheld.
func Sum(figures []Figure, counts func(Code) bool, lines []Line, vendors int64) Values {
	sums := map[Code]int64{}
	for _, l := range lines {
		for code, n := range l.Adds {
			sums[code] += n
		}
	}
	return Of(figures, counts, sums, vendors)
}

// Of makes the figures of a form from sums of rows, with the shares that follow from them.
func Of(figures []Figure, counts func(Code) bool, sums map[Code]int64, vendors int64) Values {
	out := Values{}
	for _, f := range figures {
		switch {
		case f.Unit == Share:
			if share, ok := perMille(sums[f.Part], sums[f.Of]); ok {
				out[f.Code] = Value{N: share}
			}
		case f.Secret && vendors < Fewest && sums[f.Code] > 0:
			out[f.Code] = Value{Withheld: true}
		case counts(f.Code):
			out[f.Code] = Value{N: sums[f.Code]}
		}
	}
	return out
}

// perMille is a part of a whole in thousandths, rounded down; false for a whole of none.
func perMille(part, whole int64) (int64, bool) {
	if whole <= 0 || part < 0 || part > whole {
		return 0, false
	}
	high, low := bits.Mul64(uint64(part), 1000)
	q, _ := bits.Div64(high, low, uint64(whole))
	return int64(q), true
}

// WithTyped puts what was typed in the place of what no register knows, marked as typed. What
// the register does know stays.
func (v Values) WithTyped(figures []Figure, typed map[Code]int64) Values {
	out := Values{}
	for code, value := range v {
		out[code] = value
	}
	for _, f := range figures {
		if n, ok := typed[f.Code]; ok && f.MayType(v) {
			out[f.Code] = Value{N: n, Typed: true}
		}
	}
	return out
}

// MayType reports whether the figure may be typed beside what the registers count.
func (f Figure) MayType(counted Values) bool {
	return f.Typing == TypedAlways || f.Typing == TypedAbsent && counted[f.Code].N == 0 && !counted[f.Code].Withheld
}

// Add sums the figures of several reports: what is withheld or not known adds nothing, shares
// are made anew.
func Add(figures []Figure, all []Values) Values {
	out := Values{}
	for _, f := range figures {
		for _, v := range all {
			if value, ok := v[f.Code]; ok && f.Unit != Share && !value.Withheld {
				sum := out[f.Code]
				out[f.Code] = Value{N: sum.N + value.N, Typed: sum.Typed || value.Typed}
			}
		}
	}
	for _, f := range figures {
		if f.Unit != Share {
			continue
		}
		if share, ok := perMille(out[f.Part].N, out[f.Of].N); ok {
			out[f.Code] = Value{N: share}
		}
	}
	return out
}

// DoubtKind says why a figure is asked about.
type DoubtKind string

// Why a figure is asked about.
const (
	AboveBound DoubtKind = "most"  // more than is plausible in the period
	BelowEach  DoubtKind = "least" // too little for each of the things it is about
	AboveEach  DoubtKind = "each"  // too much for each of them
)

// Doubt is a figure that is hardly possible. It is asked about, never refused.
type Doubt struct {
	Figure Figure
	Kind   DoubtKind
	N      int64 // the figure, or how much it is for each
	Bound  int64
}

// Doubts finds the figures of a report that are hardly possible.
func Doubts(figures []Figure, p Part, v Values) (doubts []Doubt) {
	for _, f := range figures {
		value, ok := v[f.Code]
		if !ok || value.Withheld || f.Unit == Share {
			continue
		}
		if bound := f.Bound(p); bound > 0 && value.N > bound {
			doubts = append(doubts, Doubt{f, AboveBound, value.N, bound})
		}
		of := v[f.Of].N
		switch {
		case f.Of == "" || of == 0 || value.N == 0:
		case f.Each > 0 && value.N > f.Each*of:
			doubts = append(doubts, Doubt{f, AboveEach, value.N / of, f.Each})
		case value.N < f.Least*of:
			doubts = append(doubts, Doubt{f, BelowEach, value.N / of, f.Least})
		}
	}
	return doubts
}

// Change is a row that is not as it was when a report was handed in.
type Change struct {
	Line
	Was, Is map[Code]int64 // nil: it was not there, or is gone
}

// Changes compares the rows of a report as they were frozen with those of now: what came, what
// went, what counts otherwise, in the order of now and then of what went.
func Changes(was, is []Line) (changes []Change) {
	key := func(l Line) string { return l.Source + " " + l.ID }
	then := map[string]Line{}
	for _, l := range was {
		then[key(l)] = l
	}
	for _, l := range is {
		before, there := then[key(l)]
		if !there {
			changes = append(changes, Change{Line: l, Is: l.Adds})
		} else if !sameAdds(before.Adds, l.Adds) {
			changes = append(changes, Change{Line: l, Was: before.Adds, Is: l.Adds})
		}
		delete(then, key(l))
	}
	for _, l := range was {
		if _, gone := then[key(l)]; gone {
			changes = append(changes, Change{Line: l, Was: l.Adds})
		}
	}
	return changes
}

func sameAdds(a, b map[Code]int64) bool {
	for code, n := range a {
		if b[code] != n {
			return false
		}
	}
	for code, n := range b {
		if a[code] != n {
			return false
		}
	}
	return true
}

// Moved are the figures of a list that differ between two counts, in the order of the form.
func Moved(figures []Figure, was, is Values) (moved []Figure) {
	return slices.DeleteFunc(slices.Clone(figures), func(f Figure) bool { return was[f.Code] == is[f.Code] })
}
