package registry

import "testing"

// filingRule has numbers that are all different.
var filingRule = FilingRule{From: "2018-07-15", EarliestDays: 100, LatestDays: 30, ChangeDays: 20, ReportDays: 10}

func TestHowAFilingStands(t *testing.T) {
	t.Parallel()
	for claim, c := range map[string]struct {
		filed, today string
		want         FilingState
	}{
		"the day before the window":             {"", "2026-08-13", FilingTooEarly},
		"its first day":                         {"", "2026-08-14", FilingDue},
		"its last day":                          {"", "2026-10-23", FilingDue},
		"the day after it":                      {"", "2026-10-24", FilingOverdue},
		"filed on the day before it":            {"2026-08-13", "2026-11-01", FilingWasEarly},
		"filed on its first day":                {"2026-08-14", "2026-11-01", FilingInTime},
		"filed on its last day":                 {"2026-10-23", "2026-11-01", FilingInTime},
		"filed on the day after it":             {"2026-10-24", "2026-11-01", FilingWasLate},
		"what is filed is not overdue any more": {"2026-09-01", "2026-12-01", FilingInTime},
	} {
		t.Run(claim, func(t *testing.T) {
			e := Event{OpensOn: "2026-11-22", ClosesOn: "2026-11-25", Legal: LegalBasis{Registration: RegistrationToFile, FiledOn: c.filed}}
			if got := FilingOf(e, filingRule, c.today); got.State != c.want {
				t.Errorf("is %s, want %s", got.State, c.want)
			}
		})
	}
}

func TestDaysOfAFiling(t *testing.T) {
	t.Parallel()
	e := Event{OpensOn: "2026-11-22", ClosesOn: "2026-11-25", Legal: LegalBasis{Registration: RegistrationNotNeeded}}
	f := FilingOf(e, filingRule, "2026-12-01")
	bare := FilingOf(e, FilingRule{LatestDays: 30}, "2026-12-01")
	undated := FilingOf(Event{}, filingRule, "2026-12-01")
	claims(t, map[string]bool{
		"the window is counted back from the opening":     f.From == "2026-08-14" && f.Until == "2026-10-23",
		"a change is asked for before the opening":        f.ChangeUntil == "2026-11-02",
		"the report is due after the end":                 f.ReportUntil == "2026-12-05",
		"an exempt event has nothing to file":             f.State == FilingNotNeeded,
		"a rule without changes has no last day for them": bare.ChangeUntil == "",
		"a rule without reports has no last day for them": bare.ReportUntil == "",
		"an event without days has no window":             undated.From == "" && undated.ReportUntil == "",
	})
}

func TestRuleOfAFiling(t *testing.T) {
	t.Parallel()
	event := func(opens, filed string) Event { return Event{OpensOn: opens, Legal: LegalBasis{FiledOn: filed}} }
	for claim, c := range map[string]struct {
		event Event
		today string
		want  int // working days until the answer; 0: no rule
	}{
		"what is filed stays under the rule of its day":      {event("2026-08-01", "2026-06-25"), "2026-07-20", 7},
		"what is not yet filed goes by today's":              {event("2026-12-01", ""), "2026-06-25", 7},
		"and by the new one from its first day":              {event("2026-12-01", ""), "2026-06-26", 5},
		"what can only be filed later goes by the rule then": {event("2027-12-01", ""), "2026-06-25", 5},
		"what can be filed from today on goes by today's":    {event("2027-06-25", ""), "2026-06-25", 7},
		"and from tomorrow on by tomorrow's":                 {event("2027-06-26", ""), "2026-06-25", 5},
		"before the first rule there is none":                {event("2018-12-01", ""), "2018-07-14", 0},
		"nothing was filed by a rule before it":              {event("2018-12-01", "2018-07-14"), "2018-08-01", 0},
	} {
		t.Run(claim, func(t *testing.T) {
			if r, ok := FilingRuleOf(FilingRules, c.event, c.today); r.AnswerDays != c.want || ok != (c.want > 0) {
				t.Errorf("answered in %d days (%v), want %d", r.AnswerDays, ok, c.want)
			}
		})
	}
}
