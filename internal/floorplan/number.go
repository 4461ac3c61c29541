package floorplan

import (
	"cmp"
	"math"
	"slices"
)

// Direction is the order in which the booths of a row are numbered.
type Direction string

// The directions.
const (
	LeftRight Direction = "right"
	RightLeft Direction = "left"
	Snake     Direction = "snake" // each row begins where the one before ends
	UpDown    Direction = "down"  // columns, each from the top
)

// Directions lists them in the order shown to people.
var Directions = []Direction{LeftRight, RightLeft, Snake, UpDown}

// Scheme is how booths are numbered anew.
type Scheme struct {
	From      string // zone whose booths are numbered; "" = all that have no number
	Zone      string // that they get
	First     int
	Direction Direction
}

// Renumber numbers booths in the order in which they stand. It fails with a Fault where a
// number is beyond 999, or a booth that is not numbered anew has it.
func (l Layout) Renumber(s Scheme) (Layout, error) {
	var some []Object
	rest := map[string]bool{}
	for _, o := range l.Booths() {
		if zone, _, _ := SplitCode(o.Code); zone == s.From {
			some = append(some, o)
		} else {
			rest[o.Code] = true
		}
	}
	l = l.Clone()
	for i, o := range order(some, s.Direction) {
		code := Code(s.Zone, s.First+i)
		if !codeFormHolds(code) || rest[code] {
			return l, Fault{o.ID, "code"}
		}
		l.Objects[l.Find(o.ID)].Code = code
	}
	return l, nil
}

// order puts objects in the order in which they are numbered.
func order(some []Object, d Direction) (ordered []Object) {
	rows := Rows(some)
	if d == UpDown {
		flat := slices.Clone(some)
		for i := range flat {
			flat[i].X, flat[i].Y, flat[i].W, flat[i].H = flat[i].Y, flat[i].X, flat[i].H, flat[i].W
		}
		rows = Rows(flat)
		for _, row := range rows {
			for i := range row {
				row[i].X, row[i].Y, row[i].W, row[i].H = row[i].Y, row[i].X, row[i].H, row[i].W
			}
		}
	}
	for i, row := range rows {
		if d == RightLeft || d == Snake && i%2 == 1 {
			slices.Reverse(row)
		}
		ordered = append(ordered, row...)
	}
	return ordered
}

// Rows sorts objects into rows from the top, each from the left. Those whose middles lie less
// than half a depth apart stand in one row.
func Rows(some []Object) (rows [][]Object) {
	sorted := slices.Clone(some)
	slices.SortStableFunc(sorted, func(a, b Object) int {
		_, ay := a.middle2()
		_, by := b.middle2()
		return cmp.Compare(ay, by)
	})
	for _, o := range sorted {
		_, y := o.middle2()
		if n := len(rows) - 1; n >= 0 {
			_, head := rows[n][0].middle2()
			if math.Abs(float64(y-head)) < float64(o.H) {
				rows[n] = append(rows[n], o)
				continue
			}
		}
		rows = append(rows, []Object{o})
	}
	for _, row := range rows {
		slices.SortStableFunc(row, func(a, b Object) int {
			ax, _ := a.middle2()
			bx, _ := b.middle2()
			return cmp.Compare(ax, bx)
		})
	}
	return rows
}
