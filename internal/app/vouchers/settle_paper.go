package vouchers

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"hoicho/internal/app/core"
	"hoicho/internal/print"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/vn"
)

// SettlementPaper writes the settlements of an event as a PDF, each with lines for two
// signatures: that of one vendor, or with an empty one those of all that took something.
// The actor needs ViewFigures in the event's area. NotFound when there is none.
func (a *Service) SettlementPaper(ctx context.Context, actor registry.Actor, id registry.EventID, vendor registry.VendorID, lang string) (registry.File, error) {
	s, err := a.Settlement(ctx, actor, id)
	if err != nil {
		return registry.File{}, err
	}
	var list []print.Settlement
	for i := range s.Vendors {
		if v := &s.Vendors[i]; v.Vendor != "" && (vendor == "" || v.Vendor == vendor) {
			list = append(list, a.settlement(s.Event, v, lang))
		}
	}
	if len(list) == 0 {
		return registry.File{}, registry.E(registry.NotFound, "voucher.error.nothing_taken")
	}
	var buf bytes.Buffer
	if err := print.WriteSettlements(&buf, lang, list); err != nil {
		return registry.File{}, fmt.Errorf("settlements of %s: %w", id, err)
	}
	return registry.File{ContentType: "application/pdf", Name: "quyet-toan-phieu-" + s.Event.Slug + ".pdf", Data: buf.Bytes()}, nil
}

// OwnPaper is SettlementPaper of a vendor for its own people. NotFound for others.
func (a *Service) OwnPaper(ctx context.Context, actor registry.Actor, at SellerRef, lang string) (registry.File, error) {
	o, err := a.OwnTakings(ctx, actor, at.Vendor, at.Event)
	if err != nil {
		return registry.File{}, err
	}
	if o.Vendor == "" {
		return registry.File{}, registry.E(registry.NotFound, "voucher.error.nothing_taken")
	}
	var buf bytes.Buffer
	if err := print.WriteSettlements(&buf, lang, []print.Settlement{a.settlement(o.Event, &o.VendorSettlement, lang)}); err != nil {
		return registry.File{}, fmt.Errorf("settlement of %s: %w", at.Vendor, err)
	}
	return registry.File{ContentType: "application/pdf", Name: "quyet-toan-phieu-" + o.Event.Slug + ".pdf", Data: buf.Bytes()}, nil
}

func (a *Service) settlement(event registry.Event, v *VendorSettlement, lang string) print.Settlement {
	out := print.Settlement{Sheet: a.sheet(event, lang), Vendor: v.Name, Booths: strings.Join(v.Booths, ", "), Count: vn.Count(int64(v.N)),
		Sum: vn.Dong(v.Dong), Words: vn.DongWords(v.Dong)}
	for i := range v.Packs {
		p := &v.Packs[i]
		out.Lines = append(out.Lines, print.SettledPack{Pack: p.Pack, Title: p.Title, Value: vn.Dong(p.ValueDong), Count: vn.Count(int64(len(p.Serials))),
			Sum: vn.Dong(p.Dong), Serials: Ranges(p.Serials)})
	}
	for i := range v.Open {
		out.Open = append(out.Open, openLine(&v.Open[i]))
	}
	return out
}

// openLine is a taking that is not in the sum, as the paper lists it.
func openLine(o *OpenTaking) print.OpenTaking {
	line := print.OpenTaking{Pack: o.Pack, Serial: o.Serial, At: core.ShowInstant(o.At), Booth: o.Booth, Verdict: o.Verdict}
	if o.Nth > 1 && o.First != nil {
		line.Verdict, line.FirstAt, line.FirstBooth = registry.VerdictAlreadyUsed, core.ShowInstant(o.First.At), o.First.Booth
	}
	return line
}

// SettlementTable writes every taking of an event as a file. The actor needs ViewFigures in
// the event's area.
func (a *Service) SettlementTable(ctx context.Context, actor registry.Actor, id registry.EventID, form, lang string) (report.ListFile, error) {
	s, err := a.Settlement(ctx, actor, id)
	if err != nil {
		return report.ListFile{}, err
	}
	var rows []report.TakingRow
	for i := range s.Vendors {
		v := &s.Vendors[i]
		for j := range v.Paid {
			rows = append(rows, takingRow(&v.Paid[j], v.Name, true))
		}
		for j := range v.Open {
			rows = append(rows, takingRow(&v.Open[j].Taking, v.Name, false))
		}
	}
	return report.TakingTable(lang, rows).List("quyet-toan-phieu-"+s.Event.Slug, form, a.exported(s.Event))
}

func takingRow(t *registry.Taking, vendor string, paid bool) report.TakingRow {
	r := report.TakingRow{Vendor: vendor, Booth: t.Booth, Pack: int64(t.Pack), Serial: int64(t.Serial), Code: t.Code, Dong: t.ValueDong,
		At: t.At, Device: t.DeviceName, Paid: paid, Verdict: string(t.Verdict)}
	if t.Nth > 1 {
		r.Verdict = string(registry.VerdictAlreadyUsed)
	}
	return r
}
