package planning_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/planning"
	"hoicho/internal/recurrence"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// weekly is the form of another rule for the series of a desk: Sundays from a day on.
func (d desk) weekly(first, last string) planning.Input {
	return d.input(func(in *planning.Input) {
		in.Kind, in.Branches, in.Weekdays, in.Every, in.First, in.Last = "weekly", nil, []string{"0"}, "1", first, last
	})
}

func (d desk) apply(t *testing.T, f planning.File, in planning.Input, keys ...string) planning.Changed {
	t.Helper()
	done, err := d.App.Planning.ApplyChange(t.Context(), d.organiser, planning.Chosen{Series: f.Series.ID, Version: f.Series.Version, Keys: keys}, in)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// made are the keys of the sessions of a series.
func made(f planning.File) (keys []string) {
	for _, r := range f.Rows {
		if r.Made() {
			keys = append(keys, r.Key)
		}
	}
	return keys
}

// TestARuleIsChangedFromADayOn: what lies before stays, and so does what somebody touched.
func TestARuleIsChangedFromADayOn(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-01-08", "2027-02-07", "2027-02-13", "2027-02-19", "2027-02-25")
	d.shift(t, rowOf(t, f, "2027-02-13").Event.ID, 1)
	asked := rowOf(t, f, "2027-02-19").Event
	d.Application(asked, d.Vendor().ID)
	in := d.weekly("01/02/2027", "28/02/2027")
	c, err := d.App.Planning.PreviewChange(t.Context(), d.organiser, f.Series.ID, in)
	// the 7th of February is a Sunday, the 13th was edited, the 19th has an application
	if err != nil || c.Before != 2 || c.Kept != 1 || len(c.Gone) != 1 || c.Gone[0].Key != "2027-02-25" || len(c.Stay) != 2 {
		t.Fatalf("%d before, %d kept, %d go, %d stay: %v", c.Before, c.Kept, len(c.Gone), len(c.Stay), err)
	}
	if c.Stay[0].Why.Key != "planning.stay.edited" || c.Stay[1].Key != "2027-02-19" {
		t.Errorf("stay: %+v", c.Stay)
	}
	// on 14 and 21 the sessions that stay are still at the venue
	if got := c.Clear(); !slices.Equal(got, []string{"2027-02-28"}) {
		t.Errorf("new days %v", got)
	}
	done := d.apply(t, f, in, "2027-02-28")
	if done.Made != 1 || done.Gone != 1 || done.Series == f.Series.ID {
		t.Fatalf("%+v", done)
	}
	if c, err := d.DB.Check(t.Context()); err != nil || !c.OK() {
		t.Errorf("the database after sessions went to another series: %+v %v", c, err)
	}
	before, after := d.file(t, f.Series.ID), d.file(t, done.Series)
	if got := made(before); !slices.Equal(got, []string{"2027-01-02", "2027-01-08"}) || before.Rule.Last != "2027-01-31" {
		t.Errorf("before: %v until %s", got, before.Rule.Last)
	}
	if got := made(after); !slices.Equal(got, []string{"2027-02-07", "2027-02-13", "2027-02-19", "2027-02-28"}) {
		t.Errorf("after: %v", got)
	}
	if r := rowOf(t, after, "2027-02-19"); len(r.Notes) != 1 || r.Notes[0].Kind != recurrence.NoteBeside {
		t.Errorf("a session beside the rule says %+v", r.Notes)
	}
	d.Read(func(tx *store.Tx) error {
		e, err := tx.Event(t.Context(), asked.ID)
		if e.OpensOn != asked.OpensOn {
			t.Errorf("a session with an application moved to %s", e.OpensOn)
		}
		return err
	})
}

// TestASeriesIsExtended with the same rule: it stays one series, and what was left out stays so.
func TestASeriesIsExtended(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-01-14")
	d.goTo("2027-06-01")
	in := planning.InputOf(d.pattern.ID, f.Rule)
	in.First, in.Last = "01/06/2027", "31/05/2028"
	c, err := d.App.Planning.PreviewChange(t.Context(), d.organiser, f.Series.ID, in)
	if err != nil || c.Before != 2 || len(c.Gone)+len(c.Stay)+c.Kept != 0 {
		t.Fatalf("%+v: %v", c, err)
	}
	// those of 2027 were not ticked when the series was made
	if free := c.Clear(); len(free) == 0 || free[0] < "2028-01-01" {
		t.Errorf("free are %v", free)
	}
	done := d.apply(t, f, in, "2028-01-03")
	after := d.file(t, f.Series.ID)
	if done.Series != f.Series.ID || after.Rule.First != "2027-01-01" || after.Rule.Last != "2028-05-31" {
		t.Errorf("%+v, from %s to %s", done, after.Rule.First, after.Rule.Last)
	}
	if got := made(after); !slices.Equal(got, []string{"2027-01-02", "2027-01-14", "2028-01-03"}) {
		t.Errorf("sessions %v", got)
	}
	if r := rowOf(t, after, "2027-01-08"); !r.Out {
		t.Error("a day that was left out came back")
	}
}

// TestARuleIsReplacedWhereNothingLiesBefore: the series stays one.
func TestARuleIsReplacedWhereNothingLiesBefore(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-02-07", "2027-02-25")
	done := d.apply(t, f, d.weekly("01/02/2027", "28/02/2027"))
	after := d.file(t, f.Series.ID)
	if done.Series != f.Series.ID || done.Gone != 1 || !slices.Equal(made(after), []string{"2027-02-07"}) || after.Rule.Kind != recurrence.Weekly {
		t.Errorf("%+v, %v", done, made(after))
	}
	same := planning.InputOf(d.pattern.ID, after.Rule)
	if c, err := d.App.Planning.PreviewChange(t.Context(), d.organiser, f.Series.ID, same); err != nil || !c.Nothing(nil) || c.Nothing([]string{"2027-02-14"}) {
		t.Errorf("no change: %v", err)
	}
}

// TestASeriesIsEnded: the rule gives no day any more, and what lies before stays.
func TestASeriesIsEnded(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-01-02", "2027-02-25")
	same := planning.InputOf(d.pattern.ID, f.Rule)
	same.First, same.Last = "03/01/2027", "04/01/2027"
	for name, in := range map[string]planning.Input{"by the same rule": same, "by another": d.weekly("04/01/2027", "05/01/2027")} {
		c, err := d.App.Planning.PreviewChange(t.Context(), d.organiser, f.Series.ID, in)
		if err != nil || len(c.Clear()) != 0 || c.Before != 1 || c.Nothing(nil) {
			t.Errorf("%s: %d before, free are %v: %v", name, c.Before, c.Clear(), err)
		}
	}
	done := d.apply(t, f, d.weekly("04/01/2027", "05/01/2027"))
	after := d.file(t, f.Series.ID)
	if done.Series != f.Series.ID || done.Gone != 1 || after.Rule.Last != "2027-01-03" || !slices.Equal(made(after), []string{"2027-01-02"}) {
		t.Errorf("%+v, until %s: %v", done, after.Rule.Last, made(after))
	}
	if list, err := d.App.Planning.List(t.Context(), d.organiser); err != nil || len(list) != 1 {
		t.Errorf("%d series: %v", len(list), err)
	}
}

// TestWhatGoesIsInNobodysWay: the session of Saturday goes, so Sunday is free.
func TestWhatGoesIsInNobodysWay(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-02-13")
	c, err := d.App.Planning.PreviewChange(t.Context(), d.organiser, f.Series.ID, d.weekly("14/02/2027", "14/02/2027"))
	if err != nil || len(c.Gone) != 0 || len(c.Clear()) != 0 {
		t.Errorf("from the day after: %d go, free are %v: %v", len(c.Gone), c.Clear(), err)
	}
	c, err = d.App.Planning.PreviewChange(t.Context(), d.organiser, f.Series.ID, d.weekly("13/02/2027", "14/02/2027"))
	if err != nil || len(c.Gone) != 1 || !slices.Equal(c.Clear(), []string{"2027-02-14"}) {
		t.Errorf("%d go, free are %v: %v", len(c.Gone), c.Clear(), err)
	}
}

func TestAChangeThatIsRefused(t *testing.T) {
	d := newDesk(t)
	f := d.create(t, "2027-02-07", "2027-02-25")
	read := planning.Chosen{Series: f.Series.ID, Version: f.Series.Version}
	past := d.weekly("01/01/2020", "28/02/2020")
	if _, err := d.App.Planning.PreviewChange(t.Context(), d.organiser, f.Series.ID, past); !slices.Equal(testkit.FieldsOf(err), []string{"first"}) {
		t.Errorf("from a day that has passed: %v", err)
	}
	in := d.weekly("01/02/2027", "28/02/2027")
	if _, err := d.App.Planning.ApplyChange(t.Context(), d.organiser, planning.Chosen{Series: read.Series, Version: read.Version, Keys: []string{"2027-02-08"}}, in); !slices.Equal(testkit.FieldsOf(err), []string{"keys"}) {
		t.Errorf("a day that the rule does not give: %v", err)
	}
	if _, err := d.App.Planning.ApplyChange(t.Context(), d.organiser, planning.Chosen{Series: read.Series, Version: read.Version + 1}, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a series that has changed since: %v", err)
	}
	if got := made(d.file(t, f.Series.ID)); len(got) != 2 {
		t.Errorf("after the refusals there are %v", got)
	}
	viewer, _ := d.Officer(registry.Viewer, "19")
	if _, err := d.App.Planning.ApplyChange(t.Context(), viewer, read, in); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("for a viewer: %v", err)
	}
	elsewhere, _ := d.Officer(registry.Organiser, "24")
	if _, err := d.App.Planning.PreviewChange(t.Context(), elsewhere, f.Series.ID, in); registry.KindOf(err) != registry.NotFound {
		t.Errorf("from another province: %v", err)
	}
}
