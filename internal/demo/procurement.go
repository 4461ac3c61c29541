package demo

import (
	"context"
	"fmt"
	"strconv"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/costs"
	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// agencies is how many communes have an office in the demo that reports what it buys.
const agencies = 8

// demoReport is what an office buys of a group of goods; amounts in millions of đồng.
type demoReport struct {
	group           committee.GoodsGroupID
	total, domestic int
}

// boughtOf are the reports that the demo repeats over offices and quarters. They are made up.
var boughtOf = []demoReport{{"office_equipment", 120, 96}, {"computers", 240, 60}, {"stationery", 36, 36}, {"furniture", 85, 80}, {"school", 310, 275}, {"medical", 150, 96},
	{"building", 420, 415}, {"food", 28, 28}, {"clothing", 44, 40}, {"electrical", 66, 38}}

// procurement enters what offices bought in 2020 in Bắc Kạn, a year that is closed, and in the
// quarters of this year: some have not sent, one was corrected, one is struck out.
func (f *filler) procurement(ctx context.Context) error {
	if err := f.makeAgencies(ctx); err != nil {
		return err
	}
	for i, key := range []string{"old_front", "old_trade", "old_finance", "old_district"} {
		for n := range 3 {
			if _, err := f.report(ctx, key, i*3+n, committee.Period{Year: 2020, Part: committee.WholeYear}); err != nil {
				return err
			}
		}
	}
	f.clock.tick()
	err := f.app.Procurement.Close(ctx, f.admin, procurement.CloseInput{Area: demoProvince, Year: 2020, Part: string(committee.WholeYear),
		Reason: "Đã tổng kết năm 2020.", Sure: true})
	if err != nil {
		return err
	}
	over := committee.QuarterOver(f.today)
	for _, part := range committee.Parts[:4] {
		p := committee.Period{Year: over.Year, Part: part}
		if p.LastDay() > over.LastDay() {
			break
		}
		if err := f.reportQuarter(ctx, p, p == over); err != nil {
			return err
		}
	}
	return nil
}

// helpedOf are the kinds of support that the demo repeats over producers; amounts in millions
// of đồng. They are made up.
var helpedOf = []struct {
	kind   committee.SupportKind
	what   string
	amount int
	result string
}{
	{committee.SupportAwareness, "Lớp phổ biến quy định ghi nhãn", 6, "Cả cơ sở nắm quy định nhãn mới."},
	{committee.SupportTechnology, "Máy sấy miến", 120, "Mẻ sấy giảm từ ba ngày còn một ngày."},
	{committee.SupportScience, "Quy trình trồng dong riềng", 40, "Năng suất tăng 15 %."},
	{committee.SupportProduction, "Vốn vay ưu đãi", 300, "Mở thêm một xưởng."},
	{committee.SupportQuality, "Kiểm nghiệm, công bố chất lượng", 18, "Hai sản phẩm có bản tự công bố."},
	{committee.SupportBrand, "Nhãn, tem truy xuất 5.000 chiếc", 45, "Đăng ký được nhãn hiệu."},
	{committee.SupportPrice, "Tư vấn định mức, giảm chi phí", 10, "Giá bán giảm 5 %."},
	{committee.SupportMarket, "Gian hàng tại hội chợ ngoài tỉnh", 25, "Có hai nhà phân phối ở Hà Nội."},
}

// How much support and how many matchings the demo has of this time, and of 2020.
const (
	helpedNow   = 16
	helped2020  = 8
	matchedNow  = 7
	matched2020 = 2
)

// support enters support to producers and matchings of both years: some go on, some say no
// result yet, one of each is struck out; matchings in every state of what became of them.
func (f *filler) support(ctx context.Context) error {
	now := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: demoProvince})
	then := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"})
	for i := range helpedNow + helped2020 {
		day, area, body := f.day(-20-i*17), now[i*11%len(now)], "trade"
		if i >= helpedNow {
			day, area, body = vn.AddDays("2020-03-01", i*7), then[i*5%len(then)], "old_trade"
		} else if registry.EditionOn(day) != registry.Edition2025 {
			day = "2025-07-01"
		}
		if err := f.help(ctx, i, area, day, body); err != nil {
			return err
		}
	}
	for i := range matchedNow + matched2020 {
		day, area := f.day(-15-i*35), now[i*17%len(now)]
		if i >= matchedNow {
			day, area = vn.AddDays("2020-04-01", i*9), then[i*3%len(then)]
		} else if registry.EditionOn(day) != registry.Edition2025 {
			day = "2025-07-01"
		}
		if err := f.match(ctx, i, area, day); err != nil {
			return err
		}
	}
	return nil
}

// help enters support to a producer of a commune from a day on.
func (f *filler) help(ctx context.Context, i int, area registry.Area, day, body string) error {
	h := helpedOf[i%len(helpedOf)]
	f.clock.tick()
	in := procurement.SupportInput{Kind: string(h.kind), Producer: "Hợp tác xã nông nghiệp " + area.Name, Area: area.Ref.String(), Body: string(f.bodies[body]),
		What: h.what, Amount: strconv.Itoa(h.amount+i) + " triệu", Since: vn.ShowDate(day)}
	if i%3 == 1 {
		in.Body, in.Provider = "", "Quỹ Hỗ trợ nông dân"
	}
	if i > 1 { // the first ones go on
		in.Ended = vn.ShowDate(vn.AddDays(day, 14))
	}
	if i%4 != 2 && i > 1 {
		in.Result = h.result
	}
	made, err := f.app.Procurement.EnterSupport(ctx, f.admin, in)
	if err == nil && i == 5 {
		err = f.app.Procurement.StrikeSupport(ctx, f.admin, made.ID, procurement.StrikeInput{Version: made.Version, Reason: "Ghi hai lần."})
	}
	return err
}

// match enters a buyer and a producer of a commune, and what became of them.
func (f *filler) match(ctx context.Context, i int, area registry.Area, day string) error {
	f.clock.tick()
	in := procurement.MatchingInput{HeldOn: vn.ShowDate(day), Meeting: "Hội nghị kết nối cung cầu nông sản", Area: area.Ref.String(),
		Buyer:    []string{"Siêu thị tổng hợp (giả định)", "Bếp ăn trường học (giả định)", "Nhà phân phối thực phẩm (giả định)"}[i%3],
		Producer: "Hợp tác xã nông nghiệp " + area.Name, Product: []string{"miến dong", "chè", "gạo Bao thai"}[i%3], Volume: strconv.Itoa(i+1) + " tấn mỗi tháng"}
	if i%4 != 1 {
		in.MemoNumber, in.MemoOn = strconv.Itoa(i+3)+"/BBGN", in.HeldOn
	}
	m, err := f.app.Procurement.EnterMatching(ctx, f.admin, in)
	if err != nil {
		return err
	}
	if i == 1 {
		return f.app.Procurement.StrikeMatching(ctx, f.admin, m.ID, procurement.StrikeInput{Version: m.Version, Reason: "Hai bên chưa gặp nhau."})
	}
	for n, months := range committee.FollowUpMonths {
		if m.FollowUps[n].DueOn > f.today || i == 4 { // one is due and was not asked about
			continue
		}
		outcome := committee.Outcomes[(i+n)%len(committee.Outcomes)]
		err := f.app.Procurement.FollowUp(ctx, f.admin, m.ID, procurement.FollowUpInput{Months: months, Outcome: string(outcome),
			Result: "Đã gọi hai bên, ghi theo lời kể.", Version: m.Version + int64(n)})
		if err != nil {
			return err
		}
	}
	return nil
}

// spentOn are the lines of cost that the demo repeats; amounts in millions of đồng. They are
// made up.
var spentOn = []struct {
	kind            committee.CostKind
	source          committee.CostSource
	title           string
	estimate, spent int // spent 0 is not said
}{
	{committee.CostBooths, committee.SourceBudget, "Hỗ trợ gian hàng tiêu chuẩn", 90, 86},
	{committee.CostTransport, committee.SourceBudget, "Xe chở hàng lên xã", 24, 25},
	{committee.CostCommunication, committee.SourceContribution, "Băng rôn, loa, áp phích", 12, 0},
	{committee.CostRollout, committee.SourceBudget, "Phục vụ tại xã, thôn", 15, 14},
	{committee.CostFeesWaived, committee.SourceOther, "Miễn phí mặt bằng", 20, 20},
}

// costs enters what plans and events cost in both years: lines of plans in every kind, one of
// them shared over the events of its year, lines of events with and without what was spent,
// one struck out.
func (f *filler) costs(ctx context.Context) error {
	plans, err := f.app.Campaign.Plans(ctx, f.admin)
	if err != nil {
		return err
	}
	for _, p := range plans {
		_, events, err := f.app.Costs.Choices(ctx, f.admin, costs.Owner{Plan: p.ID})
		if err != nil {
			return err
		}
		for i, kind := range committee.CostKinds {
			f.clock.tick()
			in := costs.Input{Kind: string(kind), Source: string(committee.CostSources[i%len(committee.CostSources)]), Title: "Khoản chung của kế hoạch, mục " + strconv.Itoa(i+1),
				Estimate: strconv.Itoa(20+i*7) + " triệu", Paper: strconv.Itoa(i+4) + "/QĐ", PaperOn: vn.ShowDate(p.FirstDay())}
			if p.Year == 2020 || i%3 != 0 {
				in.Spent = strconv.Itoa(18+i*7) + " triệu"
			}
			if kind == committee.CostTransport {
				for n, e := range events[:min(len(events), 3)] {
					in.Events, in.Parts = append(in.Events, string(e.ID)), append(in.Parts, strconv.Itoa(n+1))
				}
			}
			if _, err := f.app.Costs.Enter(ctx, f.admin, costs.Owner{Plan: p.ID}, in); err != nil {
				return err
			}
		}
		for i, e := range events[:min(len(events), 4)] {
			if err := f.eventCosts(ctx, i, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// eventCosts enters the lines of an event.
func (f *filler) eventCosts(ctx context.Context, i int, e registry.Event) error {
	for n, s := range spentOn {
		f.clock.tick()
		in := costs.Input{Kind: string(s.kind), Source: string(s.source), Title: s.title, Estimate: strconv.Itoa(s.estimate+i) + " triệu"}
		if s.spent > 0 && e.OpensOn <= f.today {
			in.Spent = strconv.Itoa(s.spent+i) + " triệu"
		}
		made, err := f.app.Costs.Enter(ctx, f.admin, costs.Owner{Event: e.ID}, in)
		if err == nil && i == 1 && n == 3 {
			err = f.app.Costs.Strike(ctx, f.admin, made.ID, costs.StrikeInput{Version: made.Version, Reason: "Đã ghi ở kế hoạch."})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// makeAgencies enters offices of communes and those of 2020.
func (f *filler) makeAgencies(ctx context.Context) error {
	communes := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: demoProvince})
	if len(communes) < agencies*9 {
		return fmt.Errorf("%d communes for %d offices", len(communes), agencies)
	}
	bodies := []demoBody{{"old_finance", committee.MemberBranch, "2025-before:06", "Sở Tài chính tỉnh Bắc Kạn", "30/06/2025", "finance"},
		{"old_district", committee.BudgetAgency, "2025-before:06", "Ủy ban nhân dân huyện Na Rì", "30/06/2025", ""}}
	for i := range agencies {
		area := communes[i*9]
		bodies = append(bodies, demoBody{"agency" + strconv.Itoa(i), committee.BudgetAgency, area.Ref.String(), "Ủy ban nhân dân " + area.FullName(), "", ""})
	}
	for _, b := range bodies {
		f.clock.tick()
		made, err := f.app.Campaign.CreateBody(ctx, f.admin, campaign.BodyInput{Kind: string(b.kind), Name: b.name, Area: b.area, Until: b.until, Successor: string(f.bodies[b.heir])})
		if err != nil {
			return err
		}
		f.bodies[b.key] = made.ID
	}
	return nil
}

// reportQuarter enters a quarter; of the last one some have not sent.
func (f *filler) reportQuarter(ctx context.Context, p committee.Period, last bool) error {
	keys := []string{"front", "trade", "finance", "culture", "farmers", "women", "babe"}
	for i := range agencies {
		keys = append(keys, "agency"+strconv.Itoa(i))
	}
	for i, key := range keys {
		if last && i%4 == 3 {
			continue
		}
		made, err := f.report(ctx, key, i, p)
		if err != nil {
			return err
		}
		switch {
		case last && i == 1:
			in := procurement.InputOf(made)
			in.Domestic, in.Reason = vn.Count(made.Domestic+5_000_000), "Bổ sung hóa đơn của tháng cuối quý."
			err = f.app.Procurement.Fix(ctx, f.admin, made.ID, in)
		case last && i == 2:
			err = f.app.Procurement.Strike(ctx, f.admin, made.ID, made.Version, "Gửi nhầm số của đơn vị khác.")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// report enters one of the reports for a body and a period.
func (f *filler) report(ctx context.Context, key string, i int, p committee.Period) (committee.Purchase, error) {
	r := boughtOf[i%len(boughtOf)]
	f.clock.tick()
	in := procurement.Input{Body: string(f.bodies[key]), Year: strconv.Itoa(p.Year), Part: string(p.Part), Group: string(r.group),
		Total: strconv.Itoa(r.total+i) + " triệu", Domestic: strconv.Itoa(r.domestic) + " triệu"}
	if i%3 != 0 {
		in.Paper = "Báo cáo số " + strconv.Itoa(i+5) + "/BC, " + vn.ShowDate(vn.AddDays(p.LastDay(), 5))
	}
	made, _, err := f.app.Procurement.Enter(ctx, f.admin, in)
	return made, err
}
