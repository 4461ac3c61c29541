// Package config is the settings of a running hoicho: one struct, no globals.
// cmd/hoicho fills it from flags, environment and file; Validate checks it.
package config

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
)

// Config is everything a server needs to be told.
type Config struct {
	DB             string   // SQLite file or postgres:// address
	Addr           string   // listen address, host:port
	BaseURL        string   // how browsers and printed QR codes reach the server
	MetricsAddr    string   // listen address of metrics, empty: none
	MasterKeyFile  string   // seals pass keys and TOTP secrets; 0600
	MasterKey      string   // the same as 64 hex digits, from the environment
	SMTP           string   // smtp://user:password@host:port, empty: mail goes to MailDir
	MailFrom       string   // sender of mail
	MailDir        string   // folder that takes mail when there is no SMTP
	BackupDir      string   // folder of timed backups, empty: none
	TrustedProxies []string // addresses or CIDR ranges whose X-Forwarded-For is believed
	HSTSSubdomains bool     // browsers keep to https for all names below that of BaseURL too
	SiteName       string   // name in the header
	LogSignInIP    bool     // the log names the whole address of a sign-in that failed
	GateOnlineOnly bool     // emergency: phones drop the gate app that they keep for working without a network
	NoPush         bool     // phones get no notifications, and no push service is written to
	Demo           bool     // throw-away data: no second factor asked of office roles
}

// Default fills in what follows from the rest: the address of browsers, and the
// key, mail and backups beside a SQLite database.
func (c *Config) Default() {
	if c.BaseURL == "" {
		_, port, _ := net.SplitHostPort(c.Addr)
		c.BaseURL = "http://localhost:" + port
	}
	c.BaseURL = normalBase(c.BaseURL)
	dir, postgres := filepath.Join("data", "local"), c.Postgres()
	if !postgres {
		dir = filepath.Dir(c.DB)
	}
	for _, d := range []struct {
		field *string
		name  string
	}{{&c.MasterKeyFile, "master.key"}, {&c.MailDir, "mail"}, {&c.BackupDir, "backup"}} {
		if *d.field == "" && !(postgres && d.field == &c.MasterKeyFile) {
			*d.field = filepath.Join(dir, d.name)
		}
	}
	if postgres {
		c.BackupDir = "" // PostgreSQL brings its own tools
	}
}

// Postgres reports whether the database is a PostgreSQL server's.
func (c *Config) Postgres() bool { return strings.Contains(c.DB, "://") }

// Validate reports every setting that cannot work, each with what to do.
func (c *Config) Validate() error {
	var errs []error
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		errs = append(errs, fmt.Errorf("--addr %q: want host:port, for example 127.0.0.1:8080", c.Addr))
	}
	if err := checkBase(c.BaseURL); err != nil {
		errs = append(errs, err)
	}
	if err := checkSender(c.MailFrom); err != nil {
		errs = append(errs, err)
	}
	if c.DB == "" {
		errs = append(errs, errors.New("--db is empty: name a file or a postgres:// address"))
	}
	if c.Postgres() && c.MasterKeyFile == "" && c.MasterKey == "" {
		errs = append(errs, errors.New("--master-key-file is needed with PostgreSQL: name the file that holds the key, by its whole path; "+
			"it is made at the first start, and every server of the database needs the same one"))
	}
	if _, err := c.Proxies(); err != nil {
		errs = append(errs, err)
	}
	if err := checkSMTP(c.SMTP); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Proxies returns the trusted proxies as address ranges.
func (c *Config) Proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range c.TrustedProxies {
		if !strings.Contains(text, "/") {
			addr, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("--trusted-proxy %q is no address: %w", text, err)
			}
			out = append(out, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxy %q is no range: %w", text, err)
		}
		out = append(out, p)
	}
	return out, nil
}

// HTTPS reports whether browsers reach the server by https, so that cookies can
// be Secure.
func (c *Config) HTTPS() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// Origin is BaseURL as browsers write it in Origin: lower case, without the port that
// its scheme has anyway.
func (c *Config) Origin() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	scheme, host := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	return scheme + "://" + strings.TrimSuffix(host, map[string]string{"http": ":80", "https": ":443"}[scheme])
}

// Host is the host of BaseURL.
func (c *Config) Host() string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return u.Host
}
