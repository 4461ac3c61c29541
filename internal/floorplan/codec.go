package floorplan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxBytes is how long a plan may be as JSON.
const MaxBytes = 400_000

// wire is a plan as JSON.
type wire struct {
	W       int      `json:"w"`
	H       int      `json:"h"`
	Edge    [][2]int `json:"edge,omitempty"`
	Lane    int      `json:"lane"`
	Objects []Object `json:"objects"`
}

// Fault says what a plan cannot be.
type Fault struct {
	Object string // "" = the ground, or the whole
	Field  string // "kind", "x", "edge" …
}

// Error tells the fault to programs.
func (f Fault) Error() string {
	if f.Object == "" {
		return "floor plan: " + f.Field
	}
	return fmt.Sprintf("floor plan: object %q: %s", f.Object, f.Field)
}

// errForm is a text that is no plan at all.
var errForm = Fault{Field: "json"}

// MarshalJSON writes a plan.
func (l Layout) MarshalJSON() ([]byte, error) { return json.Marshal(l.wire()) }

// wire is a plan as it is written.
func (l Layout) wire() wire {
	w := wire{W: l.W, H: l.H, Lane: l.Lane, Objects: l.Objects}
	if w.Objects == nil {
		w.Objects = []Object{}
	}
	for _, p := range l.Edge {
		w.Edge = append(w.Edge, [2]int{p.X, p.Y})
	}
	return w
}

// UnmarshalJSON reads a plan strictly, as Decode does.
func (l *Layout) UnmarshalJSON(raw []byte) error {
	got, err := Decode(raw)
	if err == nil {
		*l = got
	}
	return err
}

// Encode writes a plan as JSON, as it is stored.
func Encode(l Layout) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false) // a text of signs like < would be six times as long
	if err := e.Encode(l.wire()); err != nil {
		panic(err) // a plan always marshals
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// idRoom is how much longer a plan gets when a new booth is named in it.
const idRoom = 60

// tooLong reports whether a plan could not be read again once it is stored, with all its new booths named.
func (l Layout) tooLong() bool {
	room := 0
	for _, o := range l.Objects {
		if o.Kind == Booth && o.Booth == "" {
			room += idRoom
		}
	}
	return len(Encode(l))+room > MaxBytes
}

// Decode reads a plan strictly: fields that it does not know, more than one value, and whatever
// Valid refuses are a Fault.
func Decode(raw []byte) (Layout, error) {
	if len(raw) > MaxBytes {
		return Layout{}, Fault{Field: "size"}
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var w wire
	if err := d.Decode(&w); err != nil {
		return Layout{}, errForm
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Layout{}, errForm
	}
	l := Layout{W: w.W, H: w.H, Lane: w.Lane, Objects: w.Objects}
	for _, p := range w.Edge {
		l.Edge = append(l.Edge, Point{p[0], p[1]})
	}
	if len(l.Objects) == 0 {
		l.Objects = nil
	}
	return l, l.Valid()
}

// idForm is what names an object.
var idForm = regexp.MustCompile(`^[0-9A-Za-z_-]{1,40}$`)

// Valid tells the first thing that a plan may not be; what only keeps it from being published
// is found by Check.
func (l Layout) Valid() error {
	switch {
	case !within(l.W, MinGround, MaxGround):
		return Fault{Field: "w"}
	case !within(l.H, MinGround, MaxGround):
		return Fault{Field: "h"}
	case !within(l.Lane, MinLane, MaxLane):
		return Fault{Field: "lane"}
	case len(l.Objects) > MaxObjects:
		return Fault{Field: "objects"}
	case !l.edgeHolds():
		return Fault{Field: "edge"}
	}
	ids, booths := map[string]bool{}, map[string]bool{}
	for _, o := range l.Objects {
		if field := o.fault(); field != "" {
			return Fault{o.ID, field}
		}
		if ids[o.ID] {
			return Fault{o.ID, "id"}
		}
		if ids[o.ID] = true; o.Booth == "" {
			continue
		}
		if booths[o.Booth] {
			return Fault{o.ID, "booth"}
		}
		booths[o.Booth] = true
	}
	if l.tooLong() {
		return Fault{Field: "size"}
	}
	return nil
}

func within(n, least, most int) bool { return n >= least && n <= most }

// fault names the field of an object that cannot be.
func (o Object) fault() string {
	least, most := MinSide, MaxGround
	if o.Kind == Booth {
		least, most = MinBooth, MaxBooth
	}
	switch {
	case !idForm.MatchString(o.ID):
		return "id"
	case !slices.Contains(Kinds, o.Kind):
		return "kind"
	case !within(o.X, -far, far):
		return "x"
	case !within(o.Y, -far, far):
		return "y"
	case !within(o.W, least, most):
		return "w"
	case !within(o.H, least, most):
		return "h"
	case !within(o.Turn, 0, 359):
		return "turn"
	case !wordsHold(o.Label):
		return "label"
	case o.Code != "" && (o.Kind != Booth || !codeFormHolds(o.Code)):
		return "code"
	case o.Booth != "" && (o.Kind != Booth || !idForm.MatchString(o.Booth)):
		return "booth"
	}
	return ""
}

func codeFormHolds(code string) bool {
	_, _, ok := SplitCode(code)
	return ok
}

// wordsHold reports whether a label is a line of letters.
func wordsHold(s string) bool {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > MaxLabel {
		return false
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// edgeHolds reports whether the corners of the ground go round it once without crossing.
func (l Layout) edgeHolds() bool {
	n := len(l.Edge)
	if n == 0 {
		return true
	}
	if n < 3 || n > MaxEdge {
		return false
	}
	for i, p := range l.Edge {
		if !within(p.X, 0, l.W) || !within(p.Y, 0, l.H) || p == l.Edge[(i+1)%n] {
			return false
		}
		for j := i + 1; j < n; j++ {
			beside := j == i+1 || i == 0 && j == n-1
			if !beside && touch(l.Edge[i], l.Edge[(i+1)%n], l.Edge[j], l.Edge[(j+1)%n]) {
				return false
			}
		}
	}
	return true
}

// touch reports whether two lines have a point in common.
func touch(a, b, c, d Point) bool {
	s1, s2, s3, s4 := side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
	if s1 != s2 && s3 != s4 {
		return true
	}
	return s1 == 0 && on(a, b, c) || s2 == 0 && on(a, b, d) || s3 == 0 && on(c, d, a) || s4 == 0 && on(c, d, b)
}

// side tells on which side of the line from a to b c lies: -1, 0, 1.
func side(a, b, c Point) int {
	cross := int64(b.X-a.X)*int64(c.Y-a.Y) - int64(b.Y-a.Y)*int64(c.X-a.X)
	switch {
	case cross > 0:
		return 1
	case cross < 0:
		return -1
	}
	return 0
}

// on reports whether c, which lies in line with a and b, lies between them.
func on(a, b, c Point) bool {
	return min(a.X, b.X) <= c.X && c.X <= max(a.X, b.X) && min(a.Y, b.Y) <= c.Y && c.Y <= max(a.Y, b.Y)
}
