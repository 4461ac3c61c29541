package events

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// stimulusRoot is where the pages of an event's measures and offers begin.
func stimulusRoot(event registry.EventID) string { return view.EventRoot(event) + "/kich-cau" }

// offerHref is the file of an offer.
func offerHref(event registry.EventID, id registry.OfferID) string {
	return stimulusRoot(event) + "/uu-dai/" + string(id)
}

// stimulusPage is the measures and offers of an event.
type stimulusPage struct {
	view.Base
	stim.Desk
	Head     frame.EventHead
	Root     string
	Lead     string // the answer
	Filters  []view.FilterLink
	Rows     []view.OfferLine
	Nothing  view.Empty
	Next     string // file of the offer that waits longest
	Signs    bool   // price signs can be printed
	Lines    []view.MeasureLine
	Vendors  []view.Option // for whom an offer can be typed in
	Adds     bool          // measures may be added
	Shown    stimulus.State
	Accepted int // that the public sees
}

// offerStates are the states of offers by what the address calls them, the first one
// shown first.
var offerStates = []struct {
	slug  string
	state stimulus.State
}{{"cho-xem", stimulus.Submitted}, {"da-tra", stimulus.Returned}, {"da-duyet", stimulus.Accepted}, {"da-rut", stimulus.Withdrawn}}

// showStimulus lists the measures and offers of an event.
func (s *Door) showStimulus(c *fiber.Ctx) error {
	desk, err := s.App.Stimulus.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := stimulusPage{Base: s.OfficePage(c, "measure.title"), Desk: desk, Root: stimulusRoot(desk.Event.ID)}
	p.Head = s.EventHead(c, p.Base, desk.Event)
	p.Adds = desk.Manages && desk.Event.State != registry.Cancelled && desk.Event.State != registry.Reported
	p.fillOffers(c, s.App.Today())
	for _, m := range desk.Measures {
		line := p.MeasureLine(m, desk.Event)
		if p.Adds {
			line.Href, line.DropHref = p.Root+"/bien-phap/"+string(m.ID), p.Root+"/bien-phap/"+string(m.ID)+"/bo"
		}
		p.Lines = append(p.Lines, line)
	}
	for _, v := range desk.Vendors {
		p.Vendors = append(p.Vendors, view.Option{Value: string(v.Vendor), Label: v.VendorName})
	}
	p.Lead = p.T("offer.desk.lead", desk.Tally.Accepted, desk.Tally.Waiting, desk.Tally.Measures)
	return s.Render(c, frame.LayoutOffice, "events/stimulus", p)
}

// readOfferState is of which state an address asks for offers; "" is all.
func readOfferState(c *fiber.Ctx) stimulus.State {
	var slugs []string
	for _, x := range offerStates {
		slugs = append(slugs, x.slug)
	}
	asked := frame.OneOf(c, "xem", slugs...)
	for _, x := range offerStates {
		if asked == x.slug {
			return x.state
		}
	}
	return ""
}

// fillOffers puts the offers of the state that is asked for on the page, all of them
// where none is.
func (p *stimulusPage) fillOffers(c *fiber.Ctx, today string) {
	counts, since := map[stimulus.State]int{}, int64(0)
	p.Shown = readOfferState(c)
	for _, o := range p.Offers {
		counts[o.State]++
		if o.State == stimulus.Submitted && !frame.Actor(c).Owns(o.Vendor) && (since == 0 || o.SubmittedAt < since) && p.Reviews && p.Open {
			p.Next, since = offerHref(o.Event, o.ID), o.SubmittedAt
		}
		p.Signs = p.Signs || len(o.ShownDays(today)) > 0
	}
	p.Filters = []view.FilterLink{{Href: p.Root, Label: p.T("offer.all", len(p.Offers)), Current: p.Shown == ""}}
	for _, x := range offerStates {
		p.Filters = append(p.Filters, view.FilterLink{Href: view.Query(p.Root, "xem", x.slug), Label: p.T("offer.filter", p.T("offer.state."+string(x.state)), counts[x.state]), Current: p.Shown == x.state})
	}
	slices.SortStableFunc(p.Offers, func(a, b stimulus.Row) int {
		return slices.Index(stimulus.States, a.State) - slices.Index(stimulus.States, b.State)
	})
	for _, o := range p.Offers {
		if p.Shown == "" || o.State == p.Shown {
			p.Rows = append(p.Rows, officeOfferLine(p.Base, o, today))
		}
	}
	p.Nothing = view.Empty{Icon: "package", Title: p.T("offer.none"), Text: p.T("offer.none_text")}
}

// officeOfferLine is an offer in the lists of the office.
func officeOfferLine(b view.Base, o stimulus.Row, today string) view.OfferLine {
	stall := o.VendorName
	if len(o.Booths) > 0 {
		stall += " · " + b.T("event.card.booth", strings.Join(o.Booths, ", "))
	}
	return view.OfferLine{OfferPrice: b.OfferPrice(o.Terms), Name: o.Goods.Name, Href: offerHref(o.Event, o.ID), Stall: stall, Terms: b.OfferTerms(o), Chips: b.OfferChips(o, today)}
}

// chooseOfferVendor leads to the form of an offer of the vendor that was chosen.
func (s *Door) chooseOfferVendor(c *fiber.Ctx) error {
	desk, err := s.App.Stimulus.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	for _, v := range desk.Vendors {
		if string(v.Vendor) == c.Query("co-so") {
			return c.Redirect(stimulusRoot(desk.Event.ID)+"/nhap/"+string(v.Vendor), fiber.StatusSeeOther)
		}
	}
	return c.Redirect(stimulusRoot(desk.Event.ID), fiber.StatusSeeOther)
}

// measurePage is the form of a measure.
type measurePage struct {
	view.Base
	view.Form
	Head    frame.EventHead
	Action  string
	Back    string
	Fields  []view.Field
	Version int64
	Stale   *view.Stale
	IsNew   bool
}

// measureForm is what the form of a measure sends.
type measureForm struct {
	stim.MeasureInput
	Over int64 `form:"over"`
}

func measureParam(c *fiber.Ctx) registry.MeasureID { return registry.MeasureID(c.Params("measure")) }

func (f measureForm) fields(b view.Base, e registry.Event) []view.Field {
	label := func(name string) string { return b.T("measure.field." + name) }
	hint := func(name string) string { return b.T("measure.field." + name + ".hint") }
	days := hint("from") + " " + vn.ShowRange(e.OpensOn, e.ClosesOn)
	return []view.Field{
		{Name: "kind", Type: "radios", Label: label("kind"), Options: view.Options(b, "measure.kind.", stimulus.MeasureKinds, f.Kind)},
		{Name: "text", Type: "textarea", Rows: 2, Label: label("text"), Hint: hint("text"), Value: f.Text, Max: stimulus.MaxMeasureText},
		{Name: "provider", Label: label("provider"), Hint: hint("provider"), Value: f.Provider, Max: 120},
		{Name: "quantity", Type: "number", Label: label("quantity"), Hint: hint("quantity"), Value: f.Quantity},
		{Name: "value", Type: "money", Label: label("value"), Hint: hint("value"), Value: f.Value},
		{Name: "from", Type: "date", Label: label("from"), Hint: days, Value: f.From},
		{Name: "to", Type: "date", Label: label("to"), Value: f.To},
	}
}

func (s *Door) showNewMeasure(c *fiber.Ctx) error { return s.measurePage(c, nil, nil) }

func (s *Door) showMeasure(c *fiber.Ctx) error { return s.measurePage(c, nil, nil) }

// measurePage shows a measure as a form: empty, as stored, or as it was filled in when
// something in it was wrong.
func (s *Door) measurePage(c *fiber.Ctx, sent *measureForm, fault error) error {
	desk, err := s.App.Stimulus.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	if !desk.Manages {
		return registry.E(registry.Forbidden, "error.forbidden")
	}
	p := measurePage{Base: s.OfficePage(c, "measure.new"), Action: c.Path(), Back: stimulusRoot(desk.Event.ID), IsNew: measureParam(c) == ""}
	p.Head = s.EventHead(c, p.Base, desk.Event)
	stored := measureForm{}
	if !p.IsNew {
		m, ok := measureOf(desk, measureParam(c))
		if !ok {
			return registry.E(registry.NotFound, "error.not_found")
		}
		p.Title, stored.MeasureInput = p.T("measure.kind."+string(m.Kind)), stim.MeasureInputOf(m)
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	form := stored
	if sent != nil {
		form = *sent
	}
	p.Version, p.Fields = form.Version, p.Take(form.fields(p.Base, desk.Event)...)
	if view.IsStale(fault) {
		p.Stale = view.NewStale(p.Base, stored.Version, p.Action, p.Fields, stored.fields(p.Base, desk.Event))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "events/measure", p)
}

func measureOf(d stim.Desk, id registry.MeasureID) (stimulus.Measure, bool) {
	for _, m := range d.Measures {
		if m.ID == id {
			return m, true
		}
	}
	return stimulus.Measure{}, false
}

// saveMeasure stores a measure, new or changed.
func (s *Door) saveMeasure(c *fiber.Ctx) error {
	var form measureForm
	err := frame.Bind(c, &form)
	if err == nil {
		in := form.MeasureInput
		in.Version = view.ReadAt(form.Version, form.Over)
		if id := measureParam(c); id == "" {
			err = s.App.Stimulus.AddMeasure(c.UserContext(), frame.Actor(c), frame.EventParam(c), in)
		} else {
			err = s.App.Stimulus.EditMeasure(c.UserContext(), frame.Actor(c), frame.EventParam(c), id, in)
		}
	}
	if err != nil {
		return s.measurePage(c, &form, err)
	}
	frame.Flash(c, "measure.flash.saved")
	return c.Redirect(stimulusRoot(frame.EventParam(c))+"#bien-phap", fiber.StatusSeeOther)
}

// dropMeasure takes a measure back, or lets it hold again.
func (s *Door) dropMeasure(c *fiber.Ctx) error {
	var form struct {
		Drop bool `form:"drop"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Stimulus.DropMeasure(c.UserContext(), frame.Actor(c), frame.EventParam(c), measureParam(c), form.Drop)
	}
	if err != nil {
		return err
	}
	flash := "measure.flash.restored"
	if form.Drop {
		flash = "measure.flash.dropped"
	}
	frame.Flash(c, flash)
	return c.Redirect(stimulusRoot(frame.EventParam(c))+"#bien-phap", fiber.StatusSeeOther)
}
