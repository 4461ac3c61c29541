package registry

import "strconv"

// Point is a place on the map, in millionths of a degree; the zero Point is none.
type Point struct {
	LatE6 int64
	LonE6 int64
}

// HasPlace reports whether the place is known by coordinates.
func (p Point) HasPlace() bool { return p.LatE6 != 0 || p.LonE6 != 0 }

// Degrees writes latitude and longitude as degrees, "22.4034" and "105.6166".
func (p Point) Degrees() (lat, lon string) {
	degrees := func(e6 int64) string { return strconv.FormatFloat(float64(e6)/1e6, 'f', -1, 64) }
	return degrees(p.LatE6), degrees(p.LonE6)
}

// Coordinates writes the place as it is typed, "22.4034, 105.6166"; none is "".
func (p Point) Coordinates() string {
	if !p.HasPlace() {
		return ""
	}
	lat, lon := p.Degrees()
	return lat + ", " + lon
}
