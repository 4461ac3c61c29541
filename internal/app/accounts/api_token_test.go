package accounts_test

import (
	"testing"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// apiToken makes an API token of an account, and sees that it opens.
func apiToken(t *testing.T, k *testkit.Kit, a registry.Account) string {
	t.Helper()
	token, err := k.App.Accounts.CreateAPIToken(t.Context(), k.ActorOf(a.ID), accounts.NewAPIToken{Name: "chương trình", Days: 365, Scopes: registry.APIScopes})
	testkit.Works(t, err)
	_, err = k.App.Accounts.AuthenticateAPI(t.Context(), token, registry.ScopeRead)
	testkit.Works(t, err)
	return token
}

func tokenEnded(t *testing.T, k *testkit.Kit, after, token string) {
	t.Helper()
	_, err := k.App.Accounts.AuthenticateAPI(t.Context(), token, registry.ScopeRead)
	testkit.Refused(t, "a token after "+after, err, registry.Unauthenticated, "error.apitoken.none")
}

// A password alone gives no right of an office: neither by a program nor on a page.
func TestPasswordAloneGivesNoOfficeRight(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Hoàng Thị Cán", grantOf(registry.Admin, thaiNguyen))
	in := newcomer(t, k, a)
	_, err := k.App.Accounts.CreateAPIToken(t.Context(), in.Actor, accounts.NewAPIToken{Name: "trộm", Days: 365, Scopes: registry.APIScopes})
	testkit.Refused(t, "a token before the second step", err, registry.Forbidden, "error.account.second_step_first")
	if in.Actor.CanSomewhere(registry.ViewOffice) || !in.Actor.Office() {
		t.Errorf("before the second step the actor is %+v", in.Actor)
	}
	setup, err := k.App.Accounts.NewTOTP(in)
	testkit.Works(t, err)
	step, err := k.App.Accounts.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	testkit.Works(t, err)
	in, err = k.App.Accounts.Authenticate(t.Context(), step.Token)
	testkit.Works(t, err)
	if !in.Actor.CanSomewhere(registry.ManageUsers) {
		t.Errorf("after the second step the actor is %+v", in.Actor)
	}
	testkit.Works(t, testkit.Second(k.App.Accounts.CreateAPIToken(t.Context(), in.Actor, accounts.NewAPIToken{Name: "lịch", Days: 365, Scopes: registry.APIScopes})))
}

// What ends the sessions of an account because it may be in wrong hands ends its
// tokens with them.
func TestAPITokensEndWithTheSessions(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	vendor := k.Account("Triệu Văn Sáng")
	other := apiToken(t, k, k.Account("Lý Thị Khác"))

	token := apiToken(t, k, vendor)
	testkit.Works(t, k.App.Accounts.DisableAccount(t.Context(), admin, vendor.ID))
	tokenEnded(t, k, "disabling", token)
	testkit.Works(t, k.App.Accounts.EnableAccount(t.Context(), admin, vendor.ID))
	tokenEnded(t, k, "enabling again", token)

	token = apiToken(t, k, vendor)
	testkit.Works(t, testkit.Second(k.App.Accounts.SignOutElsewhere(t.Context(), testkit.OwnSession(t, k, vendor))))
	tokenEnded(t, k, "signing out elsewhere", token)

	token = apiToken(t, k, vendor)
	code, err := k.App.Accounts.PaperCode(t.Context(), admin, vendor.ID)
	testkit.Works(t, err)
	testkit.Works(t, k.App.Accounts.ResetByPaper(t.Context(), accounts.PaperReset{Login: vendor.Phone, Code: code, Password: goodPassword}))
	tokenEnded(t, k, "a new password from paper", token)

	officer, _, _ := withTOTP(t, k)
	token = apiToken(t, k, officer)
	testkit.Works(t, k.App.Accounts.RemoveTOTP(t.Context(), admin, officer.ID))
	tokenEnded(t, k, "removing the second step", token)

	_, err = k.App.Accounts.AuthenticateAPI(t.Context(), other, registry.ScopeRead)
	testkit.Works(t, err)
}
