package stall

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// offersPage is the offers of a vendor by event.
type offersPage struct {
	view.Base
	Lead  string // the answer: how many are accepted, and how many wait
	Stops []offerStop
	None  view.Empty
}

// offerStop is an event with the offers of the vendor there.
type offerStop struct {
	Title string
	When  string
	New   string // address of the form; "" where none are taken
	Signs string // address of the price signs; "" without any
	Rows  []offerRow
}

// offerRow is an offer with what its vendor is told of it.
type offerRow struct {
	view.OfferLine
	Reason string
	Why    string // it is not shown
}

// showOffers lists the offers of a vendor.
func (s *Door) showOffers(c *fiber.Ctx) error {
	v, stops, err := s.App.Stimulus.VendorOffers(c.UserContext(), frame.Actor(c), frame.VendorParam(c))
	if err != nil {
		return err
	}
	p := offersPage{Base: s.vendorPage(c, v, "vendor.tab.offers")}
	today, accepted, waiting := s.App.Today(), 0, 0
	for _, stop := range stops {
		row := offerStop{Title: stop.Event.EventTitle, When: vn.ShowRange(stop.Event.OpensOn, stop.Event.ClosesOn)}
		if stop.Open {
			row.New = view.StallRoot(v.ID) + "/uu-dai/moi/" + string(stop.Event.Event)
		}
		for _, o := range stop.Offers {
			if len(o.ShownDays(today)) > 0 {
				accepted++
				row.Signs = view.StallRoot(v.ID) + "/uu-dai/bien-gia/" + string(o.Event)
			}
			if o.State == stimulus.Submitted {
				waiting++
			}
			row.Rows = append(row.Rows, ownOfferRow(p.Base, o, today))
		}
		p.Stops = append(p.Stops, row)
	}
	p.Lead = p.T("offer.own.lead", accepted, waiting)
	p.None = view.Empty{Icon: "package", Title: p.T("offer.own.none"), Text: p.T("offer.own.none_text"), Href: "/su-kien", Action: p.T("vendor.desk.apply")}
	return s.Render(c, frame.LayoutVendor, "stall/offers", p)
}

func ownOfferRow(b view.Base, o stimulus.Row, today string) offerRow {
	row := offerRow{OfferLine: view.OfferLine{OfferPrice: b.OfferPrice(o.Terms), Name: o.Goods.Name, Terms: b.OfferTerms(o), Chips: b.OfferChips(o, today)}}
	row.Do, row.DoText = view.StallRoot(o.Vendor)+"/uu-dai/"+string(o.ID), b.T("offer.own.open")
	if o.State == stimulus.Returned {
		row.Reason = o.Reason
	}
	if why := o.Obstacle(today); why != "" && o.State.Alive() {
		row.Why = b.T("offer.obstacle." + string(why))
	}
	return row
}

// offerTasks are the offers that wait for the reader's vendor: returned ones, and those
// whose days are gone since the event was moved.
func (s *Door) offerTasks(c *fiber.Ctx, b view.Base, vendor registry.VendorID) (tasks []view.Task, err error) {
	if !frame.Actor(c).Owns(vendor) {
		return nil, nil
	}
	_, stops, err := s.App.Stimulus.VendorOffers(c.UserContext(), frame.Actor(c), vendor)
	for _, stop := range stops {
		for _, o := range stop.Offers {
			t := view.Task{Href: view.StallRoot(vendor) + "/uu-dai/" + string(o.ID), State: view.Chip{Class: "stop", Label: b.T("vendor.todo.now")}}
			switch {
			case !stop.Open:
				continue
			case o.State == stimulus.Returned:
				t.Label, t.Hint = b.T("offer.todo.returned", o.Goods.Name), o.Reason
			case o.State.Alive() && o.Obstacle(s.App.Today()) == stimulus.OutsideDays:
				t.Label, t.Hint = b.T("offer.todo.outside", o.Goods.Name), b.T("offer.obstacle.outside")
			default:
				continue
			}
			tasks = append(tasks, t)
		}
	}
	return tasks, err
}

// offerDoor is where an offer is filled in: at the vendor's or in the office.
type offerDoor struct {
	by  filledIn
	ref stim.Ref
}

func ownOffer(c *fiber.Ctx) offerDoor {
	return offerDoor{byVendor, stim.Ref{Vendor: frame.VendorParam(c), Event: registry.EventID(c.Params("event")), Offer: registry.OfferID(c.Params("offer"))}}
}

func paperOffer(c *fiber.Ctx) offerDoor {
	return offerDoor{ByOffice, stim.Ref{Vendor: frame.VendorParam(c), Event: frame.EventParam(c), Offer: registry.OfferID(c.Params("offer"))}}
}

// list is where one comes from and goes back to.
func (d offerDoor) list(sh stim.Sheet) string {
	if d.by == ByOffice {
		return view.EventRoot(sh.Event.ID) + "/kich-cau"
	}
	return view.StallRoot(sh.Vendor.ID) + "/uu-dai"
}

// offerForm is what the form of an offer sends.
type offerForm struct {
	stim.OfferInput
	Over int64 `form:"over"`
}

// offerPage is an offer as a form, or the choice of its product.
type offerPage struct {
	view.Base
	view.Form
	Sheet    stim.Sheet
	Action   string
	Back     string
	BackText string
	Product  registry.Product // none: it is to be chosen
	Choices  []offerChoice
	Barred   string // goods that are never promoted, with the paper
	Fields   []view.Field
	Version  int64
	Stale    *view.Stale
	Stands   *view.Notice // how the stored offer stands
	Row      *offerRow
	Shut     string
	Ceiling  string // the rule of the first day
	CanDrop  bool
}

// offerChoice is a product that can be offered.
type offerChoice struct{ Href, Name, Price string }

// ShowPaperOffer shows the office an offer to type in from paper.
func (s *Door) ShowPaperOffer(c *fiber.Ctx) error { return s.offerForm(c, paperOffer(c), nil, nil) }

// SavePaperOffer takes in an offer that the office types in.
func (s *Door) SavePaperOffer(c *fiber.Ctx) error { return s.saveOffer(c, paperOffer(c)) }

func (s *Door) showOffer(c *fiber.Ctx) error { return s.offerForm(c, ownOffer(c), nil, nil) }

func (s *Door) saveOwnOffer(c *fiber.Ctx) error { return s.saveOffer(c, ownOffer(c)) }

// offerForm shows an offer: as stored, or as it was filled in when something in it was
// wrong.
func (s *Door) offerForm(c *fiber.Ctx, door offerDoor, sent *offerForm, fault error) error {
	sh, err := s.App.Stimulus.OfferSheet(c.UserContext(), frame.Actor(c), door.ref)
	if err != nil {
		return err
	}
	layout, p := frame.LayoutVendor, offerPage{Sheet: sh, Action: c.Path(), Back: door.list(sh)}
	if door.by == ByOffice {
		layout, p.Base, p.BackText = frame.LayoutOffice, s.OfficePage(c, "offer.title"), sh.Event.Title
	} else {
		p.Base = s.vendorPage(c, sh.Vendor, "offer.title")
		p.BackText = p.T("vendor.tab.offers")
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	form := storedForm(sh)
	if sent != nil {
		form = *sent
	} else if chosen := c.Query("san-pham"); sh.Row.ID == "" {
		form.OfferInput = startOf(sh, frame.AskedIf(c, "san-pham", chosen == "" || productOf(sh, chosen).ID != ""))
	}
	p.fill(s.App.Today(), form, view.IsStale(fault))
	return s.RenderStatus(c, status, layout, "stall/offer_edit", p)
}

// storedForm is the form of an offer as it is stored.
func storedForm(sh stim.Sheet) offerForm {
	if sh.Row.ID == "" {
		return offerForm{}
	}
	return offerForm{OfferInput: stim.OfferInputOf(sh.Row.Offer)}
}

// startOf is the form of a new offer, with the price on the page of the product.
func startOf(sh stim.Sheet, product string) stim.OfferInput {
	in := stim.OfferInput{Product: product}
	if p := productOf(sh, product); p.PriceDong > 0 {
		in.Before, in.Unit = vn.Count(p.PriceDong), p.PriceUnit
	}
	if n := len(sh.Days); n > 0 {
		in.From, in.To = sh.Days[0], sh.Days[n-1]
	}
	return in
}

// productOf is a product that the vendor may offer, zero for none.
func productOf(sh stim.Sheet, id string) registry.Product {
	for _, p := range sh.Products {
		if string(p.ID) == id {
			return p
		}
	}
	return registry.Product{}
}

func (p *offerPage) fill(today string, form offerForm, late bool) {
	p.Part("product", p.T("offer.field.product"))
	p.Product, p.Version = productOf(p.Sheet, form.Product), form.Version
	if p.Sheet.Row.ID != "" {
		p.Product = p.Sheet.Row.Goods
		row := ownOfferRow(p.Base, p.Sheet.Row, today)
		p.Row, p.CanDrop = &row, p.Sheet.Row.State.CanBecome(stimulus.Withdrawn)
		p.Stands = p.stands(row)
	}
	if p.Sheet.Shut != "" {
		p.Shut = p.T(p.Sheet.Shut)
		p.CanDrop = p.CanDrop && p.Sheet.Shut != "offer.shut.over" && p.Sheet.Shut != "offer.shut.stopped"
		return
	}
	p.Barred = p.barred()
	if len(p.Sheet.Days) > 0 {
		if rule, ok := registry.PromotionRuleOn(p.Sheet.Days[0]); ok {
			p.Ceiling = p.T("offer.ceiling", rule.Percent, p.Cited(rule.Law))
		}
	}
	if p.Product.ID == "" {
		p.choose()
		return
	}
	p.Fields = p.Take(form.fields(p)...)
	if late {
		p.Stale = view.NewStale(p.Base, p.Sheet.Row.Version, p.Action, p.Fields, storedForm(p.Sheet).fields(p))
	}
}

// stands says on top how a stored offer stands, and what a change does to it.
func (p *offerPage) stands(row offerRow) *view.Notice {
	n := &view.Notice{Class: "wait", Icon: "clock", Title: p.T("offer.stands." + string(p.Sheet.Row.State)), Text: p.T("offer.stands_text." + string(p.Sheet.Row.State))}
	switch p.Sheet.Row.State {
	case stimulus.Accepted:
		n.Class, n.Icon = "go", "circle-check"
	case stimulus.Returned:
		n.Class, n.Icon, n.Text = "stop", "rotate-ccw", row.Reason
	}
	return n
}

// barred names the goods that are never promoted.
func (p *offerPage) barred() string {
	law := p.Cited(stimulus.Barred)
	if len(p.Sheet.Barred) == 0 {
		return p.T("offer.barred_list", law)
	}
	names := make([]string, len(p.Sheet.Barred))
	for i, x := range p.Sheet.Barred {
		names[i] = x.Name
	}
	return p.T("offer.barred", strings.Join(names, ", "), law)
}

// choose lists the products of which one is to be offered.
func (p *offerPage) choose() {
	for _, x := range p.Sheet.Products {
		p.Choices = append(p.Choices, offerChoice{view.Query(p.Action, "san-pham", string(x.ID)), x.Name, p.PriceText(x)})
	}
}

// fields draws the form of an offer.
func (f offerForm) fields(p *offerPage) []view.Field {
	label := func(name string) string { return p.T("offer.field." + name) }
	hint := func(name string) string { return p.T("offer.field." + name + ".hint") }
	bases := append([]view.Option{{Label: p.T("application.promo.plain")}}, view.Options(p.Base, "application.promo.", registry.PromotionBases, f.Basis)...)
	fields := []view.Field{
		{Name: "before", Type: "money", Label: label("before"), Hint: hint("before"), Value: f.Before},
		{Name: "here", Type: "money", Label: label("here"), Hint: p.Ceiling, Value: f.Here},
		{Name: "unit", Label: label("unit"), Hint: hint("unit"), Value: f.Unit, Max: stimulus.MaxUnit},
		{Name: "from", Type: "select", Label: label("from"), Options: dayOptions(p.Base, p.Sheet.Days, f.From)},
		{Name: "to", Type: "select", Label: label("to"), Options: dayOptions(p.Base, p.Sheet.Days, f.To)},
		{Name: "quantity", Type: "number", Label: label("quantity"), Hint: hint("quantity"), Value: f.Quantity},
		{Name: "condition", Label: label("condition"), Hint: hint("condition"), Value: f.Condition, Max: stimulus.MaxCondition},
		{Name: "basis", Type: "select", Label: label("basis"), Hint: p.T("application.hint.promo_basis"), Options: bases},
	}
	if f.Explained != "" || p.Faulty("explained") {
		fields = append(fields, view.Field{Name: "explained", Label: label("explained"), Hint: hint("explained"), Value: f.Explained, Max: stimulus.MaxExplained})
	}
	return fields
}

// dayOptions are days to choose from; a stored one that is none of them any more is
// shown as one that has to be changed.
func dayOptions(b view.Base, days []string, chosen string) (options []view.Option) {
	found := false
	for _, day := range days {
		found = found || day == chosen
		options = append(options, view.Option{Value: day, Label: vn.WeekdayShort(day, b.Lang) + " " + vn.ShowDate(day), Selected: day == chosen})
	}
	if !found && chosen != "" {
		options = append([]view.Option{{Label: b.T("form.choose"), Selected: true}}, options...)
	}
	return options
}

// saveOffer hands in an offer.
func (s *Door) saveOffer(c *fiber.Ctx, door offerDoor) error {
	var form offerForm
	err := frame.Bind(c, &form)
	if err == nil {
		in := form.OfferInput
		in.Version = view.ReadAt(form.Version, form.Over)
		_, err = s.App.Stimulus.SubmitOffer(c.UserContext(), frame.Actor(c), door.ref, in)
	}
	if err != nil {
		return s.offerForm(c, door, &form, err)
	}
	sh, err := s.App.Stimulus.OfferSheet(c.UserContext(), frame.Actor(c), door.ref)
	if err != nil {
		return err
	}
	frame.Flash(c, "offer.flash.sent")
	return c.Redirect(door.list(sh), fiber.StatusSeeOther)
}

// dropOffer takes an offer back.
func (s *Door) dropOffer(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Stimulus.WithdrawOffer(c.UserContext(), frame.Actor(c), ownOffer(c).ref, form.Version)
	}
	if err != nil {
		return err
	}
	frame.Flash(c, "offer.flash.withdrawn")
	return c.Redirect(view.StallRoot(frame.VendorParam(c))+"/uu-dai", fiber.StatusSeeOther)
}
