package api

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
	"hoicho/internal/registry"
)

// applicationJSON is an application as the reviewer's queue shows it.
type applicationJSON struct {
	ID          string        `json:"id"`
	Number      int64         `json:"number"`
	Version     int64         `json:"version"`
	State       string        `json:"state"`
	Event       string        `json:"event"`
	Vendor      string        `json:"vendor"`
	VendorName  string        `json:"vendor_name"`
	Booths      int           `json:"booths"`
	Goods       []string      `json:"goods"`
	SubmittedAt int64         `json:"submitted_at"` // unix ms
	OverdueDays int           `json:"overdue_days"`
	Findings    []findingJSON `json:"findings"`
}

// findingJSON is a paper that is missing or lapses before the last day.
type findingJSON struct {
	Kind    string `json:"kind"`
	Paper   string `json:"paper,omitempty"`
	Product string `json:"product,omitempty"`
	On      string `json:"on,omitempty"`
}

// applications answers GET /api/v1/office/applications: the reviewer's queue.
func (d *door) applications(c *fiber.Ctx, actor registry.Actor) error {
	q, err := d.app.ReviewQueue(c.UserContext(), actor, app.QueueFilter{Event: registry.EventID(c.Query("event")), After: c.Query("after")})
	if err != nil {
		return err
	}
	out := []applicationJSON{}
	for _, r := range q.Rows {
		findings := []findingJSON{}
		for _, f := range r.Findings {
			findings = append(findings, findingJSON{string(f.Kind), string(f.Paper), f.Product, f.On})
		}
		out = append(out, applicationJSON{ID: string(r.ID), Number: r.Number, Version: r.Version, State: string(r.State), Event: string(r.Event),
			Vendor: string(r.Vendor), VendorName: r.VendorName, Booths: r.Booths, Goods: append([]string{}, r.Goods...),
			SubmittedAt: r.SubmittedAt, OverdueDays: r.Overdue, Findings: findings})
	}
	return c.JSON(fiber.Map{"applications": out, "waiting": q.Waiting, "overdue": q.Overdue, "next": q.Next})
}

// decide answers POST /api/v1/office/applications/:id/decision.
func (d *door) decide(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		Decision string `json:"decision"`
		Reason   string `json:"reason"`
		Granted  int    `json:"granted"`
		Version  int64  `json:"version"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	ctx, id := c.UserContext(), registry.ApplicationID(c.Params("id"))
	decision := app.Decision{Version: in.Version, Granted: in.Granted, Reason: in.Reason}
	var err error
	switch in.Decision {
	case "approve":
		err = d.app.ApproveApplication(ctx, actor, id, decision)
	case "waitlist":
		err = d.app.WaitlistApplication(ctx, actor, id, decision)
	case "ask":
		err = d.app.AskForMore(ctx, actor, id, decision)
	case "decline":
		err = d.app.DeclineApplication(ctx, actor, id, decision)
	default:
		err = registry.At("decision", "error.choose")
	}
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
