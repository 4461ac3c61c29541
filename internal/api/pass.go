package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
)

// passJSON is a pass as the office sees it. The proof is left out: who may print
// passes prints them.
type passJSON struct {
	ID       string `json:"id"`
	Code     string `json:"code"`
	Kind     string `json:"kind"`
	State    string `json:"state"`
	Reason   string `json:"reason,omitempty"`
	Booth    string `json:"booth,omitempty"`
	Vendor   string `json:"vendor,omitempty"`
	Label    string `json:"label,omitempty"`
	FirstDay string `json:"first_day"`
	LastDay  string `json:"last_day"`
	Test     bool   `json:"test"`
}

const passesAPage = 500

// passes answers GET /api/v1/office/events/:id/passes, 500 a page.
func (d *door) passes(c *fiber.Ctx, actor registry.Actor) error {
	f := registry.PassFilter{Event: registry.EventID(c.Params("id")), Kind: registry.PassKind(c.Query("kind")),
		State: registry.PassState(c.Query("state")), After: registry.PassID(c.Query("after")), Limit: passesAPage}
	known := slices.Contains([]registry.PassState{registry.PassValid, registry.PassBlocked, registry.PassRevoked}, f.State)
	if err := readable(c, filter{"kind", f.Kind.Number() > 0}, filter{"state", known}); err != nil {
		return err
	}
	_, rows, total, err := d.app.Passes.EventPasses(c.UserContext(), actor, f)
	if err != nil {
		return err
	}
	out := []passJSON{}
	for _, r := range rows {
		out = append(out, passJSON{ID: string(r.ID), Code: r.Code, Kind: string(r.Kind), State: string(r.State), Reason: r.StateReason,
			Booth: r.BoothCode, Vendor: r.VendorName, Label: r.Label, FirstDay: r.FirstDay, LastDay: r.LastDay(), Test: r.Test})
	}
	return c.JSON(fiber.Map{"passes": out, "total": total})
}

// issuePasses answers POST /api/v1/office/events/:id/passes.
func (d *door) issuePasses(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		Kind     string `json:"kind"`
		Count    int    `json:"count"`
		Label    string `json:"label"`
		FirstDay string `json:"first_day"`
		Days     int    `json:"days"`
		Test     bool   `json:"test"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	err := d.app.Passes.IssuePasses(c.UserContext(), actor, registry.EventID(c.Params("id")), passes.IssueInput{Kind: registry.PassKind(in.Kind),
		Count: in.Count, Label: in.Label, FirstDay: in.FirstDay, Days: in.Days, Test: in.Test})
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusCreated)
}

// stepPass answers POST /api/v1/office/passes/:pass/state.
func (d *door) stepPass(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		To     string `json:"to"`
		Reason string `json:"reason"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	if err := d.app.Passes.StepPass(c.UserContext(), actor, registry.PassID(c.Params("pass")), registry.PassState(in.To), in.Reason); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
