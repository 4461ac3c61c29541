package store

import (
	"context"

	"hoicho/internal/registry"
)

// RaiseAlarm stores an alarm about a pass; first is false when the same one was raised that
// day already: then the larger number stays.
func (tx *Tx) RaiseAlarm(ctx context.Context, a registry.PassAlarm) (first bool, err error) {
	n, err := tx.exec(ctx, `
		UPDATE pass_alarms SET n = CASE WHEN n < $4 THEN $4 ELSE n END WHERE pass_id = $1 AND kind = $2 AND day = $3`,
		string(a.Pass), string(a.Kind), a.Day, a.N)
	if err != nil || n > 0 {
		return false, err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO pass_alarms (pass_id, kind, day, event_id, at, n, other_n, place, other_place, word, note, seen_at, seen_by, seen_as)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', 0, '', '')`,
		string(a.Pass), string(a.Kind), a.Day, string(a.Event), a.At, a.N, a.OtherN, a.Place, a.OtherPlace)
	return true, err
}

// SeeAlarm notes what an officer found. It is a Conflict if somebody has noted it.
func (tx *Tx) SeeAlarm(ctx context.Context, a registry.PassAlarm, by registry.AccountID) error {
	return tx.must(ctx, errStale(), `
		UPDATE pass_alarms SET word = $4, note = $5, seen_at = $6, seen_by = $7, seen_as = $8
		WHERE pass_id = $1 AND kind = $2 AND day = $3 AND seen_at = 0`,
		string(a.Pass), string(a.Kind), a.Day, string(a.Word), a.Note, tx.NowMS(), string(by), a.SeenAs)
}

// alarmMost is how many alarms of an event are shown.
const alarmMost = 100

// Alarms returns the newest alarms about the passes of an event, those that nobody has looked
// at first.
func (tx *Tx) Alarms(ctx context.Context, event registry.EventID) ([]registry.AlarmRow, error) {
	return collect(ctx, tx, func(row scanner) (a registry.AlarmRow, err error) {
		err = row.Scan(&a.Pass, &a.Kind, &a.Day, &a.Event, &a.At, &a.N, &a.OtherN, &a.Place, &a.OtherPlace, &a.Word, &a.Note, &a.SeenAt, &a.SeenAs,
			&a.Code, &a.PassKind, &a.BoothCode, &a.VendorName, &a.EventTitle)
		return a, err
	}, `
		SELECT l.pass_id, l.kind, l.day, l.event_id, l.at, l.n, l.other_n, l.place, l.other_place, l.word, l.note, l.seen_at, l.seen_as,
			p.code, p.kind, COALESCE(b.code, ''), COALESCE(v.name, ''), e.title
		FROM pass_alarms l JOIN passes p ON p.id = l.pass_id JOIN events e ON e.id = l.event_id
			LEFT JOIN booths b ON b.id = p.booth_id LEFT JOIN vendors v ON v.id = p.vendor_id
		WHERE l.event_id = $1
		ORDER BY CASE WHEN l.seen_at = 0 THEN 0 ELSE 1 END, l.at DESC, l.pass_id LIMIT $2`, string(event), alarmMost)
}

// AlarmEvents returns the events with alarms that nobody has looked at, the latest first.
func (tx *Tx) AlarmEvents(ctx context.Context) ([]registry.EventID, error) {
	return collect(ctx, tx, column[registry.EventID], `
		SELECT event_id FROM pass_alarms WHERE seen_at = 0 GROUP BY event_id ORDER BY MAX(at) DESC LIMIT $1`, alarmMost)
}
