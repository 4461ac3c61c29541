package web

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// vendorKind names a kind of vendor.
func (b base) vendorKind(k registry.VendorKind) string { return b.T("vendor.kind." + string(k)) }

// groupName names a group of products.
func (b base) groupName(g registry.ProductGroup) string { return b.T("product.group." + string(g)) }

// originPhrase is what a label says of the origin: "Sản xuất tại Côn Minh, Na Rì".
func (b base) originPhrase(p registry.Product) string {
	return b.T("product.origin_phrase."+string(p.Origin), p.OriginPlace)
}

// paperName names a kind of paper.
func (b base) paperName(k registry.CertificateKind) string {
	return b.T("certificate.kind." + string(k))
}

// evidenceTones are the colours of the rungs and falls.
var evidenceTones = map[registry.Evidence]string{
	registry.Declared: "wait", registry.Documented: "", registry.Checked: "go", registry.Confirmed: "go",
	registry.Disputed: "stop", registry.Excluded: "stop",
}

// evidenceIcons say the rung a second time, for who does not see colours.
var evidenceIcons = map[registry.Evidence]string{
	registry.Declared: "info", registry.Documented: "file-text", registry.Checked: "badge-check", registry.Confirmed: "shield-check",
	registry.Disputed: "triangle-alert", registry.Excluded: "ban",
}

// evidenceChip is the mark of how far a product is proved to be Vietnamese.
func (b base) evidenceChip(e registry.Evidence) Chip {
	return Chip{Label: b.T("product.evidence." + string(e)), Class: evidenceTones[e], Icon: evidenceIcons[e]}
}

// proof is the evidence of a product as its page tells it.
type proof struct {
	Ladder
	Chip  Chip
	On    string // when it was decided, shown
	Until string // shown; empty: no end
	Note  string
}

// proofOn tells the evidence of a product as it counts on a day.
func (b base) proofOn(p registry.Product, day string) proof {
	e := p.EvidenceOn(day)
	l := proof{Chip: b.evidenceChip(e), Ladder: Ladder{Step: e.Rung(), Of: len(registry.EvidenceLadder), Bad: e.Fallen(),
		Label: b.T("product.evidence."+string(e)) + ".", Text: b.T("product.evidence.plain." + string(e))}}
	l.Words = b.T("product.rung", l.Step, l.Of)
	if l.Bad {
		l.Words = l.Label
	}
	if e != p.Evidence {
		l.Note = b.T("product.evidence.over", vn.ShowDate(p.EvidenceUntil))
		return l
	}
	l.Note = p.EvidenceNote
	if (e.Rung() > 2 || l.Bad) && p.EvidenceAt > 0 {
		l.On = showDay(p.EvidenceAt)
	}
	l.Until = vn.ShowDate(p.EvidenceUntil)
	return l
}

// starsOn shows the rank of a product that is in force on a day; N is 0 if none is.
func (b base) starsOn(p registry.Product, day string) Stars {
	r, ok := p.Stars(day)
	if !ok {
		return Stars{}
	}
	return Stars{N: r.Stars, Words: b.T("product.stars", r.Stars), Label: b.T("product.stars_until", vn.ShowDate(r.ValidTo)[3:])}
}

// productCard is a product as lists show it. Where stars are in force they speak
// for it, else the rung of its evidence does; a fall is always told.
func (s *Server) productCard(b base, p registry.ProductCard) ProductCard {
	today := s.app.Today()
	c := ProductCard{Href: "/san-pham/" + p.Slug, Name: p.Name, Maker: p.VendorName, Stars: b.starsOn(p.Product, today)}
	if place := s.placeName(p.VendorArea); place != "" {
		c.Maker += ", " + place
	}
	if e := p.EvidenceOn(today); c.Stars.N == 0 || e.Fallen() {
		c.Chips = []Chip{b.evidenceChip(e)}
	}
	if len(p.Photos) > 0 {
		c.Photo = photo(p.Photos[0])
	}
	return c
}

func (s *Server) productCards(b base, products []registry.ProductCard) []ProductCard {
	cards := make([]ProductCard, len(products))
	for i, p := range products {
		cards[i] = s.productCard(b, p)
	}
	return cards
}

// price shows what a product costs, "" if that is not told.
func (b base) price(p registry.Product) string {
	if p.PriceDong == 0 {
		return ""
	}
	return vn.Dong(p.PriceDong) + "/" + p.PriceUnit
}

// photo is the address of a stored picture, smallPhoto and stampPhoto those of its
// versions for lists.
func photo(id registry.FileID) string { return "/tep/" + string(id) }

func smallPhoto(id registry.FileID) string { return photo(id) + "/" + string(registry.PhotoSmall) }

func stampPhoto(id registry.FileID) string { return photo(id) + "/" + string(registry.PhotoStamp) }

// placeName is the short name of a unit today: "xã Ba Bể".
func (s *Server) placeName(ref registry.AreaRef) string {
	a, ok := s.app.Areas.Lookup(ref)
	if !ok {
		return ""
	}
	return s.app.Areas.FullName(a, s.app.Today())
}

// longPlace is the unit with its province, and the village before it.
func (s *Server) longPlace(v registry.Vendor) string {
	a, ok := s.app.Areas.Lookup(v.Area)
	if !ok {
		return v.Village
	}
	place := s.app.Areas.LongName(a, s.app.Today())
	if v.Village != "" {
		place = v.Village + ", " + place
	}
	return place
}

// vendorRow is a vendor as lists show it.
func (s *Server) vendorRow(b base, v registry.Vendor, n registry.ProductCount) VendorRow {
	r := VendorRow{Href: "/doanh-nghiep/" + v.Slug, Name: v.Name, Initial: initial(v.Name),
		Note: b.vendorKind(v.Kind) + " · " + s.placeName(v.Area)}
	if v.Logo != "" {
		r.Photo = stampPhoto(v.Logo)
	}
	if n.Shown > 0 {
		r.Chips = append(r.Chips, Chip{Label: b.T("vendor.products", n.Shown)})
	}
	if n.Starred > 0 {
		r.Chips = append(r.Chips, Chip{Label: b.T("vendor.starred", n.Starred), Class: "star", Icon: "star"})
	}
	return r
}

// initial is the first letter of the last word of a name that begins with one.
func initial(name string) string {
	words := strings.Fields(name)
	for i := len(words) - 1; i >= 0; i-- {
		if r, _ := utf8.DecodeRuneInString(words[i]); r != utf8.RuneError {
			return strings.ToUpper(string(r))
		}
	}
	return "?"
}

// stopCards are the events at which a vendor will be, with its booths.
func (s *Server) stopCards(b base, stops []registry.Stop) []EventCard {
	cards := make([]EventCard, len(stops))
	for i, st := range stops {
		e := registry.Event{Slug: st.Slug, Title: st.Title, State: st.State, OpensOn: st.OpensOn, ClosesOn: st.ClosesOn, Area: st.Area, Venue: st.Venue}
		cards[i] = s.eventCard(b, e, registry.EventFigures{})
		cards[i].Chips, cards[i].Note = nil, ""
		if len(st.Booths) > 0 {
			cards[i].Chips = append(cards[i].Chips, Chip{Label: b.T("vendor.booths", strings.Join(st.Booths, ", ")), Icon: "store"})
		}
		if st.State == registry.Postponed || st.State == registry.Moved || st.State == registry.Running {
			cards[i].Chips = append(cards[i].Chips, b.stateChip(st.State))
		}
	}
	return cards
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

// smallNumber reads a number between 0 and most from an address; anything else is 0.
func smallNumber(text string, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}
