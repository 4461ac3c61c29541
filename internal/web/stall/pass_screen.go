package stall

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// passScreenPage is a pass on the whole screen of a phone.
type passScreenPage struct {
	view.Base
	Symbol  string // SVG; "" for a pass that opens no gate now
	Kind    string
	Icon    string
	Whose   string
	Code    string
	Days    string
	Off     string // why the days do not hold
	Event   string
	At      string // when it was fetched
	List    string
	Picture string
	Stop    view.Notice // why it opens no gate
	Prev    string
	Next    string
}

// passIcons are the symbols of the kinds that a vendor has.
var passIcons = map[registry.PassKind]string{registry.BoothPass: "store", registry.StaffPass: "user", registry.VehiclePass: "truck"}

// passHref is the address of a pass on the screen.
func passHref(vendor registry.VendorID, p registry.PassRow) string {
	return view.StallRoot(vendor) + "/the/" + string(p.Event) + "/" + string(p.ID)
}

// passName says what a pass is, with its number where there are several.
func passName(b view.Base, p registry.PassRow) string {
	name := b.T("pass.kind." + string(p.Kind))
	if p.Kind == registry.VehiclePass {
		return name + " " + p.Label
	}
	if p.Ordinal > 0 {
		name += " " + vn.Count(int64(p.Ordinal)) + "/" + vn.Count(int64(p.OrdinalOf))
	}
	return name
}

// vendorPass reads the pass of the address.
func (s *Door) vendorPass(c *fiber.Ctx) (passes.Screen, error) {
	return s.App.Passes.VendorPass(c.UserContext(), frame.Actor(c), frame.VendorParam(c), registry.EventID(c.Params("event")), registry.PassID(c.Params("pass")))
}

// daysOff says that the days of an event do not hold, "" where they do.
func daysOff(b view.Base, state registry.EventState) string {
	if !state.Stopped() {
		return ""
	}
	said := b.StateChip(state).Label
	if state == registry.Postponed {
		said += ", " + b.T("event.page.no_new_day")
	}
	return said
}

// showPassScreen shows a pass to be held before the phone of a gate.
func (s *Door) showPassScreen(c *fiber.Ctx) error {
	x, err := s.vendorPass(c)
	if err != nil {
		return err
	}
	p := passScreenPage{Base: s.Page(c, "pass.screen.title", passes.ShowPassCode(x.Code)), Icon: passIcons[x.Kind], Code: passes.ShowPassCode(x.Code),
		Days: vn.ShowRange(x.FirstDay, x.LastDay()), Event: x.Event.Title, List: view.StallRoot(x.Vendor) + "/the"}
	p.Kind, p.Off = passName(p.Base, x.PassRow), daysOff(p.Base, x.Event.State)
	p.At = view.ShowTime(s.App.DB.Now().UnixMilli())
	p.Whose = strings.TrimPrefix(x.BoothCode+" · "+x.VendorName, " · ")
	switch {
	case x.Text != "":
		p.Picture = passHref(x.Vendor, x.PassRow) + "/anh.png"
		if p.Symbol, err = x.SVG(p.T("pass.screen.symbol", p.Code)); err != nil {
			return err
		}
	case x.Over:
		p.Stop = view.Notice{Class: "stop", Icon: "ban", Title: p.T("pass.screen.over")}
	default:
		p.Stop = view.Notice{Class: "stop", Icon: "ban", Title: p.T("pass.state." + string(x.State)), Text: frame.PassReason(p.Base, x.StateReason)}
	}
	if err := s.passNeighbours(c, &p, x); err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return s.Render(c, frame.LayoutPass, "stall/pass_screen", p)
}

// passNeighbours finds the passes before and after one, at the same event.
func (s *Door) passNeighbours(c *fiber.Ctx, p *passScreenPage, x passes.Screen) error {
	rows, err := s.App.Passes.VendorPasses(c.UserContext(), frame.Actor(c), x.Vendor)
	if err != nil {
		return err
	}
	last, found := "", false
	for _, r := range rows {
		switch {
		case r.Event != x.Pass.Event:
		case r.ID == x.ID:
			p.Prev, found = last, true
		case found:
			p.Next = passHref(x.Vendor, r)
			return nil
		default:
			last = passHref(x.Vendor, r)
		}
	}
	return nil
}

// passPicture sends a pass as a picture.
func (s *Door) passPicture(c *fiber.Ctx) error {
	x, err := s.vendorPass(c)
	if err != nil {
		return err
	}
	f, err := s.App.Passes.VendorPicture(c.UserContext(), frame.Actor(c), x.Vendor, x, frame.Lang(c))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return frame.SendFile(c, f)
}
