package core

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// The keys under which the settings are stored.
const (
	keyProvince    = "site.province"
	keyOfferHours  = "offer.hours"
	keyHoldMinutes = "booth.hold_minutes"
	keyOverdueDays = "review.overdue_days"
	keyEraseDays   = "personal.erase_days"
	keyFiling      = "event.filing_rules"
	keyKeep        = "personal.keep_rules"
	keyShown       = "inspection.findings_shown"
)

// readOnce is the key of a context under which the settings lie once they were read.
type readOnce struct{}

// ReadOnce returns a context whose reading transactions share one reading of the settings;
// one that writes reads them anew. Use one context for one request.
func ReadOnce(ctx context.Context) context.Context {
	return context.WithValue(ctx, readOnce{}, new(atomic.Pointer[registry.Settings]))
}

// SettingsIn reads the settings in a transaction. What was never set, or is none,
// is as at release.
func (a *Core) SettingsIn(ctx context.Context, tx *store.Tx) (registry.Settings, error) {
	kept, _ := ctx.Value(readOnce{}).(*atomic.Pointer[registry.Settings])
	if kept == nil {
		return a.readSettingsIn(ctx, tx)
	}
	if s := kept.Load(); s != nil && tx.Reads() {
		return *s, nil
	}
	s, err := a.readSettingsIn(ctx, tx)
	switch {
	case !tx.Reads(): // they may be changed
		kept.Store(nil)
	case err == nil:
		kept.Store(&s)
	}
	return s, err
}

func (a *Core) readSettingsIn(ctx context.Context, tx *store.Tx) (s registry.Settings, err error) {
	s = registry.DefaultSettings()
	stored, version, err := tx.Settings(ctx)
	if err != nil {
		return s, err
	}
	s.Version = version
	if code := stored[keyProvince]; a.isProvince(code) {
		s.Province = code
	}
	for key, n := range map[string]*int{keyOfferHours: &s.OfferHours, keyHoldMinutes: &s.HoldMinutes, keyOverdueDays: &s.OverdueDays} {
		if v, bad := strconv.Atoi(stored[key]); bad == nil && v > 0 {
			*n = v
		}
	}
	if v, bad := strconv.Atoi(stored[keyEraseDays]); bad == nil && registry.EraseDaysRange.Holds(v) {
		s.EraseDays = v
	}
	if slices.Contains(registry.FindingsShownChoices, stored[keyShown]) {
		s.FindingsShown = stored[keyShown]
	}
	return s, readRules(stored, keyFiling, &s.Filing)
}

// readRules replaces rules by those stored, if there are any.
func readRules[T any](stored map[string]string, key string, rules *[]T) error {
	if stored[key] == "" {
		return nil
	}
	var read []T
	if err := json.Unmarshal([]byte(stored[key]), &read); err != nil {
		return fmt.Errorf("setting %s: %w", key, err)
	}
	if len(read) > 0 {
		*rules = read
	}
	return nil
}

func (a *Core) isProvince(code string) bool {
	ref := registry.AreaRef{Edition: registry.Edition2025, Code: code}
	_, ok := a.Areas.Lookup(ref)
	return ok && ref.IsProvince()
}

// SiteSettings reads the settings in a transaction of its own.
func (a *Core) SiteSettings(ctx context.Context) (registry.Settings, error) {
	s := registry.DefaultSettings()
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		s, err = a.SettingsIn(ctx, tx)
		return err
	})
	return s, err
}

// Settings returns the settings. The actor needs ManageSettings for the whole
// country, else they are NotFound: they hold for every area.
func (a *Core) Settings(ctx context.Context, actor registry.Actor) (registry.Settings, error) {
	if !actor.Can(registry.ManageSettings, nil) {
		return registry.Settings{}, registry.E(registry.NotFound, "error.not_found")
	}
	return a.SiteSettings(ctx)
}

// SettingsInput is the form of the settings. The lines of dated rules are columns
// of equal length; a line without a day is left out if it is empty.
type SettingsInput struct {
	Province                           string
	OfferHours, HoldMinutes, Overdue   int
	EraseDays                          int
	FindingsShown                      string
	FilingFrom, FilingFirst, FilingEnd []string
	FilingAnswer, FilingChange         []string
	FilingReport, FilingWays           []string
	FilingBasis                        []string
	Version                            int64
	Unread                             registry.Faults // what could not be read at all, told with the rest
}

// SaveSettings changes the settings. Invalid at a field; Conflict if somebody else
// has changed them since they were read; NotFound without ManageSettings for the
// whole country.
func (a *Core) SaveSettings(ctx context.Context, actor registry.Actor, in SettingsInput) error {
	if !actor.Can(registry.ManageSettings, nil) {
		return registry.E(registry.NotFound, "error.not_found")
	}
	next, err := a.readSettings(in)
	if err != nil {
		return err
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if err := tx.StepSettings(ctx, in.Version); err != nil {
			return registry.Change{}, err
		}
		was, err := a.SettingsIn(ctx, tx)
		if err != nil {
			return registry.Change{}, err
		}
		stored := storedForm(was)
		for key, value := range storedForm(next) {
			if stored[key] == value {
				continue
			}
			if err := tx.SaveSetting(ctx, key, value); err != nil {
				return registry.Change{}, err
			}
		}
		return registry.Change{Action: "setting.save", Object: "setting", ID: "site",
			Detail: fact.Differences(settingFacts(was), settingFacts(next))}, nil
	})
}

// ChooseProvince sets the province of an installation that has none yet. Invalid at
// province; Conflict if somebody has chosen one before; NotFound without
// ManageSettings for the whole country.
func (a *Core) ChooseProvince(ctx context.Context, actor registry.Actor, code string) error {
	if !actor.Can(registry.ManageSettings, nil) {
		return registry.E(registry.NotFound, "error.not_found")
	}
	if !a.isProvince(code) {
		return registry.At("province", "error.setting.province")
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		was, err := a.SettingsIn(ctx, tx)
		if err == nil && was.Province != "" {
			err = registry.E(registry.Conflict, "error.stale")
		}
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.StepSettings(ctx, was.Version); err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: "setting.save", Object: "setting", ID: "site",
				Detail: fact.Facts{fact.Difference(provinceFact(""), provinceFact(code))}},
			tx.SaveSetting(ctx, keyProvince, code)
	})
}

// storedForm is how settings are stored.
func storedForm(s registry.Settings) map[string]string {
	filing, _ := json.Marshal(s.Filing) // of texts and numbers: cannot fail
	return map[string]string{keyProvince: s.Province, keyOfferHours: strconv.Itoa(s.OfferHours),
		keyHoldMinutes: strconv.Itoa(s.HoldMinutes), keyOverdueDays: strconv.Itoa(s.OverdueDays), keyEraseDays: strconv.Itoa(s.EraseDays),
		keyFiling: string(filing), keyShown: s.FindingsShown}
}

// settingFacts are settings as the audit log tells them.
func settingFacts(s registry.Settings) fact.Facts {
	filing := make([]string, len(s.Filing))
	for i, r := range s.Filing {
		filing[i] = fmt.Sprintf("%s %d–%d · %d · %d · %d · %s · %s", r.From, r.LatestDays, r.EarliestDays, r.AnswerDays, r.ChangeDays, r.ReportDays, r.Ways, r.Basis)
	}
	return fact.Facts{provinceFact(s.Province), fact.Count("offer_hours", s.OfferHours), fact.Count("hold_minutes", s.HoldMinutes),
		fact.Count("overdue_days", s.OverdueDays), fact.Count("erase_days", s.EraseDays), fact.Code("findings_shown", fact.FindingsShown, s.FindingsShown), fact.List("filing_rules", fact.DatedRule, filing...)}
}

// provinceFact names a province of today; none has the empty code.
func provinceFact(code string) fact.Fact {
	if code == "" {
		return fact.Place("province", registry.AreaRef{})
	}
	return fact.Place("province", registry.AreaRef{Edition: registry.Edition2025, Code: code})
}

// readSettings checks what was filled in and gathers what is wrong with it.
func (a *Core) readSettings(in SettingsInput) (registry.Settings, error) {
	r := Input{Today: a.Today(), Faults: in.Unread}
	s := registry.Settings{Province: in.Province, OfferHours: in.OfferHours, HoldMinutes: in.HoldMinutes, OverdueDays: in.Overdue, EraseDays: in.EraseDays,
		FindingsShown: in.FindingsShown}
	r.Faults.Check(slices.Contains(registry.FindingsShownChoices, in.FindingsShown), "findings_shown", "error.choose")
	r.Faults.Check(a.isProvince(in.Province), "province", "error.setting.province")
	for _, n := range []struct {
		field string
		value int
		in    registry.NumberRange
	}{
		{"offer_hours", s.OfferHours, registry.OfferHoursRange},
		{"hold_minutes", s.HoldMinutes, registry.HoldMinutesRange},
		{"overdue_days", s.OverdueDays, registry.OverdueDaysRange},
		{"erase_days", s.EraseDays, registry.EraseDaysRange},
	} {
		r.Between(n.field, n.value, n.in.Least, n.in.Most)
	}
	s.Filing = r.filingRules(in)
	return s, r.Faults.Err()
}

// ruleLines walks over the lines of dated rules that are not empty and checks
// their days: each once, at least one line.
func (in *Input) ruleLines(field string, columns [][]string, line func(n int, from string)) {
	seen := map[string]bool{}
	for i := range columns[0] {
		cells := ""
		for _, column := range columns {
			if len(column) != len(columns[0]) {
				in.Faults.Add(field, "error.setting.lines")
				return
			}
			cells += column[i]
		}
		if strings.TrimSpace(cells) == "" {
			continue
		}
		from, err := vn.ParseDate(columns[0][i], in.Today)
		in.Faults.Check(err == nil && !seen[from], field, "error.setting.from", i+1)
		seen[from] = true
		line(i, from)
	}
	in.Faults.Check(len(seen) > 0, field, "error.setting.none")
	in.Faults.Check(len(columns[0]) <= registry.MaxDatedRules, field, "error.setting.lines")
}

// days reads a number of days in a line of dated rules.
func (in *Input) days(field, text string, within registry.NumberRange, n int) int {
	days, err := strconv.Atoi(strings.TrimSpace(text))
	in.Faults.Check(err == nil && within.Holds(days), field, "error.setting.days", n+1, within.Least, within.Most)
	return days
}

func (in *Input) filingRules(f SettingsInput) (rules []registry.FilingRule) {
	const field = "filing"
	in.ruleLines(field, [][]string{f.FilingFrom, f.FilingFirst, f.FilingEnd, f.FilingAnswer, f.FilingChange, f.FilingReport, f.FilingWays, f.FilingBasis}, func(n int, from string) {
		rule := registry.FilingRule{From: from, Basis: in.basis(field, f.FilingBasis[n], n),
			EarliestDays: in.days(field, f.FilingFirst[n], registry.FilingDaysRange, n),
			LatestDays:   in.days(field, f.FilingEnd[n], registry.FilingDaysRange, n),
			AnswerDays:   in.days(field, f.FilingAnswer[n], registry.FilingDaysRange, n),
			ChangeDays:   in.days(field, f.FilingChange[n], registry.FilingDaysRange, n),
			ReportDays:   in.days(field, f.FilingReport[n], registry.FilingDaysRange, n),
			Ways:         in.Line(field, f.FilingWays[n], 200)}
		in.Faults.Check(rule.EarliestDays >= rule.LatestDays, field, "error.setting.window", n+1)
		rules = append(rules, rule)
	})
	slices.SortFunc(rules, func(x, y registry.FilingRule) int { return strings.Compare(x.From, y.From) })
	return rules
}

// basis reads the paper that a rule stands in.
func (in *Input) basis(field, text string, n int) string {
	text = in.Line(field, text, 200)
	in.Faults.Check(text != "", field, "error.setting.basis", n+1)
	return text
}
