package demo

import (
	"context"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/core"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// demoBody is a body of the campaign in the demo.
type demoBody struct {
	key   string
	kind  committee.BodyKind
	area  string // text form
	name  string
	until string // last day under this name; its heir follows under the key of heir
	heir  string
}

// bodiesOfToday and bodiesOf2020 are the bodies of the two provinces. Names are those of
// real kinds of office; their addresses lead nowhere, and one has none.
var (
	bodiesOfToday = []demoBody{
		{"committee", committee.SteeringCommittee, "2025:19", "Ban Chỉ đạo Cuộc vận động tỉnh Thái Nguyên", "", ""},
		{"front", committee.StandingBody, "2025:19", "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Thái Nguyên", "", ""},
		{"trade", committee.MemberBranch, "2025:19", "Sở Công Thương tỉnh Thái Nguyên", "", ""},
		{"finance", committee.MemberBranch, "2025:19", "Sở Tài chính tỉnh Thái Nguyên", "", ""},
		{"culture", committee.MemberBranch, "2025:19", "Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Nguyên", "", ""},
		{"press", committee.MemberBranch, "2025:19", "Báo và Phát thanh, truyền hình Thái Nguyên", "", ""},
		{"farmers", committee.MemberOrg, "2025:19", "Hội Nông dân tỉnh Thái Nguyên", "", ""},
		{"women", committee.MemberOrg, "2025:19", "Hội Liên hiệp Phụ nữ tỉnh Thái Nguyên", "", ""},
		{"babe", committee.BudgetAgency, "2025:01906", "Ủy ban nhân dân xã Ba Bể", "", ""},
	}
	bodiesOf2020 = []demoBody{
		{"old_committee", committee.SteeringCommittee, "2025-before:06", "Ban Chỉ đạo Cuộc vận động tỉnh Bắc Kạn", "30/06/2025", "committee"},
		{"old_front", committee.StandingBody, "2025-before:06", "Ủy ban MTTQ Việt Nam tỉnh Bắc Kạn", "30/06/2025", "front"},
		{"old_trade", committee.MemberBranch, "2025-before:06", "Sở Công Thương tỉnh Bắc Kạn", "30/06/2025", "trade"},
	}
)

// demoTask is a task of a plan in the demo.
type demoTask struct {
	strand   committee.Strand
	kind     committee.TaskKind
	title    string
	lead     string
	support  []string
	due      string // as typed
	movement string
	state    string // "" is open
	words    string
	ago      int // days before today on which the words were said
}

// tasksOf2020 are the activities that the province's plan of 2020 names, in its own
// words as the Department of Industry and Trade of Bắc Kạn published them.
var tasksOf2020 = []demoTask{
	{committee.Steering, committee.Carry, "Công tác chỉ đạo, thực hiện nhiệm vụ của Ban Chỉ đạo Cuộc vận động tỉnh", "old_committee", []string{"old_front"}, "31/12/2020", "", "done", "Đã thực hiện trong năm 2020.", 0},
	{committee.Communications, committee.Carry, "Đa dạng hoá các hình thức tuyên truyền, đảm bảo nâng cao chất lượng tuyên truyền", "old_front", []string{"old_trade"}, "31/12/2020",
		"Học tập và làm theo tấm gương đạo đức Hồ Chí Minh\nNghị quyết TW4 (khoá XII)", "done", "Đã thực hiện trong năm 2020.", 0},
	{committee.Fairs, committee.Carry, "Phối hợp tổ chức hội chợ tại trung tâm tỉnh, các huyện", "old_trade", nil, "31/12/2020", "", "done", "Đã thực hiện trong năm 2020.", 0},
	{committee.Sessions, committee.Carry, "Tổ chức phiên chợ kích cầu tại các xã, phường, thị trấn trên địa bàn tỉnh", "old_trade", nil, "31/12/2020", "", "done", "Đã thực hiện trong năm 2020.", 0},
	{committee.Inspection, committee.Inspect, "Kiểm tra, tự kiểm tra các hoạt động chỉ đạo, hướng dẫn và triển khai thực hiện Cuộc vận động", "old_committee", []string{"old_front"}, "31/12/2020", "", "done", "Đã thực hiện trong năm 2020.", 0},
	{committee.Supervision, committee.Inspect, "Thực hiện tốt chức năng giám sát của MTTQ và các đoàn thể", "old_front", nil, "31/12/2020", "", "done", "Đã thực hiện trong năm 2020.", 0},
	{committee.Procurement, committee.Urge, "Nâng cao tinh thần trách nhiệm gương mẫu của các cơ quan, đơn vị sử dụng ngân sách Nhà nước trong việc mua sắm hàng hóa nội địa", "old_committee", nil, "31/12/2020", "", "done", "Đã thực hiện trong năm 2020.", 0},
	{committee.Support, committee.Guide, "Khuyến khích các doanh nghiệp, cơ sở sản xuất đổi mới công nghệ, xây dựng được thương hiệu cho sản phẩm", "old_trade", nil, "31/12/2020", "", "done", "Đã thực hiện trong năm 2020.", 0},
}

// tasksOfYear are those of the current year; days count from the day of the demo.
func (f *filler) tasksOfYear() []demoTask {
	day := func(n int) string { return vn.ShowDate(f.day(n)) }
	return []demoTask{
		{committee.Steering, committee.Carry, "Kiện toàn Ban Chỉ đạo cấp xã sau sắp xếp", "front", nil, day(-23), "", "in_progress", "88 trên 92 xã đã kiện toàn, còn 4 xã hẹn gửi quyết định.", 4},
		{committee.Communications, committee.Carry, "Chuyên mục phát thanh bằng tiếng Tày", "press", []string{"culture"}, day(-1), "", "in_progress", "Đã phát 2 số.", 1},
		{committee.Communications, committee.Guide, "Treo băng rôn tại trung tâm xã trước hội chợ", "culture", nil, day(3), "", "", "", 0},
		{committee.Communications, committee.Carry, "Họp thôn, bản vận động ưu tiên dùng hàng Việt Nam", "front", []string{"farmers", "women"}, day(40), "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", "in_progress", "Các xã ghi sổ hằng tuần.", 2},
		{committee.Fairs, committee.Carry, "Hội chợ hàng Việt tại trung tâm tỉnh", "trade", []string{"culture"}, day(60), "", "", "", 0},
		{committee.Sessions, committee.Carry, "Đưa hàng Việt về các xã vùng cao", "trade", []string{"babe"}, day(20), "", "in_progress", "Đã chốt lịch với các xã.", 3},
		{committee.Inspection, committee.Inspect, "Các xã, phường tự kiểm tra, gửi kết quả", "trade", nil, day(-8), "", "in_progress", "Đã nhắc lần hai, kèm mẫu phiếu để in.", 1},
		{committee.Supervision, committee.Inspect, "Giám sát niêm yết giá tại phiên chợ Ba Bể", "front", []string{"farmers"}, day(5), "", "", "", 0},
		{committee.Procurement, committee.Urge, "Các đơn vị gửi số liệu mua sắm hàng nội địa", "finance", nil, day(-5), "", "in_progress", "Đã nhắc các đơn vị chưa gửi.", 3},
		{committee.Support, committee.Guide, "Hỗ trợ nhãn, mã vạch cho cơ sở OCOP", "trade", nil, day(15), "", "in_progress", "Đã hỗ trợ 8 cơ sở.", 2},
	}
}

// campaign puts the plans of 2020 and of this year on the timeline.
func (f *filler) campaign() {
	f.bodies, f.tasks = map[string]registry.BodyID{}, map[string]committee.Task{}
	f.line.add(installedOn, "9:00", "bodies of the campaign", f.makeBodies)
	f.line.add(installedOn, "9:30", "the plan of 2020", func(ctx context.Context) error {
		return f.makePlan(ctx, campaign.PlanInput{Year: "2020", Area: "2025-before:06", Issuer: string(f.bodies["old_committee"]), Standing: string(f.bodies["old_front"]),
			Title:      "Kế hoạch triển khai các hoạt động của Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam” năm 2020 trên địa bàn tỉnh Bắc Kạn",
			Objectives: "Góp phần thúc đẩy sản xuất, nâng cao chất lượng sản phẩm hàng hoá, dịch vụ thương hiệu Việt; góp phần thực hiện mục tiêu duy trì, phát triển, ổn định kinh tế vĩ mô, đảm bảo an sinh xã hội và phát triển bền vững trên địa bàn tỉnh và cả nước.",
			Papers:     []string{"264-TB/TW", "634/QĐ-TTg"}, PaperDays: []string{"31/07/2009", ""}, PaperNames: []string{"Thông báo kết luận của Bộ Chính trị về Cuộc vận động", "Đề án phát triển thị trường trong nước gắn với Cuộc vận động"}}, tasksOf2020)
	})
	year := f.today[:4]
	for _, t := range f.tasksOfYear() {
		if t.state != "" {
			f.line.add(f.day(-t.ago), "10:15", "a word about a task", func(ctx context.Context) error { return f.reportTask(ctx, t) })
		}
	}
	f.line.add(min(year+"-01-15", f.day(-30)), "9:00", "the plan of this year", func(ctx context.Context) error {
		return f.makePlan(ctx, campaign.PlanInput{Year: year, Area: "2025:19", Issuer: string(f.bodies["committee"]), Standing: string(f.bodies["front"]), Number: "12/KH", IssuedOn: "15/01/" + year,
			Title:      "Kế hoạch triển khai Cuộc vận động “Người Việt Nam ưu tiên dùng hàng Việt Nam” năm " + year + " trên địa bàn tỉnh Thái Nguyên",
			Objectives: "Đưa hàng Việt đến các xã vùng cao; mỗi xã có chợ, có tin, có người trả lời phản ánh.",
			Papers:     []string{"28/CT-TTg", "2269/QĐ-BCT"}, PaperDays: []string{"26/10/2021", "08/08/2025"}, PaperNames: []string{"Tăng cường thực hiện Cuộc vận động", "Phát triển thị trường trong nước gắn với Cuộc vận động, 2025-2027"},
			Measures: []string{"việc xong", "cuộc", "tại trung tâm tỉnh", "tại xã, phường", "cuộc kiểm tra, tự kiểm tra", "cuộc", "đơn vị gửi số liệu", "cơ sở được hỗ trợ", "điểm bán"},
			Goals:    []string{"4", "120", "2", "28", "60", "6", "16", "40", "25"}}, f.tasksOfYear())
	})
}

// makeBodies enters the bodies, those of today first: they go on with the work of the
// others.
func (f *filler) makeBodies(ctx context.Context) error {
	for _, b := range append(bodiesOfToday[:len(bodiesOfToday):len(bodiesOfToday)], bodiesOf2020...) {
		in := campaign.BodyInput{Kind: string(b.kind), Name: b.name, Area: b.area, Until: b.until, Successor: string(f.bodies[b.heir])}
		if b.until == "" {
			in.From = "01/07/2025" // the day on which the two provinces became one
		}
		if b.until == "" && b.key != "women" {
			in.Email = b.key + "@hoicho.example"
		}
		if b.kind != committee.SteeringCommittee && b.area == "2025:19" {
			in.Parent = string(f.bodies["committee"])
		}
		made, err := f.app.Campaign.CreateBody(ctx, f.admin, in)
		if err != nil {
			return err
		}
		f.bodies[b.key] = made.ID
	}
	for _, p := range f.facts.madeUp.People {
		if p.Role == registry.Branch {
			return f.app.Campaign.AddBodyPerson(ctx, f.admin, f.bodies["trade"], p.Login)
		}
	}
	return nil
}

// makePlan enters a plan with its tasks and what was said about them; a numbered one is
// put in force.
func (f *filler) makePlan(ctx context.Context, in campaign.PlanInput, tasks []demoTask) error {
	plan, err := f.app.Campaign.CreatePlan(ctx, f.admin, in)
	if err != nil {
		return err
	}
	if plan.Number != "" {
		if err := f.app.Campaign.StepPlan(ctx, f.admin, plan.ID, committee.PlanInForce, plan.Version); err != nil {
			return err
		}
	}
	signed := core.Upload{Name: "ke-hoach-" + in.Year + "-minh-hoa.pdf", Data: onePagePDF("Ke hoach nam " + in.Year + " (ban minh hoa)")}
	if err := f.app.Campaign.FilePlan(ctx, f.admin, plan.ID, signed); err != nil {
		return err
	}
	for _, t := range tasks {
		f.clock.tick()
		if err := f.makeTask(ctx, plan.ID, t); err != nil {
			return err
		}
	}
	return nil
}

// countedStrands are the strands whose tasks count the rows of a register.
var countedStrands = map[committee.Strand]committee.Source{committee.Procurement: committee.ProcurementSource, committee.Support: committee.SupportSource,
	committee.Supervision: committee.SupervisionSource, committee.Inspection: committee.InspectionSource}

func (f *filler) makeTask(ctx context.Context, plan registry.PlanID, t demoTask) error {
	in := campaign.TaskInput{Strand: string(t.strand), Kind: string(t.kind), Title: t.title, Lead: string(f.bodies[t.lead]), DueOn: t.due,
		Source: string(committee.NoSource), Movements: t.movement}
	if source, ok := countedStrands[t.strand]; ok {
		in.Source = string(source)
	}
	for _, key := range t.support {
		in.Supporting = append(in.Supporting, string(f.bodies[key]))
	}
	made, err := f.app.Campaign.CreateTask(ctx, f.admin, plan, in)
	if err != nil {
		return err
	}
	f.tasks[t.title] = made
	if t.state == string(committee.TaskDone) { // of a year that was over
		return f.reportTask(ctx, t)
	}
	return nil
}

// reportTask says about a task what was said about it.
func (f *filler) reportTask(ctx context.Context, t demoTask) error {
	made := f.tasks[t.title]
	in := campaign.ReportInput{Text: t.words, State: t.state, Version: made.Version}
	if t.kind == committee.Inspect {
		in.Files = []core.Upload{{Name: "bien-ban-minh-hoa.pdf", Data: onePagePDF("Bien ban (ban minh hoa)")}}
	}
	return f.app.Campaign.Report(ctx, f.admin, made.ID, in)
}
