package procurement_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
)

const elsewhere = "01843" // phường Bắc Kạn: not Ba Bể

var system = registry.SystemActor("test")

// over is the quarter that is over, as the form and the register take it.
func over(k *testkit.Kit) procurement.Query {
	return procurement.Query{Period: committee.QuarterOver(k.App.Today())}
}

func fieldsOf(err error) string {
	fields := testkit.FieldsOf(err)
	slices.Sort(fields)
	return strings.Join(slices.Compact(fields), " ")
}

func TestAReportThatCannotBeIsRefusedAtItsField(t *testing.T) {
	k := testkit.NewApp(t)
	b := k.Body()
	board := k.Body(func(in *campaign.BodyInput) {
		in.Kind, in.Name = string(committee.SteeringCommittee), "Ban Chỉ đạo xã"
	})
	gone := k.Body(func(in *campaign.BodyInput) {
		in.Name, in.Area, in.Until = "UBND huyện Ba Bể", "2025-before:06", "30/06/2025"
	})
	away := k.Body(func(in *campaign.BodyInput) { in.Name, in.Area = "Sở ở nơi khác", "2025:01" })
	actor, _ := k.Officer(registry.Organiser, "19")
	for name, c := range map[string]struct {
		change func(*procurement.Input)
		fields string
	}{
		"nothing":                      {func(in *procurement.Input) { *in = procurement.Input{} }, "domestic part total year"},
		"more domestic than all":       {func(in *procurement.Input) { in.Domestic = "121 triệu" }, "domestic"},
		"an amount that is none":       {func(in *procurement.Input) { in.Total = "nhiều" }, "total"},
		"a slip of the finger":         {func(in *procurement.Input) { in.Total = "99.000.000.000.000" }, "total"},
		"a period that has not begun":  {func(in *procurement.Input) { in.Year, in.Part = "2099", "q1" }, "part"},
		"a year that is none":          {func(in *procurement.Input) { in.Year = "26" }, "year"},
		"a part that is none":          {func(in *procurement.Input) { in.Part = "q5" }, "part"},
		"a group that is none":         {func(in *procurement.Input) { in.Group = "sắt thép" }, "group"},
		"a body that is none":          {func(in *procurement.Input) { in.Body = "khong-co" }, "body"},
		"a committee without a budget": {func(in *procurement.Input) { in.Body = string(board.ID) }, "body"},
		"a body of another province":   {func(in *procurement.Input) { in.Body = string(away.ID) }, "body"},
		"a body that no longer stands": {func(in *procurement.Input) { in.Body = string(gone.ID) }, "body"},
		"a photo that is none":         {func(in *procurement.Input) { in.Photo = []byte("%PDF-1.7") }, "photo"},
		"a note without end":           {func(in *procurement.Input) { in.Note = strings.Repeat("a", 601) }, "note"},
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedReport(b)
			c.change(&in)
			_, _, err := k.App.Procurement.Enter(t.Context(), actor, in)
			if got := fieldsOf(err); got != c.fields {
				t.Errorf("refused at %q, want %q (%v)", got, c.fields, err)
			}
		})
	}
	if r, err := k.App.Procurement.Register(t.Context(), system, over(k)); err != nil || r.N != 0 {
		t.Errorf("%d reports were written, %v", r.N, err)
	}
}

func TestTheSameThingIsReportedOnce(t *testing.T) {
	k := testkit.NewApp(t)
	b := k.Body()
	first := k.Reported(b)
	for name, change := range map[string]func(*procurement.Input){
		"the same period":      func(*procurement.Input) {},
		"a half with it in it": func(in *procurement.Input) { in.Part = string(halfOf(first.Period.Part)) },
		"the whole year":       func(in *procurement.Input) { in.Part = string(committee.WholeYear) },
	} {
		t.Run(name, func(t *testing.T) {
			in := k.TypedReport(b)
			change(&in)
			_, twin, err := k.App.Procurement.Enter(t.Context(), system, in)
			if fieldsOf(err) != "group" || twin.ID != first.ID || !strings.Contains(err.Error(), first.Number()) {
				t.Errorf("gives %v, and leads to %q", err, twin.Number())
			}
		})
	}
	t.Run("another group is another report", func(t *testing.T) {
		if p := k.Reported(b, func(in *procurement.Input) { in.Group = "computers" }); p.N != first.N+1 {
			t.Errorf("it is %s", p.Number())
		}
	})
	t.Run("once it is struck out it can be reported anew", func(t *testing.T) {
		testkit.Works(t, k.App.Procurement.Strike(t.Context(), system, first.ID, first.Version, "nhầm đơn vị"))
		if p := k.Reported(b); p.ID == first.ID {
			t.Error("nothing new was written")
		}
	})
}

func halfOf(part committee.Part) committee.Part {
	if committee.Half1.Contains(part) {
		return committee.Half1
	}
	return committee.Half2
}

func TestACorrectionKeepsWhatStoodBeforeAndWhy(t *testing.T) {
	k := testkit.NewApp(t)
	p := k.Reported(k.Body())
	in := procurement.InputOf(p)
	in.Domestic = "100 triệu"
	if err := k.App.Procurement.Fix(t.Context(), system, p.ID, in); fieldsOf(err) != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	in.Reason, in.Domestic = "Bổ sung hóa đơn", "200 triệu"
	if err := k.App.Procurement.Fix(t.Context(), system, p.ID, in); fieldsOf(err) != "domestic" {
		t.Errorf("more domestic than all: %v", err)
	}
	in.Domestic = "100 triệu"
	testkit.Works(t, k.App.Procurement.Fix(t.Context(), system, p.ID, in))
	if err := k.App.Procurement.Fix(t.Context(), system, p.ID, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("from an old version: %v", err)
	}
	r, err := k.App.Procurement.Report(t.Context(), system, p.ID)
	if err != nil || r.Domestic != 100_000_000 || len(r.Fixes) != 1 || r.Fixes[0].Domestic != 90_000_000 || r.Fixes[0].Reason != in.Reason {
		t.Errorf("it is %+v, %v", r, err)
	}
	if got := k.Audited("procurement.correct"); len(got) != 1 || !strings.Contains(got[0].Detail, "Bổ sung hóa đơn") {
		t.Errorf("the log says %v", got)
	}
}

func TestAClosedPeriodTakesNothingUntilItIsOpened(t *testing.T) {
	k := testkit.NewApp(t)
	b := k.Body()
	p := k.Reported(b)
	organiser, _ := k.Officer(registry.Organiser, "19")
	end := procurement.CloseInput{Area: "19", Year: p.Period.Year, Part: string(p.Period.Part), Reason: "Hết hạn", Sure: true}
	for field, change := range map[string]func(*procurement.CloseInput){"reason": func(in *procurement.CloseInput) { in.Reason = "" }, "sure": func(in *procurement.CloseInput) { in.Sure = false }} {
		in := end
		change(&in)
		if err := k.App.Procurement.Close(t.Context(), organiser, in); fieldsOf(err) != field {
			t.Errorf("closing without %s gives %v", field, err)
		}
	}
	testkit.Works(t, k.App.Procurement.Close(t.Context(), organiser, end))
	if err := k.App.Procurement.Close(t.Context(), organiser, end); registry.KindOf(err) != registry.Conflict {
		t.Errorf("closing twice gives %v", err)
	}
	in := k.TypedReport(b)
	in.Group = "computers"
	_, _, err := k.App.Procurement.Enter(t.Context(), organiser, in)
	if fieldsOf(err) != "part" || !strings.Contains(err.Error(), "procurement.error.closed") {
		t.Errorf("a new report gives %v", err)
	}
	fix := procurement.InputOf(p)
	fix.Reason = "thêm"
	for name, err := range map[string]error{"a correction": k.App.Procurement.Fix(t.Context(), organiser, p.ID, fix),
		"striking out": k.App.Procurement.Strike(t.Context(), organiser, p.ID, p.Version, "nhầm")} {
		if registry.KindOf(err) != registry.Conflict || !strings.Contains(err.Error(), "procurement.error.closed") {
			t.Errorf("%s gives %v", name, err)
		}
	}
	testkit.Works(t, k.App.Procurement.Reopen(t.Context(), organiser, end))
	if err := k.App.Procurement.Reopen(t.Context(), organiser, end); registry.KindOf(err) != registry.NotFound {
		t.Errorf("opening twice gives %v", err)
	}
	if _, _, err := k.App.Procurement.Enter(t.Context(), organiser, in); err != nil {
		t.Errorf("opened again it gives %v", err)
	}
}

func TestWhoReadsAndWritesReports(t *testing.T) {
	k := testkit.NewApp(t)
	b := k.Body()
	other := k.Body(func(in *campaign.BodyInput) { in.Name = "Trường tiểu học Ba Bể" })
	p := k.Reported(b)
	k.Reported(other, func(in *procurement.Input) { in.Note = "chuyện của trường" })
	of := func(body committee.Body) registry.Actor { actor, _ := k.ActsFor(body); return actor }
	officer := func(role registry.Role, area string) registry.Actor { actor, _ := k.Officer(role, area); return actor }
	for name, c := range map[string]struct {
		actor         registry.Actor
		reads, writes bool
		rows          int // of the register
	}{
		"an organiser of the province":        {officer(registry.Organiser, "19"), true, true, 2},
		"an organiser of the commune":         {officer(registry.Organiser, testkit.BaBe.Code), true, true, 2},
		"an organiser of another commune":     {officer(registry.Organiser, elsewhere), false, false, 0},
		"a viewer":                            {officer(registry.Viewer, "19"), true, false, 2},
		"a reporter":                          {officer(registry.Reporter, "19"), true, false, 2},
		"somebody of the body":                {of(b), true, true, 1},
		"somebody of another body":            {of(other), false, false, 1},
		"somebody of no body":                 {officer(registry.Branch, testkit.BaBe.Code), false, false, 0},
		"a gate chief, who reads no plan":     {officer(registry.GateChief, "19"), false, false, -1},
		"nobody":                              {registry.Actor{}, false, false, -1},
		"a viewer of another province":        {officer(registry.Viewer, "01"), false, false, 0},
		"a communicator, who manages no plan": {officer(registry.Communicator, "19"), true, false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := k.App.Procurement.Report(t.Context(), c.actor, p.ID)
			if (err == nil) != c.reads || r.Writes != c.writes || err != nil && registry.KindOf(err) != registry.NotFound {
				t.Errorf("reads %v (%v), writes %v", err == nil, err, r.Writes)
			}
			list, err := k.App.Procurement.Register(t.Context(), c.actor, over(k))
			if c.rows < 0 && registry.KindOf(err) != registry.NotFound || c.rows >= 0 && (err != nil || len(list.Rows) != c.rows || list.Total.Rows != int64(c.rows)) {
				t.Errorf("the register has %d rows, %d added up, %v", len(list.Rows), list.Total.Rows, err)
			}
			file, err := k.App.Procurement.File(t.Context(), c.actor, over(k), report.FormCSV, "vi")
			if leaks := strings.Contains(string(file.Data), "chuyện của trường"); leaks && c.rows < 2 && name != "somebody of another body" {
				t.Errorf("the file has what is not theirs (%v)", err)
			}
			fix := procurement.InputOf(p)
			fix.Version, fix.Reason = 99, "x" // refused before it could be written
			if err := k.App.Procurement.Fix(t.Context(), c.actor, p.ID, fix); (registry.KindOf(err) == registry.Conflict) != c.writes {
				t.Errorf("correcting gives %v", err)
			}
			if err := k.App.Procurement.Strike(t.Context(), c.actor, p.ID, 99, "x"); (registry.KindOf(err) == registry.Conflict) != c.writes {
				t.Errorf("striking out gives %v", err)
			}
			in := k.TypedReport(b)
			_, twin, err := k.App.Procurement.Enter(t.Context(), c.actor, in)
			if (fieldsOf(err) == "group") != c.writes || (twin.ID != "") != c.writes {
				t.Errorf("entering gives %v, %s", err, twin.Number())
			}
		})
	}
}

func TestTheYearSaysTheShareAndWhoHasNotSent(t *testing.T) {
	k := testkit.NewApp(t)
	b := k.Body()
	k.Body(func(in *campaign.BodyInput) { in.Name, in.Phone = "Trạm y tế Ba Bể", "0912345678" })
	k.Reported(b)
	k.Reported(b, func(in *procurement.Input) { in.Group, in.Total, in.Domestic = "computers", "80 triệu", "0" })
	q := over(k)
	r, err := k.App.Procurement.Register(t.Context(), system, q)
	share, ok := r.Total.Share()
	if err != nil || !ok || share != 450 || r.Due != 2 || r.Sent() != 1 || len(r.Missing) != 1 || r.Missing[0].Name != "Trạm y tế Ba Bể" || len(r.Groups) != 2 {
		t.Errorf("%d ‰, %d of %d, missing %v, %d groups, %v", share, r.Sent(), r.Due, r.Missing, len(r.Groups), err)
	}
	t.Run("in the next year nobody has to report yet", func(t *testing.T) {
		q.Year = 2099
		if r, err := k.App.Procurement.Register(t.Context(), system, q); err != nil || r.Due != 0 || len(r.Missing) != 0 {
			t.Errorf("%d of %d, %v", r.Sent(), r.Due, err)
		}
	})
	t.Run("a body of today's units does not owe what was bought before there were any", func(t *testing.T) {
		then := procurement.Query{Period: committee.Period{Year: 2020, Part: committee.WholeYear}}
		if r, err := k.App.Procurement.Register(t.Context(), system, then); err != nil || r.Due != 0 {
			t.Errorf("%d of %d, %v", r.Sent(), r.Due, err)
		}
	})
	t.Run("a year is not divided into its quarters", func(t *testing.T) {
		last := over(k).Year - 1
		k.Reported(b, func(in *procurement.Input) { in.Year, in.Part = yearText(last), string(committee.WholeYear) })
		r, err := k.App.Procurement.Register(t.Context(), system, procurement.Query{Period: committee.Period{Year: last, Part: committee.Quarter3}})
		if err != nil || r.Across != 1 || r.Total.Rows != 0 || r.N != 0 || r.Sent() != 1 {
			t.Errorf("across %d, added up %d, listed %d, sent %d, %v", r.Across, r.Total.Rows, r.N, r.Sent(), err)
		}
	})
}

func yearText(year int) string { return committee.Period{Year: year}.FirstDay()[:4] }

func TestARenamedBodyIsOneWithItsHeir(t *testing.T) {
	k := testkit.NewApp(t)
	heir := k.Body(func(in *campaign.BodyInput) {
		in.Name, in.Kind, in.Area = "Sở Công Thương Thái Nguyên", string(committee.MemberBranch), "2025:19"
	})
	old := k.Body(func(in *campaign.BodyInput) {
		in.Name, in.Kind, in.Area = "Sở Công Thương Bắc Kạn", string(committee.MemberBranch), "2025-before:06"
		in.Until, in.Successor = "30/06/2025", string(heir.ID)
	})
	k.Reported(old, func(in *procurement.Input) { in.Year, in.Part = "2025", string(committee.Quarter1) })
	r, err := k.App.Procurement.Register(t.Context(), system, procurement.Query{Period: committee.Period{Year: 2025, Part: committee.WholeYear}})
	if err != nil || r.Due != 1 || r.Sent() != 1 {
		t.Errorf("%d of %d, %v", r.Sent(), r.Due, err)
	}
}

func TestBodiesThatReportedCountForThePlanAndItsTasks(t *testing.T) {
	k := testkit.NewApp(t)
	task := k.Task()
	year := k.App.Today()[:4]
	counted, err := k.App.Campaign.CreateTask(t.Context(), system, task.Plan, campaign.TaskInput{Strand: string(committee.Procurement), Kind: string(committee.Urge),
		Title: "Các đơn vị gửi số liệu", Lead: string(task.Lead), Source: string(committee.ProcurementSource), Measure: "đơn vị", Goal: "3"})
	testkit.Works(t, err)
	b := k.Body()
	for _, group := range []string{"computers", "food"} {
		k.Reported(b, func(in *procurement.Input) { in.Year, in.Part, in.Group = year, string(committee.Quarter1), group })
	}
	k.Reported(k.Body(func(in *campaign.BodyInput) { in.Name = "Trạm y tế" }), func(in *procurement.Input) { in.Year, in.Part = year, string(committee.WholeYear) })
	k.Reported(k.Body(func(in *campaign.BodyInput) { in.Name, in.Area = "Nơi khác", "2025:01" }), func(in *procurement.Input) { in.Year, in.Part = year, string(committee.WholeYear) })
	f, err := k.App.Campaign.Task(t.Context(), system, counted.ID)
	if err != nil || !f.Counted || f.Done != 2 {
		t.Errorf("the task has %d, counted %v, %v", f.Done, f.Counted, err)
	}
	board, err := k.App.Campaign.Board(t.Context(), system, task.Plan)
	testkit.Works(t, err)
	for _, row := range board.Strands {
		if row.Strand == committee.Procurement && (!row.Counted || row.Progress.Done != 2) {
			t.Errorf("the strand has %d, counted %v", row.Progress.Done, row.Counted)
		}
	}
}

func TestGroupsOfGoodsAreAddedAndRetired(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	viewer, _ := k.Officer(registry.Viewer, "19")
	if err := k.App.Procurement.AddGoodsGroup(t.Context(), viewer, "Phân bón"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a viewer adds one: %v", err)
	}
	testkit.Works(t, k.App.Procurement.AddGoodsGroup(t.Context(), organiser, "Phân bón"))
	if err := k.App.Procurement.AddGoodsGroup(t.Context(), organiser, "phân  bón"); registry.KindOf(err) != registry.Conflict {
		t.Errorf("the same again: %v", err)
	}
	if err := k.App.Procurement.AddGoodsGroup(t.Context(), organiser, " "); fieldsOf(err) != "name" {
		t.Errorf("without a name: %v", err)
	}
	all, err := k.App.Procurement.GoodsGroups(t.Context(), organiser)
	if err != nil || len(all) != len(committee.GoodsGroups)+1 {
		t.Fatalf("%d groups, %v", len(all), err)
	}
	own := all[len(all)-1]
	b := k.Body()
	k.Reported(b, func(in *procurement.Input) { in.Group = string(own.ID) })
	testkit.Works(t, k.App.Procurement.RetireGoodsGroup(t.Context(), organiser, own.ID, true))
	in := k.TypedReport(b)
	in.Group, in.Part = string(own.ID), string(committee.Quarter1)
	if _, _, err := k.App.Procurement.Enter(t.Context(), organiser, in); !strings.Contains(fieldsOf(err), "group") {
		t.Errorf("a retired group is taken: %v", err)
	}
	if err := k.App.Procurement.RetireGoodsGroup(t.Context(), organiser, "food", true); registry.KindOf(err) != registry.NotFound {
		t.Errorf("one built in: %v", err)
	}
}
