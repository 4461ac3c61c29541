package stall

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"hoicho/internal/app/inspections"
	"hoicho/internal/app/vendors"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// openingPart is what stands between a vendor's booths and the opening.
type openingPart struct {
	Asked   bool
	Href    string // of the vendor's own check
	Done    string // when it was handed in; "" not yet
	Lines   []string
	Open    bool // nothing holds a booth
	Over    bool // the event is over: what was asked for no longer matters
	Records []view.NavItem
}

// openingOf reads what an application lacks before its booths open; nil where the event asks
// for nothing and nobody has looked.
func (s *Door) openingOf(c *fiber.Ctx, b view.Base, vendor registry.VendorID, id registry.ApplicationID) (*openingPart, error) {
	o, err := s.App.Inspections.Opening(c.UserContext(), frame.Actor(c), id)
	switch {
	case registry.KindOf(err) == registry.NotFound: // an officer without the right to inspect
		return nil, nil
	case err != nil:
		return nil, err
	}
	return showOpening(b, vendor, id, o), nil
}

// showOpening is what was read of an opening, as openingOf gives it.
func showOpening(b view.Base, vendor registry.VendorID, id registry.ApplicationID, o inspections.Opening) *openingPart {
	p := &openingPart{Asked: o.Asked && !over(o.Event), Over: over(o.Event), Href: view.StallApplication(vendor, id) + "/tu-kiem-tra", Open: true}
	if o.Last != nil {
		p.Done = b.T("inspection.own_done", view.ShowTime(o.Last.HandedAt), o.Last.Bad)
	}
	for _, x := range o.Booths {
		if x.Hold != nil && !p.Over {
			p.Open = false
			p.Lines = append(p.Lines, holdLines(b, x.Code, *x.Hold)...)
		}
	}
	for _, r := range o.Records {
		p.Records = append(p.Records, view.NavItem{Href: view.StallRecord(vendor, r.ID), Label: view.SaidLine(r.Number(), vn.ShowDate(r.On), b.T("inspection.kind."+string(r.Kind)))})
	}
	if (p.Over || !o.Asked && !o.Joint) && len(p.Records) == 0 && p.Open {
		return nil
	}
	return p
}

func over(e registry.Event) bool { return e.State == registry.Ended || e.State == registry.Reported }

// holdLines say why a booth may not open.
func holdLines(b view.Base, code string, h inspection.Hold) (lines []string) {
	for _, x := range []struct {
		on  bool
		key string
	}{{h.NoSelf, "inspection.hold.no_self"}, {h.Bad, "inspection.hold.bad"}, {h.NoJoint, "inspection.hold.no_joint"}} {
		if x.on {
			lines = append(lines, b.T(x.key, code))
		}
	}
	if h.Findings > 0 {
		lines = append(lines, b.T("inspection.hold.findings", code, h.Findings))
	}
	return lines
}

// checkTasks are the vendor's own checks that events ahead ask for.
func (s *Door) checkTasks(c *fiber.Ctx, b view.Base, d vendors.VendorFile) (tasks []view.Task, err error) {
	for _, st := range d.Stops {
		if st.State.Stopped() || len(st.Booths) == 0 || st.OpensOn > vn.AddDays(s.App.Today(), stopAhead) || st.ClosesOn < s.App.Today() {
			continue
		}
		o, err := s.App.Inspections.Opening(c.UserContext(), frame.Actor(c), st.App)
		if registry.KindOf(err) == registry.NotFound {
			continue // an officer without the right to inspect
		}
		if err != nil {
			return nil, err
		}
		if o.Asked && (o.Last == nil || o.Last.Bad > 0) {
			tasks = append(tasks, view.Task{Href: view.StallApplication(d.Vendor.ID, st.App) + "/tu-kiem-tra", Label: b.T("vendor.todo.self_check", st.Title),
				Hint: b.T("vendor.todo.self_check_why"), State: view.Chip{Class: "stop", Label: b.T("vendor.todo.now")}})
		}
	}
	return tasks, nil
}

// selfCheckPage is the form by which a vendor checks itself before the opening.
type selfCheckPage struct {
	view.Base
	view.Form
	Back      view.NavItem
	Event     string
	Opening   *openingPart
	Action    string
	Client    string
	Checklist string
	Items     []view.CheckItem
	Who       view.Field
}

// selfCheckForm is the form as it is sent.
type selfCheckForm struct {
	Client    string   `form:"client"`
	Checklist string   `form:"checklist"`
	Items     []string `form:"item" lines:"row"`
	Answers   []string `form:"answer" lines:"row"`
	Notes     []string `form:"item_note" lines:"row"`
	Present   string   `form:"present"`
}

// showSelfCheck shows the form, with what was answered last.
func (s *Door) showSelfCheck(c *fiber.Ctx) error {
	return s.selfCheck(c, selfCheckForm{Client: uuid.NewString()}, nil)
}

func (s *Door) selfCheck(c *fiber.Ctx, f selfCheckForm, fault error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	o, err := s.App.Inspections.Opening(c.UserContext(), frame.Actor(c), v.ID)
	if err != nil {
		return err
	}
	root := view.StallApplication(v.Vendor.ID, v.ID)
	p := selfCheckPage{Base: s.vendorPage(c, v.Vendor, "inspection.own_title"), Event: v.Event.Title, Action: root + "/tu-kiem-tra", Client: f.Client, Checklist: o.List.ID,
		Back: view.NavItem{Href: root, Label: v.Event.Title}}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Opening = showOpening(p.Base, v.Vendor.ID, v.ID, o)
	said := map[string]inspection.Said{}
	for _, x := range o.Said {
		said[x.Item] = x
	}
	for i, code := range f.Items {
		x := inspection.Said{Item: code}
		if i < len(f.Answers) && i < len(f.Notes) {
			x.Answer, x.Note = inspection.Answer(f.Answers[i]), f.Notes[i]
		}
		said[code] = x
	}
	for i, item := range o.List.Items {
		x := view.CheckItem{N: i + 1, Code: item.Code, Text: item.Text(p.Lang), Safety: item.Safety, Note: said[item.Code].Note, Fault: p.Part("item."+item.Code, p.T("inspection.item_n", i+1))}
		if len(item.Law.Numbers) > 0 {
			x.Law = s.App.Laws.Cited(item.Law)
		}
		x.Answers = append([]view.Option{{Label: p.T("inspection.choose_answer")}}, view.Options(p.Base, "inspection.answer.", inspection.Answers, string(said[item.Code].Answer))...)
		p.Items = append(p.Items, x)
	}
	if len(o.List.Items) > 0 {
		for _, column := range []string{"item", "answer", "item_note"} { // what cannot be read at all leads to the first item
			p.PartAt(column, p.T("inspection.answers"), "item."+o.List.Items[0].Code)
		}
	}
	p.Who = p.TakeOne(view.Field{Name: "present", Label: p.T("inspection.field.own_present"), Value: f.Present, Max: inspection.MaxLine, Required: true})
	return s.RenderStatus(c, status, frame.LayoutVendor, "stall/self_check", p)
}

// saveSelfCheck hands the vendor's own check in.
func (s *Door) saveSelfCheck(c *fiber.Ctx) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	var f selfCheckForm
	if err = frame.Bind(c, &f); err == nil {
		in := inspections.HandIn{Client: f.Client, Kind: string(inspection.VendorSelf), Checklist: f.Checklist, On: s.App.Today(), Present: f.Present,
			Subject: inspections.Subject{Kind: string(inspection.OfVendor), Event: string(v.Event.ID), Vendor: string(v.Vendor.ID)}}
		if f.Present == "" {
			err = registry.Faults{registry.At("present", "error.required")}
		}
		for i, code := range f.Items {
			said := inspections.Said{Item: code}
			if i < len(f.Answers) && i < len(f.Notes) {
				said.Answer, said.Note = f.Answers[i], f.Notes[i]
			}
			in.Answers = append(in.Answers, said)
		}
		if err == nil {
			_, err = s.App.Inspections.HandIn(c.UserContext(), frame.Actor(c), in)
		}
	}
	if err != nil {
		return s.selfCheck(c, f, err)
	}
	frame.Flash(c, "inspection.flash.own")
	return c.Redirect(view.StallApplication(v.Vendor.ID, v.ID), fiber.StatusSeeOther)
}
