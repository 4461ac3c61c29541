package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// pageLimit is what a page at the scale of a province may take, p95.
const pageLimit = 60 * time.Millisecond

// officeOptions are the flags of `loadtest office`.
type officeOptions struct {
	dir   string
	serve string
	probe string
	only  string
	scale float64
	seed  uint64
	n     int
}

func officeFlags(args []string) (o officeOptions, err error) {
	flags := flag.NewFlagSet("loadtest office", flag.ContinueOnError)
	flags.StringVar(&o.dir, "dir", "", "folder that keeps the database; one that is there is used again. Without it the database is thrown away")
	flags.StringVar(&o.serve, "binary", "", "binary of hoicho; built from the tree without it")
	flags.StringVar(&o.probe, "metrics-addr", "", "address on which the server answers go tool pprof")
	flags.StringVar(&o.only, "only", "", "measure the routes that begin with this alone")
	flags.Float64Var(&o.scale, "scale", 1, "how much of a province there shall be")
	flags.Uint64Var(&o.seed, "seed", 1, "other choices of who applies where")
	flags.IntVar(&o.n, "n", 20, "how often each page is asked for")
	return o, flags.Parse(args)
}

// officeFigures makes the database of a province, measures it and prints the tables.
func officeFigures(ctx context.Context, args []string) error {
	o, err := officeFlags(args)
	if err != nil {
		return err
	}
	tidy, err := o.place(ctx)
	defer tidy()
	if err != nil {
		return err
	}
	b, err := o.measure(ctx, provinceSize.scaled(o.scale))
	if err != nil {
		return err
	}
	b.print(os.Stdout)
	return nil
}

// place finds a folder for the database and the binary.
func (o *officeOptions) place(ctx context.Context) (tidy func() error, err error) {
	tidy = func() error { return nil }
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp("", "hoicho-load-"); err != nil {
			return tidy, err
		}
		tidy = func() error { return os.RemoveAll(o.dir) }
	}
	if err := os.MkdirAll(o.dir, 0o700); err != nil {
		return tidy, err
	}
	if o.serve == "" {
		o.serve, err = build(ctx, o.dir)
	}
	return tidy, err
}

// officeBench is what was measured.
type officeBench struct {
	n       int
	rows    []row
	timings []timing
}

func (b *officeBench) add(what, value string) {
	b.rows = append(b.rows, row{what: what, value: value, ok: true})
	fmt.Fprintln(os.Stderr, what+": "+value)
}

// timing is how long the answers of a route took.
type timing struct {
	visit
	status   int
	bytes    int
	p50, p95 time.Duration
}

// measure makes the database unless it is there, and goes through all that is measured.
func (o officeOptions) measure(ctx context.Context, s size) (*officeBench, error) {
	b, db := &officeBench{n: o.n}, provinceFile(o.dir)
	if _, err := os.Stat(db); err != nil {
		began := time.Now()
		if err := makeProvince(ctx, db, o.seed, s, func(*province) error { return nil }); err != nil {
			return nil, err
		}
		b.add("made in", fmt.Sprintf("%.0f s", time.Since(began).Seconds()))
	}
	all, err := visits(ctx, db)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(db)
	if err != nil {
		return nil, err
	}
	b.add("size of the database", fmt.Sprintf("%.0f MB", float64(info.Size())/1e6))
	if err := b.commands(ctx, o.serve, db); err != nil {
		return nil, err
	}
	backups := filepath.Join(o.dir, "backup")
	if err := os.RemoveAll(backups); err != nil {
		return nil, err
	}
	p, err := serveCopy(ctx, o.serve, db, "--backup-dir", backups, "--metrics-addr", o.probe)
	if err != nil {
		return nil, err
	}
	b.add("start to the first answer", fmt.Sprintf("%d ms", p.ready.Milliseconds()))
	if err := settled(ctx, backups); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return b, errors.Join(b.pages(ctx, p, all, o.only), p.stop())
}

// settled waits until a server has made the backup that it begins with.
func settled(ctx context.Context, backups string) error {
	for began := time.Now(); time.Since(began) < 30*time.Minute; time.Sleep(time.Second) {
		made, err := filepath.Glob(filepath.Join(backups, "*.json"))
		if err != nil || len(made) > 0 || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
	}
	return errors.New("the server made no backup")
}

// commands measures check-db and a backup, which find nothing wrong.
func (b *officeBench) commands(ctx context.Context, bin, db string) error {
	copied := filepath.Join(filepath.Dir(db), "copy.db")
	defer os.Remove(copied)
	defer os.Remove(copied + ".json")
	for _, c := range [][]string{{"check-db", "--db", db}, {"backup", "--db", db, copied}} {
		began := time.Now()
		if out, err := exec.CommandContext(ctx, bin, c...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", c[0], err, out)
		}
		b.add(c[0], fmt.Sprintf("%.1f s", time.Since(began).Seconds()))
	}
	return nil
}

// pages asks for every page and paper, one after the other.
func (b *officeBench) pages(ctx context.Context, p *process, all []visit, only string) error {
	for _, v := range all {
		t := timing{visit: v}
		if v.why == "" && strings.HasPrefix(v.route, only) {
			if err := t.ask(ctx, p.base, b.n); err != nil {
				return err
			}
		}
		b.timings = append(b.timings, t)
	}
	mb, err := p.residentMB()
	b.add("memory after every page", fmt.Sprintf("%.0f MB", mb))
	return err
}

// ask asks once for what is only read at first, and then n times. No address is asked for
// twice: what is kept ready for strangers is made anew each time.
func (t *timing) ask(ctx context.Context, base string, n int) error {
	times := make([]time.Duration, 0, n)
	for i := range n + 1 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s%s&lan=%d", base, t.path, i), nil)
		if err != nil {
			return err
		}
		req.Header = t.header
		began := time.Now()
		res, err := impatient.Do(req)
		if err != nil {
			return err
		}
		size, err := io.Copy(io.Discard, res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			return err
		}
		if t.status, t.bytes = res.StatusCode, int(size); i > 0 {
			times = append(times, time.Since(began))
		}
	}
	t.p50, t.p95 = percentile(times, 0.5), percentile(times, 0.95)
	return nil
}

// faults are the routes that did not answer with what they are there for.
func (b *officeBench) faults() (all []string) {
	for _, t := range b.timings {
		if t.status != 0 && t.status != http.StatusOK {
			all = append(all, fmt.Sprintf("%s: %d", t.path, t.status))
		}
	}
	return all
}

const slowest = 20

// print writes the tables for README.
func (b *officeBench) print(w io.Writer) {
	printTable(w, b.rows)
	measured, over := 0, 0
	for _, t := range b.timings {
		if t.status != 0 {
			measured++
		}
		if t.p95 > pageLimit {
			over++
		}
	}
	fmt.Fprintf(w, "\n%d pages and papers asked for %d times each, %d above %d ms p95\n\n| page | p50 ms | p95 ms | kB |\n|---|---|---|---|\n",
		measured, b.n, over, pageLimit.Milliseconds())
	slices.SortStableFunc(b.timings, func(x, y timing) int { return cmp.Compare(y.p95, x.p95) })
	for i, t := range b.timings {
		if t.status == 0 {
			continue
		}
		if i < slowest || t.p95 > pageLimit {
			fmt.Fprintf(w, "| `%s` | %.0f | %.0f | %.0f |\n", t.route, ms(t.p50), ms(t.p95), float64(t.bytes)/1000)
		}
	}
	for _, fault := range b.faults() {
		fmt.Fprintln(w, "not 200:", fault)
	}
	for _, t := range b.timings {
		if t.why != "" {
			fmt.Fprintf(w, "not asked: %s: %s\n", t.route, t.why)
		}
	}
}
