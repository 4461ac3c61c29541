package api

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// reportJSON is the result report of an event in figures.
type reportJSON struct {
	Event    string       `json:"event"`
	State    string       `json:"state"`
	ClosedAt int64        `json:"closed_at,omitempty"` // unix ms; absent while the figures are those of now
	Missing  int          `json:"vendors_without_sales"`
	Figures  []figureJSON `json:"figures"`
}

// figureJSON is a figure by the key that the pages and files of the report use.
type figureJSON struct {
	Key string `json:"key"`
	N   int64  `json:"n"`
}

// report answers GET /api/v1/office/events/:id/report.
func (d *door) report(c *fiber.Ctx, actor registry.Actor) error {
	r, err := d.app.Reports.EventReport(c.UserContext(), actor, registry.EventID(c.Params("id")))
	if err != nil {
		return err
	}
	out := reportJSON{Event: string(r.Event.ID), State: string(r.Event.State), ClosedAt: r.Stored.ClosedAt, Missing: r.Missing, Figures: []figureJSON{}}
	for _, line := range r.Figures() {
		out.Figures = append(out.Figures, figureJSON{string(line.Key), line.N})
	}
	return c.JSON(out)
}
