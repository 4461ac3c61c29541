package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// eventCards makes the cards of a list.
func (s *Server) eventCards(b base, events []registry.Event, figures map[registry.EventID]registry.EventFigures) []EventCard {
	cards := make([]EventCard, len(events))
	for i, e := range events {
		cards[i] = s.eventCard(b, e, figures[e.ID])
	}
	return cards
}

// eventCard is an event as lists show it.
func (s *Server) eventCard(b base, e registry.Event, f registry.EventFigures) EventCard {
	card := EventCard{Href: eventHref(e.Slug), Title: e.Title, Chips: s.eventChips(b, asPublic(e), f), Date: b.dateBlock(e.OpensOn),
		Place: s.whereLine(e), When: vn.ShowRange(e.OpensOn, e.ClosesOn), Note: reasonNote(e)}
	if year, today := e.OpensOn[:4], s.app.Today(); year < today[:4] || year > vn.AddDays(today, 366)[:4] {
		card.Date.Year = year
	}
	if len(e.Days) > 1 {
		card.When += " · " + b.T("event.card.days", len(e.Days))
	}
	return card
}

// whereLine is the venue with its unit, unless the venue names the unit itself. A
// copy may have no venue yet.
func (s *Server) whereLine(e registry.Event) string {
	unit := s.app.Events.EventPlace(e).Short
	if e.Venue == "" {
		return unit
	}
	if strings.Contains(vn.Fold(e.Venue), vn.Fold(unit)) {
		return e.Venue
	}
	return e.Venue + " · " + unit
}

// eventChips are the marks of an event: its kind, where it stands, and how many
// booths are left while it takes applications.
func (s *Server) eventChips(b base, e registry.Event, f registry.EventFigures) []Chip {
	state := b.stateChip(e.State)
	if e.State == registry.Running {
		state.Label += " · " + b.openLine(e, s.app.DB.Now())
	}
	chips := []Chip{{Label: b.kindName(e.Kind)}, state}
	if e.WasMoved() && e.State != registry.Moved && e.State.Upcoming() {
		chips = append(chips, b.stateChip(registry.Moved))
	}
	if f.Booths > 0 && e.AcceptsApplications(s.app.NowMS()) {
		left := Chip{Label: b.T("event.card.left", f.Left()), Class: "wait"}
		if f.Left() == 0 {
			left = Chip{Label: b.T("event.card.full"), Class: "off"}
		}
		chips = append(chips, left)
	}
	return chips
}

// productCard is a product as lists show it. Where stars are in force they speak
// for it, else the rung of its evidence does; a fall is always told.
func (s *Server) productCard(b base, p registry.ProductCard) ProductCard {
	today := s.app.Today()
	c := ProductCard{Href: productHref(p.Slug), Name: p.Name, Maker: p.VendorName, Stars: b.starsOn(p.Product, today)}
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

// productCards makes the cards of a list.
func (s *Server) productCards(b base, products []registry.ProductCard) []ProductCard {
	cards := make([]ProductCard, len(products))
	for i, p := range products {
		cards[i] = s.productCard(b, p)
	}
	return cards
}

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
	r := VendorRow{Href: vendorHref(v.Slug), Name: v.Name, Initial: initial(v.Name),
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

// results are the figures of a closed report for the public page of the event; those
// of one that is out stay there while an addendum is made.
func (s *Server) results(c *fiber.Ctx, b base, e registry.Event) (tiles []deskTile, err error) {
	if e.State != registry.Reported && e.State != registry.Ended {
		return nil, nil
	}
	lines, counted, err := s.app.Reports.PublicResults(c.UserContext(), e.ID, b.Lang)
	for _, l := range lines {
		tile := deskTile{Label: b.T("report.figure." + string(l.Key)), N: vn.Count(l.N)}
		switch l.Key {
		case "visits":
			tile.Note = counted
		case "sales_dong":
			tile.N, tile.Note = vn.Dong(l.N), b.T("report.told_by_vendors")
		}
		tiles = append(tiles, tile)
	}
	return tiles, err
}
