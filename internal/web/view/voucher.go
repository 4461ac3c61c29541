package view

// VoucherVendor is what a vendor took of vouchers: partial "voucher-vendor".
type VoucherVendor struct {
	Base
	Vendor string // id; empty: taken at booths that were nobody's
	Name   string
	Booths string
	Says   string // how many vouchers, and what they are worth
	Packs  []VoucherPack
	Open   []VoucherOpen
	Paper  string // address of the settlement as a PDF, "" for none
}

// VoucherPack is the vouchers of one pack that are paid.
type VoucherPack struct {
	Pack, Value, Serials, Count, Sum string
}

// VoucherOpen is a taking that is not in the sum.
type VoucherOpen struct {
	What, Why string
	Word      string // what the gate chief said of it, "" for nothing yet
}
