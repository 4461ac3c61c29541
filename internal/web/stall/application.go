package stall

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// applicationsPage lists a vendor's applications and the events it can apply to.
type applicationsPage struct {
	view.Base
	Vendor registry.Vendor
	Rows   []applicationLine
	None   view.Empty
	Open   []view.EventCard
}

type applicationLine struct {
	registry.ApplicationRow
	Days string
	Chip view.Chip
}

// GoodsText joins the goods.
func (l applicationLine) GoodsText() string { return strings.Join(l.Goods, ", ") }

// openCard is an event that takes applications; it leads to the page before one.
func openCard(b view.Base, e registry.Event) view.EventCard {
	return view.EventCard{Href: view.EventHref(e.Slug) + "/dang-ky", Date: b.DateBlock(e.OpensOn), Title: e.Title,
		Place: vn.ShowRange(e.OpensOn, e.ClosesOn) + " · " + e.Venue, Note: b.T("application.doorway.until_line", b.Deadline(e.ApplyUntil))}
}

func (s *Door) showApplications(c *fiber.Ctx) error {
	v, err := s.App.Booths.VendorApplications(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return err
	}
	p := applicationsPage{Base: s.vendorPage(c, v.Vendor, "application.list.title"), Vendor: v.Vendor}
	for _, r := range v.Rows {
		p.Rows = append(p.Rows, applicationLine{r, vn.ShowRange(r.OpensOn, r.ClosesOn), p.ApplicationChip(r.State)})
	}
	p.None = view.Empty{Icon: "file-text", Title: p.T("application.list.none"), Text: p.T("application.list.none_text"), Href: "/su-kien", Action: p.T("application.list.events")}
	for _, e := range v.Open {
		p.Open = append(p.Open, openCard(p.Base, e))
	}
	return s.Render(c, frame.LayoutVendor, "stall/applications", p)
}

// waitsFor is the newest application that waits for its vendor: one still to be sent, or
// one that the office asks about. It is nil if there is none or the application is not the
// actor's to fill in. What goes wrong costs the way back, never the page.
func (s *Door) waitsFor(c *fiber.Ctx, b view.Base, vendor registry.VendorID) *view.DraftLink {
	v, err := s.App.Booths.VendorApplications(c.UserContext(), frame.Actor(c), vendor)
	if err != nil {
		return nil
	}
	for _, r := range v.Rows {
		href := view.StallApplication(vendor, r.ID)
		switch r.State {
		case registry.AppDraft:
			return &view.DraftLink{Href: href + "/sua", Event: r.EventTitle, Text: b.T("application.draft_waits", r.EventTitle), Label: b.T("application.draft_back")}
		case registry.AppNeedsInfo:
			link := &view.DraftLink{Href: href, Event: r.EventTitle, Text: b.T("application.asked_waits", r.EventTitle), Label: b.T("application.asked_back")}
			if v, err := s.App.Booths.Application(c.UserContext(), frame.Actor(c), r.ID); err == nil && len(v.Asked) > 0 {
				n := len(v.Asked)
				left := n - booths.Answered(v.Asked)
				link.Ready, link.Text, link.Href = left == 0, b.T("application.asked_left", left, r.EventTitle), href+"#can-bo-sung"
				if link.Ready {
					link.Text = b.T("application.asked_done", n, r.EventTitle)
				}
			}
			return link
		}
	}
	return nil
}

// applicationPage is an application as its vendor sees it.
type applicationPage struct {
	view.Base
	view.Form
	booths.ApplicationView
	Root      string
	Days      string
	Chip      view.Chip
	Rows      []view.SummaryRow
	Done      view.Panel   // of one that has just been sent
	Word      *view.Notice // how it stands
	Next      []string
	Steps     []StoryLine
	Limits    []QuotaLine
	Has       []registry.Booth
	Held      *registry.Booth
	HeldUntil string
	Owed      int // booths granted that it has not got
	Editable  bool
	Phone     string // of the organiser
	Lacks     TodoPart
	Asked     AskedPart
	Opening   *openingPart // what stands before the opening; nil nothing
	PushAsk   *view.PushAsk
}

// ownView reads the application of the address; one of another vendor than the
// address names is NotFound.
func (s *Door) ownView(c *fiber.Ctx) (booths.ApplicationView, error) {
	v, err := s.App.Booths.Application(c.UserContext(), frame.Actor(c), registry.ApplicationID(c.Params("application")))
	if err != nil {
		return v, err
	}
	if vendor := c.Params("vendor"); vendor != "" && vendor != string(v.Vendor.ID) {
		return v, registry.E(registry.NotFound, "error.not_found")
	}
	return v, nil
}

func (s *Door) showApplication(c *fiber.Ctx) error { return s.application(c, nil) }

// application shows an application, with what went wrong on top.
func (s *Door) application(c *fiber.Ctx, fault error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	p := applicationPage{Base: s.vendorPage(c, v.Vendor, "application.page.title", v.Number), ApplicationView: v,
		Root: view.StallApplication(v.Vendor.ID, v.ID), Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn)}
	p.Chip, p.Rows, p.Steps = p.ApplicationChip(v.State), Answers(p.Base, v, ""), Story(p.Base, v, false)
	p.Limits, p.Lacks = Quotas(p.Base, v.Quotas, v.Concerns), newLackingPart(p.Base, v)
	p.Asked = byVendor.asked(p.Base, v)
	p.fill()
	if p.Editable && v.State == registry.AppNeedsInfo && len(p.Asked.Tasks) == 0 { // nothing is named: each answer leads to its field
		p.Rows = Answers(p.Base, v, p.Root+"/sua")
	}
	if err := s.askPush(c, &p); err != nil {
		return err
	}
	if v.State == registry.AppApproved {
		if p.Opening, err = s.openingOf(c, p.Base, v.Vendor.ID, v.ID); err != nil {
			return err
		}
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/application", p)
}

// fill works out what the vendor can do next.
func (p *applicationPage) fill() {
	for _, b := range p.Assigned {
		if b.State == registry.BoothHeld {
			p.Held, p.HeldUntil = &b, view.ShowTime(b.HeldUntil)
			continue
		}
		p.Has = append(p.Has, b)
	}
	p.Owed = p.Granted - len(p.Has)
	p.Editable = p.State.Editable() && p.Closed == nil
	p.Done = view.Panel{Title: p.T("application.sent"), Text: p.Event.Title, Number: p.T("application.number", p.Number)}
	p.Phone = vn.ShowPhone(p.Event.Phone)
	if p.Asked.Tasks == nil {
		p.Word = p.word()
	}
	switch p.State {
	case registry.AppSubmitted:
		p.Next = []string{p.T("application.next.read"), p.T("application.next.told"), p.T("application.next.booth")}
	case registry.AppApproved:
		p.Next = []string{p.T("application.next.passes"), p.T("application.next.arrive")}
	}
}

// word says how the application stands, in the state's own colour.
func (p *applicationPage) word() *view.Notice {
	key := "application.word." + string(p.State)
	n := &view.Notice{Class: view.ApplicationTones[p.State], Icon: view.ApplicationIcons[p.State], Text: p.Reason}
	switch p.State {
	case registry.AppSubmitted:
		return nil
	case registry.AppApproved:
		n.Title = p.T(key, p.Granted)
	case registry.AppWaitlisted:
		place := p.T("application.word.first")
		if p.Before > 0 {
			place = p.T("application.word.before", p.Before)
		}
		n.Title, n.Text = p.T(key), strings.TrimSpace(place+" "+p.Reason)
	case registry.AppOffered:
		n.Title, n.Text = p.T(key, p.Granted), p.T("application.word.until", p.Deadline(p.OfferUntil))
	default:
		n.Title = p.T(key)
	}
	if p.State.Editable() && p.Closed != nil {
		n.Text = strings.TrimSpace(n.Text + " " + p.ErrorText(p.Closed))
	}
	if n.Class == "off" {
		n.Class = ""
	}
	return n
}

// act runs a use case on the application of the address and goes back to it with
// a message; what a person can mend is shown on the page.
func (s *Door) act(c *fiber.Ctx, message string, do func(booths.ApplicationView) error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	if err := do(v); err != nil {
		return s.application(c, err)
	}
	frame.Flash(c, message)
	return c.Redirect(view.StallApplication(v.Vendor.ID, v.ID), fiber.StatusSeeOther)
}

func (s *Door) withdrawApplication(c *fiber.Ctx) error {
	return s.act(c, "application.flash.withdrawn", func(v booths.ApplicationView) error {
		return s.App.Booths.WithdrawApplication(c.UserContext(), frame.Actor(c), v.ID)
	})
}

func (s *Door) acceptOffer(c *fiber.Ctx) error {
	return s.act(c, "application.flash.accepted", func(v booths.ApplicationView) error {
		return s.App.Booths.AcceptOffer(c.UserContext(), frame.Actor(c), v.ID)
	})
}
