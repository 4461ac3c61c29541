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

// Fill says how full an event is.
type Fill string

// The steps.
const (
	FillFree Fill = ""     // or no capacity is set
	FillNear Fill = "near" // from 90 % on
	FillFull Fill = "full" // at the capacity or beyond
)

// FillOf compares the people inside with a capacity; 0 is none.
func FillOf(inside, capacity int) Fill {
	switch {
	case capacity <= 0 || inside*10 < capacity*9:
		return FillFree
	case inside < capacity:
		return FillNear
	}
	return FillFull
}
