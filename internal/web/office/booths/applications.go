package booths

import (
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
		return registry.ApplicationsOver
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
	Batches  []batchAction // what can be decided on many at once
	Unticked string        // that nothing was ticked for it
	Outcome  string        // what a batch did, if it left some
	Left     []leftLine
	LeftText string     // how one that lacks papers is approved
	Done     *doneNote  // the decision that emptied the queue
	Batch    *batchNote // a batch that was decided on just before
	Empty    string     // that it is empty now
}

// batchAction is a decision on all that are ticked; Key gives it from the keyboard.
type batchAction struct{ Value, Label, Icon, Key string }

type reviewLine struct {
	booths.QueueRow
	Days  string
	Sent  string
	Late  string
	Chips []view.Chip
	Chip  view.Chip

	Ticked bool // it was when a batch was refused
}

// Choice is what the tick box of the row sends.
func (l reviewLine) Choice() string { return string(l.ID) + ":" + strconv.FormatInt(l.Version, 10) }

// GoodsText joins the goods.
func (l reviewLine) GoodsText() string { return strings.Join(l.Goods, ", ") }

func (s *Door) showQueue(c *fiber.Ctx) error {
	return s.queue(c, batchForm{Tab: string(frame.OneOf(c, "state", queueTabs...)), Event: c.Query("event")}, nil, nil)
}

// queue shows the list from which a batch was sent, with what it did or why not.
func (s *Door) queue(c *fiber.Ctx, form batchForm, done *booths.BatchDone, fault error) error {
	state, event := registry.AppSubmitted, registry.EventID(form.Event)
	if tab := registry.ApplicationState(form.Tab); slices.Contains(queueTabs, tab) {
		state = tab
	}
	if id := c.Params("id"); id != "" {
		event = registry.EventID(id)
	}
	f := booths.QueueFilter{Event: event, States: queueStates(state), After: c.Query("after")}
	q, err := s.App.Booths.ReviewQueue(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "after", len(q.Rows))
	p := queuePage{Base: s.OfficePage(c, "application.queue.title"), Root: strings.TrimSuffix(c.Path(), "/loat"), State: state, Event: f.Event}
	if len(q.Rows) > 0 {
		p.batches()
	}
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
		l := p.line(r)
		l.Ticked = fault != nil && slices.Contains(form.Choices, l.Choice())
		p.Rows = append(p.Rows, l)
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
	if done != nil {
		status, p.Left = fiber.StatusConflict, leftLines(p.Base, done.Left)
		p.Outcome = outcome(p.Base, form.To, *done, p.Left)
		if slices.ContainsFunc(done.Left, func(l booths.Left) bool { return lacksPapers(l.Fault) != nil }) {
			p.LeftText = p.T("application.queue.left_text")
		}
	}
	s.noteBatch(c, &p, done)
	if p.Done, err = s.justDecided(c, p.Base); err != nil {
		return err
	}
	if p.Done != nil && len(p.Rows) == 0 {
		p.Empty = p.T("review.over." + string(state))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/applications", p)
}

// noteBatch offers to take back the batch that led to the list.
func (s *Door) noteBatch(c *fiber.Ctx, p *queuePage, done *booths.BatchDone) {
	ref, ok := readBatch(c.Query("loat"))
	frame.AskedIf(c, "loat", ok)
	if done != nil && done.Done > 0 {
		ref = done.Ref
	}
	p.Batch = s.batchNoteOf(p.Base, ref, p.Event)
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

// batches are the decisions on all that are ticked.
func (p *queuePage) batches() {
	keys := map[registry.ApplicationState]string{}
	for _, d := range decisions {
		keys[d.to] = d.key
	}
	for _, to := range batchesOf(p.State) {
		p.Batches = append(p.Batches, batchAction{string(to), p.T("review.batch." + string(to) + ".pick"), view.ApplicationIcons[to], keys[to]})
	}
}

// Review is the page of an application, opened from this queue.
func (p queuePage) Review(id registry.ApplicationID) string {
	return view.ReviewRoot(id) + narrowing(p.Event)
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
