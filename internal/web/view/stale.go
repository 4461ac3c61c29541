package view

import (
	"errors"
	"slices"
	"strings"

	"hoicho/internal/registry"
)

// Stale is what a form shows when somebody else has saved what it is about: where
// the two differ, and the choice. The form keeps the version that it was read
// with, so that sending it again without choosing saves nothing.
type Stale struct {
	Base
	Version int64  // of what is stored now; sent as "over" by whoever saves over it
	Href    string // shows what is stored now
	Lines   []staleLine
}

// staleLine is a field that differs.
type staleLine struct{ Label, Theirs, Mine string }

// IsStale reports whether a save was refused because what it is about was changed
// since it was read.
func IsStale(err error) bool {
	e, ok := errors.AsType[*registry.Error](err)
	return ok && e.Kind == registry.Conflict && e.Key == "error.stale"
}

// ReadAt is the version that a form saves over: the one it was read with, or the
// newer one that its sender has chosen to replace.
func ReadAt(version, over int64) int64 {
	if over > 0 {
		return over
	}
	return version
}

// NewStale compares a form as it was sent with the same form of what is stored.
func NewStale(b Base, version int64, href string, mine, theirs []Field) *Stale {
	st := &Stale{Base: b, Version: version, Href: href}
	for i := range min(len(mine), len(theirs)) {
		st.Compare(mine[i].Label, mine[i].Said(b), theirs[i].Said(b))
	}
	return st
}

// Compare adds a line for what differs.
func (st *Stale) Compare(label, mine, theirs string) {
	if mine != theirs {
		st.Lines = append(st.Lines, staleLine{label, theirs, mine})
	}
}

// Said is what a field holds, in words. A file is not compared.
func (f Field) Said(b Base) string {
	switch {
	case f.Type == "file":
		return ""
	case f.Type == "checkbox" && f.Value != "":
		return b.T("form.stale.yes")
	case f.Type == "checkbox":
		return b.T("form.stale.no")
	case f.Options == nil:
		return strings.ReplaceAll(f.read(b.ReadOn), "\r\n", "\n")
	}
	var chosen []string
	for _, o := range f.Options {
		if o.Selected {
			chosen = append(chosen, o.Label)
		}
	}
	return strings.Join(chosen, "\n")
}

// SaidLine is a line of a table in words.
func SaidLine(cells ...string) string {
	return strings.Join(slices.DeleteFunc(cells, func(c string) bool { return c == "" }), " · ")
}

// RowsSaid are the lines of a table of the form in words.
func RowsSaid[T interface{ Said() string }](rows []T) string {
	var lines []string
	for _, r := range rows {
		lines = append(lines, r.Said())
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
}
