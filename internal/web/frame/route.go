package frame

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// Route is one line of the table of routes: who may do what where.
type Route struct {
	Method  string
	Path    string
	Policy  Policy
	Handler fiber.Handler
}

// Get is a route that shows something.
func Get(path string, p Policy, h fiber.Handler) Route {
	return Route{fiber.MethodGet, path, p, h}
}

// Post is a route that takes a form.
func Post(path string, p Policy, h fiber.Handler) Route {
	return Route{fiber.MethodPost, path, p, h}
}

// CommonRoutes are what every door needs: health, files, language, help and the
// progress of long work.
func (s *Server) CommonRoutes() []Route {
	return []Route{
		Get("/healthz", Public, s.healthz),
		Get("/readyz", Public, s.readyz),
		Get("/static/+", Public, s.staticFile),
		Get("/tep/:id/:size?", Public, s.storedFile),
		Get("/ngon-ngu/:lang", Public, s.switchLanguage),
		Get("/tro-giup", Cached, s.showHelp),
		Get("/tro-giup/:topic", Cached, s.showHelpTopic),
		Get("/quan-ly/viec/:job", Office(registry.ViewOffice), s.showJob),
	}
}

// Install registers the middleware and the routes of the table.
func (s *Server) Install(table []Route) {
	s.noteLists(table)
	s.fiber.Use(s.plainBodies, s.serveCached, s.measure, s.requestID, s.wellFormed, s.headers, s.takeBody, s.deadline, s.noCrossSite, s.session)
	for _, r := range table {
		h := s.guard(r.Policy, r.Handler)
		s.fiber.Add(r.Method, r.Path, h)
		if r.Method == fiber.MethodGet {
			s.fiber.Add(fiber.MethodHead, r.Path, h) // the engine leaves out the body
		}
	}
	s.fiber.Use(s.notFound)
}
