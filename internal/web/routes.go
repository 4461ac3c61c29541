package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/api"
	"hoicho/internal/registry"
)

// route is one line of the table: who may do what where.
type route struct {
	method  string
	path    string
	policy  policy
	handler fiber.Handler
}

const (
	get  = fiber.MethodGet
	post = fiber.MethodPost
)

// routes is the one table of routes. A test walks the app's routes and fails on
// one that is not here.
func (s *Server) routes() []route {
	table := []route{
		// health and files
		{get, "/healthz", public, s.healthz},
		{get, "/readyz", public, s.readyz},
		{get, "/static/+", public, s.staticFile},
		{get, "/tep/:id/:size?", public, s.storedFile},
		{get, "/ngon-ngu/:lang", public, s.switchLanguage},

		// audit log and long work
		{get, "/quan-ly/nhat-ky", office(registry.ViewAudit), s.showAudit},
		{get, "/quan-ly/viec/:job", office(registry.ViewOffice), s.showJob},

		// passes: what a phone opens from one, office, vendor, keys
		{get, "/t/:code", cached, s.showStall},
		{get, "/quan-ly/su-kien/:id/the", office(registry.ManagePasses), s.showPasses},
		{post, "/quan-ly/su-kien/:id/the", office(registry.ManagePasses), s.issuePasses},
		{post, "/quan-ly/su-kien/:id/the/in", office(registry.ManagePasses), s.printPasses},
		{post, "/quan-ly/su-kien/:id/the/:pass", office(registry.ManagePasses), s.stepPass},
		{get, "/gian-hang/:vendor/the", account, s.showVendorPasses},
		{get, "/gian-hang/:vendor/the/:event", account, s.vendorPaper},
		{get, "/quan-ly/khoa", office(registry.ManageKeys), s.showKeys},
		{post, "/quan-ly/khoa/xoay", office(registry.ManageKeys), s.rotateKey},
		{post, "/quan-ly/khoa/huy", office(registry.ManageKeys), s.killKey},
	}
	for _, r := range api.Routes(s.app) {
		p := public
		if r.Device {
			p = device
		}
		table = append(table, route{r.Method, r.Path, p, r.Handler})
	}
	return table
}

// install registers the middleware and every route.
func (s *Server) install() {
	s.fiber.Use(s.serveCached, s.measure, s.requestID, s.wellFormed, s.headers, s.deadline, s.noCrossSite, s.session)
	for _, r := range s.routes() {
		s.fiber.Add(r.method, r.path, s.guard(r.policy, r.handler))
	}
	s.fiber.Use(s.notFound)
}
