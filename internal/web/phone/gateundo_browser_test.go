package phone_test

import (
	"strings"
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/pass"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestBrowserGateUndoesWithoutNetwork: a scan that is taken back counts no longer
// for the phone either, long before the server hears of it.
func TestBrowserGateUndoesWithoutNetwork(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	s.door.Shut()
	guest := s.guests[0]
	s.enter(guest)
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	time.Sleep(gate.RepeatMS * time.Millisecond) // sooner it would be the same scan
	s.enter(guest)                               // control: the phone holds on to whom it let in
	testkit.PageShows(t, s.Browser, "no", "Đang ở trong")
	s.undo()
	s.enter(guest)
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	s.undo()
	s.restart()
	s.enter(guest)
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	s.reopen()
	s.sent()
	moves := 0
	for _, row := range s.rows(guest) {
		if row.Moves {
			moves++
		}
	}
	if moves != 1 {
		t.Errorf("%d scans count, want the last one", moves)
	}
}

// undo takes back the newest scan that can be taken back.
func (s *gateShift) undo() {
	s.t.Helper()
	const open = `[...document.querySelectorAll("#recent li button")].filter((b) => !b.hidden)`
	s.Click("#open-menu")
	s.WaitFor(open + `.length === 1`)
	s.run(open + `[0].click(); 0`)
	s.WaitFor(open + `.length === 0`)
	s.Click("[data-screen=menu] [data-back]")
	s.WaitFor(`document.body.dataset.now === "scan"`)
}

// TestBrowserGateForgedPassMovesNobody: a forged copy that the supervisor lets in
// does not use up the pass that it was copied from.
func TestBrowserGateForgedPassMovesNobody(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	s.Kill()
	s.options.Profile = t.TempDir()
	s.start()
	s.pair(registry.Supervisor)
	guest := s.guests[0]
	forged := pass.Text(s.base, guest.Code, guest.Proof)
	forged = forged[:len(forged)-1] + string('0'+(forged[len(forged)-1]-'0'+1)%10)
	for _, offline := range []bool{false, true} {
		if offline {
			s.door.Shut()
		}
		s.Keys(forged + "\r")
		testkit.PageShows(t, s.Browser, "no", "Thẻ giả")
		s.Click("#call-chief")
		s.Click("#chief button:not([type])")
		s.WaitFor(`document.body.dataset.now === "verdict" && document.querySelector("#verdict.ok, #verdict.wait")`) // not while it is checked
		s.next()
		time.Sleep(gate.RepeatMS * time.Millisecond) // sooner the symbol would not have left the camera
	}
	s.enter(guest)
	testkit.PageShows(t, s.Browser, "wait", "Mời vào · chờ đồng bộ")
	s.next()
	time.Sleep(gate.RepeatMS * time.Millisecond) // sooner it would be the same scan
	s.enter(guest)                               // control
	testkit.PageShows(t, s.Browser, "no", "Đang ở trong")
}

// TestBrowserGateLongSymbol: somebody else's symbol with a long Vietnamese text is a
// scan like any other, and nothing waits behind it.
func TestBrowserGateLongSymbol(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	s.options.Camera, _ = filmOf(t, s.k, 2, s.event, registry.StaffPass)
	s.options.Script = readerOf("HOICHO", strings.Repeat("ế", 200))
	s.restart()
	testkit.PageShows(t, s.Browser, "no", "Không phải thẻ")
	s.enter(s.guests[0])
	s.sent()
	if d := s.device(); d.AckedSeq != 2 {
		t.Errorf("the server has everything up to %d of 2 scans", d.AckedSeq)
	}
}

// TestBrowserGateGuessesHoldNobodyUp: when the server takes no more typed codes of
// a phone, its symbols are judged by the server as ever.
func TestBrowserGateGuessesHoldNobodyUp(t *testing.T) {
	t.Parallel()
	s := newGateShift(t, 1, testkit.BrowserOptions{})
	s.Allow("429")
	codes := make([]string, 34)
	for i := range codes {
		codes[i] = pass.NewCode()
	}
	s.run(`globalThis.typed = 0; (async () => { for (const code of "` + strings.Join(codes, " ") + `".split(" ")) {
		document.querySelector("#next").click();
		document.querySelector("#type-code").value = code; document.querySelector("#type").requestSubmit();
		while (document.querySelector("#verdict").classList.length !== 2) await new Promise((r) => setTimeout(r, 1));
		globalThis.typed++; document.querySelector("#verdict").className = "verdict"; } })(); 0`)
	s.WaitFor(`globalThis.typed === 34`)
	const waiting = `/ [1-9] lượt chờ gửi/.test(document.querySelector("#net-text").textContent)`
	s.WaitFor(waiting) // control: the server takes no more of them
	s.run(`document.querySelector("#next").click(); 0`)
	s.Keys(pass.Text(s.base, s.guests[0].Code, s.guests[0].Proof) + "\r")
	testkit.PageShows(t, s.Browser, "ok", "Mời vào")
	s.WaitFor(waiting)
}
