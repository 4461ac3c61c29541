package core_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"testing"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestPhotosStandUpright sends photos as cameras do that note how they were held,
// for each of the eight ways: the red corner comes out where it belongs.
func TestPhotosStandUpright(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	red := image.NewRGBA(image.Rect(0, 0, 64, 32)) // red in the first quarter of the first row
	draw.Draw(red, red.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(red, image.Rect(0, 0, 16, 16), image.NewUniform(color.RGBA{200, 0, 0, 255}), image.Point{}, draw.Src)
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, red, nil); err != nil {
		t.Fatal(err)
	}
	for o, at := range map[int]image.Point{0: {4, 4}, 1: {4, 4}, 2: {60, 4}, 3: {60, 28}, 4: {4, 28}, 5: {4, 4}, 6: {28, 4}, 7: {28, 60}, 8: {4, 60}, 9: {4, 4}} {
		for _, order := range []string{"II", "MM"} {
			ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
			if err := k.App.Vendors.AddProductPhoto(t.Context(), owner, ref, held(plain.Bytes(), order, o)); err != nil {
				t.Fatal(err)
			}
			_, p, err := k.App.Vendors.OwnProduct(t.Context(), owner, ref)
			if err != nil {
				t.Fatal(err)
			}
			f, err := k.App.File(t.Context(), registry.Actor{}, p.Photos[0], registry.PhotoWhole)
			if err != nil {
				t.Fatal(err)
			}
			img, err := jpeg.Decode(bytes.NewReader(f.Data))
			if err != nil {
				t.Fatal(err)
			}
			if _, g, _, _ := img.At(at.X, at.Y).RGBA(); g > 0x6000 {
				t.Errorf("held %d (%s): not red at %v of %v", o, order, at, img.Bounds())
			}
		}
	}
}

// held puts an EXIF part with an orientation into a JPEG.
func held(plain []byte, order string, o int) []byte {
	var order16 binary.AppendByteOrder = binary.BigEndian
	if order == "II" {
		order16 = binary.LittleEndian
	}
	tiff := order16.AppendUint16([]byte(order), 42)
	tiff = order16.AppendUint32(tiff, 8)
	tiff = order16.AppendUint16(tiff, 1) // one entry: tag, kind, count, value
	tiff = order16.AppendUint16(order16.AppendUint16(tiff, 0x0112), 3)
	tiff = order16.AppendUint32(tiff, 1)
	tiff = order16.AppendUint16(order16.AppendUint16(tiff, uint16(o)), 0)
	part := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(part)+2))...)
	return append(append(out, part...), plain[2:]...)
}
