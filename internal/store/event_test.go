package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// fullEvent has a value in every field that can be written.
func fullEvent() registry.Event {
	return registry.Event{Kind: registry.Fair, Level: registry.ProvinceLevel, State: registry.Moved, StateReason: "Mưa lũ",
		Former: registry.FormerPlan{OpensOn: "2026-12-01", ClosesOn: "2026-12-02", Venue: "Sân cũ"},
		Title:  "Hội chợ Công Thương", Summary: "Hai trăm gian", Body: "Đoạn một\n\nĐoạn hai",
		Area: testkit.BaBe, Venue: "Quảng trường", Point: registry.Point{LatE6: -1, LonE6: 105616600}, Directions: "Đi QL3",
		Organiser: "Sở Công Thương", CoOrganiser: []string{"UBND xã Ba Bể", "Hội Nông dân"}, Phone: "02093870123",
		Legal: registry.LegalBasis{Registration: registry.RegistrationFiled, Number: "1/SCT", IssuedOn: "2026-10-01",
			Issuer: "Sở Công Thương", FiledOn: "2026-10-02"},
		Programme: "Đề án 386", ApplyFrom: 1, ApplyUntil: 2, SelfPick: true, BoothsN: 200, StaffPasses: 3, Capacity: 5000,
		Cover: "file", ClonedFrom: "other", CreatedBy: "account",
		Days: []registry.EventDay{{Day: "2026-12-10", OpensAt: 480, ClosesAt: 1440, Note: "khai mạc 19:00"},
			{Day: "2026-12-12", OpensAt: 420, ClosesAt: 1260}},
		Items:  []registry.ProgrammeItem{{Day: "2026-12-10", StartsAt: 1140, EndsAt: 1200, Title: "Khai mạc", Place: "Sân khấu"}},
		Quotas: []registry.Quota{{Group: registry.DrinkGroup, Max: 5}, {Group: registry.FoodGroup, Max: 40}},
	}
}

func TestEventComesBackAsStored(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		e := fullEvent()
		insertEvent(t, db, &e)
		if e.OpensOn != "2026-12-10" || e.ClosesOn != "2026-12-12" || e.EndsAt-e.BeginsAt != (2*24+21)*3600_000 {
			t.Errorf("span %s to %s, %d ms", e.OpensOn, e.ClosesOn, e.EndsAt-e.BeginsAt)
		}
		if diff := cmp.Diff(e, readEvent(t, db, e.ID)); diff != "" {
			t.Error("inserted and read differ:", diff)
		}
		e.Title, e.Days, e.Items, e.Quotas = "Tên mới", e.Days[1:], nil, e.Quotas[:1]
		mustWrite(t, db, func(tx *store.Tx) error { return tx.SaveEvent(t.Context(), &e, registry.Scope{"19"}) })
		if diff := cmp.Diff(e, readEvent(t, db, e.ID)); diff != "" {
			t.Error("saved and read differ:", diff)
		}
		if e.Slug != "hoi-cho-cong-thuong" || e.Version != 2 {
			t.Errorf("slug %q, version %d after saving", e.Slug, e.Version)
		}
	})
}

func insertEvent(t *testing.T, db *store.DB, e *registry.Event) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error { return tx.InsertEvent(t.Context(), e, registry.Scope{"01906", "19"}) })
}

func readEvent(t *testing.T, db *store.DB, id registry.EventID) (e registry.Event) {
	t.Helper()
	mustRead(t, db, func(tx *store.Tx) (err error) {
		e, err = tx.Event(t.Context(), id)
		return err
	})
	return e
}

func TestEventSlugsAndNumbersAreUnique(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		var slugs []string
		for range 4 {
			e := fullEvent()
			insertEvent(t, db, &e)
			slugs = append(slugs, e.Slug)
		}
		want := []string{"hoi-cho-cong-thuong", "hoi-cho-cong-thuong-2026", "hoi-cho-cong-thuong-3", "hoi-cho-cong-thuong-4"}
		if diff := cmp.Diff(want, slugs); diff != "" {
			t.Error(diff)
		}
		mustRead(t, db, func(tx *store.Tx) error {
			e, err := tx.EventBySlug(t.Context(), "hoi-cho-cong-thuong-3")
			if err == nil && e.Number != 3 {
				t.Errorf("number %d, want 3", e.Number)
			}
			return err
		})
	})
}

func TestStaleEventIsNotSaved(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		e := fullEvent()
		insertEvent(t, db, &e)
		first, second := e, e
		mustWrite(t, db, func(tx *store.Tx) error {
			return tx.StepEvent(t.Context(), &first, registry.Postponed, "bão")
		})
		err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveEvent(t.Context(), &second, nil) })
		if registry.KindOf(err) != registry.Conflict {
			t.Errorf("saving over a newer version: %v, want Conflict", err)
		}
		if got := readEvent(t, db, e.ID); got.State != registry.Postponed || got.StateReason != "bão" || len(got.Days) != 2 {
			t.Errorf("after the conflict: %s %q, %d days", got.State, got.StateReason, len(got.Days))
		}
	})
}

func TestEventsAreFilteredAndPaged(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		for i, c := range []struct {
			title, day string
			state      registry.EventState
			scope      registry.Scope
		}{
			{"Phiên chợ Ba Bể", "2026-11-27", registry.Open, registry.Scope{"01906", "19"}},
			{"Hội chợ Đức Xuân", "2026-12-10", registry.Announced, registry.Scope{"01840", "19"}},
			{"Hội chợ 100% hàng Việt", "2026-12-10", registry.Ended, registry.Scope{"00004", "01"}},
			{"Phiên chợ Chợ Rã", "2024-05-01", registry.Ended, registry.Scope{"01906", "19"}},
		} {
			e := fullEvent()
			e.Title, e.State = c.title, c.state
			e.Days = []registry.EventDay{{Day: c.day, OpensAt: 0, ClosesAt: 1}}
			if i == 0 {
				e.Kind = registry.MarketSession
			}
			mustWrite(t, db, func(tx *store.Tx) error { return tx.InsertEvent(t.Context(), &e, c.scope) })
		}
		for name, c := range map[string]struct {
			f    registry.EventFilter
			want []string
		}{
			"all":       {registry.EventFilter{}, []string{"Phiên chợ Chợ Rã", "Phiên chợ Ba Bể", "Hội chợ Đức Xuân", "Hội chợ 100% hàng Việt"}},
			"commune":   {registry.EventFilter{Area: "01906"}, []string{"Phiên chợ Chợ Rã", "Phiên chợ Ba Bể"}},
			"latest":    {registry.EventFilter{Reach: []string{"19", "77"}, Limited: true, Latest: true}, []string{"Hội chợ Đức Xuân", "Phiên chợ Ba Bể", "Phiên chợ Chợ Rã"}},
			"no reach":  {registry.EventFilter{Area: "19", Limited: true}, nil},
			"no state":  {registry.EventFilter{States: []registry.EventState{}}, nil},
			"kind":      {registry.EventFilter{Kind: registry.MarketSession}, []string{"Phiên chợ Ba Bể"}},
			"from, to":  {registry.EventFilter{From: "2026-11-01", To: "2026-11-30"}, []string{"Phiên chợ Ba Bể"}},
			"unmarked":  {registry.EventFilter{Text: "CHO duc xuan"}, []string{"Hội chợ Đức Xuân"}},
			"wild card": {registry.EventFilter{Text: "%"}, []string{"Phiên chợ Chợ Rã", "Phiên chợ Ba Bể", "Hội chợ Đức Xuân", "Hội chợ 100% hàng Việt"}},
			"of states": {registry.EventFilter{States: []registry.EventState{registry.Ended}, From: "2026-01-01"}, []string{"Hội chợ 100% hàng Việt"}},
		} {
			if diff := cmp.Diff(c.want, titles(t, db, c.f)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})
}

// titles walks a list two events at a time.
func titles(t *testing.T, db *store.DB, f registry.EventFilter) (out []string) {
	t.Helper()
	f.Limit = 2
	mustRead(t, db, func(tx *store.Tx) error {
		n, err := tx.CountEvents(t.Context(), f)
		if err != nil {
			return err
		}
		for {
			page, more, err := tx.Events(t.Context(), f)
			if err != nil {
				return err
			}
			for _, e := range page {
				out = append(out, e.Title)
				if len(e.Days) != 1 {
					t.Errorf("%s has %d days", e.Title, len(e.Days))
				}
			}
			if !more {
				break
			}
			f.After = page[len(page)-1].Cursor()
		}
		if n != len(out) {
			t.Errorf("counted %d, listed %d", n, len(out))
		}
		return nil
	})
	return out
}

func TestDueEvents(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		e := fullEvent()
		e.State, e.ApplyFrom, e.ApplyUntil = registry.Announced, 1000, 2000
		insertEvent(t, db, &e)
		for _, c := range []struct {
			state registry.EventState
			now   int64
			due   bool
		}{
			{registry.Announced, 999, false}, {registry.Announced, 1000, true}, {registry.Open, 1999, false}, {registry.Open, 2000, true},
			{registry.Closed, 2000, false}, {registry.Closed, e.BeginsAt, true}, {registry.Moved, e.BeginsAt, true}, {registry.Running, e.EndsAt - 1, false},
			{registry.Running, e.EndsAt, true}, {registry.Ended, e.EndsAt, false}, {registry.Postponed, e.EndsAt, false},
			{registry.Draft, e.EndsAt, false}, {registry.Cancelled, e.EndsAt, false},
		} {
			mustWrite(t, db, func(tx *store.Tx) error { return tx.StepEvent(t.Context(), &e, c.state, "") })
			mustRead(t, db, func(tx *store.Tx) error {
				found, err := tx.DueEvents(t.Context(), c.now)
				if (len(found) == 1) != c.due || (e.Due(c.now) != e.State) != c.due {
					t.Errorf("%s at %d: %d found, due %s; want due %t", c.state, c.now, len(found), e.Due(c.now), c.due)
				}
				return err
			})
		}
	})
}

func TestEventsHeldByCommune(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		for _, c := range []struct {
			day   string
			state registry.EventState
			scope registry.Scope
		}{
			{"2026-03-01", registry.Ended, registry.Scope{"01906", "19"}}, {"2026-11-22", registry.Running, registry.Scope{"01906", "19"}},
			{"2024-05-01", registry.Reported, registry.Scope{"01906", "01912", "19"}}, {"2026-05-01", registry.Cancelled, registry.Scope{"01906", "19"}},
			{"2026-12-24", registry.Open, registry.Scope{"01912", "19"}},
		} {
			e := fullEvent()
			e.State, e.Days = c.state, []registry.EventDay{{Day: c.day, OpensAt: 0, ClosesAt: 1}}
			mustWrite(t, db, func(tx *store.Tx) error { return tx.InsertEvent(t.Context(), &e, c.scope) })
		}
		mustRead(t, db, func(tx *store.Tx) error {
			year, err := tx.EventsHeld(t.Context(), "2026-01-01", "2026-12-31")
			if diff := cmp.Diff(map[string]int{"01906": 2, "19": 2}, year); diff != "" {
				t.Error("this year:", diff)
			}
			if err != nil {
				return err
			}
			all, err := tx.EventsHeld(t.Context(), "", "")
			if diff := cmp.Diff(map[string]int{"01906": 3, "01912": 1, "19": 3}, all); diff != "" {
				t.Error("all:", diff)
			}
			return err
		})
	})
}
