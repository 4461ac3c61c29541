package core

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	scaling "golang.org/x/image/draw"

	"hoicho/internal/registry"
)

// Sizes of stored photos, in pixels.
const (
	photoSide  = 1280
	photoSmall = 360
	photoStamp = 160
)

// How long a photo waits to be worked on, and how long the work may take: together
// less than a request has, so that the words that came with it can still be stored.
var (
	photoWait = 5 * time.Second
	photoTime = 5 * time.Second
)

// photoSlots bounds how many pictures are decoded at once: each may take what
// maxPhotoBytes says while it is worked on.
var photoSlots = make(chan struct{}, 2)

// PreparePhoto turns an uploaded picture into a file to store. Only JPEG and PNG
// are taken, as far as they cost what a photo costs; the picture is decoded and
// encoded anew, so nothing of the upload but its pixels survives, upright. Invalid
// otherwise, at field; Unavailable at field when it cannot be worked on now.
func PreparePhoto(ctx context.Context, field string, raw []byte) (registry.File, error) {
	decode, err := checkPhoto(field, raw)
	if err != nil {
		return registry.File{}, err
	}
	if err := photoSlot(ctx); err != nil {
		return registry.File{}, photoBusy(field)
	}
	defer func() { <-photoSlots }()
	ctx, cancel := context.WithTimeout(ctx, photoTime)
	defer cancel()
	img, err := decode(&stoppable{ctx, bytes.NewReader(raw)})
	switch {
	case ctx.Err() != nil:
		return registry.File{}, photoBusy(field)
	case err != nil:
		return registry.File{}, registry.At(field, "error.photo_format")
	}
	return storedPhoto(img, orientation(raw))
}

// photoSlot waits for a place to work on a picture.
func photoSlot(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, photoWait)
	defer cancel()
	select {
	case photoSlots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func photoBusy(field string) error {
	e := registry.E(registry.Unavailable, "error.photo_busy")
	e.Field = field
	return e
}

// stoppable is a picture that ends when its time is up. It comes in small pieces,
// because few bytes may stand for much work.
type stoppable struct {
	ctx  context.Context
	from io.Reader
}

// Read gives no more once the time is up.
func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.from.Read(p[:min(len(p), 512)])
}

// storedPhoto makes the three sizes of a photo, the smaller ones from the largest.
func storedPhoto(img image.Image, held int) (registry.File, error) {
	large := upright(scaled(img, photoSide), held)
	f := registry.File{ContentType: "image/jpeg", Name: "anh.jpg"}
	var errs [3]error
	f.Data, errs[0] = encodeJPEG(large, 82)
	f.Small, errs[1] = encodeJPEG(scaled(large, photoSmall), 72)
	f.Stamp, errs[2] = encodeJPEG(scaled(large, photoStamp), 60)
	return f, errors.Join(errs[:]...)
}

func encodeJPEG(img *image.RGBA, quality int) ([]byte, error) {
	var buf bytes.Buffer
	err := jpeg.Encode(&buf, img, &jpeg.Options{Quality: quality})
	return buf.Bytes(), err
}

// scaled puts a picture on white and scales it down so that no side is longer than
// side: by whole squares of pixels first, and what is left, less than half, by a
// filter. A careful filter over all its pixels would take many times the memory.
func scaled(img image.Image, side int) *image.RGBA {
	first := shrunk(img, side)
	w, h := first.Rect.Dx(), first.Rect.Dy()
	longest := max(w, h)
	if longest <= side {
		return first
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, w*side/longest), max(1, h*side/longest)))
	scaling.ApproxBiLinear.Scale(out, out.Rect, first, first.Rect, scaling.Src, nil)
	return out
}

// shrunk makes of each square of pixels one, on white, with the largest squares that
// leave its longest side above side.
func shrunk(img image.Image, side int) *image.RGBA {
	b := img.Bounds()
	k := max(1, min(max(b.Dx(), b.Dy())/side, min(b.Dx(), b.Dy())))
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/k, b.Dy()/k))
	band := image.NewRGBA(image.Rect(0, 0, out.Rect.Dx()*k, k))
	for y := range out.Rect.Dy() {
		draw.Draw(band, band.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(band, band.Rect, img, b.Min.Add(image.Pt(0, y*k)), draw.Over)
		averageSquares(out.Pix[y*out.Stride:][:out.Stride], band, k)
	}
	return out
}

// averageSquares makes a row of pixels of the squares of a band that is k high.
func averageSquares(row []uint8, band *image.RGBA, k int) {
	n := k * k
	for x := 0; x < len(row); x += 4 {
		var sum [3]int
		for dy := range k {
			line := band.Pix[dy*band.Stride+x*k:][:4*k]
			for i := 0; i < len(line); i += 4 {
				sum[0] += int(line[i])
				sum[1] += int(line[i+1])
				sum[2] += int(line[i+2])
			}
		}
		row[x], row[x+1], row[x+2], row[x+3] = uint8(sum[0]/n), uint8(sum[1]/n), uint8(sum[2]/n), 255
	}
}

// checkPhoto says how a picture is decoded, if it is one that costs what a photo
// costs: by what its header says, before anything is made of it.
func checkPhoto(field string, raw []byte) (decode func(io.Reader) (image.Image, error), err error) {
	var cost photoCost
	var ok bool
	switch {
	case bytes.HasPrefix(raw, []byte(pngSignature)):
		decode = png.Decode
		cost, ok = costOfPNG(raw)
	case bytes.HasPrefix(raw, []byte("\xFF\xD8")):
		decode = jpeg.Decode
		cost, ok = costOfJPEG(raw)
	}
	switch {
	case !ok:
		return nil, registry.At(field, "error.photo_format")
	case min(cost.w, cost.h) < minPhotoSide || max(cost.w, cost.h) > maxPhotoSide || cost.w*cost.h > maxPhotoPixels:
		return nil, registry.At(field, "error.photo_size")
	case cost.bytes > maxPhotoBytes || cost.visits > maxPhotoVisits:
		return nil, registry.At(field, "error.photo_costly")
	}
	return decode, nil
}
