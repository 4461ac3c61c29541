package period

import (
	"context"
	"maps"
	"strconv"
	"strings"
	"time"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Ask is whose figures are counted.
type Ask struct {
	Form   period.FormCode
	Period period.Period
	Then   bool // by units as they were, else by today's
}

// query is a statement being built, with its arguments.
type query struct {
	text string
	args []any
}

func (q *query) arg(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// put replaces a name in braces by a value, wherever it stands.
func (q *query) put(name string, v any) {
	if strings.Contains(q.text, name) {
		q.text = strings.ReplaceAll(q.text, name, q.arg(v))
	}
}

// days puts the days of a period into the statement.
func (q *query) days(p period.Period) {
	first, last := p.Part.Months()
	from, _ := vn.StartOf(p.FirstDay())
	until, _ := vn.StartOf(registry.AddDays(p.LastDay(), 1))
	q.put("{from}", p.FirstDay())
	q.put("{until}", p.LastDay())
	q.put("{from_ms}", from.UnixMilli())
	q.put("{until_ms}", until.UnixMilli()-1)
	q.put("{year}", p.Year)
	q.put("{first}", first)
	q.put("{last}", last)
}

// place is where the rows of a register are counted: the join, the condition, the unit. False
// where the register does not say.
func (s source) place(a Ask) (join, cond, unit string, ok bool) {
	switch {
	case a.Form == period.BranchForm:
		return "", "", s.body, s.body != ""
	case s.areas == "":
		return "", "", "", false
	case !a.Then:
		return " JOIN " + s.areas, " AND " + s.level, "u.code", true
	}
	return "", " AND x.area_edition = '" + string(registry.Edition2025Before) + "'", "x.area_code", s.then != ""
}

// Totals are the sums of figures of each unit or body that has any rows, of all registers in one
// statement; of communes also those of their provinces and districts, which lie in no commune.
func Totals(ctx context.Context, tx *store.Tx, a Ask) (map[string]map[period.Code]int64, error) {
	var q query
	var found []source
	for _, s := range sources {
		join, cond, unit, ok := s.place(a)
		if !ok {
			continue
		}
		if len(found) > 0 {
			q.text += " UNION ALL "
		}
		q.text += "SELECT " + strconv.Itoa(len(found)) + ", COALESCE(" + unit + ", '')" + s.sums() + " FROM " + s.from + join + " WHERE " + s.where + cond + " GROUP BY " + unit
		found = append(found, s)
	}
	q.days(a.Period)
	rows, err := store.Collect(ctx, tx, scanSums, q.text, q.args...)
	totals := map[string]map[period.Code]int64{}
	for _, r := range rows {
		if totals[r.unit] == nil {
			totals[r.unit] = map[period.Code]int64{}
		}
		for i, f := range found[r.source].figure {
			totals[r.unit][f.code] += r.sums[i]
		}
	}
	return totals, err
}

// mostFigures is how many figures a register has at most.
const mostFigures = 22

// sums are the columns that add the figures of a register up, and 0 up to the number that every
// register has in one statement.
func (s source) sums() string {
	var b strings.Builder
	for i := range mostFigures {
		expr := "0"
		if i < len(s.figure) {
			expr = "COALESCE(SUM(" + s.figure[i].expr + "), 0)"
		}
		b.WriteString(", CAST(" + expr + " AS BIGINT)")
	}
	return b.String()
}

// unitSums are the sums of one unit from one register.
type unitSums struct {
	source int
	unit   string
	sums   [mostFigures]int64
}

func scanSums(row store.Row) (r unitSums, err error) {
	to := []any{&r.source, &r.unit}
	for i := range r.sums {
		to = append(to, &r.sums[i])
	}
	return r, row.Scan(to...)
}

// scanFigures scans the figures of a register, which follow other columns.
func (s source) scanFigures(row store.Row, before ...any) (map[period.Code]int64, error) {
	values := make([]int64, len(s.figure))
	for i := range values {
		before = append(before, &values[i])
	}
	err := row.Scan(before...)
	figures := map[period.Code]int64{}
	for i, f := range s.figure {
		figures[f.code] = values[i]
	}
	return figures, err
}

// Lines are the rows behind the figures of some units, or of a body, one register after the
// other, each by its days.
func Lines(ctx context.Context, tx *store.Tx, a Ask, units []string) (lines []period.Line, err error) {
	for _, s := range sources {
		join, cond, unit, ok := s.place(a)
		if !ok {
			continue
		}
		q := query{}
		var adds strings.Builder
		for _, f := range s.figure {
			adds.WriteString(", CAST(" + f.expr + " AS BIGINT)")
		}
		q.text = "SELECT " + s.id + ", " + s.label + ", " + s.day + adds.String() + " FROM " + s.from + join + " WHERE " + s.where + cond + " AND " + unit + " IN ({units}) ORDER BY 3, 1"
		q.days(a.Period)
		q.text = strings.Replace(q.text, "{units}", q.list(units), 1)
		found, err := store.Collect(ctx, tx, s.scanLine, q.text, q.args...)
		if err != nil {
			return nil, err
		}
		lines = append(lines, keepTelling(found)...)
	}
	return lines, nil
}

// list writes placeholders for values.
func (q *query) list(values []string) string {
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = q.arg(v)
	}
	return strings.Join(marks, ", ")
}

func (s source) scanLine(row store.Row) (l period.Line, err error) {
	l.Source = s.name
	l.Adds, err = s.scanFigures(row, &l.ID, &l.Label, &l.Day)
	if ms, bad := strconv.ParseInt(l.Day, 10, 64); bad == nil {
		l.Day = vn.DateOf(time.UnixMilli(ms))
	}
	maps.DeleteFunc(l.Adds, func(_ period.Code, n int64) bool { return n == 0 })
	return l, err
}

// keepTelling leaves out rows that add nothing, and a row that is found under two units twice.
func keepTelling(found []period.Line) (lines []period.Line) {
	seen := map[string]bool{}
	for _, l := range found {
		if len(l.Adds) > 0 && !seen[l.ID] {
			seen[l.ID] = true
			lines = append(lines, l)
		}
	}
	return lines
}

// Sellers are how many vendors stand behind the sales of each unit.
func Sellers(ctx context.Context, tx *store.Tx, a Ask) (map[string]int64, error) {
	if a.Form == period.BranchForm {
		return nil, nil
	}
	events := sources[0]
	join, cond, unit, _ := events.place(a)
	q := query{text: "SELECT " + unit + ", COUNT(DISTINCT s.vendor_id) FROM " + events.from + join + " JOIN sales_returns s ON s.event_id = x.id WHERE " +
		events.where + cond + approved + " GROUP BY " + unit}
	q.days(a.Period)
	type sellers struct {
		unit string
		n    int64
	}
	rows, err := store.Collect(ctx, tx, func(row store.Row) (s sellers, err error) {
		err = row.Scan(&s.unit, &s.n)
		return s, err
	}, q.text, q.args...)
	found := map[string]int64{}
	for _, r := range rows {
		found[r.unit] = r.n
	}
	return found, err
}

// Held are the events of some units in whose phones and relays scans still wait, by their first day.
func Held(ctx context.Context, tx *store.Tx, a Ask, units []string) ([]period.Held, error) {
	if a.Form == period.BranchForm {
		return nil, nil
	}
	events := sources[0]
	join, cond, unit, _ := events.place(a)
	q := query{text: "SELECT x.id, x.title, COUNT(DISTINCT d.id), CAST(SUM(d.waiting_n + COALESCE(t.queue_n, 0)) AS BIGINT) FROM " + events.from + join +
		" JOIN devices d ON d.event_id = x.id AND d.state = 'active' LEFT JOIN device_tellings t ON t.device_id = d.id WHERE " + events.where + cond +
		" AND d.waiting_n + COALESCE(t.queue_n, 0) > 0 AND " + unit + " IN ({units}) GROUP BY x.id, x.title, x.opens_on ORDER BY x.opens_on, x.id"}
	q.days(a.Period)
	q.text = strings.Replace(q.text, "{units}", q.list(units), 1)
	return store.Collect(ctx, tx, func(row store.Row) (h period.Held, err error) {
		err = row.Scan(&h.Event, &h.Title, &h.Phones, &h.Scans)
		return h, err
	}, q.text, q.args...)
}
