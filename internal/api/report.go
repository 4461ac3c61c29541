package api

import (
	"mime"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/templates"
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

// filledReport answers GET /api/v1/office/events/:id/report/filled: the report in the Word template
// of its place or province.
func (d *door) filledReport(c *fiber.Ctx, actor registry.Actor) error {
	p, err := d.app.Reports.TemplatePaper(c.UserContext(), actor, registry.EventID(c.Params("id")), "vi")
	if err != nil {
		return err
	}
	return d.sendFilled(c, p)
}

// sendFilled sends a paper in the template of the nearest owner that has one.
func (d *door) sendFilled(c *fiber.Ctx, p templates.Paper) error {
	f, err := d.app.Templates.Filled(c.UserContext(), p)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	return c.Send(f.Data)
}
