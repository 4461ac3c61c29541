package view

import "embed"

// Files are the parts of pages, html/<part>.html: each draws the struct of its name.
//
//go:embed html
var Files embed.FS
