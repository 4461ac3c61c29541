// Package need tells what the surroundings of a test must offer. It imports
// nothing of the product, so that any package may use it.
package need

import (
	"os"
	"os/exec"
	"testing"
)

// InCI reports whether the run must be complete: then a missing tool is a
// failure and not a skip. cmd/check sets HOICHO_CI=1.
func InCI() bool { return os.Getenv("HOICHO_CI") == "1" }

// Long leaves out a test that takes seconds, unless the run is the whole check or asks for
// such tests with HOICHO_LONG=1. Tests named TestLong or TestHeavy begin with it.
func Long(t testing.TB) {
	t.Helper()
	if !InCI() && os.Getenv("HOICHO_LONG") != "1" {
		t.Skipf("takes long: HOICHO_LONG=1 runs it, and so does the whole check")
	}
}

// Program returns the path of the program that a test needs, such as pdftoppm.
// Without it the test is skipped; in CI it fails.
func Program(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		Missing(t, "%s is not installed", program)
	}
	return path
}

// Missing ends a test whose surroundings are incomplete: a skip with its
// reason, in CI a failure.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if InCI() {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}
