package stall

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// ownSigns sends a vendor its price signs at an event as PDF.
func (s *Door) ownSigns(c *fiber.Ctx) error {
	return s.sendSigns(c, registry.EventID(c.Params("event")), frame.VendorParam(c))
}

// OfficeSigns sends the office all price signs of an event as PDF.
func (s *Door) OfficeSigns(c *fiber.Ctx) error { return s.sendSigns(c, frame.EventParam(c), "") }

func (s *Door) sendSigns(c *fiber.Ctx, event registry.EventID, vendor registry.VendorID) error {
	b := s.Page(c, "offer.signs")
	size := print.PriceSignSize(frame.OneOf(c, "kho", string(print.PriceSignA6), string(print.PriceSignA5)))
	f, err := s.App.Stimulus.PriceSigns(c.UserContext(), frame.Actor(c), stim.SignInput{Event: event, Vendor: vendor, Lang: b.Lang, Size: size,
		Words: func(r stimulus.Row) print.PriceSign { return signWords(b, r) }})
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// signWords writes an offer as its sign says it.
func signWords(b view.Base, r stimulus.Row) print.PriceSign {
	price := b.OfferPrice(r.Terms)
	s := print.PriceSign{Goods: r.Goods.Name, Stall: r.VendorName, Before: price.Before, Here: price.Here, Unit: price.Unit, Cut: price.Cut,
		Terms: strings.Join(b.OfferTerms(r), " · ")}
	if len(r.Booths) > 0 {
		s.Stall = b.T("event.card.booth", strings.Join(r.Booths, ", ")) + " · " + r.VendorName
	}
	rule, _ := registry.PromotionRuleOn(r.From)
	if s.Law = b.T("offer.sign_ceiling", rule.Percent, b.Cited(rule.Law)); r.Basis != registry.PromotionPlain {
		s.Law = b.T("offer.sign_basis", b.OfferBasis(r.Basis), b.Cited(rule.Law))
	}
	s.Law += " " + b.T("offer.sign_told", vn.ShowDate(r.From))
	return s
}
