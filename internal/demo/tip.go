package demo

import (
	"context"
	"fmt"
	"time"

	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// tip is what a citizen reported at a session, and what was done about it.
type tip struct {
	Session string           `json:"session"` // key
	Vendor  string           `json:"vendor"`  // whose sign was scanned
	Product string           `json:"product"` // slug
	Day     int              `json:"day"`     // of the session
	Hour    string           `json:"hour"`
	Kind    registry.TipKind `json:"kind"`
	Place   string           `json:"place"`
	Text    string           `json:"text"`
	Contact string           `json:"contact"`
	Picture string           `json:"picture"`
	Same    bool             `json:"same"` // tells the same as the tip before it, to which it is joined
	Steps   []tipStep        `json:"steps"`
}

// tipStep is a turn that a tip took, some hours after the one before.
type tipStep struct {
	To    registry.TipState `json:"to"`
	After int               `json:"after"`
	Body  string            `json:"body"`
	Ask   string            `json:"ask"`
	Paper string            `json:"paper"` // number of the answer to the slip
	Told  string            `json:"told"`
	Note  string            `json:"note"`
}

// tips plans what citizens reported.
func (f *filler) tips() error {
	var before registry.TipID
	for n, t := range f.facts.madeUp.Tips {
		s, ok := f.session(t.Session)
		if !ok {
			return fmt.Errorf("no session %q", t.Session)
		}
		var id registry.TipID
		f.line.add(s.on(t.Day), t.Hour, "tip at "+s.Title, func(ctx context.Context) (err error) {
			if id, err = f.sendTip(ctx, s, t, n); err != nil {
				return err
			}
			lead := before
			before = id
			if !t.Same {
				return nil
			}
			return f.app.Tips.JoinTip(ctx, f.officers[registry.Inspector], id, lead, 1)
		})
		at := f.line[len(f.line)-1].at
		for _, step := range t.Steps {
			at = at.Add(time.Duration(step.After) * time.Hour)
			f.line = append(f.line, moment{at, "step of a tip at " + s.Title, func(ctx context.Context) error { return f.stepTip(ctx, s, id, step) }})
		}
	}
	return nil
}

// session finds a session of the story by its key.
func (f *filler) session(key string) (*session, bool) {
	for _, s := range f.facts.madeUp.Sessions {
		if s.Key == key {
			return s, true
		}
	}
	return nil, false
}

// sendTip sends a tip as a visitor does, and finds it as the office does.
func (f *filler) sendTip(ctx context.Context, s *session, t tip, n int) (registry.TipID, error) {
	in := tips.TipInput{Kind: t.Kind, Place: t.Place, Text: t.Text, Contact: t.Contact, Product: t.Product, Net: fmt.Sprintf("visitor %d", n)}
	if t.Vendor != "" {
		sign, err := f.sign(ctx, s, t.Vendor)
		if err != nil {
			return "", err
		}
		in.PassCode = sign
	}
	if t.Picture != "" {
		var err error
		if in.Photo, err = f.pictures.product(t.Picture, registry.HouseholdGoods); err != nil {
			return "", err
		}
	}
	if _, err := f.app.Tips.SendTip(ctx, in); err != nil {
		return "", err
	}
	desk, err := f.app.Tips.Tips(ctx, f.admin, registry.TipFilter{Limit: 1})
	if err != nil || len(desk.Rows) == 0 {
		return "", fmt.Errorf("the tip is not on the desk: %w", err)
	}
	return desk.Rows[0].ID, nil
}

// sign is the code of a vendor's booth pass at a session.
func (f *filler) sign(ctx context.Context, s *session, vendor string) (string, error) {
	_, rows, _, err := f.app.Passes.EventPasses(ctx, f.admin, registry.PassFilter{Event: s.event.ID, Kind: registry.BoothPass})
	for _, p := range rows {
		if p.VendorName == vendor {
			return p.Code, nil
		}
	}
	return "", fmt.Errorf("%s has no sign at %s: %w", vendor, s, err)
}

// stepTip takes a tip on; one without a sign is tied to its session.
func (f *filler) stepTip(ctx context.Context, s *session, id registry.TipID, step tipStep) error {
	file, err := f.app.Tips.Tip(ctx, f.officers[registry.Inspector], id)
	if err != nil {
		return err
	}
	in := tips.TipStepInput{To: step.To, Body: step.Body, Ask: step.Ask, Told: step.Told, Note: step.Note, Version: file.Version, Event: s.event.ID}
	if step.To == registry.TipHandedOver {
		in.DueOn = vn.ShowDate(f.app.Tips.SlipDue())
	}
	if step.Paper != "" {
		in.AnsweredOn, in.AnswerPaper = vn.ShowDate(f.app.Today()), step.Paper
	}
	return f.app.Tips.StepTip(ctx, f.officers[registry.Inspector], id, in)
}
