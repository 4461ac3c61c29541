// Package draw is the public draw of booths that anybody can check: a list that is published with
// its code before anything is drawn, a secret that is promised by its hash, numbers that people in
// the room call, and an order that follows from these alone.
//
// It is pure: who may hold a draw, and where it is stored, belongs to app/draw and store/draw. README,
// "The public draw of booths", describes every step so that others can write a verifier of their own.
package draw

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Format names this way to draw. Another way would get another name.
const Format = "hoicho-draw-1"

// Bounds of a draw.
const (
	LeastCallers = 3
	MostCallers  = 9
	MostNumber   = 999 // the least that is called is 0
	MostLines    = 20_000
	SecretBytes  = 32
	MostSource   = 20 // digits
)

// Entry is a lot of the draw: one for each booth that an application is owed.
type Entry struct {
	ID   string // number of the application and which of its lots: "12/1"
	Name string // of the vendor, as the public list of vendors shows it
}

// Head is what is said of a draw beside its entries and booths.
type Head struct {
	ID       string
	Turn     int    // number of the draw in its event, from 1
	Event    string // slug
	Title    string
	Place    string // where it is held
	LockedAt string // 2026-12-15T08:45:00+07:00
	Callers  int    // how many people call a number
	Source   string // the public source whose digits join, "" for none
	Again    string // why it is held although an earlier draw had a result, "" where none had
}

// List is what is published before a draw.
type List struct {
	Head
	Entries []Entry
	Booths  []string // codes in the order of the plan
}

// Lines are the canonical lines of a list, of which its code is made.
func (l List) Lines() []string {
	lines := []string{Format, "draw " + l.ID, "turn " + strconv.Itoa(l.Turn), "event " + l.Event, "title " + l.Title, "place " + l.Place,
		"locked " + l.LockedAt, "callers " + strconv.Itoa(l.Callers), "source " + l.Source, "again " + l.Again}
	for _, e := range l.Entries {
		lines = append(lines, "entry "+e.ID+" "+e.Name)
	}
	for _, b := range l.Booths {
		lines = append(lines, "booth "+b)
	}
	return lines
}

// heads are the words that begin the first lines, one each in this order.
var heads = []string{"draw ", "turn ", "event ", "title ", "place ", "locked ", "callers ", "source ", "again "}

// ReadList reads canonical lines; ok is false where they are none, with the number of the first line
// that is wrong.
func ReadList(lines []string) (l List, wrong int, ok bool) {
	if len(lines) > MostLines || len(lines) <= len(heads) || lines[0] != Format {
		return l, 1, false
	}
	values := make([]string, len(heads))
	for i, word := range heads {
		value, found := strings.CutPrefix(lines[i+1], word)
		if !found || !Clean(value) {
			return l, i + 2, false
		}
		values[i] = value
	}
	turn, plain := count(values[1], 1, MostLines)
	if !plain || turn == 1 && values[8] != "" {
		return l, 3, false
	}
	if !timeFits(values[5]) {
		return l, 7, false
	}
	callers, plain := count(values[6], LeastCallers, MostCallers)
	if !plain {
		return l, 8, false
	}
	l.Head = Head{values[0], turn, values[2], values[3], values[4], values[5], callers, values[7], values[8]}
	seen := map[string]bool{}
	for i, line := range lines[len(heads)+1:] {
		key, read := l.read(line)
		if !read || seen[key] {
			return l, i + len(heads) + 2, false
		}
		seen[key] = true
	}
	return l, len(lines), len(l.Entries) > 0 && len(l.Booths) > 0
}

// read adds the line of an entry or a booth, booths after all entries; key is there once in a list.
func (l *List) read(line string) (key string, ok bool) {
	if !Clean(line) {
		return "", false
	}
	if code, is := strings.CutPrefix(line, "booth "); is {
		l.Booths = append(l.Booths, code)
		return line, code != ""
	}
	rest, is := strings.CutPrefix(line, "entry ")
	id, name, both := strings.Cut(rest, " ")
	l.Entries = append(l.Entries, Entry{id, name})
	return "entry " + id, is && both && id != "" && name != "" && len(l.Booths) == 0
}

// LotOf names the n-th lot of an application by the number of that.
func LotOf(number int64, n int) string { return strconv.FormatInt(number, 10) + "/" + strconv.Itoa(n) }

// ApplicationOf is the number of the application whose lot one is.
func ApplicationOf(lot string) string {
	number, _, _ := strings.Cut(lot, "/")
	return number
}

// count reads a number within bounds that is written with digits alone, without a zero before them.
func count(s string, least, most int) (n int, ok bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && strconv.Itoa(n) == s && n >= least && n <= most
}

// Clean reports whether a text is one line in NFC, without signs that cannot be seen and without the sign that stands where a
// letter was broken: what is typed in for a log is held to this before it is stored.
func Clean(s string) bool {
	return norm.NFC.IsNormalString(s) && strings.IndexFunc(s, func(r rune) bool {
		return r == '\uFFFD' || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	}) < 0
}

// instant is how a log writes one: in the zone of Viet Nam, so that texts are in the order of their times.
var instant = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\+07:00$`)

func timeFits(s string) bool { return instant.MatchString(s) }

// CodeOf is the code of a text that is made of lines: SHA-256 over them, each ended by a line feed.
func CodeOf(lines []string) string {
	sum := sha256.New()
	for _, l := range lines {
		sum.Write([]byte(l))
		sum.Write([]byte{'\n'})
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// LineCode is the short code of one line, by which a changed one is found.
func LineCode(line string) string { return CodeOf([]string{line})[:16] }

// Commitment promises a secret: its SHA-256.
func Commitment(secret []byte) string {
	sum := sha256.Sum256(secret)
	return hex.EncodeToString(sum[:])
}

// Seed is SHA-256 over the secret, the code of the list (32 bytes each), the called numbers with
// commas between them, and a line feed with the digits of the public source where there is one.
func Seed(secret []byte, listCode string, numbers []int, source string) (string, error) {
	code, err := hex.DecodeString(listCode)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	sum.Write(secret)
	sum.Write(code)
	for i, n := range numbers {
		if i > 0 {
			sum.Write([]byte{','})
		}
		sum.Write([]byte(strconv.Itoa(n)))
	}
	if source != "" {
		sum.Write([]byte("\n" + source))
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// stream gives random numbers that follow from a seed: HMAC-SHA256 of a counter of 8 bytes from 0,
// cut into words of 4 bytes, the highest byte first.
type stream struct {
	seed  []byte
	count uint64
	rest  []byte
}

func (s *stream) word() uint32 {
	if len(s.rest) == 0 {
		mac := hmac.New(sha256.New, s.seed)
		mac.Write(binary.BigEndian.AppendUint64(nil, s.count))
		s.count++
		s.rest = mac.Sum(nil)
	}
	w := binary.BigEndian.Uint32(s.rest)
	s.rest = s.rest[4:]
	return w
}

// below returns a number from 0 to below n: words at or above the largest multiple of n are drawn
// again, so that none is likelier than another.
func (s *stream) below(n int) int {
	const words = 1 << 32
	limit := uint64(words - words%uint64(n))
	for {
		if w := uint64(s.word()); w < limit {
			return int(w % uint64(n))
		}
	}
}

// Order is a permutation of n that follows from a seed (Fisher-Yates from the last place down).
func Order(seed string, n int) ([]int, error) {
	key, err := hex.DecodeString(seed)
	if err != nil {
		return nil, err
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	s := stream{seed: key}
	for i := n - 1; i > 0; i-- {
		j := s.below(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	return order, nil
}
