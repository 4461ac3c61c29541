package reports

import (
	"context"

	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// The parts of a report that pages show.
type (
	// Document is a report as data.
	Document = report.Document
	// Letterhead is what stands around the text of a report.
	Letterhead = report.Letterhead
	// DocumentTable is a table of a report.
	DocumentTable = report.Table
	// FigureKey names a figure of a report.
	FigureKey = report.Key
)

// Document writes the report in a language, as far as its reader may see it.
func (r *EventReport) Document(lang string) Document { return r.Result.Document(r.reader(lang)) }

func (r *EventReport) reader(lang string) report.Reader {
	return report.Reader{Lang: lang, Sales: r.Sees}
}

// Rows opens a figure: the rows behind it as they are now, as far as the reader
// may see them. NotFound if there is no such figure.
func (r *EventReport) Rows(key FigureKey, lang string) (DocumentTable, error) {
	table, ok := report.Rows(r.Result.Facts, key, r.reader(lang))
	if !ok {
		return table, registry.E(registry.NotFound, "error.not_found")
	}
	return table, nil
}

// Figure is a figure as the report has it; told is false where the reader is not
// told it.
func (r *EventReport) Figure(key FigureKey) (n int64, told bool) {
	return r.Result.Figure(key, r.reader(""))
}

// Figures lists every figure that the reader is told.
func (r *EventReport) Figures() (lines []ResultLine) {
	for _, key := range report.Keys() {
		if n, told := r.Figure(key); told {
			lines = append(lines, ResultLine{key, n})
		}
	}
	return lines
}

// DoubtLine is a figure that does not look right, in words.
type DoubtLine struct {
	Key  FigureKey
	Text string
}

// Doubts lists what does not look right in the figures of now.
func (r *EventReport) Doubts(lang string) (lines []DoubtLine) {
	for _, d := range r.Result.Now.Doubts() {
		if _, told := r.Result.Figure(d.Key, r.reader(lang)); told {
			lines = append(lines, DoubtLine{d.Key, d.Say(lang)})
		}
	}
	return lines
}

// ResultLine is a figure of a report.
type ResultLine struct {
	Key FigureKey
	N   int64
}

// publicFigures are the figures told to everybody, in this order.
var publicFigures = []FigureKey{"visits", "vendors", "products", "ocop", "sales_dong", "contracts"}

// PublicResults returns what the closed report of an event tells to everybody, with
// how its visits were counted, with its closed addenda; nothing until it is closed. Sums of sales out of
// which a single vendor's could be worked out, and figures of nothing, are left out.
func (a *Service) PublicResults(ctx context.Context, event registry.EventID, lang string) (lines []ResultLine, counted string, err error) {
	var stored registry.ResultReport
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		stored, err = tx.Report(ctx, event)
		return err
	})
	if err != nil || stored.ClosedAt == 0 {
		return nil, "", err
	}
	then, err := report.Thaw(stored.Figures)
	if err != nil {
		return nil, "", err
	}
	addenda, err := readAddenda(stored)
	if err != nil {
		return nil, "", err
	}
	told := (&report.Result{Then: &then, Addenda: addenda}).Told()
	for _, key := range publicFigures {
		if n, may := told.N(key); may && n > 0 {
			lines = append(lines, ResultLine{key, n})
		}
	}
	return lines, told.CountedBy(lang), nil
}
