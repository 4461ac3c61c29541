package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestProcurementComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			plan := plannedIn(t, tx)
			file, err := tx.InsertFile(t.Context(), registry.File{ContentType: "image/jpeg", Name: "a.jpg", Data: []byte("x")})
			must(t, err)
			p := committee.Purchase{Body: plan.trade.ID, Period: committee.Period{Year: 2026, Part: committee.Quarter2}, Group: "computers", Total: 5_000_000_000_000,
				Domestic: 3, Paper: "15/BC", Photo: file, Note: "hai\ndòng", EnteredBy: "officer", EnteredAs: "Lan"}
			must(t, tx.InsertProcurement(t.Context(), &p))
			got, err := tx.Procurement(t.Context(), p.ID)
			if diff := cmp.Diff(p, got); err != nil || diff != "" || p.N != 1 {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			again := p
			again.ID = ""
			if err := tx.InsertProcurement(t.Context(), &again); registry.KindOf(err) != registry.Conflict {
				t.Errorf("the same again gives %v, want a conflict", err)
			}
			old := p
			p.Total, p.Domestic, p.Photo, p.Paper = 10, 4, "", ""
			must(t, tx.FixProcurement(t.Context(), &p, committee.ProcurementFix{By: "Lan", Total: old.Total, Domestic: old.Domestic, Reason: "thiếu"}, "officer"))
			if got, err = tx.Procurement(t.Context(), p.ID); err != nil || cmp.Diff(p, got) != "" {
				t.Errorf("corrected, it came back with %v, differing by\n%s", err, cmp.Diff(p, got))
			}
			if err := tx.FixProcurement(t.Context(), &old, committee.ProcurementFix{Reason: "x"}, "officer"); registry.KindOf(err) != registry.Conflict {
				t.Errorf("correcting an old version gives %v, want a conflict", err)
			}
			fixes, err := tx.ProcurementFixes(t.Context(), p.ID)
			if err != nil || len(fixes) != 1 || fixes[0].Total != old.Total || fixes[0].Reason != "thiếu" || fixes[0].At == 0 {
				t.Errorf("its corrections are %+v, %v", fixes, err)
			}
			must(t, tx.StrikeProcurement(t.Context(), &p, "Lan", "nhầm"))
			if got, err = tx.Procurement(t.Context(), p.ID); err != nil || cmp.Diff(p, got) != "" || !got.Struck() {
				t.Errorf("struck out, it came back with %v, differing by\n%s", err, cmp.Diff(p, got))
			}
			must(t, tx.InsertProcurement(t.Context(), &again))
			return nil
		})
	})
}

func TestProcurementIsFoundAddedUpAndClosed(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			plan := plannedIn(t, tx)
			commune := committee.Body{Kind: committee.BudgetAgency, Area: nghiaTa, Name: "UBND xã"}
			must(t, tx.InsertBody(t.Context(), &commune, theCommune))
			enter := func(b committee.Body, part committee.Part, group committee.GoodsGroupID, total, domestic int64) committee.Purchase {
				p := committee.Purchase{Body: b.ID, Period: committee.Period{Year: 2026, Part: part}, Group: group, Total: total, Domestic: domestic, EnteredBy: "o", EnteredAs: "Lan"}
				must(t, tx.InsertProcurement(t.Context(), &p))
				return p
			}
			enter(plan.trade, committee.Quarter1, "food", 100, 90)
			enter(commune, committee.Quarter1, "food", 50, 10)
			enter(commune, committee.Half2, "computers", 7, 0)
			struck := enter(plan.trade, committee.Quarter2, "food", 1000, 1000)
			must(t, tx.StrikeProcurement(t.Context(), &struck, "Lan", "nhầm"))
			for name, c := range map[string]struct {
				change    func(*committee.ProcurementFilter)
				rows      int
				sum       committee.ProcurementSum // of food
				reporters int
			}{
				"the year":          {func(*committee.ProcurementFilter) {}, 4, committee.ProcurementSum{Rows: 2, Total: 150, Domestic: 100}, 2},
				"another year":      {func(f *committee.ProcurementFilter) { f.Year = 2025 }, 0, committee.ProcurementSum{}, 0},
				"the commune":       {func(f *committee.ProcurementFilter) { f.Codes = []string{"02029"} }, 2, committee.ProcurementSum{Rows: 1, Total: 50, Domestic: 10}, 1},
				"the unit":          {func(f *committee.ProcurementFilter) { f.Area = "19" }, 4, committee.ProcurementSum{Rows: 2, Total: 150, Domestic: 100}, 2},
				"elsewhere":         {func(f *committee.ProcurementFilter) { f.Codes = []string{"01894"} }, 0, committee.ProcurementSum{}, 0},
				"own bodies":        {func(f *committee.ProcurementFilter) { f.Bodies = []registry.BodyID{plan.trade.ID} }, 2, committee.ProcurementSum{Rows: 1, Total: 100, Domestic: 90}, 1},
				"no body":           {func(f *committee.ProcurementFilter) { f.Bodies = []registry.BodyID{} }, 0, committee.ProcurementSum{}, 0},
				"a quarter":         {func(f *committee.ProcurementFilter) { f.Parts = []committee.Part{committee.Quarter1} }, 2, committee.ProcurementSum{Rows: 2, Total: 150, Domestic: 100}, 2},
				"a group":           {func(f *committee.ProcurementFilter) { f.Group = "computers" }, 1, committee.ProcurementSum{}, 1},
				"a body":            {func(f *committee.ProcurementFilter) { f.Body = commune.ID }, 2, committee.ProcurementSum{Rows: 1, Total: 50, Domestic: 10}, 1},
				"what counts alone": {func(f *committee.ProcurementFilter) { f.Counts = true }, 3, committee.ProcurementSum{Rows: 2, Total: 150, Domestic: 100}, 2},
			} {
				f := committee.ProcurementFilter{Year: 2026}
				c.change(&f)
				rows, err := tx.Procurements(t.Context(), f)
				must(t, err)
				n, err := tx.CountProcurements(t.Context(), f)
				must(t, err)
				sums, err := tx.SumProcurements(t.Context(), f)
				must(t, err)
				who, err := tx.ReportingBodies(t.Context(), f)
				if err != nil || len(rows) != c.rows || n != c.rows || sums["food"] != c.sum || len(who) != c.reporters {
					t.Errorf("%s: %d rows, counted %d, food %+v, %d bodies, %v", name, len(rows), n, sums["food"], len(who), err)
				}
			}
			closing := committee.ProcurementClosing{Area: "19", Period: committee.Period{Year: 2026, Part: committee.Quarter1}, By: "Lan", Reason: "hết hạn"}
			must(t, tx.CloseProcurement(t.Context(), &closing, "officer"))
			if err := tx.CloseProcurement(t.Context(), &closing, "officer"); registry.KindOf(err) != registry.Conflict {
				t.Errorf("closing twice gives %v", err)
			}
			got, err := tx.ProcurementClosings(t.Context(), 2026, theCommune)
			if err != nil || len(got) != 1 || cmp.Diff(closing, got[0]) != "" {
				t.Errorf("the closings are %+v, %v", got, err)
			}
			if got, err = tx.ProcurementClosings(t.Context(), 2026, []string{"01"}); err != nil || len(got) != 0 {
				t.Errorf("elsewhere they are %+v, %v", got, err)
			}
			must(t, tx.ReopenProcurement(t.Context(), "19", closing.Period))
			return nil
		})
	})
}
