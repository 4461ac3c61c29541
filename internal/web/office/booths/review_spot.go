package booths

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// openLines are the queues in which an application waits for somebody; from any other
// state the way on leads to those that wait for the office.
var openLines = []registry.ApplicationState{registry.AppSubmitted, registry.AppNeedsInfo, registry.AppWaitlisted, registry.AppOffered}

// spotBar is where an application stands in its queue, with the ways to its neighbours,
// and the decision that was taken just before.
type spotBar struct {
	Line     registry.ApplicationState // the queue that the bar is about
	Narrowed registry.EventID          // the one event that the queue is narrowed to
	Query    string                    // "?event=…" if it is, for the addresses of the page
	Spot     string
	BackHref string
	Prev     *wayOn
	Next     *wayOn
	Done     *doneNote
}

// wayOn is another application of the queue.
type wayOn struct{ Href, Vendor string }

// doneNote says what was decided just before, with the way to undo it.
type doneNote struct {
	Href    string
	Title   string
	Text    string // who is told of it
	Undo    string // until when, and who is told of that; "" if it cannot be undone
	Version int64
}

// spotOf finds the place of an application in its queue, or, if it waits no longer, the
// queue to go on with.
func (s *Door) spotOf(c *fiber.Ctx, b view.Base, app registry.Application, event registry.EventID) (bar spotBar, err error) {
	bar.Line = registry.AppSubmitted
	if slices.Contains(openLines, app.State) {
		bar.Line = app.State
	}
	if event == app.Event {
		bar.Narrowed, bar.Query = event, narrowing(event)
	}
	line := booths.Line{Event: bar.Narrowed, States: queueStates(bar.Line)}
	spot, err := s.App.Booths.Spot(c.UserContext(), frame.Actor(c), line, app)
	if err != nil {
		return bar, err
	}
	bar.BackHref = queueHref(bar.Line, bar.Narrowed)
	switch {
	case spot.Place > 0:
		bar.Spot = b.T("review.spot."+string(bar.Line), spot.Place, spot.Of)
	case spot.Of > 0:
		bar.Spot = b.T("review.waiting", spot.Of)
	}
	bar.Prev, bar.Next = bar.way(spot.Prev), bar.way(spot.Next)
	bar.Done, err = s.justDecided(c, b)
	return bar, err
}

// queueHref is the queue of a state, of one event or of all.
func queueHref(state registry.ApplicationState, event registry.EventID) string {
	root := view.QueueRoot
	if event != "" {
		root = view.EventRoot(event) + "/don"
	}
	return root + "?state=" + view.QueryEscape(string(state))
}

func (bar spotBar) way(n *booths.Neighbour) *wayOn {
	if n == nil {
		return nil
	}
	return &wayOn{view.ReviewRoot(n.ID) + bar.Query, n.Vendor}
}

// narrowing is the query that keeps a queue to one event.
func narrowing(event registry.EventID) string {
	if event == "" {
		return ""
	}
	return "?event=" + view.QueryEscape(string(event))
}

// justDecided reads the decision that led to this page; nil if none did, or if it is
// none that the reader may see.
func (s *Door) justDecided(c *fiber.Ctx, b view.Base) (*doneNote, error) {
	id := registry.ApplicationID(c.Query("sau"))
	if id == "" {
		return nil, nil
	}
	d, err := s.App.Booths.Decided(c.UserContext(), frame.Actor(c), id)
	switch registry.KindOf(err) {
	case registry.None:
	case registry.NotFound, registry.Forbidden:
		frame.CannotRead(c, "sau")
		return nil, nil
	default:
		return nil, err
	}
	note := &doneNote{Href: view.ReviewRoot(id), Version: d.Version, Title: b.T("review.done."+string(d.State), d.Vendor, d.Granted)}
	told, undo := "review.told.mail", "review.undo.mail"
	if d.Effect.Letters == 0 {
		told, undo = "review.told.call", "review.undo.call"
	}
	note.Text = b.T(told)
	if d.UndoUntil > 0 {
		note.Undo = b.T(undo, view.ShowClock(d.UndoUntil))
	}
	return note, nil
}

// onwards leads to the next application of the queue in which one stood that has been
// decided on, or to the queue once it is empty.
func (s *Door) onwards(c *fiber.Ctx, app registry.Application, bar spotBar) error {
	line := booths.Line{Event: bar.Narrowed, States: queueStates(bar.Line)}
	spot, err := s.App.Booths.Spot(c.UserContext(), frame.Actor(c), line, app)
	if err != nil {
		return err
	}
	href := queueHref(bar.Line, bar.Narrowed) + "&"
	if spot.Next != nil {
		href = view.ReviewRoot(spot.Next.ID) + "?"
		if bar.Query != "" {
			href = view.ReviewRoot(spot.Next.ID) + bar.Query + "&"
		}
	}
	return c.Redirect(href+"sau="+view.QueryEscape(string(app.ID)), fiber.StatusSeeOther)
}

// undoDecision takes back the decision that was taken just before.
func (s *Door) undoDecision(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	id := registry.ApplicationID(c.Params("application"))
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Booths.UndoDecision(c.UserContext(), frame.Actor(c), id, form.Version)
	}
	if err != nil {
		return s.review(c, decisionForm{}, triedNote{}, err)
	}
	frame.Flash(c, "review.flash.undone")
	return c.Redirect(view.ReviewRoot(id), fiber.StatusSeeOther)
}
