package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/app/admission"
	"hoicho/internal/app/vouchers"
	"hoicho/internal/gate"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

func TestVouchersAtTheGates(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		m.Stall(m.event, 6)
		rows := m.Pack(m.event, 4)
		m.Pack(m.event, 1, func(in *vouchers.PackInput) { in.Scope, in.Booths = registry.PackAtBooths, []string{"A06"} })
		m.Pack(m.event, 1, func(in *vouchers.PackInput) { in.Test = true })
		testkit.Works(t, m.App.Admission.SetSupervisorPin(t.Context(), chief, m.event.ID, "280593"))
		p, q, seller := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2), m.Seller(m.event.ID, m.passes[0].Vendor)
		taken := func() gate.Taken { t.Helper(); return *m.stats(t, seller).Taken }
		t.Run("a gate's phone knows all packs and booths", func(t *testing.T) {
			list, _ := m.snapshot(t, p, "", "")
			v := list.Vouchers
			if v == nil || len(v.Packs) != 3 || len(v.Booths) != 2 || list.Pin == nil || len(list.Gates) != 2 {
				t.Fatalf("%+v", v)
			}
			if v.Packs[0].Only || len(v.Packs[0].Booths) != 0 || !v.Packs[1].Only || len(v.Packs[1].Booths) != 1 || v.Packs[1].Booths[0] != "A06" {
				t.Errorf("%+v", v.Packs)
			}
		})
		t.Run("a seller's knows its own booths and vouchers alone", func(t *testing.T) {
			list, _ := m.snapshot(t, seller, "", "")
			if v := list.Vouchers; v == nil || len(v.Packs) != 3 || len(v.Booths) != 1 || v.Booths[0].Code != "A05" || list.Pin != nil || len(list.Gates) != 0 {
				t.Errorf("%+v", v)
			}
			m.send(t, seller, seller.Scan(rows[3], testkit.At("A05")))
			next, _ := m.snapshot(t, seller, list.Cursor, "")
			if got := next.Passes[rows[3].Code]; next.Vouchers != nil || len(next.Passes) != 1 || got.Pack != 1 || got.Serial != 4 {
				t.Errorf("after a taking: packs %v, %+v", next.Vouchers, next.Passes)
			}
		})
		t.Run("what a gate's phone takes is of the booth's vendor", func(t *testing.T) {
			m.send(t, p, p.Scan(rows[0], testkit.At("A05")))
			m.Clock.Add(time.Minute)
			if got := taken(); got != (gate.Taken{N: 2, Dong: 100_000}) {
				t.Errorf("%+v", got)
			}
			m.send(t, p, p.Scan(rows[1], testkit.At("A06")))
			if got := taken(); got.N != 2 {
				t.Errorf("with a taking at another booth: %+v", got)
			}
		})
		t.Run("a taking at no booth of the event is refused", func(t *testing.T) {
			if v := m.verdict(t, p, p.Scan(rows[2], testkit.At("Z99"))); v != registry.VerdictWrongBooth {
				t.Errorf("%s", v)
			}
		})
		t.Run("it is in no figure of a gate", func(t *testing.T) {
			if s := m.stats(t, p); s.Inside != 0 || len(s.Hours) != 0 {
				t.Errorf("%+v", s)
			}
		})
		t.Run("two phones without network take the same one: one line with its serial", func(t *testing.T) {
			m.Clock.Add(time.Minute)
			first := p.Scan(rows[2], testkit.At("A05"), testkit.Offline(registry.VerdictOK))
			m.Clock.Add(time.Minute)
			second := q.Scan(rows[2], testkit.At("A06"), testkit.Offline(registry.VerdictOK))
			m.Clock.Add(time.Minute)
			refused := q.Scan(rows[2], testkit.At("A06"), testkit.Offline(registry.VerdictAlreadyUsed))
			m.send(t, q, second, refused)
			m.send(t, p, first)
			d := m.differences(t, admission.DifferenceFilter{Kind: registry.DiffDouble})
			if len(d.Lines) != 1 || d.Lines[0].Pass.Pack != 1 || d.Lines[0].Pass.Serial != 3 || d.Lines[0].Before == nil {
				t.Errorf("%+v, %v", d.Lines, d.ByKind)
			}
			if d.ByKind[registry.DiffKeptOut] != 0 || d.ByKind[registry.DiffLetIn] != 0 {
				t.Errorf("%v", d.ByKind)
			}
		})
	})
}
