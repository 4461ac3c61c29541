package registry

import "testing"

func TestBoundsOfSettings(t *testing.T) {
	t.Parallel()
	for claim, c := range map[string]struct {
		bounds      NumberRange
		least, most int
	}{
		"an offer stands an hour to thirty days":               {OfferHoursRange, 1, 720},
		"a booth is held five minutes to a day":                {HoldMinutesRange, 5, 1440},
		"an application waits a day to two months":             {OverdueDaysRange, 1, 60},
		"a filing is counted from the day itself to two years": {FilingDaysRange, 0, 730},
		"contacts are kept a day to five years":                {KeepDaysRange, 1, 1825},
	} {
		t.Run(claim, func(t *testing.T) {
			b := c.bounds
			if !b.Holds(c.least) || !b.Holds(c.most) || b.Holds(c.least-1) || b.Holds(c.most+1) {
				t.Errorf("bounds %+v", b)
			}
		})
	}
}
