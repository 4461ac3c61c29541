package committee

import "testing"

func TestStateOfASupervision(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		held SupervisionHeld
		want SupervisionState
	}{
		"nothing recommended":   {SupervisionHeld{}, SupervisionNoted},
		"due today":             {SupervisionHeld{Recommendation: "x", DueOn: "2026-11-22"}, SupervisionAwaiting},
		"due yesterday":         {SupervisionHeld{Recommendation: "x", DueOn: "2026-11-21"}, SupervisionLate},
		"answered, though late": {SupervisionHeld{Recommendation: "x", DueOn: "2026-11-21", AnsweredOn: "2026-11-22"}, SupervisionAnswered},
	} {
		if got := c.held.State("2026-11-22"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
