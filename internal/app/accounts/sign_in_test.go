package accounts_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestSignInByPhoneOrMail(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	for _, login := range []string{a.Phone, "+84" + a.Phone[1:], a.Email} {
		e, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: login, Password: testkit.Password, Client: accounts.Client{Device: "Firefox, Windows"}})
		testkit.Works(t, err)
		in, err := k.App.Accounts.Authenticate(t.Context(), e.Token)
		if err != nil || in.Account.ID != a.ID || in.Session.Device != "Firefox, Windows" || e.SecondStep {
			t.Errorf("%s: %+v, %v", login, in, err)
		}
	}
	for _, in := range []accounts.SignIn{{}, {Login: a.Phone}, {Login: a.Phone, Password: testkit.Password + " "}, {Login: "0399999999", Password: testkit.Password},
		{Login: "x", Password: "y"}, {Password: testkit.Password}} {
		_, err := k.App.Accounts.SignIn(t.Context(), in)
		testkit.Refused(t, in.Login, err, registry.Invalid, "error.account.sign_in")
	}
}

// Guessing gets slower and slower, but nobody is locked out: not for good, and
// not in a browser in which they have signed in before.
func TestGuessingIsSlowedDown(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	mine, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	testkit.Works(t, err)
	guess := accounts.SignIn{Login: a.Phone, Password: "đoán mò", Client: accounts.Client{Net: "203.0.113.0/24"}}
	tries, waited := 0, time.Duration(0)
	for waited < time.Hour {
		_, err := k.App.Accounts.SignIn(t.Context(), guess)
		if registry.KindOf(err) == registry.Limited {
			k.Clock.Add(time.Second)
			waited += time.Second
			continue
		}
		testkit.Refused(t, "a guess", err, registry.Invalid, "error.account.sign_in")
		tries++
	}
	if tries < 8 || tries > 20 {
		t.Errorf("%d guesses in an hour, want about a dozen", tries)
	}
	guess.Password = testkit.Password
	_, err = k.App.Accounts.SignIn(t.Context(), guess)
	if registry.KindOf(err) != registry.Limited {
		t.Errorf("the right password right after a guess, from a strange browser: %v", err)
	}
	guess.Client.Browser = mine.Browser
	_, err = k.App.Accounts.SignIn(t.Context(), guess)
	testkit.Works(t, err)
	guess.Client.Browser = ""
	k.Clock.Add(16 * time.Minute)
	_, err = k.App.Accounts.SignIn(t.Context(), guess)
	testkit.Works(t, err)
}

func TestUnknownLoginIsSlowedDownTheSame(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	outcome := func(login string) (kinds []registry.Kind) {
		for range 12 {
			_, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: login, Password: "đoán mò", Client: accounts.Client{Net: login}})
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
	testkit.Race(t, 200, func(i int) error {
		_, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: "đoán mò", Client: accounts.Client{Net: string(rune('A' + i))}})
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
	net := accounts.Client{Net: "203.0.113.0/24"}
	first, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password, Client: net})
	testkit.Works(t, err)
	n := 0
	for ; n < 1000; n++ {
		login := "03" + string([]byte{byte('0' + n/100000%10), byte('0' + n/10000%10), byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10), '1', '1'})
		_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: login, Password: "một mật khẩu", Client: net})
		if registry.KindOf(err) == registry.Limited {
			break
		}
	}
	if n < 100 || n >= 1000 {
		t.Errorf("stopped after %d accounts", n)
	}
	known := net
	known.Browser = first.Browser
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password, Client: known})
	testkit.Works(t, err)
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password, Client: accounts.Client{Net: "198.51.100.0/24"}})
	testkit.Works(t, err)
	forged := net
	forged.Browser = first.Browser[:len(first.Browser)-1] + "x"
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password, Client: forged})
	if registry.KindOf(err) != registry.Limited {
		t.Errorf("a forged mark of a browser: %v", err)
	}
}

// Honest sign-ins from one address are never held up, however many.
func TestAMarketBehindOneAddress(t *testing.T) {
	k := testkit.NewApp(t)
	a := k.Account("Triệu Văn Sáng")
	for range 500 {
		_, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password, Client: accounts.Client{Net: "203.0.113.0/24"}})
		testkit.Works(t, err)
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
		_, err := k.App.Accounts.SignIn(ctx, accounts.SignIn{Login: login, Password: testkit.Password})
		return err
	}
	release := k.App.Accounts.TakePasswordSlots()
	for _, login := range []string{a.Phone, "0388" + a.Phone[4:], "không phải số"} {
		if err := signIn(login); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s did not wait to be hashed: %v", login, err)
		}
	}
	release()
	_, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	testkit.Works(t, err)
}

func TestDisabledAccountIsOutAtOnce(t *testing.T) {
	k := testkit.NewApp(t)
	admin, _ := k.Officer(registry.Admin, "")
	a := k.Account("Triệu Văn Sáng")
	_, token := k.SignedIn(a)
	testkit.Works(t, k.App.Accounts.DisableAccount(t.Context(), admin, a.ID))
	_, err := k.App.Accounts.Authenticate(t.Context(), token)
	testkit.Refused(t, "its session", err, registry.Unauthenticated, "error.sign_in_first")
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: "sai"})
	testkit.Refused(t, "a wrong password", err, registry.Invalid, "error.account.sign_in")
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	testkit.Refused(t, "the right password", err, registry.Invalid, "error.account.disabled")
	testkit.Works(t, k.App.Accounts.EnableAccount(t.Context(), admin, a.ID))
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: a.Phone, Password: testkit.Password})
	testkit.Works(t, err)
	_, err = k.App.Accounts.Authenticate(t.Context(), token)
	testkit.Refused(t, "the session of before", err, registry.Unauthenticated, "error.sign_in_first")
}

func TestSessionsEnd(t *testing.T) {
	k := testkit.NewApp(t)
	vendor := testkit.OwnSession(t, k, k.Account("Triệu Văn Sáng"))
	officer := testkit.OwnSession(t, k, k.Account("Hoàng Thị Cán", registry.Grant{Role: registry.Viewer, Area: "19"}))
	if list, err := k.App.Accounts.Sessions(t.Context(), vendor); err != nil || len(list) != 1 {
		t.Fatalf("%d sessions, %v", len(list), err)
	}
	err := k.App.Accounts.EndSession(t.Context(), vendor, officer.Session.ID)
	testkit.Refused(t, "somebody else's session", err, registry.NotFound, "error.not_found")
	k.Clock.Add(29 * time.Minute)
	if list, err := k.App.Accounts.Sessions(t.Context(), officer); err != nil || len(list) != 1 {
		t.Errorf("after 29 minutes an officer has %d sessions, %v", len(list), err)
	}
	k.Clock.Add(2 * time.Minute)
	if list, err := k.App.Accounts.Sessions(t.Context(), officer); err != nil || len(list) != 0 {
		t.Errorf("an idle officer has %d sessions, %v", len(list), err)
	}
	if list, err := k.App.Accounts.Sessions(t.Context(), vendor); err != nil || len(list) != 1 {
		t.Errorf("an idle vendor has %d sessions, %v", len(list), err)
	}
	other := testkit.OwnSession(t, k, vendor.Account)
	testkit.Works(t, k.App.Accounts.EndSession(t.Context(), vendor, other.Session.ID))
	testkit.OwnSession(t, k, vendor.Account)
	testkit.Works(t, testkit.Second(k.App.Accounts.SignOutElsewhere(t.Context(), vendor)))
	if list, err := k.App.Accounts.Sessions(t.Context(), vendor); err != nil || len(list) != 1 {
		t.Errorf("%d sessions after signing out elsewhere, %v", len(list), err)
	}
	testkit.Works(t, k.App.Accounts.SignOut(t.Context(), vendor))
	testkit.Works(t, k.App.Accounts.SignOut(t.Context(), vendor))
}
