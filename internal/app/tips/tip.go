package tips

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// TipInput is what somebody tells about goods that are not what they are said to
// be. Nobody has to say who they are.
type TipInput struct {
	Kind     registry.TipKind
	Place    string // what and where; needed unless a pass or a product says it
	Text     string
	Contact  string         // optional; sealed
	Photo    []byte         // optional
	PassCode string         // of the sign at the stall, as scanned or typed
	Product  string         // address of the product's page
	Join     registry.TipID // the open tip about the same thing that it adds to; "": it is a new one
	Toll     string         // what the last answer asked to be paid, as it was given
	Proof    string         // the number that pays it, found by the browser
	Net      string         // network that it comes from; held for a while in memory, stored nowhere
	Agent    string         // what the browser says it is; the same
}

// TipSubject is what a tip is about, as far as a pass or a product says it.
type TipSubject struct {
	Event     registry.Event
	Booth     registry.BoothID
	BoothCode string
	Vendor    registry.Vendor
	Product   registry.Product
	PassCode  string // as sent, if it could be one
	PassKnown bool
}

// Known reports whether something is known of what the tip is about.
func (s TipSubject) Known() bool { return s.Event.ID != "" || s.Vendor.ID != "" }

// TipSubject finds out what a tip is about. A code or product that is not known is
// no fault: an invented code on a sign is itself worth a tip.
func (a *Service) TipSubject(ctx context.Context, passCode, product string) (s TipSubject, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		s, err = tipSubject(ctx, tx, passCode, product)
		return err
	})
	return s, err
}

func tipSubject(ctx context.Context, tx *store.Tx, passCode, product string) (s TipSubject, err error) {
	if err := s.readPass(ctx, tx, passCode); err != nil {
		return s, err
	}
	if product == "" {
		return s, nil
	}
	p, err := tx.ProductBySlug(ctx, product)
	if registry.KindOf(err) == registry.NotFound || err == nil && (p.Hidden || s.Vendor.ID != "" && p.Vendor != s.Vendor.ID) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	s.Product = p
	s.Vendor, err = tx.Vendor(ctx, p.Vendor)
	return s, err
}

// readPass fills in what a pass stands for: a booth, or for any other pass the
// event alone.
func (s *TipSubject) readPass(ctx context.Context, tx *store.Tx, typed string) error {
	code, err := pass.ParseCode(typed)
	if err != nil {
		s.PassCode = digitsOf(typed)
		return nil
	}
	s.PassCode = code
	p, err := tx.PassByCode(ctx, code)
	if registry.KindOf(err) == registry.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	s.PassKnown = true
	if s.Event, err = tx.Event(ctx, p.Event); err != nil || p.Kind != registry.BoothPass {
		return err
	}
	booth, err := tx.Booth(ctx, p.Event, p.Booth)
	if err != nil {
		return err
	}
	s.Booth, s.BoothCode = booth.ID, booth.Code
	s.Vendor, err = tx.Vendor(ctx, p.Vendor)
	return err
}

// digitsOf keeps the digits of what was to be a code, at most as many as a code
// has, so that the office sees what stood on the sign.
func digitsOf(typed string) string {
	var b strings.Builder
	for _, r := range typed {
		if r >= '0' && r <= '9' && b.Len() < pass.CodeDigits {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// check cleans the words of a tip and gathers what is wrong with them.
func (in *TipInput) check(subjectKnown bool) error {
	r := core.Input{}
	in.Place = r.Line("place", in.Place, registry.MaxTipPlace)
	in.Text = r.Text("text", in.Text, registry.MaxTipText)
	in.Contact = r.Line("contact", in.Contact, registry.MaxTipContact)
	r.Faults.Check(slices.Contains(registry.TipKinds, in.Kind), "kind", "error.tip.kind")
	r.Faults.Check(subjectKnown || in.Place != "", "place", "error.tip.place")
	r.Faults.Check(len([]rune(in.Text)) >= 5, "text", "error.tip.text")
	return r.Faults.Err()
}

// SentTip is a tip that was taken in.
type SentTip struct {
	Code string // its way can be followed under it; nobody can tell it again
	// Photo says why the photo that came with the words could not be kept, if so.
	Photo error
	// Toll is what is asked of a source that sends very much, with the error Limited.
	Toll *Toll
}

// SendTip takes in a tip from anybody. The same words about the same thing join the
// tip that is open. The words are never lost with their photo: one that cannot be
// taken, or not now, is told and can be sent again. Invalid at a field; Limited with
// a toll for a source that sends very much: whoever pays it gets through.
func (a *Service) SendTip(ctx context.Context, in TipInput) (sent SentTip, err error) {
	subject, err := a.TipSubject(ctx, in.PassCode, in.Product)
	if err != nil {
		return sent, err
	}
	if err := in.check(subject.Known()); err != nil {
		return sent, err
	}
	if sent.Toll, err = a.collect(&in); err != nil {
		return sent, err
	}
	var photo registry.File
	if len(in.Photo) > 0 {
		photo, sent.Photo = core.PreparePhoto(ctx, "photo", in.Photo)
	}
	err = a.Change(ctx, registry.Actor{}, func(tx *store.Tx) (registry.Change, error) {
		t := registry.Tip{Kind: in.Kind, Place: in.Place, Text: in.Text, Event: subject.Event.ID,
			Booth: subject.Booth, Vendor: subject.Vendor.ID, Product: subject.Product.ID, PassCode: subject.PassCode}
		scope := a.tipScope(&subject)
		if in.Join != "" {
			if err := mayAdd(ctx, tx, in.Join, &subject); err != nil {
				return registry.Change{}, err
			}
			t.Lead = in.Join
		}
		if err := storeTip(ctx, tx, &t, scope); err != nil {
			return registry.Change{}, err
		}
		if sent.Code, err = newCode(ctx, tx, t.ID); err != nil {
			return registry.Change{}, err
		}
		full, err := a.addToTip(ctx, tx, t.ID, photo, in.Contact)
		if full && len(in.Photo) > 0 {
			sent.Photo = errTipFull()
		}
		return registry.Change{Action: "tip.send", Object: "tip", ID: string(t.ID), Scope: scope,
			Detail: fact.Facts{fact.Code("kind", fact.TipKind, t.Kind), fact.Count("sent", t.SentN)}}, err
	})
	return sent, err
}

// newCode makes the code by which a sender follows a tip, and stores its hash.
func newCode(ctx context.Context, tx *store.Tx, id registry.TipID) (string, error) {
	code := pass.NewTrackingCode()
	return code, tx.InsertTipCode(ctx, id, core.HashToken(code))
}

// storeTip stores the words of a tip; where it adds to another one, its story says so.
func storeTip(ctx context.Context, tx *store.Tx, t *registry.Tip, scope registry.Scope) error {
	if err := tx.InsertTip(ctx, t, sameTip(t), scope); err != nil || t.Lead == "" || t.Version > 1 {
		return err
	}
	return tx.StepTip(ctx, t, registry.TipStep{Act: registry.TipJoined, State: t.State}, "")
}

// mayAdd is Invalid at "join" unless a tip about the same thing is open and goes its own way:
// it may have been closed, or joined to another, since the sender read of it.
func mayAdd(ctx context.Context, tx *store.Tx, id registry.TipID, s *TipSubject) error {
	gists, _, err := tx.TipGists(ctx, s.Booth, s.Product.ID, s.PassCode)
	if err != nil {
		return err
	}
	for _, g := range gists {
		if g.ID == id && g.State != registry.TipClosed {
			return nil
		}
	}
	return registry.Faults{registry.At("join", "tip.error.join")}
}

// Known are the tips about the same thing that somebody sent before, as the public may know
// of them, and how many there are in all.
func (a *Service) Known(ctx context.Context, s TipSubject) (list []registry.TipGist, n int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, n, err = tx.TipGists(ctx, s.Booth, s.Product.ID, s.PassCode)
		return err
	})
	return list, n, err
}

// tipScope is where a tip is dealt with: where the event is, else where the vendor
// is.
func (a *Service) tipScope(s *TipSubject) registry.Scope {
	switch {
	case s.Event.ID != "":
		return a.Areas.Scope(s.Event.Area)
	case s.Vendor.ID != "":
		return a.Areas.Scope(s.Vendor.Area)
	}
	return nil
}

// sameTip is equal for the same words about the same thing, however they are
// written.
func sameTip(t *registry.Tip) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(t.Kind), string(t.Event), string(t.Booth), string(t.Vendor),
		string(t.Product), t.PassCode, vn.Fold(t.Place), vn.Fold(t.Text)}, "\n")))
	return hex.EncodeToString(sum[:])
}

// addToTip stores the photo and the sealed contact, unless the tip is full.
func (a *Service) addToTip(ctx context.Context, tx *store.Tx, id registry.TipID, photo registry.File, contact string) (full bool, err error) {
	if len(photo.Data) == 0 && contact == "" {
		return false, nil
	}
	if room, err := tx.TipHasRoom(ctx, id); err != nil || !room {
		return !room, err
	}
	if len(photo.Data) > 0 {
		if err := storeTipPhoto(ctx, tx, id, photo); err != nil {
			return false, err
		}
	}
	if contact == "" {
		return false, nil
	}
	return false, tx.InsertTipContact(ctx, id, a.MasterKey.Seal([]byte(contact), tipPlace(id)))
}

// tipPlace binds a sealed contact to its tip.
func tipPlace(id registry.TipID) []byte { return []byte("hoicho/tip-contact/1\n" + string(id)) }
