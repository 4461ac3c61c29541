package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

const (
	connections = 64
	roundTime   = 3 * time.Second
	rounds      = 5
)

// pages measures start, memory, the cached event page and the binary.
func pages(ctx context.Context) error {
	return withDemo(ctx, func(_, bin string, p *process, slug string) error {
		rows, err := pageRows(ctx, p, slug)
		if err := errors.Join(err, p.stop()); err != nil {
			return err
		}
		size, err := binaryRow(bin)
		if err != nil {
			return err
		}
		passes, err := passRow()
		if err != nil {
			return err
		}
		printTable(os.Stdout, append(rows, passes, size))
		return nil
	})
}

// withDemo builds the product into a folder of its own, serves the demo from there, and
// lets measure use, and stop, the server.
func withDemo(ctx context.Context, measure func(dir, bin string, p *process, slug string) error) error {
	dir, err := os.MkdirTemp("", "hoicho-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin, err := build(ctx, dir)
	if err != nil {
		return err
	}
	p, slug, err := demoServer(ctx, bin, dir)
	if err != nil {
		return err
	}
	return measure(dir, bin, p, slug)
}

// demoServer fills a demo database, stops, and serves it again, so that the start
// that is measured is one on an existing database.
func demoServer(ctx context.Context, bin, dir string) (*process, string, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, "", err
	}
	base, db, file := "http://"+addr, filepath.Join(dir, "demo.db"), filepath.Join(dir, "manifest.json")
	demo, err := start(ctx, base, "/readyz", bin, "demo", "--db", db, "--addr", addr, "--manifest", file)
	if err != nil {
		return nil, "", err
	}
	if err := demo.stop(); err != nil {
		return nil, "", err
	}
	m, err := readManifest(file)
	if err != nil {
		return nil, "", err
	}
	slug, err := m.runningSlug()
	if err != nil {
		return nil, "", err
	}
	p, err := start(ctx, base, "/readyz", bin, "serve", "--db", db, "--addr", addr)
	return p, slug, err
}

func pageRows(ctx context.Context, p *process, slug string) ([]row, error) {
	time.Sleep(3 * time.Second) // idle: the first backup and jobs are over
	mb, err := p.residentMB()
	if err != nil {
		return nil, err
	}
	path := "/su-kien/" + slug
	first, err := firstVisit(p.base, path)
	if err != nil {
		return nil, err
	}
	ours, bare, err := besideEmpty(ctx, p.base+path)
	if err != nil {
		return nil, err
	}
	return []row{
		{"ready on an existing database", fmt.Sprintf("%d ms", p.ready.Milliseconds()), "under 1 s", p.ready < time.Second},
		{"idle memory with the demo", fmt.Sprintf("%.0f MB", mb), "under 120 MB", mb < 120},
		{"event page from cache, compressed", fmt.Sprintf("%.0f/s", ours), "", true},
		{"empty Fiber answer beside it", fmt.Sprintf("%.0f/s", bare), "", true},
		{"ratio of the two", fmt.Sprintf("%.2f", ours/bare), "at least 0.40", ours/bare >= 0.4},
		{"event page, first visit with all it loads", fmt.Sprintf("%.1f kB", first/1000), "at most 50 kB", first <= 50_000},
	}, nil
}

// besideEmpty loads the page and an empty Fiber server in turns and returns the
// median answers a second of each.
func besideEmpty(ctx context.Context, url string) (ours, bare float64, err error) {
	addr, err := freeAddr()
	if err != nil {
		return 0, 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	empty, err := start(ctx, "http://"+addr, "/", self, "empty", addr)
	if err != nil {
		return 0, 0, err
	}
	var a, b []float64
	for range rounds {
		a = append(a, load(url))
		b = append(b, load(empty.base+"/"))
	}
	slices.Sort(a)
	slices.Sort(b)
	return a[rounds/2], b[rounds/2], empty.stop()
}

func binaryRow(bin string) (row, error) {
	info, err := os.Stat(bin)
	if err != nil {
		return row{}, err
	}
	mb := float64(info.Size()) / 1e6
	return row{"binary", fmt.Sprintf("%.1f MB", mb), "under 45 MB", mb < 45}, nil
}
