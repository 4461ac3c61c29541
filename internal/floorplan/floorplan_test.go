package floorplan

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// counter makes ids for tests.
func counter() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("o%d", n) }
}

// contains reports whether a point lies in an object, by turning the point back.
func contains(o Object, x, y float64) bool {
	s, c := turned(o.Turn)
	dx, dy := x-float64(o.X)-float64(o.W)/2, y-float64(o.Y)-float64(o.H)/2
	u, v := dx*c+dy*s, -dx*s+dy*c
	return 2*max(u, -u) <= float64(o.W) && 2*max(v, -v) <= float64(o.H)
}

// slowlyMeets looks at points a centimetre apart.
func slowlyMeets(a, b Object) bool {
	left, top, right, bottom := a.Bounds()
	for x := left; x <= right; x++ {
		for y := top; y <= bottom; y++ {
			if contains(a, float64(x), float64(y)) && contains(b, float64(x), float64(y)) {
				return true
			}
		}
	}
	return false
}

func TestCrossingIsWhatPointsSay(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 4))
	some := func() Object {
		o := Object{Kind: Booth, X: r.IntN(90), Y: r.IntN(90), W: 10 + r.IntN(40), H: 10 + r.IntN(40), Turn: r.IntN(360)}
		if r.IntN(3) == 0 {
			o.Turn = 90 * r.IntN(4)
		}
		return o
	}
	met := 0
	for range 4000 {
		a, b := some(), some()
		deep, way := crossing(a, b)
		back, _ := crossing(b, a)
		if (deep > 0) != (back > 0) {
			t.Fatalf("%+v and %+v meet one way alone: %g, %g", a, b, deep, back)
		}
		small, smaller := a, b
		small.X, small.Y, small.W, small.H = a.X+1, a.Y+1, a.W-2, a.H-2
		smaller.X, smaller.Y, smaller.W, smaller.H = b.X+1, b.Y+1, b.W-2, b.H-2
		if slowlyMeets(small, smaller) && deep == 0 {
			t.Fatalf("%+v and %+v have points in common and do not meet", a, b)
		}
		if deep > 6 && !slowlyMeets(a, b) {
			t.Fatalf("%+v and %+v stand %g cm in each other and have no point in common", a, b, deep)
		}
		if deep > 0 {
			met++
			c := a
			c.X, c.Y = a.X+int(way.x*1.02)+sign(way.x), a.Y+int(way.y*1.02)+sign(way.y)
			if still, _ := crossing(c, b); still > slack+0.5 {
				t.Fatalf("%+v, moved by %+v, still stands %g cm in %+v", a, way, still, b)
			}
		} else if Distance(a, b) > 1 && slowlyMeets(a, b) {
			t.Fatalf("%+v and %+v are apart and meet", a, b)
		}
	}
	if met < 500 {
		t.Fatalf("only %d of 4000 pairs met", met)
	}
}

func sign(f float64) int {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return 0
}

func TestDistance(t *testing.T) {
	a := Object{X: 0, Y: 0, W: 300, H: 300}
	for _, c := range []struct {
		b    Object
		want int
	}{
		{Object{X: 300, Y: 0, W: 300, H: 300}, 0},
		{Object{X: 350, Y: 100, W: 300, H: 300}, 50},
		{Object{X: 600, Y: 700, W: 300, H: 300}, 500},
		{Object{X: 400, Y: 0, W: 300, H: 300, Turn: 45}, 38},
	} {
		if got := Distance(a, c.b); got != c.want {
			t.Errorf("distance to %+v is %d, want %d", c.b, got, c.want)
		}
	}
}

func TestInsideGroundWithABay(t *testing.T) {
	l := Layout{W: 1000, H: 1000, Lane: DefaultLane, Edge: []Point{{0, 0}, {1000, 0}, {1000, 1000}, {600, 1000}, {600, 400}, {400, 400}, {400, 1000}, {0, 1000}}}
	if err := l.Valid(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o    Object
		want bool
	}{
		{Object{X: 0, Y: 0, W: 300, H: 300}, true},
		{Object{X: 100, Y: 700, W: 300, H: 300}, true},
		{Object{X: 101, Y: 700, W: 302, H: 300}, false},
		{Object{X: 50, Y: 450, W: 900, H: 100}, false}, // its corners alone are inside
		{Object{X: 400, Y: 100, W: 200, H: 200, Turn: 45}, true},
		{Object{X: -5, Y: 50, W: 300, H: 300}, false},
		{Object{X: 450, Y: 600, W: 100, H: 100}, false},
	} {
		if got := l.inside(c.o); got != c.want {
			t.Errorf("inside(%+v) = %v, want %v", c.o, got, c.want)
		}
	}
}

func TestTemplatesCanBePublished(t *testing.T) {
	three := []Given{{ID: "b1", Code: "A01", Had: true, W: 300, H: 300}, {ID: "b2", Code: "A02", W: 300, H: 300}}
	sizes := []Given{{W: 600, H: 300}, {W: 450, H: 355}, {W: 305, H: 250}, {W: 50, H: 900}, {W: 300, H: 300}}
	many := func(n int) (given []Given) {
		for i := range n {
			g := sizes[i%len(sizes)]
			g.ID, g.Code, g.Had = fmt.Sprint("b", i), Code("A", i+1), i%2 == 0
			given = append(given, g)
		}
		return given
	}
	for _, given := range [][]Given{three, many(1), many(4), many(7), many(63), many(410)} {
		for _, tpl := range []Template{DoubleRow, UShape, Street} {
			for _, n := range []int{0, 1, 2, 5, 20, 99, 400} {
				templateHolds(t, tpl, given, n)
			}
		}
	}
	for _, tpl := range Templates { // more than fit are a fault, and not left out
		if l := New(tpl, many(999), 0, counter()); tpl != Empty && l.Valid() == nil && l.Count(Booth) != 999 {
			t.Errorf("%s of 999 has %d booths", tpl, l.Count(Booth))
		}
	}
}

// templateHolds lays a template and looks at all that can be wrong with it: every booth is there as large as it is.
func templateHolds(t *testing.T, tpl Template, given []Given, n int) {
	t.Helper()
	l := New(tpl, given, n, counter())
	if err := l.Valid(); err != nil {
		t.Fatalf("%s of %d, %d there: %v", tpl, n, len(given), err)
	}
	if got, want := l.Count(Booth), max(n, len(given), 1); got != want {
		t.Errorf("%s of %d has %d booths, want %d", tpl, n, got, want)
	}
	for _, f := range Check(l, given) {
		if f.Why != OddSize && f.Other != string(OddSize) {
			t.Errorf("%s of %d, %d there: %+v", tpl, n, len(given), f)
		}
	}
	drawn := map[string]Object{}
	for _, o := range l.Booths() {
		drawn[o.Booth] = o
	}
	for _, g := range given {
		if o := drawn[g.ID]; o.W != g.W || o.H != g.H || o.Code != g.Code {
			t.Errorf("%s: %+v is drawn as %+v", tpl, g, o)
		}
	}
}

// TestFindings lays one of each fault, and goes the way out of each that has one.
func TestFindings(t *testing.T) {
	l := Layout{W: 6000, H: 4000, Lane: 400, Objects: []Object{
		{ID: "a", Kind: Booth, X: 300, Y: 300, W: 300, H: 300, Code: "A01", Booth: "b1"},
		{ID: "b", Kind: Booth, X: 590, Y: 300, W: 300, H: 300, Code: "A01"},
		{ID: "c", Kind: Booth, X: 2000, Y: 960, W: 300, H: 300, Code: "A03", Booth: "gone"},
		{ID: "d", Kind: Booth, X: 5800, Y: 300, W: 300, H: 250, Code: ""},
		{ID: "e", Kind: Fire, X: 0, Y: 1000, W: 6000, H: 350},
		{ID: "f", Kind: Zone, X: 300, Y: 300, W: 900, H: 300, Label: "Khu A"},
	}}
	event := []Given{{ID: "b1", Code: "A01"}, {ID: "b9", Code: "A09", Had: true, Owner: "HTX", W: 300, H: 300}, {ID: "b10", Code: "A10", W: 300, H: 300}}
	want := []string{"duplicate.b.a", "unnumbered.d.", "overlap.b.a", "lane.c.e", "outside.d.", "deleted.b9.", "unknown.c.", "missing.b10.", "size.d.", "narrow.e.", "no_gate.."}
	var got []string
	for _, f := range Check(l, event) {
		got = append(got, f.Key())
	}
	if !slices.Equal(got, want) {
		t.Fatalf("findings\n%q, want\n%q", got, want)
	}
	for range 20 {
		i := slices.IndexFunc(Check(l, event), func(f Finding) bool { return !f.Way.None() })
		if i < 0 {
			break
		}
		f := Check(l, event)[i]
		l = l.Take(f, "new"+f.Way.Booth.ID)
		if slices.ContainsFunc(Check(l, event), func(g Finding) bool { return g.Key() == f.Key() }) {
			t.Errorf("after the way out of %+v it is still there", f)
		}
	}
	if stops := Stops(Check(l, event)); len(stops) > 0 {
		t.Errorf("still: %+v", stops)
	}
	if i := slices.IndexFunc(l.Objects, func(o Object) bool { return o.Code == "A09" }); i < 0 || l.Objects[i].Booth != "b9" {
		t.Error("the booth that somebody has is not back")
	}
}

func TestRenumber(t *testing.T) {
	l := New(DoubleRow, nil, 8, counter())
	codes := func(d Direction) (all []string) {
		m, err := l.Renumber(Scheme{From: "A", Zone: "B", First: 9, Direction: d})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range m.Booths() {
			all = append(all, o.Code)
		}
		return all
	}
	for d, want := range map[Direction]string{
		LeftRight: "B09 B10 B11 B12 B13 B14 B15 B16", RightLeft: "B12 B11 B10 B09 B16 B15 B14 B13",
		Snake: "B09 B10 B11 B12 B16 B15 B14 B13", UpDown: "B09 B11 B13 B15 B10 B12 B14 B16",
	} {
		if got := strings.Join(codes(d), " "); got != want {
			t.Errorf("%s: %s, want %s", d, got, want)
		}
	}
	if _, err := l.Renumber(Scheme{From: "A", Zone: "A", First: 995, Direction: LeftRight}); err == nil {
		t.Error("numbers beyond 999 are taken")
	}
	l.Objects[0].Code = "C01"
	if _, err := l.Renumber(Scheme{From: "A", Zone: "C", First: 1, Direction: LeftRight}); err == nil {
		t.Error("a number that another booth has is given again")
	}
}

func TestMerge(t *testing.T) {
	base := New(Street, nil, 6, counter())
	theirs, mine := base.Clone(), base.Clone()
	theirs.Objects[0].X += 50
	theirs.Objects[1].X += 50
	mine.Objects[1].Y += 50
	mine.Objects[2].Code = "Z01"
	mine.Objects = append(mine.Objects, Object{ID: "fresh", Kind: WC, W: 100, H: 100})
	mine.Objects = slices.Delete(mine.Objects, 3, 4)
	mine.W += 100
	merged, open := Merge(base, theirs, mine, nil)
	if len(open) != 1 || open[0].ID != base.Objects[1].ID {
		t.Fatalf("open: %+v", open)
	}
	for id, c := range map[Choice]Object{KeepTheirs: theirs.Objects[1], KeepMine: mine.Objects[1]} {
		m, open := Merge(base, theirs, mine, map[string]Choice{c.ID: id})
		if Open(open) > 0 || m.Objects[m.Find(c.ID)] != c {
			t.Errorf("%s: %+v, open %+v", id, m.Objects[m.Find(c.ID)], open)
		}
	}
	if merged.W != mine.W || merged.Objects[0] != theirs.Objects[0] || merged.Objects[2].Code != "Z01" || merged.Find("fresh") < 0 || merged.Find(base.Objects[3].ID) >= 0 {
		t.Errorf("merged: %+v", merged)
	}
	if m, open := Merge(base, base, mine, nil); len(open) > 0 || len(m.Objects) != len(mine.Objects) {
		t.Errorf("with nothing of theirs: %+v, %+v", m, open)
	}
	if a, g, c := Differences(base, mine); a != 1 || g != 1 || c != 3 {
		t.Errorf("differences: %d, %d, %d", a, g, c)
	}
}

// TestMergeLosesNothing changes random objects on both sides: what one side alone changed is in
// the merged plan, what both changed is a Conflict, and nothing else is.
func TestMergeLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	base := New(DoubleRow, nil, 40, counter())
	for range 200 {
		theirs, mine := base.Clone(), base.Clone()
		for range 8 {
			theirs.Objects[r.IntN(len(base.Objects))].X += 5
			mine.Objects[r.IntN(len(base.Objects))].Y += 5
		}
		merged, open := Merge(base, theirs, mine, nil)
		for i, b := range base.Objects {
			x, y, m := theirs.Objects[i], mine.Objects[i], merged.Objects[i]
			both := x != b && y != b
			asked := slices.ContainsFunc(open, func(c Conflict) bool { return c.ID == b.ID })
			if both != asked || !both && m.X != x.X || !both && m.Y != y.Y {
				t.Fatalf("%+v, theirs %+v, mine %+v, merged %+v, asked %v", b, x, y, m, asked)
			}
		}
	}
}

func TestCodecIsStrict(t *testing.T) {
	good := Encode(New(UShape, []Given{{ID: "b1", Code: "A01", W: 300, H: 300}}, 30, counter()))
	l, err := Decode([]byte(good))
	if err != nil || Encode(l) != good {
		t.Fatalf("%v\n%s\n%s", err, good, Encode(l))
	}
	object := func(s string) string { return `{"w":6000,"h":4000,"lane":400,"objects":[` + s + `]}` }
	for text, want := range map[string]string{
		``: "json", `[]`: "json", good + `{}`: "json", `{"w":6000,"h":4000,"lane":400,"objects":[],"x":1}`: "json",
		`{"w":1.5,"h":4000,"lane":400}`: "json", `{"w":5,"h":4000,"lane":400}`: "w", `{"w":6000,"h":4000,"lane":0}`: "lane",
		`{"w":6000,"h":4000,"lane":400,"edge":[[0,0],[6000,4000],[6000,0],[0,4000]]}`:                  "edge",
		`{"w":6000,"h":4000,"lane":400,"edge":[[0,0],[1,1]]}`:                                          "edge",
		object(`{"id":"","kind":"wc","x":0,"y":0,"w":100,"h":100}`):                                    "id",
		object(`{"id":"a","kind":"tree","x":0,"y":0,"w":100,"h":100}`):                                 "kind",
		object(`{"id":"a","kind":"wc","x":0,"y":0,"w":100,"h":100,"turn":360}`):                        "turn",
		object(`{"id":"a","kind":"wc","x":0,"y":0,"w":100,"h":0}`):                                     "h",
		object(`{"id":"a","kind":"booth","x":0,"y":0,"w":40,"h":300}`):                                 "w",
		object(`{"id":"a","kind":"wc","x":9999999999,"y":0,"w":100,"h":100}`):                          "x",
		object(`{"id":"a","kind":"wc","x":0,"y":0,"w":100,"h":100,"code":"A01"}`):                      "code",
		object(`{"id":"a","kind":"booth","x":0,"y":0,"w":300,"h":300,"code":"a1"}`):                    "code",
		object(`{"id":"a","kind":"booth","x":0,"y":0,"w":300,"h":300,"code":"A00"}`):                   "code",
		object(`{"id":"a","kind":"text","x":0,"y":0,"w":300,"h":300,"label":"a\nb"}`):                  "label",
		object(`{"id":"a","kind":"wc","x":0,"y":0,"w":9,"h":100},{"id":"a","kind":"wc"}`):              "w",
		object(`{"id":"a","kind":"wc","w":90,"h":100},{"id":"a","kind":"wc","w":90,"h":100}`):          "id",
		object(strings.TrimSuffix(strings.Repeat(`{"id":"a","kind":"wc","w":90,"h":90},`, 1001), ",")): "objects",
		strings.Repeat(" ", MaxBytes+1):                                                                "size",
	} {
		_, err := Decode([]byte(text))
		var f Fault
		if f, _ = err.(Fault); f.Field != want {
			t.Errorf("%.120s: %v, want a fault at %s", text, err, want)
		}
	}
}

// TestWhatIsStoredCanBeRead: signs that JSON could write longer make no plan too long to be read again, and one that would be once
// its new booths are named is refused.
func TestWhatIsStoredCanBeRead(t *testing.T) {
	l := Layout{W: 6000, H: 4000, Lane: 400}
	for i := range MaxObjects {
		l.Objects = append(l.Objects, Object{ID: "t" + strconv.Itoa(i), Kind: Text, W: 100, H: 100, Label: strings.Repeat("<&>", 20)})
	}
	if err := l.Valid(); err != nil {
		t.Fatal(err)
	}
	raw := Encode(l)
	if got, err := Decode([]byte(raw)); err != nil || !Equal(got, l) || len(raw) > MaxBytes {
		t.Errorf("%d bytes: %v", len(raw), err)
	}
	for i := range l.Objects {
		l.Objects[i] = Object{ID: strings.Repeat("i", 36) + strconv.Itoa(i), Kind: Booth, X: 5000, Y: 3000, W: 300, H: 300, Turn: 359, Code: "A" + strconv.Itoa(i%900+10),
			Label: strings.Repeat("🏮", 60)}
	}
	if f, _ := l.Valid().(Fault); f.Field != "size" {
		t.Errorf("a plan of %d bytes before its booths are named: %v", len(Encode(l)), l.Valid())
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(Encode(New(Street, nil, 8, counter()))))
	f.Add([]byte(`{"w":6000,"h":4000,"lane":400,"edge":[[0,0],[6000,0],[6000,4000]],"objects":[{"id":"a","kind":"booth","w":300,"h":300,"turn":17}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := Decode(raw)
		if err != nil {
			return
		}
		again, err := Decode([]byte(Encode(l)))
		if err != nil || !Equal(l, again) {
			t.Fatalf("%v: %s", err, Encode(l))
		}
		Check(l, nil)
		if !json.Valid([]byte(Encode(l))) {
			t.Fatal("no JSON")
		}
	})
}

// crowd is a plan of so many objects in one place, half of them of another kind.
func crowd(n int, a, b Kind) Layout {
	l := Layout{W: 10_000, H: 10_000, Lane: DefaultLane}
	for i := range n {
		o := Object{ID: fmt.Sprint("o", i), Kind: a, X: 300 + i%7, Y: 300, W: 300, H: 300, Turn: i % 90}
		if i%2 == 1 {
			o.Kind = b
		}
		l.Objects = append(l.Objects, o)
	}
	return l
}

// TestBoothsStandInNothing: what no booth can be built in is found, and what a fire lane is to be free of; 9 x 1 m is no
// stand, nor several.
func TestBoothsStandInNothing(t *testing.T) {
	at := func(kind Kind, w, h int) Object {
		return Object{ID: string(kind), Kind: kind, X: 1000, Y: 1000, W: w, H: h}
	}
	for _, c := range []struct {
		a, b     Object
		why      Why
		severity Severity
	}{
		{at(Booth, 300, 300), at(WC, 300, 300), Built, Must}, {at(Table, 300, 300), at(Booth, 300, 300), Built, Must},
		{at(Aid, 300, 300), at(Booth, 300, 300), Built, Must}, {at(Booth, 300, 300), at(Power, 100, 100), Built, Look},
		{at(Fire, 400, 400), at(Gate, 300, 100), InLane, Look}, {at(Power, 100, 100), at(Fire, 400, 400), InLane, Look},
		{at(Fire, 400, 400), at(Booth, 300, 300), InLane, Must}, {at(Booth, 300, 300), at(Zone, 300, 300), "", ""},
	} {
		c.a.Code, c.b.Code = map[Kind]string{Booth: "A01"}[c.a.Kind], map[Kind]string{Booth: "A01"}[c.b.Kind]
		var got []Finding
		for _, f := range Check(Layout{W: 6000, H: 4000, Lane: 400, Objects: []Object{c.a, c.b}}, nil) {
			if f.Other != "" {
				got = append(got, f)
			}
		}
		if c.why == "" && len(got) > 0 || c.why != "" && (len(got) != 1 || got[0].Why != c.why || got[0].Severity != c.severity) {
			t.Errorf("%s and %s: %+v", c.a.Kind, c.b.Kind, got)
		}
	}
	for size, odd := range map[[2]int]bool{{300, 300}: false, {600, 300}: false, {900, 100}: true, {450, 200}: true} {
		l := Layout{W: 6000, H: 4000, Lane: 400, Objects: []Object{{ID: "a", Kind: Booth, Code: "A01", W: size[0], H: size[1]}}}
		if found := slices.ContainsFunc(Check(l, nil), func(f Finding) bool { return f.Why == OddSize }); found != odd {
			t.Errorf("%v is odd: %v", size, found)
		}
	}
}

// TestWorkOfACheckIsBounded counts how often two objects are held against each other: on a plan as one draws it only
// neighbours are, and where all stands in one place the check ends once enough is found.
func TestWorkOfACheckIsBounded(t *testing.T) {
	for name, c := range map[string]struct {
		l    Layout
		most int
	}{
		"as one draws it":    {New(DoubleRow, nil, 400, counter()), 4_000},
		"booths in a heap":   {crowd(MaxObjects, Booth, Booth), 60_000},
		"tables in lanes":    {crowd(MaxObjects, Table, Fire), 60_000},
		"booths in lanes":    {crowd(MaxObjects, Booth, Fire), 60_000},
		"zones in a heap":    {crowd(MaxObjects, Zone, Path), 0},
		"without any number": {crowd(MaxObjects, Booth, Zone), 60_000},
	} {
		k := newChecker(c.l)
		found := k.check(nil)
		if k.work > c.most {
			t.Errorf("%s: %d pairs were looked at, at most %d", name, k.work, c.most)
		}
		of := map[Why]int{}
		for _, f := range found {
			of[f.Why]++
			if f.Why != More && of[f.Why] > Most {
				t.Fatalf("%s: more than %d findings %s", name, Most, f.Why)
			}
		}
	}
	found := Check(crowd(MaxObjects, Table, Fire), nil)
	if more := slices.IndexFunc(found, func(f Finding) bool { return f.Why == More && f.Other == string(InLane) }); more < 0 || found[more].Severity != Must {
		t.Error("that there are more is not said")
	}
}

// TestRoomIsSoonFound: on a ground that is full, and on the largest, a place for a booth is sought for so long alone.
func TestRoomIsSoonFound(t *testing.T) {
	for depth, free := range map[int]int{2_000: 2_100, 10_000: 0} { // 0: given up
		l := Layout{W: MaxGround, H: MaxGround, Lane: DefaultLane}
		for i := range MaxObjects - 1 {
			l.Objects = append(l.Objects, Object{ID: fmt.Sprint("o", i), Kind: Booth, Code: Code("A", i%999+1), X: 100 * i, W: 80, H: depth})
		}
		c := newChecker(l)
		if _, y := c.room(Object{W: 300, H: 300}); c.work > most || y != free {
			t.Errorf("below rows of %d: at %d after %d pairs", depth, y, c.work)
		}
	}
}

func BenchmarkCheckOfAHeap(b *testing.B) {
	for name, l := range map[string]Layout{"booths": crowd(MaxObjects, Booth, Booth), "lanes": crowd(MaxObjects, Table, Fire)} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Check(l, nil)
			}
		})
	}
}

func BenchmarkCheck400(b *testing.B) {
	l := New(DoubleRow, nil, 400, counter())
	for b.Loop() {
		Check(l, nil)
	}
}
