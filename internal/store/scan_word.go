package store

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoicho/internal/registry"
)

// The words of scans and presences are stored as their numbers in these lists: what joins
// goes to the end, and nothing moves.
var (
	directionWords = []registry.Direction{registry.In, registry.Out, registry.Spend}
	modeWords      = []registry.ScanMode{registry.Online, registry.Offline, registry.Paper}
	verdictWords   = []registry.VerdictCode{"",
		registry.VerdictOK, registry.VerdictOKAgain, registry.VerdictExitOK, registry.VerdictChecked,
		registry.VerdictAlreadyUsed, registry.VerdictAlreadyInside, registry.VerdictTooManyInside, registry.VerdictNotYet,
		registry.VerdictExpired, registry.VerdictWrongHours, registry.VerdictWrongEvent, registry.VerdictWrongGate,
		registry.VerdictRevoked, registry.VerdictBlocked, registry.VerdictEventStopped, registry.VerdictForged,
		registry.VerdictMalformed, registry.VerdictTestPass, registry.VerdictUnknown, registry.VerdictNeedsSupervisor,
		registry.VerdictWrongBooth,
	}
)

// number is the number of a word in its list, -1 for a word that is none: no column takes it.
func number[T ~string](words []T, word T) int { return slices.Index(words, word) }

// word reads a column that holds the number of a word.
type word[T ~string] struct {
	to *T
	of []T
}

// Scan takes a number.
func (w word[T]) Scan(v any) error {
	n, ok := v.(int64)
	if !ok || n < 0 || n >= int64(len(w.of)) {
		return fmt.Errorf("%v is the number of no word of %T", v, *w.to)
	}
	*w.to = w.of[n]
	return nil
}

// verdictIs is the condition that a column holds one of these verdicts.
func verdictIs(column string, codes ...registry.VerdictCode) string {
	numbers := make([]string, len(codes))
	for i, c := range codes {
		numbers[i] = strconv.Itoa(number(verdictWords, c))
	}
	return column + " IN (" + strings.Join(numbers, ", ") + ")"
}

// admitting are the verdicts that open the gate.
var admitting = slices.DeleteFunc(slices.Clone(registry.VerdictCodes), func(c registry.VerdictCode) bool { return !c.Admits() })

// uuidBytes are the 16 bytes of a UUID in its usual spelling; nil for another text, which
// no column takes.
func uuidBytes[T ~string](id T) []byte {
	var raw [16]byte
	if n, err := hex.Decode(raw[:], []byte(strings.ReplaceAll(string(id), "-", ""))); err != nil || n != len(raw) {
		return nil
	}
	return raw[:]
}

// uuidCell reads a column that holds the bytes of a UUID, or NULL for none.
type uuidCell[T ~string] struct{ to *T }

// Scan takes 16 bytes.
func (c uuidCell[T]) Scan(v any) error {
	raw, ok := v.([]byte)
	if v == nil {
		*c.to = ""
		return nil
	}
	if !ok || len(raw) != 16 {
		return fmt.Errorf("%v is no UUID", v)
	}
	var text [36]byte
	hex.Encode(text[:8], raw[:4])
	for i, part := range [][]byte{raw[4:6], raw[6:8], raw[8:10], raw[10:]} {
		text[8+5*i] = '-'
		hex.Encode(text[9+5*i:], part)
	}
	*c.to = T(text[:])
	return nil
}

// dayNumber is a day, YYYY-MM-DD, as days since 1970-01-01.
func dayNumber(day string) int64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return t.Unix() / (24 * 60 * 60)
}

// dayCell reads a column that holds days since 1970-01-01.
type dayCell struct{ to *string }

// Scan takes a number of days.
func (c dayCell) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%v is no number of days", v)
	}
	*c.to = time.Unix(n*24*60*60, 0).UTC().Format(time.DateOnly)
	return nil
}

// codeNumber is a pass code as a number, nil for none.
func codeNumber(code string) any {
	n, err := strconv.ParseInt(code, 10, 64)
	if err != nil {
		return nil
	}
	return n
}

// codeText is a pass code from its number, empty for none.
func codeText(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%012d", *n)
}
