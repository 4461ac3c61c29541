package core

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
	"image/png"
)

// What a picture may cost. A photo of 50 megapixels as phones take it, one of 17
// megapixels saved for the web in ten passes, a screenshot of 33 fit in; a hundred
// kilobytes that stand for minutes of work do not.
const (
	minPhotoSide   = 8
	maxPhotoSide   = 16_000
	maxPhotoPixels = 52_000_000
	maxPhotoBytes  = 128 << 20 // of memory while it is decoded
	maxPhotoVisits = 16 << 20  // of blocks of 8 by 8 pixels, by all scans together
)

// photoCost is what a picture will cost, by its header alone.
type photoCost struct {
	w, h   int
	bytes  int
	visits int
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// costOfPNG reads the first part of a PNG. A picture of 16 bits counts double: no
// camera makes one, and each of its pixels is slow.
func costOfPNG(raw []byte) (c photoCost, ok bool) {
	config, err := png.DecodeConfig(bytes.NewReader(raw))
	const depthAt, kindAt, interlacedAt = 24, 25, 28
	if err != nil || len(raw) <= interlacedAt {
		return c, false
	}
	perPixel := 4
	if kind := raw[kindAt]; kind == 0 || kind == 3 { // gray, palette
		perPixel = 1
	}
	if raw[depthAt] == 16 {
		perPixel *= 4
	}
	if raw[interlacedAt] != 0 {
		perPixel *= 2
	}
	c.w, c.h = config.Width, config.Height
	c.bytes = perPixel * c.w * c.h
	return c, true
}

// costOfJPEG reads the frame header of a JPEG, whose picture the scans go over, each
// of them over all of it, however few bytes it has.
func costOfJPEG(raw []byte) (c photoCost, ok bool) {
	config, err := jpeg.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return c, false
	}
	c.w, c.h = config.Width, config.Height
	for marker, part := range segments(raw) {
		if marker >= 0xC0 && marker <= 0xC2 {
			return c, c.addFrame(part, marker == 0xC2, bytes.Count(raw, []byte{0xFF, 0xDA}))
		}
	}
	return c, false
}

// addFrame counts blocks and memory. In a progressive frame all coefficients are
// kept, four bytes each, until the last scan.
func (c *photoCost) addFrame(frame []byte, progressive bool, scans int) bool {
	if len(frame) < 6 || len(frame) < 6+3*int(frame[5]) ||
		c.h != int(binary.BigEndian.Uint16(frame[1:])) || c.w != int(binary.BigEndian.Uint16(frame[3:])) {
		return false
	}
	n, most, all := int(frame[5]), [2]int{1, 1}, 0
	for i := range n {
		h, v := int(frame[7+3*i]>>4), int(frame[7+3*i]&15)
		most = [2]int{max(most[0], h), max(most[1], v)}
		all += h * v
	}
	squares := ((c.w + 8*most[0] - 1) / (8 * most[0])) * ((c.h + 8*most[1] - 1) / (8 * most[1]))
	blocks := squares * all
	c.visits, c.bytes = blocks*scans, blocks*64
	if progressive {
		c.bytes *= 5
	}
	if n == 4 || n == 3 && all == 3 { // may be no YCbCr, and is made anew as what it is
		c.bytes += 4 * c.w * c.h
	}
	return true
}
