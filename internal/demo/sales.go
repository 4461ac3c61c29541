package demo

import (
	"context"
	"fmt"

	"hoicho/internal/app/reports"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// sales plans that the vendors of a session told what they sold: after the last
// day, or of the running one what they sold yesterday.
func (f *filler) sales(s *session) {
	date, opens := vn.AddDays(s.on(s.Days-1), 2), 9
	if s.runs() {
		date = f.today
		opens, _ = s.hours()
	}
	for n, p := range s.Vendors {
		if len(p.Sales)+len(p.Bands) == 0 {
			continue
		}
		f.line.add(date, fmt.Sprintf("%d:%02d", opens, 20+n%40), p.Vendor+" tells its sales at "+s.Title,
			func(ctx context.Context) error { return f.file(ctx, s, p) })
	}
}

// file files the return of a vendor: its owner does, or an officer from paper.
func (f *filler) file(ctx context.Context, s *session, p *participant) error {
	in := reports.SalesInput{}
	for n, dong := range p.Sales {
		in.Days = append(in.Days, reports.SalesDayInput{Day: s.on(n), Amount: fmt.Sprint(dong)})
	}
	for n, band := range p.Bands {
		in.Days = append(in.Days, reports.SalesDayInput{Day: s.on(n), Band: registry.SalesBand(band)})
	}
	for _, g := range p.stall.goods[:min(2, len(p.stall.goods))] {
		in.Best = append(in.Best, g.product.ID)
	}
	if p.Contracts > 0 {
		in.Contracts, in.ContractsDong = fmt.Sprint(p.Contracts), fmt.Sprint(p.ContractsValue)
	}
	return f.app.Reports.FileSales(ctx, f.applicant(s, p), p.stall.vendor.ID, s.event.ID, in)
}
