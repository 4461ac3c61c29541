package draw

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// MostBytes is how long a log is at most.
const MostBytes = 4 << 20

// Call is a number that somebody in the room called.
type Call struct {
	Name   string `json:"name"`
	Role   string `json:"role"`
	Number int    `json:"number"`
}

// Part is what can have been taken down wrong.
type Part string

// The parts: of a call its number, its name and its role, and the digits of the public source.
const (
	PartNumber Part = "number"
	PartName   Part = "name"
	PartRole   Part = "role"
	PartSource Part = "source"
)

// Mend is what had been taken down wrong and was put right before the secret was opened.
type Mend struct {
	Call   int    `json:"call"` // from 1, 0 for the public source
	Part   Part   `json:"part"`
	Was    string `json:"was"`
	Now    string `json:"now"`
	Reason string `json:"reason"`
}

// Given is a booth with the entry that drew it.
type Given struct {
	Booth string `json:"booth"`
	Entry string `json:"entry"`
	Name  string `json:"name"`
}

// Log is all of a draw in one file. While numbers are called all from Secret on is empty. In a draw that was stopped Void says
// why; where a number had been called its secret is open, and where all were there so is what would have come out.
type Log struct {
	Format     string   `json:"format"`
	List       []string `json:"list"`
	LineCodes  []string `json:"line_codes"`
	ListCode   string   `json:"list_code"`
	Commitment string   `json:"commitment"`
	Calls      []Call   `json:"calls"`
	Mends      []Mend   `json:"mends"`
	Source     string   `json:"source"` // digits of the public source
	Secret     string   `json:"secret"`
	Seed       string   `json:"seed"`
	Result     []Given  `json:"result"`  // in the order of the booths
	Waiting    []Given  `json:"waiting"` // entries that drew none, in their order
	Spare      []string `json:"spare"`   // booths that nobody drew
	Void       string   `json:"void"`    // why the draw was stopped, "" for none that was
	EndedAt    string   `json:"ended_at"`
	RecordCode string   `json:"record_code"`
}

// FormError says that a line of a list cannot be in one.
type FormError struct {
	Line int // from 1
	Text string
}

// Error says which line it is.
func (e FormError) Error() string {
	return fmt.Sprintf("draw: line %d of the list, %q, is not in order", e.Line, e.Text)
}

// Lock begins the log of a draw: the list with its codes, and the promise of the secret.
func Lock(l List, secret []byte) (Log, error) {
	lines := l.Lines()
	if _, at, ok := ReadList(lines); !ok {
		return Log{}, FormError{at, lines[min(at, len(lines))-1]}
	}
	if len(secret) != SecretBytes {
		return Log{}, ErrSecret
	}
	g := Log{Format: Format, List: lines, ListCode: CodeOf(lines), Commitment: Commitment(secret), Calls: []Call{}, Mends: []Mend{},
		Result: []Given{}, Waiting: []Given{}, Spare: []string{}}
	for _, line := range lines {
		g.LineCodes = append(g.LineCodes, LineCode(line))
	}
	return g, nil
}

// ErrSecret says that a secret is not the one that was promised.
var ErrSecret = errors.New("draw: another secret was promised")

// Reveal ends a log: the secret is opened and the order follows.
func (g Log) Reveal(secret []byte, at string) (Log, error) {
	if Commitment(secret) != g.Commitment {
		return g, ErrSecret
	}
	g.Secret, g.EndedAt = hex.EncodeToString(secret), at
	if err := g.draw(secret); err != nil {
		return g, err
	}
	g.RecordCode = CodeOf(g.record())
	return g, g.standsUp()
}

// Stop ends a log without a result that counts. Where a number has been called the secret is opened, and where all are there
// it says what would have come out: nobody stops a draw unseen because of what it would give. A log that does not stand up to
// its check is ended all the same: a draw can always be stopped.
func (g Log) Stop(secret []byte, reason, at string) (Log, error) {
	if Commitment(secret) != g.Commitment {
		return g, ErrSecret
	}
	g.Void, g.EndedAt = reason, at
	if len(g.Calls) > 0 {
		g.Secret = hex.EncodeToString(secret)
	}
	if g.checkNumbers().Fault == "" {
		if err := g.draw(secret); err != nil {
			return g, err
		}
	}
	g.RecordCode = CodeOf(g.record())
	return g, nil
}

// draw works out seed and result.
func (g *Log) draw(secret []byte) (err error) {
	if g.Seed, err = Seed(secret, g.ListCode, g.numbers(), g.Source); err != nil {
		return err
	}
	l, _, _ := ReadList(g.List)
	g.Result, g.Waiting, g.Spare, err = l.outcome(g.Seed)
	return err
}

// standsUp holds a log with a result to its own check. The error names the checks that fail, and nothing of what they saw: the
// secret may not be open yet.
func (g Log) standsUp() error {
	for _, f := range g.Verify().Findings {
		if f.Fault != "" {
			return fmt.Errorf("draw: the log does not stand up to its own check: %s: %s", f.Check, f.Fault)
		}
	}
	return nil
}

func (g Log) numbers() []int {
	numbers := make([]int, len(g.Calls))
	for i, c := range g.Calls {
		numbers[i] = c.Number
	}
	return numbers
}

// outcome gives the booths, in the order of the plan, to the entries in the order drawn.
func (l List) outcome(seed string) (result, waiting []Given, spare []string, err error) {
	order, err := Order(seed, len(l.Entries))
	result, waiting, spare = []Given{}, []Given{}, []string{}
	for i, at := range order {
		e := l.Entries[at]
		if i < len(l.Booths) {
			result = append(result, Given{l.Booths[i], e.ID, e.Name})
		} else {
			waiting = append(waiting, Given{"", e.ID, e.Name})
		}
	}
	if len(order) < len(l.Booths) {
		spare = append(spare, l.Booths[len(order):]...)
	}
	return result, waiting, spare, err
}

// record are the lines of which the code of the whole record is made.
func (g Log) record() []string {
	lines := []string{Format + " record", "list " + g.ListCode, "commitment " + g.Commitment}
	for i, c := range g.Calls {
		lines = append(lines, "call "+strconv.Itoa(i+1)+" "+strconv.Itoa(c.Number), "name "+c.Name, "role "+c.Role)
	}
	for _, m := range g.Mends {
		lines = append(lines, "mend "+strconv.Itoa(m.Call)+" "+string(m.Part), "was "+m.Was, "now "+m.Now, "reason "+m.Reason)
	}
	lines = append(lines, "source "+g.Source, "secret "+g.Secret, "seed "+g.Seed, "void "+g.Void, "ended "+g.EndedAt)
	for _, r := range g.Result {
		lines = append(lines, "result "+r.Entry+" "+r.Booth)
	}
	for _, r := range g.Waiting {
		lines = append(lines, "waiting "+r.Entry)
	}
	for _, b := range g.Spare {
		lines = append(lines, "spare "+b)
	}
	return lines
}

// Write writes a log as the file that anybody may download.
func (g Log) Write() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(g)
	return out.Bytes(), err
}

// ErrNoLog says that a file is no log of a draw.
var ErrNoLog = errors.New("draw: not the log of a draw")

// shapes are the names that each object of a log has, all of them, each once.
var shapes = map[string][]string{
	"": {"format", "list", "line_codes", "list_code", "commitment", "calls", "mends", "source", "secret", "seed", "result", "waiting", "spare",
		"void", "ended_at", "record_code"},
	"calls":   {"name", "role", "number"},
	"mends":   {"call", "part", "was", "now", "reason"},
	"result":  {"booth", "entry", "name"},
	"waiting": {"booth", "entry", "name"},
}

// Read reads a log. Names that are missing, strange or there twice are refused: readers that take
// one of two would see different logs.
func Read(raw []byte) (g Log, err error) {
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if len(raw) > MostBytes || !utf8.Valid(raw) {
		return g, ErrNoLog
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if !shaped(d, "") {
		return g, ErrNoLog
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return g, ErrNoLog
	}
	if json.Unmarshal(raw, &g) != nil || g.Format != Format {
		return g, ErrNoLog
	}
	return g, nil
}

// shaped reads the next object and reports whether it has the names of its kind.
func shaped(d *json.Decoder, kind string) bool {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		name, is := t.(string)
		if err != nil || !is || seen[name] {
			return false
		}
		if seen[name] = true; !valued(d, name, shapes[name] != nil && kind == "") {
			return false
		}
	}
	if _, err := d.Token(); err != nil || len(seen) != len(shapes[kind]) {
		return false
	}
	for _, name := range shapes[kind] {
		if !seen[name] {
			return false
		}
	}
	return true
}

// valued reads the next value: a text, a number, or a list of texts or of objects.
func valued(d *json.Decoder, name string, objects bool) bool {
	if objects || name == "list" || name == "line_codes" || name == "spare" {
		if t, err := d.Token(); err != nil || t != json.Delim('[') {
			return false
		}
		for d.More() {
			if objects && !shaped(d, name) || !objects && !scalar(d) {
				return false
			}
		}
		_, err := d.Token()
		return err == nil
	}
	return scalar(d)
}

func scalar(d *json.Decoder) bool {
	t, err := d.Token()
	switch t.(type) {
	case string, float64:
		return err == nil
	}
	return false
}
