package intake_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/store/intake"
)

// TestEveryTableThatRefersToAVendorHoldsIt: a vendor is removed only where nothing hangs on
// it, whatever joins later.
func TestEveryTableThatRefersToAVendorHoldsIt(t *testing.T) {
	t.Parallel()
	// vendor_areas goes with the vendor.
	elsewhere := []string{"vendors", "vendor_areas"}
	files, err := filepath.Glob("../migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	found := 0
	for _, m := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \(\n(.*?)\n\)`).FindAllStringSubmatch(all.String(), -1) {
		if !strings.Contains(m[2], "REFERENCES vendors ") || slices.Contains(elsewhere, m[1]) {
			continue
		}
		if found++; !slices.Contains(intake.VendorHolds(), m[1]) {
			t.Errorf("what becomes of %s when its vendor is removed?", m[1])
		}
	}
	if found < 10 {
		t.Errorf("only %d tables found", found)
	}
}
