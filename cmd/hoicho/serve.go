package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"time"

	"hoicho/data"
	"hoicho/internal/app"
	"hoicho/internal/config"
	"hoicho/internal/i18n"
	"hoicho/internal/jobs"
	"hoicho/internal/notify"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/web"
)

// dbFlag names the database of a command.
type dbFlag struct {
	DB     string `name:"db" env:"HOICHO_DB" default:"data/local/hoicho.db" help:"SQLite file, or a postgres:// address."`
	DBFile string `name:"db-file" env:"HOICHO_DB_FILE" help:"File that holds the address, to keep a password off the command line."`
}

// location returns the database to open.
func (f dbFlag) location() (string, error) {
	if f.DBFile == "" {
		return f.DB, nil
	}
	return secret(f.DBFile)
}

// serveCmd runs the server.
type serveCmd struct {
	dbFlag
	Addr          string   `env:"HOICHO_ADDR" default:"127.0.0.1:8080" help:"Listen address."`
	BaseURL       string   `name:"base-url" env:"HOICHO_BASE_URL" help:"How browsers and printed QR codes reach the server; default http://localhost:PORT."`
	MasterKeyFile string   `name:"master-key-file" env:"HOICHO_MASTER_KEY_FILE" help:"Seals keys in the database; made at first start beside the database."`
	TrustedProxy  []string `name:"trusted-proxy" env:"HOICHO_TRUSTED_PROXY" help:"Address or range of a proxy whose X-Forwarded-For is believed."`
	SiteName      string   `name:"site-name" env:"HOICHO_SITE_NAME" default:"Hội chợ & phiên chợ hàng Việt" help:"Name in the header."`
	SMTP          string   `name:"smtp" env:"HOICHO_SMTP" help:"Mail server, smtp://user:password@host:port; without one mail goes to the mail folder."`
	SMTPFile      string   `name:"smtp-file" env:"HOICHO_SMTP_FILE" help:"File that holds the mail server's address."`
	MailFrom      string   `name:"mail-from" env:"HOICHO_MAIL_FROM" default:"hoicho@localhost" help:"Sender of mail."`
	MailDir       string   `name:"mail-dir" env:"HOICHO_MAIL_DIR" help:"Folder that takes mail when there is no server; default mail beside the database."`
	BackupDir     string   `name:"backup-dir" env:"HOICHO_BACKUP_DIR" help:"Folder that takes a checked backup every 15 minutes; default backup beside the database."`
	GateOnline    bool     `name:"gate-online-only" env:"HOICHO_GATE_ONLINE_ONLY" help:"Emergency: gate phones drop the app that they keep for working without a network, and get it from here again."`
	MetricsAddr   string   `name:"metrics-addr" env:"HOICHO_METRICS_ADDR" help:"Listen address of metrics for Prometheus; none without it."`
	Dev           bool     `hidden:"" help:"Read templates from disk."`
}

// Run serves until the context ends, then finishes what is under way.
func (cmd *serveCmd) Run(e *env) error {
	cfg, err := cmd.config()
	if err != nil {
		return err
	}
	cfg.MasterKey = e.getenv("HOICHO_MASTER_KEY")
	db, err := openMigrated(e.ctx, cfg.DB)
	if err != nil {
		return err
	}
	err = cmd.serve(e, cfg, db)
	return errors.Join(err, db.Close())
}

// serve runs the server on an open database.
func (cmd *serveCmd) serve(e *env, cfg config.Config, db *store.DB) error {
	s := site{cfg: cfg, log: slog.New(slog.NewJSONHandler(os.Stderr, nil)), dev: cmd.Dev}
	var err error
	if s.app, err = newApp(cfg, db, s.log); err != nil {
		return err
	}
	defer s.app.Close()
	if s.doors, err = listen(cfg); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "hoicho %s serves %s\n", version, cfg.BaseURL)
	if err := printSetupLink(e, s.app); err != nil {
		return errors.Join(err, s.doors.Close())
	}
	return s.run(e.ctx)
}

func (cmd *serveCmd) config() (config.Config, error) {
	location, err := cmd.location()
	if err != nil {
		return config.Config{}, err
	}
	cfg := config.Config{DB: location, Addr: cmd.Addr, BaseURL: cmd.BaseURL, MasterKeyFile: cmd.MasterKeyFile,
		TrustedProxies: cmd.TrustedProxy, SiteName: cmd.SiteName, SMTP: cmd.SMTP, MailFrom: cmd.MailFrom,
		MailDir: cmd.MailDir, BackupDir: cmd.BackupDir, MetricsAddr: cmd.MetricsAddr, GateOnlineOnly: cmd.GateOnline}
	if cmd.SMTPFile != "" {
		if cfg.SMTP, err = secret(cmd.SMTPFile); err != nil {
			return cfg, err
		}
	}
	cfg.Default()
	return cfg, cfg.Validate()
}

// doors are the listeners of a server. Those of metrics may be missing.
type doors struct{ pages, metrics net.Listener }

// listen opens the addresses of a server.
func listen(cfg config.Config) (d doors, err error) {
	if d.pages, err = net.Listen("tcp", cfg.Addr); err != nil {
		return d, fmt.Errorf("listen on %s: %w", cfg.Addr, err)
	}
	if cfg.MetricsAddr == "" {
		return d, nil
	}
	if d.metrics, err = net.Listen("tcp", cfg.MetricsAddr); err != nil {
		return d, errors.Join(fmt.Errorf("listen for metrics on %s: %w", cfg.MetricsAddr, err), d.Close())
	}
	return d, nil
}

// metricsURL is the address of the metrics, or "".
func (d doors) metricsURL() string {
	if d.metrics == nil {
		return ""
	}
	return "http://" + d.metrics.Addr().String() + "/metrics"
}

// Close closes what is open.
func (d doors) Close() error {
	err := d.pages.Close()
	if d.metrics != nil {
		err = errors.Join(err, d.metrics.Close())
	}
	return err
}

// site is a server with its doors open, about to run.
type site struct {
	cfg   config.Config
	app   *app.App
	log   *slog.Logger
	doors doors
	dev   bool
}

// run serves and does the jobs until the context ends. It closes the doors.
func (s site) run(ctx context.Context) error {
	server, err := web.New(web.Options{App: s.app, Config: s.cfg, Log: s.log, Dev: s.dev})
	if err != nil {
		return errors.Join(err, s.doors.Close())
	}
	defer s.serveMetrics(server.Metrics())()
	jobsCtx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		jobs.Run(jobsCtx, s.log, jobs.Tasks(s.app, sender(s.cfg), s.cfg.BackupDir))
	}()
	err = server.Serve(ctx, s.doors.pages)
	stop()
	<-done
	return err
}

// serveMetrics answers for Prometheus, and for go tool pprof, until it is closed.
func (s site) serveMetrics(h http.Handler) (closeAll func() error) {
	if s.doors.metrics == nil {
		return func() error { return nil }
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go server.Serve(s.doors.metrics) // ends with Close
	return server.Close
}

// printSetupLink prints the link that makes the first admin, until there is one.
func printSetupLink(e *env, a *app.App) error {
	link, needed, err := a.SetupLink(e.ctx)
	if err == nil && needed {
		fmt.Fprintf(e.out, "There is no administrator yet. Make the first one here, once, within a day:\n\n    %s\n\n", link)
	}
	return err
}

// newApp makes the application with its master key.
func newApp(cfg config.Config, db *store.DB, log *slog.Logger) (*app.App, error) {
	return newAppOf(cfg, db, log, false)
}

// newAppOf is newApp for a server or a relay.
func newAppOf(cfg config.Config, db *store.DB, log *slog.Logger, isRelay bool) (*app.App, error) {
	key, err := masterKey(cfg)
	if err != nil {
		return nil, err
	}
	areas, err := app.Units(data.Units)
	if err != nil {
		return nil, err
	}
	return app.New(app.Options{DB: db, Areas: areas, MasterKey: key, BaseURL: cfg.BaseURL, Demo: cfg.Demo, Log: log, Relay: isRelay})
}

// masterKey reads the key from the environment, else from its file, which is
// made at first start.
func masterKey(cfg config.Config) (pass.MasterKey, error) {
	if cfg.MasterKey != "" {
		return pass.ParseMasterKey(cfg.MasterKey)
	}
	return pass.LoadMasterKey(cfg.MasterKeyFile)
}

// sender delivers notices by SMTP, or into a folder where no server is set.
func sender(cfg config.Config) app.Sender {
	texts := func(m registry.Message) (subject, body string) {
		args := make([]any, len(m.Args))
		for i, arg := range m.Args {
			args[i] = arg
		}
		return i18n.T(m.Lang, m.Key+".subject", args...), i18n.T(m.Lang, m.Key+".body", args...)
	}
	if cfg.SMTP != "" {
		return notify.SMTP{Server: cfg.SMTP, From: cfg.MailFrom, Texts: texts}
	}
	return notify.Folder{Dir: cfg.MailDir, From: cfg.MailFrom, Texts: texts}
}

// openMigrated opens a database and brings it to this version.
func openMigrated(ctx context.Context, location string) (*store.DB, error) {
	db, err := store.Open(ctx, location)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// migrateCmd brings the database to this version.
type migrateCmd struct{ dbFlag }

// Run migrates and exits. Doing it again changes nothing.
func (cmd *migrateCmd) Run(e *env) error {
	location, err := cmd.location()
	if err != nil {
		return err
	}
	db, err := openMigrated(e.ctx, location)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out, "the database is up to date")
	return db.Close()
}
