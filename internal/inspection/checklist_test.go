package inspection_test

import (
	"strings"
	"testing"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

const table = `code,subjects,text_vi,text_en,papers,place,from,until,safety
old,booth vendor,Nhãn cũ,Old label,15/2018/NĐ-CP,,2017-06-01,2026-01-22,no
new,booth vendor,Nhãn mới,New label,37/2026/NĐ-CP,Điều 42,2026-01-23,,no
safe,booth,An toàn,Safe,,,2009-07-31,,yes
`

func lists(t *testing.T) inspection.Checklists {
	t.Helper()
	laws, err := registry.ParseLawPapers(strings.NewReader("number,kind,title_vi,in_force_from,in_force_to,replaced_by,confidence\n" +
		"15/2018/NĐ-CP,nghi-dinh,,,,,H\n" + "37/2026/NĐ-CP,nghi-dinh,,,,,H\n"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := inspection.ParseChecklists(strings.NewReader(table), laws)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func codes(c inspection.Checklist) string {
	var all []string
	for _, i := range c.Items {
		all = append(all, i.Code)
	}
	return c.ID + " " + strings.Join(all, " ")
}

func TestAChecklistIsThatOfItsDay(t *testing.T) {
	t.Parallel()
	c := lists(t)
	for day, want := range map[string]string{
		"2016-01-01": "booth:2009-07-31 safe",
		"2026-01-22": "booth:2017-06-01 old safe",
		"2026-01-23": "booth:2026-01-23 new safe",
		"2027-05-01": "booth:2026-01-23 new safe",
	} {
		list, ok := c.On(inspection.OfBooth, day)
		if !ok || codes(list) != want {
			t.Errorf("on %s it is %q, want %q", day, codes(list), want)
		}
		if again, ok := c.ByID(list.ID); !ok || codes(again) != want {
			t.Errorf("%s names %q", list.ID, codes(again))
		}
	}
	if _, ok := c.On(inspection.OfVendor, "2016-01-01"); ok {
		t.Error("vendors have a list before there is any item for them")
	}
	for _, id := range []string{"", "booth", "booth:2026-01-24", "moon:2026-01-23"} {
		if _, ok := c.ByID(id); ok {
			t.Errorf("%q names a list", id)
		}
	}
}

func TestATableOfChecklistsThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]string{
		"a paper that nobody knows":  "x,booth,a,b,36/2005/QH11,,2026-01-01,,no",
		"a subject that is none":     "x,moon,a,b,,,2026-01-01,,no",
		"an item twice on one day":   "x,booth,a,b,,,2026-01-01,,no\nx,booth,a,b,,,2026-02-01,,no",
		"a column that is left out":  "x,booth,a,b,,,2026-01-01,no",
		"an item inside another one": "x,booth,a,b,,,2026-01-01,2026-12-31,no\nx,booth,a,b,,,2025-01-01,,no",
	} {
		head, _, _ := strings.Cut(table, "\n")
		if _, err := inspection.ParseChecklists(strings.NewReader(head+"\n"+row+"\n"), registry.LawPapers{}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestTheLastAnswerToAnItemCounts(t *testing.T) {
	t.Parallel()
	list, _ := lists(t).On(inspection.OfBooth, "2026-05-01")
	last := inspection.Last(list, []inspection.Said{{Item: "safe", Answer: inspection.OK}, {Item: "new", Answer: inspection.OK}, {Item: "safe", Answer: inspection.NotOK}, {Item: "gone"}})
	if len(last) != 2 || last[0].Item != "new" || last[1].Answer != inspection.NotOK {
		t.Errorf("they are %+v", last)
	}
}

func TestWhenThePublicReadsOfAFinding(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		finding inspection.Finding
		rule    inspection.Shown
		want    bool
	}{
		"before its day":                 {inspection.Finding{State: inspection.Open, DueOn: "2026-11-24"}, inspection.ShownLate, false},
		"after its day":                  {inspection.Finding{State: inspection.Open, DueOn: "2026-11-22"}, inspection.ShownLate, true},
		"at once was asked":              {inspection.Finding{State: inspection.Open}, inspection.ShownLate, true},
		"it concerns safety":             {inspection.Finding{State: inspection.Open, DueOn: "2026-11-24", Safety: true}, inspection.ShownLate, true},
		"mended, nobody looked":          {inspection.Finding{State: inspection.Remedied, DueOn: "2026-11-22"}, inspection.ShownLate, true},
		"closed":                         {inspection.Finding{State: inspection.Closed, Safety: true}, inspection.ShownAtOnce, false},
		"the province says at once":      {inspection.Finding{State: inspection.Open, DueOn: "2026-11-24"}, inspection.ShownAtOnce, true},
		"the province says safety alone": {inspection.Finding{State: inspection.Open, DueOn: "2026-11-01"}, inspection.ShownSafety, false},
	} {
		if got := c.finding.Public(c.rule, "2026-11-22", "2026-11-23"); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestEveryStepOfAFindingHasAWayBack(t *testing.T) {
	t.Parallel()
	for _, s := range inspection.FindingStates {
		if s != inspection.Open && !s.CanBecome(inspection.Open) {
			t.Errorf("%s cannot be open again", s)
		}
	}
	if inspection.Closed.CanBecome(inspection.HandedOver) || inspection.Open.CanBecome(inspection.Open) {
		t.Error("a step that there is not")
	}
}

func TestNumbersOfPapers(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]inspection.Record{"27/BB-KT": {Kind: inspection.Joint, N: 27}, "05/BB-TKT": {Kind: inspection.Self, N: 5}, "": {Kind: inspection.Inspection}} {
		if r.Number() != want {
			t.Errorf("%q, want %q", r.Number(), want)
		}
	}
}
