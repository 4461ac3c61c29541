package core_test

import (
	"slices"
	"testing"
	"time"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// letters empties the outbox and returns whom it writes to.
func letters(t *testing.T, k *testkit.Kit) (to []string) {
	t.Helper()
	k.Write(func(tx *store.Tx) error {
		list, err := tx.LeaseMessages(t.Context(), 100, time.Hour)
		for _, m := range list {
			to = append(to, m.To)
		}
		return err
	})
	return to
}

func TestVendorIsToldByLetterElseByACall(t *testing.T) {
	for name, c := range map[string]struct {
		owned, folder  bool
		mailed, called int
		letters        int
	}{
		"with an address":            {true, false, 1, 0, 1},
		"without one":                {false, false, 0, 1, 0},
		"letters stay in a folder":   {true, true, 0, 1, 1},
		"neither address nor server": {false, true, 0, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			k := testkit.NewApp(t)
			k.App.NoMail = c.folder
			event, v := k.Event(), k.Vendor()
			if c.owned {
				v, _, _ = k.OwnVendor()
			}
			n := core.News{Event: event.ID, Vendor: v.ID, Topic: core.TopicBooths, Key: "account.mail.signed_up", Args: []string{"Chi"}}
			hears, told := core.Hear(t.Context())
			k.Write(func(tx *store.Tx) error { return k.App.Tell(hears, tx, n) })
			if len(told.Mailed) != c.mailed || len(told.ToCall) != c.called || len(letters(t, k)) != c.letters {
				t.Errorf("told %+v", told)
			}
			list, err := k.App.Vendors.CallList(t.Context(), registry.SystemActor("test"), event.ID)
			if err != nil || len(list.ToCall) != c.called {
				t.Errorf("%d to call (%v), want %d", len(list.ToCall), err, c.called)
			}
			k.Write(func(tx *store.Tx) error { return k.App.Confirm(t.Context(), tx, n) })
			list, err = k.App.Vendors.CallList(t.Context(), registry.SystemActor("test"), event.ID)
			if err != nil || len(list.ToCall) != 0 || len(letters(t, k)) != c.letters {
				t.Errorf("it did so itself, and %d are to call (%v)", len(list.ToCall), err)
			}
		})
	}
}

func TestTellingWithoutAListener(t *testing.T) {
	k := testkit.NewApp(t)
	v, _, _ := k.OwnVendor()
	core.NoteAsked(t.Context())
	k.Write(func(tx *store.Tx) error {
		return k.App.Tell(t.Context(), tx, core.News{Vendor: v.ID, Topic: core.TopicEvent, Key: "account.mail.signed_up", Args: []string{"Chi"}})
	})
	if got := letters(t, k); len(got) != 1 {
		t.Errorf("letters to %v", got)
	}
	hears, told := core.Hear(t.Context())
	if core.NoteAsked(hears); !told.Asked {
		t.Error("who hears is not told that all were asked")
	}
}

func TestLettersGoToEachContact(t *testing.T) {
	k := testkit.NewApp(t)
	k.Write(func(tx *store.Tx) error {
		return core.SendLetters(t.Context(), tx, []store.Contact{{Email: "a@vi-du.vn", Lang: "vi"}, {Email: "b@vi-du.vn", Lang: "en"}},
			registry.Message{Key: "account.mail.signed_up", Args: []string{"Chi"}})
	})
	got := letters(t, k)
	if slices.Sort(got); !slices.Equal(got, []string{"a@vi-du.vn", "b@vi-du.vn"}) {
		t.Errorf("letters to %v", got)
	}
}
