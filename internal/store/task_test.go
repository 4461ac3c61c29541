package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

var (
	thaiNguyen  = registry.AreaRef{Edition: registry.Edition2025, Code: "19"}
	theProvince = registry.Scope{"19"}
)

// planned is a committee with its plan and the bodies that carry it.
type planned struct {
	committee, front, trade committee.Body
	plan                    committee.Plan
}

func plannedIn(t *testing.T, tx *store.Tx) (p planned) {
	t.Helper()
	p.committee = committee.Body{Kind: committee.SteeringCommittee, Area: thaiNguyen, Name: "Ban Chỉ đạo tỉnh"}
	p.front = committee.Body{Kind: committee.StandingBody, Area: thaiNguyen, Name: "Ủy ban MTTQ tỉnh"}
	p.trade = committee.Body{Kind: committee.MemberBranch, Area: thaiNguyen, Name: "Sở Công Thương", Phone: "0208385512", Email: "sct@example.vn",
		From: "2025-07-01"}
	for _, b := range []*committee.Body{&p.committee, &p.front, &p.trade} {
		must(t, tx.InsertBody(t.Context(), b, theProvince))
	}
	p.plan = committee.Plan{Year: 2026, Area: thaiNguyen, Number: "12/KH-BCĐ", IssuedOn: "2026-01-15", Issuer: p.committee.ID, Standing: p.front.ID,
		Title: "Kế hoạch năm 2026", Objectives: "Giữ vững thị trường.\nHàng Việt về xã.", State: committee.PlanInForce,
		Papers:  []committee.Paper{{Number: "03-CT/TW", IssuedOn: "2021-05-19", Issuer: "Ban Bí thư", Title: "Chỉ thị"}, {Number: "28/CT-TTg"}},
		Targets: []committee.Target{{Strand: committee.Communications, Measure: "cuộc", Goal: 1200}, {Strand: committee.Sessions, Measure: "phiên", Goal: 24}}}
	must(t, tx.InsertPlan(t.Context(), &p.plan, theProvince, "officer"))
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPlanComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			got, err := tx.Plan(t.Context(), p.plan.ID)
			if diff := cmp.Diff(p.plan, got); err != nil || diff != "" {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			p.plan.Papers, p.plan.Targets, p.plan.State = p.plan.Papers[1:], nil, committee.PlanClosed
			must(t, tx.SavePlan(t.Context(), &p.plan, theProvince))
			if got, err = tx.Plan(t.Context(), p.plan.ID); err != nil || cmp.Diff(p.plan, got) != "" {
				t.Errorf("saved, it came back with %v, differing by\n%s", err, cmp.Diff(p.plan, got))
			}
			old := p.plan
			old.Version--
			if err := tx.SavePlan(t.Context(), &old, theProvince); registry.KindOf(err) != registry.Conflict {
				t.Errorf("saving an old version gives %v, want a conflict", err)
			}
			twin := committee.Plan{Year: 2026, Area: thaiNguyen, Issuer: p.committee.ID, Title: "Lần nữa", State: committee.PlanDraft}
			if err := tx.InsertPlan(t.Context(), &twin, theProvince, "officer"); registry.KindOf(err) != registry.Conflict {
				t.Errorf("a second plan of a body and year gives %v, want a conflict", err)
			}
			return nil
		})
	})
}

func TestTaskComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			task := committee.Task{Plan: p.plan.ID, Strand: committee.Inspection, Kind: committee.Urge, Title: "92 xã tự kiểm tra", Content: "Theo mẫu.",
				Lead: p.trade.ID, Supporting: []registry.BodyID{p.committee.ID}, Watching: []registry.BodyID{p.front.ID}, AssignedOn: "2026-02-20",
				DueOn: "2026-11-15", Source: committee.NoSource, Measure: "xã", Goal: 92, State: committee.TaskOpen, Percent: 40, Result: "61 xã",
				Movements: []string{"Học tập và làm theo Bác", "Nghị quyết TW4"}}
			must(t, tx.InsertTask(t.Context(), &task, "officer"))
			got, err := tx.Task(t.Context(), task.ID)
			if diff := cmp.Diff(task, got); err != nil || diff != "" {
				t.Errorf("came back with %v, differing by\n%s", err, diff)
			}
			task.Supporting, task.State, task.Movements = nil, committee.TaskDone, nil
			must(t, tx.SaveTask(t.Context(), &task))
			if got, err = tx.Task(t.Context(), task.ID); err != nil || cmp.Diff(task, got) != "" {
				t.Errorf("saved, it came back with %v, differing by\n%s", err, cmp.Diff(task, got))
			}
			second := committee.Task{Plan: p.plan.ID, Strand: committee.Steering, Kind: committee.Carry, Title: "Họp", Lead: p.front.ID, Source: committee.NoSource,
				State: committee.TaskOpen}
			must(t, tx.InsertTask(t.Context(), &second, "officer"))
			if second.N != 2 {
				t.Errorf("the second task has the number %d", second.N)
			}
			return nil
		})
	})
}

func TestTasksThatFit(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			add := func(title, due string, state committee.TaskState, lead, watch registry.BodyID) {
				task := committee.Task{Plan: p.plan.ID, Strand: committee.Steering, Kind: committee.Carry, Title: title, Lead: lead, DueOn: due,
					Source: committee.NoSource, State: state}
				if watch != "" {
					task.Watching = []registry.BodyID{watch}
				}
				must(t, tx.InsertTask(t.Context(), &task, "officer"))
			}
			add("sau", "2026-12-05", committee.TaskOpen, p.trade.ID, "")
			add("trước", "2026-11-05", committee.TaskInProgress, p.front.ID, p.trade.ID)
			add("xong", "2026-01-05", committee.TaskDone, p.front.ID, "")
			add("không hạn", "", committee.TaskOpen, p.committee.ID, "")
			titles := func(f committee.TaskFilter) (all []string) {
				tasks, err := tx.Tasks(t.Context(), f)
				must(t, err)
				for _, task := range tasks {
					all = append(all, task.Title)
				}
				return all
			}
			for claim, c := range map[string]struct {
				f    committee.TaskFilter
				want []string
			}{
				"the next day first, no day later, what is over last": {committee.TaskFilter{Plan: p.plan.ID}, []string{"trước", "sau", "không hạn", "xong"}},
				"late is what has a day before today":                 {committee.TaskFilter{LateOn: "2026-11-30", States: []committee.TaskState{committee.TaskOpen, committee.TaskInProgress}}, []string{"trước"}},
				"a body sees what it leads and what it watches":       {committee.TaskFilter{Bodies: []registry.BodyID{p.trade.ID}}, []string{"trước", "sau"}},
				"no body sees nothing":                                {committee.TaskFilter{Bodies: []registry.BodyID{}}, nil},
				"a page leaves out what stood before":                 {committee.TaskFilter{Skip: 1, Limit: 2}, []string{"sau", "không hạn"}},
				"nothing is silent yet":                               {committee.TaskFilter{SilentSince: 1}, nil},
			} {
				if got := titles(c.f); cmp.Diff(c.want, got) != "" {
					t.Errorf("%s: %v", claim, got)
				}
			}
			return nil
		})
	})
}

func TestLogOfATaskGrows(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		mustWrite(t, db, func(tx *store.Tx) error {
			p := plannedIn(t, tx)
			task := committee.Task{Plan: p.plan.ID, Strand: committee.Steering, Kind: committee.Carry, Title: "Họp", Lead: p.front.ID, Source: committee.NoSource,
				State: committee.TaskOpen}
			must(t, tx.InsertTask(t.Context(), &task, "officer"))
			must(t, tx.AddTaskEntry(t.Context(), task.ID, committee.TaskEntry{By: "Lan", Kind: committee.EntryAssigned}, "officer"))
			must(t, tx.AddTaskEntry(t.Context(), task.ID, committee.TaskEntry{By: "Hà", Kind: committee.EntryWords, Text: "Đã gọi 6 xã"}, "officer"))
			must(t, tx.AddTaskEntry(t.Context(), task.ID, committee.TaskEntry{By: "Hà", Kind: committee.EntryDue, From: "2026-10-31", To: "2026-11-15", Text: "Mưa lũ"}, "officer"))
			entries, err := tx.TaskEntries(t.Context(), task.ID)
			if err != nil || len(entries) != 3 || entries[0].To != "2026-11-15" || entries[1].Text != "Đã gọi 6 xã" || entries[2].Kind != committee.EntryAssigned {
				t.Errorf("the log is %+v, %v", entries, err)
			}
			return nil
		})
	})
}
