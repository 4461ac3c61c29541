package data

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func read(t *testing.T, dir fs.FS, name string) [][]string {
	t.Helper()
	raw, err := fs.ReadFile(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(raw) || !norm.NFC.IsNormal(raw) || bytes.ContainsAny(raw, "\r") {
		t.Errorf("%s is not plain NFC text", name)
	}
	rows, err := csv.NewReader(bytes.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rows[1:]
}

func TestRowCounts(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{
		"units-2025-before.csv": 10794, "units-2025.csv": 3355, "units-2026-changes.csv": 11, "units-succession.csv": 10655,
		"units-2025-points.csv": 3321, "units-2025-map.csv": 3321,
	} {
		if got := len(read(t, Units, name)); got != want {
			t.Errorf("%s has %d rows, want %d", name, got, want)
		}
	}
	if got := len(read(t, Demo, "ocop-bac-kan.csv")); got != 44 {
		t.Errorf("%d products, want 44", got)
	}
	if got := len(read(t, Demo, "fairs-real.csv")); got != 40 {
		t.Errorf("%d fairs, want 40", got)
	}
}

// Label points are a part of the map, kept apart so that a server does not read
// a megabyte of outlines at its start.
func TestPointsAreThoseOfTheMap(t *testing.T) {
	t.Parallel()
	points, outlines := read(t, Units, "units-2025-points.csv"), read(t, Units, "units-2025-map.csv")
	for i, p := range points {
		if strings.Join(p, ",") != strings.Join(outlines[i][:3], ",") {
			t.Fatalf("row %d: point %v, map %v", i, p, outlines[i][:3])
		}
		if path := outlines[i][4]; !strings.HasPrefix(path, "M") || !strings.HasSuffix(path, "z") {
			t.Errorf("outline of %s is no closed path", p[0])
		}
	}
}

func TestNoticesShip(t *testing.T) {
	t.Parallel()
	notice, err := fs.ReadFile(Units, "NOTICE.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, holder := range []string{"Thang Le Quoc", "dvhcvn", "Tran Ngoc Minh Hieu", "Permission is hereby granted"} {
		if !strings.Contains(string(notice), holder) {
			t.Errorf("NOTICE.md does not name %q", holder)
		}
	}
}
