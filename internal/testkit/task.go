package testkit

import (
	"hoicho/internal/app/campaign"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
)

// Task makes a task of this year's plan of Thái Nguyên, with the committee that issued
// the plan and leads the task.
func (k *Kit) Task() committee.Task {
	k.T.Helper()
	ctx, actor := k.T.Context(), registry.SystemActor("test")
	body, err := k.App.Campaign.CreateBody(ctx, actor, campaign.BodyInput{Kind: string(committee.SteeringCommittee), Name: "Ban Chỉ đạo tỉnh", Area: "2025:19"})
	if err != nil {
		k.T.Fatal(err)
	}
	year := k.App.Today()[:4]
	plan, err := k.App.Campaign.CreatePlan(ctx, actor, campaign.PlanInput{Year: year, Area: "2025:19", Title: "Kế hoạch năm " + year, Issuer: string(body.ID)})
	if err != nil {
		k.T.Fatal(err)
	}
	task, err := k.App.Campaign.CreateTask(ctx, actor, plan.ID, campaign.TaskInput{Strand: string(committee.Sessions), Kind: string(committee.Carry),
		Title: "Phiên chợ tại các xã", Lead: string(body.ID), Source: string(committee.NoSource)})
	if err != nil {
		k.T.Fatal(err)
	}
	return task
}
