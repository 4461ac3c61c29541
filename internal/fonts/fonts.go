// Package fonts holds the typeface of printed paper, Be Vietnam Pro (OFL.txt), for
// everything that writes PDF.
package fonts

import _ "embed"

// Family is the name under which a PDF writer registers the faces.
const Family = "be-vietnam-pro"

// Regular is the upright face as TrueType.
//
//go:embed be-vietnam-pro-400Regular.ttf
var Regular []byte

// Bold is the bold face as TrueType.
//
//go:embed be-vietnam-pro-700Bold.ttf
var Bold []byte
