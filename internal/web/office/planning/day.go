package planning

import (
	"strconv"
	"strings"

	"hoicho/internal/app/planning"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// dayRow is a day of a rule as both pages show it.
type dayRow struct {
	Key    string
	Date   string
	Lunar  string
	Gap    string
	Notes  []string
	Clash  []view.FilterLink // sessions at the same venue
	Open   bool              // a session can be made
	Ticked bool
	Made   bool
	Skips  bool // its session can be taken out
	Edited bool // and is deleted on its own page
	Backs  bool // a session can be put in
	Title  string
	Href   string
	Chips  []view.Chip
}

// month is a month of days. A month with nothing to look at stays folded.
type month struct {
	Title string
	Days  string // those held: "2 · 8 · 14"
	Look  int    // days to look at
	Rows  []dayRow
}

// Open reports whether the month is unfolded.
func (m month) Open() bool { return m.Look > 0 }

// months put the days into months. ticked says which days are chosen.
func months(b view.Base, rows []planning.Row, ticked func(string) bool) (list []month) {
	for _, r := range rows {
		title := r.Key[5:7] + "/" + r.Key[:4]
		if len(list) == 0 || list[len(list)-1].Title != title {
			list = append(list, month{Title: title})
		}
		m := &list[len(list)-1]
		m.Rows = append(m.Rows, newRow(b, r, ticked(r.Key)))
		if len(r.Notes)+len(r.Clashes) > 0 {
			m.Look++
		}
		if !r.Out {
			m.Days = strings.TrimPrefix(m.Days+" · "+strings.TrimPrefix(r.Key[8:], "0"), " · ")
		}
	}
	return list
}

func newRow(b view.Base, r planning.Row, ticked bool) dayRow {
	branch, _ := vn.Branch(r.Key)
	row := dayRow{Key: r.Key, Date: vn.WeekdayShort(r.Key, b.Lang) + " " + vn.ShowDate(r.Key), Open: r.Open(), Ticked: ticked && r.Open(), Made: r.Made(),
		Lunar: b.T("planning.lunar", b.LunarShort(r.Key), b.T("recurrence.branch."+strconv.Itoa(branch)))}
	row.Skips, row.Edited, row.Backs = r.Made() && r.Manages && !r.Past && r.Event.PublishedAt == 0, r.Edited(), r.Returns()
	if r.Gap > 0 {
		row.Gap = b.T("planning.gap", r.Gap)
	}
	for _, n := range r.Notes {
		row.Notes = append(row.Notes, n.Text(b.Lang))
	}
	if r.Past && !r.Made() {
		row.Notes = append(row.Notes, b.T("planning.past"))
	}
	for _, e := range r.Clashes {
		row.Clash = append(row.Clash, view.FilterLink{Href: view.EventRoot(e.ID), Label: e.Title + ", " + vn.ShowRange(e.OpensOn, e.ClosesOn)})
	}
	if r.Made() {
		row.Title, row.Href, row.Chips = vn.ShowRange(r.Event.OpensOn, r.Event.ClosesOn), view.EventRoot(r.Event.ID), []view.Chip{b.StateChip(r.Event.State)}
	}
	return row
}

// looks counts the days to look at.
func looks(list []month) (n int) {
	for _, m := range list {
		n += m.Look
	}
	return n
}
