package core_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// settingsForm is the form as it is shown when nothing was changed.
func settingsForm() core.SettingsInput {
	return core.SettingsInput{Province: "19", OfferHours: 48, HoldMinutes: 15, Overdue: 5,
		FilingFrom: []string{"15/07/2018", ""}, FilingFirst: []string{"365", ""}, FilingEnd: []string{"30", ""},
		FilingAnswer: []string{"7", ""}, FilingChange: []string{"30", ""}, FilingReport: []string{"30", ""}, FilingWays: []string{"", ""}, FilingBasis: []string{"NĐ 81/2018", ""},
		KeepFrom: []string{"01/01/2026", ""}, KeepDays: []string{"90", ""}, KeepBasis: []string{"Luật 91/2025", ""}}
}

func TestSettingsAreForTheAdminOfTheWholeSite(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	for _, who := range []struct {
		role registry.Role
		area string
	}{{registry.Admin, "19"}, {registry.Organiser, ""}, {registry.Viewer, ""}} {
		actor, _ := k.Officer(who.role, who.area)
		_, err := k.App.Settings(t.Context(), actor)
		testkit.Refused(t, string(who.role)+" reads", err, registry.NotFound, "error.not_found")
		testkit.Refused(t, string(who.role)+" saves", k.App.SaveSettings(t.Context(), actor, settingsForm()), registry.NotFound, "error.not_found")
	}
	testkit.Refused(t, "nobody saves", k.App.SaveSettings(t.Context(), registry.Actor{}, settingsForm()), registry.NotFound, "error.not_found")
}

func TestSettingsAreSavedOnceAndNoted(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	in := settingsForm()
	in.Province, in.OfferHours = "24", 6
	in.FilingFrom[1], in.FilingFirst[1], in.FilingEnd[1], in.FilingBasis[1] = "1/1/2027", "200", "20", "Nghị định mới"
	in.FilingAnswer[1], in.FilingChange[1], in.FilingReport[1], in.FilingWays[1] = "3", "15", "10", "qua Cổng Dịch vụ công quốc gia"
	testkit.Works(t, k.App.SaveSettings(t.Context(), admin, in))
	set, err := k.App.Settings(t.Context(), admin)
	testkit.Works(t, err)
	if set.OfferHours != 6 || set.Province != "24" || len(set.Filing) != 2 || set.Filing[1].From != "2027-01-01" || set.Version != 1 {
		t.Errorf("settings %+v", set)
	}
	if area, err := k.App.Events.Province(t.Context()); err != nil || area.Ref.Code != "24" {
		t.Errorf("province %+v, %v", area, err)
	}
	f, ok, err := k.App.Events.EventFiling(t.Context(), registry.Event{OpensOn: "2027-02-01", ClosesOn: "2027-02-03", Legal: registry.LegalBasis{FiledOn: "2027-01-05"}})
	if err != nil || !ok || f.Until != "2027-01-12" || f.Rule.Basis != "Nghị định mới" || f.Rule.AnswerDays != 3 || f.ChangeUntil != "2027-01-17" || f.ReportUntil != "2027-02-13" {
		t.Errorf("filing of 2027: %+v, %v", f, err)
	}
	if f, _, _ := k.App.Events.EventFiling(t.Context(), registry.Event{OpensOn: "2027-02-01"}); f.Rule.LatestDays != 30 {
		t.Errorf("filing of 2026 follows the rule of 2027: %+v", f)
	}
	testkit.Refused(t, "a second save of the same form", k.App.SaveSettings(t.Context(), admin, in), registry.Conflict, "error.stale")
	lines, err := k.App.Audit(t.Context(), admin, core.AuditFilter{Object: "setting"})
	testkit.Works(t, err)
	if len(lines) != 1 || !strings.Contains(lines[0].Detail, `"offer.hours":"48"`) || !strings.Contains(lines[0].Detail, `"offer.hours":"6"`) ||
		strings.Contains(lines[0].Detail, "hold_minutes") {
		t.Errorf("audit %+v, want what was changed and nothing else", lines)
	}
}

func TestWrongSettingsAreRefusedAtTheField(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	for name, c := range map[string]struct {
		spoil      func(*core.SettingsInput)
		field, key string
	}{
		"no province":             {func(in *core.SettingsInput) { in.Province = "" }, "province", "error.setting.province"},
		"a commune":               {func(in *core.SettingsInput) { in.Province = "01843" }, "province", "error.setting.province"},
		"negative hours":          {func(in *core.SettingsInput) { in.OfferHours = -1 }, "offer_hours", "error.negative"},
		"no hours":                {func(in *core.SettingsInput) { in.OfferHours = 0 }, "offer_hours", "event.fault.between"},
		"a year of minutes":       {func(in *core.SettingsInput) { in.HoldMinutes = 525600 }, "hold_minutes", "event.fault.between"},
		"31/02":                   {func(in *core.SettingsInput) { in.FilingFrom[0] = "31/02/2027" }, "filing", "error.setting.from"},
		"one day twice":           {func(in *core.SettingsInput) { in.KeepFrom[1], in.KeepDays[1], in.KeepBasis[1] = "1/1/2026", "9", "x" }, "contacts", "error.setting.from"},
		"words for days":          {func(in *core.SettingsInput) { in.KeepDays[0] = "chín mươi" }, "contacts", "error.setting.days"},
		"a window inside out":     {func(in *core.SettingsInput) { in.FilingFirst[0], in.FilingEnd[0] = "30", "365" }, "filing", "error.setting.window"},
		"no basis":                {func(in *core.SettingsInput) { in.FilingBasis[0] = "" }, "filing", "error.setting.basis"},
		"10,000 characters":       {func(in *core.SettingsInput) { in.FilingBasis[0] = strings.Repeat("á", 10000) }, "filing", "error.too_long"},
		"bad UTF-8":               {func(in *core.SettingsInput) { in.KeepBasis[0] = "\xff" }, "contacts", "error.bad_text"},
		"no line at all":          {func(in *core.SettingsInput) { in.KeepFrom, in.KeepDays, in.KeepBasis = nil, nil, nil }, "contacts", "error.setting.none"},
		"columns that do not fit": {func(in *core.SettingsInput) { in.KeepDays = in.KeepDays[:1] }, "contacts", "error.setting.lines"},
	} {
		in := settingsForm()
		c.spoil(&in)
		err := k.App.SaveSettings(t.Context(), admin, in)
		faults, ok := err.(registry.Faults)
		if !ok || !slices.ContainsFunc(faults, func(e *registry.Error) bool { return e.Field == c.field && e.Key == c.key }) {
			t.Errorf("%s: %v, want %s at %s", name, err, c.key, c.field)
		}
	}
	if set, err := k.App.Settings(t.Context(), admin); err != nil || set.Version != 0 {
		t.Errorf("something was saved: %+v, %v", set, err)
	}
}

func TestContactsOfClosedTipsAreWiped(t *testing.T) {
	k, _, organiser, passes := testkit.StallOf(t)
	admin, _ := k.Officer(registry.Admin, "")
	in := settingsForm() // 90 days; 10 days for what is closed from the day after the tip on
	in.KeepFrom[1], in.KeepDays[1], in.KeepBasis[1] = testkit.Start.AddDate(0, 0, 1).Format("02/01/2006"), "10", "Quy chế mới"
	testkit.Works(t, k.App.SaveSettings(t.Context(), admin, in))
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
	wiped := func(want int64) {
		t.Helper()
		if n, err := k.App.Tips.WipeTipContacts(t.Context()); err != nil || n != want {
			t.Errorf("wiped %d tips, want %d (%v)", n, want, err)
		}
	}
	old, open := send("Hàng giả thứ nhất"), send("Hàng giả còn đang xem")
	closeTip(old)
	k.Clock.Add(48 * time.Hour)
	late := send("Hàng giả thứ hai")
	closeTip(late)
	k.Clock.Add(10*24*time.Hour - time.Second)
	wiped(0)
	k.Clock.Add(2 * time.Second)
	wiped(1)
	if tip := testkit.StoredTip(t, k, late.Code); tip.ContactsN != 0 || tip.WipedAt == 0 {
		t.Errorf("the late one keeps %d contacts", tip.ContactsN)
	}
	if tip := testkit.StoredTip(t, k, old.Code); tip.ContactsN != 1 {
		t.Error("the rule of later days reached an earlier one")
	}
	k.Clock.Add(80 * 24 * time.Hour)
	wiped(1)
	wiped(0)
	if tip := testkit.StoredTip(t, k, open.Code); tip.ContactsN != 1 {
		t.Error("the contact of a tip that is not closed is gone")
	}
	lines, err := k.App.Audit(t.Context(), admin, core.AuditFilter{Action: "tip.wipe_contacts"})
	if err != nil || len(lines) != 2 {
		t.Errorf("%d lines in the audit log, want 2 (%v)", len(lines), err)
	}
}
