package demo_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/communications"
	"hoicho/internal/app/passes"
	"hoicho/internal/app/procurement"
	"hoicho/internal/app/supervision"
	"hoicho/internal/gate"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/store"
	stored "hoicho/internal/store/period"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// recounted counts every figure of the result reports of all events, and of every form of periods,
// anew by a query of its own.
func (d *filled) recounted(t *testing.T) {
	d.awkward(t)
	t.Run("of events", d.eventFigures)
	t.Run("of a series", d.seriesFigures)
	for _, p := range d.periods() {
		for _, form := range period.FormCodes {
			t.Run(string(form)+" "+p.String(), func(t *testing.T) { d.formFigures(t, form, p) })
		}
	}
	t.Run("all of them", d.everyFigureIsAsked)
}

// awkwardRows are rows that count nowhere, or elsewhere than one would think: there has to be one
// of each.
var awkwardRows = map[string]string{
	"an event that was called off":           `SELECT COUNT(*) FROM events WHERE state = 'cancelled'`,
	"a blocked booth":                        `SELECT COUNT(*) FROM booths WHERE state = 'blocked'`,
	"a communication that was struck":        `SELECT COUNT(*) FROM communications WHERE struck_at > 0`,
	"a supervision that was struck":          `SELECT COUNT(*) FROM supervisions WHERE struck_at > 0`,
	"support that was struck":                `SELECT COUNT(*) FROM supports WHERE struck_at > 0`,
	"a press that was taken back":            `SELECT COUNT(*) FROM counts WHERE void_of <> ''`,
	"a tally that was dropped":               `SELECT COUNT(*) FROM tallies WHERE dropped_at > 0`,
	"a test pass":                            `SELECT COUNT(*) FROM passes WHERE test = 1`,
	"an application that was not granted":    `SELECT COUNT(*) FROM applications WHERE state NOT IN ('approved', 'draft')`,
	"a tip that goes with another":           `SELECT COUNT(*) FROM tips WHERE lead_id IS NOT NULL`,
	"a row of a province":                    `SELECT COUNT(*) FROM communications WHERE LENGTH(area_code) = 2`,
	"a row of a commune that was merged":     `SELECT COUNT(*) FROM events WHERE area_edition = '2025-before' AND LENGTH(area_code) = 5`,
	"a row on the last day of a quarter":     `SELECT COUNT(*) FROM communications WHERE from_on LIKE '%-03-31' AND struck_at = 0`,
	"a row on the day after":                 `SELECT COUNT(*) FROM communications WHERE from_on LIKE '%-04-01' AND struck_at = 0`,
	"an event with fewer than three sellers": `SELECT COUNT(*) FROM (SELECT event_id FROM sales_returns GROUP BY event_id HAVING COUNT(*) < 3) g`,
}

// awkward adds what the demo does not have of them, and checks that all are there.
func (d *filled) awkward(t *testing.T) {
	ctx, actor, year := t.Context(), registry.SystemActor("test"), d.k.App.Today()[:4]
	off := d.k.Event(testkit.InState(registry.Cancelled))
	d.k.Booths(off.ID, "Z", 3)
	held := d.k.Event(testkit.InState(registry.Running))
	d.k.Write(func(tx *store.Tx) error {
		all := []registry.Booth{{ID: store.NewID[registry.BoothID](), Event: held.ID, Code: "Z01", Zone: "Z", Row: 1, Col: 1, WidthCM: 300, DepthCM: 300,
			Kind: registry.StandardBooth, State: registry.BoothBlocked, Version: 1}}
		return tx.InsertBooths(ctx, all)
	})
	for _, day := range []string{"31/03/", "01/04/"} {
		d.enter(t, testkit.BaBe.String(), day+year)
	}
	d.enter(t, "2025:19", "02/04/"+year)
	struck := d.enter(t, testkit.BaBe.String(), "03/04/"+year)
	testkit.Works(t, d.k.App.Communications.Strike(ctx, actor, struck, 1, "Ghi nhầm."))
	testkit.Works(t, d.k.App.Supervision.Strike(ctx, actor, d.k.Supervised().ID, supervision.StrikeInput{Version: 1, Reason: "Ghi nhầm."}))
	testkit.Works(t, d.k.App.Procurement.StrikeSupport(ctx, actor, d.k.Supported().ID, procurement.StrikeInput{Version: 1, Reason: "Ghi nhầm."}))
	d.atTheGate(t, held)
	d.fromAfar(t, held)
	for what, query := range awkwardRows {
		if d.n(query) == 0 {
			t.Errorf("there is no %s", what)
		}
	}
}

// atTheGate counts at an event what is taken back again: a press, a sheet, a pass; and lets a
// test pass in, which counts nowhere.
func (d *filled) atTheGate(t *testing.T, held registry.Event) {
	ctx, actor := t.Context(), registry.SystemActor("test")
	d.k.Gates(held.ID, 1)
	phone := d.k.Phone(held.ID, registry.Steward, 1)
	presses := phone.Presses(3)
	back := phone.Presses(1)
	back.Counts[0].N, back.Counts[0].VoidOf = 0, presses.Counts[1].ID
	for _, batch := range []gate.CountBatch{presses, back} {
		testkit.Works(t, testkit.Second(d.k.App.Admission.Count(ctx, phone.Device, batch)))
	}
	testkit.Works(t, d.k.App.Admission.AddTally(ctx, actor, held.ID, admission.TallyInput{Day: vn.ShowDate(held.OpensOn), Hour: 8, Method: registry.CountPaper, N: 40}))
	tally := registry.TallyID(fmt.Sprint(d.k.Look(`SELECT id FROM tallies WHERE event_id = $1`, string(held.ID))[0][0]))
	testkit.Works(t, d.k.App.Admission.DropTally(ctx, actor, held.ID, tally))
	visitors := d.k.Issued(held, registry.VisitorPass, 2)
	testkit.Works(t, d.k.App.Passes.StepPass(ctx, actor, visitors[1].ID, registry.PassRevoked, "Mất thẻ."))
	testkit.Works(t, d.k.App.Passes.IssuePasses(ctx, actor, held.ID, passes.IssueInput{Kind: registry.VisitorPass, Count: 1, FirstDay: held.OpensOn, Days: 1, Test: true}))
	var rows []registry.PassRow
	d.k.Read(func(tx *store.Tx) (err error) {
		rows, err = tx.Passes(ctx, registry.PassFilter{Event: held.ID, Kind: registry.VisitorPass})
		return err
	})
	for _, row := range rows {
		testkit.Works(t, testkit.Second(d.k.App.Admission.Scan(ctx, phone.Device, phone.Batch(phone.Scan(row)))))
	}
}

// fromAfar lets a vendor of another province take part in an event.
func (d *filled) fromAfar(t *testing.T, held registry.Event) {
	v := d.k.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Area = registry.AreaRef{Edition: registry.Edition2025, Code: "00004"} }))
	d.k.Application(held, v.ID, testkit.Standing(registry.AppApproved), testkit.Bringing(d.k.Product(v)))
}

// enter notes a communication.
func (d *filled) enter(t *testing.T, area, day string) registry.CommunicationID {
	t.Helper()
	got, asked, err := d.k.App.Communications.Enter(t.Context(), registry.SystemActor("test"), []communications.EntryInput{{Client: uuid.NewString(),
		Channel: "village_meeting", Times: "2", People: "61", Area: area, Day: day, Topic: "Hàng Việt"}})
	if err != nil || len(asked) > 0 {
		t.Fatal(err, asked)
	}
	return got[0].ID
}

// n is what a query counts.
func (d *filled) n(query string, args ...any) (n int64) {
	d.k.T.Helper()
	for _, row := range d.k.Look(query, args...) {
		fmt.Sscan(fmt.Sprint(row[0]), &n)
	}
	return n
}

// ofEvent is what a query counts of an event, asked once.
func (d *filled) ofEvent(query, event string) int64 {
	key := query + event
	n, ok := d.asked[key]
	if !ok {
		n = d.n(query, event)
		d.asked[key] = n
	}
	return n
}

func (d *filled) eventFigures(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range d.k.Look(`SELECT id, title FROM events WHERE state IN ('running', 'ended', 'reported', 'cancelled', 'open')`) {
		id := registry.EventID(fmt.Sprint(row[0]))
		r, err := d.k.App.Reports.EventReport(t.Context(), registry.SystemActor("test"), id)
		testkit.Works(t, err)
		for _, key := range report.Keys() {
			query := eventQueries[string(key)]
			if query == "" {
				t.Fatalf("the figure %s of an event has no query: write it in figure_query_test.go", key)
			}
			got, want := r.Result.Now.N(key), d.ofEvent(query, string(id))
			if seen[string(key)] = seen[string(key)] || want > 0; got != want {
				t.Errorf("%s of %v is %d in the report and %d by its rows", key, row[1], got, want)
			}
		}
	}
	for _, key := range report.Keys() {
		if !seen[string(key)] {
			t.Errorf("%s is 0 at every event: nothing is shown", key)
		}
	}
}

// periods are those that are looked at: years with merged communes, of today, and parts of it.
func (d *filled) periods() (all []period.Period) {
	year := 0
	fmt.Sscan(d.k.App.Today()[:4], &year)
	for _, part := range period.Parts {
		all = append(all, period.Period{Year: year, Part: part})
	}
	return append(all, period.Period{Year: year - 1, Part: period.WholeYear}, period.Period{Year: 2020, Part: period.WholeYear})
}

// formFigures compares what the registers count for every unit of a form with what the queries
// do, and the report of each unit that has anything with both.
func (d *filled) formFigures(t *testing.T, form period.FormCode, p period.Period) {
	a := stored.Ask{Form: form, Period: p, Then: form == period.CommuneForm && p.Edition() == registry.Edition2025Before}
	var totals map[string]map[period.Code]int64
	d.k.Read(func(tx *store.Tx) (err error) { totals, err = stored.Totals(t.Context(), tx, a); return err })
	sellers := d.sellers(a)
	for _, f := range d.k.App.Periods.Forms.Figures(form, p) {
		want, asked := d.recount(a, string(f.Code))
		if !asked {
			if f.Unit != period.Share && f.Typing != period.TypedAlways {
				t.Errorf("the figure %s of %s has no query: write it in figure_query_test.go", f.Code, form)
			}
			continue
		}
		for unit := range maps.Keys(totals) {
			if got := totals[unit][f.Code]; isUnit(form, unit) && got != want[unit] {
				t.Errorf("%s of %s is %d by the registers and %d by its rows", f.Code, unit, got, want[unit])
			}
		}
		for unit, n := range want {
			if n != 0 && totals[unit][f.Code] != n {
				t.Errorf("%s of %s is %d by the registers and %d by its rows", f.Code, unit, totals[unit][f.Code], n)
			}
			if n != 0 {
				d.reported(t, a, f, unitSum{unit, n, sellers[unit]})
			}
		}
	}
}

// isUnit leaves out sums of whole provinces, which hand in nothing.
func isUnit(form period.FormCode, unit string) bool {
	return form == period.BranchForm && unit != "" || len(unit) == 5
}

// unitSum is what the rows of a unit add up to, and how many vendors stand behind its sales.
type unitSum struct {
	unit       string
	n, sellers int64
}

// reported checks a figure of the report of a unit, and the share that it is the whole of.
func (d *filled) reported(t *testing.T, a stored.Ask, f period.Figure, want unitSum) {
	t.Helper()
	file, err := d.k.App.Periods.Report(t.Context(), registry.SystemActor("test"), period.Key{Form: a.Form, Period: a.Period, Unit: want.unit})
	if registry.KindOf(err) == registry.NotFound {
		return // a body of another kind, which files no report
	}
	testkit.Works(t, err)
	got := file.Counted[f.Code]
	if f.Secret && want.sellers < period.Fewest {
		if !got.Withheld || got.N != 0 {
			t.Errorf("%s of %s is shown as %v, of %d sellers", f.Code, want.unit, got, want.sellers)
		}
	} else if got.N != want.n || got.Withheld {
		t.Errorf("%s of %s is %v in the report and %d by its rows", f.Code, want.unit, got, want.n)
	}
	if f.Code == "procurement_total" {
		share := file.Counted["procurement_domestic"].N * 1000 / want.n
		if file.Counted["procurement_share"].N != share {
			t.Errorf("the share of %s is %d, want %d", want.unit, file.Counted["procurement_share"].N, share)
		}
	}
}

// recount counts a figure anew for every unit or body.
func (d *filled) recount(a stored.Ask, code string) (sums map[string]int64, asked bool) {
	sums = map[string]int64{}
	if query, ok := ofEvents[code]; ok && a.Form == period.CommuneForm {
		for _, row := range d.k.Look(inPeriod(a.Period, heldIn)) {
			d.add(a, sums, row[1], row[2], d.ofEvent(query, fmt.Sprint(row[0])))
		}
		return sums, true
	}
	q, ok := ofRows[code]
	unit := "'', " + q.body
	if a.Form == period.CommuneForm {
		unit = q.commune
	}
	if !ok || strings.HasSuffix(unit, ", ") || unit == "" {
		return sums, false
	}
	for _, row := range d.k.Look(inPeriod(a.Period, "SELECT "+unit+", "+q.adds+" FROM "+q.table)) {
		n := int64(0)
		fmt.Sscan(fmt.Sprint(row[2]), &n)
		d.add(a, sums, row[0], row[1], n)
	}
	return sums, true
}

// add adds a row to the units it counts for: the commune of then, or those of today that it
// became; a row of a province counts for none.
func (d *filled) add(a stored.Ask, sums map[string]int64, edition, code any, n int64) {
	ref := registry.AreaRef{Edition: registry.AreaEdition(fmt.Sprint(edition)), Code: fmt.Sprint(code)}
	switch {
	case a.Form == period.BranchForm:
		if code != nil {
			sums[ref.Code] += n
		}
	case !ref.IsCommune():
	case a.Then:
		if ref.Edition == registry.Edition2025Before {
			sums[ref.Code] += n
		}
	default:
		for _, today := range d.k.App.Areas.Scope(ref) {
			if len(today) == 5 {
				sums[today] += n
			}
		}
	}
}

// sellers are how many vendors stand behind the sales of each unit.
func (d *filled) sellers(a stored.Ask) map[string]int64 {
	counts, seen := map[string]int64{}, map[string]bool{}
	for _, row := range d.k.Look(inPeriod(a.Period, heldIn)) {
		for _, seller := range d.k.Look(`SELECT vendor_id FROM sales_returns WHERE event_id = $1 AND vendor_id IN (`+takingPart+`)`, fmt.Sprint(row[0])) {
			units := map[string]int64{}
			d.add(a, units, row[1], row[2], 1)
			for unit := range units {
				if key := unit + fmt.Sprint(seller[0]); !seen[key] {
					seen[key] = true
					counts[unit]++
				}
			}
		}
	}
	return counts
}

// inPeriod puts the days of a period into a query.
func inPeriod(p period.Period, query string) string {
	from, _ := vn.StartOf(p.FirstDay())
	after, _ := vn.StartOf(registry.AddDays(p.LastDay(), 1))
	return strings.NewReplacer("{from}", p.FirstDay(), "{until}", p.LastDay(), "{from_ms}", fmt.Sprint(from.UnixMilli()), "{after_ms}", fmt.Sprint(after.UnixMilli()),
		"{year}", fmt.Sprint(p.Year), "{parts}", boughtIn[string(p.Part)]).Replace(query)
}

// everyFigureIsAsked: each figure of a form that rows count is above 0 somewhere, and no query
// is for a figure that there is not.
func (d *filled) everyFigureIsAsked(t *testing.T) {
	if _, asked := d.recount(stored.Ask{Form: period.CommuneForm, Period: d.periods()[0]}, "made_up"); asked {
		t.Error("a figure that has no query is not missed")
	}
	known := []string{}
	for _, form := range period.FormCodes {
		for _, f := range d.k.App.Periods.Forms.Figures(form, d.periods()[0]) {
			known = append(known, string(f.Code))
		}
	}
	for _, code := range slices.Concat(slices.Collect(maps.Keys(ofEvents)), slices.Collect(maps.Keys(ofRows))) {
		if !slices.Contains(known, code) {
			t.Errorf("no form asks for %s", code)
		}
		if !slices.ContainsFunc(d.periods(), func(p period.Period) bool { return d.anywhere(p, code) }) {
			t.Errorf("%s is 0 everywhere: nothing is shown", code)
		}
	}
}

func (d *filled) anywhere(p period.Period, code string) bool {
	for _, form := range period.FormCodes {
		sums, _ := d.recount(stored.Ask{Form: form, Period: p, Then: form == period.CommuneForm && p.Edition() == registry.Edition2025Before}, code)
		for _, n := range sums {
			if n > 0 {
				return true
			}
		}
	}
	return false
}
