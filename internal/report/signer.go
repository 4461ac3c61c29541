package report

import (
	"bytes"
	"image"
	_ "image/jpeg" // how photos are kept
	"slices"
)

// Signer is somebody who signs a paper, with room to do so.
type Signer struct {
	Title string // in whose name
	Hint  string // how to sign
	Name  string
	Under string // a line below the name
	Drawn []byte // the signature as it was drawn on a screen, JPEG; nil leaves room for a pen
}

// Picture is a photo below the text of a paper.
type Picture struct {
	JPEG    []byte
	Caption string
}

// Rooms of a signature and of pictures, in twentieths of a point.
const (
	signRoom    = 1100
	signWide    = 2800
	picturesRow = 3
	pictureGap  = 160
	pictureW    = (textW - (picturesRow-1)*pictureGap) / picturesRow
	pictureHigh = pictureW * 5 / 4 // none is higher
)

// above is what stands above the room to sign, below what stands below it.
func (s Signer) above() []para {
	return []para{{text: s.Title, size: sizeHeader, bold: true, upper: true, align: alignCentre, before: 160, keepNext: true},
		{text: s.Hint, size: sizeSmall, italic: true, align: alignCentre, keepNext: true}}
}

func (s Signer) below() []para {
	return []para{{text: s.Name, size: sizeHeader, bold: true, align: alignCentre}, {text: s.Under, size: sizeSmall, italic: true, align: alignCentre}}
}

// room is the empty room to sign.
func (s Signer) room() para { return para{size: sizeSmall, before: signRoom, keepNext: true} }

func (p Picture) caption() para { return para{text: p.Caption, size: sizeSmall, before: 40, after: 80} }

// fit is the size of a JPEG or PNG inside a box, in the same units; false if it is none.
func fit(picture []byte, width, high int) (w, h int, ok bool) {
	c, _, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil || c.Width == 0 || c.Height == 0 {
		return 0, 0, false
	}
	if w, h = width, width*c.Height/c.Width; h > high {
		w, h = high*c.Width/c.Height, high
	}
	return w, h, true
}

// pairs are the signers two by two, as they stand side by side.
func pairs(list []Signer) (rows [][2]Signer) {
	for two := range slices.Chunk(list, 2) {
		var row [2]Signer
		copy(row[:], two)
		rows = append(rows, row)
	}
	return rows
}
