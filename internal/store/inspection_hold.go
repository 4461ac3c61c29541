package store

import (
	"context"

	"hoicho/internal/inspection"
	"hoicho/internal/registry"
)

// Openings reads what decides which booths of an event may open (inspection.Openings.Holds).
func (tx *Tx) Openings(ctx context.Context, event registry.EventID) (o inspection.Openings, err error) {
	e, err := one(ctx, tx, scanEvent, `SELECT `+eventColumns+` FROM events e WHERE e.id = $1`, string(event))
	if err != nil {
		return o, err
	}
	o.AsksJoint, o.AsksSelf = e.JointCheck, e.SelfCheck
	o.Found, err = collect(ctx, tx, scanStand, `
		SELECT COALESCE(i.booth_id, ''), COALESCE(i.vendor_id, '') FROM findings f JOIN inspections i ON i.id = f.inspection_id
		WHERE i.event_id = $1 AND f.holds = 1 AND f.state <> 'closed'`, string(event))
	if err != nil || len(o.Found) == 0 && !o.AsksJoint && !o.AsksSelf { // nearly all events
		return o, err
	}
	for _, part := range []struct {
		into  *[]inspection.Stand
		query string
	}{
		{&o.Stands, `
			SELECT b.id, a.vendor_id FROM booths b JOIN applications a ON a.id = b.application_id
			WHERE b.event_id = $1 AND b.state = 'assigned'`},
		{&o.Looked, `
			SELECT COALESCE(booth_id, ''), COALESCE(vendor_id, '') FROM inspections
			WHERE event_id = $1 AND kind = 'joint_check' AND state = 'handed_in'`},
	} {
		if *part.into, err = collect(ctx, tx, scanStand, part.query, string(event)); err != nil {
			return o, err
		}
	}
	o.Own = map[registry.VendorID]int{}
	err = each(ctx, tx, func(row scanner) error {
		var id registry.VendorID
		var bad int
		err := row.Scan(&id, &bad)
		o.Own[id] = bad // the last one stays
		return err
	}, `
		SELECT COALESCE(vendor_id, ''), bad_n FROM inspections
		WHERE event_id = $1 AND kind = 'vendor_check' AND state = 'handed_in' ORDER BY handed_at, n`, string(event))
	return o, err
}

func scanStand(row scanner) (s inspection.Stand, err error) {
	err = row.Scan(&s.Booth, &s.Vendor)
	return s, err
}

// SyncHolds blocks the booth passes of an event whose booths may not open yet, makes those
// valid again whose booths may, and returns how many passes changed. A pass that somebody
// blocked by hand, or with its vendor, stays as it is.
func (tx *Tx) SyncHolds(ctx context.Context, event registry.EventID) (changed int, err error) {
	o, err := tx.Openings(ctx, event)
	if err != nil {
		return 0, err
	}
	held := o.Holds()
	passes, err := tx.Passes(ctx, registry.PassFilter{Event: event, Kind: registry.BoothPass})
	if err != nil {
		return 0, err
	}
	for _, p := range passes {
		_, hold := held[p.Booth]
		next, reason := registry.PassValid, ""
		switch {
		case hold && p.State == registry.PassValid:
			next, reason = registry.PassBlocked, registry.PassHeld
		case hold || p.State != registry.PassBlocked || p.StateReason != registry.PassHeld:
			continue
		}
		if err := tx.StepPass(ctx, p.Pass, next, reason); err != nil {
			return changed, err
		}
		changed++
	}
	return changed, nil
}
