package passes_test

import (
	"slices"
	"testing"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestEveryNumberOfAKeyIsUsed rotates until all 15 numbers are taken, frees one and
// goes on: the log names each key by its letter, the second of a letter with a 2.
func TestEveryNumberOfAKeyIsUsed(t *testing.T) {
	k, _, _, list := testkit.StallOf(t)
	admin := registry.SystemActor("test")
	for range registry.MaxPassKeys - 1 {
		testkit.Works(t, k.App.Passes.RotateKey(t.Context(), admin))
	}
	if err := k.App.Passes.RotateKey(t.Context(), admin); registry.KindOf(err) != registry.Conflict {
		t.Errorf("a sixteenth key: %v", err)
	}
	testkit.Works(t, k.App.Passes.KillKey(t.Context(), admin, 1, len(list)))
	testkit.Works(t, k.App.Passes.RotateKey(t.Context(), admin))
	var names []string
	for _, line := range k.Audited("key.rotate") {
		names = append(names, line.ID)
	}
	slices.Reverse(names)
	if len(names) != 15 || names[0] != "key-b" || names[13] != "key-o" || names[14] != "key-a2" {
		t.Errorf("keys %q, want key-b to key-o and key-a2", names)
	}
	if killed := k.Audited("key.kill"); len(killed) != 1 || killed[0].ID != "key-a" {
		t.Errorf("killed %+v", killed)
	}
}

func TestPassesOfAKilledKeyAreIssuedAnew(t *testing.T) {
	k, event, organiser, list := testkit.StallOf(t)
	admin := registry.SystemActor("test")
	_, err := k.App.Passes.ReissueKilled(t.Context(), organiser, event.ID)
	testkit.Refused(t, "while none has died", err, registry.Conflict, "error.pass.step")
	testkit.Works(t, k.App.Passes.KillKey(t.Context(), admin, 1, len(list)))
	t.Run("another key signs", func(t *testing.T) {
		keys, err := k.App.Passes.Keys(t.Context(), admin)
		states := map[registry.PassKeyState]int{}
		for _, key := range keys {
			states[key.State]++
		}
		if err != nil || states[registry.KeyActive] != 1 || states[registry.KeyNext] != 1 || states[registry.KeyDead] != 1 {
			t.Errorf("keys %v (%v), want one of each: active, next, dead", states, err)
		}
	})
	t.Run("the desk counts the dead ones", func(t *testing.T) {
		b, err := k.App.Passes.PassBook(t.Context(), organiser, passes.BookPage{Filter: registry.PassFilter{Event: event.ID}})
		if err != nil || b.Killed != len(list) || b.All.ToPrint != 0 {
			t.Errorf("%d killed, %d to print (%v)", b.Killed, b.All.ToPrint, err)
		}
	})
	t.Run("for nobody elsewhere", func(t *testing.T) {
		elsewhere, _ := k.Officer(registry.Organiser, "01")
		if n, err := k.App.Passes.ReissueKilled(t.Context(), elsewhere, event.ID); err == nil {
			t.Errorf("%d issued", n)
		}
	})
	n, err := k.App.Passes.ReissueKilled(t.Context(), organiser, event.ID)
	after := testkit.CountKinds(testkit.AllPasses(t, k, organiser, event.ID), registry.PassValid)
	if err != nil || n != len(list) || after[registry.BoothPass] != 1 || after[registry.StaffPass] != 4 || after[registry.VehiclePass] != 1 {
		t.Errorf("%d issued anew (%v), in force %v", n, err, after)
	}
}
