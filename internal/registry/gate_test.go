package registry

import "testing"

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
	if count[Admit] != 4 || count[Refuse] != 14 || count[Ask] != 2 || len(verdictGroups) != 20 {
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
