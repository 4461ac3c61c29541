package store

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"hoicho/internal/committee"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

// VendorsByNumber returns the vendors that have a telephone number or a tax code, given by
// its digits, within reach of the reader as VendorFilter says it.
func (tx *Tx) VendorsByNumber(ctx context.Context, digits string, reach []string) ([]registry.Vendor, error) {
	w := &where{}
	w.add("(v.phone = ? OR v.tax_code = ?)", digits, digits)
	w.vendorIn("v.id", reach)
	return collect(ctx, tx, scanVendor, `SELECT `+vendorColumns+` FROM vendors v`+w.String()+` ORDER BY v.name_sort, v.id`, w.args...)
}

// CountEach counts in one statement what fits each of some filters: of events, vendors,
// products, tasks, applications, passes (by no text), records of inspections or letters given up.
func (tx *Tx) CountEach(ctx context.Context, filters ...any) ([]int, error) {
	list := make([]counting, len(filters))
	for i, filter := range filters {
		var from string
		var w *where
		switch f := filter.(type) {
		case registry.EventFilter:
			from, w = ` FROM events e`, eventWhere(f)
		case registry.VendorFilter:
			from, w = ` FROM vendors v`, vendorWhere(f)
		case registry.ProductFilter:
			from, w = productTables, productWhere(f)
		case committee.TaskFilter:
			from, w = ` FROM tasks t`, taskWhere(f)
		case registry.ApplicationFilter:
			from, w = ` FROM applications a`, applicationWhere(f)
		case registry.PassFilter:
			from, w = ` FROM passes p`, passWhere(f)
		case inspection.Filter:
			from, w = ` FROM inspections i`, inspectionWhere(f)
		case MailGivenUp:
			from, w = ` FROM outbox`, &where{conds: []string{givenUp}}
		default:
			return nil, fmt.Errorf("nothing is counted by a %T", filter)
		}
		list[i] = counting{`SELECT COUNT(*)` + from + w.String(), w.args}
	}
	return tx.countEach(ctx, list)
}

// MailGivenUp is the filter of letters that were given up.
type MailGivenUp struct{}

// counting is a statement for one number.
type counting struct {
	query string
	args  []any
}

// countEach runs several such statements as one, and returns their numbers in order.
func (tx *Tx) countEach(ctx context.Context, list []counting) ([]int, error) {
	parts := make([]string, len(list))
	var args []any
	for i, c := range list {
		parts[i] = `SELECT ` + strconv.Itoa(i) + `, (` + placedAfter(c.query, len(args)) + `)`
		args = append(args, c.args...)
	}
	counts := make([]int, len(list))
	err := each(ctx, tx, func(row scanner) error {
		var i, n int
		err := row.Scan(&i, &n)
		counts[i] = n
		return err
	}, strings.Join(parts, " UNION ALL "), args...)
	return counts, err
}

var placeholder = regexp.MustCompile(`\$\d+`)

// placedAfter numbers the placeholders of a part of a statement after those before it.
func placedAfter(part string, before int) string {
	return placeholder.ReplaceAllStringFunc(part, func(p string) string {
		n, _ := strconv.Atoi(p[1:]) // of digits alone
		return "$" + strconv.Itoa(n+before)
	})
}

// PassesEnding returns a page of the passes whose codes end on digits, with the titles of
// their events, those of the latest event first, and how many there are. They are those of
// events in one of the units; nil is everywhere. Vouchers are left out.
func (tx *Tx) PassesEnding(ctx context.Context, digits string, areas []string, limit int) (page []registry.FoundPass, n int, err error) {
	w := &where{}
	w.add("p.pack_n = 0 AND p.code LIKE ?", "%"+digits)
	if areas != nil {
		in(w, "ea.code", areas)
		last := &w.conds[len(w.conds)-1]
		*last = "EXISTS (SELECT 1 FROM event_areas ea WHERE ea.event_id = p.event_id AND " + *last + ")"
	}
	if n, err = tx.count(ctx, `SELECT COUNT(*)`+passJoins+w.String(), w.args...); err != nil || n == 0 {
		return nil, n, err
	}
	page, err = collect(ctx, tx, func(row scanner) (f registry.FoundPass, err error) {
		err = row.Scan(append(passDest(&f.Pass), &f.BoothCode, &f.VendorName, &f.EventTitle)...)
		return f, err
	}, `
		SELECT `+passColumns+`, COALESCE(b.code, ''), COALESCE(v.name, ''), e.title`+passJoins+w.String()+`
		ORDER BY e.opens_on DESC, p.sort_key, p.id LIMIT `+w.arg(limit), w.args...)
	return page, n, err
}

// TipByNumber returns the tip under a number, or NotFound.
func (tx *Tx) TipByNumber(ctx context.Context, n int64) (registry.TipRow, error) {
	return one(ctx, tx, scanTip, `SELECT `+tipColumns+tipTables+` WHERE t.n = $1`, n)
}
