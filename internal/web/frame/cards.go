package frame

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// EventCards makes the cards of a list.
func (s *Server) EventCards(b view.Base, events []registry.Event, figures map[registry.EventID]registry.EventFigures) []view.EventCard {
	cards := make([]view.EventCard, len(events))
	for i, e := range events {
		cards[i] = s.EventCard(b, e, figures[e.ID])
	}
	return cards
}

// EventCard is an event as lists show it.
func (s *Server) EventCard(b view.Base, e registry.Event, f registry.EventFigures) view.EventCard {
	card := view.EventCard{Href: view.EventHref(e.Slug), Title: e.Title, Chips: s.EventChips(b, view.AsPublic(e), f), Date: b.DateBlock(e.OpensOn),
		Place: s.WhereLine(e), When: vn.ShowRange(e.OpensOn, e.ClosesOn), Note: view.ReasonNote(e), Lang: b.Foreign()}
	if year, today := e.OpensOn[:4], s.App.Today(); year < today[:4] || year > vn.AddDays(today, 366)[:4] {
		card.Date.Year = year
	}
	if len(e.Days) > 1 {
		card.When += " · " + b.T("event.card.days", len(e.Days))
	}
	if card.Off = e.State.Stopped(); e.State == registry.Postponed {
		card.OffAs = b.T("event.page.no_new_day")
	}
	if e.State.Upcoming() {
		card.At = s.pointOf(e)
	}
	return card
}

// pointOf is where an event is, for the script that measures distances in the reader's
// browser: its own point, else that of its commune.
func (s *Server) pointOf(e registry.Event) string {
	if e.HasPlace() {
		lat, lon := e.Degrees()
		return lat + "," + lon
	}
	if a, ok := s.App.Areas.Lookup(e.Area); ok && a.Ref.IsCommune() && a.Lat != 0 {
		return view.PointText(a.Lat, a.Lon)
	}
	return ""
}

// WhereLine is the venue with its unit, unless the venue names the unit itself. A
// copy may have no venue yet.
func (s *Server) WhereLine(e registry.Event) string {
	unit := s.App.Events.EventPlace(e).Short
	if e.Venue == "" {
		return unit
	}
	if strings.Contains(vn.Fold(e.Venue), vn.Fold(unit)) {
		return e.Venue
	}
	return e.Venue + " · " + unit
}

// EventChips are the marks of an event: its kind where the title does not begin with it,
// where it stands, and how many booths are left while it takes applications.
func (s *Server) EventChips(b view.Base, e registry.Event, f registry.EventFigures) []view.Chip {
	state := b.StateChip(e.State)
	if e.State == registry.Running {
		state.Label += " · " + b.OpenLine(e, s.App.DB.Now())
	}
	var chips []view.Chip
	if kind := b.KindName(e.Kind); !strings.HasPrefix(vn.Fold(e.Title), vn.Fold(kind)+" ") { // "Phiên chợ …" says it itself
		chips = append(chips, view.Chip{Label: kind})
	}
	chips = append(chips, state)
	if e.WasMoved() && e.State != registry.Moved && e.State.Upcoming() {
		chips = append(chips, b.StateChip(registry.Moved))
	}
	if f.Booths > 0 && e.AcceptsApplications(s.App.NowMS()) {
		left := view.Chip{Label: b.T("event.card.left", f.Left()), Class: "wait"}
		if f.Left() == 0 {
			left = view.Chip{Label: b.T("event.card.full"), Class: "off"}
		}
		chips = append(chips, left)
	}
	return chips
}

// productCard is a product as lists show it. Where stars are in force they speak
// for it, else the rung of its evidence does; a fall is always told.
func (s *Server) productCard(b view.Base, p registry.ProductCard) view.ProductCard {
	today := s.App.Today()
	c := view.ProductCard{Href: view.ProductHref(p.Slug), Name: p.Name, Maker: p.VendorName, Stars: b.StarsOn(p.Product, today), Lang: b.Foreign()}
	if place := s.PlaceName(p.VendorArea); place != "" {
		c.Maker += ", " + place
	}
	if e := p.EvidenceOn(today); c.Stars.N == 0 || e.Fallen() {
		c.Chips = []view.Chip{b.EvidenceChip(e)}
	}
	if len(p.Photos) > 0 {
		c.Photo = view.Photo(p.Photos[0])
	}
	return c
}

// ProductCards makes the cards of a list.
func (s *Server) ProductCards(b view.Base, products []registry.ProductCard) []view.ProductCard {
	cards := make([]view.ProductCard, len(products))
	for i, p := range products {
		cards[i] = s.productCard(b, p)
	}
	return cards
}

// PlaceName is the short name of a unit today: "xã Ba Bể".
func (s *Server) PlaceName(ref registry.AreaRef) string {
	a, ok := s.App.Areas.Lookup(ref)
	if !ok {
		return ""
	}
	return s.App.Areas.FullName(a, s.App.Today())
}

// LongPlace is the unit with its province, and the village before it.
func (s *Server) LongPlace(v registry.Vendor) string {
	a, ok := s.App.Areas.Lookup(v.Area)
	if !ok {
		return v.Village
	}
	place := s.App.Areas.LongName(a, s.App.Today())
	if v.Village != "" {
		place = v.Village + ", " + place
	}
	return place
}

// VendorRow is a vendor as lists show it.
func (s *Server) VendorRow(b view.Base, v registry.Vendor, n registry.ProductCount) view.VendorRow {
	r := view.VendorRow{Href: view.VendorHref(v.Slug), Name: v.Name, Initial: view.Initial(v.Name), Lang: b.Foreign(),
		Note: b.VendorKind(v.Kind) + " · " + s.PlaceName(v.Area)}
	if v.Logo != "" {
		r.Photo = view.StampPhoto(v.Logo)
	}
	if n.Shown > 0 {
		r.Chips = append(r.Chips, view.Chip{Label: b.T("vendor.products", n.Shown)})
	}
	if n.Starred > 0 {
		r.Chips = append(r.Chips, view.Chip{Label: b.T("vendor.starred", n.Starred), Class: "star", Icon: "star"})
	}
	return r
}

// StopCards are the events at which a vendor will be, with its booths.
func (s *Server) StopCards(b view.Base, stops []registry.Stop) []view.EventCard {
	cards := make([]view.EventCard, len(stops))
	for i, st := range stops {
		e := registry.Event{Slug: st.Slug, Title: st.Title, State: st.State, OpensOn: st.OpensOn, ClosesOn: st.ClosesOn, Area: st.Area, Venue: st.Venue}
		cards[i] = s.EventCard(b, e, registry.EventFigures{})
		cards[i].Chips, cards[i].Note = nil, ""
		if len(st.Booths) > 0 {
			cards[i].Chips = append(cards[i].Chips, view.Chip{Label: b.T("vendor.booths", strings.Join(st.Booths, ", ")), Icon: "store"})
		}
		if st.State == registry.Postponed || st.State == registry.Moved || st.State == registry.Running {
			cards[i].Chips = append(cards[i].Chips, b.StateChip(st.State))
		}
	}
	return cards
}

// Results are the figures of a closed report for the public page of the event; those
// of one that is out stay there while an addendum is made.
func (s *Server) Results(c *fiber.Ctx, b view.Base, e registry.Event) (tiles []view.DeskTile, err error) {
	if e.State != registry.Reported && e.State != registry.Ended {
		return nil, nil
	}
	lines, counted, err := s.App.Reports.PublicResults(c.UserContext(), e.ID, b.Lang)
	for _, l := range lines {
		tile := view.DeskTile{Label: b.T("report.figure." + string(l.Key)), N: b.Count(l.N)}
		switch l.Key {
		case "visits":
			tile.Note = counted
		case "sales_dong":
			tile.N, tile.Note = b.Dong(l.N), b.T("report.told_by_vendors")
		}
		tiles = append(tiles, tile)
	}
	return tiles, err
}
