package period

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
