package store_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// fullProduct has a value in every field that can be written, but for photos.
func fullProduct(v registry.VendorID) registry.Product {
	return registry.Product{Vendor: v, Name: "Miến dong Tài Hoan 🍜", Group: registry.FoodGroup, Description: "Dai",
		Origin: registry.MadeIn, OriginPlace: "Côn Minh, Na Rì", GTIN: "8930000000019", PriceDong: 85000, PriceUnit: "kg",
		Evidence: registry.Confirmed, EvidenceBy: "officer", EvidenceAt: 7, EvidenceUntil: "2027-01-01",
		EvidenceNote: "Đã xem xưởng", Hidden: true, Ratings: []registry.Rating{
			{Stars: 5, Decision: "2/QĐ", IssuedOn: "2025-01-01", ValidTo: "2028-01-01"},
			{Stars: 3, Decision: "1/QĐ", IssuedOn: "2021-01-01", ValidTo: "2024-01-01", Claimed: true}}}
}

func insertProduct(t *testing.T, db *store.DB, p *registry.Product) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error { return tx.InsertProduct(t.Context(), p) })
}

func readProduct(t *testing.T, db *store.DB, id registry.ProductID) (p registry.Product) {
	t.Helper()
	mustRead(t, db, func(tx *store.Tx) (err error) {
		p, err = tx.Product(t.Context(), id)
		return err
	})
	return p
}

func TestProductComesBackAsStored(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		v := fullVendor()
		insertVendor(t, db, &v)
		p := fullProduct(v.ID)
		insertProduct(t, db, &p)
		if diff := cmp.Diff(p, readProduct(t, db, p.ID)); diff != "" {
			t.Error("inserted and read differ:", diff)
		}
		p.Ratings, p.Hidden, p.Name = p.Ratings[:1], false, "Miến"
		mustWrite(t, db, func(tx *store.Tx) error { return tx.SaveProduct(t.Context(), &p) })
		if diff := cmp.Diff(p, readProduct(t, db, p.ID)); diff != "" {
			t.Error("saved and read differ:", diff)
		}
		old := p
		old.Version--
		err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveProduct(t.Context(), &old) })
		if registry.KindOf(err) != registry.Conflict {
			t.Errorf("a stale save gave %v", err)
		}
	})
}

func TestProductsAreFilteredAndPaged(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		active, blocked := fullVendor(), fullVendor()
		active.State, active.TaxCode = registry.VendorActive, ""
		insertVendor(t, db, &active)
		insertVendor(t, db, &blocked)
		const day = "2026-11-22"
		add := func(v registry.Vendor, name string, change func(*registry.Product)) {
			p := registry.Product{Vendor: v.ID, Name: name, Group: registry.FoodGroup, Origin: registry.MadeIn,
				Evidence: registry.Declared, OriginPlace: "Ngân Sơn"}
			change(&p)
			insertProduct(t, db, &p)
		}
		stars := func(n int, from, to string, claimed bool) func(*registry.Product) {
			return func(p *registry.Product) {
				p.Ratings = []registry.Rating{{Stars: n, IssuedOn: from, ValidTo: to, Claimed: claimed}}
			}
		}
		add(active, "Bí xanh", stars(4, "2025-01-01", day, false))
		add(active, "Chè Shan", stars(5, "2021-01-01", "2026-11-21", false))
		add(active, "Dong riềng", stars(5, "2025-01-01", "2028-01-01", true))
		add(active, "Đỗ đen", func(p *registry.Product) { p.Hidden = true })
		add(active, "Gạo", func(p *registry.Product) { p.Evidence, p.Group = registry.Excluded, registry.FreshGroup })
		add(blocked, "Hàng giả", func(*registry.Product) {})
		for name, c := range map[string]struct {
			filter registry.ProductFilter
			want   []string
		}{
			"all":                 {registry.ProductFilter{}, []string{"Bí xanh", "Chè Shan", "Dong riềng", "Đỗ đen", "Gạo", "Hàng giả"}},
			"public":              {registry.ProductFilter{Public: true}, []string{"Bí xanh", "Chè Shan", "Dong riềng"}},
			"stars in force only": {registry.ProductFilter{Stars: 3, Day: day}, []string{"Bí xanh"}},
			"lapsed stars the day before they lapsed": {registry.ProductFilter{Stars: 5, Day: "2026-11-21"}, []string{"Chè Shan"}},
			"not yet issued":  {registry.ProductFilter{Stars: 3, Day: "2020-01-01"}, nil},
			"place of origin": {registry.ProductFilter{Text: "ngan son gao"}, []string{"Gạo"}},
			"group":           {registry.ProductFilter{Group: registry.FreshGroup}, []string{"Gạo"}},
			"evidence":        {registry.ProductFilter{Evidence: registry.Excluded}, []string{"Gạo"}},
			"vendor":          {registry.ProductFilter{Vendor: blocked.ID}, []string{"Hàng giả"}},
			"area":            {registry.ProductFilter{Areas: []string{"00001"}}, nil},
			"page":            {registry.ProductFilter{Limit: 2, After: "che-shan"}, []string{"Dong riềng", "Đỗ đen"}},
		} {
			mustRead(t, db, func(tx *store.Tx) error {
				page, _, err := tx.Products(t.Context(), c.filter)
				var got []string
				for _, p := range page {
					got = append(got, p.Name)
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("%s: %q, want %q", name, got, c.want)
				}
				return err
			})
		}
	})
}

func TestCertificatesComeWithWhatLapsesNextFirst(t *testing.T) {
	testkit.NamesDays(t)
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		v := fullVendor()
		insertVendor(t, db, &v)
		for number, validTo := range map[string]string{"endless": "", "late": "2028-01-01", "soon": "2026-12-01", "old": "2020-01-01"} {
			c := registry.Certificate{Vendor: v.ID, Kind: registry.FoodSafety, Number: number, ValidTo: validTo}
			mustWrite(t, db, func(tx *store.Tx) error {
				if err := tx.InsertCertificate(t.Context(), &c); err != nil || number != "old" {
					return err
				}
				return tx.RetireCertificate(t.Context(), c.ID)
			})
		}
		mustRead(t, db, func(tx *store.Tx) error {
			list, err := tx.Certificates(t.Context(), v.ID)
			var got []string
			for _, c := range list {
				got = append(got, c.Number)
			}
			if want := []string{"soon", "late", "endless", "old"}; !slices.Equal(got, want) {
				t.Errorf("order %q, want %q", got, want)
			}
			return err
		})
	})
}
