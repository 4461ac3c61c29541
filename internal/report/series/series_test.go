package series

import (
	"fmt"
	"slices"
	"testing"

	"hoicho/internal/chart"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

func TestHowFarASessionHasCome(t *testing.T) {
	for _, c := range []struct {
		state            registry.EventState
		closed, reopened bool
		want             Standing
	}{
		{registry.Draft, false, false, SessionAhead}, {registry.Moved, false, false, SessionAhead}, {registry.Closed, false, false, SessionAhead},
		{registry.Postponed, false, false, SessionPostponed}, {registry.Cancelled, false, false, SessionCancelled}, {registry.Running, false, false, SessionRunning},
		{registry.Ended, false, false, SessionMissing}, {registry.Reported, false, false, SessionMissing}, {registry.Reported, true, false, SessionReported},
		{registry.Ended, true, true, SessionReopened}, {registry.Ended, true, false, SessionReopened}, {registry.Reported, true, true, SessionReopened},
	} {
		if got := StandingOf(c.state, c.closed, c.reopened); got != c.want {
			t.Errorf("%s, closed %v, reopened %v: %s, want %s", c.state, c.closed, c.reopened, got, c.want)
		}
	}
}

// told is a session whose report is closed with some figures.
func told(day string, figures ...report.Figure) Session {
	s := report.Told{Snapshot: &report.Snapshot{Figures: figures}}
	return Session{Event: registry.EventID(day), OpensOn: day, Standing: SessionReported, Told: &s}
}

// TestTheMiddleSessionIsInTheFirstHalf compares averages, so that halves of three and two sessions
// can be compared.
func TestTheMiddleSessionIsInTheFirstHalf(t *testing.T) {
	r := Result{Sessions: []Session{{OpensOn: "2026-01-01", Standing: SessionMissing}}}
	for i, n := range []int64{10, 20, 31, 40, 61} {
		r.Sessions = append(r.Sessions, told("2026-02-0"+string(rune('1'+i)), report.Figure{Key: "visits", N: n}))
	}
	table := r.halves("vi")
	for _, row := range table.Rows {
		if row.Key == "visits" && (row.Cells[1].N != 50 || row.Cells[2].N != 20 || row.Cells[3].Text != "+150 %") {
			t.Errorf("the halves are %v", row.Cells)
		}
		if row.Key == "sales_dong" && row.Cells[1].Text != nothing {
			t.Errorf("sales that no session tells are %v", row.Cells)
		}
	}
	if one := (&Result{Sessions: r.Sessions[:2]}).halves("vi"); len(one.Rows) > 0 {
		t.Errorf("one session has halves: %v", one.Rows)
	}
}

// TestTheChartTellsNothingApartFromNone: of 20 sessions each that is told has its figure, also 0, and
// each that is not has lines in its place.
func TestTheChartTellsNothingApartFromNone(t *testing.T) {
	p := Result{Title: "Loạt"}
	for i := range 20 {
		s := told(fmt.Sprintf("2026-%02d-01", i%12+1), report.Figure{Key: "visits", N: int64(i/2) * 100})
		if s.OpensOn = fmt.Sprintf("%d-%02d-01", 2026+i/12, i%12+1); i%2 == 1 {
			s.Told = nil
		}
		p.Sessions = append(p.Sessions, s)
	}
	list := p.visitChart("vi")
	if len(list) != 1 {
		t.Fatalf("%d charts", len(list))
	}
	tips := map[string]bool{}
	for _, a := range list[0].Areas {
		tips[a.Tip] = true
	}
	for i, s := range p.Sessions {
		bar, place := tips[fmt.Sprintf("%s: %s", s.Name(), vn.Count(int64(i/2)*100))], tips[s.Name()+": chưa chốt báo cáo"]
		if place != (i%2 == 1) || bar != (i%2 == 0 && i > 0) {
			t.Errorf("session %d: bar %v, lines %v", i, bar, place)
		}
	}
	if !slices.ContainsFunc(list[0].Texts, func(x chart.Text) bool { return x.Text == "01/01/26" }) {
		t.Error("days of two years are shown without them")
	}
}
