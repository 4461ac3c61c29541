package store_test

import (
	"strings"
	"testing"

	"hoicho/internal/store"
)

func TestPlaceholdersOfLongStatements(t *testing.T) {
	rows := "INSERT INTO t (a, b) VALUES " + store.Values(50, 2)
	if got := store.SpellSQLite(rows, 100); strings.Contains(got, "$") || strings.Count(got, "?") != 100 {
		t.Errorf("100 placeholders in order became %.80s", got)
	}
	for name, c := range map[string]struct {
		query string
		args  int
	}{
		"short":        {"UPDATE t SET a = $2 WHERE b = $1", 2},
		"out of order": {"SELECT $100, " + store.Values(99, 1), 100},
		"one twice":    {rows + " AND $1", 100},
		"one missing":  {rows, 101},
		"a longer one": {strings.Replace(rows, "$10)", "$100)", 1), 100},
	} {
		if got := store.SpellSQLite(c.query, c.args); got != c.query {
			t.Errorf("%s was changed to %.80s", name, got)
		}
	}
}
