package supervision

import (
	"context"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Input is what the form of a supervision holds, as it was typed.
type Input struct {
	Content        string `form:"content" lines:"many"`
	By             string `form:"body"`
	HeldOn         string `form:"day"`
	Area           string `form:"area_ref"` // text form of a unit
	Subject        string `form:"subject"`
	SubjectName    string `form:"subject_name"`
	Event          string `form:"event"`
	Recommendation string `form:"recommendation" lines:"many"`
	DueOn          string `form:"due_on"`
	Paper          string `form:"paper"`
	Task           string `form:"task"`
	DropPaper      bool   `form:"drop_file"`
	Version        int64  `form:"version"`
	File           *core.Upload
}

// InputOf is a supervision as its form takes it.
func InputOf(s committee.SupervisionHeld) Input {
	in := Input{Content: s.Content, By: string(s.By), HeldOn: vn.ShowDate(s.HeldOn), Area: s.Area.String(), Subject: string(s.Subject), SubjectName: s.SubjectName,
		Event: string(s.Event), Recommendation: s.Recommendation, Paper: s.Paper, Version: s.Version}
	if s.DueOn != "" {
		in.DueOn = vn.ShowDate(s.DueOn)
	}
	if len(s.Tasks) > 0 {
		in.Task = string(s.Tasks[0])
	}
	return in
}

// fill reads a form into a supervision, or returns all faults at once.
func (a *Service) fill(in Input, s *committee.SupervisionHeld) error {
	r := core.Input{Today: a.Today()}
	s.Content = r.Text("content", in.Content, committee.MaxSupervisionText)
	r.Faults.Check(s.Content != "" || len(r.Faults) > 0, "content", "error.required")
	s.By = registry.BodyID(in.By)
	r.Faults.Check(s.By != "", "body", "error.choose")
	if in.HeldOn == "" {
		r.Faults.Add("day", "error.required")
	}
	s.HeldOn = r.Date("day", in.HeldOn)
	r.Faults.Check(s.HeldOn == "" || s.HeldOn >= committee.FirstCommDay, "day", "register.error.day")
	r.Faults.Check(s.HeldOn <= a.Today(), "day", "supervision.error.ahead")
	s.Area = a.UnitOn(&r, in.Area, s.HeldOn)
	s.Subject, s.Event = registry.BodyID(in.Subject), registry.EventID(in.Event)
	s.SubjectName = r.Line("subject_name", in.SubjectName, committee.MaxSupervisionLine)
	r.Faults.Check(s.Subject != "" || s.SubjectName != "" || s.Event != "", "subject_name", "supervision.error.subject")
	r.Faults.Check(s.Subject == "" || s.SubjectName == "", "subject_name", "supervision.error.two_subjects")
	s.Recommendation = r.Text("recommendation", in.Recommendation, committee.MaxSupervisionText)
	s.DueOn = r.Date("due_on", in.DueOn)
	r.Faults.Check(s.Recommendation == "" || in.DueOn != "", "due_on", "supervision.error.due")
	r.Faults.Check(s.Recommendation != "" || in.DueOn == "", "recommendation", "supervision.error.no_recommendation")
	r.Faults.Check(s.DueOn == "" || s.HeldOn == "" || s.DueOn >= s.HeldOn, "due_on", "supervision.error.due_before")
	s.Paper = r.Line("paper", in.Paper, committee.MaxSupervisionLine)
	s.Tasks = nil
	if in.Task != "" {
		s.Tasks = []registry.TaskID{registry.TaskID(in.Task)}
	}
	return r.Faults.Err()
}

// refer checks what a supervision refers to: a body for which the actor may write, a body and an
// event that are there, tasks that count supervisions. What it referred to before stays.
func (a *Service) refer(ctx context.Context, tx *store.Tx, actor registry.Actor, was, s *committee.SupervisionHeld) error {
	var faults registry.Faults
	if s.By != was.By {
		may, err := supervisors(ctx, tx, actor)
		if err != nil {
			return err
		}
		faults.Check(slices.ContainsFunc(may, func(b committee.Body) bool { return b.ID == s.By && b.StandsOn(s.HeldOn) }), "body", "register.error.body")
	}
	for _, c := range []struct {
		field string
		asked bool
		read  func() error
	}{
		{"subject", s.Subject != "" && s.Subject != was.Subject, func() error { _, err := tx.Body(ctx, s.Subject); return err }},
		{"event", s.Event != "" && s.Event != was.Event, func() error {
			e, err := tx.Event(ctx, s.Event)
			if err == nil && e.State == registry.Draft {
				err = core.ErrHidden()
			}
			return err
		}},
	} {
		if !c.asked {
			continue
		}
		if err := c.read(); registry.KindOf(err) == registry.NotFound {
			faults.Add(c.field, "error.choose")
		} else if err != nil {
			return err
		}
	}
	if len(s.Tasks) > 0 && !slices.Equal(s.Tasks, was.Tasks) {
		tasks, err := countingTasks(ctx, tx, actor)
		if err != nil {
			return err
		}
		faults.Check(slices.ContainsFunc(tasks, func(t committee.Task) bool { return t.ID == s.Tasks[0] }), "task", "error.choose")
	}
	return faults.Err()
}

// prepare makes a file of a paper that was sent; the zero File without one.
func prepare(ctx context.Context, u *core.Upload) (f registry.File, err error) {
	if u != nil && len(u.Data) > 0 {
		f, err = core.PrepareEvidence(ctx, "file", *u)
	}
	return f, err
}

// Enter writes a supervision. The actor needs to act for the body that supervised, or to manage
// plans in its area; else it is NotFound. Invalid at a field.
func (a *Service) Enter(ctx context.Context, actor registry.Actor, in Input) (s committee.SupervisionHeld, err error) {
	if _, err := a.Choices(ctx, actor); err != nil {
		return s, err
	}
	if err := a.fill(in, &s); err != nil {
		return s, err
	}
	paper, err := prepare(ctx, in.File)
	if err != nil {
		return s, err
	}
	s.Entered = committee.Entry{By: actor.Account, As: actor.Name}
	err = a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		if err := a.refer(ctx, tx, actor, &committee.SupervisionHeld{}, &s); err != nil {
			return none, err
		}
		if len(paper.Data) > 0 {
			if s.Evidence, err = tx.InsertFile(ctx, paper); err != nil {
				return none, err
			}
		}
		if err := tx.InsertSupervision(ctx, &s, a.Areas.Scope(s.Area)); err != nil {
			return none, err
		}
		return a.change("supervision.enter", s, append(fact.Facts{fact.Said("supervision.number", s.Number())}, facts(s)...)...), nil
	})
	return s, err
}

// Save corrects a supervision as it was read; the answer stays. NotFound for whoever may not
// write it; Invalid at a field; Conflict where a colleague was quicker, or it is struck out.
func (a *Service) Save(ctx context.Context, actor registry.Actor, id registry.SupervisionID, in Input) error {
	if err := a.may(ctx, actor, id, func(r Rights) bool { return r.Writes }); err != nil {
		return err
	}
	paper, err := prepare(ctx, in.File)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		was, err := a.writable(ctx, tx, actor, id)
		if err != nil {
			return none, err
		}
		s := was
		s.Version = in.Version
		if err := a.fill(in, &s); err != nil {
			return none, err
		}
		if s.Recommendation == "" && was.Answer != "" {
			return none, registry.Faults{registry.At("recommendation", "supervision.error.answered")}
		}
		if err := a.refer(ctx, tx, actor, &was, &s); err != nil {
			return none, err
		}
		if s.Evidence, err = exchange(ctx, tx, s.Evidence, paper, in.DropPaper); err != nil {
			return none, err
		}
		if err := a.store(ctx, tx, &s, was.Evidence, s.Evidence); err != nil {
			return none, err
		}
		return a.change("supervision.save", s, append(fact.Facts{fact.Said("supervision.number", s.Number())}, fact.Differences(facts(was), facts(s))...)...), nil
	})
}

// may is NotFound for whoever may not do something with a supervision, before work is done for it.
func (a *Service) may(ctx context.Context, actor registry.Actor, id registry.SupervisionID, allowed func(Rights) bool) error {
	return a.DB.Read(ctx, func(tx *store.Tx) error {
		_, r, err := a.heldFor(ctx, tx, actor, id)
		if err == nil && !allowed(r) {
			err = core.ErrHidden()
		}
		return err
	})
}

// writable reads a supervision for whoever may write it. Conflict for one that is struck out.
func (a *Service) writable(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.SupervisionID) (committee.SupervisionHeld, error) {
	s, r, err := a.heldFor(ctx, tx, actor, id)
	switch {
	case err != nil:
		return s, err
	case !r.Writes:
		return s, core.ErrHidden()
	case s.Struck.Is():
		return s, registry.E(registry.Conflict, "register.error.struck")
	}
	return s, nil
}

// exchange stores a new paper, or with drop leaves none; else what is there stays.
func exchange(ctx context.Context, tx *store.Tx, is registry.FileID, f registry.File, drop bool) (registry.FileID, error) {
	switch {
	case len(f.Data) > 0:
		return tx.InsertFile(ctx, f)
	case drop:
		return "", nil
	}
	return is, nil
}

// store saves a supervision, and destroys a paper that another one took the place of.
func (a *Service) store(ctx context.Context, tx *store.Tx, s *committee.SupervisionHeld, was, is registry.FileID) error {
	if err := tx.SaveSupervision(ctx, s, a.Areas.Scope(s.Area)); err != nil || was == "" || was == is {
		return err
	}
	return tx.DeleteFile(ctx, was)
}

// AnswerInput is what the form of an answer holds, as it was typed.
type AnswerInput struct {
	Answer     string `form:"answer" lines:"many"`
	AnsweredOn string `form:"answered_on"`
	Paper      string `form:"answer_paper"`
	DropPaper  bool   `form:"drop_file"`
	Version    int64  `form:"version"`
	File       *core.Upload
}

// Answer writes the answer to the recommendation of a supervision, or corrects it. The actor
// needs to act for the body that was supervised, or to be able to write the supervision; else it
// is NotFound. Invalid at a field; Conflict where a colleague was quicker, for one that is struck
// out, and where nothing was recommended.
func (a *Service) Answer(ctx context.Context, actor registry.Actor, id registry.SupervisionID, in AnswerInput) error {
	r := core.Input{Today: a.Today()}
	answer := r.Text("answer", in.Answer, committee.MaxSupervisionText)
	r.Faults.Check(answer != "" || len(r.Faults) > 0, "answer", "error.required")
	if in.AnsweredOn == "" {
		r.Faults.Add("answered_on", "error.required")
	}
	on := r.Date("answered_on", in.AnsweredOn)
	r.Faults.Check(on <= a.Today(), "answered_on", "supervision.error.ahead")
	number := r.Line("answer_paper", in.Paper, committee.MaxSupervisionLine)
	if err := a.may(ctx, actor, id, func(r Rights) bool { return r.Answers }); err != nil {
		return err
	}
	paper, err := prepare(ctx, in.File)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, rights, err := a.heldFor(ctx, tx, actor, id)
		switch {
		case err != nil:
			return none, err
		case !rights.Answers:
			return none, core.ErrHidden()
		case s.Struck.Is():
			return none, registry.E(registry.Conflict, "register.error.struck")
		case s.Recommendation == "":
			return none, registry.E(registry.Conflict, "supervision.error.nothing_asked")
		}
		faults := slices.Clone(r.Faults)
		faults.Check(on == "" || on >= s.HeldOn, "answered_on", "supervision.error.answered_before")
		if err := faults.Err(); err != nil {
			return none, err
		}
		was := s
		s.Version, s.Answer, s.AnsweredOn, s.AnswerPaper, s.AnsweredAs = in.Version, answer, on, number, actor.Name
		if s.AnswerFile, err = exchange(ctx, tx, s.AnswerFile, paper, in.DropPaper); err != nil {
			return none, err
		}
		if err := a.store(ctx, tx, &s, was.AnswerFile, s.AnswerFile); err != nil {
			return none, err
		}
		return a.change("supervision.answer", s, append(fact.Facts{fact.Said("supervision.number", s.Number())},
			fact.Differences(answerFacts(was), answerFacts(s))...)...), nil
	})
}

// StrikeInput strikes out a supervision for a reason, or counts it again.
type StrikeInput struct {
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
	Restore bool   // count it again
}

// Strike strikes out a supervision for a reason, or with restore counts it again. Invalid at
// "reason" without one; NotFound for whoever may not write it; Conflict where a colleague was
// quicker.
func (a *Service) Strike(ctx context.Context, actor registry.Actor, id registry.SupervisionID, in StrikeInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, rights, err := a.heldFor(ctx, tx, actor, id)
		switch {
		case err != nil:
			return none, err
		case !rights.Writes:
			return none, core.ErrHidden()
		case s.Struck.Is() != in.Restore:
			return none, registry.E(registry.Conflict, "error.stale")
		}
		action := "supervision.restore"
		s.Version, s.Struck = in.Version, committee.Struck{}
		if !in.Restore {
			r := core.Input{}
			action, s.Struck = "supervision.strike", committee.Struck{By: actor.Name, Why: r.Needed("reason", in.Reason, committee.MaxSupportReason)}
			if err := r.Faults.Err(); err != nil {
				return none, err
			}
		}
		return a.change(action, s, fact.Said("supervision.number", s.Number()), fact.Said("reason", s.Struck.Why)), tx.StrikeSupervision(ctx, &s)
	})
}

func (a *Service) change(action string, s committee.SupervisionHeld, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "supervision", ID: string(s.ID), Scope: a.Areas.Scope(s.Area), Detail: fact.Facts(facts)}
}

// facts are the fields of a supervision as the audit log compares them.
func facts(s committee.SupervisionHeld) fact.Facts {
	return fact.Facts{fact.Said("supervision.content", s.Content), fact.Ref("supervision.body", "body", s.By), fact.Date("supervision.day", s.HeldOn),
		fact.Place("supervision.area", s.Area), fact.Ref("supervision.subject", "body", s.Subject), fact.Said("supervision.subject_name", s.SubjectName),
		fact.Ref("supervision.event", "event", s.Event), fact.Said("supervision.recommendation", s.Recommendation), fact.Date("supervision.due_on", s.DueOn),
		fact.Said("supervision.paper", s.Paper), fact.Hidden("supervision.file", string(s.Evidence)), fact.List("supervision.task", fact.IDs("task"), s.Tasks...)}
}

// answerFacts are the fields of its answer.
func answerFacts(s committee.SupervisionHeld) fact.Facts {
	return fact.Facts{fact.Said("supervision.answer", s.Answer), fact.Date("supervision.answered_on", s.AnsweredOn),
		fact.Said("supervision.answer_paper", s.AnswerPaper), fact.Hidden("supervision.answer_file", string(s.AnswerFile))}
}
