package archive

import (
	"context"
	"slices"
	"strconv"
	"time"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// people are the registers whose rows are called by somebody's name: their label is left out.
var people = []string{"inspection", "support", "matching"}

// rows writes the rows behind each report that was handed in, as they were then, and its addenda.
func (m *maker) rows(ctx context.Context) error {
	for _, t := range m.turns {
		err := m.eachFiled(t, func(k period.Key, name string) error { return m.rowsOf(ctx, t, k, name) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) rowsOf(ctx context.Context, t turn, k period.Key, name string) error {
	f, err := m.Periods.Frozen(ctx, m.actor, k)
	if err != nil {
		return err
	}
	path := "dong/" + t.String() + "-" + fileName(k)
	if err := m.table(path+".csv", say("archive.rows", name, t.name()), rowTable(f.Figures, f.Lines)); err != nil || len(f.Addenda) == 0 {
		return err
	}
	if err := m.table(path+"-bo-sung.csv", say("archive.addenda", name, t.name()), addendaTable(f)); err != nil {
		return err
	}
	return m.table(path+"-bo-sung-dong.csv", say("archive.rows_since", name, t.name()), rowTable(f.Figures, f.Since))
}

func (m *maker) table(path, title string, t report.Table) error {
	data, err := t.CSV()
	if err != nil {
		return err
	}
	return m.book.add(path, title, data)
}

func heads(keys ...string) (list []report.Column) {
	for _, key := range keys {
		list = append(list, report.Column{Label: say(key)})
	}
	return list
}

// rowTable lists rows with what each adds to the figures of a form.
func rowTable(figures []period.Figure, lines []period.Line) report.Table {
	t := report.Table{Columns: heads("archive.register", "archive.row", "archive.label", "archive.day")}
	for _, f := range figures {
		t.Columns = append(t.Columns, report.Column{Label: f.VI + unitOf(f)})
	}
	for _, l := range lines {
		values := period.Values{}
		for code, n := range l.Adds {
			values[code] = period.Value{N: n}
		}
		if slices.Contains(people, l.Source) {
			l.Label = ""
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells(figures, values, say("period.source."+l.Source), l.ID, l.Label, l.Day)})
	}
	return t
}

// addendaTable lists what figures the addenda of a report moved.
func addendaTable(f periods.Frozen) report.Table {
	t := report.Table{Columns: heads("archive.addendum", "archive.day", "archive.reason", "archive.figure", "archive.was", "archive.is")}
	for _, add := range f.Addenda {
		for _, move := range add.Moves {
			i := slices.IndexFunc(f.Figures, func(x period.Figure) bool { return x.Code == move.Code })
			name := string(move.Code)
			if i >= 0 {
				name = f.Figures[i].VI + unitOf(f.Figures[i])
			}
			t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: strconv.Itoa(add.N)}, {Text: vn.DateOf(time.UnixMilli(add.At))}, {Text: add.Reason},
				{Text: name}, {Kind: report.NumberCell, N: move.Was}, {Kind: report.NumberCell, N: move.Is}}})
		}
	}
	return t
}
