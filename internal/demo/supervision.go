package demo

import (
	"context"
	"fmt"

	"hoicho/internal/app/core"
	"hoicho/internal/app/supervision"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// demoSupervision is a supervision of the demo, made up. Days count from its day.
type demoSupervision struct {
	by, subject, name       string // keys of bodies, or the name of who was supervised
	day                     string // YYYY-MM-DD; "" is ago
	ago                     int    // days before today
	event                   string // key of a session
	task                    string // title
	content, recommendation string
	due                     int // days after
	answer                  string
	answered                int // days after
	strike                  string
}

// supervisions are those of 2020 in Bắc Kạn and of this year: in every state, with answers.
var supervisions = []demoSupervision{
	{by: "old_front", subject: "old_trade", day: "2020-06-18", content: "Việc phối hợp tổ chức phiên chợ kích cầu tại các xã.", recommendation: "Đưa thêm hàng nông cụ, đồ dùng học tập về xã vùng cao.",
		due: 30, answer: "Đã bổ sung hai nhóm hàng vào kế hoạch quý III.", answered: 21},
	{by: "old_front", name: "Ban quản lý chợ Bắc Kạn", day: "2020-09-09", content: "Việc niêm yết giá, ghi nhãn hàng hóa tại chợ trung tâm.", recommendation: "Niêm yết giá ở mọi quầy hàng thực phẩm.",
		due: 45, answer: "Chợ đã niêm yết ở 96 trên 104 quầy; số còn lại làm trong tháng 10.", answered: 40},
	{by: "old_front", subject: "old_finance", day: "2020-11-20", content: "Việc ưu tiên hàng Việt Nam trong mua sắm của các cơ quan."},
	{by: "front", subject: "trade", ago: 96, content: "Việc thực hiện kế hoạch đưa hàng Việt về các xã sau sắp xếp.", recommendation: "Mỗi xã mới có ít nhất một phiên chợ trong năm.", due: 30,
		answer: "Sở đã bổ sung 12 xã vào kế hoạch; 8 xã còn lại tổ chức trong quý I năm sau.", answered: 26},
	{by: "front", name: "Ủy ban nhân dân phường Đức Xuân", ago: 61, content: "Việc mua sắm trang thiết bị của phường năm nay.", recommendation: "Ghi rõ xuất xứ hàng hóa trong yêu cầu báo giá.", due: 20},
	{by: "front", ago: 1, event: "ba-be", task: "Giám sát niêm yết giá tại phiên chợ Ba Bể", content: "Việc niêm yết giá và ghi nhãn tại phiên chợ.", recommendation: "Niêm yết giá bằng chữ to ở khu A.", due: 10},
	{by: "farmers", subject: "trade", ago: 33, content: "Việc hỗ trợ hội viên đưa sản phẩm OCOP vào phiên chợ."},
	{by: "farmers", name: "Hợp tác xã miến dong (tên giả định)", ago: 33, content: "Việc hỗ trợ hội viên đưa sản phẩm vào phiên chợ.", strike: "Ghi hai lần."},
}

// supervision enters the supervisions of both years.
func (f *filler) supervision(ctx context.Context) error {
	then := f.app.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"})
	for i, x := range supervisions {
		f.clock.tick()
		day, area := x.day, then[(i*5)%len(then)].Ref.String()
		if day == "" {
			day, area = f.day(-x.ago), "2025:01906"
		}
		if err := f.supervise(ctx, x, day, area); err != nil {
			return fmt.Errorf("supervision %d: %w", i+1, err)
		}
	}
	return nil
}

func (f *filler) supervise(ctx context.Context, x demoSupervision, day, area string) error {
	in := supervision.Input{Content: x.content, By: string(f.bodies[x.by]), HeldOn: vn.ShowDate(day), Area: area, SubjectName: x.name, Recommendation: x.recommendation,
		Task: string(f.tasks[x.task].ID)}
	if x.subject != "" {
		in.Subject = string(f.bodies[x.subject])
	}
	if x.event != "" {
		s, ok := f.session(x.event)
		if !ok {
			return fmt.Errorf("no session %q", x.event)
		}
		in.Event = string(s.event.ID)
	}
	if x.recommendation != "" {
		in.DueOn = vn.ShowDate(vn.AddDays(day, x.due))
		in.File = &core.Upload{Name: "thong-bao-giam-sat-minh-hoa.pdf", Data: onePagePDF("Thong bao giam sat (ban minh hoa)")}
	}
	made, err := f.app.Supervision.Enter(ctx, f.admin, in)
	if err != nil {
		return err
	}
	if x.strike != "" {
		return f.app.Supervision.Strike(ctx, f.admin, made.ID, supervision.StrikeInput{Version: made.Version, Reason: x.strike})
	}
	if x.answer == "" {
		return nil
	}
	f.clock.tick()
	return f.app.Supervision.Answer(ctx, f.admin, made.ID, supervision.AnswerInput{Answer: x.answer, AnsweredOn: vn.ShowDate(vn.AddDays(day, x.answered)), Version: made.Version,
		File: &core.Upload{Name: "tra-loi-minh-hoa.pdf", Data: onePagePDF("Tra loi kien nghi (ban minh hoa)")}})
}
