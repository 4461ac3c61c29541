package booths

import (
	"context"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// QueueFilter chooses what the reviewer's queue shows.
type QueueFilter struct {
	Event  registry.EventID
	States []registry.ApplicationState // empty: what waits for the office
	After  string                      // cursor
	Brief  bool                        // without what is found wrong, for a list that shows none of it
}

// QueueRow is an application in the reviewer's queue.
type QueueRow struct {
	registry.ApplicationRow
	Waits    int // days since it was sent
	Overdue  int // days beyond what it should take, begun ones counted; 0 if in time
	Findings []registry.Finding
	Brought  []registry.Product // with what their labels are said to be
}

// Queue is a page of the reviewer's queue.
type Queue struct {
	Rows    []QueueRow
	Next    string // cursor of the next page, "" on the last
	Waiting int    // applications that wait for the office, on all pages
	Overdue int    // of them, those that have waited too long
}

const queuePage = 25

// ReviewQueue returns the applications that the actor may decide on, longest
// waiting first.
func (a *Service) ReviewQueue(ctx context.Context, actor registry.Actor, f QueueFilter) (q Queue, err error) {
	filter, err := reviewFilter(actor, Line{f.Event, f.States})
	if err != nil {
		return q, err
	}
	filter.After, filter.Limit = f.After, queuePage+1
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		set, err := a.SettingsIn(ctx, tx)
		if err != nil {
			return err
		}
		days := set.OverdueDays
		if err := q.count(ctx, tx, filter, days); err != nil {
			return err
		}
		if len(filter.States) == 0 {
			filter.States = []registry.ApplicationState{registry.AppSubmitted}
		}
		rows, err := tx.ApplicationRows(ctx, filter)
		if err != nil {
			return err
		}
		if len(rows) > queuePage {
			rows = rows[:queuePage]
			q.Next = store.ApplicationCursor(rows[queuePage-1].Application)
		}
		if q.wait(tx.NowMS(), rows, days); f.Brief {
			return nil
		}
		return q.fill(ctx, tx)
	})
	return q, err
}

func (q *Queue) count(ctx context.Context, tx *store.Tx, f registry.ApplicationFilter, days int) (err error) {
	f.States = []registry.ApplicationState{registry.AppSubmitted}
	q.Waiting, q.Overdue, err = tx.CountWaiting(ctx, f, tx.NowMS()-(time.Duration(days)*24*time.Hour).Milliseconds())
	return err
}

// wait takes in rows, each with how long it has waited.
func (q *Queue) wait(now int64, rows []registry.ApplicationRow, days int) {
	for _, r := range rows {
		row := QueueRow{ApplicationRow: r}
		if r.State == registry.AppSubmitted {
			row.Waits = int((now - r.SubmittedAt) / (24 * time.Hour).Milliseconds())
			row.Overdue = max(0, row.Waits-days+1)
		}
		q.Rows = append(q.Rows, row)
	}
}

// fill finds what is wrong with what the applications bring.
func (q *Queue) fill(ctx context.Context, tx *store.Tx) error {
	vendors, rows := make([]registry.VendorID, len(q.Rows)), make([]registry.ApplicationRow, len(q.Rows))
	for i, r := range q.Rows {
		vendors[i], rows[i] = r.Vendor, r.ApplicationRow
	}
	products, err := goodsOf(ctx, tx, rows)
	if err != nil {
		return err
	}
	papers, err := tx.CertificatesOf(ctx, vendors)
	if err != nil {
		return err
	}
	for i := range q.Rows {
		row := &q.Rows[i]
		for _, id := range row.Products {
			row.Brought = append(row.Brought, products[id])
		}
		row.Findings = registry.FindingsOf(&row.Application, row.Brought, papers[row.Vendor], row.ComesUntil)
	}
	return nil
}
