package passes

import (
	"context"

	"hoicho/internal/pass"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Screen is a pass as its vendor shows it at a gate.
type Screen struct {
	registry.PassRow
	Event registry.Event
	Text  string // of the symbol; "" where the pass opens no gate now
	Over  bool   // its last day has passed
}

// SVG draws the symbol of a pass that opens a gate; label is told to screen readers.
func (s *Screen) SVG(label string) (string, error) {
	symbol, err := pass.NewSymbol(s.Text)
	return symbol.SVG(label), err
}

// VendorPass returns a pass of a vendor to be shown on a screen, revoked ones too, so
// that an old picture is found out. Only members of the vendor get it; it is NotFound for
// everybody else and for a pass of another vendor or event.
func (a *Service) VendorPass(ctx context.Context, actor registry.Actor, vendor registry.VendorID, event registry.EventID, id registry.PassID) (s Screen, err error) {
	if !actor.Owns(vendor) {
		return s, registry.E(registry.NotFound, "error.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.Passes(ctx, registry.PassFilter{Event: event, Vendor: vendor, Passes: []registry.PassID{id}})
		if err != nil {
			return err
		}
		if len(rows) != 1 {
			return registry.E(registry.NotFound, "error.not_found")
		}
		s.PassRow = rows[0]
		s.Event, err = tx.Event(ctx, event)
		return err
	})
	s.Over = s.ExpiredOn(a.Today())
	if s.State == registry.PassValid && !s.Over {
		s.Text = pass.Text(a.BaseURL, s.Code, s.Proof)
	}
	return s, err
}

// VendorPicture draws a pass as a picture that is kept or sent to whoever carries it. It
// is as VendorPass, and a Conflict for a pass that opens no gate.
func (a *Service) VendorPicture(ctx context.Context, actor registry.Actor, vendor registry.VendorID, s Screen, lang string) (registry.File, error) {
	if !actor.Owns(vendor) || s.Vendor != vendor {
		return registry.File{}, registry.E(registry.NotFound, "error.not_found")
	}
	if s.Text == "" {
		return registry.File{}, registry.E(registry.Conflict, "error.pass.step")
	}
	card := print.CardOf(&s.Pass, a.BaseURL, s.BoothCode, s.VendorName)
	data, err := print.PassPicture(lang, a.PaperEvent(s.Event), card)
	return registry.File{ContentType: "image/png", Name: "the-" + s.Code[len(s.Code)-4:] + ".png", Data: data}, err
}
