package admission_test

import (
	"fmt"
	"testing"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func (m *market) typedList(t *testing.T, q admission.TickedQuery) admission.TickedList {
	t.Helper()
	l, err := m.App.Admission.TickedList(t.Context(), chief, m.event.ID, q)
	testkit.Works(t, err)
	return l
}

func TestTheListThatIsTypedInHasThePagesOfThePaper(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	listed := len(m.list(t, "2026-11-22", 1).Passes)
	m.Issued(m.event, registry.OfficialPass, 44-listed) // two whole pages
	plate := m.list(t, "2026-11-22", 1).Passes[listed-1].Label
	for name, c := range map[string]struct {
		q           admission.TickedQuery
		page, pages int
		first, rows int
	}{
		"no page is the first":   {admission.TickedQuery{}, 1, 2, 1, 22},
		"the second":             {admission.TickedQuery{Page: 2}, 2, 2, 23, 22},
		"beyond is the last":     {admission.TickedQuery{Page: 9}, 2, 2, 23, 22},
		"a booth":                {admission.TickedQuery{Page: 2, Search: "A05"}, 1, 1, 1, listed},
		"a plate":                {admission.TickedQuery{Search: plate}, 1, 1, listed, 1},
		"the digits of a code":   {admission.TickedQuery{Search: m.staff[0].Code[:4] + " " + m.staff[0].Code[4:]}, 1, 1, 1, 1},
		"nothing of that sort":   {admission.TickedQuery{Search: "zzz"}, 1, 1, 0, 0},
		"signs that fold away":   {admission.TickedQuery{Search: "  "}, 1, 2, 1, 22},
		"without a gate, gate 1": {admission.TickedQuery{GateQuery: admission.GateQuery{Gate: 0}}, 1, 2, 1, 22},
	} {
		t.Run(name, func(t *testing.T) {
			c.q.Day = "2026-11-22"
			l := m.typedList(t, c.q)
			if l.Page != c.page || l.Pages != c.pages || len(l.Rows) != c.rows || c.rows > 0 && l.Rows[0].N != c.first || l.Gate != 1 {
				t.Errorf("page %d of %d with %d lines, gate %d", l.Page, l.Pages, len(l.Rows), l.Gate)
			}
		})
	}
	t.Run("a pass more begins a page", func(t *testing.T) {
		m.Issued(m.event, registry.OfficialPass, 1)
		if l := m.typedList(t, admission.TickedQuery{GateQuery: admission.GateQuery{Day: "2026-11-22", Gate: 1}, Page: 3}); l.Pages != 3 || len(l.Rows) != 1 || l.Rows[0].N != 45 {
			t.Errorf("page %d of %d with %d lines", l.Page, l.Pages, len(l.Rows))
		}
	})
	t.Run("a search shows so many lines at most", func(t *testing.T) {
		m.Issued(m.event, registry.OfficialPass, 30)
		if l := m.typedList(t, admission.TickedQuery{GateQuery: admission.GateQuery{Day: "2026-11-22", Gate: 1}, Search: "0"}); len(l.Rows) > 60 {
			t.Errorf("%d lines", len(l.Rows))
		}
	})
}

func TestTheListThatIsTypedInShowsWhatIsKnown(t *testing.T) {
	testkit.NamesDays(t)
	m := newMarket(t, testkit.Engine())
	visitor := m.Issued(m.event, registry.VisitorPass, 1)[0]
	q := admission.TickedQuery{GateQuery: admission.GateQuery{Day: "2026-11-22", Gate: 1}}
	if l := m.typedList(t, q); l.Paper != "" || len(l.Others) != 0 {
		t.Errorf("before anything was typed in there are %v of %q", l.Others, l.Paper)
	}
	m.evening(t)
	m.ticked(t, admission.TickedRow{Code: m.staff[0].Code, In: "08:12", Out: "11:40"}, admission.TickedRow{Code: visitor.Code, In: "09:15"})
	l := m.typedList(t, q)
	t.Run("what was typed in of a line stands with it", func(t *testing.T) {
		scans := map[string]int{}
		for _, row := range l.Rows {
			scans[row.Code] = len(row.Scans)
		}
		if scans[m.staff[0].Code] != 2 || scans[m.staff[1].Code] != 0 || l.Paper == "" {
			t.Errorf("known are %v by %q", scans, l.Paper)
		}
	})
	t.Run("what is on no line any more stands beside", func(t *testing.T) {
		testkit.Works(t, m.App.Passes.StepPass(t.Context(), chief, visitor.ID, registry.PassRevoked, "mất"))
		l := m.typedList(t, q)
		if len(l.Others) != 1 || l.Others[0].Code != visitor.Code {
			t.Errorf("beside stand %v", l.Others)
		}
	})
	for name, other := range map[string]admission.TickedQuery{"of another gate": {GateQuery: admission.GateQuery{Day: "2026-11-22", Gate: 2}},
		"of another day": {GateQuery: admission.GateQuery{Day: "2026-11-23", Gate: 1}}} {
		t.Run(fmt.Sprint("none ", name), func(t *testing.T) {
			if l := m.typedList(t, other); len(l.Others) != 0 {
				t.Errorf("beside stand %v", l.Others)
			}
		})
	}
	t.Run("not for whoever has nothing to do with gates", func(t *testing.T) {
		viewer, _ := m.Officer(registry.Viewer, "19")
		if _, err := m.App.Admission.TickedList(t.Context(), viewer, m.event.ID, q); registry.KindOf(err) != registry.Forbidden {
			t.Errorf("it gives %v", err)
		}
	})
}
