package yearplan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hoicho/data"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

func event(id, first, last string, communes ...string) *Session {
	return &Session{Event: registry.Event{ID: registry.EventID(id), OpensOn: first, ClosesOn: last, Kind: registry.MarketSession,
		Legal: registry.LegalBasis{Registration: registry.RegistrationNotNeeded}}, Communes: communes}
}

func commune(code, name string) registry.Area {
	return registry.Area{Ref: registry.AreaRef{Edition: registry.Edition2025, Code: code}, Name: name}
}

var (
	communes = []registry.Area{commune("00001", "Yên"), commune("00002", "An"), commune("00003", "Bình"), commune("00004", "Cao")}
	judge    = Judge{Today: "2027-01-01", Neighbours: Neighbours{"00001": {"00002"}, "00002": {"00001"}}, Rules: registry.FilingRules}
)

// laid is a year with its findings as short words.
func laid(sessions ...*Session) (y *Year, found []string) {
	y = Lay(2027, communes, sessions, map[string]string{"00003": "2026-03-01", "00004": "2025-05-05"})
	y.Find(judge)
	for _, f := range y.Findings {
		text := fmt.Sprint(f.Severity, " ", f.Kind, " ", f.Session.ID)
		if f.Other != nil {
			text += " " + string(f.Other.ID)
		}
		found = append(found, text)
	}
	return y, found
}

func TestCommunesThatWaitLongestComeFirst(t *testing.T) {
	y, _ := laid(event("a", "2027-03-01", "2027-03-02", "00001"), event("b", "2027-04-01", "2027-04-01", "00002"))
	var names []string
	for _, u := range y.Units {
		names = append(names, u.Name)
	}
	if got := strings.Join(names, " "); got != "Cao Bình An Yên" {
		t.Errorf("the communes stand as %s", got)
	}
	if y.Bare() != 2 || len(y.Sessions) != 2 {
		t.Errorf("%d bare, %d sessions", y.Bare(), len(y.Sessions))
	}
}

func TestWhatWasCalledOffStandsNowhere(t *testing.T) {
	off := event("a", "2027-03-01", "2027-03-02", "00001")
	off.State = registry.Cancelled
	y, found := laid(off, event("b", "2027-03-01", "2027-03-02", "00001"))
	if len(y.Sessions) != 1 || len(found) != 0 {
		t.Errorf("%d sessions, findings %v", len(y.Sessions), found)
	}
}

func TestAnEventOfNoCommuneStandsBeside(t *testing.T) {
	y, _ := laid(event("a", "2027-03-01", "2027-03-02"), event("b", "2027-03-01", "2027-03-02", "99999"))
	if len(y.Beside) != 2 {
		t.Errorf("%d beside", len(y.Beside))
	}
}

func TestMonthsOfAnEvent(t *testing.T) {
	y, _ := laid(event("a", "2026-12-31", "2027-01-02", "00001"), event("b", "2027-12-31", "2028-01-02", "00001"))
	u := y.Units[slices.IndexFunc(y.Units, func(u Unit) bool { return u.Name == "Yên" })]
	if len(u.In(2027, 1)) != 1 || len(u.In(2027, 12)) != 1 {
		t.Errorf("January has %d, December %d", len(u.In(2027, 1)), len(u.In(2027, 12)))
	}
}

func TestWhatStandsInTheWay(t *testing.T) {
	at := func(s *Session, venue string) *Session { s.Venue = venue; return s }
	filed := func(s *Session, on string) *Session {
		s.Legal = registry.LegalBasis{Registration: registry.RegistrationToFile, FiledOn: on}
		return s
	}
	for name, x := range map[string]struct {
		sessions []*Session
		want     string
	}{
		"the same venue":          {[]*Session{at(event("a", "2027-03-01", "2027-03-03", "00001"), "Sân chợ"), at(event("b", "2027-03-03", "2027-03-04", "00001"), "SÂN CHỢ")}, "[must venue a b]"},
		"the same commune":        {[]*Session{event("a", "2027-03-01", "2027-03-03", "00001"), event("b", "2027-03-03", "2027-03-04", "00001")}, "[look commune a b]"},
		"a neighbour":             {[]*Session{event("a", "2027-03-01", "2027-03-03", "00001"), event("b", "2027-03-03", "2027-03-04", "00002")}, "[look neighbour a b]"},
		"a neighbour next day":    {[]*Session{event("a", "2027-03-01", "2027-03-03", "00001"), event("b", "2027-03-04", "2027-03-04", "00002")}, "[]"},
		"far away":                {[]*Session{event("a", "2027-03-01", "2027-03-03", "00001"), event("b", "2027-03-01", "2027-03-03", "00003")}, "[]"},
		"over already":            {[]*Session{event("a", "2026-12-01", "2026-12-03", "00001"), event("b", "2026-12-01", "2026-12-03", "00001")}, "[]"},
		"one runs, one is ahead":  {[]*Session{event("a", "2026-12-30", "2027-01-03", "00001"), event("b", "2027-01-02", "2027-01-03", "00001")}, "[look commune b a]"},
		"Tết of 2027 is on 06/02": {[]*Session{event("a", "2027-02-10", "2027-02-11", "00001"), event("b", "2027-02-20", "2027-02-20", "00003")}, "[look tet a]"},
		"filed too late":          {[]*Session{filed(event("a", "2027-01-20", "2027-01-21", "00001"), "")}, "[must filing a]"},
		"filed in time":           {[]*Session{filed(event("a", "2027-03-20", "2027-03-21", "00001"), "")}, "[]"},
	} {
		if _, found := laid(x.sessions...); fmt.Sprint(found) != x.want {
			t.Errorf("%s: %v, want %s", name, found, x.want)
		}
	}
}

// TestWaysOutAreFree checks that on the days that are told nothing stands in the way.
func TestWaysOutAreFree(t *testing.T) {
	busy := []*Session{event("a", "2027-03-01", "2027-03-03", "00001"), event("b", "2027-03-03", "2027-03-05", "00002"), event("c", "2027-03-10", "2027-03-12", "00002")}
	y, _ := laid(busy...)
	if len(y.Findings) != 1 || len(y.Findings[0].Ways) != waysMost {
		t.Fatalf("findings %+v", y.Findings)
	}
	for _, day := range y.Findings[0].Ways {
		moved := event("a", day, vn.AddDays(day, 2), "00001")
		if _, found := laid(moved, busy[1], busy[2]); len(found) > 0 {
			t.Errorf("on %s: %v", day, found)
		}
	}
}

// TestTheGravestFindingMarksAnEvent whichever is found first.
func TestTheGravestFindingMarksAnEvent(t *testing.T) {
	a, b, c := event("a", "2027-03-01", "2027-03-03", "00001"), event("b", "2027-03-01", "2027-03-03", "00001"), event("c", "2027-03-01", "2027-03-03", "00002")
	a.Venue, b.Venue = "Sân chợ", "Sân chợ"
	y, _ := laid(a, b, c)
	if a.Gravest != MustMend || b.Gravest != MustMend || c.Gravest != Look || y.Findings[0].Severity != MustMend {
		t.Errorf("%s %s %s, first %s", a.Gravest, b.Gravest, c.Gravest, y.Findings[0].Severity)
	}
}

// TestNeighboursAreMutual reads the table that ships.
func TestNeighboursAreMutual(t *testing.T) {
	n, err := ReadNeighbours(data.Units)
	if err != nil {
		t.Fatal(err)
	}
	if len(n) < 3200 {
		t.Errorf("%d communes have neighbours", len(n))
	}
	for code, list := range n {
		for _, other := range list {
			if other == code || !slices.Contains(n[other], code) {
				t.Fatalf("%s and %s", code, other)
			}
		}
	}
}

// BenchmarkYear lays out and judges 3,000 events.
func BenchmarkYear(b *testing.B) {
	n, err := ReadNeighbours(data.Units)
	if err != nil {
		b.Fatal(err)
	}
	var codes []string
	for code := range n {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	var areas []registry.Area
	var sessions []*Session
	for i := range 3000 {
		day := vn.AddDays("2027-01-02", i%360)
		sessions = append(sessions, event(fmt.Sprint(i), day, vn.AddDays(day, 2), codes[i%92]))
	}
	for _, code := range codes[:92] {
		areas = append(areas, commune(code, code))
	}
	for b.Loop() {
		y := Lay(2027, areas, sessions, nil)
		y.Find(Judge{Today: "2027-01-01", Neighbours: n, Rules: registry.FilingRules})
	}
}
