package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// tally counts tests. Each test and each subtest is one; so is each step that
// is no Go test, and each package that fails without a failing test.
type tally struct {
	passed, failed, skipped int
	failures                []failure
	skips                   []string
	unsteady                []string   // failed, and passed when they ran again alone
	slow                    []slowTest // the slowest, longest first
	report                  func(format string, args ...any)
}

// failure is what failed; without a test it is a step or a package.
type failure struct{ name, pkg, test string }

func (t *tally) fail(name, output string) { t.failTest(failure{name: name}, output) }

func (t *tally) failTest(f failure, output string) {
	t.failed++
	t.failures = append(t.failures, f)
	t.say("FAIL %s\n%s\n", f.name, indent(output))
}

func (t *tally) skip(name, reason string) {
	t.skipped++
	t.skips = append(t.skips, name+": "+reason)
	t.say("SKIP %s: %s\n", name, reason)
}

// slowTest is a test with the seconds that it took; its subtests are not listed
// beside it.
type slowTest struct {
	name    string
	seconds float64
}

// slowest is how many of the slowest tests the summary names.
const slowest = 10

func (t *tally) took(name string, seconds float64) {
	at, _ := slices.BinarySearchFunc(t.slow, seconds, func(s slowTest, seconds float64) int { return cmp.Compare(seconds, s.seconds) })
	t.slow = slices.Insert(t.slow, at, slowTest{name, seconds})
	t.slow = t.slow[:min(len(t.slow), slowest)]
}

func (t *tally) say(format string, args ...any) {
	if t.report != nil {
		t.report(format, args...)
	}
}

// line is the last line of the check.
func (t *tally) line() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", t.passed, t.failed, t.skipped)
}

// testEvent is a line of `go test -json`.
type testEvent struct {
	Action, Package, Test, Output, ImportPath, FailedBuild string
	Elapsed                                                float64
}

// testStream follows one run of `go test -json`.
type testStream struct {
	tally  *tally
	label  string                      // of the run, in names of failures
	output map[[2]string][]string      // by package and test
	builds map[string]*strings.Builder // what the compiler said, by package
	seen   map[string]*packageCount
}

type packageCount struct{ tests, failed int }

// read counts the events of one run and returns how many tests ended. What is
// no event is an error: nothing may get lost.
func (t *tally) read(label string, events io.Reader) (int, error) {
	s := &testStream{
		tally: t, label: label, output: map[[2]string][]string{},
		builds: map[string]*strings.Builder{}, seen: map[string]*packageCount{},
	}
	before := t.passed + t.failed + t.skipped
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e testEvent
			if err := json.Unmarshal(line, &e); err != nil {
				return 0, fmt.Errorf("go test -json said %.200q: %w", line, err)
			}
			s.event(e)
		}
		if errors.Is(err, io.EOF) {
			return t.passed + t.failed + t.skipped - before, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

func (s *testStream) event(e testEvent) {
	key := [2]string{e.Package, e.Test}
	switch e.Action {
	case "output":
		s.output[key] = append(s.output[key], e.Output)
		return
	case "build-output":
		s.build(e.ImportPath).WriteString(e.Output)
		return
	case "pass", "fail", "skip":
	default:
		return
	}
	if e.Test == "" {
		s.packageEnd(e)
	} else {
		s.testEnd(e)
	}
	delete(s.output, key)
}

func (s *testStream) testEnd(e testEvent) {
	name := s.name(e)
	output := spoken(s.output[[2]string{e.Package, e.Test}])
	p := s.pkg(e.Package)
	p.tests++
	if !strings.Contains(e.Test, "/") {
		s.tally.took(name, e.Elapsed)
	}
	switch e.Action {
	case "pass":
		s.tally.passed++
	case "skip":
		s.tally.skip(name, strings.Join(strings.Fields(output), " "))
	case "fail":
		p.failed++
		s.tally.failTest(failure{name, e.Package, e.Test}, output)
	}
}

func (s *testStream) packageEnd(e testEvent) {
	p := s.pkg(e.Package)
	if p.tests > 0 {
		s.tally.say("   %s %s: %d tests in %.1f s\n", e.Action, short(e.Package), p.tests, e.Elapsed)
	}
	if e.Action != "fail" || p.failed > 0 {
		return
	}
	output := s.build(e.FailedBuild).String() + strings.Join(s.output[[2]string{e.Package, ""}], "")
	for key, lines := range s.output {
		if key[0] == e.Package && key[1] != "" {
			output += "\n" + key[1] + " did not end:\n" + strings.Join(lines, "")
		}
	}
	s.tally.fail(s.name(e), output)
}

func (s *testStream) name(e testEvent) string {
	return strings.TrimSpace(s.label + ": " + short(e.Package) + " " + e.Test)
}

func (s *testStream) pkg(path string) *packageCount {
	if s.seen[path] == nil {
		s.seen[path] = &packageCount{}
	}
	return s.seen[path]
}

func (s *testStream) build(path string) *strings.Builder {
	if s.builds[path] == nil {
		s.builds[path] = &strings.Builder{}
	}
	return s.builds[path]
}

// spoken is what a test said itself, without the marks of its beginning and end.
func spoken(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		mark := strings.TrimSpace(line)
		if !strings.HasPrefix(mark, "=== ") && !strings.HasPrefix(mark, "--- ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

func short(pkg string) string { return strings.TrimPrefix(pkg, "hoicho/") }

// indent moves a text to the right of the names; the four spaces that go test
// puts before what a test says are dropped.
func indent(s string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.Trim(s, "\n")) {
		b.WriteString("     " + strings.TrimPrefix(line, "    "))
	}
	return b.String()
}
