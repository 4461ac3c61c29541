package web_test

import (
	"net/http"
	"strings"
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestTheYearIsTheAnswer: the heading counts, each event stands in its commune and month, what
// meets another is said with a way out.
func TestTheYearIsTheAnswer(t *testing.T) {
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Organiser, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	k.Event(testkit.Titled("Phiên chợ thứ nhất"), testkit.OnDays("2027-06-01", 3))
	k.Event(testkit.Titled("Phiên chợ thứ hai"), testkit.OnDays("2027-06-03", 2))
	page := c.Get("/quan-ly/lich-nam?nam=2027").Body
	for _, want := range []string{"2 sự kiện ở 1 xã, phường; 91 xã, phường chưa có", "Phiên chợ thứ nhất", "01–03/06/2027", "1 điều cần xem", "Ngày khác không vướng:",
		"Kế hoạch sự kiện năm 2027", "/quan-ly/lich-nam?nam=2026", "Thêm sự kiện"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if empty := c.Get("/quan-ly/lich-nam?nam=2030").Body; !strings.Contains(empty, "0 sự kiện ở 0 xã, phường; 92 xã, phường chưa có") || !strings.Contains(empty, "lần cuối 03/06/2027") {
		t.Error("a year without events does not say which communes wait")
	}
	for _, bad := range []struct {
		year   string
		status int
	}{{"x", http.StatusNotFound}, {"1", http.StatusUnprocessableEntity}, {"99999999999999999999", http.StatusNotFound}} {
		if got := c.Get("/quan-ly/lich-nam?nam=" + bad.year).Status; got != bad.status {
			t.Errorf("year %s: %d, want %d", bad.year, got, bad.status)
		}
	}
}

// TestAReaderMakesNothing: whoever only looks is offered no button that makes events.
func TestAReaderMakesNothing(t *testing.T) {
	k := testkit.NewApp(t)
	_, token := k.Officer(registry.Viewer, "19")
	c := testkit.NewClient(t, k.Serve())
	c.SignInAs(token)
	if page := c.Get("/quan-ly/lich-nam?nam=2027"); page.Status != http.StatusOK || strings.Contains(page.Body, "Thêm sự kiện") {
		t.Errorf("a viewer: %d", page.Status)
	}
}
