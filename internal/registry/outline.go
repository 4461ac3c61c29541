package registry

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"

	"hoicho/internal/outline"
)

// Outline is the border of a commune of Edition2025 as SVG path data in whole
// units of about 111 m; X grows to the east and Y to the south (see the notice of
// data/units for the projection).
type Outline struct {
	Ref  AreaRef
	Path string
	Box  Box
}

// Box is the smallest rectangle around an outline.
type Box struct{ MinX, MinY, MaxX, MaxY int }

// EmptyBox is where joining boxes begins.
var EmptyBox = Box{math.MaxInt, math.MaxInt, math.MinInt, math.MinInt}

// Join returns the smallest rectangle around both.
func (b Box) Join(o Box) Box {
	return Box{min(b.MinX, o.MinX), min(b.MinY, o.MinY), max(b.MaxX, o.MaxX), max(b.MaxY, o.MaxY)}
}

// outlineFile is the table of outlines among the units.
const outlineFile = "units-2025-map.csv"

// Outlines returns the outlines of the communes of a province of Edition2025 in
// the order of Communes. The table is read once for each province; a commune
// that is not in it is an error.
func (x *Areas) Outlines(province AreaRef) ([]Outline, error) {
	if known, ok := x.outlines.Load(province); ok {
		return known.([]Outline), nil
	}
	communes := x.Communes(province)
	outlines := make([]Outline, len(communes))
	place := make(map[string]int, len(communes))
	for i, a := range communes {
		place[a.Ref.Code] = i
	}
	if err := x.readOutlines(place, outlines); err != nil {
		return nil, fmt.Errorf("%s: %w", outlineFile, err)
	}
	x.outlines.Store(province, outlines)
	return outlines, nil
}

// readOutlines fills in the outlines of the codes that have a place.
func (x *Areas) readOutlines(place map[string]int, outlines []Outline) error {
	file, err := x.tables.Open(outlineFile)
	if err != nil {
		return err
	}
	defer file.Close()
	rows := csv.NewReader(file)
	for left := len(place); left > 0; {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%d communes have no outline", left)
		}
		if err != nil {
			return err
		}
		i, ok := place[row[0]]
		if !ok {
			continue
		}
		box, err := boxOf(row[4])
		if err != nil {
			return fmt.Errorf("%s: %w", row[0], err)
		}
		outlines[i], left = Outline{AreaRef{Edition2025, row[0]}, row[4], box}, left-1
	}
	return nil
}

// boxOf is the box around a path.
func boxOf(path string) (Box, error) {
	box := EmptyBox
	rings, err := outline.Rings(path)
	for _, ring := range rings {
		for _, p := range ring {
			box = box.Join(Box{p.X, p.Y, p.X, p.Y})
		}
	}
	return box, err
}

// Rings are the corners of the border, ring by ring.
func (o Outline) Rings() [][]outline.Point {
	rings, _ := outline.Rings(o.Path) // read once already, by boxOf
	return rings
}
