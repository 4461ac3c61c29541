package inspection

import "hoicho/internal/registry"

// Hold is why a booth may not open yet.
type Hold struct {
	NoJoint  bool // it was not looked at, and its event asks for it
	NoSelf   bool // its vendor has not checked itself, and its event asks for it
	Bad      bool // its vendor says that something is not as it should be
	Findings int  // that a joint check found and that are not settled
}

// Stand is a booth with the vendor that stands there: what was looked at with another vendor
// says nothing about this one.
type Stand struct {
	Booth  registry.BoothID
	Vendor registry.VendorID
}

// Openings is what decides which booths of an event may open.
type Openings struct {
	AsksJoint, AsksSelf bool    // the event asks for the joint check, for the vendor's own
	Stands              []Stand // booths that have a vendor
	Looked              []Stand // that a joint check looked at
	Found               []Stand // once for each finding that holds and is not settled
	// Own is by vendor how many items its latest check says are not as they should be.
	Own map[registry.VendorID]int
}

// Holds says for each booth that may not open yet why: it misses the joint check or its
// vendor's own where the event asks for them, its vendor says that something is amiss, or
// something that holds it is open.
func (o Openings) Holds() map[registry.BoothID]Hold {
	held, looked, found := map[registry.BoothID]Hold{}, map[Stand]bool{}, map[Stand]int{}
	for _, s := range o.Looked {
		looked[s] = true
	}
	for _, s := range o.Found {
		found[s]++
	}
	for _, s := range o.Stands {
		bad, checked := o.Own[s.Vendor]
		h := Hold{NoJoint: o.AsksJoint && !looked[s], NoSelf: o.AsksSelf && !checked, Bad: o.AsksSelf && bad > 0, Findings: found[s]}
		if h != (Hold{}) {
			held[s.Booth] = h
		}
	}
	return held
}
