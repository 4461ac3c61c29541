package web

import (
	"net/url"
	"strings"
	"unicode"

	"hoicho/internal/registry"
)

// queryEscape makes text safe inside a query.
func queryEscape(s string) string { return url.QueryEscape(s) }

// within reports whether a path is a page or lies below it.
func within(path, href string) bool {
	return path == href || (href != "/" && len(path) > len(href) && path[:len(href)] == href && path[len(href)] == '/')
}

// localPath returns next if it is a path on this site, else fallback: a crafted
// link must not send anybody elsewhere after signing in.
func localPath(next, fallback string) string {
	if len(next) > 2000 || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsFunc(next, func(r rune) bool { return r == '\\' || unicode.IsControl(r) }) {
		return fallback
	}
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return fallback
	}
	return next
}

// eventHref is the public page of an event.
func eventHref(slug string) string { return "/su-kien/" + slug }

// vendorHref is the public page of a vendor.
func vendorHref(slug string) string { return "/doanh-nghiep/" + slug }

// productHref is the public page of a product.
func productHref(slug string) string { return "/san-pham/" + slug }

// stallRoot is where the pages of a vendor's own people begin.
func stallRoot(vendor registry.VendorID) string { return "/gian-hang/" + string(vendor) }

// stallApplication is an application at its vendor's.
func stallApplication(vendor registry.VendorID, id registry.ApplicationID) string {
	return stallRoot(vendor) + "/don/" + string(id)
}

// queueRoot is the office's queue of the applications of all events.
const queueRoot = "/quan-ly/don"

// reviewRoot is an application in the office.
func reviewRoot(id registry.ApplicationID) string { return queueRoot + "/" + string(id) }

// eventRoot is where the office's pages of an event begin.
func eventRoot(event registry.EventID) string { return "/quan-ly/su-kien/" + string(event) }

// gateRoot is where those of its gates begin.
func gateRoot(event registry.EventID) string { return eventRoot(event) + "/cong" }

// boothRoot is where those of its booths begin.
func boothRoot(event registry.EventID) string { return eventRoot(event) + "/gian" }

// passRoot is where those of its passes begin.
func passRoot(event registry.EventID) string { return eventRoot(event) + "/the" }

// vendorFile is a vendor in the office's register.
func vendorFile(vendor registry.VendorID) string { return "/quan-ly/co-so/" + string(vendor) }

// productFile is a product there.
func productFile(vendor registry.VendorID, product registry.ProductID) string {
	return vendorFile(vendor) + "/san-pham/" + string(product)
}

// photo is the address of a stored picture.
func photo(id registry.FileID) string { return "/tep/" + string(id) }

// smallPhoto is its version for pages of a list.
func smallPhoto(id registry.FileID) string { return photo(id) + "/" + string(registry.PhotoSmall) }

// stampPhoto is its smallest version.
func stampPhoto(id registry.FileID) string { return photo(id) + "/" + string(registry.PhotoStamp) }
