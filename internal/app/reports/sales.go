package reports

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// SalesSheet is a vendor's sales return at an event, ready to be filled in.
type SalesSheet struct {
	Event    registry.Event
	Vendor   registry.Vendor
	Due      registry.SalesDue
	Days     []string             // of the vendor at the event, begun, that the actor may tell or see
	Hidden   int                  // begun days that others have told and the actor may not see
	Whole    bool                 // the actor has the whole return before it: contracts and best sellers too
	Return   registry.SalesReturn // without what the actor may not see
	Products []registry.Product   // among which best sellers are named
	Own      bool                 // the actor is one of the vendor's people
	Sees     bool                 // the actor may see the figures
	Open     bool                 // it may be filed or changed
}

// salesSheet reads a sheet. It is NotFound for whoever may neither file nor see
// it, and where the vendor does not take part.
func (a *Service) salesSheet(ctx context.Context, tx *store.Tx, actor registry.Actor, vendor registry.VendorID, event registry.EventID) (s SalesSheet, err error) {
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
	if application.State != registry.AppApproved || !s.Event.Public() {
		return s, registry.E(registry.NotFound, "error.not_found")
	}
	if s.Vendor, err = tx.Vendor(ctx, vendor); err != nil {
		return s, err
	}
	if err := s.readDue(ctx, tx); err != nil {
		return s, err
	}
	stored, err := tx.Sales(ctx, s.Event.ID, s.Vendor.ID)
	if err != nil {
		return s, err
	}
	s.show(stored, actor.Account)
	s.Open = files && takesSales(&s.Event, tx.NowMS()) && (s.Sees || len(s.Days) > 0)
	return s, s.readGoods(ctx, tx, application)
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

// show puts a stored return into the sheet. Whoever may not see the vendor's figures
// has before it what it typed in itself and the days that nobody has told: it can
// complete the return and mend its own typing, and reads nothing else.
func (s *SalesSheet) show(stored registry.SalesReturn, who registry.AccountID) {
	s.Return, s.Whole = stored, true
	if s.Sees {
		return
	}
	others := func(day string) bool {
		d, told := stored.On(day)
		return told && d.By != who
	}
	all := len(s.Days)
	s.Days = slices.DeleteFunc(s.Days, others)
	s.Return.Days = slices.DeleteFunc(slices.Clone(stored.Days), func(d registry.SalesDay) bool { return d.By != who })
	s.Hidden = all - len(s.Days)
	if s.Whole = stored.Version == 0 || stored.FiledBy == who; !s.Whole {
		s.Return.Best, s.Return.ContractsN, s.Return.ContractsDong = nil, 0, 0
	}
}

// merged is the return as it is stored: what was filled in, and beside it what the
// actor did not have before it. A day keeps the name of who told it until it is told
// anew.
func (s *SalesSheet) merged(in, stored registry.SalesReturn, who registry.AccountID) registry.SalesReturn {
	out := in
	for i, d := range out.Days {
		out.Days[i].By = who
		if had, ok := stored.On(d.Day); ok && had.Dong == d.Dong && had.Band == d.Band {
			out.Days[i].By = had.By
		}
	}
	for _, d := range stored.Days {
		if !slices.Contains(s.Days, d.Day) {
			out.Days = append(out.Days, d)
		}
	}
	slices.SortFunc(out.Days, func(a, b registry.SalesDay) int { return strings.Compare(a.Day, b.Day) })
	out.FiledBy, out.OnPaper = who, !s.Own
	if !s.Whole {
		out.FiledBy, out.OnPaper = stored.FiledBy, stored.OnPaper
		out.Best, out.ContractsN, out.ContractsDong = stored.Best, stored.ContractsN, stored.ContractsDong
	}
	return out
}

func (s *SalesSheet) readGoods(ctx context.Context, tx *store.Tx, application registry.Application) (err error) {
	if len(application.Products) > 0 {
		s.Products, err = tx.ProductsByID(ctx, application.Products)
		return err
	}
	s.Products, err = tx.VendorProducts(ctx, s.Vendor.ID)
	return err
}

// SalesSheet returns a vendor's sales return at an event. The vendor's people and
// holders of ViewSales in the event's area see its figures; holders of FileSales
// fill in days that nobody has told, and see and mend what they typed in themselves. It is NotFound for all others, and where
// the vendor does not take part.
func (a *Service) SalesSheet(ctx context.Context, actor registry.Actor, vendor registry.VendorID, event registry.EventID) (s SalesSheet, err error) {
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
	r := core.Input{}
	out := registry.SalesReturn{Event: s.Event.ID, Vendor: s.Vendor.ID, Best: in.Best, Version: in.Version}
	for _, d := range in.Days {
		field := "amount-" + d.Day
		if !slices.Contains(s.Days, d.Day) || hasDay(out.Days, d.Day) {
			r.Faults.Add("", "error.sales.day")
			continue
		}
		r.Faults.Check(d.Amount == "" || d.Band == "", field, "error.sales.both")
		r.Faults.Check(d.Band == "" || d.Band.Valid(), field, "error.choose")
		if d.Amount != "" {
			out.Days = append(out.Days, registry.SalesDay{Day: d.Day, Dong: readDong(&r, field, d.Amount)})
		} else if d.Band != "" {
			out.Days = append(out.Days, registry.SalesDay{Day: d.Day, Dong: d.Band.Dong(), Band: d.Band})
		}
	}
	if takesBack := s.Hidden > 0 && len(s.Return.Days) > 0; len(s.Days) > 0 && !takesBack {
		r.Faults.Check(len(out.Days) > 0 || len(r.Faults) > 0, "amount-"+s.Days[0], "error.sales.nothing")
	}
	out.ContractsN = int(readDong(&r, "contracts", in.Contracts))
	out.ContractsDong = readDong(&r, "contracts_dong", in.ContractsDong)
	r.Faults.Check(out.ContractsN <= registry.MaxContracts, "contracts", "error.sales.contracts", registry.MaxContracts)
	r.Faults.Check(out.ContractsDong == 0 || out.ContractsN > 0, "contracts", "error.sales.no_contract")
	slices.SortFunc(out.Days, func(a, b registry.SalesDay) int { return strings.Compare(a.Day, b.Day) })
	r.Faults.Check(len(in.Best) <= registry.MaxBestSellers && distinct(in.Best), "best", "error.sales.best")
	return out, r.Faults.Err()
}

// readDong reads an amount from zero up; "" is none.
func readDong(in *core.Input, field, s string) int64 {
	if s == "" {
		return 0
	}
	n, err := vn.ParseDong(s)
	in.Note(field, err)
	in.Faults.Check(n <= registry.MaxSalesDong, field, "error.sales.too_much")
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
// paper form: days that nobody has told, and those that they typed in themselves.
// What others have told stays as it is. Invalid at a
// field; *SalesUnsure for figures that look like a slip; Conflict where the event
// takes no returns or somebody else was quicker.
func (a *Service) FileSales(ctx context.Context, actor registry.Actor, vendor registry.VendorID, event registry.EventID, in SalesInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
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
		if err := tx.LockSales(ctx, event); err != nil {
			return registry.Change{}, err
		}
		stored, err := tx.Sales(ctx, event, vendor)
		if err != nil {
			return registry.Change{}, err
		}
		r = s.merged(r, stored, actor.Account)
		if err := tx.ReplaceNotices(ctx, event, vendor, core.TopicSales); err != nil {
			return registry.Change{}, err
		}
		// The figures themselves are the vendor's business and stay out of the log.
		return registry.Change{Action: "sales.file", Object: "sales", ID: string(event) + "/" + string(vendor),
			Scope: a.Areas.Scope(s.Event.Area), Detail: fact.Facts{fact.Count("sales_days", len(r.Days)), fact.Yes("on_paper", r.OnPaper)}}, tx.SaveSales(ctx, &r)
	})
}

// mayFile says why a sheet cannot be filed.
func (s *SalesSheet) mayFile(now int64) error {
	switch {
	case s.Open:
		return nil
	case !takesSales(&s.Event, now):
		return registry.E(registry.Conflict, "error.sales.closed")
	case len(s.Days) == 0 && s.Hidden == 0:
		return registry.E(registry.Conflict, "error.sales.closed")
	case !s.Sees && s.Hidden > 0:
		return registry.E(registry.Conflict, "error.sales.filed")
	}
	return registry.E(registry.Forbidden, "error.forbidden")
}

// SalesDue lists the returns of a vendor at events that have begun and are not
// reported, the latest first. Only the vendor's people may see them.
func (a *Service) SalesDue(ctx context.Context, actor registry.Actor, vendor registry.VendorID) (dues []registry.SalesDue, err error) {
	if !actor.Owns(vendor) {
		return nil, registry.E(registry.NotFound, "error.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		dues, err = tx.SalesDues(ctx, "", vendor)
		return err
	})
	return dues, err
}
