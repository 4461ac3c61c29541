package floorplans

import (
	"slices"

	"hoicho/internal/app/booths"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
)

// NewBooths are the booths that a plan adds to a zone, and what booths there are like so far.
type NewBooths struct {
	Zone    string
	Codes   []string
	FeeDong int64
	Power   bool
}

// newBooths parts new numbers by zones.
func (d *Desk) newBooths(codes []string) (list []NewBooths) {
	for _, code := range codes {
		zone, _, _ := floorplan.SplitCode(code)
		if n := len(list); n == 0 || list[n-1].Zone != zone {
			like := d.like(zone)
			list = append(list, NewBooths{Zone: zone, FeeDong: like.FeeDong, Power: like.Power})
		}
		last := &list[len(list)-1]
		last.Codes = append(last.Codes, code)
	}
	return list
}

// terms are what a booth costs and whether it has power.
type terms struct {
	FeeDong int64
	Power   bool
}

// like is what most booths of a zone are like; of the event, where the zone has none.
func (d *Desk) like(zone string) (most terms) {
	there := slices.ContainsFunc(d.Booths, func(b registry.Booth) bool { return b.Zone == zone })
	count := map[terms]int{}
	for _, b := range d.Booths {
		if there && b.Zone != zone {
			continue
		}
		t := terms{b.FeeDong, b.Power}
		if count[t]++; count[t] > count[most] {
			most = t
		}
	}
	return most
}

// price gives the new booths of zones what was said; Invalid at fee_ and the zone where an amount cannot be read.
func (r *redrawn) price(said map[string]booths.Terms) error {
	var faults registry.Faults
	dong := map[string]int64{}
	for zone, t := range said {
		fee, ok := booths.ReadFee(t.Fee)
		faults.Check(ok, "fee_"+zone, "error.booth.fee")
		dong[zone] = fee
	}
	for i, b := range r.Add {
		if t, ok := said[b.Zone]; ok && !r.restored[b.ID] {
			r.Add[i].FeeDong, r.Add[i].Power = dong[b.Zone], t.Power
		}
	}
	return faults.Err()
}
