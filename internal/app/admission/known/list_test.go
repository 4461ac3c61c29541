package known

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"hoicho/internal/registry"
)

// register is where the lists of a test are read from: lines by code, each with the number
// of its newest change.
type register struct {
	lines map[string]int64
	reads []int64 // the numbers that lines were asked for after
}

func (r *register) read(change int64) (lines []Listed, err error) {
	r.reads = append(r.reads, change)
	for code, n := range r.lines {
		if n > change {
			lines = append(lines, Listed{Code: code, Change: n, Voucher: code > "v", JSON: fmt.Appendf(nil, "%s%d", code, n)})
		}
	}
	return lines, nil
}

func (r *register) since(t *testing.T, l *Lists, now ListState, change int64) string {
	t.Helper()
	lines, err := l.Since(now, change, false, r.read)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.Join(lines, []byte(" ")))
}

// TestListIsReadOnce: what was read for one phone is told to the next; of what changed only
// that is read, and lines stand in the order of their codes.
func TestListIsReadOnce(t *testing.T) {
	var l Lists
	r := register{lines: map[string]int64{"b": 1, "a": 2, "v1": 1}}
	now := ListState{Event: fair, Change: 2, Now: 1}
	if got := r.since(t, &l, now, -1); got != "a2 b1 v11" {
		t.Errorf("the whole list is %s", got)
	}
	r.since(t, &l, now, -1)
	r.lines["b"], r.lines["aa"], now.Change = 4, 3, 4
	if got := r.since(t, &l, now, 2); got != "aa3 b4" {
		t.Errorf("after change 2: %s", got)
	}
	if got := r.since(t, &l, now, 3); got != "b4" {
		t.Errorf("after change 3: %s", got)
	}
	if got := r.since(t, &l, now, -1); got != "a2 aa3 b4 v11" {
		t.Errorf("the whole list is then %s", got)
	}
	if !slices.Equal(r.reads, []int64{-1, 2}) {
		t.Errorf("it was read after %v", r.reads)
	}
	if sellers, _ := l.Since(now, -1, true, r.read); len(sellers) != 1 || string(sellers[0]) != "v11" {
		t.Errorf("a seller's phone gets %s", sellers)
	}
}

// TestListIsReadAnew: a restore, a changed name and age make a list anew; a transaction that
// began before the list had come so far does not take it back.
func TestListIsReadAnew(t *testing.T) {
	was := ListState{Event: fair, Epoch: 1, Seen: 7, Change: 5, Now: 1000}
	for name, c := range map[string]struct {
		now  ListState
		read []int64
	}{
		"nothing":                {was, nil},
		"an older transaction":   {ListState{Event: fair, Epoch: 1, Seen: 7, Change: 4, Now: 1000}, nil},
		"a change":               {ListState{Event: fair, Epoch: 1, Seen: 7, Change: 6, Now: 1000}, []int64{5}},
		"a name was changed":     {ListState{Event: fair, Epoch: 1, Seen: 8, Change: 5, Now: 1000}, []int64{-1}},
		"a restore":              {ListState{Event: fair, Epoch: 2, Seen: 7, Change: 2, Now: 1000}, []int64{-1}},
		"ten minutes":            {ListState{Event: fair, Epoch: 1, Seen: 7, Change: 5, Now: 1000 + maxAge}, []int64{-1}},
		"a clock that went back": {ListState{Event: fair, Epoch: 1, Seen: 7, Change: 5, Now: 999}, []int64{-1}},
	} {
		var l Lists
		r := register{lines: map[string]int64{"a": 5}}
		r.since(t, &l, was, -1)
		r.reads = nil
		if r.since(t, &l, c.now, -1); !slices.Equal(r.reads, c.read) {
			t.Errorf("%s: read after %v, want %v", name, r.reads, c.read)
		}
	}
}

// TestListsAreBounded: lists of many events do not stay beyond the bound, and the one that
// was asked for last does.
func TestListsAreBounded(t *testing.T) {
	var l Lists
	r := register{lines: map[string]int64{}}
	for i := range maxListed / 4 {
		r.lines[fmt.Sprint(i)] = 1
	}
	for i := range 6 {
		r.since(t, &l, ListState{Event: registry.EventID(fmt.Sprint(i)), Change: 1, Now: 1}, 1)
		if l.rows > maxListed || l.events[registry.EventID(fmt.Sprint(i))] == nil {
			t.Errorf("%d rows are kept after %d events", l.rows, i+1)
		}
	}
}
