package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// runner runs the steps and keeps the count.
type runner struct {
	ctx context.Context
	out io.Writer
	env []string
	tally
	timings []timing
	atEnd   []func() // run when the check is over
}

type timing struct {
	step string
	took time.Duration
	ok   bool
}

// heartbeat is how long a step may be silent before it says that it lives.
const heartbeat = 30 * time.Second

// step runs one check that counts as one test; what it returns is shown when
// it fails.
func (r *runner) step(name string, check func() (string, error)) {
	r.timed(name, func() bool {
		shown, err := check()
		if err != nil {
			r.fail(name, fmt.Sprintf("%s\n%v", strings.TrimSpace(shown), err))
			return false
		}
		r.passed++
		return true
	})
}

// timed runs a step that counts for itself, with a sign of life.
func (r *runner) timed(name string, run func() bool) {
	if r.ctx.Err() != nil {
		return
	}
	start := time.Now()
	fmt.Fprintf(r.out, "== %s\n", name)
	done := make(chan struct{})
	var beat sync.WaitGroup
	beat.Go(func() {
		tick := time.NewTicker(heartbeat)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				fmt.Fprintf(r.out, "   still at it after %d s\n", int(time.Since(start).Seconds()))
			}
		}
	})
	ok := run()
	close(done)
	beat.Wait()
	r.timings = append(r.timings, timing{name, time.Since(start), ok})
}

// command prepares a child in a process group of its own, which is ended as a
// whole when the check is stopped.
func (r *runner) command(line []string) *exec.Cmd {
	cmd := exec.CommandContext(r.ctx, line[0], line[1:]...)
	ownGroup(cmd)
	cmd.WaitDelay = 10 * time.Second
	cmd.Env = r.env
	return cmd
}

// stream runs a command and passes on what it says.
func (r *runner) stream(line []string) error {
	cmd := r.command(line)
	cmd.Stdout, cmd.Stderr = r.out, r.out
	return cmd.Run()
}

// collect runs a command and returns what it said.
func (r *runner) collect(line ...string) (string, error) {
	var said bytes.Buffer
	cmd := r.command(line)
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	return said.String(), err
}

// summary says where the time went, names what failed and what was skipped,
// and ends with the count.
func (r *runner) summary() {
	fmt.Fprintln(r.out, "\n== summary")
	for _, t := range r.timings {
		mark := "ok  "
		if !t.ok {
			mark = "FAIL"
		}
		fmt.Fprintf(r.out, "%s %6.1f s  %s\n", mark, t.took.Seconds(), t.step)
	}
	fmt.Fprintln(r.out, "the slowest tests:")
	for _, s := range r.slow {
		fmt.Fprintf(r.out, "     %6.1f s  %s\n", s.seconds, s.name)
	}
	for _, s := range r.skips {
		fmt.Fprintln(r.out, "skipped:", s)
	}
	for _, name := range r.unsteady {
		fmt.Fprintln(r.out, "unsteady, passed when it ran again alone:", name)
	}
	for _, f := range r.failures {
		fmt.Fprintln(r.out, "failed:", f.name)
	}
	fmt.Fprint(r.out, r.advice())
	fmt.Fprintln(r.out, r.line())
}

// advice says what to do about what failed or was skipped, "" when nothing was.
func (r *runner) advice() string {
	var b strings.Builder
	if r.failed > 0 {
		b.WriteString("what to do: each failed line stands above with its output after \"FAIL\"; a test runs alone with\n" +
			"  HOICHO_BROWSER=1 HOICHO_LONG=1 HOICHO_TEST_ENGINE=sqlite go test ./PACKAGE -run '^TEST$'\n")
	}
	if r.skipped > 0 {
		b.WriteString("what to do: what was skipped was not tested; install what its line names, or accept that with go run ./cmd/check -allow-skips\n")
	}
	return b.String()
}
