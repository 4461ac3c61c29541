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

// EventReport follows the address of an event: its result report.
const EventReport = "/bao-cao"

// Below the address of a paper: the template that its owner has for papers of its kind, and below
// that the paper in it.
const (
	TemplatePath = "/mau"
	FilledPath   = "/da-dien"
)

// SeriesHref is the page of a series.
func SeriesHref(id string) string { return SeriesRoot + "/" + id }
