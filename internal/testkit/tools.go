package testkit

import (
	"flag"
	"testing"

	"hoicho/internal/testkit/need"
)

// InCI reports whether the run must be complete.
func InCI() bool { return need.InCI() }

// Need returns the path of the program that a test needs. Without it the test is
// skipped; in CI it fails.
func Need(t testing.TB, program string) string {
	t.Helper()
	return need.Program(t, program)
}

// Missing ends a test whose surroundings are incomplete: a skip with its reason,
// in CI a failure.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	need.Missing(t, format, args...)
}

// WholeRun reports whether all tests of a package are being run: no -run filter.
func WholeRun() bool {
	run := flag.Lookup("test.run")
	return run == nil || run.Value.String() == ""
}
