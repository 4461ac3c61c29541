package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/app/templates"
	"hoicho/internal/papertemplate"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// EventReport is the result report of an event as an officer sees it.
type EventReport struct {
	Event   registry.Event
	Stored  registry.ResultReport
	Result  report.Result
	Sees    bool             // the actor may see single vendors' sales
	Writes  bool             // the actor may fill in what stands around the figures, and close
	Chases  bool             // the actor may see who has not filed sales
	Begun   bool             // there are figures at all
	Over    bool             // the event has ended: the report can be closed and sent out
	Missing int              // vendors whose sales are missing
	Owners  templates.Owners // who may have a template for it
	Filled  bool             // one of them has
}

// Closed reports whether the figures are kept.
func (r EventReport) Closed() bool { return r.Stored.ClosedAt > 0 }

// EventReport counts what happened at an event. Until the event is closed the
// figures are those of now; afterwards they are those of its closing, and what
// changed since stands beside them. The actor needs ViewFigures in the event's
// area.
func (a *Service) EventReport(ctx context.Context, actor registry.Actor, id registry.EventID) (r EventReport, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if r.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewFigures, id); err != nil {
			return err
		}
		scope := a.Areas.Scope(r.Event.Area)
		r.Sees, r.Writes = actor.Can(registry.ViewSales, scope), actor.Can(registry.ManageEvents, scope)
		r.Chases = actor.Can(registry.FileSales, scope)
		r.Over = r.Event.State == registry.Ended || r.Event.State == registry.Reported
		r.Begun = r.Over || r.Event.State == registry.Running
		r.Owners = templates.OfArea(a.Areas, r.Event.Area, func(scope registry.Scope) bool { return actor.Can(registry.ManageEvents, scope) })
		if _, r.Filled, err = r.Owners.InUse(ctx, tx, papertemplate.OfEvent); err != nil {
			return err
		}
		return a.readReport(ctx, tx, &r)
	})
	return r, err
}

func (a *Service) readReport(ctx context.Context, tx *store.Tx, r *EventReport) (err error) {
	facts, err := a.resultFacts(ctx, tx, r.Event)
	if err != nil {
		return err
	}
	if r.Stored, err = tx.Report(ctx, r.Event.ID); err != nil {
		return err
	}
	r.Result = report.Result{Now: report.Count(facts, a.placeOn(r.Event.Area, r.Event.OpensOn)), Facts: facts, Paper: r.Stored.Paper}
	r.Missing = int(r.Result.Now.N("sales_missing"))
	if r.Stored.Version == 0 {
		if r.Result.Paper, err = a.firstPaper(ctx, tx, r.Event); err != nil {
			return err
		}
	}
	if r.Closed() {
		then, err := report.Thaw(r.Stored.Figures)
		if err != nil {
			return fmt.Errorf("report of %s: %w", r.Event.ID, err)
		}
		r.Result.Then, r.Result.ClosedOn = &then, vn.DateOf(time.UnixMilli(r.Stored.ClosedAt))
	}
	if r.Result.Addenda, err = readAddenda(r.Stored); err != nil {
		return err
	}
	r.Result.Log, err = logOf(ctx, tx, r.Stored)
	return err
}

// logOf is where the audit log ended when a report, or its latest addendum, was
// closed; where it ends now while neither is.
func logOf(ctx context.Context, tx *store.Tx, r registry.ResultReport) (registry.AuditHead, error) {
	closed := r.ClosedAt
	for _, a := range r.Addenda {
		closed = max(closed, a.ClosedAt)
	}
	if closed == 0 {
		return tx.AuditHead(ctx)
	}
	return tx.HeadAfter(ctx, "event", string(r.Event), closed)
}

// placeOn names a unit as it was on a date.
func (a *Service) placeOn(ref registry.AreaRef, date string) string {
	area, ok := a.Areas.Lookup(ref)
	if !ok {
		return ""
	}
	return a.Areas.LongName(area, date)
}

// firstPaper is what a report begins with: that of the issuer's latest one, with
// neither number, date nor assessment.
func (a *Service) firstPaper(ctx context.Context, tx *store.Tx, e registry.Event) (registry.ResultPaper, error) {
	p, err := tx.LatestReportPaper(ctx, e.Organiser)
	p.Number, p.SignedOn, p.Assessment = "", "", ""
	if p.Issuer == "" {
		p.Issuer = e.Organiser
	}
	if province, ok := a.Areas.Province(e.Area); ok && p.Place == "" {
		p.Place = province.Name
	}
	return p, err
}

// resultFacts reads the rows behind every figure of an event.
func (a *Service) resultFacts(ctx context.Context, tx *store.Tx, e registry.Event) (f *registry.ResultFacts, err error) {
	f = &registry.ResultFacts{Event: e}
	for _, read := range []func() error{
		func() (err error) { f.Booths, err = tx.BoothFacts(ctx, e.ID); return err },
		func() (err error) { f.Vendors, err = tx.VendorFacts(ctx, e.ID); return err },
		func() (err error) { f.Tips, err = tx.TipFacts(ctx, e.ID); return err },
		func() (err error) { f.Passes, err = tx.PassFacts(ctx, e.ID); return err },
		func() (err error) { f.Visits, err = visitFacts(ctx, tx, e.ID); return err },
		func() error { return stimulusFacts(ctx, tx, f) },
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	a.placeVendors(f)
	if err := productFacts(ctx, tx, f); err != nil {
		return nil, err
	}
	return f, salesFacts(ctx, tx, f)
}

// placeVendors names where vendors come from, and whether that is the event's
// province by today's units.
func (a *Service) placeVendors(f *registry.ResultFacts) {
	here := provincesOf(a.Areas.Scope(f.Event.Area))
	for i := range f.Vendors {
		v := &f.Vendors[i]
		v.AreaName = a.placeOn(v.Area, f.Event.OpensOn)
		v.InProvince = slices.ContainsFunc(provincesOf(a.Areas.Scope(v.Area)), func(code string) bool { return slices.Contains(here, code) })
	}
}

// provincesOf keeps the codes of provinces, which have two digits.
func provincesOf(scope registry.Scope) []string {
	return slices.DeleteFunc(slices.Clone(scope), func(code string) bool { return len(code) != 2 })
}

// productFacts reads the goods that were brought, with the stars that were in
// force on every day of the event.
func productFacts(ctx context.Context, tx *store.Tx, f *registry.ResultFacts) error {
	ids, err := tx.BroughtProducts(ctx, f.Event.ID)
	if err != nil {
		return err
	}
	products, err := tx.ProductsByID(ctx, ids)
	for _, p := range products {
		f.Products = append(f.Products, registry.ProductFact{Product: p.ID, Name: p.Name, VendorName: vendorName(f, p.Vendor), Group: p.Group,
			Origin: p.Origin, Place: p.OriginPlace, Evidence: p.EvidenceOn(f.Event.ClosesOn), GTIN: p.GTIN, Stars: steadyStars(&p, f.Event.Days)})
	}
	return err
}

func vendorName(f *registry.ResultFacts, id registry.VendorID) string {
	for _, v := range f.Vendors {
		if v.Vendor == id {
			return v.Name
		}
	}
	return ""
}

// steadyStars is the rank that a product had on every one of the days.
func steadyStars(p *registry.Product, days []registry.EventDay) int {
	stars := 0
	for i, d := range days {
		r, _ := p.Stars(d.Day)
		if i == 0 || r.Stars < stars {
			stars = r.Stars
		}
	}
	return stars
}

// visitFacts reads the counters of visits by day, gate and way of counting.
func visitFacts(ctx context.Context, tx *store.Tx, id registry.EventID) ([]registry.VisitFact, error) {
	gates, err := tx.Gates(ctx, id)
	if err != nil {
		return nil, err
	}
	hours, err := tx.GateHours(ctx, id, 0, 1<<62)
	if err != nil {
		return nil, err
	}
	var facts []registry.VisitFact
	for _, h := range hours {
		method := registry.CountMethod(h.Figure)
		if h.N == 0 || !slices.Contains(registry.CountMethods, method) {
			continue
		}
		fact := registry.VisitFact{Day: vn.DateOf(time.UnixMilli(h.HourAt)), Gate: gateName(gates, h.Gate), Method: method}
		i := slices.IndexFunc(facts, func(f registry.VisitFact) bool { f.N = 0; return f == fact })
		if i < 0 {
			facts, i = append(facts, fact), len(facts)
		}
		facts[i].N += int64(h.N)
	}
	slices.SortStableFunc(facts, func(a, b registry.VisitFact) int { return strings.Compare(a.Day, b.Day) })
	return facts, nil
}

func gateName(gates []registry.Gate, number int) string {
	for _, g := range gates {
		if g.Number == number {
			return g.Name
		}
	}
	return ""
}

// salesFacts reads the return of every vendor that took part, or that it filed
// none.
func salesFacts(ctx context.Context, tx *store.Tx, f *registry.ResultFacts) error {
	returns, err := tx.EventSales(ctx, f.Event.ID)
	if err != nil {
		return err
	}
	for _, v := range f.Vendors {
		fact := registry.SalesFact{VendorName: v.Name, Owed: v.Days, OwedDays: v.OnDays}
		for _, r := range returns {
			if r.Vendor == v.Vendor {
				fact.SalesReturn = r
			}
		}
		for _, best := range fact.Best {
			i := slices.IndexFunc(f.Products, func(p registry.ProductFact) bool { return p.Product == best })
			if i >= 0 {
				fact.BestNames = append(fact.BestNames, f.Products[i].Name)
				fact.BestGroups = append(fact.BestGroups, f.Products[i].Group)
			}
		}
		f.Sales = append(f.Sales, fact)
	}
	return nil
}

// FreezeReport keeps the figures of an event in the transaction that closes it.
// The event is written first, so that no return is filed beside it.
func (a *Service) FreezeReport(ctx context.Context, tx *store.Tx, actor registry.Actor, e registry.Event) error {
	facts, err := a.resultFacts(ctx, tx, e)
	if err != nil {
		return err
	}
	figures := report.Count(facts, a.placeOn(e.Area, e.OpensOn))
	frozen, err := figures.Freeze()
	if err != nil {
		return err
	}
	stored, err := tx.Report(ctx, e.ID)
	if err != nil {
		return err
	}
	if last := stored.Last(); last != nil {
		return tx.CloseAddendum(ctx, e.ID, registry.ReportAddendum{N: last.N, Figures: frozen, ClosedBy: actor.Name})
	}
	paper, err := a.firstPaper(ctx, tx, e)
	if err != nil {
		return err
	}
	return tx.CloseReport(ctx, e.ID, store.Closing{Paper: paper, Figures: frozen, By: actor.Name})
}

// ReportPaperInput is what stands around the figures of a report, as an officer fills it
// in.
type ReportPaperInput struct {
	registry.ResultPaper
	Version int64
}

func (in *ReportPaperInput) check(today string) error {
	r := core.Input{Today: today}
	p := &in.ResultPaper
	p.Style = cmp.Or(p.Style, registry.StateStyle)
	r.Faults.Check(p.Style.Valid(), "style", "error.choose")
	p.Authority, p.Issuer = r.Line("authority", p.Authority, 200), r.Needed("issuer", p.Issuer, 200)
	p.Number, p.Place = r.Line("number", p.Number, 60), r.Line("place", p.Place, 60)
	p.SignedOn = r.Date("signed_on", p.SignedOn)
	p.Assessment, p.Recipients = r.Text("assessment", p.Assessment, 6000), r.Text("recipients", p.Recipients, 1000)
	p.SignerTitle, p.SignerName = r.Line("signer_title", p.SignerTitle, 100), r.Line("signer_name", p.SignerName, 100)
	return r.Faults.Err()
}

// SaveReportPaper stores what stands around the figures of a report. The actor needs
// ManageEvents in the event's area. Invalid at a field; Conflict if somebody else
// wrote in between, and once the report is closed.
func (a *Service) SaveReportPaper(ctx context.Context, actor registry.Actor, id registry.EventID, in ReportPaperInput) error {
	if err := in.check(a.Today()); err != nil {
		return err
	}
	return a.paperChange(ctx, actor, id, "report.paper", func(tx *store.Tx) error {
		return tx.SaveReportPaper(ctx, id, in.ResultPaper, in.Version)
	})
}

// NumberReport enters the number and date of a closed report, else of its last
// addendum; they are given out after signing. They are entered once. Rights and errors are those of SaveReportPaper.
func (a *Service) NumberReport(ctx context.Context, actor registry.Actor, id registry.EventID, number, signedOn string) error {
	r := core.Input{Today: a.Today()}
	number, signedOn = r.Needed("number", number, 60), r.Date("signed_on", signedOn)
	r.Faults.Check(signedOn != "" || len(r.Faults) > 0, "signed_on", "error.required")
	if err := r.Faults.Err(); err != nil {
		return err
	}
	return a.paperChange(ctx, actor, id, "report.number", func(tx *store.Tx) error {
		stored, err := tx.Report(ctx, id)
		if err != nil {
			return err
		}
		if last := stored.Last(); last != nil && stored.Paper.Number != "" {
			return tx.NumberAddendum(ctx, id, registry.ReportAddendum{N: last.N, Number: number, SignedOn: signedOn})
		}
		return tx.NumberReport(ctx, id, number, signedOn)
	})
}

func (a *Service) paperChange(ctx context.Context, actor registry.Actor, id registry.EventID, action string, write func(*store.Tx) error) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		e, err := a.Events.EventFor(ctx, tx, actor, registry.ManageEvents, id)
		if err != nil {
			return registry.Change{}, err
		}
		return registry.Change{Action: action, Object: "report", ID: string(id), Scope: a.Areas.Scope(e.Area)}, write(tx)
	})
}
