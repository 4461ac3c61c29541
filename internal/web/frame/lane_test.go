package frame_test

import (
	"strings"
	"testing"
	"time"

	"hoicho/internal/app/events"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
	"hoicho/internal/testkit/site"
	"hoicho/internal/web/frame"
)

// TestARushOfReaders: where more readers wait than may, whoever asks for a page that is not
// ready is told at once to come back in some seconds, and whoever asks for one that is ready
// gets it, be its figures a little late. The gate and the office go on.
func TestARushOfReaders(t *testing.T) {
	k := testkit.NewApp(t)
	event := k.Event(testkit.InState(registry.Running))
	k.Gates(event.ID, 1)
	steward := k.Phone(event.ID, registry.Steward, 1)
	pass := k.Issued(event, registry.VisitorPass, 1)[0]
	s, base := site.Of(k)
	_, token := k.Officer(registry.Organiser, "")
	reader, officer := testkit.NewClient(t, base), testkit.NewClient(t, base)
	officer.SignInAs(token)
	address := "/su-kien/" + event.Slug
	reader.Get(address)
	release := frame.Crowd(s.Server, frame.LaneQueue)
	t.Run("a page that is not ready", func(t *testing.T) {
		got := reader.Get("/doanh-nghiep")
		if got.Status != 503 || got.Header.Get("Retry-After") != "5" || !strings.Contains(got.Body, "Đang có rất nhiều người xem") {
			t.Errorf("%d, to come back after %q s: %s", got.Status, got.Header.Get("Retry-After"), got.Body)
		}
		english := testkit.NewClient(t, base)
		english.Get("/ngon-ngu/en")
		if got := english.Get("/doanh-nghiep"); got.Status != 503 || !strings.Contains(got.Body, "Open this page again") {
			t.Errorf("in English: %d %s", got.Status, got.Body)
		}
	})
	t.Run("a page whose visits are late", func(t *testing.T) {
		if _, err := k.App.Admission.Scan(t.Context(), steward.Device, steward.Batch(steward.Scan(pass))); err != nil {
			t.Fatal(err)
		}
		k.Clock.Add(time.Minute)
		if got := reader.Get(address); got.Status != 200 {
			t.Errorf("%d", got.Status)
		}
	})
	t.Run("a page of which something else has changed", func(t *testing.T) {
		in := events.EventInputOf(event)
		in.Title = "Phiên chợ tên khác"
		if _, err := k.App.Events.EditEvent(t.Context(), registry.SystemActor("test"), event.ID, in); err != nil {
			t.Fatal(err)
		}
		if got := reader.Get(address); got.Status != 503 {
			t.Errorf("%d", got.Status)
		}
	})
	t.Run("the gate and the office", func(t *testing.T) {
		if got := officer.Get("/quan-ly/su-kien"); got.Status != 200 {
			t.Errorf("the office: %d", got.Status)
		}
		if got := reader.Get("/healthz"); got.Status != 200 {
			t.Errorf("health: %d", got.Status)
		}
	})
	release()
	if got := reader.Get("/doanh-nghiep"); got.Status != 200 {
		t.Errorf("after the rush: %d", got.Status)
	}
}

// TestOneNetworkIsNoRush: however many readers of one network wait, those of others get their
// turn as soon as there is one.
func TestOneNetworkIsNoRush(t *testing.T) {
	s, base := site.Of(testkit.NewApp(t))
	release := frame.Crowd(s.Server, frame.LaneOneNet)
	status := make(chan int)
	go func() { status <- testkit.NewClient(t, base).Get("/doanh-nghiep").Status }()
	select {
	case got := <-status:
		t.Fatalf("answered with %d before there was a turn", got)
	case <-time.After(200 * time.Millisecond):
	}
	release()
	if got := <-status; got != 200 {
		t.Errorf("%d", got)
	}
}
