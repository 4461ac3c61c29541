package planning_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"hoicho/internal/app/planning"
	"hoicho/internal/registry"
	stored "hoicho/internal/store/yearplan"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
	"hoicho/internal/yearplan"
	"hoicho/internal/yearplan/paste"
)

const formKey = "0123456789abcdef"

// plan is a text as it is pasted for a year, like a market session of the kit.
func plan(t testing.TB, pattern registry.Event, year int, text string) planning.PasteInput {
	t.Helper()
	table, err := paste.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return planning.PasteInput{Pattern: pattern.ID, Year: year, Table: table, Key: formKey}
}

// shown looks at a plan, so that it can be made as it is.
func shown(t *testing.T, k *testkit.Kit, actor registry.Actor, in *planning.PasteInput) planning.PastePlan {
	t.Helper()
	p, err := k.App.Planning.CheckPaste(t.Context(), actor, *in)
	testkit.Works(t, err)
	in.Shown = p.Digest
	return p
}

// communes are n lines of a plan, each of a commune of the province on a day of its own.
func communes(k *testkit.Kit, year, n int) string {
	list := k.App.Areas.Communes(registry.AreaRef{Edition: registry.Edition2025, Code: "19"})
	var b strings.Builder
	b.WriteString("Xã\tNgày\tSố gian\tNơi họp\n")
	for i := range n {
		day := vn.AddDays(fmt.Sprintf("%d-03-01", year), (i/len(list))*60+i%50)
		fmt.Fprintf(&b, "%s\t%s\t%d\tSân %d\n", list[i%len(list)].FullName(), vn.ShowDate(day), 10+i%20, i)
	}
	return b.String()
}

// TestAPlanIsMadeOnce: wrong rows and guesses hold it up, it is made as a whole, and the same again
// makes nothing.
func TestAPlanIsMadeOnce(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	pattern, year := k.Event(testkit.InState(registry.Draft)), yearOf(t, k.App.Today())+1
	in := plan(t, pattern, year, "Xã\tNgày\tSố gian\tNơi họp\nNghĩa Tá\t19/3\t20\tSân chợ\nNa Ri\t15/Giêng\t24\tSân vận động\nNghĩa Tá\t19/3\t20\t\nKhông Đâu\t1/6\t\t\nBa Bể\t31/6\thai mươi\t\n")
	p, err := k.App.Planning.CheckPaste(t.Context(), organiser, in)
	testkit.Works(t, err)
	if p.N[planning.PasteNew] != 1 || p.N[planning.PasteConfirm] != 1 || p.N[planning.PasteWrong] != 3 || p.Rows[1].Guesses[0].Said != "xã Na Rì, Thái Nguyên" {
		t.Fatalf("states %v, %+v", p.N, p.Rows[1].Guesses)
	}
	in.Shown = p.Digest
	if _, _, err := k.App.Planning.MakePaste(t.Context(), organiser, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a plan with wrong rows: %v", err)
	}
	in.Table.Rows[1].Cells[paste.Commune] = p.Rows[1].Guesses[0].Text
	for _, i := range []int{2, 3, 4} {
		in.Table.Rows[i].Out = true
	}
	p, err = k.App.Planning.CheckPaste(t.Context(), organiser, in)
	testkit.Works(t, err)
	if !p.Ready() {
		t.Fatalf("not ready: %v %+v", p.N, p.Rows)
	}
	in.Shown = p.Digest
	made, already, err := k.App.Planning.MakePaste(t.Context(), organiser, in)
	testkit.Works(t, err)
	if already || len(made.Events) != 2 {
		t.Fatalf("made %d, already %v", len(made.Events), already)
	}
	e, err := k.App.Events.OfficeEvent(t.Context(), organiser, registry.ManageEvents, made.Events[0])
	testkit.Works(t, err)
	if e.State != registry.Draft || e.OpensOn != fmt.Sprintf("%d-03-19", year) || e.BoothsN != 20 || e.Venue != "Sân chợ" || !strings.Contains(e.Title, "Nghĩa Tá") || e.ClonedFrom != pattern.ID {
		t.Errorf("made %+v", e)
	}
	if again, already, err := k.App.Planning.MakePaste(t.Context(), organiser, in); err != nil || !already || again.ID != made.ID {
		t.Errorf("the form sent twice: %v %v", already, err)
	}
	in.Key = "another-form-of-it"
	p, err = k.App.Planning.CheckPaste(t.Context(), organiser, in)
	if err != nil || p.N[planning.PasteThere] != 2 || p.Ready() {
		t.Errorf("pasted again: %v %v", p.N, err)
	}
}

// TestAPlanIsTakenBack as long as no session of it has gone on.
func TestAPlanIsTakenBack(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	year := yearOf(t, k.App.Today()) + 1
	in := plan(t, k.Event(testkit.InState(registry.Draft)), year, communes(k, year, 5))
	send := func(key string) stored.Paste {
		in.Key = key
		shown(t, k, organiser, &in)
		made, _, err := k.App.Planning.MakePaste(t.Context(), organiser, in)
		testkit.Works(t, err)
		return made
	}
	made := send(formKey)
	other, _ := k.Officer(registry.Organiser, "19")
	if _, err := k.App.Planning.Pasted(t.Context(), other, made.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("another's plan: %v", err)
	}
	n, err := k.App.Planning.UndoPaste(t.Context(), organiser, made.ID, made.Version)
	if err != nil || n != 5 {
		t.Fatalf("taken back %d: %v", n, err)
	}
	if _, err := k.App.Planning.UndoPaste(t.Context(), organiser, made.ID, made.Version); registry.KindOf(err) != registry.Conflict {
		t.Errorf("twice: %v", err)
	}
	made = send("another-form-of-it")
	e, err := k.App.Events.OfficeEvent(t.Context(), organiser, registry.ManageEvents, made.Events[0])
	testkit.Works(t, err)
	k.Application(e, k.Vendor().ID)
	f, err := k.App.Planning.Pasted(t.Context(), organiser, made.ID)
	if err != nil || f.Undoes() || len(f.Stays) != 1 {
		t.Errorf("with an application: %v %+v", err, f.Stays)
	}
	if _, err := k.App.Planning.UndoPaste(t.Context(), organiser, made.ID, made.Version); registry.KindOf(err) != registry.Conflict {
		t.Errorf("with an application: %v", err)
	}
}

// TestTwoOrganisersPlanTheSameYear: what one made meanwhile is shown to the other before anything is
// made, and is not made twice.
func TestTwoOrganisersPlanTheSameYear(t *testing.T) {
	k := testkit.NewApp(t)
	pattern, year := k.Event(testkit.InState(registry.Draft)), yearOf(t, k.App.Today())+1
	var plans []planning.PasteInput
	var actors []registry.Actor
	for i := range 2 {
		actor, _ := k.Officer(registry.Organiser, "19")
		in := plan(t, pattern, year, fmt.Sprintf("Xã\tNgày\tNơi họp\nNghĩa Tá\t19/3\tSân chợ\nBa Bể\t%d/6\tSân %d\n", 1+2*i, i))
		p, err := k.App.Planning.CheckPaste(t.Context(), actor, in)
		testkit.Works(t, err)
		in.Shown, in.Key = p.Digest, fmt.Sprint(formKey, i)
		plans, actors = append(plans, in), append(actors, actor)
	}
	_, _, err := k.App.Planning.MakePaste(t.Context(), actors[0], plans[0])
	testkit.Works(t, err)
	if _, _, err := k.App.Planning.MakePaste(t.Context(), actors[1], plans[1]); registry.KindOf(err) != registry.Conflict {
		t.Errorf("the later one: %v", err)
	}
	p, err := k.App.Planning.CheckPaste(t.Context(), actors[1], plans[1])
	testkit.Works(t, err)
	plans[1].Shown = p.Digest
	made, _, err := k.App.Planning.MakePaste(t.Context(), actors[1], plans[1])
	if err != nil || len(made.Events) != 1 || p.Rows[0].State != planning.PasteThere {
		t.Errorf("%d made, %v", len(made.Events), err)
	}
}

// TestRowsMeetOneAnother: what stands in the way is told at each of the two rows.
func TestRowsMeetOneAnother(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	pattern, year := k.Event(testkit.InState(registry.Draft)), yearOf(t, k.App.Today())+1
	p, err := k.App.Planning.CheckPaste(t.Context(), organiser, plan(t, pattern, year, "Xã\tNgày\tNơi họp\nNghĩa Tá\t19-21/9\tSân chợ\nNghĩa Tá\t21-22/9\tSân chợ\n"))
	testkit.Works(t, err)
	for i, r := range p.Rows {
		if len(r.Findings) != 1 || r.Findings[0].Kind != yearplan.SameVenue || r.Findings[0].Session.OpensOn != r.First || len(r.Findings[0].Ways) == 0 && i == 0 {
			t.Errorf("row %d: %+v", r.N, r.Findings)
		}
	}
}

// TestAPlanStaysWhereItsMakerMay: rows of other areas are wrong, and who manages nothing checks nothing.
func TestAPlanStaysWhereItsMakerMay(t *testing.T) {
	k := testkit.NewApp(t)
	pattern, year := k.Event(testkit.InState(registry.Draft)), yearOf(t, k.App.Today())+1
	in := plan(t, pattern, year, "Xã\tNgày\nBa Bể\t19/3\nNghĩa Tá\t19/3\nBa Bể\t1/1/2020\n")
	local, _ := k.Officer(registry.Organiser, testkit.BaBe.Code)
	p, err := k.App.Planning.CheckPaste(t.Context(), local, in)
	testkit.Works(t, err)
	if p.Rows[0].State != planning.PasteNew || p.Rows[1].Wrong[paste.Commune] == nil || p.Rows[2].Wrong[paste.Date] == nil {
		t.Errorf("states %v", p.N)
	}
	viewer, _ := k.Officer(registry.Viewer, "19")
	if _, err := k.App.Planning.CheckPaste(t.Context(), viewer, in); registry.KindOf(err) != registry.Forbidden {
		t.Errorf("a viewer: %v", err)
	}
	in.Year = 1
	if _, err := k.App.Planning.CheckPaste(t.Context(), local, in); fmt.Sprint(testkit.FieldsOf(err)) != "[year]" {
		t.Errorf("a year of no dates: %v", err)
	}
}

// BenchmarkPaste checks 300 rows.
func BenchmarkPaste(b *testing.B) {
	k := testkit.NewApp(b)
	organiser, _ := k.Officer(registry.Organiser, "19")
	year := vn.DateOf(k.DB.Now())[:4]
	n := 0
	fmt.Sscan(year, &n)
	in := plan(b, k.Event(testkit.InState(registry.Draft)), n+1, communes(k, n+1, 300))
	for b.Loop() {
		p, err := k.App.Planning.CheckPaste(b.Context(), organiser, in)
		if err != nil || p.N[planning.PasteNew] != 300 {
			b.Fatal(err, p.N)
		}
	}
}

// TestOrganisersAtOnceMakeAPlanOnce: three send the same plan in the same moment.
func TestOrganisersAtOnceMakeAPlanOnce(t *testing.T) {
	k := testkit.NewApp(t)
	year := yearOf(t, k.App.Today()) + 1
	in := plan(t, k.Event(testkit.InState(registry.Draft)), year, communes(k, year, 30))
	actors := make([]registry.Actor, 3)
	for i := range actors {
		actors[i], _ = k.Officer(registry.Organiser, "19")
	}
	shown(t, k, actors[0], &in)
	var made atomic.Int64
	var all sync.WaitGroup
	for _, actor := range actors {
		all.Go(func() {
			if got, _, err := k.App.Planning.MakePaste(t.Context(), actor, in); err == nil {
				made.Add(int64(len(got.Events)))
			} else if registry.KindOf(err) != registry.Conflict {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if made.Load() != 30 {
		t.Errorf("%d sessions made of 30 rows", made.Load())
	}
}

// TestCellsOfARowAgree: what says how long a session lasts agrees, or the row is wrong at the cell that
// does not; what nobody says is as the pattern, and told so.
func TestCellsOfARowAgree(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	year := yearOf(t, k.App.Today()) + 1
	pattern := k.Event(testkit.InState(registry.Draft))
	for _, c := range []struct{ head, row, want string }{
		{"Ngày\tĐến ngày", "19/3\t21/3", "19–21/03"}, {"Ngày\tĐến ngày", "19/3\t", "19/03"}, {"Ngày\tSố ngày", "19/3\t1", "19/03"}, {"Ngày\tSố ngày", "19/3\t2 ngày", "19–20/03"},
		{"Ngày\tĐến ngày", "6-8/3\t15/3", "wrong until"}, {"Ngày\tSố ngày", "16-18/3\t7", "wrong days"}, {"Ngày\tSố ngày", "16-18/3\t3", "16–18/03"},
		{"Ngày\tĐến ngày", "1/3\t3-5/3", "wrong until"}, {"Ngày\tĐến ngày\tSố ngày", "1/3\t3/3\t2", "wrong days"}, {"Ngày\tĐến ngày", "5/3\t3/3", "wrong until"},
		{"Ngày\tÂm lịch", "19-21/3\t12-14/2", "19–21/03"}, {"Ngày\tÂm lịch", "21/3\t14-16/2", "21–23/03"}, {"Ngày\tÂm lịch", "19/3\t13/2", "wrong lunar"}, {"Ngày\tÂm lịch", "19-21/3\t12-15/2", "wrong lunar"},
		{"Âm lịch\tĐến ngày", "12/2\t21/3", "19–21/03 until?"}, {"Âm lịch\tĐến ngày", "12/2\t21/3 dương", "19–21/03"}, {"Âm lịch\tĐến ngày", "12/2\t14/2 âm", "19–21/03"},
		{"Ngày\tNơi họp", "19/3\t#REF!", "wrong venue"}, {"Ngày\tGiờ", "19/3\t7", "wrong hours"}, {"Ngày\tSố ngày", "19/3\t61", "wrong days"},
	} {
		in := plan(t, pattern, 2027, "Xã\t"+c.head+"\nBa Bể\t"+c.row+"\n")
		p, err := k.App.Planning.CheckPaste(t.Context(), organiser, in)
		testkit.Works(t, err)
		r := p.Rows[0]
		got := strings.TrimSuffix(vn.ShowRange(r.First, r.Last), "/2027")
		for _, g := range r.Guesses {
			got += " " + string(g.Field) + "?"
		}
		for _, f := range paste.Fields {
			if r.Wrong[f] != nil {
				got = "wrong " + string(f)
			}
		}
		if got != c.want {
			t.Errorf("%s %s is read as %q, want %q", c.head, c.row, got, c.want)
		}
	}
	p, err := k.App.Planning.CheckPaste(t.Context(), organiser, plan(t, k.Event(testkit.InState(registry.Draft), testkit.OnDays(fmt.Sprintf("%d-09-05", year), 2)), year, "Xã\tNgày\nBa Bể\t19/3\n"))
	if err != nil || p.Rows[0].AsPattern != 2 {
		t.Errorf("as long as the pattern: %+v %v", p.Rows[0], err)
	}
}

// TestAllThatIsWrongIsToldAtOnce: a wrong commune or day hides nothing of the other cells.
func TestAllThatIsWrongIsToldAtOnce(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	pattern, year := k.Event(testkit.InState(registry.Draft)), yearOf(t, k.App.Today())+1
	p, err := k.App.Planning.CheckPaste(t.Context(), organiser, plan(t, pattern, year, "Xã\tNgày\tSố gian\tGiờ\tSố ngày\nKhông Đâu\t31/4\thai\t7\t1\nBa Bể\tmai\t-3\t9h-25h\t\nKhông Đâu\t1/6\t20\t7h-11h\tba\n"))
	testkit.Works(t, err)
	for i, want := range []string{"commune date booths hours", "date booths hours", "commune days"} {
		var got []string
		for _, f := range paste.Fields {
			if p.Rows[i].Wrong[f] != nil {
				got = append(got, string(f))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("row %d is wrong at %q, want %q", p.Rows[i].N, got, want)
		}
	}
}

// TestWhatIsThereIsComparedWithItsRow: what the row says otherwise is told.
func TestWhatIsThereIsComparedWithItsRow(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	pattern, year := k.Event(testkit.InState(registry.Draft)), yearOf(t, k.App.Today())+1
	in := plan(t, pattern, year, "Xã\tNgày\tSố gian\tNơi họp\nBa Bể\t19/3\t20\tSân A\n")
	shown(t, k, organiser, &in)
	_, _, err := k.App.Planning.MakePaste(t.Context(), organiser, in)
	testkit.Works(t, err)
	p, err := k.App.Planning.CheckPaste(t.Context(), organiser, plan(t, pattern, year, "Xã\tNgày\tSố gian\tNơi họp\tTên phiên\nBa Bể\t19/3\t99\tSân A\tHội chợ khác\n"))
	if err != nil || p.Rows[0].State != planning.PasteThere || fmt.Sprint(p.Rows[0].Differs) != "[booths name]" {
		t.Errorf("there: %v %v %v", p.Rows[0].State, p.Rows[0].Differs, err)
	}
}

// TestWhatWasShownIsMade: hours and the pattern count as much as days.
func TestWhatWasShownIsMade(t *testing.T) {
	k := testkit.NewApp(t)
	organiser, _ := k.Officer(registry.Organiser, "19")
	pattern, year := k.Event(testkit.InState(registry.Draft)), yearOf(t, k.App.Today())+1
	in := plan(t, pattern, year, "Xã\tNgày\tGiờ\tChủ đề\nBa Bể\t19/3\t7h-11h\tA\n")
	shown(t, k, organiser, &in)
	for field, text := range map[paste.Field]string{paste.Hours: "13h-17h", paste.Theme: "B", paste.Venue: "Sân", paste.Days: "2", paste.Booths: "7"} {
		before := in.Table.Rows[0].Cells[field]
		in.Table.Rows[0].Cells[field] = text
		if _, _, err := k.App.Planning.MakePaste(t.Context(), organiser, in); registry.KindOf(err) != registry.Conflict {
			t.Errorf("%s of another text than was shown: %v", field, err)
		}
		in.Table.Rows[0].Cells[field] = before
	}
	made, _, err := k.App.Planning.MakePaste(t.Context(), organiser, in)
	testkit.Works(t, err)
	_, err = k.App.Planning.UndoPaste(t.Context(), organiser, made.ID, made.Version)
	testkit.Works(t, err)
	if _, _, err := k.App.Planning.MakePaste(t.Context(), organiser, in); registry.KindOf(err) != registry.Conflict {
		t.Errorf("an old form of a plan that was taken back: %v", err)
	}
}
