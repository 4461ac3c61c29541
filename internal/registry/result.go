package registry

import "slices"

// ResultFacts is what happened at an event, row by row: every figure of its
// result report is a count or a sum of these rows.
type ResultFacts struct {
	Event    Event
	Booths   []BoothFact
	Vendors  []VendorFact
	Products []ProductFact
	Visits   []VisitFact
	Sales    []SalesFact
	Tips     []TipFact
	Passes   []PassFact
	Measures []MeasureFact
	Offers   []OfferFact
	Vouchers []VoucherFact
}

// MeasureFact is what the organiser did so that people came and bought.
type MeasureFact struct {
	Kind      string // code of package stimulus
	Text      string
	Provider  string
	Quantity  int64 // 0 is not said
	ValueDong int64 // 0 is not said
	From, To  string
}

// OfferFact is an accepted offer of a vendor that took part.
type OfferFact struct {
	Vendor     VendorID
	VendorName string
	Goods      string
	BeforeDong int64
	HereDong   int64
	Unit       string
	Percent    int
	From, To   string
}

// VoucherFact is a pack of vouchers and what became of it. Packs for training are none.
type VoucherFact struct {
	Pack      int // number within the event
	Title     string
	ValueDong int64 // of each voucher
	Count     int   // vouchers in it
	Handed    int   // handed out, as typed; 0 is not said
	Spent     int   // counted once each
	From, To  string
}

// BoothFact is a booth as it stood at an event.
type BoothFact struct {
	Code       string
	Zone       string
	Kind       BoothKind
	FeeDong    int64
	State      BoothState
	VendorName string
	NoShow     []string // days on which nobody stood there
}

// VendorFact is a vendor that took part: its application was approved.
type VendorFact struct {
	Vendor     VendorID
	Name       string
	Slug       string
	Kind       VendorKind
	Area       AreaRef
	AreaName   string // filled in by app
	InProvince bool   // filled in by app: of the event's province, by today's units
	Days       int
	OnDays     []string // which they are
	Booths     []string // codes
}

// ProductFact is a product that a vendor brought.
type ProductFact struct {
	Product    ProductID
	Name       string
	VendorName string
	Group      ProductGroup
	Origin     Origin
	Place      string // that its label tells
	Evidence   Evidence
	GTIN       string
	Stars      int // in force on every day of the event; 0: none
}

// VisitFact is the visits of one day at one gate, counted one way.
type VisitFact struct {
	Day    string
	Gate   string
	Method CountMethod
	N      int64
}

// SalesFact is a vendor's return, or that it has filed none.
type SalesFact struct {
	SalesReturn
	VendorName string
	Owed       int            // days that the vendor took part
	OwedDays   []string       // which they are
	BestNames  []string       // names of Best
	BestGroups []ProductGroup // groups of Best
}

// Untold lists the days that the vendor took part and told no sales of.
func (f *SalesFact) Untold() []string {
	return slices.DeleteFunc(slices.Clone(f.OwedDays), func(day string) bool {
		_, told := f.On(day)
		return told
	})
}

// TipFact is a tip without its words.
type TipFact struct {
	N          int64
	Kind       TipKind
	State      TipState
	BoothCode  string
	VendorName string
	ReceivedAt int64
}

// PassFact is a pass that was issued. Test passes are none.
type PassFact struct {
	Code       string
	Kind       PassKind
	State      PassState
	Label      string
	VendorName string
	IssuedAt   int64
}

// ResultPaper is what the report needs beside figures to be an official document
// (NĐ 30/2020/NĐ-CP, phụ lục I).
type ResultPaper struct {
	Style       PaperStyle // what stands above it
	Authority   string     // cơ quan chủ quản
	Issuer      string     // cơ quan ban hành
	Number      string     // số, ký hiệu: "15/BC-XTTM"
	Place       string     // địa danh
	SignedOn    string     // YYYY-MM-DD
	Assessment  string     // đánh giá, kiến nghị; paragraphs
	Recipients  string     // nơi nhận, one a line
	SignerTitle string     // "GIÁM ĐỐC"
	SignerName  string
}

// PaperStyle is what stands above a paper: of the State (Nghị định 30/2020/NĐ-CP), or of the Party
// (Hướng dẫn 36-HD/VPTW, not compared with the paper itself).
type PaperStyle string

// The styles.
const (
	StateStyle PaperStyle = "decree" // also that of a paper which names none
	PartyStyle PaperStyle = "party"
)

// PaperStyles lists the styles in the order shown to people.
var PaperStyles = []PaperStyle{StateStyle, PartyStyle}

// Valid reports whether s is a style.
func (s PaperStyle) Valid() bool { return slices.Contains(PaperStyles, s) }

// ResultReport is the signed-off report of an event: the figures as they stood
// when it was closed. Once it has a number they never change.
type ResultReport struct {
	Event    EventID
	Paper    ResultPaper
	Figures  string // JSON of package report
	ClosedAt int64  // unix ms; 0: the event is not reported yet
	ClosedBy string // name
	Version  int64
	Addenda  []ReportAddendum // in the order of their numbers
}

// Signed reports whether the closed report is out: it has a number or a date of
// signing, so that what it says can only be added to.
func (r ResultReport) Signed() bool {
	return r.ClosedAt > 0 && (r.Paper.Number != "" || r.Paper.SignedOn != "")
}

// Last is the addendum that was opened last, nil if there is none.
func (r ResultReport) Last() *ReportAddendum {
	if len(r.Addenda) == 0 {
		return nil
	}
	return &r.Addenda[len(r.Addenda)-1]
}

// ReportAddendum is what a report that is out was added to: the figures as they
// stood when the addendum was closed.
type ReportAddendum struct {
	N        int    // 1 for the first of its report
	Reason   string // why the report was opened again
	Number   string // số, ký hiệu
	SignedOn string // YYYY-MM-DD
	Figures  string // JSON of package report; empty while it is open
	OpenedAt int64  // unix ms
	OpenedBy string // name
	ClosedAt int64  // unix ms; 0: open
	ClosedBy string // name
}

// Signed reports whether the addendum is out.
func (a *ReportAddendum) Signed() bool { return a.ClosedAt > 0 && a.Number != "" }
