package web_test

import (
	"bytes"
	"image/color"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// client is a browser signed in with a token, or nobody with "".
func (g *goods) client(t *testing.T, token string) *testkit.Client {
	t.Helper()
	if g.base == "" {
		g.base = g.Serve()
	}
	c := testkit.NewClient(t, g.base)
	if token != "" {
		c.SignInAs(token)
	}
	return c
}

// home is the address of the vendor's own pages.
func (g *goods) home() string { return "/gian-hang/" + string(g.vendor.ID) }

// postFile sends a form with a file.
func postFile(c *testkit.Client, path, field string, raw []byte, fields map[string]string) testkit.Answer {
	c.T.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range fields {
		w.WriteField(name, value)
	}
	part, err := w.CreateFormFile(field, "anh.png")
	if err != nil {
		c.T.Fatal(err)
	}
	part.Write(raw)
	w.Close()
	return c.Do("POST", path, w.FormDataContentType(), &body)
}

func TestPublicPagesTellWhyGoodsAreVietnamese(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	g := newGoods(t)
	c := g.client(t, "")
	page := wantStatus(t, c.Get("/san-pham/mien-dong-tai-hoan"), 200)
	for _, want := range []string{"Đã xem tận nơi.", "Đoàn kiểm tra đã xem xưởng", "893 cho biết ai đăng ký mã số, không phải nơi sản xuất",
		"5 sao", "1418/QĐ-BNN", "Phiên chợ đưa hàng Việt về Ba Bể", "85.000", "Sản xuất tại Côn Minh"} {
		testkit.In(t, page.Body, "main").HasText(want)
	}
	testkit.In(t, page.Body, "[role=img]").HasAttr("aria-label", "Giấy tờ: bậc 4 trên 4")
	declared := wantStatus(t, c.Get("/san-pham/bot-dong-rieng"), 200)
	testkit.In(t, declared.Body, "main .lead").HasText("chưa có giấy tờ kèm theo").LacksText("OCOP đến")
	vendor := wantStatus(t, c.Get("/doanh-nghiep/htx-tai-hoan"), 200)
	testkit.In(t, vendor.Body, "main").HasText("0912 345 678").HasText("4799999013").HasText("còn hạn đến 30/06/2027").LacksText("Hoàng Thị Hoan")
	english := wantStatus(t, withLanguage(t, c, "en").Get("/san-pham/mien-dong-tai-hoan"), 200)
	testkit.In(t, english.Body, "main").HasText("893 says who licensed the number, not where it was made").HasText("Seen on site")
}

func withLanguage(t *testing.T, c *testkit.Client, lang string) *testkit.Client {
	t.Helper()
	wantStatus(t, c.Get("/ngon-ngu/"+lang), 303)
	return c
}

func TestLapsedStarsAreOnNoPage(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	g := newGoods(t)
	c := g.client(t, "")
	paths := []string{"/san-pham/mien-dong-tai-hoan", "/san-pham", "/san-pham?sao=5", "/doanh-nghiep/htx-tai-hoan", "/doanh-nghiep", "/tim?q=mien+dong"}
	for _, path := range paths {
		if !strings.Contains(c.Get(path).Body, "OCOP") {
			t.Errorf("%s does not show the star in force", path)
		}
	}
	g.Clock.Set(time.Date(2027, 12, 15, 2, 0, 0, 0, time.UTC))
	for _, path := range paths {
		page := testkit.In(t, c.Get(path).Body, "main")
		page.None(".star").LacksText("5 sao OCOP").LacksText("1418/QĐ-BNN")
	}
}

func TestListsFilterAndPage(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	g.more()
	for range 30 {
		g.Product(g.vendor)
	}
	c := g.client(t, "")
	first := wantStatus(t, c.Get("/san-pham?nhom=food"), 200)
	testkit.In(t, first.Body, ".prod").HasCount(24)
	next := testkit.In(t, first.Body, "a[rel=next]").Attr("href")
	second := testkit.In(t, wantStatus(t, c.Get(next), 200).Body, "main")
	second.In(".prod").HasCount(10)
	second.None("a[rel=next]").In("a[rel=prev]")
	stars := wantStatus(t, c.Get("/san-pham?sao=4"), 200)
	testkit.In(t, stars.Body, ".prod").HasCount(3)
	testkit.In(t, wantStatus(t, c.Get("/doanh-nghiep?loai=household"), 200).Body, ".v").HasCount(2)
	testkit.In(t, wantStatus(t, c.Get("/doanh-nghiep?dia-ban=02155"), 200).Body, ".v").HasCount(1)
	testkit.In(t, wantStatus(t, c.Get("/doanh-nghiep?q=TAM+cuong"), 200).Body, ".v").HasCount(1)
	for _, nonsense := range []string{"?loai=%3Cscript%3E", "?dia-ban=99999", "?sao=-1", "?sao=999999999999999999999", "?tu=khong-co", "?nhom=x", "?q=" + strings.Repeat("a", 500)} {
		wantStatus(t, c.Get("/san-pham"+nonsense), 200)
		wantStatus(t, c.Get("/doanh-nghiep"+nonsense), 200)
	}
}

func TestSearchPage(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, "")
	for q, want := range map[string]string{"mien dong": "Miến dong Tài Hoan", "ba be": "xã Ba Bể, Thái Nguyên", "tai hoan": "HTX Tài Hoan",
		"dua hang viet": "Phiên chợ đưa hàng Việt về Ba Bể", "zzz": "Không tìm thấy “zzz”"} {
		page := wantStatus(t, c.Get("/tim?q="+url.QueryEscape(q)), 200)
		testkit.In(t, page.Body, "main").HasText(want)
	}
	testkit.In(t, wantStatus(t, c.Get("/tim"), 200).Body, "main").HasText("Không cần gõ dấu")
	testkit.In(t, wantStatus(t, c.Get("/tim?q=mien+dong"), 200).Body, "[role=status]").HasText("1 kết quả").LacksText("đầu")
	for range 7 {
		g.Product(g.vendor, func(p *registry.Product) { p.Name = "Măng khô" })
	}
	testkit.In(t, wantStatus(t, c.Get("/tim?q=mang+kho"), 200).Body, "[role=status]").HasText("6 kết quả đầu")
}

func TestVendorRegistersOnOnePage(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	actor, token := g.VendorAccount()
	c := g.client(t, token)
	testkit.In(t, wantStatus(t, c.Get("/gian-hang"), 200).Body, "a[href=/gian-hang/moi]").HasText("Bắt đầu")
	page := wantStatus(t, c.Get("/gian-hang/moi"), 200)
	bad := wantStatus(t, send(c, page, "/gian-hang/moi", map[string]string{"name": ""}), 422)
	for _, id := range []string{"#e-name", "#e-kind", "#e-area"} {
		testkit.Page(t, bad.Body).In(id)
	}
	decomposed := norm.NFD.String("HTX Nông sản Ba Bể 🌾")
	several := wantStatus(t, send(c, page, "/gian-hang/moi", map[string]string{"name": decomposed, "kind": "cooperative", "area": "tan"}), 422)
	testkit.Page(t, several.Body).In("#e-area")
	testkit.Page(t, several.Body).In("#f-name").HasAttr("value", norm.NFC.String(decomposed))
	done := send(c, several, "/gian-hang/moi", map[string]string{"area": "xa ba be thai nguyen"})
	if done.Status != 303 {
		t.Fatalf("created: %d", done.Status)
	}
	members := g.ActorOf(actor.Account).Members
	if len(members) != 1 || done.Location != "/gian-hang/"+string(members[0].Vendor) {
		t.Fatalf("members %v, went to %s", members, done.Location)
	}
	v, err := g.App.Vendors.OwnVendor(t.Context(), g.ActorOf(actor.Account), members[0].Vendor)
	if err != nil || v.Name != norm.NFC.String(decomposed) || v.PhonePublic {
		t.Errorf("stored %+v (%v)", v, err)
	}
	var account registry.Account
	g.Read(func(tx *store.Tx) (err error) {
		account, err = tx.Account(t.Context(), actor.Account)
		return err
	})
	if v.Phone != account.Phone || v.Email != account.Email {
		t.Errorf("reached by %q and %q, not by those of the account", v.Phone, v.Email)
	}
	testkit.In(t, wantStatus(t, c.Get(done.Location), 200).Body, ".flash").HasText("Đã tạo hồ sơ")
}

func TestTakenTaxCodeTellsHowToJoin(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	v, _, token := g.OwnVendor()
	c := g.client(t, token)
	path := "/gian-hang/" + string(v.ID) + "/ho-so"
	taken := wantStatus(t, send(c, wantStatus(t, c.Get(path), 200), path, map[string]string{"tax_code": "4799999013"}), 422)
	testkit.In(t, taken.Body, ".faults").HasText("xin mã tham gia").LacksText("Tài Hoan")
}

func TestProfileKeepsAMaskedNumber(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	v, owner, token := g.OwnVendor(testkit.WithVendor(func(v *registry.Vendor) { v.TaxCode = "001099012345" }))
	c := g.client(t, token)
	path := "/gian-hang/" + string(v.ID) + "/ho-so"
	page := wantStatus(t, c.Get(path), 200)
	testkit.In(t, page.Body, "#f-tax_code").HasAttr("value", "*********345")
	wantRedirect(t, send(c, page, path, map[string]string{"name": "Tên mới"}), path)
	got, err := g.App.Vendors.OwnVendor(t.Context(), owner, v.ID)
	if err != nil || string(got.TaxCode) != "001099012345" || got.Name != "Tên mới" {
		t.Errorf("stored %s %s (%v)", got.Name, string(got.TaxCode), err)
	}
	stale := wantStatus(t, send(c, page, path, map[string]string{"name": "Tên cũ hơn"}), 422)
	testkit.In(t, stale.Body, ".faults").HasText("Có người vừa sửa")
	long := wantStatus(t, send(c, wantStatus(t, c.Get(path), 200), path, map[string]string{"about": strings.Repeat("ạ", 10000)}), 422)
	testkit.In(t, long.Body, "#e-about").HasText("tối đa 2000")
}

func TestProductIsAddedShownAndHidden(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, g.token)
	path := g.home() + "/san-pham/moi"
	bad := wantStatus(t, send(c, wantStatus(t, c.Get(path), 200), path, map[string]string{"name": "Khẩu nua lếch", "gtin": "8930000000018", "price": "8,5"}), 422)
	for _, id := range []string{"#e-group", "#e-gtin", "#e-price"} {
		testkit.Page(t, bad.Body).In(id)
	}
	testkit.In(t, bad.Body, "#f-name").HasAttr("value", "Khẩu nua lếch")
	testkit.Page(t, bad.Body).In("details[open] #e-gtin") // what is wrong is not folded away
	done := send(c, bad, path, map[string]string{"name": "Gạo nếp", "group": "fresh", "gtin": "", "price": "60.000", "price_unit": "kg"})
	edit, _, _ := strings.Cut(done.Location, "#")
	page := wantStatus(t, c.Get(edit), 200)
	wantStatus(t, c.Get("/san-pham/gao-nep"), 200)
	wantRedirect(t, send(c, page, edit, map[string]string{"hidden": "1"}), edit)
	wantStatus(t, g.client(t, "").Get("/san-pham/gao-nep"), 404)
}

func TestEditTellsThatTheProofFallsBack(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, g.token)
	path := g.home() + "/san-pham/" + string(g.noodles.ID)
	page := wantStatus(t, c.Get(path), 200)
	testkit.In(t, page.Body, ".banner").HasText("mức chứng minh trở về")
	wantRedirect(t, send(c, page, path, map[string]string{"origin_place": "Lạng Sơn"}), path)
	after := wantStatus(t, g.client(t, "").Get("/san-pham/mien-dong-tai-hoan"), 200)
	testkit.In(t, after.Body, "main").HasText("Người bán tự nói.").LacksText("Đoàn kiểm tra đã xem")
}

func TestPhotosByUpload(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, g.token)
	path := g.home() + "/san-pham/" + string(g.starch.ID)
	for name, raw := range map[string][]byte{"SVG": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "text": []byte("hello")} {
		bad := wantStatus(t, postFile(c, path+"/anh", "photo", raw, nil), 422)
		if testkit.In(t, bad.Body, "#e-photo").Text() == "" {
			t.Errorf("%s: no text at the field", name)
		}
	}
	wantStatus(t, postFile(c, path+"/anh", "photo", make([]byte, 1<<20), nil), 413)
	wide := wantStatus(t, postFile(c, path+"/anh", "photo", shot(t, color.White, 16001, 9), nil), 422)
	testkit.In(t, wide.Body, "#e-photo").HasText("52 triệu")
	wantStatus(t, postFile(c, path+"/anh", "photo", shot(t, color.White, 60, 40), nil), 303)
	wantStatus(t, postFile(c, path+"/anh", "photo", shot(t, color.Black, 60, 40), nil), 303)
	page := wantStatus(t, c.Get(path), 200)
	testkit.In(t, page.Body, ".editshots li").HasCount(2)
	second := testkit.In(t, page.Body, ".editshots li form").Attr("action")
	if !strings.HasSuffix(second, "/xoa") {
		t.Fatalf("first form goes to %s", second)
	}
	wantStatus(t, c.Post(second, nil), 303)
	page = wantStatus(t, c.Get(path), 200)
	testkit.In(t, page.Body, ".editshots li").HasCount(1)
	src := testkit.In(t, page.Body, ".editshots img").Attr("src")
	got := wantStatus(t, g.client(t, "").Get(src), 200)
	if got.Header.Get("Content-Type") != "image/jpeg" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("photo served as %v", got.Header)
	}
	logo := g.home() + "/ho-so"
	wantStatus(t, postFile(c, logo+"/anh", "logo", []byte("x"), nil), 422)
	wantStatus(t, postFile(c, logo+"/anh", "logo", shot(t, color.White, 60, 40), nil), 303)
	testkit.In(t, wantStatus(t, c.Get("/doanh-nghiep/htx-tai-hoan"), 200).Body, ".face img")
	wantStatus(t, c.Post(logo+"/anh/xoa", nil), 303)
}

func TestPapersByUpload(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, g.token)
	fields := map[string]string{"kind": "origin_paper", "product": string(g.starch.ID), "number": "Nhãn 2026"}
	bad := wantStatus(t, postFile(c, g.home()+"/giay-to/moi", "scan", []byte("%PDF-1.7"), fields), 422)
	testkit.In(t, bad.Body, "#e-scan")
	testkit.In(t, bad.Body, "#f-number").HasAttr("value", "Nhãn 2026")
	none := wantStatus(t, postFile(c, g.home()+"/giay-to/moi", "scan", shot(t, color.White, 60, 80), map[string]string{"kind": "origin_paper", "issued_on": "31/02/2026"}), 422)
	testkit.In(t, none.Body, "#e-scan").HasText("chọn lại ảnh")
	wantRedirect(t, postFile(c, g.home()+"/giay-to/moi", "scan", shot(t, color.White, 60, 80), fields), g.home()+"/giay-to")
	page := wantStatus(t, c.Get(g.home()+"/giay-to"), 200)
	scan := ""
	for _, a := range testkit.In(t, page.Body, "a").Each() {
		if strings.HasPrefix(a.Attr("href"), "/tep/") {
			scan = a.Attr("href")
		}
	}
	_, sibling := g.VendorAccount()
	wantStatus(t, c.Get(scan), 200)
	wantStatus(t, g.client(t, sibling).Get(scan), 404)
	wantStatus(t, g.client(t, "").Get(scan), 404)
	testkit.In(t, wantStatus(t, g.client(t, "").Get("/san-pham/bot-dong-rieng"), 200).Body, "main").HasText("Đã nộp giấy tờ.")
	renew := wantStatus(t, c.Get(g.home()+"/giay-to/moi?thay="+string(g.paper.ID)), 200)
	testkit.In(t, renew.Body, "input[name=replaces]").HasAttr("value", string(g.paper.ID))
	old := map[string]string{"kind": "food_cert", "number": "99", "replaces": string(g.paper.ID)}
	wantStatus(t, postFile(c, g.home()+"/giay-to/moi", "scan", shot(t, color.White, 60, 80), old), 303)
	testkit.In(t, c.Get(g.home()+"/giay-to").Body, "details").HasText("12/2024/NNPTNT-BK")
	wantStatus(t, postFile(c, g.home()+"/giay-to/moi", "scan", shot(t, color.White, 60, 80), old), 409)
}
