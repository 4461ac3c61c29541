package vendors_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func productInput() vendors.ProductInput {
	return vendors.ProductInput{Name: "Miến dong Tài Hoan", Group: "food", Origin: "made_in", OriginPlace: "Côn Minh, Na Rì",
		GTIN: "893 0000 000019", Price: "85.000", PriceUnit: "kg"}
}

func ratingInput() vendors.RatingInput {
	return vendors.RatingInput{Stars: 4, Decision: "2345/QĐ-UBND", IssuedOn: "15/12/2024", ValidTo: "14/12/2027"}
}

func paperInput() vendors.CertificateInput {
	return vendors.CertificateInput{Kind: "food_cert", Number: "12/2024", Issuer: "Chi cục", IssuedOn: "1/7/2024", ValidTo: "30/6/2027"}
}

func TestProductFormSaysAllThatIsWrong(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	long := strings.Repeat("ạ", 10000)
	for name, c := range map[string]struct {
		change func(*vendors.ProductInput)
		want   map[string]string
	}{
		"empty": {func(in *vendors.ProductInput) { *in = vendors.ProductInput{} }, map[string]string{"name": "error.required",
			"group": "error.choose", "origin": "error.choose", "origin_place": "error.required"}},
		"long": {func(in *vendors.ProductInput) {
			in.Name, in.Description, in.OriginPlace, in.PriceUnit = long, long, long, long
		},
			map[string]string{"name": "error.too_long", "description": "error.too_long", "origin_place": "error.too_long", "price_unit": "error.too_long"}},
		"check digit":    {func(in *vendors.ProductInput) { in.GTIN = "8930000000018" }, map[string]string{"gtin": "error.gtin_check"}},
		"bar code":       {func(in *vendors.ProductInput) { in.GTIN = "893" }, map[string]string{"gtin": "error.gtin_length"}},
		"minus":          {func(in *vendors.ProductInput) { in.Price = "-5" }, map[string]string{"price": "error.negative"}},
		"decimals":       {func(in *vendors.ProductInput) { in.Price = "8.5" }, map[string]string{"price": "error.money"}},
		"beyond money":   {func(in *vendors.ProductInput) { in.Price = "99999999999999999999" }, map[string]string{"price": "error.number_too_big"}},
		"price per what": {func(in *vendors.ProductInput) { in.PriceUnit = "" }, map[string]string{"price_unit": "error.product.unit"}},
	} {
		in := productInput()
		c.change(&in)
		_, err := k.App.Vendors.CreateProduct(t.Context(), owner, v.ID, in)
		got := testkit.FaultsAt(err)
		if len(got) != len(c.want) {
			t.Errorf("%s: faults %v, want %v", name, got, c.want)
		}
		for field, key := range c.want {
			if got[field] != key {
				t.Errorf("%s: %s says %q, want %q", name, field, got[field], key)
			}
		}
	}
	in := productInput()
	in.Name = "Miến 🍜 Tài Hoan"
	p, err := k.App.Vendors.CreateProduct(t.Context(), owner, v.ID, in)
	if err != nil || p.GTIN != "8930000000019" || p.PriceDong != 85000 || p.Evidence != registry.Declared || p.Name != in.Name {
		t.Errorf("stored %+v (%v)", p, err)
	}
}

func TestUploadsThatAreNoPhotosAreRefused(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	var gifBytes bytes.Buffer
	if err := gif.Encode(&gifBytes, image.NewPaletted(image.Rect(0, 0, 20, 20), color.Palette{color.White}), nil); err != nil {
		t.Fatal(err)
	}
	good := testkit.PictureOf(t, 40, 30)
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"nothing":                   {nil, "error.photo_format"},
		"SVG":                       {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "error.photo_format"},
		"HTML called png":           {[]byte("<!doctype html><script>alert(1)</script>"), "error.photo_format"},
		"GIF":                       {gifBytes.Bytes(), "error.photo_format"},
		"PDF":                       {[]byte("%PDF-1.7\n"), "error.photo_format"},
		"bytes that are not there":  {testkit.ProductClaiming(testkit.PictureOf(t, 40, 30), 4000), "error.photo_format"},
		"cut off":                   {good[:len(good)-20], "error.photo_format"},
		"one pixel too wide":        {testkit.PictureOf(t, 16001, 8), "error.photo_size"},
		"says twenty thousand wide": {testkit.ProductClaiming(testkit.PictureOf(t, 40, 30), 20000), "error.photo_size"},
		"a dot":                     {testkit.PictureOf(t, 1, 1), "error.photo_size"},
	} {
		err := k.App.Vendors.AddProductPhoto(t.Context(), owner, ref, c.raw)
		if got := testkit.FaultsAt(err)["photo"]; got != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, p, err := k.App.Vendors.OwnProduct(t.Context(), owner, ref); err != nil || len(p.Photos) > 0 {
		t.Errorf("refused uploads left %v (%v)", p.Photos, err)
	}
}

func TestPhotosAreMadeAnew(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	const payload = "<script>alert(1)</script>"
	polyglot := append(testkit.PictureOf(t, 4096, 8), payload...)
	if err := k.App.Vendors.AddProductPhoto(t.Context(), owner, ref, polyglot); err != nil {
		t.Fatal(err)
	}
	_, p, err := k.App.Vendors.OwnProduct(t.Context(), owner, ref)
	if err != nil || len(p.Photos) != 1 {
		t.Fatalf("photos %v (%v)", p.Photos, err)
	}
	f, err := k.App.File(t.Context(), registry.Actor{}, p.Photos[0], registry.PhotoWhole)
	if err != nil || bytes.Contains(f.Data, []byte(payload)) || f.ContentType != "image/jpeg" {
		t.Fatalf("stored %s with the payload in it: %v", f.ContentType, err)
	}
	if img, err := jpeg.Decode(bytes.NewReader(f.Data)); err != nil || img.Bounds().Dx() > 1280 {
		t.Errorf("stored picture: %v", err)
	}
}

func TestProductHasUpToSixPhotos(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	for i := range 7 {
		err := k.App.Vendors.AddProductPhoto(t.Context(), owner, ref, testkit.PictureOf(t, 20+i, 20))
		if want := i == 6; (testkit.FaultsAt(err)["photo"] == "error.product.photos") != want || err != nil && !want {
			t.Errorf("photo %d: %v", i+1, err)
		}
	}
	_, p, err := k.App.Vendors.OwnProduct(t.Context(), owner, ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.App.Vendors.LeadProductPhoto(t.Context(), owner, ref, p.Photos[3]); err != nil {
		t.Fatal(err)
	}
	if err := k.App.Vendors.RemoveProductPhoto(t.Context(), owner, ref, p.Photos[0]); err != nil {
		t.Fatal(err)
	}
	_, after, err := k.App.Vendors.OwnProduct(t.Context(), owner, ref)
	if err != nil || len(after.Photos) != 5 || after.Photos[0] != p.Photos[3] {
		t.Errorf("photos %v, from %v (%v)", after.Photos, p.Photos, err)
	}
	if _, err := k.App.File(t.Context(), owner, p.Photos[0], registry.PhotoWhole); registry.KindOf(err) != registry.NotFound {
		t.Errorf("the removed photo is still there: %v", err)
	}
}

func TestLapsedOrClaimedStarsAreShownNowhere(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	p := k.Product(v)
	ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
	reviewer, _ := k.Officer(registry.Reviewer, "19")
	shown := func() (n [3]int) {
		page, err := k.App.Vendors.ProductPage(t.Context(), p.Slug)
		if err != nil {
			t.Fatal(err)
		}
		list, err := k.App.Vendors.PublicProducts(t.Context(), registry.ProductFilter{Stars: 3})
		if err != nil {
			t.Fatal(err)
		}
		found, err := k.App.Vendors.Search(t.Context(), p.Name)
		if err != nil || len(found.Products) != 1 {
			t.Fatalf("search: %v (%v)", found.Products, err)
		}
		return [3]int{len(page.Product.Ratings), list.Total, len(found.Products[0].Ratings)}
	}
	if err := k.App.Vendors.AddRating(t.Context(), owner, ref, ratingInput()); err != nil {
		t.Fatal(err)
	}
	if got := shown(); got != [3]int{} {
		t.Errorf("a claimed star is shown: %v", got)
	}
	if err := k.App.Vendors.ConfirmRating(t.Context(), owner, ref, "2024-12-15"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("the owner confirmed its own star: %v", err)
	}
	if err := k.App.Vendors.ConfirmRating(t.Context(), reviewer, ref, "2024-12-15"); err != nil {
		t.Fatal(err)
	}
	if got := shown(); got != [3]int{1, 1, 1} {
		t.Errorf("a star in force is not shown everywhere: %v", got)
	}
	k.Clock.Set(time.Date(2027, 12, 14, 17, 0, 0, 0, time.UTC)) // 15/12/2027, 00:00 in Viet Nam
	if got := shown(); got != [3]int{} {
		t.Errorf("a lapsed star is shown: %v", got)
	}
}

func TestRatingFormSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	v, owner, _ := k.OwnVendor()
	ref := vendors.ProductRef{Vendor: v.ID, Product: k.Product(v).ID}
	for name, c := range map[string]struct {
		change      func(*vendors.RatingInput)
		field, want string
	}{
		"two stars":     {func(in *vendors.RatingInput) { in.Stars = 2 }, "stars", "error.rating.stars"},
		"six stars":     {func(in *vendors.RatingInput) { in.Stars = 6 }, "stars", "error.rating.stars"},
		"no decision":   {func(in *vendors.RatingInput) { in.Decision = "" }, "decision", "error.required"},
		"no date":       {func(in *vendors.RatingInput) { in.ValidTo = "" }, "valid_to", "error.required"},
		"31 February":   {func(in *vendors.RatingInput) { in.IssuedOn = "31/02/2025" }, "issued_on", "error.date"},
		"in the future": {func(in *vendors.RatingInput) { in.IssuedOn = "1/12/2026" }, "issued_on", "error.rating.future"},
		"ends before":   {func(in *vendors.RatingInput) { in.ValidTo = "14/12/2024" }, "valid_to", "error.date_order"},
		"thirty years":  {func(in *vendors.RatingInput) { in.ValidTo = "14/12/2054" }, "valid_to", "error.rating.too_long"},
	} {
		in := ratingInput()
		c.change(&in)
		if err := k.App.Vendors.AddRating(t.Context(), owner, ref, in); testkit.FaultsAt(err)[c.field] != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if err := k.App.Vendors.AddRating(t.Context(), owner, ref, ratingInput()); err != nil {
		t.Fatal(err)
	}
	if err := k.App.Vendors.AddRating(t.Context(), owner, ref, ratingInput()); testkit.FaultsAt(err)["issued_on"] != "error.rating.twice" {
		t.Errorf("the same rank twice: %v", err)
	}
}
