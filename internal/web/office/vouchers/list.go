package vouchers

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// head is what all pages of an event's vouchers share.
type head struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Root    string // address of the list
	EventID registry.EventID
	Manage  bool
}

func (s *Door) head(c *fiber.Ctx, event registry.Event, titleKey string, args ...any) head {
	b := s.OfficePage(c, titleKey, append(args, event.Title)...)
	return head{Base: b, Head: s.EventHead(c, b, event), Root: view.VoucherRoot(event.ID), EventID: event.ID,
		Manage: frame.Actor(c).Can(registry.ManageEvents, s.App.Areas.Scope(event.Area))}
}

// listPage is the packs of an event.
type listPage struct {
	head
	Says  string // the answer: how many there are, how many were spent, what that is worth
	Open  string // what waits for the gate chief, "" for nothing
	Packs []packRow
	None  view.Empty
	Sums  vouchers.Sums
}

// packRow is a pack as a list shows it.
type packRow struct {
	registry.PackTotals
	Href                       string
	ValueText, SpentText, Days string
	Chip                       view.Chip
}

func showPackRow(b view.Base, root string, t registry.PackTotals, today string) packRow {
	return packRow{PackTotals: t, Href: root + "/" + strconv.Itoa(t.Number), ValueText: vn.Dong(t.ValueDong), SpentText: vn.Dong(t.SpentDong()),
		Days: vn.ShowRange(t.FirstDay, t.LastDay()), Chip: packChip(b, &t.Pack, today)}
}

// packChip says how a pack is.
func packChip(b view.Base, p *registry.Pack, today string) view.Chip {
	standing := p.Standing(today)
	class := map[string]string{"revoked": "off", "blocked": "stop", "over": "off", "unprinted": "wait", "not_yet": "wait", "valid": "go"}[standing]
	return view.Chip{Class: class, Label: b.T("voucher.state." + standing)}
}

// says is the heading: the answer in numbers.
func says(b view.Base, s vouchers.Sums) string {
	spent, dong := vn.Count(int64(s.Spent)), vn.Dong(s.SpentDong)
	switch {
	case s.Printed == 0:
		return b.T("voucher.says.none")
	case s.HandedSaid:
		return b.T("voucher.says.handed", vn.Count(int64(s.Handed)), spent, dong)
	}
	return b.T("voucher.says.made", vn.Count(int64(s.Printed)), spent, dong)
}

// openText says how many takings wait for a word.
func openText(b view.Base, doubles, faulty int) string {
	switch {
	case doubles > 0 && faulty > 0:
		return b.T("voucher.open.both", doubles, faulty)
	case doubles > 0:
		return b.T("voucher.open.doubles", doubles)
	case faulty > 0:
		return b.T("voucher.open.faulty", faulty)
	}
	return ""
}

// showPacks lists the packs of an event.
func (s *Door) showPacks(c *fiber.Ctx) error {
	d, err := s.App.Vouchers.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := listPage{head: s.head(c, d.Event, "voucher.title"), Sums: d.Sums}
	p.Says, p.Open = says(p.Base, d.Sums), openText(p.Base, d.Sums.Doubles, d.Sums.Faulty)
	for _, t := range d.Packs {
		p.Packs = append(p.Packs, showPackRow(p.Base, p.Root, t, s.App.Today()))
	}
	p.None = view.Empty{Icon: "hand-coins", Title: p.T("voucher.none"), Text: p.T("voucher.none_text")}
	if p.Manage {
		p.None.Href, p.None.Action = p.Root+"/moi", p.T("voucher.new")
	}
	return s.Render(c, frame.LayoutOffice, "vouchers/list", p)
}

// sendPacks sends the packs of an event as a file.
func (s *Door) sendPacks(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Vouchers.PacksFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), ask.Form, ask.Lang)
	})
}

// sendVouchers sends the vouchers of a pack as a file.
func (s *Door) sendVouchers(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Vouchers.VouchersFile(c.UserContext(), frame.Actor(c), packRef(c), ask.Form, ask.Lang)
	})
}
