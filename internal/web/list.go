package web

import (
	"net/url"
	"strconv"
	"strings"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// filterLink is a filter as a link.
type filterLink struct {
	Href    string
	Label   string
	Current bool
}

// choose makes a row of filter links from codes, "all" first; the chosen one leads
// back to all.
func choose[T ~string](b base, prefix string, codes []T, chosen string, href func(string) string) []filterLink {
	links := []filterLink{{Href: href(""), Label: b.T("vendor.list.all"), Current: chosen == ""}}
	for _, code := range codes {
		links = append(links, filterLink{Href: href(string(code)), Label: b.T(prefix + string(code)), Current: string(code) == chosen})
	}
	return links
}

// shortText cleans what was typed into a search box; nobody searches for more than
// a line.
func shortText(text string) string {
	text, ok := vn.CleanLine(text)
	if !ok || len([]rune(text)) > 100 {
		return ""
	}
	return text
}

// smallNumber reads a number between 0 and most from an address; anything else is 0.
func smallNumber(text string, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}

// query builds the address of a filtered list: names and values in turn, what is
// empty left out.
func query(path string, pairs ...string) string {
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

// readEventCursor reads where a page of events begins.
func readEventCursor(text string) (at registry.EventCursor, ok bool) {
	day, id, cut := strings.Cut(text, ".")
	if !cut || !vn.ValidDate(day) {
		return at, false
	}
	return registry.EventCursor{OpensOn: day, ID: registry.EventID(id)}, true
}
