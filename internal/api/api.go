// Package api is the door for programs: JSON under /api/v1 and the gate
// protocol. Answers are built from own structs, so that a new column never
// leaks; unknown fields of a request are refused. openapi.yaml says all of it.
package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
)

// Access is who may call an endpoint.
type Access int

// The kinds of access.
const (
	Public Access = iota // anybody; what is public on the pages
	Token                // a program with an API token; app checks the rights of its account
	Device               // a paired gate phone with its bearer token
)

// Route is one endpoint.
type Route struct {
	Method  string
	Path    string
	Access  Access
	Handler fiber.Handler
}

// Routes lists every endpoint. clientNet names the network that a request came
// from.
func Routes(a *app.App, clientNet func(*fiber.Ctx) string) []Route {
	d := &door{app: a, clientNet: clientNet}
	const get, post = fiber.MethodGet, fiber.MethodPost
	return []Route{
		{get, "/api/v1/openapi.yaml", Public, d.openAPI},
		{get, "/api/v1/areas", Public, d.areas},
		{get, "/api/v1/events", Public, d.events},
		{get, "/api/v1/events/:slug", Public, d.event},
		{get, "/api/v1/events/:slug/vendors", Public, d.eventVendors},

		{post, "/api/v1/office/events", Token, d.as(d.createEvent)},
		{post, "/api/v1/office/events/:id/state", Token, d.as(d.stepEvent)},
		{post, "/api/v1/office/events/:id/booths", Token, d.as(d.addBooths)},
		{get, "/api/v1/office/events/:id/booths", Token, d.as(d.booths)},
		{post, "/api/v1/office/events/:id/booths/:booth/assign", Token, d.as(d.assignBooth)},
		{post, "/api/v1/office/events/:id/booths/:booth/release", Token, d.as(d.releaseBooth)},
		{get, "/api/v1/office/events/:id/passes", Token, d.as(d.passes)},
		{post, "/api/v1/office/events/:id/passes", Token, d.as(d.issuePasses)},
		{post, "/api/v1/office/passes/:pass/state", Token, d.as(d.stepPass)},
		{get, "/api/v1/office/applications", Token, d.as(d.applications)},
		{post, "/api/v1/office/applications/:id/decision", Token, d.as(d.decide)},

		{post, "/api/v1/gate/pair", Public, d.pair},
		{get, "/api/v1/gate/snapshot", Device, d.phone(d.gateSnapshot)},
		{post, "/api/v1/gate/scans", Device, d.sender(d.gateScans)},
		{post, "/api/v1/gate/counts", Device, d.sender(d.gateCounts)},
		{get, "/api/v1/gate/stats", Device, d.phone(d.gateStats)},
		{get, "/api/v1/gate/relay", Device, d.phone(d.relayList)},
		{post, "/api/v1/gate/relay", Device, d.phone(d.takeRelay)},
	}
}

// door holds what the endpoints need.
type door struct {
	app       *app.App
	clientNet func(*fiber.Ctx) string
}

//go:embed openapi.yaml
var openAPI []byte

// OpenAPI is the description of every endpoint.
func OpenAPI() []byte { return openAPI }

func (d *door) openAPI(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "application/yaml; charset=utf-8")
	return c.Send(openAPI)
}
