package committee_test

import (
	"testing"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

func TestAShareIsReadAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]int{"83,4": 834, "83.4 %": 834, "83": 830, "0": 0, "100": 1000, "100,1": 1001, " 7,5% ": 75} {
		if got, ok := committee.ParseShare(typed); !ok || got != want {
			t.Errorf("%q is read as %d, %v, want %d", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"", "%", "83,45", "-1", "tám mươi", "1e2", "83,", ",5", "99999", "8 3"} {
		if got, ok := committee.ParseShare(typed); ok {
			t.Errorf("%q is read as %d", typed, got)
		}
	}
	for tenths, want := range map[int]string{834: "83,4 %", 830: "83 %", 5: "0,5 %", 1000: "100 %"} {
		if got := committee.ShowShare(tenths); got != want {
			t.Errorf("%d is shown as %q, want %q", tenths, got, want)
		}
	}
}

func TestSurveysAreComparedOnlyWhereTheyAskedTheSame(t *testing.T) {
	same := func(a, b registry.AreaRef) bool { return a == b }
	here := registry.AreaRef{Edition: registry.Edition2025, Code: "19"}
	of := func(id, question string, method committee.SurveyMethod, until string, share int, area registry.AreaRef) committee.Survey {
		return committee.Survey{ID: registry.SurveyID(id), Question: question, Method: method, Until: until, Share: share, Area: area}
	}
	s := of("now", "Ông/Bà có ưu tiên hàng Việt không?", committee.ByInterview, "2026-10-01", 834, here)
	like := of("like", "ông/bà có  ưu tiên hàng Việt không", committee.ByInterview, "2024-10-01", 800, here)
	for name, c := range map[string]struct {
		all    []committee.Survey
		found  bool
		with   registry.SurveyID
		why    committee.Mismatch
		change int
	}{
		"with itself alone":           {[]committee.Survey{s}, false, "", "", 0},
		"of the same year":            {[]committee.Survey{of("x", s.Question, s.Method, "2026-02-01", 1, here)}, false, "", "", 0},
		"the same words":              {[]committee.Survey{like}, true, "like", "", 34},
		"another question":            {[]committee.Survey{of("q", "Tuần qua có mua hàng Việt không?", s.Method, "2025-10-01", 1, here)}, true, "q", committee.OtherQuestion, 0},
		"another method":              {[]committee.Survey{of("m", s.Question, committee.ByPhone, "2025-10-01", 1, here)}, true, "m", committee.OtherMethod, 0},
		"another unit":                {[]committee.Survey{of("a", s.Question, s.Method, "2025-10-01", 1, registry.AreaRef{Code: "06"})}, true, "a", committee.OtherArea, 0},
		"an older one that is like":   {[]committee.Survey{of("m", s.Question, committee.ByPhone, "2025-10-01", 1, here), like}, true, "like", "", 34},
		"the newest of those alike":   {[]committee.Survey{like, of("newer", s.Question, s.Method, "2025-10-01", 850, here)}, true, "newer", "", -16},
		"the newest of those unlike":  {[]committee.Survey{of("m", s.Question, committee.ByPhone, "2023-01-01", 1, here), of("n", s.Question, committee.Online, "2024-01-01", 1, here)}, true, "n", committee.OtherMethod, 0},
		"one that was struck out":     {[]committee.Survey{func() committee.Survey { x := like; x.StruckAt = 1; return x }()}, false, "", "", 0},
		"a later one is not compared": {[]committee.Survey{of("l", s.Question, s.Method, "2027-10-01", 1, here)}, false, "", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, found := s.Compare(c.all, same)
			if found != c.found || got.With.ID != c.with || got.Why != c.why || got.Change != c.change {
				t.Errorf("compared with %q (%v), %q, %d", got.With.ID, found, got.Why, got.Change)
			}
		})
	}
}
