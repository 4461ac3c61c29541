package reports

import (
	"context"
	"slices"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// SalesDesk is who has filed sales at an event, and who has not.
type SalesDesk struct {
	Event registry.Event
	Dues  []registry.SalesDue
	Sees  bool // the actor may open single returns
	Open  bool // returns are still taken
	Today string
}

// markMine marks the returns in which the reader typed in a day.
func (d *SalesDesk) markMine(ctx context.Context, tx *store.Tx, who registry.AccountID) error {
	returns, err := tx.EventSales(ctx, d.Event.ID)
	for i := range d.Dues {
		d.Dues[i].Mine = slices.ContainsFunc(returns, func(r registry.SalesReturn) bool {
			return r.Vendor == d.Dues[i].Vendor && slices.ContainsFunc(r.Days, func(day registry.SalesDay) bool { return day.By == who })
		})
	}
	return err
}

// maskPhones hides the phone of a vendor from an officer who may not see it.
func (d *SalesDesk) maskPhones(ctx context.Context, tx *store.Tx, a *Service, actor registry.Actor) error {
	ids := make([]registry.VendorID, len(d.Dues))
	for i := range d.Dues {
		ids[i] = d.Dues[i].Vendor
	}
	vendors, err := tx.VendorsByID(ctx, ids)
	for i := range d.Dues {
		v := vendors[d.Dues[i].Vendor]
		if d.Dues[i].Phone = v.Phone; !a.SeesPersonal(actor, v) {
			d.Dues[i].Phone = v.MaskedPhone()
		}
	}
	return err
}

// Missing lists the vendors that have not told all of their days.
func (d *SalesDesk) Missing() []registry.SalesDue {
	return slices.DeleteFunc(slices.Clone(d.Dues), func(due registry.SalesDue) bool { return due.Complete() })
}

// MissingSales returns who has filed sales at an event and who has not, without
// any figure. The actor needs FileSales in the event's area.
func (a *Service) MissingSales(ctx context.Context, actor registry.Actor, event registry.EventID) (d SalesDesk, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Event, err = a.Events.EventFor(ctx, tx, actor, registry.FileSales, event); err != nil {
			return err
		}
		d.Sees = actor.Can(registry.ViewSales, a.Areas.Scope(d.Event.Area))
		d.Open = takesSales(&d.Event, tx.NowMS())
		if d.Dues, err = tx.SalesDues(ctx, event, ""); err != nil {
			return err
		}
		d.Today = vn.DateOf(tx.Now())
		if err := d.markMine(ctx, tx, actor.Account); err != nil {
			return err
		}
		return d.maskPhones(ctx, tx, a, actor)
	})
	return d, err
}

// SalesChase is an event that is over, with how many vendors have not told what
// they sold.
type SalesChase struct {
	Event   registry.Event
	Missing int
}

// SalesChases lists the events that are over and not reported, of the areas in
// which the actor may file sales, and for which sales are missing.
func (a *Service) SalesChases(ctx context.Context, actor registry.Actor) (chases []SalesChase, err error) {
	codes, all := actor.Reach(registry.FileSales)
	if len(codes) == 0 && !all {
		return nil, nil
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		events, _, err := tx.Events(ctx, registry.EventFilter{Reach: codes, Limited: !all, States: []registry.EventState{registry.Ended}, Latest: true, Limit: 20})
		if err != nil || len(events) == 0 {
			return err
		}
		ids := make([]registry.EventID, len(events))
		for i, e := range events {
			ids[i] = e.ID
		}
		missing, err := tx.MissingSales(ctx, ids)
		for _, e := range events {
			if n := missing[e.ID]; n > 0 {
				chases = append(chases, SalesChase{e, n})
			}
		}
		return err
	})
	return chases, err
}

// remindAgain is how long a vendor is left alone after it has been written to.
const remindAgain = 20 * time.Hour

// Reminded is what became of a reminder: each vendor that has not told all its sales
// is in one of the lists, by name.
type Reminded struct {
	Written []string // were sent a mail
	Lately  []string // had one within the last day
	ToCall  []string // could not be written to: they stand on the event's call list
}

// RemindSales writes to the vendors that have not told the sales of days that are
// over, each at most once in remindAgain. The actor needs FileSales in the event's
// area. It is a Conflict where no returns are taken.
func (a *Service) RemindSales(ctx context.Context, actor registry.Actor, event registry.EventID) (done Reminded, err error) {
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.FileSales, event)
		if err != nil {
			return registry.Change{}, err
		}
		if !takesSales(&e, tx.NowMS()) {
			return registry.Change{}, registry.E(registry.Conflict, "error.sales.closed")
		}
		dues, err := tx.SalesDues(ctx, event, "")
		if err != nil {
			return registry.Change{}, err
		}
		for _, d := range dues {
			if err := a.remind(ctx, tx, e, d, &done); err != nil {
				return registry.Change{}, err
			}
		}
		return registry.Change{Action: "sales.remind", Object: "event", ID: string(event), Scope: a.Areas.Scope(e.Area),
			Detail: fact.Facts{fact.List("written", fact.Text, done.Written...), fact.List("to_call", fact.Text, done.ToCall...)}}, nil
	})
	return done, err
}

// remind writes to one vendor, if it owes the sales of a day that is over.
func (a *Service) remind(ctx context.Context, tx *store.Tx, e registry.Event, d registry.SalesDue, done *Reminded) error {
	days := d.Missing(vn.DateOf(tx.Now()))
	if len(days) == 0 {
		return nil
	}
	if d.RemindedAt > tx.Now().Add(-remindAgain).UnixMilli() {
		done.Lately = append(done.Lately, d.VendorName)
		return nil
	}
	contacts, err := tx.VendorContacts(ctx, d.Vendor)
	if err != nil {
		return err
	}
	args := []string{e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn), showDays(days), a.BaseURL + "/gian-hang/" + string(d.Vendor) + "/doanh-thu/" + string(d.Event)}
	if err := a.Tell(ctx, tx, core.News{Event: e.ID, Vendor: d.Vendor, Topic: core.TopicSales, Key: "sales.mail.remind", Args: args}); err != nil {
		return err
	}
	if len(contacts) == 0 || a.NoMail {
		done.ToCall = append(done.ToCall, d.VendorName)
		return nil
	}
	done.Written = append(done.Written, d.VendorName)
	return tx.NoteSalesReminder(ctx, e.ID, d.Vendor, len(contacts))
}

// showDays lists days as people read them: "27/11/2026, 28/11/2026".
func showDays(days []string) string {
	shown := make([]string, len(days))
	for i, day := range days {
		shown[i] = vn.ShowDate(day)
	}
	return strings.Join(shown, ", ")
}
