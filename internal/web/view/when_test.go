package view_test

import (
	"testing"
	"time"

	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// TestDeadlineAtMidnightIsTheEndOfTheDayBefore says a deadline as people remember it.
func TestDeadlineAtMidnightIsTheEndOfTheDayBefore(t *testing.T) {
	t.Parallel()
	for at, want := range map[string][2]string{
		"2026-12-09 00:00": {"hết ngày 08/12/2026", "the end of 08/12/2026"},
		"2026-12-08 17:00": {"17:00 08/12/2026", "17:00 08/12/2026"},
	} {
		when, err := time.ParseInLocation("2006-01-02 15:04", at, vn.Zone)
		if err != nil {
			t.Fatal(err)
		}
		for n, lang := range []string{"vi", "en"} {
			if got := (view.Base{Lang: lang}).Deadline(when.UnixMilli()); got != want[n] {
				t.Errorf("%s in %s: %q, want %q", at, lang, got, want[n])
			}
		}
	}
}
