package registry

import "slices"

// SalesBand is a range of a day's takings, for vendors who kept no exact count.
type SalesBand string

// The bands, in millions of đồng.
const (
	BandTo1   SalesBand = "0_1"
	BandTo3   SalesBand = "1_3"
	BandTo5   SalesBand = "3_5"
	BandTo10  SalesBand = "5_10"
	BandTo20  SalesBand = "10_20"
	BandTo50  SalesBand = "20_50"
	BandTo100 SalesBand = "50_100"
)

// SalesBands lists the bands, lowest first.
var SalesBands = []SalesBand{BandTo1, BandTo3, BandTo5, BandTo10, BandTo20, BandTo50, BandTo100}

// bandMiddle is what a band counts in sums, in đồng.
var bandMiddle = map[SalesBand]int64{
	BandTo1: 500_000, BandTo3: 2_000_000, BandTo5: 4_000_000, BandTo10: 7_500_000,
	BandTo20: 15_000_000, BandTo50: 35_000_000, BandTo100: 75_000_000,
}

// Dong is what the band counts in sums: its middle. Whoever shows such a sum says
// that it is an estimate.
func (b SalesBand) Dong() int64 { return bandMiddle[b] }

// Valid reports whether b is a band.
func (b SalesBand) Valid() bool { return slices.Contains(SalesBands, b) }

// Limits of a sales return.
const (
	MaxSalesDong   = 1_000_000_000_000 // a day's takings or the value of contracts
	MaxContracts   = 10_000
	MaxBestSellers = 3
)

// SalesReturn is what a vendor says it sold at an event (phiếu kết quả bán hàng).
// It is business data: only the vendor's people and holders of ViewSales see it.
type SalesReturn struct {
	Event         EventID
	Vendor        VendorID
	Days          []SalesDay  // in order
	Best          []ProductID // best sellers, best first, at most MaxBestSellers
	ContractsN    int
	ContractsDong int64
	OnPaper       bool // typed in by an officer
	FiledBy       AccountID
	FiledAt       int64 // unix ms
	UpdatedAt     int64
	Version       int64 // 0: not filed yet
}

// SalesDay is the takings of one day. A day without a line is not told yet; a
// line with nothing says that nothing was sold.
type SalesDay struct {
	Day  string    // YYYY-MM-DD
	Dong int64     // exact, or the middle of Band
	Band SalesBand // empty: exact
	By   AccountID // who told it, or typed it in
}

// Dong is the sum of the days.
func (r *SalesReturn) Dong() int64 {
	var sum int64
	for _, d := range r.Days {
		sum += d.Dong
	}
	return sum
}

// On returns the takings of a day; false if they are not told yet.
func (r *SalesReturn) On(day string) (SalesDay, bool) {
	i := slices.IndexFunc(r.Days, func(d SalesDay) bool { return d.Day == day })
	if i < 0 {
		return SalesDay{}, false
	}
	return r.Days[i], true
}

// What one booth takes in a day. The mean is that of four sessions at Thái Nguyên
// in 2017: 1.7 billion đồng by 108 enterprises on four days each. An amount is
// doubted from ten times the mean, as one zero too many makes it, and below what
// any stall takes, as one who counts in thousands writes it.
const (
	salesMeanDong   = 4_000_000
	salesDoubtTimes = 10
	salesDoubtUnder = 10_000
)

// SalesDoubt is a figure that looks like a slip of the hand. It is asked about,
// never refused.
type SalesDoubt struct {
	Day   string // empty: the contracts
	Dong  int64
	Times int64 // how many times the usual; 0: suspiciously little
}

// Doubts lists the figures of a return that look like a slip, for a vendor with
// that many booths. Bands are chosen, not typed, so they are not doubted.
func (r *SalesReturn) Doubts(booths int) []SalesDoubt {
	var found []SalesDoubt
	mean := int64(max(booths, 1)) * salesMeanDong
	for _, d := range r.Days {
		switch {
		case d.Band != "" || d.Dong == 0:
		case d.Dong >= salesDoubtTimes*mean:
			found = append(found, SalesDoubt{Day: d.Day, Dong: d.Dong, Times: d.Dong / mean})
		case d.Dong < salesDoubtUnder:
			found = append(found, SalesDoubt{Day: d.Day, Dong: d.Dong})
		}
	}
	if r.ContractsDong > 0 && r.ContractsDong < salesDoubtUnder {
		found = append(found, SalesDoubt{Dong: r.ContractsDong})
	}
	return found
}

// SalesDue is a return that a vendor owes, or one that may still be changed.
type SalesDue struct {
	Event      EventID
	Vendor     VendorID
	EventTitle string
	EventSlug  string
	VendorName string
	VendorSlug string
	Booths     []string // codes
	Days       []string // of the vendor at the event
	Told       []string // which of them are told
	FiledAt    int64    // 0: nothing filed yet
	OnPaper    bool
	Mine       bool   // the reader typed in a day of it
	Phone      string // of the vendor
	RemindedAt int64  // unix ms; 0: nobody has been written to
}

// Complete reports whether every day is told.
func (d *SalesDue) Complete() bool { return d.FiledAt > 0 && len(d.Missing("")) == 0 }

// Missing lists the days that are not told, up to a day if one is given.
func (d *SalesDue) Missing(until string) []string {
	var days []string
	for _, day := range d.Days {
		if !slices.Contains(d.Told, day) && (until == "" || day <= until) {
			days = append(days, day)
		}
	}
	return days
}

// VendorFair is an event in the history of a vendor that has sent an application to it.
type VendorFair struct {
	Application ApplicationID
	State       ApplicationState
	Event       EventID
	Title       string
	Slug        string
	EventState  EventState
	OpensOn     string // YYYY-MM-DD
	ClosesOn    string
	Area        AreaRef
	Venue       string
	Days        []string    // on which the vendor is to sell, in order
	Booths      []string    // codes of those that it was given, in order
	Sales       SalesReturn // version 0: nothing is filed; without best sellers
}

// Held reports whether the event has begun with the vendor among those that it took.
func (f *VendorFair) Held() bool {
	return f.State == AppApproved && (f.EventState == Running || f.EventState == Ended || f.EventState == Reported)
}

// TakesSales reports whether the vendor may still file or change its return.
func (f *VendorFair) TakesSales() bool { return f.Held() && f.EventState != Reported }

// Untold lists the days of the vendor up to a day, that one too, whose sales are not told.
func (f *VendorFair) Untold(until string) []string {
	var days []string
	for _, day := range f.Days {
		if _, told := f.Sales.On(day); !told && day <= until {
			days = append(days, day)
		}
	}
	return days
}

// Year is the year in which the event begins: "2026".
func (f *VendorFair) Year() string { return f.OpensOn[:min(4, len(f.OpensOn))] }

// Estimated is what a return counts of days of which a band alone was told.
func (r *SalesReturn) Estimated() int64 {
	var sum int64
	for _, d := range r.Days {
		if d.Band != "" {
			sum += d.Dong
		}
	}
	return sum
}
