package testkit

import (
	"strconv"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/vn"
)

// Pack makes a pack of n vouchers of 50,000 đồng for all days of an event and all of its
// booths, and returns the vouchers by serial. Options change what is asked for.
func (k *Kit) Pack(event registry.Event, n int, options ...func(*vouchers.PackInput)) []registry.PassRow {
	k.T.Helper()
	in := vouchers.PackInput{Title: "Bản Nà Mạ", Value: "50.000", Count: strconv.Itoa(n), FirstDay: vn.ShowDate(event.OpensOn),
		LastDay: vn.ShowDate(event.ClosesOn), Scope: registry.PackAtAll}
	for _, change := range options {
		change(&in)
	}
	number, err := k.App.Vouchers.MakePack(k.T.Context(), chief, event.ID, in)
	if err != nil {
		k.T.Fatal(err)
	}
	return k.Vouchers(event.ID, number)
}

// Vouchers are the vouchers of a pack by serial.
func (k *Kit) Vouchers(event registry.EventID, pack int) (rows []registry.PassRow) {
	k.T.Helper()
	k.Read(func(tx *store.Tx) error {
		passes, err := tx.PackVouchers(k.T.Context(), event, pack, 1, registry.MaxPackSheet)
		for _, p := range passes {
			rows = append(rows, registry.PassRow{Pass: p})
		}
		return err
	})
	return rows
}

// At turns a scan into the taking of a voucher at a booth.
func At(booth string) func(*gate.SentScan) {
	return func(s *gate.SentScan) { s.Direction, s.Gate, s.Booth = registry.Spend, 0, booth }
}

// Seller pairs a phone that takes vouchers for a vendor at an event.
func (k *Kit) Seller(event registry.EventID, vendor registry.VendorID) *Phone {
	k.T.Helper()
	invited, err := k.App.Vouchers.InviteSeller(k.T.Context(), chief, vouchers.SellerRef{Event: event, Vendor: vendor}, "")
	if err != nil {
		k.T.Fatal(err)
	}
	return k.paired(invited.Token)
}
