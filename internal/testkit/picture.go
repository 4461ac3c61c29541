package testkit

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"testing"
)

// costlyScan is one scan over 4096 by 4096 pixels that says in 33 bytes that nothing
// follows in any of 262,144 blocks; a decoder looks at each of them.
const costlyScan = "\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00\x7f\xfc\xff\x00\xf9\xff\x00\xf3\xff\x00\xe7\xff\x00\xcf\xff\x00\x9f\xff\x00\x3f\xfe\x7f\xfd"

// CostlyJPEG is a progressive JPEG of 4096 by 4096 gray pixels with so many scans
// over them, 33 bytes each.
func CostlyJPEG(scans int) []byte {
	var b bytes.Buffer
	b.WriteString("\xff\xd8\xff\xdb\x00\x43\x00")
	b.Write(bytes.Repeat([]byte{1}, 64))
	b.WriteString("\xff\xc2\x00\x0b\x08\x10\x00\x10\x00\x01\x01\x11\x00")
	b.WriteString("\xff\xc4\x00\x14\x00\x01" + string(make([]byte, 16)))
	b.WriteString("\xff\xc4\x00\x14\x10\x01" + string(make([]byte, 15)) + "\xe0")
	b.WriteString("\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00")
	b.Write(make([]byte, 4096*4096/64/8)) // one bit a block: the same as the one before
	for range scans {
		b.WriteString(costlyScan)
	}
	b.WriteString("\xff\xd9")
	return b.Bytes()
}

// DeepPNG is a PNG of 16 bits a colour, side by side pixels, all of them black.
func DeepPNG(t testing.TB, side int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, image.NewNRGBA64(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// WithSOS puts a segment of so many bytes that look like the starts of scans behind
// the head of a JPEG, as thumbnails and notes of cameras do.
func WithSOS(raw []byte, n int) []byte {
	note := bytes.Repeat([]byte{0xFF, 0xDA}, n)
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, 0xEF}, uint16(len(note)+2))
	return append(append(append(bytes.Clone(raw[:2]), segment...), note...), raw[2:]...)
}
