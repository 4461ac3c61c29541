package gate

import (
	"testing"

	"hoicho/internal/registry"
)

// TestExitsAreNeverRefused walks every kind of pass that enters, in every state,
// with every state of its key: whoever is inside gets out, by the symbol as by the
// typed code. On the way in and at a booth, symbol and typed code agree too.
func TestExitsAreNeverRefused(t *testing.T) {
	t.Parallel()
	kinds := map[string]string{"booth": boothA05, "staff": lan, "vehicle": truck, "official": official, "visitor": guest, "test": trial}
	for kind, code := range kinds {
		for _, state := range []registry.PassState{registry.PassValid, registry.PassBlocked, registry.PassRevoked} {
			for _, keyState := range registry.PassKeyStates {
				for _, stopped := range []bool{false, true} {
					s := fair()
					s.Event.Stopped = stopped
					s.Keys = keysOf(keyRow(1, keyState))
					enter(s, "2026-11-22", "05:30", 1, code)
					p := s.Passes[code]
					p.State = state
					if keyState == registry.KeyDead {
						p.State = registry.PassRevoked // its passes are revoked with a key
					}
					s.Passes[code] = p
					name := kind + " " + string(state) + ", key " + string(keyState)
					wantAgreement(t, name, s, code)
				}
			}
		}
	}
}

// wantAgreement scans and types a pass both ways, in the set-up time, when a lorry
// may leave.
func wantAgreement(t *testing.T, name string, s *Snapshot, code string) {
	t.Helper()
	when, gateN := at("2026-11-22 06:00"), 1
	if s.Passes[code].Kind == registry.VehiclePass {
		gateN = 3
	}
	for _, direction := range []registry.Direction{registry.In, registry.Out} {
		scanned := Decide(s, Scan{QR: genuine(code), Direction: direction, Gate: gateN}, when)
		typed := Decide(s, Scan{Code: code, Direction: direction, Gate: gateN}, when)
		if scanned.Code != typed.Code {
			t.Errorf("%s, %s: scanned %s, typed %s", name, direction, scanned.Code, typed.Code)
		}
		if p := s.Passes[code]; direction == registry.Out && p.Kind.Enters() && !p.Test && scanned.Code != registry.VerdictExitOK {
			t.Errorf("%s: %s at the way out", name, scanned.Code)
		}
	}
}
