package accounts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestWhatOpensAnAccountIsLogged walks what people do with their accounts: each is a
// line of the log, about that account.
func TestWhatOpensAnAccountIsLogged(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	a := k.Account("Triệu Văn Sáng")
	own := func() accounts.SignedIn { t.Helper(); return testkit.OwnSession(t, k, accountOf(t, k, a.Phone)) }
	sign := accounts.SignIn{Login: a.Phone, Password: testkit.Password}
	for _, c := range []struct {
		action string
		do     func() error
	}{
		{"account.sign_in", func() error { return testkit.Second(k.App.Accounts.SignIn(t.Context(), sign)) }},
		{"account.sign_out", func() error { return k.App.Accounts.SignOut(t.Context(), own()) }},
		{"account.sign_out_elsewhere", func() error { return testkit.Second(k.App.Accounts.SignOutElsewhere(t.Context(), own())) }},
		{"account.ask_reset", func() error { return k.App.Accounts.AskReset(t.Context(), a.Email, accounts.Client{}) }},
		{"account.password", func() error {
			return testkit.Second(k.App.Accounts.ChangePassword(t.Context(), own(), accounts.PasswordChange{Old: testkit.Password, New: goodPassword}))
		}},
		{"account.paper_code", func() error { return testkit.Second(k.App.Accounts.PaperCode(t.Context(), admin, a.ID)) }},
		{"account.reset", func() error {
			code, err := k.App.Accounts.PaperCode(t.Context(), admin, a.ID)
			testkit.Works(t, err)
			return k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: a.Phone, Code: code, Password: goodPassword})
		}},
	} {
		t.Run(c.action, func(t *testing.T) {
			before := len(k.Audited(c.action))
			testkit.Works(t, c.do())
			lines := k.Audited(c.action)
			if len(lines) == before || lines[0].Action != c.action && lines[len(lines)-1].Action != c.action || lines[0].ID != string(a.ID) {
				t.Errorf("%d lines became %d: %+v", before, len(lines), lines)
			}
		})
	}
}

func TestSecondStepIsLogged(t *testing.T) {
	k := testkit.NewApp(t)
	a, secret, _ := withTOTP(t, k)
	k.Clock.Add(time.Minute)
	out, err := k.App.Accounts.PassSecondStep(t.Context(), newcomer(t, k, a), codeOf(t, secret, k.Clock.Now()))
	if err != nil || out.Left != -1 {
		t.Errorf("a code of the app leaves %d recovery codes (%v), want them unspoken of", out.Left, err)
	}
	in, err := k.App.Accounts.Authenticate(t.Context(), out.Token)
	testkit.Works(t, err)
	testkit.Works(t, testkit.Second(k.App.Accounts.RenewRecoveryCodes(t.Context(), in)))
	var actions []string
	for _, line := range k.Audited("account.") {
		actions = append(actions, line.Action)
	}
	for _, want := range []string{"account.second_step_set", "account.second_step", "account.recovery_codes"} {
		if !slices.Contains(actions, want) {
			t.Errorf("the log has no %s: %q", want, actions)
		}
	}
}

func TestPaperResetLetsThePersonInAtOnce(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	a := k.Account("Triệu Văn Sáng")
	wrong := accounts.SignIn{Login: a.Phone, Password: "không phải mật khẩu"}
	for range 8 {
		if _, err := k.App.Accounts.SignIn(t.Context(), wrong); err == nil {
			t.Fatal("a wrong password opens")
		}
	}
	code, err := k.App.Accounts.PaperCode(t.Context(), admin, a.ID)
	testkit.Works(t, err)
	testkit.Works(t, k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: a.Phone, Code: code, Password: goodPassword}))
	testkit.Works(t, testkit.Second(k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: goodPassword})))
}

func TestAPITokenTakesWhatItMay(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	actor := k.ActorOf(a.ID)
	for name, c := range map[string]struct {
		in    accounts.NewAPIToken
		field string
	}{
		"the longest name": {accounts.NewAPIToken{Name: strings.Repeat("ạ", 80), Days: 1, Scopes: registry.APIScopes}, ""},
		"a letter more":    {accounts.NewAPIToken{Name: strings.Repeat("ạ", 81), Days: 1, Scopes: registry.APIScopes}, "name"},
		"no day":           {accounts.NewAPIToken{Name: "x", Days: 0, Scopes: registry.APIScopes}, "days"},
		"no scope":         {accounts.NewAPIToken{Name: "x", Days: 1}, "scopes"},
	} {
		_, err := k.App.Accounts.CreateAPIToken(t.Context(), actor, c.in)
		if got := strings.Join(testkit.FieldsOf(err), " "); got != c.field {
			t.Errorf("%s: refused at %q, want %q", name, got, c.field)
		}
	}
}

func TestAPITokenLivesItsDaysAndNotesItsUse(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	actor := k.ActorOf(a.ID)
	token, err := k.App.Accounts.CreateAPIToken(t.Context(), actor, accounts.NewAPIToken{Name: "lịch", Days: 2, Scopes: []registry.APIScope{registry.ScopeRead}})
	testkit.Works(t, err)
	used := func() int64 {
		t.Helper()
		list, err := k.App.Accounts.APITokens(t.Context(), actor)
		testkit.Works(t, err)
		return list[0].UsedAt
	}
	open := func(scope registry.APIScope) (registry.Actor, error) {
		return k.App.Accounts.AuthenticateAPI(t.Context(), token, scope)
	}
	if got, err := open(registry.ScopeRead); err != nil || got.Account != a.ID || used() != k.App.NowMS() {
		t.Errorf("opens for %q (%v), used at %d", got.Account, err, used())
	}
	first := used()
	k.Clock.Add(time.Minute)
	if _, err := open(registry.ScopeRead); err != nil || used() != first {
		t.Errorf("a minute later the use is noted again (%v)", err)
	}
	k.Clock.Add(time.Second)
	if _, err := open(registry.ScopeRead); err != nil || used() == first {
		t.Errorf("more than a minute later it is not noted (%v)", err)
	}
	for _, scope := range registry.APIScopes {
		if scope == registry.ScopeRead {
			continue
		}
		if got, err := open(scope); registry.KindOf(err) != registry.Forbidden || got.Account != "" {
			t.Errorf("%s opens for %q: %v", scope, got.Account, err)
		}
	}
	k.Clock.Add(47 * time.Hour)
	testkit.Works(t, testkit.Second(open(registry.ScopeRead)))
	k.Clock.Add(time.Hour)
	tokenEnded(t, k, "two days", token)
	if err := k.App.Accounts.RevokeAPIToken(t.Context(), actor, "another"); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a token that is none: %v", err)
	}
}

func TestSessionEndsAtItsMinute(t *testing.T) {
	for name, c := range map[string]struct {
		idle time.Duration
		want bool
	}{"a moment before half an hour": {30*time.Minute - time.Millisecond, true}, "after half an hour": {30 * time.Minute, false}} {
		t.Run(name, func(t *testing.T) {
			k := testkit.NewApp(t)
			_, token := k.Officer(registry.Viewer, "19")
			k.Clock.Add(c.idle)
			if _, err := k.App.Accounts.Authenticate(t.Context(), token); (err == nil) != c.want {
				t.Errorf("open: %v, want %v", err, c.want)
			}
		})
	}
	t.Run("each use moves it on", func(t *testing.T) {
		k := testkit.NewApp(t)
		_, token := k.Officer(registry.Viewer, "19")
		for range 5 {
			k.Clock.Add(20 * time.Minute)
			testkit.Works(t, testkit.Second(k.App.Accounts.Authenticate(t.Context(), token)))
		}
	})
	t.Run("one of the future counts within the slack", func(t *testing.T) {
		k := testkit.NewApp(t)
		_, token := k.Officer(registry.Viewer, "19")
		k.Clock.Add(-registry.ClockSlack)
		testkit.Works(t, testkit.Second(k.App.Accounts.Authenticate(t.Context(), token)))
		k.Clock.Add(-time.Millisecond)
		if _, err := k.App.Accounts.Authenticate(t.Context(), token); err == nil {
			t.Error("a session of the future opens")
		}
	})
}

func TestUsersComeInPages(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	for i := range 4 {
		k.Account(fmt.Sprintf("Người %d", i), grantOf(registry.Viewer, baBe))
	}
	var sizes []int
	seen := map[registry.AccountID]bool{}
	after := ""
	for range 5 {
		lines, next, err := k.App.Accounts.Users(t.Context(), admin, accounts.UserFilter{Limit: 2, After: after})
		testkit.Works(t, err)
		sizes = append(sizes, len(lines))
		for _, l := range lines {
			seen[l.ID] = true
		}
		if after = next; next == "" {
			break
		}
	}
	if !slices.Equal(sizes, []int{2, 2, 1}) || len(seen) != 5 {
		t.Errorf("pages of %v, %d accounts, want 2, 2 and 1", sizes, len(seen))
	}
	if lines, next, err := k.App.Accounts.Users(t.Context(), admin, accounts.UserFilter{Limit: 5}); err != nil || len(lines) != 5 || next != "" {
		t.Errorf("a page that holds all: %d, next %q (%v)", len(lines), next, err)
	}
}

func TestAddedOfficerComesInByTheCode(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	in := accounts.NewOfficer{Name: "Nông Thị Lan", Login: "0987654321", Role: registry.Viewer, Area: thaiNguyen, Lang: "vi"}
	id, code, err := k.App.Accounts.AddOfficer(t.Context(), admin, in)
	testkit.Works(t, err)
	if actor := k.ActorOf(id); len(actor.Grants)+len(actor.Waiting) != 1 || len(k.Audited("account.add")) != 1 {
		t.Errorf("actor %+v", actor)
	}
	testkit.Works(t, k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: in.Login, Code: code, Password: goodPassword}))
	_, _, err = k.App.Accounts.AddOfficer(t.Context(), admin, in)
	if got := testkit.FaultsAt(err)["login"]; got == "" || registry.KindOf(err) != registry.Conflict {
		t.Errorf("a login that is there: %v", err)
	}
}

func TestNameAndPasswordOfTheGreatestLength(t *testing.T) {
	k := testkit.NewApp(t)
	for n, field := range map[int]string{80: "", 81: "name"} {
		in := signUp(fmt.Sprintf("09123456%d", n))
		in.Name = strings.Repeat("ạ", n)
		if got := strings.Join(testkit.FieldsOf(k.App.Accounts.SignUp(t.Context(), in)), " "); got != field {
			t.Errorf("a name of %d letters is refused at %q", n, got)
		}
	}
	for n, field := range map[int]string{200: "", 201: "password"} {
		in := signUp(fmt.Sprintf("0912345%d", n))
		in.Password = (strings.Repeat("hoa ban trang ", 20))[:n]
		if got := strings.Join(testkit.FieldsOf(k.App.Accounts.SignUp(t.Context(), in)), " "); got != field {
			t.Errorf("a password of %d letters is refused at %q", n, got)
		}
	}
}

func TestSecretIsShownInGroups(t *testing.T) {
	k := testkit.NewApp(t)
	setup, err := k.App.Accounts.NewTOTP(newcomer(t, k, k.Account("Hoàng Thị Cán", grantOf(registry.Admin, thaiNguyen))))
	if groups := strings.Split(setup.Secret, " "); err != nil || len(groups) < 4 || len(groups[0]) != 4 {
		t.Errorf("secret %q (%v)", setup.Secret, err)
	}
}
