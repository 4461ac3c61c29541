package demo

import (
	"bytes"
	"image/png"
	"maps"
	"slices"
	"testing"

	"hoicho/internal/registry"
)

func TestEveryPictureCanBeDrawn(t *testing.T) {
	t.Parallel()
	for _, name := range slices.Sorted(maps.Keys(goods)) {
		raw, err := productPicture(name, registry.FoodGroup)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		img, err := png.Decode(bytes.NewReader(raw))
		if err != nil || img.Bounds().Dx() != productWidth || img.Bounds().Dy() != productHeight {
			t.Errorf("%s: %v, %v", name, err, img)
		}
	}
}
