package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/valyala/fasthttp"

	"hoicho/internal/app"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// nationSize is a day on which a thousand events run at once.
var nationSize = size{events: 1075, booths: 24_000, vendors: 5000, applications: 20_000, passes: 100_000, running: true}

// peak is the load of the nation's peak.
type peak struct {
	size
	phones      int // paired, dealt out over the running events
	scans       int // a second
	pages       int // a second
	office      int // pages of officers a second
	notes       int // of reviewers, a second
	time        time.Duration
	seed        uint64
	serve, dir  string
	probe       string
	connections int
}

var nationPeak = peak{size: nationSize, phones: 10_000, scans: 665, pages: 2500, office: 10, notes: 1, connections: 4096}

func nationFlags(args []string) (p peak, scale float64, err error) {
	p = nationPeak
	flags := flag.NewFlagSet("loadtest nation", flag.ContinueOnError)
	flags.DurationVar(&p.time, "for", 10*time.Minute, "how long the peak lasts")
	flags.StringVar(&p.dir, "dir", "", "folder for the database; without it one that is thrown away")
	flags.StringVar(&p.serve, "binary", "", "binary of hoicho; built from the tree without it")
	flags.StringVar(&p.probe, "metrics-addr", "", "address on which the server answers go tool pprof")
	flags.Float64Var(&scale, "scale", 1, "how much of the nation there shall be: events, phones, scans and pages")
	flags.Uint64Var(&p.seed, "seed", 1, "other choices of who applies where, and of who comes")
	return p, scale, flags.Parse(args)
}

// scaled is a part of the peak.
func (p peak) scaled(by float64) peak {
	p.size = p.size.scaled(by)
	for _, n := range []*int{&p.phones, &p.scans, &p.pages, &p.office, &p.notes} {
		*n = max(1, int(float64(*n)*by))
	}
	return p
}

// nationFigures runs the peak and prints its row.
func nationFigures(ctx context.Context, args []string) error {
	p, scale, err := nationFlags(args)
	if err != nil {
		return err
	}
	o := officeOptions{dir: p.dir, serve: p.serve}
	tidy, err := o.place(ctx)
	defer tidy()
	if err != nil {
		return err
	}
	p = p.scaled(scale)
	p.dir, p.serve = o.dir, o.serve
	b, err := p.run(ctx)
	if err != nil {
		return err
	}
	b.print(os.Stdout)
	return nil
}

// nationBench is one run of the peak.
type nationBench struct {
	peak
	server *process
	rng    *rand.Rand
	phones []*phone
	events []*crowd
	public []string // addresses
	office []string
	cookie string
	scans  kind
	pages  kind
	desks  kind
	notes  kind
	papers []registry.ApplicationID
	stored int // scans in the file afterwards
	before int
	own    cpuShare
	memory float64 // MB, the largest
}

// run makes the database, serves it and loads it.
func (p peak) run(ctx context.Context) (*nationBench, error) {
	b, db := &nationBench{peak: p, rng: rand.New(rand.NewPCG(p.seed, p.seed))}, filepath.Join(p.dir, "nation.db")
	if err := makeProvince(ctx, db, p.seed, p.size, func(made *province) error { return b.prepare(ctx, made) }); err != nil {
		return nil, err
	}
	var err error
	if b.before, err = countScans(ctx, db); err != nil {
		return nil, err
	}
	if b.server, err = serveCopy(ctx, p.serve, db, "--metrics-addr", p.probe); err != nil {
		return nil, err
	}
	client := &fasthttp.Client{MaxConnsPerHost: p.connections, MaxConnWaitTimeout: time.Minute, ReadTimeout: time.Minute, WriteTimeout: time.Minute}
	for _, ph := range b.phones {
		ph.base, ph.client = b.server.base, client
	}
	b.load(ctx, client)
	if err := b.server.stop(); err != nil {
		return nil, err
	}
	b.stored, err = countScans(ctx, db)
	return b, err
}

func countScans(ctx context.Context, path string) (n int, err error) {
	db, err := openCount(path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, `SELECT COUNT(*) FROM scans`).Scan(&n)
	return n, err
}

// prepare pairs the phones with the events that run, and notes what will be asked for.
func (b *nationBench) prepare(ctx context.Context, p *province) error {
	var running []registry.EventID
	for _, e := range p.added {
		if err := b.addPages(ctx, p.app, e); err != nil {
			return err
		}
		running = append(running, e.ID)
	}
	for i := range b.peak.phones {
		at := i % len(running)
		d, token, err := p.pair(ctx, running[at], fmt.Sprintf("Máy %d", i+1))
		if err != nil {
			return err
		}
		b.phones = append(b.phones, &phone{crowd: b.events[at], id: d.ID, token: token, gate: 1})
	}
	v := visitor{app: p.app}
	var err error
	if b.cookie, err = v.newAdmin(ctx); err != nil {
		return err
	}
	return p.app.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: p.added[0].ID})
		for _, r := range rows {
			b.papers = append(b.papers, r.ID)
		}
		return err
	})
}

// addPages notes what people ask for of an event: its page, its plan, the pages behind its
// symbols; and what officers open.
func (b *nationBench) addPages(ctx context.Context, a *app.App, e registry.Event) error {
	var rows []registry.PassRow
	if err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		rows, err = tx.Passes(ctx, registry.PassFilter{Event: e.ID})
		return err
	}); err != nil {
		return err
	}
	var texts []string
	for _, r := range rows {
		if r.Kind != registry.BoothPass {
			texts = append(texts, pass.Text(a.BaseURL, r.Code, r.Proof))
		} else {
			b.public = append(b.public, "/t/"+r.Code)
		}
	}
	if len(texts) == 0 {
		return errors.New("an event without passes")
	}
	b.events = append(b.events, newCrowd(texts))
	b.public = append(b.public, "/su-kien/"+e.Slug, "/su-kien/"+e.Slug+"/so-do", "/su-kien/"+e.Slug+".ics")
	b.office = append(b.office, "/quan-ly/su-kien/"+string(e.ID), "/quan-ly/su-kien/"+string(e.ID)+"/don", "/quan-ly/su-kien/"+string(e.ID)+"/cong/truc-tiep")
	return nil
}

// front are pages that everybody opens; half of the visitors come there.
var front = []string{"/", "/su-kien", "/doanh-nghiep", "/san-pham"}

// desk are pages that every officer opens; half of their pages are these.
var desk = []string{"/quan-ly", "/quan-ly/don", "/quan-ly/su-kien"}

func pick(rng *rand.Rand, often, others []string) string {
	if rng.IntN(2) == 0 {
		return often[rng.IntN(len(often))]
	}
	return others[rng.IntN(len(others))]
}

// load runs the three kinds of load beside each other, each at its own steady rate.
func (b *nationBench) load(ctx context.Context, client *fasthttp.Client) {
	own := startShare(b.server)
	stop := make(chan struct{})
	sampled := b.watchMemory(stop)
	n := func(rate int) int { return int(b.time.Seconds() * float64(rate)) }
	scans, public, office := make([]*phone, n(b.peak.scans)), make([]string, n(b.peak.pages)), make([]string, n(b.peak.office))
	for i := range scans {
		scans[i] = b.phones[b.rng.IntN(len(b.phones))]
	}
	for i := range public {
		public[i] = pick(b.rng, front, b.public)
	}
	for i := range office {
		office[i] = pick(b.rng, desk, b.office)
	}
	began := time.Now().Add(time.Second)
	pages := b.pages.begin(ctx, began, b.peak.pages, len(public), func(i int) error { return getPage(client, b.server.base+public[i], "") })
	desks := b.desks.begin(ctx, began, b.peak.office, len(office), func(i int) error { return getPage(client, b.server.base+office[i], b.cookie) })
	notes := b.notes.begin(ctx, began, b.peak.notes, n(b.peak.notes), func(i int) error {
		return b.note(client, b.papers[i%len(b.papers)], fmt.Sprintf("Đã gọi lần %d.", i+1))
	})
	whole := b.scans.begin(ctx, began, b.peak.scans, len(scans), func(i int) error {
		got, err := scans[i].sendNew(1)
		if err == nil && got != 1 {
			err = fmt.Errorf("%d answers to one scan", got)
		}
		return err
	})
	whole()
	pages()
	desks()
	notes()
	close(stop)
	b.own, b.memory = own(), sampled()
}

// getPage asks for a page, compressed, as somebody whom a cookie names.
func getPage(client *fasthttp.Client, at, cookie string) error {
	return call(client, fasthttp.StatusOK, func(req *fasthttp.Request) {
		req.SetRequestURI(at)
		if cookie != "" {
			req.Header.Set("Cookie", cookie)
		}
	})
}

// note writes a reviewer's note on an application.
func (b *nationBench) note(client *fasthttp.Client, on registry.ApplicationID, text string) error {
	return call(client, fasthttp.StatusSeeOther, func(req *fasthttp.Request) {
		req.SetRequestURI(b.server.base + "/quan-ly/don/" + string(on) + "/ghi-chu")
		req.Header.SetMethod(fasthttp.MethodPost)
		req.Header.SetContentType("application/x-www-form-urlencoded")
		req.Header.Set("Origin", b.server.base)
		req.Header.Set("Cookie", b.cookie)
		req.SetBodyString("note=" + url.QueryEscape(text))
	})
}

// call sends a request and sees that it is answered with a status.
func call(client *fasthttp.Client, want int, fill func(*fasthttp.Request)) error {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	req.Header.Set("Accept-Encoding", "gzip")
	fill(req)
	if err := client.Do(req, res); err != nil {
		return err
	}
	if got := res.StatusCode(); got != want {
		return fmt.Errorf("status %d instead of %d", got, want)
	}
	return nil
}

// bad counts the errors of scans, pages, pages of the office and notes.
func (b *nationBench) bad() [4]int {
	return [4]int{b.scans.bad(), b.pages.bad(), b.desks.bad(), b.notes.bad()}
}

// lost is how many scans were acknowledged and are not stored.
func (b *nationBench) lost() int { return b.scans.good() - (b.stored - b.before) }

// print writes the row for README.
func (b *nationBench) print(w io.Writer) {
	printTable(w, b.table())
	for _, k := range []*kind{&b.scans, &b.pages, &b.desks, &b.notes} {
		for _, what := range slices.Sorted(k.errors.keys()) {
			fmt.Fprintf(w, "%d times: %s\n", k.errors[what], what)
		}
	}
}

func (b *nationBench) table() []row {
	load := fmt.Sprintf("%d scans/s from %d phones over %d events, %d pages/s, %d of the office/s, %d notes/s, %s", b.peak.scans, len(b.phones), len(b.events), b.peak.pages, b.peak.office, b.peak.notes, b.time)
	scan, page := b.scans.at(0.99), b.pages.at(0.99)
	return []row{
		{"the load", load, "", true},
		{"a scan, p50 / p95 / p99", b.scans.line(), "p99 25 ms", scan <= 25*time.Millisecond},
		{"a page, p50 / p95 / p99", b.pages.line(), "p99 50 ms", page <= 50*time.Millisecond},
		{"a page of the office, p50 / p95 / p99", b.desks.line(), "", true},
		{"a note of a reviewer, p50 / p95 / p99", b.notes.line(), "", true},
		{"errors of scans, pages, office, notes", fmt.Sprint(b.bad()), "[0 0 0 0]", b.bad() == [4]int{}},
		{"scans acknowledged, stored, lost", fmt.Sprintf("%d, %d, %d", b.scans.good(), b.stored-b.before, b.lost()), "lost 0", b.lost() <= 0},
		{"memory of the server at its highest", fmt.Sprintf("%.0f MB", b.memory), "under 500 MB", b.memory < 500},
		{"processors: the server, the load", b.own.String(), "", true},
	}
}

// firstWords cuts an error to what kind it is.
func firstWords(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return text
}
