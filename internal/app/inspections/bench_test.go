package inspections_test

import (
	"testing"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// BenchmarkRegister reads a page of a register of 5,000 records, each with a finding.
func BenchmarkRegister(b *testing.B) {
	k := testkit.NewApp(b)
	one := k.Recorded()
	lan, _ := k.Officer(registry.Inspector, "19")
	var whole inspection.Record
	k.Read(func(tx *store.Tx) (err error) {
		whole, err = tx.Inspection(b.Context(), one.ID)
		return err
	})
	for part := range 10 {
		k.Write(func(tx *store.Tx) error { return more(b, k, tx, whole, part) })
	}
	for name, f := range map[string]inspection.Filter{"all": {}, "with something open": {Finding: inspection.Open}, "past its day": {Late: k.App.Today()}} {
		b.Run(name, func(b *testing.B) {
			f.Limit = 50
			var r inspections.Register
			for b.Loop() {
				var err error
				if r, err = k.App.Inspections.Register(b.Context(), lan, f); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(r.N), "rows")
		})
	}
}

// more stores five hundred records like one.
func more(b *testing.B, k *testkit.Kit, tx *store.Tx, one inspection.Record, part int) error {
	for i := range 500 {
		r := one
		r.ID, r.Client, r.Said, r.On = "", store.NewID[string](), nil, registry.AddDays(one.On, -((part*500+i)%300))
		if err := tx.InsertInspection(b.Context(), &r, k.App.Areas.Scope(r.Area)); err != nil {
			return err
		}
		if err := tx.InsertFindings(b.Context(), []inspection.Finding{{Record: r.ID, Words: "x", DueOn: r.On}}, "A"); err != nil {
			return err
		}
	}
	return nil
}
