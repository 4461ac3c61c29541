package demo

import (
	"context"
	"fmt"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
)

// demoRequest is what somebody of the demo asks about its own data, made up: when, and what
// came of it. Each step is so many days before today.
type demoRequest struct {
	kind                         personal.Kind
	name, way, text              string
	sent, confirmed, put, closed int    // days before today; 0: not yet
	why, outcome, answer         string // why it was put off, how it ended
}

// demoRequests stand in every state: done, refused, put off, late to be confirmed, new.
var demoRequests = []demoRequest{
	{kind: personal.See, name: "Hoàng Thị Mến", way: "0912 000 301", text: "Tôi muốn biết hệ thống đang giữ những gì về tôi và quầy miến của tôi.", sent: 40, confirmed: 39, closed: 33,
		outcome: string(personal.Done), answer: "Đã đưa bản in hồ sơ cơ sở, các đơn và báo doanh thu tại UBND xã ngày nhận."},
	{kind: personal.Erase, name: "Lý Văn Páo", way: "thôn Nà Tào, xã Chợ Đồn", text: "Tôi không bán nữa, xin xóa hết, cả doanh thu phiên chợ đã khai.", sent: 32, confirmed: 31, closed: 20,
		outcome: string(personal.LegalDuty), answer: "Doanh thu đã nằm trong báo cáo đã ký nên phải giữ; báo cáo công khai không có tên ai. Số điện thoại và trang công khai của cơ sở đã được gỡ."},
	{kind: personal.Correct, name: "Triệu Thị Ngân", way: "ngan@example.vn", text: "Ngày sinh và số điện thoại trong hồ sơ ghi sai, giấy tờ tôi mang đến xã được.", sent: 12, confirmed: 11, put: 3,
		why: "Chờ xã đối chiếu bản chính, bà Ngân hẹn tuần sau."},
	{kind: personal.Stop, name: "Nông Văn Sơn", way: "0912 000 302", text: "Xin đừng gọi hay nhắn cho tôi về phiên chợ nữa.", sent: 6},
	{kind: personal.See, name: "Dương Thị Hiền", way: "0912 000 303, hien@example.vn", text: "Ai đã xem hồ sơ của cơ sở tôi trong năm nay?", sent: 1},
}

// asked plans what people ask about their own data.
func (f *filler) asked() {
	for n, x := range demoRequests {
		var id personal.ID
		step := func(days int, hour, what string, do func(context.Context, int64) error) {
			if days == 0 {
				return
			}
			f.line.add(f.day(-days), hour, what+" a request about personal data", func(ctx context.Context) error {
				file, err := f.app.Personal.Request(ctx, f.admin, id)
				if err != nil {
					return err
				}
				return do(ctx, file.Version)
			})
		}
		f.line.add(f.day(-x.sent), "9:20", "a request about personal data", func(ctx context.Context) error {
			sent, err := f.app.Personal.Send(ctx, apppersonal.Input{Kind: string(x.kind), Name: x.name, Way: x.way, Text: x.text, Net: fmt.Sprintf("asker %d", n)})
			id = sent.ID
			return err
		})
		step(x.confirmed, "10:10", "confirm", func(ctx context.Context, v int64) error { return f.app.Personal.Confirm(ctx, f.admin, id, v) })
		step(x.put, "15:30", "put off", func(ctx context.Context, v int64) error { return f.app.Personal.Extend(ctx, f.admin, id, v, x.why) })
		step(x.closed, "16:05", "close", func(ctx context.Context, v int64) error {
			return f.app.Personal.Close(ctx, f.admin, id, apppersonal.Outcome{Outcome: x.outcome, Answer: x.answer, Version: v})
		})
	}
}
