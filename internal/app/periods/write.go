package periods

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
)

// Input is the form of a report: the figures that are typed, side by side with what was typed.
type Input struct {
	Codes   []string `form:"code" lines:"row"`
	Typed   []string `form:"typed" lines:"row"`
	Sure    bool     `form:"sure"` // what is hardly possible was looked at
	Version int64    `form:"version"`
	WordsInput
}

// WordsInput is the part of a form in which a unit says what figures do not.
type WordsInput struct {
	Advantages string `form:"advantages" lines:"many"`
	Limits     string `form:"limits" lines:"many"`
	Causes     string `form:"causes" lines:"many"`
	Proposals  string `form:"proposals" lines:"many"`
}

// Of is what was written of a topic.
func (in WordsInput) Of(t period.Topic) string {
	return map[period.Topic]string{period.Advantages: in.Advantages, period.Limits: in.Limits, period.Causes: in.Causes, period.Proposals: in.Proposals}[t]
}

// words reads what was written; the name of a field is that of its topic.
func (in WordsInput) words(r *core.Input) period.Words {
	words := period.Words{}
	for _, topic := range period.Topics {
		if text := strings.TrimSpace(r.Text(string(topic), in.Of(topic), period.MaxWords)); text != "" {
			words[topic] = text
		}
	}
	return words
}

// Field is where the fault of a typed figure stands.
func Field(c period.Code) string { return "typed." + string(c) }

// read reads what was typed; what is wrong is noted. An empty field is no figure. Malformed for what
// is no form of the report.
func (in Input) read(r *core.Input, figures []period.Figure, counted period.Values) (map[period.Code]int64, error) {
	if len(in.Codes) != len(in.Typed) {
		return nil, registry.E(registry.Malformed, "error.malformed")
	}
	typed := map[period.Code]int64{}
	for i, code := range in.Codes {
		at := slices.IndexFunc(figures, func(f period.Figure) bool { return f.Code == period.Code(code) })
		if at < 0 {
			return nil, registry.E(registry.Malformed, "error.malformed")
		}
		f := figures[at]
		if in.Typed[i] == "" {
			continue
		}
		n := int64(r.Count(Field(f.Code), in.Typed[i]))
		r.Faults.Check(n <= period.MaxTyped, Field(f.Code), "error.number_too_big")
		r.Faults.Check(f.MayType(counted), Field(f.Code), "period.error.counted", counted[f.Code].N)
		typed[f.Code] = n
	}
	return typed, nil
}

// writable reads a report for whoever files it. Conflict where it takes nothing, or a colleague
// was quicker; NotFound for whoever may not file it.
func (a *Service) writable(ctx context.Context, tx *store.Tx, actor registry.Actor, k period.Key, version int64) (s seen, err error) {
	if s, err = a.see(ctx, tx, actor, k); err != nil {
		return s, err
	}
	switch err := s.gate.Write(); {
	case !s.Files:
		return s, core.ErrHidden()
	case err != nil:
		return s, err
	case s.gate.Report.Version != version:
		return s, registry.E(registry.Conflict, "error.stale")
	}
	return s, nil
}

// draft is a report with what was typed of it, beside what the registers count.
type draft struct {
	period.Report
	unit    Unit
	figures []period.Figure
	counted period.Values
	lines   []period.Line
}

// draft reads what was typed of a report that may be written. Invalid at a field; Conflict where
// the report takes nothing, or a colleague was quicker.
func (a *Service) draft(ctx context.Context, tx *store.Tx, actor registry.Actor, k period.Key, in Input) (d draft, err error) {
	s, err := a.writable(ctx, tx, actor, k, in.Version)
	if err != nil {
		return d, err
	}
	d = draft{Report: s.gate.Report, unit: s.unit, figures: a.Forms.Figures(k.Form, k.Period)}
	if d.counted, d.lines, err = a.counted(ctx, tx, k, d.figures); err != nil {
		return d, err
	}
	r := core.Input{}
	if d.Typed, err = in.read(&r, d.figures, d.counted); err != nil {
		return d, err
	}
	d.Words = in.words(&r)
	return d, r.Faults.Err()
}

// Keep keeps what was typed of a report that is not handed in yet. Invalid at a field; Conflict
// where the report takes nothing, or a colleague was quicker.
func (a *Service) Keep(ctx context.Context, actor registry.Actor, k period.Key, in Input) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		d, err := a.draft(ctx, tx, actor, k, in)
		if err != nil {
			return none, err
		}
		return change("period.keep", d.unit, k.Period, fact.Count("period.typed", len(d.Typed)), fact.Count("period.words", len(d.Words))), stored.Save(ctx, tx, &d.Report, "", "")
	})
}

// Submit hands in a report: its figures and their rows are frozen as they are. What is hardly
// possible, and that phones still hold scans, has to be ticked as looked at, else it is Invalid at
// "sure". Invalid at a field;
// Conflict where the report takes nothing, or a colleague was quicker.
func (a *Service) Submit(ctx context.Context, actor registry.Actor, k period.Key, in Input) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		d, err := a.draft(ctx, tx, actor, k, in)
		if err != nil {
			return none, err
		}
		d.Values, d.Lines, d.Said = d.counted.WithTyped(d.figures, d.Typed), d.lines, d.Words
		held, err := stored.Held(ctx, tx, ask(k), []string{k.Unit})
		if err != nil {
			return none, err
		}
		if asked := len(period.Doubts(d.figures, k.Period.Part, d.Values)) + len(held); asked > 0 && !in.Sure {
			return none, registry.Faults{registry.At("sure", "period.error.sure", asked)}
		}
		d.State, d.SubmittedAt, d.SubmittedBy = period.Submitted, tx.NowMS(), actor.Name
		return change("period.submit", d.unit, k.Period, fact.Count("period.rows", len(d.Lines)), fact.Count("period.typed", len(d.Typed)),
				fact.Count("period.words", len(d.Words))),
			stored.Save(ctx, tx, &d.Report, actor.Account, "")
	})
}

// AddendumInput is the form of an addendum.
type AddendumInput struct {
	Reason string `form:"reason"`
}

// Add writes an addendum: what came after the report was locked, counted from its last addendum
// on; the locked report stays as it is. Sums of sales are told as changed, without their
// amounts. Invalid at "reason"; Conflict unless the report is locked and rows have come since;
// NotFound for whoever neither files it nor stands above.
func (a *Service) Add(ctx context.Context, actor registry.Actor, k period.Key, in AddendumInput) error {
	r := core.Input{}
	reason := r.Needed("reason", in.Reason, period.MaxReason)
	return a.Change(ctx, actor, func(tx *store.Tx) (none registry.Change, err error) {
		s, err := a.see(ctx, tx, actor, k)
		switch {
		case err != nil:
			return none, err
		case !s.Files && !s.Above:
			return none, core.ErrHidden()
		case s.gate.Standing() != period.Locked || s.gate.Report.Values == nil:
			return none, registry.E(registry.Conflict, "period.error.not_locked")
		case r.Faults.Err() != nil:
			return none, r.Faults.Err()
		}
		add, err := a.addendum(ctx, tx, s, k)
		if err != nil {
			return none, err
		}
		add.Reason, add.By = reason, actor.Name
		return change("period.add", s.unit, k.Period, fact.Number("period.addendum", add.N), fact.Said("reason", reason)),
			stored.AddAddendum(ctx, tx, add, actor.Account)
	})
}

// addendum compares the rows of now with those of the report or of its last addendum.
func (a *Service) addendum(ctx context.Context, tx *store.Tx, s seen, k period.Key) (add period.Addendum, err error) {
	before, err := addendaOf(ctx, tx, k)
	if err != nil {
		return add, err
	}
	base, err := stored.BaseLines(ctx, tx, s.gate.Report)
	if err != nil {
		return add, err
	}
	figures := a.Forms.Figures(k.Form, k.Period)
	_, lines, err := a.counted(ctx, tx, k, figures)
	if err != nil {
		return add, err
	}
	if len(period.Changes(base, lines)) == 0 {
		return add, registry.E(registry.Conflict, "period.error.nothing_new")
	}
	return period.Addendum{Key: k, N: len(before) + 1, Lines: lines, Moves: moves(figures, k.Form, base, lines)}, nil
}

// moves are the figures that rows changed, those aside that tell of single vendors.
func moves(figures []period.Figure, form period.FormCode, base, lines []period.Line) (list []period.Move) {
	was, is := period.Sum(figures, counts(form), base, period.Fewest), period.Sum(figures, counts(form), lines, period.Fewest)
	for _, f := range period.Moved(figures, was, is) {
		if !f.Secret {
			list = append(list, period.Move{Code: f.Code, Was: was[f.Code].N, Is: is[f.Code].N})
		}
	}
	return list
}
