package period

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hoicho/internal/registry"
)

// FormCode names a form of report, as addresses have it.
type FormCode string

// The forms.
const (
	CommuneForm FormCode = "xa"    // filed by communes, for the province
	BranchForm  FormCode = "nganh" // filed by member branches and organisations, for the committee
)

// FormCodes lists the forms in the order shown to people.
var FormCodes = []FormCode{CommuneForm, BranchForm}

// Code names a figure.
type Code string

// Unit is what a figure counts.
type Unit string

// The units. A share is in parts of a thousand.
const (
	Number Unit = "number"
	Dong   Unit = "dong"
	Share  Unit = "share"
)

// Typing says whether a figure may be typed.
type Typing string

// When a figure may be typed.
const (
	NeverTyped  Typing = ""       // rows of the register alone count
	TypedAbsent Typing = "absent" // where the register has no row for it
	TypedAlways Typing = "always" // no register knows it
)

// Figure is a figure that a form asks for.
type Figure struct {
	Code   Code
	Group  string // code of the group that it stands in
	VI, EN string
	Unit   Unit
	Key    bool   // stands in the short table
	Typing Typing // whether it may be typed
	Secret bool   // tells of single vendors: withheld where fewer than Fewest of them stand behind it
	Most   int64  // more than this in a year is asked about; 0 is no bound
	// Of is the figure by which this one is divided: in a share the whole, else what each of its
	// rows holds, of which fewer than Least or more than Each is asked about.
	Part, Of    Code
	Least, Each int64
}

// Text is what the figure is called in a language.
func (f Figure) Text(lang string) string {
	if lang == "en" {
		return f.EN
	}
	return f.VI
}

// Rows is the figure whose rows stand behind this one: of a share the whole, else itself.
func (f Figure) Rows() Code {
	if f.Unit == Share {
		return f.Of
	}
	return f.Code
}

// Bound is how much of the figure is plausible in a period; 0 is no bound.
func (f Figure) Bound(p Part) int64 {
	first, last := p.Months()
	return (f.Most*int64(last-first+1) + 11) / 12
}

// datedFigure is a figure with the days on which forms ask for it.
type datedFigure struct {
	Figure
	forms       []FormCode
	from, until string // until is the last day; "" goes on
}

// turn is when a part is reported on in a form: the day on which the report opens and the last
// day for it, counted from the last day of the period.
type turn struct {
	form        FormCode
	part        Part
	opens, due  int
	from, until int // years; until 0 goes on
}

// Forms are the dated forms (package data, report_forms.csv and report_periods.csv).
type Forms struct {
	figures []datedFigure
	turns   []turn
}

// ParseForms reads both tables. A word that is none and a figure that stands twice in a form on
// one day are errors.
func ParseForms(fields, periods io.Reader) (f Forms, err error) {
	rows, err := readTable(fields, "report_forms", 14)
	if err != nil {
		return f, err
	}
	for _, row := range rows {
		d, err := parseFigure(row)
		if err == nil && slices.ContainsFunc(f.figures, d.clashes) {
			err = fmt.Errorf("report_forms: %s stands twice on one day", d.Code)
		}
		if err != nil {
			return f, err
		}
		f.figures = append(f.figures, d)
	}
	if rows, err = readTable(periods, "report_periods", 6); err != nil {
		return f, err
	}
	for _, row := range rows {
		t := turn{form: FormCode(row[0]), part: Part(row[1])}
		n, err := numbers(row[2:])
		if err != nil || !slices.Contains(FormCodes, t.form) || !slices.Contains(Parts, t.part) {
			return f, fmt.Errorf("report_periods: %v says nothing: %w", row, err)
		}
		t.opens, t.due, t.from, t.until = int(n[0]), int(n[1]), int(n[2]), int(n[3])
		f.turns = append(f.turns, t)
	}
	return f, nil
}

func readTable(table io.Reader, name string, columns int) ([][]string, error) {
	r := csv.NewReader(table)
	r.FieldsPerRecord = columns
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		return nil, fmt.Errorf("%s: %w", name, cmp.Or(err, io.ErrUnexpectedEOF))
	}
	return rows[1:], nil
}

// numbers reads whole numbers; "" is 0.
func numbers(texts []string) ([]int64, error) {
	out := make([]int64, len(texts))
	for i, text := range texts {
		if text == "" {
			continue
		}
		var err error
		if out[i], err = strconv.ParseInt(text, 10, 64); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func parseFigure(row []string) (d datedFigure, err error) {
	d.Figure = Figure{Code: Code(row[1]), Group: row[2], VI: row[3], EN: row[4], Unit: Unit(row[5]), Typing: Typing(row[7])}
	for word := range strings.FieldsSeq(row[0]) {
		d.forms = append(d.forms, FormCode(word))
	}
	for word := range strings.FieldsSeq(row[6]) {
		switch word {
		case "key":
			d.Key = true
		case "secret":
			d.Secret = true
		default:
			err = fmt.Errorf("report_forms: %s is %q, which is nothing", d.Code, word)
		}
	}
	bounds, bad := numbers([]string{row[8], row[10], row[11]})
	if bad != nil || err != nil {
		return d, cmp.Or(err, bad)
	}
	d.Most, d.Least, d.Each = bounds[0], bounds[1], bounds[2]
	if part, whole, ok := strings.Cut(row[9], "/"); ok {
		d.Part, d.Of = Code(part), Code(whole)
	} else {
		d.Of = Code(row[9])
	}
	d.from, d.until = row[12], row[13]
	return d, nil
}

func (d datedFigure) on(day string) bool { return d.from <= day && (d.until == "" || day <= d.until) }

func (d datedFigure) clashes(o datedFigure) bool {
	shared := slices.ContainsFunc(d.forms, func(f FormCode) bool { return slices.Contains(o.forms, f) })
	return d.Code == o.Code && shared && (d.on(o.from) || o.on(d.from))
}

// Figures are what a form asks for in a period: what stands in it on the last day.
func (f Forms) Figures(form FormCode, p Period) (list []Figure) {
	for _, d := range f.figures {
		if slices.Contains(d.forms, form) && d.on(p.LastDay()) {
			list = append(list, d.Figure)
		}
	}
	return list
}

// Calendar is when a period is reported on.
type Calendar struct {
	Form   FormCode
	Period Period
	Opens  string // first day on which reports are taken, YYYY-MM-DD
	Due    string // last day for them
}

// Calendar tells when a form is filed for a period; false where the form has no such period.
func (f Forms) Calendar(form FormCode, p Period) (Calendar, bool) {
	for _, t := range f.turns {
		if t.form == form && t.part == p.Part && t.from <= p.Year && (t.until == 0 || p.Year <= t.until) {
			last := p.LastDay()
			return Calendar{form, p, registry.AddDays(last, t.opens), registry.AddDays(last, t.due)}, true
		}
	}
	return Calendar{}, false
}

// Parts are the parts of a year that a form is filed for, in their order.
func (f Forms) Parts(form FormCode, year int) (parts []Part) {
	for _, part := range Parts {
		if _, ok := f.Calendar(form, Period{year, part}); ok {
			parts = append(parts, part)
		}
	}
	return parts
}

// Current is the period of a form that is being filed on a day, or was filed last.
func (f Forms) Current(form FormCode, day string) (last Calendar, ok bool) {
	year, err := strconv.Atoi(day[:4])
	if err != nil {
		return Calendar{}, false
	}
	for _, y := range []int{year - 1, year} {
		for _, part := range f.Parts(form, y) {
			if c, known := f.Calendar(form, Period{y, part}); known && c.Opens <= day {
				last, ok = c, true
			}
		}
	}
	return last, ok
}
