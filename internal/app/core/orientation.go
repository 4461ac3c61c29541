package core

import (
	"bytes"
	"encoding/binary"
	"image"
	"iter"
)

// orientation reads how a phone held the picture from the EXIF part of a JPEG: 1
// to 8 as the standard counts, 1 where it does not say. Photos sent with
// JavaScript come upright already.
func orientation(raw []byte) int {
	for marker, part := range segments(raw) {
		if marker == 0xE1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")) {
			return orientationTag(part[6:])
		}
	}
	return 1
}

// segments are the parts of a JPEG before its first scan, with the marker of each.
// They end early where one is cut off or something else stands between them.
func segments(raw []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		rest, found := bytes.CutPrefix(raw, []byte{0xFF, 0xD8})
		for found && len(rest) >= 4 && rest[0] == 0xFF && rest[1] != 0xDA {
			if rest[1] == 0xFF { // filled up
				rest = rest[1:]
				continue
			}
			size := int(binary.BigEndian.Uint16(rest[2:]))
			if size < 2 || len(rest) < 2+size || !yield(rest[1], rest[4:2+size]) {
				return
			}
			rest = rest[2+size:]
		}
	}
}

// orientationTag finds the tag 0x0112 in the first directory of a TIFF block.
func orientationTag(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 0x0112 {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// upright turns and mirrors a picture that was stored in an orientation.
func upright(img *image.RGBA, o int) *image.RGBA {
	if o <= 1 || o > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if o >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			to := placed(o, x, y, image.Pt(w-1, h-1))
			copy(out.Pix[out.PixOffset(to.X, to.Y):][:4], img.Pix[img.PixOffset(x, y):][:4])
		}
	}
	return out
}

// placed is where a pixel goes; last is the last pixel of the stored picture.
func placed(o, x, y int, last image.Point) image.Point {
	switch o {
	case 2:
		return image.Pt(last.X-x, y)
	case 3:
		return image.Pt(last.X-x, last.Y-y)
	case 4:
		return image.Pt(x, last.Y-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(last.Y-y, x)
	case 7:
		return image.Pt(last.Y-y, last.X-x)
	}
	return image.Pt(y, last.X-x) // 8
}
