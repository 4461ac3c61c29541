package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// newcomer signs an officer in whose second step is not passed.
func newcomer(t *testing.T, k *testkit.Kit, a registry.Account) app.SignedIn {
	t.Helper()
	e, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password})
	works(t, err)
	in, err := k.App.Authenticate(t.Context(), e.Token)
	works(t, err)
	if !e.SecondStep || !in.Actor.Owes {
		t.Fatal("no second step is asked for")
	}
	return in
}

// codeOf is the code that an app shows.
func codeOf(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), at)
	works(t, err)
	return code
}

// withTOTP sets an officer up, and returns the account with the secret of the app
// and the recovery codes.
func withTOTP(t *testing.T, k *testkit.Kit) (a registry.Account, secret string, recovery []string) {
	t.Helper()
	a = k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Organiser, Area: "19"})
	in := newcomer(t, k, a)
	setup, err := k.App.NewTOTP(in)
	works(t, err)
	step, err := k.App.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	works(t, err)
	again, err := k.App.Authenticate(t.Context(), step.Token)
	if err != nil || again.Actor.Owes {
		t.Fatalf("the session has not passed: %v", err)
	}
	if _, err := k.App.Authenticate(t.Context(), in.Session.TokenHash); err == nil {
		t.Error("a hash opens a session")
	}
	return a, setup.Secret, step.Recovery
}

func TestTOTPCodeIsAcceptedOnce(t *testing.T) {
	k := testkit.NewApp(t)
	a, secret, _ := withTOTP(t, k)
	in := newcomer(t, k, a)
	replayed := codeOf(t, secret, k.Clock.Now())
	_, err := k.App.PassSecondStep(t.Context(), in, replayed)
	refused(t, "the code of the set-up", err, registry.Invalid, "error.account.code_wrong")
	k.Clock.Add(30 * time.Second)
	code := codeOf(t, secret, k.Clock.Now())
	if won := race(t, 200, func(int) error {
		_, err := k.App.PassSecondStep(t.Context(), in, code)
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
		err := second(k.App.PassSecondStep(t.Context(), newcomer(t, k, a), codeOf(t, secret, k.Clock.Now().Add(off))))
		refused(t, off.String(), err, registry.Invalid, "error.account.code_wrong")
	}
	for _, off := range []time.Duration{-30 * time.Second, 30 * time.Second} {
		code := codeOf(t, secret, k.Clock.Now().Add(off))
		works(t, second(k.App.PassSecondStep(t.Context(), newcomer(t, k, a), " "+code[:3]+" "+code[3:])))
	}
}

func TestSecondStepGivesANewToken(t *testing.T) {
	k := testkit.NewApp(t)
	a, secret, _ := withTOTP(t, k)
	k.Clock.Add(time.Minute)
	e, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password})
	works(t, err)
	in, err := k.App.Authenticate(t.Context(), e.Token)
	works(t, err)
	step, err := k.App.PassSecondStep(t.Context(), in, codeOf(t, secret, k.Clock.Now()))
	works(t, err)
	_, err = k.App.Authenticate(t.Context(), e.Token)
	refused(t, "the token of before", err, registry.Unauthenticated, "error.sign_in_first")
	_, err = k.App.Authenticate(t.Context(), step.Token)
	works(t, err)
}

func TestRecoveryCodes(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, recovery := withTOTP(t, k)
	if len(recovery) != 8 {
		t.Fatalf("%d recovery codes", len(recovery))
	}
	in := newcomer(t, k, a)
	step, err := k.App.PassSecondStep(t.Context(), in, recovery[2])
	if err != nil || step.Left != 7 {
		t.Fatalf("left %d, %v", step.Left, err)
	}
	_, err = k.App.PassSecondStep(t.Context(), newcomer(t, k, a), recovery[2])
	refused(t, "the code again", err, registry.Invalid, "error.account.code_wrong")
	other, _, _ := withTOTP(t, k)
	_, err = k.App.PassSecondStep(t.Context(), newcomer(t, k, other), recovery[3])
	refused(t, "somebody else's code", err, registry.Invalid, "error.account.code_wrong")

	_, err = k.App.RenewRecoveryCodes(t.Context(), in)
	refused(t, "renewing before the second step", err, registry.Forbidden, "error.account.second_step_first")
	passed, err := k.App.Authenticate(t.Context(), step.Token)
	works(t, err)
	fresh, err := k.App.RenewRecoveryCodes(t.Context(), passed)
	if err != nil || len(fresh) != 8 {
		t.Fatalf("%d codes, %v", len(fresh), err)
	}
	_, err = k.App.PassSecondStep(t.Context(), newcomer(t, k, a), recovery[4])
	refused(t, "a code of before", err, registry.Invalid, "error.account.code_wrong")
	if n, err := k.App.RecoveryCodesLeft(t.Context(), passed); n != 8 || err != nil {
		t.Errorf("%d left, %v", n, err)
	}
}

func TestSecondStepCannotBeReplacedWithoutIt(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, _ := withTOTP(t, k)
	in := newcomer(t, k, a)
	_, err := k.App.NewTOTP(in)
	refused(t, "a new secret", err, registry.Forbidden, "error.account.second_step_first")

	fresh := newcomer(t, k, k.Account("Mới", registry.Grant{Role: registry.Viewer, Area: "19"}))
	setup, err := k.App.NewTOTP(fresh)
	works(t, err)
	_, err = k.App.ConfirmTOTP(t.Context(), in, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	refused(t, "confirming a new secret", err, registry.Forbidden, "error.account.second_step_first")
	other := newcomer(t, k, k.Account("Khác", registry.Grant{Role: registry.Viewer, Area: "19"}))
	_, err = k.App.ConfirmTOTP(t.Context(), other, setup.Sealed, codeOf(t, setup.Secret, k.Clock.Now()))
	refused(t, "the form of another account", err, registry.Malformed, "error.malformed")
	_, err = k.App.ConfirmTOTP(t.Context(), fresh, setup.Sealed, "000000")
	refused(t, "a wrong first code", err, registry.Invalid, "error.account.code_wrong")
	if err := second(k.App.PassSecondStep(t.Context(), fresh, "000000")); registry.KindOf(err) != registry.Conflict {
		t.Errorf("passing what is not set up: %v", err)
	}
}

func TestTOTPGuessesAreSlowedDown(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, _ := withTOTP(t, k)
	in := newcomer(t, k, a)
	tries := 0
	for range 100 {
		if err := second(k.App.PassSecondStep(t.Context(), in, "000000")); registry.KindOf(err) == registry.Invalid {
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
	works(t, k.App.ResetByLink(t.Context(), mailedToken(t, k, a.Email), goodPassword))
	e, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: goodPassword})
	if err != nil || !e.SecondStep {
		t.Errorf("second step %v, %v", e.SecondStep, err)
	}
}

func TestDemoAsksNoSecondStep(t *testing.T) {
	k := testkit.NewApp(t)
	a, _, _ := withTOTP(t, k)
	k.App.Demo = true
	e, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password})
	if err != nil || e.SecondStep {
		t.Errorf("second step %v, %v", e.SecondStep, err)
	}
}
