package period

import (
	"context"
	"strings"

	"hoicho/internal/period"
	"hoicho/internal/store"
)

// EventLine is a row of a register that is noted of an event, or the event itself.
type EventLine struct {
	Event string
	period.Line
}

// ofEvents are the columns of registers that name the event of a row.
var ofEvents = map[string]string{"event": "x.id", "communication": "x.event_id", "inspection": "x.event_id"}

// EventLines are the rows of registers that are noted of some events, whenever they were: the same
// rows that count in a period, one register after the other. Events that were not held have none.
func EventLines(ctx context.Context, tx *store.Tx, events []string) (lines []EventLine, err error) {
	for _, s := range sources {
		of := ofEvents[s.name]
		if of == "" || len(events) == 0 {
			continue
		}
		q := query{}
		var adds strings.Builder
		for _, f := range s.figure {
			adds.WriteString(", CAST(" + f.expr + " AS BIGINT)")
		}
		q.text = "SELECT " + of + ", " + s.id + ", " + s.label + ", " + s.day + adds.String() + " FROM " + s.from + " WHERE " + s.where + " AND " + of + " IN ({events}) ORDER BY 4, 2"
		q.put("{from}", "0000-01-01")
		q.put("{until}", "9999-12-31")
		q.text = strings.Replace(q.text, "{events}", q.list(events), 1)
		found, err := store.Collect(ctx, tx, func(row store.Row) (l EventLine, err error) {
			l.Line, err = s.scanLine(behind{row, &l.Event})
			return l, err
		}, q.text, q.args...)
		if err != nil {
			return nil, err
		}
		lines = append(lines, found...)
	}
	return lines, nil
}

// behind is a row with a column before those that are asked for.
type behind struct {
	store.Row
	first any
}

// Scan reads the row, its first column into first.
func (b behind) Scan(to ...any) error { return b.Row.Scan(append([]any{b.first}, to...)...) }
