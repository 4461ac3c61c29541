package events_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app"
	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// An event that says it need not be registered is asked for the paper of the
// province that it stands in; a commune's own decision does not exempt it.
func TestExemptEventNamesItsPaper(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	full := registry.LegalBasis{Registration: registry.RegistrationNotNeeded, Number: "717/QĐ-UBND", Issuer: "UBND tỉnh Thái Nguyên", IssuedOn: "2026-05-21"}
	for name, c := range map[string]struct {
		change func(*registry.LegalBasis)
		want   string
	}{
		"the province's plan":     {func(*registry.LegalBasis) {}, ""},
		"the Prime Minister's":    {func(l *registry.LegalBasis) { l.Issuer = "Thủ tướng Chính phủ" }, ""},
		"a ministry's":            {func(l *registry.LegalBasis) { l.Issuer = "Bộ Công Thương" }, ""},
		"no number":               {func(l *registry.LegalBasis) { l.Number = "" }, "event.advice.exempt_basis"},
		"no issuer":               {func(l *registry.LegalBasis) { l.Issuer = "" }, "event.advice.exempt_basis"},
		"no date":                 {func(l *registry.LegalBasis) { l.IssuedOn = "" }, "event.advice.exempt_basis"},
		"a commune's own":         {func(l *registry.LegalBasis) { l.Issuer = "UBND xã Ba Bể" }, "event.advice.exempt_commune"},
		"a ward's own":            {func(l *registry.LegalBasis) { l.Issuer = "Ủy ban nhân dân phường Đức Xuân" }, "event.advice.exempt_commune"},
		"a commune of a province": {func(l *registry.LegalBasis) { l.Issuer = "UBND xã Ba Bể, tỉnh Thái Nguyên" }, "event.advice.exempt_commune"},
		"registered, no number":   {func(l *registry.LegalBasis) { l.Registration, l.Number = registry.RegistrationConfirmed, "" }, "event.advice.legal_number"},
		"to be filed, no number":  {func(l *registry.LegalBasis) { l.Registration, l.Number = registry.RegistrationToFile, "" }, ""},
		"registered by a commune": {func(l *registry.LegalBasis) { l.Registration, l.Issuer = registry.RegistrationConfirmed, "UBND xã" }, ""},
	} {
		e := registry.Event{State: registry.Planned, OpensOn: "2027-03-01", ClosesOn: "2027-03-03", Legal: full}
		c.change(&e.Legal)
		if got := keysOf(k.App, t, e, "exempt", "legal_number"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// keysOf lists the advice on an event whose key has one of the words.
func keysOf(a *app.App, t *testing.T, e registry.Event, words ...string) string {
	t.Helper()
	advice, _, err := a.Events.EventAdvice(t.Context(), e)
	testkit.Works(t, err)
	var keys []string
	for _, x := range advice {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(x.Key, w) }) {
			keys = append(keys, x.Key)
		}
	}
	return strings.Join(keys, " ")
}

// The marks of a filing are told when they matter: ways before it is filed, the
// answer while it waits, changes once it is filed, the report after the end.
func TestFilingMarksAreTold(t *testing.T) {
	testkit.NamesDays(t)
	t.Parallel()
	k := testkit.NewApp(t) // 22/11/2026
	for name, c := range map[string]struct {
		e    registry.Event
		want string
		bad  bool
	}{
		"to be filed": {registry.Event{State: registry.Planned, OpensOn: "2027-03-01", Legal: registry.LegalBasis{Registration: registry.RegistrationToFile}},
			"event.advice.filing.due event.advice.filing.ways", false},
		"waits for its answer": {registry.Event{State: registry.Planned, OpensOn: "2027-03-01", Legal: registry.LegalBasis{Registration: registry.RegistrationFiled, FiledOn: "2026-11-20"}},
			"event.advice.filing.answer event.advice.filing.change", false},
		"waits too long": {registry.Event{State: registry.Planned, OpensOn: "2027-03-01", Legal: registry.LegalBasis{Registration: registry.RegistrationFiled, FiledOn: "2026-11-10"}},
			"event.advice.filing.answer event.advice.filing.change", true},
		"to be reported": {registry.Event{State: registry.Ended, OpensOn: "2026-11-01", ClosesOn: "2026-11-03", Legal: registry.LegalBasis{Registration: registry.RegistrationConfirmed, FiledOn: "2026-09-01"}},
			"event.advice.filing.report", false},
		"not reported in time": {registry.Event{State: registry.Ended, OpensOn: "2026-10-01", ClosesOn: "2026-10-03", Legal: registry.LegalBasis{Registration: registry.RegistrationConfirmed, FiledOn: "2026-08-01"}},
			"event.advice.filing.report", true},
		"refused": {registry.Event{State: registry.Planned, OpensOn: "2027-03-01", Legal: registry.LegalBasis{Registration: registry.RegistrationRefused, FiledOn: "2026-11-12"}},
			"", false},
		"moved after the last day for a change": {registry.Event{State: registry.Moved, OpensOn: "2026-12-10", Former: registry.FormerPlan{OpensOn: "2026-12-01"},
			Legal: registry.LegalBasis{Registration: registry.RegistrationConfirmed, FiledOn: "2026-09-01"}}, "event.advice.filing.change", true},
		"moved on the last day for a change": {registry.Event{State: registry.Moved, OpensOn: "2026-12-22", Former: registry.FormerPlan{OpensOn: "2026-12-01"},
			Legal: registry.LegalBasis{Registration: registry.RegistrationConfirmed, FiledOn: "2026-09-01"}}, "event.advice.filing.change", false},
		"to be reported today": {registry.Event{State: registry.Ended, OpensOn: "2026-10-21", ClosesOn: "2026-10-23", Legal: registry.LegalBasis{Registration: registry.RegistrationConfirmed, FiledOn: "2026-08-01"}},
			"event.advice.filing.report", false},
		"exempt and over": {registry.Event{State: registry.Ended, OpensOn: "2026-10-01", ClosesOn: "2026-10-03"}, "", false},
	} {
		if got := keysOf(k.App, t, c.e, "filing"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		advice, _, _ := k.App.Events.EventAdvice(t.Context(), c.e)
		if bad := slices.ContainsFunc(advice, func(x events.Advice) bool { return x.Bad && strings.Contains(x.Key, "filing") }); bad != c.bad {
			t.Errorf("%s: marked as late: %t", name, bad)
		}
	}
}

func TestAdviceBesideTheFiling(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	e := registry.Event{State: registry.Planned, OpensOn: "2027-03-01", Point: registry.Point{LatE6: 22403400, LonE6: 105616600}, ApplyUntil: 1}
	e.Legal = registry.LegalBasis{Registration: registry.RegistrationConfirmed, Number: "717/QĐ-UBND"}
	for name, c := range map[string]struct {
		change func(*registry.Event)
		want   string
	}{
		"all is there":       {func(*registry.Event) {}, ""},
		"it was refused":     {func(e *registry.Event) { e.Legal.Registration = registry.RegistrationRefused }, "event.advice.refused"},
		"no window":          {func(e *registry.Event) { e.ApplyUntil = 0 }, "event.advice.window"},
		"no point":           {func(e *registry.Event) { e.LatE6, e.LonE6 = 0, 0 }, "event.advice.place"},
		"no point, as asked": {func(e *registry.Event) { e.LatE6, e.LonE6, e.Asked = 0, 0, []string{"place"} }, ""},
	} {
		e := e
		c.change(&e)
		if got := keysOf(k.App, t, e, "refused", "window", "place"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
