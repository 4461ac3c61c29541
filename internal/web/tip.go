package web

import (
	"io"
	"mime/multipart"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// tipPage is the form by which anybody reports goods.
type tipPage struct {
	base
	Form    tipForm
	Subject app.TipSubject
	Code    string // of the pass, grouped for reading
	Fields  []Field
	Faults  []FieldFault
}

// tipForm is what the form sends. The photo is never part of a page shown again.
type tipForm struct {
	Kind    string                `form:"kind"`
	Place   string                `form:"place"`
	Text    string                `form:"text" lines:"many"`
	Photo   *multipart.FileHeader `form:"photo"`
	Contact string                `form:"contact"`
	Pass    string                `form:"the"`
	Product string                `form:"san-pham"`
}

// showTipForm shows the empty form, for a stall or product where the address names
// one.
func (s *Server) showTipForm(c *fiber.Ctx) error {
	return s.tipForm(c, fiber.StatusOK, tipForm{Pass: c.Query("the"), Product: c.Query("san-pham")}, nil)
}

func (s *Server) tipForm(c *fiber.Ctx, status int, form tipForm, faults map[string]string) error {
	subject, err := s.app.TipSubject(c.UserContext(), form.Pass, form.Product)
	if err != nil {
		return err
	}
	keptDays, err := s.app.ContactDays(c.UserContext())
	if err != nil {
		return err
	}
	p := tipPage{base: s.publicNav(c, s.page(c, "tip.title")), Form: form, Subject: subject, Code: app.ShowPassCode(subject.PassCode)}
	p.Description = p.T("tip.lead")
	p.Fields = form.fields(p.base, subject.Known(), keptDays)
	for i := range p.Fields {
		p.Fields[i].Error = faults[p.Fields[i].Name]
	}
	p.Faults = summary(p.base, faults, "kind", "place", "text", "photo", "contact")
	p.HasError = len(p.Faults) > 0
	return s.renderStatus(c, status, layoutForm, "tip", p)
}

func (f tipForm) fields(b base, known bool, keptDays int) []Field {
	place := Field{Name: "place", Label: b.T("tip.place"), Hint: b.T("tip.place_hint"), Value: f.Place, Max: registry.MaxTipPlace}
	if known {
		place.Label, place.Hint = b.T("tip.place_more"), b.T("tip.place_more_hint")
	}
	return []Field{
		{Name: "kind", Type: "radios", Label: b.T("tip.kind"), Options: options(b, "tip.kind.", registry.TipKinds, f.Kind)},
		place,
		{Name: "text", Type: "textarea", Label: b.T("tip.text"), Hint: b.T("tip.text_hint"), Value: f.Text, Rows: 5, Max: registry.MaxTipText},
		{Name: "photo", Type: "file", Label: b.T("tip.photo"), Hint: b.T("tip.photo_hint"), Accept: "image/jpeg,image/png", Photo: true},
		{Name: "contact", Label: b.T("tip.contact"), Hint: b.T("tip.contact_hint", keptDays), Value: f.Contact, Max: registry.MaxTipContact, Autocomplete: "tel"},
	}
}

// sendTip takes in a tip and shows the code that follows it.
func (s *Server) sendTip(c *fiber.Ctx) error {
	var form tipForm
	if err := bind(c, &form); err != nil {
		return err
	}
	photo, err := fileBytes(form.Photo)
	if err != nil {
		return err
	}
	code, err := s.app.SendTip(c.UserContext(), app.TipInput{Kind: registry.TipKind(form.Kind), Place: form.Place, Text: form.Text,
		Contact: form.Contact, Photo: photo, PassCode: form.Pass, Product: form.Product,
		Net: s.clientNet(c), Agent: c.Get(fiber.HeaderUserAgent) + c.Get(fiber.HeaderAcceptLanguage)})
	if err != nil {
		b := s.page(c, "tip.title")
		if texts, ok := faultTexts(b, err); ok {
			tellLostFile(b, texts, "photo", form.Photo)
			return s.tipForm(c, statusOf[registry.KindOf(err)], form, texts)
		}
		return err
	}
	return c.Redirect("/phan-anh/"+code+"?moi=1", fiber.StatusSeeOther)
}

// fileBytes reads an uploaded file; none is no bytes. Its size is bounded by that
// of the request.
func fileBytes(header *multipart.FileHeader) ([]byte, error) {
	if header == nil {
		return nil, nil
	}
	f, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// tipTrackPage is what whoever sent a tip follows it by.
type tipTrackPage struct {
	base
	Tip   registry.TipRow
	Code  string // grouped for reading
	New   bool   // it was sent just now
	Panel Panel
	Steps []trackStep
}

// trackStep is one step of the way that a tip takes.
type trackStep struct {
	State registry.TipState
	On    string // day; empty: not yet
	Body  string
	Told  string
	Last  bool // where it is now
}

// followTip shows the state of a tip by its code, and right after sending what
// happens next.
func (s *Server) followTip(c *fiber.Ctx) error {
	tip, steps, err := s.app.FollowTip(c.UserContext(), c.Params("code"))
	if err != nil {
		return err
	}
	p := tipTrackPage{base: s.publicNav(c, s.page(c, "tip.track_title")), Tip: tip, Code: app.ShowPassCode(tip.Code), New: c.Query("moi") == "1"}
	p.Panel = Panel{Title: p.T("tip.thanks"), Text: p.T("tip.your_code"), Number: p.Code}
	p.Steps = trackSteps(tip, steps)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.render(c, layoutForm, "tiptrack", p)
}

// trackSteps lists the steps that were taken and those that usually follow. A step
// that was left out is not shown once the tip has gone past it.
func trackSteps(tip registry.TipRow, steps []registry.TipStep) []trackStep {
	way := []trackStep{{State: registry.TipReceived, On: dayOf(tip.ReceivedAt)}}
	for _, step := range steps {
		way = append(way, trackStep{State: step.State, On: dayOf(step.At), Body: step.Body, Told: step.Told})
	}
	way[len(way)-1].Last = true
	reached := false
	for _, state := range registry.TipStates {
		if reached {
			way = append(way, trackStep{State: state})
		}
		reached = reached || state == tip.State
	}
	return way
}

// dayOf is the day of an instant in Viet Nam as people read it.
func dayOf(ms int64) string { return vn.ShowDate(vn.DateOf(time.UnixMilli(ms))) }

// findTip leads from a typed code to the page of the tip.
func (s *Server) findTip(c *fiber.Ctx) error {
	code, ok := app.PassCode(strings.NewReplacer("-", "", ".", "").Replace(c.Query("ma")))
	if !ok {
		return registry.E(registry.NotFound, "error.tip.code")
	}
	return c.Redirect("/phan-anh/"+code, fiber.StatusSeeOther)
}
