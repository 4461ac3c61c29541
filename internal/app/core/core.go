// Package core is what every use case stands on: the database with its one clock,
// the change that checks a right, applies a rule and writes one audit line, the
// reading of input, limits, seals, settings, files, long jobs, the outbox, backups.
//
// What belongs to one subject only, such as a rule of vendors, is not here but in
// that subject's package beside this one.
package core

import (
	"log/slog"
	"time"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Core is what the services of all subjects share. They embed it.
type Core struct {
	DB        *store.DB
	Areas     *registry.Areas
	Laws      registry.LawPapers
	BaseURL   string
	Demo      bool // throw-away data: no second factor asked of office roles
	NoMail    bool // letters go into a folder: whoever has an address is to be called too
	Log       *slog.Logger
	MasterKey pass.MasterKey // seals pass keys and second factors
	Mail      Mailer         // set before the first use; nil where no letters leave
	Push      Pusher         // set before the first use; nil where phones get no notifications
	Trouble   *Trouble
	Seals     Sealer
	Workers   map[string]Worker // of long jobs, by kind

	backups    backupLog
	mailTrials *Limiter // letters that try the way of mail, by account
	seekLimits seekLimits
	turns      dayTurns
}

// Open makes ready a Core that holds what it was given: database, areas, laws, master
// key and log. The database is guarded with the master key from now on.
func (c *Core) Open() (err error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Trouble = NewTrouble(c.Log, func() time.Time { return c.DB.Now() }) // tests set Now later
	c.Workers = map[string]Worker{}
	c.mailTrials, c.seekLimits = NewLimiter(5, 3*time.Minute), newSeekLimits()
	if c.Seals, err = newSealer(c.MasterKey); err != nil {
		return err
	}
	guard, err := Guard(c.MasterKey)
	if err != nil {
		return err
	}
	c.DB.SetGuard(guard)
	return nil
}
