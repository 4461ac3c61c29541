package inspections

import (
	"context"
	"slices"

	"hoicho/internal/fact"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Receipt is what becomes of a record that was handed in.
type Receipt struct {
	inspection.Record
	Before bool                // it had come in before, and nothing was written again
	Twins  []inspection.Record // of the same stall on the same day
}

// HandIn takes a record: once, whatever else happens. The same text under the same client's
// id gives the same number; photos may be named later, or be given up, until it is handed
// in, which it is when the last one has come. What happened is taken whatever has become of
// the event, the booth or the checklist since, and the record says so (inspection.Remark).
//
// The actor inspects in the area; for the self-inspection of a body acts for it; for a
// vendor's own check is one of its members. NotFound for whoever may do neither; Invalid
// with all faults at their fields; Conflict where another account or another text has come
// in under the id, or where it is handed in and photos follow.
func (a *Service) HandIn(ctx context.Context, actor registry.Actor, in HandIn) (got Receipt, err error) {
	r, err := a.read(in)
	if err != nil {
		return got, err
	}
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		t := taking{Service: a, tx: tx, actor: actor, reading: *r}
		t.rec.Photos, t.rec.Remarks = slices.Clone(r.rec.Photos), slices.Clone(r.rec.Remarks) // the transaction may run again
		got, err = t.take(ctx)
		return err
	})
	return got, err
}

// taking is a record on its way into the register.
type taking struct {
	*Service
	reading
	tx    *store.Tx
	actor registry.Actor
	scope registry.Scope
}

func (t *taking) take(ctx context.Context) (got Receipt, err error) {
	was, err := t.tx.InspectionByClient(ctx, t.in.Client)
	switch {
	case err == nil:
		return t.again(ctx, was)
	case registry.KindOf(err) != registry.NotFound:
		return got, err
	}
	if err := t.place(ctx); err != nil {
		return got, err
	}
	if err := t.refer(ctx); err != nil {
		return got, err
	}
	rec := &t.rec
	rec.Entered, rec.EnterAs = t.actor.Account, t.actor.Name
	rec.Series = inspection.SeriesOf(rec.Kind, rec.Issuer, rec.Area)
	if err := t.tx.InsertInspection(ctx, rec, t.scope); err != nil {
		return got, err
	}
	for i := range t.found {
		t.found[i].Record = rec.ID
	}
	if err := t.tx.InsertFindings(ctx, t.found, t.actor.Name); err != nil {
		return got, err
	}
	if err := t.lookAgain(ctx); err != nil {
		return got, err
	}
	if err := t.log(ctx, inspection.StepReceived, ""); err != nil {
		return got, err
	}
	if got.Twins, err = t.twins(ctx); err != nil {
		return got, err
	}
	return t.finish(ctx, got, "inspection.receive", fact.Count("inspection.findings", len(t.found)))
}

// finish hands a record in if no photo is missing, lets its booth open or holds it, and
// writes the audit line.
func (t *taking) finish(ctx context.Context, got Receipt, action string, facts ...fact.Fact) (Receipt, error) {
	rec := &t.rec
	if rec.State == inspection.Received && rec.Missing() == 0 {
		action = "inspection.hand_in"
		if err := t.tx.HandInInspection(ctx, rec); err != nil {
			return got, err
		}
		if err := t.log(ctx, inspection.StepHandedIn, rec.Number()); err != nil {
			return got, err
		}
	}
	if rec.Subject.Event != "" && (rec.Kind == inspection.Joint || rec.Kind == inspection.VendorSelf || rec.Recheck != "") {
		held, err := t.tx.SyncHolds(ctx, rec.Subject.Event)
		if err != nil {
			return got, err
		}
		facts = append(facts, fact.Some("inspection.passes", held))
	}
	got.Record = *rec
	return got, t.tx.Audit(ctx, t.actor, change(action, *rec, t.scope, append(facts, fact.Some("inspection.missing", rec.Missing()))...))
}

// change is the line of the audit log for a record. It names nobody who was there.
func change(action string, r inspection.Record, scope registry.Scope, facts ...fact.Fact) registry.Change {
	about := fact.Facts{fact.Said("inspection.number", r.Number()), fact.Code("inspection.kind", fact.InspectionKind, r.Kind),
		fact.Code("inspection.subject", fact.InspectionSubject, r.Subject.Kind), fact.Ref("inspection.event", "event", r.Subject.Event), fact.Date("inspection.day", r.On)}
	return registry.Change{Action: action, Object: "inspection", ID: string(r.ID), Scope: scope, Detail: append(about, facts...)}
}

func (t *taking) log(ctx context.Context, kind inspection.StepKind, text string) error {
	return t.tx.AddInspectionStep(ctx, t.rec.ID, inspection.Step{By: t.actor.Name, Kind: kind, Text: text})
}

// again answers for a record that has come in before. Until it is handed in, photos that
// are named now are added, and those that are lost given up.
func (t *taking) again(ctx context.Context, was inspection.Record) (got Receipt, err error) {
	named, lost := t.rec.Photos, t.in.Lost
	switch {
	case was.Entered != t.actor.Account:
		return got, registry.E(registry.Conflict, "inspection.error.other_account")
	case was.Digest != t.rec.Digest:
		return got, registry.E(registry.Conflict, "inspection.error.other_text", was.Number())
	}
	t.rec, t.scope = was, t.Areas.Scope(was.Area)
	fresh := slices.DeleteFunc(named, func(p inspection.Photo) bool {
		return slices.ContainsFunc(was.Photos, func(o inspection.Photo) bool { return o.Hash == p.Hash })
	})
	lost = slices.DeleteFunc(slices.Clone(lost), func(hash string) bool {
		return !slices.ContainsFunc(was.Photos, func(o inspection.Photo) bool { return o.Hash == hash && o.Missing() })
	})
	got = Receipt{Record: was, Before: true}
	if got.Twins, err = t.tx.Twins(ctx, was); err != nil || len(fresh)+len(lost) == 0 {
		return got, err
	}
	if was.State == inspection.HandedIn {
		return got, registry.E(registry.Conflict, "inspection.error.handed_in", was.Number())
	}
	if len(was.Photos)+len(fresh) > inspection.MaxPhotos {
		return got, registry.At("photos", "inspection.error.many", inspection.MaxPhotos)
	}
	if err := t.tx.AddInspectionPhotos(ctx, &t.rec, fresh); err != nil {
		return got, err
	}
	for _, hash := range lost {
		if !t.rec.Has(inspection.LostPhoto) {
			t.rec.Remarks = append(t.rec.Remarks, inspection.LostPhoto)
		}
		if err := t.tx.SaveInspectionPhoto(ctx, &t.rec, hash, "", true); err != nil {
			return got, err
		}
		if err := t.log(ctx, inspection.StepLost, hash[:12]); err != nil {
			return got, err
		}
	}
	return t.finish(ctx, got, "inspection.photos", fact.Some("inspection.photos", len(fresh)), fact.Some("inspection.lost", len(lost)))
}

// twins marks the record, and the others of its stall on its day, for a person to join.
func (t *taking) twins(ctx context.Context) ([]inspection.Record, error) {
	if t.rec.Kind != inspection.Inspection && t.rec.Kind != inspection.Joint {
		return nil, nil
	}
	all, err := t.tx.Twins(ctx, t.rec)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	t.rec.Twin = inspection.TwinOpen
	for i := range all {
		if all[i].Lead == "" && all[i].Twin != inspection.TwinOpen {
			all[i].Twin = inspection.TwinOpen
			if err := t.tx.JoinInspection(ctx, &all[i]); err != nil {
				return nil, err
			}
		}
		if err := t.tx.AddInspectionStep(ctx, all[i].ID, inspection.Step{By: t.actor.Name, Kind: inspection.StepTwin}); err != nil {
			return nil, err
		}
	}
	return all, t.tx.JoinInspection(ctx, &t.rec)
}

// lookAgain writes what a re-check says of the findings of the record before it: what is
// mended is closed, what is not is open, with its new day.
func (t *taking) lookAgain(ctx context.Context) error {
	for i, s := range t.checked {
		f, err := t.tx.Finding(ctx, registry.FindingID(t.in.Rechecked[i].Finding))
		if registry.KindOf(err) == registry.NotFound || err == nil && f.Record != t.rec.Recheck {
			return registry.At("rechecked", "inspection.error.recheck")
		}
		if err != nil {
			return err
		}
		if due := t.Date("rechecked", t.in.Rechecked[i].DueOn); due != "" && s.State == inspection.Open {
			f.DueOn = due
		}
		f.State, s.By, s.Record = s.State, t.actor.Name, t.rec.ID
		if err := t.tx.StepFinding(ctx, &f, s); err != nil {
			return err
		}
	}
	return nil
}
