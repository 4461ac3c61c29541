package testkit

import "hoicho/internal/app/core"

// TypedSettings is the form as it is shown when nothing was changed.
func TypedSettings() core.SettingsInput {
	return core.SettingsInput{Province: "19", OfferHours: 48, HoldMinutes: 15, Overdue: 5, EraseDays: 7, FindingsShown: "after_deadline",
		FilingFrom: []string{"15/07/2018", ""}, FilingFirst: []string{"365", ""}, FilingEnd: []string{"30", ""},
		FilingAnswer: []string{"7", ""}, FilingChange: []string{"30", ""}, FilingReport: []string{"30", ""}, FilingWays: []string{"", ""}, FilingBasis: []string{"Nghị định 81/2018/NĐ-CP", ""}}
}
