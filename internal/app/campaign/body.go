package campaign

import (
	"context"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// BodyInput is what the form of a body holds.
type BodyInput struct {
	Kind      string `form:"kind"`
	Name      string `form:"name"`
	Area      string `form:"area"` // text form of a unit
	Parent    string `form:"parent"`
	Phone     string `form:"phone"`
	Email     string `form:"email"`
	From      string `form:"from"`
	Until     string `form:"until"`
	Successor string `form:"successor"`
	Version   int64  `form:"version"`
}

// BodyInputOf is a body as its form takes it.
func BodyInputOf(b committee.Body) BodyInput {
	return BodyInput{Kind: string(b.Kind), Name: b.Name, Area: b.Area.String(), Parent: string(b.Parent), Phone: vn.ShowPhone(b.Phone),
		Email: b.Email, From: vn.ShowDate(b.From), Until: vn.ShowDate(b.Until), Successor: string(b.Successor), Version: b.Version}
}

// checkBody fills a body from its form, or returns all faults at once.
func (a *Service) checkBody(actor registry.Actor, in BodyInput, b *committee.Body) error {
	r := core.Input{Today: a.Today()}
	b.Kind, b.Name = committee.BodyKind(in.Kind), r.Needed("name", in.Name, 150)
	r.Faults.Check(b.Kind.Valid(), "kind", "error.choose")
	b.Area = a.area(&r, actor, registry.ManagePlan, "area", in.Area)
	b.Parent, b.Successor = registry.BodyID(in.Parent), registry.BodyID(in.Successor)
	b.Phone, b.Email = r.Phone("phone", in.Phone), r.Email("email", in.Email)
	b.From, b.Until = r.Date("from", in.From), r.Date("until", in.Until)
	r.Faults.Check(b.From == "" || b.Until == "" || b.From <= b.Until, "until", "body.error.until")
	r.Faults.Check(b.Successor == "" || b.Until != "", "until", "body.error.successor_day")
	r.Faults.Check(b.ID == "" || b.Parent != b.ID, "parent", "body.error.self")
	r.Faults.Check(b.ID == "" || b.Successor != b.ID, "successor", "body.error.self")
	return r.Faults.Err()
}

// BodyRow is a body as lists show it.
type BodyRow struct {
	committee.Body
	ParentName    string
	SuccessorName string
	Stands        bool // today
	Manages       bool // the actor may change it
}

// Bodies lists the bodies in the areas of whoever reads plans, by name, those that no
// longer stand last.
func (a *Service) Bodies(ctx context.Context, actor registry.Actor) (rows []BodyRow, err error) {
	codes, err := reach(actor, registry.ViewPlan)
	if err != nil {
		return nil, err
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		bodies, err := tx.Bodies(ctx, codes)
		names := map[registry.BodyID]string{}
		for _, b := range bodies {
			names[b.ID] = b.Name
		}
		var gone []BodyRow
		for _, b := range bodies {
			row := BodyRow{b, names[b.Parent], names[b.Successor], b.StandsOn(a.Today()), actor.Can(registry.ManagePlan, a.Areas.Scope(b.Area))}
			if row.Stands {
				rows = append(rows, row)
			} else {
				gone = append(gone, row)
			}
		}
		rows = append(rows, gone...)
		return err
	})
	return rows, err
}

// BodyFile is a body with the people who act for it.
type BodyFile struct {
	BodyRow
	People []registry.Account
}

// Body returns a body of the actor's area, or NotFound. Who acts for it is shown to
// whoever may change that.
func (a *Service) Body(ctx context.Context, actor registry.Actor, id registry.BodyID) (f BodyFile, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		b, err := tx.Body(ctx, id)
		if err != nil {
			return err
		}
		scope := a.Areas.Scope(b.Area)
		if !actor.Can(registry.ViewPlan, scope) {
			return core.ErrHidden()
		}
		f.BodyRow = BodyRow{Body: b, Stands: b.StandsOn(a.Today()), Manages: actor.Can(registry.ManagePlan, scope)}
		if !f.Manages {
			return nil
		}
		people, err := tx.BodyPeople(ctx, id)
		for _, p := range people {
			account, err := tx.Account(ctx, p)
			if err != nil {
				return err
			}
			f.People = append(f.People, account)
		}
		return err
	})
	return f, err
}

// CreateBody adds a body. The actor needs ManagePlan in its area. Invalid at a field.
func (a *Service) CreateBody(ctx context.Context, actor registry.Actor, in BodyInput) (b committee.Body, err error) {
	if _, err := reach(actor, registry.ManagePlan); err != nil {
		return b, err
	}
	if err := a.checkBody(actor, in, &b); err != nil {
		return b, err
	}
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if err := a.checkKin(ctx, tx, actor, b); err != nil {
			return registry.Change{}, err
		}
		if err := tx.InsertBody(ctx, &b, a.Areas.Scope(b.Area)); err != nil {
			return registry.Change{}, err
		}
		return a.bodyChange("body.create", b, fact.Said("name", b.Name)), nil
	})
	return b, err
}

// SaveBody changes a body as it was read. The actor needs ManagePlan in its area, old
// and new. Invalid at a field; Conflict where a colleague was quicker.
func (a *Service) SaveBody(ctx context.Context, actor registry.Actor, id registry.BodyID, in BodyInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		old, err := a.managedBody(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		b := old
		if err := a.checkBody(actor, in, &b); err != nil {
			return registry.Change{}, err
		}
		if err := a.checkKin(ctx, tx, actor, b); err != nil {
			return registry.Change{}, err
		}
		b.Version = in.Version
		if err := tx.SaveBody(ctx, &b, a.Areas.Scope(b.Area)); err != nil {
			return registry.Change{}, err
		}
		return a.bodyChange("body.edit", b, fact.Differences(bodyFacts(old), bodyFacts(b))...), nil
	})
}

// managedBody reads a body that the actor may change; else it is NotFound.
func (a *Service) managedBody(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.BodyID) (committee.Body, error) {
	b, err := tx.Body(ctx, id)
	if err == nil && !actor.Can(registry.ManagePlan, a.Areas.Scope(b.Area)) {
		err = core.ErrHidden()
	}
	return b, err
}

// checkKin refuses a parent or successor that the actor cannot see, and a circle of
// parents.
func (a *Service) checkKin(ctx context.Context, tx *store.Tx, actor registry.Actor, b committee.Body) error {
	var faults registry.Faults
	for field, id := range map[string]registry.BodyID{"parent": b.Parent, "successor": b.Successor} {
		if id == "" {
			continue
		}
		kin, err := tx.Body(ctx, id)
		if registry.KindOf(err) == registry.NotFound || err == nil && !actor.Can(registry.ViewPlan, a.Areas.Scope(kin.Area)) {
			faults.Add(field, "error.choose")
			continue
		}
		if err != nil {
			return err
		}
		if field == "parent" && b.ID != "" {
			circle, err := a.below(ctx, tx, kin, b.ID)
			if err != nil {
				return err
			}
			faults.Check(!circle, field, "body.error.circle")
		}
	}
	return faults.Err()
}

// below reports whether a body stands below another one.
func (a *Service) below(ctx context.Context, tx *store.Tx, b committee.Body, above registry.BodyID) (bool, error) {
	for seen := map[registry.BodyID]bool{}; b.Parent != "" && !seen[b.ID]; {
		if b.Parent == above {
			return true, nil
		}
		seen[b.ID] = true
		var err error
		if b, err = tx.Body(ctx, b.Parent); err != nil {
			return false, err
		}
	}
	return false, nil
}

// bodyFacts are the fields of a body as the audit log compares them.
func bodyFacts(b committee.Body) fact.Facts {
	return fact.Facts{fact.Said("body.name", b.Name), fact.Code("body.kind", fact.BodyKind, b.Kind), fact.Place("body.area", b.Area),
		fact.Ref("body.parent", "body", b.Parent), fact.Hidden("body.phone", b.Phone), fact.Hidden("body.email", b.Email),
		fact.Date("body.from", b.From), fact.Date("body.until", b.Until), fact.Ref("body.successor", "body", b.Successor)}
}

func (a *Service) bodyChange(action string, b committee.Body, facts ...fact.Fact) registry.Change {
	return registry.Change{Action: action, Object: "body", ID: string(b.ID), Scope: a.Areas.Scope(b.Area), Detail: fact.Facts(facts)}
}

// AddBodyPerson lets an account, named by its phone or address, act for a body. The
// actor needs ManagePlan in its area. Invalid at the login if it is none, or nobody signs in with it.
func (a *Service) AddBodyPerson(ctx context.Context, actor registry.Actor, id registry.BodyID, login string) error {
	phone, email, fault := accounts.ParseLogin(login)
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		b, err := a.managedBody(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if fault != nil {
			return registry.Change{}, registry.At("login", fault.Key, fault.Args...)
		}
		account, err := tx.AccountByLogin(ctx, phone+email)
		if registry.KindOf(err) == registry.NotFound {
			return registry.Change{}, registry.At("login", "body.error.nobody")
		}
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.AddBodyPerson(ctx, id, account.ID, actor.Account); err != nil {
			return registry.Change{}, err
		}
		return a.bodyChange("body.person_add", b, fact.Ref("person", "account", account.ID)), nil
	})
}

// RemoveBodyPerson ends that an account acts for a body. The actor needs ManagePlan in
// its area.
func (a *Service) RemoveBodyPerson(ctx context.Context, actor registry.Actor, id registry.BodyID, account registry.AccountID) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		b, err := a.managedBody(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if err := tx.RemoveBodyPerson(ctx, id, account); err != nil {
			return registry.Change{}, err
		}
		return a.bodyChange("body.person_remove", b, fact.Ref("person", "account", account)), nil
	})
}
