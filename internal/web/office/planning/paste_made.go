package planning

import (
	"github.com/gofiber/fiber/v2"

	stored "hoicho/internal/store/yearplan"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// madePage is a plan that was made, and how it is taken back.
type madePage struct {
	view.Base
	view.Form
	Year    string
	Action  string
	Version int64
	Rows    []madeRow
	Undoes  bool
	Undo    string
	Stays   string
	Empty   view.Empty
}

// madeRow is a session of the plan that is still there.
type madeRow struct {
	Href, Title, Days, Lunar, Why string
	Chip                          view.Chip
}

func pasteParam(c *fiber.Ctx) stored.PasteID { return stored.PasteID(c.Params("paste")) }

// showPasted shows a plan that was made.
func (s *Door) showPasted(c *fiber.Ctx) error { return s.madePage(c, nil) }

func (s *Door) madePage(c *fiber.Ctx, fault error) error {
	f, err := s.App.Planning.Pasted(c.UserContext(), frame.Actor(c), pasteParam(c))
	if err != nil {
		return err
	}
	p := madePage{Base: s.OfficePage(c, "paste.made", len(f.Events), len(f.Left)), Year: view.YearRoot, Action: pasteRoot + "/" + string(f.ID) + "/hoan-tac", Version: f.Version,
		Undoes: f.Undoes()}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if f.Undone {
		p.Title = p.T("paste.undone", len(f.Events))
	}
	for _, e := range f.Left {
		row := madeRow{Href: view.EventRoot(e.ID), Title: e.Title, Days: vn.ShowRange(e.OpensOn, e.ClosesOn), Lunar: p.LunarRange(e.OpensOn, e.ClosesOn), Chip: p.StateChip(e.State)}
		if why := f.Stays[e.ID]; why != nil {
			row.Why = p.T(why.Key, why.Args...)
		}
		p.Rows = append(p.Rows, row)
	}
	if len(f.Left) > 0 {
		p.Year = yearHref(yearNumber(f.Left[0].OpensOn))
	}
	p.Undo = p.T("paste.undo_text", len(f.Left), f.Booths, f.Edited)
	if len(f.Stays) > 0 {
		p.Stays = p.T("paste.stays", len(f.Stays))
	}
	p.Empty = view.Empty{Icon: "calendar-days", Title: p.T("paste.empty")}
	return s.RenderStatus(c, status, frame.LayoutOffice, "planning/made", p)
}

// undoPasted takes a plan back.
func (s *Door) undoPasted(c *fiber.Ctx) error {
	var f struct {
		Version int64 `form:"version"`
	}
	if err := frame.Bind(c, &f); err != nil {
		return err
	}
	n, err := s.App.Planning.UndoPaste(c.UserContext(), frame.Actor(c), pasteParam(c), f.Version)
	if err != nil {
		return s.madePage(c, err)
	}
	frame.FlashCount(c, "paste.flash.undone", n)
	return c.Redirect(pasteRoot+"/"+string(pasteParam(c)), fiber.StatusSeeOther)
}

// yearNumber is the year of a day.
func yearNumber(day string) int {
	at, _ := vn.StartOf(day)
	return at.Year()
}
