package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// route is one line of the table of routes: who may do what where.
type route struct {
	method  string
	path    string
	policy  policy
	handler fiber.Handler
}

// get is a route that shows something.
func get(path string, p policy, h fiber.Handler) route {
	return route{fiber.MethodGet, path, p, h}
}

// post is a route that takes a form.
func post(path string, p policy, h fiber.Handler) route {
	return route{fiber.MethodPost, path, p, h}
}

// commonRoutes are what every door needs: health, files, language, help and the
// progress of long work.
func (s *Server) commonRoutes() []route {
	return []route{
		get("/healthz", public, s.healthz),
		get("/readyz", public, s.readyz),
		get("/static/+", public, s.staticFile),
		get("/tep/:id/:size?", public, s.storedFile),
		get("/ngon-ngu/:lang", public, s.switchLanguage),
		get("/tro-giup", cached, s.showHelp),
		get("/tro-giup/:topic", cached, s.showHelpTopic),
		get("/quan-ly/viec/:job", office(registry.ViewOffice), s.showJob),
	}
}

// install registers the middleware and the routes of the table.
func (s *Server) install(table []route) {
	s.fiber.Use(s.plainBodies, s.serveCached, s.measure, s.requestID, s.wellFormed, s.headers, s.takeBody, s.deadline, s.noCrossSite, s.session)
	for _, r := range table {
		h := s.guard(r.policy, r.handler)
		s.fiber.Add(r.method, r.path, h)
		if r.method == fiber.MethodGet {
			s.fiber.Add(fiber.MethodHead, r.path, h) // the engine leaves out the body
		}
	}
	s.fiber.Use(s.notFound)
}
