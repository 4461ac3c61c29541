package passes_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestAssigningABoothIssuesItsPasses(t *testing.T) {
	_, event, _, passes := testkit.StallOf(t)
	got := testkit.CountKinds(passes, registry.PassValid)
	if got[registry.BoothPass] != 1 || got[registry.StaffPass] != event.StaffPasses || got[registry.VehiclePass] != 1 {
		t.Errorf("passes %v, want 1 booth, %d staff, 1 vehicle", got, event.StaffPasses)
	}
	for _, p := range passes {
		if p.Kind == registry.BoothPass && (p.BoothCode != "A05" || p.FirstDay != event.OpensOn || p.LastDay() != event.ClosesOn) {
			t.Errorf("booth pass %+v", p)
		}
	}
}

func TestReleasingABoothRevokesItsPasses(t *testing.T) {
	k, event, organiser, passes := testkit.StallOf(t)
	booth := passes[0].Booth
	if err := k.App.Booths.ReleaseBooth(t.Context(), organiser, booths.BoothRef{Event: event.ID, Booth: booth}); err != nil {
		t.Fatal(err)
	}
	after := testkit.AllPasses(t, k, organiser, event.ID)
	if left := testkit.CountKinds(after, registry.PassValid); len(left) != 0 || len(after) != len(passes) {
		t.Errorf("still valid: %v, rows %d of %d; want all revoked and none deleted", left, len(after), len(passes))
	}
}

func TestPassSteps(t *testing.T) {
	k, event, organiser, passes := testkit.StallOf(t)
	id := passes[0].ID
	step := func(next registry.PassState, reason string) error {
		return k.App.Passes.StepPass(t.Context(), organiser, id, next, reason)
	}
	if err := step(registry.PassBlocked, ""); registry.KindOf(err) != registry.Invalid {
		t.Errorf("block without a reason: %v", err)
	}
	for _, s := range []struct {
		next registry.PassState
		want registry.Kind
	}{
		{registry.PassBlocked, 0}, {registry.PassBlocked, registry.Conflict}, {registry.PassValid, 0},
		{registry.PassRevoked, 0}, {registry.PassValid, registry.Conflict}, {registry.PassBlocked, registry.Conflict},
	} {
		if err := step(s.next, "mất thẻ"); registry.KindOf(err) != s.want {
			t.Errorf("step to %s: %v, want kind %d", s.next, err, s.want)
		}
	}
	staff := passes[1]
	fresh, err := k.App.Passes.ReissuePass(t.Context(), organiser, staff.ID, "ướt mưa")
	if err != nil {
		t.Fatal(err)
	}
	after := testkit.AllPasses(t, k, organiser, event.ID)
	old := after[slices.IndexFunc(after, func(r registry.PassRow) bool { return r.ID == staff.ID })]
	again := after[slices.IndexFunc(after, func(r registry.PassRow) bool { return r.ID == fresh })]
	if old.State != registry.PassRevoked || old.ReplacedBy != fresh || again.Code == staff.Code || again.State != registry.PassValid {
		t.Errorf("re-issue: old %s -> %s, new %s %s", old.State, old.ReplacedBy, again.Code, again.State)
	}
}

// A new pass of a blocked one would be let in.
func TestBlockedPassIsNotReissued(t *testing.T) {
	k, event, organiser, passes := testkit.StallOf(t)
	p := passes[1]
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, p.ID, registry.PassBlocked, "mất trộm"))
	_, err := k.App.Passes.ReissuePass(t.Context(), organiser, p.ID, "xin thẻ mới")
	testkit.Refused(t, "a blocked pass", err, registry.Conflict, "error.pass.unblock_first")
	if after := testkit.AllPasses(t, k, organiser, event.ID); len(after) != len(passes) {
		t.Errorf("%d passes became %d", len(passes), len(after))
	}
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, p.ID, registry.PassValid, ""))
	testkit.Works(t, testkit.Second(k.App.Passes.ReissuePass(t.Context(), organiser, p.ID, "xin thẻ mới")))
	_, err = k.App.Passes.ReissuePass(t.Context(), organiser, p.ID, "lần nữa")
	testkit.Refused(t, "a revoked pass", err, registry.Conflict, "error.pass.step")
}

func TestReasonsAndLabelsOfPassesAreClean(t *testing.T) {
	k, event, organiser, passList := testkit.StallOf(t)
	id := passList[0].ID
	for name, test := range map[string]struct{ reason, want string }{
		"empty": {"  ", "error.required"}, "control characters": {string(make([]rune, 5000)), "error.required"},
		"too long": {strings.Repeat("x", 201), "error.too_long"}, "no text": {"\xff", "error.required"},
	} {
		_, err := k.App.Passes.ReissuePass(t.Context(), organiser, id, test.reason)
		if got := testkit.FaultsAt(err)["reason"]; got != test.want {
			t.Errorf("re-issue, %s: %q (%v)", name, got, err)
		}
		err = k.App.Passes.StepPass(t.Context(), organiser, id, registry.PassBlocked, test.reason)
		if got := testkit.FaultsAt(err)["reason"]; got != test.want {
			t.Errorf("block, %s: %q (%v)", name, got, err)
		}
	}
	testkit.Works(t, k.App.Passes.StepPass(t.Context(), organiser, id, registry.PassBlocked, " mâ\u0301t\x00  thẻ "))
	in := passes.IssueInput{Kind: registry.OfficialPass, Count: 1, Label: strings.Repeat("x", 81), FirstDay: event.OpensOn, Days: 1}
	if got := testkit.FaultsAt(k.App.Passes.IssuePasses(t.Context(), organiser, event.ID, in))["label"]; got != "error.too_long" {
		t.Errorf("a long label: %q", got)
	}
	in.Label = "Thôn\x07 Na\u0300 Mô"
	testkit.Works(t, k.App.Passes.IssuePasses(t.Context(), organiser, event.ID, in))
	after := testkit.AllPasses(t, k, organiser, event.ID)
	at := slices.IndexFunc(after, func(r registry.PassRow) bool { return r.ID == id })
	if after[at].StateReason != "mất thẻ" || after[len(after)-1].Label != "Thôn Nà Mô" {
		t.Errorf("stored %q and %q", after[at].StateReason, after[len(after)-1].Label)
	}
}

func TestPassesAreOutOfReachOfOthers(t *testing.T) {
	k, event, _, passList := testkit.StallOf(t)
	elsewhere, _ := k.Officer(registry.Organiser, "01")
	viewer, _ := k.Officer(registry.Viewer, "19")
	for name, actor := range map[string]registry.Actor{"other area": elsewhere, "anonymous": {}, "viewer": viewer} {
		for what, err := range map[string]error{
			"list": func() error {
				_, _, _, err := k.App.Passes.EventPasses(t.Context(), actor, registry.PassFilter{Event: event.ID})
				return err
			}(),
			"step": k.App.Passes.StepPass(t.Context(), actor, passList[0].ID, registry.PassRevoked, "x"),
			"issue": k.App.Passes.IssuePasses(t.Context(), actor, event.ID,
				passes.IssueInput{Kind: registry.OfficialPass, Count: 1, FirstDay: event.OpensOn, Days: 1}),
		} {
			if kind := registry.KindOf(err); kind != registry.NotFound && kind != registry.Forbidden {
				t.Errorf("%s: %s gave %v", name, what, err)
			}
		}
	}
	if left := testkit.CountKinds(passList, registry.PassValid); len(left) == 0 {
		t.Error("control: there was nothing to protect")
	}
}

func TestIssueOfficialPasses(t *testing.T) {
	k, event, organiser, _ := testkit.StallOf(t)
	in := passes.IssueInput{Kind: registry.OfficialPass, Count: 150, Label: "UBND xã Ba Bể", FirstDay: event.OpensOn, Days: 1}
	if err := k.App.Passes.IssuePasses(t.Context(), organiser, event.ID, in); err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, p := range testkit.AllPasses(t, k, organiser, event.ID) {
		codes[p.Code] = true
	}
	if len(codes) < 150 {
		t.Errorf("%d different codes", len(codes))
	}
	for name, change := range map[string]func(*passes.IssueInput){
		"kind":      func(in *passes.IssueInput) { in.Kind = registry.BoothPass },
		"count":     func(in *passes.IssueInput) { in.Count = 1001 },
		"negative":  func(in *passes.IssueInput) { in.Count = -1 },
		"first_day": func(in *passes.IssueInput) { in.FirstDay = registry.AddDays(event.OpensOn, -1) },
		"days":      func(in *passes.IssueInput) { in.Days = 99 },
	} {
		bad := in
		change(&bad)
		if err := k.App.Passes.IssuePasses(t.Context(), organiser, event.ID, bad); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%s: %v, want Invalid", name, err)
		}
	}
}

func TestKeysRotateAndDie(t *testing.T) {
	k, _, organiser, passList := testkit.StallOf(t)
	admin := registry.SystemActor("test")
	keyOf := func(state registry.PassKeyState) (id int) {
		keys, err := k.App.Passes.Keys(t.Context(), admin)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if key.State == state {
				id = key.ID
			}
		}
		return id
	}
	first := keyOf(registry.KeyActive)
	if err := k.App.Passes.RotateKey(t.Context(), admin); err != nil {
		t.Fatal(err)
	}
	if keyOf(registry.KeyVerifyOnly) != first || keyOf(registry.KeyActive) == first || keyOf(registry.KeyNext) == 0 {
		t.Error("after a rotation the old key verifies, another signs and a next one waits")
	}
	if s, err := k.App.Passes.Stall(t.Context(), passList[0].Code); err != nil || s.State != passes.StallInForce {
		t.Errorf("an old pass after a rotation: %s %v", s.State, err)
	}
	if err := k.App.Passes.KillKey(t.Context(), admin, first, 0); registry.KindOf(err) != registry.Conflict {
		t.Errorf("killing a key without having seen its passes: %v", err)
	}
	if err := k.App.Passes.KillKey(t.Context(), admin, first, len(passList)); err != nil {
		t.Fatal(err)
	}
	if s, err := k.App.Passes.Stall(t.Context(), passList[0].Code); err != nil || s.State != passes.StallDeadKey {
		t.Errorf("a pass of a killed key: %s %v", s.State, err)
	}
	if err := k.App.Passes.RotateKey(t.Context(), organiser); registry.KindOf(err) != registry.NotFound {
		t.Errorf("an organiser of one province rotates keys: %v", err)
	}

}

func TestThousandPassesAreAJob(t *testing.T) {
	k, event, organiser, _ := testkit.StallOf(t)
	in := passes.IssueInput{Kind: registry.VisitorPass, Count: 1000, Label: "thôn Nà Mô", FirstDay: event.OpensOn, Days: 1}
	if err := k.App.Passes.IssuePasses(t.Context(), organiser, event.ID, in); err != nil {
		t.Fatal(err)
	}
	id, err := k.App.Passes.StartPaper(t.Context(), organiser, passes.PaperInput{Event: event.ID, Paper: passes.PaperPasses, Sheet: passes.SheetA4, Lang: "vi"})
	if err != nil {
		t.Fatal(err)
	}
	if ran, err := k.App.RunJob(t.Context()); !ran || err != nil {
		t.Fatalf("run: %v %v", ran, err)
	}
	job, err := k.App.Job(t.Context(), organiser, id)
	if err != nil || job.State != registry.JobDone || job.DoneN < 1000 {
		t.Fatalf("job %+v, %v", job, err)
	}
	file, err := k.App.File(t.Context(), organiser, job.Result, registry.PhotoWhole)
	if err != nil || !bytes.HasPrefix(file.Data, []byte("%PDF")) {
		t.Errorf("result: %d bytes, %v", len(file.Data), err)
	}
	elsewhere, _ := k.Officer(registry.Organiser, "01")
	if _, err := k.App.File(t.Context(), elsewhere, job.Result, registry.PhotoWhole); registry.KindOf(err) != registry.NotFound {
		t.Errorf("the PDF is open to another area: %v", err)
	}
}

func TestStallShowsWhatAPassIsWorth(t *testing.T) {
	k, event, organiser, passList := testkit.StallOf(t)
	see := func(code string) passes.Stall {
		t.Helper()
		s, err := k.App.Passes.Stall(t.Context(), code)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	booth := passList[slices.IndexFunc(passList, func(r registry.PassRow) bool { return r.Kind == registry.BoothPass })]
	staff := passList[slices.IndexFunc(passList, func(r registry.PassRow) bool { return r.Kind == registry.StaffPass })]
	if s := see(booth.Code); s.State != passes.StallInForce || s.BoothCode != "A05" || len(s.Products) != 2 {
		t.Errorf("booth pass: %s %s, %d products", s.State, s.BoothCode, len(s.Products))
	}
	if s := see(staff.Code); s.Vendor.ID != "" || len(s.Products) != 0 {
		t.Error("a staff pass tells more than its kind and event")
	}
	if err := k.App.Passes.StepPass(t.Context(), organiser, booth.ID, registry.PassBlocked, "x"); err != nil {
		t.Fatal(err)
	}
	if s := see(booth.Code); s.State != passes.StallBlocked {
		t.Errorf("blocked pass: %s", s.State)
	}
	k.Clock.Set(testkit.Start.AddDate(0, 1, 0))
	if s := see(staff.Code); s.State != passes.StallExpired {
		t.Errorf("pass after %s: %s", event.ClosesOn, s.State)
	}
	for _, code := range []string{"", "12", "123456789012", "abc", "９９９９９９９９９９９９"} {
		if _, err := k.App.Passes.Stall(t.Context(), code); registry.KindOf(err) != registry.NotFound {
			t.Errorf("code %q: %v", code, err)
		}
	}
}
