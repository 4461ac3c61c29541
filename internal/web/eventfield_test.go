package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/events"
	"hoicho/internal/app/field"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// sendEvent fills in every field of the form of an event as a person does, and the
// rows of its tables; it sends a cover with it.
func sendEvent(t *testing.T, c *testkit.Client, page testkit.Answer, path string, in events.EventInput) testkit.Answer {
	t.Helper()
	form := testkit.Page(t, page.Body).Form(path)
	for name, text := range typedFields(in, events.Fields) {
		switch kind := eventRow(name).Kind; kind {
		case field.Rows, field.File:
		case field.Tick:
			form = form.Set(name, strings.Fields(text)...)
		default:
			form = form.Set(name, text)
		}
	}
	form.Fields = withRows(form.Fields, in)
	return sendForm(t, c, path, form.Fields, testkit.PictureOf(t, 40, 30))
}

// withRows puts the rows of the tables of a form into their columns.
func withRows(fields url.Values, in events.EventInput) url.Values {
	for name := range fields {
		if strings.HasPrefix(name, "day_") || strings.HasPrefix(name, "quota_") || strings.HasPrefix(name, "item_") {
			fields.Del(name)
		}
	}
	add := func(pairs ...string) {
		for i := 0; i < len(pairs); i += 2 {
			fields.Add(pairs[i], pairs[i+1])
		}
	}
	for _, d := range in.Days {
		add("day_on", d.Day, "day_opens", d.OpensAt, "day_closes", d.ClosesAt, "day_note", d.Note)
	}
	for _, q := range in.Quotas {
		add("quota_group", q.Group, "quota_max", q.Max)
	}
	for _, i := range in.Items {
		add("item_day", i.Day, "item_starts", i.StartsAt, "item_ends", i.EndsAt, "item_title", i.Title, "item_place", i.Place)
	}
	return fields
}

// eventRow is a row of the table of an event's fields.
func eventRow(name string) events.Field {
	return events.Fields[slices.IndexFunc(events.Fields, func(f events.Field) bool { return f.Name == name })]
}

// wantEventForm compares a stored event with the form that was sent.
func wantEventForm(t *testing.T, k *testkit.Kit, id registry.EventID, in events.EventInput) registry.Event {
	t.Helper()
	e := testkit.RereadEvent(t, k, id)
	got := events.EventInputOf(e)
	for _, f := range events.Fields {
		if f.Kind != field.File && f.Typed(got) != f.Typed(in) {
			t.Errorf("%s was sent as %q, and stored as %q", f.Name, f.Typed(in), f.Typed(got))
		}
	}
	return e
}

// eventSaid is a field of a form as the public page says it; "" if that says it in
// another way.
func eventSaid(f events.Field, in events.EventInput) string {
	switch f.Kind {
	case field.Line, field.Text, field.Lines, field.Phone:
		return f.Typed(in)
	case field.Area:
		return "xã Ba Bể"
	case field.Date:
		if f.Section == "legal" {
			return f.Typed(in)
		}
	case field.Rows:
		return map[string]string{"days": "ngày hội 2", "items": "Khai mạc 2"}[f.Name]
	}
	return ""
}

func TestEveryFieldOfAnEventGoesThroughItsPages(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "")
	first := testkit.EventForm(k.App.Today(), 1)
	e, err := k.App.Events.CreateEvent(t.Context(), organiser, first)
	if err != nil {
		t.Fatal(err)
	}
	c := officeClient(t, k, k.Serve(), registry.Organiser, "")
	root := "/quan-ly/su-kien/" + string(e.ID)
	in := testkit.EventForm(k.App.Today(), 2)
	wantRedirect(t, sendEvent(t, c, wantStatus(t, c.Get(root+"/sua"), 200), root+"/sua", in), root)
	wantEventForm(t, k, e.ID, in)
	wantLabels(t, auditReader(t, k), "event", slices.DeleteFunc(slices.Clone(events.Fields), func(f events.Field) bool { return f.Kind == field.Clock }))

	again := testkit.Page(t, c.Get(root+"/sua").Body).Form(root + "/sua")
	wantRedirect(t, sendForm(t, c, root+"/sua", again.Fields, nil), root) // as it is shown
	e = wantEventForm(t, k, e.ID, in)

	in.Registration = string(registry.RegistrationConfirmed) // its paper is named to the public
	wantRedirect(t, sendEvent(t, c, c.Get(root+"/sua"), root+"/sua", in), root)
	e = wantEventForm(t, k, e.ID, in)
	testkit.StepEvent(t, k, organiser, &e, registry.Announced)
	public := testkit.In(t, wantStatus(t, c.Get("/su-kien/"+e.Slug), 200).Body, "main").Text()
	for _, f := range events.Fields {
		if said := eventSaid(f, in); said != "" && f.Public != strings.Contains(public, said) {
			t.Errorf("%s: the public page has %q: %t", f.Name, said, !f.Public)
		}
	}
}

func TestEveryFieldOfAnEventIsAskedForInANewOne(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	c := officeClient(t, k, k.Serve(), registry.Organiser, "")
	form := testkit.Page(t, wantStatus(t, c.Get("/quan-ly/su-kien/moi"), 200).Body).Form("/quan-ly/su-kien/moi")
	for _, f := range events.Fields {
		if f.Kind != field.Rows && !form.Has(f.Name) && !slices.Contains(form.Files, f.Name) {
			t.Errorf("%s is not asked for", f.Name)
		}
	}
	in := testkit.EventForm(k.App.Today(), 2)
	in.Days = nil // the page of a new event has no table of days
	made := sendEvent(t, c, c.Get("/quan-ly/su-kien/moi"), "/quan-ly/su-kien/moi", in)
	e := testkit.RereadEvent(t, k, registry.EventID(strings.TrimPrefix(made.Location, "/quan-ly/su-kien/")))
	in.Days = events.EventInputOf(e).Days
	wantEventForm(t, k, e.ID, in)
}

func TestColumnsOfAnEventFormStayTogether(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	c := officeClient(t, k, k.Serve(), registry.Organiser, "")
	for name, column := range map[string]string{"days": "day_note", "quotas": "quota_max", "programme": "item_place"} {
		t.Run(name+" with a cell too many are refused", func(t *testing.T) {
			form := testkit.Page(t, c.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi")
			form.Fields.Add(column, "1")
			wantStatus(t, sendForm(t, c, form.Action, form.Fields, nil), 400)
		})
	}
	t.Run("a table is no field of its own", func(t *testing.T) {
		form := testkit.Page(t, c.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi")
		form.Fields.Add("days", "1")
		wantStatus(t, sendForm(t, c, form.Action, form.Fields, nil), 400)
	})
	t.Run("a day that is ticked is left out", func(t *testing.T) {
		form := testkit.Page(t, c.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi")
		in := testkit.EventForm(k.App.Today(), 2)
		form.Fields = withRows(form.Fields, in)
		for name, text := range typedFields(in, events.Fields) {
			if x := eventRow(name); x.Kind != field.Rows && x.Kind != field.File {
				form.Fields.Set(name, text)
			}
		}
		form.Fields.Set("day_out", in.Days[1].Day)
		made := sendForm(t, c, form.Action, form.Fields, nil)
		e := testkit.RereadEvent(t, k, registry.EventID(strings.TrimPrefix(made.Location, "/quan-ly/su-kien/")))
		if days := events.EventInputOf(e).Days; !days[1].Out || days[0].Out || len(e.Days) != len(in.Days)-1 {
			t.Errorf("the days are %+v", days)
		}
	})
}
