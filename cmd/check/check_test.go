package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// said builds the lines of go test -json from "action package test output".
func said(events ...[4]string) string {
	var b strings.Builder
	for _, e := range events {
		fmt.Fprintf(&b, `{"Action":%q,"Package":%q,"Test":%q,"Output":%q}`+"\n", e[0], e[1], e[2], e[3])
	}
	return b.String()
}

func TestTallyCountsTestsAndSubtests(t *testing.T) {
	var report strings.Builder
	count := tally{report: func(format string, args ...any) { fmt.Fprintf(&report, format, args...) }}
	n, err := count.read("race", strings.NewReader(said(
		[4]string{"run", "hoicho/internal/app", "TestA", ""},
		[4]string{"output", "hoicho/internal/app", "TestA", "=== RUN   TestA\n"},
		[4]string{"pass", "hoicho/internal/app", "TestA/one", ""},
		[4]string{"output", "hoicho/internal/app", "TestA/two", "    a_test.go:7: booth A05 is lost\n"},
		[4]string{"fail", "hoicho/internal/app", "TestA/two", ""},
		[4]string{"fail", "hoicho/internal/app", "TestA", ""},
		[4]string{"output", "hoicho/internal/app", "TestB", "    b_test.go:9: no printer\n"},
		[4]string{"output", "hoicho/internal/app", "TestB", "--- SKIP: TestB (0.00s)\n"},
		[4]string{"skip", "hoicho/internal/app", "TestB", ""},
		[4]string{"fail", "hoicho/internal/app", "", ""},
		[4]string{"pass", "hoicho/internal/vn", "TestC", ""},
		[4]string{"pass", "hoicho/internal/vn", "", ""},
		[4]string{"skip", "hoicho/static", "", ""},
	)))
	if err != nil || n != 5 {
		t.Errorf("%d tests and error %v, want 5 and none", n, err)
	}
	if got := count.line(); got != "2 passed, 2 failed, 1 skipped" {
		t.Errorf("the last line is %q", got)
	}
	if want := []string{"race: internal/app TestB: b_test.go:9: no printer"}; !slices.Equal(count.skips, want) {
		t.Errorf("skips are %q, want %q", count.skips, want)
	}
	if !strings.Contains(report.String(), "booth A05 is lost") || strings.Contains(report.String(), "=== RUN") {
		t.Errorf("the report is\n%s", report.String())
	}
}

func TestTallyCountsPackagesThatFailWithoutATest(t *testing.T) {
	for name, events := range map[string]string{
		"build": `{"ImportPath":"hoicho/internal/app","Action":"build-output","Output":"undefined: x\n"}
{"ImportPath":"hoicho/internal/app","Action":"build-fail"}
{"Action":"fail","Package":"hoicho/internal/app","FailedBuild":"hoicho/internal/app"}
`,
		"exit": said([4]string{"run", "hoicho/internal/app", "TestA", ""},
			[4]string{"output", "hoicho/internal/app", "TestA", "undefined: x\n"},
			[4]string{"fail", "hoicho/internal/app", "", ""}),
	} {
		var report strings.Builder
		count := tally{report: func(format string, args ...any) { fmt.Fprintf(&report, format, args...) }}
		if _, err := count.read("race", strings.NewReader(events)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := count.line(); got != "0 passed, 1 failed, 0 skipped" {
			t.Errorf("%s: the last line is %q", name, got)
		}
		if !strings.Contains(report.String(), "undefined: x") {
			t.Errorf("%s: the report does not show the output:\n%s", name, report.String())
		}
	}
}

func TestTallyRefusesWhatIsNoEvent(t *testing.T) {
	var count tally
	if _, err := count.read("race", strings.NewReader("panic: no JSON\n")); err == nil {
		t.Error("a line that is no event was passed over")
	}
}

// TestUnsteadyTestsAreNamed counts a test that passes the second time, in the run of this
// very package: its failures are made up, what runs again is real.
func TestUnsteadyTestsAreNamed(t *testing.T) {
	const pkg = "hoicho/cmd/check"
	try := func(failed ...failure) (*runner, string) {
		var out strings.Builder
		r := &runner{ctx: t.Context(), out: &out, env: os.Environ()}
		for _, f := range failed {
			r.failTest(f, "boom")
		}
		r.tryAgain(testRun{name: "browser"}, 0)
		r.summary()
		return r, out.String()
	}
	lucky, stubborn := "TestMissingToolsNameTheirPackages", "TestThatIsNotThere"
	t.Run("what passes alone is passed and named", func(t *testing.T) {
		r, out := try(failure{"browser: a", pkg, lucky}, failure{"browser: a/b", pkg, lucky + "/b"})
		if r.line() != "2 passed, 0 failed, 0 skipped" || !strings.Contains(out, "unsteady, passed when it ran again alone: browser: a/b") {
			t.Errorf("the summary is\n%s", out)
		}
	})
	t.Run("what does not pass again stays failed", func(t *testing.T) {
		if r, out := try(failure{"browser: c", pkg, stubborn}); r.failed != 1 || !strings.Contains(out, "failed: browser: c") {
			t.Errorf("the summary is\n%s", out)
		}
	})
	t.Run("a package that fails without a test is not tried", func(t *testing.T) {
		if r, _ := try(failure{"browser: a", pkg, lucky}, failure{name: "browser: package"}); r.failed != 2 {
			t.Errorf("%d failed", r.failed)
		}
	})
	t.Run("many failures are no bad luck", func(t *testing.T) {
		var many []failure
		for i := range mayTryAgain + 1 {
			many = append(many, failure{"browser", pkg, lucky + fmt.Sprint(i)})
		}
		if r, _ := try(many...); r.failed != len(many) {
			t.Errorf("%d failed", r.failed)
		}
	})
}

func TestPlanRunsEverythingOnBothEngines(t *testing.T) {
	tests := testPackages{
		engines:  []string{"hoicho/internal/web", "hoicho/internal/store", "hoicho/internal/app/tips", "hoicho/internal/app/costs", "hoicho/cmd/hoicho"},
		shared:   []string{"hoicho/internal/web", "hoicho/internal/store", "hoicho/internal/jobs"},
		atOnce:   []string{"hoicho/internal/web", "hoicho/internal/store", "hoicho/internal/app/tips", "hoicho/internal/vn", "hoicho/cmd/hoicho"},
		browsers: []string{"hoicho/internal/testkit", "hoicho/internal/web"},
		long:     []string{"hoicho/internal/app"},
		heavy:    []string{"hoicho/internal/app/tips", "hoicho/internal/app/costs", "hoicho/internal/vn"},
	}
	describe := func(missing toolset) (lines []string) {
		for _, run := range plan(tests, missing) {
			lines = append(lines, run.engine+" "+strings.Join(run.args, " "))
		}
		return lines
	}
	want := []string{
		"sqlite -skip ^Test(Browser|Long|Postgres) ./...",
		"postgres -race -skip ^Test(Browser|Long)|^Test(Postgres)?Heavy hoicho/internal/store hoicho/internal/app/tips hoicho/internal/jobs",
		"postgres -run ^Test(Postgres)?Heavy hoicho/internal/app/tips",
		"postgres -skip ^Test(Browser|Long) hoicho/internal/web hoicho/internal/app/costs hoicho/cmd/hoicho",
		"sqlite -race -skip ^Test(Browser|Long|Postgres)|^Test(Postgres)?Heavy hoicho/internal/store",
		"sqlite -run ^TestLong hoicho/internal/app",
		"sqlite -p 1 -run ^TestBrowser hoicho/internal/testkit hoicho/internal/web",
		"postgres -p 1 -run ^TestBrowserMainJob hoicho/internal/web",
	}
	if got := describe(nil); !slices.Equal(got, want) {
		t.Errorf("the plan is\n%s", strings.Join(got, "\n"))
	}
	alone := toolset{{name: postgresTool}, {name: chromiumTool}}
	if got := describe(alone); !slices.Equal(got, []string{"sqlite -race -skip ^Test(Browser|Long|Postgres) ./...", "sqlite -run ^TestLong hoicho/internal/app"}) {
		t.Errorf("without PostgreSQL the plan is\n%s", strings.Join(got, "\n"))
	}
	bare := toolset{{name: compilerTool}, {name: postgresTool}, {name: chromiumTool}}
	if got := describe(bare); !slices.Equal(got, []string{"sqlite -skip ^Test(Browser|Long|Postgres) ./...", "sqlite -run ^TestLong hoicho/internal/app"}) {
		t.Errorf("without any tool the plan is\n%s", strings.Join(got, "\n"))
	}
}

func TestToolsThatAreTooOldAreMissing(t *testing.T) {
	there := func() bool { return true }
	at := func(n int) tool {
		return tool{name: "browser", packages: []string{"browser"}, present: there, version: func() int { return n }, floor: 140}
	}
	if got := missingTools([]tool{at(139), at(140), {name: "any", present: there}}); len(got) != 1 || got[0].lack() != "browser is version 139, the tests need 140" {
		t.Errorf("missing are %v", got)
	}
	gone := tool{name: "browser", present: func() bool { return false }, version: func() int { panic("asked a tool that is not there") }, floor: 140}
	if gone.old() || gone.lack() != "browser is not installed" {
		t.Errorf("a tool that is not there: old %t, %s", gone.old(), gone.lack())
	}
	for said, want := range map[string]int{"Chromium 148.0.7778.167 built on Debian": 148, "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)": 15, "none": 0} {
		if got := majorOf(exec.Command("echo", said)); got != want {
			t.Errorf("%q is version %d, want %d", said, got, want)
		}
	}
}

func TestClocksAreSet(t *testing.T) {
	goroot := t.TempDir()
	source := "package time\n\n// Now tells.\nfunc Now() Time {\n\treturn Time{}\n}\n"
	if err := os.MkdirAll(goroot+"/src/time", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goroot+"/src/time/time.go", []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if _, err := overlayAhead(folder, goroot, time.Hour); err != nil {
		t.Fatal(err)
	}
	moved, err := os.ReadFile(folder + "/time.go")
	if err != nil || !strings.Contains(string(moved), "return machineNow().Round(0).Add(3600000000000) }") || !strings.Contains(string(moved), "func machineNow() Time {\n\treturn Time{}") {
		t.Errorf("error %v, the clock is\n%s", err, moved)
	}
	if err := os.WriteFile(goroot+"/src/time/time.go", []byte("package time\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := overlayAhead(folder, goroot, time.Hour); err == nil {
		t.Error("a library without time.Now was taken")
	}
	r := &runner{}
	if err := r.setClocks(options{clock: "29/02/2028"}); err == nil {
		t.Error("a clock that nobody can read was taken")
	}
	if err := r.setClocks(options{clock: "2028-02-29T09:00"}); err != nil || !slices.Contains(r.env, "HOICHO_TEST_CLOCK=2028-02-29T09:00") {
		t.Errorf("error %v, the tests get %q", err, r.env)
	}
}

func TestSummaryNamesTheSlowestAndWhatToDo(t *testing.T) {
	var out strings.Builder
	r := &runner{out: &out}
	for i := range 12 {
		r.took(fmt.Sprintf("T%d", i), float64(i%6)+float64(i)/100)
	}
	r.summary()
	if got := out.String(); strings.Contains(got, "what to do") || strings.Contains(got, "T0\n") || strings.Index(got, "T11") > strings.Index(got, "T5\n") || strings.Count(got, " s  T") != slowest {
		t.Errorf("the summary is\n%s", got)
	}
	r.fail("web TestX", "boom")
	r.skip("not tested: pages", "no browser")
	if got := r.advice(); !strings.Contains(got, "go test ./PACKAGE -run") || !strings.Contains(got, "-allow-skips") {
		t.Errorf("the advice is\n%s", got)
	}
}

func TestMissingToolsNameTheirPackages(t *testing.T) {
	there := func() bool { return true }
	gone := func() bool { return false }
	missing := missingTools([]tool{
		{name: "a", packages: []string{"a-tools"}, present: there},
		{name: "b", packages: []string{"b-tools", "b-dev"}, present: gone},
		{name: "c", packages: []string{"c-tools"}, present: gone},
	})
	if got := missing.packages(); !slices.Equal(got, []string{"b-tools", "b-dev", "c-tools"}) {
		t.Errorf("packages are %q", got)
	}
	if missing.has("a") || !missing.has("b") {
		t.Errorf("missing are %v", missing)
	}
}

func TestEveryToolSaysWhyItIsNeeded(t *testing.T) {
	for _, tool := range tools {
		if tool.why == "" || tool.untested == "" || len(tool.packages) == 0 {
			t.Errorf("%s lacks its reason or its package", tool.name)
		}
	}
}

func TestPackagesOnTheStoreDependOnTheEngine(t *testing.T) {
	const kit, store = ",testing,hoicho/internal/testkit,", ",hoicho/internal/app,hoicho/internal/store,fmt,"
	if !dependsOnEngine(kit, store) {
		t.Error("a package on the store that tests with testkit runs on one engine only")
	}
	if dependsOnEngine(",testing,", store) || dependsOnEngine(kit, ",hoicho/internal/pass,fmt,") {
		t.Error("a package without store or testkit runs twice")
	}
}

func TestPackagesThatDoSeveralThingsAtOnceAreFound(t *testing.T) {
	for line, want := range map[string]bool{
		"\tt.Parallel()": false, "\twon := testkit.Race(t, 2, func(i int) error {": true, "\t\twg.Go(func() {": true, "\tgo func() { done <- true }()": true, "\tgo serve(l)": true, "\tgo s.run()": true,
		"\ttestkit.Works(t, err)": false, "\t// then the others go on (or stop) beside t.Parallel()": false, "\tt.Errorf(\"where they go to\")": false,
	} {
		if atOnceTest.MatchString("package a\n\n"+line+"\n") != want {
			t.Errorf("%q is taken for the other", line)
		}
	}
}

func TestPackagesWithBrowserTestsAreFound(t *testing.T) {
	for text, want := range map[string]bool{
		"package web\n\nfunc TestBrowserMainJob(t *testing.T) {}": true,
		"package web\n\nfunc TestBooths(t *testing.T) {}":         false,
		"package web\n\n// func TestBrowser is elsewhere\n":       false,
	} {
		got, err := hasTest(fstest.MapFS{"a_test.go": {Data: []byte(text)}, "a.go": {Data: []byte("func TestBrowser")}}, browserTest)
		if err != nil || got != want {
			t.Errorf("%q: %t, %v, want %t", text, got, err, want)
		}
	}
}

func TestCheckSaysThatTheDiskIsFull(t *testing.T) {
	const mb = 1 << 20
	full := func(string) (uint64, bool) { return 100 * mb, true }
	if got := lackOfRoom(t.Context(), full); !strings.Contains(got, "100 MB are free in "+os.TempDir()) || !strings.Contains(got, "go clean -cache") {
		t.Errorf("on a full disk: %q", got)
	}
	for name, free := range map[string]func(string) (uint64, bool){
		"room enough":    func(string) (uint64, bool) { return 6000 * mb, true },
		"nobody can say": func(string) (uint64, bool) { return 0, false },
	} {
		if got := lackOfRoom(t.Context(), free); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	if bytes, known := freeRoom(t.TempDir()); known && bytes == 0 {
		t.Error("the disk that this test writes to has no room")
	}
}
