// Package surveys is the door of surveys: their list, the form of one, its page, on which
// it is struck out too.
//
// Plans and the special page show the same figures in a block of their own, drawn by
// web/frame.
package surveys

import (
	"embed"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// Door answers the requests of this door.
type Door struct{ *frame.Server }

// New makes the door of a server.
func New(s *frame.Server) *Door { return &Door{s} }

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS

const root = view.SurveysRoot

func href(id registry.SurveyID) string { return view.SurveyHref(id) }

func surveyParam(c *fiber.Ctx) registry.SurveyID { return registry.SurveyID(c.Params("survey")) }

// Routes are the pages of surveys.
func (s *Door) Routes() []frame.Route {
	reads, enters := frame.Office(registry.ViewPlan), frame.Office(registry.Communicate)
	return []frame.Route{
		frame.Get(root, reads, s.showList),
		frame.Get(root+"/xuat/:form", reads, s.sendList),
		frame.Get(root+"/moi", enters, s.showNew),
		frame.Post(root+"/moi", enters, s.create),
		frame.Get(root+"/:survey", reads, s.showSurvey),
		frame.Get(root+"/:survey/sua", enters, s.showEdit),
		frame.Post(root+"/:survey/sua", enters, s.save),
		frame.Post(root+"/:survey/gach", enters, s.strike),
		frame.Post(root+"/:survey/tinh-lai", enters, s.restore),
	}
}
