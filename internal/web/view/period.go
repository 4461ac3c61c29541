package view

// PeriodsRoot is the reports of periods in the office.
const PeriodsRoot = "/quan-ly/bao-cao"

// Where a series of sessions stands in the office, and its paper below it.
const (
	SeriesRoot  = "/quan-ly/lich-nam/loat"
	SeriesPaper = "/bao-cao"
)

// SeriesHref is the page of a series.
func SeriesHref(id string) string { return SeriesRoot + "/" + id }
