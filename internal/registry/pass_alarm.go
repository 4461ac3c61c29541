package registry

import "slices"

// AlarmKind is why a pass may have been copied.
type AlarmKind string

// The kinds.
const (
	AlarmOften     AlarmKind = "often"      // its page is opened far more often than those of the others
	AlarmElsewhere AlarmKind = "elsewhere"  // its page is opened here and, very often, from a network of no other booth
	AlarmTwoGates  AlarmKind = "two_gates"  // two gates read it going in within minutes
	AlarmTwoEvents AlarmKind = "two_events" // gates of two events read it
)

// AlarmKinds lists the kinds.
var AlarmKinds = []AlarmKind{AlarmOften, AlarmElsewhere, AlarmTwoGates, AlarmTwoEvents}

// AlarmWord is what an officer found when looking into an alarm.
type AlarmWord string

// The words.
const (
	AlarmNormal AlarmWord = "normal" // there is a reason: the booth is crowded, somebody showed it round
	AlarmCopied AlarmWord = "copied" // the pass was copied
)

// AlarmWords lists the words.
var AlarmWords = []AlarmWord{AlarmNormal, AlarmCopied}

// Valid reports whether there is such a word.
func (w AlarmWord) Valid() bool { return slices.Contains(AlarmWords, w) }

// When a pass raises an alarm. The house's own rules: loose enough that a crowded booth raises
// none, and an officer looks at each.
const (
	AlarmOpens        = 100           // openings of a page within an hour
	AlarmTimesOthers  = 5             // and so many times as many as those of the others of its event
	AlarmOutside      = 12            // openings within an hour from one network that opens no other booth of the event
	AlarmInside       = 3             // and so many from those that do
	AlarmGateGapMS    = 2 * 60 * 1000 // between two gates of an event
	AlarmEventGapMS   = 30 * 60 * 1000
	MaxAlarmNote      = 300
	AlarmMostWatched  = 20_000 // passes that are watched within an hour
	AlarmMostNetworks = 64     // networks that are told apart for one pass
)

// PassAlarm is a day's alarm about a pass.
type PassAlarm struct {
	Pass       PassID
	Kind       AlarmKind
	Day        string
	Event      EventID
	At         int64  // unix ms
	N          int    // openings; from outside, for AlarmElsewhere
	OtherN     int    // those of the others on average; from inside, for AlarmElsewhere
	Place      string // name of the gate, or the event
	OtherPlace string
	Word       AlarmWord // "" while nobody has looked
	Note       string
	SeenAt     int64 // unix ms
	SeenAs     string
}

// AlarmRow is an alarm with what it is about.
type AlarmRow struct {
	PassAlarm
	Code       string
	PassKind   PassKind
	BoothCode  string
	VendorName string
	EventTitle string
}
