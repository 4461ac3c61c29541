package core

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/personal"
	"hoicho/internal/store"
)

// KeepIn reads the rules of keeping in a transaction. Kinds that were never set are as at
// release.
func (a *Core) KeepIn(ctx context.Context, tx *store.Tx) (personal.KeepRules, error) {
	rules := personal.DefaultKeepRules()
	stored, err := tx.Setting(ctx, keyKeep)
	if err != nil || stored == "" {
		return rules, err
	}
	read := personal.KeepRules{}
	if err := json.Unmarshal([]byte(stored), &read); err != nil {
		return rules, fmt.Errorf("setting %s: %w", keyKeep, err)
	}
	for kind, of := range read {
		if kind.Valid() && len(of) > 0 {
			rules[kind] = of
		}
	}
	return rules, nil
}

// SaveKeep stores the rules of keeping. It is a Conflict if the settings have changed since
// they were read at a version.
func (a *Core) SaveKeep(ctx context.Context, tx *store.Tx, version int64, rules personal.KeepRules) error {
	if err := tx.StepSettings(ctx, version); err != nil {
		return err
	}
	raw, err := json.Marshal(rules)
	if err != nil {
		return err
	}
	return tx.SaveSetting(ctx, keyKeep, string(raw))
}

// KeepDays is for how many days personal data of a kind is kept after its matter is closed,
// by the rule of today.
func (a *Core) KeepDays(ctx context.Context, kind personal.KeepKind) (days int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rules, err := a.KeepIn(ctx, tx)
		days = personal.KeepRuleOn(rules[kind], a.Today()).Days
		return err
	})
	return days, err
}
