package core_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"runtime"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// gray is a JPEG of w by h pixels.
func gray(t *testing.T, w, h int) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// TestLongPhotosCostWhatPhotosCost walks pictures whose bytes say little of the work they
// make: what costs more than a photo is refused by its head, before memory or time
// goes into it, and what a camera makes is taken.
func TestLongPhotosCostWhatPhotosCost(t *testing.T) {
	need.Long(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"1,000 scans":            {testkit.CostlyJPEG(1000), "error.photo_costly"},
		"70 scans":               {testkit.CostlyJPEG(70), "error.photo_costly"},
		"16 bits, 4096 square":   {testkit.ProductClaiming(testkit.DeepPNG(t, 40), 4096), "error.photo_costly"},
		"PNG of 49 megapixels":   {testkit.ProductClaiming(testkit.DeepPNG(t, 40), 7000), "error.photo_costly"},
		"53 megapixels":          {testkit.ProductClaiming(testkit.PictureOf(t, 40, 30), 7290), "error.photo_size"},
		"a long strip":           {testkit.PictureOf(t, 16001, 8), "error.photo_size"},
		"frame and head differ":  {bytes.Replace(testkit.CostlyJPEG(1), []byte("\xff\xc2\x00\x0b\x08\x10\x00\x10\x00"), []byte("\x00\xff\xc2\x00\x0b\x08\x10\x00\x10\x00"), 1), "error.photo_format"},
		"a photo of a phone":     {gray(t, 4000, 3000), ""},
		"ten scans":              {testkit.CostlyJPEG(9), ""},
		"a camera's own notes":   {testkit.WithSOS(gray(t, 640, 480), 500), ""},
		"16 bits, as large as a": {testkit.DeepPNG(t, 800), ""},
	} {
		before := allocated()
		err := k.App.Vendors.AddProductPhoto(t.Context(), owner, ref, c.raw)
		if got := testkit.FaultsAt(err)["photo"]; got != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if grown := allocated() - before; c.want != "" && grown > 4<<20 {
			t.Errorf("%s: %d MB went into what is refused", name, grown>>20)
		}
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// TestLongPhotosKeepTheirColours looks at the corners of a photo that was shrunk by
// whole squares and by what was left.
func TestLongPhotosKeepTheirColours(t *testing.T) {
	need.Long(t)
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	for _, size := range []image.Point{{40, 30}, {1279, 700}, {1281, 1281}, {2000, 1500}, {4001, 2999}, {3000, 16}} {
		img := image.NewRGBA(image.Rectangle{Max: size})
		for y := range size.Y {
			for x := range size.X {
				c := color.RGBA{200, 30, 30, 255}
				if x > size.X/2 {
					c = color.RGBA{30, 30, 200, 255}
				}
				img.SetRGBA(x, y, c)
			}
		}
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, img, nil); err != nil {
			t.Fatal(err)
		}
		ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
		if err := k.App.Vendors.AddProductPhoto(t.Context(), owner, ref, buf.Bytes()); err != nil {
			t.Fatal(err)
		}
		_, p, err := k.App.Vendors.OwnProduct(t.Context(), owner, ref)
		if err != nil {
			t.Fatal(err)
		}
		for at, side := range map[registry.PhotoSize]int{registry.PhotoWhole: 1280, registry.PhotoSmall: 360, registry.PhotoStamp: 160} {
			f, err := k.App.File(t.Context(), registry.Actor{}, p.Photos[0], at)
			if err != nil {
				t.Fatal(err)
			}
			got, err := jpeg.Decode(bytes.NewReader(f.Data))
			if err != nil {
				t.Fatal(err)
			}
			b := got.Bounds()
			if longest := max(b.Dx(), b.Dy()); longest > side || longest < min(side, size.X)-1 {
				t.Errorf("%v in %s: %v", size, at, b)
			}
			left, _, _, _ := got.At(1, b.Dy()/2).RGBA()
			_, _, right, _ := got.At(b.Dx()-2, b.Dy()/2).RGBA()
			if left>>8 < 170 || right>>8 < 170 {
				t.Errorf("%v in %s: the left is %d red, the right %d blue", size, at, left>>8, right>>8)
			}
		}
	}
}

// TestTipIsKeptWithoutItsPhoto sends photos that are refused and photos that cannot
// be worked on now: the words are stored each time, and the photo can follow.
func TestTipIsKeptWithoutItsPhoto(t *testing.T) {
	k := testkit.NewApp(t)
	in := testkit.TipAbout("")
	in.Place = "chợ Ba Bể"
	for name, c := range map[string]struct {
		photo []byte
		want  string
		busy  bool
	}{
		"no picture":           {[]byte("GIF89a not a photo"), "error.photo_format", false},
		"svg":                  {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), "error.photo_format", false},
		"costly":               {testkit.CostlyJPEG(500), "error.photo_costly", false},
		"too many at once":     {testkit.PhotoPNG(t), "error.photo_busy", true},
		"none, and a busy day": {nil, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			in := in
			in.Photo, in.Text = c.photo, "Chuyện khác: "+name
			if c.busy {
				defer core.TakePhotoSlots(time.Millisecond)()
			}
			sent, err := k.App.Tips.SendTip(t.Context(), in)
			if err != nil || sent.Code == "" || (sent.Photo == nil) != (c.want == "") || c.want != "" && !strings.Contains(sent.Photo.Error(), c.want) {
				t.Fatalf("sent %+v, %v; want the words kept and %q", sent, err, c.want)
			}
			if tip := testkit.StoredTip(t, k, sent.Code); tip.Text != in.Text || len(tip.Photos) != 0 {
				t.Errorf("stored %+v", tip)
			}
		})
	}
}

// TestPhotoWaitsNoLongerThanItsRequest gives up the place in the queue when the
// request has ended, and stops in the middle of a picture.
func TestPhotoWaitsNoLongerThanItsRequest(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	release := core.TakePhotoSlots(time.Hour)
	if _, err := core.PreparePhoto(ended, "photo", testkit.PhotoPNG(t)); registry.KindOf(err) != registry.Unavailable {
		t.Errorf("waiting: %v", err)
	}
	release()
	if _, err := core.PreparePhoto(ended, "photo", gray(t, 640, 480)); registry.KindOf(err) != registry.Unavailable {
		t.Errorf("at work: %v", err)
	}
	if _, err := core.PreparePhoto(t.Context(), "photo", testkit.PhotoPNG(t)); err != nil {
		t.Errorf("control: %v", err)
	}
}
