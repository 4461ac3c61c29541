package committee

import (
	"fmt"
	"math/bits"
	"slices"

	"hoicho/internal/registry"
)

// CostKind is what money is spent on.
type CostKind string

// The kinds: the eight of a provincial committee (TT 91/2012/TT-BTC, Điều 3.2), and those of
// a fair or session. No amount of law is in the program.
const (
	CostTravel        CostKind = "travel"        // đi lại, công tác, kiểm tra
	CostMeetings      CostKind = "meetings"      // họp, hội nghị
	CostPapers        CostKind = "papers"        // mua, in tài liệu
	CostCommunication CostKind = "communication" // tuyên truyền, cổ động trực quan
	CostRollout       CostKind = "rollout"       // triển khai ở xã, thôn, bản
	CostAwards        CostKind = "awards"        // khen thưởng
	CostStationery    CostKind = "stationery"    // văn phòng phẩm, làm thêm giờ
	CostOther         CostKind = "other"         // chi khác
	CostBooths        CostKind = "booths"        // hỗ trợ gian hàng
	CostTransport     CostKind = "transport"     // hỗ trợ vận chuyển
	CostFeesWaived    CostKind = "fees_waived"   // phí miễn thu: nobody pays it out
)

// CostKinds lists the kinds in the order shown to people.
var CostKinds = []CostKind{CostTravel, CostMeetings, CostPapers, CostCommunication, CostRollout, CostAwards, CostStationery, CostOther, CostBooths, CostTransport, CostFeesWaived}

// Valid reports whether k is a known kind.
func (k CostKind) Valid() bool { return slices.Contains(CostKinds, k) }

// Spends reports whether money goes out: a fee that is waived is told beside the sum, and not
// in it.
func (k CostKind) Spends() bool { return k != CostFeesWaived }

// CostSource is where the money comes from (TT 91/2012/TT-BTC, Điều 2).
type CostSource string

// The sources.
const (
	SourceBudget       CostSource = "budget"       // ngân sách Nhà nước
	SourceContribution CostSource = "contribution" // đóng góp tự nguyện, xã hội hóa
	SourceOther        CostSource = "other"        // nguồn hợp pháp khác
)

// CostSources lists the sources in the order shown to people.
var CostSources = []CostSource{SourceBudget, SourceContribution, SourceOther}

// Valid reports whether s is a known source.
func (s CostSource) Valid() bool { return slices.Contains(CostSources, s) }

// CostShare is the part of an event in a line of a plan: so many parts of all.
type CostShare struct {
	Event registry.EventID
	Parts int64
}

// Cost is a line of the cost of a plan, which may be shared over several events, or of one
// event.
type Cost struct {
	ID       registry.CostID
	N        int64           // number, never used twice
	Plan     registry.PlanID // "" for a line of an event
	Event    registry.EventID
	Kind     CostKind
	Source   CostSource
	Title    string
	Estimate int64 // đồng; 0 is not said
	Paid     bool  // Spent says something
	Spent    int64 // đồng
	Paper    string
	PaperOn  string          // YYYY-MM-DD; "" is not said
	Photo    registry.FileID // of the paper; "" is none
	Shares   []CostShare     // of a line of a plan, in the order of the events
	Entered  Entry
	Struck   Struck
	Version  int64
}

// Limits of a line of cost: characters, amount, parts of an event.
const (
	MaxCostLine  = 200
	MaxCostDong  = 10_000_000_000_000
	MaxCostParts = 1000
)

// Number is how people name it: "KP-12".
func (c Cost) Number() string { return fmt.Sprintf("KP-%d", c.N) }

// CostSum is what lines of cost add up to.
type CostSum struct {
	Rows     int64
	Estimate int64
	Spent    int64
	Unpaid   int64 // lines that do not say what was spent
}

// Add adds another sum.
func (s CostSum) Add(o CostSum) CostSum {
	return CostSum{s.Rows + o.Rows, s.Estimate + o.Estimate, s.Spent + o.Spent, s.Unpaid + o.Unpaid}
}

// Sum is the line as a sum.
func (c Cost) Sum() CostSum {
	s := CostSum{Rows: 1, Estimate: c.Estimate, Spent: c.Spent}
	if !c.Paid {
		s.Unpaid = 1
	}
	return s
}

// Allot divides an amount by parts so that the pieces add up to it: what is left over by
// rounding goes to those who lost most, the first of equals. Without parts there are no
// pieces.
func Allot(amount int64, parts []int64) []int64 {
	var all uint64
	for _, p := range parts {
		all += uint64(max(p, 0))
	}
	if all == 0 || amount < 0 {
		return make([]int64, len(parts))
	}
	pieces, rests, left := make([]int64, len(parts)), make([]uint64, len(parts)), amount
	for i, p := range parts {
		high, low := bits.Mul64(uint64(amount), uint64(max(p, 0)))
		q, rest := bits.Div64(high, low, all)
		pieces[i], rests[i], left = int64(q), rest, left-int64(q)
	}
	for ; left > 0; left-- {
		most := 0
		for i := range rests {
			if rests[i] > rests[most] {
				most = i
			}
		}
		pieces[most]++
		rests[most] = 0
	}
	return pieces
}

// For is the line as it stands in the costs of an event: whole if it is of the event, the
// event's piece of a line that is shared; false if it has no part in the event.
func (c Cost) For(event registry.EventID) (Cost, bool) {
	if c.Event == event {
		return c, true
	}
	parts := make([]int64, len(c.Shares))
	at := -1
	for i, s := range c.Shares {
		if parts[i] = s.Parts; s.Event == event {
			at = i
		}
	}
	if at < 0 {
		return Cost{}, false
	}
	c.Estimate, c.Spent = Allot(c.Estimate, parts)[at], Allot(c.Spent, parts)[at]
	return c, true
}
