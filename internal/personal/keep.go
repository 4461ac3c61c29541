package personal

import (
	"slices"

	"hoicho/internal/vn"
)

// KeepKind is a kind of personal data that nobody needs for ever.
type KeepKind string

// The kinds, each with the moment from which its days count.
const (
	KeepContacts KeepKind = "contacts" // of whoever sent a tip; the tip is closed
	KeepRequests KeepKind = "requests" // words of a request about personal data; it is closed
	KeepLetters  KeepKind = "letters"  // mail and notifications; they went out or were given up
	KeepCodes    KeepKind = "codes"    // to set a password or join a vendor; used or lapsed
	KeepPlates   KeepKind = "plates"   // of vehicles; the event has ended
)

// KeepKinds lists the kinds in the order shown to people.
var KeepKinds = []KeepKind{KeepContacts, KeepRequests, KeepLetters, KeepCodes, KeepPlates}

// Valid reports whether k is a kind.
func (k KeepKind) Valid() bool { return slices.Contains(KeepKinds, k) }

// KeepRule says for how many days data is kept after its matter is closed, from a day on
// until the next rule. What was closed under a rule is never kept longer than it said: a
// longer time holds for what is closed from its day on, a shorter one for everything.
type KeepRule struct {
	From  string `json:"from"` // YYYY-MM-DD
	Days  int    `json:"days"`
	Basis string `json:"basis"` // the paper it stands in; "" is our default, which no paper orders
}

// KeepRules are the rules of every kind, in the order of their days.
type KeepRules map[KeepKind][]KeepRule

// DefaultKeepRules are the rules known at release. The law sets no number: data is kept
// no longer than its purpose needs (Luật 91/2025/QH15, in force 01/01/2026).
func DefaultKeepRules() KeepRules {
	rules := KeepRules{}
	for kind, days := range map[KeepKind]int{KeepContacts: 90, KeepRequests: 90, KeepLetters: 365, KeepCodes: 30, KeepPlates: 365} {
		rules[kind] = []KeepRule{{From: "2026-01-01", Days: days}}
	}
	rules[KeepContacts][0].Basis, rules[KeepRequests][0].Basis = "Luật 91/2025/QH15", "Luật 91/2025/QH15"
	return rules
}

// KeepRuleOn returns the rule that holds on a day, of rules in the order of their days. Before
// the first one the first one holds.
func KeepRuleOn(rules []KeepRule, day string) KeepRule {
	rule := rules[0]
	for _, r := range rules {
		if r.From <= day {
			rule = r
		}
	}
	return rule
}

// Span holds what was closed from a day on and before another.
type Span struct{ From, Until string } // YYYY-MM-DD; From "" is since ever

// Instants are the ends of a span in unix ms.
func (s Span) Instants() (since, until int64) {
	if from, ok := vn.StartOf(s.From); ok {
		since = from.UnixMilli()
	}
	if end, ok := vn.StartOf(s.Until); ok {
		until = end.UnixMilli()
	}
	return since, until
}

// Due are the spans whose data is to be destroyed on a day, by rules in the order of their
// days: what was closed under a rule is kept for as long as it said, or as long as the rule of
// the day says where that is shorter. The first rule also holds for what was closed before it.
func Due(rules []KeepRule, day string) (spans []Span) {
	now := KeepRuleOn(rules, day)
	for i, r := range rules {
		s := Span{Until: vn.AddDays(day, 1-min(r.Days, now.Days))}
		if i > 0 {
			s.From = r.From
		}
		if i+1 < len(rules) {
			s.Until = min(s.Until, rules[i+1].From)
		}
		if s.From < s.Until {
			spans = append(spans, s)
		}
	}
	return spans
}

// Run is once that a rule of keeping was carried out.
type Run struct {
	Kind KeepKind
	At   int64  // unix ms
	From string // of the rule that held
	Days int
	Gone int // rows whose personal data was destroyed
}
