package registry_test

import (
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"hoicho/data"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

func TestParseAreasRefusesBrokenTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, from, to, says string }{
		{"missing table", "units-2025.csv", "", "", "units-2025.csv"},
		{"unknown kind", "units-2025.csv", "01843,Bắc Kạn,phuong", "01843,Bắc Kạn,ward", "kind"},
		{"orphan", "units-2025.csv", "01843,Bắc Kạn,phuong,19", "01843,Bắc Kạn,phuong,99", "missing"},
		{"no parent", "units-2025.csv", "01843,Bắc Kạn,phuong,19", "01843,Bắc Kạn,phuong,", "parent"},
		{"twice", "units-2025.csv", "01843,Bắc Kạn,phuong,19", "01843,Bắc Kạn,phuong,19\n01843,Bắc Kạn,phuong,19", "twice"},
		{"column lost", "units-2025.csv", "01843,Bắc Kạn,phuong,19", "01843,Bắc Kạn,19", "fields"},
		{"bad code", "units-2025-before.csv", "061,Ba Bể,huyen", "0615,Ba Bể,huyen", "code"},
		{"unknown successor", "units-succession.csv", "province,06,19,full", "province,06,18,full", "no unit"},
		{"unknown extent", "units-succession.csv", "province,06,19,full", "province,06,19,some", "extent"},
		{"change of another kind", "units-2026-changes.csv", "75,Đồng Nai,tinh", "75,Đồng Nai,quan", "does not follow"},
		{"change on the first day", "units-2026-changes.csv", "2026-04-30,75,", "2025-07-01,75,", "does not follow"},
		{"point of nothing", "units-2025-points.csv", "00004,", "00003,", "no unit"},
	} {
		_, err := registry.ParseAreas(withChange(t, c.file, c.from, c.to), vn.Fold, func(s string) string { return s })
		if err == nil || !strings.Contains(err.Error(), c.says) || registry.KindOf(err) != registry.Internal {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// withChange copies the tables with one text changed, or without the file if
// from is empty.
func withChange(t *testing.T, file, from, to string) fs.FS {
	t.Helper()
	tables := fstest.MapFS{}
	names, err := fs.Glob(data.Units, "*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(data.Units, name)
		if err != nil {
			t.Fatal(err)
		}
		if name == file && !strings.Contains(string(raw), from) {
			t.Fatalf("%s has no %q", file, from)
		}
		if name == file {
			raw = []byte(strings.Replace(string(raw), from, to, 1))
		}
		if name != file || from != "" {
			tables[name] = &fstest.MapFile{Data: raw}
		}
	}
	return tables
}

func BenchmarkParseAreas(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		x, err := registry.ParseAreas(data.Units, vn.Fold, vn.SortKey)
		if err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(x)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-kept")
}
