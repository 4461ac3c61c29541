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

// passesPage lists the passes of an event by booth.
type passesPage struct {
	view.Base
	view.Form
	passes.PassBook
	Head      frame.EventHead
	Query     passQuery
	Root      string
	Answer    string // what there is to do, the heading
	Sum       string
	Filters   []view.FilterLink
	Narrowed  string // what the filter leaves, in words; empty without one
	Missed    []string
	Groups    []passGroup
	Menu      []printChoice
	Main      *printChoice // what changed since the last print; nil where nothing did
	Asked     string       // query of the list, which its forms keep
	Next      string
	Issue     []view.Field
	Issuing   bool   // the form that issues is open
	Lacks     string // why it is
	BareText  string
	Alarms    []alarmLine
	Unseen    int    // of them
	AlarmOpen bool   // the form of one was sent
	Unpicked  string // that no pass was ticked
}

// passLine is a pass with the form that steps it, as it was sent if it was.
type passLine struct {
	frame.PassRow
	What         string // kind and number
	First, Last  string // digits of the code before the last four, and these
	Issued       string
	Printed      string
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

// href is the address of the list with these filters from the group after one on.
func (q passQuery) href(path, after string) string {
	unprinted := ""
	if q.Unprinted {
		unprinted = "1"
	}
	return view.Query(path, "loai", string(q.Kind), "trang-thai", string(q.State), "ma", q.Text, "gian", q.Booth, "chua-in", unprinted, "sau", after)
}

// passesAPage is how many passes stand on a page at least, where there are so many: groups stay whole.
const passesAPage = 240

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
	book, err := s.App.Passes.PassBook(c.UserContext(), frame.Actor(c), passes.BookPage{After: c.Query("sau"), Passes: passesAPage,
		Filter: registry.PassFilter{Event: event, Kind: q.Kind, State: q.State, Text: q.Text, Stall: booth, Unprinted: q.Unprinted}})
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "sau", len(book.Groups))
	root := view.PassRoot(event)
	p := passesPage{Base: s.OfficeNav(c, s.Titled(c, book.Event.Title)), PassBook: book, Query: q, Root: root,
		Asked: strings.TrimPrefix(q.href(root, c.Query("sau")), root)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = s.EventHead(c, p.Base, book.Event)
	p.say()
	p.narrow()
	alarms, err := s.alarms(c, &p, sent.Alarm)
	if err != nil {
		return err
	}
	p.groups(sent.Step, alarms)
	p.choices()
	p.lacks(sent)
	if book.More != "" {
		p.Next = q.href(root, book.More)
	}
	p.Unpicked = p.Part("passes", p.T("book.row.pick"))
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/passes", p)
}

// say makes the heading, which is the answer to what there is to print.
func (p *passesPage) say() {
	all := p.All
	switch {
	case all.Passes == 0:
		p.Answer = p.T("book.answer.none")
		return
	case all.ToPrint == 0:
		p.Answer = p.T("book.answer.done")
	case p.Last == 0:
		p.Answer = p.T("book.answer.first", all.ToPrint)
	default:
		p.Answer = p.T("book.answer.changed", all.ToPrint)
	}
	last := p.T("book.sum.never")
	if p.Last > 0 {
		last = p.T("book.sum.last", view.ShowTime(p.Last))
	}
	p.Sum = p.T("book.sum", all.Live, all.Live-all.Officials-all.Visitors, all.Signs, all.Officials, all.Visitors) + " · " + last
}

// narrow makes the links that filter, and says what the filter leaves.
func (p *passesPage) narrow() {
	link := func(key string, n int, q passQuery) {
		l := view.FilterLink{Label: p.T(key), Href: q.href(p.Root, ""), Current: p.Query == q}
		if q != (passQuery{}) {
			l.Label = p.T(key, n)
			if n == 0 && !l.Current {
				return
			}
		}
		p.Filters = append(p.Filters, l)
	}
	link("book.filter.booths", 0, passQuery{})
	link("book.filter.to_print", p.All.ToPrint, passQuery{Unprinted: true})
	link("book.filter.blocked", p.All.Blocked, passQuery{State: registry.PassBlocked})
	link("book.filter.official", p.All.Officials, passQuery{Kind: registry.OfficialPass})
	link("book.filter.visitor", p.All.Visitors, passQuery{Kind: registry.VisitorPass})
	link("book.filter.revoked", p.All.Revoked, passQuery{State: registry.PassRevoked})
	if p.Query == (passQuery{}) {
		return
	}
	words := p.filterWords()
	if p.Query.Text != "" {
		words = append(words, p.T("book.found.text", p.Query.Text))
	}
	if p.Found.Passes > 0 {
		p.Narrowed = p.T("book.found", p.Found.Passes, strings.Join(words, ", "))
		return
	}
	p.Narrowed = p.T("book.empty")
	if p.Query.Text != "" {
		p.Narrowed = p.T("book.no_hit", p.Query.Text)
		p.Missed = append(p.Missed, p.T("book.no_hit.where"))
		if words := p.filterWords(); len(words) > 0 {
			p.Missed = append(p.Missed, p.T("book.no_hit.narrowed", strings.Join(words, ", ")))
		}
	}
}

// filterWords names the filters besides the text that was typed.
func (p *passesPage) filterWords() (words []string) {
	q := p.Query
	if q.Booth != "" {
		words = append(words, p.T("book.found.booth", q.Booth))
	}
	if q.Kind != "" {
		words = append(words, p.T("pass.kind."+string(q.Kind)))
	}
	if q.State != "" {
		words = append(words, p.T("pass.state."+string(q.State)))
	}
	if q.Unprinted {
		words = append(words, p.T("book.found.to_print"))
	}
	return words
}

// lacks opens the form that issues where something is missing, or something was wrong with it.
func (p *passesPage) lacks(sent passForms) {
	stopped := p.Event.State.Stopped()
	if p.All.Officials == 0 && !stopped {
		p.Lacks = p.T("book.no_official")
	}
	if len(p.Bare) > 0 && !stopped {
		codes := make([]string, len(p.Bare))
		for i, b := range p.Bare {
			codes[i] = b.Code
		}
		p.BareText = p.T("book.bare", len(codes), strings.Join(codes, ", "))
	}
	p.Issuing = p.Lacks != "" || sent.Issue != newIssue
	if sent.Issue == newIssue {
		sent.Issue.FirstDay, sent.Issue.Days = vn.ShowDate(p.Event.OpensOn), strconv.Itoa(len(p.Event.Days))
	}
	p.Issue = p.Take(sent.Issue.fields(p.Base)...)
}

// boothByCode finds a booth of an event by its code; none is empty.
func (s *Door) boothByCode(c *fiber.Ctx, event registry.EventID, code string) (registry.BoothID, error) {
	if code == "" {
		return "", nil
	}
	b, err := s.App.Passes.FindBooth(c.UserContext(), frame.Actor(c), event, code)
	if registry.KindOf(err) == registry.NotFound {
		return "", nil
	}
	return b.ID, err
}
