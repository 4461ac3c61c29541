package store

import (
	"iter"
	"slices"
	"strconv"
	"strings"
)

// statement is what the marks have to know of a statement that writes into a marked
// table. Statements here are simple: INSERT INTO, UPDATE or DELETE FROM one table.
type statement struct {
	table *markedTable
	verb  string   // "INSERT", "UPDATE", "DELETE"
	sets  []string // columns that it changes in rows that are there
	where string   // of the rows that it changes, with the numbers of args
	args  []any
	clear bool // it was understood
}

// readStatement reads a statement; one that writes into no marked table has no table.
func readStatement(query string, args []any) statement {
	t, verb, rest := writesMarked(query)
	s := statement{table: t, verb: verb, clear: true}
	switch {
	case t == nil:
	case verb == "UPDATE":
		set, where := cutWord(rest, "WHERE")
		_, set = cutWord(set, "SET")
		s.sets = setColumns(set)
		s.where, s.args = renumber(where, args)
	case verb == "INSERT":
		insert, conflict := cutWord(rest, "ON CONFLICT")
		target, update := cutWord(conflict, "DO UPDATE")
		if update == "" {
			break // no row that was there is changed
		}
		update, _ = cutWord(update, "WHERE")
		_, update = cutWord(update, "SET")
		s.sets = setColumns(update)
		s.where, s.args, s.clear = conflicting(insert, target, args)
	}
	return s
}

// writesMarked returns the marked table that a statement writes into, nil for none,
// and what follows its name.
func writesMarked(query string) (t *markedTable, verb, rest string) {
	query = strings.TrimLeft(query, " \t\n")
	for _, verb := range []string{"INSERT INTO ", "UPDATE ", "DELETE FROM "} {
		if rest, found := strings.CutPrefix(query, verb); found {
			end := max(strings.IndexAny(rest, " \t\n("), 0)
			return markedByName[rest[:end]], strings.Fields(verb)[0], rest[end:]
		}
	}
	return nil, "", ""
}

// marks reports whether marks have to follow a statement: an UPDATE of columns that
// no mark covers changes none.
func (s statement) marks() bool { return s.table != nil && (s.verb != "UPDATE" || s.touches()) }

// touches reports whether a statement changes covered columns of rows that are there.
func (s statement) touches() bool {
	return slices.ContainsFunc(s.sets, func(c string) bool { return slices.Contains(s.table.columns, c) })
}

// cutWord cuts a text at the first word, or words, that stands outside parentheses and
// quotes.
func cutWord(text, word string) (before, after string) {
	for i := range outside(text) {
		end := i + len(word)
		if strings.HasPrefix(text[i:], word) && (i == 0 || !wordPart(text[i-1])) && (end == len(text) || !wordPart(text[end])) {
			return text[:i], text[end:]
		}
	}
	return text, ""
}

// outside goes over the places of a text that stand outside parentheses and quotes.
func outside(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		depth, quoted := 0, false
		for i := range len(text) {
			switch c := text[i]; {
			case c == '\'':
				quoted = !quoted
			case quoted:
			case c == '(':
				depth++
			case c == ')':
				depth--
			case depth == 0 && !yield(i):
				return
			}
		}
	}
}

func wordPart(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// pieces cuts a text at the commas outside parentheses and quotes.
func pieces(text string) (parts []string) {
	from := 0
	for i := range outside(text) {
		if text[i] == ',' {
			parts = append(parts, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(text[from:]))
}

// setColumns are the columns on the left of the = in a SET.
func setColumns(set string) (columns []string) {
	for _, piece := range pieces(set) {
		column, _, _ := strings.Cut(piece, "=")
		columns = append(columns, strings.TrimSpace(column))
	}
	return columns
}

// renumber gives the placeholders of a part of a statement numbers of their own.
func renumber(part string, args []any) (string, []any) {
	var b strings.Builder
	var used []any
	numbers := map[int]int{}
	for i := 0; i < len(part); i++ {
		if part[i] != '$' {
			b.WriteByte(part[i])
			continue
		}
		end := i + 1
		for end < len(part) && '0' <= part[end] && part[end] <= '9' {
			end++
		}
		n, _ := strconv.Atoi(part[i+1 : end])
		if n < 1 || n > len(args) {
			return part, args // the engine will say so
		}
		if numbers[n] == 0 {
			used = append(used, args[n-1])
			numbers[n] = len(used)
		}
		b.WriteString("$" + strconv.Itoa(numbers[n]))
		i = end - 1
	}
	return b.String(), used
}

// parenthesised is what stands in the first parentheses of a text, and what follows.
func parenthesised(text string) (inside, after string) {
	from := strings.IndexByte(text, '(')
	if from < 0 {
		return "", ""
	}
	depth := 0
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text[from+1 : i], text[i+1:]
			}
		}
	}
	return "", ""
}

// conflicting is the condition for the row that an INSERT of one row meets, by the
// columns of its ON CONFLICT.
func conflicting(insert, target string, args []any) (where string, used []any, ok bool) {
	names, rest := parenthesised(insert)
	values, more := parenthesised(rest)
	columns, given := pieces(names), pieces(values)
	keys, _ := parenthesised(target)
	if strings.TrimSpace(more) != "" || len(columns) != len(given) || keys == "" {
		return "", nil, false
	}
	var conds []string
	for _, key := range pieces(keys) {
		i := slices.Index(columns, key)
		if i < 0 {
			return "", nil, false
		}
		conds = append(conds, key+" = "+given[i])
	}
	where, used = renumber(strings.Join(conds, " AND "), args)
	return where, used, true
}
