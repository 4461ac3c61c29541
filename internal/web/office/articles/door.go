// Package articles is the door of whoever writes the special page: its articles and
// columns, and the ready-made texts of an event.
//
// What the public reads of them belongs to package public.
package articles

import (
	"embed"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// Door answers the requests of this door.
type Door struct{ *frame.Server }

// New makes the door of a server.
func New(s *frame.Server) *Door { return &Door{s} }

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS

// Routes are the office's pages of the special page.
func (s *Door) Routes() []frame.Route {
	const texts = "/quan-ly/su-kien/:id/bai-soan"
	return []frame.Route{
		frame.Get("/quan-ly/bai-viet", frame.Office(registry.ViewPlan), s.showArticles),
		frame.Get("/quan-ly/bai-viet/xuat/:form", frame.Office(registry.ViewPlan), s.sendArticles),
		frame.Get("/quan-ly/bai-viet/moi", frame.Office(registry.WriteArticles), s.showNewArticle),
		frame.Post("/quan-ly/bai-viet/moi", frame.Office(registry.WriteArticles), s.createArticle),
		frame.Get("/quan-ly/bai-viet/chuyen-muc", frame.Office(registry.WriteArticles), s.showColumns),
		frame.Post("/quan-ly/bai-viet/chuyen-muc", frame.Office(registry.WriteArticles), s.saveColumn),
		frame.Get("/quan-ly/bai-viet/:article", frame.Office(registry.ViewPlan), s.showArticle),
		frame.Get("/quan-ly/bai-viet/:article/sua", frame.Office(registry.WriteArticles), s.showEditArticle),
		frame.Post("/quan-ly/bai-viet/:article/sua", frame.Office(registry.WriteArticles), s.editArticle),
		frame.Post("/quan-ly/bai-viet/:article/buoc", frame.Office(registry.WriteArticles), s.stepArticle),
		frame.Post("/quan-ly/bai-viet/:article/khoi-phuc", frame.Office(registry.WriteArticles), s.restoreArticle),
		// ready-made texts of an event
		frame.Get(texts, frame.Office(registry.Communicate), s.showTexts),
		frame.Post(texts+"/:kind", frame.Office(registry.Communicate), s.takeText),
	}
}
