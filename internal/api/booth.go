package api

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
)

// boothJSON is a booth as the office sees it.
type boothJSON struct {
	ID          string `json:"id"`
	Code        string `json:"code"`
	Zone        string `json:"zone"`
	State       string `json:"state"`
	Kind        string `json:"kind"`
	WidthCM     int    `json:"width_cm"`
	DepthCM     int    `json:"depth_cm"`
	Power       bool   `json:"power"`
	FeeDong     int64  `json:"fee_dong"`
	Application string `json:"application,omitempty"`
	Vendor      string `json:"vendor,omitempty"`
}

// booths answers GET /api/v1/office/events/:id/booths.
func (d *door) booths(c *fiber.Ctx, actor registry.Actor) error {
	desk, err := d.app.Booths.BoothDesk(c.UserContext(), actor, registry.EventID(c.Params("id")))
	if err != nil {
		return err
	}
	out := []boothJSON{}
	for _, b := range desk.Booths {
		out = append(out, boothJSON{ID: string(b.ID), Code: b.Code, Zone: b.Zone, State: string(b.State), Kind: string(b.Kind),
			WidthCM: b.WidthCM, DepthCM: b.DepthCM, Power: b.Power, FeeDong: b.FeeDong,
			Application: string(b.Application), Vendor: desk.Vendors[b.ID].Name})
	}
	return c.JSON(fiber.Map{"booths": out})
}

// addBooths answers POST /api/v1/office/events/:id/booths: a row or block of
// booths of one zone.
func (d *door) addBooths(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		Zone    string `json:"zone"`
		From    int    `json:"from"`
		To      int    `json:"to"`
		Columns int    `json:"columns"`
		Width   string `json:"width"`
		Depth   string `json:"depth"`
		Kind    string `json:"kind"`
		Power   bool   `json:"power"`
		Fee     string `json:"fee"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	n, err := d.app.Booths.AddBooths(c.UserContext(), actor, registry.EventID(c.Params("id")), booths.BoothGrid{Zone: in.Zone, From: in.From,
		To: in.To, Columns: in.Columns, Width: in.Width, Depth: in.Depth, Kind: registry.BoothKind(in.Kind), Power: in.Power, Fee: in.Fee})
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"added": n})
}

func boothRef(c *fiber.Ctx) booths.BoothRef {
	return booths.BoothRef{Event: registry.EventID(c.Params("id")), Booth: registry.BoothID(c.Params("booth"))}
}

// assignBooth answers POST /api/v1/office/events/:id/booths/:booth/assign.
func (d *door) assignBooth(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		Application string `json:"application"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	if err := d.app.Booths.AssignBooth(c.UserContext(), actor, boothRef(c), registry.ApplicationID(in.Application)); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// releaseBooth answers POST /api/v1/office/events/:id/booths/:booth/release, with
// ?application= only from that application.
func (d *door) releaseBooth(c *fiber.Ctx, actor registry.Actor) error {
	ref := boothRef(c)
	ref.Shown = registry.ApplicationID(c.Query("application"))
	if err := d.app.Booths.ReleaseBooth(c.UserContext(), actor, ref); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}
