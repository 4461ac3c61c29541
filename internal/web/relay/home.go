package relay

import (
	"html/template"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/office/gates"
	"hoicho/internal/web/view"
)

// Routes are the page of a relay for whoever sits at the laptop; beside them it
// answers gate phones as any server does.
func (s *Door) Routes() []frame.Route {
	return []frame.Route{
		frame.Get("/", frame.Public, s.showRelay),
		frame.Post("/ghep", frame.Local, s.pairWithRelay),
		frame.Post("/may/:device/go", frame.Local, s.revokeRelayed),
		frame.Get("/chung-chi.crt", frame.Public, s.relayCertificate),
		frame.Get("/readyz", frame.Public, s.relayReady),
	}
}

// relayPage is what the laptop shows.
type relayPage struct {
	view.Base
	view.Form
	admission.RelayStatus
	Notice  view.Notice
	Phones  []relayPhoneRow
	ListAt  string
	Host    string // of the server
	Pair    []view.Field
	Address string // for phones
	Symbol  template.HTML
	Plain   string
	More    []string // further addresses
	Trusted bool     // phones trust the certificate as it is
	Made    *admission.Pairing
	Sent    *admission.PairInput // the form of a pairing that was refused
	Code    template.HTML        // symbol of the pairing code
	Until   string
}

// relayPhoneRow is a phone of the relay.
type relayPhoneRow struct {
	gates.PhoneRow
	Unsent int
}

// showRelay shows the relay's page to whoever sits at the laptop. Everybody else
// holds a phone and is led to the gate app.
func (s *Door) showRelay(c *fiber.Ctx) error {
	if !frame.IsLocal(c) {
		return c.Redirect("/cong", fiber.StatusSeeOther)
	}
	return s.relayPage(c, pairing{}, nil)
}

// pairing is a pairing that was just made, or asked for and refused.
type pairing struct {
	made *admission.Pairing
	sent *admission.PairInput
}

// relayPage shows the page with a pairing, or with what went wrong.
func (s *Door) relayPage(c *fiber.Ctx, pair pairing, fault error) error {
	status, err := s.App.Admission.RelayStatus(c.UserContext())
	if err != nil {
		return err
	}
	p := relayPage{Base: s.Page(c, "relay.title"), RelayStatus: status, Made: pair.made, Sent: pair.sent, Trusted: len(s.Relay.Issuer) == 0}
	code, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if err := s.fillRelay(&p); err != nil {
		return err
	}
	return s.RenderLive(c, code, frame.LayoutRelay, "relay/home", p)
}

func (s *Door) fillRelay(p *relayPage) error {
	now := s.App.NowMS()
	p.Host = strings.TrimPrefix(strings.TrimPrefix(p.Home.Upstream, "https://"), "http://")
	p.Notice, p.ListAt = p.linkNotice(), view.ShowTimeIfAny(p.Home.ListAt)
	office := gates.GateOfficePage{GateHead: gates.GateHead{Base: p.Base, Form: p.Form}}
	p.Pair = office.PairFields(p.Gates, p.Sent)
	p.Form = office.Form
	p.Pair[1].Options = slices.DeleteFunc(p.Pair[1].Options, func(o view.Option) bool { return o.Value == string(registry.Relay) })
	for _, d := range p.RelayStatus.Phones {
		p.Phones = append(p.Phones, relayPhoneRow{gates.PhoneRows(p.Base, []registry.Device{d.Device}, nil, p.Gates, now)[0], d.Unsent})
	}
	addresses := s.Relay.Secure()
	if len(addresses) == 0 {
		return nil
	}
	p.Address, p.More = addresses[0]+"/cong", addresses[1:]
	if plain := s.Relay.Plain(); len(plain) > 0 {
		p.Plain = plain[0] + "/cong"
	}
	symbol, err := admission.SymbolOf(p.Address, p.T("relay.phone.symbol"))
	p.Symbol = template.HTML(symbol)
	if p.Made != nil {
		p.Code, p.Until = template.HTML(p.Made.SVG), view.ShowClock(p.Made.ExpiresAt)
	}
	return err
}

// linkNotice says how the relay stands with its server.
func (p *relayPage) linkNotice() view.Notice {
	switch {
	case p.Home.RevokedAt != 0:
		return view.Notice{Class: "stop", Icon: "ban", Title: p.T("relay.link.revoked"), Text: p.T("relay.link.revoked_text", p.Waiting)}
	case !p.Ready && p.Fault == nil || !p.Called:
		return view.Notice{Class: "wait", Icon: "clock", Title: p.T("relay.link.first"), Text: p.T("relay.link.first_text")}
	case p.Fault != nil && !p.Ready:
		return view.Notice{Class: "stop", Icon: "wifi-off", Title: p.T("relay.link.never"), Text: p.T("relay.link.never_text", p.Host)}
	case p.Fault != nil:
		return view.Notice{Class: "wait", Icon: "wifi-off", Title: p.T("relay.link.off", view.ShowTimeIfAny(p.FaultAt)), Text: p.T("relay.link.off_text", view.ShowTimeIfAny(p.Home.ListAt))}
	}
	return view.Notice{Class: "go", Icon: "wifi", Title: p.T("relay.link.on"), Text: p.T("relay.link.on_text")}
}

// pairWithRelay makes a pairing code and shows it, once.
func (s *Door) pairWithRelay(c *fiber.Ctx) error {
	in, err := gates.ReadPairing(c, s.Page(c, "gate.pair.symbol").Title)
	if err != nil {
		return s.relayPage(c, pairing{}, err)
	}
	if addresses := s.Relay.Secure(); len(addresses) > 0 {
		in.URL = addresses[0]
	}
	made, err := s.App.Admission.PairWithRelay(c.UserContext(), in)
	if err != nil {
		return s.relayPage(c, pairing{sent: &in}, err)
	}
	return s.relayPage(c, pairing{made: &made}, nil)
}

// revokeRelayed shuts a phone out.
func (s *Door) revokeRelayed(c *fiber.Ctx) error {
	if err := s.App.Admission.RevokeRelayed(c.UserContext(), registry.DeviceID(c.Params("device"))); err != nil {
		return err
	}
	frame.Flash(c, "gate.flash.revoked")
	return c.Redirect("/", fiber.StatusSeeOther)
}

// relayCertificate sends the certificate that a phone may trust.
func (s *Door) relayCertificate(c *fiber.Ctx) error {
	if len(s.Relay.Issuer) == 0 {
		return registry.E(registry.NotFound, "error.not_found")
	}
	c.Set(fiber.HeaderContentType, "application/x-x509-ca-cert")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="hoicho-relay.crt"`)
	return c.Send(s.Relay.Issuer)
}

// relayReady says that the database answers, and how the relay stands with its
// server: without it the relay works all the same.
func (s *Door) relayReady(c *fiber.Ctx) error {
	if err := s.App.DB.Ready(c.UserContext()); err != nil {
		return frame.Unready(err)
	}
	status, err := s.App.Admission.RelayStatus(c.UserContext())
	if err != nil {
		return frame.Unready(err)
	}
	return c.JSON(fiber.Map{"ready": status.Ready, "reachable": status.Reachable(), "unreachable_since": status.FaultAt,
		"waiting": status.Waiting, "phones": len(status.Phones), "list_at": status.Home.ListAt, "sent_at": status.Home.SentAt})
}
