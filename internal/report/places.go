package report

import (
	"strings"

	"hoicho/internal/i18n"
)

// PlaceRow is a place of sale as a file lists it. Texts are those of people, codes those
// of the program.
type PlaceRow struct {
	Kind, State, Name, Address, Area, Edition, Code, Organisation, Keeper, Phone string
	Groups                                                                       []string // codes
	Goods, Hours, From, Until, Reason, Paper, Body                               string
}

var placeColumns = []struct {
	key    string
	weight float64
}{
	{"name", 4}, {"kind", 3}, {"state", 2}, {"area", 3}, {"area_code", 2}, {"address", 3}, {"organisation", 3}, {"keeper", 2}, {"phone", 2},
	{"group", 3}, {"goods", 4}, {"hours", 2}, {"since_on", 2}, {"ended_on", 2}, {"reason", 3}, {"paper", 3}, {"body", 3},
}

// PlaceTable lists places under the labels of their form.
func PlaceTable(lang string, rows []PlaceRow) Table {
	t := Table{Name: i18n.T(lang, "place.title")}
	for _, c := range placeColumns {
		t.Columns = append(t.Columns, Column{Label: i18n.T(lang, "place.field."+c.key), Weight: c.weight})
	}
	for _, r := range rows {
		var groups []string
		for _, g := range r.Groups {
			groups = append(groups, i18n.T(lang, "product.group."+g))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{text(r.Name), text(i18n.T(lang, "place.kind."+r.Kind)), text(i18n.T(lang, "place.state."+r.State)),
			text(r.Area), code(r.Edition + ":" + r.Code), text(r.Address), text(r.Organisation), text(r.Keeper), code(r.Phone),
			text(strings.Join(groups, ", ")), text(r.Goods), text(r.Hours), day(r.From), dayOrNone(r.Until), text(r.Reason), text(r.Paper), text(r.Body)}})
	}
	return t
}

// dayOrNone is a day, or an empty cell.
func dayOrNone(date string) Cell {
	if date == "" {
		return text("")
	}
	return day(date)
}
