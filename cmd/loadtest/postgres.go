package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgresBench is the product's servers on one PostgreSQL database.
type postgresBench struct {
	*gateBench
	second *process
	acked  atomic.Int64 // scans that were answered
}

// postgresFigures measures single scans on an empty PostgreSQL database that --postgres names, and
// prints a table.
func (b *gateBench) postgresFigures(ctx context.Context) (err error) {
	p := &postgresBench{gateBench: b}
	if err := p.open(ctx); err != nil {
		return err
	}
	err = errors.Join(p.measure(ctx), p.stop())
	printTable(os.Stdout, p.rows)
	return err
}

// open has the demo fill the database and serves it. The demo keeps the master key in the folder
// in which it runs.
func (p *postgresBench) open(ctx context.Context) (err error) {
	if p.serve == "" {
		if p.serve, err = build(ctx, p.dir); err != nil {
			return err
		}
	}
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	file := filepath.Join(p.dir, "manifest.json")
	cmd := exec.CommandContext(ctx, p.serve, "demo", "--db", p.postgres, "--addr", addr, "--manifest", file,
		"--gates", fmt.Sprint(p.gates), "--passes", fmt.Sprint(p.passes))
	cmd.Dir = p.dir
	demo, err := await(cmd, "http://"+addr, "/readyz")
	if err != nil {
		return err
	}
	if err := demo.stop(); err != nil {
		return err
	}
	if p.m, err = readManifest(file); err != nil {
		return err
	}
	if p.server, err = p.node(ctx, "--metrics-addr", p.probe); err != nil {
		return err
	}
	p.crowd = newCrowd(p.m.texts())
	p.crowd.apart = 20 * time.Second // millions of scans by their clocks in three hours
	p.phones, err = pairPhones(p.server.base, p.m.GatePairTokens, p.crowd)
	return errors.Join(err, p.stopIf(err))
}

// node is one server on the database.
func (p *postgresBench) node(ctx context.Context, more ...string) (*process, error) {
	return serveCopy(ctx, p.serve, p.postgres, append([]string{"--master-key-file", filepath.Join(p.dir, "data", "local", "master.key"),
		"--mail-dir", filepath.Join(p.dir, "mail")}, more...)...)
}

func (p *postgresBench) stopIf(err error) error {
	if err == nil {
		return nil
	}
	return p.stop()
}

func (p *postgresBench) stop() error {
	err := p.server.stop()
	if p.second != nil {
		err = errors.Join(err, p.second.stop())
	}
	return err
}

// measure goes through the table, and counts in the database what came of it.
func (p *postgresBench) measure(ctx context.Context) error {
	before, err := countPostgres(ctx, p.postgres)
	if err != nil {
		return err
	}
	if err := errors.Join(p.lasting(ctx), p.twoNodes(ctx)); err != nil {
		return err
	}
	after, err := countPostgres(ctx, p.postgres)
	if err != nil {
		return err
	}
	acked := int(p.acked.Load())
	p.add("scans acknowledged, stored, lost", fmt.Sprintf("%d, %d, %d", acked, after-before, acked-(after-before)), "lost 0", acked == after-before)
	return nil
}

// lasting loads one server with single scans for minutes, and compares the first rounds on a fresh
// database with the last ones.
func (p *postgresBench) lasting(ctx context.Context) error {
	var each []float64
	for began := time.Now(); len(each) < 2*rounds || time.Since(began) < p.lasts; {
		n, err := p.round()
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		each = append(each, n)
	}
	fresh, late, all := median(each[:rounds:rounds]), median(each[len(each)-rounds:]), median(each)
	p.add("PostgreSQL: durable single scans when fresh", fmt.Sprintf("%.0f/s", fresh), "", true)
	p.add(fmt.Sprintf("after %s of them, %d scans", p.lasts, p.acked.Load()), fmt.Sprintf("%.0f/s, all the while %.0f/s", late, all), "", true)
	p.add("ratio of the two", fmt.Sprintf("%.2f", late/fresh), "at least 0.90", late/fresh >= 0.9)
	return nil
}

// twoNodes compares one server with two that share the connections, in turns, at one event.
func (p *postgresBench) twoNodes(ctx context.Context) (err error) {
	if p.second, err = p.node(ctx); err != nil {
		return err
	}
	var one, two []float64
	for range rounds {
		for _, side := range []struct {
			servers []string
			each    *[]float64
		}{{[]string{p.server.base}, &one}, {[]string{p.server.base, p.second.base}, &two}} {
			p.spread(side.servers)
			n, err := p.round()
			if err := errors.Join(err, ctx.Err()); err != nil {
				return err
			}
			*side.each = append(*side.each, n)
		}
	}
	n, m := median(one), median(two)
	p.add("one server at one event; two", fmt.Sprintf("%.0f/s; %.0f/s", n, m), "", true)
	p.add("ratio of two to one", fmt.Sprintf("%.2f", m/n), "at least 0.90", m/n >= 0.9)
	return nil
}

// spread deals the phones out over servers.
func (p *postgresBench) spread(servers []string) {
	for i, ph := range p.phones {
		ph.base = servers[i%len(servers)]
	}
}

// round sends single scans on all connections and returns how many were answered a second.
func (p *postgresBench) round() (float64, error) {
	return inTurns(connections, p.span, func(i int) (int, error) {
		n, err := p.phones[i%len(p.phones)].sendNew(1)
		p.acked.Add(int64(n))
		return n, err
	})
}

// countPostgres counts the scans of a database beside its servers.
func countPostgres(ctx context.Context, at string) (n int, err error) {
	conn, err := pgx.Connect(ctx, at)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, `SELECT count(*) FROM scans`).Scan(&n)
	return n, err
}
