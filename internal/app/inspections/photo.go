package inspections

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// mine reads the record that the actor handed in under a client's id; for everybody else it
// is NotFound.
func (a *Service) mine(ctx context.Context, tx *store.Tx, actor registry.Actor, client string) (inspection.Record, error) {
	r, err := tx.InspectionByClient(ctx, client)
	if err == nil && (r.Entered != actor.Account || actor.Anonymous()) {
		return inspection.Record{}, core.ErrHidden()
	}
	return r, err
}

// Status returns what has come of a record: to whoever handed it in, else NotFound.
func (a *Service) Status(ctx context.Context, actor registry.Actor, client string) (got Receipt, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if got.Record, err = a.mine(ctx, tx, actor, client); err != nil {
			return err
		}
		got.Before = true
		got.Twins, err = tx.Twins(ctx, got.Record)
		return err
	})
	return got, err
}

// TakePhoto takes a photo that a record names by its hash, from whoever handed the record
// in, and hands the record in with the last one. A photo that has come changes nothing.
// Invalid at "photo" where the bytes are not those that the hash names, or are no photo;
// NotFound for a photo that the record does not name.
func (a *Service) TakePhoto(ctx context.Context, actor registry.Actor, client, hash string, raw []byte) (got Receipt, err error) {
	got, err = a.Status(ctx, actor, client)
	if err != nil {
		return got, err
	}
	photo, named := photoOf(got.Record, hash)
	switch {
	case !named:
		return got, core.ErrHidden()
	case photo.File != "":
		return got, nil
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != hash {
		return got, registry.At("photo", "inspection.error.hash")
	}
	file, err := core.PreparePhoto(ctx, "photo", raw)
	if err != nil {
		return got, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		r, err := a.mine(ctx, tx, actor, client)
		if err != nil {
			return err
		}
		t := taking{Service: a, tx: tx, actor: actor, reading: reading{rec: r}, scope: a.Areas.Scope(r.Area)}
		got.Record = r
		if photo, _ := photoOf(r, hash); photo.File != "" {
			return nil // another request was quicker
		}
		id, err := tx.InsertFile(ctx, file)
		if err != nil {
			return err
		}
		if err := tx.SaveInspectionPhoto(ctx, &t.rec, hash, id, false); err != nil {
			return err
		}
		if err := t.log(ctx, inspection.StepPhoto, hash[:12]); err != nil {
			return err
		}
		got, err = t.finish(ctx, got, "inspection.photos", fact.Count("inspection.photos", 1))
		return err
	})
	return got, err
}

func photoOf(r inspection.Record, hash string) (inspection.Photo, bool) {
	for _, p := range r.Photos {
		if p.Hash == hash {
			return p, true
		}
	}
	return inspection.Photo{}, false
}

// Attach hands in a record together with its photos, as the form of the office sends them:
// what each one shows stands beside it, in order. Invalid at "file" for what is no photo.
func (a *Service) Attach(ctx context.Context, actor registry.Actor, in HandIn, raw [][]byte) (got Receipt, err error) {
	in.Photos = nil
	for _, p := range raw {
		if _, err := core.PreparePhoto(ctx, "file", p); err != nil {
			return got, err
		}
		sum := sha256.Sum256(p)
		in.Photos = append(in.Photos, Photo{Hash: hex.EncodeToString(sum[:])})
	}
	if got, err = a.HandIn(ctx, actor, in); err != nil {
		return got, err
	}
	for i, p := range raw {
		if got, err = a.TakePhoto(ctx, actor, in.Client, in.Photos[i].Hash, p); err != nil {
			return got, err
		}
	}
	return got, nil
}

// Photo returns a photo of a record that the actor may read, by its hash, or NotFound. What
// was signed on a screen is shown to those alone who inspect there, or handed it in.
func (a *Service) Photo(ctx context.Context, actor registry.Actor, id registry.InspectionID, hash string, size registry.PhotoSize) (f registry.File, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		r, is, err := a.readable(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		p, named := photoOf(r, hash)
		if !named || p.File == "" || p.Item == inspection.Signature && !is.writes && r.Entered != actor.Account {
			return core.ErrHidden()
		}
		f, err = tx.File(ctx, p.File, size)
		return err
	})
	return f, err
}

// readable is recordFor that lets the vendor read too what was looked at with it.
func (a *Service) readable(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.InspectionID) (inspection.Record, rights, error) {
	r, is, err := a.recordFor(ctx, tx, actor, id, false)
	if registry.KindOf(err) != registry.NotFound {
		return r, is, err
	}
	if r, err = tx.Inspection(ctx, id); err == nil && (r.Subject.Vendor == "" || !actor.Owns(r.Subject.Vendor) || r.State != inspection.HandedIn) {
		return inspection.Record{}, is, core.ErrHidden()
	}
	return r, is, err
}
