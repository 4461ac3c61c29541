package notify_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"hoicho/internal/notify"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestPushGoesToTheOpenInternetAlone: what a browser names is refused as it is written, and
// what a name leads to when it is dialled.
func TestPushGoesToTheOpenInternetAlone(t *testing.T) {
	k := testkit.NewApp(t)
	s := k.NewPushService()
	key, private, err := k.App.PushKey(t.Context())
	testkit.Works(t, err)
	to := s.Phone(key.Public).Address
	p := notify.NewPush(notify.Push{Texts: func(registry.Message) (string, string) { return "a", "b" }})
	for _, endpoint := range []string{"http://push.example.com/x", "https://user:pw@push.example.com/x", "https://push.example.com:8443/x", "//push.example.com/x",
		"https:///x", "https://127.0.0.1/x", "https://[::1]/x", "https://10.1.2.3/x", "https://192.168.0.1/x", "https://172.16.0.1/x", "https://169.254.169.254/x",
		"https://100.64.0.1/x", "https://0.0.0.0/x", "https://[fd00::1]/x", "https://[fe80::1]/x", "https://[::ffff:10.0.0.1]/x", "https://[64:ff9b::a00:1]/x",
		"https://[2002:a00:1::]/x", "https://[2001::1]/x", "https://224.0.0.1/x", "https://255.255.255.255/x", "https://198.18.0.1/x",
		"https://push.example.com/" + strings.Repeat("x", 1100)} {
		if to.Endpoint = endpoint; p.Takes(to) == nil {
			t.Errorf("%s is taken", endpoint)
		}
	}
	for _, endpoint := range []string{"https://fcm.googleapis.com/fcm/send/x", "https://web.push.apple.com:443/x", "https://1.1.1.1/x", "https://[2606:4700::1]/x",
		"https://[64:ff9b::101:101]/x"} {
		to.Endpoint = endpoint
		if err := p.Takes(to); err != nil {
			t.Errorf("control: %s: %v", endpoint, err)
		}
	}
	to.Endpoint = "https://localhost/secret-of-the-phone"
	_, err = p.Push(t.Context(), registry.Push{To: to, Public: key.Public, Private: private, TTL: time.Hour})
	if !errors.Is(err, registry.ErrUndeliverable) || !strings.Contains(err.Error(), "inside this network") || strings.Contains(err.Error(), "secret-of-the-phone") {
		t.Errorf("a name that leads to this machine: %v", err)
	}
}

func TestTextsFitIntoANotification(t *testing.T) {
	k := testkit.NewApp(t)
	s := k.NewPushService()
	key, private, err := k.App.PushKey(t.Context())
	testkit.Works(t, err)
	phone := s.Phone(key.Public)
	n := registry.Push{To: phone.Address, Public: key.Public, Private: private, TTL: time.Hour, Path: "/" + strings.Repeat("x", 200),
		Message: registry.Message{Lang: "vi", Key: "application.mail.booth", Args: []string{strings.Repeat("phiên chợ \n", 100), "", strings.Repeat("ế", 900), ""}}}
	answer, err := s.Way().Push(t.Context(), n)
	if err != nil || !answer.Taken() {
		t.Fatalf("%+v, %v; refused %q", answer, err, s.Refusals())
	}
	got := phone.Got()[0]
	if len([]rune(got.Title)) > 160 || len([]rune(got.Body)) > 160 || !strings.HasSuffix(got.Body, "…") || len(got.Raw) > 4096 {
		t.Errorf("%d and %d signs in %d bytes", len([]rune(got.Title)), len([]rune(got.Body)), len(got.Raw))
	}
}
