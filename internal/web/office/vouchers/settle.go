package vouchers

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// settlePage is what is to be paid to whom.
type settlePage struct {
	head
	Says    string
	Open    string
	Packs   []packRow
	Vendors []view.VoucherVendor
	None    view.Empty
}

// showSettlement lists what every vendor took.
func (s *Door) showSettlement(c *fiber.Ctx) error {
	t, err := s.App.Vouchers.Settlement(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := settlePage{head: s.head(c, t.Event, "voucher.settle.title")}
	paid, dong := 0, int64(0)
	for i := range t.Vendors {
		v := frame.ShowVoucherVendor(p.Base, &t.Vendors[i])
		if v.Vendor != "" {
			paid, dong = paid+1, dong+t.Vendors[i].Dong
			v.Paper = p.Root + "/quyet-toan.pdf?co-so=" + view.QueryEscape(string(v.Vendor))
		}
		p.Vendors = append(p.Vendors, v)
	}
	p.Says, p.Open = p.T("voucher.settle.says", paid, vn.Dong(dong)), openText(p.Base, t.Sums.Doubles, t.Sums.Faulty)
	for _, k := range t.Packs {
		p.Packs = append(p.Packs, showPackRow(p.Base, p.Root, k, s.App.Today()))
	}
	p.None = view.Empty{Icon: "hand-coins", Title: p.T("voucher.settle.none"), Text: p.T("voucher.settle.none_text")}
	return s.Render(c, frame.LayoutOffice, "vouchers/settle", p)
}

// settlementPaper sends the settlements, or that of one vendor, as a PDF.
func (s *Door) settlementPaper(c *fiber.Ctx) error {
	return s.send(c, func() (registry.File, error) {
		return s.App.Vouchers.SettlementPaper(c.UserContext(), frame.Actor(c), frame.EventParam(c), registry.VendorID(c.Query("co-so")), frame.Lang(c))
	})
}

// sendTakings sends every taking as a file.
func (s *Door) sendTakings(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Vouchers.SettlementTable(c.UserContext(), frame.Actor(c), frame.EventParam(c), ask.Form, ask.Lang)
	})
}

func (s *Door) send(c *fiber.Ctx, write func() (registry.File, error)) error {
	f, err := write()
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}
