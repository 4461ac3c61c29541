package frame

import (
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/app/vouchers"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// ShowVoucherVendor shows what a vendor took of vouchers.
func ShowVoucherVendor(b view.Base, v *vouchers.VendorSettlement) view.VoucherVendor {
	out := view.VoucherVendor{Base: b, Vendor: string(v.Vendor), Name: v.Name, Booths: strings.Join(v.Booths, ", "),
		Says: b.T("voucher.says.taken", vn.Count(int64(v.N)), vn.Dong(v.Dong))}
	if v.Vendor == "" {
		out.Name = b.T("voucher.settle.nobody")
	}
	for i := range v.Packs {
		p := &v.Packs[i]
		out.Packs = append(out.Packs, view.VoucherPack{Pack: b.T("voucher.pack_of", p.Pack, p.Title), Value: vn.Dong(p.ValueDong),
			Serials: vouchers.Ranges(p.Serials), Count: vn.Count(int64(len(p.Serials))), Sum: vn.Dong(p.Dong)})
	}
	for i := range v.Open {
		out.Open = append(out.Open, showOpenTaking(b, &v.Open[i]))
	}
	return out
}

// showOpenTaking says which voucher was taken, why it is not in the sum, and what the gate
// chief said of it.
func showOpenTaking(b view.Base, o *vouchers.OpenTaking) view.VoucherOpen {
	out := view.VoucherOpen{What: b.T("voucher.open.what", o.Pack, o.Serial, core.ShowInstant(o.At), o.Booth)}
	if o.Nth > 1 && o.First != nil {
		out.Why = b.T("voucher.open.before", core.ShowInstant(o.First.At), o.First.Booth)
	} else {
		out.Why = b.T("gate.app.verdict." + string(o.Verdict))
	}
	if o.Closing.Closed() {
		out.Word = b.T("difference.word." + string(o.Closing.Word))
		if o.Closing.Word == registry.WordOther || o.Closing.Note != "" {
			out.Word += ": " + o.Closing.Note
		}
	}
	return out
}
