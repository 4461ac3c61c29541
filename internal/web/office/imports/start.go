package imports

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/store/intake"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// startPage asks for a file and lists the last ones.
type startPage struct {
	view.Base
	view.Form
	Steps   []view.Step
	Fields  []view.Field
	Samples []view.NavItem
	Rows    []startRow
}

// startRow is an import in the list.
type startRow struct {
	Href, File, Note string
	State            view.Chip
}

// startForm is the form of a file as it is sent.
type startForm struct {
	Kind string `form:"kind"`
}

func (s *Door) showStart(c *fiber.Ctx) error { return s.startPage(c, startForm{}, nil, false) }

func (s *Door) startPage(c *fiber.Ctx, f startForm, fault error, chosen bool) error {
	p := startPage{Base: s.OfficePage(c, "import.title")}
	status := fiber.StatusOK
	if fault != nil {
		texts, ok := view.FaultTexts(p.Base, fault)
		if !ok {
			return fault
		}
		view.TellLostFile(p.Base, texts, "file", chosen)
		p.Form, status = view.NewForm(&p.Base, texts), frame.FaultStatus(c, fault)
	}
	kinds := s.App.Imports.Kinds(frame.Actor(c))
	if f.Kind == "" && len(kinds) > 0 {
		f.Kind = string(kinds[0])
	}
	p.Steps = steps(p.Base, 1)
	p.Fields = p.Take(view.Field{Name: "kind", Type: "radios", Label: p.T("import.field.kind"), Options: view.Options(p.Base, "import.kind.", kinds, f.Kind), Tight: true},
		view.Field{Name: "file", Type: "file", Label: p.T("import.field.file"), Hint: p.T("import.field.file.hint"), Accept: ".xlsx,.csv,.txt", Required: true})
	for _, kind := range kinds {
		p.Samples = append(p.Samples, view.NavItem{Href: root + "/mau/" + string(kind) + ".xlsx", Label: p.T("import.sample", p.T("import.kind."+string(kind)))})
	}
	list, err := s.App.Imports.Latest(c.UserContext(), frame.Actor(c))
	for _, x := range list {
		p.Rows = append(p.Rows, startRow{Href: href(x.ID), File: x.FileName, State: stateChip(p.Base, x),
			Note: view.SaidLine(p.T("import.kind."+string(x.Kind)), counts(p.Base, x), view.ShowTime(x.CreatedAt), x.CreatedAs)})
	}
	if err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "imports/start", p)
}

var (
	stateTones = map[intake.State]string{intake.Read: "wait", intake.Running: "wait", intake.Done: "go", intake.Undoing: "wait", intake.Undone: "off"}
	stateIcons = map[intake.State]string{intake.Read: "clock", intake.Running: "refresh-cw", intake.Done: "circle-check", intake.Undoing: "refresh-cw", intake.Undone: "rotate-ccw"}
)

func stateChip(b view.Base, x intake.Import) view.Chip {
	return view.Chip{Class: stateTones[x.State], Icon: stateIcons[x.State], Label: b.T("import.state." + string(x.State))}
}

// counts says what an import wrote; nothing before it has.
func counts(b view.Base, x intake.Import) string {
	if x.State == intake.Read || x.State == intake.Running {
		return ""
	}
	return b.T("import.counts", x.Added, x.Changed)
}

// send takes a file in.
func (s *Door) send(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	var f startForm
	var file *core.Upload
	file, chosen, err := s.ReadFileForm(c, &share, &f)
	defer frame.StartDeadline(c)()
	if err == nil {
		var x intake.Import
		if x, err = s.App.Imports.Upload(c.UserContext(), frame.Actor(c), intake.Kind(f.Kind), file); err == nil {
			return c.Redirect(href(x.ID), fiber.StatusSeeOther)
		}
	}
	return s.startPage(c, f, err, chosen)
}

// sample sends a workbook with the headings of a register, to be filled in.
func (s *Door) sample(c *fiber.Ctx) error {
	f, err := s.App.Imports.Sample(frame.Actor(c), intake.Kind(c.Params("kind")), frame.Lang(c))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
