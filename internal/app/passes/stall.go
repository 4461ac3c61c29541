package passes

import (
	"context"

	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// Stall is what the page behind a printed pass shows to whoever scans it. For a
// pass of no booth only event, kind, days and state are filled in, and of a voucher its
// pack.
type Stall struct {
	Pass      registry.Pass
	Event     registry.Event
	State     StallState
	BoothCode string
	Zone      string
	Vendor    registry.Vendor
	Products  []registry.Product
	Pack      registry.Pack // of a voucher
}

// StallState is what a pass is worth today.
type StallState string

// The states shown, the best first.
const (
	StallInForce StallState = "in_force"
	StallNotYet  StallState = "not_yet"
	StallExpired StallState = "expired"
	StallStopped StallState = "stopped" // the event is postponed or cancelled
	StallHeld    StallState = "held"    // the booth may not open yet
	StallBlocked StallState = "blocked"
	StallRevoked StallState = "revoked"
	StallDeadKey StallState = "dead_key"
	StallTest    StallState = "test"
	StallSpent   StallState = "spent" // of a voucher
)

// PassCode reads a code of 12 digits as it is typed; ok is false for anything else.
func PassCode(typed string) (code string, ok bool) {
	code, err := pass.ParseCode(typed)
	return code, err == nil
}

// ShowPassCode groups a code for reading: "1234 5678 9012".
func ShowPassCode(code string) string { return pass.FormatCode(code) }

// Stall returns the page of a pass by the code in its address. Anybody may read
// it; it holds no personal data: the goods and the vendor of a booth, and of any
// other pass only what it is. Malformed codes and unknown ones are NotFound.
func (a *Service) Stall(ctx context.Context, typed string) (s Stall, err error) {
	code, err := pass.ParseCode(typed)
	if err != nil {
		return s, registry.E(registry.NotFound, "error.pass.none")
	}
	err = a.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if s.Pass, err = tx.PassByCode(ctx, code); err != nil {
			return err
		}
		if s.Event, err = tx.Event(ctx, s.Pass.Event); err != nil {
			return err
		}
		keys, err := tx.PassKeys(ctx)
		if err != nil {
			return err
		}
		s.State = a.stallState(s.Pass, s.Event, keys)
		if s.Pass.Kind == registry.VoucherPass {
			return s.fillVoucher(ctx, tx)
		}
		if s.Pass.Kind != registry.BoothPass {
			return nil
		}
		return s.fill(ctx, tx)
	})
	return s, err
}

func (a *Service) stallState(p registry.Pass, e registry.Event, keys []registry.PassKey) StallState {
	today := a.Today()
	switch {
	case deadKey(keys, p.KeyID):
		return StallDeadKey
	case p.State == registry.PassRevoked:
		return StallRevoked
	case p.State == registry.PassBlocked && p.StateReason == registry.PassHeld && !e.State.Stopped():
		return StallHeld
	case p.State == registry.PassBlocked:
		return StallBlocked
	case p.Test:
		return StallTest
	case e.State.Stopped():
		return StallStopped
	case today < p.FirstDay:
		return StallNotYet
	case p.ExpiredOn(today):
		return StallExpired
	}
	return StallInForce
}

func deadKey(keys []registry.PassKey, id int) bool {
	for _, k := range keys {
		if k.ID == id {
			return !k.State.Verifies()
		}
	}
	return true
}

// fillVoucher reads the pack of a voucher, and whether it was spent: not where.
func (s *Stall) fillVoucher(ctx context.Context, tx *store.Tx) (err error) {
	if s.Pack, err = tx.Pack(ctx, s.Pass.Event, s.Pass.Pack); err != nil {
		return err
	}
	one := registry.VoucherRange{Event: s.Pass.Event, Pack: s.Pass.Pack, From: s.Pass.Ordinal, Until: s.Pass.Ordinal}
	spent, err := tx.SpentVouchers(ctx, one)
	switch {
	case spent > 0:
		s.State = StallSpent
	case s.State != StallInForce && s.State != StallNotYet:
	case s.Pack.State == registry.PassBlocked:
		s.State = StallBlocked
	case s.Pack.State == registry.PassRevoked:
		s.State = StallRevoked
	}
	return err
}

// fill reads the booth, its vendor and the goods that it brings to this event. A
// blocked vendor's goods are not shown.
func (s *Stall) fill(ctx context.Context, tx *store.Tx) (err error) {
	booth, err := tx.Booth(ctx, s.Pass.Event, s.Pass.Booth)
	if err != nil {
		return err
	}
	s.BoothCode, s.Zone = booth.Code, booth.Zone
	if s.Vendor, err = tx.Vendor(ctx, s.Pass.Vendor); err != nil || !s.Vendor.State.Public() {
		return err
	}
	application, err := tx.Application(ctx, s.Pass.Application)
	if err != nil {
		return err
	}
	products, err := tx.ProductsByID(ctx, application.Products)
	for _, p := range products {
		if !p.Hidden && p.Evidence != registry.Excluded {
			s.Products = append(s.Products, p)
		}
	}
	return err
}
