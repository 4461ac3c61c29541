package admission

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// countUnplaced counts the entries of a gate day by which somebody may be inside whom
// no pass shows: a pass that came in twice, as long as nobody has closed the line about
// it, and what was let in without a pass of the list and has not gone out under the
// same code.
func countUnplaced(ctx context.Context, tx *store.Tx, event registry.EventID, day string) (int, error) {
	onTop, err := tx.EntriesOnTop(ctx, event, day)
	if err != nil {
		return 0, err
	}
	n := 0
	if len(onTop) > 0 {
		lines, err := findDifferences(ctx, tx, event)
		if err != nil {
			return 0, err
		}
		closed := map[registry.ScanRef]bool{}
		for i := range lines {
			closed[lines[i].scan] = closed[lines[i].scan] || lines[i].Closing.Closed()
		}
		for _, entry := range onTop {
			if !closed[entry] {
				n++
			}
		}
	}
	strangers, err := tx.Strangers(ctx, event, day)
	return n + strangersInside(strangers), err
}

// strangersInside counts who came in and not out, where the code tells; what could
// not be read cannot be told apart.
func strangersInside(moves []store.Stranger) int {
	unread, inside := 0, map[string]bool{}
	for _, m := range moves {
		switch {
		case m.Code != "":
			inside[m.Code] = m.Direction == registry.In
		case m.Direction == registry.In:
			unread++
		}
	}
	for _, in := range inside {
		if in {
			unread++
		}
	}
	return unread
}
