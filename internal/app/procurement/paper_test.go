package procurement_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/campaign"
	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

func TestThePhotoOfAPaperIsKeptReplacedAndDropped(t *testing.T) {
	k := testkit.NewApp(t)
	p := k.Reported(k.Body(), func(in *procurement.Input) { in.Photo = testkit.PhotoPNG(t) })
	for _, step := range []struct {
		name    string
		change  func(*procurement.Input)
		removes bool
		photo   bool
	}{
		{"kept", func(in *procurement.Input) { in.Note = "Đã sửa" }, false, true},
		{"replaced", func(in *procurement.Input) { in.Photo = testkit.PhotoPNG(t) }, true, true},
		{"dropped", func(in *procurement.Input) { in.DropPhoto = true }, true, false},
	} {
		t.Run(step.name, func(t *testing.T) {
			was, in := p.Photo, procurement.InputOf(p)
			in.Reason = "sửa"
			step.change(&in)
			testkit.Works(t, k.App.Procurement.Fix(t.Context(), system, p.ID, in))
			r, err := k.App.Procurement.Report(t.Context(), system, p.ID)
			testkit.Works(t, err)
			if p = r.Purchase; (p.Photo != was) != step.removes || (p.Photo != "") != step.photo {
				t.Errorf("the photo was %q, is %q", was, p.Photo)
			}
			k.Read(func(tx *store.Tx) error {
				if _, err := tx.File(t.Context(), was, ""); (registry.KindOf(err) == registry.NotFound) != step.removes {
					t.Errorf("the old photo: %v", err)
				}
				return nil
			})
			if _, err := k.App.Procurement.Photo(t.Context(), system, p.ID, registry.PhotoSmall); (err == nil) != step.photo {
				t.Errorf("reading it gives %v", err)
			}
		})
	}
	t.Run("nobody elsewhere reads it", func(t *testing.T) {
		far, _ := k.Officer(registry.Viewer, elsewhere)
		if _, err := k.App.Procurement.Photo(t.Context(), far, p.ID, ""); registry.KindOf(err) != registry.NotFound {
			t.Errorf("reading it gives %v", err)
		}
	})
	t.Run("each is a line of the log", func(t *testing.T) {
		if n := len(k.Audited("procurement.correct")); n != 3 {
			t.Errorf("%d lines", n)
		}
	})
}

func TestTheFormsChangeNothingByThemselves(t *testing.T) {
	k := testkit.NewApp(t)
	event, body := k.Event(), k.Body()
	for name, change := range map[string]func(*procurement.SupportInput){
		"support in full":           func(in *procurement.SupportInput) { in.Result = "Tăng" },
		"support without an amount": func(in *procurement.SupportInput) { in.Amount, in.Ended = "", "" },
		"support of a body":         func(in *procurement.SupportInput) { in.Body, in.Provider = string(body.ID), "" },
	} {
		t.Run(name, func(t *testing.T) {
			s := k.Supported(change)
			in := procurement.SupportInputOf(s)
			if (in.Amount == "") != (s.Amount == 0) || (in.Ended == "") != (s.Until == "") {
				t.Errorf("the form shows %+v", in)
			}
			testkit.Works(t, k.App.Procurement.SaveSupport(t.Context(), system, s.ID, in))
			f, err := k.App.Procurement.Support(t.Context(), system, s.ID)
			if s.Version++; err != nil || f.SupportGiven != s || (f.BodyName == body.Name) != (s.Body != "") {
				t.Errorf("it became %+v from %+v, %v", f, s, err)
			}
		})
	}
	for name, change := range map[string]func(*procurement.MatchingInput){
		"a matching at an event":        func(in *procurement.MatchingInput) { in.Event = string(event.ID) },
		"a matching without memorandum": func(in *procurement.MatchingInput) { in.MemoNumber, in.MemoOn = "", "" },
	} {
		t.Run(name, func(t *testing.T) {
			m := k.Matched(change)
			testkit.Works(t, k.App.Procurement.SaveMatching(t.Context(), system, m.ID, procurement.MatchingInputOf(m)))
			f, err := k.App.Procurement.Matching(t.Context(), system, m.ID)
			if m.Version++; err != nil || !reflect.DeepEqual(f.Matching, m) || (f.EventTitle == event.Title) != (m.Event != "") {
				t.Errorf("it became %+v from %+v, %v", f, m, err)
			}
		})
	}
	for action, n := range map[string]int{"support.enter": 3, "support.save": 3, "matching.enter": 2, "matching.save": 2} {
		t.Run("the log has "+action, func(t *testing.T) {
			if lines := k.Audited(action); len(lines) != n {
				t.Errorf("%d lines", len(lines))
			}
		})
	}
}

func TestWhatIsJustRightIsTaken(t *testing.T) {
	k := testkit.NewApp(t)
	today := vn.ShowDate(k.App.Today())
	for name, change := range map[string]func(*procurement.SupportInput){
		"support since the first day of the campaign": func(in *procurement.SupportInput) { in.Since, in.Area = "31/07/2009", "2025-before:01906" },
		"support of one day":                          func(in *procurement.SupportInput) { in.Ended = in.Since },
	} {
		t.Run(name, func(t *testing.T) { k.Supported(change) })
	}
	for name, change := range map[string]func(*procurement.MatchingInput){
		"a matching of the first day of the campaign": func(in *procurement.MatchingInput) { in.HeldOn, in.Area = "31/07/2009", "2025-before:01906" },
		"a matching of today":                         func(in *procurement.MatchingInput) { in.HeldOn, in.MemoOn = today, today },
	} {
		t.Run(name, func(t *testing.T) { k.Matched(change) })
	}
	body := k.Body()
	for name, change := range map[string]func(*procurement.Input){
		"all of it from here": func(in *procurement.Input) { in.Domestic = in.Total },
		"the first year":      func(in *procurement.Input) { in.Year, in.Part = yearText(committee.FirstPlanYear), "q1" },
		"nothing of nothing":  func(in *procurement.Input) { in.Group, in.Total, in.Domestic = "food", "0", "0" },
	} {
		t.Run(name, func(t *testing.T) { k.Reported(body, change) })
	}
	for name, change := range map[string]func(*procurement.SupportInput){
		"support before the campaign": func(in *procurement.SupportInput) { in.Since, in.Area = "30/07/2009", "2025-before:01906" },
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			in := k.TypedSupport()
			change(&in)
			if _, err := k.App.Procurement.EnterSupport(t.Context(), system, in); fieldsOf(err) != "since_on" {
				t.Errorf("entering gives %v", err)
			}
		})
	}
	for name, change := range map[string]func(*procurement.Input){
		"a year before there were plans": func(in *procurement.Input) { in.Year = yearText(committee.FirstPlanYear - 1) },
		"a year behind all plans":        func(in *procurement.Input) { in.Year = yearText(committee.LastPlanYear + 1) },
	} {
		t.Run(name+" is refused", func(t *testing.T) {
			in := k.TypedReport(body)
			change(&in)
			if _, _, err := k.App.Procurement.Enter(t.Context(), system, in); fieldsOf(err) != "year" {
				t.Errorf("entering gives %v", err)
			}
		})
	}
}

func TestTheFormsOfferWhatTheActorKeeps(t *testing.T) {
	k := testkit.NewApp(t)
	body := k.Body()
	k.Body(func(in *campaign.BodyInput) {
		in.Name, in.Area, in.Until = "UBND huyện Ba Bể", "2025-before:06", "30/06/2025"
	})
	k.Body(func(in *campaign.BodyInput) {
		in.Kind, in.Name = string(committee.SteeringCommittee), "Ban Chỉ đạo xã"
	})
	away := k.Body(func(in *campaign.BodyInput) { in.Name, in.Area = "UBND phường Bắc Kạn", "2025:"+elsewhere })
	k.Event()
	k.Event(testkit.InState(registry.Draft))
	testkit.Works(t, k.App.Procurement.AddGoodsGroup(t.Context(), system, "Phân bón"))
	groups, err := k.App.Procurement.GoodsGroups(t.Context(), system)
	testkit.Works(t, err)
	testkit.Works(t, k.App.Procurement.RetireGoodsGroup(t.Context(), system, groups[len(groups)-1].ID, true))
	officer := func(role registry.Role, area string) registry.Actor { actor, _ := k.Officer(role, area); return actor }
	person, _ := k.ActsFor(body)
	for name, c := range map[string]struct {
		actor               registry.Actor
		first               string // body that the form of a report offers first
		bodies, all, events int    // that the registers offer: -1 is not found
		area                registry.AreaRef
	}{
		"an organiser of the province": {officer(registry.Organiser, "19"), "", 3, 3, 1, registry.AreaRef{}},
		"an organiser of the commune":  {officer(registry.Organiser, testkit.BaBe.Code), body.Name, 1, 2, 1, testkit.BaBe},
		"an organiser elsewhere":       {officer(registry.Organiser, elsewhere), away.Name, 1, 1, 0, away.Area},
		"somebody of the body":         {person, body.Name, 1, -1, 0, registry.AreaRef{}},
		"a viewer":                     {officer(registry.Viewer, "19"), "", -1, -1, 0, registry.AreaRef{}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := k.App.Procurement.Choices(t.Context(), c.actor)
			if (err == nil) != (c.bodies >= 0) || len(got.Bodies) != max(0, c.bodies) || c.first != "" && got.Bodies[0].Name != c.first || err == nil && len(got.Groups) != len(committee.GoodsGroups) {
				t.Errorf("the report: %v, %d groups, %v", got.Bodies, len(got.Groups), err)
			}
			offered, err := k.App.Procurement.RegisterChoices(t.Context(), c.actor)
			if (err == nil) != (c.all >= 0) || len(offered.Bodies) != max(0, c.all) || len(offered.Events) != c.events || offered.Area != c.area {
				t.Errorf("the registers: %d bodies, %d events, %v, %v", len(offered.Bodies), len(offered.Events), offered.Area, err)
			}
		})
	}
	t.Run("a body of the past comes last", func(t *testing.T) {
		got, err := k.App.Procurement.Choices(t.Context(), system)
		if err != nil || got.Bodies[len(got.Bodies)-1].Name != "UBND huyện Ba Bể" {
			t.Errorf("it offers %v, %v", got.Bodies, err)
		}
	})
}

func TestTheRegisterOffersWhatCanBeClosed(t *testing.T) {
	k := testkit.NewApp(t)
	body := k.Body()
	k.Reported(body)
	province, _ := k.Officer(registry.Organiser, "19")
	commune, _ := k.Officer(registry.Organiser, testkit.BaBe.Code)
	viewer, _ := k.Officer(registry.Viewer, "19")
	person, _ := k.ActsFor(body)
	in := func(area string) procurement.Query {
		q := over(k)
		q.Filter.Area = area
		return q
	}
	for name, c := range map[string]struct {
		actor           registry.Actor
		q               procurement.Query
		unit            string
		manages, enters bool
		missingWrites   bool
	}{
		"the whole country has its province":     {system, over(k), "19", true, true, true},
		"the province of the actor":              {province, over(k), "19", true, true, true},
		"the commune of the actor":               {commune, over(k), testkit.BaBe.Code, true, true, true},
		"what is asked for":                      {province, in(testkit.BaBe.Code), testkit.BaBe.Code, true, true, true},
		"what is asked for, above":               {commune, in("19"), "19", false, true, true},
		"none for a viewer":                      {viewer, over(k), "", false, false, false},
		"what a viewer asks for is not its own":  {viewer, in("19"), "19", false, false, false},
		"none for whoever acts for a body alone": {person, over(k), "", false, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := k.App.Procurement.Register(t.Context(), c.actor, c.q)
			if err != nil || r.Unit != c.unit || r.Manages != c.manages || r.Enters != c.enters || r.Closing != nil || r.Due != 1 || r.Rows[0].BodyName != body.Name {
				t.Errorf("unit %q, manages %v, enters %v, closing %v, due %d, %v", r.Unit, r.Manages, r.Enters, r.Closing, r.Due, err)
			}
			next := c.q
			next.Period = committee.Period{Year: c.q.Year, Part: committee.Quarter1}
			if r, err = k.App.Procurement.Register(t.Context(), c.actor, next); err != nil || len(r.Missing) == 1 && r.Missing[0].Writes != c.missingWrites {
				t.Errorf("missing are %+v, %v", r.Missing, err)
			}
		})
	}
	t.Run("closed it says so, on every page of it", func(t *testing.T) {
		q := over(k)
		testkit.Works(t, k.App.Procurement.Close(t.Context(), province, procurement.CloseInput{Area: "19", Year: q.Year, Part: string(q.Part), Reason: "Hết hạn", Sure: true}))
		for _, actor := range []registry.Actor{system, commune} {
			if r, err := k.App.Procurement.Register(t.Context(), actor, q); err != nil || r.Closing == nil || r.Closing.Reason != "Hết hạn" {
				t.Errorf("closing %+v, %v", r.Closing, err)
			}
		}
		rows, err := k.App.Procurement.Register(t.Context(), system, q)
		testkit.Works(t, err)
		if r, err := k.App.Procurement.Report(t.Context(), system, rows.Rows[0].ID); err != nil || !r.Closed || r.Writes || r.Group.ID == "" {
			t.Errorf("the report: closed %v, writes %v, %v", r.Closed, r.Writes, err)
		}
	})
	t.Run("a period that no page sends", func(t *testing.T) {
		for _, bad := range []procurement.CloseInput{{Area: "khong-co", Year: 2025, Part: "q1"}, {Area: "19", Year: 2025, Part: "q5"},
			{Area: "19", Year: committee.FirstPlanYear - 1, Part: "q1"}, {Area: "19", Year: committee.LastPlanYear + 1, Part: "q1"}} {
			if err := k.App.Procurement.Reopen(t.Context(), system, bad); registry.KindOf(err) != registry.Malformed {
				t.Errorf("%+v gives %v", bad, err)
			}
		}
		for _, year := range []int{committee.FirstPlanYear, committee.LastPlanYear} {
			if err := k.App.Procurement.Reopen(t.Context(), system, procurement.CloseInput{Area: "19", Year: year, Part: "q1"}); registry.KindOf(err) != registry.NotFound {
				t.Errorf("%d gives %v", year, err)
			}
		}
	})
	t.Run("one that has not begun", func(t *testing.T) {
		err := k.App.Procurement.Close(t.Context(), system, procurement.CloseInput{Area: "19", Year: committee.LastPlanYear, Part: "q4", Reason: "x", Sure: true})
		if fieldsOf(err) != "reason" {
			t.Errorf("closing gives %v", err)
		}
	})
}

func TestFilesNameGroupsProvidersAndUnits(t *testing.T) {
	k := testkit.NewApp(t)
	body := k.Body()
	testkit.Works(t, k.App.Procurement.AddGoodsGroup(t.Context(), system, "Phân bón"))
	groups, err := k.App.Procurement.GoodsGroups(t.Context(), system)
	testkit.Works(t, err)
	k.Reported(body, func(in *procurement.Input) { in.Group = string(groups[len(groups)-1].ID) })
	k.Reported(body)
	k.Supported()
	k.Supported(func(in *procurement.SupportInput) { in.Body, in.Provider = string(body.ID), "" })
	k.Matched()
	reports, err := k.App.Procurement.File(t.Context(), system, over(k), report.FormCSV, "vi")
	testkit.Works(t, err)
	supports, err := k.App.Procurement.SupportTable(t.Context(), system, committee.SupportFilter{}, report.FormCSV, "vi")
	testkit.Works(t, err)
	matchings, err := k.App.Procurement.MatchingTable(t.Context(), system, committee.MatchingFilter{}, report.FormCSV, "vi")
	testkit.Works(t, err)
	for want, file := range map[string]report.ListFile{"Phân bón": reports, "75": reports, body.Name: supports, "Quỹ Hỗ trợ nông dân": supports, "xã Ba Bể": matchings} {
		t.Run(want, func(t *testing.T) {
			if !strings.Contains(string(file.Data), want) {
				t.Errorf("it is not in %s", file.Data)
			}
		})
	}
	t.Run("of the period alone", func(t *testing.T) {
		q := over(k)
		q.Year--
		if file, err := k.App.Procurement.File(t.Context(), system, q, report.FormCSV, "vi"); err != nil || strings.Contains(string(file.Data), "Phân bón") {
			t.Errorf("the year before has %s, %v", file.Data, err)
		}
	})
}

func TestStrikingIsTakenBackAndTold(t *testing.T) {
	k := testkit.NewApp(t)
	s, m := k.Supported(), k.Matched()
	for _, in := range []procurement.StrikeInput{{Version: 1, Reason: "nhầm"}, {Version: 2, Restore: true}} {
		testkit.Works(t, k.App.Procurement.StrikeSupport(t.Context(), system, s.ID, in))
		testkit.Works(t, k.App.Procurement.StrikeMatching(t.Context(), system, m.ID, in))
		t.Run("not twice", func(t *testing.T) {
			in.Version++
			if err := k.App.Procurement.StrikeSupport(t.Context(), system, s.ID, in); registry.KindOf(err) != registry.Conflict {
				t.Errorf("again: %v", err)
			}
		})
	}
	for action, reason := range map[string]bool{"support.strike": true, "support.restore": false, "matching.strike": true, "matching.restore": false} {
		t.Run("the log tells "+action, func(t *testing.T) {
			if lines := k.Audited(action); len(lines) != 1 || strings.Contains(lines[0].Detail, "nhầm") != reason {
				t.Errorf("it says %+v", lines)
			}
		})
	}
	t.Run("a struck one is not corrected", func(t *testing.T) {
		testkit.Works(t, k.App.Procurement.StrikeMatching(t.Context(), system, m.ID, procurement.StrikeInput{Version: 3, Reason: "nhầm"}))
		in := procurement.MatchingInputOf(m)
		in.Version = 4
		save, tell := k.App.Procurement.SaveMatching(t.Context(), system, m.ID, in), k.App.Procurement.FollowUp(t.Context(), system, m.ID, procurement.FollowUpInput{Months: 3, Outcome: "partly", Result: "x", Version: 4})
		if !testkit.HasKey(save, "register.error.struck") || !testkit.HasKey(tell, "register.error.struck") {
			t.Errorf("saving gives %v, telling %v", save, tell)
		}
	})
}

func TestMatchingsAreCountedByYearMemorandumAndDay(t *testing.T) {
	k := testkit.NewApp(t)
	k.Matched()
	k.Matched(func(in *procurement.MatchingInput) { in.MemoNumber, in.MemoOn = "", "" })
	late := vn.ShowDate(vn.AddDays(k.App.Today(), -10))
	struck := k.Matched(func(in *procurement.MatchingInput) { in.HeldOn, in.MemoOn = late, late })
	testkit.Works(t, k.App.Procurement.StrikeMatching(t.Context(), system, struck.ID, procurement.StrikeInput{Version: struck.Version, Reason: "nhầm"}))
	l, err := k.App.Procurement.Matchings(t.Context(), system, committee.MatchingFilter{})
	if err != nil || len(l.Rows) != 3 || l.N != 3 || l.All != 2 || l.Memos != 1 || l.Due != 2 || !l.Enters {
		t.Errorf("%d rows, %d fit, %d count, %d memoranda, %d due, %v", len(l.Rows), l.N, l.All, l.Memos, l.Due, err)
	}
	t.Run("an event of others is refused", func(t *testing.T) {
		far, _ := k.Officer(registry.Organiser, elsewhere)
		in := k.TypedMatching()
		in.Area, in.Event = "2025:"+elsewhere, string(k.Event().ID)
		if _, err := k.App.Procurement.EnterMatching(t.Context(), far, in); !slices.Equal(testkit.FieldsOf(err), []string{"event"}) {
			t.Errorf("entering gives %v", err)
		}
	})
	t.Run("two vendors of a name tie none", func(t *testing.T) {
		for range 2 {
			k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name = "HTX Cùng Tên" }))
		}
		if m := k.Matched(func(in *procurement.MatchingInput) { in.Producer = "HTX Cùng Tên" }); m.Producer.Vendor != "" {
			t.Errorf("it is tied to %+v", m.Producer)
		}
	})
}

func TestGroupsOfOnesOwnHaveAnEnd(t *testing.T) {
	k := testkit.NewApp(t)
	for i := range committee.MaxOwnGoodsGroups {
		testkit.Works(t, k.App.Procurement.AddGoodsGroup(t.Context(), system, "Nhóm "+vn.Count(int64(i))))
	}
	err := k.App.Procurement.AddGoodsGroup(t.Context(), system, "Một nữa")
	testkit.Refused(t, "one more", err, registry.Conflict, "goods_group.error.many")
}
