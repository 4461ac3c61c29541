package reports

import (
	"context"
	"fmt"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// ReopenReport opens a closed report again: plainly while it has no number, else
// beside it as an addendum, which leaves what is out as it is.
func ReopenReport(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.EventID, reason string) error {
	stored, err := tx.Report(ctx, id)
	if err != nil {
		return err
	}
	last := stored.Last()
	switch {
	case stored.ClosedAt == 0:
		return nil // nothing was kept
	case !stored.Signed():
		return tx.ReopenReport(ctx, id)
	case last != nil && !last.Signed():
		return tx.ReopenAddendum(ctx, id, last.N, reason)
	}
	return tx.InsertAddendum(ctx, id, registry.ReportAddendum{N: len(stored.Addenda) + 1, Reason: reason, OpenedBy: actor.Name})
}

// readAddenda takes the kept figures of addenda apart.
func readAddenda(stored registry.ResultReport) (list []report.Addendum, err error) {
	for _, a := range stored.Addenda {
		x := report.Addendum{ReportAddendum: a}
		if a.ClosedAt > 0 {
			then, err := report.Thaw(a.Figures)
			if err != nil {
				return nil, fmt.Errorf("addendum %d of %s: %w", a.N, stored.Event, err)
			}
			x.Then, x.ClosedOn = &then, vn.DateOf(time.UnixMilli(a.ClosedAt))
		}
		list = append(list, x)
	}
	return list, nil
}

// Reopened reports whether the event waits to be reported anew although its report,
// or an addendum to it, is out.
func (r EventReport) Reopened() bool { return r.Closed() && r.Event.State == registry.Ended }

// ToSign reports whether a closed paper waits for its number: the report, else its
// last addendum.
func (r EventReport) ToSign() bool {
	last := r.Stored.Last()
	return r.Closed() && (r.Stored.Paper.Number == "" || last != nil && last.ClosedAt > 0 && last.Number == "")
}

// ReopenEffect is what opening a closed report again touches.
type ReopenEffect struct {
	Figures int    // that stand in the report
	Changed int    // of them, those that are other ones today
	Public  int    // of them, those on the public page
	Missing int    // vendors that may file their sales then
	Number  string // of the report that stays as it is; "" if it has none
	Next    int    // number of the addendum; 0: the report itself is opened
}

// ReopenEffect tells what opening the report of an event again would touch. It
// needs ManageEvents in the event's area.
func (a *Service) ReopenEffect(ctx context.Context, actor registry.Actor, id registry.EventID) (x ReopenEffect, err error) {
	if _, err := a.Events.OfficeEvent(ctx, actor, registry.ManageEvents, id); err != nil {
		return x, err
	}
	r, err := a.EventReport(ctx, actor, id)
	if err != nil {
		return x, err
	}
	public, _, err := a.PublicResults(ctx, id, "vi")
	x = ReopenEffect{Figures: len(r.Result.Figures().Figures), Changed: len(r.Result.Later()), Public: len(public), Missing: r.Missing, Number: r.Stored.Paper.Number}
	if last := r.Stored.Last(); r.Stored.Signed() {
		x.Next = len(r.Stored.Addenda) + 1
		if last != nil && !last.Signed() {
			x.Next = last.N
		}
	}
	return x, err
}
