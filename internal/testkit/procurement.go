package testkit

import (
	"hoicho/internal/app/campaign"
	"hoicho/internal/app/costs"
	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Body makes a body that uses the budget, in the commune of Ba Bể unless the test says
// otherwise.
func (k *Kit) Body(changes ...func(*campaign.BodyInput)) committee.Body {
	k.T.Helper()
	in := campaign.BodyInput{Kind: string(committee.BudgetAgency), Name: "Ủy ban nhân dân xã Ba Bể", Area: BaBe.String()}
	for _, change := range changes {
		change(&in)
	}
	b, err := k.App.Campaign.CreateBody(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return b
}

// ActsFor is somebody of a body, with a session.
func (k *Kit) ActsFor(b committee.Body) (registry.Actor, string) {
	k.T.Helper()
	actor, token := k.Officer(registry.Branch, b.Area.Code)
	k.ActFor(actor, b)
	return actor, token
}

// ActFor lets an account act for a body.
func (k *Kit) ActFor(actor registry.Actor, b committee.Body) {
	k.T.Helper()
	k.Write(func(tx *store.Tx) error {
		return tx.AddBodyPerson(k.T.Context(), b.ID, actor.Account, actor.Account)
	})
}

// TypedReport is what a body bought of office equipment in the quarter that is over.
func (k *Kit) TypedReport(b committee.Body) procurement.Input {
	over := committee.QuarterOver(k.App.Today())
	return procurement.Input{Body: string(b.ID), Year: over.FirstDay()[:4], Part: string(over.Part), Group: "office_equipment",
		Total: "120 triệu", Domestic: "90 triệu", Paper: "Báo cáo 15/BC-UBND", Note: "Đã gồm hóa đơn tháng cuối."}
}

// Reported enters TypedReport, changed as the test likes.
func (k *Kit) Reported(b committee.Body, changes ...func(*procurement.Input)) committee.Purchase {
	k.T.Helper()
	in := k.TypedReport(b)
	for _, change := range changes {
		change(&in)
	}
	p, _, err := k.App.Procurement.Enter(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return p
}

// TypedSupport is help that a producer of Ba Bể was given, typed in full.
func (k *Kit) TypedSupport() procurement.SupportInput {
	day := vn.ShowDate(vn.AddDays(k.App.Today(), -40))
	return procurement.SupportInput{Kind: string(committee.SupportBrand), Producer: "HTX miến dong Ba Bể", Area: BaBe.String(), Provider: "Quỹ Hỗ trợ nông dân",
		What: "5.000 tem truy xuất", Amount: "45 triệu", Since: day, Ended: vn.ShowDate(vn.AddDays(k.App.Today(), -10)), Paper: "12/QĐ-SCT"}
}

// Supported enters TypedSupport, changed as the test likes.
func (k *Kit) Supported(changes ...func(*procurement.SupportInput)) committee.SupportGiven {
	k.T.Helper()
	in := k.TypedSupport()
	for _, change := range changes {
		change(&in)
	}
	s, err := k.App.Procurement.EnterSupport(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return s
}

// TypedMatching is a buyer and a producer brought together four months ago, typed in full.
func (k *Kit) TypedMatching() procurement.MatchingInput {
	day := vn.ShowDate(vn.AddDays(k.App.Today(), -125))
	return procurement.MatchingInput{HeldOn: day, Meeting: "Hội nghị kết nối cung cầu", Area: BaBe.String(), Buyer: "Siêu thị Thái Hải", Producer: "HTX miến dong Ba Bể",
		Product: "miến dong", Volume: "2 tấn mỗi tháng", MemoNumber: "05/BBGN", MemoOn: day}
}

// Matched enters TypedMatching, changed as the test likes.
func (k *Kit) Matched(changes ...func(*procurement.MatchingInput)) committee.Matching {
	k.T.Helper()
	in := k.TypedMatching()
	for _, change := range changes {
		change(&in)
	}
	m, err := k.App.Procurement.EnterMatching(k.T.Context(), registry.SystemActor("test"), in)
	if err != nil {
		k.T.Fatal(err)
	}
	return m
}

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
