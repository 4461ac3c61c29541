// Command check is the one test command: it installs what the tests need,
// starts a throw-away PostgreSQL, then runs gofmt, vet, staticcheck and every
// test on both database engines and in a real browser. Its last line is
// "N passed, N failed, N skipped".
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

type options struct {
	noInstall, allowSkips bool
	clock                 string        // where the tests' clock stands
	ahead                 time.Duration // how far the machine's clock runs ahead
}

func main() {
	var o options
	flag.BoolVar(&o.noInstall, "no-install", false, "install nothing; what cannot be tested counts as skipped")
	flag.BoolVar(&o.allowSkips, "allow-skips", false, "succeed although something was skipped")
	flag.StringVar(&o.clock, "clock", "", "the instant in Vietnam at which the tests' clock stands, as 2028-02-29T09:00")
	flag.DurationVar(&o.ahead, "ahead", 0, "run the tests on a machine whose clock is ahead, as 8760h; without browsers, whose clock stays")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ok, err := run(ctx, o, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

// run makes the whole check and reports whether it may be called passed.
func run(ctx context.Context, o options, out io.Writer) (bool, error) {
	if err := enterRoot(ctx); err != nil {
		return false, err
	}
	if lack := lackOfRoom(ctx, freeRoom); lack != "" {
		return false, errors.New(lack)
	}
	r := &runner{ctx: ctx, out: out}
	defer func() {
		for _, end := range r.atEnd {
			end()
		}
	}()
	missing := provide(r, o.noInstall)
	r.env = append(os.Environ(), "HOICHO_BROWSER=1", "HOICHO_LONG=1", buildFlags())
	if len(missing) == 0 {
		r.env = append(r.env, "HOICHO_CI=1")
	}
	if err := r.setClocks(o); err != nil {
		return false, err
	}
	if !missing.has(postgresTool) {
		db, err := startPostgres(ctx, out)
		if err != nil {
			return false, fmt.Errorf("start PostgreSQL: %w", err)
		}
		defer db.stop()
		r.env = append(r.env, "HOICHO_TEST_POSTGRES="+db.url)
	}
	if o.ahead != 0 {
		missing = append(missing, tool{name: chromiumTool})
	}
	if err := runSteps(r, missing); err != nil {
		return false, err
	}
	if err := ctx.Err(); err != nil {
		return false, fmt.Errorf("stopped before the end: %w", err)
	}
	r.summary()
	return r.failed == 0 && (r.skipped == 0 || o.allowSkips), nil
}

// buildFlags is the environment's line that makes builds independent of the folder
// they happen in: a fresh clone at another path finds in Go's cache what an earlier
// one compiled, race detector and all, and compiles only what has changed since.
func buildFlags(more ...string) string {
	return "GOFLAGS=" + strings.TrimSpace(strings.Join(append([]string{os.Getenv("GOFLAGS"), "-trimpath"}, more...), " "))
}

// enterRoot makes the module's folder the working folder.
func enterRoot(ctx context.Context) error {
	gomod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return fmt.Errorf("ask go for the module: %w", err)
	}
	return os.Chdir(filepath.Dir(strings.TrimSpace(string(gomod))))
}
