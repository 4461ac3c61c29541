// Package draws is the door of the public draws of an event's booths: the desk that prepares, locks and runs one, the
// big screen of the hall, the giving of what was drawn, the minutes.
//
// The page on which anybody checks a draw belongs to package public.
package draws

import (
	"embed"

	"github.com/gofiber/fiber/v2"

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

// root is where the pages stand.
const root = "/quan-ly/su-kien/:id/boc-tham"

// Routes are the pages of draws.
func (s *Door) Routes() []frame.Route {
	sees, holds := frame.Office(registry.ViewOffice), frame.Office(registry.ManageBooths)
	return []frame.Route{
		frame.Get(root, sees, s.showDesk),
		frame.Get(root+"/man-hinh", sees, s.showHall),
		frame.Get(root+"/:n/bien-ban.pdf", sees, s.minutes),
		frame.Get(root+"/:n/xep", holds, s.showGiving),
		frame.Post(root+"/:n/xep", holds, s.give),
		frame.Post(root, holds, s.step("draw.flash.prepared", s.prepare)),
		frame.Post(root+"/sua", holds, s.step("draw.flash.edited", s.edit)),
		frame.Post(root+"/bo", holds, s.step("draw.flash.dropped", s.drop)),
		frame.Post(root+"/khoa", holds, s.step("draw.flash.locked", s.lock)),
		frame.Post(root+"/goi", holds, s.step("draw.flash.called", s.call)),
		frame.Post(root+"/sua-so", holds, s.step("draw.flash.mended", s.mend)),
		frame.Post(root+"/nguon", holds, s.step("draw.flash.sourced", s.source)),
		frame.Post(root+"/mo", holds, s.step("draw.flash.revealed", s.reveal)),
		frame.Post(root+"/dung", holds, s.step("draw.flash.stopped", s.stop)),
	}
}

// turnParam is the number of the draw that the address names; 0, which no draw has, for what is none.
func turnParam(c *fiber.Ctx) int {
	n, err := c.ParamsInt("n")
	if err != nil || n < 1 {
		return 0
	}
	return n
}
