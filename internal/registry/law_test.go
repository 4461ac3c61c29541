package registry

import (
	"strings"
	"testing"
)

const lawTable = `number,kind,issuer,title_vi,issued_on,in_force_from,in_force_to,replaced_by,subject,cited_for,confidence,source
43/2017/NĐ-CP,nghi-dinh,Chính phủ,Về nhãn hàng hóa,2017-04-14,,2026-01-22,37/2026/NĐ-CP,label,,H,x
37/2026/NĐ-CP,nghi-dinh,Chính phủ,"Quy định chi tiết",2026-01-23,2026-01-23,,,label,,H,x
1683/NQ-UBTVQH15,nghi-quyet,,,2025-06-16,2025-06-16,,,units,,U,x
`

func TestLawPapers(t *testing.T) {
	t.Parallel()
	table, err := ParseLawPapers(strings.NewReader(lawTable))
	if err != nil || len(table.Papers()) != 3 {
		t.Fatalf("%d papers, %v", len(table.Papers()), err)
	}
	old, _ := table.Paper("43/2017/NĐ-CP")
	if old.Ended("2026-01-22") || !old.Ended("2026-01-23") {
		t.Error("a paper is in force on its last day and not after it")
	}
	if p, ok := table.Paper("1683/NQ-UBTVQH15"); !ok || !p.Unverified() || p.Ended("2099-01-01") {
		t.Errorf("read %+v", p)
	}
	for want, c := range map[string]Citation{
		"Nghị định 37/2026/NĐ-CP, Điều 98; Nghị quyết 1683/NQ-UBTVQH15": Cite("Điều 98", "37/2026/NĐ-CP", "1683/NQ-UBTVQH15"),
		"Nghị định 43/2017/NĐ-CP":                                       Cite("", "43/2017/NĐ-CP"),
		"9/9999/ABC":                                                    Cite("", "9/9999/ABC"), // not of the table: the number alone
		"":                                                              {},
	} {
		if got := table.Cited(c); got != want {
			t.Errorf("cited as %q, want %q", got, want)
		}
	}
	for name, c := range map[string]struct {
		Citation
		want bool
	}{
		"read papers":        {Cite("Điều 98", "37/2026/NĐ-CP"), false},
		"one of two unread":  {Cite("Điều 98", "37/2026/NĐ-CP", "1683/NQ-UBTVQH15"), true},
		"not of the table":   {Cite("", "9/9999/ABC"), true},
		"a doubtful rule":    {Cite("", "37/2026/NĐ-CP").Doubted(), true},
		"nothing":            {},
		"the ceiling of now": {PromotionRules[1].Law, true},
		"stars of May 2026":  {OCOPRules[2].Law(), true},
	} {
		if got := table.Unverified(c.Citation); got != c.want {
			t.Errorf("%s: unverified %v, want %v", name, got, c.want)
		}
	}
	for name, bad := range map[string]string{"a number twice": lawTable + strings.Split(lawTable, "\n")[1] + "\n", "no table": "", "a torn row": lawTable + "x,y\n"} {
		if _, err := ParseLawPapers(strings.NewReader(bad)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// Each dated rule, on the day before it holds, on its first and on its last day.
func TestRulesHoldFromTheirDay(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]int{"2018-07-14": 0, "2018-07-15": 7, "2026-06-25": 7, "2026-06-26": 5, "2030-01-01": 5} {
		if r, ok := FilingRuleOn(FilingRules, day); ok != (want > 0) || r.AnswerDays != want {
			t.Errorf("filed on %s: answered in %d working days, want %d", day, r.AnswerDays, want)
		}
	}
	for day, want := range map[string]string{"2019-08-19": "", "2019-08-20": "1048/QĐ-TTg", "2023-02-23": "1048/QĐ-TTg", "2023-02-24": "148/QĐ-TTg",
		"2026-05-21": "148/QĐ-TTg", "2026-05-22": "26/2026/QĐ-TTg"} {
		if r, _ := OCOPRuleOn(day); r.Number != want {
			t.Errorf("stars of %s were given by %q, want %q", day, r.Number, want)
		}
	}
	for day, want := range map[string]string{"2018-07-14": "", "2025-06-30": "81/2018/NĐ-CP", "2025-07-01": "39/2025/TT-BCT", "2026-12-01": "39/2025/TT-BCT"} {
		r, _ := PromotionRuleOn(day)
		if got := strings.Join(r.Law.Numbers, ""); got != want {
			t.Errorf("promotions of %s stand in %q, want %q", day, got, want)
		}
	}
}

func TestPromotionCeiling(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		p    Promotion
		day  string
		over bool
	}{
		"nothing":                    {Promotion{}, "2026-12-17", false},
		"half":                       {Promotion{Percent: 50}, "2026-12-17", false},
		"a little more":              {Promotion{Percent: 51}, "2026-12-17", true},
		"given away in a programme":  {Promotion{100, PromotionConcentrated}, "2026-12-17", false},
		"before Tết":                 {Promotion{70, PromotionBeforeTet}, "2027-01-20", false},
		"before Tết by the old rule": {Promotion{70, PromotionBeforeTet}, "2025-01-20", true},
		"before there was a rule":    {Promotion{Percent: 90}, "2018-01-01", false},
	} {
		a := &Application{Promotion: c.p}
		found := FindingsOf(a, nil, nil, c.day)
		if (len(found) == 1 && found[0].Kind == OverCeiling) != c.over {
			t.Errorf("%s: %+v", name, found)
		}
		if len(Lacking(found)) != len(found) {
			t.Errorf("%s: does not ask for a reason", name)
		}
	}
}

// Every kind of label, for every group of goods, on the days around its end.
func TestLabels(t *testing.T) {
	t.Parallel()
	ends := map[Label]string{LabelOldAddress: "2027-06-16", LabelOldLaw: "2028-01-23"}
	for _, l := range Labels {
		rule := l.Rule()
		if rule.Label != l || !l.Valid() {
			t.Errorf("%s has no rule", l)
		}
		for _, day := range []string{"2026-12-01", "2027-06-16", "2027-06-17", "2028-01-23", "2028-01-24", "2090-01-01"} {
			_, over := labelFinding(Product{Name: "Chè", Label: l}, day)
			if end, ok := ends[l]; over != (ok && day > end) {
				t.Errorf("%s on %s: over is %t", l, day, over)
			}
		}
	}
	for _, c := range []struct {
		l    Label
		g    ProductGroup
		fits bool
	}{{LabelFresh, FreshGroup, true}, {LabelFresh, SpiritGroup, false}, {LabelUnpacked, FoodGroup, true}, {LabelUnpacked, SpiritGroup, false},
		{LabelService, TourismGroup, true}, {LabelService, FoodGroup, false}, {LabelFull, SpiritGroup, true}, {LabelUntold, FoodGroup, true}} {
		if c.l.Fits(c.g) != c.fits {
			t.Errorf("%q on %s: fits is %t", c.l, c.g, !c.fits)
		}
	}
	if Label("glossy").Valid() {
		t.Error("an unknown kind is valid")
	}
	unpacked := Product{ID: "p", Name: "Bánh gio", Group: FoodGroup, Origin: MadeIn, Label: LabelUnpacked}
	for _, n := range Needs([]Product{unpacked}, nil) {
		if n.AnyOf[0] == SelfDeclaration {
			t.Error("goods without packing are asked for a declaration of their own")
		}
	}
}
