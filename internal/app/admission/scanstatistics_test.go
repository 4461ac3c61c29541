package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
)

// TestPostgresHeavyDayNeverReadsAllScans: a market fills an empty database; once the planner
// knows that the table has grown, no upload reads all scans.
func TestPostgresHeavyDayNeverReadsAllScans(t *testing.T) {
	need.Long(t)
	m := newMarket(t, "postgres")
	var phones []*testkit.Phone
	for range 4 {
		phones = append(phones, m.Phone(m.event.ID, registry.Steward, 1))
	}
	people := m.Issued(m.event, registry.VisitorPass, 1000)
	people = append(people, m.Issued(m.event, registry.VisitorPass, 1000)...)
	next := 0
	uploads := func(n, size int) {
		for range n {
			for _, p := range phones {
				var scans []gate.SentScan
				for range size {
					scans = append(scans, p.Scan(people[next%len(people)], testkit.Offline(registry.VerdictOK)))
					next++
				}
				m.send(t, p, scans...)
				m.send(t, p, p.Scan(people[next%len(people)]))
				next++
			}
		}
	}
	uploads(10, 25) // the statements are planned for a small table, and kept
	uploads(6, 500)
	m.settled(t, next)
	if tables, err := m.DB.FreshenStatistics(t.Context()); err != nil || len(tables) == 0 {
		t.Fatalf("nothing has grown: %v, %v", tables, err)
	}
	before := m.settled(t, next)
	uploads(3, 25)
	if whole := m.settled(t, next) - before; whole != 0 {
		t.Errorf("%d rows were met by reading a table from end to end", whole)
	}
	m.Look(`SELECT pg_stat_force_next_flush()::text, (SELECT count(*) FROM scans WHERE booth = 'none')`)
	if m.settled(t, next) == before {
		t.Error("control: a table that is read from end to end is not noticed")
	}
}

// settled waits until PostgreSQL has counted so many scans, and returns how many of them
// were met by reading all.
func (m *market) settled(t *testing.T, scans int) int64 {
	t.Helper()
	for range 300 {
		row := m.Look(`SELECT n_tup_ins, seq_tup_read FROM pg_stat_user_tables WHERE relname = 'scans'`)[0]
		if row[0].(int64) >= int64(scans) {
			return row[1].(int64)
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("PostgreSQL does not count %d scans", scans)
	return 0
}
