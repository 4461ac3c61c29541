package recurrence

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// version is that of the stored form. A change of it teaches Decode to read what the
// older ones wrote; a form that is newer than the program is refused whole.
const version = 1

// stored is a rule as it is kept.
type stored struct {
	Version int `json:"v"`
	Rule
}

// ErrNewer says that a rule was stored by a newer program.
var ErrNewer = errors.New("the rule was stored by a newer program")

// Encode writes a rule as it is stored: equal rules give equal texts.
func (r Rule) Encode() string {
	text, err := json.Marshal(stored{version, r.tidy()})
	if err != nil {
		panic(err) // numbers and strings alone
	}
	return string(text)
}

// Decode reads what Encode wrote, now or in an older version. It refuses a newer one,
// fields that it does not know, text behind the rule, and a rule with faults: a rule that
// is half understood would give other days than its author chose.
func Decode(text string) (Rule, error) {
	var head struct {
		Version int `json:"v"`
	}
	if err := json.Unmarshal([]byte(text), &head); err != nil {
		return Rule{}, fmt.Errorf("stored rule: %w", err)
	}
	if head.Version > version {
		return Rule{}, fmt.Errorf("version %d: %w", head.Version, ErrNewer)
	}
	if head.Version < 1 {
		return Rule{}, fmt.Errorf("stored rule of version %d", head.Version)
	}
	return decodeFirst(text)
}

// decodeFirst reads version 1.
func decodeFirst(text string) (Rule, error) {
	var s stored
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Rule{}, fmt.Errorf("stored rule: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Rule{}, errors.New("stored rule: more text behind it")
	}
	return s.Rule, s.Faults().Err()
}

// tidy sorts the lists and names each value once.
func (r Rule) tidy() Rule {
	r.Weekdays, r.Days, r.Branches = distinct(r.Weekdays), distinct(r.Days), distinct(r.Branches)
	r.Weeks = distinct(r.Weeks)
	if len(r.Weeks) > 0 && r.Weeks[0] == Last {
		r.Weeks = append(r.Weeks[1:], Last)
	}
	r.Dates = slices.Clone(r.Dates)
	slices.SortFunc(r.Dates, func(a, b LunarDay) int { return (a.Month-b.Month)*100 + a.Day - b.Day })
	r.Dates = slices.Compact(r.Dates)
	r.Skipped = slices.Compact(slices.Sorted(slices.Values(r.Skipped)))
	return r
}
