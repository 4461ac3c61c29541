package tips

import (
	"cmp"
	"context"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// TipTrack is what whoever holds the code of a tip may know of it: what it is about
// and its steps without the office's notes; nothing of who sent it and none of its
// words. One that is joined to another goes the way of that one.
type TipTrack struct {
	registry.TipRow
	Steps      []registry.TipStep // the turns alone
	JoinedAt   int64              // unix ms; 0: it goes its own way
	Slip       registry.TipSlip   // by which it was handed over
	PhotosN    int
	TakesPhoto bool // another photo can be added
}

func errTipFull() error {
	e := registry.E(registry.Conflict, "error.tip.no_photo")
	e.Field = "photo"
	return e
}

func errTipCode() error { return registry.E(registry.NotFound, "error.tip.code") }

// TrackingCode reads the code of a tip as it was typed; ok is false for anything else.
func TrackingCode(typed string) (code string, ok bool) {
	code, err := pass.ParseTrackingCode(typed)
	return code, err == nil
}

// ShowTrackingCode groups the code of a tip for reading.
func ShowTrackingCode(code string) string { return pass.FormatTrackingCode(code) }

// FollowTip returns the tip that a code follows. Malformed and unknown codes are
// NotFound. Nobody is slowed down: a code is guessed by nobody.
func (a *Service) FollowTip(ctx context.Context, typed string) (t TipTrack, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		all, err := tipByCode(ctx, tx, typed)
		if err != nil {
			return err
		}
		lead := all
		if all.Lead != "" {
			if lead, err = tx.Tip(ctx, all.Lead); err != nil {
				return err
			}
			if t.JoinedAt, err = joinedAt(ctx, tx, all.ID); err != nil {
				return err
			}
		}
		t.TipRow = registry.TipRow{Tip: registry.Tip{Kind: all.Kind, State: lead.State, ReceivedAt: all.ReceivedAt, StateAt: lead.StateAt},
			EventTitle: all.EventTitle, BoothCode: all.BoothCode}
		t.PhotosN = len(all.Photos)
		if t.TakesPhoto, err = takesPhoto(ctx, tx, all, lead.State); err != nil {
			return err
		}
		if t.Slip, err = tx.TipSlip(ctx, lead.ID); err != nil {
			return err
		}
		t.Slip.By, t.Slip.Ask, t.Slip.AnswerPaper = "", "", "" // the office's own
		t.Steps, err = toldSteps(ctx, tx, lead.ID)
		return err
	})
	return t, err
}

// toldSteps are the turns of a tip as the public knows them.
func toldSteps(ctx context.Context, tx *store.Tx, id registry.TipID) (told []registry.TipStep, err error) {
	steps, err := tx.TipSteps(ctx, id)
	for _, s := range steps {
		if s.Act == registry.TipStepped {
			s.Note, s.By = "", ""
			told = append(told, s)
		}
	}
	return told, err
}

// joinedAt is when a tip was joined to the one that it follows.
func joinedAt(ctx context.Context, tx *store.Tx, id registry.TipID) (at int64, err error) {
	steps, err := tx.TipSteps(ctx, id)
	for _, s := range steps {
		if s.Act == registry.TipJoined {
			at = s.At
		}
	}
	return at, err
}

// tipByCode reads the tip that a code follows.
func tipByCode(ctx context.Context, tx *store.Tx, typed string) (registry.TipRow, error) {
	code, ok := TrackingCode(typed)
	if !ok {
		return registry.TipRow{}, errTipCode()
	}
	t, err := tx.TipByCode(ctx, core.HashToken(code))
	if registry.KindOf(err) == registry.NotFound {
		return t, errTipCode()
	}
	if err != nil {
		return t, err
	}
	return tx.Tip(ctx, t.ID)
}

// takesPhoto reports whether a photo can be added to a tip, of the state of whose way it goes:
// it is open and has room.
func takesPhoto(ctx context.Context, tx *store.Tx, t registry.TipRow, state registry.TipState) (bool, error) {
	if state == registry.TipClosed {
		return false, nil
	}
	return tx.TipHasRoom(ctx, t.ID)
}

// TipPhotoInput is a photo that is sent after the words of a tip.
type TipPhotoInput struct {
	Code  string
	Photo []byte
}

// AddTipPhoto adds a photo to the tip that a code follows: one that could not be
// taken in with the words, or that somebody took later. NotFound for a code that is
// none; Conflict when the tip is closed or full; Invalid or Unavailable at the
// photo; Limited for a tip that is sent very many.
func (a *Service) AddTipPhoto(ctx context.Context, in TipPhotoInput) error {
	t, err := a.FollowTip(ctx, in.Code)
	if err != nil {
		return err
	}
	if !t.TakesPhoto {
		return errTipFull()
	}
	if _, err := a.tipLimits.photos.Take(a.DB.Now(), strings.Join(strings.Fields(in.Code), "")); err != nil {
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
		return addTipPhoto(ctx, tx, in.Code, photo)
	})
}

func addTipPhoto(ctx context.Context, tx *store.Tx, code string, photo registry.File) (done registry.Change, err error) {
	t, err := tipByCode(ctx, tx, code)
	if err != nil {
		return done, err
	}
	open, err := tx.HoldOpenTip(ctx, cmp.Or(t.Lead, t.ID))
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
