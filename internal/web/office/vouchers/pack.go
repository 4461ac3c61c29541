package vouchers

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

func packHref(event registry.EventID, number int) string {
	return view.VoucherRoot(event) + "/" + strconv.Itoa(number)
}

// packNumber reads which pack an address names; what is no number is no pack.
func packNumber(c *fiber.Ctx) int {
	n, err := strconv.Atoi(c.Params("number"))
	if err != nil {
		return 0
	}
	return n
}

func packRef(c *fiber.Ctx) vouchers.PackRef {
	return vouchers.PackRef{Event: frame.EventParam(c), Number: packNumber(c)}
}

// packPage is one pack with what may be done to it.
type packPage struct {
	head
	Pack    packRow
	Where   string // which booths take it
	Says    string
	Open    string
	Rows    []view.SummaryRow
	Unspent string // for the effects of blocking
	Sent    packSent
	Faulty  faultyParts
	Sheets  string // that all of it takes
}

// packSent is the form of a pack that was sent, so that it is shown again.
type packSent struct {
	Form   string // print, hand, step, range
	From   string `form:"from"`
	Until  string `form:"until"`
	Handed string `form:"handed"`
	Do     string `form:"do"`
	Reason string `form:"reason"`
	// Version is that of the pack that the page showed.
	Version int64 `form:"version"`
}

// faultyParts are what is wrong in the form that was sent, by form and field.
type faultyParts map[string]string

func (s *Door) showPack(c *fiber.Ctx) error { return s.pack(c, packSent{}, nil) }

// pack shows a pack, with a form as it was sent and what was wrong with it.
func (s *Door) pack(c *fiber.Ctx, sent packSent, fault error) error {
	d, t, err := s.App.Vouchers.Pack(c.UserContext(), frame.Actor(c), packRef(c))
	if err != nil {
		return err
	}
	p := packPage{head: s.head(c, d.Event, "voucher.pack_title", t.Number, t.Title), Sent: sent}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Pack = showPackRow(p.Base, p.Root, t, s.App.Today())
	p.fill(&t)
	p.faults()
	return s.RenderStatus(c, status, frame.LayoutOffice, "vouchers/pack", p)
}

func (p *packPage) fill(t *registry.PackTotals) {
	p.Says = p.T("voucher.says.pack", vn.Count(int64(t.Count)), vn.Count(int64(t.Spent)), vn.Dong(t.SpentDong()))
	p.Open, p.Unspent = openText(p.Base, t.Doubles, t.Faulty), vn.Count(int64(t.Unspent()))
	p.Where = p.T("voucher.scope." + string(t.Scope))
	switch t.Scope {
	case registry.PackByGroups:
		p.Where += ": " + strings.Join(groupNames(p.Base, t.Groups), ", ")
	case registry.PackAtBooths:
		p.Where += ": " + strings.Join(t.Booths, ", ")
	}
	p.Sheets = vn.Count(int64(vouchers.Sheets(t.Count)))
	row := func(key, value string) {
		p.Rows = append(p.Rows, view.SummaryRow{Label: p.T("voucher.total." + key), Value: value})
	}
	n := func(n int) string { return vn.Count(int64(n)) }
	row("made", n(t.Count))
	if t.HandedAt > 0 {
		row("handed", n(t.HandedN))
	}
	row("spent", n(t.Spent)+" · "+vn.Dong(t.SpentDong()))
	row("unspent", n(t.Unspent()))
	row("doubles", n(t.Doubles))
	row("faulty", n(t.Faulty))
	row("blocked", n(t.Blocked))
	if t.Killed > 0 {
		row("killed", n(t.Killed))
	}
}

func groupNames(b view.Base, groups []registry.ProductGroup) []string {
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = b.T("product.group." + string(g))
	}
	return names
}

// faults puts what was wrong beside the fields of the form that was sent.
func (p *packPage) faults() {
	p.Faulty = faultyParts{}
	names := map[string][]string{"print": {"from", "until"}, "hand": {"handed"}, "step": {"reason"}, "range": {"from", "until", "reason"}}
	for _, name := range names[p.Sent.Form] {
		at := p.Sent.Form + "-" + name
		p.Faulty[at] = p.PartAt(name, p.T("voucher.field."+name), at)
	}
}

// bindSent reads one of the forms of a pack.
func bindSent(c *fiber.Ctx, form string) (packSent, error) {
	sent := packSent{}
	err := frame.Bind(c, &sent)
	sent.Form = form
	return sent, err
}

// printPack starts the job that prints vouchers.
func (s *Door) printPack(c *fiber.Ctx) error {
	sent, err := bindSent(c, "print")
	if err != nil {
		return s.pack(c, sent, err)
	}
	job, err := s.App.Vouchers.StartPaper(c.UserContext(), frame.Actor(c), packRef(c),
		vouchers.PaperInput{From: sent.From, Until: sent.Until, Lang: frame.Lang(c)})
	if err != nil {
		return s.pack(c, sent, err)
	}
	back := packHref(frame.EventParam(c), packNumber(c))
	return c.Redirect("/quan-ly/viec/"+string(job)+"?ve="+view.QueryEscape(back), fiber.StatusSeeOther)
}

// handoutPaper sends the list with which a pack is handed out.
func (s *Door) handoutPaper(c *fiber.Ctx) error {
	f, err := s.App.Vouchers.HandoutPaper(c.UserContext(), frame.Actor(c), packRef(c),
		vouchers.PaperInput{From: c.Query("tu"), Until: c.Query("den"), Lang: frame.Lang(c)})
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// sayHanded notes how many vouchers were handed out.
func (s *Door) sayHanded(c *fiber.Ctx) error {
	sent, err := bindSent(c, "hand")
	if err == nil {
		err = s.App.Vouchers.SayHanded(c.UserContext(), frame.Actor(c), packRef(c), vouchers.HandedInput{Handed: sent.Handed, Version: sent.Version})
	}
	return s.done(c, sent, "voucher.flash.handed", err)
}

// packSteps are the buttons of a pack and the states that they lead to.
var packSteps = map[string]registry.PassState{"block": registry.PassBlocked, "unblock": registry.PassValid, "revoke": registry.PassRevoked}

// stepPack blocks a pack, makes it good again, or calls it in.
func (s *Door) stepPack(c *fiber.Ctx) error {
	sent, err := bindSent(c, "step")
	if err == nil {
		err = s.App.Vouchers.StepPack(c.UserContext(), frame.Actor(c), packRef(c), packSteps[sent.Do], sent.Reason)
	}
	return s.done(c, sent, "voucher.flash."+sent.Do, err)
}

// stepRange blocks vouchers that were lost, or makes them good again.
func (s *Door) stepRange(c *fiber.Ctx) error {
	sent, err := bindSent(c, "range")
	in := vouchers.RangeInput{From: sent.From, Until: sent.Until, Reason: sent.Reason}
	key := "voucher.flash.blocked_range"
	switch {
	case err != nil:
	case sent.Do == "unblock":
		key = "voucher.flash.unblocked_range"
		_, err = s.App.Vouchers.UnblockVouchers(c.UserContext(), frame.Actor(c), packRef(c), in)
	default:
		var spent int
		if _, spent, err = s.App.Vouchers.BlockVouchers(c.UserContext(), frame.Actor(c), packRef(c), in); spent > 0 {
			key = "voucher.flash.blocked_spent"
		}
	}
	return s.done(c, sent, key, err)
}

// done goes back to the pack with what was done, or shows what was wrong.
func (s *Door) done(c *fiber.Ctx, sent packSent, flash string, err error) error {
	if err != nil {
		return s.pack(c, sent, err)
	}
	frame.Flash(c, flash)
	return c.Redirect(packHref(frame.EventParam(c), packNumber(c)), fiber.StatusSeeOther)
}
