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
