package draw_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hoicho/internal/app/booths"
	appdraw "hoicho/internal/app/draw"
	"hoicho/internal/app/lifecycle"
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
	mark       string // of the preview of the giving
}

// noted reports whether there are notes with these keys.
func noted(notes []draw.Note, keys ...string) bool {
	return !slices.ContainsFunc(keys, func(key string) bool {
		return !slices.ContainsFunc(notes, func(n draw.Note) bool { return n.Key == key })
	})
}

func newHall(t *testing.T, lots, booths int, options ...testkit.EventOption) *hall {
	t.Helper()
	h := &hall{Stage: testkit.NewStage(t, options...)}
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
	f, _, err := h.App.Draws.File(h.T.Context(), registry.Actor{}, h.Fair.Slug, n)
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
	if g := h.revealed(1); g.Verify().Verdict != draw.Unended || g.Secret != "" {
		t.Errorf("the published list: %v", g.Verify())
	}
	testkit.Refused(t, "no number yet", h.App.Draws.Reveal(ctx, h.Reviewer, h.ref()), registry.Conflict, "draw.error.numbers_missing")
	h.callAll()
	testkit.Refused(t, "a fourth", h.call("Ai đó", "5"), registry.Conflict, "draw.error.step")
	h.Restart()
	testkit.Works(t, h.App.Draws.Reveal(ctx, h.Reviewer, h.ref()))
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
	for what, in := range map[string]appdraw.MendInput{"no reason": {What: "1 number", Now: "8"}, "the same": {What: "1 number", Now: "9", Reason: "x"}, "1000": {What: "1 number", Now: "1000", Reason: "x"}} {
		if err := mend(in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("mend, %s: %v", what, err)
		}
	}
	for _, what := range []string{"2 number", "0 number", "0 source", "1 list", "", "x name"} {
		testkit.Refused(t, "mend of "+what, mend(appdraw.MendInput{What: what, Now: "8", Reason: "x"}), registry.Conflict, "draw.error.step")
	}
	testkit.Works(t, mend(appdraw.MendInput{What: "1 number", Now: "8", Reason: "nghe nhầm"}))
	testkit.Works(t, h.call("B", "1"))
	testkit.Works(t, h.call("C", "2"))
	testkit.Refused(t, "the source is missing", h.App.Draws.Reveal(ctx, h.Reviewer, h.ref()), registry.Conflict, "draw.error.source_missing")
	source := func(digits string) error { return h.App.Draws.Source(ctx, h.Reviewer, h.ref(), digits) }
	if err := source("12a"); registry.KindOf(err) != registry.Invalid {
		t.Errorf("digits: %v", err)
	}
	testkit.Works(t, source("04 214"))
	testkit.Refused(t, "digits a second time", source("1"), registry.Conflict, "draw.error.step")
	if err := mend(appdraw.MendInput{What: "2 name", Now: "nông thị mai", Reason: "x"}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("a name that has called: %v", err)
	}
	testkit.Works(t, mend(appdraw.MendInput{What: "0 source", Now: "04213", Reason: "gõ nhầm"}))
	testkit.Works(t, mend(appdraw.MendInput{What: "2 name", Now: "Bế Văn B", Reason: "gõ nhầm"}))
	testkit.Works(t, mend(appdraw.MendInput{What: "2 role", Now: "", Reason: "không phải"}))
	testkit.Works(t, h.App.Draws.Reveal(ctx, h.Reviewer, h.ref()))
	if g := h.revealed(1); !g.Verify().OK() || len(g.Mends) != 4 || g.Calls[0].Number != 8 || g.Source != "04213" || g.Calls[1].Name != "Bế Văn B" || g.Calls[1].Role != "" {
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
	if g := h.revealed(1); g.Verify().Verdict != draw.Stopped || g.Secret == "" || len(g.Result) != 2 || g.Void != "mất điện" {
		t.Errorf("stopped after all numbers: %v of %+v", g.Verify(), g)
	}
	h.prepare(appdraw.Input{})
	h.lock()
	h.callAll()
	testkit.Works(t, h.App.Draws.Reveal(t.Context(), h.Reviewer, h.ref()))
	v, err := h.App.Draws.Public(t.Context(), registry.Actor{}, h.Fair.Slug, 0)
	if err != nil || v.Shown.N != 2 || !v.Report.OK() || len(v.Others) != 1 || v.Others[0].State != draw.Void || v.Others[0].Reason != "mất điện" ||
		!noted(v.Notes, "draw.note.earlier", "draw.note.was_void") {
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
	if !noted(d.Notes, "draw.minutes.late", "draw.minutes.gone") || d.Open.Log.ListCode != was {
		t.Errorf("notes %v", d.Notes)
	}
	testkit.Works(t, h.App.Draws.Reveal(ctx, h.Reviewer, h.ref()))
	p, err := h.App.Draws.PreviewGiving(ctx, h.Reviewer, h.Fair.ID, 1)
	if err != nil || len(p.Placed) != 1 || len(p.Unplaced) != 1 || p.Unplaced[0].Why != "gone" {
		t.Errorf("given %v, not given %v (%v)", p.Placed, p.Unplaced, err)
	}
	notes := h.desk().Notes
	h.Clock.Add(time.Hour)
	testkit.Works(t, h.App.Booths.WithdrawApplication(ctx, h.applicants[1].Owner, h.applicants[1].ID))
	later := h.desk().Notes
	if !noted(later, "draw.minutes.late", "draw.minutes.gone", "draw.note.left_since") || later[0].Args[0] != notes[0].Args[0] || later[1].Args[0] != notes[1].Args[0] {
		t.Errorf("notes %v after the end, then %v", notes, later)
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
	file, _, err := h.App.Draws.File(t.Context(), registry.Actor{}, h.Fair.Slug, 1)
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
	testkit.Works(t, h.App.Draws.Reveal(t.Context(), h.Reviewer, h.ref()))
	secret := h.revealed(1).Secret
	after, err := h.App.Draws.Minutes(t.Context(), h.Reviewer, h.Fair.ID, 1, "vi")
	testkit.Works(t, err)
	opened, _, err := h.App.Draws.File(t.Context(), registry.Actor{}, h.Fair.Slug, 1)
	testkit.Works(t, err)
	if !tells(textOf(t, after.Data), secret) || !tells(string(opened.Data), secret) {
		t.Fatal("the check does not find the secret where it stands")
	}
	var audit strings.Builder
	for _, e := range h.Audited("draw.") {
		audit.WriteString(e.Detail)
	}
	for what, text := range map[string]string{"file": string(file.Data), "row": sealed.Raw + sealed.Sealed, "minutes": before, "log": out.String(), "audit": audit.String()} {
		if tells(text, secret) {
			t.Errorf("%s had the secret before it was opened", what)
		}
	}
}

// tells reports whether a text has a secret, in groups of digits, in capitals or in base64.
func tells(text, secret string) bool {
	raw, _ := hex.DecodeString(secret)
	plain := strings.Join(strings.Fields(text), "")
	return strings.Contains(strings.ToLower(plain), secret) || strings.Contains(plain, base64.StdEncoding.EncodeToString(raw)[:42]) ||
		strings.Contains(plain, base64.URLEncoding.EncodeToString(raw)[:42])
}

// TestTwoOrganisersAtOnce: of two steps at the same moment one is taken, the other is told that the page is old.
func TestTwoOrganisersAtOnce(t *testing.T) {
	ctx := t.Context()
	for what, steps := range map[string][2]func(*hall, appdraw.Ref) error{
		"two numbers": {func(h *hall, r appdraw.Ref) error {
			return h.App.Draws.Call(ctx, h.Reviewer, r, appdraw.CallInput{Name: "A", Number: "1"})
		}, func(h *hall, r appdraw.Ref) error {
			return h.App.Draws.Call(ctx, h.Reviewer, r, appdraw.CallInput{Name: "B", Number: "1"})
		}},
		"opened twice":       {opens, opens},
		"opened and stopped": {opens, func(h *hall, r appdraw.Ref) error { return h.App.Draws.Stop(ctx, h.Reviewer, r, "mất điện") }},
		"given twice":        {gives, gives},
	} {
		h := newHall(t, 2, 2)
		h.prepare(appdraw.Input{})
		h.lock()
		if what != "two numbers" {
			h.callAll()
		}
		ref := h.ref()
		if what == "given twice" {
			testkit.Works(t, opens(h, ref))
		}
		faults := atOnce(h, ref, steps)
		if (faults[0] == nil) == (faults[1] == nil) {
			t.Errorf("%s: %v", what, faults)
		}
		for _, err := range faults {
			if err != nil && registry.KindOf(err) != registry.Conflict {
				t.Errorf("%s: %v", what, err)
			}
		}
		if g := h.revealed(1); what != "two numbers" && (g.EndedAt == "" || (g.Void == "") != (faults[0] == nil) && what == "opened and stopped") {
			t.Errorf("%s: %v, %+v", what, faults, g)
		}
	}
}

func opens(h *hall, r appdraw.Ref) error { return h.App.Draws.Reveal(h.T.Context(), h.Reviewer, r) }

// gives gives the booths as they were previewed before anybody was quicker.
func gives(h *hall, r appdraw.Ref) error {
	_, err := h.App.Draws.Give(h.T.Context(), h.Reviewer, r.Event, 1, h.mark)
	return err
}

// atOnce takes two steps at the same moment.
func atOnce(h *hall, ref appdraw.Ref, steps [2]func(*hall, appdraw.Ref) error) [2]error {
	h.T.Helper()
	if p, err := h.App.Draws.PreviewGiving(h.T.Context(), h.Reviewer, h.Fair.ID, 1); err == nil {
		h.mark = p.Mark
	}
	var wait sync.WaitGroup
	var faults [2]error
	for i, step := range steps {
		wait.Go(func() { faults[i] = step(h, ref) })
	}
	wait.Wait()
	return faults
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
			"mend": h.App.Draws.Mend(ctx, *who, ref, appdraw.MendInput{}), "reveal": h.App.Draws.Reveal(ctx, *who, ref), "source": h.App.Draws.Source(ctx, *who, ref, "1"), "stop": h.App.Draws.Stop(ctx, *who, ref, "x"),
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

// TestADrawAgainNeedsAReason: after a result another draw says why in its list, the earlier one gives no booth any more, and each
// names the other.
func TestADrawAgainNeedsAReason(t *testing.T) {
	h := newHall(t, 2, 2)
	ctx := t.Context()
	h.prepare(appdraw.Input{Again: "không có lượt nào trước"})
	if h.desk().Open.Again != "" {
		t.Error("a first draw is held again")
	}
	h.lock()
	h.callAll()
	testkit.Works(t, opens(h, h.ref()))
	if err := h.App.Draws.Prepare(ctx, h.Reviewer, h.Fair.ID, appdraw.Input{Place: "x", Callers: "3", Again: " "}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("without a reason: %v", err)
	}
	h.prepare(appdraw.Input{Again: "gian A02 không dựng được"})
	if err := h.App.Draws.Edit(ctx, h.Reviewer, h.ref(), appdraw.Input{Place: "x", Callers: "3"}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("the reason is taken out: %v", err)
	}
	if _, err := h.App.Draws.PreviewGiving(ctx, h.Reviewer, h.Fair.ID, 1); err != nil {
		t.Errorf("while the second is only prepared: %v", err)
	}
	h.lock()
	if g := h.revealed(2); !slices.Contains(g.List, "again gian A02 không dựng được") || !slices.Contains(g.List, "turn 2") {
		t.Errorf("list %q", g.List)
	}
	h.callAll()
	testkit.Works(t, opens(h, h.ref()))
	if err := gives(h, appdraw.Ref{Event: h.Fair.ID}); registry.KindOf(err) != registry.Conflict || !strings.Contains(err.Error(), "replaced") {
		t.Errorf("the replaced result is given: %v", err)
	}
	for n, keys := range map[int][]string{1: {"draw.note.replaced"}, 2: {"draw.note.earlier", "draw.note.had_result", "draw.note.again"}} {
		if v, err := h.App.Draws.Public(ctx, registry.Actor{}, h.Fair.Slug, n); err != nil || !noted(v.Notes, keys...) {
			t.Errorf("draw %d: %v, %v", n, v.Notes, err)
		}
	}
	minutes, err := h.App.Draws.Minutes(ctx, h.Reviewer, h.Fair.ID, 2, "vi")
	testkit.Works(t, err)
	if text := textOf(t, minutes.Data); !strings.Contains(text, "Bốc thăm lại vì: gian A02") || !strings.Contains(text, "Lượt 1 có kết quả") {
		t.Errorf("minutes %s", text)
	}
}

// TestListedBoothsAreKept: while a list is locked nobody gives, closes or removes its booths; a stop frees them, and a booth that
// goes to another after the draw is named.
func TestListedBoothsAreKept(t *testing.T) {
	h := newHall(t, 2, 2)
	ctx := t.Context()
	ref := booths.BoothRef{Event: h.Fair.ID, Booth: h.booths[0].ID}
	h.prepare(appdraw.Input{})
	all, err := h.App.Booths.PreviewPlacing(ctx, h.Reviewer, h.Fair.ID)
	testkit.Works(t, err)
	h.lock()
	assign := func() error { return h.App.Booths.AssignBooth(ctx, h.Reviewer, ref, h.applicants[0].ID) }
	for what, do := range map[string]func() error{
		"assign": assign,
		"block":  func() error { return h.App.Booths.BlockBooth(ctx, h.Reviewer, ref) },
		"delete": func() error {
			return h.App.Booths.DeleteBooths(ctx, h.Reviewer, h.Fair.ID, []registry.BoothID{ref.Booth})
		},
		"place": func() error {
			_, err := h.App.Booths.PlaceAll(ctx, h.Reviewer, h.Fair.ID, all.Mark)
			return err
		},
	} {
		testkit.Refused(t, what, do(), registry.Conflict, "draw.error.booth_listed")
	}
	testkit.Works(t, h.App.Draws.Stop(ctx, h.Reviewer, h.ref(), "mất điện"))
	if g := h.revealed(1); g.Secret != "" || g.Verify().Verdict != draw.Stopped {
		t.Errorf("stopped before a number: %+v", g)
	}
	h.prepare(appdraw.Input{})
	h.lock()
	h.callAll()
	testkit.Works(t, opens(h, h.ref()))
	v, err := h.App.Draws.Public(ctx, registry.Actor{}, h.Fair.Slug, 0)
	testkit.Works(t, err)
	other := h.applicants[0]
	if strconv.FormatInt(h.StoredApplication(other.ID).Number, 10)+"/1" == v.Shown.Log.Result[0].Entry {
		other = h.applicants[1]
	}
	if len(v.Moved) != 0 {
		t.Errorf("nothing is given yet: %v", v.Moved)
	}
	testkit.Works(t, h.App.Booths.AssignBooth(ctx, h.Reviewer, ref, other.ID))
	v, err = h.App.Draws.Public(ctx, registry.Actor{}, h.Fair.Slug, 0)
	if err != nil || len(v.Moved) != 1 || v.Moved[0].Booth != h.booths[0].Code || v.Moved[0].Drew == v.Moved[0].Has || v.Moved[0].Has == "" {
		t.Errorf("the booth that another has: %v, %v", v.Moved, err)
	}
}

// TestAnEventThatEndsKeepsItsDraw: it stays public, is not deleted, and the locked draw of a cancelled one can still be stopped.
func TestAnEventThatEndsKeepsItsDraw(t *testing.T) {
	h := newHall(t, 1, 1)
	ctx := t.Context()
	h.prepare(appdraw.Input{})
	h.lock()
	admin, _ := h.Officer(registry.Admin, "")
	step := func(to registry.EventState, why string) error {
		e := h.desk().Event
		return h.App.Lifecycle.StepEvent(ctx, admin, e.ID, lifecycle.StepInput{To: to, Reason: why, Version: e.Version})
	}
	testkit.Works(t, step(registry.Postponed, "bão"))
	testkit.Refused(t, "back to planned", step(registry.Planned, ""), registry.Conflict, "event.fault.drawn")
	testkit.Works(t, step(registry.Cancelled, "bão"))
	d := h.desk()
	if d.MayEdit || !d.MayStop {
		t.Errorf("may edit %v, may stop %v", d.MayEdit, d.MayStop)
	}
	testkit.Refused(t, "a number for a cancelled event", h.call("A", "1"), registry.Conflict, "draw.error.step")
	testkit.Works(t, h.App.Draws.Stop(ctx, h.Reviewer, h.ref(), "sự kiện hủy"))
	var r registry.EventRemains
	h.Read(func(tx *store.Tx) (err error) {
		r, err = tx.EventRemains(ctx, h.Fair.ID)
		return err
	})
	if r.Held < 2 { // its application, and the draw
		t.Errorf("%d rows hold the event", r.Held)
	}
}
