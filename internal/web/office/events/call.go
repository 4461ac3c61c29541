package events

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// callListPage is whom an event has told what, and who is still to be called.
type callListPage struct {
	view.Base
	Head    frame.EventHead
	Action  string
	Heading string
	Total   int
	Left    int // vendors to call
	Ways    []callWay
	First   string      // phone of the first vendor to call, as dialled
	Say     callSay     // to all that are to be called
	ToCall  []callGroup // by what they are to be told
	Called  []CallRow
	Groups  []callGroup
	Log     string // address of the log of deliveries
	Fault   string
	None    view.Empty
}

// callWay is how many were told in one way, for the bar and its key.
type callWay struct {
	Class string
	X, N  int // where its part of the bar begins, and how long it is
	Label string
}

// callGroup is vendors that stand together: told by the same way, or to be told the same.
type callGroup struct {
	Label string
	Rows  []CallRow
}

// CallRow is a vendor on the list.
type CallRow struct {
	Action  string // where what came of a call is sent to
	Vendor  registry.VendorID
	UpTo    int64
	Name    string
	Facts   string
	Phones  []dial
	About   string  // what it is about, in a few words
	Say     callSay // without what all are told
	Results []callResult
	Tries   []string
	Done    string // what came of the call that told it
	Undo    string
	When    string
}

// dial is a phone number to read and to dial.
type dial struct{ Shown, Dialled string }

// callSay is what to say: a greeting and the news, each with its date.
type callSay struct {
	Greeting string
	Lines    []string
}

// callResult is a button that notes what came of a call.
type callResult struct {
	Value registry.CallOutcome
	Label string
}

// showCallList shows the call list of an event.
func (s *Door) showCallList(c *fiber.Ctx) error { return s.callList(c, nil) }

func (s *Door) callList(c *fiber.Ctx, fault error) error {
	list, err := s.App.Vendors.CallList(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return err
	}
	p := callListPage{Base: s.OfficePage(c, "call.title", list.Event.Title), Action: view.EventRoot(list.Event.ID) + "/goi", Total: list.Vendors()}
	p.Log = p.Action + "/nhat-ky"
	p.Head, p.Heading = s.EventHead(c, p.Base, list.Event), callHeading(p.Base, list)
	p.Ways = callWays(p.Base, list)
	by := Caller{Base: p.Base, S: s, Action: p.Action, event: list.Event.Title, Name: frame.Actor(c).Name}
	toCall := by.Rows(list.ToCall)
	p.Called, p.Say, p.Left = by.Rows(list.Called), sameSay(toCall), len(toCall)
	p.ToCall = byAbout(toCall)
	for _, r := range toCall {
		if p.First == "" && len(r.Phones) > 0 {
			p.First = r.Phones[0].Dialled
		}
	}
	for _, g := range []callGroup{{p.T("call.on_way", len(list.OnWay)), by.Rows(list.OnWay)}, {p.T("call.sent", len(list.Sent)), by.Rows(list.Sent)},
		{p.T("call.opened", len(list.Opened)), by.Rows(list.Opened)}} {
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	p.None = view.Empty{Icon: "phone", Title: p.T("call.heading_empty"), Text: p.T("call.empty_text")}
	status := fiber.StatusOK
	if fault != nil {
		p.HasError, p.Fault, status = true, p.ErrorText(fault), frame.StatusOf[registry.KindOf(fault)]
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "events/calls", p)
}

// callHeading is the answer to the question of the page: who is still to be called.
func callHeading(b view.Base, list vendors.CallList) string {
	switch {
	case len(list.ToCall) > 0:
		return b.T("call.heading", len(list.ToCall))
	case len(list.OnWay) > 0:
		return b.T("call.heading_on_way", len(list.OnWay))
	case list.Vendors() > 0:
		return b.T("call.heading_none")
	}
	return b.T("call.heading_empty")
}

// callWays counts the ways in which vendors were told.
func callWays(b view.Base, list vendors.CallList) []callWay {
	ways := []callWay{{Class: "opened", N: len(list.Opened), Label: b.T("call.n.opened")}, {Class: "sent", N: len(list.Sent), Label: b.T("call.n.sent")}, {Class: "on-way", N: len(list.OnWay), Label: b.T("call.n.on_way")},
		{Class: "called", N: len(list.Called), Label: b.T("call.n.called")}, {Class: "to-call", N: len(list.ToCall), Label: b.T("call.n.to_call")}}
	for i := range ways[1:] {
		ways[i+1].X = ways[i].X + ways[i].N
	}
	return ways
}

// Caller draws vendors for whoever is to call them.
type Caller struct {
	view.Base
	S      *Door
	Action string
	event  string // its title; "" for what concerns no event
	Name   string // who calls
}

// Rows are the vendors to be called as the list shows them.
func (b Caller) Rows(lines []vendors.CallLine) []CallRow {
	rows := make([]CallRow, len(lines))
	for i, l := range lines {
		rows[i] = b.row(l)
	}
	return rows
}

func (b Caller) row(l vendors.CallLine) CallRow {
	r := CallRow{Action: b.Action, Vendor: l.Vendor, UpTo: l.UpTo, Name: l.Name, Facts: b.facts(l), About: b.about(l), Say: b.say(l), When: view.ShowTime(l.UpTo)}
	for _, phone := range l.Phones {
		r.Phones = append(r.Phones, dial{vn.ShowPhone(phone), phone})
	}
	for _, o := range registry.CallOutcomes {
		r.Results = append(r.Results, callResult{o, b.T("call.do." + string(o))})
	}
	for _, c := range l.Calls {
		r.Tries = append(r.Tries, b.T("call.outcome."+string(c.Outcome))+" · "+b.T("call.by", c.ByName, view.ShowTime(c.At)))
		if c.ID == l.News[len(l.News)-1].Call {
			r.Done, r.Undo = r.Tries[len(r.Tries)-1], b.Action+"/"+string(c.ID)+"/bo"
		}
	}
	return r
}

// facts says who answers, where, and why no letter tells it.
func (b Caller) facts(l vendors.CallLine) string {
	var facts []string
	if l.Representative != "" {
		facts = append(facts, l.Representative)
	}
	if len(l.Booths) > 0 {
		facts = append(facts, b.T("call.booth", strings.Join(l.Booths, ", ")))
	}
	facts = append(facts, cmp.Or(strings.TrimPrefix(l.Village+", "+b.S.PlaceName(l.Area), ", "), "–"))
	last := l.News[len(l.News)-1]
	if text := b.pushed(last); text != "" {
		facts = append(facts, text)
	}
	switch {
	case last.OpenedAt > 0 || last.Call != "" || last.SentAt > 0 || last.Mailed && last.Fault == "":
	case last.Fault != "":
		facts = append(facts, b.T("call.fault"))
	case b.S.App.NoMail:
		facts = append(facts, b.T("call.folder"))
	default:
		facts = append(facts, b.T("call.no_mail"))
	}
	return strings.Join(facts, " · ")
}

// pushed says what became of a notification that nobody has opened.
func (b Caller) pushed(n registry.Notice) string {
	switch {
	case n.Pushes == 0 || n.OpenedAt > 0 || n.Call != "":
		return ""
	case n.PushedAt > 0:
		return b.T("call.pushed", view.ShowTime(n.PushedAt))
	}
	return b.T("call.push_waits")
}

// about says what the news are about, each kind once.
func (b Caller) about(l vendors.CallLine) string {
	if b.event == "" {
		return ""
	}
	var kinds []string
	for _, n := range l.News {
		if kind := b.T(n.Key + ".about"); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return strings.Join(kinds, " · ")
}

// say is what the vendor is to be told. The greeting names the event: the news do not
// name it again.
func (b Caller) say(l vendors.CallLine) callSay {
	say := callSay{Greeting: b.T("call.greeting", b.Name, b.event)}
	if b.event == "" {
		say.Greeting = b.T("call.greeting_none", b.Name)
	}
	for _, n := range l.News {
		args := make([]any, len(n.Args))
		for i, a := range n.Args {
			args[i] = a
			if b.event != "" && a == b.event {
				args[i] = ""
			}
		}
		say.Lines = append(say.Lines, b.T(n.Key+".say", args...))
	}
	return say
}

// sameSay takes out of the rows what is to be said to all of them.
func sameSay(rows []CallRow) callSay {
	if len(rows) == 0 {
		return callSay{}
	}
	all := callSay{Greeting: rows[0].Say.Greeting, Lines: slices.Clone(rows[0].Say.Lines)}
	for _, r := range rows {
		all.Lines = slices.DeleteFunc(all.Lines, func(line string) bool { return !slices.Contains(r.Say.Lines, line) })
	}
	for i := range rows {
		rows[i].Say.Lines = slices.DeleteFunc(rows[i].Say.Lines, func(line string) bool { return slices.Contains(all.Lines, line) })
	}
	return all
}

// byAbout puts vendors together that are to be told the same, whoever waits longest first.
func byAbout(rows []CallRow) (groups []callGroup) {
	for _, r := range rows {
		i := slices.IndexFunc(groups, func(g callGroup) bool { return g.Label == r.About })
		if i < 0 {
			i, groups = len(groups), append(groups, callGroup{Label: r.About})
		}
		groups[i].Rows = append(groups[i].Rows, r)
	}
	return groups
}

// callForm is what came of a call, as it is sent.
type callForm struct {
	Vendor  registry.VendorID    `form:"vendor"`
	Outcome registry.CallOutcome `form:"outcome"`
	UpTo    int64                `form:"up_to"`
}

// noteCall notes a call to a vendor of an event.
func (s *Door) noteCall(c *fiber.Ctx) error {
	var f callForm
	if err := frame.Bind(c, &f); err != nil {
		return s.callList(c, err)
	}
	event := frame.EventParam(c)
	in := vendors.CallInput{Event: event, Vendor: f.Vendor, Outcome: f.Outcome, UpTo: f.UpTo}
	if err := s.App.Vendors.NoteCall(c.UserContext(), frame.Actor(c), in); err != nil {
		return s.callList(c, err)
	}
	frame.Flash(c, "call.flash.noted")
	return c.Redirect(view.EventRoot(event)+"/goi", fiber.StatusSeeOther)
}

// undoCall takes a call back that was noted by mistake.
func (s *Door) undoCall(c *fiber.Ctx) error {
	event := frame.EventParam(c)
	if err := s.App.Vendors.UndoCall(c.UserContext(), frame.Actor(c), event, registry.CallID(c.Params("call"))); err != nil {
		return err
	}
	frame.Flash(c, "call.flash.undone")
	return c.Redirect(view.EventRoot(event)+"/goi", fiber.StatusSeeOther)
}

// noteVendorCall notes a call about what concerns a vendor and no event.
func (s *Door) noteVendorCall(c *fiber.Ctx) error {
	var f callForm
	if err := frame.Bind(c, &f); err != nil {
		return err
	}
	in := vendors.CallInput{Vendor: frame.VendorParam(c), Outcome: f.Outcome, UpTo: f.UpTo}
	if err := s.App.Vendors.NoteCall(c.UserContext(), frame.Actor(c), in); err != nil {
		return err
	}
	frame.Flash(c, "call.flash.noted")
	return c.Redirect(view.VendorFile(in.Vendor), fiber.StatusSeeOther)
}

// undoVendorCall is undoCall for noteVendorCall.
func (s *Door) undoVendorCall(c *fiber.Ctx) error {
	if err := s.App.Vendors.UndoCall(c.UserContext(), frame.Actor(c), "", registry.CallID(c.Params("call"))); err != nil {
		return err
	}
	frame.Flash(c, "call.flash.undone")
	return c.Redirect(view.VendorFile(frame.VendorParam(c)), fiber.StatusSeeOther)
}
