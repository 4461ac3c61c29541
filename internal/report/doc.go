// Package report turns what happened at an event into figures, tables and
// official papers. It is pure: app reads the rows, this package counts them.
//
//   - figure.go says what each figure is a count or a sum of, so that a figure
//     always opens the rows behind it;
//   - snapshot.go is the figures of one moment, as they are frozen when an event
//     is closed;
//   - result.go makes a Document of a snapshot, the one model that the page,
//     XLSX, DOCX and PDF show, so that all four are equal.
package report
