package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	apppersonal "hoicho/internal/app/personal"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// TestPersonalRequestFromTheFormToItsAnswer sends a request as a stranger, answers it in the
// office, and reads the answer by the code.
func TestPersonalRequestFromTheFormToItsAnswer(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	stranger, admin := testkit.NewClient(t, base), testkit.NewClient(t, base)
	_, token := k.Officer(registry.Admin, "")
	admin.SignInAs(token)
	testkit.Page(t, stranger.Get("/du-lieu-ca-nhan").Body).HasText("356/2025/NĐ-CP, chưa đối chiếu nguyên văn")
	testkit.Page(t, stranger.Get("/").Body).In(`footer a[href="/du-lieu-ca-nhan"]`).HasCount(1)
	bad := stranger.Post("/du-lieu-ca-nhan", url.Values{"name": {"Nông Thị Sim"}})
	testkit.In(t, bad.Body, "input[name=name]").HasAttr("value", "Nông Thị Sim")
	if bad.Status != http.StatusUnprocessableEntity && bad.Status != http.StatusBadRequest {
		t.Errorf("a form without the rest answers %d", bad.Status)
	}
	sent := stranger.Post("/du-lieu-ca-nhan", url.Values{"kind": {"erase"}, "name": {"Nông Thị Sim"}, "contact": {"0912345678"}, "text": {"Xóa hồ sơ của tôi."}})
	at := sent.Header.Get("Location")
	if sent.Status != http.StatusSeeOther || !strings.HasSuffix(at, "?moi=1") {
		t.Fatalf("sent: %d to %q", sent.Status, at)
	}
	testkit.In(t, stranger.Get(at).Body, ".panel").HasText("DL-1")
	page := strings.TrimSuffix(at, "?moi=1")
	later := stranger.Get(page)
	testkit.Page(t, later.Body).None(".panel")
	if strings.Contains(later.Body, "Sim") || later.Header.Get("Cache-Control") != "no-store" {
		t.Error("the page of the code shows who sent it, or is kept")
	}
	if got := stranger.Get("/du-lieu-ca-nhan/tra-cuu?ma=" + url.QueryEscape(strings.TrimPrefix(page, "/du-lieu-ca-nhan/"))); got.Header.Get("Location") != page {
		t.Errorf("a typed code leads to %q", got.Header.Get("Location"))
	}
	for _, path := range []string{"/du-lieu-ca-nhan/khong-co", "/du-lieu-ca-nhan/tra-cuu?ma=1", view.PersonalRoot} {
		if got := stranger.Get(path); got.Status == http.StatusOK {
			t.Errorf("%s answers a stranger", path)
		}
	}

	inbox := testkit.Page(t, admin.Get(view.PersonalRoot).Body)
	inbox.In("h1").HasText("1 yêu cầu đang mở, 0 quá hạn")
	testkit.Page(t, admin.Get("/quan-ly").Body).In(`#todo a[href="` + view.PersonalRoot + `"]`).HasText("1 yêu cầu")
	var id string
	for _, row := range k.Look(`SELECT id FROM personal_requests`) {
		id = row[0].(string)
	}
	file := view.PersonalRoot + "/" + id
	testkit.Page(t, admin.Get(file).Body).HasText("0912345678")
	if got := admin.Post(file+"/xac-nhan", url.Values{"version": {"1"}}); got.Status != http.StatusSeeOther {
		t.Errorf("confirmed: %d", got.Status)
	}
	if got := admin.Post(file+"/gia-han", url.Values{"version": {"2"}, "why": {"Hỏi cơ quan thuế"}}); got.Status != http.StatusSeeOther {
		t.Errorf("put off: %d", got.Status)
	}
	again := admin.Post(file+"/ket-qua", url.Values{"version": {"3"}, "outcome": {"legal_duty"}})
	testkit.In(t, again.Body, "input[value=legal_duty]").HasAttr("checked", "")
	if got := admin.Post(file+"/ket-qua", url.Values{"version": {"3"}, "outcome": {"legal_duty"}, "answer": {"Báo cáo đã ký phải giữ."}}); got.Status != http.StatusSeeOther {
		t.Errorf("closed: %d", got.Status)
	}
	answer := testkit.Page(t, stranger.Get(page).Body)
	answer.HasText("Luật buộc phải giữ")
	answer.HasText("Báo cáo đã ký phải giữ.")
	answer.HasText("Hỏi cơ quan thuế")
	testkit.Page(t, admin.Get("/quan-ly/nhat-ky").Body).HasText("DL-1")
}

// TestARuleOfKeepingAsksWithItsNumbers changes a rule: what follows is shown before it is set,
// and it is taken back before its day.
func TestARuleOfKeepingAsksWithItsNumbers(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	admin := testkit.NewClient(t, k.Serve())
	_, token := k.Officer(registry.Admin, "")
	admin.SignInAs(token)
	at := view.KeepRoot + "/codes"
	testkit.Page(t, admin.Get(view.KeepRoot).Body).HasText("Mặc định của phần mềm, không văn bản nào ấn định")
	testkit.In(t, admin.Get(at).Body, "input[name=days]").HasAttr("value", "30")
	if got := admin.Get(view.KeepRoot + "/names"); got.Status != http.StatusNotFound {
		t.Errorf("an unknown kind: %d", got.Status)
	}
	bad := admin.Post(at, url.Values{"from": {"1/1/2020"}, "days": {"20"}})
	testkit.Page(t, bad.Body).HasText("Ngày này đã qua")
	testkit.In(t, bad.Body, "input[name=days]").HasAttr("value", "20")
	ahead := vn.ShowDate(vn.AddDays(k.App.Today(), 9))
	rule := url.Values{"from": {ahead}, "days": {"20"}, "basis": {"Quy chế 12"}, "version": {"0"}}
	testkit.Page(t, admin.Post(at, rule).Body).HasText("Đến hết ngày " + ahead + " sẽ xóa 0 mục")
	if lines := k.Audited("keep.rule"); len(lines) != 0 {
		t.Fatal("asked, and set it at once")
	}
	again := url.Values{"from": {ahead}, "days": {"20"}, "change": {"1"}}
	testkit.In(t, admin.Post(at, again).Body, "input[name=from]").HasAttr("value", ahead)
	rule.Set("sure", "1")
	if got := admin.Post(at, rule); got.Header.Get("Location") != view.KeepRoot {
		t.Errorf("set: %d", got.Status)
	}
	testkit.Page(t, admin.Get(view.KeepRoot).Body).HasText("từ " + ahead + ": 20 ngày")
	if got := admin.Post(at+"/bo", url.Values{"from": {vn.AddDays(k.App.Today(), 9)}, "version": {"1"}}); got.Status != http.StatusSeeOther {
		t.Errorf("taken back: %d", got.Status)
	}
	if page := admin.Get(view.KeepRoot).Body; strings.Contains(page, ": 20 ngày") {
		t.Error("the rule is still to come")
	}
	testkit.Page(t, admin.Get("/quan-ly/nhat-ky").Body).HasText("Đổi hạn lưu giữ dữ liệu cá nhân")
}

// TestOwnDataIsTakenAtTheAccountPage: by whoever has the account, and by the office for a
// request to see it.
func TestOwnDataIsTakenAtTheAccountPage(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	stranger, seller, admin := testkit.NewClient(t, base), testkit.NewClient(t, base), testkit.NewClient(t, base)
	_, of, token := k.OwnVendor()
	seller.SignInAs(token)
	_, token = k.Officer(registry.Admin, "")
	admin.SignInAs(token)
	const file = "/tai-khoan/du-lieu.zip"
	if got := stranger.Get(file); got.Status == http.StatusOK {
		t.Errorf("a stranger is given %d bytes", len(got.Body))
	}
	testkit.In(t, seller.Get("/tai-khoan").Body, `a[href="`+file+`"]`).HasText("Tải dữ liệu về tôi")
	got := seller.Get(file)
	if got.Status != http.StatusOK || got.Header.Get("Content-Type") != "application/zip" || !strings.HasPrefix(got.Body, "PK") {
		t.Errorf("the file: %d, %s", got.Status, got.Header.Get("Content-Type"))
	}
	for range 2 {
		seller.Get(file)
	}
	if got := seller.Get(file); got.Status != http.StatusTooManyRequests {
		t.Errorf("the fourth at once: %d", got.Status)
	}
	sent := k.PersonalRequest(func(in *apppersonal.Input) { in.Kind = string(personal.See) })
	at := view.PersonalHref(sent.ID)
	testkit.In(t, admin.Get(at).Body, "input[name=login]").HasAttr("value", "0912345678")
	bad := admin.Post(at+"/du-lieu", url.Values{"login": {"0399999999"}})
	testkit.Page(t, bad.Body).HasText("Không có tài khoản nào dùng")
	login := k.Look(`SELECT phone FROM accounts WHERE id = '` + string(of.Account) + `'`)[0][0].(string)
	if got := admin.Post(at+"/du-lieu", url.Values{"login": {login}}); got.Status != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "cách liên hệ khác") {
		t.Errorf("of somebody whom the request does not name: %d", got.Status)
	}
	if got := admin.Post(at+"/du-lieu", url.Values{"login": {login}, "compared": {"Gọi số của tài khoản."}}); got.Status != http.StatusOK || !strings.HasPrefix(got.Body, "PK") {
		t.Errorf("for the request: %d", got.Status)
	}
	erase := view.PersonalHref(k.PersonalRequest().ID)
	if strings.Contains(admin.Get(erase).Body, "/du-lieu\"") {
		t.Error("a request to erase offers the file")
	}
}

// TestAnAccountIsErasedFromItsRequest: its owner asks at its own page, an administrator sees what
// goes and stays, plans it; the owner is told; it is taken back, planned again and done.
func TestAnAccountIsErasedFromItsRequest(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	seller, admin := testkit.NewClient(t, base), testkit.NewClient(t, base)
	vendor, owner, token := k.OwnVendor(testkit.WithVendor(func(v *registry.Vendor) { v.Kind, v.Representative = registry.Household, "" }))
	seller.SignInAs(token)
	_, token = k.Officer(registry.Admin, "")
	admin.SignInAs(token)
	testkit.In(t, seller.Get("/tai-khoan").Body, `form[action="/tai-khoan/xoa"]`).HasCount(1)
	sent := seller.Post("/tai-khoan/xoa", nil)
	if at := sent.Header.Get("Location"); !strings.HasSuffix(at, "?moi=1") {
		t.Fatalf("asked: %d to %q", sent.Status, at)
	}
	if again := seller.Post("/tai-khoan/xoa", nil); again.Status != http.StatusConflict {
		t.Errorf("asked again: %d", again.Status)
	}
	request := k.Look(`SELECT id, account_id FROM personal_requests`)[0]
	at := view.PersonalHref(personal.ID(request[0].(string)))
	login := k.Look(`SELECT phone FROM accounts WHERE id = '` + string(owner.Account) + `'`)[0][0].(string)
	testkit.In(t, admin.Get(at).Body, "#xoa input[name=login]").HasAttr("value", login)
	bad := admin.Post(at+"/xoa", url.Values{"login": {"0399999999"}})
	testkit.Page(t, bad.Body).HasText("Không có tài khoản nào dùng")
	asks := testkit.Page(t, admin.Post(at+"/xoa", url.Values{"login": {login}}).Body)
	asks.HasText("Chính tài khoản này đã gửi yêu cầu")
	asks.HasText("sau 7 ngày chờ")
	if n := k.Look(`SELECT COUNT(*) FROM personal_erasures`)[0][0]; n != int64(0) {
		t.Fatal("asked, and planned it at once")
	}
	if got := admin.Post(at+"/xoa", url.Values{"login": {login}, "version": {"1"}, "sure": {"1"}}); got.Header.Get("Location") != at {
		t.Errorf("planned: %d", got.Status)
	}
	testkit.Page(t, admin.Get(view.PersonalRoot).Body).HasText("Chờ xóa tài khoản")
	testkit.In(t, seller.Get("/tai-khoan").Body, "#xoa-tai-khoan").HasText("sẽ bị xóa hẳn")
	testkit.Page(t, admin.Get(at).Body).None("input[name=outcome]")
	testkit.Page(t, admin.Post(at+"/rut-xoa", url.Values{"version": {"1"}}).Body).HasText("Lý do rút lại")
	if got := admin.Post(at+"/rut-xoa", url.Values{"version": {"1"}, "back_why": {"Người gửi đổi ý."}}); got.Header.Get("Location") != at {
		t.Errorf("taken back: %d", got.Status)
	}
	testkit.Page(t, admin.Get(at).Body).HasText("Người gửi đổi ý.")
	testkit.Page(t, seller.Get("/tai-khoan").Body).None("#xoa-tai-khoan")
	if got := admin.Post(at+"/xoa", url.Values{"login": {login}, "version": {"2"}, "sure": {"1"}}); got.Header.Get("Location") != at {
		t.Errorf("planned again: %d", got.Status)
	}
	k.Clock.Add(7 * 24 * time.Hour)
	if n, err := k.App.Personal.EraseNightly(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d erased, %v", n, err)
	}
	_, token = k.Officer(registry.Admin, "") // the sessions of before have lapsed
	admin.SignInAs(token)
	testkit.Page(t, admin.Get(at).Body).HasText("Đã xóa lúc")
	if got := seller.Get("/tai-khoan"); got.Status == http.StatusOK {
		t.Error("the session goes on")
	}
	if got := seller.Get("/co-so/" + vendor.Slug); got.Status != http.StatusNotFound {
		t.Errorf("the page of the household: %d", got.Status)
	}
	testkit.Page(t, admin.Get("/quan-ly/nhat-ky").Body).HasText("Xóa một tài khoản theo yêu cầu")
	office := testkit.Page(t, admin.Get("/quan-ly/co-so/"+string(vendor.ID)).Body)
	office.None(`form[action="/quan-ly/co-so/` + string(vendor.ID) + `/mo"]`)
	stranger, other := k.PersonalRequest(), k.Account("Lý Văn Khác")
	at = view.PersonalHref(stranger.ID)
	testkit.Page(t, admin.Post(at+"/xoa", url.Values{"login": {other.Phone}}).Body).In("#e-compared").HasText("không gửi từ chính tài khoản")
	seen := testkit.Page(t, admin.Post(at+"/xoa", url.Values{"login": {other.Phone}, "compared": {"Gọi số của tài khoản."}}).Body)
	seen.In("form input[name=compared]").HasAttr("value", "Gọi số của tài khoản.")
}

// TestWhoeverAgreedToAnOlderTextIsAskedAgain: at its next sign-in; a no is told what follows, a
// yes is noted with its version, and nobody is asked twice.
func TestWhoeverAgreedToAnOlderTextIsAskedAgain(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	a := k.Account("Nông Thị Hoa")
	agreed := func(version string) {
		k.Write(func(tx *store.Tx) error {
			return tx.SaveConsent(t.Context(), a.ID, registry.Consent{Version: version, At: k.App.NowMS()})
		})
	}
	signIn := func() string {
		got := c.Post("/dang-nhap", url.Values{"login": {a.Phone}, "password": {testkit.Password}})
		return got.Header.Get("Location")
	}
	if at := signIn(); at != "/di-tiep" {
		t.Errorf("whoever was never asked is led to %q", at)
	}
	agreed("2025-01")
	c.Post("/dang-xuat", nil)
	at := signIn()
	if !strings.HasPrefix(at, "/tai-khoan/dong-y?next=") {
		t.Fatalf("with an older text it is led to %q", at)
	}
	page := testkit.Page(t, c.Get(at).Body)
	page.HasText("Anh/chị đã đồng ý với bản 2025-01. Nay có bản 2026-11")
	testkit.Page(t, c.Post("/tai-khoan/dong-y", url.Values{"version": {"2026-11"}}).Body).HasText("Anh/chị chưa đồng ý")
	if got := c.Post("/tai-khoan/dong-y", url.Values{"version": {"2027-01"}, "agree": {"1"}}); got.Status != http.StatusConflict {
		t.Errorf("a version that does not hold: %d", got.Status)
	}
	if got := c.Post("/tai-khoan/dong-y", url.Values{"version": {"2026-11"}, "agree": {"1"}, "next": {"//xa.vn"}}); got.Header.Get("Location") != "/di-tiep" {
		t.Errorf("agreed: led to %q", got.Header.Get("Location"))
	}
	for _, row := range k.Look(`SELECT consent_version FROM accounts WHERE id = '` + string(a.ID) + `'`) {
		if row[0] != "2026-11" {
			t.Errorf("it agreed to %v", row[0])
		}
	}
	if lines := k.Audited("account.agree"); len(lines) != 1 {
		t.Errorf("%d lines of the log", len(lines))
	}
	c.Post("/dang-xuat", nil)
	if at := signIn(); at != "/di-tiep" {
		t.Errorf("asked again: %q", at)
	}
	testkit.In(t, c.Get("/tai-khoan").Body, `a[href="/du-lieu-ca-nhan/loi/sign_up/2026-11"]`).HasCount(1)
}

// TestATextHasItsPage: each version at an address that stays, which the sign-up links.
func TestATextHasItsPage(t *testing.T) {
	t.Parallel()
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	for _, v := range personal.TextVersions {
		page := testkit.Page(t, c.Get(view.TextHref(v.Text, v.Version)).Body)
		page.In("h1").HasText(v.Version)
		page.HasText("Đang dùng, từ 01/11/2026.")
	}
	for _, path := range []string{"/du-lieu-ca-nhan/loi/sign_up/2020-01", "/du-lieu-ca-nhan/loi/x/v1"} {
		if got := c.Get(path); got.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.Status)
		}
	}
	form := testkit.Page(t, c.Get("/dang-ky").Body)
	form.In(`main a[href="/du-lieu-ca-nhan/loi/sign_up/2026-11"]`).HasCount(1)
	form.In(`main a[href="/du-lieu-ca-nhan"]`).HasCount(1)
}
