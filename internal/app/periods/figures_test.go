package periods_test

import (
	"fmt"
	"testing"

	"hoicho/internal/app/periods"
	"hoicho/internal/app/procurement"
	"hoicho/internal/app/supervision"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
)

// filled has one of everything at the commune, on a day of the period.
func (o *office) filled() {
	o.t.Helper()
	day := vn.AddDays(o.App.Today(), -12)
	e := o.Event(testkit.InState(registry.Ended))
	o.Write(func(tx *store.Tx) error {
		stored, err := tx.Event(o.t.Context(), e.ID)
		if err != nil {
			return err
		}
		stored.OpensOn, stored.ClosesOn = day, day
		return tx.SaveEvent(o.t.Context(), &stored, o.App.Areas.Scope(stored.Area))
	})
	o.Booths(e.ID, "A", 5)
	o.held("3", "120")
	o.held("1", "25")
	o.Supervised(func(in *supervision.Input) { in.HeldOn, in.DueOn = vn.ShowDate(day), vn.ShowDate(o.App.Today()) })
	o.Supported(func(in *procurement.SupportInput) { in.Since, in.Area = vn.ShowDate(day), testkit.BaBe.String() })
	o.Recorded()
}

// TestFiguresAreThoseOfTheRows counts figures of a commune and of the whole matrix anew, by
// queries of their own.
func TestFiguresAreThoseOfTheRows(t *testing.T) {
	o := newOffice(t)
	o.filled()
	at := fmt.Sprintf(`IN (SELECT %%s FROM %%s WHERE code = '%s')`, testkit.BaBe.Code)
	in := func(column, table string) string { return fmt.Sprintf(at, column, table) }
	year := fmt.Sprint(o.key.Period.Year)
	f := o.file()
	for code, query := range map[period.Code]string{
		"sessions":       `SELECT COUNT(*) FROM events WHERE kind = 'market_session' AND state IN ('running', 'ended', 'reported') AND opens_on LIKE '` + year + `%' AND id ` + in("event_id", "event_areas"),
		"booths":         `SELECT COUNT(*) FROM booths WHERE state <> 'blocked' AND event_id ` + in("event_id", "event_areas"),
		"communications": `SELECT SUM(times) FROM communications WHERE struck_at = 0 AND id ` + in("communication_id", "communication_areas"),
		"comm_people":    `SELECT SUM(people) FROM communications WHERE struck_at = 0 AND id ` + in("communication_id", "communication_areas"),
		"supervisions":   `SELECT COUNT(*) FROM supervisions WHERE struck_at = 0 AND id ` + in("supervision_id", "supervision_areas"),
		"supports":       `SELECT COUNT(*) FROM supports WHERE struck_at = 0 AND id ` + in("support_id", "support_areas"),
		"support_dong":   `SELECT SUM(amount_dong) FROM supports WHERE struck_at = 0 AND id ` + in("support_id", "support_areas"),
		"inspections":    `SELECT COUNT(*) FROM inspections WHERE state = 'handed_in' AND kind = 'inspection' AND id ` + in("inspection_id", "inspection_areas"),
	} {
		want := int64(0)
		if rows := o.Look(query); len(rows) == 1 && rows[0][0] != nil {
			fmt.Sscan(fmt.Sprint(rows[0][0]), &want)
		}
		if got := f.Now[code].N; got != want || want == 0 {
			t.Errorf("%s is %d, and %d by the rows", code, got, want)
		}
		rows, err := o.App.Periods.Rows(t.Context(), o.above, o.key, code)
		sum := int64(0)
		for _, l := range rows.Lines {
			sum += l.Adds[code]
		}
		if err != nil || sum != want {
			t.Errorf("the rows of %s add up to %d, want %d (%v)", code, sum, want, err)
		}
	}
	view, err := o.App.Periods.Overview(t.Context(), o.above, periods.Query{Form: o.key.Form, Period: o.key.Period})
	testkit.Works(t, err)
	for _, row := range view.Rows {
		if row.Key == o.key.Unit && fmt.Sprint(row.Values) != fmt.Sprint(f.Now) {
			t.Errorf("the matrix says %v, the report %v", row.Values, f.Now)
		}
	}
	if len(view.Rows) != 92 || view.Counts[period.Open] != 92 {
		t.Errorf("%d communes, %v", len(view.Rows), view.Counts)
	}
}

// TestSumsAreOfWhatWasHandedIn: what was not handed in is in no sum.
func TestSumsAreOfWhatWasHandedIn(t *testing.T) {
	o := newOffice(t)
	o.held("2", "90")
	sum := func() (period.Value, int) {
		view, err := o.App.Periods.Overview(t.Context(), o.above, periods.Query{Form: o.key.Form, Period: o.key.Period})
		testkit.Works(t, err)
		return view.Sum["communications"], view.Filed
	}
	if v, n := sum(); v.N != 0 || n != 0 {
		t.Errorf("before: %v of %d", v, n)
	}
	testkit.Works(t, o.submit(o.filer, 0))
	if v, n := sum(); v.N != 2 || n != 1 {
		t.Errorf("handed in: %v of %d", v, n)
	}
	testkit.Works(t, o.App.Periods.Return(t.Context(), o.above, o.key, periods.ReturnInput{Reason: "Xem lại.", Until: vn.ShowDate(o.App.Today()), Version: 1}))
	if v, n := sum(); v.N != 0 || n != 0 {
		t.Errorf("given back: %v of %d", v, n)
	}
}

// TestOldCommunesReportOnOldYears: a year before July 2025 is reported by the communes of then,
// and read by those of today.
func TestOldCommunesReportOnOldYears(t *testing.T) {
	o := newOffice(t)
	q := periods.Query{Form: period.CommuneForm, Period: period.Period{Year: 2020, Part: period.WholeYear}, Province: registry.AreaRef{Edition: registry.Edition2025Before, Code: "06"}}
	then, err := o.App.Periods.Overview(t.Context(), o.above, q)
	testkit.Works(t, err)
	q.Today = true
	today, err := o.App.Periods.Overview(t.Context(), o.above, q)
	testkit.Works(t, err)
	olds := 0
	for _, row := range today.Rows {
		olds += len(row.Of)
	}
	if len(then.Rows) < 100 || len(today.Rows) >= len(then.Rows) || olds != len(then.Rows) {
		t.Errorf("%d communes of then in %d of today, which name %d", len(then.Rows), len(today.Rows), olds)
	}
	if len(then.Provinces) != 2 {
		t.Errorf("the province of today was made of %v", then.Provinces)
	}
}
