package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"

	"hoicho/data"
	"hoicho/internal/app"
	"hoicho/internal/config"
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
	Dev           bool     `hidden:"" help:"Read templates from disk."`
}

// Run serves until the context ends, then finishes what is under way.
func (cmd *serveCmd) Run(e *env) error {
	cfg, err := cmd.config()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	db, err := openMigrated(e.ctx, cfg.DB)
	if err != nil {
		return err
	}
	err = serve(e, cfg, db, log, cmd.Dev)
	return errors.Join(err, db.Close())
}

func (cmd *serveCmd) config() (config.Config, error) {
	location, err := cmd.location()
	if err != nil {
		return config.Config{}, err
	}
	cfg := config.Config{DB: location, Addr: cmd.Addr, BaseURL: cmd.BaseURL, MasterKeyFile: cmd.MasterKeyFile,
		TrustedProxies: cmd.TrustedProxy, SiteName: cmd.SiteName}
	if cfg.BaseURL == "" {
		_, port, _ := net.SplitHostPort(cfg.Addr)
		cfg.BaseURL = "http://localhost:" + port
	}
	if cfg.MasterKeyFile == "" && !store.IsPostgres(cfg.DB) {
		cfg.MasterKeyFile = filepath.Join(filepath.Dir(cfg.DB), "master.key")
	}
	return cfg, cfg.Validate()
}

// serve runs the web server on an open database.
func serve(e *env, cfg config.Config, db *store.DB, log *slog.Logger, dev bool) error {
	a, err := app.New(app.Options{DB: db, Units: data.Units, BaseURL: cfg.BaseURL, Demo: cfg.Demo, Log: log})
	if err != nil {
		return err
	}
	s, err := web.New(web.Options{App: a, Config: cfg, Log: log, Dev: dev})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", cfg.Addr, err)
	}
	fmt.Fprintf(e.out, "hoicho %s serves %s\n", version, cfg.BaseURL)
	return s.Serve(e.ctx, l)
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
