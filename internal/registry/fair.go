package registry

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
