package places

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/places"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// placeForm is the form of a place as it is sent.
type placeForm struct {
	places.Input
	AreaText string `form:"area"`
	Over     int64  `form:"over"`
}

// formPage is the form of a place, new or stored.
type formPage struct {
	view.Base
	view.Form
	Action  string
	Back    string
	Version int64
	New     bool
	Fields  []view.Field
	Person  []view.Field
	More    []view.Field
	Photo   []view.Field
	Small   string // the photo that it has
	Stale   *view.Stale
}

// shown is what a page of the form shows: the place that it changes, what was typed and
// what is wrong with it.
type shown struct {
	form  placeForm
	file  *places.File
	place *registry.Error // what is wrong with the unit
	err   error
}

// readForm reads the form with its photo, whatever becomes of which the words are kept.
func (s *Door) readForm(c *fiber.Ctx, share *frame.Share) (x shown) {
	x.form.Photo, x.err = s.ReadPhotoForm(c, share, &x.form)
	x.form.Version = view.ReadAt(x.form.Version, x.form.Over)
	x.place = s.ReadArea(x.form.AreaText, &x.form.Area, x.form.Since)
	return x
}

// reshow shows a form again that was not stored; what cannot stand on it is answered by
// itself.
func (s *Door) reshow(c *fiber.Ctx, x shown) error {
	p := formPage{Base: s.OfficePage(c, "place.new_title"), Action: root + "/moi", Back: root, New: true, Version: x.form.Version}
	if x.file != nil {
		p.Base = s.OfficePage(c, "place.edit_title", x.file.Name)
		p.Action, p.Back, p.New = href(x.file.ID)+"/sua", href(x.file.ID), false
	}
	status, err := frame.NoteFaultOfPhoto(c, &p.Base, &p.Form, frame.AtArea(x.err, x.place), x.form.Photo)
	if err != nil {
		return err
	}
	bodies, _, err := s.App.Places.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p.draw(x, bodies)
	if view.IsStale(x.err) {
		theirs := formPage{Base: p.Base}
		theirs.draw(shown{form: s.formOf(x.file.Place), file: x.file}, bodies)
		p.Stale = view.NewStale(p.Base, x.file.Version, p.Action, p.compared(), theirs.compared())
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "places/form", p)
}

// compared are the fields that two versions of a place may differ in.
func (p formPage) compared() []view.Field {
	return append(append(append([]view.Field{}, p.Fields...), p.Person...), p.More...)
}

// draw puts a form into the page.
func (p *formPage) draw(x shown, bodies []committee.Body) {
	f := x.form
	label := func(name string) string { return p.T("place.field." + name) }
	hint := func(name string) string { return p.T("place.field." + name + ".hint") }
	p.Fields = p.Take(
		view.Field{Name: "kind", Type: "radios", Label: label("kind"), Options: view.Options(p.Base, "place.kind.", committee.PlaceKinds, f.Kind)},
		view.Field{Name: "name", Label: label("name"), Hint: hint("name"), Value: f.Name, Max: committee.MaxPlaceName, Required: true},
		view.Field{Name: "area", Type: "area", Label: label("area"), Value: f.AreaText, Ref: f.Area, On: "since_on", Required: true},
		view.Field{Name: "address", Label: label("address"), Hint: hint("address"), Value: f.Address, Max: committee.MaxPlaceLine},
		view.Field{Name: "since_on", Type: "date", Label: label("since_on"), Value: f.Since, Shape: p.T("form.date_shape"), Required: true},
		view.Field{Name: "hours", Label: label("hours"), Hint: hint("hours"), Value: f.Hours, Max: committee.MaxPlaceLine},
		view.Field{Name: "organisation", Label: label("organisation"), Hint: hint("organisation"), Value: f.Organisation, Max: committee.MaxPlaceLine})
	p.Person = p.Take(
		view.Field{Name: "keeper", Label: label("keeper"), Value: f.Keeper, Max: committee.MaxPlaceName},
		view.Field{Name: "phone", Type: "tel", Label: label("phone"), Value: f.Phone},
		view.Field{Name: "agreed", Type: "checkbox", Label: label("agreed"), Hint: hint("agreed"), Value: view.Ticked(f.Agreed)})
	groups := view.Options(p.Base, "product.group.", registry.ProductGroups, "")
	for i := range groups {
		for _, g := range f.Groups {
			groups[i].Selected = groups[i].Selected || groups[i].Value == g
		}
	}
	p.More = p.Take(
		view.Field{Name: "group", Type: "checkboxes", Label: label("group"), Options: groups},
		view.Field{Name: "goods", Type: "textarea", Label: label("goods"), Hint: hint("goods"), Value: f.Goods, Rows: 3, Max: committee.MaxPlaceGoods},
		view.Field{Name: "paper", Label: label("paper"), Hint: hint("paper"), Value: f.Paper, Max: committee.MaxPlaceLine},
		view.Field{Name: "body", Type: "select", Label: label("body"), Options: bodyOptions(p.Base, bodies, x)})
	photo := view.PhotoField(p.Base, "photo", "place.field.photo")
	photo.Hint = hint("photo")
	p.Photo = p.Take(photo)
	if x.file != nil && x.file.Photo != "" {
		p.Small = view.SmallPhoto(x.file.Photo)
		p.Photo = append(p.Photo, p.TakeOne(view.Field{Name: "drop_photo", Type: "checkbox", Label: label("drop_photo"), Value: view.Ticked(f.DropPhoto)}))
	}
}

// bodyOptions are the bodies offered, and the one that the place has.
func bodyOptions(b view.Base, bodies []committee.Body, x shown) []view.Option {
	options, offered := []view.Option{{Label: b.T("register.unsaid")}}, x.form.Body == ""
	for _, body := range bodies {
		options = append(options, view.Option{Value: string(body.ID), Label: body.Name, Selected: string(body.ID) == x.form.Body})
		offered = offered || string(body.ID) == x.form.Body
	}
	if !offered && x.file != nil && string(x.file.Body) == x.form.Body {
		options = append(options, view.Option{Value: x.form.Body, Label: x.file.BodyName, Selected: true})
	}
	return options
}

// formOf fills the form with what is stored.
func (s *Door) formOf(p committee.Place) placeForm {
	f := placeForm{Input: places.InputOf(p)}
	f.AreaText = s.AreaText(f.Area, p.From)
	return f
}

// showNew shows the form of a new place, with what is most likely filled in.
func (s *Door) showNew(c *fiber.Ctx) error {
	_, area, err := s.App.Places.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	f := placeForm{Input: places.Input{Kind: string(committee.VietnamesePlace), Since: vn.ShowDate(s.App.Today())}}
	if !area.IsZero() {
		f.Area, f.AreaText = area.String(), s.AreaName(area)
	}
	return s.reshow(c, shown{form: f})
}

// create enters a place.
func (s *Door) create(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if x.err == nil {
		var p committee.Place
		if p, x.err = s.App.Places.Create(c.UserContext(), frame.Actor(c), x.form.Input); x.err == nil {
			frame.Flash(c, "place.flash.created")
			return c.Redirect(href(p.ID), fiber.StatusSeeOther)
		}
	}
	return s.reshow(c, x)
}

// writable is the place that an address names, for whoever may change it.
func (s *Door) writable(c *fiber.Ctx) (*places.File, error) {
	f, err := s.App.Places.Place(c.UserContext(), frame.Actor(c), placeParam(c))
	return frame.Writable(f, f.Writes, err)
}

// showEdit shows the form of a place as it is stored.
func (s *Door) showEdit(c *fiber.Ctx) error {
	f, err := s.writable(c)
	if err != nil {
		return err
	}
	return s.reshow(c, shown{form: s.formOf(f.Place), file: f})
}

// save corrects a place. Where a colleague was quicker, the two are compared.
func (s *Door) save(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	x := s.readForm(c, &share)
	defer frame.StartDeadline(c)()
	if x.err == nil {
		if x.err = s.App.Places.Save(c.UserContext(), frame.Actor(c), placeParam(c), x.form.Input); x.err == nil {
			frame.Flash(c, "place.flash.saved")
			return c.Redirect(href(placeParam(c)), fiber.StatusSeeOther)
		}
	}
	var gone error
	if x.file, gone = s.writable(c); gone != nil {
		return gone
	}
	return s.reshow(c, x)
}
