package accounts_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// phoneAccount is somebody who signed up with a phone alone.
func phoneAccount(t *testing.T, k *testkit.Kit, phone string) accounts.SignedIn {
	t.Helper()
	testkit.Works(t, k.App.Accounts.SignUp(t.Context(), signUp(phone)))
	entered, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: phone, Password: goodPassword})
	testkit.Works(t, err)
	in, err := k.App.Accounts.Authenticate(t.Context(), entered.Token)
	testkit.Works(t, err)
	return in
}

// sent empties the outbox.
func sent(t *testing.T, k *testkit.Kit) postbox {
	t.Helper()
	var box postbox
	_, err := k.App.SendOutbox(t.Context(), &box)
	testkit.Works(t, err)
	return box
}

// askedEmail asks for an address and returns the token of the link.
func askedEmail(t *testing.T, k *testkit.Kit, in accounts.SignedIn, email string) string {
	t.Helper()
	testkit.Works(t, k.App.Accounts.AskEmail(t.Context(), in, accounts.NewEmail{Email: email, Password: goodPassword, Client: accounts.Client{Net: email}}))
	box := sent(t, k)
	if len(box) != 1 || !strings.EqualFold(box[0].To, email) || box[0].Key != "account.mail.email" {
		t.Fatalf("sent %+v", box)
	}
	return box[0].Args[1][strings.LastIndex(box[0].Args[1], "/")+1:]
}

func TestEmailIsAddedByItsLink(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	in := phoneAccount(t, k, "0912345678")
	token := askedEmail(t, k, in, "Sang@vi-du.vn")
	if email, err := k.App.Accounts.AskedEmail(t.Context(), in, token); err != nil || email != "sang@vi-du.vn" {
		t.Errorf("asked %q, %v", email, err)
	}
	_, err := k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "sang@vi-du.vn", Password: goodPassword})
	if registry.KindOf(err) != registry.Invalid {
		t.Errorf("the address signs in before it is confirmed: %v", err)
	}
	stranger := phoneAccount(t, k, "0987654321")
	testkit.Refused(t, "somebody else's link", testkit.Second(k.App.Accounts.ConfirmEmail(t.Context(), stranger, token)), registry.NotFound, "error.account.link")
	_, err = k.App.Accounts.AskedEmail(t.Context(), stranger, token)
	testkit.Refused(t, "looking at it", err, registry.NotFound, "error.account.link")
	var won atomic.Int32
	testkit.Race(t, 8, func(int) error {
		_, err := k.App.Accounts.ConfirmEmail(t.Context(), in, token)
		if err == nil {
			won.Add(1)
		}
		return err
	}, registry.NotFound)
	if won.Load() != 1 {
		t.Errorf("%d confirmations, want 1", won.Load())
	}
	_, err = k.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: "sang@vi-du.vn", Password: goodPassword})
	testkit.Works(t, err)
	if box := sent(t, k); len(box) != 0 {
		t.Errorf("sent %+v, there was no address before", box)
	}
}

func TestEmailChangeTellsTheOldAddress(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	in := testkit.OwnSession(t, k, k.Account("Triệu Văn Sáng"))
	ask := accounts.NewEmail{Email: "moi@vi-du.vn", Password: testkit.Password}
	testkit.Works(t, k.App.Accounts.AskEmail(t.Context(), in, ask))
	link := sent(t, k)[0].Args[1]
	testkit.Works(t, testkit.Second(k.App.Accounts.ConfirmEmail(t.Context(), in, link[strings.LastIndex(link, "/")+1:])))
	box := sent(t, k)
	if len(box) != 1 || box[0].To != in.Account.Email || box[0].Key != "account.mail.email_changed" {
		t.Errorf("sent %+v", box)
	}
}

func TestEmailOfAnotherIsNotTaken(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	in, there := phoneAccount(t, k, "0912345678"), k.Account("Có Từ Trước")
	testkit.Works(t, k.App.Accounts.AskEmail(t.Context(), in, accounts.NewEmail{Email: there.Email, Password: goodPassword}))
	if box := sent(t, k); len(box) != 1 || box[0].To != there.Email || box[0].Key != "account.mail.email_taken" || len(box[0].Args) != 0 {
		t.Errorf("sent %+v, want a notice without a link and without a name", box)
	}
	token := askedEmail(t, k, in, "moi@vi-du.vn")
	other := phoneAccount(t, k, "0987654321")
	testkit.Works(t, testkit.Second(k.App.Accounts.ConfirmEmail(t.Context(), other, askedEmail(t, k, other, "moi@vi-du.vn"))))
	testkit.Refused(t, "taken meanwhile", testkit.Second(k.App.Accounts.ConfirmEmail(t.Context(), in, token)), registry.NotFound, "error.account.link")
	late := askedEmail(t, k, in, "muon@vi-du.vn")
	k.Clock.Add(time.Hour + time.Second)
	testkit.Refused(t, "after an hour", testkit.Second(k.App.Accounts.ConfirmEmail(t.Context(), in, late)), registry.NotFound, "error.account.link")
}

func TestEmailNeedsThePassword(t *testing.T) {
	t.Parallel()
	k := testkit.NewApp(t)
	in := testkit.OwnSession(t, k, k.Account("Triệu Văn Sáng"))
	for name, c := range map[string]struct{ email, key string }{
		"a phone":     {"0912345678", "error.account.email"},
		"no host":     {"a@b", "error.account.email"},
		"two lines":   {"a@vi-du.vn\r\nBcc: b@vi-du.vn", "error.account.email"},
		"the same":    {in.Account.Email, "error.account.email_same"},
		"10,000 long": {strings.Repeat("a", 10000) + "@vi-du.vn", "error.account.email"},
	} {
		testkit.Refused(t, name, k.App.Accounts.AskEmail(t.Context(), in, accounts.NewEmail{Email: c.email, Password: testkit.Password}), registry.Invalid, c.key)
	}
	limited := false
	for range 12 {
		err := k.App.Accounts.AskEmail(t.Context(), in, accounts.NewEmail{Email: "moi@vi-du.vn", Password: "đoán mò"})
		limited = limited || registry.KindOf(err) == registry.Limited
		if err == nil {
			t.Fatal("a guessed password changes the address")
		}
	}
	if box := sent(t, k); len(box) != 0 || !limited {
		t.Errorf("sent %d mails; guessing is slowed down: %t", len(box), limited)
	}
}
