package booths

import (
	"context"
	"slices"

	"hoicho/internal/floorplan"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	draws "hoicho/internal/store/draw"
	kept "hoicho/internal/store/floorplan"
)

// Plan is what the plan of an event's booths shows.
type Plan struct {
	Event   registry.Event
	Booths  []registry.Booth // in the order of the plan
	Gates   []registry.Gate
	Vendors map[registry.BoothID]registry.BoothVendor   // who has the assigned booths
	Seen    map[registry.BoothID]registry.BoothDayState // on the day, for the office
	Layout  *floorplan.Layout                           // the published drawing of it; nil: booths stand in rows and columns
}

// BoothPlan returns the plan of a public event. Who holds a booth without having
// it yet is nobody's business and left out, as are blocked vendors. It is NotFound for an event that the
// actor may not see.
func (a *Service) BoothPlan(ctx context.Context, actor registry.Actor, slug string) (p Plan, err error) {
	e, err := a.Events.EventBySlug(ctx, actor, slug)
	if err != nil {
		return p, err
	}
	return a.PlanOf(ctx, e)
}

// PlanOf is BoothPlan of an event that the reader was shown.
func (a *Service) PlanOf(ctx context.Context, e registry.Event) (p Plan, err error) {
	p.Event = e
	err = a.DB.Read(ctx, func(tx *store.Tx) error { return p.read(ctx, tx) })
	for _, b := range p.Booths {
		if b.State != registry.BoothAssigned || p.Vendors[b.ID].Blocked {
			delete(p.Vendors, b.ID)
		}
	}
	return p, err
}

// read fills in the booths of the plan's event and who has them.
func (p *Plan) read(ctx context.Context, tx *store.Tx) (err error) {
	if p.Booths, err = tx.Booths(ctx, p.Event.ID); err != nil {
		return err
	}
	if p.Gates, err = tx.Gates(ctx, p.Event.ID); err != nil {
		return err
	}
	drawn, err := kept.InForce(ctx, tx, p.Event.ID)
	if err != nil {
		return err
	}
	if drawn != nil {
		l := asTheyAre(drawn.Layout, p.Booths)
		p.Layout = &l
	}
	vendors, err := tx.BoothVendors(ctx, p.Event.ID)
	p.Vendors = make(map[registry.BoothID]registry.BoothVendor, len(vendors))
	for _, v := range vendors {
		p.Vendors[v.Booth] = v
	}
	return err
}

// CodesOf are the numbers of booths by their ids.
func CodesOf(list []registry.Booth) map[string]string {
	codes := make(map[string]string, len(list))
	for _, b := range list {
		codes[string(b.ID)] = b.Code
	}
	return codes
}

// asTheyAre is a drawing with the booths that the event has: what was removed since it was published is left
// out.
func asTheyAre(l floorplan.Layout, booths []registry.Booth) floorplan.Layout {
	codes := CodesOf(booths)
	l = l.Relinked(codes)
	l.Objects = slices.DeleteFunc(l.Objects, func(o floorplan.Object) bool { return o.Kind == floorplan.Booth && codes[o.Booth] == "" })
	for i, o := range l.Objects {
		if o.Kind == floorplan.Booth {
			l.Objects[i].Code = codes[o.Booth]
		}
	}
	return l
}

// Undrawn are the numbers of booths that a drawing of the plan does not have: they were added since it was
// published.
func (p Plan) Undrawn() (codes []string) {
	if p.Layout == nil {
		return nil
	}
	drawn := map[string]bool{}
	for _, o := range p.Layout.Booths() {
		drawn[o.Booth] = true
	}
	for _, b := range p.Booths {
		if !drawn[string(b.ID)] {
			codes = append(codes, b.Code)
		}
	}
	return codes
}

// Find returns a booth of the plan by its code.
func (p Plan) Find(code string) (registry.Booth, bool) {
	i := slices.IndexFunc(p.Booths, func(b registry.Booth) bool { return b.Code == code })
	if code == "" || i < 0 {
		return registry.Booth{}, false
	}
	return p.Booths[i], true
}

// Count returns how many booths are in a state.
func (p Plan) Count(state registry.BoothState) int {
	n := 0
	for _, b := range p.Booths {
		if b.State == state {
			n++
		}
	}
	return n
}

// BoothDesk is the office's page of an event's booths.
type BoothDesk struct {
	Plan
	Places  registry.Places
	Waiting int         // applications on the waiting list
	Without []Boothless // approved applications that have not all their booths
	MayEdit bool        // the actor may move booths now
	Over    bool        // nobody may any more: the event is over or called off
	Drawn   bool        // the booths were drawn in public: a move needs a reason
	Today   string      // YYYY-MM-DD
}

// Boothless is an approved application that is still owed booths.
type Boothless struct {
	registry.ApplicationRow
	Left int // booths owed
}

// BoothDesk returns the booths of an event for its office. It is NotFound for
// whoever does not see the office of its area.
func (a *Service) BoothDesk(ctx context.Context, actor registry.Actor, event registry.EventID) (d BoothDesk, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if d.Event, err = a.Events.EventFor(ctx, tx, actor, registry.ViewOffice, event); err != nil {
			return err
		}
		d.Today, d.Over = a.Today(), givesBooths(d.Event) != nil
		d.MayEdit = !d.Over && actor.Can(registry.ManageBooths, a.Areas.Scope(d.Event.Area))
		if err := d.read(ctx, tx); err != nil {
			return err
		}
		if d.Seen, err = tx.BoothDays(ctx, event, d.Today); err != nil {
			return err
		}
		if d.Places, err = tx.Places(ctx, event); err != nil {
			return err
		}
		if d.Drawn, err = draws.HasResult(ctx, tx, event); err != nil {
			return err
		}
		if d.Waiting, err = tx.CountApplications(ctx, registry.ApplicationFilter{Event: event,
			States: []registry.ApplicationState{registry.AppWaitlisted}}); err != nil {
			return err
		}
		d.Without, err = d.boothless(ctx, tx)
		return err
	})
	return d, err
}

func (d *BoothDesk) boothless(ctx context.Context, tx *store.Tx) ([]Boothless, error) {
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: d.Event.ID,
		States: []registry.ApplicationState{registry.AppApproved}})
	given := map[registry.ApplicationID]int{}
	for _, b := range d.Booths {
		if b.State == registry.BoothAssigned {
			given[b.Application]++
		}
	}
	var without []Boothless
	for _, r := range rows {
		if left := r.Granted - given[r.ID]; left > 0 {
			without = append(without, Boothless{r, left})
		}
	}
	return without, err
}

// Exhibitor is a vendor that takes part in an event, as visitors see it.
type Exhibitor struct {
	Booths   []string // codes in the order of the plan; none yet before booths are given
	Name     string
	Slug     string
	Kind     registry.VendorKind
	Products []registry.Product
}

// EventVendors returns who takes part in a public event, in the order of the
// plan, with the goods each brings; those without a booth come last. It is
// NotFound for an event that is not public.
func (a *Service) EventVendors(ctx context.Context, e registry.Event) (list []Exhibitor, err error) {
	if !e.Public() {
		return nil, registry.E(registry.NotFound, "error.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = exhibitors(ctx, tx, e.ID)
		return err
	})
	return list, err
}

func exhibitors(ctx context.Context, tx *store.Tx, event registry.EventID) ([]Exhibitor, error) {
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Event: event,
		States: []registry.ApplicationState{registry.AppApproved}})
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r registry.ApplicationRow) bool { return r.Blocked })
	booths, err := tx.Booths(ctx, event)
	if err != nil {
		return nil, err
	}
	products, err := goodsOf(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	place := map[registry.ApplicationID]int{} // of the first booth on the plan
	codes := map[registry.ApplicationID][]string{}
	for i, b := range booths {
		if b.State == registry.BoothAssigned {
			if len(codes[b.Application]) == 0 {
				place[b.Application] = i - len(booths)
			}
			codes[b.Application] = append(codes[b.Application], b.Code)
		}
	}
	slices.SortStableFunc(rows, func(x, y registry.ApplicationRow) int { return place[x.ID] - place[y.ID] })
	list := make([]Exhibitor, len(rows))
	for i, r := range rows {
		list[i] = Exhibitor{Booths: codes[r.ID], Name: r.VendorName, Slug: r.VendorSlug, Kind: r.VendorKind}
		for _, id := range r.Products {
			if p, ok := products[id]; ok && !p.Hidden && p.Evidence != registry.Excluded {
				list[i].Products = append(list[i].Products, p)
			}
		}
	}
	return list, nil
}

// goodsOf reads the products that applications bring.
func goodsOf(ctx context.Context, tx *store.Tx, rows []registry.ApplicationRow) (map[registry.ProductID]registry.Product, error) {
	var ids []registry.ProductID
	for _, r := range rows {
		ids = append(ids, r.Products...)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	products, err := tx.ProductsByID(ctx, ids)
	byID := make(map[registry.ProductID]registry.Product, len(products))
	for _, p := range products {
		byID[p.ID] = p
	}
	return byID, err
}
