package main

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// kind is one sort of load: how long each answer took, counted from when it was due, and
// what went wrong. So a server that stops for a second is seen to have stopped.
type kind struct {
	mu     sync.Mutex
	times  []time.Duration // of those that were answered well
	errors tally
}

// tally counts things by their names.
type tally map[string]int

func (t tally) keys() iter.Seq[string] { return maps.Keys(t) }

// begin does n things, the i-th of them when it is due, whatever became of those before; the
// function that it returns waits for the last.
func (k *kind) begin(ctx context.Context, at time.Time, rate, n int, do func(i int) error) (wait func()) {
	k.times, k.errors = make([]time.Duration, 0, n), tally{}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range n {
			due := at.Add(time.Duration(i) * time.Second / time.Duration(rate))
			time.Sleep(time.Until(due))
			if ctx.Err() != nil {
				return
			}
			wg.Go(func() {
				err := do(i)
				k.note(time.Since(due), err)
			})
		}
	})
	return wg.Wait
}

func (k *kind) note(took time.Duration, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		k.errors[firstWords(err)]++
		return
	}
	k.times = append(k.times, took)
}

func (k *kind) good() int { return len(k.times) }

func (k *kind) bad() (n int) {
	for _, times := range k.errors {
		n += times
	}
	return n
}

func (k *kind) at(part float64) time.Duration {
	if len(k.times) == 0 {
		return 0
	}
	return percentile(k.times, part)
}

func (k *kind) line() string {
	return fmt.Sprintf("%.1f / %.1f / %.1f ms", ms(k.at(0.5)), ms(k.at(0.95)), ms(k.at(0.99)))
}

// cpuShare is how many processors the server and the load kept busy.
type cpuShare struct{ server, load float64 }

// String writes both, the server first.
func (s cpuShare) String() string { return fmt.Sprintf("%.2f, %.2f", s.server, s.load) }

// startShare measures from now until the function that it returns is called.
func startShare(p *process) func() cpuShare {
	began, server, load := time.Now(), busy(p.cmd.Process.Pid), busy(os.Getpid())
	return func() cpuShare {
		over := time.Since(began).Seconds()
		return cpuShare{(busy(p.cmd.Process.Pid) - server).Seconds() / over, (busy(os.Getpid()) - load).Seconds() / over}
	}
}

// ticksASecond is the unit in which Linux tells how long a process was busy.
const ticksASecond = 100

// busy is how long the processors have worked for a process; 0 where nobody tells.
func busy(pid int) time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, found := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if err != nil || !found || len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / ticksASecond
}

// watchMemory looks each second how much the server holds, until stop is closed; the
// function that it returns tells the most.
func (b *nationBench) watchMemory(stop chan struct{}) func() float64 {
	var wg sync.WaitGroup
	most := 0.0
	wg.Go(func() {
		for tick := time.NewTicker(time.Second); ; {
			if mb, err := b.server.residentMB(); err == nil {
				most = max(most, mb)
			}
			select {
			case <-stop:
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	})
	return func() float64 { wg.Wait(); return most }
}
