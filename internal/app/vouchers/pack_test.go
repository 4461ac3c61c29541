package vouchers_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/vouchers"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// fair is an event with two stalls and an organiser.
type fair struct {
	k         *testkit.Kit
	event     registry.Event
	stalls    [][]registry.PassRow
	organiser registry.Actor
}

func newFair(t *testing.T) *fair {
	t.Helper()
	f := &fair{k: testkit.NewApp(t)}
	f.event = f.k.Event(testkit.InState(registry.Running))
	f.organiser, _ = f.k.Officer(registry.Organiser, "19")
	f.stalls = [][]registry.PassRow{f.k.Stall(f.event, 1), f.k.Stall(f.event, 2)}
	f.k.Gates(f.event.ID, 1)
	return f
}

func (f *fair) vendor(n int) registry.VendorID { return f.stalls[n][0].Vendor }

func (f *fair) pack(t *testing.T, number int) registry.PackTotals {
	t.Helper()
	_, p, err := f.k.App.Vouchers.Pack(t.Context(), f.organiser, vouchers.PackRef{Event: f.event.ID, Number: number})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPackIsNumberedAndItsVouchersAreSigned(t *testing.T) {
	f := newFair(t)
	first, second := f.k.Pack(f.event, 12), f.k.Pack(f.event, 3)
	if len(first) != 12 || len(second) != 3 || first[0].Pack != 1 || second[0].Pack != 2 || first[11].Ordinal != 12 {
		t.Fatalf("%d and %d vouchers of packs %d and %d", len(first), len(second), first[0].Pack, second[0].Pack)
	}
	codes := map[string]bool{}
	for _, v := range slices.Concat(first, second) {
		codes[v.Code] = true
		if len(v.Proof) != 176 || v.Kind != registry.VoucherPass {
			t.Errorf("voucher %d of pack %d is a %s with %d digits", v.Ordinal, v.Pack, v.Kind, len(v.Proof))
		}
	}
	if len(codes) != 15 {
		t.Errorf("%d codes of 15 vouchers", len(codes))
	}
}

func TestPackInputIsRefusedAtItsFields(t *testing.T) {
	f := newFair(t)
	good := func() vouchers.PackInput {
		return vouchers.PackInput{Title: "Bản Nà Mạ", Value: "50k", Count: "10", FirstDay: f.event.OpensOn, LastDay: f.event.ClosesOn, Scope: registry.PackAtAll}
	}
	for name, c := range map[string]struct {
		bend  func(*vouchers.PackInput)
		field string
	}{
		"no title":               {func(in *vouchers.PackInput) { in.Title = " " }, "title"},
		"no value":               {func(in *vouchers.PackInput) { in.Value = "" }, "value"},
		"a value that is uneven": {func(in *vouchers.PackInput) { in.Value = "50.123" }, "value"},
		"too high a value":       {func(in *vouchers.PackInput) { in.Value = "10.000.500" }, "value"},
		"no voucher":             {func(in *vouchers.PackInput) { in.Count = "0" }, "count"},
		"too many":               {func(in *vouchers.PackInput) { in.Count = "2001" }, "count"},
		"before the event":       {func(in *vouchers.PackInput) { in.FirstDay = registry.AddDays(f.event.OpensOn, -1) }, "first_day"},
		"after the event":        {func(in *vouchers.PackInput) { in.LastDay = registry.AddDays(f.event.ClosesOn, 1) }, "last_day"},
		"days that run back": {func(in *vouchers.PackInput) {
			in.FirstDay, in.LastDay = f.event.ClosesOn, registry.AddDays(f.event.ClosesOn, -1)
		}, "last_day"},
		"no scope":               {func(in *vouchers.PackInput) { in.Scope = "" }, "scope"},
		"no group":               {func(in *vouchers.PackInput) { in.Scope = registry.PackByGroups }, "groups"},
		"no booth":               {func(in *vouchers.PackInput) { in.Scope = registry.PackAtBooths }, "booths"},
		"a booth that is nobody": {func(in *vouchers.PackInput) { in.Scope, in.Booths = registry.PackAtBooths, []string{"Z99"} }, "booths"},
	} {
		t.Run(name, func(t *testing.T) {
			in := good()
			c.bend(&in)
			_, err := f.k.App.Vouchers.MakePack(t.Context(), f.organiser, f.event.ID, in)
			wantFault(t, err, c.field)
		})
	}
	if _, err := f.k.App.Vouchers.MakePack(t.Context(), f.organiser, f.event.ID, good()); err != nil {
		t.Errorf("control: %v", err)
	}
}

func TestOnlyWhoManagesTheEventMakesPacks(t *testing.T) {
	f := newFair(t)
	in := vouchers.PackInput{Title: "Bản Nà Mạ", Value: "50k", Count: "10", FirstDay: f.event.OpensOn, LastDay: f.event.ClosesOn, Scope: registry.PackAtAll}
	chief, _ := f.k.Officer(registry.GateChief, "19")
	elsewhere, _ := f.k.Officer(registry.Organiser, "01")
	seller, _ := f.k.VendorAccount()
	for name, c := range map[string]struct {
		actor registry.Actor
		want  registry.Kind
	}{"a gate chief": {chief, registry.Forbidden}, "an organiser elsewhere": {elsewhere, registry.NotFound}, "a vendor": {seller, registry.NotFound}} {
		if _, err := f.k.App.Vouchers.MakePack(t.Context(), c.actor, f.event.ID, in); registry.KindOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d, err := f.k.App.Vouchers.Desk(t.Context(), chief, f.event.ID); err != nil || d.Manage {
		t.Errorf("a gate chief reads: %v, manages %t", err, d.Manage)
	}
	if _, err := f.k.App.Vouchers.Desk(t.Context(), elsewhere, f.event.ID); registry.KindOf(err) != registry.NotFound {
		t.Errorf("an organiser elsewhere reads: %v", err)
	}
}

func TestPackIsBlockedAndGoodAgainAndCalledInForGood(t *testing.T) {
	f := newFair(t)
	f.k.Pack(f.event, 5)
	ref := vouchers.PackRef{Event: f.event.ID, Number: 1}
	step := func(next registry.PassState, reason string) error {
		return f.k.App.Vouchers.StepPack(t.Context(), f.organiser, ref, next, reason)
	}
	wantFault(t, step(registry.PassBlocked, ""), "reason")
	for _, next := range []registry.PassState{registry.PassBlocked, registry.PassValid, registry.PassRevoked} {
		if err := step(next, "In nhầm"); err != nil || f.pack(t, 1).State != next {
			t.Errorf("to %s: %v, %s", next, err, f.pack(t, 1).State)
		}
	}
	if err := step(registry.PassValid, ""); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a pack that was called in is good again: %v", err)
	}
	if n := len(f.k.Audited("voucher.blocked")); n != 1 {
		t.Errorf("%d lines in the log of the blocking", n)
	}
}

func TestLostVouchersAreBlockedByTheirNumbers(t *testing.T) {
	f := newFair(t)
	f.k.Pack(f.event, 20)
	ref := vouchers.PackRef{Event: f.event.ID, Number: 1}
	n, spent, err := f.k.App.Vouchers.BlockVouchers(t.Context(), f.organiser, ref, vouchers.RangeInput{From: "5", Until: "9", Reason: "Rơi ở chợ"})
	if err != nil || n != 5 || spent != 0 || f.pack(t, 1).Blocked != 5 {
		t.Fatalf("%d blocked, %d spent, %v; the pack says %d", n, spent, err, f.pack(t, 1).Blocked)
	}
	if _, _, err := f.k.App.Vouchers.BlockVouchers(t.Context(), f.organiser, ref, vouchers.RangeInput{From: "6", Reason: "x"}); registry.KindOf(err) != registry.Conflict {
		t.Errorf("blocked again: %v", err)
	}
	_, _, err = f.k.App.Vouchers.BlockVouchers(t.Context(), f.organiser, ref, vouchers.RangeInput{From: "9", Until: "5", Reason: "x"})
	wantFault(t, err, "until")
	if n, err = f.k.App.Vouchers.UnblockVouchers(t.Context(), f.organiser, ref, vouchers.RangeInput{From: "1", Until: "20"}); err != nil || n != 5 {
		t.Errorf("%d good again, %v", n, err)
	}
}

func TestHandedOutIsSaidOnWhatWasShown(t *testing.T) {
	f := newFair(t)
	f.k.Pack(f.event, 20)
	ref := vouchers.PackRef{Event: f.event.ID, Number: 1}
	say := func(n string, version int64) error {
		return f.k.App.Vouchers.SayHanded(t.Context(), f.organiser, ref, vouchers.HandedInput{Handed: n, Version: version})
	}
	version := f.pack(t, 1).Version
	wantFault(t, say("21", version), "handed")
	wantFault(t, say("", version), "handed")
	if err := say("18", version); err != nil || f.pack(t, 1).HandedN != 18 {
		t.Fatalf("%v, %d", err, f.pack(t, 1).HandedN)
	}
	if err := say("19", version); registry.KindOf(err) != registry.Conflict {
		t.Errorf("said on an old page: %v", err)
	}
}

// wantFault wants an error that stands at a field.
func wantFault(t *testing.T, err error, field string) {
	t.Helper()
	if testkit.FaultsAt(err)[field] == "" {
		t.Errorf("error %v, want one at %s", err, field)
	}
}
