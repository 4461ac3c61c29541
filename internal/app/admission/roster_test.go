package admission_test

import (
	"testing"
	"time"

	"hoicho/internal/app"
	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/testkit"
)

// TestServersRememberTheSamePasses: each server remembers where a pass is, and what
// happens at another one counts at once. Gates of two servers take turns with the
// passes of one stall.
func TestServersRememberTheSamePasses(t *testing.T) {
	testkit.WithinADay(t)
	markets(t, func(t *testing.T, m *market) {
		m.policy(t, func(in *admission.PolicyInput) { in.MaxInside = 1 })
		a, b := m.Phone(m.event.ID, registry.Steward, 1), m.Phone(m.event.ID, registry.Steward, 2)
		servers := map[*testkit.Phone]*app.App{a: m.App, b: m.Another()}
		for i, step := range []struct {
			phone *testkit.Phone
			pass  registry.PassRow
			way   registry.Direction
			want  registry.VerdictCode
		}{
			{a, m.staff[0], registry.In, registry.VerdictOK},
			{b, m.staff[0], registry.In, registry.VerdictAlreadyInside},
			{b, m.staff[1], registry.In, registry.VerdictTooManyInside},
			{b, m.staff[0], registry.Out, registry.VerdictExitOK},
			{a, m.staff[1], registry.In, registry.VerdictOK},
			{b, m.staff[0], registry.In, registry.VerdictTooManyInside},
			{b, m.staff[1], registry.Out, registry.VerdictExitOK},
			{a, m.staff[0], registry.In, registry.VerdictOKAgain},
		} {
			m.App = servers[step.phone]
			scan := step.phone.Scan(step.pass)
			scan.Direction = step.way
			if v := m.verdict(t, step.phone, scan); v != step.want {
				t.Errorf("step %d: %s, want %s", i+1, v, step.want)
			}
			m.Clock.Add(time.Minute)
		}
	})
}
