package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestClockSetBack signs in, and fails to, under a clock that runs ahead: once it is
// set right, the sessions of the future count no more and nobody waits for a year.
func TestClockSetBack(t *testing.T) {
	for name, c := range map[string]struct {
		ahead  time.Duration
		counts bool // what was written before still counts
	}{"a minute": {time.Minute, true}, "an hour": {time.Hour, false}, "a year": {365 * 24 * time.Hour, false}} {
		t.Run(name, func(t *testing.T) {
			k := testkit.NewApp(t)
			account, password := k.Account("Lan"), testkit.Password
			k.Clock.Add(c.ahead)
			signIn := func(word string) (accounts.Entered, error) {
				return k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: account.Phone, Password: word, Client: accounts.Client{Net: "203.0.113.0/24"}})
			}
			entered, err := signIn(password)
			if err != nil {
				t.Fatal(err)
			}
			for registry.KindOf(err) != registry.Limited {
				_, err = signIn("sai mật khẩu này")
			}
			k.Clock.Add(-c.ahead)
			if _, err := k.App.Accounts.Authenticate(t.Context(), entered.Token); (err == nil) != c.counts {
				t.Errorf("the session: %v, counts should be %v", err, c.counts)
			}
			if _, err := signIn(password); (registry.KindOf(err) == registry.Limited) != c.counts || !c.counts && err != nil {
				t.Errorf("signing in: %v, limited should be %v", err, c.counts)
			}
		})
	}
}
