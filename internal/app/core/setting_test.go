package core_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

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
		testkit.Refused(t, string(who.role)+" saves", k.App.SaveSettings(t.Context(), actor, testkit.TypedSettings()), registry.NotFound, "error.not_found")
	}
	testkit.Refused(t, "nobody saves", k.App.SaveSettings(t.Context(), registry.Actor{}, testkit.TypedSettings()), registry.NotFound, "error.not_found")
}

func TestSettingsAreSavedOnceAndNoted(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	in := testkit.TypedSettings()
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
	f, ok, err := testkit.FilingOf(k, registry.Event{OpensOn: "2027-02-01", ClosesOn: "2027-02-03", Legal: registry.LegalBasis{FiledOn: "2027-01-05"}})
	if err != nil || !ok || f.Until != "2027-01-12" || f.Rule.Basis != "Nghị định mới" || f.Rule.AnswerDays != 3 || f.ChangeUntil != "2027-01-17" || f.ReportUntil != "2027-02-13" {
		t.Errorf("filing of 2027: %+v, %v", f, err)
	}
	if f, _, _ := testkit.FilingOf(k, registry.Event{OpensOn: "2027-02-01"}); f.Rule.LatestDays != 30 {
		t.Errorf("filing of 2026 follows the rule of 2027: %+v", f)
	}
	testkit.Refused(t, "a second save of the same form", k.App.SaveSettings(t.Context(), admin, in), registry.Conflict, "error.stale")
	lines, err := k.App.Audit(t.Context(), admin, core.AuditFilter{Object: "setting"})
	testkit.Works(t, err)
	if len(lines) != 1 || !strings.Contains(lines[0].Detail, `["offer_hours","count","48","6"]`) ||
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
		"no province":       {func(in *core.SettingsInput) { in.Province = "" }, "province", "error.setting.province"},
		"a commune":         {func(in *core.SettingsInput) { in.Province = "01843" }, "province", "error.setting.province"},
		"negative hours":    {func(in *core.SettingsInput) { in.OfferHours = -1 }, "offer_hours", "error.negative"},
		"no hours":          {func(in *core.SettingsInput) { in.OfferHours = 0 }, "offer_hours", "event.fault.between"},
		"a year of minutes": {func(in *core.SettingsInput) { in.HoldMinutes = 525600 }, "hold_minutes", "event.fault.between"},
		"31/02":             {func(in *core.SettingsInput) { in.FilingFrom[0] = "31/02/2027" }, "filing", "error.setting.from"},
		"one day twice": {func(in *core.SettingsInput) {
			in.FilingFrom[1], in.FilingFirst[1], in.FilingEnd[1], in.FilingBasis[1] = in.FilingFrom[0], "9", "9", "x"
		}, "filing", "error.setting.from"},
		"words for days":          {func(in *core.SettingsInput) { in.FilingFirst[0] = "chín mươi" }, "filing", "error.setting.days"},
		"a window inside out":     {func(in *core.SettingsInput) { in.FilingFirst[0], in.FilingEnd[0] = "30", "365" }, "filing", "error.setting.window"},
		"no basis":                {func(in *core.SettingsInput) { in.FilingBasis[0] = "" }, "filing", "error.setting.basis"},
		"10,000 characters":       {func(in *core.SettingsInput) { in.FilingBasis[0] = strings.Repeat("á", 10000) }, "filing", "error.too_long"},
		"bad UTF-8":               {func(in *core.SettingsInput) { in.FilingBasis[0] = "\xff" }, "filing", "error.bad_text"},
		"no line at all":          {func(in *core.SettingsInput) { noLines(in) }, "filing", "error.setting.none"},
		"columns that do not fit": {func(in *core.SettingsInput) { in.FilingFirst = in.FilingFirst[:1] }, "filing", "error.setting.lines"},
	} {
		in := testkit.TypedSettings()
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

func TestProvinceIsChosenOnce(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	testkit.Refused(t, "while there is one", k.App.ChooseProvince(t.Context(), admin, "19"), registry.Conflict, "error.stale")
	k.Write(func(tx *store.Tx) error { return tx.SaveSetting(t.Context(), testkit.ProvinceKey, "") })
	k.Restart()
	organiser, _ := k.Officer(registry.Organiser, "19")
	testkit.Refused(t, "by an organiser", k.App.ChooseProvince(t.Context(), organiser, "19"), registry.NotFound, "error.not_found")
	testkit.Refused(t, "a commune", k.App.ChooseProvince(t.Context(), admin, "01906"), registry.Invalid, "error.setting.province")
	testkit.Works(t, k.App.ChooseProvince(t.Context(), admin, "04"))
	set, err := k.App.SiteSettings(t.Context())
	if err != nil || set.Province != "04" || len(k.Audited("setting.save")) != 1 {
		t.Errorf("province %q (%v), logged %d", set.Province, err, len(k.Audited("setting.save")))
	}
}

func TestFaultsOfDatedRulesNameTheirLine(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	second := func(in *core.SettingsInput, first, end string) {
		in.FilingFrom[1], in.FilingFirst[1], in.FilingEnd[1], in.FilingBasis[1] = "1/1/2027", first, end, "Nghị định mới"
		in.FilingAnswer[1], in.FilingChange[1], in.FilingReport[1], in.FilingWays[1] = "3", "15", "10", "qua Cổng Dịch vụ công quốc gia"
	}
	for name, c := range map[string]struct {
		change func(*core.SettingsInput)
		key    string // "" is taken
	}{
		"a day that is none":      {func(in *core.SettingsInput) { second(in, "200", "20"); in.FilingFrom[1] = "x" }, "error.setting.from"},
		"a day that stands there": {func(in *core.SettingsInput) { second(in, "200", "20"); in.FilingFrom[1] = in.FilingFrom[0] }, "error.setting.from"},
		"a number that is none":   {func(in *core.SettingsInput) { second(in, "200", "20"); in.FilingAnswer[1] = "x" }, "error.setting.days"},
		"no paper":                {func(in *core.SettingsInput) { second(in, "200", "20"); in.FilingBasis[1] = "" }, "error.setting.basis"},
		"a window the other way":  {func(in *core.SettingsInput) { second(in, "20", "21") }, "error.setting.window"},
		"a window of a day":       {func(in *core.SettingsInput) { second(in, "20", "20") }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := testkit.TypedSettings()
			c.change(&in)
			err := k.App.SaveSettings(t.Context(), admin, in)
			faults, _ := err.(registry.Faults)
			i := slices.IndexFunc(faults, func(f *registry.Error) bool { return f.Key == c.key })
			if c.key == "" && err != nil || c.key != "" && (i < 0 || faults[i].Args[0] != 2) {
				t.Errorf("refused with %v", err)
			}
		})
	}
}

func TestAsManyLinesOfRulesAsThereMayBe(t *testing.T) {
	t.Parallel()
	for n, key := range map[int]string{registry.MaxDatedRules: "", registry.MaxDatedRules + 1: "error.setting.lines"} {
		k := testkit.NewApp(t)
		admin, _ := k.Officer(registry.Admin, "")
		in := testkit.TypedSettings()
		for len(in.FilingFrom) < n {
			for _, column := range filingColumns(&in) {
				*column = append(*column, "")
			}
		}
		if err := k.App.SaveSettings(t.Context(), admin, in); key == "" && err != nil || key != "" && !testkit.HasKey(err, key) {
			t.Errorf("%d lines: %v", n, err)
		}
	}
}

func TestWhatIsStoredWithoutSenseIsNotSet(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	whole, err := k.App.SiteSettings(t.Context())
	testkit.Works(t, err)
	k.Write(func(tx *store.Tx) error {
		for key, value := range map[string]string{"offer.hours": "0", "event.filing_rules": "[]"} {
			if err := tx.SaveSetting(t.Context(), key, value); err != nil {
				return err
			}
		}
		return nil
	})
	k.Restart()
	if set, err := k.App.SiteSettings(t.Context()); err != nil || set.OfferHours != whole.OfferHours || len(set.Filing) != len(whole.Filing) {
		t.Errorf("it is %+v, %v", set, err)
	}
}

// TestSettingsAreReadOncePerRequest, but anew by whoever may change them.
func TestSettingsAreReadOncePerRequest(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	ctx := core.ReadOnce(t.Context())
	read := func() (hours int, statements int64) {
		t.Helper()
		before := k.DB.Statements()
		set, err := k.App.SiteSettings(ctx)
		testkit.Works(t, err)
		return set.OfferHours, k.DB.Statements() - before
	}
	if hours, n := read(); hours != 48 || n != 1 {
		t.Errorf("at first %d hours in %d statements", hours, n)
	}
	if hours, n := read(); hours != 48 || n != 0 {
		t.Errorf("again %d hours in %d statements", hours, n)
	}
	in := testkit.TypedSettings()
	in.OfferHours = 6
	testkit.Works(t, k.App.SaveSettings(ctx, admin, in))
	if hours, _ := read(); hours != 6 {
		t.Errorf("after they were saved in the same request: %d hours", hours)
	}
	k.Write(func(tx *store.Tx) error {
		set, err := k.App.SettingsIn(ctx, tx)
		if set.OfferHours != 6 {
			t.Errorf("whoever writes reads %d hours", set.OfferHours)
		}
		return err
	})
}

// filingColumns are the columns of the rules of filing.
func filingColumns(in *core.SettingsInput) []*[]string {
	return []*[]string{&in.FilingFrom, &in.FilingFirst, &in.FilingEnd, &in.FilingAnswer, &in.FilingChange, &in.FilingReport, &in.FilingWays, &in.FilingBasis}
}

func noLines(in *core.SettingsInput) {
	for _, column := range filingColumns(in) {
		*column = nil
	}
}
