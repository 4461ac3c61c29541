package tips_test

import (
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// hanoi is a ward of another province than the one in which events of tests stand.
var hanoi = registry.AreaRef{Edition: registry.Edition2025, Code: "00004"}

// sentAbout sends a tip that names a pass or a product and returns it as it is stored.
func sentAbout(t *testing.T, k *testkit.Kit, passCode, product string) registry.TipRow {
	t.Helper()
	in := testkit.TipAbout(passCode)
	in.Product = product
	if passCode+product == "" {
		in.Place = "chợ Ba Bể"
	}
	return testkit.StoredTip(t, k, testkit.SendTip(t, k, in))
}

func TestTipIsReadWhereItsSubjectIs(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	away := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Area = hanoi }))
	product := k.Product(away)
	for name, c := range map[string]struct {
		tip         registry.TipRow
		here, there bool
	}{
		"a stall of an event here":            {sentAbout(t, k, testkit.PassCodeOf(passes, registry.BoothPass), ""), true, false},
		"a product of a vendor there":         {sentAbout(t, k, "", product.Slug), false, true},
		"that product on a stall's pass here": {sentAbout(t, k, testkit.PassCodeOf(passes, registry.StaffPass), product.Slug), true, false},
	} {
		for area, may := range map[string]bool{"19": c.here, "01": c.there} {
			t.Run(name+", read in "+area, func(t *testing.T) {
				officer, _ := k.Officer(registry.Inspector, area)
				if _, err := k.App.Tips.Tip(t.Context(), officer, c.tip.ID); (err == nil) != may {
					t.Errorf("read: %v, want %v; the event is %s", err, may, event.Area.Code)
				}
			})
		}
	}
}

func TestTipOfAForeignProductOnAStallKeepsTheStall(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	foreign := k.Product(k.Vendor())
	tip := sentAbout(t, k, testkit.PassCodeOf(passes, registry.BoothPass), foreign.Slug)
	if tip.Event != event.ID || tip.Product != "" || tip.Vendor == foreign.Vendor {
		t.Errorf("tip about %q of %q at %q, want the stall without the product", tip.Product, tip.Vendor, tip.Event)
	}
}

func TestDeskCountsTipsOfEveryState(t *testing.T) {
	k := testkit.NewApp(t)
	officer, _ := k.Officer(registry.Inspector, "19")
	in := testkit.TipAbout("")
	for _, place := range []string{"chợ Ba Bể", "chợ Na Rì", "chợ Bằng Lũng"} {
		in.Place = place
		testkit.SendTip(t, k, in)
	}
	tip := testkit.StoredTip(t, k, testkit.SendTip(t, k, in))
	testkit.Works(t, k.App.Tips.StepTip(t.Context(), officer, tip.ID, tips.TipStepInput{To: registry.TipSorted, Version: tip.Version}))
	desk, err := k.App.Tips.Tips(t.Context(), officer, registry.TipFilter{States: []registry.TipState{registry.TipSorted}})
	if err != nil || len(desk.Rows) != 1 || desk.Own[registry.TipReceived] != 2 || desk.Own[registry.TipSorted] != 1 {
		t.Errorf("%d rows, counts %v (%v), want one sorted tip listed and two received ones counted", len(desk.Rows), desk.Own, err)
	}
}

func TestTipOpensTheVendorsFileToWhoeverMayOpenIt(t *testing.T) {
	k, _, _, passes := testkit.StallOf(t)
	away := k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Area = hanoi }))
	near := sentAbout(t, k, testkit.PassCodeOf(passes, registry.BoothPass), "")
	far := sentAbout(t, k, testkit.PassCodeOf(passes, registry.StaffPass), k.Product(away).Slug)
	officer, _ := k.Officer(registry.Inspector, "19")
	for name, c := range map[string]struct {
		tip  registry.TipRow
		want bool
	}{"of a vendor of the province": {near, true}, "of a vendor of another one": {far, false}} {
		t.Run(name, func(t *testing.T) {
			f, err := k.App.Tips.Tip(t.Context(), officer, c.tip.ID)
			if err != nil || f.Vendor == "" || f.OpensFile != c.want || f.OpensNames {
				t.Errorf("file of %q %v, names %v (%v)", f.Vendor, f.OpensFile, f.OpensNames, err)
			}
		})
	}
}

func TestTipThatNamesNoEventIsPlaced(t *testing.T) {
	k, event, _, passes := testkit.StallOf(t)
	planned := k.Event()
	officer, _ := k.Officer(registry.Inspector, "19")
	nowhere := sentAbout(t, k, "", "")
	file := func(id registry.TipID) tips.TipFile {
		t.Helper()
		f, err := k.App.Tips.Tip(t.Context(), officer, id)
		testkit.Works(t, err)
		return f
	}
	if f := file(nowhere.ID); len(f.Placeable) != 1 || f.Placeable[0].ID != event.ID {
		t.Errorf("%d events to choose from, want the running one and not %q", len(f.Placeable), planned.Title)
	}
	if f := file(sentAbout(t, k, testkit.PassCodeOf(passes, registry.BoothPass), "").ID); len(f.Placeable) != 0 {
		t.Errorf("a tip of a stall can be placed at %d events", len(f.Placeable))
	}
	t.Run("at no event of another province", func(t *testing.T) {
		away := k.Event(testkit.InState(registry.Running), testkit.InArea(hanoi))
		err := k.App.Tips.StepTip(t.Context(), officer, nowhere.ID, tips.TipStepInput{To: registry.TipSorted, Version: nowhere.Version, Event: away.ID})
		testkit.Refused(t, "placed elsewhere", err, registry.NotFound, "error.not_found")
	})
	t.Run("and the audit log says so", func(t *testing.T) {
		testkit.Works(t, k.App.Tips.StepTip(t.Context(), officer, nowhere.ID, tips.TipStepInput{To: registry.TipSorted, Version: nowhere.Version, Event: event.ID}))
		lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Action: "tip.step", ID: string(nowhere.ID)})
		if err != nil || len(lines) != 1 {
			t.Errorf("%d lines (%v), want 1", len(lines), err)
		}
	})
	t.Run("once sorted nothing is to be chosen any more", func(t *testing.T) {
		sorted := sentAbout(t, k, "000000000000", k.Product(k.Vendor()).Slug)
		testkit.Works(t, k.App.Tips.StepTip(t.Context(), officer, sorted.ID, tips.TipStepInput{To: registry.TipSorted, Version: sorted.Version}))
		if f := file(sorted.ID); len(f.Placeable) != 0 || f.Event != "" {
			t.Errorf("%d events to choose from at %q", len(f.Placeable), f.Event)
		}
	})
}

func TestContactsOfClosedTipsAreWiped(t *testing.T) {
	k, _, organiser, passes := testkit.StallOf(t)
	admin, _ := k.Officer(registry.Admin, "")
	send := func(words string) registry.TipRow {
		about := testkit.TipAbout(testkit.PassCodeOf(passes, registry.BoothPass))
		about.Text, about.Contact = words, "0987 654 321"
		return testkit.StoredTip(t, k, testkit.SendTip(t, k, about))
	}
	closeTip := func(tip registry.TipRow) {
		for i, to := range []registry.TipState{registry.TipSorted, registry.TipClosed} {
			testkit.Works(t, k.App.Tips.StepTip(t.Context(), organiser, tip.ID, tips.TipStepInput{To: to, Version: int64(i + 1), Told: "Đã xong"}))
		}
	}
	wiped := func(want int) {
		t.Helper()
		if n, err := k.App.Personal.KeepNightly(t.Context()); err != nil || n != want {
			t.Errorf("wiped %d tips, want %d (%v)", n, want, err)
		}
	}
	old, open := send("Hàng giả thứ nhất"), send("Hàng giả còn đang xem")
	closeTip(old)
	k.Clock.Add(48 * time.Hour)
	late := send("Hàng giả thứ hai")
	closeTip(late)
	k.Clock.Add(87 * 24 * time.Hour)
	wiped(0)
	k.Clock.Add(24 * time.Hour)
	wiped(1)
	wiped(0) // once a day
	if tip := testkit.TipNow(t, k, old.ID); tip.ContactsN != 0 || tip.WipedAt == 0 {
		t.Errorf("the old one keeps %d contacts", tip.ContactsN)
	}
	k.Clock.Add(2 * 24 * time.Hour)
	wiped(1)
	if tip := testkit.TipNow(t, k, open.ID); tip.ContactsN != 1 {
		t.Error("the contact of a tip that is not closed is gone")
	}
	lines, err := k.App.Audit(t.Context(), admin, core.AuditFilter{Action: "keep.run"})
	if err != nil || len(lines) != 2 {
		t.Errorf("%d lines in the audit log, want 2 (%v)", len(lines), err)
	}
}
