package web

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
)

// gateTab is a link between the office pages of an event's gates.
type gateTab struct {
	Href, Label, Icon string
	Current           bool
}

// gateHead is what all office pages of an event's gates share.
type gateHead struct {
	base
	faulty
	Head eventHead
	Root string // address of the chief's page
	Subs []gateTab
}

func (s *Server) gateHead(c *fiber.Ctx, event registry.Event, titleKey string) gateHead {
	b := s.officePage(c, titleKey, event.Title)
	h := gateHead{base: b, Head: s.eventHead(c, b, event), Root: gateRoot(event.ID)}
	h.Subs = append(h.Subs, gateTab{Href: h.Root + "/truc-tiep", Label: b.T("gate.office.live"), Icon: "eye"})
	chief := actor(c).Can(registry.ManageGate, s.app.Areas.Scope(event.Area))
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

// gateOfficePage is the gate chief's page: gates, phones, and pairing.
type gateOfficePage struct {
	gateHead
	Gates   []gateRow
	Phones  []phoneRow
	Manage  bool // phones may be removed
	Pair    []Field
	Add     Field
	NoGates Empty
}

// gateRow is a gate as the chief sees it.
type gateRow struct {
	registry.Gate
	CodeText  string // grouped for reading
	KindsText string
	Options   []Option // the kinds that may be let through
}

// showGates shows the chief's page. Who may only look at figures goes on to them.
func (s *Server) showGates(c *fiber.Ctx) error {
	id := eventParam(c)
	if event, err := s.app.Events.OfficeEvent(c.UserContext(), actor(c), registry.ViewFigures, id); err != nil {
		return err
	} else if !actor(c).Can(registry.ManageGate, s.app.Areas.Scope(event.Area)) {
		return c.Redirect(gateRoot(id)+"/khach", fiber.StatusSeeOther)
	}
	return s.gates(c, nil)
}

// gates shows the chief's page with what went wrong.
func (s *Server) gates(c *fiber.Ctx, fault error) error {
	o, err := s.app.Admission.GateOffice(c.UserContext(), actor(c), eventParam(c))
	if err != nil {
		return err
	}
	p := gateOfficePage{gateHead: s.gateHead(c, o.Event, "gate.office.title")}
	status, err := p.noteFault(c, &p.base, fault, "name", "kinds", "gates", "role")
	if err != nil {
		return err
	}
	p.fill(o, s.app.NowMS())
	return s.renderLive(c, status, layoutOffice, "officegate", p)
}

func (p *gateOfficePage) fill(o admission.GateOffice, now int64) {
	for _, g := range o.Gates {
		p.Gates = append(p.Gates, gateRow{Gate: g, CodeText: passes.ShowPassCode(g.Code), KindsText: p.kindsText(g), Options: p.kindOptions(g)})
	}
	p.Manage, p.Phones = true, p.phoneRows(o.Devices, o.Tellings, o.Gates, now)
	p.NoGates = Empty{Icon: "door-open", Title: p.T("gate.office.none"), Text: p.T("gate.office.none_text")}
	p.Add = Field{Name: "name", Label: p.T("gate.name"), Value: p.T("gate.default_name", gateLetter(len(o.Gates))), Max: 40, Error: p.texts["name"]}
	p.Pair = p.pairFields(o.Gates)
}

// gateLetter is the usual name of the next gate: A to Z, then numbers.
func gateLetter(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return strconv.Itoa(n + 1)
}

func (p *gateOfficePage) kindsText(g registry.Gate) string {
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
func (p *gateOfficePage) kindOptions(g registry.Gate) []Option {
	kinds := slices.DeleteFunc(slices.Clone(registry.PassKinds), func(k registry.PassKind) bool { return k == registry.BoothPass })
	list := options(p.base, "pass.kind.", kinds, "")
	for i, k := range kinds {
		list[i].Selected = g.Admits(k)
	}
	return list
}

// pairFields asks for what a phone is to do.
func (p *gateOfficePage) pairFields(gates []registry.Gate) []Field {
	options := make([]Option, len(gates))
	for i, g := range gates {
		options[i] = Option{Value: strconv.Itoa(g.Number), Label: g.Name, Selected: len(gates) == 1 || i == 0}
	}
	return []Field{
		{Name: "gates", Type: "checkboxes", Label: p.T("gate.pair.gates"), Options: options, Error: p.texts["gates"]},
		{Name: "role", Type: "radios", Label: p.T("gate.pair.role"), Error: p.texts["role"], Options: []Option{
			{Value: string(registry.Steward), Label: p.T("gate.role.steward"), Hint: p.T("gate.role.steward_hint"), Selected: true},
			{Value: string(registry.Supervisor), Label: p.T("gate.role.supervisor"), Hint: p.T("gate.role.supervisor_hint")},
			{Value: string(registry.Relay), Label: p.T("gate.role.relay"), Hint: p.T("gate.role.relay_hint")},
		}},
	}
}

// seen says how long ago something was.
func (b base) seen(at, now int64) string {
	minutes := int((now - at) / time.Minute.Milliseconds())
	switch {
	case minutes < 1:
		return b.T("gate.seen.now")
	case minutes < 60:
		return b.T("gate.seen.minutes", minutes)
	}
	return showTime(at)
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
func (s *Server) addGate(c *fiber.Ctx) error {
	var form gateForm
	if err := bind(c, &form); err != nil {
		return err
	}
	if err := s.app.Admission.AddGate(c.UserContext(), actor(c), eventParam(c), form.input()); err != nil {
		return s.gates(c, err)
	}
	flash(c, "gate.flash.added")
	return c.Redirect(gateRoot(eventParam(c)), fiber.StatusSeeOther)
}

// editGate changes the name of a gate and what it lets through.
func (s *Server) editGate(c *fiber.Ctx) error {
	var form gateForm
	if err := bind(c, &form); err != nil {
		return err
	}
	number, err := strconv.Atoi(c.Params("number"))
	if err != nil {
		return registry.E(registry.NotFound, "error.not_found")
	}
	in := form.input()
	if len(in.Kinds) > 0 {
		in.Kinds = append([]registry.PassKind{registry.BoothPass}, in.Kinds...) // a check of it is no entry
	}
	if err := s.app.Admission.EditGate(c.UserContext(), actor(c), eventParam(c), number, in); err != nil {
		return s.gates(c, err)
	}
	flash(c, "gate.flash.saved")
	return c.Redirect(gateRoot(eventParam(c)), fiber.StatusSeeOther)
}

// gatePosters sends the posters of all gates as a PDF.
func (s *Server) gatePosters(c *fiber.Ctx) error {
	f, err := s.app.Admission.GatePosters(c.UserContext(), actor(c), eventParam(c), c.Query("kho"), lang(c))
	if err != nil {
		return err
	}
	return sendFile(c, f)
}

// revokePhone shuts a phone out.
func (s *Server) revokePhone(c *fiber.Ctx) error {
	id := eventParam(c)
	if err := s.app.Admission.RevokeDevice(c.UserContext(), actor(c), id, registry.DeviceID(c.Params("device"))); err != nil {
		return err
	}
	flash(c, "gate.flash.revoked")
	return c.Redirect(gateRoot(id), fiber.StatusSeeOther)
}

// gatePairPage shows a pairing token, once.
type gatePairPage struct {
	gateHead
	admission.Pairing
	Symbol  template.HTML
	Names   string
	RoleKey string
	Until   string
	Address string
	Command string // for a relay: what is typed on the laptop
}

// pairPhone makes a pairing token and shows it. It is not kept, so this page
// cannot be shown again.
func (s *Server) pairPhone(c *fiber.Ctx) error {
	var form struct {
		Gates []string `form:"gates"`
		Role  string   `form:"role"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	in := admission.PairInput{Role: registry.DeviceRole(form.Role), Label: s.page(c, "gate.pair.symbol").Title}
	for _, text := range form.Gates {
		n, _ := strconv.Atoi(text) // what is no number is no gate
		in.Gates = append(in.Gates, n)
	}
	slices.Sort(in.Gates)
	pairing, err := s.app.Admission.NewPairing(c.UserContext(), actor(c), eventParam(c), in)
	if err != nil {
		return s.gates(c, err)
	}
	p := gatePairPage{gateHead: s.gateHead(c, pairing.Event, "gate.pair.title"), Pairing: pairing, Symbol: template.HTML(pairing.SVG),
		RoleKey: "gate.role." + string(pairing.Role), Until: showClock(pairing.ExpiresAt), Address: s.config.BaseURL + "/cong"}
	if pairing.Role == registry.Relay {
		p.Until = showTime(pairing.ExpiresAt)
		p.Command = "hoicho relay --upstream " + s.config.BaseURL + " --pair " + strings.ReplaceAll(pairing.Token, " ", "")
	}
	names := make([]string, len(pairing.Gates))
	for i, g := range pairing.Gates {
		names[i] = g.Name
	}
	p.Names = strings.Join(names, ", ")
	return s.render(c, layoutOffice, "gatepair", p)
}
