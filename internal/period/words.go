package period

import "hoicho/internal/registry"

// Topic names a part of what is said of a period beside its figures.
type Topic string

// The topics, in the order of a paper.
const (
	Advantages Topic = "advantages"
	Limits     Topic = "limits"
	Causes     Topic = "causes"
	Proposals  Topic = "proposals"
)

// Topics lists the topics in the order of a paper.
var Topics = []Topic{Advantages, Limits, Causes, Proposals}

// Words are what a unit says of a period, in paragraphs, by topic; one of which it says nothing is
// missing.
type Words map[Topic]string

// MaxWords is how much is said of a topic, in characters.
const MaxWords = 2000

// Cover is what the committee of a province writes around and into its paper of a period.
type Cover struct {
	Period   Period
	Province string // code of a province in the edition of the period
	registry.ResultPaper
	To      string // to whom it is sent, one a line
	Words   Words
	SavedAt int64 // unix ms
	SavedBy string
	Version int64 // 0: nobody has written it yet
}

// Signed reports whether the paper has its number and day.
func (c Cover) Signed() bool { return c.Version > 0 && c.Number != "" && c.SignedOn != "" }
