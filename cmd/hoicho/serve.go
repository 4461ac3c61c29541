package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"net/mail"
	"os"
	"path/filepath"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/app/core"
	"hoicho/internal/config"
	"hoicho/internal/i18n"
	"hoicho/internal/jobs"
	"hoicho/internal/notify"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// serveCmd runs the server.
type serveCmd struct {
	dbFlag
	keyFlag
	logFlags
	MakeFolder   bool     `name:"make-folder" help:"Make the folder of a new database too."`
	Addr         string   `env:"HOICHO_ADDR" default:"127.0.0.1:8080" help:"Listen address."`
	BaseURL      string   `name:"base-url" env:"HOICHO_BASE_URL" help:"How browsers and printed QR codes reach the server; default http://localhost:PORT."`
	TrustedProxy []string `name:"trusted-proxy" env:"HOICHO_TRUSTED_PROXY" help:"Address or range of a proxy whose X-Forwarded-For is believed."`
	HSTSBelow    bool     `name:"hsts-subdomains" env:"HOICHO_HSTS_SUBDOMAINS" help:"Browsers keep to https for every name below that of --base-url too; only where all of them have it."`
	SiteName     string   `name:"site-name" env:"HOICHO_SITE_NAME" default:"Hội chợ & phiên chợ hàng Việt" help:"Name in the header."`
	SMTP         string   `name:"smtp" env:"HOICHO_SMTP" help:"Mail server, smtp://user:password@host:port; without one mail goes to the mail folder."`
	SMTPFile     string   `name:"smtp-file" env:"HOICHO_SMTP_FILE" help:"File that holds the mail server's address."`
	MailFrom     string   `name:"mail-from" env:"HOICHO_MAIL_FROM" default:"hoicho@localhost" help:"Sender of mail."`
	MailDir      string   `name:"mail-dir" env:"HOICHO_MAIL_DIR" help:"Folder that takes mail when there is no server; default mail beside the database."`
	BackupDir    string   `name:"backup-dir" env:"HOICHO_BACKUP_DIR" help:"Folder that takes a checked backup every 15 minutes in which something changed; default backup beside the database."`
	NoPush       bool     `name:"no-push" env:"HOICHO_NO_PUSH" help:"Write to no push service: phones get no notifications."`
	GateOnline   bool     `name:"gate-online-only" env:"HOICHO_GATE_ONLINE_ONLY" help:"Emergency: gate phones drop the app that they keep for working without a network, and get it from here again."`
	LogSignInIP  bool     `name:"log-sign-in-address" env:"HOICHO_LOG_SIGN_IN_ADDRESS" help:"Log the whole address of a sign-in that failed, for fail2ban; without it its network alone."`
	MetricsAddr  string   `name:"metrics-addr" env:"HOICHO_METRICS_ADDR" help:"Listen address of metrics for Prometheus; none without it."`
	Dev          bool     `hidden:"" help:"Read templates from disk."`
}

// Run serves until the context ends, then finishes what is under way.
func (cmd *serveCmd) Run(e *env) error {
	cfg, err := cmd.config(e)
	if err != nil {
		return err
	}
	if err := makeFolder(cfg.DB, cmd.MakeFolder); err != nil {
		return err
	}
	if err := store.CheckPlace(cfg.DB); err != nil {
		return err
	}
	if err := checkBackupFolder(cfg); err != nil {
		return err
	}
	db, err := store.Create(e.ctx, cfg.DB)
	if err != nil {
		return err
	}
	return cmd.serve(e, cfg, db)
}

// checkBackupFolder sees that timed backups can be written. The default folder
// beside the database is made with the database.
func checkBackupFolder(cfg config.Config) error {
	if cfg.BackupDir == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Dir(cfg.DB)); err != nil {
		return nil // the database says so
	}
	return core.CheckBackupFolder(cfg.BackupDir)
}

// serve runs the server on an open database, and closes it.
func (cmd *serveCmd) serve(e *env, cfg config.Config, db *store.DB) error {
	s := site{cfg: cfg, log: cmd.logger(), dev: cmd.Dev}
	var err error
	if s.app, err = newApp(e.ctx, cfg, db, s.log); err != nil {
		return errors.Join(err, db.Discard())
	}
	return errors.Join(cmd.open(e, s), db.Close())
}

// open opens the doors of a server and runs it.
func (cmd *serveCmd) open(e *env, s site) (err error) {
	defer s.app.Close()
	if s.doors, err = listen(s.cfg); err != nil {
		return err
	}
	e.tell(fmt.Sprintf("hoicho %s serves %s", version, s.cfg.BaseURL), "serves", "version", version, "url", s.cfg.BaseURL, "engine", s.app.DB.Engine())
	if err := printSetupLink(e, s.app); err != nil {
		return errors.Join(err, s.doors.Close())
	}
	return s.run(e.ctx)
}

func (cmd *serveCmd) config(e *env) (config.Config, error) {
	location, err := cmd.location()
	if err != nil {
		return config.Config{}, err
	}
	cfg := config.Config{DB: location, Addr: cmd.Addr, BaseURL: cmd.BaseURL, MasterKeyFile: cmd.MasterKeyFile, MasterKey: e.getenv("HOICHO_MASTER_KEY"),
		TrustedProxies: cmd.TrustedProxy, HSTSSubdomains: cmd.HSTSBelow, SiteName: cmd.SiteName, SMTP: cmd.SMTP, MailFrom: cmd.MailFrom,
		MailDir: cmd.MailDir, BackupDir: cmd.BackupDir, MetricsAddr: cmd.MetricsAddr, GateOnlineOnly: cmd.GateOnline, LogSignInIP: cmd.LogSignInIP,
		NoPush: cmd.NoPush}
	if cmd.SMTPFile != "" {
		if cfg.SMTP, err = secret(cmd.SMTPFile); err != nil {
			return cfg, err
		}
	}
	cfg.Default()
	if err := cfg.Validate(); err != nil {
		return cfg, usageError{err}
	}
	return cfg, nil
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
	s.app.Mail = sender(s.cfg)
	if !s.cfg.NoPush {
		s.app.Push = pusher(s.cfg)
	}
	if err := s.app.PreparePush(ctx); err != nil {
		return errors.Join(err, s.doors.Close())
	}
	server, err := web.New(frame.Options{App: s.app, Config: s.cfg, Log: s.log, Version: version, Dev: s.dev})
	if err != nil {
		return errors.Join(err, s.doors.Close())
	}
	defer s.serveMetrics(server.Metrics())()
	noMore := s.takeOrders()
	jobsCtx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		jobs.Run(jobsCtx, s.app.Trouble, jobs.Tasks(s.app, s.app.Mail, s.cfg.BackupDir))
	}()
	err = server.Serve(ctx, s.doors.pages)
	stop()
	<-done
	return errors.Join(err, noMore())
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
	link, needed, err := a.Accounts.SetupLink(e.ctx)
	if err == nil && needed {
		const ask = "There is no administrator yet. Make the first one here, once, within a day"
		e.tell(ask+":\n\n    "+link+"\n", ask, "link", link)
	}
	return err
}

// pusher hands notifications to push services. They are told whom to turn to: the site,
// or the sender of its mail where browsers reach it without https; Apple's refuses what
// names no host of the open internet.
func pusher(cfg config.Config) core.Pusher {
	contact := cfg.BaseURL
	if from, err := mail.ParseAddress(cfg.MailFrom); !cfg.HTTPS() && err == nil {
		contact = from.Address
	}
	return notify.NewPush(notify.Push{Contact: contact, Texts: pushTexts})
}

// pushTexts are what a locked screen shows: what happened, and at which event.
func pushTexts(m registry.Message) (title, body string) {
	args := make([]any, len(m.Args))
	for i, arg := range m.Args {
		args[i] = arg
	}
	return i18n.T(m.Lang, m.Key+".push", args...), m.Args[0]
}

// sender delivers notices by SMTP, or into a folder where no server is set.
func sender(cfg config.Config) core.Mailer {
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

// migrateCmd brings the database to this version.
type migrateCmd struct{ dbFlag }

// Run migrates and exits. Doing it again changes nothing.
func (cmd *migrateCmd) Run(e *env) error {
	db, err := cmd.open(e.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out, "the database is up to date")
	return db.Close()
}
