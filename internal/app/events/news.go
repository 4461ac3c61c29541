package events

import (
	"context"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// TellApplicants tells everybody who takes part, or means to, what became of the
// event.
func (a *Service) TellApplicants(ctx context.Context, tx *store.Tx, n core.News) error {
	core.NoteAsked(ctx)
	live, err := tx.LiveApplications(ctx, n.Event)
	if err != nil {
		return err
	}
	for _, application := range live {
		if err := a.TellApplicant(ctx, tx, application, n); err != nil {
			return err
		}
	}
	return nil
}

// TellApplicant tells everybody of an applicant what became of the event. A draft
// has told nobody that it comes, so it hears nothing.
func (a *Service) TellApplicant(ctx context.Context, tx *store.Tx, application registry.Application, n core.News) error {
	if application.State == registry.AppDraft {
		return nil
	}
	n.Vendor = application.Vendor
	return a.Tell(ctx, tx, n)
}

// EventNews is what applicants are told of an event, to be addressed. Args of the
// message: event, its days, venue, reason, address of its page.
func (a *Service) EventNews(key string, e registry.Event) core.News {
	n := core.News{Event: e.ID, Topic: core.TopicEvent, Key: key,
		Args: []string{e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), e.Venue, e.StateReason, a.eventURL(e)}}
	if e.State == registry.Cancelled {
		n.Moot = []string{core.TopicApplication, core.TopicBooths}
	}
	return n
}

func (a *Service) eventURL(e registry.Event) string { return a.BaseURL + "/su-kien/" + e.Slug }
