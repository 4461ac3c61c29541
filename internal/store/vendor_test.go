package store_test

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// fullVendor has a value in every field that can be written; a text has its name.
func fullVendor() registry.Vendor {
	v := registry.Vendor{Kind: registry.Household, State: registry.VendorBlocked, StateReason: "Bán hàng giả",
		Name: "Hộ Nông Thị Sỹ 🌾", TaxCode: "006123456789", Representative: "Nông Thị Sỹ", Phone: "0912345678",
		PhonePublic: true, Email: "sy@vi-du.vn", Area: testkit.BaBe, Village: "bản Pác Ngòi", About: "Dòng một\nDòng hai",
		Logo: "file", CreatedBy: "account"}
	all := reflect.ValueOf(&v).Elem()
	for i := range all.NumField() {
		if f, name := all.Field(i), all.Type().Field(i).Name; f.Kind() == reflect.String && f.IsZero() && name != "ID" && name != "Slug" {
			f.SetString(name)
		}
	}
	return v
}

func insertVendor(t *testing.T, db *store.DB, v *registry.Vendor) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error { return tx.InsertVendor(t.Context(), v, registry.Scope{v.Area.Code, "19"}) })
}

func readVendor(t *testing.T, db *store.DB, id registry.VendorID) (v registry.Vendor) {
	t.Helper()
	mustRead(t, db, func(tx *store.Tx) (err error) {
		v, err = tx.Vendor(t.Context(), id)
		return err
	})
	return v
}

func TestVendorComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		v := fullVendor()
		insertVendor(t, db, &v)
		if diff := cmp.Diff(v, readVendor(t, db, v.ID)); diff != "" {
			t.Error("inserted and read differ:", diff)
		}
		v.Name, v.TaxCode, v.PhonePublic, v.State = "Tên mới", "", false, registry.VendorActive
		mustWrite(t, db, func(tx *store.Tx) error { return tx.SaveVendor(t.Context(), &v, registry.Scope{"19"}) })
		if diff := cmp.Diff(v, readVendor(t, db, v.ID)); diff != "" {
			t.Error("saved and read differ:", diff)
		}
		if v.Slug != "ho-nong-thi-sy" || v.Version != 2 {
			t.Errorf("slug %q, version %d after saving", v.Slug, v.Version)
		}
	})
}

func TestStaleVendorIsNotSaved(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		v := fullVendor()
		insertVendor(t, db, &v)
		old := v
		mustWrite(t, db, func(tx *store.Tx) error { return tx.SaveVendor(t.Context(), &v, nil) })
		old.Name = "Bản cũ"
		err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveVendor(t.Context(), &old, nil) })
		if registry.KindOf(err) != registry.Conflict || readVendor(t, db, v.ID).Name != v.Name {
			t.Errorf("a stale save gave %v", err)
		}
	})
}

func TestTaxCodeIsUniqueUnderManyTries(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		var wg sync.WaitGroup
		errs := make([]error, 20)
		for i := range errs {
			wg.Go(func() {
				v := fullVendor()
				errs[i] = db.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertVendor(t.Context(), &v, nil) })
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if registry.KindOf(err) != registry.Conflict {
				t.Errorf("a loser was told %v, want a conflict", err)
			}
		}
		if won != 1 {
			t.Errorf("%d of 20 vendors have the tax code, want 1", won)
		}
	})
}

func TestManyVendorsWithoutTaxCodeAndWithOneName(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		seen := map[string]bool{}
		for range 14 {
			v := fullVendor()
			v.TaxCode = ""
			insertVendor(t, db, &v)
			seen[v.Slug] = true
		}
		if len(seen) != 14 || !seen["ho-nong-thi-sy"] || !seen["ho-nong-thi-sy-9"] {
			t.Errorf("addresses %v", seen)
		}
	})
}

func vendorNames(t *testing.T, db *store.DB, f registry.VendorFilter) (names []string) {
	t.Helper()
	mustRead(t, db, func(tx *store.Tx) error {
		page, _, err := tx.Vendors(t.Context(), f)
		for _, v := range page {
			names = append(names, v.Name)
		}
		n, countErr := tx.CountVendors(t.Context(), f)
		if f.Limit == 0 && f.After == "" && n != len(names) {
			t.Errorf("counted %d, listed %q", n, names)
		}
		if err == nil {
			err = countErr
		}
		return err
	})
	return names
}

func TestVendorsAreFilteredAndPaged(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		for _, v := range []registry.Vendor{
			{Name: "Đông Bắc", Kind: registry.Enterprise, State: registry.VendorActive, Area: testkit.BaBe, Village: "tổ 3"},
			{Name: "Dong riềng Côn Minh", Kind: registry.Cooperative, State: registry.VendorActive, Area: registry.AreaRef{Edition: "2025", Code: "02155"}},
			{Name: "An Bình", Kind: registry.Household, State: registry.VendorBlocked, Area: testkit.BaBe},
			{Name: "100% sạch", Kind: registry.Household, State: registry.VendorActive, Area: testkit.BaBe},
		} {
			insertVendor(t, db, &v)
			p := registry.Product{Vendor: v.ID, Name: v.Name, Group: registry.FoodGroup, Origin: registry.MadeIn,
				Evidence: registry.Excluded}
			if v.Name == "Đông Bắc" {
				p.Evidence = registry.Declared
			}
			insertProduct(t, db, &p)
		}
		for name, c := range map[string]struct {
			filter registry.VendorFilter
			want   []string
		}{
			"all, in Vietnamese order":   {registry.VendorFilter{}, []string{"100% sạch", "An Bình", "Dong riềng Côn Minh", "Đông Bắc"}},
			"folded words in any order":  {registry.VendorFilter{Text: "BAC dong"}, []string{"Đông Bắc"}},
			"village":                    {registry.VendorFilter{Text: "to 3"}, []string{"Đông Bắc"}},
			"a percent sign is no joker": {registry.VendorFilter{Text: "1%"}, []string{"100% sạch"}},
			"kind":                       {registry.VendorFilter{Kind: registry.Cooperative}, []string{"Dong riềng Côn Minh"}},
			"public":                     {registry.VendorFilter{Public: true, Kind: registry.Household}, []string{"100% sạch"}},
			"state":                      {registry.VendorFilter{State: registry.VendorBlocked}, []string{"An Bình"}},
			"area":                       {registry.VendorFilter{Areas: []string{"02155"}}, []string{"Dong riềng Côn Minh"}},
			"area within reach":          {registry.VendorFilter{Areas: []string{"19"}, Reach: []string{"02155"}}, []string{"Dong riềng Côn Minh"}},
			"no reach":                   {registry.VendorFilter{Reach: []string{}}, nil},
			"sells what is not excluded": {registry.VendorFilter{Group: registry.FoodGroup}, []string{"Đông Bắc"}},
			"first page":                 {registry.VendorFilter{Limit: 2}, []string{"100% sạch", "An Bình"}},
			"next page":                  {registry.VendorFilter{Limit: 2, After: "an-binh"}, []string{"Dong riềng Côn Minh", "Đông Bắc"}},
			"after nobody":               {registry.VendorFilter{After: "khong-co"}, nil},
		} {
			if got := vendorNames(t, db, c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	})
}
