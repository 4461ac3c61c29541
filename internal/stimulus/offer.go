package stimulus

import (
	"slices"

	"hoicho/internal/registry"
)

// State is a step in the life of an offer.
type State string

// The states. An accepted offer that its vendor changes is submitted again, and the
// public sees nothing of it until it is accepted anew.
const (
	Submitted State = "submitted"
	Accepted  State = "accepted"
	Returned  State = "returned" // with words: what the vendor is to mend
	Withdrawn State = "withdrawn"
)

// States lists the states in the order in which they are worked through.
var States = []State{Submitted, Returned, Accepted, Withdrawn}

var edges = map[State][]State{
	Submitted: {Submitted, Accepted, Returned, Withdrawn},
	Accepted:  {Submitted, Returned, Withdrawn},
	Returned:  {Submitted, Withdrawn},
	Withdrawn: {Submitted},
}

// CanBecome reports whether an offer in state s may step to next.
func (s State) CanBecome(next State) bool { return slices.Contains(edges[s], next) }

// Alive reports whether the offer stands or waits to: two of one product may not
// overlap.
func (s State) Alive() bool { return s == Submitted || s == Accepted }

// Terms is what an offer says.
type Terms struct {
	BeforeDong int64  // regular price of a unit
	HereDong   int64  // price of a unit at the event
	Unit       string // "1 kg", "gói 500 g"
	From       string // YYYY-MM-DD, the first day
	To         string // YYYY-MM-DD, the last one
	Quantity   int64  // how many units there are at this price; 0 is no limit
	Condition  string // "mua từ 2 kg"; may be empty
	Basis      registry.PromotionBasis
	Explained  string // why the regular price stood lower within the last LookBack days; empty where it did not
}

// Limits of an offer. The least note in use is of 200 đồng.
const (
	MinPriceDong = 200
	MaxPriceDong = 1_000_000_000
	MaxUnit      = 40
	MaxCondition = 200
	MaxExplained = 300
)

// Percent is by how much the price is cut, in whole parts of a hundred, rounded down.
func (t Terms) Percent() int {
	if t.BeforeDong <= 0 {
		return 0
	}
	return int((t.BeforeDong - t.HereDong) * 100 / t.BeforeDong)
}

// Above reports whether the cut is deeper than so many parts of a hundred.
func (t Terms) Above(percent int) bool {
	return (t.BeforeDong-t.HereDong)*100 > int64(percent)*t.BeforeDong
}

// Within are those of some days, YYYY-MM-DD, on which the offer is to hold.
func (t Terms) Within(days []string) (within []string) {
	for _, day := range days {
		if t.From <= day && day <= t.To {
			within = append(within, day)
		}
	}
	return within
}

// Overlaps reports whether two offers have a day in common.
func (t Terms) Overlaps(o Terms) bool { return t.From <= o.To && o.From <= t.To }

// Offer is the price at which a vendor sells a product at an event.
type Offer struct {
	ID          registry.OfferID
	Event       registry.EventID
	Vendor      registry.VendorID
	Product     registry.ProductID
	State       State
	Reason      string // of a return, told to the vendor
	OnPaper     bool   // typed in by an officer
	SubmittedBy registry.AccountID
	SubmittedAt int64 // unix ms
	DecidedBy   registry.AccountID
	DecidedAt   int64 // unix ms; 0: not yet
	Version     int64
	Terms
}

// Row is an offer with what it stands on.
type Row struct {
	Offer
	Goods       registry.Product // without photos and ranks
	VendorName  string
	VendorSlug  string
	VendorState registry.VendorState
	EventTitle  string
	EventSlug   string
	EventState  registry.EventState
	OpensOn     string // of the event
	ClosesOn    string
	Application registry.ApplicationState // of the vendor to the event; "" is none
	Days        []string                  // of the event on which the vendor comes, in their order
	Booths      []string                  // codes
}

// Obstacle is why an offer that was accepted, or could be, is not shown.
type Obstacle string

// The obstacles, the one that outweighs the others first.
const (
	EventStopped Obstacle = "stopped"  // postponed or cancelled
	NoPlace      Obstacle = "no_place" // the application is not approved, or no longer
	VendorOff    Obstacle = "blocked"  // the vendor is
	GoodsHidden  Obstacle = "hidden"   // by the vendor
	GoodsFallen  Obstacle = "fallen"   // their origin is disputed, or they are excluded
	OutsideDays  Obstacle = "outside"  // the event was moved: no day is left
	Unproven     Obstacle = "unproven" // nobody has looked at where the goods come from
)

// ProvenRung is the rung of the ladder of proof from which on goods may be offered: an
// officer has read the papers.
const ProvenRung = 3

// Obstacle says why the offer is not shown on a day, whatever its state; "" where
// nothing is in the way.
func (r Row) Obstacle(today string) Obstacle {
	switch {
	case r.EventState.Stopped() || !r.EventState.Public():
		return EventStopped
	case r.Application != registry.AppApproved:
		return NoPlace
	case r.VendorState != registry.VendorActive:
		return VendorOff
	case r.Goods.Hidden:
		return GoodsHidden
	case r.Goods.Evidence.Fallen():
		return GoodsFallen
	case len(r.Within(r.Days)) == 0:
		return OutsideDays
	case r.Goods.EvidenceOn(today).Rung() < ProvenRung:
		return Unproven
	}
	return ""
}

// ShownDays are the days from today on at which the public sees the offer; none if it
// sees nothing.
func (r Row) ShownDays(today string) (days []string) {
	if r.State != Accepted || r.Obstacle(today) != "" {
		return nil
	}
	for _, day := range r.Within(r.Days) {
		if day >= today {
			days = append(days, day)
		}
	}
	return days
}

// HoldsOn reports whether the price holds on a day for whoever comes.
func (r Row) HoldsOn(day string) bool { return slices.Contains(r.ShownDays(day), day) }

// Last is the last day on which the price holds, "" for none.
func (r Row) Last() string {
	days := r.Within(r.Days)
	if len(days) == 0 {
		return ""
	}
	return days[len(days)-1]
}

// Filter chooses offers. Empty fields do not narrow.
type Filter struct {
	ID      registry.OfferID
	Event   registry.EventID
	Vendor  registry.VendorID
	Product registry.ProductID
	States  []State
}

// Tally is what an event has of measures and offers.
type Tally struct {
	Measures int // that hold
	Waiting  int // offers to be looked at
	Accepted int
	Returned int
}

// Stimulates reports whether the event is a stimulus session: it has a measure or an
// accepted offer.
func (t Tally) Stimulates() bool { return t.Measures > 0 || t.Accepted > 0 }

// Offers is how many offers stand or wait.
func (t Tally) Offers() int { return t.Waiting + t.Accepted }

// TakesOffers reports whether offers may be made or changed at an event on a day: the
// public knows it, it is not stopped and not over.
func TakesOffers(e registry.Event, today string) bool {
	return e.Public() && e.State.Upcoming() && !e.State.Stopped() && e.ClosesOn >= today
}
