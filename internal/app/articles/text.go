package articles

import (
	"bytes"
	"context"
	"slices"

	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/store"
)

// Kit is what the ready-made texts of an event are made from, and who has taken one.
type Kit struct {
	Event   registry.Event
	Takings []committee.Taking
	Offers  []stimulus.Row // accepted, of today and coming days
	Writes  bool           // the actor may write articles about it
}

// Stale reports whether a text that was taken says what the event no longer is.
func (k Kit) Stale(t committee.Taking) bool { return t.Said != committee.Saying(k.Event) }

// StaleN is how many of those who took a text have one that is out of date.
func (k Kit) StaleN() (n int) {
	for _, t := range k.Takings {
		if k.Stale(t) {
			n++
		}
	}
	return n
}

// Kit returns the event for its texts. The actor needs Communicate in its area, and for
// an event that the public does not know ViewOffice too; else it is NotFound.
func (s *Service) Kit(ctx context.Context, actor registry.Actor, id registry.EventID) (k Kit, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if k.Event, err = s.kitEvent(ctx, tx, actor, id); err != nil {
			return err
		}
		if k.Takings, err = tx.Takings(ctx, id); err != nil {
			return err
		}
		offers, err := tx.Offers(ctx, stimulus.Filter{Event: id, States: []stimulus.State{stimulus.Accepted}})
		k.Offers = slices.DeleteFunc(offers, func(o stimulus.Row) bool { return len(o.ShownDays(s.Today())) == 0 })
		return err
	})
	k.Writes = actor.Can(registry.WriteArticles, s.Areas.Scope(k.Event.Area))
	return k, err
}

func (s *Service) kitEvent(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.EventID) (registry.Event, error) {
	e, err := s.Events.EventFor(ctx, tx, actor, registry.Communicate, id)
	if err == nil && !e.Public() && !actor.Can(registry.ViewOffice, s.Areas.Scope(e.Area)) {
		return registry.Event{}, errNotFound()
	}
	return e, err
}

// Take notes that the actor takes a text of an event with it, so that it is told when
// the event changes. The rights are those of Kit; Invalid for a kind that is none.
func (s *Service) Take(ctx context.Context, actor registry.Actor, id registry.EventID, kind committee.TextKind) (e registry.Event, err error) {
	if !kind.Valid() {
		return e, registry.At("kind", "error.choose")
	}
	err = s.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if e, err = s.kitEvent(ctx, tx, actor, id); err != nil {
			return registry.Change{}, err
		}
		taking := committee.Taking{Kind: kind, By: actor.Name, Said: committee.Saying(e)}
		return registry.Change{Action: "event.take_text", Object: "event", ID: string(id), Scope: s.Areas.Scope(e.Area),
			Detail: fact.Facts{fact.Code("text", fact.KitText, kind)}}, tx.InsertTaking(ctx, id, taking, actor.Account)
	})
	return e, err
}

// Poster draws the poster of an event as PDF in a language, and notes that the actor
// took it. The rights are those of Take.
func (s *Service) Poster(ctx context.Context, actor registry.Actor, id registry.EventID, p print.EventPoster) (registry.File, error) {
	kind := committee.PosterA4
	if p.Size == print.PosterA3 {
		kind = committee.PosterA3
	}
	e, err := s.Take(ctx, actor, id, kind)
	if err != nil {
		return registry.File{}, err
	}
	p.QRText = s.BaseURL + "/su-kien/" + e.Slug
	var buf bytes.Buffer
	err = print.WriteEventPoster(&buf, p)
	return registry.File{ContentType: "application/pdf", Name: "ap-phich-" + e.Slug + "-" + string(p.Size) + ".pdf", Data: buf.Bytes()}, err
}
