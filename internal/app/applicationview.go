package app

import (
	"context"
	"slices"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// QuotaUse is how full the quota of a product group is at an event.
type QuotaUse struct {
	registry.Quota
	Used int // booths promised to vendors with goods of the group
}

// Full reports whether no booth is left for the group.
func (q QuotaUse) Full() bool { return q.Used >= q.Max }

// ApplicationView is an application with what its pages show.
type ApplicationView struct {
	registry.Application
	Event    registry.Event
	Vendor   registry.Vendor
	Products []registry.Product // brought, in Vietnamese order
	Story    []registry.ApplicationNote
	Assigned []registry.Booth // booths it has or holds
	Before   int              // applications before it on the waiting list
	Quotas   []QuotaUse       // of the event; Concerns tells which matter here
	Places   registry.Places
	Findings []registry.Finding // for the office
	Closed   error              // why nothing can be sent or changed now, nil if it can
}

// Concerns reports whether a quota is about goods that the application brings.
func (v ApplicationView) Concerns(q QuotaUse) bool {
	return slices.ContainsFunc(v.Products, func(p registry.Product) bool { return p.Group == q.Group })
}

// Application returns an application for those who act for its vendor; NotFound
// for anybody else.
func (a *App) Application(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (v ApplicationView, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if v.Application, v.Event, err = a.ownApplication(ctx, tx, actor, id); err != nil {
			return err
		}
		return v.read(ctx, tx, false)
	})
	return v, err
}

// ReviewedApplication returns an application for the office, with internal
// remarks and findings. It is NotFound outside the actor's areas, and for a
// vendor's draft.
func (a *App) ReviewedApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (v ApplicationView, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if v.Application, err = tx.Application(ctx, id); err != nil {
			return err
		}
		if v.Event, err = tx.Event(ctx, v.Application.Event); err != nil {
			return err
		}
		if err := a.mayReview(actor, v.Application, v.Event); err != nil {
			return err
		}
		return v.read(ctx, tx, true)
	})
	return v, err
}

func (v *ApplicationView) read(ctx context.Context, tx *store.Tx, internal bool) (err error) {
	v.Closed = windowFault(v.Event, v.Application, tx.NowMS())
	if v.Vendor, err = tx.Vendor(ctx, v.Application.Vendor); err != nil {
		return err
	}
	if v.Products, err = tx.ProductsByID(ctx, v.Application.Products); err != nil {
		return err
	}
	if v.Story, err = tx.ApplicationNotes(ctx, v.ID, internal); err != nil {
		return err
	}
	if v.Assigned, err = tx.BoothsOf(ctx, v.ID); err != nil {
		return err
	}
	if v.Before, err = tx.WaitingBefore(ctx, v.Application); err != nil {
		return err
	}
	if v.Places, err = tx.Places(ctx, v.Event.ID); err != nil {
		return err
	}
	if v.Quotas, err = quotaUse(ctx, tx, v.Event); err != nil || !internal {
		return err
	}
	papers, err := tx.Certificates(ctx, v.Vendor.ID)
	v.Findings = registry.Findings(v.Products, papers, v.LastDay())
	return err
}

func quotaUse(ctx context.Context, tx *store.Tx, e registry.Event) ([]QuotaUse, error) {
	if len(e.Quotas) == 0 {
		return nil, nil
	}
	load, err := tx.GroupLoad(ctx, e.ID)
	uses := make([]QuotaUse, len(e.Quotas))
	for i, q := range e.Quotas {
		uses[i] = QuotaUse{q, load[q.Group]}
	}
	return uses, err
}

// Offering is what the form of an application has to choose from.
type Offering struct {
	Products []registry.Product // of the vendor, that may be sold
	Zones    []string
}

// ApplicationOffering returns what an application can choose from, for those who
// act for its vendor.
func (a *App) ApplicationOffering(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (o Offering, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		app, e, err := a.ownApplication(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		products, err := tx.VendorProducts(ctx, app.Vendor)
		if err != nil {
			return err
		}
		o.Products = slices.DeleteFunc(products, func(p registry.Product) bool {
			return p.Hidden || p.Evidence == registry.Excluded
		})
		o.Zones, err = tx.Zones(ctx, e.ID)
		return err
	})
	return o, err
}

// VendorApplications returns the applications of a vendor, latest first, for its
// members. It is NotFound for anybody else.
func (a *App) VendorApplications(ctx context.Context, actor registry.Actor, vendor registry.VendorID) (rows []registry.ApplicationRow, err error) {
	if !actor.Owns(vendor) {
		return nil, registry.E(registry.NotFound, "error.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		rows, err = tx.ApplicationRows(ctx, registry.ApplicationFilter{Vendor: vendor})
		slices.SortStableFunc(rows, func(x, y registry.ApplicationRow) int { return int(y.Number - x.Number) })
		return err
	})
	return rows, err
}

// OpenEvents returns the events that take applications now, soonest first.
func (a *App) OpenEvents(ctx context.Context) (events []registry.Event, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		events, _, err = tx.Events(ctx, registry.EventFilter{States: []registry.EventState{registry.Open}, From: a.Today()})
		return err
	})
	now := a.NowMS()
	return slices.DeleteFunc(events, func(e registry.Event) bool { return !e.AcceptsApplications(now) }), err
}

// overdueAfter is how many days an application may wait for the office, unless
// the setting review.overdue_days says otherwise.
const overdueAfter = 5

// QueueFilter chooses what the reviewer's queue shows.
type QueueFilter struct {
	Event  registry.EventID
	States []registry.ApplicationState // empty: what waits for the office
	After  string                      // cursor
}

// QueueRow is an application in the reviewer's queue.
type QueueRow struct {
	registry.ApplicationRow
	Waits    int // days since it was sent
	Overdue  int // days beyond what it should take, begun ones counted; 0 if in time
	Findings []registry.Finding
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
func (a *App) ReviewQueue(ctx context.Context, actor registry.Actor, f QueueFilter) (q Queue, err error) {
	if !actor.CanSomewhere(registry.ReviewApplications) {
		return q, registry.E(registry.NotFound, "error.not_found")
	}
	filter := registry.ApplicationFilter{Event: f.Event, States: f.States, After: f.After, Office: true, Limit: queuePage + 1}
	if codes, all := actor.Reach(registry.ReviewApplications); !all {
		filter.Areas = append([]string{}, codes...)
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		days, err := numberSetting(ctx, tx, "review.overdue_days", overdueAfter)
		if err != nil {
			return err
		}
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
		return q.fill(ctx, tx, rows, days)
	})
	return q, err
}

func (q *Queue) count(ctx context.Context, tx *store.Tx, f registry.ApplicationFilter, days int) (err error) {
	f.States = []registry.ApplicationState{registry.AppSubmitted}
	if q.Waiting, err = tx.CountApplications(ctx, f); err != nil {
		return err
	}
	q.Overdue, err = tx.CountOverdue(ctx, f, tx.NowMS()-(time.Duration(days)*24*time.Hour).Milliseconds())
	return err
}

func (q *Queue) fill(ctx context.Context, tx *store.Tx, rows []registry.ApplicationRow, days int) error {
	products, err := goodsOf(ctx, tx, rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		row := QueueRow{ApplicationRow: r}
		if r.State == registry.AppSubmitted {
			row.Waits = int((tx.NowMS() - r.SubmittedAt) / (24 * time.Hour).Milliseconds())
			row.Overdue = max(0, row.Waits-days+1)
		}
		papers, err := tx.Certificates(ctx, r.Vendor)
		if err != nil {
			return err
		}
		brought := make([]registry.Product, 0, len(r.Products))
		for _, id := range r.Products {
			brought = append(brought, products[id])
		}
		row.Findings = registry.Findings(brought, papers, r.ComesUntil)
		q.Rows = append(q.Rows, row)
	}
	return nil
}
