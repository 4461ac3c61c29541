package gates

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// gateTab is a link between the office pages of an event's gates.
type gateTab struct {
	Href, Label, Icon string
	Current           bool
}

// GateHead is what all office pages of an event's gates share.
type GateHead struct {
	view.Base
	view.Form
	Head frame.EventHead
	Root string // address of the chief's page
	Subs []gateTab
}

func (s *Door) gateHead(c *fiber.Ctx, event registry.Event, titleKey string) GateHead {
	b := s.OfficePage(c, titleKey, event.Title)
	h := GateHead{Base: b, Head: s.EventHead(c, b, event), Root: view.GateRoot(event.ID)}
	h.Subs = append(h.Subs, gateTab{Href: h.Root + "/truc-tiep", Label: b.T("gate.office.live"), Icon: "eye"})
	chief := frame.Actor(c).Can(registry.ManageGate, s.App.Areas.Scope(event.Area))
	if chief {
		h.Subs = append(h.Subs, gateTab{Href: h.Root, Label: b.T("gate.office.phones"), Icon: "qr-code"})
	}
	h.Subs = append(h.Subs, gateTab{Href: h.Root + "/doi-chieu", Label: b.T("gate.office.differences"), Icon: "shield-check"})
	h.Subs = append(h.Subs, gateTab{Href: h.Root + "/khach", Label: b.T("gate.office.visits"), Icon: "chart-column"})
	if chief {
		h.Subs = append(h.Subs, gateTab{Href: h.Root + "/danh-sach", Label: b.T("gate.office.paper"), Icon: "pencil"})
		h.Subs = append(h.Subs, gateTab{Href: h.Root + "/quy-dinh", Label: b.T("gate.office.rules"), Icon: "settings"})
	}
	for i := range h.Subs {
		h.Subs[i].Current = c.Path() == h.Subs[i].Href
	}
	return h
}

// GateOfficePage is the gate chief's page: gates, phones, and pairing.
type GateOfficePage struct {
	GateHead
	Gates   []gateRow
	Phones  []PhoneRow
	Manage  bool // phones may be removed
	Pair    []view.Field
	Add     view.Field
	NoGates view.Empty
}

// gateRow is a gate as the chief sees it.
type gateRow struct {
	registry.Gate
	CodeText  string // grouped for reading
	KindsText string
	Options   []view.Option // the kinds that may be let through
	Open      bool          // its form was sent and has a fault
	Typed     string        // name in the form

	NameFault, KindsFault string
}

// showGates shows the chief's page. Who may only look at figures goes on to them.
func (s *Door) showGates(c *fiber.Ctx) error {
	id := frame.EventParam(c)
	if event, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ViewFigures, id); err != nil {
		return err
	} else if !frame.Actor(c).Can(registry.ManageGate, s.App.Areas.Scope(event.Area)) {
		return c.Redirect(view.GateRoot(id)+"/khach", fiber.StatusSeeOther)
	}
	return s.gates(c, gateSent{}, nil)
}

// gateSent is the form of a gate as it was sent, number 0 that of a new one, or the
// form of a pairing.
type gateSent struct {
	number int
	form   *gateForm
	pair   *admission.PairInput
}

// gates shows the chief's page, with a form as it was sent and what went wrong.
func (s *Door) gates(c *fiber.Ctx, sent gateSent, fault error) error {
	o, err := s.App.Admission.GateOffice(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := GateOfficePage{GateHead: s.gateHead(c, o.Event, "gate.office.title")}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fill(o, sent, s.App.NowMS())
	return s.RenderLive(c, status, frame.LayoutOffice, "gates/list", p)
}

func (p *GateOfficePage) fill(o admission.GateOffice, sent gateSent, now int64) {
	for _, g := range o.Gates {
		r := gateRow{Gate: g, Typed: g.Name, CodeText: passes.ShowPassCode(g.Code), KindsText: p.kindsText(g), Options: p.kindOptions(g)}
		if sent.form != nil && sent.number == g.Number {
			p.again(&r, *sent.form)
		}
		p.Gates = append(p.Gates, r)
	}
	p.Manage, p.Phones = true, PhoneRows(p.GateHead.Base, o.Devices, o.Tellings, o.Gates, now)
	p.NoGates = view.Empty{Icon: "door-open", Title: p.T("gate.office.none"), Text: p.T("gate.office.none_text")}
	p.Add = view.Field{Name: "name", Label: p.T("gate.name"), Value: p.T("gate.default_name", gateLetter(len(o.Gates))), Max: 40}
	if sent.form != nil && sent.number == 0 {
		p.Add.Value = sent.form.Name
		p.Add = p.TakeOne(p.Add)
	}
	p.Pair = p.PairFields(o.Gates, sent.pair)
}

// again fills the form of a gate as it was sent, with what is wrong in it.
func (p *GateOfficePage) again(r *gateRow, form gateForm) {
	n := strconv.Itoa(r.Number)
	r.Open, r.Typed = true, form.Name
	for i := range r.Options {
		r.Options[i].Selected = slices.Contains(form.Kinds, r.Options[i].Value)
	}
	r.NameFault, r.KindsFault = p.PartAt("name", p.T("gate.name"), "name-"+n), p.PartAt("kinds", p.T("gate.kinds"), "kinds-"+n)
}

// gateLetter is the usual name of the next gate: A to Z, then numbers.
func gateLetter(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return strconv.Itoa(n + 1)
}

func (p *GateOfficePage) kindsText(g registry.Gate) string {
	if len(g.Kinds) == 0 {
		return p.T("gate.every_kind")
	}
	names := make([]string, len(g.Kinds))
	for i, k := range g.Kinds {
		names[i] = p.T("pass.kind." + string(k))
	}
	return strings.Join(names, ", ")
}

// kindOptions are the kinds that may be let through; a booth pass hangs at its
// booth.
func (p *GateOfficePage) kindOptions(g registry.Gate) []view.Option {
	kinds := slices.DeleteFunc(slices.Clone(registry.PassKinds), func(k registry.PassKind) bool { return k == registry.BoothPass })
	list := view.Options(p.Base, "pass.kind.", kinds, "")
	for i, k := range kinds {
		list[i].Selected = g.Admits(k)
	}
	return list
}

// PairFields asks for what a phone is to do: as it was sent, or a steward's phone at
// the first gate.
func (p *GateOfficePage) PairFields(gates []registry.Gate, sent *admission.PairInput) []view.Field {
	if sent == nil {
		sent = &admission.PairInput{Role: registry.Steward}
		if len(gates) > 0 {
			sent.Gates = []int{gates[0].Number}
		}
	}
	options := make([]view.Option, len(gates))
	for i, g := range gates {
		options[i] = view.Option{Value: strconv.Itoa(g.Number), Label: g.Name, Selected: slices.Contains(sent.Gates, g.Number)}
	}
	roles := view.Options(p.Base, "gate.role.", []registry.DeviceRole{registry.Steward, registry.Supervisor, registry.Relay}, string(sent.Role))
	for i := range roles {
		roles[i].Hint = p.T("gate.role." + roles[i].Value + "_hint")
	}
	return p.Take(view.Field{Name: "gates", Type: "checkboxes", Label: p.T("gate.pair.gates"), Options: options},
		view.Field{Name: "role", Type: "radios", Label: p.T("gate.pair.role"), Options: roles})
}

// seen says how long ago something was.
func seen(b view.Base, at, now int64) string {
	minutes := int((now - at) / time.Minute.Milliseconds())
	switch {
	case minutes < 1:
		return b.T("gate.seen.now")
	case minutes < 60:
		return b.T("gate.seen.minutes", minutes)
	}
	return view.ShowTime(at)
}

// gateForm is the form of a gate.
type gateForm struct {
	Name  string   `form:"name"`
	Kinds []string `form:"kinds"`
}

func (f gateForm) input() admission.GateInput {
	in := admission.GateInput{Name: f.Name}
	for _, k := range f.Kinds {
		in.Kinds = append(in.Kinds, registry.PassKind(k))
	}
	return in
}

// addGate adds a gate for every kind of pass.
func (s *Door) addGate(c *fiber.Ctx) error {
	var form gateForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Admission.AddGate(c.UserContext(), frame.Actor(c), frame.EventParam(c), form.input())
	}
	if err != nil {
		return s.gates(c, gateSent{number: 0, form: &form}, err)
	}
	frame.Flash(c, "gate.flash.added")
	return c.Redirect(view.GateRoot(frame.EventParam(c)), fiber.StatusSeeOther)
}

// editGate changes the name of a gate and what it lets through.
func (s *Door) editGate(c *fiber.Ctx) error {
	number, err := strconv.Atoi(c.Params("number"))
	if err != nil {
		return registry.E(registry.NotFound, "error.not_found")
	}
	var form gateForm
	if err := frame.Bind(c, &form); err != nil {
		return s.gates(c, gateSent{number: number, form: &form}, err)
	}
	in := form.input()
	if len(in.Kinds) > 0 {
		in.Kinds = append([]registry.PassKind{registry.BoothPass}, in.Kinds...) // a check of it is no entry
	}
	if err := s.App.Admission.EditGate(c.UserContext(), frame.Actor(c), frame.EventParam(c), number, in); err != nil {
		return s.gates(c, gateSent{number: number, form: &form}, err)
	}
	frame.Flash(c, "gate.flash.saved")
	return c.Redirect(view.GateRoot(frame.EventParam(c)), fiber.StatusSeeOther)
}

// gatePosters sends the posters of all gates as a PDF.
func (s *Door) gatePosters(c *fiber.Ctx) error {
	f, err := s.App.Admission.GatePosters(c.UserContext(), frame.Actor(c), frame.EventParam(c), c.Query("kho"), frame.Lang(c))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// revokePhone shuts a phone out.
func (s *Door) revokePhone(c *fiber.Ctx) error {
	id := frame.EventParam(c)
	if err := s.App.Admission.RevokeDevice(c.UserContext(), frame.Actor(c), id, registry.DeviceID(c.Params("device"))); err != nil {
		return err
	}
	frame.Flash(c, "gate.flash.revoked")
	return c.Redirect(view.GateRoot(id), fiber.StatusSeeOther)
}

// gatePairPage shows a pairing token, once.
type gatePairPage struct {
	GateHead
	admission.Pairing
	Symbol  template.HTML
	Names   string
	RoleKey string
	Until   string
	Address string
	Command string // for a relay: what is typed on the laptop
}

// ReadPairing reads the form of PairFields: which gates a phone pairs with, and as
// whom. label names the symbol to screen readers. Malformed for a form that cannot
// be read.
func ReadPairing(c *fiber.Ctx, label string) (admission.PairInput, error) {
	var form struct {
		Gates []string `form:"gates"`
		Role  string   `form:"role"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return admission.PairInput{}, err
	}
	in := admission.PairInput{Role: registry.DeviceRole(form.Role), Label: label}
	for _, text := range form.Gates {
		n, _ := strconv.Atoi(text) // what is no number is no gate
		in.Gates = append(in.Gates, n)
	}
	slices.Sort(in.Gates)
	return in, nil
}

// pairPhone makes a pairing token and shows it. It is not kept, so this page
// cannot be shown again.
func (s *Door) pairPhone(c *fiber.Ctx) error {
	in, err := ReadPairing(c, s.Page(c, "gate.pair.symbol").Title)
	if err != nil {
		return s.gates(c, gateSent{}, err)
	}
	pairing, err := s.App.Admission.NewPairing(c.UserContext(), frame.Actor(c), frame.EventParam(c), in)
	if err != nil {
		return s.gates(c, gateSent{pair: &in}, err)
	}
	p := gatePairPage{GateHead: s.gateHead(c, pairing.Event, "gate.pair.title"), Pairing: pairing, Symbol: template.HTML(pairing.SVG),
		RoleKey: "gate.role." + string(pairing.Role), Until: view.ShowClock(pairing.ExpiresAt), Address: s.Config.BaseURL + "/cong"}
	if pairing.Role == registry.Relay {
		p.Until = view.ShowTime(pairing.ExpiresAt)
		p.Command = "hoicho relay --upstream " + s.Config.BaseURL + " --pair " + strings.ReplaceAll(pairing.Token, " ", "")
	}
	names := make([]string, len(pairing.Gates))
	for i, g := range pairing.Gates {
		names[i] = g.Name
	}
	p.Names = strings.Join(names, ", ")
	return s.Render(c, frame.LayoutOffice, "gates/pairing", p)
}
