package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

const (
	gatesN      = 40 // as many as an event may have
	passesN     = 10_000
	batchN      = 500
	queuePhones = 10
	queueN      = 20_000
)

// gateOptions are the flags of `loadtest gate`.
type gateOptions struct {
	peer   string // PocketBase as a binary; none without it
	growth int    // scans of the database that has grown
	serve  string // the product as a binary; built without it
	probe  string // address of the server's metrics and profiles

	postgres string        // address of an empty database, which is measured instead
	lasts    time.Duration // of its load
	scale
}

// scale is how much the gate is given to do.
type scale struct {
	gates, passes int
	turn          time.Duration // of the mixed load on one of two servers
	span          time.Duration // of a round of single scans on PostgreSQL
}

var fullScale = scale{gates: gatesN, passes: passesN, turn: mixedTime / 2, span: roundTime}

func gateFlags(args []string) (o gateOptions, err error) {
	o.scale = fullScale
	flags := flag.NewFlagSet("loadtest gate", flag.ContinueOnError)
	flags.StringVar(&o.peer, "peer", "", "binary of PocketBase to measure beside")
	flags.IntVar(&o.growth, "growth", 10_000_000, "scans in the database that has grown; 0 leaves that row out")
	flags.StringVar(&o.serve, "binary", "", "binary of hoicho; built from the tree without it")
	flags.StringVar(&o.probe, "metrics-addr", "", "address on which the server under load answers go tool pprof")
	flags.StringVar(&o.postgres, "postgres", "", "address of an empty PostgreSQL database: measures single scans on it, of one server and of two, in place of all else")
	flags.DurationVar(&o.lasts, "for", 5*time.Minute, "how long the load of --postgres lasts")
	return o, flags.Parse(args)
}

// gateBench is one run of the gate's figures.
type gateBench struct {
	gateOptions
	dir    string
	db     string
	copyDB string // the database as the demo left it
	m      manifest
	server *process
	phones []*phone
	crowd  *crowd
	rows   []row
	peakMB float64
}

// gateFigures measures the gate and prints the table of what it has to reach.
func gateFigures(ctx context.Context, args []string) (err error) {
	b := &gateBench{}
	if b.gateOptions, err = gateFlags(args); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "hoicho-load-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if b.postgres != "" {
		return b.postgresFigures(ctx)
	}
	if err := b.open(ctx); err != nil {
		return err
	}
	err = b.measure(ctx)
	printTable(os.Stdout, b.rows)
	return err
}

// open fills a demo database with enough gates and passes and serves it.
func (b *gateBench) open(ctx context.Context) (err error) {
	if b.serve == "" {
		if b.serve, err = build(ctx, b.dir); err != nil {
			return err
		}
	}
	b.db, b.copyDB = filepath.Join(b.dir, "gate.db"), filepath.Join(b.dir, "copy.db")
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	file := filepath.Join(b.dir, "manifest.json")
	demo, err := start(ctx, "http://"+addr, "/readyz", b.serve, "demo", "--db", b.db, "--addr", addr, "--manifest", file,
		"--gates", fmt.Sprint(b.gates), "--passes", fmt.Sprint(b.passes))
	if err != nil {
		return err
	}
	if err := demo.stop(); err != nil {
		return err
	}
	if b.m, err = readManifest(file); err != nil {
		return err
	}
	if err := copyFile(b.db, b.copyDB); err != nil {
		return err
	}
	b.server, err = serveCopy(ctx, b.serve, b.db, "--metrics-addr", b.probe)
	if err != nil {
		return err
	}
	b.crowd = newCrowd(b.m.texts())
	b.phones, err = pairPhones(b.server.base, b.m.GatePairTokens, b.crowd)
	return err
}

// serveCopy serves a database that is filled already.
func serveCopy(ctx context.Context, bin, db string, more ...string) (*process, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return start(ctx, "http://"+addr, "/readyz", bin, append([]string{"serve", "--db", db, "--addr", addr}, more...)...)
}

// measure goes through the table.
func (b *gateBench) measure(ctx context.Context) error {
	steps := []func(context.Context) error{b.singles, b.batches, b.mixed, b.queue, b.logged, b.lists, b.memory}
	var err error
	for _, step := range steps {
		if err = step(ctx); err != nil {
			break
		}
	}
	if err := errors.Join(err, b.server.stop()); err != nil {
		return err
	}
	if err := b.storedBytes(ctx); err != nil || b.growth == 0 {
		return err
	}
	return b.grown(ctx)
}

func (b *gateBench) add(what, value, goal string, ok bool) {
	b.rows = append(b.rows, row{what, value, goal, ok})
	fmt.Fprintln(os.Stderr, what+": "+value)
	if mb, err := b.server.residentMB(); err == nil {
		b.peakMB = max(b.peakMB, mb)
	}
}

// singles sends single scans on all connections at once, beside the peer's plain
// record create if there is one.
func (b *gateBench) singles(ctx context.Context) error {
	var other *peer
	if b.peer != "" {
		var err error
		if other, err = startPeer(ctx, b.peer, b.dir); err != nil {
			return err
		}
		defer other.server.stop()
	}
	var ours, theirs []float64
	for range rounds {
		n, err := inTurns(connections, roundTime, func(i int) (int, error) { return b.phones[i%len(b.phones)].sendNew(1) })
		if err != nil {
			return err
		}
		ours = append(ours, n)
		if other != nil {
			if n, err = inTurns(connections, roundTime, func(int) (int, error) { return 1, other.create() }); err != nil {
				return err
			}
			theirs = append(theirs, n)
		}
	}
	n := median(ours)
	b.add("durable single scans, 64 connections", fmt.Sprintf("%.0f/s", n), "", true)
	if other != nil {
		p := median(theirs)
		b.add("PocketBase record create beside it", fmt.Sprintf("%.0f/s", p), "", true)
		b.add("ratio of the two", fmt.Sprintf("%.2f", n/p), "at least 3", n/p >= 3)
	}
	return nil
}

// batches sends batches of 500 from 8 phones, beside raw inserts into a file on
// the same file system.
func (b *gateBench) batches(ctx context.Context) error {
	raw, err := openRaw(ctx, b.copyDB, filepath.Join(b.dir, "raw.db"))
	if err != nil {
		return err
	}
	defer raw.Close()
	var ours, limit []float64
	for range rounds {
		n, err := inTurns(8, roundTime, func(i int) (int, error) { return b.phones[i].sendNew(batchN) })
		if err != nil {
			return err
		}
		r, err := inTurns(1, roundTime, func(int) (int, error) { return batchN, raw.insert(ctx, batchN) })
		if err != nil {
			return err
		}
		ours, limit = append(ours, n), append(limit, r)
	}
	n, r := median(ours), median(limit)
	b.add("batches of 500 scans, 8 phones", fmt.Sprintf("%.0f scans/s", n), "", true)
	b.add("raw inserts of 500 rows beside it", fmt.Sprintf("%.0f rows/s", r), "", true)
	b.add("ratio of the two", fmt.Sprintf("%.2f", n/r), "at least 0.40", n/r >= 0.4)
	return nil
}

// mixed measures the time of a scan while pages, lists and figures are asked for.
func (b *gateBench) mixed(ctx context.Context) error {
	slug, err := b.m.runningSlug()
	if err != nil {
		return err
	}
	times, err := mixedLoad(b.phones, slug, mixedTime)
	if err != nil {
		return err
	}
	p := percentile(times, 0.99)
	b.add("p99 of a scan, 200/s mixed load", fmt.Sprintf("%.1f ms (median %.1f)", ms(p), ms(percentile(times, 0.5))), "at most 15 ms", p <= 15*time.Millisecond)
	return nil
}

// memory is the largest that was seen after each step.
func (b *gateBench) memory(context.Context) error {
	b.add("server's memory during all this", fmt.Sprintf("%.0f MB", b.peakMB), "at most 250 MB", b.peakMB <= 250)
	return nil
}

// lists measures the bytes of a whole gate list and of one in which nothing moved.
func (b *gateBench) lists(context.Context) error {
	p := b.phones[0]
	whole, etag, err := p.get("/api/v1/gate/snapshot")
	if err != nil {
		return err
	}
	epoch, version, err := cursorOf(etag)
	if err != nil {
		return err
	}
	quiet, _, err := p.get(fmt.Sprintf("/api/v1/gate/snapshot?since=%d.%d.", epoch, version))
	if err != nil {
		return err
	}
	what := fmt.Sprintf("gate list of %d passes, compressed", len(b.crowd.texts))
	b.add(what, fmt.Sprintf("%.0f kB", float64(whole)/1000), "at most 400 kB", whole <= 400_000)
	b.add("gate list when no pass moved", fmt.Sprintf("%d bytes", quiet), "under 2,000", quiet < 2000)
	return nil
}

func median(figures []float64) float64 {
	slices.Sort(figures)
	return figures[len(figures)/2]
}
