package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestSurveyComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			s := committee.Survey{Title: "Ưu tiên hàng Việt", Question: "Có ưu tiên không?", Method: committee.ByInterview, MethodNote: "ở chợ", Sample: 1200,
				Population: "người từ 18 tuổi", Area: nghiaTa, From: "2026-09-01", Until: "2026-09-20", By: "Viện", Source: "BC 15", Link: "https://a.vn",
				Share: 834, IssuedOn: "2026-10-01", Public: true, EnteredBy: "officer", EnteredAs: "Lan"}
			must(t, tx.InsertSurvey(t.Context(), &s, theCommune))
			got, err := tx.Survey(t.Context(), s.ID)
			if diff := cmp.Diff(s, got); err != nil || diff != "" {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			s.Share, s.Public, s.IssuedOn = 1000, false, ""
			must(t, tx.SaveSurvey(t.Context(), &s, theCommune))
			must(t, tx.StrikeSurvey(t.Context(), &s, "Lan", "nhầm"))
			if got, err = tx.Survey(t.Context(), s.ID); err != nil || cmp.Diff(s, got) != "" || !got.Struck() {
				t.Errorf("struck out, it came back with %v, differing by\n%s", err, cmp.Diff(s, got))
			}
			old := s
			old.Version--
			for name, err := range map[string]error{"saving": tx.SaveSurvey(t.Context(), &old, theCommune), "striking": tx.StrikeSurvey(t.Context(), &old, "Lan", "x")} {
				if registry.KindOf(err) != registry.Conflict {
					t.Errorf("%s an old version gives %v, want a conflict", name, err)
				}
			}
			return nil
		})
	})
}

func TestSurveysAreFoundByWhatIsAsked(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			add := func(until string, public bool, scope registry.Scope) committee.Survey {
				s := committee.Survey{Title: "x", Question: "x", Method: committee.Online, Sample: 1, Area: nghiaTa, From: until, Until: until, Source: "x",
					Public: public, IssuedOn: until, EnteredBy: "officer"}
				must(t, tx.InsertSurvey(t.Context(), &s, scope))
				return s
			}
			add("2020-09-30", true, theCommune)
			add("2026-09-30", false, otherPlaces)
			struck := add("2026-10-30", true, theCommune)
			must(t, tx.StrikeSurvey(t.Context(), &struck, "Lan", "nhầm"))
			for name, c := range map[string]struct {
				f    committee.SurveyFilter
				want int
			}{
				"all":             {committee.SurveyFilter{}, 3},
				"that stand":      {committee.SurveyFilter{Stands: true}, 2},
				"public":          {committee.SurveyFilter{Public: true}, 1},
				"of a year":       {committee.SurveyFilter{Year: "2026"}, 2},
				"within reach":    {committee.SurveyFilter{Codes: []string{"02029"}}, 2},
				"within no reach": {committee.SurveyFilter{Codes: []string{}}, 0},
			} {
				if rows, err := tx.Surveys(t.Context(), c.f); err != nil || len(rows) != c.want {
					t.Errorf("%s: %d, want %d (%v)", name, len(rows), c.want, err)
				}
			}
			return nil
		})
	})
}
