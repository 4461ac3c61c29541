package booths

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// batchUndoPath asks before a batch is taken back, and takes it back.
const batchUndoPath = view.QueueRoot + "/loat/hoan-tac"

// batchNote says that a batch was decided on just now, and until when it can be taken back.
type batchNote struct{ Href, Text, Link string }

// batchText is a batch as addresses name it.
func batchText(r booths.BatchRef) string { return fmt.Sprintf("%s.%d.%d", r.To, r.From, r.Until) }

// readBatch reads a batch out of an address; false for what is none.
func readBatch(text string) (r booths.BatchRef, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || !slices.Contains(batchActions, registry.ApplicationState(parts[0])) {
		return r, false
	}
	from, err := strconv.ParseInt(parts[1], 10, 64)
	until, err2 := strconv.ParseInt(parts[2], 10, 64)
	const day = 24 * registry.HourMS
	return booths.BatchRef{To: registry.ApplicationState(parts[0]), From: from, Until: until}, err == nil && err2 == nil && from > 0 && from <= until && until-from < day
}

// batchNoteOf is what the list says of the batch that led to it; nil where none did, or where
// it is too late to take it back.
func (s *Door) batchNoteOf(b view.Base, r booths.BatchRef, event registry.EventID) *batchNote {
	if r.From == 0 || s.App.NowMS() > r.UndoUntil() {
		return nil
	}
	return &batchNote{Href: view.Query(batchUndoPath, "loat", batchText(r), "event", string(event)), Text: b.T("review.batch_undo.note"),
		Link: b.T("review.batch_undo.link", view.ShowClock(r.UndoUntil()))}
}

// batchUndoPage says what taking a batch back would do, before it is done.
type batchUndoPage struct {
	view.Base
	view.Form
	Batch   string
	Event   string
	Back    string
	Heading string
	Effects []string
	Skipped string // how many cannot be taken back
	Left    []leftLine
	Choices []string
	Button  string
}

// batchUndoForm is what that page sends.
type batchUndoForm struct {
	Batch   string   `form:"loat"`
	Event   string   `form:"event"`
	Choices []string `form:"choice"`
}

// askBatchUndo shows what taking a batch back would do.
func (s *Door) askBatchUndo(c *fiber.Ctx) error {
	if c.Query("loat") == "" { // of no batch there is nothing to ask
		return c.Redirect(view.QueueRoot, fiber.StatusSeeOther)
	}
	return s.batchUndo(c, batchUndoForm{Batch: c.Query("loat"), Event: c.Query("event")}, nil, nil)
}

// batchUndo shows what taking a batch back would do, or, where it was tried, what it did.
func (s *Door) batchUndo(c *fiber.Ctx, form batchUndoForm, done *booths.BatchDone, fault error) error {
	ref, ok := readBatch(form.Batch)
	if !ok {
		return registry.E(registry.NotFound, "error.not_found")
	}
	x, err := s.App.Booths.UndoEffect(c.UserContext(), frame.Actor(c), ref)
	if err != nil {
		return err
	}
	p := batchUndoPage{Base: s.OfficePage(c, "review.batch_undo.title"), Batch: form.Batch, Event: form.Event,
		Back: queueHref(registry.AppSubmitted, registry.EventID(form.Event))}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fill(x)
	if done != nil {
		status, p.Left = fiber.StatusConflict, leftLines(p.Base, done.Left)
		p.Skipped = p.T("review.batch_undo.some_left", done.Done, len(done.Left))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/batch_undo", p)
}

// fill says in numbers what can be taken back, and what cannot and why.
func (p *batchUndoPage) fill(x booths.BatchEffect) {
	p.Heading, p.Button = p.T("review.batch_undo.ask", x.Done), p.T("review.batch_undo.button", x.Done)
	if x.Done == 0 {
		p.Heading = p.T("review.batch_undo.none")
	}
	for _, row := range x.Rows {
		p.Choices = append(p.Choices, string(row.ID)+":"+strconv.FormatInt(row.Version, 10))
	}
	if x.Done > 0 {
		p.Effects = append(p.Effects, p.T("review.batch_undo.queue"))
	}
	for _, line := range []struct {
		key string
		n   int
	}{{"booths", x.Booths}, {"letters", x.Told.Letters}, {"calls", x.Told.Calls}} {
		if line.n > 0 {
			p.Effects = append(p.Effects, p.T("review.batch_undo."+line.key, line.n))
		}
	}
	if p.Left = leftLines(p.Base, x.Left); len(x.Left) > 0 {
		p.Skipped = p.T("review.batch_undo.skips", len(x.Left))
	}
}

// undoBatch takes a batch back.
func (s *Door) undoBatch(c *fiber.Ctx) error {
	var form batchUndoForm
	if err := frame.Bind(c, &form); err != nil {
		return s.batchUndo(c, form, nil, err)
	}
	choices, err := readChoices(form.Choices)
	if err != nil {
		return err
	}
	if len(choices) == 0 {
		return s.batchUndo(c, form, nil, registry.E(registry.Conflict, "review.batch_undo.none"))
	}
	done, err := s.App.Booths.UndoMany(c.UserContext(), frame.Actor(c), choices)
	if err != nil || len(done.Left) > 0 {
		return s.batchUndo(c, form, &done, err)
	}
	frame.FlashCount(c, "review.flash.batch_undone", done.Done)
	return c.Redirect(queueHref(registry.AppSubmitted, registry.EventID(form.Event)), fiber.StatusSeeOther)
}
