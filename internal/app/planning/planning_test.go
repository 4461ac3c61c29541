package planning_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/planning"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// desk is a kit with an organiser and an event to copy.
type desk struct {
	*testkit.Kit
	organiser registry.Actor
	pattern   registry.Event
}

func newDesk(t *testing.T) desk {
	d := desk{Kit: testkit.NewApp(t)}
	d.organiser, _ = d.Officer(registry.Organiser, "19")
	d.pattern = d.Event(testkit.InState(registry.Draft))
	d.Booths(d.pattern.ID, "A", 3)
	return d
}

func (d desk) input(change ...func(*planning.Input)) planning.Input {
	in := planning.Input{Pattern: string(d.pattern.ID), Kind: "branch", Branches: []string{"5", "11"}, First: "01/01/2027", Last: "31/12/2027"}
	for _, fn := range change {
		fn(&in)
	}
	return in
}

// goTo sets the clock to nine in the morning of a day.
func (d desk) goTo(day string) {
	at, _ := vn.InstantOf(day, 9*60)
	d.Clock.Set(at)
}

func (d desk) file(t *testing.T, id recurrence.SeriesID) planning.File {
	t.Helper()
	f, err := d.App.Planning.Series(t.Context(), d.organiser, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (d desk) day(f planning.File, key string) planning.Day {
	return planning.Day{Series: f.Series.ID, Key: key, Version: f.Series.Version}
}

func (d desk) create(t *testing.T, keys ...string) planning.File {
	t.Helper()
	s, n, err := d.App.Planning.Create(t.Context(), d.organiser, d.input(), keys)
	if err != nil || n != len(keys) {
		t.Fatal(n, err)
	}
	return d.file(t, s.ID)
}

func rowOf(t *testing.T, f planning.File, key string) planning.Row {
	t.Helper()
	i := slices.IndexFunc(f.Rows, func(r planning.Row) bool { return r.Key == key })
	if i < 0 {
		t.Fatalf("%s is no day of the series", key)
	}
	return f.Rows[i]
}

func TestAYearOfSessions(t *testing.T) {
	d := newDesk(t)
	p, err := d.App.Planning.Preview(t.Context(), d.organiser, d.input())
	if err != nil || len(p.Rows) != 61 || len(p.Clear()) != 61 {
		t.Fatalf("%d days, %d clear: %v", len(p.Rows), len(p.Clear()), err)
	}
	s, n, err := d.App.Planning.Create(t.Context(), d.organiser, d.input(), p.Clear()[1:])
	if err != nil || n != 60 {
		t.Fatal(n, err)
	}
	f := d.file(t, s.ID)
	first, second := rowOf(t, f, "2027-01-02"), rowOf(t, f, "2027-01-08")
	if !first.Out || first.Made() || !second.Made() || second.Event.State != registry.Draft || second.Event.OpensOn != "2027-01-08" || second.Event.ClonedFrom != d.pattern.ID {
		t.Errorf("the first is %+v, the second %+v", first, second.Event)
	}
	d.Read(func(tx *store.Tx) error {
		booths, err := tx.Booths(t.Context(), second.Event.ID)
		if len(booths) != 3 {
			t.Errorf("%d booths were copied", len(booths))
		}
		of, fault := tx.SeriesOf(t.Context(), second.Event.ID)
		if fault != nil || of.ID != s.ID {
			t.Errorf("the session is of %s: %v", of.ID, fault)
		}
		return err
	})
	_, _, err = d.App.Planning.Create(t.Context(), d.organiser, d.input(), p.Clear()[1:])
	if !slices.Equal(testkit.FieldsOf(err), []string{"keys"}) {
		t.Errorf("the same form again: %v", err)
	}
	again, err := d.App.Planning.Preview(t.Context(), d.organiser, d.input())
	if err != nil || len(again.Clear()) != 1 {
		t.Errorf("beside a year of sessions %d days are clear: %v", len(again.Clear()), err)
	}
	listed, err := d.App.Planning.List(t.Context(), d.organiser)
	if err != nil || len(listed) != 1 || listed[0].Pattern.ID != d.pattern.ID {
		t.Errorf("listed: %+v, %v", listed, err)
	}
}

func TestSkipADayAndPutItBack(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-01-08", "2027-01-14")
	skip := func(key string) error { return d.App.Planning.Skip(t.Context(), d.organiser, d.day(f, key)) }
	if err := skip("2027-01-08"); err != nil {
		t.Fatal(err)
	}
	if err := skip("2027-01-14"); registry.KindOf(err) != registry.Conflict {
		t.Errorf("skipped in an old version: %v", err)
	}
	f = d.file(t, f.Series.ID)
	if r := rowOf(t, f, "2027-01-08"); !r.Out || r.Made() {
		t.Errorf("after skipping: %+v", r)
	}
	for key, why := range map[string]string{"2027-01-08": "planning.error.skipped", "2027-01-09": "planning.error.not_a_day"} {
		if err := skip(key); registry.KindOf(err) != registry.Conflict || err.Error() == "" || !isKey(err, why) {
			t.Errorf("skip %s: %v", key, err)
		}
	}
	if err := d.App.Planning.PutBack(t.Context(), d.organiser, d.day(f, "2027-01-08")); err != nil {
		t.Fatal(err)
	}
	f = d.file(t, f.Series.ID)
	back := rowOf(t, f, "2027-01-08")
	if back.Out || !back.Made() {
		t.Errorf("after putting back: %+v", back)
	}
	if err := d.App.Planning.PutBack(t.Context(), d.organiser, d.day(f, "2027-01-08")); !isKey(err, "planning.error.made") {
		t.Errorf("put back twice: %v", err)
	}
	vendor, _, _ := d.OwnVendor()
	d.Application(back.Event, vendor.ID)
	if err := skip("2027-01-08"); !isKey(err, "event.fault.has_applications") {
		t.Errorf("skip a session with an application: %v", err)
	}
	if r := rowOf(t, d.file(t, f.Series.ID), "2027-01-08"); !r.Made() || r.Out {
		t.Errorf("it is gone nevertheless: %+v", r)
	}
}

func isKey(err error, key string) bool {
	e, ok := err.(*registry.Error)
	return ok && e.Key == key
}

func TestRemoveWhatIsStillADraft(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-01-08", "2027-01-14")
	vendor, _, _ := d.OwnVendor()
	d.Application(rowOf(t, f, "2027-01-08").Event, vendor.ID)
	if err := d.App.Events.DeleteEvent(t.Context(), d.organiser, d.pattern.ID, d.pattern.Version); !isKey(err, "planning.error.pattern") {
		t.Errorf("the pattern is removed: %v", err)
	}
	gone, stay, err := d.App.Planning.RemoveDrafts(t.Context(), d.organiser, f.Series.ID, f.Series.Version)
	if err != nil || gone != 2 || stay != 1 {
		t.Fatal(gone, stay, err)
	}
	f = d.file(t, f.Series.ID)
	if rowOf(t, f, "2027-01-02").Made() || !rowOf(t, f, "2027-01-08").Made() || !rowOf(t, f, "2027-01-02").Open() {
		t.Errorf("left: %+v", f.Rows[:3])
	}
	d.goTo("2027-02-01")
	f = d.create(t, "2027-02-01", "2027-02-07")
	if gone, stay, err = d.App.Planning.RemoveDrafts(t.Context(), d.organiser, f.Series.ID, f.Series.Version); err != nil || gone != 2 || stay != 0 {
		t.Fatal(gone, stay, err)
	}
	if _, err := d.App.Planning.Series(t.Context(), d.organiser, f.Series.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a series without sessions: %v", err)
	}
}

func TestPastDaysStayAsTheyAre(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-01-08")
	d.goTo("2027-01-05")
	f = d.file(t, f.Series.ID)
	if err := d.App.Planning.Skip(t.Context(), d.organiser, d.day(f, "2027-01-02")); !isKey(err, "planning.error.past") {
		t.Errorf("skip a day that has passed: %v", err)
	}
	if gone, stay, err := d.App.Planning.RemoveDrafts(t.Context(), d.organiser, f.Series.ID, f.Series.Version); err != nil || gone != 1 || stay != 1 {
		t.Error(gone, stay, err)
	}
	if _, _, err := d.App.Planning.Create(t.Context(), d.organiser, d.input(), []string{"2027-01-02"}); !slices.Equal(testkit.FieldsOf(err), []string{"keys"}) {
		t.Errorf("create a day that has passed: %v", err)
	}
}

func TestBadSeries(t *testing.T) {
	d := newDesk(t)
	for field, change := range map[string]func(*planning.Input){
		"kind":     func(in *planning.Input) { in.Kind = "daily" },
		"branches": func(in *planning.Input) { in.Branches = []string{"1", "2", "3"} },
		"days": func(in *planning.Input) {
			in.Kind, in.Branches, in.Days, in.Short = "lunar_days", nil, "2-7-32", "skip"
		},
		"dates": func(in *planning.Input) {
			in.Kind, in.Branches, in.Dates, in.Short, in.Leap = "lunar_year", nil, "mai", "skip", "both"
		},
		"every": func(in *planning.Input) { in.Kind, in.Branches, in.Every, in.Since = "count", nil, "x", "1/1/2027" },
		"weekdays": func(in *planning.Input) {
			in.Kind, in.Branches, in.Every, in.Weekdays = "weekly", nil, "1", []string{"x"}
		},
		"first": func(in *planning.Input) { in.First = "" },
		"last":  func(in *planning.Input) { in.Last = "1/1/2028" },
		"since": func(in *planning.Input) { in.Since = "31/2" },
	} {
		if _, err := d.App.Planning.Preview(t.Context(), d.organiser, d.input(change)); !slices.Equal(slices.Compact(testkit.FieldsOf(err)), []string{field}) {
			t.Errorf("faults at %v, want %s: %v", testkit.FieldsOf(err), field, err)
		}
	}
	for _, keys := range [][]string{nil, {"2027-01-03"}, {"x"}} {
		if _, _, err := d.App.Planning.Create(t.Context(), d.organiser, d.input(), keys); !slices.Equal(testkit.FieldsOf(err), []string{"keys"}) {
			t.Errorf("days %v: %v", keys, err)
		}
	}
}

func TestWhoMayPlan(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02")
	reviewer, _ := d.Officer(registry.Reviewer, "19")
	elsewhere, _ := d.Officer(registry.Organiser, "01")
	for _, c := range []struct {
		actor registry.Actor
		kind  registry.Kind
	}{{reviewer, registry.Forbidden}, {elsewhere, registry.NotFound}, {registry.Actor{}, registry.NotFound}} {
		_, err := d.App.Planning.Preview(t.Context(), c.actor, d.input())
		_, _, created := d.App.Planning.Create(t.Context(), c.actor, d.input(), []string{"2027-01-08"})
		skipped := d.App.Planning.Skip(t.Context(), c.actor, d.day(f, "2027-01-02"))
		_, _, removed := d.App.Planning.RemoveDrafts(t.Context(), c.actor, f.Series.ID, f.Series.Version)
		for _, got := range []error{err, created, skipped, removed, d.App.Planning.PutBack(t.Context(), c.actor, d.day(f, "2027-01-08"))} {
			if registry.KindOf(got) != c.kind {
				t.Errorf("%s: %v, want kind %v", c.actor.Name, got, c.kind)
			}
		}
	}
	if seen, err := d.App.Planning.Series(t.Context(), reviewer, f.Series.ID); err != nil || seen.Manages {
		t.Errorf("a reviewer reads: %v, manages %v", err, seen.Manages)
	}
	if list, err := d.App.Planning.List(t.Context(), elsewhere); err != nil || len(list) != 0 {
		t.Errorf("elsewhere: %v, %v", list, err)
	}
}
