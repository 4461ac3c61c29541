package store_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

func person(id, name string) registry.Account {
	return registry.Account{ID: registry.AccountID(id), Name: name, Phone: "09" + id, State: registry.AccountActive, PasswordHash: "x",
		Lang: "vi", Consent: registry.Consent{Version: "1", At: 5}, CreatedAt: 7}
}

func insertPeople(t *testing.T, db *store.DB, people ...registry.Account) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		for _, a := range people {
			if err := tx.InsertAccount(t.Context(), a); err != nil {
				return err
			}
		}
		return nil
	})
}

// winners runs fn n times at once, each in a transaction of its own, and counts
// those that succeed.
func winners(t *testing.T, db *store.DB, n int, fn func(*store.Tx) error) int {
	t.Helper()
	var won atomic.Int32
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			err := db.Write(t.Context(), fn)
			if err == nil {
				won.Add(1)
			} else if kind := registry.KindOf(err); kind != registry.Conflict && kind != registry.NotFound && kind != registry.Limited {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	return int(won.Load())
}

func TestAccountRoundTrip(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		want := person("1", "Nông Thị Hoà")
		want.Email, want.TOTPSecret, want.TOTPStep, want.EnteredAt, want.Version = "hoa@vi-du.vn", "sealed", 9, 8, 1
		insertPeople(t, db, want)
		for _, same := range []func(*registry.Account){func(a *registry.Account) { a.Email = "" }, func(a *registry.Account) { a.Phone = "" }} {
			twin := want
			twin.ID = "2"
			same(&twin)
			err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertAccount(t.Context(), twin) })
			if registry.KindOf(err) != registry.Conflict {
				t.Errorf("a second account of %q %q: %v", twin.Phone, twin.Email, err)
			}
		}
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			for _, login := range []string{want.Phone, want.Email} {
				if got, err := tx.AccountByLogin(t.Context(), login); err != nil || got != want {
					t.Errorf("%s: %+v, %v", login, got, err)
				}
			}
			for _, login := range []string{"", "Hoa@vi-du.vn", "0"} {
				if _, err := tx.AccountByLogin(t.Context(), login); registry.KindOf(err) != registry.NotFound {
					t.Errorf("%q: %v", login, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestOneTimeCodesHaveOneWinner(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		a := person("1", "Nông Thị Hoà")
		insertPeople(t, db, a)
		mustWrite(t, db, func(tx *store.Tx) error {
			if err := tx.SaveRecoveryCodes(t.Context(), a.ID, []string{"r1", "r2"}); err != nil {
				return err
			}
			return tx.InsertResetCode(t.Context(), registry.ResetCode{Hash: "c1", Account: a.ID, Channel: registry.ResetOnPaper, ExpiresAt: tx.NowMS() + 1})
		})
		for what, spend := range map[string]func(*store.Tx) error{
			"reset code": func(tx *store.Tx) error {
				_, err := tx.SpendResetCode(t.Context(), "c1", registry.ResetOnPaper)
				return err
			},
			"recovery code": func(tx *store.Tx) error { return tx.SpendRecoveryCode(t.Context(), a.ID, "r1") },
			"time step":     func(tx *store.Tx) error { return tx.SpendTOTPStep(t.Context(), a.ID, 42) },
		} {
			if won := winners(t, db, 50, spend); won != 1 {
				t.Errorf("a %s was spent %d times", what, won)
			}
		}
		mustWrite(t, db, func(tx *store.Tx) error {
			for what, err := range map[string]error{
				"an earlier step":    tx.SpendTOTPStep(t.Context(), a.ID, 41),
				"somebody else's":    tx.SpendRecoveryCode(t.Context(), "2", "r2"),
				"of another channel": second(tx.SpendResetCode(t.Context(), "c1", registry.ResetByMail)),
			} {
				if err == nil {
					t.Errorf("%s was accepted", what)
				}
			}
			return nil
		})
	})
}

func second[T any](_ T, err error) error { return err }

func TestNewResetCodeEndsTheOneBefore(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		a := person("1", "Nông Thị Hoà")
		insertPeople(t, db, a, person("2", "Triệu Văn Sáng"))
		insert := func(hash string, account registry.AccountID, channel registry.ResetChannel, until int64) {
			mustWrite(t, db, func(tx *store.Tx) error {
				return tx.InsertResetCode(t.Context(), registry.ResetCode{Hash: hash, Account: account, Channel: channel, ExpiresAt: tx.NowMS() + until})
			})
		}
		insert("old", a.ID, registry.ResetOnPaper, 1)
		insert("new", a.ID, registry.ResetOnPaper, 1)
		insert("mail", a.ID, registry.ResetByMail, 1)
		insert("setup old", "", registry.ResetSetup, 1)
		insert("setup new", "", registry.ResetSetup, 1)
		insert("late", "2", registry.ResetByMail, 0)
		mustWrite(t, db, func(tx *store.Tx) error {
			for hash, channel := range map[string]registry.ResetChannel{"old": registry.ResetOnPaper, "setup old": registry.ResetSetup, "late": registry.ResetByMail} {
				if _, err := tx.ResetCode(t.Context(), hash, channel); registry.KindOf(err) != registry.NotFound {
					t.Errorf("%s is still good: %v", hash, err)
				}
			}
			for hash, channel := range map[string]registry.ResetChannel{"new": registry.ResetOnPaper, "mail": registry.ResetByMail, "setup new": registry.ResetSetup} {
				if got, err := tx.ResetCode(t.Context(), hash, channel); err != nil || got.Channel != channel {
					t.Errorf("%s: %+v, %v", hash, got, err)
				}
			}
			return tx.DropResetCodes(t.Context(), a.ID)
		})
	})
}

func TestTriesAreCountedBeforeTheirOutcome(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		delay := func(n int) time.Duration {
			if n < 3 {
				return 0
			}
			return time.Minute
		}
		try := func(tx *store.Tx) error { return tx.CountTry(t.Context(), "k", time.Hour, delay) }
		if won := winners(t, db, 50, try); won != 3 {
			t.Errorf("%d tries of 50 at once, want 3", won)
		}
		clock := db.Now
		at := clock().Add(2 * time.Minute)
		db.Now = func() time.Time { return at }
		if won := winners(t, db, 10, try); won != 1 {
			t.Errorf("%d tries after the wait, want 1", won)
		}
		at = at.Add(2 * time.Hour)
		if won := winners(t, db, 10, try); won != 3 {
			t.Errorf("%d tries after all is forgotten, want 3", won)
		}
		mustWrite(t, db, func(tx *store.Tx) error { return tx.ForgetTries(t.Context(), "k") })
		mustWrite(t, db, try)
	})
}

func TestAccountsPageByName(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		var want []string
		var people []registry.Account
		for i, name := range []string{"An", "Ân", "Bế", "Đặng", "Đặng", "Hoà", "Hòa", "Ý"} {
			people = append(people, person(fmt.Sprint(i), name))
			want = append(want, name)
		}
		insertPeople(t, db, people...)
		var got []string
		q := store.AccountQuery{Everywhere: true, Limit: 3}
		for page := 0; page < 5; page++ {
			err := db.Read(t.Context(), func(tx *store.Tx) error {
				lines, err := tx.Accounts(t.Context(), q)
				for _, l := range lines {
					got, q.After = append(got, l.Name), l.Cursor
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("listed %q, want %q", got, want)
		}
	})
}

func TestSessionsAreReplacedAndEnded(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, db *store.DB) {
		a := person("1", "Nông Thị Hoà")
		insertPeople(t, db, a)
		mustWrite(t, db, func(tx *store.Tx) error {
			for i, until := range []int64{0, 9, 9, 9} {
				s := registry.Session{TokenHash: fmt.Sprint("t", i), ID: registry.SessionID(fmt.Sprint("s", i)), Account: a.ID, ExpiresAt: tx.NowMS() + until, Device: "Chrome"}
				if err := tx.InsertSession(t.Context(), s); err != nil {
					return err
				}
			}
			return tx.RenewSession(t.Context(), "t1", "t1 new", true)
		})
		mustWrite(t, db, func(tx *store.Tx) error {
			list, err := tx.Sessions(t.Context(), a.ID)
			if err != nil || len(list) != 3 || !list[0].SecondStep && !list[1].SecondStep && !list[2].SecondStep {
				t.Errorf("sessions %+v, %v; want the expired one dropped and one raised", list, err)
			}
			if _, err := tx.Session(t.Context(), "t1"); registry.KindOf(err) != registry.NotFound {
				t.Errorf("the token of before: %v", err)
			}
			if err := tx.EndSession(t.Context(), "2", "s2"); registry.KindOf(err) != registry.NotFound {
				t.Errorf("somebody else's session: %v", err)
			}
			return tx.EndSessions(t.Context(), a.ID, "t1 new")
		})
		mustWrite(t, db, func(tx *store.Tx) error {
			list, err := tx.Sessions(t.Context(), a.ID)
			if len(list) != 1 || list[0].ID != "s1" || list[0].Device != "Chrome" {
				t.Errorf("left %+v", list)
			}
			return err
		})
	})
}
