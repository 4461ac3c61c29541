// Package supervision is the door of how the Front and organisations supervise the campaign: the
// register with its filters and files, the form of a supervision, its page with the answer.
//
// What an authority inspects has a door of its own, office/inspections.
package supervision

import (
	"embed"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/supervision"
	"hoicho/internal/committee"
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

// root is where the pages stand.
const root = view.SupervisionRoot

func href(id registry.SupervisionID) string { return root + "/" + string(id) }

func param(c *fiber.Ctx) registry.SupervisionID {
	return registry.SupervisionID(c.Params("supervision"))
}

// Routes are the pages of this door. They are also for whoever acts for a body, who has no right
// to plans: the room shows and takes what is of the own bodies.
func (s *Door) Routes() []frame.Route {
	own := frame.Office(registry.ViewTasks)
	return []frame.Route{
		frame.Get(root, own, s.showRegister),
		frame.Get(root+"/ghi", own, s.showEnter),
		frame.Post(root+"/ghi", own, s.enter),
		frame.Get(root+"/xuat/:form", own, s.export),
		frame.Get(root+"/:supervision", own, s.show),
		frame.Get(root+"/:supervision/sua", own, s.showEdit),
		frame.Post(root+"/:supervision/sua", own, s.save),
		frame.Post(root+"/:supervision/tra-loi", own, s.answer),
		frame.Post(root+"/:supervision/gach", own, s.strike(false)),
		frame.Post(root+"/:supervision/tinh-lai", own, s.strike(true)),
		frame.Get(root+"/:supervision/tep/:file", own, s.paper),
	}
}

// stateTones and stateIcons are how a state looks.
var (
	stateTones = map[committee.SupervisionState]string{committee.SupervisionNoted: "off", committee.SupervisionAwaiting: "wait",
		committee.SupervisionLate: "stop", committee.SupervisionAnswered: "go"}
	stateIcons = map[committee.SupervisionState]string{committee.SupervisionNoted: "check", committee.SupervisionAwaiting: "clock",
		committee.SupervisionLate: "triangle-alert", committee.SupervisionAnswered: "circle-check"}
)

func stateChip(b view.Base, s committee.SupervisionState) view.Chip {
	return view.Chip{Class: stateTones[s], Icon: stateIcons[s], Label: b.T("supervision.state." + string(s))}
}

// tellLost says at the field of the paper that one that came has to be chosen again: a page that
// is shown again cannot hold it.
func tellLost(b view.Base, texts map[string]string, chosen bool) {
	if chosen && texts["file"] == "" {
		texts["file"] = b.T("supervision.file_again")
	}
}

// paper sends a paper of a supervision.
func (s *Door) paper(c *fiber.Ctx) error {
	f, err := s.App.Supervision.Paper(c.UserContext(), frame.Actor(c), param(c), supervision.Paper(c.Params("file")))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// yearText writes a year, or the number of a page.
func yearText(n int) string { return strconv.Itoa(n) }
