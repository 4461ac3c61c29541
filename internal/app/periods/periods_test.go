package periods_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoicho/internal/app/communications"
	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// office is a province with a commune that reports on the year, and who has to do with it.
type office struct {
	*testkit.Kit
	t                        *testing.T
	filer, other, above      registry.Actor // two of the commune, one of the province
	viewer, branch, stranger registry.Actor
	key                      period.Key
}

// newOffice stands on a day on which the report of the year is filed.
func newOffice(t *testing.T) *office {
	k := testkit.NewApp(t)
	day, _ := vn.InstantOf(k.App.Today()[:4]+"-12-08", 9*60)
	k.Clock.Set(day)
	o := &office{Kit: k, t: t}
	o.filer, _ = k.Officer(registry.Reporter, testkit.BaBe.Code)
	o.other, _ = k.Officer(registry.Organiser, testkit.BaBe.Code)
	o.above, _ = k.Officer(registry.Organiser, "19")
	o.viewer, _ = k.Officer(registry.Viewer, "19")
	o.branch, _ = k.Officer(registry.Branch, "19")
	o.stranger, _ = k.Officer(registry.Organiser, "01")
	year := 0
	fmt.Sscan(k.App.Today()[:4], &year)
	o.key = period.Key{Form: period.CommuneForm, Period: period.Period{Year: year, Part: period.WholeYear}, Unit: testkit.BaBe.Code}
	return o
}

// held enters a communication of a day before today.
func (o *office) held(times, people string) {
	o.t.Helper()
	o.heldAt(testkit.BaBe.String(), times, people)
}

// heldAt is held, of another unit.
func (o *office) heldAt(area, times, people string) {
	o.t.Helper()
	_, asked, err := o.App.Communications.Enter(o.t.Context(), registry.SystemActor("test"), []communications.EntryInput{{Client: uuid.NewString(), Channel: "village_meeting",
		Times: times, People: people, Area: area, Day: vn.ShowDate(vn.AddDays(o.App.Today(), -20)), Topic: "Hàng Việt"}})
	if err != nil || len(asked) > 0 {
		o.t.Fatal(err, asked)
	}
}

func (o *office) file() periods.File {
	o.t.Helper()
	f, err := o.App.Periods.Report(o.t.Context(), o.above, o.key)
	testkit.Works(o.t, err)
	return f
}

func (o *office) submit(by registry.Actor, version int64) error {
	return o.App.Periods.Submit(o.t.Context(), by, o.key, periods.Input{Version: version, Sure: true})
}

func (o *office) accept() error {
	_, err := o.App.Periods.Accept(o.t.Context(), o.above, o.key.Form, o.key.Period, []string{periods.Pick(o.file().Report)})
	return err
}

// to goes to a day of the report's year, or of the one after.
func (o *office) to(years int, day string) {
	at, _ := vn.InstantOf(fmt.Sprint(o.key.Period.Year+years)+"-"+day, 9*60)
	o.Clock.Set(at)
}

func (o *office) lock() error {
	return o.App.Periods.Lock(o.t.Context(), o.above, periods.Query{Form: o.key.Form, Period: o.key.Period}, periods.LockInput{Reason: "Đến hạn tổng hợp.", Sure: true})
}

func refusedAs(t *testing.T, what string, err error, key string) {
	t.Helper()
	var e *registry.Error
	if !errors.As(err, &e) || e.Key != key || e.Kind != registry.Conflict {
		t.Errorf("%s gives %v, want %s", what, err, key)
	}
}

func TestAReportGoesFromOpenToLocked(t *testing.T) {
	o := newOffice(t)
	o.held("2", "90")
	if f := o.file(); f.Gate.Standing() != period.Open || f.Now["communications"].N != 2 || f.Now["comm_people"].N != 90 {
		t.Fatalf("open: %v %v", f.Gate.Standing(), f.Now)
	}
	testkit.Works(t, o.submit(o.filer, 0))
	o.held("1", "30") // late: what was handed in stays
	f := o.file()
	if f.State != period.Submitted || f.Values["communications"].N != 2 || f.Now["communications"].N != 3 || len(f.Changes) != 1 {
		t.Fatalf("submitted: %v, %v now %v, %d changes", f.State, f.Values["communications"], f.Now["communications"], len(f.Changes))
	}
	testkit.Works(t, o.accept())
	refusedAs(t, "writing what was accepted", o.submit(o.filer, 2), "period.error.accepted")
	o.to(1, "01-12")
	testkit.Works(t, o.lock())
	if f = o.file(); f.Gate.Standing() != period.Locked || f.Values["communications"].N != 2 || !f.Adds() {
		t.Fatalf("locked: %v %v", f.Gate.Standing(), f.Values)
	}
	testkit.Works(t, o.App.Periods.Add(t.Context(), o.filer, o.key, periods.AddendumInput{Reason: "Một cuộc ghi muộn."}))
	f = o.file()
	if len(f.Addenda) != 1 || len(f.Changes) != 0 || !slices.Contains(f.Addenda[0].Moves, period.Move{Code: "communications", Was: 2, Is: 3}) {
		t.Errorf("the addendum is %+v, %d changes are left", f.Addenda, len(f.Changes))
	}
	refusedAs(t, "a second addendum of nothing", o.App.Periods.Add(t.Context(), o.filer, o.key, periods.AddendumInput{Reason: "x"}), "period.error.nothing_new")
	for action, n := range map[string]int{"period.submit": 1, "period.accept": 1, "period.lock": 1, "period.add": 1} {
		if got := len(o.Audited(action)); got != n {
			t.Errorf("%d lines of %s, want %d", got, action, n)
		}
	}
}

func TestFourRefusalsDiffer(t *testing.T) {
	o := newOffice(t)
	o.to(0, "11-01")
	refusedAs(t, "before it opens", o.submit(o.filer, 0), "period.error.not_open")
	o.to(1, "01-11")
	refusedAs(t, "after the deadline", o.submit(o.filer, 0), "period.error.late")
	_, err := o.App.Periods.Except(t.Context(), o.above, o.key.Form, o.key.Period, periods.ExceptInput{Reason: "Mất điện.", Until: vn.ShowDate(vn.AddDays(o.App.Today(), 3)), Units: []string{o.key.Unit}})
	testkit.Works(t, err)
	testkit.Works(t, o.submit(o.filer, 0))
	testkit.Works(t, o.accept())
	refusedAs(t, "accepted", o.submit(o.filer, 2), "period.error.accepted")
	o.Clock.Set(o.Clock.Now().Add(5 * 24 * time.Hour))
	testkit.Works(t, o.lock())
	refusedAs(t, "locked", o.submit(o.filer, 2), "period.error.locked")
}

// TestALockedPeriodIsAttackedByEveryUseCase: nothing of a locked report changes, whatever is tried
// and whoever tries it.
func TestALockedPeriodIsAttackedByEveryUseCase(t *testing.T) {
	o := newOffice(t)
	o.held("2", "90")
	testkit.Works(t, o.submit(o.filer, 0))
	testkit.Works(t, o.accept())
	o.to(1, "01-12")
	testkit.Works(t, o.lock())
	was := o.file()
	ctx, until := t.Context(), vn.ShowDate(vn.AddDays(o.App.Today(), 3))
	for _, by := range []registry.Actor{o.filer, o.other, o.above, registry.SystemActor("test")} {
		for what, try := range map[string]func() error{
			"keep":   func() error { return o.App.Periods.Keep(ctx, by, o.key, periods.Input{Version: was.Version}) },
			"submit": func() error { return o.submit(by, was.Version) },
			"accept": func() error {
				_, err := o.App.Periods.Accept(ctx, by, o.key.Form, o.key.Period, []string{periods.Pick(was.Report)})
				return err
			},
			"return": func() error {
				return o.App.Periods.Return(ctx, by, o.key, periods.ReturnInput{Reason: "x", Until: until, Version: was.Version})
			},
			"lock": o.lock,
			"end":  func() error { return o.App.Periods.End(ctx, by, o.key) },
			"add":  func() error { return o.App.Periods.Add(ctx, by, o.key, periods.AddendumInput{Reason: "x"}) },
		} {
			if kind := registry.KindOf(try()); kind != registry.Conflict && kind != registry.NotFound {
				t.Errorf("%s by %s is answered with %v", what, by.Name, kind)
			}
		}
	}
	o.held("7", "210") // what goes into the registers later moves nothing that is locked
	is := o.file()
	if fmt.Sprint(is.Values) != fmt.Sprint(was.Values) || is.Version != was.Version || is.State != was.State {
		t.Errorf("it was %v at %d, and is %v at %d", was.Values, was.Version, is.Values, is.Version)
	}
}

func TestTwoOfficersHandInAtOnce(t *testing.T) {
	o := newOffice(t)
	in := periods.Input{Codes: []string{"papers"}, Typed: []string{"4"}}
	testkit.Works(t, o.App.Periods.Keep(t.Context(), o.filer, o.key, in))
	err := o.App.Periods.Keep(t.Context(), o.other, o.key, periods.Input{Codes: []string{"papers"}, Typed: []string{"9"}})
	refusedAs(t, "a colleague's figures", err, "error.stale")
	testkit.Works(t, o.submit(o.other, 1))
	refusedAs(t, "the second to hand it in", o.submit(o.filer, 1), "period.error.submitted")
	if f := o.file(); f.SubmittedBy != o.other.Name || f.Version != 2 {
		t.Errorf("handed in by %s at %d", f.SubmittedBy, f.Version)
	}
}

func TestTypedFiguresAreMarkedAndAskedAbout(t *testing.T) {
	o := newOffice(t)
	in := periods.Input{Codes: []string{"papers", "communications"}, Typed: []string{"6000", "3"}}
	err := o.App.Periods.Submit(t.Context(), o.filer, o.key, in)
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"sure"}) {
		t.Fatalf("a hundred times the bound: %v", err)
	}
	in.Sure = true
	testkit.Works(t, o.App.Periods.Submit(t.Context(), o.filer, o.key, in))
	if f := o.file(); f.Values["papers"] != (period.Value{N: 6000, Typed: true}) || !f.Values["communications"].Typed {
		t.Errorf("typed: %v", f.Values)
	}
	testkit.Works(t, o.App.Periods.Return(t.Context(), o.above, o.key, periods.ReturnInput{Reason: "Xem lại số văn bản.", Until: vn.ShowDate(vn.AddDays(o.App.Today(), 3)), Version: 1}))
	o.held("2", "90")
	in.Version = 2
	err = o.App.Periods.Submit(t.Context(), o.filer, o.key, in)
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"typed.communications"}) {
		t.Errorf("typed beside the register: %v", err)
	}
}

func TestOnlyTheLevelAboveDecides(t *testing.T) {
	o := newOffice(t)
	testkit.Works(t, o.submit(o.filer, 0))
	for _, by := range []registry.Actor{o.filer, o.other, o.viewer, o.branch, o.stranger} {
		_, err := o.App.Periods.Accept(t.Context(), by, o.key.Form, o.key.Period, []string{o.key.Unit + ":1"})
		lock := o.App.Periods.Lock(t.Context(), by, periods.Query{Form: o.key.Form, Period: o.key.Period, Province: registry.AreaRef{Edition: registry.Edition2025, Code: "19"}}, periods.LockInput{})
		back := o.App.Periods.Return(t.Context(), by, o.key, periods.ReturnInput{Reason: "x", Version: 1})
		for what, err := range map[string]error{"accepts": err, "locks": lock, "gives back": back} {
			if registry.KindOf(err) != registry.NotFound {
				t.Errorf("%s %s: %v", by.Name, what, err)
			}
		}
	}
	for _, by := range []registry.Actor{o.branch, o.stranger} {
		if _, err := o.App.Periods.Report(t.Context(), by, o.key); registry.KindOf(err) != registry.NotFound {
			t.Errorf("%s reads it: %v", by.Name, err)
		}
	}
	if view, err := o.App.Periods.Overview(t.Context(), o.filer, periods.Query{Form: o.key.Form, Period: o.key.Period}); err != nil || len(view.Rows) != 1 || view.Whole {
		t.Errorf("a commune sees %d rows, %v", len(view.Rows), err)
	}
}
