package app

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// tellApplicants tells everybody who takes part, or means to, what became of the
// event.
func (a *App) tellApplicants(ctx context.Context, tx *store.Tx, n news) error {
	noteAsked(ctx)
	live, err := tx.LiveApplications(ctx, n.event)
	if err != nil {
		return err
	}
	for _, application := range live {
		if err := a.tellApplicant(ctx, tx, application, n); err != nil {
			return err
		}
	}
	return nil
}

// tellApplicant tells everybody of an applicant what became of the event. A draft
// has told nobody that it comes, so it hears nothing.
func (a *App) tellApplicant(ctx context.Context, tx *store.Tx, application registry.Application, n news) error {
	if application.State == registry.AppDraft {
		return nil
	}
	n.vendor = application.Vendor
	return a.tell(ctx, tx, n)
}

// eventNews is what applicants are told of an event, to be addressed. Args of the
// message: event, its days, venue, reason, address of its page.
func (a *App) eventNews(key string, e registry.Event) news {
	n := news{event: e.ID, topic: topicEvent, key: key,
		args: []string{e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), e.Venue, e.StateReason, a.eventURL(e)}}
	if e.State == registry.Cancelled {
		n.moot = []string{topicApplication, topicBooths}
	}
	return n
}

func (a *App) eventURL(e registry.Event) string { return a.BaseURL + "/su-kien/" + e.Slug }
