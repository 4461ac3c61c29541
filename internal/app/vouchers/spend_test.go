package vouchers_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/vouchers"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/report"
	"hoicho/internal/testkit"
)

// send hands scans in and returns what they are answered.
func (f *fair) send(t *testing.T, p *testkit.Phone, scans ...gate.SentScan) []gate.ScanResult {
	t.Helper()
	answer, err := f.k.App.Admission.Scan(t.Context(), p.Device, p.Batch(scans...))
	if err != nil {
		t.Fatal(err)
	}
	results := make([]gate.ScanResult, len(answer.Results))
	for i, raw := range answer.Results {
		if err := json.Unmarshal(raw, &results[i]); err != nil {
			t.Fatal(err)
		}
	}
	return results
}

// take is send of one scan.
func (f *fair) take(t *testing.T, p *testkit.Phone, s gate.SentScan) gate.ScanResult {
	t.Helper()
	return f.send(t, p, s)[0]
}

func (f *fair) settlement(t *testing.T) vouchers.Settlement {
	t.Helper()
	s, err := f.k.App.Vouchers.Settlement(t.Context(), f.organiser, f.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// differences are the lines of the reconciliation by kind.
func (f *fair) differences(t *testing.T) map[registry.DifferenceKind]int {
	t.Helper()
	d, err := f.k.App.Admission.Differences(t.Context(), f.organiser, f.event.ID, admission.DifferenceFilter{All: true, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return d.ByKind
}

func wantVerdict(t *testing.T, what string, got gate.ScanResult, want registry.VerdictCode) {
	t.Helper()
	if got.Verdict != want {
		t.Errorf("%s: %s %+v, want %s", what, got.Verdict, got.Detail, want)
	}
}

func TestVoucherIsSpentOnceAtABooth(t *testing.T) {
	f := newFair(t)
	v := f.k.Pack(f.event, 10)[6]
	gatePhone, seller := f.k.Phone(f.event.ID, registry.Steward, 1), f.k.Seller(f.event.ID, f.vendor(0))
	got := f.take(t, seller, seller.Scan(v, testkit.At("A01")))
	wantVerdict(t, "the first time", got, registry.VerdictOK)
	if got.Detail.Value != 50_000 || got.Detail.Serial != 7 || got.Detail.Title != "Bản Nà Mạ" {
		t.Errorf("it shows %+v", got.Detail)
	}
	f.k.Clock.Add(time.Minute)
	again := f.take(t, gatePhone, gatePhone.Scan(v, testkit.At("A02")))
	wantVerdict(t, "a copy at another booth", again, registry.VerdictAlreadyUsed)
	if again.First == nil || again.First.Booth != "A01" {
		t.Errorf("it was spent first at %+v", again.First)
	}
	wantVerdict(t, "at a gate", f.take(t, gatePhone, gatePhone.Scan(v)), registry.VerdictWrongGate)
	wantVerdict(t, "typed", f.take(t, gatePhone, gatePhone.Scan(v, testkit.At("A02"), func(s *gate.SentScan) { s.QR, s.Code = "", v.Code })), registry.VerdictAlreadyUsed)
	if p := f.pack(t, 1); p.Spent != 1 || p.Doubles != 0 || p.SpentDong() != 50_000 {
		t.Errorf("%d spent, %d doubles", p.Spent, p.Doubles)
	}
	stats, err := f.k.App.Admission.GateStats(t.Context(), gatePhone.Device)
	if err != nil || stats.Inside != 0 || len(stats.Hours) != 0 {
		t.Errorf("a voucher counts at a gate: %+v, %v", stats, err)
	}
	own, err := f.k.App.Admission.GateStats(t.Context(), seller.Device)
	if err != nil || own.Taken == nil || own.Taken.N != 1 || own.Taken.Dong != 50_000 {
		t.Errorf("the seller is told %+v, %v", own.Taken, err)
	}
}

func TestSellerTakesForItsOwnBoothsAlone(t *testing.T) {
	f := newFair(t)
	rows := f.k.Pack(f.event, 10)
	seller := f.k.Seller(f.event.ID, f.vendor(0))
	wantVerdict(t, "at another's booth", f.take(t, seller, seller.Scan(rows[0], testkit.At("A02"))), registry.VerdictWrongBooth)
	staff := testkit.PassesOfKind(f.stalls[0], registry.StaffPass)[0]
	wantVerdict(t, "a staff pass", f.take(t, seller, seller.Scan(staff, testkit.At("A01"))), registry.VerdictWrongGate)
	entry := seller.Scan(staff)
	entry.Gate = 1
	if _, err := f.k.App.Admission.Scan(t.Context(), seller.Device, seller.Batch(entry)); registry.KindOf(err) != registry.Malformed {
		t.Errorf("a seller lets somebody in: %v", err)
	}
	list, _, err := f.k.GateSnapshot(seller.Device, "", "")
	if err != nil || len(list.Passes) != 0 || list.Pin != nil || len(list.Vouchers.Booths) != 1 || list.Vouchers.Booths[0].Code != "A01" {
		t.Errorf("a seller's list has %d passes and booths %+v, %v", len(list.Passes), list.Vouchers, err)
	}
	stranger, _ := f.k.VendorAccount()
	if _, err := f.k.App.Vouchers.InviteSeller(t.Context(), stranger, vouchers.SellerRef{Event: f.event.ID, Vendor: f.vendor(0)}, ""); registry.KindOf(err) != registry.NotFound {
		t.Errorf("a stranger invites a phone: %v", err)
	}
}

// TestCopiedVoucherTakenByTwoPhonesOffline: whoever uploads first, the earlier taking is
// paid and the other is a line of the reconciliation.
func TestCopiedVoucherTakenByTwoPhonesOffline(t *testing.T) {
	for _, laterFirst := range []bool{false, true} {
		t.Run(fmt.Sprintf("the later one uploads first: %t", laterFirst), func(t *testing.T) {
			f := newFair(t)
			v := f.k.Pack(f.event, 10)[0]
			one, two := f.k.Seller(f.event.ID, f.vendor(0)), f.k.Seller(f.event.ID, f.vendor(1))
			first := one.Scan(v, testkit.At("A01"), testkit.Offline(registry.VerdictOK))
			f.k.Clock.Add(5 * time.Minute)
			second := two.Scan(v, testkit.At("A02"), testkit.Offline(registry.VerdictOK))
			f.k.Clock.Add(time.Hour)
			if laterFirst {
				f.send(t, two, second)
				f.send(t, one, first)
			} else {
				f.send(t, one, first)
				f.send(t, two, second)
			}
			s := f.settlement(t)
			if len(s.Vendors) != 2 || s.Sums.Spent != 1 || s.Sums.Doubles != 1 {
				t.Fatalf("%d vendors, %d spent, %d doubles", len(s.Vendors), s.Sums.Spent, s.Sums.Doubles)
			}
			for _, vendor := range s.Vendors {
				paid := vendor.Vendor == f.vendor(0)
				if paid != (vendor.N == 1) || paid != (len(vendor.Open) == 0) {
					t.Errorf("%s is paid %d, %d open", vendor.Name, vendor.N, len(vendor.Open))
				}
				if !paid && (vendor.Open[0].First == nil || vendor.Open[0].First.Booth != "A01") {
					t.Errorf("the second taking knows of %+v", vendor.Open[0].First)
				}
			}
			if d := f.differences(t); d[registry.DiffDouble] != 1 || len(d) != 1 {
				t.Errorf("the reconciliation has %v", d)
			}
		})
	}
}

func TestTakingAgainstARuleIsKeptAndNotPaid(t *testing.T) {
	f := newFair(t)
	rows := f.k.Pack(f.event, 10, func(in *vouchers.PackInput) { in.Scope, in.Booths = registry.PackAtBooths, []string{"A02"} })
	one := f.k.Seller(f.event.ID, f.vendor(0))
	wantVerdict(t, "online", f.take(t, one, one.Scan(rows[0], testkit.At("A01"))), registry.VerdictWrongBooth)
	wantVerdict(t, "offline", f.take(t, one, one.Scan(rows[1], testkit.At("A01"), testkit.Offline(registry.VerdictOK))), registry.VerdictWrongBooth)
	s := f.settlement(t)
	if len(s.Vendors) != 1 || s.Vendors[0].N != 0 || len(s.Vendors[0].Open) != 1 || s.Sums.Faulty != 1 || s.Sums.Spent != 0 {
		t.Fatalf("%+v", s.Vendors)
	}
	if d := f.differences(t); d[registry.DiffLetIn] != 1 {
		t.Errorf("the reconciliation has %v", d)
	}
	two := f.k.Seller(f.event.ID, f.vendor(1))
	f.k.Clock.Add(time.Minute)
	f.take(t, two, two.Scan(rows[1], testkit.At("A02"), testkit.Offline(registry.VerdictOK)))
	if s := f.settlement(t); s.Sums.Spent != 1 || s.Sums.Doubles != 0 {
		t.Errorf("taken where it may be: %d spent, %d doubles", s.Sums.Spent, s.Sums.Doubles)
	}
}

func TestVoucherIsTakenOnItsDaysAndWhileItsPackIsGood(t *testing.T) {
	f := newFair(t)
	rows := f.k.Pack(f.event, 10)
	seller := f.k.Seller(f.event.ID, f.vendor(0))
	ref := vouchers.PackRef{Event: f.event.ID, Number: 1}
	step := func(next registry.PassState) {
		t.Helper()
		if err := f.k.App.Vouchers.StepPack(t.Context(), f.organiser, ref, next, "In nhầm"); err != nil {
			t.Fatal(err)
		}
	}
	step(registry.PassBlocked)
	wantVerdict(t, "blocked", f.take(t, seller, seller.Scan(rows[0], testkit.At("A01"))), registry.VerdictBlocked)
	step(registry.PassValid)
	f.k.Clock.Add(time.Minute)
	wantVerdict(t, "good again", f.take(t, seller, seller.Scan(rows[0], testkit.At("A01"))), registry.VerdictOK)
	if _, _, err := f.k.App.Vouchers.BlockVouchers(t.Context(), f.organiser, ref, vouchers.RangeInput{From: "2", Reason: "Mất"}); err != nil {
		t.Fatal(err)
	}
	wantVerdict(t, "lost", f.take(t, seller, seller.Scan(rows[1], testkit.At("A01"))), registry.VerdictBlocked)
	f.k.Clock.Add(time.Duration(f.event.EndsAt-f.k.App.NowMS())*time.Millisecond + 11*time.Hour)
	wantVerdict(t, "after the event", f.take(t, seller, seller.Scan(rows[2], testkit.At("A01"))), registry.VerdictExpired)
}

func TestTakingIsTakenBack(t *testing.T) {
	f := newFair(t)
	v := f.k.Pack(f.event, 10)[0]
	seller := f.k.Seller(f.event.ID, f.vendor(0))
	taken := seller.Scan(v, testkit.At("A01"))
	wantVerdict(t, "taken", f.take(t, seller, taken), registry.VerdictOK)
	f.k.Clock.Add(time.Minute)
	back := seller.Scan(v, testkit.At("A01"), func(s *gate.SentScan) { s.QR, s.VoidOf = "", taken.ID })
	wantVerdict(t, "taken back", f.take(t, seller, back), registry.VerdictOK)
	if p := f.pack(t, 1); p.Spent != 0 {
		t.Fatalf("%d spent", p.Spent)
	}
	f.k.Clock.Add(time.Minute)
	wantVerdict(t, "taken anew", f.take(t, seller, seller.Scan(v, testkit.At("A01"))), registry.VerdictOK)
}

func TestUnspentVouchersAreOnNoList(t *testing.T) {
	f := newFair(t)
	phone := f.k.Phone(f.event.ID, registry.Steward, 1)
	before, _, err := f.k.GateSnapshot(phone.Device, "", "")
	if err != nil {
		t.Fatal(err)
	}
	rows := f.k.Pack(f.event, 2000)
	changed, _, err := f.k.GateSnapshot(phone.Device, before.Cursor, "")
	if err != nil || !changed.Partial || len(changed.Passes) != 0 || len(changed.Vouchers.Packs) != 1 {
		t.Fatalf("after the pack: %d passes, packs %+v, %v", len(changed.Passes), changed.Vouchers, err)
	}
	seller := f.k.Seller(f.event.ID, f.vendor(0))
	f.take(t, seller, seller.Scan(rows[3], testkit.At("A01")))
	delta, _, err := f.k.GateSnapshot(phone.Device, changed.Cursor, "")
	if err != nil || len(delta.Passes) != 1 || delta.Vouchers != nil {
		t.Fatalf("after one was spent: %d passes, packs %+v, %v", len(delta.Passes), delta.Vouchers, err)
	}
	if p := delta.Passes[rows[3].Code]; p.Serial != 4 || len(p.Used) != 1 || p.Used[0].Booth != "A01" {
		t.Errorf("the list says %+v", p)
	}
	raw, err := json.Marshal(delta)
	if err != nil || len(raw) > 4000 {
		t.Errorf("%d bytes tell of one voucher, %v", len(raw), err)
	}
}

// TestVoucherIsJudgedTheSameOnThePhone runs a phone's list against the server.
func TestVoucherIsJudgedTheSameOnThePhone(t *testing.T) {
	f := newFair(t)
	rows := f.k.Pack(f.event, 10)
	phone := f.k.Phone(f.event.ID, registry.Steward, 1)
	f.take(t, phone, phone.Scan(rows[0], testkit.At("A01")))
	f.k.Clock.Add(time.Minute)
	list, _, err := f.k.GateSnapshot(phone.Device, "", "")
	if err != nil {
		t.Fatal(err)
	}
	staff := testkit.PassesOfKind(f.stalls[0], registry.StaffPass)[0]
	for name, s := range map[string]gate.SentScan{
		"spent": phone.Scan(rows[0], testkit.At("A02")), "unspent": phone.Scan(rows[1], testkit.At("A02")),
		"at a gate": phone.Scan(rows[2]), "at no booth": phone.Scan(rows[3], testkit.At("Z99")), "a pass": phone.Scan(staff, testkit.At("A01")),
	} {
		scan := gate.Scan{QR: s.QR, Direction: s.Direction, Gate: s.Gate, Booth: s.Booth}
		own := gate.Decide(list, scan, f.k.App.NowMS())
		server := f.take(t, phone, s)
		if own.Code != server.Verdict {
			t.Errorf("%s: the phone says %s, the server %s", name, own.Code, server.Verdict)
		}
		phone.Seq++ // of another batch
	}
}

func TestResultCountsWhatWasSpent(t *testing.T) {
	f := newFair(t)
	rows, seller := f.k.Pack(f.event, 10), f.k.Seller(f.event.ID, f.vendor(0))
	for _, v := range []registry.PassRow{rows[0], rows[1], rows[0]} {
		f.take(t, seller, seller.Scan(v, testkit.At("A01")))
		f.k.Clock.Add(time.Minute)
	}
	r, err := f.k.App.Reports.EventReport(t.Context(), f.organiser, f.event.ID)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[report.Key]int64{"vouchers": 10, "vouchers_spent": 2, "vouchers_dong": 100_000} {
		if got := r.Result.Now.N(key); got != want {
			t.Errorf("%s is %d, want %d", key, got, want)
		}
	}
}
