package admission

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// TickedQuery asks for a page of a gate list to type in.
type TickedQuery struct {
	GateQuery
	Page   int    // as on the paper, from 1
	Search string // booth, vendor, plate or digits of the code; then there is one page
}

// TickedList is a page of a gate list as it is typed in: the pages are those of the
// paper.
type TickedList struct {
	GateList
	Page, Pages int
	Search      string
	Rows        []TickedPass
	Others      []registry.Scan   // typed in for the day and gate, of passes that are not on the list
	Paper       registry.DeviceID // whose scans were typed in; empty where none were
}

// TickedPass is a line of the list with what is known of its day.
type TickedPass struct {
	registry.PassRow
	N     int             // its number on the paper
	Scans []registry.Scan // entries and exits that count, scanned or typed in
}

// maxFound is how many lines a search shows.
const maxFound = 60

// TickedList returns a page of the list of a gate, the first where none is named,
// with what has been scanned and typed in. Rights and faults are those of GateList.
func (a *Service) TickedList(ctx context.Context, actor registry.Actor, id registry.EventID, q TickedQuery) (l TickedList, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManageGate, id)
		if err != nil {
			return err
		}
		q.Gate = max(q.Gate, 1)
		if l.GateList, err = a.gateList(ctx, tx, event, q.GateQuery); err != nil {
			return err
		}
		l.pick(q)
		return l.fill(ctx, tx)
	})
	return l, err
}

// pick takes the lines of a page, or those that are searched for.
func (l *TickedList) pick(q TickedQuery) {
	l.Search, l.Pages, l.Page = vn.Fold(q.Search), max(1, (len(l.Passes)+print.GateListRows-1)/print.GateListRows), 1
	from, until := 0, len(l.Passes)
	if l.Search == "" {
		l.Page = min(max(q.Page, 1), l.Pages)
		from = (l.Page - 1) * print.GateListRows
		until = min(from+print.GateListRows, until)
	} else {
		l.Pages = 1
	}
	for i := from; i < until && len(l.Rows) < maxFound; i++ {
		if found(&l.Passes[i], l.Search) {
			l.Rows = append(l.Rows, TickedPass{PassRow: l.Passes[i], N: i + 1})
		}
	}
}

// found reports whether a pass is searched for.
func found(p *registry.PassRow, search string) bool {
	digits := strings.ReplaceAll(search, " ", "")
	return strings.Contains(vn.Fold(p.BoothCode+" "+p.VendorName+" "+p.Label), search) || strings.Contains(p.Code, digits)
}

// fill reads what is known of the lines.
func (l *TickedList) fill(ctx context.Context, tx *store.Tx) error {
	from, until := dayBounds(l.Day)
	day := registry.TimeWindow{FromAt: from, UntilAt: until + 12*registry.HourMS} // packing up goes on after midnight
	codes := make([]string, len(l.Rows))
	for i := range l.Rows {
		codes[i] = l.Rows[i].Code
	}
	scans, err := tx.DayScans(ctx, codes, day)
	if err != nil {
		return err
	}
	for _, s := range scans {
		if s.Day == l.Day || s.CorrectedAt < until {
			i := slices.IndexFunc(l.Rows, func(r TickedPass) bool { return r.Bearer == s.Pass }) // the code is that of a pass before it, where it was replaced
			l.Rows[i].Scans = append(l.Rows[i].Scans, s)
		}
	}
	device, err := tx.DeviceByToken(ctx, registry.PaperToken+string(l.Event.ID))
	if registry.KindOf(err) == registry.NotFound {
		return nil
	} else if err != nil {
		return err
	}
	l.Paper = device.ID
	if l.Others, err = tx.DeviceScans(ctx, device.ID, l.Gate, registry.TimeWindow{FromAt: from, UntilAt: until}); err != nil {
		return err
	}
	listed := map[string]bool{}
	for i := range l.Passes {
		listed[l.Passes[i].Code] = true
	}
	l.Others = slices.DeleteFunc(l.Others, func(s registry.Scan) bool { return listed[s.Code] })
	return nil
}
