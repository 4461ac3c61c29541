package tips_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// two are two tips about a stall in different words, as their senders follow them.
type two struct {
	*testkit.Kit
	t            *testing.T
	officer      registry.Actor
	first, again string // codes
	about        tips.TipInput
}

func twoTips(t *testing.T) *two {
	t.Helper()
	k, _, organiser, passes := testkit.StallOf(t)
	w := &two{Kit: k, t: t, officer: organiser, about: testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))}
	w.first = testkit.SendTip(t, k, w.about)
	other := w.about
	other.Text, other.Contact = "Bao miến không thấy mã vạch.", "0987 654 321"
	w.again = testkit.SendTip(t, k, other)
	return w
}

func (w *two) tip(code string) registry.TipRow { return testkit.StoredTip(w.t, w.Kit, code) }

func (w *two) step(code string, in tips.TipStepInput) error {
	tip := w.tip(code)
	in.Version = tip.Version
	return w.App.Tips.StepTip(w.t.Context(), w.officer, tip.ID, in)
}

func (w *two) join() error {
	dup := w.tip(w.again)
	return w.App.Tips.JoinTip(w.t.Context(), w.officer, dup.ID, w.tip(w.first).ID, dup.Version)
}

func (w *two) follow(code string) tips.TipTrack {
	w.t.Helper()
	seen, err := w.App.Tips.FollowTip(w.t.Context(), code)
	testkit.Works(w.t, err)
	return seen
}

func TestJoinedTipGoesTheWayOfItsLead(t *testing.T) {
	t.Parallel()
	w := twoTips(t)
	testkit.Works(t, w.join())
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipSorted}))
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipClosed, Told: "Đã nhắc nhở."}))
	for name, code := range map[string]string{"the lead": w.first, "the joined one": w.again} {
		t.Run("the outcome is told to whoever sent "+name, func(t *testing.T) {
			seen := w.follow(code)
			if seen.State != registry.TipClosed || len(seen.Steps) != 2 || seen.Steps[1].Told != "Đã nhắc nhở." || seen.TakesPhoto {
				t.Errorf("it reads %s and %+v", seen.State, seen.Steps)
			}
			if (seen.JoinedAt > 0) != (code == w.again) {
				t.Errorf("joined at %d", seen.JoinedAt)
			}
		})
	}
	t.Run("the desk lists the lead alone, with how many go with it", func(t *testing.T) {
		desk, err := w.App.Tips.Tips(t.Context(), w.officer, registry.TipFilter{})
		if err != nil || len(desk.Rows) != 1 || desk.Rows[0].JoinedN != 1 || desk.Joined != 1 || desk.Own[registry.TipReceived] != 0 {
			t.Errorf("%d rows, %d joined, counts %v, %v", len(desk.Rows), desk.Joined, desk.Own, err)
		}
	})
	t.Run("the same words again make a new tip", func(t *testing.T) {
		in := w.about
		in.Text = "Bao miến không thấy mã vạch."
		if got := w.tip(testkit.SendTip(t, w.Kit, in)); got.ID == w.tip(w.again).ID || got.Lead != "" {
			t.Errorf("they joined %s", got.Number())
		}
	})
	t.Run("the contact of the joined one is destroyed with the lead's time", func(t *testing.T) {
		w.Clock.Add(91 * 24 * 3600e9)
		if n, err := w.App.Personal.KeepNightly(t.Context()); err != nil || n != 1 || w.tip(w.again).ContactsN != 0 {
			t.Errorf("%d wiped, %v", n, err)
		}
	})
}

func TestAJoinIsUndone(t *testing.T) {
	t.Parallel()
	w := twoTips(t)
	testkit.Works(t, w.join())
	if err := w.step(w.again, tips.TipStepInput{To: registry.TipSorted}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a joined tip is sorted by itself: %v", err)
	}
	dup := w.tip(w.again)
	testkit.Works(t, w.App.Tips.SplitTip(t.Context(), w.officer, dup.ID, dup.Version))
	testkit.Works(t, w.step(w.again, tips.TipStepInput{To: registry.TipSorted}))
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipSorted}))
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipClosed, Told: "Xong."}))
	if seen := w.follow(w.again); seen.State != registry.TipSorted || seen.JoinedAt != 0 {
		t.Errorf("separated it reads %+v", seen)
	}
	file, err := w.App.Tips.Tip(t.Context(), w.officer, dup.ID)
	acts := []registry.TipAct{}
	for _, s := range file.Steps {
		acts = append(acts, s.Act)
	}
	if err != nil || !slices.Equal(acts, []registry.TipAct{registry.TipJoined, registry.TipSplit, registry.TipStepped}) {
		t.Errorf("its story is %v, %v", acts, err)
	}
	for _, action := range []string{"tip.join", "tip.split"} {
		lines, err := w.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Action: action, ID: string(dup.ID)})
		if err != nil || len(lines) != 1 {
			t.Errorf("%d lines of %s, %v", len(lines), action, err)
		}
	}
}

func TestWhatCannotBeJoined(t *testing.T) {
	t.Parallel()
	w := twoTips(t)
	first, dup := w.tip(w.first), w.tip(w.again)
	ask := func(officer registry.Actor, id, lead registry.TipID, version int64) error {
		return w.App.Tips.JoinTip(t.Context(), officer, id, lead, version)
	}
	elsewhere, _ := w.Officer(registry.Inspector, "01")
	for name, c := range map[string]struct {
		err  error
		want registry.Kind
	}{
		"to itself":               {ask(w.officer, dup.ID, dup.ID, 1), registry.Conflict},
		"to none":                 {ask(w.officer, dup.ID, "", 1), registry.Invalid},
		"as it was read before":   {ask(w.officer, dup.ID, first.ID, 7), registry.Conflict},
		"by an officer elsewhere": {ask(elsewhere, dup.ID, first.ID, 1), registry.NotFound},
	} {
		if registry.KindOf(c.err) != c.want {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	testkit.Works(t, w.join())
	third := w.about
	third.Text = "Gian này không niêm yết giá."
	next := w.tip(testkit.SendTip(t, w.Kit, third))
	if err := ask(w.officer, first.ID, next.ID, 1); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a tip that others are joined to: %v", err)
	}
	if err := ask(w.officer, next.ID, dup.ID, 1); registry.KindOf(err) != registry.Conflict {
		t.Errorf("to one that is joined itself: %v", err)
	}
}

// TestSenderAddsToATip: whoever sees that a stall was reported before adds to that tip.
func TestSenderAddsToATip(t *testing.T) {
	t.Parallel()
	w := twoTips(t)
	subject, err := w.App.Tips.TipSubject(t.Context(), w.about.PassCode, "")
	testkit.Works(t, err)
	known, n, err := w.App.Tips.Known(t.Context(), subject)
	if err != nil || n != 2 || len(known) != 2 {
		t.Fatalf("%d of %d known, %v", len(known), n, err)
	}
	lead := w.tip(w.first)
	in := w.about
	in.Text, in.Join = "Hôm nay vẫn bán miến ấy.", lead.ID
	added := w.tip(testkit.SendTip(t, w.Kit, in))
	if added.Lead != lead.ID || added.Text != in.Text {
		t.Errorf("it is %+v", added)
	}
	t.Run("not to a tip about something else", func(t *testing.T) {
		in := testkit.TipAbout("")
		in.Place, in.Join = "chợ khác", lead.ID
		if _, err := w.App.Tips.SendTip(t.Context(), in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%v", err)
		}
	})
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipSorted}))
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipClosed, Told: "Xong."}))
	t.Run("not to one that is closed, which is shown still", func(t *testing.T) {
		in.Text = "Hôm sau lại thấy miến ấy."
		if _, err := w.App.Tips.SendTip(t.Context(), in); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%v", err)
		}
		if known, n, _ := w.App.Tips.Known(t.Context(), subject); n != 2 || !slices.ContainsFunc(known, func(g registry.TipGist) bool { return g.State == registry.TipClosed }) {
			t.Errorf("%d known: %+v", n, known)
		}
	})
}

// TestSecondOfficerSeesWhatTheFirstDid: the page of a tip that was stepped meanwhile has the
// new lines, and a note is added in any state.
func TestSecondOfficerSeesWhatTheFirstDid(t *testing.T) {
	t.Parallel()
	w := twoTips(t)
	tip := w.tip(w.first)
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipSorted, Note: "Xem nhãn."}))
	late := tips.TipStepInput{To: registry.TipSorted, Version: tip.Version, Note: "Tôi ghi sau."}
	if err := w.App.Tips.StepTip(t.Context(), w.officer, tip.ID, late); registry.KindOf(err) != registry.Conflict {
		t.Fatalf("%v", err)
	}
	file, err := w.App.Tips.Tip(t.Context(), w.officer, tip.ID)
	if news := file.Since(tip.Version); err != nil || len(news) != 1 || news[0].Note != "Xem nhãn." {
		t.Errorf("the news are %+v, %v", news, err)
	}
	if err := w.step(w.first, tips.TipStepInput{To: registry.TipSorted}); registry.KindOf(err) != registry.Invalid {
		t.Errorf("an empty note: %v", err)
	}
	testkit.Works(t, w.step(w.first, tips.TipStepInput{To: registry.TipSorted, Note: late.Note}))
	if seen := w.follow(w.first); len(seen.Steps) != 1 {
		t.Errorf("the public reads %+v", seen.Steps)
	}
}
