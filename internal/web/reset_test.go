package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// lastMail keeps the last notice that was sent.
type lastMail struct{ registry.Message }

func (l *lastMail) Send(_ context.Context, m registry.Message) error { l.Message = m; return nil }

func TestForgottenPasswordByMail(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	c := testkit.NewClient(t, k.Serve())
	page := wantStatus(t, c.Get("/quen-mat-khau"), 200)
	wantStatus(t, send(c, page, "/quen-mat-khau", map[string]string{"login": "hoa"}), 422)
	sent := wantStatus(t, send(c, page, "/quen-mat-khau", map[string]string{"login": account.Email}), 200)
	testkit.Page(t, sent.Body).In("h1").HasText("hộp thư")
	var box lastMail
	if _, err := k.App.SendOutbox(t.Context(), &box); err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(box.Args[1], k.App.BaseURL)
	page = wantStatus(t, c.Get(path), 200)
	if page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("Referrer-Policy") != "same-origin" {
		t.Errorf("headers of a page with a secret in its address: %v", page.Header)
	}
	bad := wantStatus(t, send(c, page, path, map[string]string{"password": "matkhau123"}), 422)
	testkit.Page(t, bad.Body).In("#e-password").HasText("hay gặp")
	wantRedirect(t, send(c, bad, path, map[string]string{"password": goodPassword}), "/dang-nhap")
	testkit.Page(t, c.Get("/dang-nhap").Body).In(".flash").HasText("Đã đặt mật khẩu mới")
	gone := wantStatus(t, c.Get(path), 404)
	testkit.Page(t, gone.Body).In("main").HasText("không còn dùng được")
	wantRedirect(t, c.Post("/dang-nhap", url.Values{"login": {account.Phone}, "password": {goodPassword}}), "/di-tiep")
}

func TestFirstAdminComesFromTheLink(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	c := testkit.NewClient(t, k.Serve())
	link, needed, err := k.App.Accounts.SetupLink(t.Context())
	if err != nil || !needed {
		t.Fatal(needed, err)
	}
	path := strings.TrimPrefix(link, k.App.BaseURL)
	wantStatus(t, c.Get("/thiet-lap/"+strings.Repeat("0", 64)), 404)
	page := wantStatus(t, c.Get(path), 200)
	fields := map[string]string{"name": "Quản Trị", "login": "0912 345 678", "password": "0912345678"}
	bad := wantStatus(t, send(c, page, path, fields), 422)
	fields["password"] = goodPassword
	wantRedirect(t, send(c, bad, path, fields), "/dang-nhap")
	wantStatus(t, c.Post(path, url.Values{"name": {"Kẻ Khác"}, "login": {"0987654321"}, "password": {goodPassword}}), 404)
	wantRedirect(t, c.Post("/dang-nhap", url.Values{"login": {"0912345678"}, "password": {goodPassword}}), "/xac-thuc")
}

func TestAccountPage(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	_, here := k.SignedIn(account)
	_, there := k.SignedIn(account)
	base := k.Serve()
	c, other := testkit.NewClient(t, base), testkit.NewClient(t, base)
	c.SignInAs(here)
	other.SignInAs(there)
	page := wantStatus(t, c.Get("/tai-khoan"), 200)
	form := testkit.Page(t, page.Body).Form("/tai-khoan/mat-khau").Set("old", testkit.Password).Set("password", "ngắn")
	bad := wantStatus(t, c.Post("/tai-khoan/mat-khau", form.Fields), 422)
	testkit.Page(t, bad.Body).In("#e-password")
	if strings.Contains(bad.Body, testkit.Password) {
		t.Error("the page shows the old password")
	}
	wantStatus(t, send(c, page, "/tai-khoan", map[string]string{"name": ""}), 422)
	wantStatus(t, other.Get("/tai-khoan"), 200)
	var end string
	for _, f := range testkit.Page(t, page.Body).Forms() {
		if strings.HasPrefix(f.Action, "/tai-khoan/phien/") && strings.HasSuffix(f.Action, "/ket-thuc") {
			end = f.Action
		}
	}
	wantStatus(t, testkit.NewClient(t, base).Post(end, nil), 401)
	wantRedirect(t, c.Post(end, nil), "/tai-khoan")
	wantStatus(t, other.Get("/tai-khoan"), 401)
	wantStatus(t, c.Post(end, nil), 404)
	_, again := k.SignedIn(account)
	other.SignInAs(again)
	wantRedirect(t, c.Post("/tai-khoan/phien/ket-thuc-khac", nil), "/tai-khoan")
	wantStatus(t, other.Get("/tai-khoan"), 401)
	wantRedirect(t, c.Post("/tai-khoan/mat-khau", url.Values{"old": {testkit.Password}, "password": {goodPassword}}), "/tai-khoan")
}

// The language of an account changes by a switch on our own pages, not by a link
// made elsewhere.
func TestLanguageIsKeptWithTheAccount(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	account := k.Account("Triệu Văn Sáng")
	_, token := k.SignedIn(account)
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	lang := func() (l string) {
		k.Read(func(tx *store.Tx) error {
			a, err := tx.Account(t.Context(), account.ID)
			l = a.Lang
			return err
		})
		return l
	}
	c.Crossing = "cross-site"
	c.Get("/ngon-ngu/en")
	if lang() != "vi" {
		t.Error("a link from elsewhere changed the account")
	}
	c.Crossing = ""
	c.Get("/ngon-ngu/en?next=/tai-khoan")
	if lang() != "en" {
		t.Error("the switch is not kept")
	}
	fresh := testkit.NewClient(t, c.Base)
	fresh.Post("/dang-nhap", url.Values{"login": {account.Phone}, "password": {testkit.Password}})
	testkit.Page(t, fresh.Get("/tai-khoan").Body).In("h1").HasText("My account")
}
