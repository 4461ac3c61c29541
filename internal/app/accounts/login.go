package accounts

import (
	"cmp"
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

// standIn is what an account is called until its owner gives a name: so much of the
// login that its owner knows it, and nobody can call or write to it.
func standIn(login string) string {
	phone, email, err := ParseLogin(login)
	shown := []rune(cmp.Or(phone, email))
	if err != nil || len(shown) < 7 {
		return "…" // the login is a fault of its own
	}
	if name, host, ok := strings.Cut(email, "@"); ok {
		return string([]rune(name)[:1]) + "…@" + host[:min(len(host), maxName/2)]
	}
	return string(shown[:4]) + "…" + string(shown[len(shown)-3:])
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
