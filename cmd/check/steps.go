package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// runSteps runs everything; a step that fails does not keep the others from
// running. An error means that the check itself could not go on.
func runSteps(r *runner, missing toolset) error {
	r.report = func(format string, args ...any) { fmt.Fprintf(r.out, format, args...) }
	r.step("go mod verify", func() (string, error) { return r.collect("go", "mod", "verify") })
	r.step("go mod tidy", func() (string, error) {
		diff, err := r.collect("go", "mod", "tidy", "-diff")
		if err != nil {
			err = errors.New("run go mod tidy and commit go.mod and go.sum")
		}
		return diff, err
	})
	r.step("gofmt", func() (string, error) { return unformatted(r) })
	r.step("go vet", func() (string, error) { return r.collect("go", "vet", "./...") })
	r.step("build for Windows", func() (string, error) {
		return r.collect("env", "GOOS=windows", "go", "build", "-gcflags=all=-N -l", "./...")
	})
	r.step("staticcheck", func() (string, error) { return r.collect("go", "tool", "staticcheck", "./...") })
	if r.ctx.Err() != nil {
		return nil
	}
	tests, err := findTests(r)
	if err != nil {
		return err
	}
	for _, run := range plan(tests, missing) {
		r.test(run)
	}
	return nil
}

func unformatted(r *runner) (string, error) {
	files, err := r.collect("gofmt", "-l", ".")
	if err == nil && strings.TrimSpace(files) != "" {
		err = errors.New("gofmt these files")
	}
	return files, err
}

// testRun is one run of go test.
type testRun struct {
	name   string
	engine string
	args   []string
	again  bool // a few tests that fail run once more, alone
}

// testPackages says which packages need more than one run.
type testPackages struct {
	engines  []string // they stand on the store and test with testkit's engine
	shared   []string // they guard what several goroutines share
	atOnce   []string // their tests do several things at once
	browsers []string // they have browser tests
	long     []string // they have long tests
	heavy    []string // they have heavy tests
}

// apart matches the tests that have runs of their own: those in a browser, and the long
// ones, which walk over all pages, papers or orders, or spend their time in other processes,
// and say nothing of the engine: they run once, on SQLite, without the race detector.
const apart = "^Test(Browser|Long)"

// heavy matches the tests that are much work of one kind, one thing after the other, such as
// migrating and restoring databases, in packages that do several things at once in others:
// the race detector does not watch them.
const heavy = "^Test(Postgres)?Heavy"

// notWatched matches all tests that the race detector does not watch.
const notWatched = apart + "|" + heavy

// notOnSQLite matches those too that are about PostgreSQL alone.
const notOnSQLite = "^Test(Browser|Long|Postgres)"

// mainJob matches the browser tests that run on both engines.
const mainJob = "^TestBrowserMainJob"

// storePackage has the one writer of SQLite, which many share.
const storePackage = "hoicho/internal/store"

// webPackage joins the doors: its tests ask for one page after the other, as every role.
const webPackage = "hoicho/internal/web"

// oneByOne are packages whose tests are long work of one kind, one thing after the other: the
// demo, what is printed, the keys of all texts, the walks over all pages.
var oneByOne = []string{"hoicho/internal/demo", "hoicho/internal/print", "hoicho/internal/i18n", webPackage}

// watched reports the packages that the race detector is worth its time for: what several
// goroutines share, and tests that do several things at once. Of the others it tells nothing:
// tests that run beside each other have an application each.
// Tests of commands start processes, which it does not see into; what the requests of
// oneByOne share is watched in the packages that hold it: the frame, the rooms, the store.
func (p testPackages) watched(path string) bool {
	if strings.HasPrefix(path, "hoicho/cmd/") || slices.Contains(oneByOne, path) {
		return false
	}
	return slices.Contains(p.shared, path) || slices.Contains(p.atOnce, path)
}

// onPostgres lists the packages that run on PostgreSQL under the race detector, and those
// that run there without it.
func (p testPackages) onPostgres() (watched, rest []string) {
	for _, path := range p.engines {
		if p.watched(path) {
			watched = append(watched, path)
		} else {
			rest = append(rest, path)
		}
	}
	for _, path := range p.shared {
		if p.watched(path) && !slices.Contains(p.engines, path) {
			watched = append(watched, path)
		}
	}
	return watched, rest
}

// plan lists the runs of go test. The race detector makes SQLite, which is Go code
// of our own process, fourteen times slower, and PostgreSQL not at all: our code is
// watched on PostgreSQL, and on SQLite only the store's. Browser tests run without
// it: the browser is the slow part, and the server's races show in the other runs.
func plan(tests testPackages, missing toolset) (runs []testRun) {
	plain, race, raceSQLite := []string{"-skip", notOnSQLite}, []string{"-race", "-skip", notWatched}, []string{"-race", "-skip", notOnSQLite}
	onPostgres := !missing.has(postgresTool) && len(tests.engines) > 0
	if missing.has(compilerTool) {
		race, raceSQLite = race[1:], plain
	}
	if onPostgres {
		watched, rest := tests.onPostgres()
		runs = append(runs, testRun{name: "tests on SQLite", engine: "sqlite", args: append(slices.Clone(plain), "./...")},
			testRun{name: "races on PostgreSQL", engine: "postgres", args: append(race, watched...)})
		if several := slices.DeleteFunc(slices.Clone(tests.heavy), func(p string) bool { return !slices.Contains(watched, p) }); len(several) > 0 {
			runs = append(runs, testRun{name: "heavy tests on PostgreSQL", engine: "postgres", args: append([]string{"-run", heavy}, several...)})
		}
		if len(rest) > 0 {
			runs = append(runs, testRun{name: "the rest on PostgreSQL", engine: "postgres", args: append([]string{"-skip", apart}, rest...)})
		}
	} else {
		runs = append(runs, testRun{name: "tests on SQLite", engine: "sqlite", args: append(slices.Clone(raceSQLite), "./...")})
	}
	if onPostgres && !missing.has(compilerTool) && slices.Contains(tests.engines, storePackage) {
		runs = append(runs, testRun{name: "races in SQLite's store", engine: "sqlite", args: []string{"-race", "-skip", notOnSQLite + "|" + heavy, storePackage}})
	}
	if len(tests.long) > 0 {
		runs = append(runs, testRun{name: "long tests", engine: "sqlite", args: append([]string{"-run", "^TestLong"}, tests.long...)})
	}
	if missing.has(chromiumTool) || len(tests.browsers) == 0 {
		return runs
	}
	runs = append(runs, testRun{name: "browser on SQLite", engine: "sqlite", again: true,
		args: append([]string{"-p", "1", "-run", "^TestBrowser"}, tests.browsers...)})
	both := slices.DeleteFunc(slices.Clone(tests.browsers), func(p string) bool { return !slices.Contains(tests.engines, p) })
	if onPostgres && len(both) > 0 {
		runs = append(runs, testRun{name: "browser on PostgreSQL", engine: "postgres", again: true, args: append([]string{"-p", "1", "-run", mainJob}, both...)})
	}
	return runs
}

// test runs go test and counts each test. A run without any test is a failure.
func (r *runner) test(run testRun) {
	r.timed(run.name, func() bool {
		before, known := r.failed, len(r.failures)
		n, err := r.goTest(run, &r.tally)
		if err == nil && n == 0 {
			err = errors.New("no test ran")
		}
		if err != nil && r.ctx.Err() == nil {
			r.fail(run.name, err.Error())
		}
		if run.again {
			r.tryAgain(run, known)
		}
		return r.failed == before
	})
}

// goTest runs go test once and counts into the tally; how many tests ended comes back, and
// an error that no failed test explains.
func (r *runner) goTest(run testRun, into *tally) (int, error) {
	before := into.failed
	args := append([]string{"go", "test", "-json", "-count=1", "-timeout=30m", "-vet=off"}, run.args...) // the step go vet has looked
	cmd := r.command(args)
	cmd.Env = append(slices.Clone(r.env), "HOICHO_TEST_ENGINE="+run.engine)
	cmd.Stderr = r.out
	events, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return 0, err
	}
	n, err := into.read(run.name, events)
	if end := cmd.Wait(); err == nil && into.failed == before {
		err = end
	}
	return n, err
}

// findTests asks go for the packages and looks into their tests.
func findTests(r *runner) (found testPackages, err error) {
	const format = `{{.ImportPath}}{{"\t"}}{{.Dir}}{{"\t"}},{{join .TestImports ","}},{{join .XTestImports ","}},` +
		`{{"\t"}},{{.ImportPath}},{{join .Deps ","}},{{"\t"}},{{join .Imports ","}},`
	list, err := r.collect("go", "list", "-f", format, "./...")
	if err != nil {
		return found, fmt.Errorf("go list: %w\n%s", err, list)
	}
	for line := range strings.Lines(list) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 5 {
			return found, fmt.Errorf("go list said %q", line)
		}
		if dependsOnEngine(fields[2], fields[3]) {
			found.engines = append(found.engines, fields[0])
		}
		if strings.Contains(fields[4], ",sync,") {
			found.shared = append(found.shared, fields[0])
		}
		for what, into := range map[*regexp.Regexp]*[]string{browserTest: &found.browsers, longTest: &found.long, atOnceTest: &found.atOnce, heavyTest: &found.heavy} {
			has, err := hasTest(os.DirFS(fields[1]), what)
			if err != nil {
				return found, err
			}
			if has {
				*into = append(*into, fields[0])
			}
		}
	}
	return found, nil
}

// dependsOnEngine judges a package by what its tests import and what it stands
// on itself, both as lists with a comma on each side of a path.
func dependsOnEngine(testImports, deps string) bool {
	return strings.Contains(testImports, ",hoicho/internal/testkit,") && strings.Contains(deps, ",hoicho/internal/store,")
}

var (
	browserTest = regexp.MustCompile(`(?m)^func TestBrowser`)
	longTest    = regexp.MustCompile(`(?m)^func TestLong`)
	heavyTest   = regexp.MustCompile(`(?m)^func Test(Postgres)?Heavy`)
	atOnceTest  = regexp.MustCompile(`(?m)^[^/\n]*(testkit\.Race\(|\.Go\(|\bgo (func\b|[a-z]\w*[.(]))`)
)

// hasTest looks for a kind of test in the files of one folder.
func hasTest(dir fs.FS, what *regexp.Regexp) (bool, error) {
	names, err := fs.Glob(dir, "*_test.go")
	if err != nil {
		return false, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(dir, path.Clean(filepath.ToSlash(name)))
		if err != nil {
			return false, err
		}
		if what.Match(text) {
			return true, nil
		}
	}
	return false, nil
}
