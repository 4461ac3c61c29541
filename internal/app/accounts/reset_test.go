package accounts_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// postbox keeps the notices that are sent.
type postbox []registry.Message

func (p *postbox) Send(_ context.Context, m registry.Message) error { *p = append(*p, m); return nil }

// mailedToken asks for a mail and returns the token of its link.
func mailedToken(t *testing.T, k *testkit.Kit, email string) string {
	t.Helper()
	testkit.Works(t, k.App.Accounts.AskReset(t.Context(), email, accounts.Client{Net: email}))
	var box postbox
	_, err := k.App.SendOutbox(t.Context(), &box)
	testkit.Works(t, err)
	if len(box) != 1 || box[0].To != email || box[0].Key != "account.mail.reset" {
		t.Fatalf("sent %+v", box)
	}
	link := box[0].Args[1]
	if !strings.HasPrefix(link, k.App.BaseURL+"/dat-lai-mat-khau/") {
		t.Fatalf("link %q", link)
	}
	return link[strings.LastIndex(link, "/")+1:]
}

func TestResetByMail(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	thief := testkit.OwnSession(t, k, a)
	token := mailedToken(t, k, a.Email)
	testkit.Works(t, k.App.Accounts.CheckResetLink(t.Context(), token))
	testkit.Works(t, k.App.Accounts.CheckResetLink(t.Context(), token))
	if err := k.App.Accounts.ResetByLink(t.Context(), token, "12345678"); registry.KindOf(err) != registry.Invalid {
		t.Errorf("a common password: %v", err)
	}
	testkit.Works(t, k.App.Accounts.ResetByLink(t.Context(), token, goodPassword))
	_, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: goodPassword})
	testkit.Works(t, err)
	if list, err := k.App.Accounts.Sessions(t.Context(), thief); err != nil || len(list) != 1 {
		t.Errorf("%d sessions, %v; want only the new one", len(list), err)
	}
	testkit.Refused(t, "the link again", k.App.Accounts.ResetByLink(t.Context(), token, goodPassword+"!"), registry.NotFound, "error.account.link")
	testkit.Refused(t, "looking at it", k.App.Accounts.CheckResetLink(t.Context(), token), registry.NotFound, "error.account.link")
}

func TestResetLinksEnd(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	a := k.Account("Triệu Văn Sáng")
	late := mailedToken(t, k, a.Email)
	k.Clock.Add(time.Hour + time.Second)
	testkit.Refused(t, "after an hour", k.App.Accounts.ResetByLink(t.Context(), late, goodPassword), registry.NotFound, "error.account.link")
	older := mailedToken(t, k, a.Email)
	newer := mailedToken(t, k, a.Email)
	testkit.Refused(t, "the older of two", k.App.Accounts.ResetByLink(t.Context(), older, goodPassword), registry.NotFound, "error.account.link")
	testkit.Works(t, k.App.Accounts.DisableAccount(t.Context(), admin, a.ID))
	testkit.Refused(t, "of a disabled account", k.App.Accounts.ResetByLink(t.Context(), newer, goodPassword), registry.NotFound, "error.account.link")
	for _, token := range []string{"", "x", strings.Repeat("0", 64)} {
		testkit.Refused(t, token, k.App.Accounts.ResetByLink(t.Context(), token, goodPassword), registry.NotFound, "error.account.link")
	}
}

func TestAskResetIsQuiet(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	off := k.Account("Đã Khóa")
	testkit.Works(t, k.App.Accounts.DisableAccount(t.Context(), admin, off.ID))
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("0912345678")))
	for _, login := range []string{"khong.co@vi-du.vn", "0399999999", off.Email, "0912345678"} {
		testkit.Works(t, k.App.Accounts.AskReset(t.Context(), login, accounts.Client{}))
	}
	if list := mails(t, k); len(list) != 0 {
		t.Errorf("mails %+v", list)
	}
	err := k.App.Accounts.AskReset(t.Context(), "không phải", accounts.Client{})
	testkit.Refused(t, "neither phone nor mail", err, registry.Invalid, "error.account.login")
}

func TestResetMailsAreBounded(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	for i := range 10 {
		testkit.Works(t, k.App.Accounts.AskReset(t.Context(), a.Email, accounts.Client{Net: string(rune('A' + i))}))
	}
	if n := len(mails(t, k)); n != 3 {
		t.Errorf("%d mails to one address, want 3", n)
	}
	var err error
	for n := 0; err == nil && n < 100; n++ {
		err = k.App.Accounts.AskReset(t.Context(), "khong.co@vi-du.vn", accounts.Client{Net: "one"})
	}
	if registry.KindOf(err) != registry.Limited {
		t.Errorf("a flood from one network: %v", err)
	}
}

// The link is a secret: the database holds it only sealed.
func TestOutboxHoldsNoToken(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	testkit.Works(t, k.App.Accounts.AskReset(t.Context(), a.Email, accounts.Client{}))
	list := mails(t, k)
	if len(list) != 1 || !strings.HasPrefix(list[0].Args[1], "sealed:") || strings.Contains(list[0].Args[1], "dat-lai") {
		t.Errorf("the outbox holds %+v", list)
	}
}

func TestResetByPaper(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "19")
	a := k.Account("Triệu Văn Sáng")
	k.Vendor(testkit.OwnedBy(registry.Actor{Account: a.ID}))
	session := testkit.OwnSession(t, k, a)
	code, err := k.App.Accounts.PaperCode(t.Context(), admin, a.ID)
	testkit.Works(t, err)
	wrong := func(what string, in accounts.PaperReset) {
		t.Helper()
		testkit.Refused(t, what, k.App.Accounts.ResetByPaper(t.Context(), in), registry.Invalid, "error.account.paper_code")
	}
	wrong("another code", accounts.PaperReset{Login: a.Phone, Code: "0000 0000 0000", Password: goodPassword})
	wrong("another account", accounts.PaperReset{Login: k.Account("Khác").Phone, Code: code, Password: goodPassword})
	wrong("no account", accounts.PaperReset{Login: "0399999999", Code: code, Password: goodPassword})
	typed := strings.ReplaceAll(code, " ", "-")
	testkit.Works(t, k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: a.Email, Code: typed, Password: goodPassword}))
	wrong("the code again", accounts.PaperReset{Login: a.Phone, Code: code, Password: goodPassword})
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: goodPassword})
	testkit.Works(t, err)
	if list, err := k.App.Accounts.Sessions(t.Context(), session); err != nil || len(list) != 1 {
		t.Errorf("%d sessions, %v; want only the new one", len(list), err)
	}
	code, err = k.App.Accounts.PaperCode(t.Context(), admin, a.ID)
	testkit.Works(t, err)
	k.Clock.Add(73 * time.Hour)
	wrong("after three days", accounts.PaperReset{Login: a.Phone, Code: code, Password: goodPassword})
}

func TestPaperCodeCannotBeGuessed(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	tries := 0
	for range 100 {
		err := k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: a.Phone, Code: "1234 5678 9012", Password: goodPassword})
		if registry.KindOf(err) == registry.Invalid {
			tries++
		}
	}
	if tries > 6 {
		t.Errorf("%d codes tried at once", tries)
	}
}

func TestCodesAreSpentOnce(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	a := k.Account("Triệu Văn Sáng")
	token := mailedToken(t, k, a.Email)
	if won := testkit.Race(t, 200, func(int) error { return k.App.Accounts.ResetByLink(t.Context(), token, goodPassword) }, registry.NotFound); won != 1 {
		t.Errorf("a link was spent %d times", won)
	}
	code, err := k.App.Accounts.PaperCode(t.Context(), admin, a.ID)
	testkit.Works(t, err)
	paper := accounts.PaperReset{Login: a.Phone, Code: code, Password: goodPassword}
	if won := testkit.Race(t, 200, func(int) error { return k.App.Accounts.ResetByPaper(t.Context(), paper) }, registry.Invalid, registry.Limited); won != 1 {
		t.Errorf("a code from paper was spent %d times", won)
	}
}

func TestSetUpMakesTheFirstAdminOnce(t *testing.T) {
	k := testkit.NewApp(t)
	old, needed, err := k.App.Accounts.SetupLink(t.Context())
	if err != nil || !needed {
		t.Fatalf("needed %v, %v", needed, err)
	}
	link, _, err := k.App.Accounts.SetupLink(t.Context())
	testkit.Works(t, err)
	token := func(link string) string { return link[strings.LastIndex(link, "/")+1:] }
	in := accounts.SetUp{Name: "Quản Trị", Login: "0912345678", Password: goodPassword, Lang: "vi"}
	testkit.Refused(t, "the link before", k.App.Accounts.SetUp(t.Context(), token(old), in), registry.NotFound, "error.account.link")
	testkit.Works(t, k.App.Accounts.CheckSetupLink(t.Context(), token(link)))
	bad := in
	bad.Login, bad.Password = "x", "matkhau123"
	if got := testkit.FieldsOf(k.App.Accounts.SetUp(t.Context(), token(link), bad)); len(got) != 2 {
		t.Errorf("faults at %q", got)
	}
	won := testkit.Race(t, 200, func(i int) error {
		one := in
		one.Login = "09" + string([]byte{byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)}) + "11111"
		return k.App.Accounts.SetUp(t.Context(), token(link), one)
	}, registry.NotFound)
	if won != 1 {
		t.Errorf("%d administrators were made", won)
	}
	k.Read(func(tx *store.Tx) error {
		n, err := tx.Admins(t.Context())
		if n != 1 {
			t.Errorf("%d administrators", n)
		}
		return err
	})
	if link, needed, err := k.App.Accounts.SetupLink(t.Context()); needed || err != nil {
		t.Errorf("another link %q, %v", link, err)
	}
}

func TestSetUpLinkExpires(t *testing.T) {
	k := testkit.NewApp(t)
	link, _, err := k.App.Accounts.SetupLink(t.Context())
	testkit.Works(t, err)
	token := link[strings.LastIndex(link, "/")+1:]
	k.Clock.Add(24*time.Hour + time.Second)
	in := accounts.SetUp{Name: "Quản Trị", Login: "0912345678", Password: goodPassword, Lang: "vi"}
	testkit.Refused(t, "after a day", k.App.Accounts.SetUp(t.Context(), token, in), registry.NotFound, "error.account.link")
	testkit.Refused(t, "as a link of a mail", k.App.Accounts.ResetByLink(t.Context(), token, goodPassword), registry.NotFound, "error.account.link")
}
