package accounts_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

const (
	thaiNguyen = "19"
	baBe       = "01906"
	ducXuan    = "01840"
)

func grantOf(role registry.Role, area string) registry.Grant {
	return registry.Grant{Role: role, Area: area}
}

// Who may give what where: only admins, only in their own area and below.
func TestWhoMayGiveRoles(t *testing.T) {
	k := testkit.NewApp(t)
	admins := map[string]registry.Actor{}
	for _, area := range []string{"", thaiNguyen, baBe, "01"} {
		admins[area], _ = k.Officer(registry.Admin, area)
	}
	for _, test := range []struct {
		admin, area string
		ok          bool
	}{
		{"", "", true}, {"", thaiNguyen, true}, {"", baBe, true},
		{thaiNguyen, thaiNguyen, true}, {thaiNguyen, baBe, true}, {thaiNguyen, "", false}, {thaiNguyen, "01", false},
		{baBe, baBe, true}, {baBe, thaiNguyen, false}, {baBe, "", false}, {baBe, ducXuan, false}, {"01", baBe, false},
		{"", "99999", false}, {"", "061", false}, {"", "x", false},
	} {
		for _, role := range registry.Roles {
			target := k.Account("Được Giao")
			_, err := k.App.Accounts.GrantRole(t.Context(), admins[test.admin], target.ID, grantOf(role, test.area))
			if got := err == nil; got != test.ok {
				t.Errorf("admin of %q gives %s in %q: %v", test.admin, role, test.area, err)
			}
			if now := k.ActorOf(target.ID); slices.Contains(now.Grants, grantOf(role, test.area)) != test.ok {
				t.Errorf("admin of %q, %s in %q: the account holds %v", test.admin, role, test.area, now.Grants)
			}
		}
	}
	for _, role := range registry.Roles[1:] {
		officer, _ := k.Officer(role, "")
		_, err := k.App.Accounts.GrantRole(t.Context(), officer, k.Account("Được Giao").ID, grantOf(registry.Viewer, baBe))
		if err == nil {
			t.Errorf("a %s gives roles", role)
		}
	}
	_, err := k.App.Accounts.GrantRole(t.Context(), admins[""], k.Account("Được Giao").ID, grantOf("king", baBe))
	if got := testkit.FieldsOf(err); !slices.Equal(got, []string{"role"}) {
		t.Errorf("an unknown role: %v", err)
	}
}

// Whoever typed an officer's phone into sign-up does not become the officer.
func TestFirstRoleEndsWhatWasThere(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, thaiNguyen)
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("0912345678")))
	e, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "0912345678", Password: goodPassword})
	testkit.Works(t, err)
	a := accountOf(t, k, "0912345678")
	program := apiToken(t, k, a)
	testkit.Works(t, k.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveEmail(t.Context(), a.ID, "ke.la@vi-du.vn") }))
	in, err := k.App.Accounts.Authenticate(t.Context(), e.Token)
	testkit.Works(t, err)
	setup, err := k.App.Accounts.NewTOTP(in)
	testkit.Works(t, err)
	step, err := k.App.Accounts.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	testkit.Works(t, err)
	code, err := k.App.Accounts.GrantRole(t.Context(), admin, a.ID, grantOf(registry.Admin, baBe))
	testkit.Works(t, err)
	_, err = k.App.Accounts.Authenticate(t.Context(), step.Token)
	testkit.Refused(t, "the session", err, registry.Unauthenticated, "error.sign_in_first")
	tokenEnded(t, k, "the first role", program)
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "0912345678", Password: goodPassword})
	testkit.Refused(t, "the password", err, registry.Invalid, "error.account.sign_in")
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp("0912345678")))
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "0912345678", Password: goodPassword})
	testkit.Refused(t, "signing up again", err, registry.Invalid, "error.account.sign_in")
	testkit.Works(t, k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: "0912345678", Code: code, Password: "của cán bộ thật"}))
	fresh, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "0912345678", Password: "của cán bộ thật"})
	testkit.Works(t, err)
	in, err = k.App.Accounts.Authenticate(t.Context(), fresh.Token)
	testkit.Works(t, err)
	if left, err := k.App.Accounts.RecoveryCodesLeft(t.Context(), in); in.Account.TOTPSecret != "" || left != 0 || err != nil {
		t.Errorf("a second step of before is there, with %d recovery codes, %v", left, err)
	}
	if in.Account.Email != "" {
		t.Errorf("the e-mail of before, %s, could bring a stranger in", in.Account.Email)
	}
	second, err := k.App.Accounts.GrantRole(t.Context(), admin, a.ID, grantOf(registry.Reviewer, baBe))
	if err != nil || second != "" {
		t.Errorf("the second role: code %q, %v", second, err)
	}
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "0912345678", Password: "của cán bộ thật"})
	testkit.Works(t, err)
}

// An account that holds something elsewhere is not taken over from here.
func TestReachIsNotTakenOver(t *testing.T) {
	k := testkit.NewApp(t)
	commune, _ := k.Officer(registry.Admin, baBe)
	province, _ := k.Officer(registry.Admin, thaiNguyen)
	both := k.Account("Hai Nơi", grantOf(registry.Viewer, baBe), grantOf(registry.Organiser, thaiNguyen))
	far := k.Account("Nơi Khác", grantOf(registry.Viewer, "01"))
	_, err := k.App.Accounts.PaperCode(t.Context(), commune, both.ID)
	testkit.Refused(t, "a code for an officer of the province", err, registry.Forbidden, "error.account.elsewhere")
	testkit.Refused(t, "disabling", k.App.Accounts.DisableAccount(t.Context(), commune, both.ID), registry.Forbidden, "error.account.elsewhere")
	testkit.Refused(t, "second step", k.App.Accounts.RemoveTOTP(t.Context(), commune, both.ID), registry.Forbidden, "error.account.elsewhere")
	testkit.Refused(t, "the role above", k.App.Accounts.RevokeRole(t.Context(), commune, both.ID, grantOf(registry.Organiser, thaiNguyen)), registry.NotFound, "error.not_found")
	for what, err := range map[string]error{
		"seeing": testkit.Second(k.App.Accounts.User(t.Context(), province, far.ID)), "a code": testkit.Second(k.App.Accounts.PaperCode(t.Context(), province, far.ID)),
		"a role": testkit.Second(k.App.Accounts.GrantRole(t.Context(), province, far.ID, grantOf(registry.Viewer, baBe))),
		"enable": k.App.Accounts.EnableAccount(t.Context(), province, far.ID), "nobody": k.App.Accounts.DisableAccount(t.Context(), province, "khong-co"),
	} {
		testkit.Refused(t, what, err, registry.NotFound, "error.not_found")
	}
	testkit.Works(t, testkit.Second(k.App.Accounts.PaperCode(t.Context(), province, both.ID)))
	testkit.Works(t, k.App.Accounts.RevokeRole(t.Context(), commune, both.ID, grantOf(registry.Viewer, baBe)))

	vendor, _, _ := k.OwnVendor()
	owner := k.Account("Chủ")
	k.Vendor(testkit.OwnedBy(registry.Actor{Account: owner.ID}))
	hanoi, _ := k.Officer(registry.Admin, "01")
	_, err = k.App.Accounts.GrantRole(t.Context(), hanoi, owner.ID, grantOf(registry.Viewer, "01"))
	testkit.Refused(t, "a role for the owner of "+string(vendor.ID), err, registry.NotFound, "error.not_found")
	testkit.Works(t, testkit.Second(k.App.Accounts.PaperCode(t.Context(), province, owner.ID)))
}

func TestLastAdminStays(t *testing.T) {
	k := testkit.NewApp(t)
	one, _ := k.Officer(registry.Admin, "")
	k.Officer(registry.Admin, thaiNguyen)
	all := grantOf(registry.Admin, "")
	testkit.Refused(t, "the only one leaving", k.App.Accounts.RevokeRole(t.Context(), one, one.Account, all), registry.Conflict, "error.account.last_admin")
	testkit.Refused(t, "the system disabling", k.App.Accounts.DisableAccount(t.Context(), registry.SystemActor("test"), one.Account), registry.Conflict, "error.account.last_admin")
	testkit.Refused(t, "disabling oneself", k.App.Accounts.DisableAccount(t.Context(), one, one.Account), registry.Conflict, "error.account.oneself")
	for range 5 {
		two, _ := k.Officer(registry.Admin, "")
		pair := []registry.Actor{one, two}
		won := testkit.Race(t, 2, func(i int) error {
			return k.App.Accounts.RevokeRole(t.Context(), pair[i], pair[1-i].Account, all)
		}, registry.NotFound)
		if won != 1 {
			t.Fatalf("two admins removed each other %d times", won)
		}
		if !k.ActorOf(one.Account).Office() {
			one = two
		}
		one = k.ActorOf(one.Account)
	}
}

func TestUsersAreListedByArea(t *testing.T) {
	k := testkit.NewApp(t)
	commune, _ := k.Officer(registry.Admin, baBe)
	province, _ := k.Officer(registry.Admin, thaiNguyen)
	country, _ := k.Officer(registry.Admin, "")
	k.Account("Ở Xã", grantOf(registry.Viewer, baBe))
	k.Account("Ở Tỉnh", grantOf(registry.Viewer, thaiNguyen))
	k.Account("Nơi Khác", grantOf(registry.Viewer, "01"))
	owner := k.Account("Chủ Cơ Sở")
	k.Vendor(testkit.OwnedBy(registry.Actor{Account: owner.ID}))
	fresh := k.Account("Vừa Đăng Ký")
	for _, test := range []struct {
		who    registry.Actor
		filter accounts.UserFilter
		want   string
	}{
		{commune, accounts.UserFilter{}, "Cán bộ|Ở Xã"},
		{province, accounts.UserFilter{Text: "o ti"}, "Ở Tỉnh"},
		{province, accounts.UserFilter{Text: "noi khac"}, ""},
		{country, accounts.UserFilter{Text: "NƠI khác"}, "Nơi Khác"},
		{commune, accounts.UserFilter{Text: "chu co so"}, ""},
		{commune, accounts.UserFilter{Text: "chu co so", All: true}, "Chủ Cơ Sở"},
		{commune, accounts.UserFilter{Text: "vua dang ky", All: true}, ""},
		{commune, accounts.UserFilter{Text: fresh.Phone}, "Vừa Đăng Ký"},
		{commune, accounts.UserFilter{Text: strings.ToUpper(fresh.Email)}, "Vừa Đăng Ký"},
		{country, accounts.UserFilter{Text: "o%xa"}, "Ở Xã"},
		{country, accounts.UserFilter{Text: "xa%o"}, ""},
		{country, accounts.UserFilter{State: registry.AccountDisabled}, ""},
	} {
		lines, _, err := k.App.Accounts.Users(t.Context(), test.who, test.filter)
		testkit.Works(t, err)
		var names []string
		for _, l := range lines {
			name, _, _ := strings.Cut(l.Name, " admin")
			names = append(names, name)
		}
		if got := strings.Join(names, "|"); got != test.want {
			t.Errorf("%+v finds %q, want %q", test.filter, got, test.want)
		}
	}
	viewer, _ := k.Officer(registry.Viewer, "")
	_, _, err := k.App.Accounts.Users(t.Context(), viewer, accounts.UserFilter{})
	testkit.Refused(t, "a viewer", err, registry.NotFound, "error.not_found")
}

func TestLostPhone(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, thaiNguyen)
	a, _, recovery := withTOTP(t, k)
	testkit.Works(t, k.App.Accounts.RemoveTOTP(t.Context(), admin, a.ID))
	testkit.Refused(t, "removing it again", k.App.Accounts.RemoveTOTP(t.Context(), admin, a.ID), registry.Conflict, "error.account.no_second_step")
	testkit.Refused(t, "one's own", k.App.Accounts.RemoveTOTP(t.Context(), admin, admin.Account), registry.Conflict, "error.account.oneself")
	in := newcomer(t, k, a)
	testkit.Refused(t, "an old recovery code", testkit.Second(k.App.Accounts.PassSecondStep(t.Context(), in, recovery[0])), registry.Conflict, "error.account.no_second_step")
	testkit.Works(t, testkit.Second(k.App.Accounts.NewTOTP(in)))
	testkit.Refused(t, "a code for oneself", testkit.Second(k.App.Accounts.PaperCode(t.Context(), admin, admin.Account)), registry.Conflict, "error.account.oneself")
}
