package store_test

import (
	"testing"

	"hoicho/internal/registry"
	"hoicho/internal/store"
	"hoicho/internal/testkit"
)

// TestEveryWordOfAScanIsStored: a scan with each word that there is, and with all that a
// row can say, comes back as it was given.
func TestEveryWordOfAScanIsStored(t *testing.T) {
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) {
			k := testkit.NewAppOn(t, engine)
			event := k.Event(testkit.InState(registry.Running))
			k.Gates(event.ID, 2)
			phone := k.Phone(event.ID, registry.Supervisor, 1)
			pass := k.Issued(event, registry.OfficialPass, 1)[0]
			var given []registry.Scan
			add := func(change func(*registry.Scan)) {
				s := registry.Scan{ID: store.NewID[registry.ScanID](), Device: phone.Device.ID, Event: event.ID, Direction: registry.In, Gate: 1, Boot: "b",
					Seq: int64(len(given) + 1), At: 1_795_312_800_500, CorrectedAt: 1_795_312_800_000, MonoMS: 77, ReceivedAt: 1_795_312_800_900,
					Mode: registry.Online, Verdict: registry.VerdictOK, Day: "2026-11-22"}
				change(&s)
				given = append(given, s)
			}
			for _, code := range registry.VerdictCodes {
				add(func(s *registry.Scan) {
					s.Verdict, s.DeviceVerdict, s.RelayVerdict, s.Mode = code, code, code, registry.Offline
				})
			}
			for _, mode := range []registry.ScanMode{registry.Online, registry.Offline, registry.Paper} {
				add(func(s *registry.Scan) { s.Mode, s.Direction, s.Boot = mode, registry.Out, "another start" })
			}
			add(func(s *registry.Scan) { s.Direction, s.Gate, s.Booth, s.Vendor = registry.Spend, 0, "A05", "v" })
			add(func(s *registry.Scan) {
				s.Pass, s.Code, s.Moves, s.Kept = pass.ID, pass.Code, true, `{"reason":"typed"}`
			})
			add(func(s *registry.Scan) { s.Pass, s.Code = pass.ID, "012345678901" }) // of the card before
			add(func(s *registry.Scan) { s.Code, s.Verdict = "000000000000", registry.VerdictUnknown })
			add(func(s *registry.Scan) {
				s.VoidOf, s.VoidReason, s.ForcedBy, s.Training = given[0].ID, "nhầm", "Lan", true
				s.At, s.ReceivedAt, s.Day = s.CorrectedAt-86_400_000, s.CorrectedAt, "2020-02-29"
			})
			var read []registry.Scan
			k.Write(func(tx *store.Tx) error { return tx.InsertScans(t.Context(), given) })
			k.Read(func(tx *store.Tx) (err error) {
				var ids []registry.ScanID
				for _, s := range given {
					ids = append(ids, s.ID)
				}
				read, err = tx.ScansByID(t.Context(), ids)
				return err
			})
			if len(read) != len(given) {
				t.Fatalf("%d of %d scans were read back", len(read), len(given))
			}
			bySeq := map[int64]registry.Scan{}
			for _, s := range read {
				bySeq[s.Seq] = s
			}
			for _, want := range given {
				if got := bySeq[want.Seq]; got != want {
					t.Errorf("given %+v\nread  %+v", want, got)
				}
			}
		})
	}
}

// TestAWordThatIsNoneIsNotStored: nothing is kept as something else.
func TestAWordThatIsNoneIsNotStored(t *testing.T) {
	for _, engine := range testkit.EngineNames() {
		t.Run(engine, func(t *testing.T) {
			k := testkit.NewAppOn(t, engine)
			event := k.Event(testkit.InState(registry.Running))
			k.Gates(event.ID, 2)
			phone := k.Phone(event.ID, registry.Steward, 1)
			for name, change := range map[string]func(*registry.Scan){
				"a verdict":   func(s *registry.Scan) { s.Verdict = "perhaps" },
				"no verdict":  func(s *registry.Scan) { s.Verdict = "" },
				"a direction": func(s *registry.Scan) { s.Direction = "up" },
				"a mode":      func(s *registry.Scan) { s.Mode = "later" },
				"an id":       func(s *registry.Scan) { s.ID = "1" },
				"a spelling":  func(s *registry.Scan) { s.ID = "0193567A-9B1C-7D3E-8F00-0123456789AB" },
				"a day":       func(s *registry.Scan) { s.Day = "tomorrow" },
				"a code":      func(s *registry.Scan) { s.Code = "12345" },
				"a phone":     func(s *registry.Scan) { s.Device = "nobody" },
			} {
				t.Run(name, func(t *testing.T) {
					s := registry.Scan{ID: store.NewID[registry.ScanID](), Device: phone.Device.ID, Event: event.ID, Direction: registry.In, Gate: 1,
						Boot: "b", Seq: 1, Mode: registry.Online, Verdict: registry.VerdictOK, Day: "2026-11-22"}
					change(&s)
					if err := k.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.InsertScans(t.Context(), []registry.Scan{s}) }); err == nil {
						t.Error("it was stored")
					}
				})
			}
		})
	}
}
