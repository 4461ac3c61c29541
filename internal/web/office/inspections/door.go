// Package inspections is the door of inspection and self-inspection: the register, a record
// with what becomes of its findings, the form of a record on paper, rounds with their teams.
//
// The pages of a phone that inspects without a network are not here, nor is supervision by the
// Front.
package inspections

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

// Where the pages stand.
const (
	root      = view.InspectionsRoot
	roundRoot = root + "/dot"
	enterRoot = root + "/ghi"
)

func recordParam(c *fiber.Ctx) registry.InspectionID {
	return registry.InspectionID(c.Params("record"))
}

func roundParam(c *fiber.Ctx) registry.RoundID { return registry.RoundID(c.Params("round")) }

func roundHref(id registry.RoundID) string { return roundRoot + "/" + string(id) }

// Routes are the pages of this door. The register and the form are also for whoever acts for
// a body, who has no right to plans: the room shows and takes what is of the own bodies.
func (s *Door) Routes() []frame.Route {
	own, reads, inspects := frame.Office(registry.ViewTasks), frame.Office(registry.ViewPlan), frame.Office(registry.Inspect)
	return []frame.Route{
		frame.Get(root, own, s.showRegister),
		frame.Get(root+"/xuat/:form", own, s.export),
		frame.Get(findingsRoot, own, s.showFindings),
		frame.Get(findingsRoot+"/xuat/:form", own, s.exportFindings),
		frame.Get(enterRoot, own, s.showEnter),
		frame.Post(enterRoot, own, s.enter),
		frame.Get(roundRoot, reads, s.showRounds),
		frame.Get(roundRoot+"/xuat/:form", reads, s.exportRounds),
		frame.Get(roundRoot+"/ghi", inspects, s.showEnterRound),
		frame.Post(roundRoot+"/ghi", inspects, s.enterRound),
		frame.Get(roundRoot+"/:round", own, s.showRound),
		frame.Get(roundRoot+"/:round/sua", inspects, s.showEditRound),
		frame.Post(roundRoot+"/:round/sua", inspects, s.saveRound),
		frame.Post(roundRoot+"/:round/gach", inspects, s.strikeRound(false)),
		frame.Post(roundRoot+"/:round/tinh-lai", inspects, s.strikeRound(true)),
		frame.Get(root+"/mau.pdf", own, s.blank("pdf")),
		frame.Get(root+"/mau.docx", own, s.blank("docx")),
		frame.Get(root+"/:record", own, s.showRecord),
		frame.Get(root+"/:record/bien-ban.pdf", own, s.minutes("pdf")),
		frame.Get(root+"/:record/bien-ban.docx", own, s.minutes("docx")),
		frame.Get(root+"/:record/anh/:hash/:size?", own, s.photo),
		frame.Get(root+"/:record/dieu/:finding", own, s.showStep),
		frame.Post(root+"/:record/dieu/:finding", own, s.step),
		frame.Post(root+"/:record/ghep", inspects, s.twin((*rooms).Join, "inspection.flash.joined")),
		frame.Post(root+"/:record/de-rieng", inspects, s.twin((*rooms).Apart, "inspection.flash.apart")),
		frame.Post(root+"/:record/bo-ghep", inspects, s.twin((*rooms).Unjoin, "inspection.flash.unjoined")),
	}
}
