package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// drawJSON is a public draw of booths.
type drawJSON struct {
	N          int    `json:"n"`
	State      string `json:"state"`
	LockedAt   int64  `json:"locked_at"`
	EndedAt    int64  `json:"ended_at,omitempty"`
	Reason     string `json:"reason,omitempty"`
	ListCode   string `json:"list_code"`
	Commitment string `json:"commitment"`
	RecordCode string `json:"record_code,omitempty"`
}

// eventDraws answers GET /api/v1/events/:slug/draws.
func (d *door) eventDraws(c *fiber.Ctx) error {
	list, err := d.app.Draws.List(c.UserContext(), registry.Actor{}, c.Params("slug"))
	if err != nil {
		return err
	}
	out := make([]drawJSON, len(list))
	for i, r := range list {
		out[i] = drawJSON{r.N, string(r.State), r.LockedAt, r.EndedAt, r.Reason, r.Log.ListCode, r.Log.Commitment, r.Log.RecordCode}
	}
	return c.JSON(fiber.Map{"draws": out})
}

// drawLog answers GET /api/v1/events/:slug/draws/:n with the log as anybody may check it.
func (d *door) drawLog(c *fiber.Ctx) error {
	n, err := strconv.Atoi(c.Params("n"))
	if err != nil || n < 1 {
		return registry.E(registry.NotFound, "error.not_found")
	}
	f, tag, err := d.app.Draws.File(c.UserContext(), registry.Actor{}, c.Params("slug"), n)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderETag, `"`+tag+`"`)
	if c.Fresh() {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	return c.Send(f.Data)
}
