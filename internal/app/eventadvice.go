package app

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Advice is a sentence about what an organiser should look at. Bad marks what is
// late or wrong already.
type Advice struct {
	Key  string
	Args []any
	Bad  bool
}

// filingRulesKey is the setting that replaces registry.FilingRules, as JSON.
const filingRulesKey = "event.filing_rules"

// filingRules returns the rules of filing in force on one day or another.
func (a *App) filingRules(ctx context.Context) (rules []registry.FilingRule, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		raw, err := tx.Setting(ctx, filingRulesKey)
		if err != nil || raw == "" {
			rules = registry.FilingRules
			return err
		}
		if err := json.Unmarshal([]byte(raw), &rules); err != nil {
			return fmt.Errorf("setting %s: %w", filingRulesKey, err)
		}
		return nil
	})
	return rules, err
}

// EventFiling returns the window in which the registration of an event is to be
// filed and how it stands; ok is false if no rule was in force when it opens.
func (a *App) EventFiling(ctx context.Context, e registry.Event) (f registry.Filing, ok bool, err error) {
	rules, err := a.filingRules(ctx)
	rule, ok := registry.FilingRuleOn(rules, e.OpensOn)
	return registry.FilingOf(e, rule, a.Today()), ok, err
}

// EventAdvice says what an organiser should look at before an event begins.
func (a *App) EventAdvice(ctx context.Context, e registry.Event) ([]Advice, error) {
	rules, err := a.filingRules(ctx)
	if err != nil {
		return nil, err
	}
	return a.adviceOn(e, rules), nil
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
