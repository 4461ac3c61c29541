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

// uuidBytes are the 16 bytes of a UUID; nil, which no column takes, for a text that is none,
// or is spelt in another way than it would be read back.
func uuidBytes[T ~string](id T) []byte {
	text := strings.ReplaceAll(string(id), "-", "")
	if len(text) != 32 {
		return nil
	}
	raw, err := hex.DecodeString(text)
	if err != nil || uuidText(raw) != string(id) {
		return nil
	}
	return raw
}

// uuidText is the usual spelling of the 16 bytes of a UUID.
func uuidText(raw []byte) string {
	var text [36]byte
	hex.Encode(text[:8], raw[:4])
	for i, part := range [][]byte{raw[4:6], raw[6:8], raw[8:10], raw[10:]} {
		text[8+5*i] = '-'
		hex.Encode(text[9+5*i:], part)
	}
	return string(text[:])
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
	*c.to = T(uuidText(raw))
	return nil
}

// dayNumber is a day, YYYY-MM-DD, as days since 1970-01-01; -1, which no column takes, for a
// text that is none.
func dayNumber(day string) int64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return -1
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

// codeDigits is how many digits a pass code has.
const codeDigits = 12

// codeNumber is a pass code as a number: nil for none, -1, which no column takes, for a text
// that is no code.
func codeNumber(code string) any {
	if code == "" {
		return nil
	}
	n, err := strconv.ParseInt(code, 10, 64)
	if err != nil || len(code) != codeDigits {
		return -1
	}
	return n
}

// codeText is a pass code from its number, empty for none.
func codeText(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%0*d", codeDigits, *n)
}
