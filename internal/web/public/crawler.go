package public

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"encoding/xml"
	"net/mail"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
	"hoicho/static"
)

// What programs ask of every site by an address that they know: which pages there are,
// which they should leave alone, its pictures, and whom to tell of a hole.

// kept out of search engines: what belongs to somebody, what a code opens, what changes
// something.
const robots = `User-agent: *
Disallow: /quan-ly
Disallow: /gian-hang
Disallow: /tai-khoan
Disallow: /api/
Disallow: /c/
Disallow: /phan-anh/
Disallow: /du-lieu-ca-nhan/
Disallow: /tim
Disallow: /cong
Disallow: /kiem-tra
`

// showRobots tells crawlers what to leave alone, and where the list of pages is.
func (s *Door) showRobots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString(robots + "Sitemap: " + s.Config.BaseURL + "/sitemap.xml\n")
}

// sitemapMost is how many addresses a list of pages may hold (sitemaps.org).
const sitemapMost = 50_000

// sitemap is the list of pages as sitemaps.org writes it.
type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// showSitemap lists the pages that search engines may show.
func (s *Door) showSitemap(c *fiber.Ctx) error {
	var m sitemap
	add := func(path string, changed int64) {
		u := sitemapURL{Address: s.Config.BaseURL + path}
		if changed > 0 {
			u.Changed = view.InstantText(changed)
		}
		m.Pages = append(m.Pages, u)
	}
	for _, path := range []string{"/", "/su-kien", "/ban-do", "/san-pham", "/doanh-nghiep", "/diem-ban", "/so-lieu", "/chuyen-trang", "/phan-anh", "/du-lieu-ca-nhan", "/tro-giup"} {
		add(path, 0)
	}
	for _, list := range []func(context.Context, func(string, int64)) error{s.listEvents, s.listArticles, s.listGoods} {
		if err := list(c.UserContext(), add); err != nil {
			return err
		}
	}
	m.Pages = m.Pages[:min(len(m.Pages), sitemapMost)]
	return sendXML(c, "application/xml; charset=utf-8", m)
}

func (s *Door) listEvents(ctx context.Context, add func(string, int64)) error {
	f := registry.EventFilter{Latest: true, Limit: feedEvents}
	for more := true; more; {
		events, next, err := s.App.Events.PublicEvents(ctx, f)
		if err != nil {
			return err
		}
		for _, e := range events {
			add(view.EventHref(e.Slug), e.UpdatedAt)
			f.After = e.Cursor()
		}
		more = next && len(events) > 0
	}
	return nil
}

func (s *Door) listArticles(ctx context.Context, add func(string, int64)) error {
	list, err := s.App.Articles.Feed(ctx)
	for _, r := range list {
		add(view.ArticleHref(r.Slug), max(r.UpdatedAt, r.PublishAt))
	}
	return err
}

func (s *Door) listGoods(ctx context.Context, add func(string, int64)) error {
	products, vendors, err := s.App.Vendors.PublicSlugs(ctx)
	for _, slug := range products {
		add(view.ProductHref(slug), 0)
	}
	for _, slug := range vendors {
		add(view.VendorHref(slug), 0)
	}
	return err
}

func sendXML(c *fiber.Ctx, contentType string, v any) error {
	raw, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, contentType)
	return c.SendString(xml.Header + string(raw) + "\n")
}

// eventsAtom is the feed of events, of all or of those in a unit of today.
func (s *Door) eventsAtom(c *fiber.Ctx) error {
	f := registry.EventFilter{From: vn.AddDays(s.App.Today(), -feedDaysBack), Limit: feedEvents}
	b := s.Page(c, "event.list.title")
	self := "/su-kien.atom"
	if code := c.Params("area"); code != "" {
		a, ok := s.App.Areas.Lookup(frame.TodaysUnit(code))
		if !ok {
			return registry.E(registry.NotFound, "error.not_found")
		}
		f.Area, self, b.Title = a.Ref.Code, "/lich/"+a.Ref.Code+".atom", b.T("event.list.title_area", a.FullName())
	}
	events, _, err := s.App.Events.PublicEvents(c.UserContext(), f)
	if err != nil {
		return err
	}
	base := b.Site.BaseURL
	feed := atomFeed{Lang: b.Lang, Base: base + "/", ID: base + self, Title: b.Title + " · " + b.Site.Name, Updated: emptySince, Author: atomPerson{b.Site.Name},
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: base + self}, {Rel: "alternate", Type: "text/html", Href: base + "/su-kien"}}}
	latest := int64(0)
	for _, e := range events {
		if e.UpdatedAt > latest {
			latest, feed.Updated = e.UpdatedAt, view.InstantText(e.UpdatedAt)
		}
		feed.Entries = append(feed.Entries, s.eventEntry(b, e))
	}
	return sendXML(c, "application/atom+xml; charset=utf-8", feed)
}

// eventEntry is an event in a feed. Its id outlives its address.
func (s *Door) eventEntry(b view.Base, e registry.Event) atomEntry {
	share := s.shareEvent(b, e)
	text := share.Text
	if e.StateReason != "" && stopped(b, e) != "" {
		text += ". " + e.StateReason
	}
	return atomEntry{Lang: "vi", ID: "urn:uuid:" + string(e.ID), Title: share.Title, Published: view.InstantText(e.PublishedAt), Updated: view.InstantText(e.UpdatedAt),
		Summary: text, Content: atomText{"text", e.Summary}, Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: b.Site.BaseURL + share.Href}}}
}

// showFavicon is the mark as an icon file, for programs that ask by its old name: an icon
// may hold a PNG as it is.
func (s *Door) showFavicon(c *fiber.Ctx) error {
	f, _ := static.Open("mark-180.png")
	head := []byte{0, 0, 1, 0, 1, 0, 180, 180, 0, 0, 1, 0, 32, 0}
	head = binary.LittleEndian.AppendUint32(head, uint32(len(f.Data)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(head))+4)
	c.Set(fiber.HeaderContentType, "image/x-icon")
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	return c.Send(append(head, f.Data...))
}

// showTouchIcon is the mark for home screens.
func (s *Door) showTouchIcon(c *fiber.Ctx) error {
	f, _ := static.Open("mark-180.png")
	c.Set(fiber.HeaderContentType, "image/png")
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	return c.Send(f.Data)
}

// showManifest says how the public pages are put on a home screen.
func (s *Door) showManifest(c *fiber.Ctx) error {
	l := frame.Lang(c)
	icons := []map[string]string{{"src": static.URL("mark-512.png"), "sizes": "512x512", "type": "image/png"}, {"src": static.URL("mark.svg"), "sizes": "any", "type": "image/svg+xml"}}
	raw, err := json.Marshal(map[string]any{"id": "/", "start_url": "/", "scope": "/", "name": s.Config.SiteName, "short_name": i18n.T(l, "nav.short_name"), "lang": l,
		"display": "minimal-ui", "background_color": "#fffdf8", "theme_color": "#14304f", "icons": icons})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/manifest+json")
	return c.Send(raw)
}

// securityDays is how long what security.txt says holds (RFC 9116 asks for less than a
// year).
const securityDays = 180

// showSecurity says whom to tell of a hole in the site: whoever sends its mail; where nobody
// does, the front page says whose it is.
func (s *Door) showSecurity(c *fiber.Ctx) error {
	contact := s.Config.BaseURL + "/"
	if from, err := mail.ParseAddress(s.Config.MailFrom); err == nil {
		contact = "mailto:" + from.Address
	}
	until, _ := vn.StartOf(vn.AddDays(s.App.Today(), securityDays))
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString("Contact: " + contact + "\nExpires: " + until.UTC().Format(time.RFC3339) +
		"\nPreferred-Languages: vi, en\nCanonical: " + s.Config.BaseURL + "/.well-known/security.txt\n")
}
