package core

import (
	"net/mail"
	"strings"

	"hoicho/internal/registry"
)

// maxEmail is the longest address that mail carries (RFC 5321, 4.5.3.1.3).
const maxEmail = 254

// ParseEmail reads an e-mail address as people type it; the fault is Invalid, without a
// field.
func ParseEmail(text string) (string, *registry.Error) {
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
