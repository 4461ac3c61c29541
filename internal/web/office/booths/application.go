package booths

import (
	"cmp"
	"context"
	"slices"
	"strconv"
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
	Root     string
	FileHref string // of the vendor's file, for who may open it
	Days     string
	Chip     view.Chip
	SentAt   string
	Rows     []view.SummaryRow
	Word     *view.Notice // what the vendor was told last
	Steps    []stall.StoryLine
	Limits   []stall.QuotaLine
	Papers   []view.Chip
	Matrix   paperMatrix
	Held     []stall.PaperRow          // papers of the vendor, with their scans
	About    []view.Chip               // how the event stands
	Why      *reasonField              // an approval needs a reason
	Tab      registry.ApplicationState // of the queue
	Goods    []reviewedProduct
	Left     int
	Grid     bool // the event has booths
	Granted  view.Field
	Note     view.Field
	Decides  []reviewForm
	MayGive  bool
	Returns  bool // approved, and can go back to the queue
	Editable bool
}

// reviewedProduct is a product as a reviewer judges it.
type reviewedProduct struct {
	Name, Slug, Group string
	Evidence          view.Chip
	Origin            string
	Label             string
	Stars             string
}

// reviewForm is one decision with its reason.
type reviewForm struct {
	reasonField
	Label  string
	Button string
	Class  string
	Open   bool
}

// reasonField asks for the reason of a decision; Path tells the forms of the page
// apart.
type reasonField struct {
	Path   string
	Reason view.Field
}

// triedReview is a form of the review page as it was sent.
type triedReview struct {
	Path    string // of the form
	Text    string // the reason, or the note
	Granted int
}

func (s *Door) showReview(c *fiber.Ctx) error { return s.review(c, triedReview{}, nil) }

// review shows an application, with the form that was tried as it was sent and what
// was wrong with it.
func (s *Door) review(c *fiber.Ctx, tried triedReview, fault error) error {
	v, err := s.App.Booths.ReviewedApplication(c.UserContext(), frame.Actor(c), registry.ApplicationID(c.Params("application")))
	if err != nil {
		return err
	}
	p := reviewPage{Base: s.OfficePage(c, "application.review.title", v.Number, v.Vendor.Name), ApplicationView: v,
		Root: view.ReviewRoot(v.ID), Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn),
		Left: max(v.Places.Left(), 0), Grid: v.Places.Booths > 0, Editable: v.OnPaper && v.State.Editable() && v.Closed == nil}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if frame.Actor(c).Can(registry.ViewOffice, s.App.Areas.Scope(v.Vendor.Area)) {
		p.FileHref = view.VendorFile(v.Vendor.ID)
	}
	if v.SubmittedAt > 0 {
		p.SentAt = view.ShowTime(v.SubmittedAt)
	}
	p.Chip, p.Rows, p.Steps = p.ApplicationChip(v.State), stall.Answers(p.Base, v, ""), stall.Story(p.Base, v, true)
	if v.Reason != "" {
		p.Word = &view.Notice{Class: view.ApplicationTones[v.State], Title: p.T("application.review.told"), Text: v.Reason}
	}
	p.Limits, p.Papers = stall.Quotas(p.Base, v.Quotas, v.Concerns), p.FindingChips(v.Findings, v.ComesUntil())
	p.About = s.EventChips(p.Base, v.Event, registry.EventFigures{})
	p.Matrix = newPaperMatrix(p.Base, v)
	p.Held, _ = stall.PaperRows(p.Base, v.Papers, v.Products, s.App.Today())
	p.goods(s.App.Today())
	p.Tab = v.State
	if !slices.Contains(queueTabs, v.State) {
		p.Tab = registry.AppDeclined
	}
	p.forms(tried)
	p.Returns = booths.MayReturn(v.Application, v.Event)
	p.MayGive = frame.Actor(c).CanSomewhere(registry.ManageBooths)
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/application", p)
}

func (p *reviewPage) goods(today string) {
	for _, q := range p.Products {
		evidence := q.EvidenceOn(today)
		g := reviewedProduct{Name: q.Name, Slug: q.Slug, Group: p.T("product.group." + string(q.Group)),
			Origin:   p.T("product.origin_phrase."+string(q.Origin), cmp.Or(q.OriginPlace, "…")),
			Label:    cmp.Or(p.LabelText(q.Label), p.T("product.label.untold")),
			Evidence: p.EvidenceChip(evidence)}
		if r, ok := q.Stars(p.LastDay()); ok {
			g.Stars = strings.Repeat("★", r.Stars)
		}
		p.Goods = append(p.Goods, g)
	}
}

// forms draws the decisions that the state of the application allows.
func (p *reviewPage) forms(tried triedReview) {
	if p.State.CanBecome(registry.AppApproved) {
		p.Granted = p.TakeOne(view.Field{Name: "granted", Type: "select", Label: p.T("application.decide.granted")})
		for n := 1; n <= p.Booths; n++ {
			p.Granted.Options = append(p.Granted.Options, view.Option{Value: strconv.Itoa(n), Label: p.T("application.booths_n", n),
				Selected: n == cmp.Or(tried.Granted, p.Booths)})
		}
		p.Why = p.why(tried)
	}
	for _, d := range []struct {
		to    registry.ApplicationState
		path  string
		class string
	}{{registry.AppNeedsInfo, "hoi-them", "line"}, {registry.AppWaitlisted, "cho", "quiet"}, {registry.AppDeclined, "tu-choi", "danger"}} {
		if !p.State.CanBecome(d.to) {
			continue
		}
		key := "application.decide." + string(d.to)
		f := reviewForm{reasonField: p.reason(d.path, key+".reason", key+".hint", tried), Label: p.T(key), Button: p.T(key + ".button"), Class: d.class, Open: tried.Path == d.path}
		p.Decides = append(p.Decides, f)
	}
	p.Note = p.TakeOne(view.Field{Name: "note", Type: "textarea", Rows: 2, Label: p.T("application.note.label"), Hint: p.T("application.note.hint")})
	if tried.Path == notePath {
		p.Note.Value = tried.Text
	}
}

// reason asks for the reason of a decision, as it was sent if that one was tried.
func (p *reviewPage) reason(path, label, hint string, tried triedReview) reasonField {
	f := view.Field{Name: "reason", Label: p.T(label), Hint: p.T(hint)}
	if tried.Path == path {
		f.Value, f.Error = tried.Text, p.PartAt("reason", f.Label, "reason-"+path)
	}
	return reasonField{path, f}
}

// why asks why an application is approved although papers are lacking; nil where
// none are.
func (p *reviewPage) why(tried triedReview) *reasonField {
	if len(p.Lacking) == 0 {
		return nil
	}
	f := p.reason("duyet", "application.decide.approved.reason", "application.decide.approved.hint", tried)
	return &f
}

// decision is a use case of app that decides on an application.
type decision func(context.Context, registry.Actor, registry.ApplicationID, booths.Decision) error

// decide handles the forms of the review page.
func (s *Door) decide(path string, do decision) fiber.Handler {
	return func(c *fiber.Ctx) error {
		var form struct {
			Version int64  `form:"version"`
			Granted int    `form:"granted"`
			Reason  string `form:"reason" lines:"many"`
		}
		err := frame.Bind(c, &form)
		if err == nil {
			d := booths.Decision{Version: form.Version, Granted: form.Granted, Reason: form.Reason}
			err = do(c.UserContext(), frame.Actor(c), registry.ApplicationID(c.Params("application")), d)
		}
		if err != nil {
			return s.review(c, triedReview{path, form.Reason, form.Granted}, err)
		}
		frame.Flash(c, "application.flash.decided")
		return c.Redirect(view.ReviewRoot(registry.ApplicationID(c.Params("application"))), fiber.StatusSeeOther)
	}
}

// notePath is where the note of an application is sent.
const notePath = "ghi-chu"

func (s *Door) noteApplication(c *fiber.Ctx) error {
	var form struct {
		Note string `form:"note" lines:"many"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Booths.NoteApplication(c.UserContext(), frame.Actor(c), registry.ApplicationID(c.Params("application")), form.Note)
	}
	if err != nil {
		return s.review(c, triedReview{Path: notePath, Text: form.Note}, err)
	}
	frame.Flash(c, "application.flash.noted")
	return c.Redirect(view.ReviewRoot(registry.ApplicationID(c.Params("application")))+"#chuyen", fiber.StatusSeeOther)
}
