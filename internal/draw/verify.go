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
	CheckList    Check = "list"    // the list agrees with the codes beside it
	CheckSecret  Check = "secret"  // the secret is the one that was promised
	CheckNumbers Check = "numbers" // as many numbers as was said, each under another name
	CheckSeed    Check = "seed"    // the seed follows from these
	CheckResult  Check = "result"  // the order follows from the seed; everybody in the list is in it once
)

// Checks are all of them.
var Checks = []Check{CheckList, CheckSecret, CheckNumbers, CheckSeed, CheckResult}

// Faults are what a check can find wrong, by their keys below draw.fault, for whoever writes the sentences beforehand.
var Faults = []string{"list_line", "list_length", "list_form", "list_code", "not_opened", "secret_form", "secret_other", "calls_number", "calls_missing",
	"call_form", "call_twice", "mend_form", "mend_number", "source_form", "source_missing", "seed_other", "result_early", "result_none", "time_form", "result_booth", "result_waiting", "result_more", "record_code"}

// Finding is the answer to one check. Fault is a key below draw.fault, "" where all is right.
type Finding struct {
	Check Check
	Fault string
	Args  []any
	Waits bool // it cannot be answered yet, or never will: the draw is not over, or was stopped
}

// Verdict is the answer to a log as a whole.
type Verdict string

// The verdicts.
const (
	Good    Verdict = "good"
	Bad     Verdict = "bad"
	Unended Verdict = "locked"  // the list is in order, numbers are being called: nothing is drawn yet
	Stopped Verdict = "stopped" // in order, and says itself that it was stopped: nothing in it counts
)

// Report are the answers to all checks, and what follows from them.
type Report struct {
	Findings []Finding
	Verdict  Verdict
}

// OK reports whether a log proves a result.
func (r Report) OK() bool { return r.Verdict == Good }

// Bad counts the checks that fail.
func (r Report) Bad() (n int) {
	for _, f := range r.Findings {
		if f.Fault != "" && !f.Waits {
			n++
		}
	}
	return n
}

// waiting are the faults of a draw that has not come so far.
var waiting = []string{"not_opened", "calls_missing", "source_missing"}

// Verify computes a log anew and says of each check whether it is right.
func (g Log) Verify() (r Report) {
	r.Findings = []Finding{g.checkList(), g.checkSecret(), g.checkNumbers(), g.checkSeed(), g.checkResult()}
	for i, f := range r.Findings {
		r.Findings[i].Waits = (g.Void != "" || g.EndedAt == "") && slices.Contains(waiting, f.Fault) && !(f.Fault == "not_opened" && g.hidden())
	}
	switch {
	case r.Bad() > 0:
		r.Verdict = Bad
	case g.Void != "":
		r.Verdict = Stopped
	case g.EndedAt == "":
		r.Verdict = Unended
	default:
		r.Verdict = Good
	}
	return r
}

// hidden reports whether a draw was stopped after a number had been called and its secret is not open: it has to be.
func (g Log) hidden() bool { return g.EndedAt != "" && len(g.Calls) > 0 && g.Secret == "" }

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
	if len(g.Calls) > l.Callers {
		return f.because("calls_number", l.Callers, len(g.Calls))
	}
	for i, c := range g.Calls {
		if c.Number < 0 || c.Number > MostNumber || c.Name == "" || !Clean(c.Name) || !Clean(c.Role) {
			return f.because("call_form", i+1)
		}
		if slices.ContainsFunc(g.Calls[:i], func(o Call) bool { return SamePerson(o.Name, c.Name) }) {
			return f.because("call_twice", c.Name)
		}
	}
	if fault, at := g.checkMends(); fault != "" {
		return f.because(fault, at)
	}
	switch {
	case g.Source != "" && !SourceFits(l.Source, g.Source):
		return f.because("source_form")
	case len(g.Calls) < l.Callers:
		return f.because("calls_missing", l.Callers, len(g.Calls))
	case !SourceFits(l.Source, g.Source):
		return f.because("source_missing")
	}
	return f
}

// checkMends follows each part from mend to mend until what stands now; at is the number of the mend that is wrong.
func (g Log) checkMends() (fault string, at int) {
	type part struct {
		call int
		part Part
	}
	last := map[part]int{}
	for i, m := range g.Mends {
		key := part{m.Call, m.Part}
		before, again := last[key]
		if !m.fits(len(g.Calls)) || again && g.Mends[before].Now != m.Was {
			return "mend_form", i + 1
		}
		last[key] = i
	}
	for i, m := range g.Mends {
		if last[part{m.Call, m.Part}] == i && g.Part(m.Call, m.Part) != m.Now {
			return "mend_number", i + 1
		}
	}
	return "", 0
}

// fits reports whether a mend has a reason, and values that its part can have.
func (m Mend) fits(calls int) bool {
	if m.Reason == "" || !Clean(m.Reason) || m.Was == m.Now || !Clean(m.Was) || !Clean(m.Now) {
		return false
	}
	if m.Part == PartSource {
		return m.Call == 0 && SourceFits(Format, m.Was) && SourceFits(Format, m.Now)
	}
	return m.Call >= 1 && m.Call <= calls && m.Part.fits(m.Was) && m.Part.fits(m.Now)
}

// fits reports whether a part of a call can be so.
func (p Part) fits(value string) bool {
	switch p {
	case PartNumber:
		_, ok := count(value, 0, MostNumber)
		return ok
	case PartName:
		return value != ""
	}
	return p == PartRole
}

// Part is what stands now at a part of a call, from 1, or at the public source.
func (g Log) Part(call int, part Part) string {
	if part == PartSource {
		return g.Source
	}
	c := g.Calls[call-1]
	return map[Part]string{PartNumber: strconv.Itoa(c.Number), PartName: c.Name, PartRole: c.Role}[part]
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

// checkSeed computes the seed. A draw that was stopped before all was there has none.
func (g Log) checkSeed() Finding {
	f := Finding{Check: CheckSeed}
	secret, err := hex.DecodeString(g.Secret)
	if err != nil || g.Secret == "" || g.Void != "" && g.Seed == "" && slices.Contains(waiting, g.checkNumbers().Fault) {
		return f.because("not_opened")
	}
	now, err := Seed(secret, CodeOf(g.List), g.numbers(), g.Source)
	if err != nil || now != g.Seed {
		return f.because("seed_other", g.Seed, now)
	}
	return f
}

// checkResult draws again and compares place by place, then the time and the code of the whole record.
func (g Log) checkResult() Finding {
	f := Finding{Check: CheckResult}
	l, _, ok := ReadList(g.List)
	drawn := len(g.Result)+len(g.Waiting)+len(g.Spare) > 0
	switch {
	case g.EndedAt == "" && (drawn || g.Secret+g.Seed+g.Void+g.RecordCode != ""):
		return f.because("result_early")
	case g.EndedAt == "":
		return f.because("not_opened")
	case !ok:
		return f.because("result_none")
	case !timeFits(g.EndedAt) || g.EndedAt < l.LockedAt || !Clean(g.Void):
		return f.because("time_form")
	case g.Seed == "" && drawn:
		return f.because("result_more")
	}
	if g.Seed != "" {
		if fault, args := g.compareResult(l); fault != "" {
			return f.because(fault, args...)
		}
	}
	if now := CodeOf(g.record()); now != g.RecordCode {
		return f.because("record_code", g.RecordCode, now)
	}
	if g.Seed == "" {
		return f.because("not_opened")
	}
	return f
}

// compareResult finds the first place that is not as the seed gives it.
func (g Log) compareResult(l List) (fault string, args []any) {
	result, waiting, spare, err := l.outcome(g.Seed)
	if err != nil {
		return "result_none", nil
	}
	for i, r := range result {
		if i >= len(g.Result) || g.Result[i] != r {
			return "result_booth", []any{r.Booth, r.Name}
		}
	}
	for i, r := range waiting {
		if i >= len(g.Waiting) || g.Waiting[i] != r {
			return "result_waiting", []any{i + 1, r.Name}
		}
	}
	if len(g.Result) != len(result) || len(g.Waiting) != len(waiting) || !slices.Equal(g.Spare, spare) {
		return "result_more", nil
	}
	return "", nil
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

// Continues reports whether a log is a later state of one that was handed out while numbers were called: list and promise are
// the same, and so is what was taken down until then, but for what was mended since.
func (g Log) Continues(earlier Log) bool {
	if earlier.EndedAt != "" || len(earlier.Mends) > len(g.Mends) || len(earlier.Calls) > len(g.Calls) {
		return false
	}
	then := Log{Format: g.Format, List: g.List, LineCodes: g.LineCodes, ListCode: g.ListCode, Commitment: g.Commitment, Calls: slices.Clone(g.Calls),
		Mends: g.Mends[:len(earlier.Mends)], Source: g.Source}
	for _, m := range slices.Backward(g.Mends[len(earlier.Mends):]) {
		then.put(m.Call, m.Part, m.Was)
	}
	if then.Calls = then.Calls[:len(earlier.Calls)]; earlier.Source == "" {
		then.Source = ""
	}
	_, same := Compare(earlier, then)
	return same
}

// put writes what stood at a part of a call, from 1, or at the public source. What can be none is left as it is.
func (g *Log) put(call int, part Part, value string) {
	if part == PartSource {
		g.Source = value
		return
	}
	if call < 1 || call > len(g.Calls) {
		return
	}
	c := &g.Calls[call-1]
	switch part {
	case PartNumber:
		if n, ok := count(value, 0, MostNumber); ok {
			c.Number = n
		}
	case PartName:
		c.Name = value
	case PartRole:
		c.Role = value
	}
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
		mends = append(mends, strconv.Itoa(m.Call)+" "+string(m.Part)+": "+m.Was+" > "+m.Now+" "+m.Reason)
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
		{"result", given(g.Result)}, {"waiting", given(g.Waiting)}, {"spare", strings.Join(g.Spare, " ")}, {"void", g.Void}, {"ended_at", g.EndedAt},
		{"record_code", g.RecordCode}}
}
