package booths

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/stall"
	"hoicho/internal/web/view"
)

// reviewPage is an application as the office sees it.
type reviewPage struct {
	view.Base
	view.Form
	booths.ApplicationView
	spotBar
	decisionFields
	Root     string
	Heading  string // what is wrong with it
	FileHref string // of the vendor's file, for who may open it
	Days     string
	Lunar    string
	Chip     view.Chip
	SentAt   string
	Rows     []view.SummaryRow
	Gist     string          // what it asks for, in a line
	Word     *view.Notice    // what the vendor was told last
	Answer   *view.Notice    // what it answered
	Asked    stall.AskedPart // what it was asked for, and what it has changed since
	Steps    []stall.StoryLine
	Limits   []stall.QuotaLine
	Matrix   paperMatrix
	Held     []heldPaper // papers of the vendor, with their scans
	About    []view.Chip // how the event stands
	Goods    []reviewedProduct
	Left     int
	Grid     bool // the event has booths
	Note     view.Field
	MayGive  bool
	Returns  bool // approved, and can go back to the queue
	Editable bool
}

// reviewedProduct is a product as a reviewer judges it.
type reviewedProduct struct {
	Name, Slug, Group string
	Marks             []view.Chip // its evidence, and what is wrong with it
	Origin            string
	Label             string
	Stars             string
}

// triedNote is a note of the office as it was sent.
type triedNote struct{ text string }

func (s *Door) showReview(c *fiber.Ctx) error {
	return s.review(c, decisionForm{Event: c.Query("event")}, triedNote{}, nil)
}

// review shows an application, with the decision or the note that was tried as it was
// sent and what was wrong with it.
func (s *Door) review(c *fiber.Ctx, tried decisionForm, note triedNote, fault error) error {
	actor := frame.Actor(c)
	v, err := s.App.Booths.ReviewedApplication(c.UserContext(), actor, registry.ApplicationID(c.Params("application")))
	if err != nil {
		return err
	}
	p := reviewPage{Base: s.OfficePage(c, "application.review.title", v.Number, v.Vendor.Name), ApplicationView: v,
		Root: view.ReviewRoot(v.ID), Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn),
		Left: max(v.Places.Left(), 0), Grid: v.Places.Booths > 0, Editable: v.OnPaper && v.State.Editable() && v.Closed == nil}
	p.Lunar = p.LunarRange(v.Event.OpensOn, v.Event.ClosesOn)
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if p.spotBar, err = s.spotOf(c, p.Base, v.Application, registry.EventID(tried.Event)); err != nil {
		return err
	}
	if actor.Can(registry.ViewOffice, s.App.Areas.Scope(v.Vendor.Area)) {
		p.FileHref = view.VendorFile(v.Vendor.ID)
	}
	if v.SubmittedAt > 0 {
		p.SentAt = view.ShowTime(v.SubmittedAt)
	}
	p.Chip, p.Rows, p.Steps = p.ApplicationChip(v.State), stall.Answers(p.Base, v, ""), stall.Story(p.Base, v, true)
	p.Heading, p.Gist = heading(p.Base, v), gist(p.Base, v)
	if v.Reason != "" {
		p.Word = &view.Notice{Class: view.ApplicationTones[v.State], Title: p.T("application.review.told"), Text: v.Reason}
	}
	if text := answered(v.Story); text != "" {
		p.Answer = &view.Notice{Title: p.T("review.answer"), Text: text}
	}
	p.Asked = stall.Reviewed(p.Base, v)
	p.Limits = stall.Quotas(p.Base, v.Quotas, v.Concerns)
	p.About = s.EventChips(p.Base, v.Event, registry.EventFigures{})
	p.Matrix = newPaperMatrix(p.Base, v)
	p.Held = heldPapers(p.Base, v, s.mayCheck(actor, v.Vendor))
	p.goods(s.App.Today())
	p.decide(tried, s.App.Today())
	p.Note = p.TakeOne(view.Field{Name: "note", Type: "textarea", Rows: 2, Label: p.T("application.note.label"), Hint: p.T("application.note.hint"), Value: note.text})
	p.Returns = booths.MayReturn(v.Application, v.Event)
	p.MayGive = actor.CanSomewhere(registry.ManageBooths)
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/application", p)
}

// answered is what a vendor wrote when it sent its application again, while that is the
// last step of its story.
func answered(story []registry.ApplicationNote) string {
	for _, n := range slices.Backward(story) {
		if n.State != "" {
			return map[bool]string{true: n.Text}[n.State == registry.AppSubmitted]
		}
	}
	return ""
}

// gist is what an application asks for, in a line.
func gist(b view.Base, v booths.ApplicationView) string {
	parts := []string{b.T("application.booths_n", v.Booths), b.T("application.people", v.StaffN)}
	if v.NeedsPower {
		parts = append(parts, b.T("review.power"))
	}
	if n := len(v.Vehicles); n > 0 {
		parts = append(parts, b.T("review.vehicles", n))
	}
	days := b.T("review.days", len(v.Days))
	if len(v.Days) == len(v.Event.Days) {
		days = b.T("review.every_day")
	}
	return strings.Join(append(parts, days), " · ")
}

func (p *reviewPage) goods(today string) {
	for _, q := range p.Products {
		g := reviewedProduct{Name: q.Name, Slug: q.Slug, Group: p.T("product.group." + string(q.Group)),
			Origin: p.T("product.origin_phrase."+string(q.Origin), cmp.Or(q.OriginPlace, "…")),
			Label:  cmp.Or(p.LabelText(q.Label), p.T("product.label.untold")),
			Marks:  []view.Chip{p.EvidenceChip(q.EvidenceOn(today))}}
		if r, ok := q.Stars(p.LastDay()); ok {
			g.Stars = strings.Repeat("★", r.Stars)
		}
		for _, f := range p.Findings {
			if f.Product == q.Name && (f.Kind == registry.Weak && f.Evidence == "" || f.Kind == registry.LabelOver) {
				f.Product = ""
				g.Marks = append(g.Marks, goodsMark(p.Base, f))
			}
		}
		p.Goods = append(p.Goods, g)
	}
}

// goodsMark is what is wrong with a product, beside its name.
func goodsMark(b view.Base, f registry.Finding) view.Chip {
	if f.Kind == registry.LabelOver {
		return view.Chip{Class: "stop", Icon: "circle-x", Label: b.T("review.goods.label_over", view.ShortDate(f.On))}
	}
	return view.Chip{Class: "wait", Icon: "triangle-alert", Label: b.T("review.goods." + string(f.Origin))}
}

func (s *Door) noteApplication(c *fiber.Ctx) error {
	var form struct {
		Note string `form:"note" lines:"many"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Booths.NoteApplication(c.UserContext(), frame.Actor(c), registry.ApplicationID(c.Params("application")), form.Note)
	}
	if err != nil {
		return s.review(c, decisionForm{Event: c.Query("event")}, triedNote{form.Note}, err)
	}
	frame.Flash(c, "application.flash.noted")
	href := view.ReviewRoot(registry.ApplicationID(c.Params("application"))) + narrowing(registry.EventID(c.Query("event")))
	return c.Redirect(href+"#chuyen", fiber.StatusSeeOther)
}
