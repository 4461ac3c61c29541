package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"hoicho/internal/registry"
)

// seqRun is how many of a phone's scans are stored beyond a number up to which all are.
type seqRun struct {
	device registry.DeviceID
	key    int64
	floor  int64 // all numbers up to it are stored
	n      int64 // numbers stored beyond it
	newest int64
}

func (r seqRun) whole() bool { return r.n == r.newest-r.floor }

// SeqGaps returns the stretches of numbers that the phones of an event made and never
// sent. Up to where the numbers of a phone were found whole they are not looked at again:
// a stored scan stays.
func (tx *Tx) SeqGaps(ctx context.Context, event registry.EventID) ([]registry.SeqGap, error) {
	known, _ := tx.keys.unbroken.find([]registry.EventID{event})
	runs, err := tx.seqRuns(ctx, event, known[event])
	if err != nil {
		return nil, err
	}
	whole := map[registry.DeviceID]int64{}
	maps.Copy(whole, known[event])
	for _, r := range runs {
		if r.whole() {
			whole[r.device] = r.newest
		}
	}
	tx.AfterCommit(func() { tx.keys.unbroken.keep(map[registry.EventID]map[registry.DeviceID]int64{event: whole}) })
	return tx.gapsOf(ctx, slices.DeleteFunc(runs, seqRun.whole))
}

// seqRuns counts what each phone of an event has sent beyond the number up to which its
// scans were whole when somebody looked.
func (tx *Tx) seqRuns(ctx context.Context, event registry.EventID, whole map[registry.DeviceID]int64) ([]seqRun, error) {
	w := where{args: []any{string(event)}}
	floors := []string{"(CAST('' AS TEXT), CAST(0 AS BIGINT))"}
	for _, id := range slices.Sorted(maps.Keys(whole)) {
		floors = append(floors, "("+w.arg(string(id))+", "+w.arg(whole[id])+")")
	}
	return collect(ctx, tx, func(row scanner) (r seqRun, err error) {
		err = row.Scan(&r.device, &r.key, &r.floor, &r.n, &r.newest)
		return r, err
	}, `
		WITH floors (id, seq) AS (VALUES `+strings.Join(floors, ", ")+`)
		SELECT d.id, d.n, COALESCE(f.seq, 0), count(DISTINCT s.seq), MAX(s.seq)
		FROM devices d LEFT JOIN floors f ON f.id = d.id JOIN scans s ON s.device_n = d.n AND s.seq > COALESCE(f.seq, 0)
		WHERE d.event_id = $1
		GROUP BY d.id, d.n, COALESCE(f.seq, 0)`, w.args...)
}

// gapsOf finds what is missing in runs that are not whole.
func (tx *Tx) gapsOf(ctx context.Context, broken []seqRun) ([]registry.SeqGap, error) {
	if len(broken) == 0 {
		return nil, nil
	}
	var w where
	var runs []string
	for _, r := range broken {
		runs = append(runs, "("+w.arg(string(r.device))+", CAST("+w.arg(r.key)+" AS BIGINT), CAST("+w.arg(r.floor)+" AS BIGINT))")
	}
	return collect(ctx, tx, func(row scanner) (g registry.SeqGap, err error) {
		err = row.Scan(&g.Device, &g.From, &g.Until, &g.At)
		return g, err
	}, `
		WITH runs (id, n, seq) AS (VALUES `+strings.Join(runs, ", ")+`)
		SELECT g.id, g.before + 1, g.seq - 1,
			(SELECT MIN(corrected_at) FROM scans s WHERE s.device_n = g.n AND s.seq = g.seq)
		FROM (
			SELECT r.id, r.n, s.seq, LAG(s.seq, 1, r.seq) OVER (PARTITION BY r.n ORDER BY s.seq) AS before
			FROM runs r JOIN scans s ON s.device_n = r.n AND s.seq > r.seq) AS g
		WHERE g.seq > g.before + 1`, w.args...)
}
