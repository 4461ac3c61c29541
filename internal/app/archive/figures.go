package archive

import (
	"context"
	"encoding/json"
	"fmt"

	"hoicho/internal/app/periods"
	"hoicho/internal/i18n"
	"hoicho/internal/period"
	"hoicho/internal/report"
	stored "hoicho/internal/store/period"
)

func say(key string, args ...any) string { return i18n.T(lang, key, args...) }

// name is a period as people call it.
func (t turn) name() string {
	if t.Part == period.WholeYear {
		return say("period.year", fmt.Sprint(t.Year))
	}
	return say("period.of_year", say("period.part."+string(t.Part)), fmt.Sprint(t.Year))
}

// unitFigures are the figures of a unit for a period; none before its report is handed in.
type unitFigures struct {
	Unit    string        `json:"unit"`
	Name    string        `json:"name"`
	State   string        `json:"state"`
	Figures period.Values `json:"figures"`
}

// formFigures are the figures of a form for a period.
type formFigures struct {
	Period   string        `json:"period"`
	Form     string        `json:"form"`
	Province string        `json:"province"`
	Locked   bool          `json:"locked"`
	Sum      period.Values `json:"sum"`
	Own      period.Values `json:"in_no_commune,omitempty"`
	Units    []unitFigures `json:"units"`
}

// method is how a figure is counted.
type method struct {
	Code      period.Code   `json:"code"`
	VI        string        `json:"vi"`
	EN        string        `json:"en"`
	Unit      period.Unit   `json:"unit"`
	Typed     period.Typing `json:"typed"`
	Registers []string      `json:"registers"`
	Part      period.Code   `json:"part,omitempty"`
	Of        period.Code   `json:"of,omitempty"`
	Secret    bool          `json:"withheld_below_three_vendors,omitempty"`
}

// allFigures is the file of all figures.
type allFigures struct {
	Year   int           `json:"year"`
	Method string        `json:"method"`
	Counts []method      `json:"counted"`
	Forms  []formFigures `json:"forms"`
}

// figures writes the matrix of each form and period, and all figures with how they are counted.
func (m *maker) figures(context.Context) error {
	all := allFigures{Year: m.year, Method: say("archive.method")}
	known := map[period.Code]bool{}
	for _, t := range m.turns {
		for _, o := range t.forms {
			if !t.begun() || len(o.Rows) == 0 {
				continue
			}
			if err := m.matrix(t, o); err != nil {
				return err
			}
			all.Forms = append(all.Forms, figuresOf(o))
			all.Counts = methods(all.Counts, o.Figures, known)
		}
	}
	data, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	return m.book.add("so-lieu/so-lieu.json", say("archive.all_figures"), append(data, '\n'))
}

// methods adds to a list how figures are counted that it does not have.
func methods(list []method, figures []period.Figure, known map[period.Code]bool) []method {
	for _, f := range figures {
		if !known[f.Code] {
			known[f.Code] = true
			list = append(list, method{f.Code, f.VI, f.EN, f.Unit, f.Typing, stored.RegistersOf(f.Rows()), f.Part, f.Of, f.Secret})
		}
	}
	return list
}

func figuresOf(o periods.Overview) formFigures {
	f := formFigures{Period: o.Query.Period.String(), Form: string(o.Query.Form), Province: o.Province.String(), Locked: o.Lock != nil, Sum: o.Sum}
	if o.Own != nil {
		f.Own = o.Own.Values
	}
	for _, row := range o.Rows {
		u := unitFigures{Unit: row.Key, Name: row.Name, State: string(row.State)}
		if row.Filed {
			u.Figures = row.Values
		}
		f.Units = append(f.Units, u)
	}
	return f
}

// matrix writes the units of an overview with their figures as CSV.
func (m *maker) matrix(t turn, o periods.Overview) error {
	table := report.Table{Columns: []report.Column{{Label: say("archive.code")}, {Label: say("period.field.unit")}, {Label: say("period.field.state")}}}
	for _, f := range o.Figures {
		table.Columns = append(table.Columns, report.Column{Label: f.VI + unitOf(f)})
	}
	for _, row := range o.Rows {
		values := row.Values
		if !row.Filed {
			values = nil
		}
		table.Rows = append(table.Rows, report.Row{Cells: cells(o.Figures, values, row.Key, row.Name, say("period.state."+string(row.State)))})
	}
	if o.Own != nil {
		table.Rows = append(table.Rows, report.Row{Cells: cells(o.Figures, o.Own.Values, "", say("period.own"), "")})
	}
	table.Rows = append(table.Rows, report.Row{Cells: cells(o.Figures, o.Sum, "", say("archive.sum"), "")})
	data, err := table.CSV()
	if err != nil {
		return err
	}
	path := "so-lieu/" + t.String() + "-" + string(o.Query.Form) + "-" + o.Province.Code + ".csv"
	return m.book.add(path, say("archive.matrix", say("period.form."+string(o.Query.Form)), t.name()), data)
}

// unitOf is the unit of a figure behind its name; a count has none.
func unitOf(f period.Figure) string {
	switch f.Unit {
	case period.Dong:
		return " (đồng)"
	case period.Share:
		return " (‰)"
	}
	return ""
}

// cells are texts and the figures behind them: empty for one that is not known, in words for one
// that is withheld.
func cells(figures []period.Figure, values period.Values, texts ...string) (list []report.Cell) {
	for _, text := range texts {
		list = append(list, report.Cell{Text: text})
	}
	for _, f := range figures {
		switch v, known := values[f.Code]; {
		case v.Withheld:
			list = append(list, report.Cell{Text: say("period.withheld_short")})
		case !known:
			list = append(list, report.Cell{})
		default:
			list = append(list, report.Cell{Kind: report.NumberCell, N: v.N})
		}
	}
	return list
}
