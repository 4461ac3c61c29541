package stall

import (
	"html/template"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// voucherPage is what a vendor took of vouchers at an event, and the way to take more.
type voucherPage struct {
	view.Base
	view.Form
	Event  registry.Event
	Action string
	Booths string
	Can    bool // the vendor has a booth and may pair a phone
	Taken  view.VoucherVendor
	Some   bool // something was taken
	Invite *inviteText
}

// inviteText pairs another phone, as people read it.
type inviteText struct {
	Token, Until, Address string
	Symbol                template.HTML
}

func voucherHref(vendor registry.VendorID, event registry.EventID) string {
	return view.StallRoot(vendor) + "/phieu/" + string(event)
}

func (s *Door) showOwnVouchers(c *fiber.Ctx) error { return s.ownVouchers(c, nil, nil) }

// ownVouchers shows what was taken, with an invitation that was just made or what went
// wrong.
func (s *Door) ownVouchers(c *fiber.Ctx, invite *inviteText, fault error) error {
	v, err := s.ownVendor(c)
	if err != nil {
		return err
	}
	event := registry.EventID(c.Params("event"))
	own, err := s.App.Vouchers.OwnTakings(c.UserContext(), frame.Actor(c), v.ID, event)
	if err != nil {
		return err
	}
	p := voucherPage{Base: s.vendorPage(c, v, "voucher.own.title"), Event: own.Event, Action: voucherHref(v.ID, event), Booths: strings.Join(own.Booths, ", "),
		Can: len(own.Booths) > 0, Invite: invite, Some: own.N > 0 || len(own.Open) > 0}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	own.VendorSettlement.Vendor = v.ID
	p.Taken = frame.ShowVoucherVendor(p.Base, &own.VendorSettlement)
	if p.Some {
		p.Taken.Paper = p.Action + "/quyet-toan.pdf"
	}
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/vouchers", p)
}

// pairOwnPhone makes this phone, or another one, take vouchers for the vendor.
func (s *Door) pairOwnPhone(c *fiber.Ctx) error {
	var form struct {
		Other bool `form:"other"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.ownVouchers(c, nil, err)
	}
	ref := vouchers.SellerRef{Event: registry.EventID(c.Params("event")), Vendor: frame.VendorParam(c)}
	inv, err := s.App.Vouchers.InviteSeller(c.UserContext(), frame.Actor(c), ref, i18nSymbol(c, s))
	if err != nil {
		return s.ownVouchers(c, nil, err)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	if form.Other {
		return s.ownVouchers(c, &inviteText{Token: inv.Token, Until: view.ShowInstant(inv.ExpiresAt), Address: s.App.BaseURL + "/cong",
			Symbol: template.HTML(inv.SVG)}, nil)
	}
	// Behind # the token reaches no server log.
	return c.Redirect("/cong#ghep="+strings.ReplaceAll(inv.Token, " ", "")+"."+strconv.FormatUint(uint64(inv.Event.Number), 10), fiber.StatusSeeOther)
}

// i18nSymbol is the label of the symbol for screen readers.
func i18nSymbol(c *fiber.Ctx, s *Door) string {
	return s.Page(c, "voucher.own.title").T("voucher.own.symbol")
}

// ownVoucherPaper sends the settlement of the vendor as a PDF.
func (s *Door) ownVoucherPaper(c *fiber.Ctx) error {
	f, err := s.App.Vouchers.OwnPaper(c.UserContext(), frame.Actor(c), vouchers.SellerRef{Event: registry.EventID(c.Params("event")), Vendor: frame.VendorParam(c)}, frame.Lang(c))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
