package arch

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// machineClock names who may look at the clock of the machine, and why. All
// others ask the database's clock (DB.Now, App.Now), which tests set by hand:
// a rule with two clocks in it goes wrong on the day on which they part.
var machineClock = map[string]string{
	"internal/store/store.go":       "it is the one clock of the product",
	"internal/web/frame/drain.go":   "a deadline of a socket is the machine's",
	"internal/web/frame/body.go":    "the pace of a socket is measured by the machine",
	"internal/web/frame/metrics.go": "it measures how long a request takes",
	"internal/testkit/clock.go":     "it is where tests ask for the machine's time",
	"cmd/check":                     "it measures how long steps take",
	"cmd/loadtest":                  "it measures how long answers take",
}

var readsClock = []string{"Now", "Since", "Until"}

func clockFaults(sources []source) (faults []string) {
	for _, s := range sources {
		if machineClock[s.path] != "" || machineClock[s.dir()] != "" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(readsClock, sel.Sel.Name) {
				faults = append(faults, s.fault(n, "time.%s looks at the machine's clock: ask the one clock, App.Now or DB.Now (in tests Kit.Clock, or testkit.MachineNow beside a real browser or process)", sel.Sel.Name))
			}
			return true
		})
	}
	return faults
}

func TestOneClock(t *testing.T) {
	holds(t, clockFaults)
	catches(t, clockFaults,
		sample{"internal/app/a.go", "package app\nimport \"time\"\nvar t = time.Now()", []string{"time.Now"}},
		sample{"internal/app/a.go", "package app\nimport \"time\"\nvar clock = time.Now", []string{"time.Now"}},
		sample{"internal/app/a_test.go", "package app\nimport \"time\"\nvar t = time.Until(x)", []string{"time.Until"}},
		sample{"internal/web/a.go", "package web\nimport \"time\"\nvar t = time.Since(x)", []string{"time.Since"}},
		sample{"internal/web/a.go", "package web\nimport \"time\"\nvar t = db.Now().Add(time.Second)", nil},
		sample{"internal/store/store.go", "package store\nimport \"time\"\nvar t = time.Now", nil},
		sample{"cmd/loadtest/a.go", "package main\nimport \"time\"\nvar t = time.Now()", nil},
	)
	sources, err := tree()
	if err != nil {
		t.Fatal(err)
	}
	for place := range machineClock {
		if !slices.ContainsFunc(sources, func(s source) bool {
			return (s.path == place || s.dir() == place) && strings.Contains(s.text, "time.")
		}) {
			t.Errorf("%s may look at the machine's clock and does not exist", place)
		}
	}
}
