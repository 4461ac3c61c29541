package personal

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	kept "hoicho/internal/store/personal"
	"hoicho/internal/vn"
)

// Keeping is how long personal data of a kind is kept.
type Keeping struct {
	Kind   personal.KeepKind
	Rule   personal.KeepRule   // of today
	Coming []personal.KeepRule // of later days, the next first
	Next   string              // the day of the next run
	Due    int                 // rows that it will destroy
}

// KeepBoard is what the office sees of keeping.
type KeepBoard struct {
	Kinds   []Keeping
	Runs    []personal.Run // the latest, the last first
	Version int64          // of the settings
}

// runsMost is how many runs the office sees.
const runsMost = 60

// KeepBoard shows the rules and what they did. NotFound for all but administrators of the
// whole installation.
func (a *Service) KeepBoard(ctx context.Context, actor registry.Actor) (b KeepBoard, err error) {
	if !answers(actor) {
		return b, core.ErrHidden()
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		set, err := a.SettingsIn(ctx, tx)
		if err != nil {
			return err
		}
		rules, err := a.KeepIn(ctx, tx)
		if err != nil {
			return err
		}
		b.Kinds, b.Version = nil, set.Version
		for _, kind := range personal.KeepKinds {
			k := Keeping{Kind: kind, Rule: personal.KeepRuleOn(rules[kind], a.Today()), Coming: after(rules[kind], a.Today())}
			if k.Next, err = a.nextRun(ctx, tx, kind); err != nil {
				return err
			}
			if k.Due, err = due(ctx, tx, kind, rules[kind], k.Next); err != nil {
				return err
			}
			b.Kinds = append(b.Kinds, k)
		}
		b.Runs, err = kept.Runs(ctx, tx, runsMost)
		return err
	})
	return b, err
}

// after are the rules of days after one.
func after(rules []personal.KeepRule, day string) []personal.KeepRule {
	i := slices.IndexFunc(rules, func(r personal.KeepRule) bool { return r.From > day })
	if i < 0 {
		return nil
	}
	return rules[max(i, 1):] // the first one holds before its day too
}

// nextRun is the day of the next run of a kind: a day has one.
func (a *Service) nextRun(ctx context.Context, tx *store.Tx, kind personal.KeepKind) (string, error) {
	last, err := kept.LastRun(ctx, tx, kind)
	if err != nil || last == 0 {
		return a.Today(), err
	}
	return max(a.Today(), vn.AddDays(vn.DateOf(time.UnixMilli(last)), 1)), nil
}

// due counts what a run on a day would destroy by rules.
func due(ctx context.Context, tx *store.Tx, kind personal.KeepKind, rules []personal.KeepRule, day string) (n int, err error) {
	for _, span := range personal.Due(rules, day) {
		of, err := kept.CountDue(ctx, tx, kind, span)
		if err != nil {
			return 0, err
		}
		n += of
	}
	return n, nil
}

// RuleInput is a rule of keeping as it was typed.
type RuleInput struct {
	From    string `form:"from"`
	Days    string `form:"days"`
	Basis   string `form:"basis"`
	Version int64  `form:"version"` // of the settings, as they were read
}

// RuleEffect is what a new rule does, of the rows that are there now.
type RuleEffect struct {
	personal.KeepRule
	Until           string // the day of the first run under it, YYYY-MM-DD
	Gone, Otherwise int    // destroyed by the end of that day; without the rule
}

// PlanRule says what a new rule would do. Invalid at a field: it begins today or later.
func (a *Service) PlanRule(ctx context.Context, actor registry.Actor, kind personal.KeepKind, in RuleInput) (e RuleEffect, err error) {
	if e.KeepRule, err = a.readRule(actor, kind, in); err != nil {
		return e, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rules, err := a.KeepIn(ctx, tx)
		if err != nil {
			return err
		}
		next, err := a.nextRun(ctx, tx, kind)
		if err != nil {
			return err
		}
		e.Until = max(e.From, next)
		if e.Otherwise, err = due(ctx, tx, kind, rules[kind], e.Until); err != nil {
			return err
		}
		e.Gone, err = due(ctx, tx, kind, with(rules[kind], e.KeepRule), e.Until)
		return err
	})
	return e, err
}

func (a *Service) readRule(actor registry.Actor, kind personal.KeepKind, in RuleInput) (rule personal.KeepRule, err error) {
	if !answers(actor) || !kind.Valid() {
		return rule, core.ErrHidden()
	}
	r := core.Input{Today: a.Today()}
	within := registry.KeepDaysRange
	from, bad := vn.ParseDate(in.From, a.Today())
	r.Faults.Check(bad == nil, "from", "keep.error.from")
	r.Faults.Check(bad != nil || from >= a.Today(), "from", "keep.error.past")
	days, bad := strconv.Atoi(strings.TrimSpace(in.Days))
	r.Faults.Check(bad == nil && within.Holds(days), "days", "keep.error.days", within.Least, within.Most)
	rule = personal.KeepRule{From: from, Days: days, Basis: r.Line("basis", in.Basis, 200)}
	return rule, r.Faults.Err()
}

// with are rules with one more, in the place of one of the same day.
func with(rules []personal.KeepRule, more personal.KeepRule) []personal.KeepRule {
	next := slices.DeleteFunc(slices.Clone(rules), func(r personal.KeepRule) bool { return r.From == more.From })
	next = append(next, more)
	slices.SortFunc(next, func(x, y personal.KeepRule) int { return strings.Compare(x.From, y.From) })
	return next
}

// SetRule makes a rule hold from its day on. Invalid at a field, Conflict where the settings
// have changed since.
func (a *Service) SetRule(ctx context.Context, actor registry.Actor, kind personal.KeepKind, in RuleInput) error {
	rule, err := a.readRule(actor, kind, in)
	if err != nil {
		return err
	}
	return a.saveRules(ctx, actor, kind, in.Version, func(rules []personal.KeepRule) ([]personal.KeepRule, error) {
		next := with(rules, rule)
		if len(next) > registry.MaxDatedRules {
			return nil, registry.At("from", "keep.error.many", registry.MaxDatedRules)
		}
		return next, nil
	})
}

// DropRule takes back a rule whose day has not come. It is a Conflict once it holds.
func (a *Service) DropRule(ctx context.Context, actor registry.Actor, kind personal.KeepKind, from string, version int64) error {
	if !answers(actor) || !kind.Valid() {
		return core.ErrHidden()
	}
	return a.saveRules(ctx, actor, kind, version, func(rules []personal.KeepRule) ([]personal.KeepRule, error) {
		if !slices.ContainsFunc(after(rules, a.Today()), func(r personal.KeepRule) bool { return r.From == from }) {
			return nil, registry.E(registry.Conflict, "keep.error.holds")
		}
		return slices.DeleteFunc(slices.Clone(rules), func(r personal.KeepRule) bool { return r.From == from }), nil
	})
}

func (a *Service) saveRules(ctx context.Context, actor registry.Actor, kind personal.KeepKind, version int64,
	change func([]personal.KeepRule) ([]personal.KeepRule, error)) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		rules, err := a.KeepIn(ctx, tx)
		if err != nil {
			return registry.Change{}, err
		}
		was := rules[kind]
		if rules[kind], err = change(was); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "keep.rule", Object: "keep", ID: string(kind),
			Detail: fact.Facts{kindFact(kind), fact.Difference(ruleFact(was), ruleFact(rules[kind]))}}, a.SaveKeep(ctx, tx, version, rules)
	})
}

func kindFact(kind personal.KeepKind) fact.Fact { return fact.Code("keep.kind", fact.KeepKind, kind) }

func ruleFact(rules []personal.KeepRule) fact.Fact {
	lines := make([]string, len(rules))
	for i, r := range rules {
		lines[i] = strings.TrimSuffix(fmt.Sprintf("%s %d · %s", r.From, r.Days, r.Basis), " · ")
	}
	return fact.List("keep.rules", fact.DatedRule, lines...)
}

// KeepNightly carries out the rules of keeping of those kinds for which that was not done
// today, and returns how many rows lost what is personal.
func (a *Service) KeepNightly(ctx context.Context) (n int, err error) {
	for _, kind := range personal.KeepKinds {
		gone, err := a.keep(ctx, kind)
		if err != nil {
			return n, fmt.Errorf("keeping of %s: %w", kind, err)
		}
		n += gone
	}
	return n, nil
}

// keep carries out the rules of a kind, unless that was done today. What it destroyed is a
// row of the runs, and a line of the log where it is something.
func (a *Service) keep(ctx context.Context, kind personal.KeepKind) (n int, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		n = 0
		if next, err := a.nextRun(ctx, tx, kind); err != nil || next > a.Today() {
			return err
		}
		rules, err := a.KeepIn(ctx, tx)
		if err != nil {
			return err
		}
		for _, span := range personal.Due(rules[kind], a.Today()) {
			gone, err := kept.Destroy(ctx, tx, kind, span)
			if err != nil {
				return err
			}
			n += gone
		}
		return noteRun(ctx, tx, personal.Run{Kind: kind, Gone: n}, personal.KeepRuleOn(rules[kind], a.Today()))
	})
	return n, err
}

func noteRun(ctx context.Context, tx *store.Tx, run personal.Run, rule personal.KeepRule) error {
	run.From, run.Days = rule.From, rule.Days
	if err := kept.InsertRun(ctx, tx, run); err != nil || run.Gone == 0 {
		return err
	}
	return tx.Audit(ctx, registry.SystemActor("retention"), registry.Change{Action: "keep.run", Object: "keep", ID: string(run.Kind),
		Detail: fact.Facts{kindFact(run.Kind), fact.Count("keep.gone", run.Gone)}})
}
