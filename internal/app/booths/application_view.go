package booths

import (
	"context"
	"slices"
	"strings"

	"hoicho/internal/app/events"
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
	Findings []registry.Finding            // for the office
	Lacking  []registry.Finding            // papers that the law asks for and that are missing or lapse
	Papers   []registry.Certificate        // of the vendor, for the office
	Needs    []registry.Need               // for the office
	Asked    []AskState                    // what the vendor was last asked to mend or add
	Askable  []AskOption                   // for the office
	Names    map[registry.ProductID]string // of goods that it brings, or brought when they were asked about
	Missing  error                         // Faults of what has to be filled in before it can be sent
	Closed   error                         // why nothing can be sent or changed now, nil if it can
	Leaves   bool                          // the vendor may still take it back
	Told     events.Effect                 // how the vendor would hear of a decision, for the office
}

// Concerns reports whether a quota is about goods that the application brings.
func (v ApplicationView) Concerns(q QuotaUse) bool {
	return slices.ContainsFunc(v.Products, func(p registry.Product) bool { return p.Group == q.Group })
}

// Application returns an application for those who act for its vendor; NotFound
// for anybody else.
func (a *Service) Application(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (v ApplicationView, err error) {
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
func (a *Service) ReviewedApplication(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (v ApplicationView, err error) {
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
		if v.Told, err = a.willReach(ctx, tx, id); err != nil {
			return err
		}
		return v.read(ctx, tx, true)
	})
	return v, err
}

// Reviewable returns those of some applications that the actor may open as the office
// sees them.
func (a *Service) Reviewable(ctx context.Context, actor registry.Actor, ids []registry.ApplicationID) (map[registry.ApplicationID]bool, error) {
	opens := map[registry.ApplicationID]bool{}
	err := a.DB.Read(ctx, func(tx *store.Tx) error {
		for _, id := range ids {
			app, err := tx.Application(ctx, id)
			var event registry.Event
			if err == nil {
				event, err = tx.Event(ctx, app.Event)
			}
			if err != nil && registry.KindOf(err) != registry.NotFound {
				return err
			}
			opens[id] = err == nil && a.mayReview(actor, app, event) == nil
		}
		return nil
	})
	return opens, err
}

func (v *ApplicationView) read(ctx context.Context, tx *store.Tx, internal bool) (err error) {
	v.Closed, v.Missing = windowFault(v.Event, v.Application, tx.NowMS()), incomplete(v.Application, v.Event)
	v.Leaves = withdrawFault(v.Event, v.Application) == nil
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
	if v.Quotas, err = quotaUse(ctx, tx, v.Event); err != nil {
		return err
	}
	if err = v.readNames(ctx, tx); err != nil {
		return err
	}
	return v.readPapers(ctx, tx, internal)
}

// readNames names the goods of the application, and those of before that were asked about.
func (v *ApplicationView) readNames(ctx context.Context, tx *store.Tx) error {
	v.Names = map[registry.ProductID]string{}
	goods := v.Products
	for _, a := range v.Asks {
		if a.Name != "products" {
			continue
		}
		var was []registry.ProductID
		for id := range strings.SplitSeq(a.Was[a.Name], "\n") {
			was = append(was, registry.ProductID(id))
		}
		before, err := tx.ProductsByID(ctx, was)
		if err != nil {
			return err
		}
		goods = append(slices.Clip(goods), before...)
	}
	for _, p := range goods {
		v.Names[p.ID] = p.Name
	}
	return nil
}

// NotAsked are the findings about what the law asks for that the office has not asked for
// by name already.
func (v ApplicationView) NotAsked() []registry.Finding {
	if v.State != registry.AppNeedsInfo {
		return v.Lacking
	}
	return slices.DeleteFunc(slices.Clone(v.Lacking), func(f registry.Finding) bool {
		key := registry.AskOf(f, v.Products).Key()
		return slices.ContainsFunc(v.Asks, func(a registry.Asked) bool { return a.Key() == key })
	})
}

func (v *ApplicationView) readPapers(ctx context.Context, tx *store.Tx, internal bool) error {
	papers, err := tx.Certificates(ctx, v.Vendor.ID)
	findings := registry.FindingsOf(&v.Application, v.Products, papers, comesUntil(v.Application, v.Event))
	v.Lacking = registry.Lacking(findings)
	g := grounds{v.Application, v.Vendor, v.Products, papers, v.ComesUntil()}
	for _, a := range v.Asks {
		v.Asked = append(v.Asked, g.state(a))
	}
	if internal {
		v.Askable = g.options(findings)
		v.Findings, v.Papers, v.Needs = findings, papers, registry.Needs(v.Products, papers)
	}
	return err
}

// ComesUntil is the last day on which the vendor comes, the event's while it has
// chosen none.
func (v ApplicationView) ComesUntil() string { return comesUntil(v.Application, v.Event) }

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
func (a *Service) ApplicationOffering(ctx context.Context, actor registry.Actor, id registry.ApplicationID) (o Offering, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		app, e, err := a.ownApplication(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		products, err := tx.VendorProducts(ctx, app.Vendor)
		if err != nil {
			return err
		}
		o.Products = slices.DeleteFunc(products, unsellable)
		o.Zones, err = tx.Zones(ctx, e.ID)
		return err
	})
	return o, err
}

// VendorApplications is a vendor's page of applications.
type VendorApplications struct {
	Vendor registry.Vendor
	Rows   []registry.ApplicationRow // latest first
	Open   []registry.Event          // that take applications and have none of this vendor
}

// VendorApplications returns the applications of a vendor, for its members. It is
// NotFound for anybody else.
func (a *Service) VendorApplications(ctx context.Context, actor registry.Actor, vendor registry.VendorID) (v VendorApplications, err error) {
	if !actor.Owns(vendor) {
		return v, registry.E(registry.NotFound, "error.not_found")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if v.Vendor, err = tx.Vendor(ctx, vendor); err != nil {
			return err
		}
		if v.Rows, err = tx.ApplicationRows(ctx, registry.ApplicationFilter{Vendor: vendor}); err != nil {
			return err
		}
		slices.SortStableFunc(v.Rows, func(x, y registry.ApplicationRow) int { return int(y.Number - x.Number) })
		v.Open, err = openEvents(ctx, tx, a.Today())
		return err
	})
	v.Open = slices.DeleteFunc(v.Open, func(e registry.Event) bool {
		return slices.ContainsFunc(v.Rows, func(r registry.ApplicationRow) bool { return r.Event == e.ID })
	})
	return v, err
}

// Doorway is the page before an application: the event, and the vendors for which
// the actor may apply.
type Doorway struct {
	Event   registry.Event
	Places  registry.Places
	Quotas  []QuotaUse
	Vendors []DoorwayVendor
	Closed  error // why nobody can apply now, nil if they can
}

// DoorwayVendor is a vendor of the actor with its application to the event, if it
// has one.
type DoorwayVendor struct {
	registry.Vendor
	Application registry.ApplicationID
	State       registry.ApplicationState
	Last        *registry.ApplicationRow // to another event, sent most recently; nil without one
}

// ApplicationDoorway returns the page before an application to an event that the
// actor may see.
func (a *Service) ApplicationDoorway(ctx context.Context, actor registry.Actor, slug string) (d Doorway, err error) {
	if d.Event, err = a.Events.EventBySlug(ctx, actor, slug); err != nil {
		return d, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		d.Closed = windowFault(d.Event, registry.Application{}, tx.NowMS())
		if d.Places, err = tx.Places(ctx, d.Event.ID); err != nil {
			return err
		}
		if d.Quotas, err = quotaUse(ctx, tx, d.Event); err != nil {
			return err
		}
		vendors, err := tx.VendorsOf(ctx, actor.Account)
		if err != nil {
			return err
		}
		for _, v := range vendors {
			first, err := tx.ApplicationOf(ctx, d.Event.ID, v.ID)
			if err != nil && registry.KindOf(err) != registry.NotFound {
				return err
			}
			last, err := lastSent(ctx, tx, v.ID, d.Event.ID)
			if err != nil {
				return err
			}
			d.Vendors = append(d.Vendors, DoorwayVendor{v, first.ID, first.State, last})
		}
		return nil
	})
	return d, err
}

// lastSent is the application that a vendor sent most recently to any other event.
func lastSent(ctx context.Context, tx *store.Tx, vendor registry.VendorID, event registry.EventID) (*registry.ApplicationRow, error) {
	rows, err := tx.ApplicationRows(ctx, registry.ApplicationFilter{Vendor: vendor})
	for _, r := range slices.Backward(rows) { // the oldest submission comes first
		if r.SubmittedAt > 0 && r.Event != event {
			return &r, err
		}
	}
	return nil, err
}

func openEvents(ctx context.Context, tx *store.Tx, today string) ([]registry.Event, error) {
	events, _, err := tx.Events(ctx, registry.EventFilter{States: []registry.EventState{registry.Open}, From: today})
	return slices.DeleteFunc(events, func(e registry.Event) bool { return !e.AcceptsApplications(tx.NowMS()) }), err
}

// PaperDoorway is the page before an officer types in a paper form: the events
// that can still take one, and the vendors that a search found.
type PaperDoorway struct {
	Events  []registry.Event
	Vendors []registry.Vendor
}

const paperVendors = 10

// PaperDoorway returns the events for which the actor may type in paper forms,
// and the vendors that may apply whose name has every word of a text.
func (a *Service) PaperDoorway(ctx context.Context, actor registry.Actor, text string) (d PaperDoorway, err error) {
	if !actor.CanSomewhere(registry.ReviewApplications) {
		return d, registry.E(registry.NotFound, "error.not_found")
	}
	filter := registry.EventFilter{States: []registry.EventState{registry.Open, registry.Closed}, From: a.Today()}
	if codes, all := actor.Reach(registry.ReviewApplications); !all {
		filter.Reach, filter.Limited = codes, true
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		if d.Events, _, err = tx.Events(ctx, filter); err != nil || text == "" {
			return err
		}
		d.Vendors, _, err = tx.Vendors(ctx, registry.VendorFilter{Text: text, Open: true, Limit: paperVendors})
		return err
	})
	return d, err
}
