package registry

import "time"

// FilingRule says when the registration of a fair must be filed, for events that
// open on From or later, until the next rule. Laws change, so rules are data: the
// setting "event.filing_rules" replaces FilingRules.
type FilingRule struct {
	From         string `json:"from"`          // YYYY-MM-DD
	EarliestDays int    `json:"earliest_days"` // before opening
	LatestDays   int    `json:"latest_days"`   // before opening
	Basis        string `json:"basis"`         // the paper it stands in
}

// FilingRules are the rules known at release: at most 365 and at least 30 days
// before opening (NĐ 81/2018/NĐ-CP, Điều 29, in force 15/07/2018).
var FilingRules = []FilingRule{{From: "2018-07-15", EarliestDays: 365, LatestDays: 30, Basis: "Nghị định 81/2018/NĐ-CP, Điều 29"}}

// FilingRuleOn returns the rule for an event that opens on a date; false if none
// was in force.
func FilingRuleOn(rules []FilingRule, opensOn string) (rule FilingRule, ok bool) {
	for _, r := range rules {
		if r.From <= opensOn && r.From >= rule.From {
			rule, ok = r, true
		}
	}
	return rule, ok
}

// FilingState says how the filing of a registration stands against its window.
type FilingState string

// The states of filing.
const (
	FilingNotNeeded FilingState = "not_needed"
	FilingTooEarly  FilingState = "too_early" // the window is not open yet
	FilingDue       FilingState = "due"       // can be filed now
	FilingOverdue   FilingState = "overdue"   // not filed and the window is over
	FilingInTime    FilingState = "in_time"
	FilingWasEarly  FilingState = "was_early" // filed before the window
	FilingWasLate   FilingState = "was_late"  // filed after it
)

// Filing is the window in which the registration of an event is filed, both days
// included, and how it stands.
type Filing struct {
	Rule  FilingRule
	From  string
	Until string
	State FilingState
}

// FilingOf judges the filing of an event by a rule on a day.
func FilingOf(e Event, rule FilingRule, today string) Filing {
	f := Filing{Rule: rule, From: daysBefore(e.OpensOn, rule.EarliestDays), Until: daysBefore(e.OpensOn, rule.LatestDays)}
	on, early, due, late := e.Legal.FiledOn, FilingWasEarly, FilingInTime, FilingWasLate
	if on == "" {
		on, early, due, late = today, FilingTooEarly, FilingDue, FilingOverdue
	}
	switch {
	case e.Legal.Registration == RegistrationNotNeeded:
		f.State = FilingNotNeeded
	case on < f.From:
		f.State = early
	case on > f.Until:
		f.State = late
	default:
		f.State = due
	}
	return f
}

func daysBefore(date string, days int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -days).Format(time.DateOnly)
}
