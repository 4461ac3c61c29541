package events_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/core"
	"hoicho/internal/app/events"
	"hoicho/internal/app/field"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// What an event holds that its form does not, and what of it the public is given.
var (
	eventNotTyped = strings.Fields("ID Number Slug State StateReason StateAt Former BeginsAt EndsAt ClonedFrom Asked PublishedAt CreatedBy CreatedAt UpdatedAt Version Cover")
	eventShown    = strings.Fields("ID Number Slug State StateReason StateAt Former BeginsAt EndsAt PublishedAt CreatedAt UpdatedAt Version Cover")
)

func TestFieldsOfAnEventAreThoseOfItsForm(t *testing.T) {
	for _, fault := range append(testkit.FieldNames(events.Fields), testkit.FieldWords("event", events.Fields)...) {
		t.Error(fault)
	}
	for _, f := range events.Fields {
		if !slices.Contains(events.FieldGroups, f.Section) {
			t.Errorf("%s stands in no part of the form: %q", f.Name, f.Section)
		}
	}
}

// wantEvent compares what is stored with what was typed in, field by field.
func wantEvent(t *testing.T, e registry.Event, in events.EventInput) {
	t.Helper()
	got := events.EventInputOf(e)
	for _, f := range events.Fields {
		if f.Kind != field.File && f.Typed(got) != f.Typed(in) {
			t.Errorf("%s was %q, and comes back as %q", f.Name, f.Typed(in), f.Typed(got))
		}
	}
}

func TestEveryFieldOfAnEventComesBackAndIsInTheAuditLog(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "")
	in := testkit.EventForm(k.App.Today(), 1)
	e, err := k.App.Events.CreateEvent(t.Context(), organiser, in)
	if err != nil {
		t.Fatal(err)
	}
	wantEvent(t, testkit.RereadEvent(t, k, e.ID), in)
	in = testkit.EventForm(k.App.Today(), 2)
	in.Version, in.Cover = e.Version, pngOf(40, 30)
	if _, err = k.App.Events.EditEvent(t.Context(), organiser, e.ID, in); err != nil {
		t.Fatal(err)
	}
	e = testkit.RereadEvent(t, k, e.ID)
	wantEvent(t, e, in)
	for member, value := range reflect.ValueOf(e).Fields() {
		if value.IsZero() && !slices.Contains(eventNotTyped, member.Name) {
			t.Errorf("registry.Event.%s is filled by no row of events.Fields", member.Name)
		}
	}
	lines, err := k.App.Audit(t.Context(), registry.SystemActor("test"), core.AuditFilter{Object: "event", ID: string(e.ID)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range events.Fields {
		hours := f.Kind == field.Clock // said with the days
		if said := strings.Contains(lines[0].Detail, `["event.`+f.Name+`",`); said == hours {
			t.Errorf("the difference has %s: %t: %s", f.Name, said, lines[0].Detail)
		}
	}
}

func TestWhatIsNotQuotedOfAnEventIsOnlyNamedInTheAuditLog(t *testing.T) {
	was, now := registry.Event{}, registry.Event{Summary: "Tóm tắt", Directions: "Rẽ trái", Body: "Giới thiệu", Cover: "anh"}
	if got, want := events.Differences(was, now).String(), `[["event.directions","changed"],["event.summary","changed"],["event.body","changed"],["event.cover","changed"]]`; got != want {
		t.Errorf("the difference is %s, want %s", got, want)
	}
}

func TestAnEditThatChangesNothingHasNoDifference(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "")
	in := testkit.EventForm(k.App.Today(), 1)
	in.Quotas = []events.QuotaInput{{Group: "food", Max: "3"}, {Group: "drink", Max: "2"}}
	e, err := k.App.Events.CreateEvent(t.Context(), organiser, in)
	if err != nil {
		t.Fatal(err)
	}
	was := testkit.RereadEvent(t, k, e.ID)
	if _, err = k.App.Events.EditEvent(t.Context(), organiser, e.ID, events.EventInputOf(was)); err != nil {
		t.Fatal(err)
	}
	if got := events.Differences(was, testkit.RereadEvent(t, k, e.ID)).String(); got != "[]" {
		t.Errorf("an edit without a change differs in %s", got)
	}
}

func TestPublicSeesTheAllowedFieldsOfAnEventAlone(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "")
	e, err := k.App.Events.CreateEvent(t.Context(), organiser, testkit.EventForm(k.App.Today(), 2))
	if err != nil {
		t.Fatal(err)
	}
	testkit.StepEvent(t, k, organiser, &e, registry.Announced)
	seen := func(t *testing.T, shown registry.Event, list bool) {
		typed := events.Fields.Input(shown)
		for _, f := range events.Fields {
			apart := f.Kind == field.Clock || f.Kind == field.Rows || f.Kind == field.File
			if got := f.Typed(typed); !apart && f.Public != (got != "" && got != "0") {
				t.Errorf("the public sees %q of %s, which is public: %t", got, f.Name, f.Public)
			}
		}
		if len(shown.Days) == 0 || !list && (len(shown.Quotas) == 0 || len(shown.Items) == 0) {
			t.Errorf("the public is not given the tables: %+v", shown)
		}
		for member, value := range reflect.ValueOf(shown).Fields() {
			if slices.Contains(eventNotTyped, member.Name) && !value.IsZero() && !slices.Contains(eventShown, member.Name) {
				t.Errorf("the public is given %s: %v", member.Name, value)
			}
		}
	}
	t.Run("on its page", func(t *testing.T) {
		shown, err := k.App.Events.EventBySlug(t.Context(), registry.Actor{}, e.Slug)
		if err != nil {
			t.Fatal(err)
		}
		seen(t, shown, false)
	})
	t.Run("in a list", func(t *testing.T) {
		list, _, err := k.App.Events.PublicEvents(t.Context(), registry.EventFilter{})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		seen(t, list[0], true)
	})
	t.Run("the office of its area sees all", func(t *testing.T) {
		whole, err := k.App.Events.EventBySlug(t.Context(), organiser, e.Slug)
		if err != nil {
			t.Fatal(err)
		}
		wantEvent(t, whole, testkit.EventForm(k.App.Today(), 2))
	})
}
