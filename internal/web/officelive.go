package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// livePage is what goes on at an event's gates right now. Its script asks for it
// again every three seconds.
type livePage struct {
	gateHead
	admission.GateLive
	Full    Notice // set where the event is nearly full, or full
	Alert   string // what waits for the gate chief; empty: nothing
	Percent int    // how full the event is, at most 100
	In, Out int    // passes today
	How     string // how the visits were counted
	Scans   []liveRow
	AtGates []liveSum
	InHours []liveSum
	Phones  []phoneRow
	Online  int // phones that called in the last five minutes
	Active  int // phones that may call
}

// liveRow is one of the newest scans.
type liveRow struct {
	When  string
	What  string
	Where string
	Chip  Chip
}

// liveSum is what went through in an hour or at a gate.
type liveSum struct {
	Label           string
	In, Out, Visits int
}

// showGateLive shows what goes on.
func (s *Server) showGateLive(c *fiber.Ctx) error {
	l, err := s.app.Admission.GateLive(c.UserContext(), actor(c), eventParam(c))
	if err != nil {
		return err
	}
	p := livePage{gateHead: s.gateHead(c, l.Event, "gate.live.title"), GateLive: l}
	p.fillFull()
	if l.Waiting > 0 {
		p.Alert = p.T("gate.live.waiting", l.Waiting)
	}
	p.How = p.visitsHow(l.Visits)
	for _, g := range l.ByGate {
		p.AtGates = append(p.AtGates, liveSum{gateName(l.Gates, g.Number), g.In, g.Out, g.Visits})
		p.In, p.Out = p.In+g.In, p.Out+g.Out
	}
	for _, h := range l.Hours {
		p.InHours = append(p.InHours, liveSum{hourLabel(h.FromAt), h.In, h.Out, h.Visits})
	}
	for i := range l.Newest {
		p.Scans = append(p.Scans, p.liveScan(&l.Newest[i], l.Gates))
	}
	p.fillPhones()
	return s.renderLive(c, fiber.StatusOK, layoutOffice, "officelive", p)
}

// fillFull says how full the event is.
func (p *livePage) fillFull() {
	if p.Capacity > 0 {
		p.Percent = min(100, 100*p.Inside/p.Capacity)
	}
	inside, capacity := vn.Count(int64(p.Inside)), vn.Count(int64(p.Capacity))
	switch p.Fill {
	case registry.FillFull:
		p.Full = Notice{Class: "stop", Icon: "octagon-x", Title: p.T("gate.live.full", inside, capacity), Text: p.T("gate.live.full_text")}
	case registry.FillNear:
		p.Full = Notice{Class: "wait", Icon: "triangle-alert", Title: p.T("gate.live.near", inside, capacity), Text: p.T("gate.live.near_text")}
	}
}

func (p *livePage) fillPhones() {
	phones := slices.DeleteFunc(slices.Clone(p.Devices), func(d registry.Device) bool { return d.Paper() })
	p.Phones = p.phoneRows(phones, p.Tellings, p.Gates, p.Now)
	for _, d := range p.Phones {
		if d.State != registry.DeviceActive || p.Now >= d.ExpiresAt {
			continue
		}
		p.Active++
		if !d.OutOfContact(p.Now) {
			p.Online++
		}
	}
}

// liveScan puts one of the newest scans into words.
func (b base) liveScan(s *admission.LiveScan, gates []registry.Gate) liveRow {
	r := liveRow{When: showSecond(s.CorrectedAt)[:8], What: b.passWords(s.Of), Where: gateName(gates, s.Gate) + " · " + s.Device}
	if s.Pass == "" && s.Code != "" {
		r.What = passes.ShowPassCode(s.Code)
	} else if s.Pass == "" {
		r.What = b.T("gate.live.strange")
	}
	switch {
	case s.VoidOf != "":
		r.What, r.Chip = b.T("difference.phone.void"), Chip{Class: "off", Label: b.T("difference.server.void")}
	case s.ForcedBy != "":
		r.Chip = Chip{Class: "wait", Label: b.T("gate.app.verdict.forced")}
	case s.Verdict.Admits():
		r.Chip = Chip{Class: "go", Label: b.T("gate.app.verdict." + string(s.Verdict))}
	case s.Admitted():
		r.Chip = Chip{Class: "wait", Label: b.T("gate.app.verdict."+string(s.SaidThere())) + " ≠ " + b.T("gate.app.verdict."+string(s.Verdict))}
	default:
		r.Chip = Chip{Class: "stop", Label: b.T("gate.app.verdict." + string(s.Verdict))}
	}
	if s.Training {
		r.Chip = Chip{Class: "off", Label: b.T("gate.live.training")}
	}
	return r
}

// evacuationPage is who is inside, made to be printed.
type evacuationPage struct {
	gateHead
	admission.Evacuation
	When   string
	Booths []evacuationRow
	How    string
}

// evacuationRow is a booth with who is inside of it.
type evacuationRow struct {
	admission.BoothInside
	Lorries string
}

// showEvacuation shows who is inside by booth.
func (s *Server) showEvacuation(c *fiber.Ctx) error {
	e, err := s.app.Admission.Evacuation(c.UserContext(), actor(c), eventParam(c))
	if err != nil {
		return err
	}
	p := evacuationPage{gateHead: s.gateHead(c, e.Event, "gate.evacuation.title"), Evacuation: e, When: showInstant(e.At)}
	p.How = p.visitsHow(e.Visits)
	for _, b := range e.Booths {
		p.Booths = append(p.Booths, evacuationRow{b, strings.Join(b.Vehicles, ", ")})
	}
	return s.render(c, layoutOffice, "evacuation", p)
}

// GateName is the name of a gate by its number, for the template.
func (p evacuationPage) GateName(number int) string { return gateName(p.Gates, number) }
