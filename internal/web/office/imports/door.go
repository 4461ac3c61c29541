// Package imports is the door of files of rows that become rows of a register: sent, their
// columns matched, tried, written, taken back.
//
// What a row may hold belongs to the rooms of the registers, how it is read to app/imports.
package imports

import (
	"embed"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/imports"
	"hoicho/internal/registry"
	"hoicho/internal/store/intake"
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
const root = view.ImportsRoot

func href(id intake.ID) string { return root + "/" + string(id) }

func param(c *fiber.Ctx) intake.ID { return intake.ID(c.Params("import")) }

// Routes are the pages of imports. Which registers somebody may fill, the room says.
func (s *Door) Routes() []frame.Route {
	may := frame.Office(registry.ManageVendors)
	return []frame.Route{
		frame.Get(root, may, s.showStart),
		frame.Post(root, may, s.send),
		frame.Get(root+"/mau/:kind.xlsx", may, s.sample),
		frame.Get(root+"/:import", may, s.show),
		frame.Post(root+"/:import/cot", may, s.match),
		frame.Get(root+"/:import/thu", may, s.showTrial),
		frame.Post(root+"/:import/nhap", may, s.write),
		frame.Post(root+"/:import/dung", may, s.stop),
		frame.Post(root+"/:import/bo", may, s.discard),
		frame.Get(root+"/:import/hoan-tac", may, s.showUndo),
		frame.Post(root+"/:import/hoan-tac", may, s.undo),
	}
}

// versionForm is a button with the version that its page showed.
type versionForm struct {
	Version int64 `form:"version"`
}

// steps are the four steps with the one that is being done, from 1.
func steps(b view.Base, at int) (list []view.Step) {
	for i := range 4 {
		n := strconv.Itoa(i + 1)
		list = append(list, view.Step{Label: n + ". " + b.T("import.step."+n), Done: i+1 < at, Current: i+1 == at})
	}
	return list
}

// crumb leads back to the first page.
func crumb(b view.Base) view.NavItem {
	return view.NavItem{Href: root, Label: b.T("import.title")}
}

// fieldLabel is the label of a field of a register.
func fieldLabel(b view.Base, columns []imports.Column, name string) string {
	for _, c := range columns {
		if c.Name == name {
			return b.T(c.Label)
		}
	}
	return ""
}
