package gate

import "hoicho/internal/registry"

const (
	// RepeatMS is how soon the same code on the same device in the same direction
	// is the same scan: a camera reads a symbol many times.
	RepeatMS = 3_000
	// VoidMS is how long a steward may take back a scan of the own device.
	VoidMS = 15 * 60_000
)

// After is the pass once an admitted scan has happened. A scan that was not
// admitted, or that is only a check or a training, changes nothing.
func (s *Snapshot) After(p Pass, scan Scan, v Verdict, now int64) Pass {
	spends := scan.Direction == registry.Spend
	if v.Group != registry.Admit || scan.Training || !p.Kind.Enters() && !spends {
		return p
	}
	if scan.Direction == registry.Out {
		p.Inside = nil
		return p
	}
	mark := registry.Mark{Day: s.GateDay(now), At: now, Gate: scan.Gate, Booth: scan.Booth}
	if !spends {
		p.Inside = &mark
	}
	if p.usedOn(mark.Day) == nil {
		p.Used = append(p.Used[:len(p.Used):len(p.Used)], mark)
	}
	return p
}

// Repeats reports whether a scan at an instant (ms) is the one before it once more:
// same device, code and direction are the caller's to compare. The instants are of a
// clock that nobody sets: the monotonic one on a phone, corrected time on the server,
// which goes by the monotonic one within a start of the phone's app.
func Repeats(before, at int64) bool { return at >= before && at-before < RepeatMS }

// CorrectedAt puts a phone's time on the server's clock, from when the phone says
// that it sent the scan and when it came. skew is how far the phone's clock was
// behind; it is flagged when beyond ClockSlackMS either way.
func CorrectedAt(at, sentAt, receivedAt int64) (corrected, skew int64) {
	skew = receivedAt - sentAt
	return min(at+skew, receivedAt), skew
}

// Void answers the wish to take back a scan: ok, or needs_supervisor. A steward
// may take back a scan of the own device for VoidMS, a supervisor any scan for a
// reason.
func Void(scan *registry.Scan, by *registry.Device, reason string, now int64) Verdict {
	switch {
	case scan.Event != by.Event:
		return verdict(registry.VerdictUnknown, Detail{})
	case scan.Device == by.ID && now-scan.CorrectedAt < VoidMS:
		return verdict(registry.VerdictOK, Detail{})
	case by.Role == registry.Supervisor && reason != "":
		return verdict(registry.VerdictOK, Detail{})
	}
	return verdict(registry.VerdictNeedsSupervisor, Detail{})
}
