package report

import (
	"encoding/json"
	"slices"

	"hoicho/internal/registry"
)

// Snapshot is the figures of an event at one moment, with what the report says
// about it. It is kept as JSON when the event is closed.
type Snapshot struct {
	Event   EventFacts   `json:"event"`
	Figures []Figure     `json:"figures"`
	Visits  []VisitTotal `json:"visits"`
	Sales   []SalesTotal `json:"sales"`
	Best    []GroupTotal `json:"best"`
}

// EventFacts is what a report says of the event itself.
type EventFacts struct {
	Title       string             `json:"title"`
	Kind        registry.EventKind `json:"kind"`
	OpensOn     string             `json:"opens_on"`
	ClosesOn    string             `json:"closes_on"`
	Days        int                `json:"days"`
	Venue       string             `json:"venue"`
	Area        string             `json:"area"` // with its kind and what it lies in, as of then
	Organiser   string             `json:"organiser"`
	CoOrganiser []string           `json:"co_organisers"`
	Programme   string             `json:"programme"`
	LegalNumber string             `json:"legal_number"`
	LegalOn     string             `json:"legal_on"`
	LegalIssuer string             `json:"legal_issuer"`
	LegalOthers []string           `json:"legal_others,omitempty"`
}

// VisitTotal is the visits of a day counted one way, over all gates.
type VisitTotal struct {
	Day    string               `json:"day"`
	Method registry.CountMethod `json:"method"`
	N      int64                `json:"n"`
}

// SalesTotal is the takings of a day over all vendors.
type SalesTotal struct {
	Day     string `json:"day"`
	VendorN int    `json:"vendors"`
	Untold  int    `json:"untold"` // vendors that took part and told nothing of the day
	Dong    int64  `json:"dong"`
	Banded  int64  `json:"banded"`
}

// GroupTotal is how often goods of a group were named as best sellers.
type GroupTotal struct {
	Group registry.ProductGroup `json:"group"`
	N     int                   `json:"n"`
}

// Count makes a snapshot of the rows. area is the name of the event's unit.
func Count(f *registry.ResultFacts, area string) Snapshot {
	e := &f.Event
	s := Snapshot{Event: EventFacts{Title: e.Title, Kind: e.Kind, OpensOn: e.OpensOn, ClosesOn: e.ClosesOn, Days: len(e.Days),
		Venue: e.Venue, Area: area, Organiser: e.Organiser, CoOrganiser: e.CoOrganiser, Programme: e.Programme,
		LegalNumber: e.Legal.Number, LegalOn: e.Legal.IssuedOn, LegalIssuer: e.Legal.Issuer, LegalOthers: e.LegalOthers}}
	for _, r := range rules {
		s.Figures = append(s.Figures, Figure{r.key, r.count(f)})
	}
	s.Visits, s.Sales, s.Best = visitTotals(f.Visits), salesTotals(f), bestGroups(f.Sales)
	return s
}

// N is a figure of the snapshot, 0 if it has none of the key.
func (s *Snapshot) N(key Key) int64 {
	for _, f := range s.Figures {
		if f.Key == key {
			return f.N
		}
	}
	return 0
}

func visitTotals(visits []registry.VisitFact) []VisitTotal {
	var totals []VisitTotal
	for _, v := range visits {
		i := slices.IndexFunc(totals, func(t VisitTotal) bool { return t.Day == v.Day && t.Method == v.Method })
		if i < 0 {
			totals, i = append(totals, VisitTotal{Day: v.Day, Method: v.Method}), len(totals)
		}
		totals[i].N += v.N
	}
	return totals
}

func salesTotals(f *registry.ResultFacts) []SalesTotal {
	var totals []SalesTotal
	for _, d := range f.Event.Days {
		t := SalesTotal{Day: d.Day}
		for _, s := range f.Sales {
			if slices.Contains(s.Untold(), d.Day) {
				t.Untold++
			}
			if line, ok := s.On(d.Day); ok {
				t.VendorN, t.Dong = t.VendorN+1, t.Dong+line.Dong
				if line.Band != "" {
					t.Banded += line.Dong
				}
			}
		}
		totals = append(totals, t)
	}
	return totals
}

func bestGroups(sales []registry.SalesFact) []GroupTotal {
	counts := map[registry.ProductGroup]int{}
	for _, s := range sales {
		for _, g := range s.BestGroups {
			counts[g]++
		}
	}
	var totals []GroupTotal
	for _, g := range registry.ProductGroups {
		if counts[g] > 0 {
			totals = append(totals, GroupTotal{g, counts[g]})
		}
	}
	slices.SortStableFunc(totals, func(a, b GroupTotal) int { return b.N - a.N })
	return totals
}

// Freeze writes a snapshot as it is kept.
func (s *Snapshot) Freeze() (string, error) {
	raw, err := json.Marshal(s)
	return string(raw), err
}

// Thaw reads a snapshot that was kept.
func Thaw(frozen string) (s Snapshot, err error) {
	err = json.Unmarshal([]byte(frozen), &s)
	return s, err
}

// Difference is a figure that changed after the report was closed.
type Difference struct {
	Key  Key
	Then int64
	Now  int64
}

// Differences compares a closed report with the figures of today.
func Differences(then, now *Snapshot) []Difference {
	var found []Difference
	for _, f := range then.Figures {
		if n := now.N(f.Key); n != f.N {
			found = append(found, Difference{f.Key, f.N, n})
		}
	}
	return found
}
