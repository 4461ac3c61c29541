package web

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
)

// relayRoutes are the page of a relay for whoever sits at the laptop; beside them it
// answers gate phones as any server does.
func (s *Server) relayRoutes() []route {
	return []route{
		get("/", public, s.showRelay),
		post("/ghep", local, s.pairWithRelay),
		post("/may/:device/go", local, s.revokeRelayed),
		get("/chung-chi.crt", public, s.relayCertificate),
		get("/readyz", public, s.relayReady),
	}
}

// relayPage is what the laptop shows.
type relayPage struct {
	base
	faulty
	admission.RelayStatus
	Notice  Notice
	Phones  []relayPhoneRow
	ListAt  string
	Host    string // of the server
	Pair    []Field
	Address string // for phones
	Symbol  template.HTML
	Plain   string
	More    []string // further addresses
	Trusted bool     // phones trust the certificate as it is
	Made    *admission.Pairing
	Code    template.HTML // symbol of the pairing code
	Until   string
}

// relayPhoneRow is a phone of the relay.
type relayPhoneRow struct {
	phoneRow
	Unsent int
}

// showRelay shows the relay's page to whoever sits at the laptop. Everybody else
// holds a phone and is led to the gate app.
func (s *Server) showRelay(c *fiber.Ctx) error {
	if !isLocal(c) {
		return c.Redirect("/cong", fiber.StatusSeeOther)
	}
	return s.relayPage(c, nil, nil)
}

// relayPage shows the page with a pairing code that was just made, or with what
// went wrong.
func (s *Server) relayPage(c *fiber.Ctx, made *admission.Pairing, fault error) error {
	status, err := s.app.Admission.RelayStatus(c.UserContext())
	if err != nil {
		return err
	}
	p := relayPage{base: s.page(c, "relay.title"), RelayStatus: status, Made: made, Trusted: len(s.relay.Issuer) == 0}
	code, err := p.noteFault(c, &p.base, fault, "gates", "role")
	if err != nil {
		return err
	}
	if err := s.fillRelay(&p); err != nil {
		return err
	}
	return s.renderLive(c, code, layoutRelay, "relay", p)
}

func (s *Server) fillRelay(p *relayPage) error {
	now := s.app.NowMS()
	p.Host = strings.TrimPrefix(strings.TrimPrefix(p.Home.Upstream, "https://"), "http://")
	p.Notice, p.ListAt = p.linkNotice(), showTimeIfAny(p.Home.ListAt)
	office := gateOfficePage{gateHead: gateHead{base: p.base, faulty: p.faulty}}
	p.Pair = office.pairFields(p.Gates)
	p.Pair[1].Options = slices.DeleteFunc(p.Pair[1].Options, func(o Option) bool { return o.Value == string(registry.Relay) })
	for _, d := range p.RelayStatus.Phones {
		p.Phones = append(p.Phones, relayPhoneRow{p.phoneRows([]registry.Device{d.Device}, nil, p.Gates, now)[0], d.Unsent})
	}
	addresses := s.relay.Secure()
	if len(addresses) == 0 {
		return nil
	}
	p.Address, p.More = addresses[0]+"/cong", addresses[1:]
	if plain := s.relay.Plain(); len(plain) > 0 {
		p.Plain = plain[0] + "/cong"
	}
	symbol, err := admission.SymbolOf(p.Address, p.T("relay.phone.symbol"))
	p.Symbol = template.HTML(symbol)
	if p.Made != nil {
		p.Code, p.Until = template.HTML(p.Made.SVG), showClock(p.Made.ExpiresAt)
	}
	return err
}

// linkNotice says how the relay stands with its server.
func (p *relayPage) linkNotice() Notice {
	switch {
	case p.Home.RevokedAt != 0:
		return Notice{Class: "stop", Icon: "ban", Title: p.T("relay.link.revoked"), Text: p.T("relay.link.revoked_text", p.Waiting)}
	case !p.Ready && p.Fault == nil || !p.Called:
		return Notice{Class: "wait", Icon: "clock", Title: p.T("relay.link.first"), Text: p.T("relay.link.first_text")}
	case p.Fault != nil && !p.Ready:
		return Notice{Class: "stop", Icon: "wifi-off", Title: p.T("relay.link.never"), Text: p.T("relay.link.never_text", p.Host)}
	case p.Fault != nil:
		return Notice{Class: "wait", Icon: "wifi-off", Title: p.T("relay.link.off", showTimeIfAny(p.FaultAt)), Text: p.T("relay.link.off_text", showTimeIfAny(p.Home.ListAt))}
	}
	return Notice{Class: "go", Icon: "wifi", Title: p.T("relay.link.on"), Text: p.T("relay.link.on_text")}
}

// pairWithRelay makes a pairing code and shows it, once.
func (s *Server) pairWithRelay(c *fiber.Ctx) error {
	var form struct {
		Gates []string `form:"gates"`
		Role  string   `form:"role"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	in := admission.PairInput{Role: registry.DeviceRole(form.Role), Label: s.page(c, "gate.pair.symbol").Title}
	if addresses := s.relay.Secure(); len(addresses) > 0 {
		in.URL = addresses[0]
	}
	for _, text := range form.Gates {
		n, _ := strconv.Atoi(text) // what is no number is no gate
		in.Gates = append(in.Gates, n)
	}
	slices.Sort(in.Gates)
	made, err := s.app.Admission.PairWithRelay(c.UserContext(), in)
	if err != nil {
		return s.relayPage(c, nil, err)
	}
	return s.relayPage(c, &made, nil)
}

// revokeRelayed shuts a phone out.
func (s *Server) revokeRelayed(c *fiber.Ctx) error {
	if err := s.app.Admission.RevokeRelayed(c.UserContext(), registry.DeviceID(c.Params("device"))); err != nil {
		return err
	}
	flash(c, "gate.flash.revoked")
	return c.Redirect("/", fiber.StatusSeeOther)
}

// relayCertificate sends the certificate that a phone may trust.
func (s *Server) relayCertificate(c *fiber.Ctx) error {
	if len(s.relay.Issuer) == 0 {
		return registry.E(registry.NotFound, "error.not_found")
	}
	c.Set(fiber.HeaderContentType, "application/x-x509-ca-cert")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="hoicho-relay.crt"`)
	return c.Send(s.relay.Issuer)
}

// relayReady says that the database answers, and how the relay stands with its
// server: without it the relay works all the same.
func (s *Server) relayReady(c *fiber.Ctx) error {
	if err := s.app.DB.Ready(c.UserContext()); err != nil {
		return unready(err)
	}
	status, err := s.app.Admission.RelayStatus(c.UserContext())
	if err != nil {
		return unready(err)
	}
	return c.JSON(fiber.Map{"ready": status.Ready, "reachable": status.Reachable(), "unreachable_since": status.FaultAt,
		"waiting": status.Waiting, "phones": len(status.Phones), "list_at": status.Home.ListAt, "sent_at": status.Home.SentAt})
}
