package testkit

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"hoicho/data"
	"hoicho/internal/app"
	"hoicho/internal/app/core"
	"hoicho/internal/config"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// sqliteTemplate is a migrated empty database that tests copy.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "hoicho-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "t.db")
	if err := migrateAt(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migrateAt brings the database at a location to the newest schema. Its province is
// Thái Nguyên; "" takes it away again.
func migrateAt(location string) error {
	ctx := context.Background()
	db, err := store.Create(ctx, location)
	if err != nil {
		return err
	}
	db.SetGuard(TestGuard())
	err = db.Write(ctx, func(tx *store.Tx) error { return tx.SaveSetting(ctx, ProvinceKey, "19") })
	return errors.Join(err, db.Close())
}

// ProvinceKey is the setting that holds the province.
const ProvinceKey = "site.province"

// Engine names the engine on which NewApp runs: HOICHO_TEST_ENGINE, else sqlite.
func Engine() string {
	if e := os.Getenv("HOICHO_TEST_ENGINE"); e != "" {
		return e
	}
	return "sqlite"
}

// NewDB opens a migrated, empty database on the engine, with a clock that stands
// at StartFor the test. It is closed at the end of the test.
func NewDB(t testing.TB, engine string) (*store.DB, *Clock) {
	t.Helper()
	db, clock, _ := openDB(t, engine)
	t.Cleanup(func() { closeDB(t, db) })
	return db, clock
}

func closeDB(t testing.TB, db *store.DB) {
	if err := db.Close(); err != nil {
		t.Errorf("close the database: %v", err)
	}
}

// openDB is NewDB for who closes it.
func openDB(t testing.TB, engine string) (db *store.DB, clock *Clock, location string) {
	t.Helper()
	location = filepath.Join(t.TempDir(), "test.db")
	if engine == "postgres" {
		location = NewPostgres(t, migrateAt)
	} else {
		template, err := sqliteTemplate()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(location, template, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	clock = &Clock{t: StartFor(t)}
	db.Now = clock.Now
	db.SetGuard(TestGuard())
	return db, clock, location
}

// masterKey is the one of all tests.
func masterKey() pass.MasterKey {
	key, err := pass.ParseMasterKey(strings.Repeat("5e", 32))
	if err != nil {
		panic(err)
	}
	return key
}

// TestGuard guards the databases of all tests.
func TestGuard() *store.Guard {
	guard, err := core.Guard(masterKey())
	if err != nil {
		panic(err)
	}
	return guard
}

// GuardOf is the guard of the databases of all tests, whatever their fingerprint.
func GuardOf(string) (*store.Guard, error) { return TestGuard(), nil }

// Engines runs a test on the engine that HOICHO_TEST_ENGINE names. Without it the
// test runs on SQLite and, where HOICHO_TEST_POSTGRES names a server, on
// PostgreSQL too. CI makes a run of each engine, so a query that only one of them
// takes cannot land.
func Engines(t *testing.T, test func(*testing.T, *store.DB)) {
	t.Helper()
	for _, engine := range EngineNames() {
		t.Run(engine, func(t *testing.T) {
			db, _ := NewDB(t, engine)
			test(t, db)
		})
	}
}

// EngineNames are the engines that a test of both runs on: see Engines.
func EngineNames() []string {
	switch {
	case os.Getenv("HOICHO_TEST_ENGINE") != "":
		return []string{Engine()}
	case os.Getenv("HOICHO_TEST_POSTGRES") != "":
		return []string{"sqlite", "postgres"}
	}
	return []string{"sqlite"}
}

// init lets tests use four times what they hold before rubbish is collected: they draw many
// pages and hold little.
func init() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
}

// Rounds is how often a long test repeats itself: all of them in a run of
// cmd/check, a fifth in an ordinary go test, which has to stay quick.
func Rounds(all int) int {
	if os.Getenv("HOICHO_TEST_ENGINE") == "" {
		return all / 5
	}
	return all
}

// units reads the administrative units once for all tests of a process.
var units = sync.OnceValues(func() (*registry.Areas, error) { return app.Units(data.Units) })

// Kit is an application on a database of its own.
type Kit struct {
	T     testing.TB
	App   *app.App
	DB    *store.DB
	Clock *Clock
	relay bool
	log   *slog.Logger

	location string
	tampered bool
}

// LogTo starts the application anew and has it write its log, from debug on, to w.
func (k *Kit) LogTo(w io.Writer) {
	k.log = slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
	k.Restart()
}

// NewRelay makes a relay that has not been paired yet, on a clock that it shares
// with its server. A relay runs on SQLite.
func NewRelay(t testing.TB, clock *Clock) *Kit {
	t.Helper()
	db, _ := NewDB(t, "sqlite")
	db.Now = clock.Now
	k := &Kit{T: t, DB: db, Clock: clock, relay: true}
	k.Restart()
	return k
}

// NewApp makes an application on the engine of the run.
func NewApp(t testing.TB) *Kit {
	t.Helper()
	return NewAppOn(t, Engine())
}

// NewAppOn makes an application on an engine.
func NewAppOn(t testing.TB, engine string) *Kit {
	t.Helper()
	db, clock, location := openDB(t, engine)
	k := &Kit{T: t, DB: db, Clock: clock, location: location}
	t.Cleanup(func() {
		k.checkMarks()
		closeDB(t, k.DB)
	})
	k.Restart()
	return k
}

// NewAppAt makes an application on the database at a location, which the test closes.
func NewAppAt(t testing.TB, location string) *Kit {
	t.Helper()
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	clock := &Clock{t: StartFor(t)}
	db.Now = clock.Now
	k := &Kit{T: t, DB: db, Clock: clock, location: location}
	k.Restart()
	return k
}

// MigratedPostgres returns the URL of a migrated PostgreSQL database that belongs to
// the test alone. Where the run is of SQLite alone the test is skipped.
func MigratedPostgres(t testing.TB) string {
	t.Helper()
	if os.Getenv("HOICHO_TEST_ENGINE") == "sqlite" {
		t.Skip("it is about PostgreSQL")
	}
	return NewPostgres(t, migrateAt)
}

// Restart puts a new application on the database, as if the process had ended and
// started again: nothing that was in memory is left.
func (k *Kit) Restart() {
	k.T.Helper()
	if k.App != nil {
		k.App.Close()
	}
	k.App = k.Another()
}

// Restore puts a backup in the place of the SQLite database, which nobody may be
// using but the kit's own application.
func (k *Kit) Restore(backup string) {
	k.T.Helper()
	k.App.Close()
	path := k.DB.Path()
	closeDB(k.T, k.DB)
	if _, err := store.Restore(k.T.Context(), backup, path, store.RestoreOptions{Guard: GuardOf}); err != nil {
		k.T.Fatal(err)
	}
	db, err := store.Open(k.T.Context(), path)
	if err != nil {
		k.T.Fatal(err)
	}
	db.Now = k.Clock.Now
	k.DB = db
	k.Restart()
}

// Another puts one more application on the database, as several servers have it
// on PostgreSQL.
func (k *Kit) Another() *app.App {
	k.T.Helper()
	areas, err := units()
	if err != nil {
		k.T.Fatal(err)
	}
	laws, lists, err := app.Rules(data.Papers, data.Checklists)
	if err != nil {
		k.T.Fatal(err)
	}
	forms, err := app.ReportForms(data.ReportForms, data.ReportPeriods)
	if err != nil {
		k.T.Fatal(err)
	}
	a, err := app.New(app.Options{DB: k.DB, Areas: areas, Laws: laws, Lists: lists, Forms: forms, MasterKey: masterKey(),
		BaseURL: "http://localhost", CheapPasswords: true, Relay: k.relay, Log: k.log})
	if err != nil {
		k.T.Fatal(err)
	}
	k.T.Cleanup(a.Close)
	return a
}

// Site is a web server for browsers and gate phones.
type Site interface {
	Serve(ctx context.Context, at ...net.Listener) error
}

// NewSite makes the site of an application. Package testkit/site sets it, which test
// packages import that serve pages: the others, most of all, link none of them.
var NewSite func(a *app.App, c config.Config, log *slog.Logger) (Site, error)

// Serve starts the web server of the kit on a free port until the test ends, and
// returns its address.
func (k *Kit) Serve() string {
	k.T.Helper()
	return k.Door().Base
}

// Door is the web server of a kit, which can be shut and opened again.
type Door struct {
	// Base is its address, which stays the same.
	Base string
	// Site is the server that stands open now.
	Site Site
	k    *Kit
	addr string
	shut func()
}

// Door opens the web server of the kit on a free port until the test ends.
func (k *Kit) Door() *Door {
	k.T.Helper()
	d := &Door{k: k, addr: "127.0.0.1:0", shut: func() {}}
	d.Open(config.Config{})
	k.T.Cleanup(d.Shut)
	return d
}

// Open starts the server, with settings beside its addresses.
func (d *Door) Open(c config.Config) {
	d.k.T.Helper()
	if NewSite == nil {
		d.k.T.Fatal(`no pages to serve: import _ "hoicho/internal/testkit/site" in this package's tests`)
	}
	l, err := net.Listen("tcp", d.addr)
	if err != nil {
		d.k.T.Fatal(err)
	}
	d.addr = l.Addr().String()
	_, port, _ := net.SplitHostPort(d.addr)
	d.Base = "http://localhost:" + port
	d.k.App.BaseURL = d.Base
	c.Addr, c.BaseURL, c.SiteName = d.addr, cmp.Or(c.BaseURL, d.Base), "Hội chợ & phiên chợ hàng Việt"
	if d.Site, err = NewSite(d.k.App, c, d.k.log); err != nil {
		d.k.T.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	site := d.Site
	go func() { done <- site.Serve(ctx, l) }()
	d.shut = sync.OnceFunc(func() {
		stop()
		if err := <-done; err != nil {
			d.k.T.Errorf("serve: %v", err)
		}
	})
}

// Shut stops the server: who calls finds nobody there.
func (d *Door) Shut() { d.shut() }
