package committee

import "testing"

func TestMonthsLater(t *testing.T) {
	for _, c := range []struct {
		day    string
		months int
		want   string
	}{{"2026-01-31", 3, "2026-04-30"}, {"2026-08-31", 6, "2027-02-28"}, {"2023-08-31", 6, "2024-02-29"}, {"2026-11-15", 3, "2027-02-15"}, {"x", 3, "x"}} {
		if got := AddMonths(c.day, c.months); got != c.want {
			t.Errorf("%d months after %s is %s, want %s", c.months, c.day, got, c.want)
		}
	}
}

func TestFollowUpsCountFromTheMemorandumAndKeepWhatWasTold(t *testing.T) {
	m := Matching{HeldOn: "2026-03-10"}
	m.Schedule()
	if len(m.FollowUps) != 2 || m.FollowUps[0].DueOn != "2026-06-10" || m.DueOn() != "2026-06-10" {
		t.Errorf("from the meeting: %+v", m.FollowUps)
	}
	m.FollowUps[0].Outcome, m.FollowUps[0].Result = OutcomePartly, "mua 200 kg"
	m.MemoOn = "2026-03-20"
	m.Schedule()
	if m.FollowUps[0].DueOn != "2026-06-10" || m.FollowUps[0].Result != "mua 200 kg" || m.FollowUps[1].DueOn != "2026-09-20" || m.DueOn() != "2026-09-20" {
		t.Errorf("from the memorandum: %+v", m.FollowUps)
	}
	m.FollowUps[1].Outcome = OutcomeNothing
	if m.DueOn() != "" || m.FollowUps[1].Due("2027-01-01") {
		t.Errorf("all told, it is due on %q", m.DueOn())
	}
}

func TestSupportIsOverAfterItsLastDay(t *testing.T) {
	s := SupportGiven{Until: "2026-05-01"}
	if s.Over("2026-05-01") || !s.Over("2026-05-02") || (SupportGiven{}).Over("2099-01-01") {
		t.Error("the last day is one of it, and what goes on is not over")
	}
}
