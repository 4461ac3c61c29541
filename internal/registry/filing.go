package registry

import "time"

// FilingRule says how the registration of a fair is filed, for what is filed on
// From or later, until the next rule: the day of filing decides, not that of
// opening (NĐ 239/2026/NĐ-CP, Điều 13.1). Laws change, so rules are data: the
// setting "event.filing_rules" replaces FilingRules.
type FilingRule struct {
	From         string `json:"from"`          // YYYY-MM-DD
	EarliestDays int    `json:"earliest_days"` // before opening
	LatestDays   int    `json:"latest_days"`   // before opening
	AnswerDays   int    `json:"answer_days"`   // working days until the department answers
	ChangeDays   int    `json:"change_days"`   // a change is asked for that long before opening
	ReportDays   int    `json:"report_days"`   // the result is reported within, after the end
	Ways         string `json:"ways"`          // how the file may be handed in, as a text for people
	Basis        string `json:"basis"`         // the paper it stands in
}

// FilingRules are the rules known at release: NĐ 81/2018/NĐ-CP, Điều 29-30, and as
// NĐ 239/2026/NĐ-CP changed them for files handed in since 26/06/2026.
var FilingRules = []FilingRule{
	{From: "2018-07-15", EarliestDays: 365, LatestDays: 30, AnswerDays: 7, ChangeDays: 30, ReportDays: 30,
		Ways: "qua bưu điện, tại Sở Công Thương hoặc dịch vụ trực tuyến của Sở", Basis: "Nghị định 81/2018/NĐ-CP, Điều 29"},
	{From: "2026-06-26", EarliestDays: 365, LatestDays: 30, AnswerDays: 5, ChangeDays: 30, ReportDays: 30,
		Ways:  "qua Cổng Dịch vụ công quốc gia hoặc dịch vụ bưu chính",
		Basis: "Nghị định 81/2018/NĐ-CP, Điều 29, sửa đổi bởi Nghị định 239/2026/NĐ-CP"},
}

// FilingRuleOn returns the rule for what is filed on a day; false if none was in
// force.
func FilingRuleOn(rules []FilingRule, filedOn string) (rule FilingRule, ok bool) {
	for _, r := range rules {
		if r.From <= filedOn && r.From >= rule.From {
			rule, ok = r, true
		}
	}
	return rule, ok
}

// FilingRuleOf returns the rule for an event: that of the day on which it was
// filed, else of the first day from today on which it can be; false if none is
// in force.
func FilingRuleOf(rules []FilingRule, e Event, today string) (FilingRule, bool) {
	if e.Legal.FiledOn != "" {
		return FilingRuleOn(rules, e.Legal.FiledOn)
	}
	rule, ok := FilingRuleOn(rules, today)
	if first := daysBefore(e.OpensOn, rule.EarliestDays); ok && first > today {
		return FilingRuleOn(rules, first)
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
	Rule        FilingRule
	From        string
	Until       string
	ChangeUntil string // last day on which a change of what was filed can be asked for; empty: no such rule
	ReportUntil string // last day of the result report; empty: no such rule
	State       FilingState
}

// FilingOf judges the filing of an event by a rule on a day.
func FilingOf(e Event, rule FilingRule, today string) Filing {
	f := Filing{Rule: rule, From: daysBefore(e.OpensOn, rule.EarliestDays), Until: daysBefore(e.OpensOn, rule.LatestDays)}
	if rule.ChangeDays > 0 {
		f.ChangeUntil = daysBefore(e.OpensOn, rule.ChangeDays)
	}
	if rule.ReportDays > 0 {
		f.ReportUntil = daysBefore(e.ClosesOn, -rule.ReportDays)
	}
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

// ReminderKind names a date of the registration of an event on which its officers
// are reminded.
type ReminderKind string

// The dates, in their order. What is filed is reminded of until it is filed, what
// is reported until the event is reported.
const (
	RemindFileSoon   ReminderKind = "file_soon"   // a month is left to file
	RemindFileChange ReminderKind = "file_change" // filed by now, the answer still leaves time to ask for a change
	RemindFileLast   ReminderKind = "file_last"   // the last day to file
	RemindReportSoon ReminderKind = "report_soon" // ten days are left to report
	RemindReportLast ReminderKind = "report_last" // the last day to report
)

// Reminder is a letter to the officers of an event about a date. Each is written
// once for its date; when the event moves, its dates are others.
type Reminder struct {
	Event EventID
	Kind  ReminderKind
	DueOn string // YYYY-MM-DD
	At    int64  // when it was written
	ToldN int    // officers to whom a letter was written; 0: nobody has an address
}
