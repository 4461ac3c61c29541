package public

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/app/passes"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// stallPage is the page behind a printed pass.
type stallPage struct {
	view.Base
	passes.Stall
	Code          string // grouped for reading
	Seal          string // class of the seal
	Icon          string
	Area          string
	Goods         []stallGoods
	Days          string
	DateNow       string
	Worth, Serial string // of a voucher
	Seen          *seenPart
	Papers        []string // in force, compared by an officer
	Dial, Zalo    string   // of a vendor that made its phone public, else ""
	Plan          *frame.PlanView
	Rungs         []string // names of the steps of evidence, lowest first
}

// seenPart is what everybody reads about the inspection of a stall. Of a finding it says what
// was looked at, not the words of whoever looked.
type seenPart struct {
	Last string // "" nobody has looked at this event yet
	Open []seenLine
}

type seenLine struct{ What, Due string }

// seenLine tells of a finding by the words of its item: these say how things should be, so
// they stand in quotes behind "not met".
func (p stallPage) seenLine(item, due, today string) seenLine {
	line := seenLine{What: p.T("stall.finding_other"), Due: p.T("stall.finding_due", vn.ShowDate(due))}
	if item != "" {
		line.What = "“" + item + "”"
	}
	if due < today {
		line.Due = p.T("stall.finding_late", vn.ShowDate(due))
	}
	return line
}

// seenOf reads what everybody may know about the inspection of a stall.
func (s *Door) seenOf(c *fiber.Ctx, p stallPage) (*seenPart, error) {
	seen, err := s.App.Inspections.Seen(c.UserContext(), p.Event.ID, p.Pass.Booth, p.Stall.Vendor.ID)
	if err != nil {
		return nil, err
	}
	part := &seenPart{}
	if r := seen.Last; r != nil {
		key := "stall.inspected"
		if r.Kind == inspection.Joint {
			key = "stall.inspected_joint"
		}
		part.Last = p.T(key, vn.ShowDate(r.On))
	}
	for _, x := range seen.Open {
		part.Open = append(part.Open, p.seenLine(x.Item.Text(p.Lang), x.Due, s.App.Today()))
	}
	return part, nil
}

// fillStall reads what visitors ask at a stall: who looked at it, which papers are in force,
// how to reach the vendor, and the way to the booth. Of a vendor that is not public, and of a
// pass that is no good, only the first.
func (s *Door) fillStall(c *fiber.Ctx, p *stallPage) (err error) {
	if p.Seen, err = s.seenOf(c, *p); err != nil || !p.Vendor.State.Public() {
		return err
	}
	of, err := s.App.Vendors.VendorPage(c.UserContext(), p.Vendor.Slug)
	if err != nil {
		return err
	}
	for _, paper := range of.Papers {
		p.Papers = append(p.Papers, paperLine(p.Base, paper))
	}
	if phone := of.Vendor.Phone; phone != "" {
		p.Dial = vn.DialPhone(phone)
		if vn.IsMobile(phone) {
			p.Zalo = "https://zalo.me/" + phone
		}
	}
	for _, e := range registry.EvidenceLadder {
		p.Rungs = append(p.Rungs, p.T("product.evidence."+string(e)))
	}
	if !p.Event.Public() {
		return nil
	}
	plan, err := s.App.Booths.PlanOf(c.UserContext(), p.Event)
	if err != nil || len(plan.Booths) > smallPlanBooths*5 {
		return err
	}
	drawn := eventPlan(p.Base, noneFree(plan), []string{p.BoothCode}, p.BoothCode)
	p.Plan = &drawn
	return nil
}

// stallGoods is one product with why it is Vietnamese.
type stallGoods struct {
	registry.Product
	Stars    int
	StarsTo  string
	Label    string // what the label says of the origin
	Evidence registry.Evidence
	Rung     int
	Price    string
	Offer    *goodsOffer // nil: none
}

// sealOf says how the seal of a pass looks: colour and icon.
var sealOf = map[passes.StallState][2]string{
	passes.StallInForce: {"", "shield-check"},
	passes.StallNotYet:  {"wait", "clock"},
	passes.StallExpired: {"off", "clock"},
	passes.StallStopped: {"off", "ban"},
	passes.StallTest:    {"off", "info"},
	passes.StallSpent:   {"off", "check"},
	passes.StallHeld:    {"wait", "clock"},
	passes.StallBlocked: {"stop", "shield-alert"},
	passes.StallRevoked: {"stop", "shield-alert"},
	passes.StallDeadKey: {"stop", "shield-alert"},
}

// seeker is who looks for a printed code.
func (s *Door) seeker(c *fiber.Ctx) core.Seeker {
	return core.Seeker{Net: s.ClientNet(c), Agent: c.Get(fiber.HeaderUserAgent) + c.Get(fiber.HeaderAcceptLanguage)}
}

// showStall shows what a visitor's phone opens from a printed pass.
func (s *Door) showStall(c *fiber.Ctx) error {
	var stall passes.Stall
	err := s.App.Seek(s.seeker(c), func() (err error) {
		stall, err = s.App.Passes.Stall(c.UserContext(), c.Params("code"))
		return err
	})
	if err != nil {
		return err
	}
	s.App.Passes.Opened(stall.Pass.Code, s.ClientNet(c))
	b := s.PublicNav(c, s.Page(c, "pass.kind."+string(stall.Pass.Kind)))
	p := stallPage{Base: b, Stall: stall, Code: passes.ShowPassCode(stall.Pass.Code), Days: vn.ShowRange(stall.Pass.FirstDay, stall.Pass.LastDay()),
		Seal: sealOf[stall.State][0], Icon: sealOf[stall.State][1], DateNow: vn.ShowDate(s.App.Today())}
	if stall.Vendor.ID != "" {
		p.Title = p.T("stall.title", stall.BoothCode, stall.Vendor.Name)
		p.Area = s.AreaName(stall.Vendor.Area)
		if err = s.fillStall(c, &p); err != nil {
			return err
		}
	}
	offers, err := s.stallOffers(c, p)
	if err != nil {
		return err
	}
	if stall.Pack.Number > 0 {
		p.Worth, p.Serial = p.Dong(stall.Pack.ValueDong), p.T("gate.app.voucher.serial", stall.Pack.Number, stall.Pass.Ordinal)
	}
	today := s.App.Today()
	for _, product := range stall.Products {
		g := stallGoods{Product: product, Evidence: product.EvidenceOn(today), Offer: offers[product.ID]}
		g.Rung = g.Evidence.Rung()
		if product.OriginPlace != "" {
			g.Label = p.OriginPhrase(product)
		}
		if r, ok := product.Stars(today); ok {
			g.Stars, g.StarsTo = r.Stars, vn.ShowDate(r.ValidTo)
		}
		if product.PriceDong > 0 {
			g.Price = p.Dong(product.PriceDong)
		}
		p.Goods = append(p.Goods, g)
	}
	return s.Render(c, frame.LayoutPublic, "public/booth", p)
}
