package demo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/google/uuid"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// demoFinding is something that an inspection of the demo finds, and what becomes of it.
type demoFinding struct {
	item, note, remedy string
	days               int // until it is to be mended; 0 at once
	steps              []inspections.StepInput
}

// foundAtStalls are what inspections find at stalls of the running session: one in each state.
// They are made up.
func (f *filler) foundAtStalls() []demoFinding {
	today := vn.ShowDate(f.app.Today())
	handed := inspections.StepInput{State: string(inspection.HandedOver), On: today, To: "Đội Quản lý thị trường số 3", Dossier: "07 (hồ sơ kiểm tra)", Answer: vn.ShowDate(f.day(14))}
	answered := handed
	answered.Outcome = "Tạm giữ 12 sản phẩm, đang xác minh nguồn gốc."
	return []demoFinding{
		{},
		{"label", "2 túi miến 500 g không ghi địa chỉ nơi sản xuất", "Bỏ khỏi quầy, dán lại nhãn", 3, nil},
		{"prices", "3 mặt hàng không niêm yết giá", "Niêm yết đủ", 0, nil},
		{"promotion_2025", "Bảng giảm giá không có giá cũ", "Ghi giá trước khi giảm", 2, []inspections.StepInput{{State: string(inspection.Remedied), Note: "Chủ gian báo đã sửa bảng giá."}}},
		{"counterfeit", "12 chai dầu gội có dấu hiệu giả nhãn", "Dừng bán, giữ nguyên hàng", 0, []inspections.StepInput{
			{State: string(inspection.Escalated), Note: "Báo cáo Ban Chỉ đạo."}, handed, answered}},
		{"food_safety", "Bản cam kết an toàn thực phẩm hết hạn", "Nộp bản mới", 2, []inspections.StepInput{{State: string(inspection.Escalated), Note: "Cơ sở chưa nộp, báo Sở Công Thương."}}},
		{"origin", "Chưa có giấy tờ xuất xứ của mật ong", "Bổ sung giấy tờ", 2, []inspections.StepInput{{State: string(inspection.Closed), Note: "Đã xem giấy tờ tại gian."}}},
	}
}

// typed is a record of the demo: a checklist in which all is as it should be but for what is
// found.
func (f *filler) typed(kind inspection.Kind, subject inspections.Subject, on string, found ...demoFinding) inspections.HandIn {
	list, _ := f.app.Inspections.Lists.On(inspection.SubjectKind(subject.Kind), on)
	in := inspections.HandIn{Client: uuid.NewString(), Device: "may-kiem-tra-1", Kind: string(kind), Subject: subject, Checklist: list.ID, On: on,
		People: []inspections.Person{{Name: "Nông Văn Kiểm", Body: "Sở Công Thương"}, {Name: "Hà Thị Soát", Body: "Chi cục Quản lý thị trường"}}, Present: "Nguyễn Thị Gian"}
	for i, item := range list.Items {
		said := inspections.Said{Item: item.Code, Answer: string(inspection.OK)}
		if item.Code == "spirits" || item.Code == "e_label" || i%9 == 8 {
			said.Answer = string(inspection.None)
		}
		for _, x := range found {
			if x.item == item.Code {
				said.Answer, said.Note = string(inspection.NotOK), x.note
				due := ""
				if x.days > 0 {
					due = vn.AddDays(on, x.days)
				}
				in.Findings = append(in.Findings, inspections.Found{Item: x.item, Remedy: x.remedy, DueOn: due})
			}
		}
		in.Answers = append(in.Answers, said)
	}
	return in
}

// inspections enters what was looked at in 2020 in Bắc Kạn, and in this year in Thái Nguyên:
// rounds, self-inspections of bodies, stalls of the running session with findings in every
// state, two records of one stall, one whose photo is missing.
func (f *filler) inspections(ctx context.Context) error {
	for _, do := range []func(context.Context) error{f.inspect2020, f.inspectBodies, f.inspectRunning} {
		if err := do(ctx); err != nil {
			return err
		}
	}
	return nil
}

// inspect2020 is the round of the plan of 2020.
func (f *filler) inspect2020(ctx context.Context) error {
	f.clock.tick()
	task := f.tasks["Kiểm tra, tự kiểm tra các hoạt động chỉ đạo, hướng dẫn và triển khai thực hiện Cuộc vận động"]
	round, err := f.app.Inspections.EnterRound(ctx, f.admin, inspections.RoundInput{Title: "Kiểm tra, tự kiểm tra việc triển khai Cuộc vận động năm 2020", Kind: string(inspection.Self),
		Body: string(f.bodies["old_committee"]), Area: "2025-before:06", From: "01/10/2020", Until: "30/11/2020", Task: string(task.ID),
		Team: "Nông Văn Đoàn, Ủy ban MTTQ tỉnh\nHà Thị Viên, Sở Công Thương", Bodies: []string{string(f.bodies["old_front"]), string(f.bodies["old_trade"])}})
	if err != nil {
		return err
	}
	for i, key := range []string{"old_front", "old_trade"} {
		in := f.typed(inspection.Self, inspections.Subject{Kind: string(inspection.OfBody), Body: string(f.bodies[key])}, vn.AddDays("2020-10-12", i*9))
		in.Round, in.Paper = string(round.ID), true
		if i == 1 {
			in = f.typed(inspection.Inspection, in.Subject, in.On, demoFinding{item: "body_report", note: "Báo cáo quý III gửi chậm 6 ngày", days: 20})
			in.Round, in.Paper = string(round.ID), true
		}
		if err := f.record(ctx, in, []demoFinding{{steps: []inspections.StepInput{{State: string(inspection.Closed), Note: "Đã gửi báo cáo."}}}}); err != nil {
			return err
		}
	}
	for _, s := range f.sessions { // fairs and sessions of that year
		if s.event.OpensOn[:4] == "2020" {
			in := f.typed(inspection.Inspection, inspections.Subject{Kind: string(inspection.OfEvent), Event: string(s.event.ID)}, s.event.OpensOn)
			in.Paper = true
			if err := f.record(ctx, in, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// inspectBodies are self-inspections of bodies of this year.
func (f *filler) inspectBodies(ctx context.Context) error {
	task := f.tasks["Các xã, phường tự kiểm tra, gửi kết quả"]
	for i, key := range []string{"babe", "agency0", "agency1", "agency2", "agency3"} {
		in := f.typed(inspection.Self, inspections.Subject{Kind: string(inspection.OfBody), Body: string(f.bodies[key])}, f.day(-12-i))
		in.People = []inspections.Person{{Name: "Hoàng Văn Tự", Body: "Tổ kiểm tra của xã"}}
		found := []demoFinding{}
		if i == 2 {
			found = []demoFinding{{item: "body_tips", note: "2 phản ánh trả lời chậm", remedy: "Trả lời trước 15 hằng tháng", days: 30}}
			again := f.typed(inspection.Self, in.Subject, in.On, found...)
			in.Answers, in.Findings = again.Answers, again.Findings
		}
		in.Tasks = []string{string(task.ID)}
		if err := f.record(ctx, in, found); err != nil {
			return err
		}
	}
	return nil
}

// inspectRunning looks at the stalls of the running session.
func (f *filler) inspectRunning(ctx context.Context) error {
	i := slices.IndexFunc(f.sessions, func(s *session) bool { return s.runs() })
	if i < 0 {
		return nil
	}
	event := f.sessions[i].event
	on := max(event.OpensOn, f.app.Today())
	f.clock.tick()
	round, err := f.app.Inspections.EnterRound(ctx, f.admin, inspections.RoundInput{Title: "Kiểm tra hàng Việt tại phiên chợ Ba Bể", Number: "88/QĐ-SCT", IssuedOn: vn.ShowDate(f.day(-14)),
		Kind: string(inspection.Inspection), Body: string(f.bodies["trade"]), Area: event.Area.String(), From: vn.ShowDate(on), Event: string(event.ID),
		Team: "Nông Văn Kiểm, Sở Công Thương\nHà Thị Soát, Chi cục Quản lý thị trường"})
	if err != nil {
		return err
	}
	stalls, err := f.app.Inspections.Booths(ctx, f.admin, event.ID)
	if err != nil {
		return err
	}
	found := f.foundAtStalls()
	at := func(n int) inspections.Subject {
		return inspections.Subject{Kind: string(inspection.OfBooth), Event: string(event.ID), Booth: string(stalls[n].ID), Vendor: string(stalls[n].Vendor.ID)}
	}
	for n := range min(len(found), len(stalls)-2) {
		in := f.typed(inspection.Inspection, at(n), on, found[n])
		in.Round = string(round.ID)
		if err := f.record(ctx, in, []demoFinding{found[n]}); err != nil {
			return err
		}
	}
	twin := f.typed(inspection.Inspection, at(0), on)
	twin.Device, twin.Note = "may-kiem-tra-2", "Đoàn 2 qua gian này buổi chiều."
	if err := f.record(ctx, twin, nil); err != nil {
		return err
	}
	check := f.typed(inspection.VendorSelf, inspections.Subject{Kind: string(inspection.OfVendor), Event: string(event.ID), Vendor: string(stalls[0].Vendor.ID)}, f.app.Today())
	check.Device, check.People = "", nil
	if err := f.record(ctx, check, nil); err != nil {
		return err
	}
	late := f.typed(inspection.Inspection, at(len(stalls)-1), on)
	sum := sha256.Sum256([]byte(late.Client))
	late.Photos = []inspections.Photo{{Hash: hex.EncodeToString(sum[:]), Item: "label"}}
	return f.record(ctx, late, nil)
}

// record hands a record in, and takes its findings, in their order, through their steps.
func (f *filler) record(ctx context.Context, in inspections.HandIn, found []demoFinding) error {
	f.clock.tick()
	officer := f.officers[registry.Inspector]
	if in.Paper || in.Kind == string(inspection.VendorSelf) {
		officer = f.admin
	}
	got, err := f.app.Inspections.HandIn(ctx, officer, in)
	if err != nil {
		return err
	}
	file, err := f.app.Inspections.File(ctx, f.admin, got.ID)
	if err != nil {
		return err
	}
	for i, x := range file.Findings {
		if i >= len(found) {
			break
		}
		version := x.Version
		for _, step := range found[i].steps {
			f.clock.tick()
			step.Version = version
			if _, err := f.app.Inspections.StepFinding(ctx, officer, x.ID, step); err != nil {
				return err
			}
			version++
		}
	}
	return nil
}
