package core_test

import (
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/vn"
)

func TestInstantsAreShownAsPeopleReadThem(t *testing.T) {
	at := func(clock string) int64 {
		when, err := time.ParseInLocation("2006-01-02 15:04", clock, vn.Zone)
		if err != nil {
			t.Fatal(err)
		}
		return when.UnixMilli()
	}
	for _, c := range []struct {
		ms                int64
		instant, deadline string
	}{
		{0, "…", "…"},
		{at("2026-11-25 17:00"), "17:00 25/11/2026", "17:00 25/11/2026"},
		{at("2026-12-01 00:00"), "00:00 01/12/2026", "24:00 30/11/2026"},
	} {
		if got := core.ShowInstant(c.ms); got != c.instant {
			t.Errorf("instant %d reads %q, want %q", c.ms, got, c.instant)
		}
		if got := core.ShowDeadline(c.ms); got != c.deadline {
			t.Errorf("deadline %d reads %q, want %q", c.ms, got, c.deadline)
		}
	}
}
