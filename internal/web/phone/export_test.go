package phone

import "slices"

// NewGateBuild makes the servers that are started after it serve another version
// of the gate app, until the function it returns is called.
func NewGateBuild() (undo func()) {
	old := shellAssets
	shellAssets = append(slices.Clone(old), "band.svg")
	return func() { shellAssets = old }
}
