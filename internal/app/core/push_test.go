package core_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// household is a vendor whose owner has a phone and no address of mail, signed in on it.
type household struct {
	*testkit.Kit
	t       *testing.T
	service *testkit.PushService
	vendor  registry.Vendor
	event   registry.Event
	in      accounts.SignedIn
}

func newHousehold(t *testing.T, engine string) *household {
	t.Helper()
	k := testkit.NewAppOn(t, engine)
	h := &household{Kit: k, t: t, service: k.NewPushService(), event: k.Event()}
	owner := k.PhoneOnly()
	h.in = testkit.OwnSession(t, k, owner)
	h.vendor = k.Vendor(testkit.OwnedBy(h.in.Actor), testkit.WithVendor(func(v *registry.Vendor) { v.Email = "" }))
	return h
}

// tell writes a notice of a decision, as the use cases do.
func (h *household) tell(key string) {
	h.t.Helper()
	n := core.News{Event: h.event.ID, Vendor: h.vendor.ID, Topic: core.TopicApplication, Key: key,
		Args: []string{h.event.Title, "1/1/2027", "12", "–", "1", "", "http://localhost/gian-hang/v/don/a"}}
	h.Write(func(tx *store.Tx) error { return h.App.Tell(h.t.Context(), tx, n) })
}

func (h *household) send() int {
	h.t.Helper()
	sent, err := h.App.SendPushes(h.t.Context())
	testkit.Works(h.t, err)
	return sent
}

// log is the log of deliveries of the event.
func (h *household) log() (lines []registry.DeliveryLine) {
	h.t.Helper()
	h.Read(func(tx *store.Tx) (err error) {
		lines, err = tx.Deliveries(h.t.Context(), registry.DeliveryQuery{Event: h.event.ID, Limit: 50})
		return err
	})
	return lines
}

// onlyTry is the one try of the one notice.
func (h *household) onlyTry() registry.Delivery {
	h.t.Helper()
	lines := h.log()
	if len(lines) != 1 || len(lines[0].Tries) != 1 {
		h.t.Fatalf("the log has %+v, want one notice with one try", lines)
	}
	return lines[0].Tries[0]
}

func (h *household) toCall() int {
	h.t.Helper()
	n := 0
	h.Read(func(tx *store.Tx) (err error) {
		work, err := tx.EventWork(h.t.Context(), h.event.ID)
		n = work.ToCall
		return err
	})
	return n
}

func (h *household) phones() []registry.PushSubscription {
	h.t.Helper()
	list, err := h.App.Accounts.PushPhones(h.t.Context(), h.in)
	testkit.Works(h.t, err)
	return list
}

func TestDecisionReachesAPhone(t *testing.T) {
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) {
			h := newHousehold(t, engine)
			phone := h.service.Subscribed(h.Kit, h.in)
			h.tell("application.mail.approved")
			if n := h.send(); n != 1 || len(h.service.Refusals()) > 0 {
				t.Fatalf("%d were taken; the service refused %q", n, h.service.Refusals())
			}
			got := phone.Got()[0]
			if got.Title != "Đơn số 12 đã được duyệt" || got.Body != h.event.Title || got.Path != "/gian-hang/v/don/a" || got.Lang != "vi" {
				t.Errorf("the phone shows %+v", got)
			}
			if got.TTL != "259200" || got.Urgency != "high" || len(got.Topic) != 32 || got.Subject != "https://hoicho.vi-du.vn" {
				t.Errorf("TTL %s, urgency %s, topic %q, contact %q", got.TTL, got.Urgency, got.Topic, got.Subject)
			}
			if bytes.Contains(got.Raw, []byte(h.event.Title)) || bytes.Contains(got.Raw, []byte("gian-hang")) {
				t.Error("the push service reads what was sent")
			}
			if h.toCall() != 1 {
				t.Error("that a push service took it counts as told")
			}
			try := h.onlyTry()
			if try.Channel != registry.ByPush || try.SentAt == 0 || try.Answer != "201 Created" || try.OpenedAt != 0 || try.To != "Chrome, Android" {
				t.Errorf("the log says %+v", try)
			}
			testkit.Works(t, h.App.Accounts.NoteOpened(t.Context(), registry.MessageID(got.ID)))
			if h.toCall() != 0 || h.onlyTry().OpenedAt == 0 {
				t.Errorf("opened, and %d are still to be called; the log says %+v", h.toCall(), h.onlyTry())
			}
		})
	}
}

func TestPushIsWrittenInTheLanguageOfTheAccount(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	phone := h.service.Subscribed(h.Kit, h.in)
	testkit.Works(t, h.App.Accounts.SaveProfile(t.Context(), h.in, accounts.Profile{Name: "Chi", Lang: "en"}))
	h.tell("application.mail.approved")
	h.send()
	if got := phone.Got()[0]; got.Title != "Application 12 is approved" || got.Lang != "en" {
		t.Errorf("the phone shows %+v", got)
	}
}

func TestWithoutPermissionSheIsCalled(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	h.tell("application.mail.approved")
	if n := h.send(); n != 0 || h.toCall() != 1 || len(h.log()[0].Tries) != 0 {
		t.Errorf("%d sent, %d to call, the log has %+v", n, h.toCall(), h.log())
	}
}

// TestAnswersOfThePushService says what each answer does to the notice and to the phone.
func TestAnswersOfThePushService(t *testing.T) {
	for name, x := range map[string]struct {
		status  int
		headers []string
		fails   bool          // given up
		again   time.Duration // later, if not
		phones  int           // left
	}{
		"404":             {http.StatusNotFound, nil, true, 0, 0},
		"410":             {http.StatusGone, nil, true, 0, 0},
		"400":             {http.StatusBadRequest, nil, true, 0, 1},
		"403":             {http.StatusForbidden, nil, true, 0, 1},
		"301":             {http.StatusMovedPermanently, []string{"Location", "/wake/x"}, true, 0, 1},
		"429":             {http.StatusTooManyRequests, nil, false, 2 * time.Minute, 1},
		"429 with a time": {http.StatusTooManyRequests, []string{"Retry-After", "3600"}, false, time.Hour, 1},
		"500":             {http.StatusInternalServerError, nil, false, 2 * time.Minute, 1},
		"503 with a time": {http.StatusServiceUnavailable, []string{"Retry-After", "600"}, false, 10 * time.Minute, 1},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHousehold(t, testkit.Engine())
			phone := h.service.Subscribed(h.Kit, h.in)
			h.service.Answer(x.status, x.headers...)
			h.tell("application.mail.approved")
			h.send()
			try := h.onlyTry()
			if (try.FailedAt != 0) != x.fails || !strings.HasPrefix(try.Fault, name[:3]) || h.toCall() != 1 || len(h.phones()) != x.phones {
				t.Errorf("the log says %+v; %d to call, %d phones", try, h.toCall(), len(h.phones()))
			}
			if x.fails {
				return
			}
			if wait := time.Duration(try.DueAt-h.App.NowMS()) * time.Millisecond; wait != x.again {
				t.Errorf("tried again after %v, want %v", wait, x.again)
			}
			h.service.Answer(0)
			if h.Clock.Add(x.again - time.Second); h.send() != 0 {
				t.Error("tried too soon")
			}
			if h.Clock.Add(2 * time.Second); h.send() != 1 || len(phone.Got()) != 1 {
				t.Error("not tried again")
			}
		})
	}
}

func TestPushIsGivenUpAfterThreeDays(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	h.service.Subscribed(h.Kit, h.in)
	h.service.Answer(http.StatusServiceUnavailable)
	h.tell("application.mail.approved")
	for range 4 * 24 * 6 {
		h.send()
		h.Clock.Add(10 * time.Minute)
	}
	if try := h.onlyTry(); try.FailedAt == 0 || try.Fault != registry.MailExpired || try.Attempts < 10 || try.Attempts > 30 || h.toCall() != 1 {
		t.Errorf("the log says %+v, %d to call", try, h.toCall())
	}
}

func TestLaterNoticeTakesThePlaceOfAPush(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	phone := h.service.Subscribed(h.Kit, h.in)
	h.tell("application.mail.waitlisted")
	h.tell("application.mail.approved")
	h.send()
	if got := phone.Got(); len(got) != 1 || !strings.Contains(got[0].Title, "được duyệt") {
		t.Errorf("the phone shows %+v", got)
	}
	if old := h.log()[1]; !old.Replaced || old.Tries[0].Fault != registry.PushSuperseded {
		t.Errorf("the log says of the earlier one %+v", old)
	}
}

func TestMailGoesOnWhileThePushServiceHangs(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	h.service.Subscribed(h.Kit, h.in)
	h.tell("application.mail.approved")
	notify(t, h.Kit)
	mail := &mailServer{now: h.Clock.Now}
	sent, err := h.App.SendOutbox(t.Context(), mail)
	if err != nil || sent != 1 || len(mail.tries) != 1 {
		t.Errorf("%d letters went out in %d tries, %v", sent, len(mail.tries), err)
	}
}

func TestWhatThePhonesHearOf(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	phone := h.service.Subscribed(h.Kit, h.in)
	h.Write(func(tx *store.Tx) error {
		return h.App.Tell(t.Context(), tx, core.News{Vendor: h.vendor.ID, Topic: "vendor", Key: "vendor.mail.block", Args: []string{h.vendor.Name, "x"}})
	})
	if h.send(); len(phone.Got()) != 0 {
		t.Errorf("a phone shows %+v", phone.Got())
	}
}

func TestSwitchedOffNothingIsSent(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	phone := h.service.Subscribed(h.Kit, h.in)
	h.tell("application.mail.approved")
	h.App.Push = nil
	if n := h.send(); n != 0 || len(phone.Got()) != 0 {
		t.Errorf("%d sent", n)
	}
	h.tell("application.mail.declined")
	if lines := h.log(); len(lines[0].Tries) != 0 || h.toCall() != 1 {
		t.Errorf("queued while switched off: %+v", lines[0])
	}
	if err := h.App.Accounts.Subscribe(t.Context(), h.in, phone.Input()); registry.KindOf(err) != registry.NotFound {
		t.Errorf("subscribing: %v", err)
	}
}

// TestServersShareTheKey: of those that start at once, after a restart, and out of a backup.
func TestServersShareTheKey(t *testing.T) {
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) {
			k := testkit.NewAppOn(t, engine)
			way := k.NewPushService().Way()
			other := k.Another()
			other.Push = way
			testkit.Works(t, errors.Join(other.PreparePush(t.Context()), k.App.PreparePush(t.Context())))
			key, private, err := k.App.PushKey(t.Context())
			testkit.Works(t, err)
			again, same, err := other.PushKey(t.Context())
			if err != nil || key != again || private != same {
				t.Errorf("another server has %+v, want %+v (%v)", again, key, err)
			}
			k.Restart()
			if k.App.Push = way; engine == "sqlite" {
				backup := t.TempDir() + "/b.db"
				_, err := k.DB.Backup(t.Context(), backup)
				testkit.Works(t, err)
				k.Restore(backup)
				k.App.Push = way
			}
			if again, same, err := k.App.PushKey(t.Context()); err != nil || key != again || private != same {
				t.Errorf("afterwards it has %+v, want %+v (%v)", again, key, err)
			}
		})
	}
}

// TestKeysLieSealed: a copy of the database alone wakes no phone and signs nothing.
func TestKeysLieSealed(t *testing.T) {
	h := newHousehold(t, "sqlite")
	phone := h.service.Subscribed(h.Kit, h.in)
	_, private, err := h.App.PushKey(t.Context())
	testkit.Works(t, err)
	backup := t.TempDir() + "/b.db"
	_, err = h.DB.Backup(t.Context(), backup)
	testkit.Works(t, err)
	raw, err := os.ReadFile(backup)
	testkit.Works(t, err)
	secret, err := base64.RawURLEncoding.DecodeString(private)
	testkit.Works(t, err)
	for name, text := range map[string]string{"private key": private, "its bytes": string(secret), "endpoint": phone.Address.Endpoint, "auth": phone.Address.Auth} {
		if bytes.Contains(raw, []byte(text)) {
			t.Errorf("the %s stands in the database", name)
		}
	}
	if list := h.phones(); !bytes.Contains(raw, []byte(list[0].Hash)) {
		t.Error("control: the hash is not found either")
	}
}

func TestRenewingTheKeyEndsAllPhones(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	h.service.Subscribed(h.Kit, h.in)
	key, _, err := h.App.PushKey(t.Context())
	testkit.Works(t, err)
	for who, role := range map[string]registry.Role{"organiser": registry.Organiser, "reviewer": registry.Reviewer} {
		actor, _ := h.Officer(role, "19")
		if err := h.App.RenewPushKey(t.Context(), actor, key.ID); registry.KindOf(err) != registry.NotFound {
			t.Errorf("an %s renews it: %v", who, err)
		}
	}
	admin, _ := h.Officer(registry.Admin, "")
	testkit.Works(t, h.App.RenewPushKey(t.Context(), admin, key.ID))
	if err := h.App.RenewPushKey(t.Context(), admin, key.ID); registry.KindOf(err) != registry.Conflict {
		t.Errorf("renewing what is not in use: %v", err)
	}
	next, _, err := h.App.PushKey(t.Context())
	if err != nil || next.Public == key.Public || len(h.phones()) != 0 || len(h.Audited("push.renew")) != 1 {
		t.Errorf("the key is %+v, %d phones hear (%v)", next, len(h.phones()), err)
	}
	h.service.Subscribed(h.Kit, h.in)
	h.tell("application.mail.approved")
	if h.send() != 1 {
		t.Errorf("under the new key nothing arrives: %q", h.service.Refusals())
	}
}

// TestPushFailsWithoutTheUseCase: the fact stands whatever becomes of the notification.
func TestPushFailsWithoutTheUseCase(t *testing.T) {
	h := newHousehold(t, testkit.Engine())
	h.service.Subscribed(h.Kit, h.in)
	h.App.Push = deadPusher{}
	h.tell("application.mail.approved")
	h.send()
	if try := h.onlyTry(); try.FailedAt != 0 || try.Fault != "no route" {
		t.Errorf("the log says %+v", try)
	}
}

type deadPusher struct{}

func (deadPusher) Takes(registry.PushAddress) error { return nil }

func (deadPusher) Push(context.Context, registry.Push) (registry.PushAnswer, error) {
	return registry.PushAnswer{}, errors.New("no route")
}
