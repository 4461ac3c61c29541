package store

import (
	"fmt"
	"strconv"
	"strings"
)

// fieldColumn is a column of a table that holds a field of a subject as it is.
type fieldColumn struct {
	name  string
	into  any // where it is read into
	value any // what is written
}

// joined is where a list is read into that a column holds as one text; an empty text
// is no list.
type joined struct {
	to   *[]string
	with string
}

// Scan takes the text of the column apart.
func (j joined) Scan(text any) error {
	list, ok := text.(string)
	if !ok {
		return fmt.Errorf("a list is stored as %T", text)
	}
	*j.to = nil
	if list != "" {
		*j.to = strings.Split(list, j.with)
	}
	return nil
}

// columnList is the columns that are read and written as they are, said once for a
// subject. Its statements name the others: keys, times, and what is made of names.
type columnList []fieldColumn

// values are what is written.
func (l columnList) values() []any {
	values := make([]any, len(l))
	for i, c := range l {
		values[i] = c.value
	}
	return values
}

// into is where the columns are read into.
func (l columnList) into() []any {
	into := make([]any, len(l))
	for i, c := range l {
		into[i] = c.into
	}
	return into
}

// names lists the columns, each behind a prefix.
func (l columnList) names(prefix string) string {
	return l.each(0, func(name, _ string) string { return prefix + name })
}

// places lists the numbers of the values, from first.
func (l columnList) places(first int) string {
	return l.each(first, func(_, n string) string { return n })
}

// sets assigns the values, numbered from first, to the columns.
func (l columnList) sets(first int) string {
	return l.each(first, func(name, n string) string { return name + " = " + n })
}

// each joins what a statement says of each column; n counts from first.
func (l columnList) each(first int, say func(name, n string) string) string {
	parts := make([]string, len(l))
	for i, c := range l {
		parts[i] = say(c.name, "$"+strconv.Itoa(first+i))
	}
	return strings.Join(parts, ", ")
}
