package registry

// Settings are the rules of an installation that its administrator changes
// without a new release. Rules that stand in law carry the day from which they
// hold, so that a past event is judged by the rule of its time.
type Settings struct {
	Province    string // code in today's edition
	OfferHours  int    // a waiting vendor may think about an offer
	HoldMinutes int    // a vendor may think about a booth
	OverdueDays int    // an application may wait for the office
	// FindingsShown says when the public reads of something that an inspection found and
	// that is open: a choice of FindingsShownChoices.
	FindingsShown string
	Filing        []FilingRule
	Contacts      []KeepRule // how long contacts of closed tips are kept
	Version       int64      // as it was read
}

// FindingsShownChoices are when the public may read of a finding: once its deadline has passed
// (at once where it concerns safety), always at once, or of safety alone.
var FindingsShownChoices = []string{"after_deadline", "at_once", "safety_only"}

// DefaultSettings are those of an installation that changed nothing. It is of no
// province until somebody chooses one.
func DefaultSettings() Settings {
	return Settings{OfferHours: 48, HoldMinutes: 15, OverdueDays: 5, FindingsShown: FindingsShownChoices[0], Filing: FilingRules, Contacts: KeepRules}
}

// NumberRange bounds a setting that is a number.
type NumberRange struct{ Least, Most int }

// The bounds of the settings.
var (
	OfferHoursRange  = NumberRange{1, 30 * 24}
	HoldMinutesRange = NumberRange{5, 24 * 60}
	OverdueDaysRange = NumberRange{1, 60}
	FilingDaysRange  = NumberRange{0, 2 * 365}
	KeepDaysRange    = NumberRange{1, 5 * 365}
)

// Holds reports whether n lies within the bounds.
func (r NumberRange) Holds(n int) bool { return n >= r.Least && n <= r.Most }

// MaxDatedRules is how many rules one dated setting takes.
const MaxDatedRules = 20

// KeepRule says for how many days personal data is kept after the matter is
// closed, for what is closed on From or later, until the next rule.
type KeepRule struct {
	From  string `json:"from"` // YYYY-MM-DD
	Days  int    `json:"days"`
	Basis string `json:"basis"` // the paper it stands in
}

// KeepRules are the rules known at release. The law sets no number: data is kept
// no longer than its purpose needs (Luật 91/2025/QH15, in force 01/01/2026).
var KeepRules = []KeepRule{{From: "2026-01-01", Days: 90, Basis: "Luật 91/2025/QH15"}}

// KeepRuleOn returns the rule for what is closed on a date, of rules in the order
// of their days. What was closed before the first rule follows the first one.
func KeepRuleOn(rules []KeepRule, closedOn string) KeepRule {
	rule := rules[0]
	for _, r := range rules {
		if r.From <= closedOn {
			rule = r
		}
	}
	return rule
}
