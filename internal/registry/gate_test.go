package registry

import (
	"slices"
	"testing"
)

func TestEveryVerdictHasAGroup(t *testing.T) {
	t.Parallel()
	count := map[VerdictGroup]int{}
	seen := map[VerdictCode]bool{}
	for _, code := range VerdictCodes {
		if seen[code] {
			t.Errorf("%s is listed twice", code)
		}
		seen[code] = true
		count[code.Group()]++
		if code.Admits() != (code.Group() == Admit) {
			t.Errorf("%s admits: %v", code, code.Admits())
		}
	}
	if count[Admit] != 4 || count[Refuse] != 15 || count[Ask] != 2 || len(verdictGroups) != 21 {
		t.Errorf("groups are %v of %d", count, len(verdictGroups))
	}
	if VerdictCode("fine").Admits() {
		t.Error("what is no verdict admits")
	}
}

func TestOfflineThePhoneDecided(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scan Scan
		want bool
	}{
		"online, before a restore":      {Scan{Mode: Online, DeviceVerdict: VerdictOK, Verdict: VerdictUnknown}, true},
		"online, server refuses":        {Scan{Mode: Online, Verdict: VerdictAlreadyUsed}, false},
		"online, phone had none":        {Scan{Mode: Online, Verdict: VerdictOK}, true},
		"offline, server would refuse":  {Scan{Mode: Offline, DeviceVerdict: VerdictOK, Verdict: VerdictAlreadyUsed}, true},
		"offline, phone refused":        {Scan{Mode: Offline, DeviceVerdict: VerdictRevoked, Verdict: VerdictOK}, false},
		"offline, phone had none":       {Scan{Mode: Offline, Verdict: VerdictOK}, true},
		"on paper, server would refuse": {Scan{Mode: Paper, DeviceVerdict: VerdictOK, Verdict: VerdictBlocked}, true},
		"behind a relay that let in":    {Scan{Mode: Offline, RelayVerdict: VerdictOK, Verdict: VerdictBlocked}, true},
		"behind a relay that refused":   {Scan{Mode: Offline, RelayVerdict: VerdictRevoked, Verdict: VerdictOK}, false},
		"forced":                        {Scan{Mode: Offline, DeviceVerdict: VerdictRevoked, Verdict: VerdictRevoked, ForcedBy: "Lan"}, true},
	} {
		if got := c.scan.Admitted(); got != c.want {
			t.Errorf("%s: admitted %v", name, got)
		}
	}
}

func TestGatePolicyFaults(t *testing.T) {
	t.Parallel()
	policy := DefaultGatePolicy()
	if err := policy.Check(); err != nil {
		t.Fatalf("the default policy: %v", err)
	}
	for field, change := range map[string]func(*GatePolicy){
		"max_inside":    func(p *GatePolicy) { p.MaxInside = -1 },
		"setup_minutes": func(p *GatePolicy) { p.SetupMinutes = 721 },
		"visitor_rule":  func(p *GatePolicy) { p.VisitorRule = "twice" },
		"load_windows":  func(p *GatePolicy) { p.LoadWindows = []TimeWindow{{FromAt: 5, UntilAt: 5}} },
	} {
		p := DefaultGatePolicy()
		change(&p)
		faults := p.Check()
		if len(faults) != 1 || faults[0].Field != field || faults[0].Kind != Invalid {
			t.Errorf("%s: %v", field, faults)
		}
	}
}

func TestGateAdmitsKinds(t *testing.T) {
	t.Parallel()
	all, some := Gate{}, Gate{Kinds: []PassKind{VehiclePass}}
	if !all.Admits(VisitorPass) || some.Admits(VisitorPass) || !some.Admits(VehiclePass) {
		t.Error("kinds of a gate are not kept")
	}
}

func TestTimeWindowEndsBeforeItsEnd(t *testing.T) {
	t.Parallel()
	w := TimeWindow{FromAt: 10, UntilAt: 20}
	if w.Holds(9) || !w.Holds(10) || !w.Holds(19) || w.Holds(20) {
		t.Error("a window holds its start and not its end")
	}
}

func TestNextDeviceName(t *testing.T) {
	t.Parallel()
	var known []Device
	for range 28 {
		known = append(known, Device{Name: NextDeviceName("Cổng A", known)})
	}
	for i, want := range map[int]string{0: "Cổng A · A", 25: "Cổng A · Z", 26: "Cổng A · AA", 27: "Cổng A · AB"} {
		if known[i].Name != want {
			t.Errorf("phone %d is %q, want %q", i, known[i].Name, want)
		}
	}
}

func TestBoundsOfAGatePolicy(t *testing.T) {
	t.Parallel()
	for claim, change := range map[string]func(p *GatePolicy, n int){
		"at most 99 of a booth inside":   func(p *GatePolicy, n int) { p.MaxInside = n * 99 },
		"at most twelve hours to set up": func(p *GatePolicy, n int) { p.SetupMinutes = n * 720 },
		"at most a million inside":       func(p *GatePolicy, n int) { p.Capacity = n * 1_000_000 },
	} {
		t.Run(claim, func(t *testing.T) {
			for n, faults := range map[int]int{-1: 1, 0: 0, 1: 0, 2: 1} {
				p := DefaultGatePolicy()
				if change(&p, n); len(p.Check()) != faults {
					t.Errorf("%d times the most: %v", n, p.Check())
				}
			}
		})
	}
	daily := DefaultGatePolicy()
	daily.VisitorRule = VisitorDaily
	claims(t, map[string]bool{"visitors may come once a day": len(daily.Check()) == 0})
}

func TestLifeOfADevice(t *testing.T) {
	t.Parallel()
	const minute = 60_000
	phone := Device{State: DeviceActive, ExpiresAt: 100 * minute, LastSeenAt: 10 * minute}
	revoked := phone
	revoked.State = DeviceRevoked
	claims(t, map[string]bool{
		"a phone sends for half a day after the end": Steward.LifeMS() == 12*60*minute && Supervisor.LifeMS() == Steward.LifeMS(),
		"a relay for a week":                         Relay.LifeMS() == 7*24*60*minute,
		"five silent minutes are out of contact":     phone.OutOfContact(15*minute) && !phone.OutOfContact(15*minute-1),
		"what has expired is not missed":             phone.OutOfContact(100*minute-1) && !phone.OutOfContact(100*minute),
		"what is revoked is not missed":              !revoked.OutOfContact(20 * minute),
		"ticked lists are no phone":                  (&Device{TokenHash: PaperToken + "e"}).Paper() && !phone.Paper(),
	})
}

func TestScansInTheirOrder(t *testing.T) {
	t.Parallel()
	want := []*Scan{
		{CorrectedAt: 1, Device: "b", Seq: 9, ID: "z"}, {CorrectedAt: 2, Device: "a", Seq: 9, ID: "z"}, {CorrectedAt: 2, Device: "b", Seq: 1, ID: "z"},
		{CorrectedAt: 2, Device: "b", Seq: 2, ID: "a"}, {CorrectedAt: 2, Device: "b", Seq: 2, ID: "b"},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, CompareScans)
	paper := (&Scan{ID: "s", Mode: Paper, CorrectedAt: 7}).Movement()
	claims(t, map[string]bool{
		"by time, then phone, number and id":  slices.Equal(got, want),
		"a ticked line moves as one on paper": paper.Paper && paper.Scan == "s" && paper.CorrectedAt == 7,
		"a scan of a phone does not":          !(&Scan{ID: "s", Mode: Offline}).Movement().Paper,
	})
}
