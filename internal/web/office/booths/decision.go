package booths

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// decisionForm is the form of the review page as it was sent.
type decisionForm struct {
	Version  int64    `form:"version"`
	Event    string   `form:"event"` // that the queue is narrowed to
	Decision string   `form:"decision"`
	Granted  int      `form:"granted"`
	Anyway   bool     `form:"anyway"`    // approve although something is lacking
	Ask      []string `form:"ask"`       // keys of what is asked for
	PapersBy string   `form:"papers_by"` // as typed
	Reason   string   `form:"reason" lines:"many"`
}

// tried reports whether a decision was sent: the form shows it again then.
func (f decisionForm) tried() bool { return f.Version != 0 || f.Decision != "" }

// decisionFields are the decisions that an application allows, one group with one
// button.
type decisionFields struct {
	Choices  []decisionChoice
	Fault    string // that none was chosen
	Granted  view.Field
	Anyway   view.Field // Name "" where nothing is lacking
	Ask      *askPart   // nil where the vendor cannot be asked for more
	PapersBy view.Field
	Reason   view.Field
	Reach    string // how the vendor will hear of it
	Calls    bool   // by telephone
}

// decisionChoice is one of the decisions; Key chooses it from the keyboard.
type decisionChoice struct {
	Value, Label, Key string
	Chosen            bool
}

// decisions are the decisions in the order of the page, with their keys.
var decisions = []struct {
	to  registry.ApplicationState
	key string
}{{registry.AppApproved, "a"}, {registry.AppNeedsInfo, "h"}, {registry.AppWaitlisted, "c"}, {registry.AppDeclined, "x"}}

// papersAhead is how many days before the opening papers are asked for.
const papersAhead = 2

// decide draws the decisions, as they were sent if one was tried; else with the one
// chosen that the papers and the places left suggest, so that a clean application takes
// one tap.
func (p *reviewPage) decide(tried decisionForm, today string) {
	chosen := registry.ApplicationState(tried.Decision)
	if !tried.tried() {
		chosen = suggested(p.ApplicationView)
	}
	for _, d := range decisions {
		if p.State.CanBecome(d.to) {
			p.Choices = append(p.Choices, decisionChoice{string(d.to), p.T("application.decide." + string(d.to)), d.key, chosen == d.to})
		}
	}
	if len(p.Choices) == 0 {
		return
	}
	p.Fault = p.Part("decision", p.T("review.decide.heading"))
	if p.State.CanBecome(registry.AppApproved) {
		p.granted(tried)
	}
	p.papers(tried, today)
	p.Reason = p.TakeOne(view.Field{Name: "reason", Type: "textarea", Rows: 2, Label: p.T("review.field.reason"), Hint: p.T("review.field.reason.hint"), Value: tried.Reason})
	p.Reach = p.T("review.reach.mail")
	if p.Calls = p.Told.Letters == 0; p.Calls {
		p.Reach = p.T("review.reach.call")
	}
}

func (p *reviewPage) granted(tried decisionForm) {
	p.Granted = view.Field{Name: "granted", Type: "select", Label: p.T("application.decide.granted")}
	for n := 1; n <= p.Booths; n++ {
		p.Granted.Options = append(p.Granted.Options, view.Option{Value: strconv.Itoa(n), Label: p.T("application.booths_n", n),
			Selected: n == cmp.Or(tried.Granted, p.Booths)})
	}
	p.Granted = p.TakeOne(p.Granted)
}

// papers draws what can be asked for by name, and by when it is best there.
func (p *reviewPage) papers(tried decisionForm, today string) {
	if len(p.Lacking) > 0 && p.State.CanBecome(registry.AppApproved) {
		p.Anyway = p.TakeOne(view.Field{Name: "anyway", Type: "checkbox", Label: p.T("review.field.anyway"), Hint: p.T("review.field.anyway.hint"),
			Value: map[bool]string{true: "1"}[tried.Anyway]})
	}
	if p.State.CanBecome(registry.AppNeedsInfo) {
		var sent *decisionForm
		if tried.tried() {
			sent = &tried
		}
		part := asks(p.Base, p.Askable, sent)
		part.Fault = p.Part("ask", p.T("ask.heading"))
		p.Ask = &part
	}
	by := tried.PapersBy
	if !tried.tried() {
		by = papersDay(p.Event.OpensOn, today)
	}
	p.PapersBy = p.TakeOne(view.Field{Name: "papers_by", Type: "date", Label: p.T("review.field.papers_by"), Value: by})
}

// papersDay is the day by which papers are best there: a little before the opening;
// "" where that is past.
func papersDay(opens, today string) string {
	if day := vn.AddDays(opens, -papersAhead); day >= today {
		return vn.ShowDate(day)
	}
	return ""
}

// suggested is the decision that an application points to; "" where an officer is to
// weigh it without a hint.
func suggested(v booths.ApplicationView) registry.ApplicationState {
	switch {
	case v.State != registry.AppSubmitted && v.State != registry.AppWaitlisted:
		return ""
	case len(v.Lacking) > 0 && v.State == registry.AppSubmitted:
		return registry.AppNeedsInfo
	case len(v.Findings) > 0:
		return ""
	case v.Places.Booths > 0 && v.Places.Left() < v.Booths:
		return map[bool]registry.ApplicationState{true: registry.AppWaitlisted}[v.State == registry.AppSubmitted]
	}
	return registry.AppApproved
}

// takeDecision handles the form of the review page, and goes on to the next application
// of the queue.
func (s *Door) takeDecision(c *fiber.Ctx) error {
	var form decisionForm
	if err := frame.Bind(c, &form); err != nil {
		return s.review(c, form, triedNote{}, err)
	}
	actor, id := frame.Actor(c), registry.ApplicationID(c.Params("application"))
	v, err := s.App.Booths.ReviewedApplication(c.UserContext(), actor, id)
	if err != nil {
		return err
	}
	bar, err := s.spotOf(c, s.Page(c, "application.queue.title"), v.Application, registry.EventID(form.Event))
	if err != nil {
		return err
	}
	d := booths.Decision{Version: form.Version, Granted: form.Granted, Asks: form.Ask}
	if d.Reason, err = s.wording(c, form, v); err == nil {
		err = s.decideAs(c.UserContext(), actor, id, form.Decision, d)
	}
	if err != nil {
		return s.review(c, form, triedNote{}, err)
	}
	return s.onwards(c, v.Application, bar)
}

func (s *Door) decideAs(ctx context.Context, actor registry.Actor, id registry.ApplicationID, decision string, d booths.Decision) error {
	switch registry.ApplicationState(decision) {
	case registry.AppApproved:
		return s.App.Booths.ApproveApplication(ctx, actor, id, d)
	case registry.AppNeedsInfo:
		return s.App.Booths.AskForMore(ctx, actor, id, d)
	case registry.AppWaitlisted:
		return s.App.Booths.WaitlistApplication(ctx, actor, id, d)
	case registry.AppDeclined:
		return s.App.Booths.DeclineApplication(ctx, actor, id, d)
	}
	return registry.At("decision", "review.error.decision")
}

// wording is what the vendor is told of a decision: by when something is asked for, and the
// officer's own words. An approval of what does not meet the rules
// needs its tick, a day and words, each with its own fault.
func (s *Door) wording(c *fiber.Ctx, form decisionForm, v booths.ApplicationView) (string, error) {
	b, words := s.Page(c, "application.queue.title"), strings.TrimSpace(form.Reason)
	in := core.Input{Today: s.App.Today()}
	switch registry.ApplicationState(form.Decision) {
	case registry.AppApproved:
		if len(v.Lacking) == 0 || form.Version != v.Version {
			return words, nil
		}
		by := papersBy(&in, form.PapersBy, v)
		in.Faults.Check(form.Anyway, "anyway", "review.error.anyway")
		in.Faults.Check(by != "", "papers_by", "review.error.papers_by")
		in.Faults.Check(words != "", "reason", "error.application.lacking", len(v.Lacking))
		return words + "\n" + b.T("review.words.papers_by", vn.ShowDate(by)), in.Faults.Err()
	case registry.AppNeedsInfo:
		if len(form.Ask) == 0 && words == "" {
			return "", nil // a day alone asks for nothing
		}
		if by := papersBy(&in, form.PapersBy, v); by != "" {
			words = strings.TrimSpace(b.T("review.words.papers_by", vn.ShowDate(by)) + "\n" + words)
		}
		return words, in.Faults.Err()
	}
	return words, nil
}

// papersBy reads the day by which papers have to be there: from today to the last day on
// which the vendor comes.
func papersBy(in *core.Input, typed string, v booths.ApplicationView) string {
	by := in.Date("papers_by", typed)
	in.Faults.Check(by == "" || by >= in.Today && by <= v.ComesUntil(), "papers_by", "review.error.papers_range", vn.ShowDate(v.ComesUntil()))
	return by
}
