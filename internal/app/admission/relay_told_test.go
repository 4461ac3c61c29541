package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// counted is how many visits nobody scanned a kit's phones are told of today.
func (o *outpost) counted(t *testing.T, k *testkit.Kit, p *testkit.Phone) (n int) {
	t.Helper()
	s, err := k.App.Admission.GateStats(t.Context(), p.Device)
	testkit.Works(t, err)
	for _, v := range s.Visits {
		n += v.N
	}
	return n
}

func (o *outpost) press(t *testing.T, k *testkit.Kit, p *testkit.Phone, n int) {
	t.Helper()
	testkit.Works(t, testkit.Second(k.App.Admission.Count(t.Context(), p.Device, p.Presses(n))))
}

func TestARelayCountsTheWholeEvent(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	near, far := o.relay.Phone(o.event.ID, registry.Steward, 1), o.server.Phone(o.event.ID, registry.Steward, 2)
	want := func(claim string, n int) {
		t.Helper()
		t.Run(claim, func(t *testing.T) {
			if got := o.counted(t, o.relay, near); got != n {
				t.Errorf("%d visits, want %d", got, n)
			}
		})
	}
	o.press(t, o.server, far, 4)
	want("nothing of the server before the first list", 0)
	o.sync(t)
	want("what the server counted", 4)
	o.press(t, o.relay, near, 3)
	want("its own on top", 7)
	o.sync(t)
	o.sync(t)
	want("its own once, though the server has them too", 7)
	o.relay.Clock.Add(time.Hour)
	o.press(t, o.server, far, 2)
	o.sync(t)
	o.press(t, o.relay, near, 5)
	want("hours that only the server has, and new ones of its own", 14)
	o.relay.Clock.Add(13 * time.Hour)
	want("all of the day until midnight", 14)
	o.relay.Clock.Add(time.Hour)
	want("nothing of yesterday", 0)
}

// TestARelayKnowsWhoCameInElsewhere: visits by scan at the server's gates count at the
// relay, at their gate, until they are taken back.
func TestARelayKnowsWhoCameInElsewhere(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	near, far := o.relay.Phone(o.event.ID, registry.Steward, 1), o.server.Phone(o.event.ID, registry.Steward, 2)
	entry := far.Scan(o.guests[0])
	o.scan(t, o.server, far, entry)
	o.scan(t, o.server, far, far.Scan(o.staff[0]))
	o.sync(t)
	t.Run("a guest is a visit, staff is none", func(t *testing.T) {
		if n := o.visits(t, o.relay); n != 1 {
			t.Errorf("%d visits", n)
		}
		s, err := o.relay.App.Admission.GateStats(t.Context(), near.Device)
		if err != nil || len(s.Gates) != 1 || s.Gates[0].Number != 2 || s.Gates[0].Visits != 1 || s.Inside != 2 {
			t.Errorf("%+v, %d inside, %v", s.Gates, s.Inside, err)
		}
	})
	t.Run("the same list again counts nothing", func(t *testing.T) {
		o.sync(t)
		if n := o.visits(t, o.relay); n != 1 {
			t.Errorf("%d visits", n)
		}
	})
	t.Run("taken back it is none", func(t *testing.T) {
		far.Seq++
		void := far.Scan(o.guests[0], func(s *gate.SentScan) { s.QR, s.VoidOf = "", entry.ID })
		o.scan(t, o.server, far, void)
		o.sync(t)
		if n := o.visits(t, o.relay); n != 0 {
			t.Errorf("%d visits", n)
		}
	})
}

func TestARelayTellsOfEachPhoneOnce(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	one, two := o.relay.Phone(o.event.ID, registry.Steward, 1), o.relay.Phone(o.event.ID, registry.Supervisor, 2)
	o.press(t, o.relay, one, 3)
	batch, upTo, more, err := o.relay.App.Admission.RelayUnsent(t.Context())
	testkit.Works(t, err)
	batch.ReceivedAt, batch.Waiting = o.server.App.NowMS(), batch.Waiting+9
	answer, err := o.server.App.Admission.TakeRelay(t.Context(), o.device, batch)
	testkit.Works(t, err)
	t.Run("all phones are known at once", func(t *testing.T) {
		if len(answer.Phones) != 2 || more || len(o.server.Audited("device.relayed")) != 2 {
			t.Errorf("%+v", answer.Phones)
		}
	})
	t.Run("what still waits at the relay is noted", func(t *testing.T) {
		office, err := o.server.App.Admission.GateOffice(t.Context(), chief, o.event.ID)
		testkit.Works(t, err)
		for _, d := range office.Devices {
			if d.ID == o.device.ID && d.Waiting != 9 {
				t.Errorf("%d wait", d.Waiting)
			}
		}
	})
	t.Run("the first answer begins nothing anew", func(t *testing.T) {
		if again, err := o.relay.App.Admission.RelaySent(t.Context(), upTo, answer); again || err != nil {
			t.Errorf("again %v, %v", again, err)
		}
	})
	t.Run("a second telling is no news", func(t *testing.T) {
		o.sync(t)
		if n := len(o.server.Audited("device.relayed")); n != 2 {
			t.Errorf("%d lines", n)
		}
	})
	t.Run("what the server has is not handed on again", func(t *testing.T) {
		if n := o.sync(t); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
	t.Run("a server that was restored gets all again", func(t *testing.T) {
		answer.Epoch++
		answer.Phones = nil
		if again, err := o.relay.App.Admission.RelaySent(t.Context(), upTo, answer); !again || err != nil {
			t.Errorf("again %v, %v", again, err)
		}
		batch, _, _, err := o.relay.App.Admission.RelayUnsent(t.Context())
		if err != nil || len(batch.Counts) != 3 || batch.Waiting != 3 {
			t.Errorf("%d of %d, %v", len(batch.Counts), batch.Waiting, err)
		}
	})
	t.Run("but for what it said that it has", func(t *testing.T) {
		answer.Phones = []gate.RelayMark{{ID: one.Device.ID, CountAckedSeq: 2}, {ID: two.Device.ID}}
		testkit.Works(t, testkit.Second(o.relay.App.Admission.RelaySent(t.Context(), 0, answer)))
		batch, _, _, err := o.relay.App.Admission.RelayUnsent(t.Context())
		if err != nil || len(batch.Counts) != 1 || batch.Counts[0].Count.Seq != 3 {
			t.Errorf("%+v, %v", batch.Counts, err)
		}
	})
	t.Run("a relay that is shut out shuts its phones out", func(t *testing.T) {
		testkit.Works(t, o.relay.App.Admission.RevokeRelayed(t.Context(), two.Device.ID))
		since := o.relay.App.NowMS()
		testkit.Works(t, o.relay.App.Admission.ShutRelay(t.Context()))
		o.relay.Clock.Add(time.Second)
		testkit.Works(t, o.relay.App.Admission.ShutRelay(t.Context()))
		_, err := o.relay.App.Admission.GateDevice(t.Context(), one.Token)
		testkit.Refused(t, "a phone of it", err, registry.Unauthenticated, "error.device_revoked")
		if home := o.home(t); home.RevokedAt != since {
			t.Errorf("shut out %d ms later", home.RevokedAt-since)
		}
	})
}

// TestARelayWithItsClockOff: what its phones did is put on the server's clock, unless the
// difference may be the way that the batch took.
func TestARelayWithItsClockOff(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	near := o.relay.Phone(o.event.ID, registry.Steward, 1)
	for i, c := range []struct {
		claim         string
		behind, moved int64
	}{{"on the way", 4_999, 0}, {"behind", 5_000, 5_000}, {"ahead by little", -4_999, 0}, {"ahead", -5_000, -5_000}} {
		t.Run(c.claim, func(t *testing.T) {
			o.relay.Clock.Add(time.Minute)
			scan := near.Scan(o.guests[i])
			o.scan(t, o.relay, near, scan)
			o.relay.Clock.Add(10 * time.Second)
			batch, upTo, _, err := o.relay.App.Admission.RelayUnsent(t.Context())
			testkit.Works(t, err)
			batch.SentAt, batch.ReceivedAt = o.server.App.NowMS()-c.behind, o.server.App.NowMS()
			answer, err := o.server.App.Admission.TakeRelay(t.Context(), o.device, batch)
			testkit.Works(t, err)
			testkit.Works(t, testkit.Second(o.relay.App.Admission.RelaySent(t.Context(), upTo, answer)))
			got := (&market{Kit: o.server}).scans(t, scan.ID)[0]
			if got.CorrectedAt-scan.At != c.moved {
				t.Errorf("moved by %d ms", got.CorrectedAt-scan.At)
			}
		})
	}
}

// TestARelayFindsOutLater: a phone's upload to the relay took six seconds, which a quick
// one tells; the server is told too, whether it has the scan already or not.
func TestARelayFindsOutLater(t *testing.T) {
	for claim, between := range map[string]bool{"told once by what is true": false, "told anew": true} {
		t.Run(claim, func(t *testing.T) {
			o := newOutpost(t)
			o.join(t)
			near := o.relay.Phone(o.event.ID, registry.Steward, 1)
			came := o.relay.App.NowMS()
			slow := near.Scan(o.guests[0], testkit.Offline(registry.VerdictOK))
			strange := near.Scan(o.guests[0], testkit.Offline(registry.VerdictOK), func(s *gate.SentScan) { s.QR = "một tờ giấy" })
			batch := near.Batch(slow, strange)
			o.relay.Clock.Add(6 * time.Second)
			testkit.Works(t, testkit.Second(o.relay.App.Admission.Scan(t.Context(), near.Device, batch)))
			if between {
				o.sync(t)
			}
			o.scan(t, o.relay, near, near.Scan(o.guests[1]))
			rows := o.sync(t)
			for name, k := range map[string]*testkit.Kit{"relay": o.relay, "server": o.server} {
				if s := (&market{Kit: k}).scans(t, slow.ID)[0]; s.CorrectedAt != came || !s.Moves {
					t.Errorf("at the %s %d ms late, counts %v", name, s.CorrectedAt-came, s.Moves)
				}
			}
			if want := map[bool]int{true: 2, false: 4}[between]; rows != want { // a text of no pass is not told anew
				t.Errorf("%d rows went, want %d", rows, want)
			}
		})
	}
}

func TestARelayJudgesByThePacksOfItsServer(t *testing.T) {
	o := newOutpost(t)
	o.join(t)
	vouchers := o.server.Pack(o.event, 2)
	o.sync(t)
	near := o.relay.Phone(o.event.ID, registry.Steward, 1)
	if v := o.scan(t, o.relay, near, near.Scan(vouchers[0], testkit.At("A05"))); v != registry.VerdictOK {
		t.Errorf("a voucher at the relay: %s", v)
	}
	o.relay.Clock.Add(time.Minute)
	if v := o.scan(t, o.relay, near, near.Scan(vouchers[0], testkit.At("A05"))); v != registry.VerdictAlreadyUsed {
		t.Errorf("once more: %s", v)
	}
}
