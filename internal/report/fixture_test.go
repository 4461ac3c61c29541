package report

import "hoicho/internal/registry"

// facts is an event with one row or more behind every figure.
func facts() *registry.ResultFacts {
	e := registry.Event{Title: "Phiên chợ đưa hàng Việt về Ba Bể", Kind: registry.MarketSession, OpensOn: "2026-11-06", ClosesOn: "2026-11-08",
		Venue: "Sân vận động xã Ba Bể", Organiser: "Trung tâm Khuyến công và Xúc tiến thương mại", CoOrganiser: []string{"UBND xã Ba Bể"},
		Legal: registry.LegalBasis{Number: "717/QĐ-UBND", IssuedOn: "2026-05-21", Issuer: "UBND tỉnh Thái Nguyên"},
		Days:  []registry.EventDay{{Day: "2026-11-06"}, {Day: "2026-11-07"}, {Day: "2026-11-08"}}}
	return &registry.ResultFacts{Event: e,
		Booths: []registry.BoothFact{
			{Code: "A01", Zone: "A", Kind: registry.StandardBooth, State: registry.BoothAssigned, VendorName: "HTX Tài Hoan"},
			{Code: "A02", Zone: "A", Kind: registry.StandardBooth, FeeDong: 500_000, State: registry.BoothAssigned, VendorName: "=cmd|' /C calc'!A0", NoShow: []string{"2026-11-08"}},
			{Code: "A03", Zone: "A", Kind: registry.SpecialBooth, State: registry.BoothFree},
			{Code: "B01", Zone: "B", Kind: registry.CommonBooth, State: registry.BoothAssigned, VendorName: "Hộ bà Nông Thị Sim 🌾"},
			{Code: "B02", Zone: "B", Kind: registry.CommonBooth, State: registry.BoothBlocked}},
		Vendors: []registry.VendorFact{
			{Vendor: "hoan", Name: "HTX Tài Hoan", Kind: registry.Cooperative, AreaName: "xã Côn Minh, Thái Nguyên", InProvince: true, Days: 3, Booths: []string{"A01"}},
			{Name: "=cmd|' /C calc'!A0", Kind: registry.Enterprise, AreaName: "phường Hoàn Kiếm, Hà Nội", Days: 2, Booths: []string{"A02"}},
			{Name: "Hộ bà Nông Thị Sim 🌾", Kind: registry.Household, AreaName: "xã Ba Bể, Thái Nguyên", InProvince: true, Days: 3, Booths: []string{"B01"}}},
		Products: []registry.ProductFact{
			{Name: "Miến dong", VendorName: "HTX Tài Hoan", Group: registry.FoodGroup, Origin: registry.MadeIn, Place: "Côn Minh, Thái Nguyên", Evidence: registry.Confirmed, GTIN: "8930000000019", Stars: 5},
			{Name: "Bột dong", VendorName: "HTX Tài Hoan", Group: registry.FoodGroup, Origin: registry.MadeIn, Evidence: registry.Declared},
			{Name: "Rượu men lá", VendorName: "Hộ bà Nông Thị Sim 🌾", Group: registry.SpiritGroup, Origin: registry.MadeIn, Evidence: registry.Checked, Stars: 3}},
		Visits: []registry.VisitFact{
			{Day: "2026-11-06", Gate: "Cổng A", Method: registry.CountTap, N: 640}, {Day: "2026-11-06", Gate: "Cổng A", Method: registry.CountClicker, N: 1210},
			{Day: "2026-11-07", Gate: "Cổng A", Method: registry.CountTap, N: 900}, {Day: "2026-11-07", Gate: "Cổng B", Method: registry.CountClicker, N: 1800},
			{Day: "2026-11-08", Gate: "Cổng A", Method: registry.CountPaper, N: 450}},
		Sales: []registry.SalesFact{
			{SalesReturn: registry.SalesReturn{Version: 1, FiledAt: 1794200000000, Days: []registry.SalesDay{{Day: "2026-11-06", Dong: 3_200_000}, {Day: "2026-11-07", Dong: 5_100_000}},
				ContractsN: 1, ContractsDong: 60_000_000}, VendorName: "HTX Tài Hoan", Owed: 3, BestNames: []string{"Miến dong"}, BestGroups: []registry.ProductGroup{registry.FoodGroup}},
			{SalesReturn: registry.SalesReturn{Version: 1, OnPaper: true, FiledAt: 1794200000000, Days: []registry.SalesDay{{Day: "2026-11-06", Dong: 2_000_000, Band: registry.BandTo3}}}, VendorName: "Hộ bà Nông Thị Sim 🌾", Owed: 3},
			{VendorName: "=cmd|' /C calc'!A0", Owed: 2}},
		Measures: []registry.MeasureFact{
			{Kind: "free_booths", Text: "Miễn tiền gian hàng cho cơ sở trong xã", Provider: "Trung tâm XTTM", Quantity: 12, ValueDong: 36_000_000, From: "2026-11-06", To: "2026-11-08"},
			{Kind: "price_commitment", Text: "Bán đúng giá niêm yết", Provider: "UBND xã", From: "2026-11-06", To: "2026-11-06"}},
		Offers: []registry.OfferFact{
			{Vendor: "hoan", VendorName: "HTX Tài Hoan", Goods: "Miến dong", BeforeDong: 85_000, HereDong: 68_000, Unit: "kg", Percent: 20, From: "2026-11-06", To: "2026-11-08"},
			{Vendor: "hoan", VendorName: "HTX Tài Hoan", Goods: "Bột dong", BeforeDong: 40_000, HereDong: 30_000, Unit: "kg", Percent: 25, From: "2026-11-07", To: "2026-11-08"}},
		Vouchers: []registry.VoucherFact{
			{Pack: 1, Title: "Thôn Pác Ngòi", ValueDong: 50_000, Count: 200, Handed: 180, Spent: 150, From: "2026-11-06", To: "2026-11-08"},
			{Pack: 2, Title: "Thôn Bó Lù", ValueDong: 20_000, Count: 100, From: "2026-11-07", To: "2026-11-07"}},
		Tips:   []registry.TipFact{{N: 7, Kind: registry.Imitation, State: registry.TipSorted, BoothCode: "A02", VendorName: "=cmd|' /C calc'!A0", ReceivedAt: 1794200000000}},
		Passes: []registry.PassFact{{Code: "001122334455", Kind: registry.BoothPass, State: registry.PassValid, Label: "A01", VendorName: "HTX Tài Hoan", IssuedAt: 1794100000000}, {Code: "991122334455", Kind: registry.StaffPass, State: registry.PassRevoked, Label: "A01", VendorName: "HTX Tài Hoan", IssuedAt: 1794100000000}},
	}
}

func result() *Result {
	f := facts()
	return &Result{Now: Count(f, "xã Ba Bể, Thái Nguyên"), Facts: f, Paper: registry.ResultPaper{Authority: "Sở Công Thương tỉnh Thái Nguyên",
		Issuer: "Trung tâm Khuyến công và Xúc tiến thương mại", Number: "15/BC-XTTM", Place: "Thái Nguyên", SignedOn: "2026-12-02",
		Assessment: "Phiên chợ diễn ra an toàn, bà con hưởng ứng đông.\nĐề nghị mở thêm cổng phía chợ cũ vào buổi tối.",
		Recipients: "Ban Chỉ đạo Cuộc vận động tỉnh;\nSở Công Thương;\nUBND xã Ba Bể;\nLưu: VT, XTTM.", SignerTitle: "Giám đốc", SignerName: "Hoàng Thị Minh"}}
}
