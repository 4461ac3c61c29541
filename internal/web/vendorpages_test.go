package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"hoicho/internal/app/vendors"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// goods is a vendor with products on every rung, papers and a booth at an event.
type goods struct {
	*testkit.Kit
	base     string
	vendor   registry.Vendor
	owner    registry.Actor
	token    string
	noodles  registry.Product // confirmed, five stars
	starch   registry.Product // declared
	doubtful registry.Product // disputed
	paper    registry.Certificate
}

func (g *goods) ref(p registry.Product) vendors.ProductRef {
	return vendors.ProductRef{Vendor: p.Vendor, Product: p.ID}
}

// newGoods serves a market of real names.
func newGoods(t *testing.T) *goods {
	t.Helper()
	k := testkit.NewApp(t)
	g := &goods{Kit: k}
	g.vendor, g.owner, g.token = k.OwnVendor(testkit.WithVendor(func(v *registry.Vendor) {
		v.Name, v.PhonePublic, v.Phone, v.TaxCode = "HTX Tài Hoan", true, "0912345678", "4799999013"
		v.Area, v.Village = registry.AreaRef{Edition: "2025", Code: "02155"}, "thôn Chè Cọ"
		v.About = "Hai mươi năm làm miến từ củ dong riềng trồng trên nương.\nSợi miến phơi nắng, không phẩm màu, không tẩy trắng."
	}))
	g.noodles = k.Product(g.vendor, func(p *registry.Product) {
		p.Name, p.Evidence, p.EvidenceAt = "Miến dong Tài Hoan", registry.Confirmed, k.App.NowMS()
		p.EvidenceNote, p.EvidenceUntil, p.GTIN = "Đoàn kiểm tra đã xem xưởng và nhãn, đúng như cơ sở khai.", testkit.SameDay(t, "2027-11-20"), "8930000000019"
		p.Ratings = []registry.Rating{{Stars: 5, Decision: "1418/QĐ-BNN", IssuedOn: testkit.SameDay(t, "2024-12-15"), ValidTo: testkit.SameDay(t, "2027-12-14")}}
	})
	g.starch = k.Product(g.vendor, func(p *registry.Product) { p.Name, p.PriceDong = "Bột dong riềng", 60000 })
	g.doubtful = k.Product(g.vendor, func(p *registry.Product) {
		p.Name, p.Group, p.Evidence, p.Origin = "Rượu men lá Côn Minh", registry.SpiritGroup, registry.Disputed, registry.PackedIn
		p.EvidenceNote, p.EvidenceAt = "Nhãn ghi đóng gói tại Na Rì nhưng không rõ nơi nấu.", k.App.NowMS()
	})
	g.paper = k.Certificate(g.vendor, func(c *registry.Certificate) { c.CheckedAt, c.CheckedBy = k.App.NowMS(), "officer" })
	e := k.Event(testkit.Titled("Phiên chợ đưa hàng Việt về Ba Bể"))
	k.Application(e, g.vendor.ID, testkit.Standing(registry.AppApproved))
	return g
}

// more fills the lists with other vendors of the province.
func (g *goods) more() {
	for _, x := range []struct {
		vendor, product string
		kind            registry.VendorKind
		group           registry.ProductGroup
		stars           int
		evidence        registry.Evidence
	}{
		{"Công ty TNHH Hà Diệp", "Trà hoa vàng Bắc Kạn túi lọc", registry.Enterprise, registry.DrinkGroup, 4, registry.Checked},
		{"HTX Nhung Lũy", "Bí xanh thơm Ba Bể", registry.Cooperative, registry.FreshGroup, 4, registry.Documented},
		{"Công ty cổ phần Curcumin Bắc Hà", "VICUMAX Nano Curcumin", registry.Enterprise, registry.HerbGroup, 0, registry.Checked},
		{"Nhà hàng Tám Cương", "Lạp sườn Tám Cương", registry.Household, registry.FoodGroup, 3, registry.Declared},
		{"HTX Tân Dân", "Giấm chuối Mạnh Minh", registry.Cooperative, registry.FoodGroup, 0, registry.Documented},
		{"Tổ hợp tác Khẩu Nua Lếch", "Gạo nếp Khẩu Nua Lếch", registry.CoopGroup, registry.FreshGroup, 0, registry.Declared},
		{"Hộ Nông Thị Sỹ", "Du thuyền hồ Ba Bể nửa ngày", registry.Household, registry.TourismGroup, 0, registry.Declared},
	} {
		v := g.Vendor(testkit.WithVendor(func(v *registry.Vendor) { v.Name, v.Kind = x.vendor, x.kind }))
		g.Product(v, func(p *registry.Product) {
			p.Name, p.Group, p.Evidence = x.product, x.group, x.evidence
			if x.stars > 0 {
				p.Ratings = []registry.Rating{{Stars: x.stars, Decision: "1/QĐ", IssuedOn: testkit.SameDay(g.T, "2025-01-01"), ValidTo: testkit.SameDay(g.T, "2028-01-01")}}
			}
		})
	}
}

// shot is a PNG in one colour, as a photo to upload.
func shot(t *testing.T, c color.Color, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			r, g, b, _ := c.RGBA()
			img.Set(x, y, color.RGBA{uint8(r>>8) + uint8(x*40/w), uint8(g >> 8), uint8(b>>8) + uint8(y*40/h), 255})
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// pictures gives the noodles three photos and the vendor its own.
func (g *goods) pictures(t *testing.T) {
	t.Helper()
	for _, c := range []color.Color{color.RGBA{200, 170, 110, 255}, color.RGBA{120, 150, 90, 255}, color.RGBA{190, 120, 90, 255}} {
		if err := g.App.Vendors.AddProductPhoto(t.Context(), g.owner, g.ref(g.noodles), shot(t, c, 640, 480)); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.App.Vendors.SetVendorLogo(t.Context(), g.owner, g.vendor.ID, shot(t, color.RGBA{40, 90, 60, 255}, 200, 200)); err != nil {
		t.Fatal(err)
	}
}

// TestBrowserPublicGoods looks at the public pages at both widths.
func TestBrowserPublicGoods(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	g.more()
	g.pictures(t)
	g.base = g.Serve()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	g.tour(b, map[string]string{
		"vendors": "/doanh-nghiep", "vendors-filtered": "/doanh-nghiep?loai=household&dia-ban=01906", "vendors-none": "/doanh-nghiep?q=khong+co",
		"vendor": "/doanh-nghiep/htx-tai-hoan", "products": "/san-pham", "products-stars": "/san-pham?sao=4",
		"product": "/san-pham/mien-dong-tai-hoan", "product-declared": "/san-pham/bot-dong-rieng", "product-disputed": "/san-pham/ruou-men-la-con-minh",
		"search": "/tim?q=ba+be", "search-mien": "/tim?q=mien+dong", "search-none": "/tim?q=xyz",
	})
}

// tour opens pages at both widths and checks that each can be used.
func (g *goods) tour(b *testkit.Browser, pages map[string]string) {
	for name, path := range pages {
		b.Phone()
		b.Open(g.base + path)
		b.Accessible()
		b.FitsWidth()
		b.Screenshot("phone-" + name)
		b.Desktop()
		b.Accessible()
		b.Screenshot("wide-" + name)
	}
}

// TestBrowserOwnGoods looks at the pages of a vendor's own.
func TestBrowserOwnGoods(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	g.pictures(t)
	_, fresh := g.VendorAccount()
	g.base = g.Serve()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	home := "/gian-hang/" + string(g.vendor.ID)
	b.SignInAs(g.base, g.token)
	g.tour(b, map[string]string{"desk": home, "profile": home + "/ho-so", "members": home + "/thanh-vien", "own-products": home + "/san-pham",
		"own-product": home + "/san-pham/" + string(g.noodles.ID), "new-product": home + "/san-pham/moi", "papers": home + "/giay-to",
		"paper": home + "/giay-to/moi?thay=" + string(g.paper.ID), "join": "/gian-hang/tham-gia"})
	b.SignInAs(g.base, fresh)
	g.tour(b, map[string]string{"start": "/gian-hang", "new-vendor": "/gian-hang/moi"})
}

// TestBrowserOfficeGoods looks at the pages of the office.
func TestBrowserOfficeGoods(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	g.more()
	g.pictures(t)
	_, reviewer := g.Officer(registry.Reviewer, "19")
	g.base = g.Serve()
	b := testkit.NewBrowser(t, testkit.BrowserOptions{})
	b.SignInAs(g.base, reviewer)
	file := "/quan-ly/co-so/" + string(g.vendor.ID)
	g.tour(b, map[string]string{"office-vendors": "/quan-ly/co-so", "office-vendor": file, "office-new": "/quan-ly/co-so/moi",
		"office-products": "/quan-ly/co-so/san-pham?viec=tat-ca", "office-product": file + "/san-pham/" + string(g.noodles.ID)})
}
