package relay

import (
	"encoding/json"
	"testing"
	"time"

	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestVoucherIsTakenBehindARelay: phones at a site without network take vouchers for a
// booth; a copy is refused by the relay, and the server settles what it hands on.
func TestVoucherIsTakenBehindARelay(t *testing.T) {
	s := newSite(t)
	rows := s.server.Pack(s.event, 20)
	s.sync(t)
	one, two := s.relay.Phone(s.event.ID, registry.Steward, 1), s.relay.Phone(s.event.ID, registry.Steward, 2)
	s.wire.Cut()
	take := func(p *testkit.Phone, n int) gate.ScanResult {
		t.Helper()
		answer, err := s.relay.App.Admission.Scan(t.Context(), p.Device, p.Batch(p.Scan(rows[n], testkit.At("A05"))))
		if err != nil {
			t.Fatal(err)
		}
		var result gate.ScanResult
		if err := json.Unmarshal(answer.Results[0], &result); err != nil {
			t.Fatal(err)
		}
		return result
	}
	if r := take(one, 3); r.Verdict != registry.VerdictOK || r.Detail.Value != 50_000 {
		t.Errorf("taken at the site: %+v", r)
	}
	s.server.Clock.Add(time.Minute)
	if r := take(two, 3); r.Verdict != registry.VerdictAlreadyUsed || r.First == nil || r.First.Booth != "A05" {
		t.Errorf("a copy at the site: %+v", r)
	}
	if r := take(two, 4); r.Verdict != registry.VerdictOK {
		t.Errorf("another one: %+v", r)
	}
	s.wire.Mend()
	s.sync(t)
	settled, err := s.server.App.Vouchers.Settlement(t.Context(), chief, s.event.ID)
	if err != nil || len(settled.Vendors) != 1 || settled.Vendors[0].N != 2 || settled.Vendors[0].Vendor != s.staff[0].Vendor || settled.Sums.Doubles != 0 {
		t.Errorf("the server settles %+v, %v", settled.Vendors, err)
	}
}
