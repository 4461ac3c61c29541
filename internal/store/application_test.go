package store_test

import (
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestOneApplicationPerVendorAndEvent(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 1)
		f.write(func(tx *store.Tx) error { return tx.Exec(t.Context(), `DELETE FROM applications`) })
		var inserted atomic.Int32
		f.race(50, func(tx *store.Tx, i int) error {
			a := applicant(0, registry.AppDraft)
			a.ID, a.Number = appID(i), int64(i+1)
			first, err := tx.InsertApplication(t.Context(), a)
			if first {
				inserted.Add(1)
			}
			return err
		})
		if inserted.Load() != 1 {
			t.Errorf("%d applications of one vendor to one event, want 1", inserted.Load())
		}
	})
}

func TestSaveApplicationSeesOthersFirst(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 1)
		read := f.application(0)
		won := f.race(50, func(tx *store.Tx, _ int) error {
			a := read
			a.State = registry.AppWithdrawn
			return tx.SaveApplication(t.Context(), a, registry.AppApproved)
		})
		if won != 1 {
			t.Errorf("one step was taken %d times, want once", won)
		}
		a := f.application(0)
		err := f.try(func(tx *store.Tx) error { return tx.SaveApplication(t.Context(), a, registry.AppApproved) })
		if registry.KindOf(err) != registry.Conflict {
			t.Errorf("saved from a state that it had left: %v", err)
		}
	})
}

func (f fair) application(i int) registry.Application {
	f.t.Helper()
	var a registry.Application
	f.write(func(tx *store.Tx) (err error) {
		a, err = tx.Application(f.t.Context(), appID(i))
		return err
	})
	return a
}

func TestApplicationKeepsWhatItWasTold(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 1)
		a := f.application(0)
		a.Days, a.Products, a.Vehicles = []string{"2026-11-27", "2026-11-29"}, []registry.ProductID{"product0"}, []string{"97C-012.34", "20C-555.55"}
		a.Note, a.NeedsPower, a.StaffN, a.Zone, a.OnPaper = "Cần gần cổng", true, 3, "A", true
		a.Asks = []registry.Asked{{About: registry.AskPaper, Name: "food_cert", Why: registry.PaperLapses, Was: map[string]string{"c1": "2026-11-28 f1"}},
			{About: registry.AskProduct, Product: "product0", Goods: "Bánh “khẩu thuy”"}}
		f.write(func(tx *store.Tx) error {
			if err := tx.InsertApplicationNote(t.Context(), registry.ApplicationNote{Application: a.ID, State: registry.AppNeedsInfo, Asks: a.Asks}); err != nil {
				return err
			}
			if err := tx.SaveApplication(t.Context(), a, a.State); err != nil {
				return err
			}
			if err := tx.SaveApplicationDays(t.Context(), a); err != nil {
				return err
			}
			return tx.SaveApplicationProducts(t.Context(), a)
		})
		got := f.application(0)
		if !slices.Equal(got.Days, a.Days) || !slices.Equal(got.Products, a.Products) || !slices.Equal(got.Vehicles, a.Vehicles) ||
			got.Note != a.Note || !got.NeedsPower || got.StaffN != 3 || got.Zone != "A" || !got.OnPaper || got.Version != a.Version+1 {
			t.Errorf("read back %+v", got)
		}
		f.write(func(tx *store.Tx) error {
			story, err := tx.ApplicationNotes(t.Context(), a.ID, false)
			if len(story) != 1 || !reflect.DeepEqual(story[0].Asks, a.Asks) || !reflect.DeepEqual(got.Asks, a.Asks) {
				t.Errorf("asked for is %+v, in the story %+v, want %+v", got.Asks, story, a.Asks)
			}
			return err
		})
	})
}

func TestForeignDaysAndProductsAreRefused(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 2)
		f.write(func(tx *store.Tx) error {
			p := registry.Product{ID: "banned", Vendor: "vendor0", Name: "Rượu", Group: registry.SpiritGroup, Origin: registry.MadeIn,
				Evidence: registry.Excluded}
			return tx.InsertProduct(t.Context(), &p)
		})
		for _, product := range []registry.ProductID{"product1", "banned", "nothing"} {
			a := f.application(0)
			a.Products = []registry.ProductID{"product0", product}
			err := f.try(func(tx *store.Tx) error { return tx.SaveApplicationProducts(t.Context(), a) })
			if registry.KindOf(err) != registry.Invalid || err.(*registry.Error).Field != "products" {
				t.Errorf("product %s: %v, want Invalid at products", product, err)
			}
		}
		for _, day := range []string{"2026-11-26", "2026-02-31", ""} {
			a := f.application(0)
			a.Days = []string{"2026-11-27", day}
			err := f.try(func(tx *store.Tx) error { return tx.SaveApplicationDays(t.Context(), a) })
			if registry.KindOf(err) != registry.Invalid || err.(*registry.Error).Field != "days" {
				t.Errorf("day %q: %v, want Invalid at days", day, err)
			}
		}
		if a := f.application(0); len(a.Products)+len(a.Days) != 0 {
			t.Errorf("a refused save left %v and %v", a.Products, a.Days)
		}
	})
}

func TestWaitingListIsInOrder(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 0)
		f.write(func(tx *store.Tx) error {
			for i, since := range []int64{300, 100, 200, 100} {
				if err := f.insertApplicant(tx, i, registry.AppWaitlisted); err != nil {
					return err
				}
				if err := tx.Exec(t.Context(), `UPDATE applications SET wait_since = $2 WHERE id = $1`, string(appID(i)), since); err != nil {
					return err
				}
			}
			for i, want := range []int{3, 0, 2, 1} {
				a, err := tx.Application(t.Context(), appID(i))
				if err != nil {
					return err
				}
				if n, err := tx.WaitingBefore(t.Context(), a); err != nil || n != want {
					t.Errorf("%d wait before app%d, want %d (%v)", n, i, want, err)
				}
			}
			next, err := tx.NextWaitlisted(t.Context(), theEvent, "")
			if next.ID != appID(1) {
				t.Errorf("next is %s, want app1", next.ID)
			}
			if err != nil {
				return err
			}
			next, err = tx.NextWaitlisted(t.Context(), theEvent, next.ID)
			if next.ID != appID(3) {
				t.Errorf("next but app1 is %s, want app3", next.ID)
			}
			return err
		})
	})
}

func TestGroupLoadCountsAVendorOncePerGroup(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 3)
		f.write(func(tx *store.Tx) error {
			for i := range 2 {
				a, err := tx.Application(t.Context(), appID(i))
				if err != nil {
					return err
				}
				a.Products = []registry.ProductID{productID(i)}
				if err := tx.SaveApplicationProducts(t.Context(), a); err != nil {
					return err
				}
			}
			if err := tx.Exec(t.Context(), `UPDATE products SET product_group = 'drink' WHERE id = 'product1'`); err != nil {
				return err
			}
			load, err := tx.GroupLoad(t.Context(), theEvent)
			if load["food"] != 1 || load["drink"] != 1 || len(load) != 2 {
				t.Errorf("load %v, want one booth of food and one of drink", load)
			}
			return err
		})
	})
}

func TestApplicationRowsPageAndFilter(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 7)
		f.write(func(tx *store.Tx) error {
			var seen []registry.ApplicationID
			filter := registry.ApplicationFilter{Areas: []string{"19", "99"}, States: []registry.ApplicationState{registry.AppApproved}, Limit: 3}
			for range 4 {
				rows, err := tx.ApplicationRows(t.Context(), filter)
				if err != nil {
					return err
				}
				for _, r := range rows {
					seen = append(seen, r.ID)
					filter.After = store.ApplicationCursor(r.Application)
				}
			}
			if len(seen) != 7 || len(slices.Compact(slices.Sorted(slices.Values(seen)))) != 7 {
				t.Errorf("paged over %v, want each of 7 once", seen)
			}
			for areas, want := range map[string]int{"19": 7, "20": 0} {
				n, err := tx.CountApplications(t.Context(), registry.ApplicationFilter{Areas: []string{areas}})
				if err != nil || n != want {
					t.Errorf("area %s: %d applications, want %d (%v)", areas, n, want, err)
				}
			}
			n, err := tx.CountApplications(t.Context(), registry.ApplicationFilter{Areas: []string{}})
			if n != 0 {
				t.Errorf("who reaches no area counts %d applications", n)
			}
			return err
		})
	})
}

func TestVendorContactsAreEachToldOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		f := newFair(t, db, 1)
		f.write(func(tx *store.Tx) error {
			for id, a := range map[registry.AccountID]registry.Account{"a1": {Email: "lan@example.vn", State: registry.AccountActive},
				"a2": {Email: "tom@example.vn", State: registry.AccountDisabled}} {
				a.ID, a.Lang = id, "en"
				if err := tx.InsertAccount(t.Context(), a); err != nil {
					return err
				}
				if err := tx.Exec(t.Context(), `
					INSERT INTO vendor_members (vendor_id, account_id, role, added_by, added_at) VALUES ('vendor0', $1, 'member', '', 0)`, string(id)); err != nil {
					return err
				}
			}
			for mail, want := range map[string][]store.Contact{
				"htx@example.vn": {{Email: "htx@example.vn", Lang: "vi"}, {Email: "lan@example.vn", Lang: "en"}},
				"lan@example.vn": {{Email: "lan@example.vn", Lang: "en"}},
				"":               {{Email: "lan@example.vn", Lang: "en"}},
			} {
				if err := tx.Exec(t.Context(), `UPDATE vendors SET email = $1`, mail); err != nil {
					return err
				}
				got, err := tx.VendorContacts(t.Context(), "vendor0")
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("vendor address %q: told %v, want %v (%v)", mail, got, want, err)
				}
			}
			return nil
		})
	})
}
