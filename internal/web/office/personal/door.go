// Package personal is the door of what people ask about their own data: the inbox with its
// clocks, the page of a request, on which it is confirmed, put off, done or refused, and for
// how long personal data is kept.
//
// The form that people send belongs to web/public.
package personal

import (
	"embed"

	"github.com/gofiber/fiber/v2"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// Door answers the requests of this door.
type Door struct{ *frame.Server }

// New makes the door of a server.
func New(s *frame.Server) *Door { return &Door{s} }

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS

const root = view.PersonalRoot

func param(c *fiber.Ctx) personal.ID { return personal.ID(c.Params("request")) }

// Routes are the pages of requests.
func (s *Door) Routes() []frame.Route {
	answers := frame.Office(registry.ManageSettings)
	return []frame.Route{
		frame.Get(root, answers, s.showInbox),
		frame.Get(root+"/:request", answers, s.showRequest),
		frame.Post(root+"/:request/xac-nhan", answers, s.confirm),
		frame.Post(root+"/:request/gia-han", answers, s.extend),
		frame.Post(root+"/:request/ket-qua", answers, s.close),
		frame.Post(root+"/:request/du-lieu", answers, s.sendOwn),
		frame.Post(root+"/:request/xoa", answers, s.planErase),
		frame.Post(root+"/:request/rut-xoa", answers, s.takeBack),
		frame.Get(view.KeepRoot, answers, s.showKeeping),
		frame.Get(view.KeepRoot+"/:kind", answers, s.showRule),
		frame.Post(view.KeepRoot+"/:kind", answers, s.setRule),
		frame.Post(view.KeepRoot+"/:kind/bo", answers, s.dropRule),
	}
}

// inboxPage is the requests, the open ones first.
type inboxPage struct {
	view.Base
	Heading string
	Law     string
	Rows    []inboxRow
	More    string // says how many there are, where not all are shown
	Empty   view.Empty
}

// inboxRow is a request in the inbox.
type inboxRow struct {
	Href, Number, Kind, Came, Due string
	Chip                          view.Chip
	Erasure                       *inboxErasure // that waits or is put off
}

// inboxErasure is the erasure that a request waits for.
type inboxErasure struct {
	Chip    view.Chip
	Due     string
	Against []against
}

// showInbox shows what waits, the first due first.
func (s *Door) showInbox(c *fiber.Ctx) error {
	in, err := s.App.Personal.Inbox(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p, today := inboxPage{Base: s.OfficePage(c, "personal.inbox")}, s.App.Today()
	for _, r := range in.Rows {
		row := newInboxRow(p.Base, r, today)
		if e, waits := in.Erasures[r.ID]; waits {
			row.Erasure = &inboxErasure{erasureChip(p.Base, e.State), p.T("erase.due", vn.ShowDate(e.DueOn)), obstaclesOf(p.Base, e.Obstacles)}
		}
		p.Rows = append(p.Rows, row)
	}
	p.Heading, p.Law = p.T("personal.inbox_heading", in.Open, in.Late), view.PersonalLaw(p.Base, today)
	if in.All > len(in.Rows) {
		p.More = p.T("personal.inbox_more", len(in.Rows), in.All)
	}
	p.Empty = view.Empty{Icon: "inbox", Title: p.T("personal.none"), Text: p.T("personal.none_text")}
	return s.Render(c, frame.LayoutOffice, "personal/inbox", p)
}

func newInboxRow(b view.Base, r personal.Request, today string) inboxRow {
	row := inboxRow{Href: view.PersonalHref(r.ID), Number: r.Number(), Kind: b.T("personal.ask." + string(r.Kind)), Came: view.ShowTime(r.ReceivedAt),
		Chip: view.PersonalChip(b, r, today)}
	switch {
	case r.State == personal.Received && !r.Late(today):
		row.Due = b.T("personal.due_confirm", vn.ShowDate(r.ConfirmBy))
	case r.State.Open():
		row.Due = b.T("personal.due_do", vn.ShowDate(r.DueOn))
	}
	return row
}

// page is a request with what can be done about it.
type page struct {
	view.Base
	view.Form
	File    apppersonal.File
	Root    string
	Chip    view.Chip
	Facts   []view.SummaryRow
	Words   []view.SummaryRow
	Confirm bool
	Why     *view.Field // asks why it is put off; nil where it cannot be
	Outcome []view.Field
	Own     []view.Field // ask for whose account the file is; none where none is asked for
	Erasing *erasing     // nil where the request asks for something else
}

// typed is what was sent with a form of the page that is shown again.
type typed struct {
	why   string
	own   *apppersonal.OwnAsk   // nil: of the way that the person wrote
	erase *apppersonal.EraseAsk // of an erasure; nil: of the way that the person wrote
	back  string
	out   apppersonal.Outcome
	fault error
}

// showRequest shows a request.
func (s *Door) showRequest(c *fiber.Ctx) error { return s.page(c, typed{}) }

func (s *Door) page(c *fiber.Ctx, x typed) error {
	f, err := s.App.Personal.Request(c.UserContext(), frame.Actor(c), param(c))
	if err != nil {
		return err
	}
	today := s.App.Today()
	p := page{Base: s.OfficePage(c, "personal.file", f.Number()), File: f, Root: view.PersonalHref(f.ID)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, x.fault)
	if err != nil {
		return err
	}
	p.Chip, p.Facts, p.Words = view.PersonalChip(p.Base, f.Request, today), view.PersonalFacts(p.Base, f.Request), p.words()
	p.Confirm = f.State == personal.Received
	if f.Extends(today) {
		why := p.TakeOne(view.Field{Name: "why", Type: "textarea", Label: p.T("personal.field.why"), Hint: p.T("personal.field.why.hint"), Value: x.why, Rows: 3,
			Max: personal.MaxReason, Required: true})
		p.Why = &why
	}
	if f.State.Open() {
		p.Outcome = p.Take(view.Field{Name: "outcome", Type: "radios", Label: p.T("personal.field.outcome"), Options: view.Options(p.Base, "personal.outcome.",
			append([]personal.Ground{personal.Ground(personal.Done)}, personal.Grounds...), x.out.Outcome)},
			view.Field{Name: "answer", Type: "textarea", Label: p.T("personal.field.answer"), Hint: p.T("personal.field.answer.hint"), Value: x.out.Answer, Rows: 4,
				Max: personal.MaxReason, Required: true})
	}
	if f.Kind == personal.See && f.State.Open() {
		p.askOwn(x.own)
	}
	all, err := s.App.Personal.Erasures(c.UserContext(), frame.Actor(c), f.ID)
	if err != nil {
		return err
	}
	p.erasure(all, x)
	return s.RenderStatus(c, status, frame.LayoutOffice, "personal/request", p)
}

// askOwn asks for whose account the file of all that is kept is to be.
func (p *page) askOwn(typed *apppersonal.OwnAsk) {
	if typed == nil {
		typed = &apppersonal.OwnAsk{Login: p.File.Words.Way}
	}
	p.Own = p.Take(view.Field{Name: "login", Type: "text", Label: p.T("personal.field.login"), Hint: p.T("personal.field.login.hint"), Value: typed.Login,
		Max: 254, Required: true},
		view.Field{Name: "compared", Type: "text", Label: p.T("personal.field.compared"), Hint: p.T("personal.field.compared.hint"), Value: typed.Compared,
			Max: personal.MaxCheck})
}

// sendOwn hands out all that is kept of the account of whoever asks to see it.
func (s *Door) sendOwn(c *fiber.Ctx) error {
	ask := apppersonal.OwnAsk{}
	if err := frame.Bind(c, &ask); err != nil {
		return s.page(c, typed{own: &ask, fault: err})
	}
	ask.Lang = frame.Lang(c)
	f, err := s.App.Personal.OwnOf(c.UserContext(), frame.Actor(c), param(c), ask)
	if err != nil {
		return s.page(c, typed{own: &ask, fault: err})
	}
	return frame.SendFile(c, f)
}

// words are what the person wrote, or that it was destroyed.
func (p *page) words() (rows []view.SummaryRow) {
	if p.File.WipedAt > 0 {
		return []view.SummaryRow{{Label: p.T("personal.field.text"), Value: p.T("personal.wiped", view.ShowTime(p.File.WipedAt))}}
	}
	for _, w := range []struct{ name, value string }{{"text", p.File.Words.Text}, {"name", p.File.Words.Name}, {"contact", p.File.Words.Way}} {
		rows = append(rows, view.SummaryRow{Label: p.T("personal.field." + w.name), Value: w.value})
	}
	return rows
}

// confirm notes that the person was told that its request has come.
func (s *Door) confirm(c *fiber.Ctx) error {
	var form struct {
		Version int64 `form:"version"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Personal.Confirm(c.UserContext(), frame.Actor(c), param(c), form.Version)
	}
	return s.changed(c, typed{fault: err}, "personal.flash.confirmed")
}

// extend puts a request off.
func (s *Door) extend(c *fiber.Ctx) error {
	var form struct {
		Version int64  `form:"version"`
		Why     string `form:"why" lines:"many"`
	}
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Personal.Extend(c.UserContext(), frame.Actor(c), param(c), form.Version, form.Why)
	}
	return s.changed(c, typed{why: form.Why, fault: err}, "personal.flash.extended")
}

// close ends a request.
func (s *Door) close(c *fiber.Ctx) error {
	var out apppersonal.Outcome
	err := frame.Bind(c, &out)
	if err == nil {
		err = s.App.Personal.Close(c.UserContext(), frame.Actor(c), param(c), out)
	}
	return s.changed(c, typed{out: out, fault: err}, "personal.flash.closed")
}

// changed leads back to the request, or shows on it what was wrong.
func (s *Door) changed(c *fiber.Ctx, x typed, flash string) error {
	if x.fault != nil {
		return s.page(c, x)
	}
	frame.Flash(c, flash)
	return c.Redirect(view.PersonalHref(param(c)), fiber.StatusSeeOther)
}
