package public

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// stallPage is the page behind a printed pass.
type stallPage struct {
	view.Base
	passes.Stall
	Code    string // grouped for reading
	Seal    string // class of the seal
	Icon    string
	Area    string
	Goods   []stallGoods
	Days    string
	DateNow string
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
}

// sealOf says how the seal of a pass looks: colour and icon.
var sealOf = map[passes.StallState][2]string{
	passes.StallInForce: {"", "shield-check"},
	passes.StallNotYet:  {"wait", "clock"},
	passes.StallExpired: {"off", "clock"},
	passes.StallStopped: {"off", "ban"},
	passes.StallTest:    {"off", "info"},
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
	b := s.PublicNav(c, s.Page(c, "pass.kind."+string(stall.Pass.Kind)))
	p := stallPage{Base: b, Stall: stall, Code: passes.ShowPassCode(stall.Pass.Code), Days: vn.ShowRange(stall.Pass.FirstDay, stall.Pass.LastDay()),
		Seal: sealOf[stall.State][0], Icon: sealOf[stall.State][1], DateNow: vn.ShowDate(s.App.Today())}
	if stall.Vendor.ID != "" {
		p.Title = p.T("stall.title", stall.BoothCode, stall.Vendor.Name)
		p.Area = s.AreaName(stall.Vendor.Area)
	}
	today := s.App.Today()
	for _, product := range stall.Products {
		g := stallGoods{Product: product, Evidence: product.EvidenceOn(today)}
		g.Rung = g.Evidence.Rung()
		if product.OriginPlace != "" {
			g.Label = p.OriginPhrase(product)
		}
		if r, ok := product.Stars(today); ok {
			g.Stars, g.StarsTo = r.Stars, vn.ShowDate(r.ValidTo)
		}
		if product.PriceDong > 0 {
			g.Price = vn.Dong(product.PriceDong)
		}
		p.Goods = append(p.Goods, g)
	}
	return s.Render(c, frame.LayoutPublic, "public/booth", p)
}
