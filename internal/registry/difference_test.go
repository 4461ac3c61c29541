package registry

import "testing"

func TestWhatHasToBeLookedAt(t *testing.T) {
	t.Parallel()
	for claim, c := range map[string]struct {
		scan Scan
		want DifferenceKind
	}{
		"an online entry is none":                          {Scan{Verdict: VerdictOK}, ""},
		"a refusal by both is none":                        {Scan{DeviceVerdict: VerdictBlocked, Verdict: VerdictRevoked}, ""},
		"training is none":                                 {Scan{Training: true, Verdict: VerdictForged}, ""},
		"a forged pass":                                    {Scan{Verdict: VerdictForged}, DiffForged},
		"what is no pass":                                  {Scan{Verdict: VerdictMalformed}, DiffMalformed},
		"a pass off the list":                              {Scan{Verdict: VerdictUnknown, ForcedBy: "Lan"}, DiffUnknown},
		"a forced entry":                                   {Scan{Verdict: VerdictBlocked, ForcedBy: "Lan"}, DiffForced},
		"let in by the phone alone":                        {Scan{DeviceVerdict: VerdictOK, Verdict: VerdictBlocked}, DiffLetIn},
		"let in by the relay alone":                        {Scan{RelayVerdict: VerdictOK, Verdict: VerdictRevoked}, DiffLetIn},
		"the phone's word goes before the relay's":         {Scan{DeviceVerdict: VerdictBlocked, RelayVerdict: VerdictOK, Verdict: VerdictOK}, DiffKeptOut},
		"kept out by the phone alone":                      {Scan{DeviceVerdict: VerdictExpired, Verdict: VerdictOK}, DiffKeptOut},
		"inside already is told by the movements":          {Scan{DeviceVerdict: VerdictOK, Verdict: VerdictAlreadyInside}, ""},
		"used already and let in is told by the movements": {Scan{DeviceVerdict: VerdictOK, Verdict: VerdictAlreadyUsed}, ""},
		"a scan taken back":                                {Scan{VoidOf: "s", Verdict: VerdictOK}, DiffVoid},
		"a taking back that was refused is none":           {Scan{VoidOf: "s", Verdict: VerdictNeedsSupervisor}, ""},
		"a line of a paper list taken back is none":        {Scan{VoidOf: "s", Mode: Paper, Verdict: VerdictOK}, ""},
		"a line of a paper list that the server refuses":   {Scan{Mode: Paper, DeviceVerdict: VerdictOK, Verdict: VerdictRevoked}, DiffLetIn},
	} {
		t.Run(claim, func(t *testing.T) {
			if got := c.scan.Difference(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestWhateverIsADifferenceDiffers walks all that phone, relay and server can say: what
// Difference names is never passed over, and what it leaves to the movements is looked at.
func TestWhateverIsADifferenceDiffers(t *testing.T) {
	t.Parallel()
	codes := append([]VerdictCode{""}, VerdictCodes...)
	for _, phone := range codes {
		for _, relay := range codes {
			for _, server := range VerdictCodes {
				for i, s := range []Scan{{}, {ForcedBy: "Lan"}, {VoidOf: "s"}, {Training: true}} {
					s.DeviceVerdict, s.RelayVerdict, s.Verdict = phone, relay, server
					if s.Difference() != "" && !s.Differs() {
						t.Errorf("%q and %q against %q (%d) is %s, and is passed over", phone, relay, server, i, s.Difference())
					}
				}
			}
		}
	}
	claims(t, map[string]bool{
		"an online entry is passed over":                        !(&Scan{Verdict: VerdictOK}).Differs(),
		"a refusal by both is passed over":                      !(&Scan{DeviceVerdict: VerdictBlocked, Verdict: VerdictRevoked}).Differs(),
		"training is passed over":                               !(&Scan{Training: true, Verdict: VerdictForged}).Differs(),
		"who was refused and is inside is looked at":            (&Scan{DeviceVerdict: VerdictAlreadyInside, Verdict: VerdictAlreadyInside}).Differs(),
		"who was refused and was there before is looked at":     (&Scan{RelayVerdict: VerdictBlocked, Verdict: VerdictAlreadyUsed}).Differs(),
		"who was refused while the booth was full is looked at": (&Scan{DeviceVerdict: VerdictTooManyInside, Verdict: VerdictTooManyInside}).Differs(),
		"who was let in and is inside is left to the movements": !(&Scan{DeviceVerdict: VerdictOK, Verdict: VerdictAlreadyInside}).Differs(),
	})
}

func TestClosingOfADifference(t *testing.T) {
	t.Parallel()
	claims(t, map[string]bool{
		"nobody has closed it yet":         !(&Closing{}).Closed(),
		"the first word closes it":         (&Closing{Version: 1}).Closed(),
		"opened again it is open":          !(&Closing{Version: 2, Open: true}).Closed(),
		"the words are known ones":         WordClock.Valid() && !DifferenceWord("whatever").Valid(),
		"a scan is named by its phone too": (&Scan{ID: "s", Device: "d"}).Ref() == ScanRef{"s", "d"},
	})
}
