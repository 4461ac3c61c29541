package inspection_test

import (
	"testing"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

func TestWhatHoldsABooth(t *testing.T) {
	t.Parallel()
	here, before := inspection.Stand{Booth: "a", Vendor: "v"}, inspection.Stand{Booth: "a", Vendor: "other"}
	for name, c := range map[string]struct {
		o    inspection.Openings
		want inspection.Hold
	}{
		"nothing is asked for":                    {inspection.Openings{}, inspection.Hold{}},
		"no joint check":                          {inspection.Openings{AsksJoint: true}, inspection.Hold{NoJoint: true}},
		"a joint check of another vendor's stand": {inspection.Openings{AsksJoint: true, Looked: []inspection.Stand{before}}, inspection.Hold{NoJoint: true}},
		"a joint check":                           {inspection.Openings{AsksJoint: true, Looked: []inspection.Stand{here}}, inspection.Hold{}},
		"no check of its own":                     {inspection.Openings{AsksSelf: true}, inspection.Hold{NoSelf: true}},
		"a check that says something is amiss":    {inspection.Openings{AsksSelf: true, Own: map[registry.VendorID]int{"v": 2}}, inspection.Hold{Bad: true}},
		"the same, and nobody asks for it":        {inspection.Openings{Own: map[registry.VendorID]int{"v": 2}}, inspection.Hold{}},
		"a check without a fault":                 {inspection.Openings{AsksSelf: true, Own: map[registry.VendorID]int{"v": 0}}, inspection.Hold{}},
		"findings, whatever is asked for":         {inspection.Openings{Found: []inspection.Stand{here, here}}, inspection.Hold{Findings: 2}},
		"findings at the vendor before":           {inspection.Openings{Found: []inspection.Stand{before}}, inspection.Hold{}},
	} {
		c.o.Stands = []inspection.Stand{here}
		held := c.o.Holds()
		if got := held["a"]; got != c.want || (len(held) > 0) != (c.want != inspection.Hold{}) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
