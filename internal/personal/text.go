package personal

import "slices"

// Text is a text that people agree to.
type Text string

// The texts.
const (
	SignUp Text = "sign_up" // that data is used, when an account is made
	Pledge Text = "pledge"  // of a vendor, with an application
)

// TextVersion is a text as it holds from a day on, until the next one of its kind.
type TextVersion struct {
	Text    Text
	Version string // names it for good: what people agreed to says it
	From    string // YYYY-MM-DD
	Key     string // of its words; they never change
}

// TextVersions are all that ever held, in the order of their days.
var TextVersions = []TextVersion{
	{Text: SignUp, Version: "2026-11", From: "2026-11-01", Key: "personal.consent.v2026_11"},
	{Text: Pledge, Version: "v1", From: "2026-11-01", Key: "application.pledge.v1"},
}

// TextOn is the version of a text on a day; before the first one holds the first.
func TextOn(versions []TextVersion, text Text, day string) (v TextVersion) {
	for _, t := range versions {
		if t.Text == text && (v.Version == "" || t.From <= day) {
			v = t
		}
	}
	return v
}

// TextOf finds a version of a text by its name.
func TextOf(text Text, version string) (TextVersion, bool) {
	i := slices.IndexFunc(TextVersions, func(t TextVersion) bool { return t.Text == text && t.Version == version })
	if i < 0 {
		return TextVersion{}, false
	}
	return TextVersions[i], true
}
