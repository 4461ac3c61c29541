package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/config"
	"hoicho/internal/relay"
	"hoicho/internal/store"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// relayCmd runs a relay: a laptop at the site that serves the gate phones and
// hands on what they did.
type relayCmd struct {
	logFlags
	Upstream string `env:"HOICHO_UPSTREAM" help:"Address of the server that it stands in for, https://host. Needed once, with --pair."`
	Pair     string `env:"HOICHO_PAIR" help:"Pairing code of 12 digits from the event's gate page. Needed once."`
	DB       string `name:"db" env:"HOICHO_RELAY_DB" default:"data/local/relay.db" help:"SQLite file of this relay."`
	Addr     string `env:"HOICHO_ADDR" default:":8080" help:"Listen address for http: the relay's own page, typed codes, hand-held scanners."`
	TLSAddr  string `name:"tls-addr" env:"HOICHO_TLS_ADDR" default:":8443" help:"Listen address for https: phones with their cameras."`
	TLSCert  string `name:"tls-cert" env:"HOICHO_TLS_CERT" help:"Certificate to use instead of the relay's own, PEM."`
	TLSKey   string `name:"tls-key" env:"HOICHO_TLS_KEY" help:"Key of --tls-cert, PEM."`
	Host     string `env:"HOICHO_RELAY_HOST" help:"Name or address by which phones reach this machine; found out without it."`
	Name     string `env:"HOICHO_RELAY_NAME" help:"Name that the office sees; default the machine's name."`
}

// Run serves and hands on until the context ends.
func (cmd *relayCmd) Run(e *env) error {
	if err := cmd.check(); err != nil {
		return usageError{err}
	}
	if err := makeFolder(cmd.DB, false); err != nil {
		return err
	}
	db, err := store.Create(e.ctx, cmd.DB)
	if err != nil {
		return err
	}
	return errors.Join(cmd.inPlace(e, db), db.Close())
}

func (cmd *relayCmd) check() error {
	cmd.Upstream = strings.TrimSuffix(cmd.Upstream, "/")
	cmd.Pair = strings.Join(strings.Fields(cmd.Pair), "")
	switch {
	case store.IsPostgres(cmd.DB):
		return errors.New("--db: a relay keeps its data in a SQLite file")
	case store.CheckLocation(cmd.DB) != nil:
		return store.CheckLocation(cmd.DB)
	case cmd.Pair != "" && cmd.Upstream == "":
		return errors.New("--pair needs --upstream, the address of the server that made the code")
	case (cmd.TLSCert == "") != (cmd.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key go together")
	case cmd.Upstream != "":
		return relay.CheckAddress(cmd.Upstream)
	}
	return nil
}

// inPlace joins the server if that is still to be done, and serves.
func (cmd *relayCmd) inPlace(e *env, db *store.DB) error {
	cfg := config.Config{DB: cmd.DB, Addr: cmd.Addr, SiteName: "hoicho", MasterKey: e.getenv("HOICHO_MASTER_KEY")}
	cfg.Default()
	if err := cfg.Validate(); err != nil {
		return usageError{err}
	}
	log := cmd.logger()
	a, err := newAppOf(e.ctx, cfg, db, log, true)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := cmd.join(e, a); err != nil {
		return err
	}
	return cmd.serve(e, cfg, a, log)
}

// join pairs this relay with its server, unless that was done before.
func (cmd *relayCmd) join(e *env, a *app.App) error {
	home, err := a.Admission.RelayHome(e.ctx)
	switch {
	case err != nil:
		return err
	case home.Joined() && (cmd.Pair == "" || home.MadeWith(cmd.Pair)):
		if cmd.Upstream != "" && cmd.Upstream != home.Upstream {
			return usageError{fmt.Errorf("%s is the relay of %s; for %s name another --db", cmd.DB, home.Upstream, cmd.Upstream)}
		}
		return nil
	case home.Joined():
		return usageError{fmt.Errorf("%s is the relay of “%s” already; leave --pair out to go on, or name another --db for another event", cmd.DB, home.Title)}
	case cmd.Pair == "":
		return usageError{fmt.Errorf("%s is not paired yet: make a code for a relay on the event's gate page, then give --upstream and --pair", cmd.DB)}
	}
	name, _ := os.Hostname()
	if err := relay.Join(e.ctx, a, cmd.Upstream, cmd.Pair, cmp.Or(cmd.Name, name, "relay")); err != nil {
		return fmt.Errorf("pair with %s: %w", cmd.Upstream, err)
	}
	home, err = a.Admission.RelayHome(e.ctx)
	e.tell(fmt.Sprintf("paired with %s for %s", cmd.Upstream, home.Title), "paired", "server", cmd.Upstream, "event", home.Title)
	return err
}

// serve answers phones and the laptop's own page, and hands on beside it.
func (cmd *relayCmd) serve(e *env, cfg config.Config, a *app.App, log *slog.Logger) error {
	secrets, issuer, err := cmd.certificates(a.DB.Now)
	if err != nil {
		return err
	}
	plain, err := net.Listen("tcp", cmd.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", cmd.Addr, err)
	}
	secure, err := net.Listen("tcp", cmd.TLSAddr)
	if err != nil {
		return errors.Join(fmt.Errorf("listen on %s: %w", cmd.TLSAddr, err), plain.Close())
	}
	door := &frame.RelayDoor{Issuer: issuer,
		Secure: func() []string { return relay.Addresses("https", cmd.Host, secure.Addr()) },
		Plain:  func() []string { return relay.Addresses("http", cmd.Host, plain.Addr()) }}
	server, err := web.New(frame.Options{App: a, Config: cfg, Log: log, Version: version, Relay: door})
	if err != nil {
		return errors.Join(err, plain.Close(), secure.Close())
	}
	_, port, _ := net.SplitHostPort(plain.Addr().String())
	page := "http://localhost:" + port + "/"
	e.tell(fmt.Sprintf("hoicho %s relays; its page, on this machine: %s", version, page), "relays", "version", version, "page", page)
	ctx, stop := context.WithCancel(e.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		link := relay.Link{App: a, Log: log}
		link.Run(ctx)
	}()
	err = server.Serve(e.ctx, plain, tls.NewListener(secure, secrets))
	stop()
	<-done
	return err
}

// certificates gives what https is served with, and what phones may trust.
func (cmd *relayCmd) certificates(now func() time.Time) (*tls.Config, []byte, error) {
	if cmd.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(cmd.TLSCert, cmd.TLSKey)
		if err != nil {
			return nil, nil, fmt.Errorf("--tls-cert: %w", err)
		}
		return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}}, nil, nil
	}
	issuer, err := relay.LoadIssuer(filepath.Join(filepath.Dir(cmd.DB), "relay-certificate.pem"), now)
	if err != nil {
		return nil, nil, err
	}
	return issuer.Config(), issuer.PEM(), nil
}
