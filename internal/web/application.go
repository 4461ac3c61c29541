package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// applicationsPage lists a vendor's applications and the events it can apply to.
type applicationsPage struct {
	base
	Vendor registry.Vendor
	Rows   []applicationLine
	None   Empty
	Open   []EventCard
}

type applicationLine struct {
	registry.ApplicationRow
	Days string
	Chip Chip
}

// GoodsText joins the goods.
func (l applicationLine) GoodsText() string { return strings.Join(l.Goods, ", ") }

// openCard is an event that takes applications; it leads to the page before one.
func (b base) openCard(e registry.Event) EventCard {
	return EventCard{Href: eventHref(e.Slug) + "/dang-ky", Date: b.dateBlock(e.OpensOn), Title: e.Title,
		Place: vn.ShowRange(e.OpensOn, e.ClosesOn) + " · " + e.Venue, Note: b.T("application.doorway.until_line", showDeadline(e.ApplyUntil))}
}

func (s *Server) showApplications(c *fiber.Ctx) error {
	v, err := s.app.Booths.VendorApplications(c.UserContext(), actor(c), vendorParam(c))
	if err != nil {
		return err
	}
	p := applicationsPage{base: s.vendorPage(c, v.Vendor, "application.list.title"), Vendor: v.Vendor}
	for _, r := range v.Rows {
		p.Rows = append(p.Rows, applicationLine{r, vn.ShowRange(r.OpensOn, r.ClosesOn), p.applicationChip(r.State)})
	}
	p.None = Empty{Icon: "file-text", Title: p.T("application.list.none"), Text: p.T("application.list.none_text"), Href: "/su-kien", Action: p.T("application.list.events")}
	for _, e := range v.Open {
		p.Open = append(p.Open, p.openCard(e))
	}
	return s.render(c, layoutVendor, "applications", p)
}

// draftOf is the newest application of a vendor that is still to be sent, nil if
// there is none or the application is not the actor's to fill in.
func (s *Server) draftOf(c *fiber.Ctx, vendor registry.VendorID) (*draftLink, error) {
	v, err := s.app.Booths.VendorApplications(c.UserContext(), actor(c), vendor)
	if registry.KindOf(err) == registry.NotFound {
		return nil, nil
	}
	for _, r := range v.Rows {
		if r.State == registry.AppDraft {
			return &draftLink{Href: stallApplication(vendor, r.ID) + "/sua", Event: r.EventTitle}, nil
		}
	}
	return nil, err
}

// doorwayPage is the page before an application.
type doorwayPage struct {
	base
	booths.Doorway
	Days   string
	Until  string
	Shut   bool // nobody can apply now
	Why    Notice
	NoneOf Empty // for whoever acts for no vendor
	Limits []quotaLine
	Chips  map[registry.VendorID]Chip
	Left   int
	faulty
}

func (s *Server) showDoorway(c *fiber.Ctx) error { return s.doorway(c, nil) }

func (s *Server) doorway(c *fiber.Ctx, fault error) error {
	d, err := s.app.Booths.ApplicationDoorway(c.UserContext(), actor(c), c.Params("slug"))
	if err != nil {
		return err
	}
	p := doorwayPage{base: s.publicNav(c, s.page(c, "application.doorway.title", d.Event.Title)), Doorway: d,
		Days: vn.ShowRange(d.Event.OpensOn, d.Event.ClosesOn), Left: max(d.Places.Left(), 0), Chips: map[registry.VendorID]Chip{}}
	if d.Event.ApplyUntil > 0 {
		p.Until = showDeadline(d.Event.ApplyUntil)
	}
	if d.Closed != nil {
		p.Shut, p.Why = true, Notice{Class: "wait", Icon: "clock", Title: p.errorText(d.Closed)}
	}
	p.NoneOf = Empty{Icon: "store", Title: p.T("application.doorway.no_vendor"), Text: p.T("application.doorway.no_vendor_text"),
		Href: "/gian-hang/moi", Action: p.T("application.doorway.make_vendor")}
	if !p.Shut {
		s.headFor(c, d.Event.Slug)
	}
	p.Limits = p.quotas(d.Quotas, nil)
	for _, v := range d.Vendors {
		if v.Application != "" {
			p.Chips[v.ID] = p.applicationChip(v.State)
		}
	}
	status, err := p.noteFault(c, &p.base, fault, "vendor")
	if err != nil {
		return err
	}
	return s.renderStatus(c, status, layoutVendor, "doorway", p)
}

// startApplication opens the draft, or leads to the application that is there.
func (s *Server) startApplication(c *fiber.Ctx) error {
	var form struct {
		Vendor registry.VendorID `form:"vendor"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	e, err := s.app.Events.EventBySlug(c.UserContext(), actor(c), c.Params("slug"))
	if err != nil {
		return err
	}
	if !actor(c).Owns(form.Vendor) {
		return s.doorway(c, registry.At("vendor", "error.choose"))
	}
	a, made, err := s.app.Booths.StartApplication(c.UserContext(), actor(c), e.ID, form.Vendor)
	switch {
	case err != nil:
		return s.doorway(c, err)
	case made:
		return c.Redirect(stallApplication(a.Vendor, a.ID)+"/sua", fiber.StatusSeeOther)
	}
	flash(c, "application.flash.first")
	return c.Redirect(stallApplication(a.Vendor, a.ID), fiber.StatusSeeOther)
}

// applicationPage is an application as its vendor sees it.
type applicationPage struct {
	base
	faulty
	booths.ApplicationView
	Root      string
	Days      string
	Chip      Chip
	Rows      []SummaryRow
	Done      Panel   // of one that has just been sent
	Word      *Notice // how it stands
	Next      []string
	Steps     []storyLine
	Limits    []quotaLine
	Has       []registry.Booth
	Held      *registry.Booth
	HeldUntil string
	Owed      int // booths granted that it has not got
	Editable  bool
	Phone     string // of the organiser
	Lacks     lackingPart
}

// ownView reads the application of the address; one of another vendor than the
// address names is NotFound.
func (s *Server) ownView(c *fiber.Ctx) (booths.ApplicationView, error) {
	v, err := s.app.Booths.Application(c.UserContext(), actor(c), registry.ApplicationID(c.Params("application")))
	if err != nil {
		return v, err
	}
	if vendor := c.Params("vendor"); vendor != "" && vendor != string(v.Vendor.ID) {
		return v, registry.E(registry.NotFound, "error.not_found")
	}
	return v, nil
}

func (s *Server) showApplication(c *fiber.Ctx) error { return s.application(c, nil) }

// application shows an application, with what went wrong on top.
func (s *Server) application(c *fiber.Ctx, fault error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	p := applicationPage{base: s.vendorPage(c, v.Vendor, "application.page.title", v.Number), ApplicationView: v,
		Root: stallApplication(v.Vendor.ID, v.ID), Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn)}
	p.Chip, p.Rows, p.Steps = p.applicationChip(v.State), p.answers(v, ""), p.story(v, false)
	p.Limits, p.Lacks = p.quotas(v.Quotas, v.Concerns), p.newLackingPart(v)
	p.fill()
	status, err := p.noteFault(c, &p.base, fault)
	if err != nil {
		return err
	}
	return s.renderStatus(c, status, layoutVendor, "application", p)
}

// fill works out what the vendor can do next.
func (p *applicationPage) fill() {
	for _, b := range p.Assigned {
		if b.State == registry.BoothHeld {
			p.Held, p.HeldUntil = &b, showTime(b.HeldUntil)
			continue
		}
		p.Has = append(p.Has, b)
	}
	p.Owed = p.Granted - len(p.Has)
	p.Editable = p.State.Editable() && p.Closed == nil
	p.Done = Panel{Title: p.T("application.sent"), Text: p.Event.Title, Number: p.T("application.number", p.Number)}
	p.Word, p.Phone = p.word(), vn.ShowPhone(p.Event.Phone)
	switch p.State {
	case registry.AppSubmitted:
		p.Next = []string{p.T("application.next.read"), p.T("application.next.told"), p.T("application.next.booth")}
	case registry.AppApproved:
		p.Next = []string{p.T("application.next.passes"), p.T("application.next.arrive")}
	}
}

// word says how the application stands, in the state's own colour.
func (p *applicationPage) word() *Notice {
	key := "application.word." + string(p.State)
	n := &Notice{Class: applicationTones[p.State], Icon: applicationIcons[p.State], Text: p.Reason}
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
		n.Title, n.Text = p.T(key, p.Granted), p.T("application.word.until", showDeadline(p.OfferUntil))
	default:
		n.Title = p.T(key)
	}
	if p.State.Editable() && p.Closed != nil {
		n.Text = strings.TrimSpace(n.Text + " " + p.errorText(p.Closed))
	}
	if n.Class == "off" {
		n.Class = ""
	}
	return n
}

// act runs a use case on the application of the address and goes back to it with
// a message; what a person can mend is shown on the page.
func (s *Server) act(c *fiber.Ctx, message string, do func(booths.ApplicationView) error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	if err := do(v); err != nil {
		return s.application(c, err)
	}
	flash(c, message)
	return c.Redirect(stallApplication(v.Vendor.ID, v.ID), fiber.StatusSeeOther)
}

func (s *Server) withdrawApplication(c *fiber.Ctx) error {
	return s.act(c, "application.flash.withdrawn", func(v booths.ApplicationView) error {
		return s.app.Booths.WithdrawApplication(c.UserContext(), actor(c), v.ID)
	})
}

func (s *Server) acceptOffer(c *fiber.Ctx) error {
	return s.act(c, "application.flash.accepted", func(v booths.ApplicationView) error {
		return s.app.Booths.AcceptOffer(c.UserContext(), actor(c), v.ID)
	})
}
