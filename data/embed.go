// Package data carries the tables that ship inside the binary: the
// administrative units of Viet Nam, the papers that the product cites and the
// published facts of the demo. Where they come from and under which licences is
// written in NOTICE.md beside them, for papers in the table's own column.
package data

import (
	"embed"
	"io/fs"
)

//go:embed units/*.csv units/NOTICE.md demo/*.csv demo/*.json demo/NOTICE.md
var files embed.FS

// Units holds the administrative units: the lists of both editions, the
// changes and the succession between them, label points and the
// outlines for maps (units-2025-map.csv: SVG paths, x = (lon-102)*958.8,
// y = (23.5-lat)*1000).
var Units = sub("units")

// Demo holds published producers with their products and published fairs, with
// which the demo is filled.
var Demo = sub("demo")

// Papers is the dated table of laws and other papers that the product cites, one a
// row, with the days between which each is in force (papers.csv). Numbers of a
// province's own decisions are not in it.
//
//go:embed papers.csv
var Papers []byte

// Checklists is the dated table of what inspections look at (checklists.csv): each item with
// the subjects of which it is asked, the papers that it rests on, the days between which it
// is asked. What is no longer asked gets an end, and is never taken out.
//
//go:embed checklists.csv
var Checklists []byte

// ReportForms is the dated table of what the reports of periods ask for (report_forms.csv): each
// figure with the forms that it stands in, whether it may be typed, what of it is plausible, the
// days between which it is asked for. "of" is what each of its rows holds, or "part/whole" of a
// share. What is no longer asked gets an end, and is never taken out.
//
//go:embed report_forms.csv
var ReportForms []byte

// ReportPeriods is the dated table of when forms are filed (report_periods.csv): for which parts
// of the year, on which day from the last one of the period on, and until which.
//
//go:embed report_periods.csv
var ReportPeriods []byte

func sub(folder string) fs.FS {
	dir, err := fs.Sub(files, folder)
	if err != nil {
		panic(err)
	}
	return dir
}
