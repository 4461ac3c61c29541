// Package app holds the use cases: each one checks a right, opens a
// transaction, applies a rule, writes one audit line and, where people must be
// told, rows of the outbox. Every door (web, api, jobs, command line) comes
// through here, so a rule cannot be forgotten at one of them.
package app

import (
	"context"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Options are what an App is made of.
type Options struct {
	DB        *store.DB
	Areas     *registry.Areas    // from Units
	Laws      registry.LawPapers // from package data
	MasterKey pass.MasterKey     // seals pass keys and second factors
	BaseURL   string
	Demo      bool // throw-away data: no second factor asked of office roles
	NoMail    bool // letters go into a folder: whoever has an address is to be called too
	Log       *slog.Logger
	// Relay says that this is a relay: what its phones send is kept for the server
	// that it stands in for.
	Relay bool
	// CheapPasswords makes hashing quick, for tests only.
	CheapPasswords bool
}

// App runs the use cases on one database.
type App struct {
	DB      *store.DB
	Areas   *registry.Areas
	Laws    registry.LawPapers
	BaseURL string
	Demo    bool
	NoMail  bool
	Trouble *Trouble
	Mail    Mailer // set before the first use; nil where no letters leave

	log        *slog.Logger
	masterKey  pass.MasterKey
	passwords  passwordHasher
	seals      sealer
	limits     limits
	workers    map[string]worker
	desks      sync.Map                     // registry.EventID to *gateDesk
	rosters    map[registry.EventID]*roster // those that no book has; the group commit's own
	senders    senders
	gates      *store.Group[*gateWork]
	isRelay    bool
	relay      relayPost
	tellings   tellings
	backups    backupLog
	sinceStart counts
}

// Units reads the administrative units (package data), with the folding and the
// order that the rest of the product uses.
func Units(files fs.FS) (*registry.Areas, error) {
	return registry.ParseAreas(files, vn.Fold, vn.SortKey)
}

// New makes an App. The database must have been migrated; it is guarded with the master
// key from now on. Close ends the App.
func New(o Options) (*App, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	seals, err := newSealer(o.MasterKey)
	if err != nil {
		return nil, err
	}
	guard, err := Guard(o.MasterKey)
	if err != nil {
		return nil, err
	}
	o.DB.SetGuard(guard)
	a := &App{DB: o.DB, Areas: o.Areas, Laws: o.Laws, BaseURL: o.BaseURL, Demo: o.Demo, NoMail: o.NoMail,
		log: o.Log, masterKey: o.MasterKey, passwords: newPasswordHasher(o.CheapPasswords),
		Trouble: NewTrouble(o.Log, func() time.Time { return o.DB.Now() }), seals: seals, limits: newLimits(), isRelay: o.Relay, rosters: map[registry.EventID]*roster{}}
	a.workers = map[string]worker{PaperPasses: a.printPaper, PaperSigns: a.printPaper}
	a.gates = store.NewGroup(o.DB, a.settle)
	return a, nil
}

// Today is today's date in Vietnam, YYYY-MM-DD.
func (a *App) Today() string { return vn.DateOf(a.DB.Now()) }

// DayOrToday returns day if it is a date, else today.
func (a *App) DayOrToday(day string) string {
	if vn.ValidDate(day) {
		return day
	}
	return a.Today()
}

// NowMS is the present instant in unix milliseconds.
func (a *App) NowMS() int64 { return a.DB.Now().UnixMilli() }

// change runs a use case in one transaction and writes the audit line that it
// returns. Nothing is written when it returns an error.
func (a *App) change(ctx context.Context, actor registry.Actor, fn func(*store.Tx) (registry.Change, error)) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		c, err := fn(tx)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, actor, c)
	})
}

// after returns the instant d from now in unix milliseconds.
func (a *App) after(d time.Duration) int64 { return a.DB.Now().Add(d).UnixMilli() }
