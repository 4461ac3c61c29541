package registry

// NoBattery stands for a phone that does not tell how full its battery is.
const NoBattery = -1

// DeviceTelling is what a gate phone last told of itself.
type DeviceTelling struct {
	Device  DeviceID
	App     string // which version of the gate app runs on it
	Queue   int    // scans that wait to be sent
	Battery int    // percent, or NoBattery
	At      int64  // unix ms, when it told; 0 = never
}

// PhoneClock is where on the server's clock one start of a phone's app began, for
// as long as nobody set the phone's own clock meanwhile. The monotonic clock counts
// on from there.
type PhoneClock struct {
	Device DeviceID
	Boot   string
	Base   int64 // unix ms that the phone's clock showed when the monotonic one began
	ZeroAt int64 // unix ms by the server's clock: the earliest that an upload came to
	Moves  int   // how often a later upload came to an earlier one
}

// sameClockMS is by how much two stamps of one clock may differ: the monotonic
// clock and the other one are read one after the other, and small steps of time
// keeping are none of a person.
const sameClockMS = 1_000

// Made reports whether a stamp (unix ms by the phone's clock, and its monotonic
// one) was made by this clock.
func (c *PhoneClock) Made(at, mono int64) bool {
	off := at - mono - c.Base
	return -sameClockMS <= off && off <= sameClockMS
}
