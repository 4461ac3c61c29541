package registry

import "testing"

// dated is an event whose applications run from 10 to 20 and which runs from 30 to 40.
func dated(s EventState) *Event {
	return &Event{State: s, ApplyFrom: 10, ApplyUntil: 20, BeginsAt: 30, EndsAt: 40}
}

func TestDatesCarryAnEventOn(t *testing.T) {
	t.Parallel()
	for claim, c := range map[string]struct {
		from EventState
		now  int64
		want EventState
	}{
		"announced until applications open":      {Announced, 9, Announced},
		"open from their first instant":          {Announced, 10, Open},
		"open until their last":                  {Open, 19, Open},
		"closed from their end":                  {Open, 20, Closed},
		"closed though it never was open":        {Announced, 20, Closed},
		"closed until it begins":                 {Closed, 29, Closed},
		"running from its beginning":             {Closed, 30, Running},
		"an open one begins as well":             {Open, 30, Running},
		"running until its end":                  {Running, 39, Running},
		"ended from its end":                     {Running, 40, Ended},
		"a moved one stays so until it begins":   {Moved, 29, Moved},
		"a moved one begins":                     {Moved, 30, Running},
		"a plan goes nowhere by itself":          {Planned, 35, Planned},
		"a postponed one goes nowhere by itself": {Postponed, 35, Postponed},
		"what has ended is reported by a person": {Ended, 99, Ended},
	} {
		t.Run(claim, func(t *testing.T) {
			if got := dated(c.from).Due(c.now); got != c.want {
				t.Errorf("%s at %d: %s, want %s", c.from, c.now, got, c.want)
			}
		})
	}
}

func TestEventLandsWhereItsDatesAre(t *testing.T) {
	t.Parallel()
	windowless := Event{State: Announced, BeginsAt: 30, EndsAt: 40}
	claims(t, map[string]bool{
		"announced in the window it is open":      dated(Planned).Lands(Announced, 15).State == Open,
		"announced on its day it runs":            dated(Planned).Lands(Announced, 30).State == Running,
		"announced after all it has ended":        dated(Planned).Lands(Announced, 45).State == Ended,
		"postponed it stays so":                   dated(Running).Lands(Postponed, 35).State == Postponed,
		"without a window no applications open":   windowless.Due(15) == Announced,
		"without a window it begins all the same": windowless.Due(30) == Running,
	})
}
