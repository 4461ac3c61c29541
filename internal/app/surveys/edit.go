package surveys

import (
	"context"
	"net/url"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Input is what the form of a survey holds, as it was typed.
type Input struct {
	Title      string `form:"title"`
	Question   string `form:"question"`
	Share      string `form:"share"`
	Method     string `form:"method"`
	MethodNote string `form:"method_note" lines:"many"`
	Sample     string `form:"sample"`
	Population string `form:"population"`
	Area       string `form:"area_ref"` // text form of a unit
	Since      string `form:"since_on"`
	Ended      string `form:"ended_on"`
	By         string `form:"carried_by"`
	Source     string `form:"source"`
	Link       string `form:"link"`
	IssuedOn   string `form:"issued_on"`
	Public     bool   `form:"public"`
	Version    int64  `form:"version"`
}

// InputOf is a survey as its form takes it.
func InputOf(s committee.Survey) Input {
	return Input{Title: s.Title, Question: s.Question, Share: strings.TrimSuffix(committee.ShowShare(s.Share), " %"), Method: string(s.Method),
		MethodNote: s.MethodNote, Sample: vn.Count(int64(s.Sample)), Population: s.Population, Area: s.Area.String(), Since: vn.ShowDate(s.From),
		Ended: vn.ShowDate(s.Until), By: s.By, Source: s.Source, Link: s.Link, IssuedOn: vn.ShowDate(s.IssuedOn), Public: s.Public, Version: s.Version}
}

// fill reads a form into a survey, or returns all faults at once.
func (a *Service) fill(in Input, s *committee.Survey) error {
	r := core.Input{Today: a.Today()}
	s.Title, s.Question = r.Needed("title", in.Title, committee.MaxSurveyLine), r.Needed("question", in.Question, committee.MaxSurveyText)
	s.Share = share(&r, in.Share)
	s.Method = committee.SurveyMethod(in.Method)
	r.Faults.Check(s.Method.Valid(), "method", "error.choose")
	s.MethodNote = r.Text("method_note", in.MethodNote, committee.MaxSurveyText)
	s.Sample = sample(&r, in.Sample)
	s.Population = r.Needed("population", in.Population, committee.MaxSurveyLine)
	s.By, s.Source = r.Needed("carried_by", in.By, committee.MaxSurveyLine), r.Needed("source", in.Source, committee.MaxSurveyLine)
	s.Link = r.Line("link", in.Link, committee.MaxCommLink)
	u, err := url.Parse(s.Link)
	r.Faults.Check(s.Link == "" || err == nil && u.Scheme == "https" && strings.Contains(u.Hostname(), ".") && u.User == nil, "link", "register.error.link")
	a.fillDays(&r, in, s)
	s.Area = a.UnitOn(&r, in.Area, s.From)
	return r.Faults.Err()
}

// share reads the result in tenths of a percent.
func share(r *core.Input, typed string) int {
	if typed == "" {
		r.Faults.Add("share", "error.required")
		return 0
	}
	tenths, ok := committee.ParseShare(typed)
	r.Faults.Check(ok, "share", "survey.error.share")
	r.Faults.Check(tenths <= committee.WholeShare, "share", "survey.error.over")
	return tenths
}

// sample reads how many were asked: somebody was.
func sample(r *core.Input, typed string) int {
	if typed == "" {
		r.Faults.Add("sample", "error.required")
		return 0
	}
	before := len(r.Faults)
	n := r.Count("sample", typed)
	if len(r.Faults) > before {
		return 0
	}
	r.Faults.Check(n >= 1, "sample", "survey.error.sample")
	r.Faults.Check(n <= committee.MaxSample, "sample", "error.number_too_big")
	return n
}

// fillDays reads when people were asked and when it was published: in that order, and none
// of it to come.
func (a *Service) fillDays(r *core.Input, in Input, s *committee.Survey) {
	for field, typed := range map[string]string{"since_on": in.Since, "ended_on": in.Ended} {
		if typed == "" {
			r.Faults.Add(field, "error.required")
		}
	}
	s.From, s.Until, s.IssuedOn, s.Public = r.Date("since_on", in.Since), r.Date("ended_on", in.Ended), r.Date("issued_on", in.IssuedOn), in.Public
	r.Faults.Check(s.From == "" || s.Until == "" || s.From <= s.Until, "ended_on", "survey.error.days")
	r.Faults.Check(s.Until <= a.Today(), "ended_on", "survey.error.future")
	r.Faults.Check(s.IssuedOn == "" || s.Until == "" || s.IssuedOn >= s.Until, "issued_on", "survey.error.issued")
	r.Faults.Check(s.IssuedOn <= a.Today(), "issued_on", "survey.error.future")
	r.Faults.Check(!s.Public || in.IssuedOn != "", "issued_on", "survey.error.unpublished")
}

// whole is everything that the form of a survey holds, in its order.
func whole(s committee.Survey) fact.Facts {
	return fact.Facts{fact.Said("survey.title", s.Title), fact.Said("survey.question", s.Question), fact.Said("survey.share", committee.ShowShare(s.Share)),
		fact.Code("survey.method", fact.SurveyMethod, s.Method), fact.Said("survey.method_note", s.MethodNote), fact.Count("survey.sample", s.Sample),
		fact.Said("survey.population", s.Population), fact.Place("survey.area", s.Area), fact.Date("survey.since_on", s.From),
		fact.Date("survey.ended_on", s.Until), fact.Said("survey.carried_by", s.By), fact.Said("survey.source", s.Source),
		fact.Said("survey.link", s.Link), fact.Date("survey.issued_on", s.IssuedOn), fact.Yes("survey.public", s.Public)}
}

func (a *Service) change(action string, s committee.Survey, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "survey", ID: string(s.ID), Scope: a.Areas.Scope(s.Area), Detail: fact.Facts(facts)}
}

// mayWrite refuses a unit of which the actor enters no surveys.
func (a *Service) mayWrite(actor registry.Actor, s committee.Survey) error {
	if keeps(actor, a.Areas.Scope(s.Area)) {
		return nil
	}
	return registry.Faults{registry.At("area", "register.error.area_not_yours")}
}

// Create enters a survey. The actor needs Communicate and ViewPlan in its unit. Invalid at
// a field.
func (a *Service) Create(ctx context.Context, actor registry.Actor, in Input) (s committee.Survey, err error) {
	if !actor.CanSomewhere(registry.Communicate) || !actor.CanSomewhere(registry.ViewPlan) {
		return s, core.ErrHidden()
	}
	if err := a.fill(in, &s); err != nil {
		return s, err
	}
	if err := a.mayWrite(actor, s); err != nil {
		return s, err
	}
	s.EnteredBy, s.EnteredAs = actor.Account, actor.Name
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		err := tx.InsertSurvey(ctx, &s, a.Areas.Scope(s.Area))
		return a.change("survey.create", s, whole(s)...), err
	})
	return s, err
}

// Save corrects a survey as it was read. NotFound for whoever may not change it; Invalid at
// a field; Conflict where a colleague was quicker, or it is struck out.
func (a *Service) Save(ctx context.Context, actor registry.Actor, id registry.SurveyID, in Input) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.surveyFor(ctx, tx, actor, id, true)
		switch {
		case err != nil:
			return none, err
		case was.Struck():
			return none, registry.E(registry.Conflict, "register.error.struck")
		}
		s := was
		s.Version = in.Version
		if err := a.fill(in, &s); err != nil {
			return none, err
		}
		if err := a.mayWrite(actor, s); err != nil {
			return none, err
		}
		return a.change("survey.save", s, fact.Differences(whole(was), whole(s))...), tx.SaveSurvey(ctx, &s, a.Areas.Scope(s.Area))
	})
}

// Strike strikes out a survey for a reason: it stays in the list and is shown nowhere else.
// Without a reason it is Invalid at "reason"; NotFound for whoever may not change it;
// Conflict where a colleague was quicker.
func (a *Service) Strike(ctx context.Context, actor registry.Actor, id registry.SurveyID, version int64, reason string) error {
	r := core.Input{}
	if reason = r.Needed("reason", reason, committee.MaxCommReason); r.Faults.Err() != nil {
		return r.Faults.Err()
	}
	return a.strike(ctx, actor, id, version, reason)
}

// Restore takes back that a survey was struck out. NotFound for whoever may not change it;
// Conflict where a colleague was quicker.
func (a *Service) Restore(ctx context.Context, actor registry.Actor, id registry.SurveyID, version int64) error {
	return a.strike(ctx, actor, id, version, "")
}

func (a *Service) strike(ctx context.Context, actor registry.Actor, id registry.SurveyID, version int64, reason string) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, err := a.surveyFor(ctx, tx, actor, id, true)
		if err != nil {
			return none, err
		}
		if s.Struck() == (reason != "") || s.Version != version {
			return none, registry.E(registry.Conflict, "error.stale")
		}
		action := "survey.restore"
		if reason != "" {
			action = "survey.strike"
		}
		return a.change(action, s, fact.Said("survey.title", s.Title), fact.Said("reason", reason)), tx.StrikeSurvey(ctx, &s, actor.Name, reason)
	})
}
