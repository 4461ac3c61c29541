package data

import "embed"

var Units embed.FS
