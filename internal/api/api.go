// Package api is the door for programs: JSON under /api/v1 and the gate
// protocol. Answers are built from own structs, so that a new column never
// leaks; unknown fields of a request are refused.
package api

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
)

// Route is one endpoint. Device marks those for a paired gate phone.
type Route struct {
	Method  string
	Path    string
	Device  bool
	Handler fiber.Handler
}

// Routes lists every endpoint.
func Routes(a *app.App) []Route {
	d := &door{app: a}
	return []Route{
		{Method: fiber.MethodGet, Path: "/api/v1/areas", Handler: d.areas},
	}
}

// door holds what the endpoints need.
type door struct{ app *app.App }
