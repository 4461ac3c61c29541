package stall

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// applicationForm is what the form of an application sends.
type applicationForm struct {
	Days       []string             `form:"days"`
	Products   []registry.ProductID `form:"products"`
	Booths     int                  `form:"booths"`
	Zone       string               `form:"zone"`
	NeedsPower bool                 `form:"needs_power"`
	StaffN     view.Number          `form:"staff_n"`
	Vehicles   string               `form:"vehicles" lines:"many"`
	Note       string               `form:"note" lines:"many"`
	Percent    view.Number          `form:"promo_percent"`
	Basis      string               `form:"promo_basis"`
	Version    int64                `form:"version"`
	Over       int64                `form:"over"`
	Next       string               `form:"next"` // "save", "check", "product", or "auto" from the script
}

func (f applicationForm) input(unread registry.Faults) booths.ApplicationInput {
	return booths.ApplicationInput{Days: f.Days, Products: f.Products, Booths: f.Booths, Zone: f.Zone, NeedsPower: f.NeedsPower,
		StaffN: f.StaffN.N, Vehicles: f.Vehicles, Note: f.Note,
		Promotion: registry.Promotion{Percent: f.Percent.N, Basis: registry.PromotionBasis(f.Basis)},
		Version:   view.ReadAt(f.Version, f.Over), Unread: unread}
}

func formOf(a registry.Application) applicationForm {
	return applicationForm{Days: a.Days, Products: a.Products, Booths: a.Booths, Zone: a.Zone, NeedsPower: a.NeedsPower,
		StaffN: view.NumberIfAny(a.StaffN), Vehicles: strings.Join(a.Vehicles, "\n"), Note: a.Note,
		Percent: view.NumberIfAny(a.Promotion.Percent), Basis: string(a.Promotion.Basis), Version: a.Version}
}

// applicationFormPage is the form of an application, for its vendor or, typed in
// from paper, for an officer.
type applicationFormPage struct {
	view.Base
	view.Form
	Event      registry.Event
	Vendor     registry.Vendor
	Number     int64
	Days       string
	Root       string // address of the application behind this door
	Sent       bool   // it has been sent before
	Waits      bool   // it is with the office now
	Stage      string // of the way of a new vendor
	Fields     []view.Field
	More       []view.Field // what most leave as it is, folded
	MoreOpen   bool         // something in it is filled in, or wrong
	NoProducts bool
	Limits     []QuotaLine
	Version    int64
	Stale      *view.Stale
}

// filledIn is where a vendor's form is filled in.
type filledIn int

const (
	// byVendor is at the vendor's own pages.
	byVendor filledIn = iota
	// ByOffice is in the office, typed in from paper.
	ByOffice
)

// filledPage makes the base of a page of an application, titled after the event.
func (s *Door) filledPage(c *fiber.Ctx, by filledIn, v booths.ApplicationView, titleKey string) (layout string, b view.Base) {
	if by == ByOffice {
		return frame.LayoutOffice, s.OfficePage(c, titleKey, v.Event.Title)
	}
	return frame.LayoutVendor, s.vendorPage(c, v.Vendor, titleKey, v.Event.Title)
}

// root is the address of an application where it is filled in.
func (by filledIn) root(v booths.ApplicationView) string {
	if by == ByOffice {
		return view.ReviewRoot(v.ID)
	}
	return view.StallApplication(v.Vendor.ID, v.ID)
}

// ShowApplicationForm shows the form of an application while it may be changed.
func (s *Door) ShowApplicationForm(by filledIn) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, err := s.ownView(c)
		if err != nil {
			return err
		}
		if !v.State.Editable() || v.Closed != nil {
			return c.Redirect(by.root(v), fiber.StatusSeeOther)
		}
		return s.applicationForm(c, filledForm{by, v, formOf(v.Application)}, nil)
	}
}

// filledForm is the form of an application as it was filled in.
type filledForm struct {
	by   filledIn
	view booths.ApplicationView
	form applicationForm
}

func (s *Door) applicationForm(c *fiber.Ctx, filled filledForm, fault error) error {
	v, form := filled.view, filled.form
	choice, err := s.App.Booths.ApplicationOffering(c.UserContext(), frame.Actor(c), v.ID)
	if err != nil {
		return err
	}
	p := applicationFormPage{Root: filled.by.root(v), Event: v.Event, Vendor: v.Vendor, Number: v.Number, Version: form.Version,
		Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn), Sent: v.State != registry.AppDraft, Waits: v.State == registry.AppSubmitted, NoProducts: len(choice.Products) == 0}
	var layout string
	layout, p.Base = s.filledPage(c, filled.by, v, "application.form.title")
	p.Limits = Quotas(p.Base, v.Quotas, nil)
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	all := p.Take(p.fields(form, v.Event, choice)...)
	p.Fields, p.More = all[:len(all)-folded(all)], all[len(all)-folded(all):]
	p.MoreOpen = p.Sent || form.Zone+form.Basis != "" || slices.ContainsFunc(p.More, func(f view.Field) bool { return f.Error != "" || f.Value != "" })
	if v.Vendor.State == registry.VendorNew && filled.by == byVendor && v.State == registry.AppDraft {
		p.Stage = p.T("application.way.stage", 4)
	}
	if view.IsStale(fault) {
		theirs := applicationFormPage{Base: p.Base}
		p.Stale = view.NewStale(p.Base, v.Version, p.Root+"/sua", all, theirs.fields(formOf(v.Application), v.Event, choice))
	}
	return s.RenderStatus(c, status, layout, "stall/application_edit", p)
}

// fields draws the form as it was filled in.
func (p *applicationFormPage) fields(form applicationForm, e registry.Event, choice booths.Offering) []view.Field {
	field := func(name, kind string) view.Field {
		f := view.Field{Name: name, Type: kind, Label: p.T("application.field." + name)}
		if name != "zone" {
			f.Hint = p.T("application.hint." + name)
		}
		return f
	}
	days := field("days", "checkboxes")
	for _, d := range e.Days {
		days.Options = append(days.Options, view.Option{Value: d.Day, Label: vn.Weekday(d.Day, p.Lang) + " " + vn.ShowDate(d.Day),
			Hint: vn.ShowClock(d.OpensAt) + "–" + vn.ShowClock(d.ClosesAt), Selected: slices.Contains(form.Days, d.Day)})
	}
	products := field("products", "checkboxes")
	for _, q := range choice.Products {
		products.Options = append(products.Options, view.Option{Value: string(q.ID), Label: q.Name,
			Hint: p.T("product.group." + string(q.Group)), Selected: slices.Contains(form.Products, q.ID)})
	}
	booths := field("booths", "radios")
	for n := 1; n <= registry.MaxBoothsEach; n++ {
		booths.Options = append(booths.Options, view.Option{Value: strconv.Itoa(n), Label: p.T("application.booths_n", n), Selected: form.Booths == n})
	}
	zone := field("zone", "select")
	zone.Options = []view.Option{{Label: p.T("application.zone.any"), Selected: form.Zone == ""}}
	for _, z := range choice.Zones {
		zone.Options = append(zone.Options, view.Option{Value: z, Label: p.T("booth.plan.zone", z), Selected: form.Zone == z})
	}
	power, staff := field("needs_power", "checkbox"), field("staff_n", "number")
	if form.NeedsPower {
		power.Value = "1"
	}
	staff.Value = form.StaffN.Typed
	vehicles, note := field("vehicles", "textarea"), field("note", "textarea")
	vehicles.Value, vehicles.Rows, note.Value = form.Vehicles, 2, form.Note
	percent, basis := field("promo_percent", "number"), field("promo_basis", "select")
	percent.Value = form.Percent.Typed
	basis.Options = append([]view.Option{{Label: p.T("application.promo.plain"), Selected: form.Basis == ""}}, view.Options(p.Base, "application.promo.", registry.PromotionBases, form.Basis)...)
	if rule, ok := registry.PromotionRuleOn(e.ClosesOn); ok {
		percent.Hint = p.T("application.hint.promo_percent", rule.Percent, p.Cited(rule.Law))
	}
	all := []view.Field{days, products, booths, staff, power, vehicles, zone, percent, basis, note}
	return slices.DeleteFunc(all, func(f view.Field) bool {
		return f.Name == "zone" && len(choice.Zones) < 2 || f.Name == "products" && len(choice.Products) == 0
	})
}

// firstFolded is the field behind which the form is folded.
const firstFolded = "vehicles"

// folded is how many fields at the end of the form are folded away.
func folded(all []view.Field) int {
	at := slices.IndexFunc(all, func(f view.Field) bool { return f.Name == firstFolded })
	return len(all) - at
}

// SaveApplication saves the form, and goes on to a new product if that was asked
// for, or to the check if nothing is missing.
func (s *Door) SaveApplication(by filledIn) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, err := s.ownView(c)
		if err != nil {
			return err
		}
		filled := filledForm{by: by, view: v}
		unread, err := frame.BindOpen(c, &filled.form)
		if filled.form.Next == "auto" {
			return s.autosave(c, v, filled.form, unread, err)
		}
		if err == nil {
			err = s.App.Booths.EditApplication(c.UserContext(), frame.Actor(c), v.ID, filled.form.input(unread))
		}
		if err == nil {
			return s.afterSaving(c, filled)
		}
		if view.IsStale(err) {
			if now, bad := s.ownView(c); bad == nil {
				filled.view = now
			}
		}
		return s.applicationForm(c, filled, err)
	}
}

// afterSaving leads on from a form that has been saved.
func (s *Door) afterSaving(c *fiber.Ctx, saved filledForm) error {
	root := saved.by.root(saved.view)
	switch {
	case saved.form.Next == "product":
		frame.Flash(c, "application.flash.saved")
		return c.Redirect(view.StallRoot(saved.view.Vendor.ID)+"/san-pham/moi", fiber.StatusSeeOther)
	case saved.view.State == registry.AppSubmitted:
		frame.Flash(c, "application.flash.changed")
		return c.Redirect(root, fiber.StatusSeeOther)
	case saved.form.Next != "check":
		frame.Flash(c, "application.flash.saved")
		return c.Redirect(root, fiber.StatusSeeOther)
	}
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	if v.Missing != nil {
		return s.applicationForm(c, filledForm{saved.by, v, formOf(v.Application)}, v.Missing)
	}
	return c.Redirect(root+"/kiem-tra", fiber.StatusSeeOther)
}

// autosave keeps a draft while it is filled in, for the script of the form. It
// answers with the draft's new version, or with what keeps it from being saved. What
// has been sent is changed by a person alone.
func (s *Door) autosave(c *fiber.Ctx, v booths.ApplicationView, form applicationForm, unread registry.Faults, fault error) error {
	if fault == nil && v.State != registry.AppDraft {
		fault = registry.E(registry.Conflict, "error.application.decided")
	}
	if fault == nil {
		fault = s.App.Booths.EditApplication(c.UserContext(), frame.Actor(c), v.ID, form.input(unread))
	}
	if fault != nil {
		texts, ok := view.FaultTexts(s.Page(c, "application.form.heading"), fault)
		if !ok {
			return fault
		}
		for _, text := range texts {
			return c.Status(frame.StatusOf[registry.KindOf(fault)]).JSON(fiber.Map{"fault": text})
		}
	}
	saved, err := s.ownView(c)
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"version": saved.Version, "at": vn.ClockOf(s.App.DB.Now())})
}
