package registry

import (
	"cmp"
	"slices"
)

// DifferenceKind is why something stands on the reconciliation page (đối chiếu)
// of an event's gates.
type DifferenceKind string

// The kinds.
const (
	DiffDouble    DifferenceKind = "double"    // one pass came in twice and never went out between
	DiffLetIn     DifferenceKind = "let_in"    // the phone let in by itself, the server would not have
	DiffKeptOut   DifferenceKind = "kept_out"  // the phone did not let in, the server would have
	DiffForced    DifferenceKind = "forced"    // a supervisor let in all the same
	DiffForged    DifferenceKind = "forged"    // a pass with a wrong signature
	DiffUnknown   DifferenceKind = "unknown"   // a pass that is not on the list
	DiffMalformed DifferenceKind = "malformed" // no pass at all
	DiffGap       DifferenceKind = "gap"       // scans that a phone made and never sent
	DiffClock     DifferenceKind = "clock"     // a phone whose clock was wrong
	DiffVoid      DifferenceKind = "void"      // a scan that was taken back
)

// DifferenceKinds lists the kinds from the gravest on.
var DifferenceKinds = []DifferenceKind{DiffDouble, DiffLetIn, DiffForged, DiffForced, DiffGap, DiffUnknown, DiffKeptOut,
	DiffClock, DiffVoid, DiffMalformed}

// Difference is why a scan by itself has to be looked at, or empty. An entry
// against already_inside or already_used is none: whether the pass was inside or
// had come in is told by all of its movements in their order, whichever phone sent
// first.
func (s *Scan) Difference() DifferenceKind {
	switch {
	case s.Training, s.VoidOf != "" && s.Mode == Paper: // whoever types may mistype
		return ""
	case s.VoidOf != "":
		if s.Verdict.Admits() {
			return DiffVoid
		}
		return ""
	case s.Verdict == VerdictForged:
		return DiffForged
	case s.Verdict == VerdictMalformed:
		return DiffMalformed
	case s.Verdict == VerdictUnknown:
		return DiffUnknown
	case s.ForcedBy != "":
		return DiffForced
	}
	return s.disagreement()
}

// disagreement compares what an offline phone, a relay, or a steward with a list on
// paper, did with what the server says.
func (s *Scan) disagreement() DifferenceKind {
	did := s.SaidThere()
	if did == "" || s.Verdict == VerdictAlreadyInside || did.Admits() == s.Verdict.Admits() ||
		s.Verdict == VerdictAlreadyUsed && did.Admits() {
		return ""
	}
	if did.Admits() {
		return DiffLetIn
	}
	return DiffKeptOut
}

// Differs reports whether the reconciliation has to look at a scan: Difference has the last
// say, and the order in which passes moved tells of those that it passes over.
func (s *Scan) Differs() bool {
	switch {
	case s.Training:
		return false
	case s.ForcedBy != "", s.VoidOf != "", s.Verdict == VerdictForged, s.Verdict == VerdictMalformed, s.Verdict == VerdictUnknown:
		return true
	}
	return s.against(s.DeviceVerdict) || s.against(s.RelayVerdict)
}

// against reports whether what was said at the gate is not what the server says, or may
// turn out not to be once it is known where the passes were.
func (s *Scan) against(said VerdictCode) bool {
	if said == "" {
		return false
	}
	if s.Verdict != VerdictAlreadyInside && said.Admits() != s.Verdict.Admits() {
		return true
	}
	switch s.Verdict {
	case VerdictAlreadyInside, VerdictAlreadyUsed, VerdictTooManyInside:
		return !said.Admits()
	}
	return false
}

// SaidThere is the verdict by which the gate opened or not, where it was not this
// server's: the phone's, that on paper, that of the server before a restore, the
// relay's.
func (s *Scan) SaidThere() VerdictCode {
	return cmp.Or(s.DeviceVerdict, s.RelayVerdict)
}

// ScanRef names a scan: two phones may have used the same id.
type ScanRef struct {
	ID     ScanID
	Device DeviceID
}

// Ref is the name of a scan.
func (s *Scan) Ref() ScanRef { return ScanRef{s.ID, s.Device} }

// ScanLine names the line of the reconciliation about one scan.
func ScanLine(s ScanRef) string { return "scan." + string(s.ID) + "." + string(s.Device) }

// DoubleLine names the line about a second entry, or a second taking of a voucher.
func DoubleLine(first, second ScanRef) string {
	return "double." + string(first.ID) + "." + string(first.Device) + "." + string(second.ID) + "." + string(second.Device)
}

// DoubleEntry is a pass that came in twice on a gate day and did not go out
// between, or came in more often than its kind may.
type DoubleEntry struct {
	First  ScanRef // the earlier one, by corrected time
	Second ScanRef
	At     int64 // corrected time of the second
	Left   bool  // it did go out between, but may come in only once
}

// SeqGap is a stretch of a phone's numbers that never came, its ends included.
type SeqGap struct {
	Device DeviceID
	From   int64
	Until  int64
	At     int64 // corrected time of the scan behind the gap
}

// ClockSkew is what a phone's clock was off by on a gate day, as far as it was
// more than two minutes.
type ClockSkew struct {
	Device  DeviceID
	Day     string // YYYY-MM-DD
	N       int    // scans
	Least   int64  // ms to add to the phone's time; below zero where its clock was ahead
	Most    int64
	FirstAt int64 // corrected, of the scans
	LastAt  int64
}

// DifferenceWord is the word with which a difference is closed.
type DifferenceWord string

// The words.
const (
	WordRightPerson DifferenceWord = "right_person"
	WordLetIn       DifferenceWord = "wrongly_let_in"
	WordKeptOut     DifferenceWord = "wrongly_kept_out"
	WordHandled     DifferenceWord = "handled"
	WordClock       DifferenceWord = "wrong_clock"
	WordPhoneLost   DifferenceWord = "phone_lost"
	WordOther       DifferenceWord = "other" // the note says what
)

// DifferenceWords lists the words.
var DifferenceWords = []DifferenceWord{WordRightPerson, WordLetIn, WordKeptOut, WordHandled, WordClock, WordPhoneLost, WordOther}

// Valid reports whether it is one of the words.
func (w DifferenceWord) Valid() bool { return slices.Contains(DifferenceWords, w) }

// Closing is what the gate chief said of a difference. All else about it is
// found anew from the scans each time.
type Closing struct {
	Event   EventID
	Line    string // of which difference
	Open    bool   // it was closed and is open again
	Word    DifferenceWord
	Note    string
	By      string // name of who closed it, or opened it again
	At      int64  // unix ms
	Version int64  // 0 = nobody has closed it yet
}

// Closed reports whether somebody has closed the difference and nobody has opened
// it again.
func (c *Closing) Closed() bool { return c.Version > 0 && !c.Open }
