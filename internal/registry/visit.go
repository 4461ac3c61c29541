package registry

import "cmp"

// Who is what a press of the clicker counts.
type Who string

// What can be counted.
const (
	Person Who = "person"
	Child  Who = "child"
	Group  Who = "group" // n people at once
)

// Count is one press of a steward's clicker as it is kept.
type Count struct {
	ID          ScanID
	Device      DeviceID
	Event       EventID
	Gate        int
	N           int // people; 0 for a count that takes another back
	Who         Who
	Boot        string
	Seq         int64 // counted by the phone apart from its scans
	At          int64 // unix ms by the phone's clock
	CorrectedAt int64 // unix ms by the server's clock
	MonoMS      int64
	ReceivedAt  int64
	VoidOf      ScanID // the count that this one takes back
}

// TallyID names a typed-in number of visits.
type TallyID string

// Tally is a number of visits that the office typed in: from a paper tally sheet,
// or estimated.
type Tally struct {
	ID        TallyID
	Event     EventID
	Method    CountMethod // CountPaper or CountEstimated
	Gate      int         // 0 = all gates together
	HourAt    int64       // unix ms, the beginning of its hour
	N         int         // children included
	Children  int
	Note      string
	EnteredBy string // name of the officer
	EnteredAt int64
	DroppedBy string // name of who took it back, else empty
	DroppedAt int64
}

// Tap is one "Tôi đã đến" on a visitor's own phone. Nothing in it leads back to
// the phone once the event's key is gone.
type Tap struct {
	Event  EventID
	Day    string // YYYY-MM-DD
	Phone  string // keyed hash of the random value in the visitor's browser
	Gate   int
	HourAt int64 // unix ms, the beginning of the hour
}

// Figure is what a counter of a gate counts.
type Figure string

// The figures: passes in and out, and visits by each CountMethod.
const (
	FigureIn  Figure = "in"
	FigureOut Figure = "out"
)

// FigureOf is the counter of visits by a method.
func FigureOf(m CountMethod) Figure { return Figure(m) }

// GateHour is a counter: what went through a gate in an hour.
type GateHour struct {
	Event  EventID
	HourAt int64 // unix ms, the beginning of the hour
	Gate   int   // 0 = no single gate
	Figure Figure
	N      int
}

// CompareGateHours orders counters by event, hour, gate and figure.
func CompareGateHours(a, b GateHour) int {
	return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.HourAt, b.HourAt), cmp.Compare(a.Gate, b.Gate),
		cmp.Compare(a.Figure, b.Figure))
}

// HourMS is an hour in milliseconds.
const HourMS = 3_600_000

// HourOf is the beginning of the hour of an instant (unix ms). Vietnam's hours
// begin where those of UTC do.
func HourOf(at int64) int64 { return at - at%HourMS }

// VisitsBy is a number of visits with how they were counted.
type VisitsBy struct {
	Method CountMethod `json:"method"`
	N      int         `json:"n"`
}

// Visits is a number of visits (lượt khách) that says how it was counted.
type Visits struct {
	Total int
	By    []VisitsBy // the methods that counted any, from the surest on
}

// VisitsOf sums up counters; those of passes in and out do not count.
func VisitsOf(hours []GateHour) Visits {
	sums := map[Figure]int{}
	for _, h := range hours {
		sums[h.Figure] += h.N
	}
	var v Visits
	for _, m := range CountMethods {
		if n := sums[FigureOf(m)]; n != 0 {
			v.Total += n
			v.By = append(v.By, VisitsBy{Method: m, N: n})
		}
	}
	return v
}

// Fill says how full an event is.
type Fill string

// The steps.
const (
	FillFree Fill = ""     // or no capacity is set
	FillNear Fill = "near" // from 90 % on
	FillFull Fill = "full" // at the capacity or beyond
)

// FillOf compares the people inside with a capacity; 0 is none.
func FillOf(inside, capacity int) Fill {
	switch {
	case capacity <= 0 || inside*10 < capacity*9:
		return FillFree
	case inside < capacity:
		return FillNear
	}
	return FillFull
}
