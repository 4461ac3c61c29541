package costs

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/costs"
	"hoicho/internal/committee"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// bookPage is the costs of an event or plan.
type bookPage struct {
	view.Base
	Head    frame.EventHead // of an event
	Event   bool
	Back    view.NavItem // of a plan
	Heading string
	Kicker  string
	Root    string
	Writes  bool
	Waived  string
	Unpaid  int64
	Kinds   []sumLine
	Sources []sumLine
	Total   sumLine
	Lines   []bookLine
	Events  []sumLine
	Empty   view.Empty
}

// sumLine is a sum in words.
type sumLine struct{ Name, Href, Estimate, Spent string }

// bookLine is a line as the book shows it.
type bookLine struct {
	Href, Title, Note, Kind, Source, Estimate, Spent, Paper string
	Struck                                                  bool
}

// said is an amount, or that nobody said it.
func said(b view.Base, dong int64, known bool) string {
	if !known {
		return b.T("cost.unsaid")
	}
	return vn.Dong(dong)
}

func newSum(b view.Base, name, href string, s committee.CostSum) sumLine {
	return sumLine{name, href, said(b, s.Estimate, s.Estimate > 0), said(b, s.Spent, s.Spent > 0 || s.Unpaid < s.Rows)}
}

// showBook shows the costs of an event or plan.
func (s *Door) showBook(c *fiber.Ctx) error {
	o := ownerParam(c)
	book, err := s.App.Costs.Book(c.UserContext(), frame.Actor(c), o)
	if err != nil {
		return err
	}
	p := bookPage{Base: s.OfficePage(c, "cost.title_of", book.Title), Root: bookHref(o), Writes: book.Writes, Event: o.Event != "", Unpaid: book.Total.Unpaid}
	if p.Event {
		e, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), o.Event)
		if err != nil {
			return err
		}
		p.Head = s.EventHead(c, p.Base, e)
	} else {
		p.Back = view.NavItem{Href: "/quan-ly/ke-hoach/" + string(o.Plan), Label: book.Title}
		p.Kicker = p.T("cost.of_plan", book.Title)
	}
	p.Heading = heading(p.Base, book.Total)
	if book.Waived.Rows > 0 {
		p.Waived = p.T("cost.waived", vn.Dong(max(book.Waived.Spent, book.Waived.Estimate)))
	}
	for _, k := range committee.CostKinds {
		if sum, ok := book.ByKind[k]; ok {
			p.Kinds = append(p.Kinds, newSum(p.Base, p.T("cost.kind."+string(k)), "", sum))
		}
	}
	for _, x := range committee.CostSources {
		if sum, ok := book.BySource[x]; ok {
			p.Sources = append(p.Sources, newSum(p.Base, p.T("cost.source."+string(x)), "", sum))
		}
	}
	p.Total = newSum(p.Base, p.T("communication.all"), "", book.Total)
	for _, l := range book.Lines {
		p.Lines = append(p.Lines, newLine(p.Base, l, p.Event))
	}
	for _, e := range book.Events {
		p.Events = append(p.Events, newSum(p.Base, e.Event.Title, bookHref(costs.Owner{Event: e.Event.ID}), e.Own))
	}
	p.Empty = view.Empty{Icon: "hand-coins", Title: p.T("cost.none"), Text: p.T("cost.none_text")}
	return s.Render(c, frame.LayoutOffice, "costs/book", p)
}

// heading is the answer of the page: what was estimated, and what was spent.
func heading(b view.Base, total committee.CostSum) string {
	if total.Rows == 0 {
		return b.T("cost.none")
	}
	return b.T("cost.heading", said(b, total.Estimate, total.Estimate > 0), said(b, total.Spent, total.Spent > 0 || total.Unpaid < total.Rows))
}

func newLine(b view.Base, l costs.Line, ofEvent bool) bookLine {
	row := bookLine{Title: l.Title, Note: l.Number(), Kind: b.T("cost.kind." + string(l.Kind)), Source: b.T("cost.source." + string(l.Source)),
		Estimate: said(b, l.Estimate, l.Estimate > 0), Spent: said(b, l.Spent, l.Paid), Paper: l.Paper, Struck: l.Struck.Is()}
	if l.Readable {
		row.Href = lineHref(l.ID)
	}
	switch {
	case l.Shared && ofEvent:
		row.Note = view.SaidLine(row.Note, b.T("cost.piece_of", vn.Dong(l.Whole)))
	case l.Shared:
		row.Note = view.SaidLine(row.Note, b.T("cost.shared_n", len(l.Shares)))
	}
	if l.PaperOn != "" {
		row.Paper = view.SaidLine(row.Paper, vn.ShowDate(l.PaperOn))
	}
	return row
}

// export sends the lines as a file.
func (s *Door) export(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Costs.File(c.UserContext(), frame.Actor(c), ownerParam(c), ask.Form, ask.Lang)
	})
}
