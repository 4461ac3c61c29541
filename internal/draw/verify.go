package draw

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Check is one of the five things that a log is checked for.
type Check string

// The checks, in their order.
const (
	CheckList    Check = "list"    // the list is the one that was locked
	CheckSecret  Check = "secret"  // the secret is the one that was promised
	CheckNumbers Check = "numbers" // the numbers were called by as many people as was said
	CheckSeed    Check = "seed"    // the seed follows from these
	CheckResult  Check = "result"  // the order follows from the seed; nobody came in late or was left out
)

// Checks are all of them.
var Checks = []Check{CheckList, CheckSecret, CheckNumbers, CheckSeed, CheckResult}

// Faults are what a check can find wrong, by their keys below draw.fault, for whoever writes the sentences beforehand.
var Faults = []string{"list_line", "list_length", "list_form", "list_code", "not_opened", "secret_form", "secret_other", "calls_number", "call_form",
	"call_twice", "mend_form", "mend_number", "source_form", "seed_other", "result_none", "result_booth", "result_waiting", "result_more", "record_code"}

// Finding is the answer to one check. Fault is a key below draw.fault, "" where all is right.
type Finding struct {
	Check Check
	Fault string
	Args  []any
}

// Report are the answers to all checks.
type Report []Finding

// OK reports whether every check is right.
func (r Report) OK() bool { return r.Bad() == 0 }

// Bad counts the checks that are not.
func (r Report) Bad() (n int) {
	for _, f := range r {
		if f.Fault != "" {
			n++
		}
	}
	return n
}

// Verify computes a log anew and says of each check whether it is right.
func (g Log) Verify() Report {
	list := g.checkList()
	return Report{list, g.checkSecret(), g.checkNumbers(), g.checkSeed(), g.checkResult()}
}

// checkList finds the first line that is not as its code says.
func (g Log) checkList() Finding {
	f := Finding{Check: CheckList}
	for i, line := range g.List {
		if i >= len(g.LineCodes) || LineCode(line) != g.LineCodes[i] {
			return f.because("list_line", i+1, line)
		}
	}
	if len(g.LineCodes) != len(g.List) {
		return f.because("list_length", len(g.List), len(g.LineCodes))
	}
	if _, at, ok := ReadList(g.List); !ok {
		return f.because("list_form", at)
	}
	if now := CodeOf(g.List); now != g.ListCode {
		return f.because("list_code", g.ListCode, now)
	}
	return f
}

func (f Finding) because(fault string, args ...any) Finding {
	f.Fault, f.Args = fault, args
	return f
}

func (g Log) checkSecret() Finding {
	f := Finding{Check: CheckSecret}
	secret, err := hex.DecodeString(g.Secret)
	switch {
	case g.Secret == "":
		return f.because("not_opened")
	case err != nil || len(secret) != SecretBytes || hex.EncodeToString(secret) != g.Secret:
		return f.because("secret_form")
	case Commitment(secret) != g.Commitment:
		return f.because("secret_other", g.Commitment, Commitment(secret))
	}
	return f
}

// checkNumbers looks at who called which number, at what was mended, and at the source.
func (g Log) checkNumbers() Finding {
	f := Finding{Check: CheckNumbers}
	l, _, _ := ReadList(g.List)
	if len(g.Calls) != l.Callers {
		return f.because("calls_number", l.Callers, len(g.Calls))
	}
	for i, c := range g.Calls {
		if c.Number < 0 || c.Number > MostNumber || c.Name == "" || !clean(c.Name) || !clean(c.Role) {
			return f.because("call_form", i+1)
		}
		if slices.ContainsFunc(g.Calls[:i], func(o Call) bool { return SamePerson(o.Name, c.Name) }) {
			return f.because("call_twice", c.Name)
		}
	}
	last := map[int]int{}
	for i, m := range g.Mends {
		was, before := last[m.Call]
		if m.Call < 1 || m.Call > len(g.Calls) || m.Reason == "" || !clean(m.Reason) || m.Was == m.Now || before && was != m.Was ||
			min(m.Was, m.Now) < 0 || max(m.Was, m.Now) > MostNumber {
			return f.because("mend_form", i+1)
		}
		last[m.Call] = m.Now
	}
	for call, n := range last {
		if g.Calls[call-1].Number != n {
			return f.because("mend_number", call)
		}
	}
	if !SourceFits(l.Source, g.Source) {
		return f.because("source_form")
	}
	return f
}

// SamePerson reports whether two names are the same but for capitals and spaces.
func SamePerson(x, y string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(x), " "), strings.Join(strings.Fields(y), " "))
}

// SourceFits reports whether digits can be those of a source: digits alone, so that nobody can choose between
// ways of writing them, and none where no source was named before.
func SourceFits(source, digits string) bool {
	if source == "" {
		return digits == ""
	}
	return digits != "" && len(digits) <= MostSource && strings.Trim(digits, "0123456789") == ""
}

func (g Log) checkSeed() Finding {
	f := Finding{Check: CheckSeed}
	secret, err := hex.DecodeString(g.Secret)
	if err != nil || g.Secret == "" {
		return f.because("not_opened")
	}
	now, err := Seed(secret, CodeOf(g.List), g.numbers(), g.Source)
	if err != nil || now != g.Seed {
		return f.because("seed_other", g.Seed, now)
	}
	return f
}

// checkResult draws again and compares place by place, then the code of the whole record.
func (g Log) checkResult() Finding {
	f := Finding{Check: CheckResult}
	if g.Secret == "" {
		return f.because("not_opened")
	}
	l, _, ok := ReadList(g.List)
	result, waiting, spare, err := l.outcome(g.Seed)
	if err != nil || !ok {
		return f.because("result_none")
	}
	for i, r := range result {
		if i >= len(g.Result) || g.Result[i] != r {
			return f.because("result_booth", r.Booth, r.Name)
		}
	}
	for i, r := range waiting {
		if i >= len(g.Waiting) || g.Waiting[i] != r {
			return f.because("result_waiting", i+1, r.Name)
		}
	}
	if len(g.Result) != len(result) || len(g.Waiting) != len(waiting) || !slices.Equal(g.Spare, spare) {
		return f.because("result_more")
	}
	if now := CodeOf(g.record()); now != g.RecordCode {
		return f.because("record_code", g.RecordCode, now)
	}
	return f
}

// Difference is the first place where a log is not the one that was published.
type Difference struct {
	Line     int // of the list, 0 where the difference is elsewhere
	Was, Now string
	Field    string // name in the log
}

// Compare finds the first difference of a log from the one that was published; ok is true where there is none.
func Compare(published, g Log) (d Difference, ok bool) {
	for i := range max(len(published.List), len(g.List)) {
		if was, now := at(published.List, i), at(g.List, i); was != now {
			return Difference{i + 1, was, now, "list"}, false
		}
	}
	was, now := published.fields(), g.fields()
	for i, f := range was {
		if f != now[i] {
			return Difference{Field: f[0], Was: f[1], Now: now[i][1]}, false
		}
	}
	return d, true
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// fields are what a log holds beside the list, each as a text.
func (g Log) fields() [][2]string {
	var calls, mends []string
	for _, c := range g.Calls {
		calls = append(calls, c.Name+" ("+c.Role+"): "+strconv.Itoa(c.Number))
	}
	for _, m := range g.Mends {
		mends = append(mends, strconv.Itoa(m.Call)+": "+strconv.Itoa(m.Was)+" > "+strconv.Itoa(m.Now)+" "+m.Reason)
	}
	given := func(list []Given) string {
		var said []string
		for _, r := range list {
			said = append(said, r.Booth+" "+r.Entry+" "+r.Name)
		}
		return strings.Join(said, "; ")
	}
	return [][2]string{{"line_codes", strings.Join(g.LineCodes, " ")}, {"list_code", g.ListCode}, {"commitment", g.Commitment},
		{"calls", strings.Join(calls, "; ")}, {"mends", strings.Join(mends, "; ")}, {"source", g.Source}, {"secret", g.Secret}, {"seed", g.Seed},
		{"result", given(g.Result)}, {"waiting", given(g.Waiting)}, {"spare", strings.Join(g.Spare, " ")}, {"revealed_at", g.RevealedAt},
		{"record_code", g.RecordCode}}
}
