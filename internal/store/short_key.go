package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"hoicho/internal/registry"
)

// keysKept bounds the short keys of a kind that are remembered.
const keysKept = 50_000

// keyBook remembers short keys by what they stand for. They never change, and none is
// given twice.
type keyBook[K comparable, V any] struct {
	mu sync.RWMutex
	by map[K]V
}

// find returns the keys that are remembered, and what has none.
func (b *keyBook[K, V]) find(of []K) (known map[K]V, unknown []K) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	known = make(map[K]V, len(of))
	for _, k := range of {
		if v, ok := b.by[k]; ok {
			known[k] = v
		} else {
			unknown = append(unknown, k)
		}
	}
	return known, unknown
}

// keep remembers keys of a transaction that was committed.
func (b *keyBook[K, V]) keep(found map[K]V) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.by == nil || len(b.by)+len(found) > keysKept {
		b.by = make(map[K]V, len(found))
	}
	maps.Copy(b.by, found)
}

// shortKeys are the keys by which scans and presences name others.
type shortKeys struct {
	devices keyBook[registry.DeviceID, int64]
	passes  keyBook[registry.PassID, passKey]
	starts  keyBook[phoneStart, int64]
	events  keyBook[registry.EventID, int64] // their numbers

	// unbroken is up to which number the scans of the phones of an event are all stored
	unbroken keyBook[registry.EventID, map[registry.DeviceID]int64]
}

// passKey is a pass's short key, and its own code.
type passKey struct {
	n    int64
	code string
}

// phoneStart is a start of a phone's app.
type phoneStart struct {
	device int64
	boot   string
}

// take returns the short keys of these names: those that are remembered, and the others
// from read, which are remembered once the transaction is durable.
func take[K comparable, V any](tx *Tx, book *keyBook[K, V], of []K, read func(unknown []K) (map[K]V, error)) (map[K]V, error) {
	known, unknown := book.find(of)
	if len(unknown) == 0 {
		return known, nil
	}
	found, err := read(unknown)
	if err != nil {
		return nil, err
	}
	tx.AfterCommit(func() { book.keep(found) })
	maps.Copy(known, found)
	return known, nil
}

// distinct is what rows name, each once and in order. Rows that name nothing are left out.
func distinct[T any, K cmp.Ordered](rows []T, of func(*T) K) []K {
	var none K
	seen := map[K]bool{}
	for i := range rows {
		if k := of(&rows[i]); k != none {
			seen[k] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// deviceKeys returns the short keys of devices.
func (tx *Tx) deviceKeys(ctx context.Context, ids []registry.DeviceID) (map[registry.DeviceID]int64, error) {
	return take(tx, &tx.keys.devices, ids, func(unknown []registry.DeviceID) (map[registry.DeviceID]int64, error) {
		return readKeys(ctx, tx, "SELECT id, n FROM devices", unknown)
	})
}

// eventKeys returns the numbers of events.
func (tx *Tx) eventKeys(ctx context.Context, ids []registry.EventID) (map[registry.EventID]int64, error) {
	return take(tx, &tx.keys.events, ids, func(unknown []registry.EventID) (map[registry.EventID]int64, error) {
		return readKeys(ctx, tx, "SELECT id, number FROM events", unknown)
	})
}

// readKeys reads the short keys of what has a name.
func readKeys[K ~string](ctx context.Context, tx *Tx, query string, ids []K) (map[K]int64, error) {
	var w where
	if err := among(tx, &w, "id", ids); err != nil {
		return nil, err
	}
	found := map[K]int64{}
	return found, each(ctx, tx, func(row scanner) error {
		var id K
		var n int64
		err := row.Scan(&id, &n)
		found[id] = n
		return err
	}, query+w.String(), w.args...)
}

// passKeys returns the short keys and codes of passes.
func (tx *Tx) passKeys(ctx context.Context, ids []registry.PassID) (map[registry.PassID]passKey, error) {
	return take(tx, &tx.keys.passes, ids, func(unknown []registry.PassID) (map[registry.PassID]passKey, error) {
		var w where
		if err := among(tx, &w, "id", unknown); err != nil {
			return nil, err
		}
		found := map[registry.PassID]passKey{}
		return found, each(ctx, tx, func(row scanner) error {
			var id registry.PassID
			var k passKey
			err := row.Scan(&id, &k.n, &k.code)
			found[id] = k
			return err
		}, `SELECT id, n, code FROM passes`+w.String(), w.args...)
	})
}

// startKeys returns the numbers of starts of phones, and numbers those that are new.
// Whoever calls it holds the changes of the phones' events.
func (tx *Tx) startKeys(ctx context.Context, starts []phoneStart) (map[phoneStart]int64, error) {
	return take(tx, &tx.keys.starts, starts, func(unknown []phoneStart) (map[phoneStart]int64, error) {
		found, last, err := tx.storedStarts(ctx, unknown)
		if err != nil {
			return nil, err
		}
		var args []any
		for _, s := range unknown {
			if _, known := found[s]; !known {
				last[s.device]++
				found[s] = last[s.device]
				args = append(args, s.device, found[s], s.boot)
			}
		}
		return found, tx.insertRows(ctx, `INSERT INTO phone_starts (device_n, n, boot) VALUES `, 3, args)
	})
}

// storedStarts reads those of the starts that are stored, and the last number of each phone.
func (tx *Tx) storedStarts(ctx context.Context, starts []phoneStart) (found map[phoneStart]int64, last map[int64]int64, err error) {
	var w where
	ofPhones := "device_n IN (" + numbers(distinct(starts, func(s *phoneStart) int64 { return s.device })) + ")"
	w.add(ofPhones)
	boots := make([]string, len(starts)) // one may be empty
	for i, s := range starts {
		boots[i] = s.boot
	}
	if err := among(tx, &w, "boot", boots); err != nil {
		return nil, nil, err
	}
	found, last = map[phoneStart]int64{}, map[int64]int64{}
	err = each(ctx, tx, func(row scanner) error {
		var s phoneStart
		var n int64
		err := row.Scan(&s.device, &n, &s.boot)
		found[s] = n
		return err
	}, `SELECT device_n, n, boot FROM phone_starts`+w.String(), w.args...)
	if err != nil {
		return nil, nil, err
	}
	return found, last, each(ctx, tx, func(row scanner) error {
		var device, n int64
		err := row.Scan(&device, &n)
		last[device] = n
		return err
	}, `SELECT device_n, MAX(n) FROM phone_starts WHERE `+ofPhones+` GROUP BY device_n`)
}

// numbers writes numbers of our own into a list of SQL.
func numbers(list []int64) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(texts, ", ")
}

// nextKeys gives so many short keys of a table, and returns the first of them.
func (tx *Tx) nextKeys(ctx context.Context, table string, n int) (first int64, err error) {
	last, err := one(ctx, tx, orZero(column[int64]), `
		INSERT INTO counters (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = counters.value + $2
		RETURNING value`, "key."+table, n)
	return last - int64(n) + 1, err
}
