package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"hoicho/data"
	"hoicho/internal/app"
	"hoicho/internal/app/core"
	"hoicho/internal/config"
	"hoicho/internal/pass"
	"hoicho/internal/store"
)

// dbFlag names the database of a command.
type dbFlag struct {
	DB     string `name:"db" env:"HOICHO_DB" default:"data/local/hoicho.db" help:"SQLite file, or a postgres:// address."`
	DBFile string `name:"db-file" env:"HOICHO_DB_FILE" help:"File that holds the address, to keep a password off the command line."`
}

// location returns the database to open.
func (f dbFlag) location() (string, error) {
	location := f.DB
	if f.DBFile != "" {
		var err error
		if location, err = secret(f.DBFile); err != nil {
			return "", err
		}
	}
	if err := store.CheckLocation(location); err != nil {
		return "", usageError{err}
	}
	return location, nil
}

// open opens the database of a command, which must be there, and brings it to this
// version.
func (f dbFlag) open(ctx context.Context) (*store.DB, error) {
	location, err := f.location()
	if err != nil {
		return nil, err
	}
	return openThere(ctx, location)
}

func openThere(ctx context.Context, location string) (*store.DB, error) {
	db, err := store.Open(ctx, location)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// keyFlag names the master key of a database.
type keyFlag struct {
	MasterKeyFile string `name:"master-key-file" env:"HOICHO_MASTER_KEY_FILE" help:"Seals keys in the database; master.key beside a SQLite file by default, and made at its first start."`
}

// config is what a command knows of a server.
func (f keyFlag) config(e *env, location, baseURL string) (config.Config, error) {
	cfg := config.Config{DB: location, Addr: "127.0.0.1:8080", BaseURL: baseURL, MasterKeyFile: f.MasterKeyFile,
		MasterKey: e.getenv("HOICHO_MASTER_KEY")}
	cfg.Default()
	if err := cfg.Validate(); err != nil {
		return cfg, usageError{err}
	}
	return cfg, nil
}

// localFolder is the project's own folder for data: it is made when it is used.
const localFolder = "data/local"

// makeFolder makes the folder of a new database if it was asked for or is ours.
func makeFolder(location string, asked bool) error {
	dir := filepath.Dir(location)
	if store.IsPostgres(location) {
		dir = filepath.FromSlash(localFolder)
	} else if !asked && dir != filepath.FromSlash(localFolder) {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the folder %s cannot be made: let the account that runs hoicho write there, or name another place with --db (%w)", dir, err)
	}
	return nil
}

// newApp makes the application with its master key.
func newApp(ctx context.Context, cfg config.Config, db *store.DB, log *slog.Logger) (*app.App, error) {
	return newAppOf(ctx, cfg, db, log, false)
}

// newAppOf is newApp for a server or a relay.
func newAppOf(ctx context.Context, cfg config.Config, db *store.DB, log *slog.Logger, isRelay bool) (*app.App, error) {
	key, err := boundKey(ctx, cfg, db)
	if err != nil {
		return nil, err
	}
	areas, err := app.Units(data.Units)
	if err != nil {
		return nil, err
	}
	laws, lists, err := app.Rules(data.Papers, data.Checklists)
	if err != nil {
		return nil, err
	}
	forms, err := app.ReportForms(data.ReportForms, data.ReportPeriods)
	if err != nil {
		return nil, err
	}
	return app.New(app.Options{DB: db, Areas: areas, Laws: laws, Lists: lists, Forms: forms, MasterKey: key, BaseURL: cfg.BaseURL, Demo: cfg.Demo, NoMail: cfg.SMTP == "" && !cfg.Demo, Log: log, Relay: isRelay})
}

// boundKey reads the master key and sees that it is the one of the database. The
// file is made at the first start: never where something is sealed already.
func boundKey(ctx context.Context, cfg config.Config, db *store.DB) (pass.MasterKey, error) {
	key, err := readKey(cfg)
	if errors.Is(err, fs.ErrNotExist) {
		sealed, errSealed := core.Sealed(ctx, db)
		if errSealed != nil {
			return key, errSealed
		}
		if sealed {
			return key, fmt.Errorf("the master key %s is missing, and the database is sealed with it: %w", cfg.MasterKeyFile, core.ErrOtherKey)
		}
		return makeKey(ctx, cfg, db)
	}
	if err != nil {
		return key, err
	}
	return key, core.BindKey(ctx, db, key)
}

// makeKey makes the master key of a new database. One that does not become its key
// is taken away again.
func makeKey(ctx context.Context, cfg config.Config, db *store.DB) (pass.MasterKey, error) {
	key, err := pass.LoadMasterKey(cfg.MasterKeyFile)
	if err != nil {
		return key, err
	}
	err = core.BindKey(ctx, db, key)
	if err == nil || db.Path() == "" { // another server on PostgreSQL may have the same file
		return key, err
	}
	return key, errors.Join(store.PlaceFault(db.Path(), err), os.Remove(cfg.MasterKeyFile))
}

// readKey reads the master key from the environment, else from its file.
func readKey(cfg config.Config) (pass.MasterKey, error) {
	if cfg.MasterKey != "" {
		return pass.ParseMasterKey(cfg.MasterKey)
	}
	return pass.ReadMasterKey(cfg.MasterKeyFile)
}
