package view

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"hoicho/internal/registry"
)

// QueryEscape makes text safe inside a query.
func QueryEscape(s string) string { return url.QueryEscape(s) }

// Within reports whether a path is a page or lies below it.
func Within(path, href string) bool {
	return path == href || (href != "/" && len(path) > len(href) && path[:len(href)] == href && path[len(href)] == '/')
}

// PointText writes a point as scripts read it: degrees north and east, to about 100 m.
func PointText(lat, lon float64) string {
	return strconv.FormatFloat(lat, 'f', 3, 64) + "," + strconv.FormatFloat(lon, 'f', 3, 64)
}

// LocalPath returns next if it is a path on this site, else fallback: a crafted
// link must not send anybody elsewhere after signing in.
func LocalPath(next, fallback string) string {
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

// EventHref is the public page of an event.
func EventHref(slug string) string { return "/su-kien/" + slug }

// VendorHref is the public page of a vendor.
func VendorHref(slug string) string { return "/doanh-nghiep/" + slug }

// ProductHref is the public page of a product.
func ProductHref(slug string) string { return "/san-pham/" + slug }

// ArticleHref is the public page of an article.
func ArticleHref(slug string) string { return "/chuyen-trang/" + slug }

// ColumnHref is the public page of a column.
func ColumnHref(code string) string { return "/chuyen-trang/muc/" + code }

// PlacesRoot is the public list of places of sale.
const PlacesRoot = "/diem-ban"

// PlaceHref is the public page of a place of sale.
func PlaceHref(slug string) string { return PlacesRoot + "/" + slug }

// StallRecord is an inspection as the vendor reads it.
func StallRecord(vendor registry.VendorID, id registry.InspectionID) string {
	return StallRoot(vendor) + "/bien-ban/" + string(id)
}

// InspectionsRoot is the register of inspections.
const InspectionsRoot = "/quan-ly/kiem-tra"

// InspectionHref is an inspection in the office.
func InspectionHref(id registry.InspectionID) string { return InspectionsRoot + "/" + string(id) }

// StallRoot is where the pages of a vendor's own people begin.
func StallRoot(vendor registry.VendorID) string { return "/gian-hang/" + string(vendor) }

// StallApplication is an application at its vendor's.
func StallApplication(vendor registry.VendorID, id registry.ApplicationID) string {
	return StallRoot(vendor) + "/don/" + string(id)
}

// WordsRoot is the register of communications in the office.
const WordsRoot = "/quan-ly/tuyen-truyen"

// QueueRoot is the office's queue of the applications of all events.
const QueueRoot = "/quan-ly/don"

// ReviewRoot is an application in the office.
func ReviewRoot(id registry.ApplicationID) string { return QueueRoot + "/" + string(id) }

// EventRoot is where the office's pages of an event begin.
func EventRoot(event registry.EventID) string { return "/quan-ly/su-kien/" + string(event) }

// ArticleRoot is an article in the office.
func ArticleRoot(id registry.ArticleID) string { return "/quan-ly/bai-viet/" + string(id) }

// TextsRoot is where the ready-made texts of an event stand.
func TextsRoot(event registry.EventID) string { return EventRoot(event) + "/bai-soan" }

// GateRoot is where those of its gates begin.
func GateRoot(event registry.EventID) string { return EventRoot(event) + "/cong" }

// BoothRoot is where those of its booths begin.
func BoothRoot(event registry.EventID) string { return EventRoot(event) + "/gian" }

// DrawRoot is where those of its draws begin.
func DrawRoot(event registry.EventID) string { return EventRoot(event) + "/boc-tham" }

// DrawHref is the public page of the draws of an event.
func DrawHref(slug string) string { return EventHref(slug) + "/boc-tham" }

// DrawLogHref is the log of a draw, for anybody.
func DrawLogHref(slug string, n int) string {
	return "/api/v1/events/" + slug + "/draws/" + strconv.Itoa(n)
}

// PassRoot is where those of its passes begin.
func PassRoot(event registry.EventID) string { return EventRoot(event) + "/the" }

// VoucherRoot is where those of its vouchers begin.
func VoucherRoot(event registry.EventID) string { return EventRoot(event) + "/phieu" }

// VendorFile is a vendor in the office's register.
func VendorFile(vendor registry.VendorID) string { return "/quan-ly/co-so/" + string(vendor) }

// ProductFile is a product there.
func ProductFile(vendor registry.VendorID, product registry.ProductID) string {
	return VendorFile(vendor) + "/san-pham/" + string(product)
}

// Photo is the address of a stored picture.
func Photo(id registry.FileID) string { return "/tep/" + string(id) }

// SmallPhoto is its version for pages of a list.
func SmallPhoto(id registry.FileID) string { return Photo(id) + "/" + string(registry.PhotoSmall) }

// StampPhoto is its smallest version.
func StampPhoto(id registry.FileID) string { return Photo(id) + "/" + string(registry.PhotoStamp) }
