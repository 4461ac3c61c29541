package passes

import (
	"context"
	"maps"
	"slices"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// maxVehiclePasses is how many vehicle passes an application gets.
const maxVehiclePasses = 3

// maxIssue is how many passes one request may issue.
const maxIssue = 1000

// Lengths in runes of what is printed on a pass and told at the gate.
const (
	maxPassLabel  = 80
	maxPassReason = 200
)

// IssueForBooth issues the passes of a booth in the transaction that assigns it:
// one booth pass, the staff passes of the event, and with the first booth one
// vehicle pass for each number plate. The booth pass is held where the event asks for a
// check before the opening.
func (a *Service) IssueForBooth(ctx context.Context, tx *store.Tx, b registry.Booth) error {
	app, err := tx.Application(ctx, b.Application)
	if err != nil {
		return err
	}
	event, err := tx.Event(ctx, b.Event)
	if err != nil || len(app.Days) == 0 {
		return err
	}
	staff := event.StaffPasses
	if app.StaffN > 0 {
		staff = min(staff, app.StaffN)
	}
	common := registry.Pass{Event: event.ID, EventNumber: event.Number, Vendor: app.Vendor, Application: app.ID,
		FirstDay: slices.Min(app.Days), Days: registry.DaysBetween(slices.Min(app.Days), slices.Max(app.Days)) + 1}
	passes := []registry.Pass{with(common, registry.BoothPass, b, 0, 0)}
	for i := range staff {
		passes = append(passes, with(common, registry.StaffPass, b, i+1, staff))
	}
	vehicles, err := a.vehiclePasses(ctx, tx, common, app)
	if err != nil {
		return err
	}
	if err := a.issue(ctx, tx, append(passes, vehicles...), ""); err != nil {
		return err
	}
	_, err = tx.SyncHolds(ctx, b.Event)
	return err
}

func with(p registry.Pass, kind registry.PassKind, b registry.Booth, ordinal, of int) registry.Pass {
	p.Kind, p.Booth, p.Label, p.Ordinal, p.OrdinalOf = kind, b.ID, b.Code, ordinal, of
	return p
}

// vehiclePasses are one for each plate, unless the application has them already.
func (a *Service) vehiclePasses(ctx context.Context, tx *store.Tx, common registry.Pass, app registry.Application) ([]registry.Pass, error) {
	had, err := tx.Passes(ctx, registry.PassFilter{Event: common.Event, Vendor: common.Vendor, Kind: registry.VehiclePass, State: registry.PassValid})
	if err != nil || len(had) > 0 {
		return nil, err
	}
	var passes []registry.Pass
	for i, plate := range app.Vehicles[:min(len(app.Vehicles), maxVehiclePasses)] {
		p := common
		p.Kind, p.Label, p.Ordinal, p.OrdinalOf = registry.VehiclePass, plate, i+1, min(len(app.Vehicles), maxVehiclePasses)
		passes = append(passes, p)
	}
	return passes, nil
}

// issue gives passes their codes and proofs and stores them.
func (a *Service) issue(ctx context.Context, tx *store.Tx, passes []registry.Pass, by registry.AccountID) error {
	ring, err := a.signingRing(ctx, tx)
	if err != nil {
		return err
	}
	codes, err := newCodes(ctx, tx, len(passes))
	if err != nil {
		return err
	}
	for i := range passes {
		p := &passes[i]
		p.ID, p.Code, p.IssuedAt, p.IssuedBy = store.NewID[registry.PassID](), codes[i], tx.NowMS(), by
		if p.Proof, p.KeyID, err = ring.Sign(pass.ClaimsOf(p)); err != nil {
			return err
		}
	}
	return tx.InsertPasses(ctx, passes)
}

// newCodes makes n codes that no pass has, in the block of this database: one that
// was restored from a backup has another block than before, so that no new pass
// gets the code of a printed one that the backup does not know.
func newCodes(ctx context.Context, tx *store.Tx, n int) ([]string, error) {
	block, err := tx.CodeBlock(ctx)
	if err != nil {
		return nil, err
	}
	codes := map[string]bool{}
	for len(codes) < n {
		fresh := make([]string, n-len(codes))
		for i := range fresh {
			fresh[i] = pass.NewCodeIn(block)
			codes[fresh[i]] = true
		}
		taken, err := tx.CodesTaken(ctx, fresh)
		if err != nil {
			return nil, err
		}
		for _, code := range taken {
			delete(codes, code)
		}
	}
	return slices.Collect(maps.Keys(codes)), nil
}

// RevokeForBooth revokes the passes of a booth in the transaction that takes it
// away, and those of the application's vehicles with its last booth.
func (a *Service) RevokeForBooth(ctx context.Context, tx *store.Tx, b registry.Booth) error {
	if _, err := tx.RevokeBoothPasses(ctx, b.Event, b.ID, registry.ReasonReleased); err != nil {
		return err
	}
	left, err := OtherBooths(ctx, tx, b)
	if err != nil || left > 0 {
		return err
	}
	_, err = tx.RevokeApplicationPasses(ctx, b.Event, b.Application, registry.ReasonReleased)
	return err
}

// EventPasses lists passes of an event. The actor needs ManagePasses there.
func (a *Service) EventPasses(ctx context.Context, actor registry.Actor, f registry.PassFilter) (event registry.Event, rows []registry.PassRow, total int, err error) {
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if event, err = a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, f.Event); err != nil {
			return err
		}
		if rows, err = tx.Passes(ctx, f); err != nil {
			return err
		}
		f.After = ""
		total, err = tx.CountPasses(ctx, f)
		return err
	})
	return event, rows, total, err
}

// VendorPasses lists the passes of a vendor that are not revoked and whose days are
// not over, newest event last. Only its members may see them.
func (a *Service) VendorPasses(ctx context.Context, actor registry.Actor, vendor registry.VendorID) ([]registry.PassRow, error) {
	if !actor.Owns(vendor) {
		return nil, registry.E(registry.NotFound, "error.not_found")
	}
	var rows []registry.PassRow
	err := a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		rows, err = tx.Passes(ctx, registry.PassFilter{Vendor: vendor})
		return err
	})
	today := a.Today()
	return slices.DeleteFunc(rows, func(r registry.PassRow) bool { return r.State == registry.PassRevoked || r.ExpiredOn(today) }), err
}

// IssueInput asks for passes that belong to no booth.
type IssueInput struct {
	Kind     registry.PassKind // official or visitor
	Count    int               // 1 to 1000
	Label    string            // printed on them: the body, the village
	FirstDay string            // YYYY-MM-DD; a day of the event
	Days     int
	Test     bool
}

// check cleans the label and returns what is wrong, at its fields.
func (in *IssueInput) check(event registry.Event) error {
	var typed core.Input
	in.Label = typed.Line("label", in.Label, maxPassLabel)
	f := &typed.Faults
	f.Check(in.Kind == registry.OfficialPass || in.Kind == registry.VisitorPass, "kind", "error.choose")
	f.Check(in.Count >= 1 && in.Count <= maxIssue, "count", "error.pass.count", maxIssue)
	last := registry.AddDays(in.FirstDay, in.Days-1)
	f.Check(in.Days >= 1 && in.FirstDay >= event.OpensOn && last != "" && last <= event.ClosesOn, "first_day", "error.pass.days")
	return f.Err()
}

// IssuePasses issues official or visitor passes of an event, numbered and without
// names. The actor needs ManagePasses there. Invalid at a field; Conflict when
// the event does not take place.
func (a *Service) IssuePasses(ctx context.Context, actor registry.Actor, id registry.EventID, in IssueInput) error {
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		event, err := a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, id)
		if err != nil {
			return registry.Change{}, err
		}
		if event.State.Stopped() {
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.event_stopped")
		}
		if err := in.check(event); err != nil {
			return registry.Change{}, err
		}
		passes := make([]registry.Pass, in.Count)
		for i := range passes {
			passes[i] = registry.Pass{Event: event.ID, EventNumber: event.Number, Kind: in.Kind, Label: in.Label,
				Ordinal: i + 1, OrdinalOf: in.Count, FirstDay: in.FirstDay, Days: in.Days, Test: in.Test}
		}
		c := registry.Change{Action: "pass.issue", Object: "event", ID: string(id), Scope: a.Areas.Scope(event.Area),
			Detail: fact.Facts{fact.Code("kind", fact.PassKind, in.Kind), fact.Count("count", in.Count)}}
		return c, a.issue(ctx, tx, passes, actor.Account)
	})
}

// StepPass blocks, unblocks or revokes a pass, with a reason that the gate is
// told. The actor needs ManagePasses in the event's area. Conflict where the pass
// cannot take that step, or is to be unblocked while its vendor is blocked or its booth may
// not open yet.
func (a *Service) StepPass(ctx context.Context, actor registry.Actor, id registry.PassID, next registry.PassState, reason string) error {
	var typed core.Input
	if next == registry.PassValid {
		reason = typed.Line("reason", reason, maxPassReason)
	} else {
		reason = typed.Needed("reason", reason, maxPassReason)
	}
	return a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		p, event, err := a.managedPass(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		if !p.State.CanBecome(next) {
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.step")
		}
		if err := typed.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		if next == registry.PassValid && p.StateReason == registry.PassHeld {
			return registry.Change{}, registry.E(registry.Conflict, "pass.error.held")
		}
		if next == registry.PassValid && p.Application != "" {
			if err := tx.LockActiveVendor(ctx, p.Application); err != nil {
				return registry.Change{}, err
			}
		}
		return a.passChange("pass."+string(next), p, event, reason), tx.StepPass(ctx, p, next, reason)
	})
}

func (a *Service) managedPass(ctx context.Context, tx *store.Tx, actor registry.Actor, id registry.PassID) (p registry.Pass, event registry.Event, err error) {
	if p, err = tx.Pass(ctx, id); err != nil {
		return p, event, err
	}
	event, err = a.Events.EventFor(ctx, tx, actor, registry.ManagePasses, p.Event)
	return p, event, err
}

func (a *Service) passChange(action string, p registry.Pass, event registry.Event, reason string) registry.Change {
	return registry.Change{Action: action, Object: "pass", ID: string(p.ID), Scope: a.Areas.Scope(event.Area),
		Detail: fact.Facts{fact.Code("was", fact.PassState, p.State), fact.Said("reason", reason)}}
}

// ReissuePass replaces a lost or damaged pass: a new code, the old one revoked at
// once, and where its bearer is and on which days it came in stays with the bearer. It returns the new pass. The actor needs ManagePasses. Conflict unless the
// pass is valid or died with its key: the new one of a blocked pass would be let in.
func (a *Service) ReissuePass(ctx context.Context, actor registry.Actor, id registry.PassID, reason string) (registry.PassID, error) {
	var fresh []registry.Pass
	var typed core.Input
	reason = typed.Needed("reason", reason, maxPassReason)
	err := a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		old, event, err := a.managedPass(ctx, tx, actor, id)
		if err != nil {
			return registry.Change{}, err
		}
		switch {
		case old.State == registry.PassBlocked:
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.unblock_first")
		case !old.Replaceable():
			return registry.Change{}, registry.E(registry.Conflict, "error.pass.step")
		}
		if err := typed.Faults.Err(); err != nil {
			return registry.Change{}, err
		}
		fresh = []registry.Pass{old}
		return a.passChange("pass.reissue", old, event, reason),
			a.Replace(ctx, tx, Swap{Olds: []registry.PassRow{{Pass: old}}, Fresh: fresh, By: actor.Account, Reason: reason})
	})
	if err != nil {
		return "", err
	}
	return fresh[0].ID, nil
}

// OtherBooths counts the booths that the application of a booth has besides it.
func OtherBooths(ctx context.Context, tx *store.Tx, b registry.Booth) (n int, err error) {
	booths, err := tx.BoothsOf(ctx, b.Application)
	for _, other := range booths {
		if other.ID != b.ID && other.State == registry.BoothAssigned {
			n++
		}
	}
	return n, err
}
