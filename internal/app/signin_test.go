package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestSignInByPhoneOrMail(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	for _, login := range []string{a.Phone, "+84" + a.Phone[1:], a.Email} {
		e, err := k.App.SignIn(t.Context(), app.SignIn{Login: login, Password: testkit.Password, Client: app.Client{Device: "Firefox, Windows"}})
		works(t, err)
		in, err := k.App.Authenticate(t.Context(), e.Token)
		if err != nil || in.Account.ID != a.ID || in.Session.Device != "Firefox, Windows" || e.SecondStep {
			t.Errorf("%s: %+v, %v", login, in, err)
		}
	}
	for _, in := range []app.SignIn{{}, {Login: a.Phone}, {Login: a.Phone, Password: testkit.Password + " "}, {Login: "0399999999", Password: testkit.Password},
		{Login: "x", Password: "y"}, {Password: testkit.Password}} {
		_, err := k.App.SignIn(t.Context(), in)
		refused(t, in.Login, err, registry.Invalid, "error.account.sign_in")
	}
}

// Guessing gets slower and slower, but nobody is locked out: not for good, and
// not in a browser in which they have signed in before.
func TestGuessingIsSlowedDown(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	mine, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password})
	works(t, err)
	guess := app.SignIn{Login: a.Phone, Password: "đoán mò", Client: app.Client{Net: "203.0.113.0/24"}}
	tries, waited := 0, time.Duration(0)
	for waited < time.Hour {
		_, err := k.App.SignIn(t.Context(), guess)
		if registry.KindOf(err) == registry.Limited {
			k.Clock.Add(time.Second)
			waited += time.Second
			continue
		}
		refused(t, "a guess", err, registry.Invalid, "error.account.sign_in")
		tries++
	}
	if tries < 8 || tries > 20 {
		t.Errorf("%d guesses in an hour, want about a dozen", tries)
	}
	guess.Password = testkit.Password
	_, err = k.App.SignIn(t.Context(), guess)
	if registry.KindOf(err) != registry.Limited {
		t.Errorf("the right password right after a guess, from a strange browser: %v", err)
	}
	guess.Client.Browser = mine.Browser
	_, err = k.App.SignIn(t.Context(), guess)
	works(t, err)
	guess.Client.Browser = ""
	k.Clock.Add(16 * time.Minute)
	_, err = k.App.SignIn(t.Context(), guess)
	works(t, err)
}

func TestUnknownLoginIsSlowedDownTheSame(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	outcome := func(login string) (kinds []registry.Kind) {
		for range 12 {
			_, err := k.App.SignIn(t.Context(), app.SignIn{Login: login, Password: "đoán mò", Client: app.Client{Net: login}})
			kinds = append(kinds, registry.KindOf(err))
		}
		return kinds
	}
	known, unknown := outcome(a.Phone), outcome("0399999999")
	if !slices.Equal(known, unknown) || !slices.Contains(known, registry.Limited) {
		t.Errorf("known %v, unknown %v", known, unknown)
	}
}

func TestParallelGuessesAreAllCounted(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	reached := make(chan bool, 200)
	race(t, 200, func(i int) error {
		_, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: "đoán mò", Client: app.Client{Net: string(rune('A' + i))}})
		if registry.KindOf(err) == registry.Invalid {
			reached <- true
		}
		return err
	}, registry.Invalid, registry.Limited)
	if n := len(reached); n > 6 {
		t.Errorf("%d of 200 guesses at once were looked at", n)
	}
}

// One password tried on many accounts is bounded by network, but not for those
// who signed in there before.
func TestSprayingIsBounded(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	net := app.Client{Net: "203.0.113.0/24"}
	first, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password, Client: net})
	works(t, err)
	n := 0
	for ; n < 1000; n++ {
		login := "03" + string([]byte{byte('0' + n/100000%10), byte('0' + n/10000%10), byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10), '1', '1'})
		_, err = k.App.SignIn(t.Context(), app.SignIn{Login: login, Password: "một mật khẩu", Client: net})
		if registry.KindOf(err) == registry.Limited {
			break
		}
	}
	if n < 100 || n >= 1000 {
		t.Errorf("stopped after %d accounts", n)
	}
	known := net
	known.Browser = first.Browser
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password, Client: known})
	works(t, err)
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password, Client: app.Client{Net: "198.51.100.0/24"}})
	works(t, err)
	forged := net
	forged.Browser = first.Browser[:len(first.Browser)-1] + "x"
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password, Client: forged})
	if registry.KindOf(err) != registry.Limited {
		t.Errorf("a forged mark of a browser: %v", err)
	}
}

// Honest sign-ins from one address are never held up, however many.
func TestAMarketBehindOneAddress(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	for range 500 {
		_, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password, Client: app.Client{Net: "203.0.113.0/24"}})
		works(t, err)
	}
}

// A failed sign-in says nothing about the login by the time it takes: an unknown
// login costs the hashing of a password like a known one.
func TestTimeTellsNothing(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	signIn := func(login string) error {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		_, err := k.App.SignIn(ctx, app.SignIn{Login: login, Password: testkit.Password})
		return err
	}
	release := k.App.TakePasswordSlots()
	for _, login := range []string{a.Phone, "0388" + a.Phone[4:], "không phải số"} {
		if err := signIn(login); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s did not wait to be hashed: %v", login, err)
		}
	}
	release()
	_, err := k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password})
	works(t, err)
}

func TestDisabledAccountIsOutAtOnce(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	a := k.Account("Triệu Văn Sáng")
	_, token := k.SignedIn(a)
	works(t, k.App.DisableAccount(t.Context(), admin, a.ID))
	_, err := k.App.Authenticate(t.Context(), token)
	refused(t, "its session", err, registry.Unauthenticated, "error.sign_in_first")
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: "sai"})
	refused(t, "a wrong password", err, registry.Invalid, "error.account.sign_in")
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password})
	refused(t, "the right password", err, registry.Invalid, "error.account.disabled")
	works(t, k.App.EnableAccount(t.Context(), admin, a.ID))
	_, err = k.App.SignIn(t.Context(), app.SignIn{Login: a.Phone, Password: testkit.Password})
	works(t, err)
	_, err = k.App.Authenticate(t.Context(), token)
	refused(t, "the session of before", err, registry.Unauthenticated, "error.sign_in_first")
}

func TestSessionsEnd(t *testing.T) {
	k := testkit.NewApp(t)
	vendor := own(t, k, k.Account("Triệu Văn Sáng"))
	officer := own(t, k, k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Viewer, Area: "19"}))
	if list, err := k.App.Sessions(t.Context(), vendor); err != nil || len(list) != 1 {
		t.Fatalf("%d sessions, %v", len(list), err)
	}
	err := k.App.EndSession(t.Context(), vendor, officer.Session.ID)
	refused(t, "somebody else's session", err, registry.NotFound, "error.not_found")
	k.Clock.Add(29 * time.Minute)
	if list, err := k.App.Sessions(t.Context(), officer); err != nil || len(list) != 1 {
		t.Errorf("after 29 minutes an officer has %d sessions, %v", len(list), err)
	}
	k.Clock.Add(2 * time.Minute)
	if list, err := k.App.Sessions(t.Context(), officer); err != nil || len(list) != 0 {
		t.Errorf("an idle officer has %d sessions, %v", len(list), err)
	}
	if list, err := k.App.Sessions(t.Context(), vendor); err != nil || len(list) != 1 {
		t.Errorf("an idle vendor has %d sessions, %v", len(list), err)
	}
	other := own(t, k, vendor.Account)
	works(t, k.App.EndSession(t.Context(), vendor, other.Session.ID))
	own(t, k, vendor.Account)
	works(t, second(k.App.SignOutElsewhere(t.Context(), vendor)))
	if list, err := k.App.Sessions(t.Context(), vendor); err != nil || len(list) != 1 {
		t.Errorf("%d sessions after signing out elsewhere, %v", len(list), err)
	}
	works(t, k.App.SignOut(t.Context(), vendor))
	works(t, k.App.SignOut(t.Context(), vendor))
}
