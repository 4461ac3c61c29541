package view

import (
	"net/url"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// FilterLink is a filter as a link.
type FilterLink struct {
	Href    string
	Label   string
	Lang    string // of the label, where it is not that of the page
	Current bool
}

// Choose makes a row of filter links from codes, "all" first; the chosen one leads
// back to all.
func Choose[T ~string](b Base, prefix string, codes []T, chosen string, href func(string) string) []FilterLink {
	links := []FilterLink{{Href: href(""), Label: b.T("vendor.list.all"), Current: chosen == ""}}
	for _, code := range codes {
		links = append(links, FilterLink{Href: href(string(code)), Label: b.T(prefix + string(code)), Current: string(code) == chosen})
	}
	return links
}

// ShortText cleans what was typed into a search box; nobody searches for more than
// a line.
func ShortText(text string) string {
	text, ok := vn.CleanLine(text)
	if !ok || len([]rune(text)) > 100 {
		return ""
	}
	return text
}

// SmallNumber reads a number between 0 and most from an address; anything else is 0.
func SmallNumber(text string, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}

// Query builds the address of a filtered list: names and values in turn, what is
// empty left out.
func Query(path string, pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" && pairs[i+1] != "0" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// ReadEventCursor reads where a page of events begins.
func ReadEventCursor(text string) (at registry.EventCursor, ok bool) {
	day, id, cut := strings.Cut(text, ".")
	if !cut || !vn.ValidDate(day) {
		return at, false
	}
	return registry.EventCursor{OpensOn: day, ID: registry.EventID(id)}, true
}
