package api

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
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
	Products    []labelJSON   `json:"products"`
	Promotion   promotionJSON `json:"promotion"`
	SubmittedAt int64         `json:"submitted_at"` // unix ms
	OverdueDays int           `json:"overdue_days"`
	Findings    []findingJSON `json:"findings"`
	Asked       []string      `json:"asked"`
}

// labelJSON is a product with what its vendor says of its label.
type labelJSON struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Label string `json:"label,omitempty"`
}

// promotionJSON is what a vendor means to cut off its prices.
type promotionJSON struct {
	Percent int    `json:"percent"`
	Basis   string `json:"basis,omitempty"`
}

// findingJSON is something that does not meet the rules.
type findingJSON struct {
	Kind     string `json:"kind"`
	Paper    string `json:"paper,omitempty"`
	Product  string `json:"product,omitempty"`
	On       string `json:"on,omitempty"`
	Label    string `json:"label,omitempty"`
	Percent  int    `json:"percent,omitempty"`
	Ceiling  int    `json:"ceiling,omitempty"`
	Law      string `json:"law,omitempty"`
	Verified *bool  `json:"law_verified,omitempty"`
}

// findings writes what an application lacks, with the law that asks for it.
func (d *door) findings(list []registry.Finding) []findingJSON {
	out := []findingJSON{}
	for _, f := range list {
		row := findingJSON{Kind: string(f.Kind), Paper: string(f.Paper), Product: f.Product, On: f.On, Label: string(f.Label),
			Percent: f.Percent, Ceiling: f.Ceiling, Law: d.app.Laws.Cited(f.Law)}
		if row.Law != "" {
			verified := !d.app.Laws.Unverified(f.Law)
			row.Verified = &verified
		}
		out = append(out, row)
	}
	return out
}

// asked are the keys of what the vendor was last asked to mend or add.
func asked(asks []registry.Asked) []string {
	keys := make([]string, len(asks))
	for i, a := range asks {
		keys[i] = a.Key()
	}
	return keys
}

// applications answers GET /api/v1/office/applications: the reviewer's queue.
func (d *door) applications(c *fiber.Ctx, actor registry.Actor) error {
	q, err := d.app.Booths.ReviewQueue(c.UserContext(), actor, booths.QueueFilter{Event: registry.EventID(c.Query("event")), After: c.Query("after")})
	if err != nil {
		return err
	}
	out := []applicationJSON{}
	for _, r := range q.Rows {
		products := []labelJSON{}
		for _, p := range r.Brought {
			products = append(products, labelJSON{string(p.ID), p.Name, string(p.Label)})
		}
		out = append(out, applicationJSON{ID: string(r.ID), Number: r.Number, Version: r.Version, State: string(r.State), Event: string(r.Event),
			Vendor: string(r.Vendor), VendorName: r.VendorName, Booths: r.Booths, Goods: append([]string{}, r.Goods...),
			Products: products, Promotion: promotionJSON{r.Promotion.Percent, string(r.Promotion.Basis)},
			SubmittedAt: r.SubmittedAt, OverdueDays: r.Overdue, Findings: d.findings(r.Findings),
			Asked: asked(r.Asks)})
	}
	return c.JSON(fiber.Map{"applications": out, "waiting": q.Waiting, "overdue": q.Overdue, "next": q.Next})
}

// decide answers POST /api/v1/office/applications/:id/decision.
func (d *door) decide(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		Decision string   `json:"decision"`
		Reason   string   `json:"reason"`
		Ask      []string `json:"ask"`
		Granted  int      `json:"granted"`
		Version  int64    `json:"version"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	ctx, id := c.UserContext(), registry.ApplicationID(c.Params("id"))
	decision := booths.Decision{Version: in.Version, Granted: in.Granted, Reason: in.Reason, Asks: in.Ask}
	var err error
	switch in.Decision {
	case "approve":
		err = d.app.Booths.ApproveApplication(ctx, actor, id, decision)
	case "waitlist":
		err = d.app.Booths.WaitlistApplication(ctx, actor, id, decision)
	case "ask":
		err = d.app.Booths.AskForMore(ctx, actor, id, decision)
	case "decline":
		err = d.app.Booths.DeclineApplication(ctx, actor, id, decision)
	default:
		err = registry.At("decision", "error.choose")
	}
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
