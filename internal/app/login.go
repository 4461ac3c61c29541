package app

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// parseLogin reads what a person signs in with: a phone or an e-mail. The fault
// is at the field "login".
func parseLogin(text string) (phone, email string, err *registry.Error) {
	if strings.Contains(text, "@") {
		email, err = parseEmail(text)
		return "", email, err
	}
	phone, fault := vn.ParsePhone(text)
	if text == "" || fault != nil {
		return "", "", registry.At("login", "error.account.login")
	}
	return phone, "", nil
}

// maxEmail is the longest address that mail carries (RFC 5321, 4.5.3.1.3).
const maxEmail = 254

func parseEmail(text string) (string, *registry.Error) {
	wrong := registry.At("login", "error.account.login")
	addr, err := mail.ParseAddress(text)
	if err != nil || addr.Address != text || addr.Name != "" || len(text) > maxEmail {
		return "", wrong
	}
	_, domain, _ := strings.Cut(text, "@")
	if !strings.Contains(domain, ".") || strings.ContainsAny(text, "\"[]() ") {
		return "", wrong
	}
	return strings.ToLower(text), nil
}

// loginKey is a login as it is stored, or the text itself if it is none: what is
// looked for and what tries are counted by.
func loginKey(text string) string {
	phone, email, err := parseLogin(text)
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
