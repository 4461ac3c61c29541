package web_test

import (
	"net/url"
	"testing"
	"time"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestFullDiskStopsWritesNotReads fills the database to its last page: a change
// is 503 and not made, pages go on, and all is well once there is room.
func TestFullDiskStopsWritesNotReads(t *testing.T) {
	k := testkit.NewAppOn(t, "sqlite")
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	change := func() testkit.Answer {
		return c.Post("/tai-khoan/ma-api", url.Values{"name": {"lịch"}, "days": {"30"}, "scopes": {"read"}})
	}
	if got := change(); got.Status != 200 {
		t.Fatalf("control: %d before the disk is full", got.Status)
	}
	testkit.FillDisk(t, k.DB)
	full := change()
	for range 40 { // what is left of the last pages takes a few rows
		if full.Status == 503 {
			break
		}
		full = change()
	}
	if full.Status != 503 || full.Header.Get("Retry-After") == "" {
		t.Errorf("a change on a full disk: %d, want 503 with Retry-After", full.Status)
	}
	if got := c.Get("/tai-khoan/ma-api"); got.Status != 200 {
		t.Errorf("a page on a full disk: %d", got.Status)
	}
	if got := c.Get("/readyz"); got.Status != 503 || got.Header.Get("Retry-After") == "" {
		t.Errorf("readyz on a full disk: %d", got.Status)
	}
	if got := c.Get("/healthz"); got.Status != 200 {
		t.Errorf("healthz on a full disk: %d", got.Status)
	}
	testkit.FreeDisk(t, k.DB)
	k.Clock.Add(time.Minute)
	if got := c.Get("/readyz"); got.Status != 200 {
		t.Errorf("readyz after there is room: %d", got.Status)
	}
	if got := change(); got.Status != 200 {
		t.Errorf("after there is room: %d", got.Status)
	}
}
