package config

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"
)

// normalBase writes the address of browsers as links are put together: scheme and
// host in small letters, no slash behind them and no port that goes without
// saying. What it cannot read it leaves to checkBase.
func normalBase(text string) string {
	text = strings.Trim(text, "\ufeff \t\r\n")
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return text
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if port := u.Port(); u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = ""
	}
	return u.String()
}

// checkBase refuses an address from which no link can be made.
func checkBase(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "":
		return fmt.Errorf("--base-url %q: want https://host without a path", text)
	case u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(text, "#"):
		return fmt.Errorf("--base-url %q: want https://host without a path, a query or a fragment; hoicho has the whole host to itself", text)
	case u.User != nil:
		return fmt.Errorf("--base-url: leave the name and password out, it is printed on every pass")
	}
	return nil
}

// checkSender refuses a sender that no mail server would take; an empty one is
// the default of the flag.
func checkSender(text string) error {
	if text == "" {
		return nil
	}
	a, err := mail.ParseAddress(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return fmt.Errorf("--mail-from %q: want an address, such as hoicho@example.vn or \"Hội chợ <hoicho@example.vn>\"", text)
	}
	if strings.HasPrefix(a.Address, "@") || strings.HasSuffix(a.Address, "@") {
		return fmt.Errorf("--mail-from %q lacks a name or a host", text)
	}
	return nil
}
