package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"

	"hoicho/internal/registry"
)

// Guard makes changes that go past the program visible: it chains the audit log,
// marks rows and seals the sums of the marks, all with keys that come from the
// master key. Whoever has the database alone can forge none of it.
type Guard struct {
	rows  []byte       // key of the marks of rows
	chain []byte       // key of the audit log
	terms cipher.Block // turns marks into the terms of their sums, which the rows do not show
	seals cipher.AEAD  // of the head
}

// NewGuard makes a guard of a key of 32 bytes that is used for nothing else.
func NewGuard(key []byte) (*Guard, error) {
	var keys [4][]byte
	for i, purpose := range []string{"rows", "audit", "sums", "head"} {
		var err error
		if keys[i], err = hkdf.Expand(sha256.New, key, "hoicho/guard/"+purpose+"/1", 32); err != nil {
			return nil, err
		}
	}
	terms, err := aes.NewCipher(keys[2])
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(keys[3])
	if err != nil {
		return nil, err
	}
	seals, err := cipher.NewGCM(block)
	return &Guard{rows: keys[0], chain: keys[1], terms: terms, seals: seals}, err
}

// GuardOf returns the guard of a master key by its fingerprint, "" where none was
// noted; nil if the key is not at hand. An error is that of another key.
type GuardOf func(fingerprint string) (*Guard, error)

// errNoGuard says that something guarded was to be written before the master key was
// read.
var errNoGuard = errors.New("the database is not bound to its master key yet")

// SetGuard says with what the database is guarded from now on. Nothing that is
// guarded can be written before.
func (db *DB) SetGuard(g *Guard) { db.guard.Store(g) }

// chained is the keyed hash of a line of the audit log in hexadecimal digits.
func (g *Guard) chained(line []byte) string {
	mac := hmac.New(sha256.New, g.chain)
	mac.Write(line)
	return hex.EncodeToString(mac.Sum(nil))
}

// markBytes is the length of a mark.
const markBytes = 16

// mark is a truncated keyed hash of a row.
type mark [markBytes]byte

// marker makes marks one after the other.
type marker struct {
	mac hash.Hash
	row []byte
	sum [sha256.Size]byte
}

func (g *Guard) marker() *marker { return &marker{mac: hmac.New(sha256.New, g.rows)} }

// of is the mark of a row: its table and the covered values that are not NULL, 0 or
// empty, each with the number of its column and its length, so that none can run
// into the next and a column that joins later leaves the marks of old rows as they are.
func (m *marker) of(table string, row []any) mark {
	m.row = append(append(m.row[:0], table...), 0)
	for i, v := range row {
		m.row = appendValue(m.row, byte(i+1), v)
	}
	m.mac.Reset()
	m.mac.Write(m.row)
	return mark(m.mac.Sum(m.sum[:0])[:markBytes])
}

func appendValue(to []byte, column byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return to
	case int:
		return appendNumber(to, column, int64(v))
	case int64:
		return appendNumber(to, column, v)
	case string:
		return appendText(to, column, 's', v)
	case []byte:
		return appendText(to, column, 'b', v)
	}
	plain, err := driver.DefaultParameterConverter.ConvertValue(v)
	if err != nil {
		panic(fmt.Sprintf("a value of type %T is no column's", v))
	}
	return appendValue(to, column, plain)
}

func appendNumber(to []byte, column byte, n int64) []byte {
	if n == 0 {
		return to
	}
	return binary.BigEndian.AppendUint64(append(to, column, 'n'), uint64(n))
}

func appendText[T ~string | ~[]byte](to []byte, column, kind byte, v T) []byte {
	if len(v) == 0 {
		return to
	}
	return append(binary.BigEndian.AppendUint32(append(to, column, kind), uint32(len(v))), v...)
}

// sum is how many marks a table holds and their terms put together, in any order.
type sum struct {
	n     int64
	terms mark
}

// add puts a mark in; sign -1 takes it out again.
func (s *sum) add(g *Guard, m mark, sign int64) {
	var term mark
	g.terms.Encrypt(term[:], m[:])
	subtle.XORBytes(s.terms[:], s.terms[:], term[:])
	s.n += sign
}

func (s *sum) join(o sum) {
	subtle.XORBytes(s.terms[:], s.terms[:], o.terms[:])
	s.n += o.n
}

// keyedSum is a sum of counters: each with a factor that only the key tells. What
// is counted on is added without reading the counter.
type keyedSum [2]uint64

func (t *keyedSum) add(m *marker, h registry.GateHour) {
	factor := m.of("gate_hours", []any{string(h.Event), h.HourAt, h.Gate, string(h.Figure)})
	for i := range t {
		t[i] += uint64(h.N) * binary.BigEndian.Uint64(factor[8*i:])
	}
}

// sealedHead is the end of the audit log and the sums of all marked tables. It is
// stored sealed: who sees the sums of several moments could else find rows that do
// not change them.
type sealedHead struct {
	seq    int64
	hash   string   // of the last line, "" of an empty log
	forged bool     // what was sealed before did not open: somebody changed it
	hours  keyedSum // of the counters of the gates
	sums   [len(markedTables)]sum
}

// seal is the head as it is stored.
func (g *Guard) seal(h *sealedHead) ([]byte, error) {
	raw, err := hex.DecodeString(h.hash)
	if err != nil {
		return nil, err
	}
	plain := binary.BigEndian.AppendUint64(make([]byte, 0, headBytes), uint64(h.seq))
	plain = append(plain, byte(flag(h.forged)), byte(len(raw)))
	plain = append(plain, raw...)
	for _, lane := range h.hours {
		plain = binary.BigEndian.AppendUint64(plain, lane)
	}
	for i := range h.sums {
		plain = binary.BigEndian.AppendUint64(plain, uint64(h.sums[i].n))
		plain = append(plain, h.sums[i].terms[:]...)
	}
	nonce := make([]byte, g.seals.NonceSize(), g.seals.NonceSize()+len(plain)+g.seals.Overhead())
	rand.Read(nonce)
	return g.seals.Seal(nonce, nonce, plain, nil), nil
}

// headBytes is about how long a head is.
const headBytes = 80 + len(markedTables)*(8+markBytes)

// open reads a stored head; an empty one is that of a new database. One that does
// not open was changed.
func (g *Guard) open(sealed []byte) (*sealedHead, error) {
	h := &sealedHead{}
	if len(sealed) == 0 {
		return h, nil
	}
	size := g.seals.NonceSize()
	if len(sealed) < size {
		return nil, errForged
	}
	plain, err := g.seals.Open(nil, sealed[:size], sealed[size:], nil)
	if err != nil {
		return nil, errForged
	}
	h.seq, h.forged = int64(binary.BigEndian.Uint64(plain)), plain[8] != 0
	rest := plain[10+int(plain[9]):]
	h.hash = hex.EncodeToString(plain[10 : len(plain)-len(rest)])
	for i := range h.hours {
		h.hours[i], rest = binary.BigEndian.Uint64(rest), rest[8:]
	}
	for i := range h.sums {
		if len(rest) == 0 {
			break // sealed before this table joined
		}
		h.sums[i].n = int64(binary.BigEndian.Uint64(rest))
		rest = rest[8+copy(h.sums[i].terms[:], rest[8:]):]
	}
	return h, nil
}

// errForged says that the sealed head is not what the program sealed.
var errForged = errors.New("the sealed head of the audit log was changed")
