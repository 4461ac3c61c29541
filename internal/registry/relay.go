package registry

// RelayRow is one line of a relay's log: a scan or a count as its phone sent it,
// in the order in which the relay took them in.
type RelayRow struct {
	N       int64
	Kind    RelayKind
	Device  DeviceID
	Seq     int64
	Amends  bool   // tells what a phone decided about a scan that came before
	Payload string // what is handed on, JSON
}

// RelayKind is what a row of a relay's log holds.
type RelayKind string

// The kinds.
const (
	RelayScan  RelayKind = "scan"
	RelayCount RelayKind = "count"
)

// RelayPass is a pass as a relay gets it, with the ids and names of whom it was
// issued to.
type RelayPass struct {
	Pass
	BoothCode  string
	VendorName string
}
