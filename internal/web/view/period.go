package view

// PeriodsRoot is the reports of periods in the office.
const PeriodsRoot = "/quan-ly/bao-cao"

// Where the year of a province and a series of sessions stand in the office, and the paper of a
// series below it.
const (
	YearRoot    = "/quan-ly/lich-nam"
	SeriesRoot  = "/quan-ly/lich-nam/loat"
	SeriesPaper = "/bao-cao"
)

// SeriesHref is the page of a series.
func SeriesHref(id string) string { return SeriesRoot + "/" + id }
