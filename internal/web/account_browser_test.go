package web_test

import (
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// walk is a reader in a real browser who looks at each page in both sizes.
type walk struct {
	*testkit.Browser
	t    *testing.T
	lang string
	base string
}

// look checks the page as it is now for whoever cannot see or use a mouse, and
// takes its picture.
func (w walk) look(name string) {
	w.t.Helper()
	w.Phone()
	w.Accessible()
	w.FitsWidth()
	w.Screenshot("account/" + name + "-" + w.lang + "-360")
	w.Desktop()
	w.Accessible()
	w.Screenshot("account/" + name + "-" + w.lang + "-1280")
	w.Phone()
}

func (w walk) open(path string) { w.t.Helper(); w.Open(w.base + path) }

func TestBrowserAccounts(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	base := k.Serve()
	k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Reviewer, Area: "01906"}, registry.Grant{Role: registry.GateChief, Area: "19"})
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			w := walk{testkit.NewBrowser(t, testkit.BrowserOptions{}), t, lang, base}
			w.Allow("401", "422", "404")
			w.open("/ngon-ngu/" + lang + "?next=/dang-ky")
			w.vendor(k)
			w.officer(k)
		})
	}
}

// vendor signs up, signs in and looks at the account.
func (w walk) vendor(k *testkit.Kit) {
	w.t.Helper()
	w.look("sign-up")
	w.Follow("main form button.btn")
	w.look("sign-up-faults")
	phone := "0977000001"
	if w.lang == "en" {
		phone = "0977000002"
	}
	w.Type("#f-login", phone)
	w.Type("#f-password", goodPassword)
	w.Click(".reveal")
	if got := w.Page().In("#f-password").Attr("type"); got != "text" {
		w.t.Errorf("the password is a field of type %q when it is shown", got)
	}
	w.Click("label[for=f-consent]")
	w.Follow("main form button.btn")
	w.open("/tai-khoan")
	w.look("account")
	w.open("/quen-mat-khau")
	w.look("forgot")
	w.Type("#f-login", phone)
	w.Follow("main form button.btn")
	w.look("forgot-sent")
	w.open("/dat-lai-mat-khau")
	w.look("reset-paper")
	w.Click("details.menu summary")
	w.Follow("details.menu form button")
	w.open("/tai-khoan?x=1")
	w.look("asked-to-sign-in")
}

// officer sets up the second step and looks after users.
func (w walk) officer(k *testkit.Kit) {
	w.t.Helper()
	admin := k.Account("Đặng Văn Quản Trị", registry.Grant{Role: registry.Admin})
	w.open("/dang-nhap?next=/quan-ly/nguoi-dung")
	w.look("sign-in")
	w.Type("#f-login", admin.Phone)
	w.Type("#f-password", testkit.Password)
	w.Follow("main form button.btn")
	w.look("totp")
	secret := strings.ReplaceAll(w.Page().In("code").Text(), " ", "")
	w.Type("#f-code", codeAt(w.t, secret, k.Clock.Now()))
	w.Follow("main form button.btn")
	w.look("recovery")
	w.Follow("main .actions a.btn")
	w.look("users")
	w.open("/quan-ly/nguoi-dung/moi")
	w.look("officer")
	w.Type("#f-name", "Lý Thị Mới")
	w.Type("#f-login", "moi."+w.lang+"@vi-du.vn")
	w.Click("label[for=f-role-1]")
	w.Type("#f-area", "ba be")
	w.Wait(".combo li")
	w.look("officer-area")
	w.Click(".combo li")
	w.Follow("main form button.btn")
	w.look("paper-code")
	w.Follow("main .actions a.btn")
	w.Click("main details summary")
	w.look("user")
	w.open("/tai-khoan")
	w.look("account-officer")
}
