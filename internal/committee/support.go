package committee

import (
	"fmt"
	"slices"
	"time"

	"hoicho/internal/registry"
)

// SupportKind is what a producer is helped with.
type SupportKind string

// The kinds, as the plans of the campaign name them (S13).
const (
	SupportAwareness  SupportKind = "awareness"  // nâng cao nhận thức
	SupportTechnology SupportKind = "technology" // đổi mới công nghệ
	SupportScience    SupportKind = "science"    // ứng dụng khoa học, kỹ thuật
	SupportProduction SupportKind = "production" // đẩy mạnh sản xuất, kinh doanh
	SupportQuality    SupportKind = "quality"    // tạo sản phẩm chất lượng cao
	SupportBrand      SupportKind = "brand"      // xây dựng thương hiệu
	SupportPrice      SupportKind = "price"      // giá thành hợp lý
	SupportMarket     SupportKind = "market"     // sức cạnh tranh trên thị trường trong và ngoài tỉnh
)

// SupportKinds lists the kinds in the order in which the plan names them.
var SupportKinds = []SupportKind{SupportAwareness, SupportTechnology, SupportScience, SupportProduction, SupportQuality, SupportBrand, SupportPrice, SupportMarket}

// Valid reports whether k is a known kind.
func (k SupportKind) Valid() bool { return slices.Contains(SupportKinds, k) }

// Struck is who struck out a row of a register, when and why. The zero value counts.
type Struck struct {
	At  int64 // unix ms
	By  string
	Why string
}

// Is reports whether the row no longer counts.
func (s Struck) Is() bool { return s.At > 0 }

// Entry is who entered a row of a register, and when.
type Entry struct {
	By registry.AccountID
	As string // name at that time
	At int64  // unix ms
}

// Producer is whom a row of a register is about: a vendor of the program, or a name as it
// was typed.
type Producer struct {
	Vendor registry.VendorID // "" is none of the program's
	Name   string
}

// SupportGiven is help that a producer was given (S13).
type SupportGiven struct {
	ID       registry.SupportID
	N        int64 // number in the register, never used twice
	Kind     SupportKind
	Producer Producer
	Area     registry.AreaRef // of the producer, in the edition of the first day
	Body     registry.BodyID  // that gave it; "" is none of the list
	Provider string           // that gave it, in words; "" if Body says it
	What     string           // such as "tem truy xuất, 5.000 chiếc"
	Amount   int64            // đồng; 0 is not said
	From     string           // first day, YYYY-MM-DD
	Until    string           // last day; "" goes on
	Result   string           // in words
	Paper    string           // that it rests on
	Entered  Entry
	Struck   Struck
	Version  int64
}

// Limits of support and of matchings, in characters; the largest amount.
const (
	MaxSupportLine   = 200
	MaxSupportText   = 1000
	MaxSupportReason = 300
	MaxSupport       = 1_000_000_000_000
)

// Number is how people name it: "HT-12".
func (s SupportGiven) Number() string { return fmt.Sprintf("HT-%d", s.N) }

// Over reports whether the support had ended before a day.
func (s SupportGiven) Over(today string) bool { return s.Until != "" && s.Until < today }

// SupportFilter chooses support of a year. Empty fields do not narrow.
type SupportFilter struct {
	Codes    []string // found under one of today's units; nil is all
	Area     string   // code of a unit of today
	Year     int      // of the first day; 0 is all
	Kind     SupportKind
	Vendor   registry.VendorID
	NoResult string // has ended before this day and says no result
	Counts   bool   // without those struck out
	Skip     int    // rows to leave out
	Limit    int    // 0 is all
}

// SupportSum is what support adds up to.
type SupportSum struct {
	Rows      int64
	Producers int64 // each once
	Amount    int64
}

// Outcome is what became of a memorandum between a buyer and a producer.
type Outcome string

// The outcomes.
const (
	OutcomeOpen    Outcome = ""        // not asked yet
	OutcomeTrading Outcome = "trading" // đang mua bán như đã ghi nhớ
	OutcomePartly  Outcome = "partly"  // mua bán một phần
	OutcomeNothing Outcome = "nothing" // không mua bán
)

// Outcomes lists the outcomes in the order shown to people.
var Outcomes = []Outcome{OutcomeTrading, OutcomePartly, OutcomeNothing}

// Valid reports whether o is an outcome that can be told.
func (o Outcome) Valid() bool { return slices.Contains(Outcomes, o) }

// FollowUpMonths are how many months after the memorandum it is asked what became of it.
var FollowUpMonths = []int{3, 6}

// FollowUp is one time at which it is asked what became of a matching.
type FollowUp struct {
	Months  int
	DueOn   string // YYYY-MM-DD
	Outcome Outcome
	Result  string // in words
	DoneOn  string // YYYY-MM-DD; "" is open
	By      string
}

// Due reports whether it should be asked on a day.
func (f FollowUp) Due(today string) bool { return f.Outcome == OutcomeOpen && f.DueOn <= today }

// Matching is a buyer and a producer brought together (kết nối cung cầu).
type Matching struct {
	ID         registry.MatchingID
	N          int64 // number in the register, never used twice
	HeldOn     string
	Meeting    string           // name of the conference, "" is none
	Event      registry.EventID // at which it was held; "" is none
	Area       registry.AreaRef // of the producer, in the edition of the day
	Buyer      string
	Producer   Producer
	Product    string
	Volume     string // in words, such as "2 tấn miến mỗi tháng"
	MemoNumber string // of the memorandum; "" is none
	MemoOn     string // YYYY-MM-DD; "" is none
	FollowUps  []FollowUp
	Entered    Entry
	Struck     Struck
	Version    int64
}

// Number is how people name it: "KN-12".
func (m Matching) Number() string { return fmt.Sprintf("KN-%d", m.N) }

// Begins is the day from which the months of the follow-ups count: that of the memorandum,
// or of the meeting.
func (m Matching) Begins() string {
	if m.MemoOn != "" {
		return m.MemoOn
	}
	return m.HeldOn
}

// Schedule sets when each follow-up that is still open is due; what was told stays.
func (m *Matching) Schedule() {
	told := map[int]FollowUp{}
	for _, f := range m.FollowUps {
		if f.Outcome != OutcomeOpen {
			told[f.Months] = f
		}
	}
	m.FollowUps = nil
	for _, months := range FollowUpMonths {
		f, ok := told[months]
		if !ok {
			f = FollowUp{Months: months, DueOn: AddMonths(m.Begins(), months)}
		}
		m.FollowUps = append(m.FollowUps, f)
	}
}

// DueOn is the first day on which it should be asked again; "" once all was told.
func (m Matching) DueOn() string {
	for _, f := range m.FollowUps {
		if f.Outcome == OutcomeOpen {
			return f.DueOn
		}
	}
	return ""
}

// AddMonths is the same day of the month so many months later, or the last one of a month
// that is shorter. A day that is none stays as it is.
func AddMonths(day string, months int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1).Format(time.DateOnly)
}

// MatchingFilter chooses matchings. Empty fields do not narrow.
type MatchingFilter struct {
	Codes  []string // found under one of today's units; nil is all
	Area   string   // code of a unit of today
	Year   int      // of the meeting; 0 is all
	Event  registry.EventID
	DueBy  string // a follow-up is open and due by this day
	Counts bool   // without those struck out
	Memo   bool   // has a memorandum
	Skip   int    // rows to leave out
	Limit  int    // 0 is all
}
