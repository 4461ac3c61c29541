package config

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestDefaultsStandBesideTheDatabase(t *testing.T) {
	c := Config{DB: "/srv/hoicho/a.db", Addr: ":8080"}
	c.Default()
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	if c.BaseURL != "http://localhost:8080" || c.MasterKeyFile != filepath.FromSlash("/srv/hoicho/master.key") || c.BackupDir == "" {
		t.Errorf("%+v", c)
	}
	pg := Config{DB: "postgres://h/d", Addr: ":80"}
	if pg.Default(); pg.BackupDir != "" || pg.MasterKeyFile != "" {
		t.Errorf("PostgreSQL has a backup folder or a key of the working folder: %+v", pg)
	}
	if err := pg.Validate(); err == nil || !strings.Contains(err.Error(), "--master-key-file") {
		t.Errorf("PostgreSQL without a key: %v", err)
	}
	pg.MasterKey = strings.Repeat("5e", 32)
	if err := pg.Validate(); err != nil {
		t.Error(err)
	}
}

func TestValidateNamesTheSetting(t *testing.T) {
	good := Config{DB: "a.db", Addr: "127.0.0.1:80", BaseURL: "https://hoicho.vn"}
	for want, change := range map[string]func(*Config){
		"--addr":          func(c *Config) { c.Addr = "80" },
		"--base-url":      func(c *Config) { c.BaseURL = "hoicho.vn" },
		"without a path":  func(c *Config) { c.BaseURL = "https://hoicho.vn/x" },
		"a query":         func(c *Config) { c.BaseURL = "https://hoicho.vn?x=1" },
		"or a fragment":   func(c *Config) { c.BaseURL = "https://hoicho.vn/#x" },
		"password out":    func(c *Config) { c.BaseURL = "https://a:b@hoicho.vn" },
		"--mail-from":     func(c *Config) { c.MailFrom = "hoicho" },
		"want an address": func(c *Config) { c.MailFrom = "a@b.vn\r\nBcc: c@d.vn" },
		"--db":            func(c *Config) { c.DB = "" },
		"--trusted-proxy": func(c *Config) { c.TrustedProxies = []string{"10.0.0.0/99"} },
	} {
		c := good
		change(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if err := good.Validate(); err != nil {
		t.Errorf("control: %v", err)
	}
}

func TestTheAddressOfBrowsersIsNormal(t *testing.T) {
	for typed, want := range map[string]string{
		"https://hoicho.vn": "https://hoicho.vn", "https://hoicho.vn/": "https://hoicho.vn", "https://hoicho.vn//": "https://hoicho.vn",
		"HTTPS://Hoicho.VN:443/": "https://hoicho.vn", "http://hoicho.vn:80": "http://hoicho.vn", " https://hoicho.vn ": "https://hoicho.vn",
		"\ufeffhttps://hoicho.vn": "https://hoicho.vn", "http://hoicho.vn:8080/": "http://hoicho.vn:8080", "https://[::1]:8443/": "https://[::1]:8443",
	} {
		c := Config{DB: "a.db", Addr: ":80", BaseURL: typed}
		c.Default()
		if err := c.Validate(); err != nil || c.BaseURL != want {
			t.Errorf("%q became %q, %v; want %q", typed, c.BaseURL, err, want)
		}
	}
	for _, from := range []string{"hoicho@localhost", "Hội chợ <hoicho@example.vn>", ""} {
		if err := checkSender(from); err != nil {
			t.Errorf("%q: %v", from, err)
		}
	}
}
