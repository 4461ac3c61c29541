package report

// Told is what everybody is told of a report that was closed: its last figures, and sums of
// sales only as far as no single vendor's could be worked out of them.
type Told struct {
	*Snapshot
	sales *Snapshot // whose sums of sales are told; nil: none are
}

// Tell reads the kept figures of a report and of its addenda, in the order in which they
// were closed, at least one. A sum of sales is told from three vendors on. The sum of an
// addendum takes its place only where three vendors more, or fewer, stand behind it:
// whoever kept the old one could work out the others by the difference.
func Tell(closed ...*Snapshot) Told {
	t := Told{Snapshot: closed[len(closed)-1]}
	for _, s := range closed {
		n := s.N("sales_filed")
		if n < fewest {
			continue
		}
		if t.sales == nil || max(n-t.sales.N("sales_filed"), t.sales.N("sales_filed")-n) >= fewest {
			t.sales = s
		}
	}
	return t
}

// Told is what everybody is told of a closed report.
func (r *Result) Told() Told {
	kept := []*Snapshot{r.Then}
	for _, a := range r.closed() {
		kept = append(kept, a.Then)
	}
	return Tell(kept...)
}

// N is a figure; told is false where it would give away a single vendor's sales. How many
// vendors filed is said of the sum that is told, beside it alone.
func (t Told) N(key Key) (n int64, told bool) {
	rule, ok := ruleOf(key)
	switch {
	case !ok:
		return 0, false
	case !rule.secret && key != "sales_filed":
		return t.Snapshot.N(key), true
	case t.sales == nil:
		return 0, false
	}
	return t.sales.N(key), true
}
