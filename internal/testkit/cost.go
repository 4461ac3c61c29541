package testkit

import (
	"hoicho/internal/app/costs"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

// TypedCost is a line of cost, typed in full.
func (k *Kit) TypedCost() costs.Input {
	return costs.Input{Kind: string(committee.CostBooths), Source: string(committee.SourceBudget), Title: "Thuê 30 gian tiêu chuẩn", Estimate: "90 triệu",
		Spent: "31.000.001", Paper: "12/QĐ-SCT", PaperOn: "01/02/2026"}
}

// Cost enters TypedCost for an event or plan, changed as the test likes.
func (k *Kit) Cost(o costs.Owner, changes ...func(*costs.Input)) committee.Cost {
	k.T.Helper()
	in := k.TypedCost()
	for _, change := range changes {
		change(&in)
	}
	c, err := k.App.Costs.Enter(k.T.Context(), registry.SystemActor("test"), o, in)
	if err != nil {
		k.T.Fatal(err)
	}
	return c
}
