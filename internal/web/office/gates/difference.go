package gates

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

const (
	// differencesPerPage is how many lines a page shows.
	differencesPerPage = 40
	// differencesOnPaper is how many lines are printed at once.
	differencesOnPaper = 1000
)

// differencesPage is the reconciliation page of an event's gates.
type differencesPage struct {
	GateHead
	Tabs     []view.FilterLink
	Kinds    []view.FilterLink
	Lines    []differenceLine
	CloseAt  string // addresses of the forms, with the filter
	ReopenAt string
	Paper    string // address of all lines on one page, to be printed
	Printing bool   // this is that page
	Printed  string // when
	Next     string
	Said     string // how many lines wait, in words
	None     view.Empty
	MayClose bool
}

// differenceForm is the form that closes a line.
type differenceForm struct {
	Key     string `form:"key"`
	Version int64  `form:"version"`
	Word    string `form:"word"`
	Note    string `form:"note"`
}

// differenceQuery is the filter as it stands in the address.
type differenceQuery struct {
	state string // "", dong: closed, ca: both
	kind  registry.DifferenceKind
	after string
}

func readDifferenceQuery(c *fiber.Ctx) differenceQuery {
	return differenceQuery{state: frame.OneOf(c, "xem", "dong", "ca"), kind: frame.OneOf(c, "loai", registry.DifferenceKinds...), after: c.Query("sau")}
}

// String is the query of an address that shows the same lines.
func (q differenceQuery) String() string {
	v := url.Values{}
	for name, value := range map[string]string{"xem": q.state, "loai": string(q.kind), "sau": q.after} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v.Encode()
}

func (q differenceQuery) filter() admission.DifferenceFilter {
	return admission.DifferenceFilter{Closed: q.state == "dong", All: q.state == "ca", Kind: q.kind, After: q.after, Limit: differencesPerPage}
}

// showDifferences shows what differs at the gates.
func (s *Door) showDifferences(c *fiber.Ctx) error { return s.differences(c, differenceForm{}, nil) }

// differences shows the lines, one of them with what went wrong in its form.
func (s *Door) differences(c *fiber.Ctx, sent differenceForm, fault error) error {
	q, printing := readDifferenceQuery(c), c.Query("in") != ""
	f := q.filter()
	if printing {
		f.After, f.Limit = "", differencesOnPaper
	}
	found, err := s.App.Admission.Differences(c.UserContext(), frame.Actor(c), frame.EventParam(c), f)
	if err != nil {
		return err
	}
	frame.LeadsNowhere(c, "sau", len(found.Lines))
	p := differencesPage{GateHead: s.gateHead(c, found.Event, "difference.title"), MayClose: found.MayClose && !printing, Printing: printing}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	word, note := p.Part("word", p.T("difference.word")), p.Part("note", p.T("difference.note"))
	p.fillFilters(q, &found)
	p.Said = p.T("difference.said", found.Open, found.Closed)
	p.None = view.Empty{Icon: "circle-check", Title: p.T("difference.none"), Text: p.T("difference.none_text")}
	p.Printed = view.ShowInstant(s.App.NowMS())
	for i := range found.Lines {
		p.Lines = append(p.Lines, p.line(&found.Lines[i], &found))
		if l := &p.Lines[i]; fault != nil && l.Key == sent.Key {
			l.Failed, l.Word, l.Note, l.WordError, l.NoteError = true, sent.Word, sent.Note, word, note
		}
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "gates/differences", p)
}

// fillFilters fills the links that narrow the list.
func (p *differencesPage) fillFilters(q differenceQuery, found *admission.Differences) {
	here := p.Root + "/doi-chieu"
	to := func(q differenceQuery) string {
		q.after = ""
		if query := q.String(); query != "" {
			return here + "?" + query
		}
		return here
	}
	for _, tab := range []struct {
		state, label string
		n            int
	}{{"", "difference.open", found.Open}, {"dong", "difference.closed", found.Closed}} {
		p.Tabs = append(p.Tabs, view.FilterLink{Href: to(differenceQuery{state: tab.state}), Label: p.T(tab.label, tab.n), Current: q.state == tab.state})
	}
	if len(found.ByKind) > 1 || q.kind != "" {
		p.Kinds = append(p.Kinds, view.FilterLink{Href: to(differenceQuery{state: q.state}), Label: p.T("difference.all_kinds"), Current: q.kind == ""})
		for _, kind := range registry.DifferenceKinds {
			if n := found.ByKind[kind]; n > 0 || q.kind == kind {
				p.Kinds = append(p.Kinds, view.FilterLink{Href: to(differenceQuery{state: q.state, kind: kind}), Current: q.kind == kind,
					Label: p.T("difference.kind."+string(kind)) + " " + vn.Count(int64(n))})
			}
		}
	}
	p.Paper, p.CloseAt, p.ReopenAt = here+"?in=1&xem=ca", here+"?"+q.String(), here+"/mo-lai?"+q.String()
	if found.Next != "" && !p.Printing {
		next := q
		next.after = found.Next
		p.Next = here + "?" + next.String()
	}
}

// wordOptions are the words that a line is closed with.
func (p *differencesPage) wordOptions(chosen string) []view.Option {
	return view.Options(p.Base, "difference.word.", registry.DifferenceWords, chosen)
}

// closeDifference closes a line with a word.
func (s *Door) closeDifference(c *fiber.Ctx) error {
	var form differenceForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Admission.CloseDifference(c.UserContext(), frame.Actor(c), frame.EventParam(c), admission.DifferenceInput{
			Key: form.Key, Version: form.Version, Word: registry.DifferenceWord(form.Word), Note: form.Note})
	}
	if err != nil {
		return s.differences(c, form, err)
	}
	frame.Flash(c, "difference.flash.closed")
	return s.backToDifferences(c)
}

// reopenDifference opens a closed line again.
func (s *Door) reopenDifference(c *fiber.Ctx) error {
	var form struct {
		Key     string `form:"key"`
		Version int64  `form:"version"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.differences(c, differenceForm{}, err)
	}
	if err := s.App.Admission.ReopenDifference(c.UserContext(), frame.Actor(c), frame.EventParam(c), form.Key, form.Version); err != nil {
		return s.differences(c, differenceForm{}, err)
	}
	frame.Flash(c, "difference.flash.reopened")
	return s.backToDifferences(c)
}

// backToDifferences goes back to the list as it was narrowed.
func (s *Door) backToDifferences(c *fiber.Ctx) error {
	to := view.GateRoot(frame.EventParam(c)) + "/doi-chieu"
	if query := readDifferenceQuery(c).String(); query != "" {
		to += "?" + query
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
