package stimulus

import "hoicho/internal/registry"

// MeasureKind is what an organiser does so that people come and buy.
type MeasureKind string

// The kinds of measure.
const (
	FreeBooths      MeasureKind = "free_booths"      // gian hàng miễn phí
	SupportedBooths MeasureKind = "supported_booths" // hỗ trợ một phần tiền gian hàng
	Transport       MeasureKind = "transport"        // xe đưa đón, chở hàng
	Gifts           MeasureKind = "gifts"            // quà tặng, bốc thăm
	PriceCommitment MeasureKind = "price_commitment" // cam kết giá, bình ổn
)

// MeasureKinds lists the kinds in the order shown to people. Vouchers are none: what was
// issued and spent is counted from their packs.
var MeasureKinds = []MeasureKind{FreeBooths, SupportedBooths, Transport, Gifts, PriceCommitment}

// Measure is what an organiser does at an event so that people come and buy.
type Measure struct {
	ID        registry.MeasureID
	Event     registry.EventID
	Kind      MeasureKind
	Text      string // the sentence that the public reads
	Quantity  int64  // how many booths, trips, gifts; 0 is not said
	ValueDong int64  // what it costs or is worth; 0 is not said
	Provider  string // who pays
	From      string // YYYY-MM-DD, a day of the event
	To        string // YYYY-MM-DD, the last one
	DroppedAt int64  // unix ms; 0: it holds
	CreatedBy registry.AccountID
	CreatedAt int64
	Version   int64
}

// Limits of a measure.
const (
	MaxMeasureText = 300
	MaxMeasures    = 40 // of an event, dropped ones too
	MaxValueDong   = 100_000_000_000
	MaxQuantity    = 1_000_000
)

// Holds reports whether the measure has not been dropped.
func (m Measure) Holds() bool { return m.DroppedAt == 0 }

// FitsIn reports whether the days of the measure lie within those of an event.
func (m Measure) FitsIn(e registry.Event) bool {
	return m.From <= m.To && m.From >= e.OpensOn && m.To <= e.ClosesOn
}
