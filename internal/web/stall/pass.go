package stall

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// vendorPassesPage lists a vendor's own passes by event.
type vendorPassesPage struct {
	view.Base
	Vendor registry.VendorID
	Groups []passGroup
}

// passGroup is the passes of one event.
type passGroup struct {
	Event    registry.Event
	Card     view.EventCard // when it is, and whether the days hold
	Open     bool           // unfolded: the first, and what runs
	Rows     []ownPass
	Vouchers string // where vouchers are taken, "" where the event has none
}

// ownPass is a pass in the list of its vendor.
type ownPass struct {
	frame.PassRow
	Href, Name, Hint, Icon string
}

// unfold opens what runs and the first that is held; the others show how many passes they have.
func unfold(groups []passGroup) {
	first := slices.IndexFunc(groups, func(g passGroup) bool { return !g.Card.Off })
	for i := range groups {
		groups[i].Open = i == first || groups[i].Event.State == registry.Running
	}
}

func showOwnPass(b view.Base, e registry.Event, r frame.PassRow) ownPass {
	p := ownPass{PassRow: r, Href: passHref(r.Vendor, r.PassRow), Name: passName(b, r.PassRow), Icon: passIcons[r.Kind], Hint: r.CodeText}
	switch r.Kind {
	case registry.BoothPass:
		p.Hint += " · " + b.T("pass.own.hang")
	case registry.StaffPass:
		p.Hint += " · " + b.T("pass.own.person")
	}
	if r.FirstDay != e.OpensOn || r.LastDay() != e.ClosesOn {
		p.Hint += " · " + r.DaysText
	}
	return p
}

// showVendorPasses lists the passes that a vendor prints and hands to its people.
func (s *Door) showVendorPasses(c *fiber.Ctx) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	rows, err := s.App.Passes.VendorPasses(c.UserContext(), frame.Actor(c), v.ID)
	if err != nil {
		return err
	}
	p := vendorPassesPage{Base: s.vendorPage(c, v, "pass.own.title"), Vendor: v.ID}
	byEvent := map[registry.EventID]int{}
	for _, r := range frame.ShowPassRows(p.Base, rows) {
		at, seen := byEvent[r.Event]
		if !seen {
			event, err := s.App.Events.Event(c.UserContext(), frame.Actor(c), r.Event)
			if err != nil {
				return err
			}
			at = len(p.Groups)
			g := passGroup{Event: event, Card: s.EventCard(p.Base, event, registry.EventFigures{})}
			if _, err := s.App.Vouchers.OwnTakings(c.UserContext(), frame.Actor(c), v.ID, r.Event); err == nil {
				g.Vouchers = voucherHref(v.ID, r.Event)
			} else if registry.KindOf(err) != registry.NotFound {
				return err
			}
			byEvent[r.Event], p.Groups = at, append(p.Groups, g)
		}
		p.Groups[at].Rows = append(p.Groups[at].Rows, showOwnPass(p.Base, p.Groups[at].Event, r))
	}
	slices.SortStableFunc(p.Groups, func(x, y passGroup) int { return strings.Compare(x.Event.OpensOn, y.Event.OpensOn) })
	unfold(p.Groups)
	return s.Render(c, frame.LayoutVendor, "stall/passes", p)
}

// vendorPaper sends the vendor's passes of an event as a PDF.
func (s *Door) vendorPaper(c *fiber.Ctx) error {
	sheet := passes.SheetA6
	if c.Query("kho") == "a4" {
		sheet = passes.SheetA4
	}
	f, err := s.App.Passes.VendorPaper(c.UserContext(), frame.Actor(c), frame.VendorParam(c),
		passes.PaperInput{Event: registry.EventID(c.Params("event")), Paper: passes.PaperPasses, Sheet: sheet, Lang: frame.Lang(c)})
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
