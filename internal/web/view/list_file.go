package view

import "strings"

// SearchRoot is the search over all that the office keeps.
const SearchRoot = "/quan-ly/tim"

// AtSearch reports whether the page is that search itself.
func (b Base) AtSearch() bool {
	path, _, _ := strings.Cut(b.Path, "?")
	return path == SearchRoot
}

// ListFiles are the addresses at which a list goes out as a file, narrowed as its page is.
type ListFiles struct{ XLSX, CSV string }
