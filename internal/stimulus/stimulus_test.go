package stimulus_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
)

// days of a session in November 2026, when 39/2025/TT-BCT holds the ceiling.
var days = []string{"2026-11-27", "2026-11-28", "2026-11-29"}

func terms(change ...func(*stimulus.Terms)) stimulus.Terms {
	t := stimulus.Terms{BeforeDong: 100_000, HereDong: 80_000, Unit: "kg", From: days[0], To: days[2]}
	for _, c := range change {
		c(&t)
	}
	return t
}

func priced(before, here int64) func(*stimulus.Terms) {
	return func(t *stimulus.Terms) { t.BeforeDong, t.HereDong = before, here }
}

func resting(b registry.PromotionBasis) func(*stimulus.Terms) {
	return func(t *stimulus.Terms) { t.Basis = b }
}

func on(from, to string) func(*stimulus.Terms) {
	return func(t *stimulus.Terms) { t.From, t.To = from, to }
}

func TestFaultsOfTerms(t *testing.T) {
	t.Parallel()
	tet := []string{"2027-01-06", "2027-01-07", "2027-02-05", "2027-02-06"}
	for name, c := range map[string]struct {
		terms stimulus.Terms
		group registry.ProductGroup
		days  []string
		want  string // field and key; "" is none
	}{
		"a fifth off":                    {terms(), registry.FoodGroup, days, ""},
		"half off is the ceiling":        {terms(priced(100_000, 50_000)), registry.FoodGroup, days, ""},
		"a đồng more than half":          {terms(priced(100_000, 49_999)), registry.FoodGroup, days, "here offer.error.ceiling"},
		"fresh food has no ceiling":      {terms(priced(100_000, 20_000), resting(registry.PromotionFresh)), registry.FreshGroup, days, ""},
		"fresh food without saying so":   {terms(priced(100_000, 20_000)), registry.FreshGroup, days, "here offer.error.ceiling"},
		"cake is not fresh food":         {terms(priced(100_000, 20_000), resting(registry.PromotionFresh)), registry.FoodGroup, days, "basis offer.basis_fails.fresh"},
		"November is not before Tết":     {terms(resting(registry.PromotionBeforeTet)), registry.FoodGroup, days, "basis offer.basis_fails.before_tet"},
		"31 days before Tết":             {terms(on(tet[0], tet[1]), resting(registry.PromotionBeforeTet)), registry.FoodGroup, tet, "basis offer.basis_fails.before_tet"},
		"30 days before Tết":             {terms(on(tet[1], tet[2]), priced(100_000, 10_000), resting(registry.PromotionBeforeTet)), registry.FoodGroup, tet, ""},
		"Tết itself is not before it":    {terms(on(tet[2], tet[3]), resting(registry.PromotionBeforeTet)), registry.FoodGroup, tet, "basis offer.basis_fails.before_tet"},
		"Tết itself is a holiday":        {terms(on(tet[3], tet[3]), priced(100_000, 10_000), resting(registry.PromotionHoliday)), registry.FoodGroup, tet, ""},
		"no holiday in November":         {terms(resting(registry.PromotionHoliday)), registry.FoodGroup, days, "basis offer.basis_fails.holiday"},
		"a concentrated programme":       {terms(priced(100_000, 10_000), resting(registry.PromotionConcentrated)), registry.FoodGroup, days, ""},
		"a basis of no rule":             {terms(resting("friendship")), registry.FoodGroup, days, "basis error.choose"},
		"spirits":                        {terms(), registry.SpiritGroup, days, "product offer.error.barred"},
		"no cut":                         {terms(priced(80_000, 80_000)), registry.FoodGroup, days, "here offer.error.not_less"},
		"dearer than before":             {terms(priced(80_000, 90_000)), registry.FoodGroup, days, "here offer.error.not_less"},
		"nothing to pay":                 {terms(priced(80_000, 0)), registry.FoodGroup, days, "here offer.error.price"},
		"a price below zero":             {terms(priced(-5, -80_000)), registry.FoodGroup, days, "before offer.error.price"},
		"more than a house":              {terms(priced(20_000_000_000, 15_000_000_000)), registry.FoodGroup, days, "before offer.error.price"},
		"no unit":                        {terms(func(t *stimulus.Terms) { t.Unit = "" }), registry.FoodGroup, days, "unit error.required"},
		"a day without a booth":          {terms(on("2026-11-26", days[0])), registry.FoodGroup, days, "from offer.error.day"},
		"the last day before the first":  {terms(on(days[2], days[0])), registry.FoodGroup, days, "to error.date_order"},
		"fresh food before the circular": {terms(on("2024-05-05", "2024-05-05"), priced(100_000, 20_000), resting(registry.PromotionFresh)), registry.FreshGroup, []string{"2024-05-05"}, "basis offer.error.basis_unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if f := c.terms.Faults(c.group, c.days); len(f) > 0 {
				got = f[0].Field + " " + f[0].Key
			}
			if got != c.want {
				t.Errorf("%+v: %q, want %q", c.terms, got, c.want)
			}
		})
	}
}

func TestRefusalNamesItsPaper(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		terms stimulus.Terms
		group registry.ProductGroup
		want  string
	}{
		"above the ceiling": {terms(priced(100_000, 40_000)), registry.FoodGroup, "39/2025/TT-BCT"},
		"spirits":           {terms(), registry.SpiritGroup, "81/2018/NĐ-CP, Điều 5"},
		"no holiday":        {terms(resting(registry.PromotionHoliday)), registry.FoodGroup, "39/2025/TT-BCT"},
	} {
		t.Run(name, func(t *testing.T) {
			f := c.terms.Faults(c.group, days)
			if len(f) != 1 {
				t.Fatalf("faults %v", f)
			}
			law, ok := f[0].Args[len(f[0].Args)-1].(registry.Citation)
			if !ok || law.String() != c.want {
				t.Errorf("args %v, want %s last", f[0].Args, c.want)
			}
		})
	}
}

func TestPriceBeforeThatNeverWas(t *testing.T) {
	t.Parallel()
	offer := terms() // 100.000 a kilo from 27/11: looks back to 28/10
	for name, c := range map[string]struct {
		price stimulus.RegularPrice
		found bool
	}{
		"listed lower now":               {stimulus.RegularPrice{Dong: 90_000, Unit: "kg", From: "2026-01-05", Listed: true}, true},
		"written otherwise":              {stimulus.RegularPrice{Dong: 90_000, Unit: "1 KG", From: "2026-01-05", Listed: true}, true},
		"lower until 30 days before":     {stimulus.RegularPrice{Dong: 90_000, Unit: "kg", From: "2026-01-05", Until: "2026-10-28", Listed: true}, true},
		"lower until 31 days before":     {stimulus.RegularPrice{Dong: 90_000, Unit: "kg", From: "2026-01-05", Until: "2026-10-27", Listed: true}, false},
		"before an offer of last week":   {stimulus.RegularPrice{Dong: 90_000, Unit: "kg", From: "2026-11-18", Until: "2026-11-20"}, true},
		"lower only afterwards":          {stimulus.RegularPrice{Dong: 90_000, Unit: "kg", From: "2026-11-28"}, false},
		"as high":                        {stimulus.RegularPrice{Dong: 100_000, Unit: "kg", From: "2026-01-05", Listed: true}, false},
		"of another unit":                {stimulus.RegularPrice{Dong: 45_000, Unit: "gói 500 g", From: "2026-01-05", Listed: true}, false},
		"raised on the day of the offer": {stimulus.RegularPrice{Dong: 90_000, Unit: "kg", From: "2026-01-05", Until: "2026-11-27", Listed: true}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if _, found := offer.Earlier([]stimulus.RegularPrice{c.price}); found != c.found {
				t.Errorf("%+v: found %v", c.price, found)
			}
		})
	}
	lowest, _ := offer.Earlier([]stimulus.RegularPrice{{Dong: 90_000, Unit: "kg", From: "2026-01-05"}, {Dong: 70_000, Unit: "kg", From: "2026-11-02"}})
	if lowest.Dong != 70_000 {
		t.Errorf("the lowest is %d", lowest.Dong)
	}
}

func shownRow(change func(*stimulus.Row)) stimulus.Row {
	r := stimulus.Row{Offer: stimulus.Offer{State: stimulus.Accepted, Terms: terms()}, Goods: registry.Product{Evidence: registry.Checked},
		VendorState: registry.VendorActive, EventState: registry.Running, Application: registry.AppApproved, Days: days}
	if change != nil {
		change(&r)
	}
	return r
}

func TestWhatThePublicSees(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change   func(*stimulus.Row)
		today    string
		obstacle stimulus.Obstacle
		days     int
	}{
		"before it begins":        {nil, "2026-11-20", "", 3},
		"on its second day":       {nil, "2026-11-28", "", 2},
		"when it is over":         {nil, "2026-11-30", "", 0},
		"not looked at":           {func(r *stimulus.Row) { r.State = stimulus.Submitted }, days[0], "", 0},
		"event cancelled":         {func(r *stimulus.Row) { r.EventState = registry.Cancelled }, days[0], stimulus.EventStopped, 0},
		"event postponed":         {func(r *stimulus.Row) { r.EventState = registry.Postponed }, days[0], stimulus.EventStopped, 0},
		"event still a draft":     {func(r *stimulus.Row) { r.EventState = registry.Draft }, days[0], stimulus.EventStopped, 0},
		"event moved away":        {func(r *stimulus.Row) { r.Days = []string{"2026-12-04"} }, days[0], stimulus.OutsideDays, 0},
		"event moved by a day":    {func(r *stimulus.Row) { r.Days = []string{"2026-11-28", "2026-11-29", "2026-11-30"} }, days[0], "", 2},
		"application withdrawn":   {func(r *stimulus.Row) { r.Application = registry.AppWithdrawn }, days[0], stimulus.NoPlace, 0},
		"vendor blocked":          {func(r *stimulus.Row) { r.VendorState = registry.VendorBlocked }, days[0], stimulus.VendorOff, 0},
		"goods hidden":            {func(r *stimulus.Row) { r.Goods.Hidden = true }, days[0], stimulus.GoodsHidden, 0},
		"origin disputed":         {func(r *stimulus.Row) { r.Goods.Evidence = registry.Disputed }, days[0], stimulus.GoodsFallen, 0},
		"papers not looked at":    {func(r *stimulus.Row) { r.Goods.Evidence = registry.Documented }, days[0], stimulus.Unproven, 0},
		"the check has run out":   {func(r *stimulus.Row) { r.Goods.EvidenceUntil = "2026-11-26" }, days[0], stimulus.Unproven, 0},
		"a day without the booth": {func(r *stimulus.Row) { r.Days = days[1:2] }, days[0], "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := shownRow(c.change)
			if o, n := r.Obstacle(c.today), len(r.ShownDays(c.today)); o != c.obstacle || n != c.days {
				t.Errorf("obstacle %q, %d days, want %q, %d", o, n, c.obstacle, c.days)
			}
		})
	}
}

func TestCutIsRoundedDown(t *testing.T) {
	t.Parallel()
	if got := terms(priced(30_000, 20_100)).Percent(); got != 33 {
		t.Errorf("9.900 of 30.000 is %d %%", got)
	}
	if got := (stimulus.Terms{}).Percent(); got != 0 {
		t.Errorf("nothing is %d %%", got)
	}
}

func TestStepsOfAnOffer(t *testing.T) {
	t.Parallel()
	for from, to := range map[stimulus.State]stimulus.State{stimulus.Returned: stimulus.Accepted, stimulus.Withdrawn: stimulus.Accepted, stimulus.Accepted: stimulus.Accepted} {
		if from.CanBecome(to) {
			t.Errorf("%s becomes %s", from, to)
		}
	}
	for _, s := range stimulus.States {
		if !s.CanBecome(stimulus.Submitted) {
			t.Errorf("%s cannot be handed in again", s)
		}
	}
}
