package demo

import (
	"context"
	"fmt"
	"time"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// The vouchers of the running session, in the order in which they are taken.
const (
	packSize   = 60
	handedOut  = 52
	morningBuy = 17
	noonBuy    = 11
)

// buy plans the vouchers of the running session: a pack is made and handed out the day
// before, two stalls take some of it in the morning, and one voucher is taken by both
// while there is no network.
func (f *filler) buy(s *session) {
	if !s.runs() {
		return
	}
	opens, _ := s.hours()
	f.line.add(s.on(-1), "11:00", "vouchers of "+s.Title, func(ctx context.Context) error { return f.makePack(ctx, s) })
	f.line.add(s.on(0), "0:15", "sellers of "+s.Title, func(ctx context.Context) error { return f.pairSellers(ctx, s) })
	f.line.add(f.today, fmt.Sprintf("%d:35", opens), "vouchers taken at "+s.Title, func(ctx context.Context) error {
		return f.takeVouchers(ctx, s, 0, morningBuy)
	})
	f.line.add(f.today, fmt.Sprintf("%d:25", opens+1), "vouchers taken at "+s.Title, func(ctx context.Context) error {
		return f.takeVouchers(ctx, s, morningBuy, morningBuy+noonBuy)
	})
	f.line.add(f.today, fmt.Sprintf("%d:40", opens+1), "voucher taken twice at "+s.Title, func(ctx context.Context) error { return f.takeTwice(ctx, s) })
}

func (f *filler) makePack(ctx context.Context, s *session) error {
	d, o := f.facts.madeUp.Defaults, f.organiser(s)
	number, err := f.app.Vouchers.MakePack(ctx, o, s.event.ID, vouchers.PackInput{Title: d["voucher_group"], Value: d["voucher_value"], Count: fmt.Sprint(packSize),
		FirstDay: vn.ShowDate(s.on(0)), LastDay: vn.ShowDate(s.on(s.Days - 1)), Scope: registry.PackAtAll})
	if err != nil {
		return err
	}
	ref := vouchers.PackRef{Event: s.event.ID, Number: number}
	err = f.app.DB.Write(ctx, func(tx *store.Tx) (err error) {
		if err := tx.NotePackPrinted(ctx, s.event.ID, number); err != nil {
			return err
		}
		s.vouchers, err = tx.PackVouchers(ctx, s.event.ID, number, 1, packSize)
		return err
	})
	if err != nil {
		return err
	}
	_, pack, err := f.app.Vouchers.Pack(ctx, o, ref)
	if err != nil {
		return err
	}
	return f.app.Vouchers.SayHanded(ctx, o, ref, vouchers.HandedInput{Handed: fmt.Sprint(handedOut), Version: pack.Version})
}

// pairSellers lets the vendors of the first booths take vouchers with their phones.
func (f *filler) pairSellers(ctx context.Context, s *session) error {
	desk, err := f.app.Vouchers.Desk(ctx, f.gateChief(s), s.event.ID)
	if err != nil {
		return err
	}
	had := map[registry.VendorID]bool{}
	for _, b := range desk.Booths {
		if had[b.Vendor] || len(s.sellers) == 2 {
			continue
		}
		had[b.Vendor] = true
		inv, err := f.app.Vouchers.InviteSeller(ctx, f.gateChief(s), vouchers.SellerRef{Event: s.event.ID, Vendor: b.Vendor}, "")
		if err != nil {
			return err
		}
		paired, err := f.app.Admission.Pair(ctx, "demo", gate.PairRequest{Token: inv.Token})
		if err != nil {
			return err
		}
		device, err := f.app.Admission.GateDevice(ctx, paired.Token)
		if err != nil {
			return err
		}
		s.sellers = append(s.sellers, seller{phone: &phone{device: device}, booth: b.Code})
	}
	return nil
}

// seller is the phone of a vendor at its booth.
type seller struct {
	*phone
	booth string
}

// takeVouchers lets the stalls take vouchers in turn, the first twice as many.
func (f *filler) takeVouchers(ctx context.Context, s *session, from, until int) error {
	for i := from; i < until && len(s.sellers) == 2; i++ {
		at := s.sellers[min(i%3, 1)]
		scan := f.voucherScan(at, s.vouchers[i], until-i)
		if err := f.upload(ctx, at.phone, 0, scan); err != nil {
			return err
		}
	}
	return nil
}

// takeTwice lets both stalls take one voucher and its copy without a network.
func (f *filler) takeTwice(ctx context.Context, s *session) error {
	for i, at := range s.sellers {
		scan := f.voucherScan(at, s.vouchers[morningBuy+noonBuy], 12-5*i)
		scan.Mode, scan.Verdict = registry.Offline, registry.VerdictOK
		if err := f.upload(ctx, at.phone, 0, scan); err != nil {
			return err
		}
	}
	return nil
}

// voucherScan is a voucher read at a booth some minutes ago.
func (f *filler) voucherScan(at seller, v registry.Pass, minutes int) gate.SentScan {
	return gate.SentScan{ID: store.NewID[registry.ScanID](), QR: pass.Text(f.app.BaseURL, v.Code, v.Proof), Direction: registry.Spend, Booth: at.booth,
		At: f.clock.Now().Add(-time.Duration(minutes) * time.Minute).UnixMilli(), Mode: registry.Online}
}
