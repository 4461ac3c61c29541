package booths

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// queueTabs are the lists of the reviewer's queue, the one to work on first.
var queueTabs = []registry.ApplicationState{registry.AppSubmitted, registry.AppNeedsInfo, registry.AppWaitlisted,
	registry.AppOffered, registry.AppApproved, registry.AppDeclined, registry.AppDraft}

// queueStates are what a tab shows: over is over, however it came about.
func queueStates(tab registry.ApplicationState) []registry.ApplicationState {
	if tab == registry.AppDeclined {
		return []registry.ApplicationState{registry.AppDeclined, registry.AppWithdrawn, registry.AppCancelled}
	}
	return []registry.ApplicationState{tab}
}

// queuePage is the reviewer's queue.
type queuePage struct {
	view.Base
	view.Form
	Head     *frame.EventHead // of the queue of one event
	Heading  string
	Root     string
	State    registry.ApplicationState
	Event    registry.EventID
	Tabs     []view.NavItem
	Events   []view.Option
	Rows     []reviewLine
	Next     string
	None     view.Empty
	Batch    bool   // the list can be approved in one go
	Unticked string // that nothing was ticked for it
	Done     string // what a batch did, if it left some
	Left     []leftLine
}

type reviewLine struct {
	booths.QueueRow
	Days  string
	Sent  string
	Late  string
	Chips []view.Chip
	Chip  view.Chip
}

// Choice is what the tick box of the row sends.
func (l reviewLine) Choice() string { return string(l.ID) + ":" + strconv.FormatInt(l.Version, 10) }

// GoodsText joins the goods.
func (l reviewLine) GoodsText() string { return strings.Join(l.Goods, ", ") }

func (s *Door) showQueue(c *fiber.Ctx) error { return s.queue(c, batch{}, nil) }

// batch is what an approval of many did.
type batch struct {
	approved int
	left     []booths.Left
}

func (s *Door) queue(c *fiber.Ctx, done batch, fault error) error {
	state := cmp.Or(frame.OneOf(c, "state", queueTabs...), registry.AppSubmitted)
	event := registry.EventID(c.Query("event"))
	if id := c.Params("id"); id != "" {
		event = registry.EventID(id)
	}
	f := booths.QueueFilter{Event: event, States: queueStates(state), After: c.Query("after")}
	q, err := s.App.Booths.ReviewQueue(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "after", len(q.Rows))
	p := queuePage{Base: s.OfficePage(c, "application.queue.title"), Root: strings.TrimSuffix(c.Path(), "/duyet"), State: state, Event: f.Event,
		Batch: state == registry.AppSubmitted && len(q.Rows) > 0}
	p.Heading = p.T("application.queue.heading", q.Waiting)
	if q.Overdue > 0 {
		p.Heading = p.T("application.queue.heading_overdue", q.Waiting, q.Overdue)
	}
	p.None = view.Empty{Icon: "inbox", Title: p.T("application.queue.none"), Text: p.T("application.queue.none_text")}
	p.tabs(q.Waiting)
	if q.Next != "" {
		p.Next = p.link(state) + "&after=" + view.QueryEscape(q.Next)
	}
	for _, r := range q.Rows {
		p.Rows = append(p.Rows, p.line(r))
	}
	if c.Params("id") != "" {
		if err := s.headQueue(c, &p); err != nil {
			return err
		}
	} else if p.Events, err = s.queueEvents(c, p.Base, f.Event); err != nil {
		return err
	} else if !slices.ContainsFunc(p.Events, func(o view.Option) bool { return o.Selected }) {
		frame.CannotRead(c, "event")
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Unticked = p.Part("choice", p.T("nav.applications"))
	if len(done.left) > 0 {
		status = fiber.StatusConflict
		p.Done, p.Left = p.T("application.queue.some_left", done.approved, len(done.left)), leftLines(p.Base, done.left)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/applications", p)
}

// headQueue gives the queue of one event the head of the event's pages.
func (s *Door) headQueue(c *fiber.Ctx, p *queuePage) error {
	e, err := s.App.Events.OfficeEvent(c.UserContext(), frame.Actor(c), registry.ReviewApplications, p.Event)
	if err != nil {
		return err
	}
	head := s.EventHead(c, p.Base, e)
	p.Head = &head
	return nil
}

func (p *queuePage) link(state registry.ApplicationState) string {
	href := p.Root + "?state=" + view.QueryEscape(string(state))
	if p.Event != "" && p.Root == view.QueueRoot {
		href += "&event=" + view.QueryEscape(string(p.Event))
	}
	return href
}

// Approve is where the ticked applications are sent to.
func (p queuePage) Approve() string {
	if p.Event != "" && p.Root == view.QueueRoot {
		return p.Root + "/duyet?event=" + view.QueryEscape(string(p.Event))
	}
	return p.Root + "/duyet"
}

func (p *queuePage) tabs(waiting int) {
	for _, state := range queueTabs {
		tab := view.NavItem{Href: p.link(state), Label: p.T("application.queue.tab." + string(state)), Current: state == p.State}
		if state == registry.AppSubmitted {
			tab.Count = waiting
		}
		p.Tabs = append(p.Tabs, tab)
	}
}

func (p *queuePage) line(r booths.QueueRow) reviewLine {
	l := reviewLine{QueueRow: r, Days: vn.ShowRange(r.OpensOn, r.ClosesOn), Chips: p.FindingChips(shortFindings(r.Findings), r.ComesUntil),
		Chip: p.ApplicationChip(r.State)}
	if r.SubmittedAt > 0 {
		l.Sent = view.ShowTime(r.SubmittedAt)
	}
	switch {
	case r.Overdue > 0:
		l.Late = p.T("application.queue.overdue", r.Overdue)
	case r.State == registry.AppSubmitted && r.Waits == 0:
		l.Late = p.T("application.queue.today")
	case r.State == registry.AppSubmitted:
		l.Late = p.T("application.queue.days_ago", r.Waits)
	}
	return l
}

// shortFindings leaves out the products: a list shows each kind of fault once.
func shortFindings(findings []registry.Finding) (short []registry.Finding) {
	for _, f := range findings {
		if f.Kind != registry.Weak {
			f.Product = ""
		}
		same := func(g registry.Finding) bool {
			return g.Kind == f.Kind && g.Paper == f.Paper && g.On == f.On && g.Product == f.Product
		}
		if !slices.ContainsFunc(short, same) {
			short = append(short, f)
		}
	}
	return short
}

// queueEvents are the events that the queue can be narrowed to.
func (s *Door) queueEvents(c *fiber.Ctx, b view.Base, chosen registry.EventID) ([]view.Option, error) {
	events, _, err := s.App.Events.OfficeEvents(c.UserContext(), frame.Actor(c), registry.EventFilter{Latest: true,
		States: []registry.EventState{registry.Announced, registry.Open, registry.Closed, registry.Running, registry.Moved, registry.Postponed, registry.Ended}})
	list := []view.Option{{Label: b.T("application.queue.every_event"), Selected: chosen == ""}}
	for _, e := range events {
		list = append(list, view.Option{Value: string(e.ID), Label: e.Title + " · " + vn.ShowRange(e.OpensOn, e.ClosesOn), Selected: e.ID == chosen})
	}
	return list, err
}

// approveMany approves the applications that were ticked.
func (s *Door) approveMany(c *fiber.Ctx) error {
	var form struct {
		Choices []string `form:"choice"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.queue(c, batch{}, err)
	}
	choices := make([]booths.Choice, len(form.Choices))
	for i, text := range form.Choices {
		id, version, _ := strings.Cut(text, ":")
		n, err := strconv.ParseInt(version, 10, 64)
		if err != nil {
			return registry.E(registry.Malformed, "error.malformed")
		}
		choices[i] = booths.Choice{ID: registry.ApplicationID(id), Version: n}
	}
	if len(choices) == 0 {
		return s.queue(c, batch{}, registry.At("choice", "error.application.choose"))
	}
	approved, left, err := s.App.Booths.ApproveMany(c.UserContext(), frame.Actor(c), choices)
	switch {
	case err != nil:
		return err
	case len(left) > 0:
		return s.queue(c, batch{approved, left}, nil)
	}
	frame.Flash(c, "application.flash.approved_many")
	back := strings.TrimSuffix(c.Path(), "/duyet")
	if event := c.Query("event"); event != "" {
		back += "?event=" + view.QueryEscape(event)
	}
	return c.Redirect(back, fiber.StatusSeeOther)
}
