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
func (d *filled) seriesOfAll() recurrence.SeriesID {
	var events []registry.Event
	for _, row := range d.k.Look(`SELECT e.id FROM events e WHERE NOT EXISTS (SELECT 1 FROM series_events x WHERE x.event_id = e.id) ORDER BY e.id`) {
		events = append(events, registry.Event{ID: registry.EventID(fmt.Sprint(row[0])), CreatedBy: "test"})
	}
	return d.k.Series(events[0], events...)
}

// seriesFigures counts every figure of the paper of a series anew from the rows of its sessions: of
// the one that the demo has, and of one of all other events.
func (d *filled) seriesFigures(t *testing.T) {
	own := recurrence.SeriesID(fmt.Sprint(d.k.Look(`SELECT id FROM series`)[0][0]))
	others := d.seriesOfAll()
	told := d.k.Look(`SELECT r.event_id FROM reports r, series_events x WHERE x.event_id = r.event_id AND x.series_id = '` + string(others) + `' AND r.closed_at > 0 ORDER BY r.event_id`)
	for _, event := range append(d.k.Look(`SELECT id FROM events WHERE state = 'cancelled'`)[:1], told[0], told[1]) {
		_, asked, err := d.k.App.Communications.Enter(t.Context(), registry.SystemActor("test"), []communications.EntryInput{{Client: uuid.NewString(), Event: fmt.Sprint(event[0]),
			Channel: "village_meeting", Times: "2", People: "61", Area: testkit.BaBe.String(), Day: vn.ShowDate(d.k.App.Today()), Topic: "Mời bà con đi chợ", Confirm: true}})
		if err != nil || len(asked) > 0 {
			t.Fatal(err, asked)
		}
	}
	for id, want := range map[recurrence.SeriesID]map[series.Key]int64{
		others: {"comm_people": 122},
		own:    {"sessions": 6, "sessions_reported": 2, "sessions_missing": 1, "sessions_ahead": 3, "comm_people": 0},
	} {
		for key, n := range want {
			if got := d.ofSeries(t, id, key); got != n {
				t.Errorf("%s is %d by the rows of the series, want %d", key, got, n)
			}
		}
		p, err := d.k.App.SeriesPaper.Paper(t.Context(), registry.SystemActor("test"), id, "vi")
		testkit.Works(t, err)
		for _, key := range series.Keys() {
			if got, want := p.Figure(key), d.ofSeries(t, id, key); got.N != want {
				t.Errorf("%s is %d in the paper and %d by the rows", key, got.N, want)
			}
		}
	}
}

// ofSeries counts a figure of a series by the rows of its sessions.
func (d *filled) ofSeries(t *testing.T, id recurrence.SeriesID, key series.Key) int64 {
	const closed = `SELECT event_id FROM reports WHERE closed_at > 0`
	sessions := `SELECT event_id FROM series_events WHERE series_id = '` + string(id) + `'`
	states := map[series.Key]string{"sessions": `1 = 1`, "sessions_held": `state IN ('running', 'ended', 'reported')`, "sessions_cancelled": `state = 'cancelled'`,
		"sessions_ahead":    `state IN ('draft', 'planned', 'announced', 'open', 'closed', 'postponed', 'moved')`,
		"sessions_reported": `id IN (` + closed + `)`,
		"sessions_missing":  `state IN ('running', 'ended', 'reported') AND id NOT IN (` + closed + `)`}
	switch where, counts := states[key]; {
	case counts:
		return d.n(`SELECT COUNT(*) FROM events WHERE id IN (` + sessions + `) AND ` + where)
	case key == series.Vendors:
		return d.n(`SELECT COUNT(DISTINCT vendor_id) FROM applications WHERE state = 'approved' AND event_id IN (` + closed + `) AND event_id IN (` + sessions + `)`)
	}
	var reported []string
	for _, row := range d.k.Look(closed + ` AND event_id IN (` + sessions + `)`) {
		reported = append(reported, fmt.Sprint(row[0]))
	}
	return d.overSessions(t, key, reported)
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
