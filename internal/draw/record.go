package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hoicho/internal/registry"
)

// ID names a draw.
type ID string

// State is a step of a draw.
type State string

// The states. A draw that is revealed or void never changes again.
const (
	Prepared State = "prepared" // how it is to be held can still change
	Locked   State = "locked"   // list and promise are published, numbers are called
	Revealed State = "revealed"
	Void     State = "void" // stopped, or the secret was not opened: kept on record
)

// Public reports whether anybody may see the draw.
func (s State) Public() bool { return s != Prepared }

// Over reports whether nothing can change any more.
func (s State) Over() bool { return s == Revealed || s == Void }

// Record is a draw of an event as it is stored.
type Record struct {
	ID         ID
	Event      registry.EventID
	N          int // of the event, from 1
	State      State
	Place      string
	Callers    int
	Source     string // "" = none
	Again      string // why it is held although an earlier one had a result
	Log        Log    // empty while it is prepared
	Raw        string // the log as it is handed out
	Sealed     string // the secret until it is opened
	Reason     string // why it is void
	Changes    string // of applications between lock and end, as app/draw writes them
	PreparedAt int64  // unix ms
	PreparedBy registry.AccountID
	LockedAt   int64
	EndedAt    int64
	EndedBy    registry.AccountID
	Version    int64
}

// ErrTooLong says that a log is longer than one may be.
var ErrTooLong = errors.New("the log is too long")

// SetLog puts a log in the place of the one before.
func (r *Record) SetLog(g Log) error {
	raw, err := g.Write()
	if err != nil {
		return fmt.Errorf("draw %s: %w", r.ID, err)
	}
	if len(raw) > MostBytes {
		return fmt.Errorf("draw %s: %w: %d bytes", r.ID, ErrTooLong, len(raw))
	}
	r.Log, r.Raw = g, string(raw)
	return nil
}

// List is the locked list; an empty one while the draw is prepared.
func (r *Record) List() List {
	l, _, _ := ReadList(r.Log.List)
	return l
}

// Called reports whether as many people as was said have called a number.
func (r *Record) Called() bool { return r.State == Locked && len(r.Log.Calls) == r.Callers }

// Ready reports whether the secret can be opened: all have called, and the digits of the public source stand where one was named.
func (r *Record) Ready() bool { return r.Called() && SourceFits(r.Source, r.Log.Source) }

// Note is a sentence on a draw, by its key.
type Note struct {
	Key  string
	Args []any
}

// Groups writes a code in groups of eight digits, which people can read aloud and compare.
func Groups(code string) (groups []string) {
	for part := range slices.Chunk([]byte(code), 8) {
		groups = append(groups, string(part))
	}
	return groups
}

// Ungroup takes a code as people write it after a screen or a paper: spaces and capitals do not matter. ok is false for what
// is no code.
func Ungroup(s string) (code string, ok bool) {
	code = strings.ToLower(strings.Join(strings.Fields(s), ""))
	raw, err := hex.DecodeString(code)
	return code, err == nil && len(raw) == sha256.Size
}

// Stamp writes an instant as a log has it.
func Stamp(ms int64, zone *time.Location) string {
	return time.UnixMilli(ms).In(zone).Format(time.RFC3339)
}
