package phone

import "slices"

// NewGateBuild makes the servers that are started after it serve another version
// of the gate app, until the function it returns is called.
func NewGateBuild() (undo func()) {
	old := gateApp.assets
	gateApp.assets = append(slices.Clone(old), "band.svg")
	return func() { gateApp.assets = old }
}
