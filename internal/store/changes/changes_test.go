package changes_test

import (
	"context"
	"slices"
	"testing"

	"hoicho/internal/store/changes"
)

var schema = changes.NewSchema([]string{"CREATE TABLE events (\n\tid TEXT\n)", "CREATE TABLE event_days (\n\tday TEXT\n);\nCREATE TABLE notes (\n\tid TEXT\n)"})

func TestTablesOfAStatement(t *testing.T) {
	for statement, want := range map[string][2][]string{
		"SELECT e.id FROM events e JOIN event_days d ON d.event_id = e.id": {{"event_days", "events"}, nil},
		"SELECT 1 FROM other":                                                           {nil, nil},
		"INSERT INTO notes (id) SELECT id FROM events":                                  {{"events", "notes"}, {"notes"}},
		"\n\t\tUPDATE events SET title = $1 WHERE id = (SELECT id FROM notes)":          {{"events", "notes"}, {"events"}},
		"UPDATE events SET version = version WHERE id = $1":                             {{"events"}, nil},
		"\n\tUPDATE events SET updated_at = updated_at\n\tWHERE id = $1\n\tRETURNING n": {{"events"}, nil},
		"UPDATE events SET version = version + 1 WHERE id = $1":                         {{"events"}, {"events"}},
		"UPDATE events SET version = version, seen = $1":                                {{"events"}, {"events"}},
		"DELETE FROM notes": {{"notes"}, {"notes"}},
		"WITH called (id) AS (VALUES ($1))\n\tUPDATE events SET seen = 1 FROM called":       {{"events"}, {"events"}},
		"INSERT INTO event_days (day) VALUES ($1) ON CONFLICT (day) DO UPDATE SET day = $1": {{"event_days"}, {"event_days"}},
		"SELECT day FROM event_days_old":                                                    {nil, nil},
		"":                                                                                  {nil, nil},
	} {
		for range 2 { // read, and remembered
			reads, writes := schema.Named(statement)
			if got := schema.Names(reads); !slices.Equal(got, want[0]) {
				t.Errorf("%q names %v, want %v", statement, got, want[0])
			}
			if got := schema.Names(writes); !slices.Equal(got, want[1]) {
				t.Errorf("%q changes %v, want %v", statement, got, want[1])
			}
		}
	}
}

func TestWhatIsKeptHoldsUntilOneOfItsTablesChanges(t *testing.T) {
	var log changes.Log
	ctx, basis := log.Begin(t.Context())
	changes.Of(ctx).Add(schema.Set("events", "event_days"))
	holds := func(seen, unseen bool) {
		t.Helper()
		if s, u := basis.Changed(); s != seen || u != unseen {
			t.Errorf("changed: seen %t, unseen %t; want %t, %t", s, u, seen, unseen)
		}
	}
	holds(false, false)
	log.Note(schema.Set("notes"), true)
	holds(false, false)
	log.Note(schema.Set("event_days"), false)
	holds(false, true)
	log.Note(schema.Set("events", "notes"), true)
	holds(true, true)
	if log.SeenOf(schema.Set("event_days")) != 0 || log.SeenOf(schema.Set("event_days", "notes")) != 2 || log.Seen() != 2 {
		t.Errorf("event days %d, with notes %d, of %d", log.SeenOf(schema.Set("event_days")), log.SeenOf(schema.Set("event_days", "notes")), log.Seen())
	}
}

func TestAChangeDuringTheMakingIsAfterIt(t *testing.T) {
	var log changes.Log
	ctx, basis := log.Begin(t.Context())
	log.Note(schema.Set("events"), true)
	changes.Of(ctx).Add(schema.Set("events"))
	if seen, _ := basis.Changed(); !seen {
		t.Error("what was made from the state before a change holds after it")
	}
}

func TestWhatIsMadeFromSomethingKeptRestsOnTheSameTables(t *testing.T) {
	var log changes.Log
	ctx, name := log.Begin(t.Context())
	changes.Of(ctx).Add(schema.Set("notes"))
	outer, page := log.Begin(t.Context())
	name.Use(outer)
	inner, _ := log.Begin(outer)
	changes.Of(inner).Add(schema.Set("events"))
	if got := schema.Names(page.Tables()); !slices.Equal(got, []string{"events", "notes"}) {
		t.Errorf("the page rests on %v", got)
	}
	changes.Of(context.Background()).Add(schema.Set("events")) // nobody asks
}
