package accounts

import (
	"strings"
	"unicode/utf8"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// ParseLogin reads what a person signs in with: a phone or an e-mail. The fault
// is at the field "login".
func ParseLogin(text string) (phone, email string, err *registry.Error) {
	if strings.Contains(text, "@") {
		email, err = core.ParseEmail(text)
		return "", email, err
	}
	phone, fault := vn.ParsePhone(text)
	if text == "" || fault != nil {
		return "", "", registry.At("login", "error.account.login")
	}
	return phone, "", nil
}

// loginKey is a login as it is stored, or the text itself if it is none: what is
// looked for and what tries are counted by.
func loginKey(text string) string {
	phone, email, err := ParseLogin(text)
	if err != nil {
		return strings.ToLower(text)
	}
	return phone + email
}

// maxName is the longest name of a person, in runes.
const maxName = 80

// checkName notes what is wrong with a person's name.
func checkName(f *registry.Faults, name string) {
	f.Check(name != "", "name", "error.account.name")
	f.Check(utf8.RuneCountInString(name) <= maxName, "name", "error.too_long", maxName)
}
