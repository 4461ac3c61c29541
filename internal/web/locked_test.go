package web_test

import (
	"bufio"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/app/tips"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/need"
	"hoicho/internal/testkit/site"
	"hoicho/internal/vn"
	"hoicho/internal/web"
)

// lockedDoor is a writing route with what it may do to the figures of a locked period.
type lockedDoor struct {
	registers []string // whose rows it may change (store/period, source.go)
	reports   bool     // it writes the reports themselves
	note      string   // why the walk below does not see it change any
}

// lockedDoorsFile says it for each route: the route, what it may change ("nothing", "reports" or
// registers), and for registers that the walk cannot reach who tries them.
const lockedDoorsFile = "testdata/locked_doors.txt"

func lockedDoors(t *testing.T) map[string]lockedDoor {
	t.Helper()
	file, err := os.Open(lockedDoorsFile)
	testkit.Works(t, err)
	defer file.Close()
	doors := map[string]lockedDoor{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		route, rest, _ := strings.Cut(lines.Text(), "\t")
		what, note, _ := strings.Cut(rest, "\t")
		d := lockedDoor{reports: what == "reports", note: note}
		if what != "nothing" && !d.reports {
			d.registers = strings.Fields(what)
		}
		doors[route] = d
	}
	return doors
}

// writingRoutes are the routes that may change something.
func writingRoutes(routes []web.PolicyRoute) (writing []string) {
	for _, r := range routes {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			writing = append(writing, r.Method+" "+r.Path)
		}
	}
	return writing
}

// unclassified are the faults of the table: routes that are missing, rows that lead nowhere,
// registers that there are not.
func unclassified(routes []string, doors map[string]lockedDoor, registers map[string][]period.Code) (faults []string) {
	for _, r := range routes {
		if _, ok := doors[r]; !ok {
			faults = append(faults, r+" writes: say in "+lockedDoorsFile+" which registers of store/period/source.go it may change, \"reports\" if it "+
				"writes reports of periods, or \"nothing\"")
		}
	}
	for r, d := range doors {
		if !slices.Contains(routes, r) {
			faults = append(faults, r+" is no route any more: take it out of "+lockedDoorsFile)
		}
		for _, name := range d.registers {
			if registers[name] == nil {
				faults = append(faults, r+" names "+name+", which is no register of store/period/source.go")
			}
		}
	}
	return faults
}

func TestWritingRoutesSayWhatTheyDoToALockedPeriod(t *testing.T) {
	k := testkit.NewApp(t)
	server, _ := site.Of(k)
	routes, doors := writingRoutes(web.Policies(server)), lockedDoors(t)
	for _, fault := range unclassified(routes, doors, stored.Registers()) {
		t.Error(fault)
	}
	if got := unclassified(append(routes, "POST /moi"), doors, stored.Registers()); len(got) != 1 || !strings.HasPrefix(got[0], "POST /moi writes: say in ") {
		t.Errorf("a new door is taken: %v", got)
	}
}

// lockedYear is a stall in a year whose reports were handed in, accepted and locked.
type lockedYear struct {
	*formWalk
	stall  *stall
	doors  map[string]lockedDoor
	visits []visit
	today  string
	keys   []period.Key
	frozen map[period.Key]periods.File
	lines  map[period.Key][]period.Line // that were handed in
	kept   string                       // all that is stored of the reports
	moved  map[string][]string          // registers that a route was seen to change
	said   map[string]string            // what a route answered that changed none
}

func newLockedYear(t *testing.T) *lockedYear {
	d := newGateDesk(t)
	d.doubled()
	y := &lockedYear{formWalk: &formWalk{t: t, readers: readersOf(t, d.stall)}, stall: d.stall, doors: lockedDoors(t), today: vn.ShowDate(d.k.App.Today()),
		frozen: map[period.Key]periods.File{}, moved: map[string][]string{}, said: map[string]string{}}
	routes := web.Policies(d.server)
	for _, r := range routes {
		if r.Method == http.MethodPost {
			y.routes = append(y.routes, r.Path)
		}
	}
	slices.SortStableFunc(y.routes, func(a, b string) int { return strings.Count(a, ":") - strings.Count(b, ":") })
	tip := testkit.StoredTip(t, d.k, testkit.SendTip(t, d.k, testkit.TipAbout(d.pass(registry.BoothPass).Code)))
	for i, to := range []registry.TipState{registry.TipSorted, registry.TipChecked} {
		testkit.Works(t, d.k.App.Tips.StepTip(t.Context(), registry.SystemActor("test"), tip.ID, tips.TipStepInput{To: to, Version: int64(i + 1), Told: "Đang xem."}))
	}
	hall := "/quan-ly/su-kien/" + string(d.event.ID)
	y.visits = slices.Concat([]visit{{"/quan-ly/phan-anh/" + string(tip.ID), "admin"}, {hall + "/gian?gian=A05", "admin"}, {hall + "/gian?gian=A01", "admin"}, {hall + "/gian", "admin"}, {hall + "/don", "admin"}},
		y.furtherPages(d.stall), visitsOf(d.stall, routes), []visit{{"/phan-anh?the=" + d.pass(registry.BoothPass).Code, ""}})
	y.lock()
	return y
}

// lock hands in the reports of the commune and of all bodies, has them accepted, and locks the
// year; then the clock goes back to the days of the events.
func (y *lockedYear) lock() {
	k, ctx, actor := y.stall.k, y.t.Context(), registry.SystemActor("test")
	p := period.Period{Year: testkit.Start.Year(), Part: period.WholeYear}
	y.keys = []period.Key{{Form: period.CommuneForm, Period: p, Unit: testkit.BaBe.Code}}
	for _, row := range k.Look("SELECT id FROM bodies WHERE kind IN ('standing_body', 'member_branch', 'member_org')") {
		y.keys = append(y.keys, period.Key{Form: period.BranchForm, Period: p, Unit: fmt.Sprint(row[0])})
	}
	back := k.Clock.Now()
	y.at(p.Year, "12-20")
	for _, key := range y.keys {
		testkit.Works(y.t, k.App.Periods.Submit(ctx, actor, key, periods.Input{Sure: true}))
		f, err := k.App.Periods.Report(ctx, actor, key)
		testkit.Works(y.t, err)
		_, err = k.App.Periods.Accept(ctx, actor, key.Form, p, []string{periods.Pick(f.Report)})
		testkit.Works(y.t, err)
	}
	_, token := k.Officer(registry.Admin, "")
	admin := testkit.NewClient(y.t, y.stall.base)
	admin.SignInAs(token)
	for _, act := range []string{"luu", "nop"} {
		got := admin.Post(reportPath(p, testkit.BaBe.Code, act), url.Values{"version": {"2"}})
		accepted.of(y.t, act, got)
	}
	y.at(p.Year+1, "02-20")
	home, _ := k.App.Areas.Province(testkit.BaBe)
	for _, form := range period.FormCodes {
		testkit.Works(y.t, k.App.Periods.Lock(ctx, actor, periods.Query{Form: form, Period: p, Province: home.Ref}, periods.LockInput{Reason: "Tổng hợp.", Sure: true}))
	}
	k.Clock.Set(back)
	for _, key := range y.keys {
		y.frozen[key] = y.report(key)
	}
	y.lines, y.kept = y.counted(), y.stored()
}

func (y *lockedYear) at(year int, day string) {
	at, _ := vn.InstantOf(fmt.Sprint(year)+"-"+day, 9*60)
	y.stall.k.Clock.Set(at)
}

func (y *lockedYear) report(k period.Key) periods.File {
	f, err := y.stall.k.App.Periods.Report(y.t.Context(), registry.SystemActor("test"), k)
	testkit.Works(y.t, err)
	return f
}

// counted are the rows behind the reports as they are now.
func (y *lockedYear) counted() map[period.Key][]period.Line {
	all := map[period.Key][]period.Line{}
	y.stall.k.Read(func(tx *store.Tx) (err error) {
		for _, k := range y.keys {
			if all[k], err = stored.Lines(y.t.Context(), tx, stored.Ask{Form: k.Form, Period: k.Period}, []string{k.Unit}); err != nil {
				return err
			}
		}
		return nil
	})
	return all
}

// sums are the figures of all units and bodies, those that hand in no report here too.
func (y *lockedYear) sums() map[string]int64 {
	sums := map[string]int64{}
	y.stall.k.Read(func(tx *store.Tx) error {
		for _, form := range period.FormCodes {
			totals, err := stored.Totals(y.t.Context(), tx, stored.Ask{Form: form, Period: y.keys[0].Period})
			if err != nil {
				return err
			}
			for unit, figures := range totals {
				for register, codes := range stored.Registers() {
					for _, code := range codes {
						sums[register+" "+unit+" "+string(code)] += figures[code]
					}
				}
			}
		}
		return nil
	})
	return sums
}

// changed are the registers whose figures differ between two counts.
func changed(was, is map[string]int64) (registers []string) {
	for key := range maps.Keys(merged(was, is)) {
		if register, _, _ := strings.Cut(key, " "); was[key] != is[key] && !slices.Contains(registers, register) {
			registers = append(registers, register)
		}
	}
	return registers
}

func merged(a, b map[string]int64) map[string]int64 {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// stored is all that is stored of the locked reports.
func (y *lockedYear) stored() string {
	var b strings.Builder
	y.stall.k.Read(func(tx *store.Tx) error {
		for _, k := range y.keys {
			r, err := stored.Report(y.t.Context(), tx, k)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%+v\n", r)
		}
		return nil
	})
	return b.String()
}

// does sends something through a door, notes which registers it changed, and checks that the
// locked reports stand beside it as they were.
func (y *lockedYear) does(route string, send func() testkit.Answer) testkit.Answer {
	before := y.sums()
	got := send()
	for _, register := range changed(before, y.sums()) {
		if !slices.Contains(y.moved[route], register) {
			y.moved[route] = append(y.moved[route], register)
		}
	}
	for _, fault := range y.faults(route, y.counted()) {
		y.t.Errorf("%s: %s", route, fault)
	}
	if len(y.moved[route]) == 0 {
		y.said[route] = fmt.Sprint(got.Status)
		for _, line := range testkit.Page(y.t, got.Body).Find("#faults li").Each() {
			y.said[route] += " " + line.Text()
		}
	}
	return got
}

// faults are what a door did that it may not do to a locked period.
func (y *lockedYear) faults(route string, now map[period.Key][]period.Line) (faults []string) {
	if kept := y.stored(); kept != y.kept {
		faults = append(faults, "what is stored of the locked reports changed:\n"+y.kept+"is now\n"+kept)
	}
	for _, source := range y.moved[route] {
		if !slices.Contains(y.doors[route].registers, source) {
			faults = append(faults, "it changes rows of "+source+": say so in "+lockedDoorsFile)
		}
	}
	for _, k := range y.keys {
		f, want := y.report(k), period.Changes(y.lines[k], now[k])
		switch {
		case f.Gate.Standing() != period.Locked || !maps.Equal(f.Values, y.frozen[k].Values):
			faults = append(faults, fmt.Sprintf("the report of %s is %s with %v, was %v", k.Unit, f.Gate.Standing(), f.Values, y.frozen[k].Values))
		case fmt.Sprint(f.Changes) != fmt.Sprint(want) || f.Adds() != (len(want) > 0):
			faults = append(faults, fmt.Sprintf("the report of %s shows %d changed rows of %d, or no way to an addendum", k.Unit, len(f.Changes), len(want)))
		}
	}
	return faults
}

// Doors that take something away wait until the others were tried, and those that end an event
// until all were; those of accounts and of what runs the server are left alone.
var (
	takesAway = regexp.MustCompile(`/(xoa|gach|bo|huy|rut|thoi|chan|go|tra|doi|tra-lai|trang-thai|khoa|tach|xoay)$|/the/:pass$`)
	ends      = regexp.MustCompile(`/su-kien/:id/(buoc|xoa|bao-cao/chot)$`)
	notFacts  = regexp.MustCompile(`^/(dang-|dat-lai|quen-|xac-thuc|thiet-lap|tai-khoan|thong-bao|quan-ly/(nguoi-dung|cai-dat|thu|khoa|bao-cao)(/|$))`)
)

func (y *lockedYear) waits(route string, round int) bool {
	return notFacts.MatchString(route) || takesAway.MatchString(route) && round < 2 || ends.MatchString(route) && round < 4
}

// walk sends the forms of every page, mended until they are taken, in rounds: what one round
// brings about has forms of its own in the next.
func (y *lockedYear) walk() {
	for round := range 5 {
		sent := map[string]int{}
		for _, v := range y.visits {
			got := y.readers[v.who].Get(v.path)
			if got.Status != http.StatusOK {
				continue
			}
			forms := len(testkit.Page(y.t, got.Body).Forms())
			for nth := range forms {
				y.tryEach(v, nth, round, sent)
			}
		}
	}
}

// tryEach sends the nth form of a page by each of its buttons, read anew each time.
func (y *lockedYear) tryEach(v visit, nth, round int, sent map[string]int) {
	for press := 0; ; press++ {
		got := y.readers[v.who].Get(v.path)
		forms := testkit.Page(y.t, got.Body).Forms()
		if nth >= len(forms) {
			return
		}
		form := forms[nth]
		if form.Action == "" {
			form.Action, _, _ = strings.Cut(v.path, "?")
		}
		f := sentForm{form, v.who, v.path, y.routeOf(form.Action)}
		if f.Method != http.MethodPost || f.route == "" || y.waits(f.route, round) || press >= len(f.buttons()) {
			return
		}
		button := f.buttons()[press]
		if sent[f.route+button]++; sent[f.route+button] <= 2 {
			y.try(f, button, got.Body)
		}
	}
}

// mostTries is how often a form is mended.
const mostTries = 14

func (y *lockedYear) try(f sentForm, button, body string) {
	m := mending{f.changed(button, y.today, choicesOf(body)), map[string]int{}, y.today}
	for range mostTries {
		got := y.does("POST "+f.route, func() testkit.Answer { return y.readers[f.who].Post(f.Action, m.fields) })
		if got.Status != http.StatusUnprocessableEntity || !m.mend(got.Body) {
			return
		}
	}
}

// TestLongEveryDoorAgainstALockedPeriod sends facts of a locked year through every door: what is
// frozen stays, what came late is shown beside it, and an addendum takes it in.
func TestLongEveryDoorAgainstALockedPeriod(t *testing.T) {
	need.Long(t)
	t.Parallel()
	y := newLockedYear(t)
	y.reports()
	y.scripts()
	y.walk()
	for route, d := range y.doors {
		if len(d.registers) > 0 && len(y.moved[route]) == 0 && d.note == "" {
			t.Errorf("%s changes no row here (its last answer was %q): the walk has to reach it, or %s to say who tries it", route, y.said[route], lockedDoorsFile)
		}
		if len(y.moved[route]) > 0 && d.note != "" {
			t.Errorf("%s is seen to change %v: take its note out of %s", route, y.moved[route], lockedDoorsFile)
		}
	}
	y.at(testkit.Start.Year()+1, "02-21")
	y.readers = readersOf(t, y.stall)
	y.addenda()
	y.controls()
}
