package app

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	_ "image/png" // decoder

	"golang.org/x/image/draw"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Sizes of stored photos, in pixels.
const (
	photoMaxSide = 4096 // refused above
	photoSide    = 1280
	photoSmall   = 360
	photoStamp   = 160
)

// photoSlots bounds how many pictures are decoded at once: each may take some 80 MB
// while it is worked on.
var photoSlots = make(chan struct{}, 2)

// preparePhoto turns an uploaded picture into a file to store. Only JPEG and PNG
// are taken, up to 4096 by 4096 pixels; the picture is decoded and encoded anew,
// so nothing of the upload but its pixels survives, upright. Invalid otherwise, at field.
func preparePhoto(field string, raw []byte) (registry.File, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || (format != "jpeg" && format != "png") {
		return registry.File{}, registry.At(field, "error.photo_format")
	}
	if config.Width > photoMaxSide || config.Height > photoMaxSide || config.Width < 8 || config.Height < 8 {
		return registry.File{}, registry.At(field, "error.photo_size", photoMaxSide)
	}
	photoSlots <- struct{}{}
	defer func() { <-photoSlots }()
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return registry.File{}, registry.At(field, "error.photo_format")
	}
	held := orientation(raw)
	data, err := encodeJPEG(img, held, photoSide, 82)
	if err != nil {
		return registry.File{}, err
	}
	small, err := encodeJPEG(img, held, photoSmall, 72)
	if err != nil {
		return registry.File{}, err
	}
	stamp, err := encodeJPEG(img, held, photoStamp, 60)
	return registry.File{ContentType: "image/jpeg", Name: "anh.jpg", Data: data, Small: small, Stamp: stamp}, err
}

// encodeJPEG scales a picture down so that no side is longer than side, on white
// where it is transparent, and turns it upright from the way it was held.
func encodeJPEG(img image.Image, held, side, quality int) ([]byte, error) {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if longest := max(w, h); longest > side {
		w, h = max(1, w*side/longest), max(1, h*side/longest)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(out, out.Bounds(), img, b.Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(out, out.Bounds(), img, b, draw.Over, nil)
	}
	var buf bytes.Buffer
	err := jpeg.Encode(&buf, upright(out, held), &jpeg.Options{Quality: quality})
	return buf.Bytes(), err
}

// File returns a stored file that the actor may read: a public one, one of a
// vendor it is a member of, or one of a vendor or event of its area. Any other is
// NotFound. Whoever reviews applications to an event reads the papers of those who
// applied, wherever they come from. A photo comes in the size asked for.
func (a *App) File(ctx context.Context, actor registry.Actor, id registry.FileID, size registry.PhotoSize) (registry.File, error) {
	var f registry.File
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if f, err = tx.File(ctx, id, size); err != nil || f.Public {
			return err
		}
		area, err := tx.FileArea(ctx, f)
		if err != nil {
			return err
		}
		if a.mayReadFile(actor, f, area) {
			return nil
		}
		return reviewsApplicant(ctx, tx, actor, f.Owner)
	})
	if err != nil {
		return registry.File{}, err
	}
	return f, nil
}

func (a *App) mayReadFile(actor registry.Actor, f registry.File, area registry.AreaRef) bool {
	if f.Owner != "" && actor.Owns(f.Owner) {
		return true
	}
	scope := a.Areas.Scope(area)
	if f.Event != "" {
		return actor.Can(registry.ManagePasses, scope) || actor.Can(registry.ManageEvents, scope)
	}
	return f.Owner != "" && (actor.Can(registry.ManageVendors, scope) || actor.Can(registry.ReviewEvidence, scope) ||
		actor.Can(registry.ReviewApplications, scope))
}

// reviewsApplicant is NotFound unless the actor reviews applications in an area to
// an event of which the vendor has applied.
func reviewsApplicant(ctx context.Context, tx *store.Tx, actor registry.Actor, vendor registry.VendorID) error {
	codes, all := actor.Reach(registry.ReviewApplications)
	if vendor == "" || len(codes) == 0 && !all {
		return registry.E(registry.NotFound, "error.not_found")
	}
	applied, err := tx.HasApplied(ctx, vendor, codes)
	if err == nil && !applied && !all {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	return err
}
