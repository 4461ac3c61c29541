package tips

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// TipTrack is what whoever holds the code of a tip may know of it: what it is about
// and its steps without the office's notes; nothing of who sent it and none of its
// words.
type TipTrack struct {
	registry.TipRow
	Steps      []registry.TipStep
	PhotosN    int
	TakesPhoto bool // another photo can be added
}

func errTipFull() error {
	e := registry.E(registry.Conflict, "error.tip.no_photo")
	e.Field = "photo"
	return e
}

func errTipCode() error { return registry.E(registry.NotFound, "error.tip.code") }

// FollowTip returns the tip that a code follows. Malformed and unknown codes are
// NotFound; Limited for whoever has tried too many that are none.
func (a *Service) FollowTip(ctx context.Context, who core.Seeker, typed string) (t TipTrack, err error) {
	err = a.Seek(who, func() error {
		return a.DB.Read(ctx, func(tx *store.Tx) error {
			all, err := tipByCode(ctx, tx, typed)
			if err != nil {
				return err
			}
			t.TipRow = registry.TipRow{Tip: registry.Tip{Code: all.Code, Kind: all.Kind, State: all.State, ReceivedAt: all.ReceivedAt, StateAt: all.StateAt},
				EventTitle: all.EventTitle, BoothCode: all.BoothCode}
			t.PhotosN = len(all.Photos)
			if t.TakesPhoto, err = takesPhoto(ctx, tx, all); err != nil {
				return err
			}
			t.Steps, err = tx.TipSteps(ctx, all.ID)
			return err
		})
	})
	for i := range t.Steps {
		t.Steps[i].Note, t.Steps[i].By = "", ""
	}
	return t, err
}

// tipByCode reads the tip that a code follows.
func tipByCode(ctx context.Context, tx *store.Tx, typed string) (registry.TipRow, error) {
	code, err := pass.ParseCode(typed)
	if err != nil {
		return registry.TipRow{}, errTipCode()
	}
	t, err := tx.TipByCode(ctx, code)
	if registry.KindOf(err) == registry.NotFound {
		return t, errTipCode()
	}
	if err != nil {
		return t, err
	}
	return tx.Tip(ctx, t.ID)
}

// takesPhoto reports whether a photo can be added to a tip: it is open and has room.
func takesPhoto(ctx context.Context, tx *store.Tx, t registry.TipRow) (bool, error) {
	if t.State == registry.TipClosed {
		return false, nil
	}
	return tx.TipHasRoom(ctx, t.ID)
}

// TipPhotoInput is a photo that is sent after the words of a tip.
type TipPhotoInput struct {
	Code  string
	Photo []byte
	Net   string // as in TipInput
	Agent string
}

// AddTipPhoto adds a photo to the tip that a code follows: one that could not be
// taken in with the words, or that somebody took later. NotFound for a code that is
// none; Conflict when the tip is closed or full; Invalid or Unavailable at the
// photo; Limited for a source that sends too much.
func (a *Service) AddTipPhoto(ctx context.Context, in TipPhotoInput) error {
	t, err := a.FollowTip(ctx, core.Seeker{Net: in.Net, Agent: in.Agent}, in.Code)
	if err != nil {
		return err
	}
	if !t.TakesPhoto {
		return errTipFull()
	}
	if err := a.limitTips(in.Net, in.Agent); err != nil {
		return err
	}
	if len(in.Photo) == 0 {
		return registry.At("photo", "error.tip.photo_none")
	}
	photo, err := core.PreparePhoto(ctx, "photo", in.Photo)
	if err != nil {
		return err
	}
	return a.Change(ctx, registry.Actor{}, func(tx *store.Tx) (registry.Change, error) {
		return addTipPhoto(ctx, tx, t.Code, photo)
	})
}

func addTipPhoto(ctx context.Context, tx *store.Tx, code string, photo registry.File) (done registry.Change, err error) {
	t, err := tipByCode(ctx, tx, code)
	if err != nil {
		return done, err
	}
	open, err := tx.HoldOpenTip(ctx, t.ID)
	if err != nil {
		return done, err
	}
	room, err := tx.TipHasRoom(ctx, t.ID)
	if err != nil {
		return done, err
	}
	if !open || !room {
		return done, errTipFull()
	}
	scope, err := tx.TipScope(ctx, t.ID)
	if err != nil {
		return done, err
	}
	return registry.Change{Action: "tip.photo", Object: "tip", ID: string(t.ID), Scope: scope}, storeTipPhoto(ctx, tx, t.ID, photo)
}

// storeTipPhoto keeps a photo with a tip: of no vendor, of no event, not public, so
// that /tep shows it to nobody.
func storeTipPhoto(ctx context.Context, tx *store.Tx, id registry.TipID, photo registry.File) error {
	file, err := tx.InsertFile(ctx, photo)
	if err != nil {
		return err
	}
	return tx.InsertTipPhoto(ctx, id, file)
}
