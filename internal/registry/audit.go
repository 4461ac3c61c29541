package registry

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"hoicho/internal/fact"
)

// AuditEntry is one line of the audit log: who did what to which object. Each
// line carries the keyed hash of the one before it, so that an edited, removed or
// swapped line is found by `hoicho check-db`.
type AuditEntry struct {
	Seq     int64
	At      int64 // unix ms
	Account AccountID
	Name    string // of the account, or "system: …"
	Action  string // "booth.assign"
	Object  string // "booth"
	ID      string
	Area    string // codes of today's units as "|01843|19|", for who may read the line
	Detail  string // fact.Facts as they were written: the hash covers every sign
	Prev    string // hex keyed hash of the line before
	Hash    string // hex keyed hash of this line, under a key that comes from the master key
}

// Change is what a use case tells the audit log.
type Change struct {
	Action string // "object.verb"
	Object string
	ID     string
	Scope  Scope
	Detail fact.Facts // no secrets, no personal numbers
}

// AuditHead is the end of the audit log at some moment. Written down outside the
// database, it shows later that the log still holds what it held then.
type AuditHead struct {
	Lines int64  `json:"lines"`
	Hash  string `json:"hash"` // hex, of the last line, or how it begins; "" of an empty log
}

// shownHash is how many digits of a head's hash people see, in groups of four, and
// how many are needed at least to tell a head: 80 bits.
const shownHash = 20

// String writes a head as a program reads it, "1234:5e6f…", with the whole hash.
func (h AuditHead) String() string { return fmt.Sprintf("%d:%s", h.Lines, h.Hash) }

// Short is the hash as people read and type it: its beginning in groups of four.
func (h AuditHead) Short() string {
	var groups []string
	for rest := h.Hash[:min(len(h.Hash), shownHash)]; rest != ""; rest = rest[min(4, len(rest)):] {
		groups = append(groups, rest[:min(4, len(rest))])
	}
	return strings.Join(groups, " ")
}

// ParseAuditHead reads a head as String writes it or as it is read off paper,
// "1.234:5e6f 7a8b 9c0d 1e2f 3a4b".
func ParseAuditHead(text string) (AuditHead, error) {
	lines, hash, _ := strings.Cut(strings.ToLower(strings.NewReplacer(" ", "", ".", "", "…", "").Replace(text)), ":")
	n, err := strconv.ParseInt(lines, 10, 64)
	tooShort := n > 0 && len(hash) < shownHash
	if cmp.Or(err != nil, n < 0, tooShort, len(hash) > 64, strings.Trim(hash, "0123456789abcdef") != "") {
		return AuditHead{}, errors.New("a head of the audit log is its number of lines, a colon, and at least 20 hexadecimal digits, such as 1234:5e6f7a8b9c0d1e2f3a4b")
	}
	return AuditHead{Lines: n, Hash: hash}, nil
}
