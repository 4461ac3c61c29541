package web_test

import (
	"image/color"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hoicho/internal/app/vendors"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

var joinCode = regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}`)

func TestMembersComeByLoginAndByCode(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, g.token)
	path := g.home() + "/thanh-vien"
	colleague := g.Account("Nông Văn Dền")
	page := wantStatus(t, c.Get(path), 200)
	unknown := wantStatus(t, send(c, page, path, map[string]string{"login": "0399999999"}), 422)
	testkit.In(t, unknown.Body, "#e-login").HasText("mã tham gia")
	wantRedirect(t, send(c, page, path, map[string]string{"login": colleague.Phone}), path)
	testkit.In(t, wantStatus(t, c.Get(path), 200).Body, "main").HasText("Nông Văn Dền")
	issued := wantStatus(t, c.Post(path+"/ma", url.Values{"role": {"member"}}), 200)
	code := joinCode.FindString(testkit.In(t, issued.Body, ".panel").Text())
	if code == "" || joinCode.MatchString(wantStatus(t, c.Get(path), 200).Body) {
		t.Fatalf("code %q, or it is shown twice", code)
	}
	newcomer, token := g.VendorAccount()
	other := g.client(t, token)
	join := wantStatus(t, other.Get("/gian-hang/tham-gia"), 200)
	wrong := wantStatus(t, send(other, join, "/gian-hang/tham-gia", map[string]string{"code": "AAAA-BBBB-CCCC"}), 422)
	testkit.In(t, wrong.Body, "#e-code")
	wantRedirect(t, send(other, join, "/gian-hang/tham-gia", map[string]string{"code": strings.ToLower(code)}), g.home())
	wantStatus(t, send(other, join, "/gian-hang/tham-gia", map[string]string{"code": code}), 422)
	wantStatus(t, other.Post(path+"/"+string(g.owner.Account)+"/xoa", nil), 403)
	wantRedirect(t, other.Post(path+"/"+string(newcomer.Account)+"/xoa", nil), "/gian-hang")
	last := wantStatus(t, c.Post(path+"/"+string(g.owner.Account)+"/xoa", nil), 422)
	testkit.In(t, last.Body, ".faults").HasText("ít nhất một chủ hồ sơ")
	wantRedirect(t, c.Post(path+"/"+string(colleague.ID)+"/vai-tro", url.Values{"role": {"owner"}}), path)
}

func TestDeskTellsWhatToDoNext(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	c := g.client(t, g.token)
	page := testkit.In(t, wantStatus(t, c.Get(g.home()), 200).Body, "main")
	page.HasText("Thiếu: Bản tự công bố sản phẩm (2 sản phẩm)").HasText("Rượu men lá Côn Minh: xuất xứ đang bị nghi vấn").
		HasText("Nộp giấy tờ xuất xứ cho Bột dong riềng").HasText("Phiên chợ đưa hàng Việt về Ba Bể")
	page.In(".own-nav a[aria-current=page]").HasText("Việc").HasCount(1)
	wantRedirect(t, c.Get("/gian-hang"), g.home())
	running := g.Event(testkit.InState(registry.Running), testkit.Titled("Phiên chợ hôm nay"))
	g.Application(running, g.vendor.ID, testkit.Standing(registry.AppApproved))
	asked := g.Event(testkit.Titled("Phiên chợ cần bổ sung"))
	g.Application(asked, g.vendor.ID, testkit.Standing(registry.AppNeedsInfo))
	later := testkit.In(t, wantStatus(t, c.Get(g.home()), 200).Body, "main")
	later.HasText("Báo doanh thu: Phiên chợ hôm nay").HasText("Bổ sung đơn: Phiên chợ cần bổ sung")
}

func TestOfficeDecidesOnTheOrigin(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	_, token := g.Officer(registry.Reviewer, "19")
	c := g.client(t, token)
	path := "/quan-ly/co-so/" + string(g.vendor.ID) + "/san-pham/" + string(g.starch.ID)
	page := wantStatus(t, c.Get(path), 200)
	short := wantStatus(t, send(c, page, path+"/xuat-xu", map[string]string{"evidence": "checked", "note": "ok"}), 422)
	testkit.In(t, short.Body, "#e-note")
	past := wantStatus(t, send(c, page, path+"/xuat-xu", map[string]string{"evidence": "checked", "note": "Đã đối chiếu nhãn", "until": "1/1/2026"}), 422)
	testkit.In(t, past.Body, "#e-until")
	wantRedirect(t, send(c, page, path+"/xuat-xu", map[string]string{"evidence": "checked", "note": "Đã đối chiếu nhãn với sổ xưởng"}), path)
	testkit.In(t, wantStatus(t, c.Get(path), 200).Body, "main").HasText("Người bán tự nói → Đã xem bản gốc")
	testkit.In(t, wantStatus(t, g.client(t, "").Get("/san-pham/bot-dong-rieng"), 200).Body, "main").HasText("Đã đối chiếu nhãn với sổ xưởng").
		LacksText("Cán bộ reviewer")
	stale := wantStatus(t, send(c, page, path+"/xuat-xu", map[string]string{"evidence": "excluded", "note": "Hàng nhập khẩu dán lại nhãn"}), 422)
	testkit.In(t, stale.Body, ".faults").HasText("Có người vừa sửa")
}

func TestOfficeComparesStarsAndPapers(t *testing.T) {
	testkit.NamesDays(t)
	t.Parallel()
	g := newGoods(t)
	owner, _ := g.client(t, g.token), g.noodles
	product := g.home() + "/san-pham/" + string(g.starch.ID)
	wrong := wantStatus(t, send(owner, owner.Get(product), product+"/sao", map[string]string{"stars": "4", "decision": "1/QĐ", "issued_on": "31/02/2025", "valid_to": "1/1/28"}), 422)
	testkit.In(t, wrong.Body, "#e-issued_on")
	testkit.In(t, wrong.Body, "#f-valid_to").HasAttr("value", "01/01/2028")
	testkit.In(t, wrong.Body, "details[open] #f-decision").HasAttr("value", "1/QĐ")
	wantStatus(t, send(owner, owner.Get(product), product+"/sao", map[string]string{"stars": "4", "decision": "1/QĐ", "issued_on": "1/2/2025", "valid_to": "1/1/2028"}), 303)
	public := g.client(t, "")
	testkit.In(t, public.Get("/san-pham/bot-dong-rieng").Body, "main .lead").None(".star")
	_, token := g.Officer(registry.Reviewer, "19")
	c := g.client(t, token)
	testkit.In(t, wantStatus(t, c.Get("/quan-ly/co-so/san-pham?viec=sao"), 200).Body, "tbody tr").HasCount(1).HasText("Bột dong riềng")
	file := "/quan-ly/co-so/" + string(g.vendor.ID)
	wantStatus(t, c.Post(file+"/san-pham/"+string(g.starch.ID)+"/sao/2025-02-01", nil), 303)
	wantStatus(t, c.Post(file+"/san-pham/"+string(g.starch.ID)+"/sao/2025-02-01", nil), 409)
	testkit.In(t, public.Get("/san-pham/bot-dong-rieng").Body, "main .lead .star").HasText("OCOP đến 01/2028")
	paper := g.Certificate(g.vendor, func(c *registry.Certificate) { c.Kind = registry.HVNCLC })
	wantRedirect(t, c.Post(file+"/giay-to/"+string(paper.ID)+"/doi-chieu", nil), file)
	testkit.In(t, public.Get("/doanh-nghiep/htx-tai-hoan").Body, ".ticks").HasText("Hàng Việt Nam chất lượng cao")
	wantStatus(t, owner.Post(product+"/sao/2025-02-01/xoa", nil), 303)
}

func TestOfficeRegistersBlocksAndHandsOver(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	_, token := g.Officer(registry.Organiser, "19")
	c := g.client(t, token)
	form := wantStatus(t, c.Get("/quan-ly/co-so/moi"), 200)
	bad := wantStatus(t, send(c, form, "/quan-ly/co-so/moi", map[string]string{"name": "Tổ hợp tác Nà Phặc", "area": "xã Mèo Vạc"}), 422)
	testkit.In(t, bad.Body, "#e-kind")
	outside := wantStatus(t, send(c, form, "/quan-ly/co-so/moi", map[string]string{"name": "Tổ hợp tác Nà Phặc", "kind": "coop_group", "area": "xã Mèo Vạc"}), 422)
	testkit.In(t, outside.Body, "#e-area").HasText("ngoài địa bàn")
	done := send(c, form, "/quan-ly/co-so/moi", map[string]string{"name": "Tổ hợp tác Nà Phặc", "kind": "coop_group", "area": "xã Ba Bể"})
	file := wantStatus(t, done, 303).Location
	wantStatus(t, c.Get(file), 200)
	slip := wantStatus(t, c.Post(file+"/ma", nil), 200)
	code := joinCode.FindString(testkit.In(t, slip.Body, ".panel").Text())
	person, newToken := g.VendorAccount()
	other := g.client(t, newToken)
	wantStatus(t, send(other, other.Get("/gian-hang/tham-gia"), "/gian-hang/tham-gia", map[string]string{"code": code}), 303)
	if members := g.ActorOf(person.Account).Members; len(members) != 1 || members[0].Role != registry.Owner {
		t.Errorf("handed over to %v", members)
	}
	unsaid := wantStatus(t, c.Post(file+"/chan", url.Values{"reason": {""}}), 422)
	testkit.In(t, unsaid.Body, "#e-reason")
	wantRedirect(t, c.Post(file+"/chan", url.Values{"reason": {"Bán hàng giả nhãn"}}), file)
	testkit.In(t, other.Get(strings.Replace(file, "/quan-ly/co-so", "/gian-hang", 1)).Body, ".banner").HasText("Bán hàng giả nhãn")
	wantStatus(t, g.client(t, "").Get("/doanh-nghiep/to-hop-tac-na-phac"), 404)
	testkit.In(t, wantStatus(t, c.Get("/quan-ly/co-so?tinh-trang=blocked"), 200).Body, "tbody tr").HasCount(1)
	wantRedirect(t, c.Post(file+"/mo", nil), file)
	wantStatus(t, g.client(t, "").Get("/doanh-nghiep/to-hop-tac-na-phac"), 200)
}

func TestOfficerWorksOnBehalf(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	_, token := g.Officer(registry.Organiser, "19")
	c := g.client(t, token)
	page := wantStatus(t, c.Get(g.home()+"/ho-so"), 200)
	testkit.In(t, page.Body, ".banner").HasText("làm thay cơ sở này")
	wantStatus(t, send(c, page, g.home()+"/ho-so", map[string]string{"village": "thôn mới"}), 303)
	_, viewer := g.Officer(registry.Viewer, "19")
	wantStatus(t, g.client(t, viewer).Get(g.home()+"/ho-so"), 403)
}

// pagesOfGoods are the pages on which the texts of a vendor may stand, by who reads.
func (g *goods) pagesOfGoods(p registry.Product) map[string][]string {
	file := "/quan-ly/co-so/" + string(g.vendor.ID)
	return map[string][]string{
		"": {"/doanh-nghiep", "/doanh-nghiep/" + g.vendor.Slug, "/san-pham", "/san-pham/" + p.Slug, "/tim?q=htx", "/tim?q=%3Cscript%3Ealert(7331)%3C%2Fscript%3E",
			"/san-pham?q=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(7331)%3E"},
		"owner": {g.home(), g.home() + "/ho-so", g.home() + "/thanh-vien", g.home() + "/san-pham", g.home() + "/san-pham/" + string(p.ID),
			g.home() + "/giay-to", g.home() + "/giay-to/moi", "/gian-hang/moi"},
		"officer": {"/quan-ly/co-so", file, "/quan-ly/co-so/san-pham?viec=tat-ca", file + "/san-pham/" + string(p.ID), g.home()},
	}
}

// everyPage fetches those pages in both languages.
func (g *goods) everyPage(t *testing.T, p registry.Product, look func(path string, page testkit.Answer)) {
	t.Helper()
	_, officer := g.Officer(registry.Admin, "")
	for who, token := range map[string]string{"": "", "owner": g.token, "officer": officer} {
		for _, lang := range []string{"vi", "en"} {
			c := withLanguage(t, g.client(t, token), lang)
			for _, path := range g.pagesOfGoods(p)[who] {
				look(who+" "+lang+" "+path, wantStatus(t, c.Get(path), 200))
			}
		}
	}
}

func TestTextsOfVendorsAreNeverMarkup(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	payloads := []string{`<script>alert(7331)</script>`, `"><img src=x onerror=alert(7331)>`, `' onmouseover='alert(7331)`, `javascript:alert(7331)`,
		`</textarea><svg onload=alert(7331)>`, `{{.Site}}<!--`, `&lt;script&gt;alert(7331)`}
	all := strings.Join(payloads, " ")
	for i, text := range []string{payloads[0], payloads[1], payloads[4]} {
		v, err := g.App.Vendors.OwnVendor(t.Context(), g.owner, g.vendor.ID)
		if err != nil {
			t.Fatal(err)
		}
		in := vendors.VendorInput{Kind: "household", Name: "HTX " + text, Representative: text, Village: text, About: all, Area: testkit.BaBe.String()}
		if err := g.App.Vendors.EditVendor(t.Context(), g.owner, v.ID, v.Version, in); err != nil {
			t.Fatal(err)
		}
		p, err := g.App.Vendors.CreateProduct(t.Context(), g.owner, v.ID, vendors.ProductInput{Name: text, Group: "food", Description: all, Origin: "made_in",
			OriginPlace: text, Price: "1000", PriceUnit: payloads[2]})
		if err != nil {
			t.Fatal(err)
		}
		ref := vendors.ProductRef{Vendor: v.ID, Product: p.ID}
		reviewer, _ := g.Officer(registry.Reviewer, "")
		for _, err := range []error{
			g.App.Vendors.AddRating(t.Context(), g.owner, ref, vendors.RatingInput{Stars: 3, Decision: text, IssuedOn: "1/2/2025", ValidTo: "1/2/2028"}),
			g.App.Vendors.ConfirmRating(t.Context(), reviewer, ref, "2025-02-01"),
			second(g.App.Vendors.AddCertificate(t.Context(), g.owner, v.ID, vendors.CertificateInput{Kind: "other", Product: string(p.ID), Number: text, Issuer: text, Note: all})),
			g.App.Vendors.DecideEvidence(t.Context(), reviewer, ref, 3, vendors.EvidenceInput{Evidence: "confirmed", Note: all}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		g.everyPage(t, p, func(path string, page testkit.Answer) {
			doc := testkit.Page(t, page.Body)
			for _, bad := range []string{"[onerror]", "[onload]", "[onmouseover]", "main script", "[src=x]"} {
				if doc.Find(bad).Count() > 0 {
					t.Errorf("%s lets %s through (text %d)", path, bad, i)
				}
			}
			for _, a := range doc.Find("a").Each() {
				if strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Attr("href"))), "javascript:") {
					t.Errorf("%s has a link %s", path, a.Attr("href"))
				}
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

func TestPersonalNumberIsOnNoPage(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	g.Write(func(tx *store.Tx) error {
		v, err := tx.Vendor(t.Context(), g.vendor.ID)
		if err != nil {
			return err
		}
		v.TaxCode, v.PhonePublic, v.Phone = "001099012345", false, "0977123456"
		return tx.SaveVendor(t.Context(), &v, registry.Scope{"02155", "19"})
	})
	g.everyPage(t, g.noodles, func(path string, page testkit.Answer) {
		if strings.Contains(page.Body, "001099012345") || strings.Contains(page.Body, "001099") {
			t.Errorf("%s shows the personal number", path)
		}
		if strings.HasPrefix(path, " ") && (strings.Contains(page.Body, "0977 123") || strings.Contains(page.Body, "977123456") || strings.Contains(page.Body, "099012345") || strings.Contains(page.Body, "***")) {
			t.Errorf("%s shows the public a private phone or a part of the number", path)
		}
	})
}

func TestEveryNoticeOfGoodsHasItsTexts(t *testing.T) {
	t.Parallel()
	keys := []string{"vendor.mail.block", "vendor.mail.unblock", "vendor.mail.join_code", "product.mail.stars"}
	for _, e := range append(append([]registry.Evidence{}, registry.EvidenceLadder...), registry.Disputed, registry.Excluded) {
		keys = append(keys, "product.mail."+string(e))
	}
	for _, key := range keys {
		if !i18n.Has(key+".subject") || !i18n.Has(key+".body") {
			t.Errorf("%s has no text", key)
		}
	}
}

// TestPhotoAndPaperOfASiblingAreNotFound mixes the address of one vendor with the children of another.
func TestPhotoAndPaperOfASiblingAreNotFound(t *testing.T) {
	t.Parallel()
	g := newGoods(t)
	other, _, token := g.OwnVendor()
	c := g.client(t, token)
	home := "/gian-hang/" + string(other.ID)
	for _, path := range []string{"/san-pham/" + string(g.noodles.ID), "/san-pham/" + string(g.noodles.ID) + "/anh/x/dau", "/san-pham/" + string(g.noodles.ID) + "/sao/2024-12-15/xoa",
		"/giay-to/" + string(g.paper.ID) + "/rut"} {
		wantStatus(t, c.Post(home+path, nil), 404)
	}
	wantStatus(t, c.Get(home+"/san-pham/"+string(g.noodles.ID)), 404)
	wantStatus(t, postFile(c, home+"/san-pham/"+string(g.noodles.ID)+"/anh", "photo", shot(t, color.White, 40, 40), nil), 404)
	wantStatus(t, c.Post(home+"/khong-co", nil), 404)
}
