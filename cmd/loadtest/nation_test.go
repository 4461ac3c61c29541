package main

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"hoicho/internal/testkit/need"
)

// TestLongNationLosesNoScan runs a small peak for two seconds and counts: every scan that was
// acknowledged is stored, once.
func TestLongNationLosesNoScan(t *testing.T) {
	need.Long(t)
	p := nationPeak
	p.size, p.phones, p.scans, p.pages, p.office, p.notes, p.time = smallSize, 20, 20, 10, 2, 1, 2*time.Second
	p.running, p.size.scans, p.large = true, 0, 0
	p.dir, p.serve = t.TempDir(), binary(t)
	b, err := p.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if b.bad() != [4]int{} {
		t.Errorf("errors: %v %v %v %v", b.scans.errors, b.pages.errors, b.desks.errors, b.notes.errors)
	}
	if n := b.scans.good(); n != 40 || b.stored-b.before != n || b.lost() != 0 {
		t.Errorf("%d of 40 scans acknowledged, %d stored, %d lost", n, b.stored-b.before, b.lost())
	}
	if b.pages.good() != 20 || b.desks.good() != 4 || b.notes.good() != 2 || len(b.phones) != 20 || b.memory == 0 {
		t.Errorf("%d pages, %d of the office, %d notes, %d phones, %.0f MB", b.pages.good(), b.desks.good(), b.notes.good(), len(b.phones), b.memory)
	}
	b.stored-- // as if one had gone
	if b.lost() != 1 {
		t.Errorf("%d lost of one that is gone: the count does not bite", b.lost())
	}
	var out bytes.Buffer
	b.print(&out)
	if !strings.Contains(out.String(), "40, 39, 1") {
		t.Errorf("the table does not say so:\n%s", out.String())
	}
}

// TestLatencyCountsFromWhenItWasDue holds up the first of three things: those behind it are
// late by what they waited, and an error is told by its kind.
func TestLatencyCountsFromWhenItWasDue(t *testing.T) {
	var k kind
	k.begin(context.Background(), time.Now().Add(-time.Hour), 10, 3, func(i int) error {
		if i == 0 {
			return errors.New("gone\nwith more to say")
		}
		return nil
	})()
	if k.good() != 2 || k.at(0) < 59*time.Minute || k.errors["gone"] != 1 || k.bad() != 1 {
		t.Errorf("%d good, from %s, errors %v", k.good(), k.at(0), k.errors)
	}
}
