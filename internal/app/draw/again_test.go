package draw_test

import (
	"slices"
	"strconv"
	"testing"

	"hoicho/internal/app/booths"
	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestABrokenLetterIsRefused: whatever goes into a log is held to what a log can hold while it can be typed anew, so that no draw
// gets stuck.
func TestABrokenLetterIsRefused(t *testing.T) {
	h := newHall(t, 2, 2)
	ctx := t.Context()
	const broken = "Nông \uFFFD Mai"
	refused := func(what string, err error) {
		t.Helper()
		testkit.Refused(t, what, err, registry.Invalid, "draw.error.sign")
	}
	refused("place", h.App.Draws.Prepare(ctx, h.Reviewer, h.Fair.ID, appdraw.Input{Place: broken, Callers: "3"}))
	refused("source", h.App.Draws.Prepare(ctx, h.Reviewer, h.Fair.ID, appdraw.Input{Place: "x", Callers: "3", Source: broken}))
	h.prepare(appdraw.Input{})
	h.lock()
	refused("name", h.call(broken, "1"))
	refused("role", h.App.Draws.Call(ctx, h.Reviewer, h.ref(), appdraw.CallInput{Name: "Nông Thị Mai", Role: broken, Number: "1"}))
	testkit.Works(t, h.call("Nông Thị Mai", "1"))
	for _, in := range []appdraw.MendInput{{What: "1 name", Now: broken, Reason: "x"}, {What: "1 role", Now: broken, Reason: "x"}, {What: "1 number", Now: "2", Reason: broken}} {
		refused("mend "+in.What, h.App.Draws.Mend(ctx, h.Reviewer, h.ref(), in))
	}
	refused("reason", h.App.Draws.Stop(ctx, h.Reviewer, h.ref(), broken))
	testkit.Works(t, h.App.Draws.Stop(ctx, h.Reviewer, h.ref(), "mất điện"))
	testkit.Works(t, h.App.Draws.Prepare(ctx, h.Reviewer, h.Fair.ID, appdraw.Input{Place: "x", Callers: "3"}))
}

// drawnWhole holds a draw from its list to its result.
func (h *hall) drawnWhole(again string) {
	h.T.Helper()
	h.prepare(appdraw.Input{Again: again})
	h.lock()
	h.callAll()
	testkit.Works(h.T, opens(h, h.ref()))
}

// give assigns the booths of a result.
func (h *hall) give(n int) {
	h.T.Helper()
	p, err := h.App.Draws.PreviewGiving(h.T.Context(), h.Reviewer, h.Fair.ID, n)
	testkit.Works(h.T, err)
	_, err = h.App.Draws.Give(h.T.Context(), h.Reviewer, h.Fair.ID, n, p.Mark)
	testkit.Works(h.T, err)
}

// TestALaterResultHidesNoSwap: booths of an earlier result that were exchanged are named after a later draw as before it; what the
// later one gave is no exchange.
func TestALaterResultHidesNoSwap(t *testing.T) {
	h := newHall(t, 2, 2)
	ctx := t.Context()
	h.drawnWhole("")
	h.give(1)
	h.Booths(h.Fair.ID, "B", 1)
	h.applicants = append(h.applicants, h.Applied(registry.AppApproved))
	h.drawnWhole("người đến sau")
	h.give(2)
	testkit.Works(t, h.App.Booths.SwapBooths(ctx, h.Reviewer, booths.BoothRef{Event: h.Fair.ID, Booth: h.booths[0].ID, Why: "đổi chỗ"}, h.booths[1].ID))
	for n, want := range map[int]int{1: 2, 2: 0} {
		v, err := h.App.Draws.Public(ctx, registry.Actor{}, h.Fair.Slug, n)
		if err != nil || len(v.Moved) != want {
			t.Errorf("draw %d names %v, want %d; %v", n, v.Moved, want, err)
		}
	}
}

// TestAResultCountsUntilTheNext: a draw that is prepared or stopped after a result takes nothing away from it.
func TestAResultCountsUntilTheNext(t *testing.T) {
	h := newHall(t, 2, 2)
	ctx := t.Context()
	h.drawnWhole("")
	h.prepare(appdraw.Input{Again: "thử"})
	if d := h.desk(); d.Counts == nil || d.Counts.N != 1 || !noted(d.Notes, "draw.note.counts") {
		t.Errorf("while the second is prepared: %+v", d.Notes)
	}
	h.lock()
	testkit.Works(t, h.App.Draws.Stop(ctx, h.Reviewer, h.ref(), "mất điện"))
	d := h.desk()
	if d.Last == nil || d.Last.N != 1 || !noted(d.Notes, "draw.note.was_void") {
		t.Errorf("after the second was stopped the desk shows %+v, %v", d.Last, d.Notes)
	}
	for n, want := range map[int]int{0: 1, 1: 1, 2: 2} {
		v, err := h.App.Draws.Public(ctx, registry.Actor{}, h.Fair.Slug, n)
		if err != nil || v.Shown.N != want || len(v.Others) != 1 || noted(v.Notes, "draw.note.counts") != (want == 2) {
			t.Errorf("asked for %d: draw %d of %d, %v, %v", n, v.Shown.N, len(v.Others)+1, v.Notes, err)
		}
	}
	h.give(1)
}

// TestWhatAnotherDrewIsNotPicked: between the result and its giving a vendor who picks a booth cannot take one that another drew.
func TestWhatAnotherDrewIsNotPicked(t *testing.T) {
	h := newHall(t, 2, 2, testkit.SelfPick)
	h.drawnWhole("")
	for _, g := range h.revealed(1).Result {
		for i, x := range h.applicants {
			mine := strconv.FormatInt(h.StoredApplication(x.ID).Number, 10)+"/1" == g.Entry
			booth := h.booths[slices.IndexFunc(h.booths, func(b registry.Booth) bool { return b.Code == g.Booth })]
			_, err := h.App.Booths.HoldBooth(t.Context(), x.Owner, x.ID, booth.ID)
			if mine {
				testkit.Works(t, err)
				continue
			}
			testkit.Refused(t, "holder "+strconv.Itoa(i), err, registry.Conflict, "draw.error.drawn")
		}
	}
}
