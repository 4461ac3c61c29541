package main

import (
	"fmt"
	"io"
	"net/url"
	"text/tabwriter"

	"hoicho/internal/demo"
	"hoicho/internal/i18n"
	"hoicho/internal/store"
)

// both is a text in Vietnamese and English.
func both(key string, args ...any) string {
	return i18n.T(i18n.Vietnamese, key, args...) + " / " + i18n.T(i18n.English, key, args...)
}

// welcome prints the addresses and sign-ins of a demo in both languages.
func (cmd *demoCmd) welcome(out io.Writer, m demo.Manifest) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintf(w, "\n%s\n\n", both("demo.title"))
	for _, line := range [][2]string{
		{"demo.public", m.BaseURL + "/"}, {"demo.running", m.BaseURL + "/su-kien/" + m.Running()}, {"demo.sign_in", m.BaseURL + "/dang-nhap"},
		{"demo.office", m.BaseURL + "/quan-ly"}, {"demo.stall", m.BaseURL + "/gian-hang"}, {"demo.gate", m.BaseURL + "/cong"},
		{"demo.metrics", m.MetricsURL},
	} {
		fmt.Fprintf(w, "  %s\t%s\n", both(line[0]), line[1])
	}
	fmt.Fprintf(w, "\n%s: %s\n\n", both("demo.password"), demo.Password)
	for _, u := range m.Users {
		role := "role." + u.Role
		if u.Role == demo.VendorRole {
			role = "demo.vendor"
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\n", both(role), u.Of, u.Login)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	keys, args := []string{"demo.thrown_away"}, []any{}
	if cmd.DB != "" {
		keys, args = []string{"demo.kept", "demo.second_step"}, []any{shownPlace(cmd.DB), serveAgain(cmd.DB)}
	}
	fmt.Fprintln(out)
	for _, lang := range []string{i18n.Vietnamese, i18n.English} {
		for _, key := range keys {
			fmt.Fprintln(out, i18n.T(lang, key, args...))
		}
	}
	_, err := fmt.Fprintf(out, "%s\n\n", both("demo.stop"))
	return err
}

// shownPlace is where a database is, without its password.
func shownPlace(location string) string {
	if u, err := url.Parse(location); err == nil && store.IsPostgres(location) {
		return u.Redacted()
	}
	return location
}
