package store_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"hoicho/internal/store"
)

// TestRemovingAnEventKnowsAllThatHangsOnIt walks the tables: each that names an event,
// or something of one, goes with it or holds it.
func TestRemovingAnEventKnowsAllThatHangsOnIt(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	known := store.EventTables()
	hangs := regexp.MustCompile(`event_id|REFERENCES (events|booths|passes|devices|gates|reports|sales_returns) `)
	// These hang on what holds an event, or are a relay's own.
	// A plan that was pasted keeps the names of its events: what is gone is not there any more.
	elsewhere := map[string]bool{"events": true, "relay_log": true, "foreign_presences": true, "year_pastes": true}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`).FindAllStringSubmatch(string(text), -1) {
			if hangs.MatchString(m[2]) && !known[m[1]] && !elsewhere[m[1]] {
				t.Errorf("%s: what becomes of %s when its event is removed?", name, m[1])
			}
		}
	}
}
