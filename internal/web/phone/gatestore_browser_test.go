package phone_test

import (
	"testing"

	"hoicho/internal/testkit"
)

// TestBrowserGateStoreClosed: a system that closes the store under the page, as iOS
// does, is not noticed: scans with and without a network, presses, settings and the
// list are kept, and nothing is red.
func TestBrowserGateStoreClosed(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 4, testkit.BrowserOptions{})
	s.run(`globalThis.cuts = 0; (() => { let last = 0; const real = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (...args) { if (performance.now() - last > 80) { last = performance.now(); globalThis.cuts++; this.close(); } return real.apply(this, args); }; })(); 0`)
	s.enter(s.guests[0])
	testkit.PageShows(t, s.Browser, "ok", "Mời vào")
	s.next()
	s.Click("#dir-out")
	s.Click("#dir-in")
	s.Click("#open-count")
	s.WaitFor(`document.querySelector("#clicked").textContent === "1"`)
	s.Click("[data-screen=count] [data-back]")
	s.listed()
	s.sent()
	s.door.Shut()
	for _, g := range s.guests[1:3] {
		s.enter(g)
		s.WaitFor(`document.querySelector("#v-title").textContent.includes("chờ đồng bộ")`)
	}
	s.waits(2)
	if s.count(`globalThis.cuts`) < 4 {
		t.Error("control: the store was hardly ever closed")
	}
	s.restart()
	s.waits(2)
	s.reopen()
	s.enter(s.guests[3])
	s.sent()
	if rows := s.rows(s.guests...); len(rows) != 4 {
		t.Errorf("the server has %+v", rows)
	}
}
