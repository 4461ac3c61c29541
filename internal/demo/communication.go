package demo

import (
	"context"
	"fmt"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// toldOf are the entries that the demo repeats over the communes, in the words of the
// committee's plan of 2020. People stand only where somebody counts them.
var toldOf = []communications.EntryInput{
	{Channel: string(committee.VillageMeeting), Times: "1", People: "45", Place: "nhà văn hóa thôn", Village: "thôn Trung Tâm",
		Topic: "Ưu tiên sử dụng hàng Việt Nam trong mua sắm, tiêu dùng cá nhân", Audiences: audiences(committee.OrgMembers, committee.UnionMembers)},
	{Channel: string(committee.CommuneRadio), Times: "3", Minutes: "45", Place: "loa các thôn",
		Topic: "Người Việt Nam ưu tiên dùng hàng Việt Nam", Audiences: audiences(committee.People), Quality: "Phát vào giờ bà con nghỉ trưa, hai thứ tiếng Việt và Tày."},
	{Channel: string(committee.Banner), Times: "2", Quantity: "2", Place: "trung tâm xã",
		Topic: "Người Việt Nam ưu tiên dùng hàng Việt Nam", Audiences: audiences(committee.People)},
	{Channel: string(committee.Class), Times: "1", People: "62", Place: "hội trường UBND",
		Topic: "Bồi dưỡng, tập huấn cán bộ xã, phường về Cuộc vận động", Audiences: audiences(committee.Officials, committee.CivilServants, committee.PublicEmployees)},
	{Channel: string(committee.Slogan), Times: "4", Quantity: "4", Place: "khu vực đông dân cư",
		Topic: "Hàng Việt Nam chinh phục người Việt Nam", Audiences: audiences(committee.People)},
	{Channel: string(committee.VillageMeeting), Times: "2", People: "78", Place: "nhà văn hóa thôn", Village: "bản Chang",
		Topic: "Giám sát, phát hiện, tố giác hành vi làm hàng giả, hàng kém chất lượng", Audiences: audiences(committee.PartyMembers, committee.People)},
	{Channel: string(committee.Poster), Times: "6", Quantity: "6", Place: "chợ trung tâm",
		Topic: "Tự hào hàng Việt Nam", Audiences: audiences(committee.People)},
	{Channel: string(committee.Column), Times: "1", Place: "báo Thái Nguyên",
		Topic: "Chuyên mục về khả năng sản xuất, chất lượng hàng hóa trong nước và địa phương", Audiences: audiences(committee.People)},
	{Channel: string(committee.Billboard), Times: "1", Quantity: "1", Place: "khu vực đông dân cư",
		Topic: "Người Việt Nam ưu tiên dùng hàng Việt Nam", Audiences: audiences(committee.People)},
	{Channel: string(committee.Press), Times: "1",
		Topic: "Gương mẫu của cơ quan sử dụng ngân sách trong mua sắm hàng hóa nội địa", Audiences: audiences(committee.CivilServants)},
}

func audiences(all ...committee.Audience) (typed []string) {
	for _, a := range all {
		typed = append(typed, string(a))
	}
	return typed
}

// How many entries the demo has of these years, and of the year of the source plan.
const (
	toldNow  = 60
	told2020 = 12
)

// communications enters what was done in the months before today over the communes of
// Thái Nguyên, and some of 2020 in Bắc Kạn, in the units of that year.
func (f *filler) communications(ctx context.Context) error {
	now := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	then := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"})
	if len(now) == 0 || len(then) == 0 {
		return fmt.Errorf("no communes for the register: %d now, %d in 2020", len(now), len(then))
	}
	for i := range toldNow {
		if err := f.enterTold(ctx, i, now[i*7%len(now)], f.day(-1-i*2)); err != nil {
			return err
		}
	}
	for i := range told2020 {
		if err := f.enterTold(ctx, i, then[i*5%len(then)], vn.AddDays("2020-09-01", i*6)); err != nil {
			return err
		}
	}
	return nil
}

// enterTold enters one of the entries for a commune and a day.
func (f *filler) enterTold(ctx context.Context, i int, area registry.Area, day string) error {
	t := toldOf[i%len(toldOf)]
	f.clock.tick()
	t.Area, t.Day, t.Confirm = area.Ref.String(), vn.ShowDate(day), true
	_, _, err := f.app.Communications.Enter(ctx, f.officers[registry.Communicator], []communications.EntryInput{t})
	return err
}
