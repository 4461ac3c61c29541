// Package app holds the use cases: each one checks a right, opens a
// transaction, applies a rule, writes one audit line and, where people must be
// told, rows of the outbox. Every door (web, api, jobs, command line) comes
// through here, so a rule cannot be forgotten at one of them.
package app

import (
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
	seals      sealer
	workers    map[string]worker
	backups    backupLog
	mailTrials *limiter // letters that try the way of mail, by account
	seekLimits seekLimits

	// accounts
	passwords     passwordHasher
	accountLimits accountLimits
	failedSignIns counter[string] // by step

	memberLimits memberLimits // of vendors
	tipLimits    tipLimits    // of tips

	// admission
	gates      *store.Group[*gateWork]
	desks      sync.Map                     // registry.EventID to *gateDesk
	rosters    map[registry.EventID]*roster // those that no book has; the group commit's own
	senders    senders
	tellings   tellings
	scanned    counter[registry.VerdictCode]
	gateLimits gateLimits
	isRelay    bool
	relay      relayPost
}

// Units reads the administrative units (package data), with the folding and the
// order that the rest of the product uses.
func Units(files fs.FS) (*registry.Areas, error) {
	return registry.ParseAreas(files, vn.Fold, vn.SortKey)
}

// New makes an App. The database must have been migrated; it is guarded with the master
// key from now on. Close ends the App.
func New(o Options) (*App, error) {
	a := &App{}
	if err := a.setUpCore(o); err != nil {
		return nil, err
	}
	a.setUpAccounts(o.CheapPasswords)
	a.setUpVendors()
	a.setUpPasses()
	a.setUpTips()
	a.setUpAdmission(o.Relay)
	return a, nil
}

// setUpCore makes ready what every use case needs.
func (a *App) setUpCore(o Options) (err error) {
	a.DB, a.Areas, a.Laws, a.BaseURL, a.Demo, a.NoMail = o.DB, o.Areas, o.Laws, o.BaseURL, o.Demo, o.NoMail
	if a.log = o.Log; a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	a.Trouble = NewTrouble(a.log, func() time.Time { return a.DB.Now() })
	a.masterKey, a.workers = o.MasterKey, map[string]worker{}
	a.mailTrials, a.seekLimits = newLimiter(5, 3*time.Minute), newSeekLimits()
	if a.seals, err = newSealer(o.MasterKey); err != nil {
		return err
	}
	guard, err := Guard(o.MasterKey)
	if err != nil {
		return err
	}
	a.DB.SetGuard(guard)
	return nil
}

// Close ends what the application does in the background: everything handed in is
// written and answered first. The database is closed after it.
func (a *App) Close() { a.closeGates() }
