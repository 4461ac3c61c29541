package accounts_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func TestPasswordsFromBothSidesOfTheRule(t *testing.T) {
	k := testkit.NewApp(t)
	for i, c := range []struct {
		name, password string
		key            string
	}{
		{"a word and six digits", "vietnam223456", "error.account.password_common"},
		{"a word and seven", "vietnam2232456", ""},
		{"eleven digits", "02847195360", "error.account.password_common"},
		{"twelve digits", "028471953604", ""},
		{"two runs of four", "1234qwer", "error.account.password_common"},
		{"the own name and seven letters", "nongthihoaxkrtbmz", "error.account.password_own"},
		{"the own name and eight", "nongthihoaxkrtbmzq", ""},
		{"a run and four others", "asdfghjx9k2", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := signUp(fmt.Sprint("038888887", i))
			in.Password = c.password
			if err := k.App.Accounts.SignUp(t.Context(), in); c.key == "" && err != nil || c.key != "" && !testkit.HasKey(err, c.key) {
				t.Errorf("%q: %v", c.password, err)
			}
		})
	}
}

func TestTheFifthFailureMakesTheNextWait(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	guess := accounts.SignIn{Login: a.Phone, Password: "đoán mò", Client: accounts.Client{Net: "203.0.113.0/24"}}
	for range 5 {
		_, err := k.App.Accounts.SignIn(t.Context(), guess)
		testkit.Refused(t, "a guess", err, registry.Invalid, "error.account.sign_in")
	}
	if _, err := k.App.Accounts.SignIn(t.Context(), guess); registry.KindOf(err) != registry.Limited {
		t.Errorf("the sixth at once: %v", err)
	}
	k.Clock.Add(5 * time.Second)
	_, err := k.App.Accounts.SignIn(t.Context(), guess)
	testkit.Refused(t, "the sixth after five seconds", err, registry.Invalid, "error.account.sign_in")
}

func TestAHashOfOtherStrengthIsMadeAnew(t *testing.T) {
	k := testkit.NewApp(t)
	for name, c := range map[string]struct{ passes, memory uint32 }{"of more passes": {2, 64}, "of more memory": {1, 128}} {
		t.Run(name, func(t *testing.T) {
			a := k.Account("Triệu Văn Sáng")
			salt, b64 := []byte("0123456789abcdef"), base64.RawStdEncoding
			old := fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, c.memory, c.passes, b64.EncodeToString(salt),
				b64.EncodeToString(argon2.IDKey([]byte(testkit.Password), salt, c.passes, c.memory, 1, 32)))
			k.Write(func(tx *store.Tx) error { return tx.SavePassword(t.Context(), a.ID, a.PasswordHash, old) })
			for range 2 {
				testkit.Works(t, testkit.Second(k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})))
			}
			if got := accountOf(t, k, a.Phone).PasswordHash; !strings.Contains(got, "m=64,t=1,") {
				t.Errorf("the hash is %s", got)
			}
		})
	}
	t.Run("one of the same strength stays", func(t *testing.T) {
		a := k.Account("Triệu Văn Sáng")
		testkit.Works(t, testkit.Second(k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})))
		if got := accountOf(t, k, a.Phone).PasswordHash; got != a.PasswordHash {
			t.Errorf("the hash became %s", got)
		}
	})
}

func TestTheLanguageThatIsSwitchedToIsKept(t *testing.T) {
	k := testkit.NewApp(t)
	in := testkit.OwnSession(t, k, k.Account("Triệu Văn Sáng"))
	testkit.Works(t, k.App.Accounts.SaveLang(t.Context(), in, "en"))
	if a := accountOf(t, k, in.Account.Phone); a.Lang != "en" {
		t.Errorf("notices come in %s", a.Lang)
	}
}

func TestWhatChangesAnAccountIsALineOfTheLog(t *testing.T) {
	k := testkit.NewApp(t)
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("hoa@vi-du.vn")))
	admin, _ := k.Officer(registry.Admin, "")
	a := k.Account("Triệu Văn Sáng")
	in := testkit.OwnSession(t, k, a)
	testkit.Works(t, k.App.Accounts.AskEmail(t.Context(), in, accounts.NewEmail{Email: "moi@vi-du.vn", Password: testkit.Password}))
	link := ""
	for _, m := range sent(t, k) {
		if m.To == "moi@vi-du.vn" {
			link = m.Args[1][strings.LastIndex(m.Args[1], "/")+1:]
		}
	}
	testkit.Works(t, testkit.Second(k.App.Accounts.ConfirmEmail(t.Context(), in, link)))
	for _, g := range []registry.Grant{{Role: registry.Viewer, Area: testkit.BaBe.Code}, {Role: registry.Viewer}} {
		testkit.Works(t, testkit.Second(k.App.Accounts.GrantRole(t.Context(), admin, a.ID, g)))
	}
	for action, want := range map[string][]string{"account.sign_up": {""}, "account.email": {""}, "account.grant": {"whole_country", testkit.BaBe.Code}} {
		t.Run(action, func(t *testing.T) {
			lines := k.Audited(action)
			if len(lines) != len(want) {
				t.Fatalf("%d lines, want %d", len(lines), len(want))
			}
			for i, said := range want {
				if !strings.Contains(lines[i].Detail, said) {
					t.Errorf("it says %s, want %s", lines[i].Detail, said)
				}
			}
		})
	}
}

func TestAsManyRolesAsVendorsElsewhereAreNotSeen(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, thaiNguyen)
	far := k.Account("Nơi Khác", grantOf(registry.Viewer, "01"))
	k.Vendor(testkit.OwnedBy(registry.Actor{Account: far.ID}), testkit.WithVendor(func(v *registry.Vendor) {
		v.Area = registry.AreaRef{Edition: registry.Edition2025, Code: "00004"}
	}))
	testkit.Refused(t, "seeing", testkit.Second(k.App.Accounts.User(t.Context(), admin, far.ID)), registry.NotFound, "error.not_found")
}

func TestASessionIsNotedOnceAMinute(t *testing.T) {
	k := testkit.NewApp(t)
	_, token := k.SignedIn(k.Account("Triệu Văn Sáng"))
	in, err := k.App.Accounts.Authenticate(t.Context(), token)
	testkit.Works(t, err)
	seen := func() int64 {
		list, err := k.App.Accounts.Sessions(t.Context(), in)
		testkit.Works(t, err)
		return list[0].SeenAt
	}
	at := seen()
	for _, c := range []struct {
		name  string
		after time.Duration
		moved bool
	}{{"within a minute", 59 * time.Second, false}, {"after one", time.Second, true}} {
		t.Run(c.name, func(t *testing.T) {
			k.Clock.Add(c.after)
			testkit.Works(t, testkit.Second(k.App.Accounts.Authenticate(t.Context(), token)))
			if got := seen(); (got != at) != c.moved {
				t.Errorf("it is seen at %d, was %d", got, at)
			}
		})
	}
}
