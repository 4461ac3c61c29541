// Package fields is what a paper offers to a Word template: values by their names, and lists of
// rows. It holds what the reader of the paper may read on its page, and nothing else.
//
// What the fields of a paper are called and say belongs to the paper; how a template is filled to
// package docxtemplate.
package fields

import (
	"slices"

	"hoicho/internal/docxtemplate"
)

// Field is a value of a paper by the name under which a template asks for it.
type Field struct{ Name, Label, Value string }

// List is a list of a paper by its name. A row has the fields of Fields, whose values are those of
// the first row.
type List struct {
	Name, Label string
	Fields      []Field
	Rows        []docxtemplate.Data
	Sample      Table
}

// Table is how a list stands in the sample of a template.
type Table struct {
	Caption string
	Weights []float64 // of so many of the first fields, negative for numbers; none: it stands nowhere
}

// Paper is all that a template can ask a paper for.
type Paper struct {
	Fields []Field
	Lists  []List
	Party  bool // it has the head of a paper of the Party, which is no field
}

// Has reports whether there is a field of a name.
func (p Paper) Has(name string) bool {
	return slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Name == name })
}

// Row is a row of a list: names and values by turns.
func Row(pairs ...string) docxtemplate.Data {
	row := docxtemplate.Data{Texts: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		row.Texts[pairs[i]] = pairs[i+1]
	}
	return row
}

// Show gives the fields of a list the values of its first row.
func (l *List) Show() {
	for i := range l.Fields {
		if len(l.Rows) > 0 {
			l.Fields[i].Value = l.Rows[0].Texts[l.Fields[i].Name]
		}
	}
}

// Fill writes a paper into a template. The error tells of the fault of one that cannot be filled:
// see docxtemplate.FaultOf.
func (p Paper) Fill(template []byte) (out []byte, err error) {
	t, err := docxtemplate.Parse(template)
	if err == nil {
		err = t.Check(p.names())
	}
	if err == nil {
		out, err = t.Fill(p.data())
	}
	return out, err
}

// names are the names that a template may use, of fields and lists.
func (p Paper) names() docxtemplate.Schema {
	names := func(fields []Field) (list []string) {
		for _, f := range fields {
			list = append(list, f.Name)
		}
		return list
	}
	s := docxtemplate.Schema{Texts: names(p.Fields), Lists: map[string]docxtemplate.Schema{}}
	for _, l := range p.Lists {
		s.Lists[l.Name] = docxtemplate.Schema{Texts: names(l.Fields)}
	}
	return s
}

// data are fields and lists as values for a template.
func (p Paper) data() docxtemplate.Data {
	d := docxtemplate.Data{Texts: map[string]string{}, Lists: map[string][]docxtemplate.Data{}}
	for _, f := range p.Fields {
		d.Texts[f.Name] = f.Value
	}
	for _, l := range p.Lists {
		d.Lists[l.Name] = l.Rows
	}
	return d
}
