package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"

	"hoicho/internal/registry"
)

// The sizes of drawn pictures in pixels. They are small, because pages that show
// them must stay light.
const (
	productWidth, productHeight = 400, 300
	paperWidth, paperHeight     = 240, 180
	coverWidth, coverHeight     = 800, 400
)

// palette is the colours of a picture. Outlines name them by letter.
type palette struct {
	Ground, Glow, Main, Dark, Accent color.RGBA
}

// rgb reads a colour written as in a style sheet, 0xrrggbb.
func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// Colours that every picture may use.
var (
	red   = rgb(0xb3261e)
	gold  = rgb(0xe2b04a)
	paper = rgb(0xfffdf8)
)

// palettes are the colours of the groups of goods.
var palettes = map[registry.ProductGroup]palette{
	registry.FoodGroup:      {rgb(0xf6e7cf), rgb(0xfbf3e3), rgb(0xd9a441), rgb(0x8a4b1f), rgb(0xb3261e)},
	registry.FreshGroup:     {rgb(0xe3efd9), rgb(0xf1f7ea), rgb(0x6fa04b), rgb(0x2f6139), rgb(0xd98a2b)},
	registry.DrinkGroup:     {rgb(0xdfeee6), rgb(0xeff7f2), rgb(0x5b9a7a), rgb(0x245743), rgb(0xc79a3a)},
	registry.SpiritGroup:    {rgb(0xe6e6f2), rgb(0xf3f3fa), rgb(0x6d7fb3), rgb(0x2b3a66), rgb(0xb3261e)},
	registry.HerbGroup:      {rgb(0xfbeec6), rgb(0xfdf7e2), rgb(0xe0a21f), rgb(0x8a5200), rgb(0x2f6139)},
	registry.TourismGroup:   {rgb(0xd9ecf2), rgb(0xecf6f9), rgb(0x4e93a8), rgb(0x1f4f63), rgb(0xb3261e)},
	registry.HandicraftGrp:  {rgb(0xe4e7f0), rgb(0xf2f4f9), rgb(0x34508a), rgb(0x14304f), rgb(0xb3261e)},
	registry.TextileGroup:   {rgb(0xefe3ee), rgb(0xf8f1f7), rgb(0x8a5a8c), rgb(0x4a2a50), rgb(0xe2b04a)},
	registry.HouseholdGoods: {rgb(0xe9e6df), rgb(0xf5f3ee), rgb(0x8b8577), rgb(0x3f4a57), rgb(0xb3261e)},
	registry.FarmInputGroup: {rgb(0xe6ebe6), rgb(0xf3f6f3), rgb(0x6d7f74), rgb(0x2e3d38), rgb(0xd98a2b)},
}

// colour returns what a letter of an outline stands for.
func (p palette) colour(letter string) color.RGBA {
	switch letter {
	case "m":
		return p.Main
	case "d":
		return p.Dark
	case "a":
		return p.Accent
	case "g":
		return p.Glow
	case "w":
		return paper
	case "y":
		return gold
	case "r":
		return red
	}
	return p.Ground
}

// pictures are drawn once for all goods that share one.
type pictures struct {
	drawn    map[string][]byte
	document []byte // a paper, as a scan
}

func newPictures() (*pictures, error) {
	document, err := drawGoods(image.Pt(paperWidth, paperHeight), "document", registry.HouseholdGoods)
	return &pictures{drawn: map[string][]byte{}, document: document}, err
}

// product returns the picture of goods of a group.
func (ps *pictures) product(name string, group registry.ProductGroup) ([]byte, error) {
	return ps.once(name+" "+string(group), func() ([]byte, error) { return productPicture(name, group) })
}

// cover returns the picture of an event in the colours of a group.
func (ps *pictures) cover(group registry.ProductGroup) ([]byte, error) {
	return ps.once("cover "+string(group), func() ([]byte, error) { return coverPicture(palettes[group]) })
}

func (ps *pictures) once(key string, draw func() ([]byte, error)) (raw []byte, err error) {
	if raw, ok := ps.drawn[key]; ok {
		return raw, nil
	}
	raw, err = draw()
	ps.drawn[key] = raw
	return raw, err
}

// productPicture draws goods for a product.
func productPicture(name string, group registry.ProductGroup) ([]byte, error) {
	return drawGoods(image.Pt(productWidth, productHeight), name, group)
}

// drawGoods draws goods by the name of their outlines, in the colours of the group,
// on a brocade band as the Tày and Nùng weave it. It is a PNG.
func drawGoods(size image.Point, name string, group registry.ProductGroup) ([]byte, error) {
	p, ok := palettes[group]
	if !ok {
		return nil, fmt.Errorf("no colours for %q", group)
	}
	shapes, ok := goods[name]
	if !ok {
		return nil, fmt.Errorf("no picture %q", name)
	}
	img := canvas(size.X, size.Y, p.Ground)
	if err := paint(img, p, append([]string{"g O 60 40 46 36"}, shapes...)); err != nil {
		return nil, err
	}
	return finish(img, p, 10)
}

// coverPicture draws mountains, the lake and stalls for an event. It is a PNG.
func coverPicture(p palette) ([]byte, error) {
	img := canvas(coverWidth, coverHeight, p.Ground)
	if err := paint(img, p, landscape); err != nil {
		return nil, err
	}
	return finish(img, p, 5)
}

func canvas(w, h int, ground color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	return img
}

// paint fills outlines, each after the letter of its colour.
func paint(img *image.RGBA, p palette, shapes []string) error {
	for _, shape := range shapes {
		letter, path, _ := strings.Cut(shape, " ")
		if err := fill(img, path, p.colour(letter)); err != nil {
			return err
		}
	}
	return nil
}

// finish weaves the band along the lower edge, height units of the box high, and
// encodes the picture.
func finish(img *image.RGBA, p palette, height float64) ([]byte, error) {
	size := img.Bounds().Size()
	bottom := float64(size.Y) * boxWidth / float64(size.X)
	if err := weave(img, p, bottom-height, height); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	err := png.Encode(&buf, img)
	return buf.Bytes(), err
}

// weave draws a row of lozenges between y and y+h, each colour in one go.
func weave(img *image.RGBA, p palette, y, h float64) error {
	var outer, inner, small strings.Builder
	for x := h / 2; x < boxWidth; x += 2 * h {
		lozenge(&outer, x, y+h/2, h/2)
		lozenge(&inner, x, y+h/2, h*0.275)
		lozenge(&small, x+h, y+h/2, h/4)
	}
	ground := fmt.Sprintf("M 0 %[1]g L 120 %[1]g L 120 %[2]g L 0 %[2]g Z", y, y+h)
	return paint(img, p, []string{"d " + ground, "m " + outer.String(), "w " + inner.String(), "y " + small.String()})
}

func lozenge(path *strings.Builder, x, y, reach float64) {
	fmt.Fprintf(path, "M %g %g L %g %g L %g %g L %g %g Z ", x, y-reach, x+reach, y, x, y+reach, x-reach, y)
}
