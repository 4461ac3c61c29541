package inspections

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rooms is the room whose use cases the door calls.
type rooms = inspections.Service

// recordPage is a record with what becomes of what it found.
type recordPage struct {
	view.Base
	Heading  string
	Kicker   string
	Root     string
	Number   string // "" before there are minutes
	Chips    []view.Chip
	Facts    []view.SummaryRow
	Remarks  []string
	Findings []findingView
	Answers  []answerView
	Photos   []photoView
	Twins    []twinView
	Others   []view.NavItem // re-checks, the record before
	Log      []view.SummaryRow
	Recheck  string // address of the form of a re-check
	Event    view.NavItem
	Round    view.NavItem
}

// findingView is a finding with its log and the steps that there are.
type findingView struct {
	ID, Title, Words, Remedy, Due string
	Chips                         []view.Chip
	Handover                      []view.SummaryRow
	Steps                         []view.SummaryRow
	Next                          []view.NavItem
}

type answerView struct {
	N                     int
	Text, Law, Note, Said string
	Class                 string
}

type photoView struct{ Href, Small, Label string }

// twinView is another record of the stall on that day.
type twinView struct {
	ID, Href, Label string
	Joined          bool // it follows this one, or leads it
	Follows         bool // this one follows it
	Apart           bool
}

// showRecord shows a record.
func (s *Door) showRecord(c *fiber.Ctx) error {
	f, err := s.App.Inspections.File(c.UserContext(), frame.Actor(c), recordParam(c))
	if err != nil {
		return err
	}
	p := recordPage{Base: s.OfficePage(c, "inspection.file_title", f.Subject.Name), Root: view.InspectionHref(f.ID), Kicker: numberOf(s.Page(c, "inspection.title"), f.Record)}
	p.Number = f.Record.Number()
	p.Heading = p.T("inspection.said", f.Subject.Name, result(p.Base, f.Record))
	p.Chips = chips(p.Base, f.Record)
	for _, m := range f.Remarks {
		p.Remarks = append(p.Remarks, p.T("inspection.remark."+string(m)))
	}
	if n := f.Missing(); n > 0 {
		p.Remarks = append(p.Remarks, p.T("inspection.photos_missing", n))
	}
	p.Facts = s.facts(p.Base, f)
	for _, x := range f.Findings {
		p.Findings = append(p.Findings, s.finding(p.Base, f, x))
	}
	s.answers(&p, f)
	s.links(&p, f)
	for _, st := range f.Steps {
		p.Log = append(p.Log, view.SummaryRow{Label: view.ShowTime(st.At), Value: view.SaidLine(p.T("inspection.step."+string(st.Kind)), st.Text, st.By)})
	}
	return s.Render(c, frame.LayoutOffice, "inspections/record", p)
}

// facts are what is said about a record, without what is not.
func (s *Door) facts(b view.Base, f inspections.File) (rows []view.SummaryRow) {
	add := func(name, value string) {
		if value != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("inspection.field." + name), Value: value})
		}
	}
	add("kind", b.T("inspection.kind."+string(f.Kind)))
	add("subject", b.T("inspection.subject."+string(f.Subject.Kind))+": "+f.Subject.Name)
	add("day", vn.ShowDate(f.On))
	if f.BeganAt > 0 && f.EndedAt > 0 {
		add("hours", view.ShowTime(f.BeganAt)+" – "+view.ShowTime(f.EndedAt))
	}
	add("area", s.UnitName(f.Area, f.On))
	add("place", f.Place)
	add("issuer", f.IssuerName)
	for i, person := range f.People {
		name := "people"
		if i == 0 {
			name = "leader"
		}
		add(name, view.SaidLine(person.Name, person.Body))
	}
	add("present", f.Present)
	add("opinion", f.Opinion)
	add("refusal", f.Refusal)
	add("witnesses", strings.Join(f.Witness, ", "))
	add("note", f.Note)
	add("checklist", vn.ShowDate(strings.TrimPrefix(f.List.ID, string(f.Subject.Kind)+":")))
	for _, title := range f.Tasks {
		add("task", title)
	}
	entered := b.T("register.entered", f.EnterAs, view.ShowTime(f.Received))
	if f.Paper {
		entered = b.T("inspection.typed", entered)
	}
	add("entered", entered)
	return rows
}

// answers lists the answers that count, and the photos.
func (s *Door) answers(p *recordPage, f inspections.File) {
	text := map[string]string{}
	for i, said := range f.Last {
		item, _ := f.List.Item(said.Item)
		text[item.Code] = item.Text(p.Lang)
		row := answerView{N: i + 1, Text: item.Text(p.Lang), Note: said.Note, Said: p.T("inspection.answer." + string(said.Answer)), Class: answerClass[said.Answer]}
		if len(item.Law.Numbers) > 0 {
			row.Law = s.App.Laws.Cited(item.Law)
		}
		p.Answers = append(p.Answers, row)
	}
	for i, photo := range f.Photos {
		if photo.File == "" || photo.Item == inspection.Signature && !f.Writes {
			continue
		}
		label := text[photo.Item]
		if photo.Item == inspection.Signature {
			label = p.T("inspection.signature")
		}
		at := p.Root + "/anh/" + photo.Hash
		p.Photos = append(p.Photos, photoView{at, at + "/nho", p.T("inspection.photo_n", i+1, label)})
	}
}

var answerClass = map[inspection.Answer]string{inspection.OK: "go", inspection.NotOK: "stop", inspection.None: "off"}

// links are what a record has to do with beside itself.
func (s *Door) links(p *recordPage, f inspections.File) {
	name := func(r inspection.Record) string {
		return view.SaidLine(numberOf(p.Base, r), vn.ShowDate(r.On), r.EnterAs)
	}
	if f.Event.ID != "" {
		p.Event = view.NavItem{Href: view.EventRoot(f.Event.ID), Label: f.Event.Title}
	}
	if f.Round.ID != "" {
		p.Round = view.NavItem{Href: roundHref(f.Round.ID), Label: f.Round.Title}
	}
	if f.Before != nil {
		p.Others = append(p.Others, view.NavItem{Href: view.InspectionHref(f.Before.ID), Label: p.T("inspection.rechecks", name(*f.Before))})
	}
	for _, r := range f.Rechecks {
		p.Others = append(p.Others, view.NavItem{Href: view.InspectionHref(r.ID), Label: p.T("inspection.rechecked_by", name(r))})
	}
	if f.Writes && f.State == inspection.HandedIn && len(f.Findings) > 0 {
		p.Recheck = view.Query(enterRoot, "phuc-tra", string(f.ID))
	}
	for _, t := range f.Twins {
		if !f.Writes {
			p.Others = append(p.Others, view.NavItem{Href: view.InspectionHref(t.ID), Label: p.T("inspection.same_day", name(t))})
			continue
		}
		p.Twins = append(p.Twins, twinView{ID: string(t.ID), Href: view.InspectionHref(t.ID), Label: name(t), Joined: t.Lead == f.ID || f.Lead == t.ID, Follows: f.Lead == t.ID,
			Apart: t.Twin == inspection.TwinApart && f.Twin == inspection.TwinApart})
	}
}

// twin decides what becomes of two records of a stall and day.
func (s *Door) twin(decide func(*rooms, context.Context, registry.Actor, registry.InspectionID, registry.InspectionID) error, flash string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form struct {
			Other string `form:"other"`
			Lead  string `form:"lead"` // that leads the two; "" the one of the address
		}
		if err := frame.Bind(c, &form); err != nil {
			return err
		}
		lead, other := recordParam(c), registry.InspectionID(form.Other)
		if form.Lead == form.Other && form.Lead != "" {
			lead, other = other, lead
		}
		if err := decide(s.App.Inspections, c.UserContext(), frame.Actor(c), lead, other); err != nil {
			return err
		}
		frame.Flash(c, flash)
		return c.Redirect(view.InspectionHref(recordParam(c)), fiber.StatusSeeOther)
	}
}

// photo sends a photo of a record.
func (s *Door) photo(c *fiber.Ctx) error {
	f, err := s.App.Inspections.Photo(c.UserContext(), frame.Actor(c), recordParam(c), c.Params("hash"), registry.PhotoSize(c.Params("size")))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return c.Send(f.Data)
}
