package public

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// textPage is a version of a text that people agree to, at an address that stays.
type textPage struct {
	view.Base
	Holds  string   // since when, and whether it does today
	Newest string   // page of the one that holds; "" on it
	Text   []string // paragraphs
}

// showText shows a version of a text, also one that holds no more.
func (s *Door) showText(c *fiber.Ctx) error {
	v, ok := personal.TextOf(personal.Text(c.Params("text")), c.Params("version"))
	if !ok {
		return registry.E(registry.NotFound, "error.not_found")
	}
	p := textPage{Base: s.PublicNav(c, s.Page(c, "personal.text."+string(v.Text), v.Version))}
	p.Light, p.Text = true, strings.Split(p.T(v.Key), "\n")
	p.Holds = p.T("personal.text_holds", vn.ShowDate(v.From))
	if now := personal.TextOn(personal.TextVersions, v.Text, s.App.Today()); now != v {
		p.Holds, p.Newest = p.T("personal.text_from", vn.ShowDate(v.From)), view.TextHref(now.Text, now.Version)
	}
	return s.Render(c, frame.LayoutForm, "public/personal_text", p)
}
