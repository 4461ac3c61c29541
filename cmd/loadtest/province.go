package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"sync/atomic"
	"time"

	"hoicho/data"
	"hoicho/internal/app"
	"hoicho/internal/app/core"
	"hoicho/internal/demo"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// size says how much of each sort a database shall hold, what the demo brings included.
type size struct {
	events, booths, vendors, applications, passes, scans int
	large                                                int  // of the scans, those of the demo's running event
	running                                              bool // all made events run today; else nearly all are over
}

// provinceSize is a whole province after some years.
var provinceSize = size{events: 1000, booths: 24_000, vendors: 5000, applications: 20_000, passes: 100_000, scans: 1_500_000, large: 100_000}

// scaled is a size times a factor.
func (s size) scaled(by float64) size {
	for _, n := range []*int{&s.events, &s.booths, &s.vendors, &s.applications, &s.passes, &s.scans, &s.large} {
		*n = int(float64(*n) * by)
	}
	return s
}

// handClock is the clock of a database while it is being filled, set by hand.
type handClock struct{ ms atomic.Int64 }

func (c *handClock) now() time.Time { return time.UnixMilli(c.ms.Load()) }

func (c *handClock) set(ms int64) { c.ms.Store(ms) }

// province is a database about to be filled through the product's own packages.
type province struct {
	size
	app      *app.App
	actor    registry.Actor
	clock    *handClock
	today    time.Time
	rng      *rand.Rand // the same choices for the same seed
	areas    []registry.Area
	vendors  []stock
	added    []registry.Event // by hand, beside those of the demo
	manifest demo.Manifest
	made     size // so far
	have     size // what the demo brought
}

// stock is a vendor with the product that it brings.
type stock struct {
	vendor  registry.VendorID
	product registry.ProductID
}

// makeProvince makes the database at a path: the demo, for one of everything, and as many
// events, vendors and passes as the size asks for. use gets it before it is closed.
func makeProvince(ctx context.Context, path string, seed uint64, s size, use func(*province) error) error {
	db, err := store.Create(ctx, path)
	if err != nil {
		return err
	}
	a, err := openApp(ctx, db, path)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	defer a.Close()
	p := &province{size: s, app: a, actor: registry.SystemActor("loadtest"), clock: &handClock{}, today: db.Now(), rng: rand.New(rand.NewPCG(seed, seed))}
	if err = p.fill(ctx); err == nil {
		err = use(p)
	}
	return err
}

// openApp puts the product on a database, with a master key beside it as serve has.
func openApp(ctx context.Context, db *store.DB, path string) (*app.App, error) {
	key, err := pass.LoadMasterKey(filepath.Join(filepath.Dir(path), "master.key"))
	if err != nil {
		return nil, err
	}
	if err := core.BindKey(ctx, db, key); err != nil {
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
	return app.New(app.Options{DB: db, Areas: areas, Laws: laws, Lists: lists, Forms: forms, MasterKey: key, BaseURL: "http://localhost:8080", CheapPasswords: true, Demo: true})
}

// fill fills an empty database. The clock goes from event to event meanwhile.
func (p *province) fill(ctx context.Context) (err error) {
	if p.manifest, err = demo.Fill(ctx, p.app, demo.Options{Files: data.Demo, Scans: p.large, Passes: p.passes / 20}); err != nil {
		return err
	}
	if p.have, err = p.counted(ctx); err != nil {
		return err
	}
	wall := p.app.DB.Now
	p.clock.set(p.today.UnixMilli())
	p.app.DB.Now = p.clock.now
	defer func() { p.app.DB.Now = wall }()
	p.areas = p.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	if err := p.addVendors(ctx); err != nil {
		return err
	}
	return p.addEvents(ctx)
}

// counted counts what there is.
func (p *province) counted(ctx context.Context) (s size, err error) {
	tables, err := p.app.DB.Check(ctx)
	if err != nil {
		return s, err
	}
	rows := func(table string) int { return int(tables.Rows[table]) }
	return size{events: rows("events"), booths: rows("booths"), vendors: rows("vendors"), applications: rows("applications"),
		passes: rows("passes"), scans: rows("scans")}, nil
}

// share is the part of the i-th of n when a total is dealt out evenly.
func share(total, i, n int) int { return total*(i+1)/n - total*i/n }
