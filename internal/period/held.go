package period

import "hoicho/internal/registry"

// Held is what phones and relays of an event said last that they still hold: scans that no figure
// counts yet.
type Held struct {
	Event  registry.EventID
	Title  string
	Phones int
	Scans  int64
}
