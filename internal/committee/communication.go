package committee

import (
	"fmt"
	"strconv"

	"hoicho/internal/registry"
)

// Communication is something done to spread the campaign, as the register keeps it.
// Times and, where its channel counts them, people are the two figures that every
// report asks for.
type Communication struct {
	ID        registry.CommunicationID
	N         int64  // number in the register, never used twice
	Client    string // made by whatever sent it, so that the same thing sent twice is stored once
	Channel   ChannelID
	Times     int              // cuộc
	Counted   bool             // People says something
	People    int              // lượt người
	Area      registry.AreaRef // unit, in the edition of the first day
	Place     string           // such as "ngã ba chợ"
	Village   string           // thôn, bản: below the coded units
	From      string           // first day, YYYY-MM-DD
	Until     string           // last day; "" is still up
	Quantity  int              // pieces put up or handed out; 0 is not said
	Minutes   int              // of a broadcast; 0 is not said
	Cost      int64            // đồng; 0 is not said
	Topic     string           // or the text of a slogan
	Quality   string           // note on how well it went
	Link      string           // https address
	Audiences []Audience
	Photos    []registry.FileID
	Event     registry.EventID // "" is none
	Tasks     []registry.TaskID
	Body      registry.BodyID // that did it; "" is not said
	Movements []string        // lồng ghép với
	Asked     bool            // something about it was asked back, and confirmed
	EnteredBy registry.AccountID
	EnteredAs string // name at that time
	EnteredAt int64  // unix ms
	StruckAt  int64  // unix ms; 0 counts
	StruckAs  string // name of whoever struck it out
	StruckWhy string
	Version   int64
}

// Limits of a communication: characters, or the largest figures that are no slip of a
// finger.
const (
	MaxTimes        = 100_000
	MaxPeople       = 10_000_000
	MaxQuantity     = 1_000_000
	MaxMinutes      = 100_000
	MaxCost         = 1_000_000_000_000
	MaxCommPlace    = 120
	MaxCommTopic    = 300
	MaxCommQuality  = 1000
	MaxCommLink     = 500
	MaxCommPhotos   = 6
	MaxCommReason   = 300
	MaxCommTasks    = 10
	FirstCommDay    = "2009-07-31" // the day on which the campaign began
	MaxCommDaysLong = 730          // from the first day to the last
)

// Struck reports whether it was struck out and no longer counts.
func (c Communication) Struck() bool { return c.StruckAt > 0 }

// Up reports whether it still hangs.
func (c Communication) Up() bool { return c.Until == "" }

// Number is how people name it: "TT-1047".
func (c Communication) Number() string { return fmt.Sprintf("TT-%d", c.N) }

// ParseCommunicationNumber reads a number as Number writes it, or its digits. It is 0 if
// the text is neither.
func ParseCommunicationNumber(text string) int64 {
	if len(text) > 3 && (text[:3] == "TT-" || text[:3] == "tt-") {
		text = text[3:]
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// Doubt is something about an entry that is asked back before it is written.
type Doubt string

// The doubts.
const (
	DoubtCrowd  Doubt = "crowd"  // more people at a meeting than come to one
	DoubtTimes  Doubt = "times"  // more times than a unit reports in half a year
	DoubtFuture Doubt = "future" // a day that has not come
	DoubtTwice  Doubt = "twice"  // one of the same channel, unit, day and people is there
)

// Bounds of what is plausible: a ward reports up to 150 times of 10 to 200 people in
// half a year.
const (
	MaxGathering = 200 // people at each of the times
	MaxUsual     = 150 // times in one entry
)

// Doubts says what is not plausible about an entry by itself on a day.
func (c Communication) Doubts(channel Channel, today string) (doubts []Doubt) {
	if channel.Gathers && c.Counted && c.Times > 0 && c.People > c.Times*MaxGathering {
		doubts = append(doubts, DoubtCrowd)
	}
	if c.Times > MaxUsual {
		doubts = append(doubts, DoubtTimes)
	}
	if c.From > today || c.Until > today {
		doubts = append(doubts, DoubtFuture)
	}
	return doubts
}

// CommunicationFilter chooses communications. Empty fields do not narrow.
type CommunicationFilter struct {
	Codes     []string          // found under one of today's units; nil is all
	Bodies    []registry.BodyID // done by one of them; nil is all
	From      string            // first day at the earliest
	Until     string            // first day at the latest
	Channel   ChannelID
	Audience  Audience
	Area      string // code of a unit of today
	Body      registry.BodyID
	Event     registry.EventID
	Task      registry.TaskID
	N         int64 // number
	EnteredBy registry.AccountID
	Up        bool // still hangs
	NoPhoto   bool
	Photo     bool // has one
	Asked     bool
	Skip      int // rows to leave out
	Limit     int // 0 is all
}

// Tally is what communications add up to.
type Tally struct {
	Rows   int64
	Times  int64
	People int64 // of channels that count them
}

// Add adds another tally.
func (t Tally) Add(o Tally) Tally {
	return Tally{t.Rows + o.Rows, t.Times + o.Times, t.People + o.People}
}
