package vouchers

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// packForm is the form of a new pack.
type packForm struct {
	Title    string   `form:"title"`
	Value    string   `form:"value"`
	Count    string   `form:"count"`
	FirstDay string   `form:"first_day"`
	LastDay  string   `form:"last_day"`
	Scope    string   `form:"scope"`
	Groups   []string `form:"groups"`
	Booths   []string `form:"booths"`
	Test     bool     `form:"test"`
	Sure     bool     `form:"sure"`
	Change   bool     `form:"change"`
}

func (f *packForm) input() vouchers.PackInput {
	in := vouchers.PackInput{Title: f.Title, Value: f.Value, Count: f.Count, FirstDay: f.FirstDay, LastDay: f.LastDay,
		Scope: registry.PackScope(f.Scope), Booths: f.Booths, Test: f.Test}
	for _, g := range f.Groups {
		in.Groups = append(in.Groups, registry.ProductGroup(g))
	}
	return in
}

// fields are those of the form, in their order.
func (f *packForm) fields(b view.Base, booths []registry.PackBooth) []view.Field {
	return []view.Field{
		{Name: "title", Label: b.T("voucher.field.title"), Hint: b.T("voucher.field.title.hint"), Value: f.Title, Max: 60, Required: true},
		{Name: "value", Type: "money", Label: b.T("voucher.field.value"), Hint: b.T("voucher.field.value.hint"), Value: f.Value, Required: true},
		{Name: "count", Type: "number", Label: b.T("voucher.field.count"), Hint: b.T("voucher.field.count.hint", vn.Count(registry.MaxPackSheet)), Value: f.Count, Required: true},
		{Name: "first_day", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("voucher.field.first_day"), Value: f.FirstDay, Required: true},
		{Name: "last_day", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("voucher.field.last_day"), Value: f.LastDay, Required: true},
		{Name: "scope", Type: "radios", Label: b.T("voucher.field.scope"), Options: view.Options(b, "voucher.scope.", registry.PackScopes, f.Scope)},
		{Name: "groups", Type: "checkboxes", Label: b.T("voucher.field.groups"), Hint: b.T("voucher.field.groups.hint"),
			Options: ticked(view.Options(b, "product.group.", registry.ProductGroups, ""), f.Groups)},
		{Name: "booths", Type: "checkboxes", Label: b.T("voucher.field.booths"), Hint: b.T("voucher.field.booths.hint"), Options: f.boothOptions(booths)},
		{Name: "test", Type: "checkbox", Label: b.T("voucher.field.test"), Hint: b.T("voucher.field.test.hint"), Value: view.Ticked(f.Test)},
	}
}

// ticked chooses those of the options that were sent.
func ticked(options []view.Option, sent []string) []view.Option {
	for i := range options {
		options[i].Selected = slices.Contains(sent, options[i].Value)
	}
	return options
}

func (f *packForm) boothOptions(booths []registry.PackBooth) []view.Option {
	options := make([]view.Option, len(booths))
	for i, b := range booths {
		options[i] = view.Option{Value: b.Code, Label: b.Code + " · " + b.Name}
	}
	return ticked(options, f.Booths)
}

// newPage is the form of a new pack, or what it would come to.
type newPage struct {
	head
	Fields []view.Field
	Plan   *planText // asked to be made
	Sent   packForm
}

// planText is what a new pack comes to, as people read it.
type planText struct {
	Title, Value, Count, Dong, Sheets, Days string
	Booths                                  string
	NoBooth                                 bool
}

func (s *Door) showNewPack(c *fiber.Ctx) error {
	d, err := s.App.Vouchers.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	form := packForm{Scope: string(registry.PackAtAll), FirstDay: vn.ShowDate(d.Event.OpensOn), LastDay: vn.ShowDate(d.Event.ClosesOn)}
	return s.newPack(c, form, nil, nil)
}

// newPack shows the form as it was sent, with what was wrong or what it would come to.
func (s *Door) newPack(c *fiber.Ctx, form packForm, plan *vouchers.Plan, fault error) error {
	d, err := s.App.Vouchers.Desk(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := newPage{head: s.head(c, d.Event, "voucher.new_title"), Sent: form}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Fields = p.Take(form.fields(p.Base, d.Booths)...)
	if plan != nil {
		k := &plan.Pack
		p.Plan = &planText{Title: k.Title, Value: vn.Dong(k.ValueDong), Count: vn.Count(int64(k.Count)), Dong: vn.Dong(plan.Dong), NoBooth: plan.Booths == 0,
			Sheets: vn.Count(int64(plan.Sheets)), Days: vn.ShowRange(k.FirstDay, k.LastDay()), Booths: vn.Count(int64(plan.Booths))}
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "vouchers/new", p)
}

// makePack shows what a pack would come to, and makes it once that was said yes to.
func (s *Door) makePack(c *fiber.Ctx) error {
	var form packForm
	if err := frame.Bind(c, &form); err != nil {
		return s.newPack(c, form, nil, err)
	}
	if !form.Sure || form.Change {
		plan, err := s.App.Vouchers.PlanPack(c.UserContext(), frame.Actor(c), frame.EventParam(c), form.input())
		if err != nil || form.Change {
			return s.newPack(c, form, nil, err)
		}
		return s.newPack(c, form, &plan, nil)
	}
	number, err := s.App.Vouchers.MakePack(c.UserContext(), frame.Actor(c), frame.EventParam(c), form.input())
	if err != nil {
		return s.newPack(c, form, nil, err)
	}
	frame.Flash(c, "voucher.flash.made")
	return c.Redirect(packHref(frame.EventParam(c), number), fiber.StatusSeeOther)
}
