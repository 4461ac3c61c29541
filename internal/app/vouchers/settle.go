package vouchers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Settlement is what is to be paid for the vouchers of an event.
type Settlement struct {
	Event   registry.Event
	Packs   []registry.PackTotals
	Sums    Sums
	Vendors []VendorSettlement // by name; what nobody's booth took last
}

// VendorSettlement is what a vendor took.
type VendorSettlement struct {
	Vendor registry.VendorID // empty: taken at booths that were nobody's
	Name   string
	Booths []string // that it took them at
	Packs  []SettledPack
	Paid   []registry.Taking // those, one by one
	N      int               // vouchers that are paid
	Dong   int64
	Open   []OpenTaking // not in the sum
}

// SettledPack is the vouchers of one pack that a vendor is paid.
type SettledPack struct {
	Pack      int
	Title     string
	ValueDong int64
	Serials   []int // rising
	Dong      int64
}

// OpenTaking is a taking that is not paid by itself: of a voucher that was taken before,
// or against a rule. The gate chief has the last word on it.
type OpenTaking struct {
	registry.Taking
	First   *registry.Taking // where it was taken before
	Closing registry.Closing // what the gate chief said, if anything
}

// Settlement returns what is to be paid to every vendor of an event. The actor needs
// ViewFigures in the event's area.
func (a *Service) Settlement(ctx context.Context, actor registry.Actor, id registry.EventID) (s Settlement, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if s.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		s, err = settle(ctx, tx, s.Event)
		return err
	})
	return s, err
}

// settle reads the settlement of an event for whoever may see it.
func settle(ctx context.Context, tx *store.Tx, event registry.Event) (s Settlement, err error) {
	s.Event = event
	if s.Packs, err = tx.PackTotals(ctx, event.ID); err != nil {
		return s, err
	}
	s.Sums = sumOf(s.Packs)
	takings, err := tx.VoucherTakings(ctx, event.ID, "")
	if err != nil {
		return s, err
	}
	said, err := tx.Closings(ctx, event.ID)
	s.Vendors = byVendor(takings, s.Packs, said)
	return s, err
}

// byVendor puts takings together: they come by vendor, pack and serial.
func byVendor(takings []registry.Taking, packs []registry.PackTotals, said map[string]registry.Closing) (vendors []VendorSettlement) {
	first := map[[2]int]*registry.Taking{}
	for i := range takings {
		if t := &takings[i]; t.Counts() {
			first[[2]int{t.Pack, t.Serial}] = t
		}
	}
	title := map[int]string{}
	for i := range packs {
		title[packs[i].Number] = packs[i].Title
	}
	for i := range takings {
		t := &takings[i]
		if n := len(vendors); n == 0 || vendors[n-1].Vendor != t.Vendor {
			vendors = append(vendors, VendorSettlement{Vendor: t.Vendor, Name: t.VendorName})
		}
		v := &vendors[len(vendors)-1]
		if !slices.Contains(v.Booths, t.Booth) {
			v.Booths = append(v.Booths, t.Booth)
		}
		if t.Counts() {
			v.pay(t, title[t.Pack])
			continue
		}
		v.Open = append(v.Open, openTaking(t, first[[2]int{t.Pack, t.Serial}], said))
	}
	for i := range vendors {
		slices.Sort(vendors[i].Booths)
	}
	slices.SortStableFunc(vendors, func(a, b VendorSettlement) int {
		switch {
		case a.Vendor == "" && b.Vendor != "":
			return 1
		case a.Vendor != "" && b.Vendor == "":
			return -1
		}
		return 0
	})
	return vendors
}

// pay adds a taking to what a vendor is paid.
func (v *VendorSettlement) pay(t *registry.Taking, title string) {
	if n := len(v.Packs); n == 0 || v.Packs[n-1].Pack != t.Pack {
		v.Packs = append(v.Packs, SettledPack{Pack: t.Pack, Title: title, ValueDong: t.ValueDong})
	}
	p := &v.Packs[len(v.Packs)-1]
	p.Serials, p.Dong = append(p.Serials, t.Serial), p.Dong+t.ValueDong
	v.N, v.Dong, v.Paid = v.N+1, v.Dong+t.ValueDong, append(v.Paid, *t)
}

func openTaking(t, first *registry.Taking, said map[string]registry.Closing) OpenTaking {
	o := OpenTaking{Taking: *t, First: first}
	line := registry.ScanLine(t.Scan)
	if t.Nth > 1 && first != nil {
		line = registry.DoubleLine(first.Scan, t.Scan)
	}
	o.Closing = said[line]
	return o
}

// Ranges writes serials as people list them: "0001–0012, 0015".
func Ranges(serials []int) string {
	var parts []string
	for i := 0; i < len(serials); {
		from, last := serials[i], i
		for last+1 < len(serials) && serials[last+1] == serials[last]+1 {
			last++
		}
		part := fmt.Sprintf("%04d", from)
		if last > i {
			part += fmt.Sprintf("–%04d", serials[last])
		}
		parts, i = append(parts, part), last+1
	}
	return strings.Join(parts, ", ")
}

// OwnTakings is what a vendor took at an event, for its own people.
type OwnTakings struct {
	Event  registry.Event
	Booths []string // that the vendor has now
	Packs  []registry.Pack
	VendorSettlement
}

// OwnTakings returns what a vendor took at an event. Only its members see it; NotFound
// where the vendor has no booth there and took nothing, or the event has no vouchers.
func (a *Service) OwnTakings(ctx context.Context, actor registry.Actor, vendor registry.VendorID, id registry.EventID) (o OwnTakings, err error) {
	gone := registry.E(registry.NotFound, "error.not_found")
	if !actor.Owns(vendor) {
		return o, gone
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if o.Event, err = tx.Event(ctx, id); err != nil {
			return err
		}
		s, err := settle(ctx, tx, o.Event)
		if err != nil {
			return err
		}
		for _, v := range s.Vendors {
			if v.Vendor == vendor {
				o.VendorSettlement = v
			}
		}
		for _, p := range s.Packs {
			o.Packs = append(o.Packs, p.Pack)
		}
		booths, err := tx.PackBooths(ctx, id)
		for _, b := range booths {
			if b.Vendor == vendor {
				o.Booths = append(o.Booths, b.Code)
			}
		}
		if err == nil && (len(o.Packs) == 0 || len(o.Booths) == 0 && o.N == 0 && len(o.Open) == 0) {
			return gone
		}
		return err
	})
	return o, err
}
