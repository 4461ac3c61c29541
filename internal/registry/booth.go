package registry

// BoothState is a step of a booth (gian hàng).
type BoothState string

// The states.
const (
	BoothFree     BoothState = "free"
	BoothHeld     BoothState = "held" // for one application, until HeldUntil
	BoothAssigned BoothState = "assigned"
	BoothBlocked  BoothState = "blocked" // not given to anybody
)

// BoothDayState is what was seen at a booth on the day.
type BoothDayState string

// The states on the day.
const (
	BoothUnseen   BoothDayState = "" // nobody has looked yet
	BoothOccupied BoothDayState = "occupied"
	BoothNoShow   BoothDayState = "no_show"
)

// BoothKind is what a booth is for.
type BoothKind string

// The kinds of booth.
const (
	StandardBooth BoothKind = "standard" // 3 x 3 m
	SpecialBooth  BoothKind = "special"
	CommonBooth   BoothKind = "common" // shared area
)

// BoothKinds lists the kinds in the order shown to people.
var BoothKinds = []BoothKind{StandardBooth, SpecialBooth, CommonBooth}

// Booth is a place for one vendor at an event. Row and Col, from 1, place it
// within its zone.
type Booth struct {
	ID          BoothID
	Event       EventID
	Code        string // "A05", one per event
	Zone        string // "A"
	Row, Col    int
	WidthCM     int // centimetres
	DepthCM     int
	Kind        BoothKind
	Power       bool
	FeeDong     int64 // 0 = free of charge
	State       BoothState
	Application ApplicationID
	HeldUntil   int64 // unix ms; a hold is over from this instant on
	AssignedAt  int64
	Version     int64
}

// BoothVendor is who has a booth.
type BoothVendor struct {
	Booth       BoothID
	Application ApplicationID
	Vendor      VendorID
	Name        string
	Slug        string
	Goods       []string // names of the products it brings
	Blocked     bool     // visitors do not see it
}

// PlacingBatch is booths that were given together.
type PlacingBatch struct {
	ID       string
	Event    EventID
	Items    []PlacingItem
	By       AccountID
	At       int64 // unix ms
	UndoneAt int64 // 0 = not undone
}

// PlacingItem is one of them, and who got it.
type PlacingItem struct {
	Booth       BoothID
	Code        string
	Application ApplicationID
}
