package gates

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// livePage is what goes on at an event's gates right now. Its script asks for it
// again every three seconds.
type livePage struct {
	GateHead
	admission.GateLive
	Full    view.Notice // set where the event is nearly full, or full
	Alert   string      // what waits for the gate chief; empty: nothing
	Percent int         // how full the event is, at most 100
	In, Out int         // passes today
	How     string      // how the visits were counted
	Scans   []liveRow
	AtGates []liveSum
	InHours []liveSum
	Phones  []PhoneRow
	Online  int // phones that called in the last five minutes
	Active  int // phones that may call
}

// liveRow is one of the newest scans.
type liveRow struct {
	When  string
	What  string
	Where string
	Chip  view.Chip
}

// liveSum is what went through in an hour or at a gate.
type liveSum struct {
	Label           string
	In, Out, Visits int
}

// showGateLive shows what goes on.
func (s *Door) showGateLive(c *fiber.Ctx) error {
	l, err := s.App.Admission.GateLive(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := livePage{GateHead: s.gateHead(c, l.Event, "gate.live.title"), GateLive: l}
	p.fillFull()
	if l.Waiting > 0 {
		p.Alert = p.T("gate.live.waiting", l.Waiting)
	}
	p.How = visitsHow(p.GateHead.Base, l.Visits)
	for _, g := range l.ByGate {
		p.AtGates = append(p.AtGates, liveSum{gateName(l.Gates, g.Number), g.In, g.Out, g.Visits})
		p.In, p.Out = p.In+g.In, p.Out+g.Out
	}
	for _, h := range l.Hours {
		p.InHours = append(p.InHours, liveSum{view.HourLabel(h.FromAt), h.In, h.Out, h.Visits})
	}
	for i := range l.Newest {
		p.Scans = append(p.Scans, liveScan(p.GateHead.Base, &l.Newest[i], l.Gates))
	}
	p.fillPhones()
	return s.RenderLive(c, fiber.StatusOK, frame.LayoutOffice, "gates/live", p)
}

// fillFull says how full the event is.
func (p *livePage) fillFull() {
	if p.Capacity > 0 {
		p.Percent = min(100, 100*p.Inside/p.Capacity)
	}
	inside, capacity := vn.Count(int64(p.Inside)), vn.Count(int64(p.Capacity))
	switch p.Fill {
	case registry.FillFull:
		p.Full = view.Notice{Class: "stop", Icon: "octagon-x", Title: p.T("gate.live.full", inside, capacity), Text: p.T("gate.live.full_text")}
	case registry.FillNear:
		p.Full = view.Notice{Class: "wait", Icon: "triangle-alert", Title: p.T("gate.live.near", inside, capacity), Text: p.T("gate.live.near_text")}
	}
}

func (p *livePage) fillPhones() {
	phones := slices.DeleteFunc(slices.Clone(p.Devices), func(d registry.Device) bool { return d.Paper() })
	p.Phones = PhoneRows(p.GateHead.Base, phones, p.Tellings, p.Gates, p.Now)
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
func liveScan(b view.Base, s *admission.LiveScan, gates []registry.Gate) liveRow {
	r := liveRow{When: view.ShowSecond(s.CorrectedAt)[:8], What: passWords(b, s.Of), Where: placeName(b, gates, &s.Scan) + " · " + s.Device}
	if s.Pass == "" && s.Code != "" {
		r.What = passes.ShowPassCode(s.Code)
	} else if s.Pass == "" {
		r.What = b.T("gate.live.strange")
	}
	switch {
	case s.VoidOf != "":
		r.What, r.Chip = b.T("difference.phone.void"), view.Chip{Class: "off", Label: b.T("difference.server.void")}
	case s.ForcedBy != "":
		r.Chip = view.Chip{Class: "wait", Label: b.T("gate.app.verdict.forced")}
	case s.Verdict.Admits():
		r.Chip = view.Chip{Class: "go", Label: b.T("gate.app.verdict." + string(s.Verdict))}
	case s.Admitted():
		r.Chip = view.Chip{Class: "wait", Label: b.T("gate.app.verdict."+string(s.SaidThere())) + " ≠ " + b.T("gate.app.verdict."+string(s.Verdict))}
	default:
		r.Chip = view.Chip{Class: "stop", Label: b.T("gate.app.verdict." + string(s.Verdict))}
	}
	if s.Training {
		r.Chip = view.Chip{Class: "off", Label: b.T("gate.live.training")}
	}
	return r
}

// evacuationPage is who is inside, made to be printed.
type evacuationPage struct {
	GateHead
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
func (s *Door) showEvacuation(c *fiber.Ctx) error {
	e, err := s.App.Admission.Evacuation(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := evacuationPage{GateHead: s.gateHead(c, e.Event, "gate.evacuation.title"), Evacuation: e, When: view.ShowInstant(e.At)}
	p.How = visitsHow(p.GateHead.Base, e.Visits)
	for _, b := range e.Booths {
		p.Booths = append(p.Booths, evacuationRow{b, strings.Join(b.Vehicles, ", ")})
	}
	return s.Render(c, frame.LayoutOffice, "gates/evacuation", p)
}

// GateName is the name of a gate by its number, for the template.
func (p evacuationPage) GateName(number int) string { return gateName(p.Gates, number) }
