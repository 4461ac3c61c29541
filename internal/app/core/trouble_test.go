package core_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/testkit"
)

// told reads what a log tells: level, message and what it is about.
func told(t *testing.T, log *bytes.Buffer) (lines []string) {
	t.Helper()
	for line := range strings.Lines(log.String()) {
		var l struct {
			Level, Msg, What string
			Faults           int
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s: %s %d", l.Level, l.Msg, l.What, l.Faults)))
	}
	log.Reset()
	return lines
}

// TestTroubleIsToldOnce lets tasks and requests fail twice a second for minutes.
func TestTroubleIsToldOnce(t *testing.T) {
	away := fmt.Errorf("begin: %w", context.DeadlineExceeded)
	for name, c := range map[string]struct {
		fail func(trouble *core.Trouble)
		end  func(trouble *core.Trouble, pass func(time.Duration))
		want []string
	}{
		"the database is away for all": {
			func(tr *core.Trouble) { tr.TaskFailed("work", away); tr.TaskFailed("outbox", away); tr.Refused(away) },
			func(tr *core.Trouble, _ func(time.Duration)) {
				tr.TaskDone("events")
				tr.TaskDone("outbox")
				tr.TaskDone("work")
			},
			[]string{"ERROR failed: database 0", "ERROR still failing: database 361", "INFO works again: database 450"},
		},
		"a task of its own": {
			func(tr *core.Trouble) { tr.TaskFailed("backup", errors.New("no folder")); tr.TaskDone("work") },
			func(tr *core.Trouble, _ func(time.Duration)) { tr.TaskDone("backup") },
			[]string{"ERROR failed: task backup 0", "ERROR still failing: task backup 121", "INFO works again: task backup 150"},
		},
		"requests alone": {
			func(tr *core.Trouble) { tr.Refused(errors.New("no room for bodies")) },
			func(tr *core.Trouble, pass func(time.Duration)) {
				tr.TaskDone("work")
				pass(time.Minute)
				tr.TaskDone("work")
			},
			[]string{"ERROR failed: requests 0", "ERROR still failing: requests 121", "INFO works again: requests 150"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			now := testkit.MachineNow()
			trouble := core.NewTrouble(slog.New(slog.NewJSONHandler(&log, nil)), func() time.Time { return now })
			pass := func(d time.Duration) { now = now.Add(d) }
			for range 150 {
				c.fail(trouble)
				pass(500 * time.Millisecond)
			}
			c.end(trouble, pass)
			if got := told(t, &log); !slices.Equal(got, c.want) {
				t.Errorf("told %q,\nwant %q", got, c.want)
			}
			c.fail(trouble)
			if got := told(t, &log); len(got) != 1 || !strings.HasPrefix(got[0], "ERROR failed") {
				t.Errorf("the next trouble: %q", got)
			}
		})
	}
}
