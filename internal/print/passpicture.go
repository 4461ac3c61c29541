package print

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"

	"hoicho/internal/fonts"
	"hoicho/internal/i18n"
	"hoicho/internal/pass"
)

// The picture of a pass, in pixels: as wide as the screens of phones, so that none
// enlarges it.
const (
	pictureWidth  = 1080
	pictureHeight = 1350
	pictureBand   = 150
	pictureMargin = 60.0
)

// PassPicture draws a pass as a PNG for the screen of a phone. It fails for a text that no
// symbol holds.
func PassPicture(lang string, event Event, shown PassCard) ([]byte, error) {
	symbol, err := pass.NewSymbol(shown.QRText)
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, pictureWidth, pictureHeight))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	band := image.Rect(0, 0, pictureWidth, pictureBand)
	draw.Draw(img, band, image.NewUniform(color.RGBA{0x14, 0x30, 0x4f, 0xff}), image.Point{}, draw.Src)
	bottom := drawSymbol(img, symbol)
	c := captions{fonts.NewPainter(img), float64(bottom)}
	c.put(strings.TrimSpace(i18n.T(lang, "pass.kind."+string(shown.Kind))+" "+ordinal(&card{PassCard: shown})), 52, true, color.White, 96)
	c.put(strings.Trim(shown.Booth+" · "+shown.Vendor, " ·"), 64, true, color.Black, c.y+84)
	c.put(event.Title, 38, false, color.Black, c.y+64)
	c.put(daysText(shown.FirstDay, shown.Days), 38, false, color.Black, c.y+54)
	c.put(pass.FormatCode(shown.Code), 56, true, color.Black, c.y+90)
	var buf bytes.Buffer
	err = png.Encode(&buf, img)
	return buf.Bytes(), err
}

// drawSymbol draws the symbol with its quiet zone under the band, each module the same
// whole number of pixels, and returns where it ends.
func drawSymbol(img draw.Image, symbol pass.Symbol) int {
	side := symbol.Size() + 2*pass.QuietZone
	module := 780 / side
	left, top := (pictureWidth-side*module)/2, pictureBand+10
	for _, r := range symbol.Rects() {
		x, y := left+(r.X+pass.QuietZone)*module, top+(r.Y+pass.QuietZone)*module
		draw.Draw(img, image.Rect(x, y, x+r.W*module, y+r.H*module), image.Black, image.Point{}, draw.Src)
	}
	return top + side*module
}

// captions sets lines in the middle of a picture, one under the other.
type captions struct {
	p *fonts.Painter
	y float64 // of the line before
}

// put sets a line at a height, smaller where it would not fit, and cut where it is very long.
func (c *captions) put(text string, size float64, bold bool, ink color.Color, y float64) {
	text, face := fonts.Clean(text), fonts.Face{Bold: bold}
	const most = pictureWidth - 2*pictureMargin
	for size > 26 && c.p.Width(face, size, text) > most {
		size -= 2
	}
	if lines := c.p.Wrap(face, size, most, text); len(lines) > 0 {
		text = lines[0]
	}
	c.p.Line(fonts.Pen{Face: face, Size: size, Ink: ink, X: (pictureWidth - c.p.Width(face, size, text)) / 2, Y: y}, text)
	if y > pictureBand {
		c.y = y
	}
}
