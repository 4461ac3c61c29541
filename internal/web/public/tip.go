package public

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/app/tips"
	"hoicho/internal/personal"
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
	Known   []knownTip // what others sent about the same thing
	KnownN  int        // how many in all
	Toll    *tollBox   // nil: none is asked
}

// knownTip is a tip about the same thing that somebody else sent.
type knownTip struct{ Kind, On, State string }

// tollBox asks for the toll of a tip.
type tollBox struct {
	tips.Toll
	Seconds int
	Auto    bool // the browser sends by itself once it is paid: no photo has to be chosen again
}

// tipForm is what the form sends. The photo is never part of a page shown again.
type tipForm struct {
	Kind    string `form:"kind"`
	Place   string `form:"place"`
	Text    string `form:"text" lines:"many"`
	Contact string `form:"contact"`
	Pass    string `form:"the"`
	Product string `form:"san-pham"`
	Join    string `form:"join"`
	Toll    string `form:"toll"`
	Proof   string `form:"proof"`
}

// input is the form as the use case takes it.
func (f tipForm) input() tips.TipInput {
	return tips.TipInput{Kind: registry.TipKind(f.Kind), Place: f.Place, Text: f.Text, Contact: f.Contact, PassCode: f.Pass, Product: f.Product,
		Join: registry.TipID(f.Join), Toll: f.Toll, Proof: f.Proof}
}

// showTipForm shows the empty form, for a stall or product where the address names
// one.
func (s *Door) showTipForm(c *fiber.Ctx) error {
	return s.tipForm(c, fiber.StatusOK, tipForm{Pass: c.Query("the"), Product: c.Query("san-pham")}, tipAgain{})
}

// tipAgain is what the form of a tip says when it is shown again.
type tipAgain struct {
	faults map[string]string
	toll   *tips.Toll
}

func (s *Door) tipForm(c *fiber.Ctx, status int, form tipForm, again tipAgain) error {
	subject, err := s.App.Tips.TipSubject(c.UserContext(), form.Pass, form.Product)
	if err != nil {
		return err
	}
	keptDays, err := s.App.KeepDays(c.UserContext(), personal.KeepContacts)
	if err != nil {
		return err
	}
	p := tipPage{Base: s.PublicNav(c, s.Page(c, "tip.title")), Sent: form, Subject: subject, Code: passes.ShowPassCode(subject.PassCode)}
	p.Description, p.Light = p.T("tip.lead"), true
	known, n, err := s.App.Tips.Known(c.UserContext(), subject)
	if err != nil {
		return err
	}
	p.KnownN = n
	for _, g := range known {
		p.Known = append(p.Known, knownTip{p.T("tip.kind." + string(g.Kind)), view.ShowDay(g.ReceivedAt), p.T("tip.state." + string(g.State))})
	}
	p.Form = view.NewForm(&p.Base, again.faults)
	if join := form.joinField(p.Base, known); len(join.Options) > 1 {
		p.Fields = p.Take(join)
	}
	p.Fields = append(p.Fields, p.Take(form.fields(p.Base, subject.Known(), keptDays)...)...)
	if again.toll != nil {
		p.Toll = &tollBox{*again.toll, int(again.toll.Wait.Seconds()), again.faults["photo"] == ""}
	}
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

// joinField asks whether a tip adds to one that somebody else sent, which has to be open.
func (f tipForm) joinField(b view.Base, known []registry.TipGist) view.Field {
	field := view.Field{Name: "join", Type: "radios", Label: b.T("tip.field.join"), Options: []view.Option{{Label: b.T("tip.join_new"), Selected: true}}}
	for _, g := range known {
		if g.State != registry.TipClosed {
			chosen := string(g.ID) == f.Join
			field.Options[0].Selected = field.Options[0].Selected && !chosen
			field.Options = append(field.Options, view.Option{Value: string(g.ID), Selected: chosen,
				Label: b.T("tip.join_to", b.T("tip.kind."+string(g.Kind)), view.ShowDay(g.ReceivedAt))})
		}
	}
	return field
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
	var sent tips.SentTip
	err = frame.BindValues(parts.Values, nil, &form)
	defer frame.StartDeadline(c)()
	if err == nil {
		in := form.input()
		in.Photo, in.Net, in.Agent = parts.Photo, s.ClientNet(c), s.seeker(c).Agent
		sent, err = s.App.Tips.SendTip(c.UserContext(), in)
	}
	if err != nil {
		b := s.Page(c, "tip.title")
		texts, ok := view.FaultTexts(b, err)
		if !ok {
			return err
		}
		if len(parts.Photo) > 0 || parts.Lost != nil {
			texts["photo"] = b.T("form.file_again")
		}
		return s.tipForm(c, frame.FaultStatus(c, err), form, tipAgain{texts, sent.Toll})
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
