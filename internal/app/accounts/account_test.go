package accounts_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/booths"
	"hoicho/internal/i18n"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

const goodPassword = "nắng giỏ cam đò"

func signUp(login string) accounts.SignUp {
	return accounts.SignUp{Name: "Nông Thị Hoà", Login: login, Password: goodPassword, Consent: true, Lang: "vi", Client: accounts.Client{Net: "203.0.113.0/24"}}
}

// accountOf reads an account by what it signs in with.
func accountOf(t *testing.T, k *testkit.Kit, login string) (a registry.Account) {
	t.Helper()
	k.Read(func(tx *store.Tx) (err error) {
		a, err = tx.AccountByLogin(t.Context(), login)
		return err
	})
	return a
}

// mails takes the waiting notices out of the outbox, oldest first.
func mails(t *testing.T, k *testkit.Kit) (list []registry.Message) {
	t.Helper()
	k.Write(func(tx *store.Tx) (err error) {
		list, err = tx.LeaseMessages(t.Context(), 100, 24*time.Hour)
		return err
	})
	return list
}

func TestSignUpTakesPhoneOrMail(t *testing.T) {
	k := testkit.NewApp(t)
	for typed, stored := range map[string]string{
		"+84 912 345 678":  "0912345678",
		"0209.3870.123":    "02093870123",
		"Hoa@HTX-BaBe.vn":  "hoa@htx-babe.vn",
		"ten+cho@vi-du.vn": "ten+cho@vi-du.vn",
	} {
		testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp(typed)))
		a := accountOf(t, k, stored)
		if a.Name != "Nông Thị Hoà" || a.Consent.Version != k.App.Accounts.Consent().Version || a.Consent.At != k.App.NowMS() || a.EnteredAt != 0 {
			t.Errorf("%s gave %+v", typed, a)
		}
		if actor := k.ActorOf(a.ID); actor.Office() || len(actor.Members) > 0 {
			t.Errorf("%s holds %+v", typed, actor)
		}
	}
}

func TestSignUpFaults(t *testing.T) {
	k := testkit.NewApp(t)
	for field, change := range map[string][]func(*accounts.SignUp){
		"name": {func(s *accounts.SignUp) { s.Name = strings.Repeat("a", 81) }},
		"login": {func(s *accounts.SignUp) { s.Login = "" }, func(s *accounts.SignUp) { s.Login = "091234567" }, func(s *accounts.SignUp) { s.Login = "a@b" },
			func(s *accounts.SignUp) { s.Login = "Hoa <hoa@vi-du.vn>" }, func(s *accounts.SignUp) { s.Login = "a@b.vn,c@d.vn" },
			func(s *accounts.SignUp) { s.Login = strings.Repeat("a", 250) + "@vi-du.vn" }, func(s *accounts.SignUp) { s.Login = "hoa" }},
		"password": {func(s *accounts.SignUp) { s.Password = "" }, func(s *accounts.SignUp) { s.Password = "ngắn 7c" },
			func(s *accounts.SignUp) { s.Password = "matkhau123" }, func(s *accounts.SignUp) { s.Password = strings.Repeat("dài", 100) },
			func(s *accounts.SignUp) { s.Password = "0912345678" }, func(s *accounts.SignUp) { s.Password = "nongthihoa" }},
		"consent": {func(s *accounts.SignUp) { s.Consent = false }},
	} {
		for i, do := range change {
			in := signUp("0912345678")
			do(&in)
			if got := testkit.FieldsOf(k.App.Accounts.SignUp(t.Context(), in)); !slices.Equal(got, []string{field}) {
				t.Errorf("%s %d: faults at %q", field, i, got)
			}
		}
	}
	k.Read(func(tx *store.Tx) error {
		if _, err := tx.AccountByLogin(t.Context(), "0912345678"); registry.KindOf(err) != registry.NotFound {
			t.Errorf("a refused sign-up left an account: %v", err)
		}
		return nil
	})
}

// Whoever agreed did so to this text: a new text needs a new version.
func TestConsentVersionGoesWithItsText(t *testing.T) {
	sums := map[string]string{"sign_up 2026-11": "aea913fcbd0c", "pledge v1": "ed27ce61856c"}
	for _, v := range personal.TextVersions {
		name := string(v.Text) + " " + v.Version
		sum := sha256.Sum256([]byte(i18n.T("vi", v.Key)))
		if got := hex.EncodeToString(sum[:6]); got != sums[name] {
			t.Errorf("the text %s changed to %s: give it a new version and note it here", name, got)
		}
	}
	if now := personal.TextOn(personal.TextVersions, personal.Pledge, "2099-01-01").Version; now != booths.PledgeVersion {
		t.Errorf("applications pledge %s, %s holds", booths.PledgeVersion, now)
	}
}

func TestSecondSignUpChangesNothingAndTellsTheOwner(t *testing.T) {
	k := testkit.NewApp(t)
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("hoa@vi-du.vn")))
	entered, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "hoa@vi-du.vn", Password: goodPassword})
	testkit.Works(t, err)
	before := accountOf(t, k, "hoa@vi-du.vn")
	other := signUp("HOA@vi-du.vn")
	other.Name, other.Password = "Kẻ Khác", "một mật khẩu khác hẳn"
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), other))
	if after := accountOf(t, k, "hoa@vi-du.vn"); after != before {
		t.Errorf("the account changed from %+v to %+v", before, after)
	}
	if _, err := k.App.Accounts.Authenticate(t.Context(), entered.Token); err != nil {
		t.Errorf("the session ended: %v", err)
	}
	var keys []string
	for _, m := range mails(t, k) {
		keys = append(keys, m.Key)
		if m.To != "hoa@vi-du.vn" || m.Args[0] != before.Name {
			t.Errorf("mail to %s for %q", m.To, m.Args)
		}
	}
	if !slices.Equal(keys, []string{"account.mail.signed_up", "account.mail.sign_up_again"}) {
		t.Errorf("mails %q", keys)
	}
}

// A slip in the password is mended by signing up again, until somebody has been
// let in or an officer has built on the account.
func TestSignUpAgainMendsASlip(t *testing.T) {
	k := testkit.NewApp(t)
	slip := signUp("0912345678")
	slip.Password = "nắng giỏ cam đòo"
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), slip))
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("0912345678")))
	if _, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "0912345678", Password: goodPassword}); err != nil {
		t.Fatalf("the second password: %v", err)
	}
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), slip))
	_, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "0912345678", Password: slip.Password})
	testkit.Refused(t, "the third password", err, registry.Invalid, "error.account.sign_in")

	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("0912345679")))
	member := accountOf(t, k, "0912345679")
	k.Vendor(testkit.OwnedBy(registry.Actor{Account: member.ID}))
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), slipFor(slip, "0912345679")))
	if accountOf(t, k, "0912345679") != member {
		t.Error("a stranger took over an account that owns a vendor")
	}
}

func slipFor(s accounts.SignUp, login string) accounts.SignUp { s.Login = login; return s }

func TestSignUpsFromOneNetworkAreBounded(t *testing.T) {
	k := testkit.NewApp(t)
	var err error
	n := 0
	for ; err == nil && n < 100; n++ {
		err = k.App.Accounts.SignUp(t.Context(), signUp("09"+strings.Repeat("0", 5)+string(rune('0'+n/100))+string(rune('0'+n/10%10))+string(rune('0'+n%10))))
	}
	if registry.KindOf(err) != registry.Limited || n < 40 {
		t.Fatalf("after %d sign-ups: %v; a class of vendors must fit, a flood must not", n, err)
	}
	far := signUp("0911111111")
	far.Client.Net = "198.51.100.0/24"
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), far))
	k.Clock.Add(time.Hour)
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("0922222222")))
}

func TestCommonPasswords(t *testing.T) {
	k := testkit.NewApp(t)
	for _, p := range []string{
		"matkhau123", "MatKhau@123", "MậtKhẩu123!", "12345678", "123456789", "0912345678", "11111111", "aaaaaaaa", "abcabcab", "qwertyuiop",
		"qwerty123", "1q2w3e4r", "1qaz2wsx", "zaq12wsx", "asdfghjkl", "password", "P@ssw0rd", "passw0rd123", "iloveyou", "anhyeuem", "anhyeuem123",
		"emyeuanh1990", "vietnam2026", "hanoi12345", "thainguyen", "backan2026", "babe2026", "nguyenlan1990", "admin123", "administrator",
		"trustno1", "football1", "baseball", "superman1", "starwars", "princess1", "michael1", "letmein1", "welcome1", "changeme", "sunshine",
		"abcd1234", "12341234", "87654321", "22112026", "22-11-2026", "hochiminh1890", "tuananh99", "khongbiet", "giadinh2020",
	} {
		in := signUp("0388888888")
		in.Password = p
		if err := k.App.Accounts.SignUp(t.Context(), in); !testkit.HasKey(err, "error.account.password_common") {
			t.Errorf("%q: %v", p, err)
		}
	}
	for i, p := range []string{goodPassword, "correct horse battery", "ba con trâu lội sông", "x9#kQ2!vLm", "Miến dong Na Rì ngon", "tr0uble&mango-Bus"} {
		in := signUp("038888888" + string(rune('0'+i)))
		in.Password = p
		if err := k.App.Accounts.SignUp(t.Context(), in); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestChangePasswordEndsOtherSessions(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	here, there := testkit.OwnSession(t, k, a), testkit.OwnSession(t, k, a)
	_, err := k.App.Accounts.ChangePassword(t.Context(), here, accounts.PasswordChange{Old: "không phải", New: goodPassword})
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"old"}) {
		t.Errorf("wrong old password: %v", err)
	}
	_, err = k.App.Accounts.ChangePassword(t.Context(), here, accounts.PasswordChange{Old: testkit.Password, New: "12345678"})
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"password"}) {
		t.Errorf("common new password: %v", err)
	}
	testkit.Works(t, testkit.Second(k.App.Accounts.ChangePassword(t.Context(), here, accounts.PasswordChange{Old: testkit.Password, New: goodPassword})))
	sessions, err := k.App.Accounts.Sessions(t.Context(), here)
	if err != nil || len(sessions) != 1 || sessions[0].ID != here.Session.ID {
		t.Errorf("sessions %+v, %v; want this one (not %s)", sessions, err, there.Session.ID)
	}
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	testkit.Refused(t, "the old password", err, registry.Invalid, "error.account.sign_in")
}

func TestProfile(t *testing.T) {
	k := testkit.NewApp(t)
	in := testkit.OwnSession(t, k, k.Account("Triệu Văn Sáng"))
	for _, p := range []accounts.Profile{{Lang: "vi"}, {Name: "A", Lang: "fr"}, {Name: strings.Repeat("â", 81), Lang: "vi"}} {
		if err := k.App.Accounts.SaveProfile(t.Context(), in, p); registry.KindOf(err) != registry.Invalid {
			t.Errorf("%+v: %v", p, err)
		}
	}
	testkit.Works(t, k.App.Accounts.SaveProfile(t.Context(), in, accounts.Profile{Name: "Đặng Thị Ế", Lang: "en"}))
	err := k.App.Accounts.SaveProfile(t.Context(), in, accounts.Profile{Name: "Cũ", Lang: "vi"})
	testkit.Refused(t, "an old page", err, registry.Conflict, "error.stale")
	if a := accountOf(t, k, in.Account.Phone); a.Name != "Đặng Thị Ế" || a.Lang != "en" {
		t.Errorf("saved %+v", a)
	}
	testkit.Works(t, k.App.Accounts.SaveLang(t.Context(), in, "en"))
}
