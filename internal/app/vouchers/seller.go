package vouchers

import (
	"context"
	"slices"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/fact"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// inviteFor is how long a phone may be paired with an invitation.
const inviteFor = 30 * time.Minute

// Invitation pairs one phone to take the vouchers of a vendor, to be shown to it once.
type Invitation struct {
	Event     registry.Event
	Token     string // 12 digits, grouped for typing
	SVG       string // the symbol to scan
	ExpiresAt int64  // unix ms
}

// InviteSeller makes a token with which one phone pairs to take the vouchers of a vendor
// at an event, within 30 minutes; label is that of the symbol. Members of the vendor may,
// and whoever has ManageGate in the event's area. NotFound for others, and where the vendor
// has no booth or the event no vouchers; Conflict when the event is long over.
func (a *Service) InviteSeller(ctx context.Context, actor registry.Actor, at SellerRef, label string) (inv Invitation, err error) {
	token := pass.NewCode()
	err = a.Change(ctx, actor, func(tx *store.Tx) (registry.Change, error) {
		if inv.Event, err = tx.Event(ctx, at.Event); err != nil {
			return registry.Change{}, err
		}
		if err := a.maySell(ctx, tx, actor, at, inv.Event); err != nil {
			return registry.Change{}, err
		}
		now := tx.NowMS()
		if now >= inv.Event.EndsAt+registry.Seller.LifeMS() {
			return registry.Change{}, registry.E(registry.Conflict, "error.gate.event_over")
		}
		inv.ExpiresAt = now + inviteFor.Milliseconds()
		c := registry.Change{Action: "device.invite", Object: "event", ID: string(at.Event), Scope: a.Areas.Scope(inv.Event.Area),
			Detail: fact.Facts{fact.Code("role", fact.GateRole, registry.Seller), fact.Ref("vendor", "vendor", at.Vendor)}}
		return c, tx.InsertPairToken(ctx, registry.PairToken{Hash: core.HashToken(token), Event: at.Event, Role: registry.Seller, Vendor: at.Vendor,
			CreatedBy: actor.Account, CreatedAt: now, ExpiresAt: inv.ExpiresAt})
	})
	if err != nil {
		return Invitation{}, err
	}
	inv.Token = pass.FormatCode(token)
	inv.SVG, err = gate.NewPairQR(a.BaseURL, token).Symbol(label)
	return inv, err
}

// SellerRef names a vendor at an event.
type SellerRef struct {
	Event  registry.EventID
	Vendor registry.VendorID
}

// maySell is NotFound unless the actor may pair a phone for the vendor, which has a booth
// of an event with vouchers.
func (a *Service) maySell(ctx context.Context, tx *store.Tx, actor registry.Actor, at SellerRef, event registry.Event) error {
	gone := registry.E(registry.NotFound, "error.not_found")
	if !actor.Owns(at.Vendor) && !actor.Can(registry.ManageGate, a.Areas.Scope(event.Area)) {
		return gone
	}
	packs, err := tx.Packs(ctx, at.Event)
	if err != nil {
		return err
	}
	booths, err := tx.PackBooths(ctx, at.Event)
	if err == nil && (len(packs) == 0 || !slices.ContainsFunc(booths, func(b registry.PackBooth) bool { return b.Vendor == at.Vendor })) {
		err = gone
	}
	return err
}
