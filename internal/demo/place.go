package demo

import (
	"context"
	"fmt"

	"hoicho/internal/app/places"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// soldAt is a kind of place of sale that the demo repeats over the communes. Names are made
// of the commune; nobody's name or phone stands here.
type soldAt struct {
	kind         committee.PlaceKind
	name         string // before the name of the commune
	organisation string
	groups       []registry.ProductGroup
	goods        string
	hours        string
}

// soldAtOf are the kinds of place that the demo repeats.
var soldAtOf = []soldAt{
	{committee.VietnamesePlace, "Điểm bán hàng Việt Nam", "Hợp tác xã nông nghiệp", []registry.ProductGroup{registry.HouseholdGoods, registry.FoodGroup}, "gạo, nước mắm, đồ nhựa, vải", "7:00–18:00 hằng ngày"},
	{committee.OCOPPlace, "Điểm giới thiệu sản phẩm OCOP", "Hợp tác xã nông nghiệp", []registry.ProductGroup{registry.FoodGroup, registry.DrinkGroup}, "miến dong, chè, mật ong", "7:30–17:30, nghỉ chiều chủ nhật"},
	{committee.VietnamesePlace, "Cửa hàng hàng Việt", "Hộ kinh doanh", []registry.ProductGroup{registry.HouseholdGoods, registry.TextileGroup}, "quần áo, giày dép, đồ gia dụng", "6:30–19:00 hằng ngày"},
	{committee.SafeFoodPlace, "Cửa hàng nông sản an toàn", "Tổ hợp tác", []registry.ProductGroup{registry.FreshGroup}, "rau, thịt, trứng có phiếu truy xuất", "5:30–11:00"},
}

// How many places the demo has of this time, and of the year of the source plan; the
// number of those that have given up.
const (
	soldNow   = 18
	sold2020  = 6
	soldEnded = 4
)

// salePlaces enters places of sale of 2020 in Bắc Kạn, in the units of that year, and those
// that were opened since in Thái Nguyên; some have given up, one is still to open.
func (f *filler) salePlaces(ctx context.Context) error {
	now := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: demoProvince})
	then := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"})
	if len(now) == 0 || len(then) == 0 {
		return fmt.Errorf("no communes for places of sale: %d now, %d in 2020", len(now), len(then))
	}
	var made []committee.Place
	for i := range sold2020 {
		p, err := f.enterPlace(ctx, i, then[i*11%len(then)], vn.AddDays("2019-03-01", i*97))
		if err != nil {
			return err
		}
		made = append(made, p)
	}
	for i := range soldNow {
		day := f.day(20 - i*21) // the first one is still to open
		if registry.EditionOn(day) != registry.Edition2025 {
			day = "2025-07-01"
		}
		p, err := f.enterPlace(ctx, i+1, now[i*13%len(now)], day)
		if err != nil {
			return err
		}
		made = append(made, p)
	}
	for i := range soldEnded {
		p := made[(i*5+1)%len(made)]
		f.clock.tick()
		end := places.EndInput{Day: vn.ShowDate(max(p.From, f.day(-30-i*45))), Reason: "Hết thời hạn thuê mặt bằng, chuyển vào chợ trung tâm.", Version: p.Version}
		if err := f.app.Places.End(ctx, f.officers[registry.Communicator], p.ID, end); err != nil {
			return err
		}
	}
	return nil
}

// enterPlace enters one of the places for a commune and a day.
func (f *filler) enterPlace(ctx context.Context, i int, area registry.Area, day string) (committee.Place, error) {
	s := soldAtOf[i%len(soldAtOf)]
	f.clock.tick()
	in := places.Input{Kind: string(s.kind), Name: s.name + " " + area.Name, Organisation: s.organisation + " " + area.Name, Area: area.Ref.String(),
		Address: "trung tâm xã, cạnh chợ", Goods: s.goods, Hours: s.hours, Since: vn.ShowDate(day)}
	for _, g := range s.groups {
		in.Groups = append(in.Groups, string(g))
	}
	if i%3 != 0 {
		in.Paper = "Đề án phát triển thị trường trong nước gắn với Cuộc vận động"
	}
	return f.app.Places.Create(ctx, f.officers[registry.Communicator], in)
}
