package registry

import "testing"

func TestStatesOfAnApplication(t *testing.T) {
	t.Parallel()
	holdsFor(t, "a vendor may change it until it is decided, and again once withdrawn", ApplicationStates, ApplicationState.Editable,
		AppDraft, AppSubmitted, AppNeedsInfo, AppWithdrawn)
	final := func(s ApplicationState) bool { return len(applicationEdges[s]) == 0 }
	holdsFor(t, "no step leads out of declined and cancelled", ApplicationStates, final, AppDeclined, AppCancelled)
	cancelled := func(s ApplicationState) bool { return s.CanBecome(AppCancelled) }
	holdsFor(t, "the end of an event ends what is still alive", ApplicationStates, cancelled,
		AppDraft, AppSubmitted, AppNeedsInfo, AppApproved, AppWaitlisted, AppOffered)
}

func TestDaysAndPlacesOfAnApplication(t *testing.T) {
	t.Parallel()
	claims(t, map[string]bool{
		"the last day is the latest, in whatever order": (&Application{Days: []string{"2026-11-23", "2026-11-25", "2026-11-24"}}).LastDay() == "2026-11-25",
		"without days there is no last one":             (&Application{}).LastDay() == "",
		"what is promised is not left":                  Places{Booths: 10, Promised: 4}.Left() == 6,
		"booths blocked after a promise are missing":    Places{Booths: 3, Promised: 4}.Left() == -1,
		"an event's figures never fall below none left": EventFigures{Booths: 3, Promised: 4}.Left() == 0,
		"an event's figures count what is left":         EventFigures{Booths: 10, Promised: 4}.Left() == 6,
	})
}
