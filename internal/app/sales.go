package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// SalesSheet is a vendor's sales return at an event, ready to be filled in.
type SalesSheet struct {
	Event    registry.Event
	Vendor   registry.Vendor
	Due      registry.SalesDue
	Days     []string             // of the vendor at the event, begun
	Return   registry.SalesReturn // empty unless the actor sees figures
	Products []registry.Product   // among which best sellers are named
	Own      bool                 // the actor is one of the vendor's people
	Sees     bool                 // the actor may see the figures
	Open     bool                 // it may be filed or changed
}

// salesSheet reads a sheet. It is NotFound for whoever may neither file nor see
// it, and where the vendor does not take part.
func (a *App) salesSheet(ctx context.Context, tx *store.Tx, actor registry.Actor, vendor registry.VendorID, event registry.EventID) (s SalesSheet, err error) {
	if s.Event, err = tx.Event(ctx, event); err != nil {
		return s, err
	}
	scope := a.Areas.Scope(s.Event.Area)
	s.Own = actor.Owns(vendor)
	s.Sees = s.Own || actor.Can(registry.ViewSales, scope)
	files := s.Own || actor.Can(registry.FileSales, scope)
	if !s.Sees && !files {
		return s, registry.E(registry.NotFound, "error.not_found")
	}
	application, err := tx.ApplicationOf(ctx, event, vendor)
	if err != nil {
		return s, err
	}
	if application.State != registry.AppApproved || !s.Event.State.Public() {
		return s, registry.E(registry.NotFound, "error.not_found")
	}
	if s.Vendor, err = tx.Vendor(ctx, vendor); err != nil {
		return s, err
	}
	if err := s.readDue(ctx, tx); err != nil {
		return s, err
	}
	s.Open = files && takesSales(&s.Event, tx.NowMS()) && (s.Sees || s.Due.FiledAt == 0)
	return s, s.readRest(ctx, tx, application)
}

// takesSales reports whether returns may be filed: from the beginning of an event
// until it is reported.
func takesSales(e *registry.Event, now int64) bool {
	return (e.State == registry.Running || e.State == registry.Ended) && e.BeginsAt <= now
}

func (s *SalesSheet) readDue(ctx context.Context, tx *store.Tx) error {
	dues, err := tx.SalesDues(ctx, s.Event.ID, "")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(dues, func(d registry.SalesDue) bool { return d.Vendor == s.Vendor.ID })
	if i < 0 {
		return registry.E(registry.NotFound, "error.not_found")
	}
	s.Due = dues[i]
	today := vn.DateOf(tx.Now())
	for _, day := range s.Due.Days {
		if day <= today {
			s.Days = append(s.Days, day)
		}
	}
	return nil
}

func (s *SalesSheet) readRest(ctx context.Context, tx *store.Tx, application registry.Application) (err error) {
	if s.Sees {
		if s.Return, err = tx.Sales(ctx, s.Event.ID, s.Vendor.ID); err != nil {
			return err
		}
	}
	if len(application.Products) > 0 {
		s.Products, err = tx.ProductsByID(ctx, application.Products)
		return err
	}
	s.Products, err = tx.VendorProducts(ctx, s.Vendor.ID)
	return err
}

// SalesSheet returns a vendor's sales return at an event. The vendor's people and
// holders of ViewSales in the event's area see its figures; holders of FileSales
// may fill in one that nobody has filed. It is NotFound for all others, and where
// the vendor does not take part.
func (a *App) SalesSheet(ctx context.Context, actor registry.Actor, vendor registry.VendorID, event registry.EventID) (s SalesSheet, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		s, err = a.salesSheet(ctx, tx, actor, vendor, event)
		return err
	})
	return s, err
}

// SalesInput is a return as people fill it in.
type SalesInput struct {
	Days          []SalesDayInput
	Best          []registry.ProductID
	Contracts     string
	ContractsDong string
	Version       int64
	Sure          string // SalesUnsure.Token, once the doubts were answered
}

// SalesDayInput is the takings of a day as people write them: exact, or a band, or
// nothing if they are not known yet.
type SalesDayInput struct {
	Day    string
	Amount string
	Band   registry.SalesBand
}

// SalesUnsure says that figures look like a slip. The same return with its Token
// is taken as it is.
type SalesUnsure struct {
	Doubts []registry.SalesDoubt
	Token  string
}

// Error names the doubts, for logs and tests.
func (u *SalesUnsure) Error() string { return "sales in doubt: " + u.Token }

// Unwrap makes it an Invalid error for doors that ask nothing back.
func (u *SalesUnsure) Unwrap() error { return registry.E(registry.Invalid, "error.sales.unsure") }

func unsure(doubts []registry.SalesDoubt) *SalesUnsure {
	parts := make([]string, len(doubts))
	for i, d := range doubts {
		parts[i] = fmt.Sprintf("%s=%d", d.Day, d.Dong)
	}
	return &SalesUnsure{doubts, strings.Join(parts, ",")}
}

// read turns what was filled in into a return for the days of a sheet.
func (in *SalesInput) read(s *SalesSheet) (registry.SalesReturn, error) {
	r := input{}
	out := registry.SalesReturn{Event: s.Event.ID, Vendor: s.Vendor.ID, Best: in.Best, Version: in.Version}
	for _, d := range in.Days {
		field := "amount-" + d.Day
		if !slices.Contains(s.Days, d.Day) || hasDay(out.Days, d.Day) {
			r.faults.Add("", "error.sales.day")
			continue
		}
		r.faults.Check(d.Amount == "" || d.Band == "", field, "error.sales.both")
		r.faults.Check(d.Band == "" || d.Band.Valid(), field, "error.choose")
		if d.Amount != "" {
			out.Days = append(out.Days, registry.SalesDay{Day: d.Day, Dong: r.dong(field, d.Amount)})
		} else if d.Band != "" {
			out.Days = append(out.Days, registry.SalesDay{Day: d.Day, Dong: d.Band.Dong(), Band: d.Band})
		}
	}
	if len(s.Days) > 0 {
		r.faults.Check(len(out.Days) > 0 || len(r.faults) > 0, "amount-"+s.Days[0], "error.sales.nothing")
	}
	out.ContractsN = int(r.dong("contracts", in.Contracts))
	out.ContractsDong = r.dong("contracts_dong", in.ContractsDong)
	r.faults.Check(out.ContractsN <= registry.MaxContracts, "contracts", "error.sales.contracts", registry.MaxContracts)
	r.faults.Check(out.ContractsDong == 0 || out.ContractsN > 0, "contracts", "error.sales.no_contract")
	slices.SortFunc(out.Days, func(a, b registry.SalesDay) int { return strings.Compare(a.Day, b.Day) })
	r.faults.Check(len(in.Best) <= registry.MaxBestSellers && distinct(in.Best), "best", "error.sales.best")
	return out, r.faults.Err()
}

// dong reads an amount from zero up; "" is none.
func (in *input) dong(field, s string) int64 {
	if s == "" {
		return 0
	}
	n, err := vn.ParseDong(s)
	in.note(field, err)
	in.faults.Check(n <= registry.MaxSalesDong, field, "error.sales.too_much")
	return n
}

func hasDay(days []registry.SalesDay, day string) bool {
	return slices.ContainsFunc(days, func(d registry.SalesDay) bool { return d.Day == day })
}

func distinct[T comparable](values []T) bool {
	for i, v := range values {
		if slices.Contains(values[:i], v) {
			return false
		}
	}
	return true
}

// FileSales files or changes a vendor's return. The vendor's people may, from the
// beginning of the event until it is reported; so may holders of FileSales, from a
// paper form, as long as nobody has filed one that they may not see. Invalid at a
// field; *SalesUnsure for figures that look like a slip; Conflict where the event
// takes no returns or somebody else was quicker.
func (a *App) FileSales(ctx context.Context, actor registry.Actor, vendor registry.VendorID, event registry.EventID, in SalesInput) error {
	return a.change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		s, err := a.salesSheet(ctx, tx, actor, vendor, event)
		if err != nil {
			return registry.Change{}, err
		}
		if err := s.mayFile(tx.NowMS()); err != nil {
			return registry.Change{}, err
		}
		r, err := in.read(&s)
		if err != nil {
			return registry.Change{}, err
		}
		if doubts := r.Doubts(len(s.Due.Booths)); len(doubts) > 0 && in.Sure != unsure(doubts).Token {
			return registry.Change{}, unsure(doubts)
		}
		r.FiledBy, r.OnPaper = actor.Account, !s.Own
		if err := tx.LockSales(ctx, event); err != nil {
			return registry.Change{}, err
		}
		// The figures themselves are the vendor's business and stay out of the log.
		return registry.Change{Action: "sales.file", Object: "sales", ID: string(event) + "/" + string(vendor),
			Scope: a.Areas.Scope(s.Event.Area), Detail: map[string]any{"days": len(r.Days), "on_paper": r.OnPaper}}, tx.SaveSales(ctx, &r)
	})
}

// mayFile says why a sheet cannot be filed.
func (s *SalesSheet) mayFile(now int64) error {
	switch {
	case s.Open:
		return nil
	case !takesSales(&s.Event, now):
		return registry.E(registry.Conflict, "error.sales.closed")
	case !s.Sees:
		return registry.E(registry.Conflict, "error.sales.filed")
	}
	return registry.E(registry.Forbidden, "error.forbidden")
}

// SalesDue lists the returns of a vendor at events that have begun and are not
// reported, the latest first. Only the vendor's people may see them.
func (a *App) SalesDue(ctx context.Context, actor registry.Actor, vendor registry.VendorID) (dues []registry.SalesDue, err error) {
	if !actor.Owns(vendor) {
		return nil, registry.E(registry.NotFound, "error.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		dues, err = tx.SalesDues(ctx, "", vendor)
		return err
	})
	return dues, err
}

// SalesDesk is who has filed sales at an event, and who has not.
type SalesDesk struct {
	Event registry.Event
	Dues  []registry.SalesDue
	Sees  bool // the actor may open single returns
	Open  bool // returns are still taken
}

// Missing lists the vendors that have not told all of their days.
func (d *SalesDesk) Missing() []registry.SalesDue {
	return slices.DeleteFunc(slices.Clone(d.Dues), func(due registry.SalesDue) bool { return due.Complete() })
}

// MissingSales returns who has filed sales at an event and who has not, without
// any figure. The actor needs FileSales in the event's area.
func (a *App) MissingSales(ctx context.Context, actor registry.Actor, event registry.EventID) (d SalesDesk, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if d.Event, err = a.eventFor(ctx, tx, actor, registry.FileSales, event); err != nil {
			return err
		}
		d.Sees = actor.Can(registry.ViewSales, a.Areas.Scope(d.Event.Area))
		d.Open = takesSales(&d.Event, tx.NowMS())
		d.Dues, err = tx.SalesDues(ctx, event, "")
		return err
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
func (a *App) SalesChases(ctx context.Context, actor registry.Actor) (chases []SalesChase, err error) {
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
