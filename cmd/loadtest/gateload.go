package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
)

const (
	mixedTime = 8 * time.Second
	mixedRate = 200 // scans a second
)

// sendNew makes n scans and sends them.
func (p *phone) sendNew(n int) (int, error) { return p.send(p.batch(n, registry.Online)) }

// inTurns calls do on n connections again and again for a time, and returns what
// was done a second. The first error ends it.
func inTurns(n int, d time.Duration, do func(i int) (int, error)) (float64, error) {
	var done atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, n)
	began := time.Now()
	for i := range n {
		wg.Go(func() {
			for time.Since(began) < d && errs[i] == nil {
				var k int
				k, errs[i] = do(i)
				done.Add(int64(k))
			}
		})
	}
	wg.Wait()
	return float64(done.Load()) / time.Since(began).Seconds(), errors.Join(errs...)
}

// queue uploads what ten phones gathered without a network, and counts in the
// database what came of it.
func (b *gateBench) queue(ctx context.Context) error {
	phones := b.phones[:queuePhones]
	each := queueN / queuePhones
	before, _, err := b.stored(ctx, phones)
	if err != nil {
		return err
	}
	queues := make([][]gate.ScanBatch, queuePhones)
	for i, p := range phones {
		for range each / batchN {
			queues[i] = append(queues[i], p.batch(batchN, registry.Offline))
		}
	}
	began := time.Now()
	if err := sendQueues(phones, queues); err != nil {
		return err
	}
	took := time.Since(began)
	after, different, err := b.stored(ctx, phones)
	if err != nil {
		return err
	}
	lost, double := queueN-(after-before), after-different
	b.add("20,000 queued scans of 10 phones", fmt.Sprintf("%.2f s", took.Seconds()), "under 5 s", took < 5*time.Second)
	b.add("of them lost, double", fmt.Sprintf("%d, %d", lost, double), "0, 0", lost == 0 && double == 0)
	return nil
}

func sendQueues(phones []*phone, queues [][]gate.ScanBatch) error {
	var wg sync.WaitGroup
	errs := make([]error, len(phones))
	for i, p := range phones {
		wg.Go(func() {
			for _, batch := range queues[i] {
				if _, err := p.send(batch); err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// openCount opens a database beside its server to count in it.
func openCount(path string) (*sql.DB, error) {
	return sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)")
}

// stored counts the rows of phones in the file, and their different ids.
func (b *gateBench) stored(ctx context.Context, phones []*phone) (rows, ids int, err error) {
	db, err := openCount(b.db)
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	names := make([]string, len(phones))
	for i, p := range phones {
		names[i] = "'" + string(p.id) + "'"
	}
	err = db.QueryRowContext(ctx, `SELECT count(*), count(DISTINCT id) FROM scans WHERE device_n IN (SELECT n FROM devices WHERE id IN (`+strings.Join(names, ", ")+`))`).Scan(&rows, &ids)
	return rows, ids, err
}

// mixedLoad sends scans at a steady rate, whatever the server does, and beside
// them what else phones and visitors ask for. It returns how long each scan took,
// counted from when it was due.
func mixedLoad(phones []*phone, slug string, d time.Duration) ([]time.Duration, error) {
	n := int(d.Seconds() * mixedRate)
	times, errs := make([]time.Duration, n), make([]error, n)
	stop := make(chan struct{})
	others := askBeside(phones, slug, stop)
	var wg sync.WaitGroup
	began := time.Now()
	for i := range n {
		due := began.Add(time.Duration(i) * time.Second / mixedRate)
		time.Sleep(time.Until(due))
		wg.Go(func() {
			_, errs[i] = phones[i%len(phones)].sendNew(1)
			times[i] = time.Since(due)
		})
	}
	wg.Wait()
	close(stop)
	return times, errors.Join(append(errs, others())...)
}

// askBeside asks for changes of the list, figures and the event's page, 20 times a
// second each, until stop is closed; the function that it returns waits for that.
func askBeside(phones []*phone, slug string, stop chan struct{}) (wait func() error) {
	asks := []func(p *phone) error{
		func(p *phone) error { return p.catchUp() },
		func(p *phone) error { _, _, err := p.get("/api/v1/gate/stats"); return err },
		func(p *phone) error { _, _, err := p.get("/su-kien/" + slug); return err },
	}
	errs := make([]error, len(asks))
	var wg sync.WaitGroup
	for i, ask := range asks {
		wg.Go(func() {
			tick := time.NewTicker(time.Second / 20)
			defer tick.Stop()
			for n := 0; errs[i] == nil; n++ {
				select {
				case <-stop:
					return
				case <-tick.C:
					errs[i] = ask(phones[n%len(phones)])
				}
			}
		})
	}
	return func() error { wg.Wait(); return errors.Join(errs...) }
}

// catchUp asks for what changed since the phone asked last.
func (p *phone) catchUp() error {
	path := "/api/v1/gate/snapshot"
	if p.cursor != "" {
		path += "?since=" + p.cursor
	}
	_, etag, err := p.get(path)
	p.cursor = strings.Trim(etag, `"`)
	return err
}

func cursorOf(etag string) (epoch, version int64, err error) {
	return gate.ParseCursor(strings.Trim(etag, `"`))
}

func percentile(times []time.Duration, part float64) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(float64(len(sorted))*part))]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func copyFile(from, to string) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, raw, 0o600)
}
