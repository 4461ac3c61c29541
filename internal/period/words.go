package period

import (
	"strings"

	"hoicho/internal/registry"
)

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

// Cover is what a unit, or the committee of a province, writes around its paper of a period; the
// committee also into it.
type Cover struct {
	Period Period
	Unit   string // key of the unit; of a committee the code of its province in the edition of the period
	registry.ResultPaper
	To      string // to whom it is sent, one a line
	Words   Words  // of the committee
	SavedAt int64  // unix ms
	SavedBy string
	Version int64 // 0: nobody has written it yet
}

// OfSeries stands in the place of the period in the cover of a paper about a series of sessions,
// whose unit is the series: it tells of no part of a year.
var OfSeries = Period{Part: "series"}

// Next is what stands around the next paper of the same unit: number and day are left open, the
// sign of the issuer behind the number stays.
func (c Cover) Next(p Period) Cover {
	next := Cover{Period: p, Unit: c.Unit, ResultPaper: c.ResultPaper, To: c.To}
	next.SignedOn, next.Number = "", "……"
	if _, sign, found := strings.Cut(c.Number, "/"); found {
		next.Number += "/" + sign
	}
	return next
}

// Addressees are to whom the paper is sent.
func (c Cover) Addressees() (list []string) {
	for line := range strings.SplitSeq(c.To, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// Signed reports whether the paper has its number and day.
func (c Cover) Signed() bool {
	return c.Version > 0 && c.Number != "" && !strings.HasPrefix(c.Number, "…") && c.SignedOn != ""
}
