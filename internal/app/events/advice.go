package events

import (
	"context"
	"slices"
	"strings"

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

// EventAdvice says what an organiser should look at before an event begins, and until
// when the result is reported; "" where no rule asks for that.
func (a *Service) EventAdvice(ctx context.Context, e registry.Event) (list []Advice, reportUntil string, err error) {
	set, err := a.SiteSettings(ctx)
	if err != nil {
		return nil, "", err
	}
	if rule, known := registry.FilingRuleOf(set.Filing, e, a.Today()); known && registered(e.Legal) {
		reportUntil = registry.FilingOf(e, rule, a.Today()).ReportUntil
	}
	return a.AdviceOn(e, set.Filing), reportUntil, nil
}

// AdviceOn is what the filing rules in force say about an event as it stands now.
func (a *Service) AdviceOn(e registry.Event, rules []registry.FilingRule) (list []Advice) {
	rule, known := registry.FilingRuleOf(rules, e, a.Today())
	filing := registry.FilingOf(e, rule, a.Today())
	switch e.State {
	case registry.Ended:
		if known {
			list = reportAdvice(e, filing, a.Today())
		}
		return list
	case registry.Reported, registry.Cancelled:
		return nil
	}
	if known {
		list = filingAdvice(e, filing, a.Today())
	}
	if !slices.Contains(e.Asked, "legal_number") { // else the copy says what it lacks
		list = append(list, basisAdvice(e.Legal)...)
	}
	if e.Legal.Registration == registry.RegistrationRefused {
		list = append(list, Advice{Key: "event.advice.refused", Bad: true})
	}
	if e.ApplyUntil == 0 {
		list = append(list, Advice{Key: "event.advice.window"})
	}
	if !e.HasPlace() && !slices.Contains(e.Asked, "place") {
		list = append(list, Advice{Key: "event.advice.place"})
	}
	return list
}

// basisAdvice asks for the paper that an event rests on. Only a programme of the
// Prime Minister or the province's People's Committee exempts a fair from being
// registered (81/2018/NĐ-CP, Điều 29.1): a commune's own decision does not.
func basisAdvice(l registry.LegalBasis) []Advice {
	switch {
	case l.Registration == registry.RegistrationNotNeeded && (l.Number == "" || l.Issuer == "" || l.IssuedOn == ""):
		return []Advice{{Key: "event.advice.exempt_basis", Bad: true}}
	case l.Registration == registry.RegistrationNotNeeded && ofCommune(l.Issuer):
		return []Advice{{Key: "event.advice.exempt_commune", Args: []any{l.Issuer}, Bad: true}}
	case l.Number == "" && l.Registration != registry.RegistrationToFile && l.Registration != registry.RegistrationNotNeeded:
		return []Advice{{Key: "event.advice.legal_number"}}
	}
	return nil
}

// ofCommune reports whether a paper's issuer reads like that of a commune, a ward
// or a former district: the first kind of unit in its name is its own.
func ofCommune(issuer string) bool {
	for _, word := range strings.Fields(vn.Fold(issuer)) {
		switch word {
		case "tinh", "so", "bo", "tuong":
			return false
		case "xa", "phuong", "huyen", "quan":
			return true
		}
	}
	return false
}

// filingAdvice says when and how the registration is filed, when the department
// answers, and until when a change can be asked for.
func filingAdvice(e registry.Event, f registry.Filing, today string) (list []Advice) {
	args := []any{vn.ShowDate(f.From), vn.ShowDate(f.Until), f.Rule.Basis}
	switch f.State {
	case registry.FilingNotNeeded:
		return nil
	case registry.FilingOverdue, registry.FilingWasLate, registry.FilingWasEarly:
		list = append(list, Advice{Key: "event.advice.filing." + string(f.State), Args: args, Bad: true})
	case registry.FilingTooEarly, registry.FilingDue:
		list = append(list, Advice{Key: "event.advice.filing." + string(f.State), Args: args})
	}
	if e.Legal.FiledOn == "" && f.Rule.Ways != "" && f.State != registry.FilingOverdue {
		list = append(list, Advice{Key: "event.advice.filing.ways", Args: []any{f.Rule.Ways, f.Rule.AnswerDays}})
	}
	if e.Legal.Registration == registry.RegistrationFiled && f.Rule.AnswerDays > 0 {
		by := vn.AddWorkingDays(e.Legal.FiledOn, f.Rule.AnswerDays)
		list = append(list, Advice{Key: "event.advice.filing.answer", Args: []any{f.Rule.AnswerDays, vn.ShowDate(by)}, Bad: today > by})
	}
	if e.Legal.FiledOn != "" && f.ChangeUntil != "" && e.Legal.Registration != registry.RegistrationRefused {
		list = append(list, Advice{Key: "event.advice.filing.change", Args: []any{vn.ShowDate(f.ChangeUntil)}, Bad: today > f.ChangeUntil && e.WasMoved()})
	}
	return list
}

// reportAdvice says until when the department wants the result of a registered
// event (81/2018/NĐ-CP, Điều 29.10).
func reportAdvice(e registry.Event, f registry.Filing, today string) []Advice {
	if !registered(e.Legal) || f.ReportUntil == "" {
		return nil
	}
	return []Advice{{Key: "event.advice.filing.report", Args: []any{vn.ShowDate(f.ReportUntil), f.Rule.ReportDays}, Bad: today > f.ReportUntil}}
}

// registered reports whether an event was filed with the department, which then wants
// its result.
func registered(l registry.LegalBasis) bool {
	return l.Registration == registry.RegistrationFiled || l.Registration == registry.RegistrationConfirmed
}
