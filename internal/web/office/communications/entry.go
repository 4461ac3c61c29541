package communications

import (
	"mime/multipart"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// filePage is an entry with its photos.
type filePage struct {
	view.Base
	view.Form
	Heading string
	Entry   communications.EntryFile
	Root    string
	Facts   []view.SummaryRow
	Chips   []view.Chip
	Photo   view.Field
	Room    bool // for another photo
	Reason  view.Field
	Unit    string // what the unit adds up to this year
	Enters  bool
}

// showEntry shows an entry.
func (s *Door) showEntry(c *fiber.Ctx) error { return s.file(c, fiber.StatusOK, nil) }

func (s *Door) file(c *fiber.Ctx, status int, faults map[string]string) error {
	actor := frame.Actor(c)
	f, err := s.App.Communications.Entry(c.UserContext(), actor, entryParam(c))
	if err != nil {
		return err
	}
	p := filePage{Base: s.OfficePage(c, "communication.file_title", f.Number()), Entry: f, Root: entryHref(f.ID), Enters: actor.CanSomewhere(registry.Communicate)}
	p.Heading = said(p.Base, f.ChannelIs, f.Communication)
	p.Chips = chips(p.Base, f.Communication)
	p.Facts = s.facts(p.Base, f)
	if p.Enters {
		mine, err := s.App.Communications.Mine(c.UserContext(), actor, f.Area, 1)
		if err != nil {
			return err
		}
		p.Unit = p.T("communication.unit_year", s.areaName(f.Communication), vn.Count(mine.Year.Times), vn.Count(mine.Year.People))
	}
	p.Form = view.NewForm(&p.Base, faults)
	p.Photo, p.Room = p.TakeOne(view.PhotoField(p.Base, "photo", "communication.field.photo")), len(f.Photos) < committee.MaxCommPhotos
	p.Reason = p.TakeOne(view.Field{Name: "reason", Label: p.T("communication.field.reason"), Hint: p.T("communication.field.reason.hint"), Max: committee.MaxCommReason, Required: true})
	return s.RenderStatus(c, status, frame.LayoutOffice, "communications/entry", p)
}

// areaName is the unit of an entry as it was called on its day.
func (s *Door) areaName(c committee.Communication) string {
	if a, ok := s.App.Areas.At(c.Area, c.From); ok {
		return a.FullName()
	}
	return s.AreaName(c.Area)
}

// said is an entry in a line: "Họp thôn, bản: 1 cuộc, 45 lượt người".
func said(b view.Base, channel committee.Channel, c committee.Communication) string {
	if c.Counted {
		return b.T("communication.said", channelName(b, channel), vn.Count(int64(c.Times)), vn.Count(int64(c.People)))
	}
	return b.T("communication.said_times", channelName(b, channel), vn.Count(int64(c.Times)))
}

// chips are what stands out about an entry.
func chips(b view.Base, c committee.Communication) (chips []view.Chip) {
	switch {
	case c.Struck():
		chips = append(chips, view.Chip{Class: "off", Icon: "x", Label: b.T("communication.state.struck")})
	case c.Up():
		chips = append(chips, view.Chip{Class: "go", Icon: "flag", Label: b.T("communication.state.up")})
	}
	if c.Asked {
		chips = append(chips, view.Chip{Class: "wait", Icon: "circle-help", Label: b.T("communication.state.asked")})
	}
	return chips
}

// days are the days of an entry as people read them.
func days(b view.Base, c committee.Communication) string {
	if c.Up() {
		return b.T("register.since", vn.ShowDate(c.From))
	}
	return vn.ShowRange(c.From, c.Until)
}

// facts are what is said about an entry, without what is not.
func (s *Door) facts(b view.Base, f communications.EntryFile) (rows []view.SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("communication.field." + name), Value: value})
		}
	}
	count := func(n int64) string {
		if n == 0 {
			return ""
		}
		return vn.Count(n)
	}
	add("area", view.SaidLine(s.areaName(f.Communication), f.Village, f.Place))
	add("day", days(b, f.Communication))
	add("topic", f.Topic)
	add("audience", audienceNames(b, f.Audiences))
	add("quantity", count(int64(f.Quantity)))
	add("minutes", count(int64(f.Minutes)))
	if f.Cost > 0 {
		add("cost", vn.Dong(f.Cost))
	}
	add("body", f.BodyName)
	add("quality", f.Quality)
	for _, m := range f.Movements {
		add("movements", m)
	}
	for _, title := range f.TaskTitles {
		add("task", title)
	}
	add("entered", b.T("register.entered", f.EnteredAs, view.ShowTime(f.EnteredAt)))
	if f.Struck() {
		add("struck", b.T("register.struck_by", f.StruckAs, view.ShowTime(f.StruckAt), f.StruckWhy))
	}
	return rows
}

// audienceNames lists audiences in words.
func audienceNames(b view.Base, all []committee.Audience) (text string) {
	for i, a := range all {
		if i > 0 {
			text += ", "
		}
		text += b.T("communication.audience." + string(a))
	}
	return text
}

// editPage begins the form of a stored entry.
func (s *Door) editPage(c *fiber.Ctx, f communications.EntryFile) entryPage {
	return entryPage{Base: s.OfficePage(c, "communication.edit_title", f.Number()), Action: entryHref(f.ID) + "/sua", Back: entryHref(f.ID), Open: true, Holds: f}
}

// showEdit shows the form of a stored entry.
func (s *Door) showEdit(c *fiber.Ctx) error {
	f, err := s.App.Communications.Entry(c.UserContext(), frame.Actor(c), entryParam(c))
	if err != nil {
		return err
	}
	if !f.Writes {
		return registry.E(registry.NotFound, "error.not_found")
	}
	return s.reshowEntry(c, s.editPage(c, f), s.formOf(communications.InputOf(f.Communication)), sent{})
}

// saveEntry corrects an entry. Where a colleague was quicker, the two are compared.
func (s *Door) saveEntry(c *fiber.Ctx) error {
	var form entryForm
	err := frame.Bind(c, &form)
	place := s.ReadArea(form.AreaText, &form.Area, form.Day)
	in := form.EntryInput
	in.Version = view.ReadAt(form.Version, form.Over)
	var asked []communications.Question
	if err == nil {
		asked, err = s.App.Communications.Save(c.UserContext(), frame.Actor(c), entryParam(c), in)
	}
	if err == nil && len(asked) == 0 {
		frame.Flash(c, "communication.flash.saved")
		return c.Redirect(entryHref(entryParam(c)), fiber.StatusSeeOther)
	}
	f, missing := s.App.Communications.Entry(c.UserContext(), frame.Actor(c), entryParam(c))
	if missing != nil {
		return missing
	}
	p, x := s.editPage(c, f), sent{err: err, place: place, asked: asked}
	if view.IsStale(err) {
		if x.stale, err = s.stale(c, p, form, f); err != nil {
			return err
		}
	}
	return s.reshowEntry(c, p, form, x)
}

// stale compares a form with what is stored now.
func (s *Door) stale(c *fiber.Ctx, p entryPage, mine entryForm, f communications.EntryFile) (*view.Stale, error) {
	ch, err := s.App.Communications.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return nil, err
	}
	fields := func(form entryForm) []view.Field {
		drawn := entryPage{Base: p.Base, Holds: p.Holds}
		s.draw(&drawn, form, ch)
		all := append([]view.Field{drawn.Channel}, drawn.Main...)
		return append(append(all, drawn.Place...), drawn.More...)
	}
	return view.NewStale(p.Base, f.Version, p.Action, fields(mine), fields(s.formOf(communications.InputOf(f.Communication)))), nil
}

// strikeForm strikes an entry out, or counts it again.
type strikeForm struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
}

// strike strikes an entry out.
func (s *Door) strike(c *fiber.Ctx) error {
	var form strikeForm
	if err := frame.Bind(c, &form); err != nil {
		return s.changed(c, err, "communication.flash.struck")
	}
	err := s.App.Communications.Strike(c.UserContext(), frame.Actor(c), entryParam(c), form.Version, form.Reason)
	return s.changed(c, err, "communication.flash.struck")
}

// restore counts an entry again.
func (s *Door) restore(c *fiber.Ctx) error {
	var form strikeForm
	if err := frame.Bind(c, &form); err != nil {
		return s.changed(c, err, "communication.flash.restored")
	}
	err := s.App.Communications.Restore(c.UserContext(), frame.Actor(c), entryParam(c), form.Version)
	return s.changed(c, err, "communication.flash.restored")
}

// changed leads back to the entry, or shows on it what was wrong.
func (s *Door) changed(c *fiber.Ctx, err error, flash string) error {
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "communication.enter_title"), err); ok {
			return s.file(c, frame.FaultStatus(c, err), texts)
		}
		return err
	}
	frame.Flash(c, flash)
	return c.Redirect(entryHref(entryParam(c)), fiber.StatusSeeOther)
}

// addPhoto adds a photo to an entry.
func (s *Door) addPhoto(c *fiber.Ctx) error {
	var form struct {
		Photo *multipart.FileHeader `form:"photo"`
	}
	raw, err := frame.Upload(c, &form, func() *multipart.FileHeader { return form.Photo })
	if err != nil {
		return err
	}
	return s.changed(c, s.App.Communications.AddPhoto(c.UserContext(), frame.Actor(c), entryParam(c), raw), "communication.flash.photo")
}

// removePhoto destroys a photo of an entry.
func (s *Door) removePhoto(c *fiber.Ctx) error {
	err := s.App.Communications.RemovePhoto(c.UserContext(), frame.Actor(c), entryParam(c), registry.FileID(c.Params("file")))
	return s.changed(c, err, "communication.flash.photo_removed")
}

// photo sends a photo of an entry.
func (s *Door) photo(c *fiber.Ctx) error {
	f, err := s.App.Communications.Photo(c.UserContext(), frame.Actor(c), entryParam(c), registry.FileID(c.Params("file")), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	return c.Send(f.Data)
}

// yearText writes a year for an address.
func yearText(year int) string { return strconv.Itoa(year) }
