package api

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/floorplans"
	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
)

// layoutJSON is the drawn plan of an event as its office works on it.
type layoutJSON struct {
	N        int                 `json:"n"`
	Version  int64               `json:"version"`
	State    string              `json:"state"`
	Layout   *floorplan.Layout   `json:"layout,omitempty"`
	Findings []layoutFindingJSON `json:"findings"`
	Versions []layoutVersionJSON `json:"versions"`
}

// layoutVersionJSON is a version of a plan.
type layoutVersionJSON struct {
	N           int    `json:"n"`
	State       string `json:"state"`
	SavedBy     string `json:"saved_by"`
	SavedAt     int64  `json:"saved_at"`
	PublishedAt int64  `json:"published_at,omitempty"`
}

// layoutFindingJSON is something that is wrong with a plan, or is to be looked at.
type layoutFindingJSON struct {
	Why    string `json:"why"`
	Stops  bool   `json:"stops"`
	Object string `json:"object,omitempty"`
	Name   string `json:"name,omitempty"`
	Other  string `json:"other,omitempty"`
	With   string `json:"with,omitempty"`
	CM     int    `json:"cm,omitempty"`
}

// layout answers GET /api/v1/office/events/:id/layout.
func (d *door) layout(c *fiber.Ctx, actor registry.Actor) error {
	desk, err := d.app.FloorPlans.Desk(c.UserContext(), actor, registry.EventID(c.Params("id")))
	if err != nil {
		return err
	}
	out := layoutJSON{State: "none", Findings: []layoutFindingJSON{}, Versions: []layoutVersionJSON{}}
	if p := desk.Shown(); p != nil {
		out.N, out.Version, out.State, out.Layout = p.N, p.Version, string(p.State), &p.Layout
	}
	for _, f := range desk.Findings {
		out.Findings = append(out.Findings, layoutFindingJSON{Why: string(f.Why), Stops: f.Severity == floorplan.Must, Object: f.Object, Name: f.Name,
			Other: f.Other, With: f.With, CM: f.CM})
	}
	for _, v := range desk.Versions {
		out.Versions = append(out.Versions, layoutVersionJSON{N: v.N, State: string(v.State), SavedBy: v.SavedAs, SavedAt: v.SavedAt, PublishedAt: v.PublishedAt})
	}
	return c.JSON(out)
}

// saveLayout answers PUT /api/v1/office/events/:id/layout: the plan becomes the event's
// draft. What others have changed since is kept too, or is a Conflict.
func (d *door) saveLayout(c *fiber.Ctx, actor registry.Actor) error {
	var in struct {
		N       int                         `json:"n"`
		Version int64                       `json:"version"`
		Layout  json.RawMessage             `json:"layout"`
		Keep    map[string]floorplan.Choice `json:"keep"`
		Seen    struct {
			N       int   `json:"n"`
			Version int64 `json:"version"`
		} `json:"seen"`
	}
	if err := decode(c, &in); err != nil {
		return err
	}
	l, err := floorplans.Read(in.Layout)
	if err != nil {
		return err
	}
	event := registry.EventID(c.Params("id"))
	saved, err := d.app.FloorPlans.Save(c.UserContext(), actor, floorplans.Input{Layout: l, Chosen: in.Keep,
		Ref:  floorplans.Ref{Event: event, N: in.N, Version: in.Version},
		Seen: floorplans.Ref{Event: event, N: in.Seen.N, Version: in.Seen.Version}})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"n": saved.Plan.N, "version": saved.Plan.Version, "merged": saved.Told})
}
