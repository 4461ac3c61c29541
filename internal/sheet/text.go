package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"hoicho/internal/vn"
)

// readText reads lines with cells between semicolons, commas or tabs.
func readText(raw []byte) (*Book, error) {
	text, err := decoded(raw)
	if err != nil {
		return nil, err
	}
	if head := strings.ToLower(strings.TrimSpace(text[:min(len(text), 512)])); strings.HasPrefix(head, "<") {
		return nil, refuse("web_page") // a page or XML that calls itself .xls
	}
	if strings.HasPrefix(text, "%PDF") || strings.ContainsRune(text, 0) {
		return nil, refuse("no_table")
	}
	text, comma := separator(text)
	b := &Book{}
	if err := b.readLines(text, comma); err != nil {
		return nil, err
	}
	return b, b.checkCoding(raw)
}

// decoded is the text of a file in UTF-8, in UTF-16 with its mark, or else byte for byte,
// as typefaces of before Unicode have it.
func decoded(raw []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(raw, []byte("\xEF\xBB\xBF")); ok {
		raw = rest
	}
	switch {
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return decodedWide(raw[2:], 0, 1), nil
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return decodedWide(raw[2:], 1, 0), nil
	case utf8.Valid(raw):
		return string(raw), nil
	case bytes.IndexByte(raw, 0) >= 0:
		return "", refuse("no_table")
	}
	letters := make([]rune, len(raw))
	for i, b := range raw {
		letters[i] = rune(b)
	}
	return string(letters), nil
}

func decodedWide(raw []byte, low, high int) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i+low]) | uint16(raw[2*i+high])<<8
	}
	return string(utf16.Decode(units))
}

// sampleLines is how many lines say what separates the cells.
const sampleLines = 30

// separator finds what stands between cells: what the first line says (sep=;), or what
// most lines have as often as each other outside quotes. It returns the text without
// such a first line, whose row stays counted.
func separator(text string) (rest string, comma rune) {
	if line, _, _ := strings.Cut(text, "\n"); strings.HasPrefix(line, "sep=") && len(strings.TrimSpace(line)) == len("sep=")+1 {
		return text[len(strings.TrimRight(line, "\r")):], rune(line[len("sep=")])
	}
	best, comma := 0, ';'
	for _, c := range []rune{';', '\t', ','} {
		if n := regular(text, c); n > best {
			best, comma = n, c
		}
	}
	return text, comma
}

// regular counts the lines at the beginning that have a separator as often as most, each
// as often as it has it.
func regular(text string, c rune) (n int) {
	counts := map[int]int{}
	quoted, here := false, 0
	lines := 0
	for _, r := range text + "\n" {
		switch {
		case r == '"':
			quoted = !quoted
		case r == c && !quoted:
			here++
		case r == '\n' && !quoted:
			counts[here]++
			here = 0
			if lines++; lines == sampleLines {
				return mostRegular(counts)
			}
		}
	}
	return mostRegular(counts)
}

func mostRegular(counts map[int]int) (best int) {
	for each, lines := range counts {
		best = max(best, each*lines*lines)
	}
	return best
}

// readLines fills the rows. A row is counted as spreadsheet programs do: a cell of several
// lines is in one row, an empty line is a row.
func (b *Book) readLines(text string, comma rune) error {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	n, next := 0, 1 // the row, and the line after it
	end := int64(0)
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			return refuse("quotes", bad.StartLine)
		}
		if err != nil {
			return refuse("no_table")
		}
		line, _ := r.FieldPos(0)
		n += line - next + 1
		next = line + strings.Count(strings.TrimLeft(text[end:r.InputOffset()], "\r\n"), "\n")
		if end = r.InputOffset(); !strings.HasSuffix(text[:end], "\n") {
			next++
		}
		if err := b.addLine(n, fields); err != nil {
			return err
		}
	}
}

func (b *Book) addLine(n int, fields []string) error {
	row := Row{N: n}
	for i, text := range fields {
		text = clean(text)
		if text == "" {
			continue
		}
		if err := checkCell(n, i, text); err != nil {
			return err
		}
		row.Cells = append(row.Cells, Cell{Text: strings.Clone(text), Col: i})
	}
	return b.add(row)
}

// add adds a row if it has anything.
func (b *Book) add(row Row) error {
	if len(row.Cells) == 0 {
		return nil
	}
	if len(b.Rows) == MaxRows+1 { // with the line of headings
		return refuse("rows", MaxRows)
	}
	b.Rows = append(b.Rows, row)
	return nil
}

// checkCell refuses what no table of people has.
func checkCell(row, col int, text string) error {
	if col >= MaxColumns {
		return refuse("columns", CellName(row, col), MaxColumns)
	}
	if len(text) > maxText && len(utf16.Encode([]rune(text))) > maxText {
		return refuse("cell", CellName(row, col))
	}
	return nil
}

// clean takes spaces from the ends and composes letters with their marks.
func clean(text string) string { return strings.TrimSpace(vn.NFC(text)) }

// checkCoding refuses a text that is neither UTF-8 nor of an old typeface: its letters
// would come out wrong.
func (b *Book) checkCoding(raw []byte) error {
	if utf8.Valid(raw) || bytes.HasPrefix(raw, []byte("\xFF\xFE")) || bytes.HasPrefix(raw, []byte("\xFE\xFF")) {
		return nil
	}
	if len(b.OldColumns()) == 0 {
		return refuse("coding")
	}
	return nil
}
