package accounts_test

import (
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// pushing is two people, each signed in on a phone that gets notifications.
type pushing struct {
	*testkit.Kit
	t         *testing.T
	service   *testkit.PushService
	chi, lan  accounts.SignedIn
	chisPhone *testkit.PushPhone
}

func newPushing(t *testing.T) *pushing {
	t.Helper()
	k := testkit.NewApp(t)
	p := &pushing{Kit: k, t: t, service: k.NewPushService()}
	p.chi, p.lan = testkit.OwnSession(t, k, k.PhoneOnly()), testkit.OwnSession(t, k, k.Account("Lan"))
	p.chisPhone = p.service.Subscribed(k, p.chi)
	return p
}

func (p *pushing) phones(in accounts.SignedIn) []registry.PushSubscription {
	p.t.Helper()
	list, err := p.App.Accounts.PushPhones(p.t.Context(), in)
	testkit.Works(p.t, err)
	return list
}

func (p *pushing) subscribe(in accounts.SignedIn, phone accounts.PushInput) registry.Kind {
	return registry.KindOf(p.App.Accounts.Subscribe(p.t.Context(), in, phone))
}

// TestWhatEndsNotifications: all that ends a session by somebody's will.
func TestWhatEndsNotifications(t *testing.T) {
	for name, end := range map[string]func(p *pushing) error{
		"signing out": func(p *pushing) error { return p.App.Accounts.SignOut(p.t.Context(), p.chi) },
		"ended from another device": func(p *pushing) error {
			other := testkit.OwnSession(p.t, p.Kit, p.chi.Account)
			return p.App.Accounts.EndSession(p.t.Context(), other, p.chi.Session.ID)
		},
		"signed out elsewhere": func(p *pushing) error {
			other := testkit.OwnSession(p.t, p.Kit, p.chi.Account)
			return testkit.Second(p.App.Accounts.SignOutElsewhere(p.t.Context(), other))
		},
		"removed from the list": func(p *pushing) error {
			return p.App.Accounts.EndPush(p.t.Context(), p.chi, p.phones(p.chi)[0].ID)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPushing(t)
			p.service.Subscribed(p.Kit, p.lan)
			testkit.Works(t, end(p))
			if len(p.phones(p.chi)) != 0 || len(p.phones(p.lan)) != 1 {
				t.Errorf("%d of hers and %d of somebody else are left", len(p.phones(p.chi)), len(p.phones(p.lan)))
			}
		})
	}
}

// TestSigningInAgainKeepsNotifications: a session that lapsed was nobody's wish.
func TestSigningInAgainKeepsNotifications(t *testing.T) {
	p := newPushing(t)
	_, old := p.SignedIn(p.chi.Account)
	in, err := p.App.Accounts.Authenticate(t.Context(), old)
	testkit.Works(t, err)
	testkit.Works(t, p.App.Accounts.Subscribe(t.Context(), in, p.chisPhone.Input()))
	p.Clock.Add(31 * 24 * time.Hour)
	entered, err := p.App.Accounts.SignIn(t.Context(), accounts.SignIn{Login: p.chi.Account.Phone, Password: testkit.Password, OldToken: old})
	testkit.Works(t, err)
	again, err := p.App.Accounts.Authenticate(t.Context(), entered.Token)
	testkit.Works(t, err)
	if list := p.phones(again); len(list) != 1 || list[0].Session != again.Session.ID {
		t.Errorf("she has %+v", list)
	}
}

// TestSubscribingAgainChangesNothing, and a new address of the browser takes the place of the old one.
func TestSubscribingAgainChangesNothing(t *testing.T) {
	p := newPushing(t)
	first := p.phones(p.chi)[0]
	p.subscribe(p.chi, p.chisPhone.Input())
	if list := p.phones(p.chi); len(list) != 1 || list[0] != first || len(p.Audited("account.push_on")) != 1 {
		t.Errorf("she has %+v", list)
	}
	p.service.Subscribed(p.Kit, p.chi)
	if list := p.phones(p.chi); len(list) != 1 || list[0].ID == first.ID {
		t.Errorf("with a new address she has %+v", list)
	}
}

// TestStrangersTakeNoPhone: who knows the address alone changes nothing; the browser
// itself, which has the keys, changes hands.
func TestStrangersTakeNoPhone(t *testing.T) {
	p := newPushing(t)
	stolen := p.service.Phone(p.chisPhone.Input().Key).Input()
	stolen.Endpoint = p.chisPhone.Address.Endpoint
	if kind := p.subscribe(p.lan, stolen); kind != registry.Conflict || len(p.phones(p.chi)) != 1 || len(p.phones(p.lan)) != 0 {
		t.Errorf("a stranger takes it: %v", kind)
	}
	if kind := p.subscribe(p.lan, p.chisPhone.Input()); kind != registry.None || len(p.phones(p.chi)) != 0 || len(p.phones(p.lan)) != 1 {
		t.Errorf("control: the browser itself is %v", kind)
	}
	if err := p.App.Accounts.EndPush(t.Context(), p.chi, p.phones(p.lan)[0].ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("ending somebody else's: %v", err)
	}
}

func TestAnAccountHasTenPhones(t *testing.T) {
	p := newPushing(t)
	for i := range 10 {
		in := testkit.OwnSession(t, p.Kit, p.chi.Account)
		want := registry.None
		if i == 9 {
			want = registry.Conflict
		}
		if kind := p.subscribe(in, p.service.Phone(p.chisPhone.Input().Key).Input()); kind != want {
			t.Errorf("phone %d is %v, want %v", i+2, kind, want)
		}
	}
	if kind := p.subscribe(p.chi, p.service.Phone(p.chisPhone.Input().Key).Input()); kind != registry.None {
		t.Errorf("a new address of one that counts is %v", kind)
	}
}

func TestManyTriesToSubscribeAreLimited(t *testing.T) {
	p := newPushing(t)
	for range 30 {
		p.subscribe(p.chi, accounts.PushInput{})
	}
	if kind := p.subscribe(p.chi, p.chisPhone.Input()); kind != registry.Limited {
		t.Errorf("the next is %v", kind)
	}
}
