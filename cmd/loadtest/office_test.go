package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"hoicho/internal/app"
	"hoicho/internal/testkit/need"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

// smallSize is a little more of everything than the demo has.
var smallSize = size{events: 90, booths: 700, vendors: 60, applications: 200, passes: 1000, scans: 2000, large: 600}

// forBinary is a folder that TestMain takes away.
var forBinary string

// built builds the product once.
var built = sync.OnceValues(func() (string, error) { return build(context.Background(), forBinary) })

// binary is the product.
func binary(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMain goes to the root of the module, where the command is run.
func TestMain(m *testing.M) {
	os.Exit(inRoot(m))
}

func inRoot(m *testing.M) int {
	var err error
	if forBinary, err = os.MkdirTemp("", "hoicho-load-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(forBinary)
	if err := os.Chdir("../.."); err != nil {
		panic(err)
	}
	return m.Run()
}

// TestLongOfficeMeasuresEveryRoute makes a small province and looks at facts alone: what was
// made, that nothing is wrong with it, that every route is in the table and answers. How
// long it took is not looked at.
func TestLongOfficeMeasuresEveryRoute(t *testing.T) {
	need.Long(t)
	o := officeOptions{dir: t.TempDir(), serve: binary(t), seed: 1, n: 1}
	b, err := o.measure(t.Context(), smallSize)
	if err != nil {
		t.Fatal(err)
	}
	if faults := b.faults(); len(faults) > 0 {
		t.Errorf("not answered with a page:\n%s", strings.Join(faults, "\n"))
	}
	var routes, table []string
	err = onProvince(t.Context(), provinceFile(o.dir), func(a *app.App) error {
		holdsSize(t, a)
		server, err := web.New(frame.Options{App: a})
		if err != nil {
			return err
		}
		for _, r := range server.Routes() {
			if r.Method == http.MethodGet {
				routes = append(routes, r.Path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	measured := 0
	for _, at := range b.timings {
		table = append(table, at.route)
		if at.status == http.StatusOK {
			measured++
		} else if at.why == "" {
			t.Errorf("%s: not measured, and nobody says why", at.route)
		}
	}
	if strings.Join(routes, " ") != strings.Join(table, " ") {
		t.Errorf("the table has %d routes, the product %d", len(table), len(routes))
	}
	if measured < 260 {
		t.Errorf("only %d pages and papers measured", measured)
	}
	var out bytes.Buffer
	b.print(&out)
	for _, want := range []string{"pages and papers asked for 1 times each", "| page | p50 ms | p95 ms | kB |", "not asked: /xac-thuc: only while"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q", want)
		}
	}
}

// holdsSize fails the test unless the database holds what was asked for, and is whole.
func holdsSize(t *testing.T, a *app.App) {
	t.Helper()
	c, err := a.DB.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !c.OK() {
		t.Errorf("check-db: %v, %d edits, audit broken at %d", c.Problems, len(c.Edits), c.AuditBroken)
	}
	for table, want := range map[string]int{"events": smallSize.events, "booths": smallSize.booths, "vendors": smallSize.vendors,
		"applications": smallSize.applications, "passes": smallSize.passes, "scans": smallSize.scans} {
		if got := c.Rows[table]; got != int64(want) {
			t.Errorf("%d %s, want %d", got, table, want)
		}
	}
}

func TestAPageThatFailsIsTold(t *testing.T) {
	b := officeBench{timings: []timing{{visit: visit{path: "/a"}, status: 200}, {visit: visit{path: "/b"}, status: 404}, {visit: visit{why: "leads on"}}}}
	if got := b.faults(); len(got) != 1 || got[0] != "/b: 404" {
		t.Errorf("told of %q", got)
	}
}
