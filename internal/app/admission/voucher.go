package admission

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
)

// relayVouchers is the setting that holds the packs of a relay's event as its server told
// them, in JSON.
const relayVouchers = "relay_vouchers"

// loadVouchers reads the packs of a desk's event, and the booths that take them. Nothing
// is said of either where the event has no pack.
func (a *Service) loadVouchers(ctx context.Context, tx *store.Tx, d *gateDesk) error {
	if a.isRelay {
		text, err := tx.Setting(ctx, relayVouchers)
		if err != nil || text == "" {
			return err
		}
		return json.Unmarshal([]byte(text), &d.register.Vouchers)
	}
	packs, err := tx.Packs(ctx, d.event.ID)
	if err != nil || len(packs) == 0 {
		return err
	}
	if d.booths, err = tx.PackBooths(ctx, d.event.ID); err != nil {
		return err
	}
	d.register.Vouchers = vouchersOf(packs, d.booths)
	return nil
}

// saveVouchers keeps the packs that a relay's server told.
func saveVouchers(ctx context.Context, tx *store.Tx, v *gate.Vouchers) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("packs of a relay: %w", err)
	}
	return tx.SaveSetting(ctx, relayVouchers, string(text))
}

// vouchersOf is what phones have to know of packs and of the booths that take them.
func vouchersOf(packs []registry.Pack, booths []registry.PackBooth) *gate.Vouchers {
	v := &gate.Vouchers{Packs: make([]gate.Pack, len(packs)), Booths: make([]gate.Booth, len(booths))}
	for i, b := range booths {
		v.Booths[i] = gate.Booth{Code: b.Code, Vendor: b.Name}
	}
	for i := range packs {
		p := &packs[i]
		v.Packs[i] = gate.Pack{Number: p.Number, Title: p.Title, Value: p.ValueDong, Count: p.Count, Block: p.Block,
			FirstDay: p.FirstDay, Days: p.Days, State: p.State, Test: p.Test, Only: p.Scope != registry.PackAtAll}
		if p.Scope == registry.PackAtBooths {
			v.Packs[i].Booths = slices.Clone(p.Booths)
			continue
		}
		for j := range booths {
			if v.Packs[i].Only && p.Takes(&booths[j]) {
				v.Packs[i].Booths = append(v.Packs[i].Booths, booths[j].Code)
			}
		}
	}
	return v
}

// registerFor is the register as a phone may see it: a seller's knows the booths of its
// vendor alone, and no PIN.
func (d *gateDesk) registerFor(device *registry.Device) gate.Snapshot {
	s := d.register
	if device.Role != registry.Seller {
		return s
	}
	s.Pin, s.Gates = nil, []gate.Gate{}
	if s.Vouchers == nil {
		return s
	}
	own := gate.Vouchers{Packs: s.Vouchers.Packs, Booths: []gate.Booth{}}
	for _, b := range d.booths {
		if b.Vendor == device.Vendor {
			own.Booths = append(own.Booths, gate.Booth{Code: b.Code, Vendor: b.Name})
		}
	}
	s.Vouchers = &own
	return s
}

// takerOf is whose a taking is: the vendor of a seller's phone, else who has the booth.
func (d *gateDesk) takerOf(device *registry.Device, booth string) registry.VendorID {
	if device.Vendor != "" || booth == "" {
		return device.Vendor
	}
	i := slices.IndexFunc(d.booths, func(b registry.PackBooth) bool { return b.Code == booth })
	if i < 0 {
		return ""
	}
	return d.booths[i].Vendor
}

// strange names the field by which a scan is none of this phone; empty for one of its own.
func (d *gateDesk) strange(device *registry.Device, s *gate.SentScan) string {
	switch {
	case s.Spends():
		return "" // which booth may take what is a rule of the gate
	case device.Role == registry.Seller:
		return "direction"
	case !d.standsAt(device, s.Gate, s.Happened()):
		return "gate"
	}
	return ""
}

// inPlace reports whether a scan is of a pass at a gate or of a voucher at a booth: any
// other says nothing of where the pass is.
func inPlace(row *registry.Scan, p *store.GatePass) bool {
	return (row.Direction == registry.Spend) == (p.Kind == registry.VoucherPass)
}

// addWay counts a scan in the figures of its gate, n times. A voucher passes none.
func (b *book) addWay(s *registry.Scan, n int) {
	if s.Direction != registry.Spend {
		b.add(s.Event, s.CorrectedAt, s.Gate, directionFigure(s.Direction), n)
	}
}
