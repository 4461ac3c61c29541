// Package changes knows which tables of the database statements name, and when
// transactions of this process last changed each. What is kept ready, a page or a name,
// notes the tables that it was made from and holds until one of them changes.
//
// It holds no SQL and opens no database: internal/store tells it what is run.
package changes

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// maxTables is how many tables a Schema may have.
const maxTables = 256

// Set is a set of tables. The zero value is empty.
type Set [maxTables / 64]uint64

// Join adds the tables of another set.
func (s *Set) Join(other Set) {
	for i := range s {
		s[i] |= other[i]
	}
}

func (s *Set) add(n int) { s[n/64] |= 1 << (n % 64) }

func (s *Set) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// maxKnown bounds the statements whose tables are remembered.
const maxKnown = 4000

// Schema is the tables of a database, by name.
type Schema struct {
	names   []string
	numbers map[string]int

	mu    sync.RWMutex
	known map[string]named
}

// named is which tables a statement names, and which of them it changes.
type named struct{ reads, writes Set }

var creates = regexp.MustCompile(`(?m)^CREATE TABLE (?:IF NOT EXISTS )?(\w+)`)

// NewSchema reads the tables from the texts of migrations.
func NewSchema(migrations []string) *Schema {
	s := &Schema{numbers: map[string]int{}, known: map[string]named{}}
	for _, text := range migrations {
		for _, found := range creates.FindAllStringSubmatch(text, -1) {
			if _, twice := s.numbers[found[1]]; !twice && len(s.names) < maxTables {
				s.numbers[found[1]] = len(s.names)
				s.names = append(s.names, found[1])
			}
		}
	}
	return s
}

// Names returns the tables of a set, sorted.
func (s *Schema) Names(of Set) (names []string) {
	for n, name := range s.names {
		if of.has(n) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Set returns the set of tables by their names. A name that is none is a mistake of the
// program: it panics.
func (s *Schema) Set(names ...string) (set Set) {
	for _, name := range names {
		n, is := s.numbers[name]
		if !is {
			panic("no table is named " + name)
		}
		set.add(n)
	}
	return set
}

// Named returns the tables that a statement names, and those that it changes. A column
// with the name of a table counts as that table: one too many costs a page made anew, one
// too few would show what is no longer so.
func (s *Schema) Named(statement string) (reads, writes Set) {
	s.mu.RLock()
	n, known := s.known[statement]
	s.mu.RUnlock()
	if known {
		return n.reads, n.writes
	}
	n = s.read(statement)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= maxKnown {
		clear(s.known)
	}
	s.known[statement] = n
	return n.reads, n.writes
}

// locks matches what only makes others wait: UPDATE t SET c = c.
var locks = regexp.MustCompile(`^\s*UPDATE \w+\s+SET (\w+) = (\w+)(?:\s+(?:WHERE|RETURNING)\b|\s*$)`)

func (s *Schema) read(statement string) (n named) {
	n = s.readAll(statement)
	if same := locks.FindStringSubmatch(statement); same != nil && same[1] == same[2] {
		n.writes = Set{}
	}
	return n
}

func (s *Schema) readAll(statement string) (n named) {
	word, before := "", ""
	for rest := statement; ; {
		begin := strings.IndexFunc(rest, isName)
		if begin < 0 {
			return n
		}
		rest = rest[begin:]
		end := strings.IndexFunc(rest, func(r rune) bool { return !isName(r) })
		if end < 0 {
			end = len(rest)
		}
		before, word, rest = word, rest[:end], rest[end:]
		if table, is := s.numbers[word]; is {
			n.reads.add(table)
			if before == "INTO" || before == "UPDATE" || before == "DELETE" {
				n.writes.add(table)
			}
		}
		if word == "FROM" && before == "DELETE" {
			word = before // of the table that follows
		}
	}
}

func isName(r rune) bool {
	return r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// Log says when each table was last changed, in a count of changes. It holds two counts:
// of what people see (seen) and of the rest, such as scans, which nobody enters in the
// audit log and which pages may show a little late.
type Log struct {
	mu           sync.Mutex
	seen, unseen count
}

// count is one of the two.
type count struct {
	n    atomic.Int64
	last [maxTables]atomic.Int64
}

// Moment is how far a Log has come.
type Moment struct{ seen, unseen int64 }

// Note notes that a transaction is durable which has changed tables.
func (l *Log) Note(written Set, seen bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := &l.unseen
	if seen {
		c = &l.seen
	}
	next := c.n.Load() + 1
	for n := range maxTables {
		if written.has(n) {
			c.last[n].Store(next)
		}
	}
	c.n.Store(next) // last, so that whoever reads this count reads the tables' too
}

// Seen counts the transactions that changed what people see.
func (l *Log) Seen() int64 { return l.seen.n.Load() }

// SeenOf is a number that rises when what people see of one of these tables changes.
func (l *Log) SeenOf(tables Set) int64 { return l.seen.latest(tables) }

// Now is the present moment. It is taken before the first read of what is to be kept, so
// that a change during the making counts as after it.
func (l *Log) Now() Moment { return Moment{l.seen.n.Load(), l.unseen.n.Load()} }

// Since reports whether what people see of these tables has changed after a moment, and
// whether the rest has.
func (l *Log) Since(m Moment, of Set) (seen, unseen bool) {
	return l.seen.since(m.seen, of), l.unseen.since(m.unseen, of)
}

func (c *count) since(m int64, of Set) bool { return c.n.Load() != m && c.latest(of) > m }

// latest is the count at the last change of one of these tables.
func (c *count) latest(of Set) (latest int64) {
	for i, word := range of {
		for n := i * 64; word != 0; word, n = word>>1, n+1 {
			if word&1 != 0 {
				latest = max(latest, c.last[n].Load())
			}
		}
	}
	return latest
}
