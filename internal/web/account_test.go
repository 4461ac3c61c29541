package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

const goodPassword = "nắng giỏ cam đò"

// send fills in the one form of a page that goes to action, and posts it.
func send(c *testkit.Client, page testkit.Answer, action string, fields map[string]string) testkit.Answer {
	c.T.Helper()
	form := testkit.Page(c.T, page.Body).Form(action)
	for name, value := range fields {
		form = form.Set(name, value)
	}
	return c.Post(action, form.Fields)
}

// cookie is the value of a cookie that the client holds.
func cookie(c *testkit.Client, name string) string {
	u, err := url.Parse(c.Base)
	if err != nil {
		c.T.Fatal(err)
	}
	for _, one := range c.HTTP.Jar.Cookies(u) {
		if one.Name == name {
			return one.Value
		}
	}
	return ""
}

func wantStatus(t *testing.T, got testkit.Answer, status int) testkit.Answer {
	t.Helper()
	if got.Status != status {
		t.Fatalf("status %d to %q, want %d: %s", got.Status, got.Location, status, testkit.Page(t, got.Body).Find("main").Text())
	}
	return got
}

func wantRedirect(t *testing.T, got testkit.Answer, to string) {
	t.Helper()
	if got.Status != http.StatusSeeOther || got.Location != to {
		t.Fatalf("status %d to %q, want 303 to %q: %s", got.Status, got.Location, to, testkit.Page(t, got.Body).Find("main").Text())
	}
}

func TestVendorSignsUpAndIn(t *testing.T) {
	t.Parallel()
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	page := wantStatus(t, c.Get("/dang-ky"), 200)
	form := testkit.Page(t, page.Body).Form("/dang-ky")
	if form.Fields.Has("consent") {
		t.Error("the consent box is ticked beforehand")
	}
	fields := map[string]string{"login": "0912.345.678", "password": goodPassword}
	bad := wantStatus(t, send(c, page, "/dang-ky", fields), 422)
	testkit.Page(t, bad.Body).In("#e-consent").HasText("đánh dấu")
	testkit.Page(t, bad.Body).In("#f-login").HasAttr("value", "0912.345.678").HasAttr("inputmode", "tel")
	if strings.Contains(bad.Body, "cam đò") {
		t.Error("the page shows the password again")
	}
	fields["consent"] = "1"
	wantRedirect(t, send(c, bad, "/dang-ky", fields), "/di-tiep")
	wantRedirect(t, c.Get("/di-tiep"), "/gian-hang")
	testkit.Page(t, c.Get("/tai-khoan").Body).In("h1").HasText("Tài khoản của tôi")
	wantRedirect(t, c.Get("/dang-nhap?next=/tai-khoan"), "/tai-khoan")
	wantRedirect(t, c.Post("/dang-xuat", nil), "/")
	wantStatus(t, c.Get("/tai-khoan"), 401)
}

// Whoever signs up with a login that has an account is not let in, and told what to do;
// the account stays as it was.
func TestSignUpOverAnAccountOpensNothing(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	there := k.Account("Triệu Văn Sáng")
	c := testkit.NewClient(t, k.Serve())
	page := wantStatus(t, c.Get("/dang-ky"), 200)
	again := send(c, page, "/dang-ky", map[string]string{"login": there.Phone, "password": "một mật khẩu khác hẳn", "consent": "1"})
	testkit.In(t, wantStatus(t, again, 422).Body, "main").HasText("đã có tài khoản từ trước").HasText("Quên mật khẩu")
	testkit.Page(t, again.Body).Form("/dang-nhap")
	wantStatus(t, c.Get("/tai-khoan"), 401)
}

// A stranger cannot tell from a forgotten password or from a failed sign-in whether a
// login has an account. Signing up tells it, at the price of an account for each guess:
// see accounts.SignUp.
func TestStrangersCannotEnumerate(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	there := k.Account("Triệu Văn Sáng")
	base := k.Serve()
	for _, test := range []struct {
		path   string
		fields func(login string) url.Values
	}{
		{"/quen-mat-khau", func(login string) url.Values { return url.Values{"login": {login}} }},
		{"/dang-nhap", func(login string) url.Values {
			return url.Values{"login": {login}, "password": {"sai hoàn toàn rồi"}}
		}},
		{"/dat-lai-mat-khau", func(login string) url.Values {
			return url.Values{"login": {login}, "code": {"123456789012"}, "password": {goodPassword}}
		}},
	} {
		known := testkit.NewClient(t, base).Post(test.path, test.fields(there.Phone))
		unknown := testkit.NewClient(t, base).Post(test.path, test.fields("0388888888"))
		same := strings.ReplaceAll(strings.ReplaceAll(known.Body, there.Phone, "PHONE"), requestIDOf(t, known), "")
		if known.Status != unknown.Status || same != strings.ReplaceAll(strings.ReplaceAll(unknown.Body, "0388888888", "PHONE"), requestIDOf(t, unknown), "") {
			t.Errorf("%s: a known login gives %d, an unknown one %d, or the pages differ", test.path, known.Status, unknown.Status)
		}
	}
}

// requestIDOf is the request id in a page, if it shows one.
func requestIDOf(t *testing.T, page testkit.Answer) string {
	t.Helper()
	_, id, _ := strings.Cut(testkit.Page(t, page.Body).Find(".tiny").Text(), ": ")
	if id == "" {
		return "no request id"
	}
	return id
}

func TestSessionTokenIsNewAtEverySignIn(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	_, planted := k.SignedIn(k.Account("Kẻ gian"))
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(planted)
	c.Post("/dang-xuat", nil)
	c.SignInAs(strings.Repeat("a", 64))
	fields := url.Values{"login": {account.Email}, "password": {testkit.Password}}
	wantRedirect(t, c.Post("/dang-nhap", fields), "/di-tiep")
	first := cookie(c, "s")
	wantRedirect(t, c.Post("/dang-nhap", fields), "/di-tiep")
	second := cookie(c, "s")
	if first == second || first == strings.Repeat("a", 64) || len(first) != 64 {
		t.Errorf("tokens %q and %q", first, second)
	}
	old := testkit.NewClient(t, c.Base)
	old.SignInAs(first)
	wantStatus(t, old.Get("/tai-khoan"), 401)
	wantStatus(t, c.Get("/tai-khoan"), 200)
}

// TestAnOpenPageEndsNoNewSession: a page that is left open goes on asking after its session has ended; the answer does not take away the
// cookie of who has signed in meanwhile. A page that is opened with a dead cookie does.
func TestAnOpenPageEndsNoNewSession(t *testing.T) {
	t.Parallel()
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	for dest, drops := range map[string]bool{"empty": false, "document": true, "": true} {
		c.SignInAs("dead")
		req := c.Request("GET", "/su-kien", "", nil)
		if dest != "" {
			req.Header.Set("Sec-Fetch-Dest", dest)
		}
		dropped := slices.ContainsFunc(c.Send(req).Header.Values("Set-Cookie"), func(line string) bool { return strings.HasPrefix(line, "s=;") })
		if dropped != drops {
			t.Errorf("asked as %q: the cookie is dropped: %v", dest, dropped)
		}
	}
}

func TestCookiesOfASignIn(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	c := testkit.NewClient(t, k.Serve())
	got := c.Post("/dang-nhap", url.Values{"login": {account.Phone}, "password": {testkit.Password}})
	for _, line := range got.Header.Values("Set-Cookie") {
		if (strings.HasPrefix(line, "s=") || strings.HasPrefix(line, "b=")) &&
			(!strings.Contains(line, "HttpOnly") || !strings.Contains(line, "SameSite=Lax")) {
			t.Errorf("cookie %s", line)
		}
	}
}

// evilNext are ways to lead somebody elsewhere after signing in.
var evilNext = []string{
	"//evil.example", "///evil.example", "////evil.example", "//evil.example/%2f..", "/\\evil.example", "\\\\evil.example",
	"\\/evil.example", "/\\/evil.example", "https://evil.example", "http://evil.example", "HTTPS://evil.example", "https:evil.example",
	"https:/evil.example", "https:\\\\evil.example", "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)",
	"java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://evil.example", "evil.example", "evil.example/",
	"@evil.example", ":@evil.example", "?next=//evil.example", "#//evil.example", "", " ", " //evil.example", "\t//evil.example",
	"\n//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "/\x00/evil.example", "/\x0b/evil.example", "/a\r\nX: y",
	"mailto:a@evil.example", "//evil.example\\@localhost", "/%zz", "//[::1]", "../evil", "./evil", "blob:https://evil.example/x",
}

func TestNextStaysOnThisSite(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	_, token := k.VendorAccount()
	base := k.Serve()
	c := testkit.NewClient(t, base)
	c.SignInAs(token)
	if len(evilNext) < 40 {
		t.Fatalf("only %d forms", len(evilNext))
	}
	here, err := url.Parse(base + "/dang-nhap")
	if err != nil {
		t.Fatal(err)
	}
	for _, next := range evilNext {
		got := c.Get("/dang-nhap?next=" + url.QueryEscape(next))
		if got.Status == 400 {
			continue // refused as malformed
		}
		to, err := here.Parse(got.Location)
		if err != nil || got.Status != 303 || to.Host != here.Host || got.Location != "/gian-hang" {
			t.Errorf("next=%q leads to %q (%d)", next, got.Location, got.Status)
		}
	}
	for _, next := range []string{"/tai-khoan", "/su-kien/ba-be?ngay=2026-11-22", "/a/b#c", "/su-kien/chợ", "/x?u=https://evil.example"} {
		if got := c.Get("/dang-nhap?next=" + url.QueryEscape(next)); got.Location != next {
			t.Errorf("next=%q leads to %q", next, got.Location)
		}
	}
}

func TestProtectedPagesAskToSignIn(t *testing.T) {
	t.Parallel()
	c := testkit.NewClient(t, testkit.NewApp(t).Serve())
	page := wantStatus(t, c.Get("/tai-khoan?x=1"), 401)
	form := testkit.Page(t, page.Body).Form("/dang-nhap")
	if got := form.Fields.Get("_next"); got != "/tai-khoan?x=1" {
		t.Errorf("next is %q", got)
	}
	if page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q", page.Header.Get("Cache-Control"))
	}
	api := c.Get("/api/v1/gate/snapshot")
	if !strings.HasPrefix(api.Header.Get("Content-Type"), "application/json") {
		t.Errorf("the API answers %s", api.Header.Get("Content-Type"))
	}
}

// A session that ended in the middle of a form gives the form back.
func TestFormSurvivesTheEndOfASession(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	c := testkit.NewClient(t, k.Serve())
	lost := wantStatus(t, c.Post("/tai-khoan", url.Values{"name": {"Tên \"mới\" & <b>đậm</b>"}, "lang": {"en"}, "password": {"bí mật"}}), 401)
	testkit.Page(t, lost.Body).In(".banner").HasText("vẫn được giữ")
	if strings.Contains(lost.Body, url.QueryEscape("bí mật")) {
		t.Error("a password stands in the page")
	}
	wrong := wantStatus(t, send(c, lost, "/dang-nhap", map[string]string{"login": account.Phone, "password": "sai sai sai"}), 422)
	back := wantStatus(t, send(c, wrong, "/dang-nhap", map[string]string{"login": account.Phone, "password": testkit.Password}), 200)
	testkit.Page(t, back.Body).In("h1").HasText("Gửi lại")
	wantRedirect(t, send(c, back, "/tai-khoan", nil), "/tai-khoan")
	testkit.Page(t, c.Get("/tai-khoan").Body).In("#f-name").HasAttr("value", "Tên \"mới\" & <b>đậm</b>")
}

// TestEventFormSurvivesTheEndOfASession loses the longest form of the office,
// which is sent with a photo.
func TestEventFormSurvivesTheEndOfASession(t *testing.T) {
	t.Parallel()
	testkit.NamesDays(t)
	k := testkit.NewApp(t)
	k.App.Demo = true // without a second step
	account := k.Account("Hoàng Thị Tổ Chức", registry.Grant{Role: registry.Organiser, Area: "19"})
	c := testkit.NewClient(t, k.Serve())
	_, token := k.SignedIn(account)
	c.SignInAs(token)
	form := testkit.Page(t, c.Get("/quan-ly/su-kien/moi").Body).Form("/quan-ly/su-kien/moi").
		Set("title", "Phiên chợ chưa kịp lưu").Set("first_day", "20/12/2026").Set("last_day", "21/12/2026").
		Set("area", "ba be").Set("venue", "Sân UBND xã").Set("organiser", "UBND xã Ba Bể")
	k.Clock.Add(31 * time.Minute)
	lost := wantStatus(t, sendForm(t, c, "/quan-ly/su-kien/moi", form.Fields, []byte("photo")), 401)
	back := wantStatus(t, send(c, lost, "/dang-nhap", map[string]string{"login": account.Phone, "password": testkit.Password}), 200)
	testkit.Page(t, back.Body).In(".banner.wait").HasText("chọn lại ảnh")
	done := send(c, back, "/quan-ly/su-kien/moi", nil)
	if done.Status != 303 {
		t.Fatalf("sending it again: %d %s", done.Status, testkit.Page(t, done.Body).In("main").Text())
	}
	testkit.In(t, c.Get(done.Location).Body, "h1").HasText("Phiên chợ chưa kịp lưu")
}

// TestButtonAfterTheEndOfASession presses a button that sends no field: there is
// nothing to carry, and its address shows no page.
func TestButtonAfterTheEndOfASession(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	c := testkit.NewClient(t, k.Serve())
	c.From = "/tai-khoan"
	lost := wantStatus(t, c.Post("/tai-khoan/phien/ket-thuc-khac", nil), 401)
	wantRedirect(t, send(c, lost, "/dang-nhap", map[string]string{"login": account.Phone, "password": testkit.Password}), "/tai-khoan")
}

func TestLostFormGoesNowhereElse(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	c := testkit.NewClient(t, k.Serve())
	got := c.Post("/dang-nhap", url.Values{"login": {account.Phone}, "password": {testkit.Password},
		"_next": {"https://evil.example/steal"}, "_form": {"a=1"}})
	wantRedirect(t, got, "/di-tiep")
	big := url.Values{"name": {strings.Repeat("á", 40000)}}
	page := wantStatus(t, testkit.NewClient(t, c.Base).Post("/tai-khoan", big), 401)
	if testkit.Page(t, page.Body).Form("/dang-nhap").Fields.Has("_form") {
		t.Error("a form over 64 kB is carried")
	}
}

func TestOfficerSetsUpTheSecondStep(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Admin})
	c := testkit.NewClient(t, k.Serve())
	got := c.Post("/dang-nhap", url.Values{"login": {account.Phone}, "password": {testkit.Password}, "_next": {"/quan-ly/nguoi-dung"}})
	wantRedirect(t, got, "/xac-thuc?next=%2Fquan-ly%2Fnguoi-dung")
	wantRedirect(t, c.Get("/quan-ly/nguoi-dung"), "/xac-thuc?next=%2Fquan-ly%2Fnguoi-dung")
	wantRedirect(t, c.Get(got.Location), "/xac-thuc/thiet-lap?next=%2Fquan-ly%2Fnguoi-dung")
	page := wantStatus(t, c.Get("/xac-thuc/thiet-lap?next=%2Fquan-ly%2Fnguoi-dung"), 200)
	secret := strings.ReplaceAll(testkit.In(t, page.Body, "code").Text(), " ", "")
	bad := wantStatus(t, send(c, page, "/xac-thuc/thiet-lap", map[string]string{"code": "000000"}), 422)
	if again := strings.ReplaceAll(testkit.In(t, bad.Body, "code").Text(), " ", ""); again != secret {
		t.Errorf("the secret changed from %s to %s", secret, again)
	}
	before := cookie(c, "s")
	done := wantStatus(t, send(c, bad, "/xac-thuc/thiet-lap", map[string]string{"code": codeAt(t, secret, k.Clock.Now())}), 200)
	testkit.In(t, done.Body, ".codes li").HasCount(8)
	if cookie(c, "s") == before {
		t.Error("the session keeps its token over the second step")
	}
	wantStatus(t, c.Get("/quan-ly/nguoi-dung"), 200)

	k.Clock.Add(31 * time.Minute) // the session idles out; a form is lost and carried over both steps
	lost := wantStatus(t, c.Post("/quan-ly/nguoi-dung/moi", url.Values{"name": {"Lý Văn Mới"}, "login": {"0399999999"}, "role": {"viewer"}, "area": {""}, "area_ref": {""}}), 401)
	second := wantStatus(t, send(c, lost, "/dang-nhap", map[string]string{"login": account.Phone, "password": testkit.Password}), 401)
	testkit.Page(t, second.Body).In("h1").HasText("Xác thực hai bước")
	recovery := testkit.In(t, done.Body, ".codes li").Each()[3].Text()
	again := wantStatus(t, send(c, second, "/xac-thuc", map[string]string{"code": recovery}), 200)
	slip := wantStatus(t, send(c, again, "/quan-ly/nguoi-dung/moi", nil), 200)
	testkit.Page(t, slip.Body).In(".slip").HasText("Lý Văn Mới")
	wantRedirect(t, c.Get("/xac-thuc"), "/quan-ly")

	renewed := wantStatus(t, c.Post("/xac-thuc/ma-du-phong", nil), 200)
	testkit.In(t, renewed.Body, ".codes li").HasCount(8).LacksText(recovery)
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}
