package imports

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/imports"
	"hoicho/internal/store/intake"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// runPage is an import that is written or taken back, or was.
type runPage struct {
	view.Base
	Steps   []view.Step
	Crumb   view.NavItem
	Root    string
	Import  intake.Import
	Running bool
	Note    string
	Facts   []string
	Stops   bool
	Undoes  bool
	Until   string
	List    string
}

// runPage shows how far an import is. Without JavaScript it reloads itself.
func (s *Door) runPage(c *fiber.Ctx, x intake.Import) error {
	p := runPage{Base: s.OfficePage(c, "import.run."+string(x.State), x.Done, x.Total), Root: href(x.ID), Import: x, Crumb: crumb(s.Page(c, "import.title"))}
	p.Running = x.State == intake.Running || x.State == intake.Undoing
	p.Stops, p.Undoes = x.State == intake.Running && !x.Stopped, x.State == intake.Done && !imports.UndoUntil(x).Before(s.App.DB.Now())
	p.Note = view.SaidLine(x.FileName, p.T("import.kind."+string(x.Kind)), view.ShowTime(x.MovedAt), x.CreatedAs)
	p.Steps, p.List = steps(p.Base, 4), "/quan-ly/co-so"
	p.Until = p.T("import.undo_until", vn.ShowDate(vn.DateOf(imports.UndoUntil(x))))
	switch x.State {
	case intake.Done:
		p.Facts = []string{p.T("import.fact.added", x.Added), p.T("import.fact.changed", x.Changed), p.T("import.fact.same", x.Same)}
	case intake.Undone:
		p.Facts = []string{p.T("import.fact.back", x.Done), p.T("import.fact.kept", x.Kept)}
	}
	if p.Running {
		c.Set("Refresh", "2")
	}
	return s.Render(c, frame.LayoutOffice, "imports/run", p)
}

// stop asks for an end of the writing.
func (s *Door) stop(c *fiber.Ctx) error {
	if err := s.App.Imports.Stop(c.UserContext(), frame.Actor(c), param(c)); err != nil {
		return err
	}
	frame.Flash(c, "import.flash.stopping")
	return c.Redirect(href(param(c)), fiber.StatusSeeOther)
}

// undoPage says what taking back an import would do.
type undoPage struct {
	view.Base
	view.Form
	Crumb   view.NavItem
	Root    string
	Note    string
	Facts   []string
	Does    bool
	Version int64
}

func (s *Door) showUndo(c *fiber.Ctx) error { return s.undoPage(c, nil) }

func (s *Door) undoPage(c *fiber.Ctx, fault error) error {
	x, err := s.App.Imports.Import(c.UserContext(), frame.Actor(c), param(c))
	if err != nil {
		return err
	}
	if x.State != intake.Done {
		return c.Redirect(href(x.ID), fiber.StatusSeeOther)
	}
	does, err := s.App.Imports.UndoEffect(c.UserContext(), frame.Actor(c), x.ID)
	if err != nil {
		return err
	}
	p := undoPage{Base: s.OfficePage(c, "import.undo_title", does.Removed+does.Restored), Root: href(x.ID), Version: x.Version, Does: does.Removed+does.Restored > 0}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Crumb, p.Note = view.NavItem{Href: p.Root, Label: x.FileName}, p.T("import.undo_note")
	p.Facts = []string{p.T("import.effect.removed", does.Removed), p.T("import.effect.restored", does.Restored), p.T("import.effect.kept", does.Kept)}
	return s.RenderStatus(c, status, frame.LayoutOffice, "imports/undo", p)
}

// undo takes an import back.
func (s *Door) undo(c *fiber.Ctx) error {
	var f versionForm
	if err := frame.Bind(c, &f); err != nil {
		return err
	}
	if err := s.App.Imports.Undo(c.UserContext(), frame.Actor(c), param(c), f.Version); err != nil {
		return s.undoPage(c, err)
	}
	return c.Redirect(href(param(c)), fiber.StatusSeeOther)
}
