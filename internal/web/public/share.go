package public

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/card"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

// shareEvent is what others show of a link to an event.
func (s *Door) shareEvent(b view.Base, e registry.Event) *view.Share {
	lines := s.whenAndWhere(e)
	share := &view.Share{Kind: "website", Title: e.Title, Text: lines[0] + " · " + lines[1], Href: view.EventHref(e.Slug), Lang: "vi",
		Picture: view.EventHref(e.Slug) + "/anh.png", Width: card.Width, Height: card.Height, Alt: e.Title + ", " + lines[0] + ", " + lines[1]}
	if stop := stopped(b, e); stop != "" {
		share.Title = stop + ": " + e.Title
	}
	return share
}

// whenAndWhere are the days and the place of an event, a line each.
func (s *Door) whenAndWhere(e registry.Event) [2]string {
	place := s.App.Events.EventPlace(e).Name
	if e.Venue != "" {
		place = e.Venue + ", " + place
	}
	return [2]string{vn.ShowRange(e.OpensOn, e.ClosesOn), place}
}

// stopped is the word for an event that does not take place as it was announced, or
// nothing.
func stopped(b view.Base, e registry.Event) string {
	if e.State.Stopped() {
		return b.T("event.state." + string(e.State))
	}
	return ""
}

// eventPicture is the picture that stands beside a link to an event.
func (s *Door) eventPicture(c *fiber.Ctx) error {
	e, err := s.App.Events.EventBySlug(c.UserContext(), registry.Actor{}, c.Params("slug"))
	if err != nil {
		return err
	}
	b := s.Page(c, "event.list.title")
	lines := s.whenAndWhere(e)
	data, err := card.Card{Kicker: b.KindName(e.Kind), Title: e.Title, Lines: lines[:], Stop: stopped(b, e), Site: b.Site.Name}.PNG()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(data)
}

// linkedEvent is an event in the words of schema.org, for search engines.
func (s *Door) linkedEvent(b view.Base, e registry.Event) map[string]any {
	place := s.App.Events.EventPlace(e)
	status := "EventScheduled"
	switch {
	case e.State == registry.Cancelled:
		status = "EventCancelled"
	case e.State == registry.Postponed:
		status = "EventPostponed"
	case e.WasMoved():
		status = "EventRescheduled"
	}
	first, last := e.Days[0], e.Days[len(e.Days)-1]
	linked := map[string]any{"@context": "https://schema.org", "@type": "Event", "name": e.Title, "url": b.Site.BaseURL + view.EventHref(e.Slug),
		"startDate": instant(first.Day, first.OpensAt), "endDate": instant(last.Day, last.ClosesAt), "eventStatus": "https://schema.org/" + status,
		"eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode", "inLanguage": "vi",
		"image":    b.Site.BaseURL + view.EventHref(e.Slug) + "/anh.png",
		"location": map[string]any{"@type": "Place", "name": e.Venue, "address": map[string]any{"@type": "PostalAddress", "addressLocality": place.Name, "addressCountry": "VN"}}}
	if e.Summary != "" {
		linked["description"] = e.Summary
	}
	if e.Organiser != "" {
		linked["organizer"] = map[string]any{"@type": "Organization", "name": e.Organiser}
	}
	if e.WasMoved() {
		linked["previousStartDate"] = e.Former.OpensOn
	}
	return linked
}

// shareProduct is what others show of a link to a product.
func shareProduct(b view.Base, product registry.Product) *view.Share {
	share := &view.Share{Kind: "website", Title: product.Name, Text: b.Description, Href: view.ProductHref(product.Slug), Lang: "vi"}
	if len(product.Photos) > 0 {
		share.Picture, share.Alt = view.Photo(product.Photos[0]), product.Name
	}
	return share
}

// linkedProduct is a product in the words of schema.org.
func linkedProduct(b view.Base, product registry.Product, vendor string) map[string]any {
	linked := map[string]any{"@context": "https://schema.org", "@type": "Product", "name": product.Name, "url": b.Site.BaseURL + view.ProductHref(product.Slug),
		"description": b.Description, "manufacturer": map[string]any{"@type": "Organization", "name": vendor}}
	if product.Origin == registry.MadeIn && !product.Evidence.Fallen() {
		linked["countryOfOrigin"] = "VN"
	}
	if len(product.Photos) > 0 {
		linked["image"] = b.Site.BaseURL + view.Photo(product.Photos[0])
	}
	if product.GTIN != "" {
		linked["gtin"] = product.GTIN
	}
	return linked
}

// instant is a minute of a day as ISO 8601 writes it.
func instant(date string, minute int) string {
	at, ok := vn.StartOf(date)
	if !ok {
		return date
	}
	return view.InstantText(at.UnixMilli() + int64(minute)*60_000)
}
