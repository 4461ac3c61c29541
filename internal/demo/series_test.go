package demo_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"

	"hoicho/internal/app/communications"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/report/series"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// seriesQueries count of an event what registers hold of it.
var seriesQueries = map[series.Key]string{
	"costs_dong":     `SELECT COALESCE(SUM(spent_dong), 0) FROM costs WHERE event_id = $1 AND struck_at = 0`,
	"costs_estimate": `SELECT COALESCE(SUM(estimate_dong), 0) FROM costs WHERE event_id = $1 AND struck_at = 0`,
	"communications": `SELECT COALESCE(SUM(times), 0) FROM communications WHERE event_id = $1 AND struck_at = 0`,
	"comm_people":    `SELECT COALESCE(SUM(people), 0) FROM communications WHERE event_id = $1 AND struck_at = 0`,
	"inspections":    `SELECT COUNT(*) FROM inspections WHERE event_id = $1 AND state = 'handed_in' AND lead_id IS NULL AND kind NOT IN ('self_inspection', 'vendor_check')`,
	"self_checks":    `SELECT COUNT(*) FROM inspections WHERE event_id = $1 AND state = 'handed_in' AND lead_id IS NULL AND kind NOT IN ('inspection', 'joint_check')`,
	"findings": `SELECT COUNT(*) FROM findings f, inspections i WHERE i.id = f.inspection_id AND i.event_id = $1 AND i.state = 'handed_in'
		AND i.lead_id IS NULL`,
	"findings_open": `SELECT COUNT(*) FROM findings f, inspections i WHERE i.id = f.inspection_id AND i.event_id = $1 AND i.state = 'handed_in'
		AND i.lead_id IS NULL AND f.state IN ('open', 'escalated')`,
}

// seriesOfAll makes one series of all events that are in none.
func (d *filled) seriesOfAll() (id recurrence.SeriesID, closed []string) {
	var events []registry.Event
	for _, row := range d.k.Look(`SELECT e.id FROM events e WHERE NOT EXISTS (SELECT 1 FROM series_events x WHERE x.event_id = e.id) ORDER BY e.id`) {
		events = append(events, registry.Event{ID: registry.EventID(fmt.Sprint(row[0])), CreatedBy: "test"})
	}
	id = d.k.Series(events[0], events...)
	for _, row := range d.k.Look(`SELECT event_id FROM reports WHERE closed_at > 0`) {
		closed = append(closed, fmt.Sprint(row[0]))
	}
	return id, closed
}

// seriesFigures counts every figure of the paper of a series anew from the rows of its sessions.
func (d *filled) seriesFigures(t *testing.T) {
	id, closed := d.seriesOfAll()
	for _, event := range append(d.k.Look(`SELECT id FROM events WHERE state = 'cancelled'`)[:1], []any{closed[0]}, []any{closed[1]}) {
		_, asked, err := d.k.App.Communications.Enter(t.Context(), registry.SystemActor("test"), []communications.EntryInput{{Client: uuid.NewString(), Event: fmt.Sprint(event[0]),
			Channel: "village_meeting", Times: "2", People: "61", Area: testkit.BaBe.String(), Day: vn.ShowDate(d.k.App.Today()), Topic: "Mời bà con đi chợ", Confirm: true}})
		if err != nil || len(asked) > 0 {
			t.Fatal(err, asked)
		}
	}
	p, err := d.k.App.SeriesPaper.Paper(t.Context(), registry.SystemActor("test"), id, "vi")
	testkit.Works(t, err)
	states := map[series.Key]string{"sessions": `1 = 1`, "sessions_held": `state IN ('running', 'ended', 'reported')`, "sessions_cancelled": `state = 'cancelled'`,
		"sessions_ahead":    `state IN ('draft', 'planned', 'announced', 'open', 'closed', 'postponed', 'moved')`,
		"sessions_reported": `id IN (SELECT event_id FROM reports WHERE closed_at > 0)`,
		"sessions_missing":  `state IN ('running', 'ended', 'reported') AND id NOT IN (SELECT event_id FROM reports WHERE closed_at > 0)`}
	for _, key := range series.Keys() {
		var want int64
		switch where, counts := states[key]; {
		case counts:
			want = d.n(`SELECT COUNT(*) FROM events WHERE ` + where)
		case key == series.Vendors:
			want = d.n(`SELECT COUNT(DISTINCT vendor_id) FROM applications WHERE state = 'approved' AND event_id IN (SELECT event_id FROM reports WHERE closed_at > 0)`)
		default:
			want = d.overSessions(t, key, closed)
		}
		if got := p.Figure(key); got.N != want || key == "comm_people" && want != 122 {
			t.Errorf("%s is %d in the paper and %d by the rows", key, got.N, want)
		}
	}
}

// overSessions adds a figure up over sessions by their rows: sums of sales of those alone in which
// three vendors filed.
func (d *filled) overSessions(t *testing.T, key series.Key, sessions []string) (sum int64) {
	query, ofEvent := eventQueries[string(key)], report.Keys()
	if !slices.Contains(ofEvent, key) {
		query = seriesQueries[key]
	}
	if query == "" {
		t.Fatalf("%s has no query", key)
	}
	secret := slices.Contains([]string{"sales_dong", "sales_banded", "sales_filed", "contracts", "contracts_dong"}, string(key))
	for _, id := range sessions {
		filed := d.ofEvent(`SELECT COUNT(*) FROM sales_returns s, applications a WHERE s.event_id = $1 AND a.event_id = s.event_id AND a.vendor_id = s.vendor_id AND a.state = 'approved'`, id)
		if !secret || filed >= 3 {
			sum += d.ofEvent(query, id)
		}
	}
	return sum
}
