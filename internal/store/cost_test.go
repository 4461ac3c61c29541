package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestCostComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			plan := plannedIn(t, tx)
			c := committee.Cost{Plan: plan.plan.ID, Kind: committee.CostAwards, Source: committee.SourceContribution, Title: "Khen thưởng", Estimate: 9_000_000_000_000,
				Paid: true, Spent: 0, Paper: "12/QĐ", PaperOn: "2026-02-01", Entered: committee.Entry{By: "officer", As: "Lan"}}
			must(t, tx.InsertCost(t.Context(), &c))
			got, err := tx.Cost(t.Context(), c.ID)
			if diff := cmp.Diff(c, got); err != nil || diff != "" || c.N != 1 {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			c.Paid, c.Estimate, c.Kind = false, 5, committee.CostOther
			must(t, tx.SaveCost(t.Context(), &c))
			c.Struck = committee.Struck{By: "Lan", Why: "nhầm"}
			must(t, tx.StrikeCost(t.Context(), &c))
			list, err := tx.CostsOfPlan(t.Context(), plan.plan.ID)
			if err != nil || len(list) != 1 || cmp.Diff(c, list[0]) != "" {
				t.Errorf("the plan has %+v, %v", list, err)
			}
			c.Version--
			if err := tx.SaveCost(t.Context(), &c); registry.KindOf(err) != registry.Conflict {
				t.Errorf("saving an old version gives %v, want a conflict", err)
			}
			return nil
		})
	})
}
