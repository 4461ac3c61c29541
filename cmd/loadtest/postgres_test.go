package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// TestLongPostgresLosesNoScan loads one server and then two on a database of their own, and
// counts: every scan that was acknowledged is stored, once. How many there were is not looked at.
func TestLongPostgresLosesNoScan(t *testing.T) {
	need.Long(t)
	b := &gateBench{gateOptions: gateOptions{serve: binary(t), postgres: testkit.NewPostgres(t, nil), lasts: time.Second,
		scale: scale{gates: 4, passes: 50, span: 100 * time.Millisecond}}, dir: t.TempDir()}
	p := &postgresBench{gateBench: b}
	if err := p.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.measure(t.Context()); err != nil {
		t.Error(err)
	}
	if p.second == nil || p.phones[0].base == p.phones[1].base {
		t.Error("the second server was not asked")
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	n := p.acked.Load()
	if got, want := b.said(t, "scans acknowledged"), fmt.Sprintf("%d, %d, 0", n, n); got != want || n == 0 {
		t.Errorf("acknowledged, stored, lost: %s", got)
	}
	for _, what := range []string{"PostgreSQL: durable", "after 1s of them", "one server at one event", "ratio of two"} {
		if got := b.said(t, what); strings.HasPrefix(got, "0/s") {
			t.Errorf("%s: %s", what, got)
		}
	}
}
