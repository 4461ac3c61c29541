package draw_test

import (
	"bytes"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/draw"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/draw"
	"hoicho/internal/testkit"
)

// hall is an event whose booths are to be drawn.
type hall struct {
	*testkit.Stage
	applicants []testkit.Applicant
	booths     []registry.Booth
}

func newHall(t *testing.T, lots, booths int) *hall {
	t.Helper()
	h := &hall{Stage: testkit.NewStage(t)}
	for range lots {
		h.applicants = append(h.applicants, h.Applied(registry.AppApproved))
	}
	if booths > 0 {
		h.booths = h.Booths(h.Fair.ID, "A", booths)
	}
	return h
}

func (h *hall) desk() appdraw.Desk {
	h.T.Helper()
	d, err := h.App.Draws.Desk(h.T.Context(), h.Reviewer, h.Fair.ID)
	testkit.Works(h.T, err)
	return d
}

func (h *hall) ref() appdraw.Ref {
	h.T.Helper()
	d := h.desk()
	if d.Open == nil {
		h.T.Fatal("no draw is open")
	}
	return appdraw.Ref{Event: h.Fair.ID, ID: d.Open.ID, Version: d.Open.Version}
}

func (h *hall) prepare(in appdraw.Input) {
	h.T.Helper()
	if in.Place == "" {
		in.Place = "hội trường UBND xã"
	}
	if in.Callers == "" {
		in.Callers = "3"
	}
	testkit.Works(h.T, h.App.Draws.Prepare(h.T.Context(), h.Reviewer, h.Fair.ID, in))
}

func (h *hall) lock() {
	h.T.Helper()
	testkit.Works(h.T, h.App.Draws.Lock(h.T.Context(), h.Reviewer, h.ref(), h.desk().Mark))
}

func (h *hall) call(name, number string) error {
	return h.App.Draws.Call(h.T.Context(), h.Reviewer, h.ref(), appdraw.CallInput{Name: name, Role: "chứng kiến", Number: number})
}

func (h *hall) callAll() {
	h.T.Helper()
	for name, number := range map[string]string{"Hoàng Văn Thành": "27", "Nông Thị Mai": "405", "Lường Thị Duyên": "8"} {
		testkit.Works(h.T, h.call(name, number))
	}
}

func (h *hall) revealed(n int) draw.Log {
	h.T.Helper()
	f, err := h.App.Draws.File(h.T.Context(), registry.Actor{}, h.Fair.Slug, n)
	testkit.Works(h.T, err)
	g, err := draw.Read(f.Data)
	testkit.Works(h.T, err)
	return g
}

// textOf is what stands in a PDF.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	cmd := exec.Command(testkit.Need(t, "pdftotext"), "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	testkit.Works(t, err)
	return string(out)
}

// TestADrawFromTheListToTheBooths: the list is locked, three people call, the secret is opened, the log passes the
// check, and the placing gives what was drawn, with its undo.
func TestADrawFromTheListToTheBooths(t *testing.T) {
	h := newHall(t, 3, 2)
	ctx := t.Context()
	h.prepare(appdraw.Input{})
	h.lock()
	if g := h.revealed(1); g.Verify().Bad() != 4 || g.Secret != "" {
		t.Errorf("the published list: %v", g.Verify())
	}
	testkit.Refused(t, "no number yet", h.App.Draws.Reveal(ctx, h.Reviewer, h.ref(), ""), registry.Conflict, "draw.error.numbers_missing")
	h.callAll()
	testkit.Refused(t, "a fourth", h.call("Ai đó", "5"), registry.Conflict, "draw.error.step")
	h.Restart()
	testkit.Works(t, h.App.Draws.Reveal(ctx, h.Reviewer, h.ref(), ""))
	g := h.revealed(1)
	if r := g.Verify(); !r.OK() || len(g.Result) != 2 || len(g.Waiting) != 1 {
		t.Fatalf("%v, %d drawn, %d wait", r, len(g.Result), len(g.Waiting))
	}
	p, err := h.App.Draws.PreviewGiving(ctx, h.Reviewer, h.Fair.ID, 1)
	if err != nil || len(p.Placed) != 2 || p.Vendors != 2 {
		t.Fatalf("%d would be given, %v", len(p.Placed), err)
	}
	n, err := h.App.Draws.Give(ctx, h.Reviewer, h.Fair.ID, 1, p.Mark)
	if err != nil || n != 2 || len(h.Audited("booth.place_drawn")) != 1 {
		t.Fatalf("%d given, %v", n, err)
	}
	for i, r := range g.Result {
		b := h.Booth(h.booths[i].ID)
		if a := h.StoredApplication(b.Application); b.Code != r.Booth || r.Entry != strconv.FormatInt(a.Number, 10)+"/1" {
			t.Errorf("booth %s was drawn by %s", b.Code, r.Entry)
		}
	}
	u, ok, err := h.App.Booths.PreviewUndo(ctx, h.Reviewer, h.Fair.ID)
	if err != nil || !ok || u.Refused != nil || len(u.Batch.Items) != 2 {
		t.Fatalf("undo: %v, %v", ok, err)
	}
	_, err = h.App.Booths.UndoPlacing(ctx, h.Reviewer, h.Fair.ID, u.Batch.ID)
	testkit.Works(t, err)
	if again := h.revealed(1); again.RecordCode != g.RecordCode {
		t.Error("the result is not the one that was drawn")
	}
}

func TestWhatIsTypedWrong(t *testing.T) {
	h := newHall(t, 2, 2)
	ctx := t.Context()
	for what, in := range map[string]appdraw.Input{"place": {Callers: "3"}, "callers": {Place: "x", Callers: "2"}} {
		if err := h.App.Draws.Prepare(ctx, h.Reviewer, h.Fair.ID, in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	h.prepare(appdraw.Input{Source: "giải đặc biệt"})
	testkit.Refused(t, "a second one", h.App.Draws.Prepare(ctx, h.Reviewer, h.Fair.ID, appdraw.Input{Place: "x", Callers: "3"}), registry.Conflict, "draw.error.open")
	testkit.Refused(t, "another list", h.App.Draws.Lock(ctx, h.Reviewer, h.ref(), "x"), registry.Conflict, "draw.error.list_changed")
	testkit.Refused(t, "a call before the lock", h.call("A", "1"), registry.Conflict, "draw.error.step")
	h.lock()
	for _, number := range []string{"", "-1", "1000", "1,5", "abc"} {
		if err := h.call("A", number); registry.KindOf(err) != registry.Invalid {
			t.Errorf("number %q: %v", number, err)
		}
	}
	testkit.Works(t, h.call("Nông Thị Mai", "9"))
	if err := h.call(" nông thị  MAI", "8"); registry.KindOf(err) != registry.Invalid {
		t.Errorf("the same person twice: %v", err)
	}
	mend := func(in appdraw.MendInput) error { return h.App.Draws.Mend(ctx, h.Reviewer, h.ref(), in) }
	for what, in := range map[string]appdraw.MendInput{"no reason": {Call: 1, Number: "8"}, "the same": {Call: 1, Number: "9", Reason: "x"}} {
		if err := mend(in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("mend, %s: %v", what, err)
		}
	}
	testkit.Refused(t, "mend of none", mend(appdraw.MendInput{Call: 2, Number: "8", Reason: "x"}), registry.Conflict, "draw.error.step")
	testkit.Works(t, mend(appdraw.MendInput{Call: 1, Number: "8", Reason: "nghe nhầm"}))
	testkit.Works(t, h.call("B", "1"))
	testkit.Works(t, h.call("C", "2"))
	if err := h.App.Draws.Reveal(ctx, h.Reviewer, h.ref(), "12a"); registry.KindOf(err) != registry.Invalid {
		t.Errorf("digits: %v", err)
	}
	testkit.Works(t, h.App.Draws.Reveal(ctx, h.Reviewer, h.ref(), "04 213"))
	if g := h.revealed(1); !g.Verify().OK() || len(g.Mends) != 1 || g.Calls[0].Number != 8 || g.Source != "04213" {
		t.Errorf("log %+v", g)
	}
}

func TestNobodyOrNothingToDraw(t *testing.T) {
	for _, c := range []struct {
		lots, booths int
		want         string
	}{{0, 2, "draw.error.no_lots"}, {2, 0, "draw.error.no_booths"}} {
		h := newHall(t, c.lots, c.booths)
		h.prepare(appdraw.Input{})
		testkit.Refused(t, c.want, h.App.Draws.Lock(t.Context(), h.Reviewer, h.ref(), h.desk().Mark), registry.Conflict, c.want)
		testkit.Works(t, h.App.Draws.Drop(t.Context(), h.Reviewer, h.ref()))
	}
	s := testkit.NewStage(t, testkit.InState(registry.Draft))
	h := &hall{Stage: s}
	h.prepare(appdraw.Input{})
	testkit.Refused(t, "a draft", h.App.Draws.Lock(t.Context(), h.Reviewer, h.ref(), h.desk().Mark), registry.Conflict, "draw.error.not_public")
}

// TestAStoppedDrawStaysOnRecord: void with its reason, its secret gone, and another can be held.
func TestAStoppedDrawStaysOnRecord(t *testing.T) {
	h := newHall(t, 2, 3)
	h.prepare(appdraw.Input{})
	h.lock()
	h.callAll()
	if err := h.App.Draws.Stop(t.Context(), h.Reviewer, h.ref(), " "); registry.KindOf(err) != registry.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	testkit.Works(t, h.App.Draws.Stop(t.Context(), h.Reviewer, h.ref(), "mất điện"))
	h.prepare(appdraw.Input{})
	h.lock()
	h.callAll()
	testkit.Works(t, h.App.Draws.Reveal(t.Context(), h.Reviewer, h.ref(), ""))
	v, err := h.App.Draws.Public(t.Context(), registry.Actor{}, h.Fair.Slug, 0)
	if err != nil || v.Shown.N != 2 || !v.Report.OK() || len(v.Others) != 1 || v.Others[0].State != draw.Void || v.Others[0].Reason != "mất điện" {
		t.Errorf("public: %+v, %v", v.Others, err)
	}
	if g := h.revealed(2); len(g.Spare) != 1 {
		t.Errorf("%d booths are spare", len(g.Spare))
	}
	if rows := h.Tamper().Look(`SELECT sealed FROM draws WHERE sealed <> ''`); len(rows) != 0 {
		t.Errorf("%d secrets are kept", len(rows))
	}
}

// TestWhoComesLateOrLeaves: neither touches a locked list, both are told, and the withdrawn one gets no booth.
func TestWhoComesLateOrLeaves(t *testing.T) {
	h := newHall(t, 2, 3)
	ctx := t.Context()
	h.prepare(appdraw.Input{})
	h.lock()
	was := h.desk().Open.Log.ListCode
	h.Clock.Add(time.Minute)
	late := h.Applied(registry.AppSubmitted)
	testkit.Works(t, h.App.Booths.ApproveApplication(ctx, h.Reviewer, late.ID, h.Now(late, 1, "đủ giấy tờ")))
	testkit.Works(t, h.App.Booths.WithdrawApplication(ctx, h.applicants[0].Owner, h.applicants[0].ID))
	h.callAll()
	d := h.desk()
	if len(d.Changes.Late) != 1 || len(d.Changes.Gone) != 1 || d.Open.Log.ListCode != was {
		t.Errorf("late %v, gone %v", d.Changes.Late, d.Changes.Gone)
	}
	testkit.Works(t, h.App.Draws.Reveal(ctx, h.Reviewer, h.ref(), ""))
	p, err := h.App.Draws.PreviewGiving(ctx, h.Reviewer, h.Fair.ID, 1)
	if err != nil || len(p.Placed) != 1 || len(p.Unplaced) != 1 || p.Unplaced[0].Why != "gone" {
		t.Errorf("given %v, not given %v (%v)", p.Placed, p.Unplaced, err)
	}
	f, err := h.App.Draws.Minutes(ctx, h.Reviewer, h.Fair.ID, 1, "vi")
	if text := textOf(t, f.Data); err != nil || !strings.Contains(text, "BIÊN BẢN") || !strings.Contains(text, "Nông Thị Mai") {
		t.Errorf("minutes %q, %v", text, err)
	}
}

// TestTheSecretStaysInside: before it is opened it stands in no answer, no line of the log and not in clear in the database.
func TestTheSecretStaysInside(t *testing.T) {
	h := newHall(t, 2, 2)
	var out bytes.Buffer
	h.LogTo(&out)
	h.prepare(appdraw.Input{})
	h.lock()
	h.callAll()
	file, err := h.App.Draws.File(t.Context(), registry.Actor{}, h.Fair.Slug, 1)
	testkit.Works(t, err)
	v, err := h.App.Draws.Public(t.Context(), registry.Actor{}, h.Fair.Slug, 1)
	testkit.Works(t, err)
	if v.Shown.Sealed != "" || v.Shown.PreparedBy != "" {
		t.Error("the page is handed what is not for it")
	}
	var sealed draw.Record
	h.Read(func(tx *store.Tx) error {
		all, err := stored.Of(t.Context(), tx, h.Fair.ID)
		sealed = all[0]
		return err
	})
	minutes, err := h.App.Draws.Minutes(t.Context(), h.Reviewer, h.Fair.ID, 1, "vi")
	testkit.Works(t, err)
	before := textOf(t, minutes.Data)
	testkit.Works(t, h.App.Draws.Reveal(t.Context(), h.Reviewer, h.ref(), ""))
	secret := h.revealed(1).Secret
	for _, e := range h.Audited("draw.") {
		if strings.Contains(e.Detail, secret) {
			t.Errorf("the line %s has it", e.Action)
		}
	}
	for what, text := range map[string]string{"file": string(file.Data), "row": sealed.Raw + sealed.Sealed, "minutes": before, "log": out.String()} {
		if strings.Contains(text, secret) {
			t.Errorf("%s had the secret before it was opened", what)
		}
	}
}

func TestTwoOrganisersAtOnce(t *testing.T) {
	h := newHall(t, 2, 2)
	h.prepare(appdraw.Input{})
	h.lock()
	ref := h.ref()
	var wait sync.WaitGroup
	faults := make([]error, 2)
	for i, name := range []string{"A", "B"} {
		wait.Go(func() {
			faults[i] = h.App.Draws.Call(t.Context(), h.Reviewer, ref, appdraw.CallInput{Name: name, Number: "1"})
		})
	}
	wait.Wait()
	if (faults[0] == nil) == (faults[1] == nil) || len(h.desk().Open.Log.Calls) != 1 {
		t.Errorf("both took a number: %v", faults)
	}
}

func TestRightsOfADraw(t *testing.T) {
	h := newHall(t, 1, 1)
	h.prepare(appdraw.Input{})
	viewer, _ := h.Officer(registry.Viewer, "19")
	elsewhere, _ := h.Officer(registry.Organiser, "00004")
	ctx, ref := t.Context(), h.ref()
	for who, want := range map[*registry.Actor]registry.Kind{&viewer: registry.Forbidden, &elsewhere: registry.NotFound} {
		for what, err := range map[string]error{
			"prepare": h.App.Draws.Prepare(ctx, *who, h.Fair.ID, appdraw.Input{}), "edit": h.App.Draws.Edit(ctx, *who, ref, appdraw.Input{}),
			"drop": h.App.Draws.Drop(ctx, *who, ref), "lock": h.App.Draws.Lock(ctx, *who, ref, ""), "call": h.App.Draws.Call(ctx, *who, ref, appdraw.CallInput{}),
			"mend": h.App.Draws.Mend(ctx, *who, ref, appdraw.MendInput{}), "reveal": h.App.Draws.Reveal(ctx, *who, ref, ""), "stop": h.App.Draws.Stop(ctx, *who, ref, "x"),
		} {
			if registry.KindOf(err) != want {
				t.Errorf("%s: %v, want %v", what, err, want)
			}
		}
	}
	if v, err := h.App.Draws.Public(ctx, registry.Actor{}, h.Fair.Slug, 0); err != nil || v.Shown != nil {
		t.Errorf("a prepared draw is public: %v, %v", v.Shown, err)
	}
}
