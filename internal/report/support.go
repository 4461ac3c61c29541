package report

import "hoicho/internal/i18n"

// SupportRow is help that a producer was given as a file lists it.
type SupportRow struct {
	Number, Kind, Producer, Area, Code, Provider, What string // Kind is a code of "support.kind."
	Amount                                             int64  // đồng; 0 is not said
	From, Until                                        string // YYYY-MM-DD; Until "" goes on
	Result, Paper, EnteredBy, Struck                   string // Struck is the reason; "" counts
}

// SupportTable lists support under the labels of its form.
func SupportTable(lang string, rows []SupportRow) Table {
	t := fieldTable(lang, "support.title", "support", []column{{"number", false, 1}, {"kind", false, 3}, {"producer", false, 3}, {"area", false, 2},
		{"area_code", false, 1}, {"provider", false, 3}, {"what", false, 3}, {"amount", true, 2}, {"since_on", false, 1}, {"ended_on", false, 1},
		{"result", false, 4}, {"paper", false, 2}, {"entered", false, 2}, {"struck", false, 2}})
	for _, r := range rows {
		t.Rows = append(t.Rows, Row{Cells: []Cell{code(r.Number), text(i18n.T(lang, "support.kind."+r.Kind)), text(r.Producer), text(r.Area), code(r.Code),
			text(r.Provider), text(r.What), unlessZero(r.Amount), day(r.From), dayOrNone(r.Until), text(r.Result), text(r.Paper), text(r.EnteredBy), text(r.Struck)}})
	}
	return t
}

// FollowUpCell is what became of a matching after some months.
type FollowUpCell struct{ DueOn, Outcome, Result string } // Outcome is a code of "matching.outcome."; "" is open

// MatchingRow is a buyer and a producer brought together as a file lists them.
type MatchingRow struct {
	Number, HeldOn, Meeting, Buyer, Producer, Area, Code, Product, Volume, MemoNumber, MemoOn string
	FollowUps                                                                                 []FollowUpCell // after 3 and 6 months
	EnteredBy, Struck                                                                         string         // Struck is the reason; "" counts
}

// MatchingTable lists matchings under the labels of their form.
func MatchingTable(lang string, rows []MatchingRow) Table {
	t := fieldTable(lang, "matching.title", "matching", []column{{"number", false, 1}, {"day", false, 1}, {"meeting", false, 3}, {"buyer", false, 3},
		{"producer", false, 3}, {"area", false, 2}, {"area_code", false, 1}, {"product", false, 2}, {"volume", false, 2}, {"memo_number", false, 2},
		{"signed_on", false, 1}, {"after_3", false, 3}, {"after_6", false, 3}, {"entered", false, 2}, {"struck", false, 2}})
	for _, r := range rows {
		cells := []Cell{code(r.Number), day(r.HeldOn), text(r.Meeting), text(r.Buyer), text(r.Producer), text(r.Area), code(r.Code), text(r.Product),
			text(r.Volume), text(r.MemoNumber), dayOrNone(r.MemoOn)}
		for i := range 2 {
			said := ""
			if i < len(r.FollowUps) {
				if said = r.FollowUps[i].Result; r.FollowUps[i].Outcome != "" {
					said = i18n.T(lang, "matching.outcome."+r.FollowUps[i].Outcome) + ": " + said
				}
			}
			cells = append(cells, text(said))
		}
		t.Rows = append(t.Rows, Row{Cells: append(cells, text(r.EnteredBy), text(r.Struck))})
	}
	return t
}
