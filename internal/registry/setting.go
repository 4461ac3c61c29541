package registry

// Settings are the rules of an installation that its administrator changes
// without a new release. Rules that stand in law carry the day from which they
// hold, so that a past event is judged by the rule of its time.
type Settings struct {
	Province    string // code in today's edition
	OfferHours  int    // a waiting vendor may think about an offer
	HoldMinutes int    // a vendor may think about a booth
	OverdueDays int    // an application may wait for the office
	EraseDays   int    // an erasure of an account waits, in which it can be taken back
	// FindingsShown says when the public reads of something that an inspection found and
	// that is open: a choice of FindingsShownChoices.
	FindingsShown string
	Filing        []FilingRule
	Version       int64 // as it was read
}

// FindingsShownChoices are when the public may read of a finding: once its deadline has passed
// (at once where it concerns safety), always at once, or of safety alone.
var FindingsShownChoices = []string{"after_deadline", "at_once", "safety_only"}

// DefaultSettings are those of an installation that changed nothing. It is of no
// province until somebody chooses one.
func DefaultSettings() Settings {
	return Settings{OfferHours: 48, HoldMinutes: 15, OverdueDays: 5, EraseDays: 7, FindingsShown: FindingsShownChoices[0], Filing: FilingRules}
}

// NumberRange bounds a setting that is a number.
type NumberRange struct{ Least, Most int }

// The bounds of the settings.
var (
	OfferHoursRange  = NumberRange{1, 30 * 24}
	HoldMinutesRange = NumberRange{5, 24 * 60}
	OverdueDaysRange = NumberRange{1, 60}
	EraseDaysRange   = NumberRange{0, 30}
	FilingDaysRange  = NumberRange{0, 2 * 365}
	KeepDaysRange    = NumberRange{1, 5 * 365}
)

// Holds reports whether n lies within the bounds.
func (r NumberRange) Holds(n int) bool { return n >= r.Least && n <= r.Most }

// MaxDatedRules is how many rules one dated setting takes.
const MaxDatedRules = 20
