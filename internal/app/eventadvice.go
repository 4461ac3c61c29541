package app

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// Advice is a sentence about what an organiser should look at. Bad marks what is
// late or wrong already.
type Advice struct {
	Key  string
	Args []any
	Bad  bool
}

// EventFiling returns the window in which the registration of an event is to be
// filed and how it stands; ok is false if no rule was in force when it opens.
func (a *App) EventFiling(ctx context.Context, e registry.Event) (f registry.Filing, ok bool, err error) {
	set, err := a.siteSettings(ctx)
	rule, ok := registry.FilingRuleOn(set.Filing, e.OpensOn)
	return registry.FilingOf(e, rule, a.Today()), ok, err
}

// EventAdvice says what an organiser should look at before an event begins.
func (a *App) EventAdvice(ctx context.Context, e registry.Event) ([]Advice, error) {
	set, err := a.siteSettings(ctx)
	if err != nil {
		return nil, err
	}
	return a.adviceOn(e, set.Filing), nil
}

func (a *App) adviceOn(e registry.Event, rules []registry.FilingRule) (list []Advice) {
	switch e.State {
	case registry.Ended, registry.Reported, registry.Cancelled:
		return nil
	}
	if rule, ok := registry.FilingRuleOn(rules, e.OpensOn); ok {
		list = filingAdvice(registry.FilingOf(e, rule, a.Today()), list)
	}
	if e.Legal.Number == "" && e.Legal.Registration != registry.RegistrationToFile {
		list = append(list, Advice{Key: "event.advice.legal_number"})
	}
	if e.Legal.Registration == registry.RegistrationRefused {
		list = append(list, Advice{Key: "event.advice.refused", Bad: true})
	}
	if e.ApplyUntil == 0 {
		list = append(list, Advice{Key: "event.advice.window"})
	}
	if !e.HasPlace() {
		list = append(list, Advice{Key: "event.advice.place"})
	}
	return list
}

func filingAdvice(f registry.Filing, list []Advice) []Advice {
	args := []any{vn.ShowDate(f.From), vn.ShowDate(f.Until), f.Rule.Basis}
	switch f.State {
	case registry.FilingNotNeeded, registry.FilingInTime:
		return list
	case registry.FilingOverdue, registry.FilingWasLate, registry.FilingWasEarly:
		return append(list, Advice{Key: "event.advice.filing." + string(f.State), Args: args, Bad: true})
	}
	return append(list, Advice{Key: "event.advice.filing." + string(f.State), Args: args})
}
