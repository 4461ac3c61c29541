package accounts_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// newcomer signs an officer in whose second step is not passed.
func newcomer(t *testing.T, k *testkit.Kit, a registry.Account) accounts.SignedIn {
	t.Helper()
	e, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	testkit.Works(t, err)
	in, err := k.App.Accounts.Authenticate(t.Context(), e.Token)
	testkit.Works(t, err)
	if !e.SecondStep || !in.Actor.Owes {
		t.Fatal("no second step is asked for")
	}
	return in
}

// codeOf is the code that an app shows.
func codeOf(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), at)
	testkit.Works(t, err)
	return code
}

// withTOTP sets an officer up, and returns the account with the secret of the app
// and the recovery codes.
func withTOTP(t *testing.T, k *testkit.Kit) (a registry.Account, secret string, recovery []string) {
	t.Helper()
	a = k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Organiser, Area: "19"})
	in := newcomer(t, k, a)
	setup, err := k.App.Accounts.NewTOTP(in)
	testkit.Works(t, err)
	step, err := k.App.Accounts.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	testkit.Works(t, err)
	again, err := k.App.Accounts.Authenticate(t.Context(), step.Token)
	if err != nil || again.Actor.Owes {
		t.Fatalf("the session has not passed: %v", err)
	}
	if _, err := k.App.Accounts.Authenticate(t.Context(), in.Session.TokenHash); err == nil {
		t.Error("a hash opens a session")
	}
	return a, setup.Secret, step.Recovery
}

func TestTOTPCodeIsAcceptedOnce(t *testing.T) {
	k := testkit.NewApp(t)
	a, secret, _ := withTOTP(t, k)
	in := newcomer(t, k, a)
	replayed := codeOf(t, secret, k.Clock.Now())
	_, err := k.App.Accounts.PassSecondStep(t.Context(), in, replayed)
	testkit.Refused(t, "the code of the set-up", err, registry.Invalid, "error.account.code_wrong")
	k.Clock.Add(30 * time.Second)
	code := codeOf(t, secret, k.Clock.Now())
	if won := testkit.Race(t, 200, func(int) error {
		_, err := k.App.Accounts.PassSecondStep(t.Context(), in, code)
		return err
	}, registry.Invalid, registry.Limited); won != 1 {
		t.Errorf("a code was accepted %d times", won)
	}
}

func TestTOTPClockMayBeOneStepOff(t *testing.T) {
	k := testkit.NewApp(t)
	a, secret, _ := withTOTP(t, k)
	k.Clock.Add(time.Hour)
	for _, off := range []time.Duration{-time.Minute, time.Minute} {
		err := testkit.Second(k.App.Accounts.PassSecondStep(t.Context(), newcomer(t, k, a), codeOf(t, secret, k.Clock.Now().Add(off))))
		testkit.Refused(t, off.String(), err, registry.Invalid, "error.account.code_wrong")
	}
	for _, off := range []time.Duration{-30 * time.Second, 30 * time.Second} {
		code := codeOf(t, secret, k.Clock.Now().Add(off))
		testkit.Works(t, testkit.Second(k.App.Accounts.PassSecondStep(t.Context(), newcomer(t, k, a), " "+code[:3]+" "+code[3:])))
	}
}

func TestSecondStepGivesANewToken(t *testing.T) {
	k := testkit.NewApp(t)
	a, secret, _ := withTOTP(t, k)
	k.Clock.Add(time.Minute)
	e, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	testkit.Works(t, err)
	in, err := k.App.Accounts.Authenticate(t.Context(), e.Token)
	testkit.Works(t, err)
	step, err := k.App.Accounts.PassSecondStep(t.Context(), in, codeOf(t, secret, k.Clock.Now()))
	testkit.Works(t, err)
	_, err = k.App.Accounts.Authenticate(t.Context(), e.Token)
	testkit.Refused(t, "the token of before", err, registry.Unauthenticated, "error.sign_in_first")
	_, err = k.App.Accounts.Authenticate(t.Context(), step.Token)
	testkit.Works(t, err)
}

func TestRecoveryCodes(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, recovery := withTOTP(t, k)
	if len(recovery) != 8 {
		t.Fatalf("%d recovery codes", len(recovery))
	}
	in := newcomer(t, k, a)
	step, err := k.App.Accounts.PassSecondStep(t.Context(), in, recovery[2])
	if err != nil || step.Left != 7 {
		t.Fatalf("left %d, %v", step.Left, err)
	}
	_, err = k.App.Accounts.PassSecondStep(t.Context(), newcomer(t, k, a), recovery[2])
	testkit.Refused(t, "the code again", err, registry.Invalid, "error.account.code_wrong")
	other, _, _ := withTOTP(t, k)
	_, err = k.App.Accounts.PassSecondStep(t.Context(), newcomer(t, k, other), recovery[3])
	testkit.Refused(t, "somebody else's code", err, registry.Invalid, "error.account.code_wrong")

	_, err = k.App.Accounts.RenewRecoveryCodes(t.Context(), in)
	testkit.Refused(t, "renewing before the second step", err, registry.Forbidden, "error.account.second_step_first")
	passed, err := k.App.Accounts.Authenticate(t.Context(), step.Token)
	testkit.Works(t, err)
	fresh, err := k.App.Accounts.RenewRecoveryCodes(t.Context(), passed)
	if err != nil || len(fresh) != 8 {
		t.Fatalf("%d codes, %v", len(fresh), err)
	}
	_, err = k.App.Accounts.PassSecondStep(t.Context(), newcomer(t, k, a), recovery[4])
	testkit.Refused(t, "a code of before", err, registry.Invalid, "error.account.code_wrong")
	if n, err := k.App.Accounts.RecoveryCodesLeft(t.Context(), passed); n != 8 || err != nil {
		t.Errorf("%d left, %v", n, err)
	}
}

func TestSecondStepCannotBeReplacedWithoutIt(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, _ := withTOTP(t, k)
	in := newcomer(t, k, a)
	_, err := k.App.Accounts.NewTOTP(in)
	testkit.Refused(t, "a new secret", err, registry.Forbidden, "error.account.second_step_first")

	fresh := newcomer(t, k, k.Account("Mới", registry.Grant{Role: registry.Viewer, Area: "19"}))
	setup, err := k.App.Accounts.NewTOTP(fresh)
	testkit.Works(t, err)
	_, err = k.App.Accounts.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	testkit.Refused(t, "confirming a new secret", err, registry.Forbidden, "error.account.second_step_first")
	other := newcomer(t, k, k.Account("Khác", registry.Grant{Role: registry.Viewer, Area: "19"}))
	_, err = k.App.Accounts.ConfirmTOTP(t.Context(), other, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	testkit.Refused(t, "the form of another account", err, registry.Malformed, "error.malformed")
	_, err = k.App.Accounts.ConfirmTOTP(t.Context(), fresh, setup.Sealed, "000000")
	testkit.Refused(t, "a wrong first code", err, registry.Invalid, "error.account.code_wrong")
	if err := testkit.Second(k.App.Accounts.PassSecondStep(t.Context(), fresh, "000000")); registry.KindOf(err) != registry.Conflict {
		t.Errorf("passing what is not set up: %v", err)
	}
}

func TestTOTPGuessesAreSlowedDown(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, _ := withTOTP(t, k)
	in := newcomer(t, k, a)
	tries := 0
	for range 100 {
		if err := testkit.Second(k.App.Accounts.PassSecondStep(t.Context(), in, "000000")); registry.KindOf(err) == registry.Invalid {
			tries++
		}
	}
	if tries > 6 {
		t.Errorf("%d codes tried at once", tries)
	}
}

func TestResetDoesNotPassTheSecondStep(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, _ := withTOTP(t, k)
	testkit.Works(t, k.App.Accounts.ResetByLink(t.Context(), mailedToken(t, k, a.Email), goodPassword))
	e, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: goodPassword})
	if err != nil || !e.SecondStep {
		t.Errorf("second step %v, %v", e.SecondStep, err)
	}
}

func TestDemoAsksNoSecondStep(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, _ := withTOTP(t, k)
	k.App.Demo = true
	e, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	if err != nil || e.SecondStep {
		t.Errorf("second step %v, %v", e.SecondStep, err)
	}
}
