package planning

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/planning"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// seriesPage is a series with its days.
type seriesPage struct {
	view.Base
	view.Form
	Root     string
	Pattern  pick
	Sentence string
	Version  int64
	Manages  bool
	Months   []month
	Made     int
	Drafts   int
	Paper    string // what the series came to; "" for whoever may not read it
}

// showSeries shows a series.
func (s *Door) showSeries(c *fiber.Ctx) error { return s.page(c, nil) }

func (s *Door) page(c *fiber.Ctx, fault error) error {
	f, err := s.App.Planning.Series(c.UserContext(), frame.Actor(c), seriesParam(c))
	if err != nil {
		return err
	}
	made := 0
	for _, r := range f.Rows {
		if r.Made() {
			made++
		}
	}
	drafts := len(f.Removable())
	p := seriesPage{Base: s.OfficePage(c, "planning.series", f.Pattern.Title, made, drafts), Root: href(f.Series.ID), Version: f.Series.Version, Manages: f.Manages, Made: made, Drafts: drafts,
		Pattern: pick{view.EventRoot(f.Pattern.ID), f.Pattern.Title, s.WhereLine(f.Pattern)}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	reads, err := s.App.SeriesPaper.Reads(c.UserContext(), frame.Actor(c), f.Series.ID)
	if err != nil {
		return err
	}
	if reads {
		p.Paper = href(f.Series.ID) + view.SeriesPaper
	}
	p.Sentence = f.Rule.Sentence(p.Lang)
	p.Months = months(p.Base, f.Rows, func(string) bool { return false })
	return s.RenderStatus(c, status, frame.LayoutOffice, "planning/series", p)
}

// dayForm names the day that a button stands at.
type dayForm struct {
	Key     string `form:"key"`
	Version int64  `form:"version"`
}

// skip leaves a day out.
func (s *Door) skip(c *fiber.Ctx) error {
	return s.change(c, "planning.flash.skipped", func(f dayForm) error {
		return s.App.Planning.Skip(c.UserContext(), frame.Actor(c), planning.Day{Series: seriesParam(c), Key: f.Key, Version: f.Version})
	})
}

// putBack takes a day in again.
func (s *Door) putBack(c *fiber.Ctx) error {
	return s.change(c, "planning.flash.back", func(f dayForm) error {
		return s.App.Planning.PutBack(c.UserContext(), frame.Actor(c), planning.Day{Series: seriesParam(c), Key: f.Key, Version: f.Version})
	})
}

func (s *Door) change(c *fiber.Ctx, flash string, act func(dayForm) error) error {
	var f dayForm
	if err := frame.Bind(c, &f); err != nil {
		return err
	}
	if err := act(f); err != nil {
		return s.page(c, err)
	}
	frame.Flash(c, flash)
	return c.Redirect(href(seriesParam(c)), fiber.StatusSeeOther)
}

// remove removes the drafts of a series, and the series with its last session.
func (s *Door) remove(c *fiber.Ctx) error {
	var f struct {
		Version int64 `form:"version"`
	}
	if err := frame.Bind(c, &f); err != nil {
		return err
	}
	gone, stay, err := s.App.Planning.RemoveDrafts(c.UserContext(), frame.Actor(c), seriesParam(c), f.Version)
	switch {
	case registry.KindOf(err) == registry.Conflict:
		return s.page(c, err)
	case err != nil:
		return err
	}
	if gone+stay == 0 {
		frame.Flash(c, "planning.flash.empty")
	} else {
		frame.FlashCount(c, "planning.flash.removed", gone)
	}
	if stay == 0 {
		return c.Redirect("/quan-ly/su-kien?xem=nhap", fiber.StatusSeeOther)
	}
	return c.Redirect(href(seriesParam(c)), fiber.StatusSeeOther)
}
