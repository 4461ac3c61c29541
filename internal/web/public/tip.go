package public

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/app/tips"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// tipPage is the form by which anybody reports goods.
type tipPage struct {
	view.Base
	view.Form
	Sent    tipForm
	Subject tips.TipSubject
	Code    string // of the pass, grouped for reading
	Fields  []view.Field
}

// tipForm is what the form sends. The photo is never part of a page shown again.
type tipForm struct {
	Kind    string `form:"kind"`
	Place   string `form:"place"`
	Text    string `form:"text" lines:"many"`
	Contact string `form:"contact"`
	Pass    string `form:"the"`
	Product string `form:"san-pham"`
}

// showTipForm shows the empty form, for a stall or product where the address names
// one.
func (s *Door) showTipForm(c *fiber.Ctx) error {
	return s.tipForm(c, fiber.StatusOK, tipForm{Pass: c.Query("the"), Product: c.Query("san-pham")}, nil)
}

func (s *Door) tipForm(c *fiber.Ctx, status int, form tipForm, faults map[string]string) error {
	subject, err := s.App.Tips.TipSubject(c.UserContext(), form.Pass, form.Product)
	if err != nil {
		return err
	}
	keptDays, err := s.App.ContactDays(c.UserContext())
	if err != nil {
		return err
	}
	p := tipPage{Base: s.PublicNav(c, s.Page(c, "tip.title")), Sent: form, Subject: subject, Code: passes.ShowPassCode(subject.PassCode)}
	p.Description = p.T("tip.lead")
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(form.fields(p.Base, subject.Known(), keptDays)...)
	return s.RenderStatus(c, status, frame.LayoutForm, "public/tip_new", p)
}

func (f tipForm) fields(b view.Base, known bool, keptDays int) []view.Field {
	place := view.Field{Name: "place", Label: b.T("tip.place"), Hint: b.T("tip.place_hint"), Value: f.Place, Max: registry.MaxTipPlace}
	if known {
		place.Label, place.Hint = b.T("tip.place_more"), b.T("tip.place_more_hint")
	}
	return []view.Field{
		{Name: "kind", Type: "radios", Label: b.T("tip.kind"), Options: view.Options(b, "tip.kind.", registry.TipKinds, f.Kind)},
		place,
		{Name: "text", Type: "textarea", Label: b.T("tip.text"), Hint: b.T("tip.text_hint"), Value: f.Text, Rows: 5, Max: registry.MaxTipText},
		{Name: "contact", Label: b.T("tip.contact"), Hint: b.T("tip.contact_hint", keptDays), Value: f.Contact, Max: registry.MaxTipContact, Autocomplete: "tel"},
		tipPhotoField(b, "tip.photo"), // last, so that all words have come before it
	}
}

// tipPhotoField asks for a photo of what a tip is about.
func tipPhotoField(b view.Base, label string) view.Field {
	return view.Field{Name: "photo", Type: "file", Label: b.T(label), Hint: b.T("tip.photo_hint", frame.MaxTipPhoto>>20), Accept: "image/jpeg,image/png", Photo: true}
}

// sendTip takes in a tip and shows the code that follows it.
func (s *Door) sendTip(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	parts, err := s.ReadParts(c, &share)
	if err != nil {
		return err
	}
	var form tipForm
	if err := frame.BindValues(parts.Values, nil, &form); err != nil {
		return err
	}
	defer frame.StartDeadline(c)()
	seeker := s.seeker(c)
	sent, err := s.App.Tips.SendTip(c.UserContext(), tips.TipInput{Kind: registry.TipKind(form.Kind), Place: form.Place, Text: form.Text,
		Contact: form.Contact, Photo: parts.Photo, PassCode: form.Pass, Product: form.Product, Net: seeker.Net, Agent: seeker.Agent})
	if err != nil {
		b := s.Page(c, "tip.title")
		texts, ok := view.FaultTexts(b, err)
		if !ok {
			return err
		}
		if len(parts.Photo) > 0 || parts.Lost != nil {
			texts["photo"] = b.T("form.file_again")
		}
		return s.tipForm(c, frame.FaultStatus(c, err), form, texts)
	}
	to := "/phan-anh/" + sent.Code + "?moi=1"
	if parts.Lost != nil {
		sent.Photo = parts.Lost
	}
	if sent.Photo != nil {
		to += "&anh=" + view.QueryEscape(strings.TrimPrefix(view.First(sent.Photo).Key, "error."))
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// lostPhotos are the reasons for which a tip was kept without its photo, as the
// address of its page may name them.
var lostPhotos = []string{"photo_format", "photo_size", "photo_costly", "photo_busy", "tip.photo_large", "tip.no_photo", "internal"}

// tipTrackPage is what whoever sent a tip follows it by.
type tipTrackPage struct {
	view.Base
	view.Form
	Tip   tips.TipTrack
	Code  string     // grouped for reading
	New   bool       // it was sent just now
	Lost  string     // why the photo that came with it was not kept
	Photo view.Field // asks for another photo
	Panel view.Panel
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
func (s *Door) followTip(c *fiber.Ctx) error { return s.tipTrack(c, nil) }

// tipTrack is the page of a tip, again with a fault of a photo that was added.
func (s *Door) tipTrack(c *fiber.Ctx, fault error) error {
	tip, err := s.App.Tips.FollowTip(c.UserContext(), s.seeker(c), c.Params("code"))
	if err != nil {
		return err
	}
	p := tipTrackPage{Base: s.PublicNav(c, s.Page(c, "tip.track_title")), Tip: tip, Code: passes.ShowPassCode(tip.Code), New: c.Query("moi") == "1"}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if lost := c.Query("anh"); p.New && slices.Contains(lostPhotos, lost) {
		p.Lost = p.T("error." + lost)
	}
	p.Photo = p.TakeOne(tipPhotoField(p.Base, "tip.photo_more"))
	p.Panel = view.Panel{Title: p.T("tip.thanks"), Text: p.T("tip.your_code"), Number: p.Code}
	p.Steps = trackSteps(tip)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.RenderStatus(c, status, frame.LayoutForm, "public/tip", p)
}

// addTipPhoto takes a photo for a tip that was sent before.
func (s *Door) addTipPhoto(c *fiber.Ctx) error {
	tip, err := s.App.Tips.FollowTip(c.UserContext(), s.seeker(c), c.Params("code"))
	if err != nil {
		return err
	}
	share := s.NewShare()
	defer share.GiveBack()
	parts, err := s.ReadParts(c, &share)
	if err == nil {
		err = frame.BindValues(parts.Values, nil, &struct{}{})
	}
	if err != nil {
		return err
	}
	defer frame.StartDeadline(c)()
	if parts.Lost != nil {
		return s.tipTrack(c, parts.Lost)
	}
	seeker := s.seeker(c)
	if err := s.App.Tips.AddTipPhoto(c.UserContext(), tips.TipPhotoInput{Code: tip.Code, Photo: parts.Photo, Net: seeker.Net, Agent: seeker.Agent}); err != nil {
		return s.tipTrack(c, err)
	}
	frame.Flash(c, "tip.flash_photo")
	return c.Redirect("/phan-anh/"+tip.Code, fiber.StatusSeeOther)
}

// trackSteps lists the steps that were taken and those that usually follow. A step
// that was left out is not shown once the tip has gone past it.
func trackSteps(tip tips.TipTrack) []trackStep {
	way := []trackStep{{State: registry.TipReceived, On: view.ShowDay(tip.ReceivedAt)}}
	for _, step := range tip.Steps {
		way = append(way, trackStep{State: step.State, On: view.ShowDay(step.At), Body: step.Body, Told: step.Told})
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

// findTip leads from a typed code to the page of the tip.
func (s *Door) findTip(c *fiber.Ctx) error {
	code, ok := passes.PassCode(strings.NewReplacer("-", "", ".", "").Replace(c.Query("ma")))
	if !ok {
		return registry.E(registry.NotFound, "error.tip.code")
	}
	return c.Redirect("/phan-anh/"+code, fiber.StatusSeeOther)
}
