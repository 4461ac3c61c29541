package public

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// eventOffers is how many offers the page of an event shows at most; of more it shows
// someOffers and leads to them all.
const (
	eventOffers = 4
	someOffers  = 2
)

// offersPart is what the page of an event says of its measures and offers.
type offersPart struct {
	Measures []view.MeasureLine
	Offers   []view.OfferLine
	Whole    string // address of all offers; "" where the page shows them all
	WholeN   int
	Filters  []view.FilterLink // of the list of vendors
}

// fillOffers reads the measures and offers of an event, and leaves of its vendors those
// with an offer where that is asked for.
func (s *Door) fillOffers(c *fiber.Ctx, p *eventPage, vendors []booths.Exhibitor) ([]booths.Exhibitor, error) {
	asked := frame.OneOf(c, "ban", "", "uu-dai")
	found, err := s.App.Stimulus.OfEvent(c.UserContext(), p.Event)
	if err != nil {
		return nil, err
	}
	for _, m := range found.Measures {
		p.Offers.Measures = append(p.Offers.Measures, p.MeasureLine(m, p.Event))
	}
	shown := found.Offers
	if n := len(shown); n > eventOffers {
		shown, p.Offers.Whole, p.Offers.WholeN = shown[:someOffers], view.EventHref(p.Event.Slug)+"/uu-dai", n
	}
	p.Offers.Offers = offerLines(p.Base, shown, s.App.Today())
	offering := map[string]bool{}
	for _, o := range found.Offers {
		offering[o.VendorSlug] = true
	}
	if len(offering) == 0 {
		return vendors, nil
	}
	here := view.EventHref(p.Event.Slug)
	p.Offers.Filters = []view.FilterLink{{Href: here + "#gian", Label: p.T("offer.vendors_all", len(vendors)), Current: asked == ""},
		{Href: here + "?ban=uu-dai#gian", Label: p.T("offer.vendors_offering", len(offering)), Current: asked != ""}}
	if asked == "" {
		return vendors, nil
	}
	var with []booths.Exhibitor
	for _, v := range vendors {
		if offering[v.Slug] {
			with = append(with, v)
		}
	}
	return with, nil
}

// offerLines are offers as everybody reads them.
func offerLines(b view.Base, rows []stimulus.Row, today string) []view.OfferLine {
	lines := make([]view.OfferLine, len(rows))
	for i, o := range rows {
		lines[i] = view.OfferLine{OfferPrice: b.OfferPrice(o.Terms), Name: o.Goods.Name, Href: view.ProductHref(o.Goods.Slug), Stall: o.VendorName, Terms: b.OfferHolds(o, today)}
		if len(o.Booths) > 0 {
			lines[i].Stall = b.T("event.card.booth", strings.Join(o.Booths, ", ")) + " · " + o.VendorName
		}
	}
	return lines
}

// offersPage is all offers of an event.
type offersPage struct {
	view.Base
	Event registry.Event
	Dates string
	Lead  string
	Rows  []view.OfferLine
	Empty view.Empty
}

// showEventOffers lists all offers of an event that hold today or on a coming day.
func (s *Door) showEventOffers(c *fiber.Ctx) error {
	e, err := s.App.Events.EventBySlug(c.UserContext(), frame.Actor(c), c.Params("slug"))
	if err != nil {
		return err
	}
	found, err := s.App.Stimulus.OfEvent(c.UserContext(), e)
	if err != nil {
		return err
	}
	p := offersPage{Base: s.PublicNav(c, s.Page(c, "offer.at", e.Title)), Event: e, Dates: vn.ShowRange(e.OpensOn, e.ClosesOn)}
	p.Lead, p.Description = p.T("offer.public_lead", len(found.Offers)), p.T("offer.at", e.Title)
	p.Rows = offerLines(p.Base, found.Offers, s.App.Today())
	p.Empty = view.Empty{Icon: "package", Title: p.T("offer.public_none"), Href: view.EventHref(e.Slug), Action: p.T("visit.page.event")}
	return s.Render(c, frame.LayoutPublic, "public/offers", p)
}

// goodsOffer is the offer on a product at a stall, as the page behind its pass shows it.
type goodsOffer struct {
	view.OfferPrice
	Terms []string
}

// stallOffers are the offers of a stall by product: the one that holds today, else the
// first that will. Whoever scans a pass that opens nothing is told no prices.
func (s *Door) stallOffers(c *fiber.Ctx, p stallPage) (map[registry.ProductID]*goodsOffer, error) {
	if p.Seal == "stop" || p.Seal == "off" {
		return nil, nil
	}
	rows, err := s.App.Stimulus.OfStall(c.UserContext(), p.Event.ID, p.Vendor.ID)
	offers, today := map[registry.ProductID]*goodsOffer{}, s.App.Today()
	for _, o := range rows {
		if offers[o.Product] == nil || o.HoldsOn(today) {
			offers[o.Product] = &goodsOffer{p.OfferPrice(o.Terms), p.OfferHolds(o, today)}
		}
	}
	return offers, err
}

// productOffer is an offer on the page of its product.
type productOffer struct {
	goodsOffer
	Event string
	Href  string
}

// productOffers are the offers of a product at events of today and coming days.
func (s *Door) productOffers(c *fiber.Ctx, b view.Base, id registry.ProductID) (offers []productOffer, err error) {
	rows, err := s.App.Stimulus.OfProduct(c.UserContext(), id)
	for _, o := range rows {
		offers = append(offers, productOffer{goodsOffer{b.OfferPrice(o.Terms), b.OfferHolds(o, s.App.Today())}, o.EventTitle, view.EventHref(o.EventSlug)})
	}
	return offers, err
}
