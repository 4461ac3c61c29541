package planning_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/events"
	"hoicho/internal/app/planning"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// elsewhere moves a session into another commune, as an officer of the province may.
func (d desk) elsewhere(t *testing.T, e registry.Event) {
	t.Helper()
	d.Read(func(tx *store.Tx) (err error) {
		e, err = tx.Event(t.Context(), e.ID)
		return err
	})
	in := events.EventInputOf(e)
	in.Area = registry.AreaRef{Edition: registry.Edition2025, Code: "01912"}.String()
	if _, err := d.App.Events.EditEvent(t.Context(), d.organiser, e.ID, in); err != nil {
		t.Fatal(err)
	}
}

// shift moves a session by days, as its own page does.
func (d desk) shift(t *testing.T, id registry.EventID, days int) {
	t.Helper()
	var e registry.Event
	d.Read(func(tx *store.Tx) (err error) {
		e, err = tx.Event(t.Context(), id)
		return err
	})
	if _, err := d.App.Events.EditEvent(t.Context(), d.organiser, id, events.ShiftInput(events.EventInputOf(e), days)); err != nil {
		t.Fatal(err)
	}
}

// TestASessionThatWasMovedElsewhere stays with those who manage events where it is now.
func TestASessionThatWasMovedElsewhere(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-01-08")
	d.elsewhere(t, rowOf(t, f, "2027-01-08").Event)
	commune, _ := d.Officer(registry.Organiser, testkit.BaBe.Code)
	seen, err := d.App.Planning.Series(t.Context(), commune, f.Series.ID)
	if err != nil || rowOf(t, seen, "2027-01-08").Manages || !rowOf(t, seen, "2027-01-02").Manages || len(seen.Removable()) != 1 {
		t.Errorf("the commune may change %+v: %v", seen.Removable(), err)
	}
	if err := d.App.Planning.Skip(t.Context(), commune, d.day(f, "2027-01-08")); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("left out from the commune: %v", err)
	}
	if gone, stay, err := d.App.Planning.RemoveDrafts(t.Context(), commune, f.Series.ID, f.Series.Version); err != nil || gone != 1 || stay != 1 {
		t.Errorf("%d deleted from the commune, %d stay: %v", gone, stay, err)
	}
}

// TestASessionThatSomebodyChanged is not deleted with one press.
func TestASessionThatSomebodyChanged(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-01-08", "2027-01-20")
	d.shift(t, rowOf(t, f, "2027-01-08").Event.ID, 6)
	if err := d.App.Planning.Skip(t.Context(), d.organiser, d.day(f, "2027-01-08")); !isKey(err, "planning.error.edited") {
		t.Errorf("left out: %v", err)
	}
	f = d.file(t, f.Series.ID)
	if r := rowOf(t, f, "2027-01-08"); !r.Made() || r.Out || r.On() != "2027-01-14" {
		t.Errorf("after the refusal: %+v", r)
	}
	back := d.App.Planning.PutBack(t.Context(), d.organiser, d.day(f, "2027-01-14"))
	if list, ok := back.(registry.Faults); !ok || list[0].Key != "planning.error.taken" {
		t.Errorf("put back where another session was moved to: %v", back)
	}
	d.goTo("2027-01-10")
	if f = d.file(t, f.Series.ID); rowOf(t, f, "2027-01-08").Past || !rowOf(t, f, "2027-01-02").Past {
		t.Error("a session has passed by the day of its rule, not by its own")
	}
}

// TestADayThatIsLeftOutShowsWhatStandsThere: it can be put back.
func TestADayThatIsLeftOutShowsWhatStandsThere(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02")
	other := d.Event(testkit.InState(registry.Draft), testkit.OnDays("2027-01-08", 1))
	r := rowOf(t, d.file(t, f.Series.ID), "2027-01-08")
	if !r.Out || !r.Returns() || len(r.Clashes) != 1 || r.Clashes[0].ID != other.ID {
		t.Errorf("%+v", r)
	}
}

// TestPatternsAreNoSessions: a year of a market does not push out what may be copied.
func TestPatternsAreNoSessions(t *testing.T) {
	d := newDesk(t)
	d.create(t, "2027-01-02", "2027-01-08")
	list, err := d.App.Planning.Patterns(t.Context(), d.organiser)
	if err != nil || len(list) != 1 || list[0].ID != d.pattern.ID {
		t.Errorf("%d patterns, want the event alone: %v", len(list), err)
	}
	reviewer, _ := d.Officer(registry.Reviewer, "19")
	if list, err := d.App.Planning.Patterns(t.Context(), reviewer); err != nil || len(list) != 0 {
		t.Errorf("a reviewer is offered %d patterns: %v", len(list), err)
	}
}

// TestListOfSeriesInFewStatements: none for each series.
func TestListOfSeriesInFewStatements(t *testing.T) {
	d := newDesk(t)
	statements := func() int64 {
		before := d.DB.Statements()
		if list, err := d.App.Planning.List(t.Context(), d.organiser); err != nil || list[0].Pattern.Title != d.pattern.Title {
			t.Fatal(list, err)
		}
		return d.DB.Statements() - before
	}
	d.create(t, "2027-01-02")
	one := statements()
	d.create(t, "2027-01-08")
	d.create(t, "2027-01-14")
	if three := statements(); three != one {
		t.Errorf("%d statements for a series, %d for three", one, three)
	}
}

// TestWhyNoCopyCouldBeMade: the reason comes beside the day, where a form shows both.
func TestWhyNoCopyCouldBeMade(t *testing.T) {
	d := newDesk(t)
	in := d.input(func(in *planning.Input) { in.First, in.Last = "01/12/2100", "31/12/2100" })
	d.pattern = d.Event(testkit.InState(registry.Draft), testkit.OnDays("2026-12-20", 30))
	in.Pattern, in.Kind, in.Branches, in.Every, in.Since = string(d.pattern.ID), "count", nil, "1", "01/12/2100"
	_, _, err := d.App.Planning.Create(t.Context(), d.organiser, in, []string{"2100-12-31"})
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"keys", "keys_why"}) {
		t.Errorf("faults at %v: %v", got, err)
	}
}

func TestEveryZeroDaysSaysWhatIsMeant(t *testing.T) {
	d := newDesk(t)
	for kind, most := range map[string]int{"count": 366, "weekly": 52} {
		in := d.input(func(in *planning.Input) { in.Kind, in.Branches, in.Every, in.Since = kind, nil, "0", "1/1/2027" })
		if kind == "weekly" {
			in.Weekdays = []string{"0"}
		}
		_, err := d.App.Planning.Preview(t.Context(), d.organiser, in)
		if list, ok := err.(registry.Faults); !ok || len(list) != 1 || list[0].Key != "recurrence.error.every" || list[0].Args[0] != most {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
