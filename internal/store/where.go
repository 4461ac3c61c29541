package store

import (
	"strconv"
	"strings"
)

// where builds the WHERE of a filtered list, numbering the placeholders.
// Conditions are joined by AND; text comes from the code, values from args.
type where struct {
	conds []string
	args  []any
}

// add appends a condition; each ? in it takes the next argument.
func (w *where) add(cond string, args ...any) {
	for _, a := range args {
		cond = strings.Replace(cond, "?", w.arg(a), 1)
	}
	w.conds = append(w.conds, cond)
}

// arg appends an argument and returns its placeholder.
func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

// in appends column IN (…); an empty list matches nothing.
func in[T ~string](w *where, column string, values []T) {
	if len(values) == 0 {
		w.conds = append(w.conds, "1 = 0")
		return
	}
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = w.arg(string(v))
	}
	w.conds = append(w.conds, column+" IN ("+strings.Join(marks, ", ")+")")
}

// String is the clause with its keyword, or "" without conditions.
func (w *where) String() string {
	if len(w.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conds, " AND ")
}

// values writes the rows of a multi-row VALUES list: n rows of k placeholders.
func values(n, k int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for j := range k {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteString("$" + strconv.Itoa(i*k+j+1))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// foldLike is the LIKE pattern for a folded search text: every word somewhere,
// with the pattern characters of the text taken literally. Use with ESCAPE '!'.
func foldLike(folded string) string {
	esc := strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(folded)
	return "%" + esc + "%"
}
