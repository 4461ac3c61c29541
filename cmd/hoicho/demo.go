package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"hoicho/data"
	"hoicho/internal/app/core"
	"hoicho/internal/config"
	"hoicho/internal/demo"
	"hoicho/internal/store"
)

// demoCmd fills a database with a province to try out, and serves it.
type demoCmd struct {
	Addr        string `default:"127.0.0.1:8080" help:"Listen address."`
	BaseURL     string `name:"base-url" help:"How browsers and printed QR codes reach the server; default http://localhost:PORT."`
	DB          string `name:"db" help:"New file, or empty PostgreSQL database, that keeps the data; without it they are gone at the end."`
	Manifest    string `help:"File that takes addresses, sign-ins and tokens as JSON, for scripts."`
	MetricsAddr string `name:"metrics-addr" default:"127.0.0.1:0" help:"Listen address of metrics for Prometheus."`
	Gates       int    `help:"Gates of the session that is running."`
	Passes      int    `help:"Visitor passes to issue on top, for load tests."`
	Scans       int    `help:"Scans to have happened today, for load tests."`
}

// Run fills and serves until the context ends, then clears up.
func (cmd *demoCmd) Run(e *env) error {
	if min(cmd.Gates, cmd.Passes, cmd.Scans) < 0 {
		return usageError{errors.New("--gates, --passes and --scans cannot be negative")}
	}
	location, tidy, err := cmd.place(e.ctx)
	if err != nil {
		return err
	}
	err = cmd.inPlace(e, location)
	if cmd.DB == "" || err != nil {
		err = errors.Join(err, tidy())
	}
	if errors.Is(err, context.Canceled) {
		return nil // stopped while it was being filled
	}
	return err
}

// place finds room for the database: a folder that is thrown away, or the file
// that was named, which must not be there yet. tidy removes what was made.
func (cmd *demoCmd) place(ctx context.Context) (location string, tidy func() error, err error) {
	if cmd.DB == "" {
		dir, err := os.MkdirTemp("", "hoicho-demo-")
		return filepath.Join(dir, "hoicho.db"), func() error { return os.RemoveAll(dir) }, err
	}
	if err := store.CheckLocation(cmd.DB); err != nil {
		return "", nil, usageError{err}
	}
	if err := makeFolder(cmd.DB, false); err != nil {
		return "", nil, err
	}
	if store.IsPostgres(cmd.DB) {
		return cmd.DB, func() error { return nil }, emptyPostgres(ctx, cmd.DB)
	}
	if info, err := os.Stat(cmd.DB); err == nil && info.Size() > 0 {
		return "", nil, fmt.Errorf("%s has data already: name another file, or open it with: hoicho %s", cmd.DB, serveAgain(cmd.DB))
	}
	return cmd.DB, func() error { return removeDatabase(cmd.DB) }, nil
}

// emptyPostgres refuses a PostgreSQL database that a hoicho has been at work in: what
// the demo makes up would stand among what is real.
func emptyPostgres(ctx context.Context, location string) error {
	db, err := store.Open(ctx, location)
	if errors.Is(err, store.ErrMissing) {
		return nil
	}
	if err != nil {
		return err
	}
	used, err := core.Sealed(ctx, db)
	if used && err == nil {
		err = fmt.Errorf("the PostgreSQL database has data already, and nothing in it was touched: make another one for the demo, or open this one with: hoicho %s", serveAgain(location))
	}
	return errors.Join(err, db.Close())
}

// serveAgain is the command that opens what a demo has kept, without a password.
func serveAgain(location string) string {
	if !store.IsPostgres(location) {
		return "serve --db " + location
	}
	return fmt.Sprintf("serve --db '%s' --master-key-file %s", shownPlace(location), demoKey)
}

// demoKey seals a demo on PostgreSQL.
var demoKey = filepath.Join(filepath.FromSlash(localFolder), "master.key")

// removeDatabase removes a SQLite file that could not be filled, with what SQLite
// left beside it.
func removeDatabase(path string) error {
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm", ".lock", ".sock"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// inPlace fills the database at a location and serves it.
func (cmd *demoCmd) inPlace(e *env, location string) error {
	cfg := config.Config{DB: location, Addr: cmd.Addr, BaseURL: cmd.BaseURL, MetricsAddr: cmd.MetricsAddr,
		SiteName: "Hội chợ & phiên chợ hàng Việt", MailFrom: "hoicho@localhost", Demo: true}
	if store.IsPostgres(location) {
		cfg.MasterKeyFile = demoKey
	}
	cfg.Default()
	cfg.BackupDir = ""
	if err := cfg.Validate(); err != nil {
		return err
	}
	s := site{cfg: cfg, log: slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	var err error
	if s.doors, err = listen(cfg); err != nil {
		return err
	}
	db, err := store.Create(e.ctx, cfg.DB)
	if err != nil {
		return errors.Join(err, s.doors.Close())
	}
	return errors.Join(cmd.fillAndServe(e, s, db), db.Close())
}

// fillAndServe fills the database, tells how to get in, and serves. It closes the
// doors.
func (cmd *demoCmd) fillAndServe(e *env, s site, db *store.DB) (err error) {
	if s.app, err = newApp(e.ctx, s.cfg, db, s.log); err != nil {
		return errors.Join(err, s.doors.Close())
	}
	defer s.app.Close()
	if err := cmd.fill(e, s); err != nil {
		return errors.Join(err, s.doors.Close())
	}
	return s.run(e.ctx)
}

// fill fills the database and tells how to get in.
func (cmd *demoCmd) fill(e *env, s site) error {
	m, err := demo.Fill(e.ctx, s.app, demo.Options{Files: data.Demo, Gates: cmd.Gates, Passes: cmd.Passes, Scans: cmd.Scans})
	if err != nil {
		return err
	}
	m.MetricsURL = s.doors.metricsURL()
	if cmd.Manifest != "" {
		if err := writeManifest(cmd.Manifest, m); err != nil {
			return err
		}
	}
	return cmd.welcome(e.out, m)
}

// writeManifest writes the manifest so that only its owner can read it: there are
// passwords and tokens in it. A reader finds it whole or not at all.
func writeManifest(path string, m demo.Manifest) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".manifest-")
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	_, err = f.Write(append(raw, '\n'))
	if err := errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}
