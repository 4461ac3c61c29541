package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestSupportComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			plan := plannedIn(t, tx)
			s := committee.SupportGiven{Kind: committee.SupportTechnology, Producer: committee.Producer{Name: "HTX Nghĩa Tá"}, Area: nghiaTa, Body: plan.trade.ID,
				What: "máy sấy", Amount: 45_000_000, From: "2026-02-01", Until: "2026-03-01", Result: "hai\ndòng", Paper: "12/QĐ",
				Entered: committee.Entry{By: "officer", As: "Lan"}}
			must(t, tx.InsertSupport(t.Context(), &s, theCommune))
			got, err := tx.Support(t.Context(), s.ID)
			if diff := cmp.Diff(s, got); err != nil || diff != "" || s.N != 1 {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			s.Body, s.Provider, s.Until, s.Amount = "", "Quỹ", "", 0
			must(t, tx.SaveSupport(t.Context(), &s, theCommune))
			s.Struck = committee.Struck{By: "Lan", Why: "nhầm"}
			must(t, tx.StrikeSupport(t.Context(), &s))
			if got, err = tx.Support(t.Context(), s.ID); err != nil || cmp.Diff(s, got) != "" || !got.Struck.Is() {
				t.Errorf("saved and struck out, it came back with %v, differing by\n%s", err, cmp.Diff(s, got))
			}
			if sums, err := tx.SumSupports(t.Context(), committee.SupportFilter{Year: 2026}); err != nil || len(sums) != 0 {
				t.Errorf("struck out it adds up to %+v, %v", sums, err)
			}
			s.Version--
			if err := tx.SaveSupport(t.Context(), &s, theCommune); registry.KindOf(err) != registry.Conflict {
				t.Errorf("saving an old version gives %v, want a conflict", err)
			}
			for name, f := range map[string]committee.SupportFilter{"its commune": {Codes: []string{"02029"}}, "its province": {Area: "19"}, "its kind": {Kind: committee.SupportTechnology}} {
				if n, err := tx.CountSupports(t.Context(), f); err != nil || n != 1 {
					t.Errorf("by %s there are %d, %v", name, n, err)
				}
			}
			for name, f := range map[string]committee.SupportFilter{"another commune": {Codes: []string{"01894"}}, "another year": {Year: 2025}, "what counts": {Counts: true}} {
				if n, err := tx.CountSupports(t.Context(), f); err != nil || n != 0 {
					t.Errorf("by %s there are %d, %v", name, n, err)
				}
			}
			return nil
		})
	})
}

func TestMatchingComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			m := committee.Matching{HeldOn: "2026-02-01", Meeting: "Hội nghị", Area: nghiaTa, Buyer: "Siêu thị", Producer: committee.Producer{Name: "HTX"}, Product: "miến",
				Volume: "2 tấn", MemoNumber: "05/BBGN", MemoOn: "2026-02-02", Entered: committee.Entry{By: "officer", As: "Lan"}}
			m.Schedule()
			must(t, tx.InsertMatching(t.Context(), &m, theCommune))
			got, err := tx.Matching(t.Context(), m.ID)
			if diff := cmp.Diff(m, got); err != nil || diff != "" || len(got.FollowUps) != 2 {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			for day, want := range map[string]int{"2026-05-01": 0, "2026-05-02": 1} {
				if n, err := tx.CountMatchings(t.Context(), committee.MatchingFilter{DueBy: day}); err != nil || n != want {
					t.Errorf("by %s there are %d due, %v", day, n, err)
				}
			}
			m.FollowUps[0].Outcome, m.FollowUps[0].Result, m.FollowUps[0].DoneOn, m.FollowUps[0].By = committee.OutcomeTrading, "đều", "2026-05-03", "Lan"
			must(t, tx.SaveMatching(t.Context(), &m, theCommune))
			list, err := tx.Matchings(t.Context(), committee.MatchingFilter{Year: 2026, Memo: true, Area: "19"})
			if err != nil || len(list) != 1 || cmp.Diff(m, list[0]) != "" {
				t.Errorf("the list has %+v, %v", list, err)
			}
			m.Struck = committee.Struck{By: "Lan", Why: "nhầm"}
			must(t, tx.StrikeMatching(t.Context(), &m))
			if n, err := tx.CountMatchings(t.Context(), committee.MatchingFilter{DueBy: "2027-01-01"}); err != nil || n != 0 {
				t.Errorf("struck out, %d are due, %v", n, err)
			}
			return nil
		})
	})
}
