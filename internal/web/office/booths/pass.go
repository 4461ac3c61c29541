package booths

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// CodeText groups a code for reading.
func (p passesPage) CodeText(code string) string { return passes.ShowPassCode(code) }

// PrintText says what a button would print: all, or what the filter leaves.
func (p passesPage) PrintText(key string, n int) string {
	if p.All == "" {
		return p.T("pass.print."+key+"_all", n)
	}
	return p.T("pass.print."+key, n)
}

// passesPage lists the passes of an event.
type passesPage struct {
	view.Base
	view.Form
	passes.PassDesk
	Head   frame.EventHead
	Query  passQuery
	Kinds  []view.Option
	States []view.Option
	Stalls []view.Option // booths that somebody has
	Rows   []passLine
	Asked  string // query of the list, which its forms keep
	Next   string
	All    string // address of the list without filters, where there are some
	Issue  []view.Field
	Alarms []alarmLine
}

// passLine is a pass with the form that steps it, as it was sent if it was.
type passLine struct {
	frame.PassRow
	Open         bool // the form was sent, and something was wrong with it
	Alarm        bool // somebody has to look whether it was copied
	Typed, Fault string
}

// passQuery is the filter of passes as addresses and the form of printing write it.
type passQuery struct {
	Kind      registry.PassKind
	State     registry.PassState // of the list; what is printed is in force
	Text      string
	Booth     string // its code
	Unprinted bool
}

var passStates = []registry.PassState{registry.PassValid, registry.PassBlocked, registry.PassRevoked}

func readPassQuery(c *fiber.Ctx) passQuery {
	return passQuery{Kind: frame.OneOf(c, "loai", registry.PassKinds...), State: frame.OneOf(c, "trang-thai", passStates...), Text: frame.AskedText(c, "ma"),
		Booth: strings.ToUpper(c.Query("gian")), Unprinted: frame.OneOf(c, "chua-in", "1") != ""}
}

// href is the address of the list with these filters from a pass on.
func (q passQuery) href(path string, after registry.PassID) string {
	unprinted := ""
	if q.Unprinted {
		unprinted = "1"
	}
	return view.Query(path, "loai", string(q.Kind), "trang-thai", string(q.State), "ma", q.Text, "gian", q.Booth, "chua-in", unprinted, "sau", string(after))
}

const passesAPage = 60

// passForms are the forms of the list, as they were sent.
type passForms struct {
	Issue issueForm
	Step  stepForm
	Alarm alarmForm
}

// newIssue is what the form that issues passes begins with.
var newIssue = issueForm{Kind: string(registry.OfficialPass), Count: "10"}

// showPasses lists passes with what may be done with them.
func (s *Door) showPasses(c *fiber.Ctx) error { return s.passes(c, passForms{Issue: newIssue}, nil) }

// passes lists passes, with a form as it was sent and what was wrong with it.
func (s *Door) passes(c *fiber.Ctx, sent passForms, fault error) error {
	event, q := frame.EventParam(c), readPassQuery(c)
	booth, err := s.boothByCode(c, event, q.Booth)
	if err != nil {
		return err
	}
	if q.Booth != "" && booth == "" {
		frame.CannotRead(c, "gian")
		q.Booth = ""
	}
	desk, err := s.App.Passes.PassDesk(c.UserContext(), frame.Actor(c), registry.PassFilter{Event: event, Kind: q.Kind, State: q.State, Text: q.Text, Stall: booth,
		Unprinted: q.Unprinted, After: registry.PassID(c.Query("sau")), Limit: passesAPage})
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "sau", len(desk.Rows))
	root := view.PassRoot(event)
	p := passesPage{Base: s.OfficeNav(c, s.Titled(c, desk.Event.Title)), PassDesk: desk, Query: q,
		Asked: strings.TrimPrefix(q.href(root, registry.PassID(c.Query("sau"))), root)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, desk.Event)
	p.filters(root)
	alarms, err := s.alarms(c, &p, sent.Alarm)
	if err != nil {
		return err
	}
	p.lines(sent.Step, alarms)
	if sent.Issue == newIssue {
		sent.Issue.FirstDay, sent.Issue.Days = vn.ShowDate(desk.Event.OpensOn), strconv.Itoa(len(desk.Event.Days))
	}
	p.Issue = p.Take(sent.Issue.fields(p.Base)...)
	if len(desk.Rows) == passesAPage {
		p.Next = q.href(root, desk.Rows[len(desk.Rows)-1].ID)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/passes", p)
}

// lines shows the passes, one of them with the form that was sent.
func (p *passesPage) lines(sent stepForm, alarms map[registry.PassID]bool) {
	for _, r := range frame.ShowPassRows(p.Base, p.PassDesk.Rows) {
		l := passLine{PassRow: r, Alarm: alarms[r.ID]}
		if r.ID == sent.Pass {
			l.Open, l.Typed, l.Fault = true, sent.Reason, p.PartAt("reason", p.T("pass.reason"), "reason-"+string(r.ID))
		}
		p.Rows = append(p.Rows, l)
	}
}

// filters fills the form above the list.
func (p *passesPage) filters(path string) {
	p.Kinds = view.Options(p.Base, "pass.kind.", registry.PassKinds, string(p.Query.Kind))
	p.States = view.Options(p.Base, "pass.state.", passStates, string(p.Query.State))
	for _, b := range p.Booths {
		if b.State == registry.BoothAssigned || b.Code == p.Query.Booth {
			p.Stalls = append(p.Stalls, view.Option{Value: b.Code, Label: b.Code, Selected: b.Code == p.Query.Booth})
		}
	}
	if p.Query != (passQuery{}) {
		p.All = path
	}
}

// boothByCode finds a booth of an event by its code; none is empty.
func (s *Door) boothByCode(c *fiber.Ctx, event registry.EventID, code string) (registry.BoothID, error) {
	if code == "" {
		return "", nil
	}
	d, err := s.App.Passes.PassDesk(c.UserContext(), frame.Actor(c), registry.PassFilter{Event: event, Limit: 1})
	for _, b := range d.Booths {
		if b.Code == code {
			return b.ID, nil
		}
	}
	return "", err
}

// reissueKilled issues anew what died with its key.
func (s *Door) reissueKilled(c *fiber.Ctx) error {
	if _, err := s.App.Passes.ReissueKilled(c.UserContext(), frame.Actor(c), frame.EventParam(c)); err != nil {
		return s.passes(c, passForms{Issue: newIssue}, err)
	}
	frame.Flash(c, "pass.flash.killed_reissued")
	return c.Redirect(view.PassRoot(frame.EventParam(c))+"?chua-in=1", fiber.StatusSeeOther)
}

// issueForm is the form that issues official and visitor passes.
type issueForm struct {
	Kind     string `form:"kind"`
	Count    string `form:"count"`
	Label    string `form:"label"`
	FirstDay string `form:"first_day"`
	Days     string `form:"days"`
	Test     bool   `form:"test"`
}

func (f issueForm) fields(b view.Base) []view.Field {
	kinds := []view.Option{
		{Value: string(registry.OfficialPass), Label: b.T("pass.kind.official"), Selected: f.Kind == string(registry.OfficialPass)},
		{Value: string(registry.VisitorPass), Label: b.T("pass.kind.visitor"), Selected: f.Kind == string(registry.VisitorPass)},
	}
	fields := []view.Field{
		{Name: "kind", Type: "select", Label: b.T("pass.field.kind"), Options: kinds},
		{Name: "count", Type: "number", Label: b.T("pass.field.count"), Value: f.Count},
		{Name: "label", Label: b.T("pass.field.label"), Hint: b.T("pass.field.label_hint"), Value: f.Label},
		{Name: "first_day", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("pass.field.first_day"), Value: f.FirstDay},
		{Name: "days", Type: "number", Label: b.T("pass.field.days"), Value: f.Days},
		{Name: "test", Type: "checkbox", Label: b.T("pass.field.test"), Hint: b.T("pass.field.test_hint")},
	}
	if f.Test {
		fields[5].Value = "1"
	}
	return fields
}

// issuePasses issues official or visitor passes.
func (s *Door) issuePasses(c *fiber.Ctx) error {
	var form issueForm
	if err := frame.Bind(c, &form); err != nil {
		return s.passes(c, passForms{Issue: form}, err)
	}
	count, _ := strconv.Atoi(form.Count) // what is no number is out of range
	days, _ := strconv.Atoi(form.Days)
	first, err := vn.ParseDate(form.FirstDay, s.App.Today())
	if err != nil {
		first = ""
	}
	err = s.App.Passes.IssuePasses(c.UserContext(), frame.Actor(c), frame.EventParam(c), passes.IssueInput{
		Kind: registry.PassKind(form.Kind), Count: count, Label: form.Label, FirstDay: first, Days: days, Test: form.Test})
	if err != nil {
		return s.passes(c, passForms{Issue: form}, err)
	}
	frame.Flash(c, "pass.flash.issued")
	return c.Redirect(c.Path(), fiber.StatusSeeOther)
}

// passSteps are the buttons of a pass and the states that they lead to.
var passSteps = map[string]registry.PassState{"block": registry.PassBlocked, "unblock": registry.PassValid, "revoke": registry.PassRevoked}

// stepForm is the form of one pass.
type stepForm struct {
	Pass   registry.PassID // of the address
	Do     string          `form:"do"`
	Reason string          `form:"reason"`
}

// stepPass blocks, unblocks, revokes or re-issues a pass, and goes back to the list as
// it was narrowed.
func (s *Door) stepPass(c *fiber.Ctx) error {
	form := stepForm{Pass: registry.PassID(c.Params("pass"))}
	err := frame.Bind(c, &form)
	switch {
	case err != nil:
	case form.Do == "reissue":
		_, err = s.App.Passes.ReissuePass(c.UserContext(), frame.Actor(c), form.Pass, form.Reason)
	default:
		err = s.App.Passes.StepPass(c.UserContext(), frame.Actor(c), form.Pass, passSteps[form.Do], form.Reason)
	}
	if err != nil {
		return s.passes(c, passForms{Issue: newIssue, Step: form}, err)
	}
	frame.Flash(c, "pass.flash."+form.Do)
	list := readPassQuery(c).href(view.PassRoot(frame.EventParam(c)), registry.PassID(c.Query("sau")))
	return c.Redirect(list, fiber.StatusSeeOther)
}

// printPasses starts the job that prints passes or signs: those that a list shows,
// or one. What is at fault is said on the list.
func (s *Door) printPasses(c *fiber.Ctx) error {
	var form struct {
		Paper     string            `form:"paper"`
		Sheet     string            `form:"sheet"`
		Pass      registry.PassID   `form:"pass"`
		Kind      registry.PassKind `form:"loai"`
		Text      string            `form:"ma"`
		Booth     string            `form:"gian"`
		Unprinted bool              `form:"chua-in"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	event, list := frame.EventParam(c), view.PassRoot(frame.EventParam(c))
	booth, err := s.boothByCode(c, event, form.Booth)
	if err == nil && form.Booth != "" && booth == "" {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	job, err := s.App.Passes.StartPaper(c.UserContext(), frame.Actor(c), passes.PaperInput{Event: event, Paper: form.Paper, Kind: form.Kind, Booth: booth,
		Pass: form.Pass, Text: form.Text, Unprinted: form.Unprinted, Sheet: form.Sheet, Lang: frame.Lang(c)})
	if err != nil {
		return s.passes(c, passForms{Issue: newIssue}, err)
	}
	back := passQuery{Kind: form.Kind, Text: form.Text, Booth: form.Booth, Unprinted: form.Unprinted}.href(list, "")
	return c.Redirect("/quan-ly/viec/"+string(job)+"?ve="+view.QueryEscape(back), fiber.StatusSeeOther)
}
