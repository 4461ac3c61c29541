package report

import (
	"fmt"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

// The forms in which registers and papers go out.
const (
	FormXLSX = "xlsx"
	FormCSV  = "csv"
	FormPDF  = "pdf"
	FormDOCX = "docx"
)

// xlsxType is the media type of a workbook.
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// The types of media of papers.
const (
	pdfType = "application/pdf"
	// DOCXType is the type of a Word document.
	DOCXType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// File writes the document in one of its forms, pdf, docx or xlsx, under a name without its
// ending. NotFound for another form.
func (d Document) File(name, form string) (f registry.File, err error) {
	f.Name = name + "." + form
	switch form {
	case FormPDF:
		f.ContentType = pdfType
		f.Data, err = d.PDF()
	case FormDOCX:
		f.ContentType = DOCXType
		f.Data, err = d.DOCX()
	case FormXLSX:
		f.ContentType = xlsxType
		f.Data, err = d.XLSX()
	default:
		return registry.File{}, registry.E(registry.NotFound, "error.not_found")
	}
	return f, err
}

// ListFile is a list of the office as a file, with the audit line of whoever takes it out.
type ListFile struct {
	registry.File
	Rows int
	Note registry.Change // which list it is, and where it lies
}

// Headings is a table without rows, its columns and name by the keys of their texts.
func Headings(lang, name string, columns []string) Table {
	t := Table{Name: i18n.T(lang, name)}
	for _, key := range columns {
		t.Columns = append(t.Columns, Column{Label: i18n.T(lang, key), Weight: 2})
	}
	return t
}

// List writes a table as File does, with how the line of the audit log about it begins.
func (t Table) List(name, form string, note registry.Change) (ListFile, error) {
	f, err := t.File(name, form)
	return ListFile{File: f, Rows: len(t.Rows), Note: note}, err
}

// File writes a table as a file of a form, under a name without its ending. NotFound for
// another form, TooLarge for more than MaxRows rows.
func (t Table) File(name, form string) (f registry.File, err error) {
	if len(t.Rows) > MaxRows {
		return f, ErrTooLong()
	}
	f.Name = name + "." + form
	switch form {
	case FormCSV:
		f.ContentType = "text/csv; charset=utf-8"
		f.Data, err = t.CSV()
	case FormXLSX:
		f.ContentType = xlsxType
		f.Data, err = t.XLSX()
	default:
		return registry.File{}, registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return registry.File{}, fmt.Errorf("write %s: %w", f.Name, err)
	}
	return f, nil
}
