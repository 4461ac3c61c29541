package app_test

import (
	"slices"
	"strings"
	"testing"

	"hoicho/internal/app"
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
			_, err := k.App.GrantRole(t.Context(), admins[test.admin], target.ID, grantOf(role, test.area))
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
		_, err := k.App.GrantRole(t.Context(), officer, k.Account("Được Giao").ID, grantOf(registry.Viewer, baBe))
		if err == nil {
			t.Errorf("a %s gives roles", role)
		}
	}
	_, err := k.App.GrantRole(t.Context(), admins[""], k.Account("Được Giao").ID, grantOf("king", baBe))
	if got := fieldsOf(err); !slices.Equal(got, []string{"role"}) {
		t.Errorf("an unknown role: %v", err)
	}
}

// Whoever typed an officer's phone into sign-up does not become the officer.
func TestFirstRoleEndsWhatWasThere(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, thaiNguyen)
	works(t, k.App.SignUp(t.Context(), signUp("0912345678")))
	e, err := k.App.SignIn(t.Context(), app.SignIn{Login: "0912345678", Password: goodPassword})
	works(t, err)
	a := accountOf(t, k, "0912345678")
	program := apiToken(t, k, a)
	works(t, k.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveEmail(t.Context(), a.ID, "ke.la@vi-du.vn") }))
	in, err := k.App.Authenticate(t.Context(), e.Token)
	works(t, err)
	setup, err := k.App.NewTOTP(in)
	works(t, err)
	step, err := k.App.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	works(t, err)
	code, err := k.App.GrantRole(t.Context(), admin, a.ID, grantOf(registry.Admin, baBe))
	works(t, err)
	_, err = k.App.Authenticate(t.Context(), step.Token)
	refused(t, "the session", err, registry.Unauthenticated, "error.sign_in_first")
	tokenEnded(t, k, "the first role", program)
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: "0912345678", Password: goodPassword})
	refused(t, "the password", err, registry.Invalid, "error.account.sign_in")
	works(t, k.App.SignUp(t.Context(), signUp("0912345678")))
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: "0912345678", Password: goodPassword})
	refused(t, "signing up again", err, registry.Invalid, "error.account.sign_in")
	works(t, k.App.ResetByPaper(t.Context(), app.PaperReset{Login: "0912345678", Code: code, Password: "của cán bộ thật"}))
	fresh, err := k.App.SignIn(t.Context(), app.SignIn{Login: "0912345678", Password: "của cán bộ thật"})
	works(t, err)
	in, err = k.App.Authenticate(t.Context(), fresh.Token)
	works(t, err)
	if left, err := k.App.RecoveryCodesLeft(t.Context(), in); in.Account.TOTPSecret != "" || left != 0 || err != nil {
		t.Errorf("a second step of before is there, with %d recovery codes, %v", left, err)
	}
	if in.Account.Email != "" {
		t.Errorf("the e-mail of before, %s, could bring a stranger in", in.Account.Email)
	}
	second, err := k.App.GrantRole(t.Context(), admin, a.ID, grantOf(registry.Reviewer, baBe))
	if err != nil || second != "" {
		t.Errorf("the second role: code %q, %v", second, err)
	}
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: "0912345678", Password: "của cán bộ thật"})
	works(t, err)
}

// An account that holds something elsewhere is not taken over from here.
func TestReachIsNotTakenOver(t *testing.T) {
	k := testkit.NewApp(t)
	commune, _ := k.Officer(registry.Admin, baBe)
	province, _ := k.Officer(registry.Admin, thaiNguyen)
	both := k.Account("Hai Nơi", grantOf(registry.Viewer, baBe), grantOf(registry.Organiser, thaiNguyen))
	far := k.Account("Nơi Khác", grantOf(registry.Viewer, "01"))
	_, err := k.App.PaperCode(t.Context(), commune, both.ID)
	refused(t, "a code for an officer of the province", err, registry.Forbidden, "error.account.elsewhere")
	refused(t, "disabling", k.App.DisableAccount(t.Context(), commune, both.ID), registry.Forbidden, "error.account.elsewhere")
	refused(t, "second step", k.App.RemoveTOTP(t.Context(), commune, both.ID), registry.Forbidden, "error.account.elsewhere")
	refused(t, "the role above", k.App.RevokeRole(t.Context(), commune, both.ID, grantOf(registry.Organiser, thaiNguyen)), registry.NotFound, "error.not_found")
	for what, err := range map[string]error{
		"seeing": second(k.App.User(t.Context(), province, far.ID)), "a code": second(k.App.PaperCode(t.Context(), province, far.ID)),
		"a role": second(k.App.GrantRole(t.Context(), province, far.ID, grantOf(registry.Viewer, baBe))),
		"enable": k.App.EnableAccount(t.Context(), province, far.ID), "nobody": k.App.DisableAccount(t.Context(), province, "khong-co"),
	} {
		refused(t, what, err, registry.NotFound, "error.not_found")
	}
	works(t, second(k.App.PaperCode(t.Context(), province, both.ID)))
	works(t, k.App.RevokeRole(t.Context(), commune, both.ID, grantOf(registry.Viewer, baBe)))

	vendor, _, _ := k.OwnVendor()
	owner := k.Account("Chủ")
	k.Vendor(testkit.OwnedBy(registry.Actor{Account: owner.ID}))
	hanoi, _ := k.Officer(registry.Admin, "01")
	_, err = k.App.GrantRole(t.Context(), hanoi, owner.ID, grantOf(registry.Viewer, "01"))
	refused(t, "a role for the owner of "+string(vendor.ID), err, registry.NotFound, "error.not_found")
	works(t, second(k.App.PaperCode(t.Context(), province, owner.ID)))
}

func TestLastAdminStays(t *testing.T) {
	k := testkit.NewApp(t)
	one, _ := k.Officer(registry.Admin, "")
	k.Officer(registry.Admin, thaiNguyen)
	all := grantOf(registry.Admin, "")
	refused(t, "the only one leaving", k.App.RevokeRole(t.Context(), one, one.Account, all), registry.Conflict, "error.account.last_admin")
	refused(t, "the system disabling", k.App.DisableAccount(t.Context(), registry.SystemActor("test"), one.Account), registry.Conflict, "error.account.last_admin")
	refused(t, "disabling oneself", k.App.DisableAccount(t.Context(), one, one.Account), registry.Conflict, "error.account.oneself")
	for range 5 {
		two, _ := k.Officer(registry.Admin, "")
		pair := []registry.Actor{one, two}
		won := race(t, 2, func(i int) error {
			return k.App.RevokeRole(t.Context(), pair[i], pair[1-i].Account, all)
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
		filter app.UserFilter
		want   string
	}{
		{commune, app.UserFilter{}, "Cán bộ|Ở Xã"},
		{province, app.UserFilter{Text: "o ti"}, "Ở Tỉnh"},
		{province, app.UserFilter{Text: "noi khac"}, ""},
		{country, app.UserFilter{Text: "NƠI khác"}, "Nơi Khác"},
		{commune, app.UserFilter{Text: "chu co so"}, ""},
		{commune, app.UserFilter{Text: "chu co so", All: true}, "Chủ Cơ Sở"},
		{commune, app.UserFilter{Text: "vua dang ky", All: true}, ""},
		{commune, app.UserFilter{Text: fresh.Phone}, "Vừa Đăng Ký"},
		{commune, app.UserFilter{Text: strings.ToUpper(fresh.Email)}, "Vừa Đăng Ký"},
		{country, app.UserFilter{Text: "o%xa"}, "Ở Xã"},
		{country, app.UserFilter{Text: "xa%o"}, ""},
		{country, app.UserFilter{State: registry.AccountDisabled}, ""},
	} {
		lines, _, err := k.App.Users(t.Context(), test.who, test.filter)
		works(t, err)
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
	_, _, err := k.App.Users(t.Context(), viewer, app.UserFilter{})
	refused(t, "a viewer", err, registry.NotFound, "error.not_found")
}

func TestLostPhone(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, thaiNguyen)
	a, _, recovery := withTOTP(t, k)
	works(t, k.App.RemoveTOTP(t.Context(), admin, a.ID))
	refused(t, "removing it again", k.App.RemoveTOTP(t.Context(), admin, a.ID), registry.Conflict, "error.account.no_second_step")
	refused(t, "one's own", k.App.RemoveTOTP(t.Context(), admin, admin.Account), registry.Conflict, "error.account.oneself")
	in := newcomer(t, k, a)
	refused(t, "an old recovery code", second(k.App.PassSecondStep(t.Context(), in, recovery[0])), registry.Conflict, "error.account.no_second_step")
	works(t, second(k.App.NewTOTP(in)))
	refused(t, "a code for oneself", second(k.App.PaperCode(t.Context(), admin, admin.Account)), registry.Conflict, "error.account.oneself")
}
