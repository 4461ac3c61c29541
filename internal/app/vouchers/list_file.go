package vouchers

import (
	"context"
	"strconv"

	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
)

// exported is how the audit line of a list of an event's vouchers begins.
func (a *Service) exported(e registry.Event) registry.Change {
	return registry.Change{Action: "voucher.export", Object: "event", ID: string(e.ID), Scope: a.Areas.Scope(e.Area), Detail: fact.Facts{}}
}

// PacksFile writes the packs of an event as a file. Rights are those of Desk.
func (a *Service) PacksFile(ctx context.Context, actor registry.Actor, id registry.EventID, form, lang string) (report.ListFile, error) {
	d, err := a.Desk(ctx, actor, id)
	if err != nil {
		return report.ListFile{}, err
	}
	return report.PackTable(lang, a.Today(), d.Packs).List("tap-phieu_"+d.Event.Slug, form, a.exported(d.Event))
}

// VouchersFile writes the vouchers of a pack as a file, with the ends of their codes. Rights
// are those of Desk.
func (a *Service) VouchersFile(ctx context.Context, actor registry.Actor, ref PackRef, form, lang string) (file report.ListFile, err error) {
	d, pack, err := a.Pack(ctx, actor, ref)
	if err != nil {
		return file, err
	}
	var rows []report.VoucherRow
	err = a.DB.Read(ctx, func(tx *store.Tx) error {
		made, err := tx.PackVouchers(ctx, ref.Event, ref.Number, 1, pack.Count)
		if err != nil {
			return err
		}
		takings, err := tx.VoucherTakings(ctx, ref.Event, "")
		taken := map[int]registry.Taking{}
		for _, t := range takings {
			if t.Pack == ref.Number && t.Nth == 1 {
				taken[t.Serial] = t
			}
		}
		rows = make([]report.VoucherRow, len(made))
		for i, v := range made {
			rows[i] = report.VoucherRow{Pass: v, Dong: pack.ValueDong, Taken: taken[v.Ordinal]}
		}
		return err
	})
	if err != nil {
		return file, err
	}
	return report.VoucherTable(lang, rows).List("phieu_"+d.Event.Slug+"_tap-"+strconv.Itoa(ref.Number), form, a.exported(d.Event))
}
