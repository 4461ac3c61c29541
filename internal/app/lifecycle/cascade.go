package lifecycle

import (
	"context"
	"slices"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// stopEvent is what happens to all that hangs on an event when it is postponed
// or cancelled: applications end with a cancelled event and stay with a
// postponed one, and applicants are told. Gate devices learn of it from the
// event's state, which is in their snapshot, so passes need no change.
func (a *Service) stopEvent(ctx context.Context, tx *store.Tx, actor registry.Actor, e registry.Event) error {
	core.NoteAsked(ctx)
	live, err := tx.LiveApplications(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, application := range live {
		if err := a.Events.TellApplicant(ctx, tx, application, a.Events.EventNews("event.notice."+string(e.State), e)); err != nil {
			return err
		}
		if e.State != registry.Cancelled {
			continue
		}
		if err := cancelApplication(ctx, tx, actor, application, e.StateReason); err != nil {
			return err
		}
	}
	return nil
}

// resumeEvent tells applicants that a postponed event takes place as planned.
func (a *Service) resumeEvent(ctx context.Context, tx *store.Tx, e registry.Event) error {
	return a.Events.TellApplicants(ctx, tx, a.Events.EventNews("event.notice.resumed", e))
}

func cancelApplication(ctx context.Context, tx *store.Tx, actor registry.Actor, application registry.Application, reason string) error {
	from := application.State
	application.State, application.Reason, application.DecidedAt = registry.AppCancelled, reason, tx.NowMS()
	application.DecidedBy = actor.Account
	if err := tx.SaveApplication(ctx, application, from); err != nil {
		return err
	}
	return tx.InsertApplicationNote(ctx, registry.ApplicationNote{Application: application.ID, AuthorID: actor.Account,
		Author: actor.Name, State: registry.AppCancelled, Text: reason})
}

// shiftEvent is what happens to all that hangs on an event when it is moved: the
// days of applications go with the days of the event, passes are issued anew, and
// applicants are told.
func (a *Service) shiftEvent(ctx context.Context, tx *store.Tx, actor registry.Actor, was, e registry.Event) error {
	core.NoteAsked(ctx)
	if err := a.renewPasses(ctx, tx, actor, was, e); err != nil {
		return err
	}
	live, err := tx.LiveApplications(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, row := range live {
		application, err := tx.Application(ctx, row.ID)
		if err != nil {
			return err
		}
		before, err := booths.FindLacking(ctx, tx, application, was)
		if err != nil {
			return err
		}
		application.Days = shiftDays(application.Days, was.Days, e.Days)
		if err := tx.SaveApplicationDays(ctx, application); err != nil {
			return err
		}
		n, err := a.moveNews(ctx, tx, application, e, before)
		if err != nil {
			return err
		}
		if err := a.Events.TellApplicant(ctx, tx, application, n); err != nil {
			return err
		}
	}
	return nil
}

// shiftDays carries chosen days over to the days of the same place in the new
// list. Where none is left, all new days are chosen: the vendor is told and may
// still withdraw.
func shiftDays(chosen []string, was, now []registry.EventDay) []string {
	var days []string
	for i, d := range was {
		if i < len(now) && slices.Contains(chosen, d.Day) {
			days = append(days, now[i].Day)
		}
	}
	if len(days) > 0 || len(chosen) == 0 {
		return days
	}
	for _, d := range now {
		days = append(days, d.Day)
	}
	return days
}
