package web_test

import (
	"os"
	"testing"

	"hoicho/internal/testkit"
	"hoicho/internal/web"
)

// TestMain fails when a page template was never rendered by any test of a whole
// run: a page that no test opens may be broken without anybody knowing.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && testkit.WholeRun() {
		if missed := web.UnrenderedPages(); len(missed) > 0 {
			println("pages that no test renders:")
			for _, name := range missed {
				println("  " + name)
			}
			code = 1
		}
	}
	os.Exit(code)
}
