package floorplan

import "math"

// slack is by how many centimetres things may cross and still only touch: corners of turned
// objects are no whole centimetres.
const slack = 1.0

// vec is a place or a way on the ground.
type vec struct{ x, y float64 }

func (a vec) minus(b vec) vec     { return vec{a.x - b.x, a.y - b.y} }
func (a vec) dot(b vec) float64   { return a.x*b.x + a.y*b.y }
func (a vec) length() float64     { return math.Hypot(a.x, a.y) }
func (a vec) times(f float64) vec { return vec{a.x * f, a.y * f} }
func (a vec) plus(b vec) vec      { return vec{a.x + b.x, a.y + b.y} }
func cross(a, b vec) float64      { return a.x*b.y - a.y*b.x }
func turned(deg int) (s, c float64) {
	switch deg {
	case 0:
		return 0, 1
	case 90:
		return 1, 0
	case 180:
		return 0, -1
	case 270:
		return -1, 0
	}
	return math.Sincos(float64(deg) * math.Pi / 180)
}

// corners are the four corners of an object as it stands.
func (o Object) corners() [4]vec { return o.shrunk(0) }

// shrunk are the corners of an object that is smaller by so much on every side.
func (o Object) shrunk(by float64) [4]vec {
	s, c := turned(o.Turn)
	w, h := max(float64(o.W)/2-by, 0), max(float64(o.H)/2-by, 0)
	m := vec{float64(o.X) + float64(o.W)/2, float64(o.Y) + float64(o.H)/2}
	at := func(x, y float64) vec { return vec{m.x + x*c - y*s, m.y + x*s + y*c} }
	return [4]vec{at(-w, -h), at(w, -h), at(w, h), at(-w, h)}
}

// Bounds is the upright box around an object as it stands, in whole centimetres.
func (o Object) Bounds() (left, top, right, bottom int) {
	l, t, r, b := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range o.corners() {
		l, t, r, b = min(l, p.x), min(t, p.y), max(r, p.x), max(b, p.y)
	}
	return int(math.Round(l)), int(math.Round(t)), int(math.Round(r)), int(math.Round(b))
}

// apart reports whether two objects are too far from each other to meet.
func apart(a, b Object) bool {
	ax, ay := a.middle2()
	bx, by := b.middle2()
	reach := math.Hypot(float64(a.W), float64(a.H)) + math.Hypot(float64(b.W), float64(b.H))
	return math.Hypot(float64(ax-bx), float64(ay-by)) > reach
}

// crossing tells how deep two objects stand in each other, and the shortest way on which a
// leaves b; 0 where they only touch.
func crossing(a, b Object) (deep float64, way vec) {
	if apart(a, b) {
		return 0, vec{}
	}
	p, q := a.corners(), b.corners()
	deep = math.Inf(1)
	for _, axis := range []vec{unit(p[0], p[1]), unit(p[1], p[2]), unit(q[0], q[1]), unit(q[1], q[2])} {
		pl, ph := span(p, axis)
		ql, qh := span(q, axis)
		if back := ph - ql; back < deep {
			deep, way = back, axis.times(-back)
		}
		if on := qh - pl; on < deep {
			deep, way = on, axis.times(on)
		}
		if deep <= slack {
			return 0, vec{}
		}
	}
	return deep, way
}

func unit(a, b vec) vec {
	d := b.minus(a)
	return d.times(1 / d.length())
}

func span(p [4]vec, axis vec) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, c := range p {
		at := c.dot(axis)
		low, high = min(low, at), max(high, at)
	}
	return low, high
}

// Distance is how far two objects stand from each other, 0 where they touch or cross.
func Distance(a, b Object) int {
	if deep, _ := crossing(a, b); deep > 0 {
		return 0
	}
	p, q := a.corners(), b.corners()
	least := math.Inf(1)
	for i := range p {
		for j := range q {
			least = min(least, toLine(p[i], q[j], q[(j+1)%4]), toLine(q[j], p[i], p[(i+1)%4]))
		}
	}
	return int(math.Round(least))
}

// toLine is how far a point is from a line between two others.
func toLine(p, a, b vec) float64 {
	d := b.minus(a)
	t := min(max(p.minus(a).dot(d)/d.dot(d), 0), 1)
	return p.minus(a.plus(d.times(t))).length()
}

// ground are the corners of the ground.
func (l Layout) ground() []vec {
	if len(l.Edge) == 0 {
		w, h := float64(l.W), float64(l.H)
		return []vec{{0, 0}, {w, 0}, {w, h}, {0, h}}
	}
	at := make([]vec, len(l.Edge))
	for i, p := range l.Edge {
		at[i] = vec{float64(p.X), float64(p.Y)}
	}
	return at
}

// inside reports whether an object stands on the ground, its edge included.
func (l Layout) inside(o Object) bool {
	p, ground := o.shrunk(slack), l.ground()
	if !holds(ground, p[0]) {
		return false
	}
	for i := range ground {
		if meets(p, ground[i], ground[(i+1)%len(ground)]) {
			return false
		}
	}
	return true
}

// holds reports whether a point lies within a ground.
func holds(ground []vec, p vec) bool {
	in := false
	for i, a := range ground {
		b := ground[(i+1)%len(ground)]
		if (a.y > p.y) != (b.y > p.y) && p.x < a.x+(b.x-a.x)*(p.y-a.y)/(b.y-a.y) {
			in = !in
		}
	}
	return in
}

// meets reports whether a line goes through an object: it is cut at each of its sides in turn.
func meets(p [4]vec, a, b vec) bool {
	from, to, d := 0.0, 1.0, b.minus(a)
	for i := range p {
		edge := p[(i+1)%4].minus(p[i])
		start, rate := cross(edge, a.minus(p[i])), cross(edge, d)
		switch {
		case rate == 0 && start < 0:
			return false
		case rate > 0:
			from = max(from, -start/rate)
		case rate < 0:
			to = min(to, -start/rate)
		}
	}
	return from < to
}
