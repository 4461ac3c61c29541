package places

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/places"
	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// placePage is a place with what is known of it.
type placePage struct {
	view.Base
	view.Form
	Place  places.File
	Root   string
	Chips  []view.Chip
	Facts  []view.SummaryRow
	Photo  string
	Public string
	Ended  bool
	End    []view.Field
}

// showPlace shows a place.
func (s *Door) showPlace(c *fiber.Ctx) error { return s.page(c, nil, places.EndInput{}) }

func (s *Door) page(c *fiber.Ctx, fault error, form places.EndInput) error {
	f, err := s.App.Places.Place(c.UserContext(), frame.Actor(c), placeParam(c))
	if err != nil {
		return err
	}
	p := placePage{Base: s.OfficePage(c, "place.file_title", f.Name), Place: f, Root: href(f.ID), Public: view.PlaceHref(f.Slug), Ended: f.Until != ""}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Chips = []view.Chip{stateChip(p.Base, f.Place, s.App.Today()), {Label: p.T("place.kind." + string(f.Kind))}}
	p.Facts = s.facts(p.Base, f)
	if f.Photo != "" {
		p.Photo = view.Photo(f.Photo)
	}
	if form.Day == "" && fault == nil {
		form.Day = vn.ShowDate(s.App.Today())
	}
	p.End = p.Take(
		view.Field{Name: "ended_on", Type: "date", Label: p.T("place.field.ended_on"), Hint: p.T("place.field.ended_on.hint"), Value: form.Day,
			Shape: p.T("form.date_shape"), Required: true},
		view.Field{Name: "reason", Label: p.T("place.field.reason"), Hint: p.T("place.field.reason.hint"), Value: form.Reason,
			Max: committee.MaxEndReason, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "places/place", p)
}

// facts are what is said about a place, without what is not.
func (s *Door) facts(b view.Base, f places.File) (rows []view.SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("place.field." + name), Value: value})
		}
	}
	add("area", view.SaidLine(s.UnitName(f.Area, f.From), f.Address))
	if name := s.AreaName(f.Area); !f.Area.IsZero() && f.Area.Edition != frame.TodaysUnit("").Edition {
		add("area_then", name)
	}
	add("since_on", vn.ShowDate(f.From))
	if f.Until != "" {
		add("ended_on", vn.ShowDate(f.Until))
	}
	add("reason", f.EndReason)
	add("hours", f.Hours)
	add("goods", view.PlaceGoods(b, f.Groups, f.Goods))
	add("organisation", f.Organisation)
	if f.Hidden {
		add("keeper", b.T("place.hidden"))
	}
	add("keeper", f.Keeper)
	if f.Phone != "" {
		add("phone", vn.ShowPhone(f.Phone))
	}
	if f.Agreed {
		add("agreed_at", view.ShowTime(f.AgreedAt))
	}
	paper := f.Paper
	if paper == "" {
		paper = b.T("place.no_paper")
	}
	add("paper", paper)
	add("body", f.BodyName)
	add("entered", b.T("register.entered", f.EnteredAs, view.ShowTime(f.EnteredAt)))
	return rows
}

// end says that a place gave up.
func (s *Door) end(c *fiber.Ctx) error {
	var form places.EndInput
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Places.End(c.UserContext(), frame.Actor(c), placeParam(c), form)
	}
	if err != nil {
		return s.page(c, err, form)
	}
	frame.Flash(c, "place.flash.ended")
	return c.Redirect(href(placeParam(c)), fiber.StatusSeeOther)
}

// reopen takes back that a place gave up.
func (s *Door) reopen(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Places.Reopen(c.UserContext(), frame.Actor(c), placeParam(c), form.Version)
	}
	if err != nil {
		return s.page(c, err, places.EndInput{})
	}
	frame.Flash(c, "place.flash.reopened")
	return c.Redirect(href(placeParam(c)), fiber.StatusSeeOther)
}
