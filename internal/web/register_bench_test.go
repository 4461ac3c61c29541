package web_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/google/uuid"

	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// BenchmarkRegisters opens the registers of 2,000 reports of procurement and of 5,000
// inspections, as an officer of the province does: over HTTP, nothing kept.
func BenchmarkRegisters(b *testing.B) {
	k := testkit.NewApp(b)
	var bodies []committee.Body
	for i := range 100 {
		bodies = append(bodies, k.Body(func(in *campaign.BodyInput) { in.Name = fmt.Sprintf("Cơ quan %d", i) }))
	}
	today := k.App.Today()
	list, _ := k.App.Inspections.Lists.On(inspection.OfBody, today)
	year, err := strconv.Atoi(today[:4])
	if err != nil {
		b.Fatal(err)
	}
	k.Write(func(tx *store.Tx) error {
		for i := range 2000 {
			p := committee.Purchase{Body: bodies[i%100].ID, Group: committee.GoodsGroups[i/100%10].ID, Total: 1_000_000, Domestic: 700_000,
				Period: committee.Period{Year: year, Part: []committee.Part{committee.Quarter1, committee.Quarter2}[i/1000]}, EnteredBy: "officer", EnteredAs: "Lan", EnteredAt: tx.NowMS()}
			if err := tx.InsertProcurement(b.Context(), &p); err != nil {
				return err
			}
		}
		for i := range 5000 {
			body := bodies[i%100]
			r := inspection.Record{Client: uuid.NewString(), Entered: "officer", EnterAs: "Lan", Kind: inspection.Self, Subject: inspection.Subject{Kind: inspection.OfBody, Name: body.Name, Body: body.ID},
				Area: body.Area, Year: year, On: vn.AddDays(today, -i%300), List: list, State: inspection.Received, Received: tx.NowMS()}
			r.Series = inspection.SeriesOf(r.Kind, "", r.Area)
			if err := tx.InsertInspection(b.Context(), &r, k.App.Areas.Scope(r.Area)); err != nil {
				return err
			}
			if err := tx.HandInInspection(b.Context(), &r); err != nil {
				return err
			}
		}
		return nil
	})
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(b, k.Serve())
	c.SignInAs(token)
	for name, path := range map[string]string{"procurement": "/quan-ly/mua-sam", "inspections": "/quan-ly/kiem-tra"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if got := c.Get(path); got.Status != 200 {
					b.Fatalf("%s: %d", path, got.Status)
				}
			}
		})
	}
}
