package api

import "github.com/gofiber/fiber/v2"

// areaJSON is a unit as a picker shows it.
type areaJSON struct {
	Ref    string `json:"ref"`
	Name   string `json:"name"`
	Parent string `json:"parent"`
	Was    string `json:"was,omitempty"` // the unit of before 07/2025 by whose name it was found
}

// areas answers GET /api/v1/areas?q=ba+be&on=2024-05-01: units whose name fits,
// in the edition of that date (today if absent), at most 12, those of the installation's
// province first where names fit as well.
func (d *door) areas(c *fiber.Ctx) error {
	on := d.app.DayOrToday(c.Query("on"))
	if err := readable(c, filter{"on", on == c.Query("on")}); err != nil {
		return err
	}
	home, err := d.app.Events.Province(c.UserContext())
	if err != nil {
		return err
	}
	found := d.app.Areas.SearchNear(c.Query("q"), on, home.Ref, 12)
	out := make([]areaJSON, len(found))
	for i, a := range found {
		out[i] = areaJSON{Ref: a.Ref.String(), Name: d.app.Areas.FullName(a.Area, on), Parent: d.app.Areas.ParentName(a.Area, on), Was: a.Was}
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.JSON(fiber.Map{"areas": out})
}
