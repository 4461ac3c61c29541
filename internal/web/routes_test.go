package web_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web"
	"hoicho/internal/web/frame"
)

var update = flag.Bool("update", false, "write testdata/routes*.txt anew")

// goldenRoutes compares a table of routes with the list that is reviewed: who may ask
// what, whichever file says so.
func goldenRoutes(t *testing.T, file string, routes []web.PolicyRoute) {
	t.Helper()
	var lines []string
	for _, r := range routes {
		lines = append(lines, strings.TrimSpace(r.Method+" "+r.Path+" "+r.Policy+" "+string(r.Right)))
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Split(strings.TrimSpace(string(want)), "\n")
	for _, line := range lines {
		if !slices.Contains(known, line) {
			t.Errorf("%s lacks: %s", file, line)
		}
	}
	for _, line := range known {
		if !slices.Contains(lines, line) {
			t.Errorf("%s has, and no route is: %s", file, line)
		}
	}
	if !t.Failed() && got != string(want) {
		t.Errorf("%s is not in order, or a route is there twice", file)
	}
}

func TestRoutesAreThoseOfTheList(t *testing.T) {
	s, _ := site.Of(testkit.NewApp(t))
	goldenRoutes(t, "testdata/routes.txt", web.Policies(s))
}

func TestRoutesOfARelayAreThoseOfTheList(t *testing.T) {
	r := testkit.NewRelay(t, testkit.NewApp(t).Clock)
	s, err := web.New(frame.Options{App: r.App, Relay: &frame.RelayDoor{}})
	if err != nil {
		t.Fatal(err)
	}
	goldenRoutes(t, "testdata/routes_relay.txt", web.Policies(s))
}

// hides reports whether a path that stands first answers for a later one.
func hides(first, later string) bool {
	pattern := regexp.QuoteMeta(first)
	pattern = regexp.MustCompile(`/:[a-z]+\\\?`).ReplaceAllString(pattern, `(/[^/]+)?`)
	pattern = regexp.MustCompile(`:[a-z]+`).ReplaceAllString(pattern, `[^/]+`)
	pattern = strings.ReplaceAll(pattern, `\+`, `.+`)
	sample := regexp.MustCompile(`:[a-z]+\??`).ReplaceAllString(later, "0")
	return regexp.MustCompile("^" + pattern + "$").MatchString(sample)
}

func TestLongNoRouteHidesALaterOne(t *testing.T) {
	need.Long(t)
	s, _ := site.Of(testkit.NewApp(t))
	routes := web.Policies(s)
	for i, first := range routes {
		for _, later := range routes[i+1:] {
			if first.Method == later.Method && hides(first.Path, later.Path) {
				t.Errorf("%s %s never answers: %s stands before it", later.Method, later.Path, first.Path)
			}
		}
	}
	for _, pair := range [][2]string{{"/a/:id", "/a/new"}, {"/a/:slug", "/a/:slug.ics"}, {"/f/:id/:size?", "/f/:id"}, {"/static/+", "/static/a/b"}} {
		if !hides(pair[0], pair[1]) || hides(pair[1], pair[0]) {
			t.Errorf("%s hides %s and not the other way round", pair[0], pair[1])
		}
	}
}
