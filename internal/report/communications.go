package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"

	"hoicho/internal/i18n"
)

// CommunicationRow is an entry of the register of communications as a file lists it.
type CommunicationRow struct {
	Number, Channel   string // Channel is a code of "channel.name." or a name
	Own               bool   // Channel is a name
	Counted           bool   // else People is not known
	Times, People     int64
	Edition, Code     string // of the unit
	Area              string // its name on that day
	Village, Place    string
	From, Until       string // YYYY-MM-DD; Until "" is still up
	Topic             string
	Audiences         []string // codes of "communication.audience."
	Quantity          int64    // 0 is not said, as is each figure below
	Minutes, Cost     int64
	Body, Link        string
	Photos            int64
	Asked             bool
	EnteredBy, Struck string // Struck is the reason; "" counts
}

// communicationColumns are the columns in the order of the form.
var communicationColumns = []struct {
	key    string
	number bool
	weight float64
}{
	{"number", false, 1}, {"channel", false, 2}, {"times", true, 1}, {"people", true, 1}, {"area", false, 2}, {"area_code", false, 1},
	{"village", false, 2}, {"place", false, 2}, {"day", false, 1}, {"down_on", false, 1}, {"topic", false, 3}, {"audience", false, 2},
	{"quantity", true, 1}, {"minutes", true, 1}, {"cost", true, 1}, {"body", false, 2}, {"link", false, 2}, {"photo", true, 1},
	{"asked", false, 1}, {"entered", false, 2}, {"struck", false, 2},
}

// CommunicationTable lists entries under the labels of their form.
func CommunicationTable(lang string, rows []CommunicationRow) Table {
	t := Table{Name: i18n.T(lang, "communication.register")}
	for _, c := range communicationColumns {
		t.Columns = append(t.Columns, Column{Label: i18n.T(lang, "communication.field."+c.key), Number: c.number, Weight: c.weight})
	}
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Cells: r.cells(lang)})
	}
	return t
}

func (r CommunicationRow) cells(lang string) []Cell {
	channel := r.Channel
	if !r.Own {
		channel = i18n.T(lang, "channel.name."+r.Channel)
	}
	people := text(i18n.T(lang, "communication.uncounted"))
	if r.Counted {
		people = number(r.People)
	}
	var audiences []string
	for _, a := range r.Audiences {
		audiences = append(audiences, i18n.T(lang, "communication.audience."+a))
	}
	asked := ""
	if r.Asked {
		asked = i18n.T(lang, "communication.state.asked")
	}
	until := text(i18n.T(lang, "communication.state.up"))
	if r.Until != "" {
		until = day(r.Until)
	}
	return []Cell{code(r.Number), text(channel), number(r.Times), people, text(r.Area), code(r.Edition + ":" + r.Code), text(r.Village), text(r.Place),
		day(r.From), until, text(r.Topic), text(strings.Join(audiences, ", ")), unlessZero(r.Quantity), unlessZero(r.Minutes), unlessZero(r.Cost),
		text(r.Body), text(r.Link), unlessZero(r.Photos), text(asked), text(r.EnteredBy), text(r.Struck)}
}

func unlessZero(n int64) Cell {
	if n == 0 {
		return text("")
	}
	return number(n)
}

// XLSX writes a table as a workbook of one sheet. Codes are text, and no cell is ever a
// formula.
func (t Table) XLSX() ([]byte, error) {
	d := Document{Subject: t.Name}
	w, err := newWorkbook(d)
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	defer w.file.Close()
	if err := w.annex(t); err != nil {
		return nil, fmt.Errorf("xlsx %s: %w", t.Name, err)
	}
	return bytesOf(w.file)
}

// CSV writes a table as UTF-8 with the mark by which Excel knows it. Numbers are digits
// alone; a text that a spreadsheet would take for a formula begins with an apostrophe.
func (t Table) CSV() ([]byte, error) {
	var buf bytes.Buffer
	buf.WriteString("\uFEFF")
	w := csv.NewWriter(&buf)
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = c.Label
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, row := range t.Rows {
		line := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			line[i] = csvText(c)
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

// formulaSigns are the signs with which a spreadsheet lets a formula begin, those of Chinese
// and Japanese keyboards too.
const formulaSigns = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

func csvText(c Cell) string {
	switch c.Kind {
	case NumberCell:
		return fmt.Sprint(c.N)
	case DateCell, TimeCell:
		return c.String()
	}
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(c.Text, " \u00a0")); strings.ContainsRune(formulaSigns, first) {
		return "'" + c.Text
	}
	return c.Text
}
