package report

import (
	"slices"

	"hoicho/internal/registry"
)

// OpenField names a figure that is published. It stands in files that programs read, so it
// never changes.
type OpenField string

// The fields that are no figures of a report: events, and of how many the rest is told.
const (
	OpenEvents   OpenField = "events"
	OpenFairs    OpenField = "fairs"
	OpenSessions OpenField = "market_sessions"
	OpenReported OpenField = "events_reported"
	OpenDays     OpenField = "days"
	OpenSales    OpenField = "sales_dong"
	OpenSold     OpenField = "events_with_sales"
	OpenFiled    OpenField = "sales_filed"
	OpenVisits   OpenField = "visits"
	OpenBooths   OpenField = "booths"
	OpenVendors  OpenField = "vendors"
)

// OpenFields lists the published figures in the order of tables and files. Those of a report
// have the name that they have there.
var OpenFields = slices.Concat([]OpenField{OpenEvents, OpenFairs, OpenSessions, OpenReported, OpenDays, OpenBooths, OpenVendors, "products", "ocop", OpenVisits},
	openVisits(), []OpenField{OpenSold, OpenFiled, OpenSales})

func openVisits() (fields []OpenField) {
	for _, m := range registry.CountMethods {
		fields = append(fields, OpenVisitsBy(m))
	}
	return fields
}

// OpenVisitsBy is the field of the visits counted one way.
func OpenVisitsBy(m registry.CountMethod) OpenField { return OpenField(visitsBy(m)) }

// OpenSum is published figures; what is not told has no entry.
type OpenSum map[OpenField]int64

// OpenFigures are the figures of one event; told is nil until its report is closed.
func OpenFigures(kind registry.EventKind, told *Told) OpenSum {
	sum := OpenSum{OpenEvents: 1, OpenFairs: 0, OpenSessions: 0, OpenReported: 0}
	if kind == registry.Fair {
		sum[OpenFairs] = 1
	} else {
		sum[OpenSessions] = 1
	}
	if told == nil {
		return sum
	}
	sum[OpenReported], sum[OpenDays], sum[OpenSold] = 1, int64(told.Event.Days), 0
	for _, field := range OpenFields {
		if n, may := told.N(Key(field)); may {
			sum[field] = n
		}
	}
	if _, may := sum[OpenSales]; may {
		sum[OpenSold] = 1
	}
	return sum
}

// SumOpen adds up figures of events. A sum of sales is that of the events of which one is
// told by itself, so that no sum less another gives what is not told.
func SumOpen(events []OpenEvent) OpenSum {
	sum := OpenSum{OpenEvents: 0, OpenFairs: 0, OpenSessions: 0, OpenReported: 0}
	for _, e := range events {
		for field, n := range e.OpenSum {
			sum[field] += n
		}
	}
	return sum
}

// OpenEvent is an event that was held, with the figures that are published of it.
type OpenEvent struct {
	Slug        string
	Title       string
	Kind        registry.EventKind
	Area        registry.AreaRef // of its time
	AreaName    string           // as it was called on the first day
	Commune     string           // code of the commune of today that all of it lies in; "" is none
	CommuneName string
	OpensOn     string
	ClosesOn    string
	ReportedOn  string // when its figures were closed; "" until then
	OpenSum
}

// Year is the year in which the event began.
func (e *OpenEvent) Year() string { return e.OpensOn[:4] }

// OpenRow is a line of a file of sums: what it is about, then its figures.
type OpenRow struct {
	Head []string
	Sum  OpenSum
}

// OpenTable is a table of published figures whose columns have the names that programs read;
// a figure that is not told is an empty cell.
func OpenTable(name string, head []string, rows []OpenRow) Table {
	t := Table{Name: name}
	for _, h := range head {
		t.Columns = append(t.Columns, Column{Label: h})
	}
	for _, f := range OpenFields {
		t.Columns = append(t.Columns, Column{Label: string(f), Number: true})
	}
	for _, r := range rows {
		row := Row{}
		for _, h := range r.Head {
			row.Cells = append(row.Cells, text(h))
		}
		for _, f := range OpenFields {
			cell := text("")
			if n, told := r.Sum[f]; told {
				cell = number(n)
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
