package registry

// OCOPRule is the set of criteria by which OCOP products are ranked from a day on,
// until the next one.
type OCOPRule struct {
	From   string // first day, YYYY-MM-DD
	Number string // of the decision, in the table of papers
	Months int    // how long a rank is good for; the decision of the rank itself rules
	Doubt  bool   // Months was not verified
}

// Law cites the criteria.
func (r OCOPRule) Law() Citation {
	c := Cite("", r.Number)
	c.Doubtful = r.Doubt
	return c
}

// OCOPRules are the criteria known at release. By 26/2026/QĐ-TTg the province gives
// 3 and 4 stars and the centre 5; that a rank goes on for 36 months is carried over
// and not verified. Ranks given before stay what they were until their own end.
var OCOPRules = []OCOPRule{
	{From: "2019-08-20", Number: "1048/QĐ-TTg", Months: 36},
	{From: "2023-02-24", Number: "148/QĐ-TTg", Months: 36},
	{From: "2026-05-22", Number: "26/2026/QĐ-TTg", Months: 36, Doubt: true},
}

// OCOPRuleOn returns the criteria by which a rank given on a day was judged; false
// before the first.
func OCOPRuleOn(issuedOn string) (rule OCOPRule, ok bool) {
	for _, r := range OCOPRules {
		if r.From <= issuedOn {
			rule, ok = r, true
		}
	}
	return rule, ok
}
