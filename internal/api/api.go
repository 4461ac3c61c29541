// Package api is the door for programs: JSON under /api/v1 and the gate
// protocol. Answers are built from own structs, so that a new column never
// leaks; unknown fields of a request are refused. openapi.yaml says all of it.
package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
	"hoicho/internal/registry"
)

// Access is who may call an endpoint.
type Access int

// The kinds of access.
const (
	Public  Access = iota // anybody; what is public on the pages
	Token                 // a program with an API token; app checks the rights of its account
	Device                // a paired gate phone with its bearer token
	Session               // whoever is signed in, in the browser of the session
)

// Route is one endpoint.
type Route struct {
	Method  string
	Path    string
	Access  Access
	Scopes  []registry.APIScope // of which a token needs one
	Handler fiber.Handler
	For     func(*fiber.Ctx, registry.Actor) error // of Session, in the place of Handler
}

// Routes lists every endpoint. clientNet names the network that a request came
// from.
func Routes(a *app.App, clientNet func(*fiber.Ctx) string) []Route {
	d := &door{app: a, clientNet: clientNet}
	const get, post = fiber.MethodGet, fiber.MethodPost
	open := func(method, path string, access Access, h fiber.Handler) Route {
		return Route{Method: method, Path: "/api/v1" + path, Access: access, Handler: h}
	}
	office := func(method, path string, h handler, scopes ...registry.APIScope) Route {
		return Route{Method: method, Path: "/api/v1/office" + path, Access: Token, Scopes: scopes, Handler: d.as(h, scopes)}
	}
	signedIn := func(method, path string, h handler) Route {
		return Route{Method: method, Path: "/api/v1" + path, Access: Session, For: h}
	}
	return []Route{
		open(get, "/openapi.yaml", Public, d.openAPI),
		open(get, "/areas", Public, d.areas),
		open(get, "/events", Public, d.events),
		open(get, "/events/:slug", Public, d.event),
		open(get, "/events/:slug/vendors", Public, d.eventVendors),
		open(get, "/events/:slug/offers", Public, d.eventOffers),
		open(get, "/events/:slug/draws", Public, d.eventDraws),
		open(get, "/events/:slug/draws/:n", Public, d.drawLog),

		office(post, "/events", d.createEvent, registry.ScopeEvents),
		office(post, "/events/:id/state", d.stepEvent, registry.ScopeEvents),
		office(get, "/events/:id/booths", d.booths, registry.ScopeRead, registry.ScopeEvents, registry.ScopeApplications),
		office(post, "/events/:id/booths", d.addBooths, registry.ScopeEvents),
		office(post, "/events/:id/booths/:booth/assign", d.assignBooth, registry.ScopeApplications),
		office(post, "/events/:id/booths/:booth/release", d.releaseBooth, registry.ScopeApplications),
		office(get, "/events/:id/layout", d.layout, registry.ScopeRead, registry.ScopeEvents),
		office(fiber.MethodPut, "/events/:id/layout", d.saveLayout, registry.ScopeEvents),
		office(get, "/events/:id/passes", d.passes, registry.ScopeRead, registry.ScopeGate),
		office(post, "/events/:id/passes", d.issuePasses, registry.ScopeGate),
		office(get, "/events/:id/report", d.report, registry.ScopeReports),
		office(get, "/events/:id/report/filled", d.filledReport, registry.ScopeReports),
		office(post, "/plans/check", d.checkPlan, registry.ScopeEvents),
		office(post, "/plans", d.makePlan, registry.ScopeEvents),
		office(get, "/series/:series/report", d.seriesReport, registry.ScopeReports),
		office(get, "/series/:series/report/filled", d.filledSeries, registry.ScopeReports),
		office(post, "/passes/:pass/state", d.stepPass, registry.ScopeGate),
		office(get, "/applications", d.applications, registry.ScopeRead, registry.ScopeApplications),
		office(post, "/applications/:id/decision", d.decide, registry.ScopeApplications),

		signedIn(get, "/inspections/working-set", d.workingSet),
		signedIn(post, "/inspections/records", d.handInRecord),
		signedIn(get, "/inspections/records/:client", d.recordStatus),
		signedIn(fiber.MethodPut, "/inspections/records/:client/photos/:hash", d.takeRecordPhoto),

		open(post, "/gate/pair", Public, d.pair),
		open(get, "/gate/snapshot", Device, d.phone(d.gateSnapshot)),
		open(post, "/gate/scans", Device, d.sender(d.gateScans)),
		open(post, "/gate/counts", Device, d.sender(d.gateCounts)),
		open(get, "/gate/stats", Device, d.phone(d.gateStats)),
		open(get, "/gate/relay", Device, d.phone(d.relayList)),
		open(post, "/gate/relay", Device, d.phone(d.takeRelay)),
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
