package web

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

// page makes the base of a page whose title is an i18n key.
func (s *Server) page(c *fiber.Ctx, titleKey string, args ...any) base {
	return s.titled(c, i18n.T(lang(c), titleKey, args...))
}

// titled makes the base of a page with a title of its own, such as an event's.
func (s *Server) titled(c *fiber.Ctx, title string) base {
	b := base{Lang: lang(c), Title: title, Path: c.OriginalURL(), RequestID: requestID(c), passedOver: unreadOf(c), laws: s.app.Laws,
		OtherLang: i18n.English, Site: site{Name: s.config.SiteName, Province: s.provinceName(c), BaseURL: s.config.BaseURL}}
	if b.Lang == i18n.English {
		b.OtherLang = i18n.Vietnamese
	}
	if in, ok := signedIn(c); ok {
		b.User = &user{Name: in.Account.Name, Office: in.Actor.Office(), Vendor: len(in.Actor.Members) > 0}
	}
	b.Flash, b.FlashCalls = takeFlash(c, b.Lang)
	return b
}

// publicNav is the navigation of the public pages.
func (s *Server) publicNav(c *fiber.Ctx, b base) base {
	b.Nav = s.nav(c, b.Lang, []navItem{
		{Href: "/su-kien", Label: "nav.events"},
		{Href: "/doanh-nghiep", Label: "nav.vendors"},
		{Href: "/san-pham", Label: "nav.products"},
		{Href: "/ban-do", Label: "nav.map"},
		{Href: "/phan-anh", Label: "nav.tip"},
	})
	return b
}

// nav translates labels and marks where the reader is.
func (s *Server) nav(c *fiber.Ctx, lang string, items []navItem) []navItem {
	for i := range items {
		items[i].Label = i18n.T(lang, items[i].Label)
		items[i].Current = within(c.Path(), items[i].Href)
	}
	return items
}

// switchLanguage keeps the reader's choice of language for a year, and with the
// account of whoever is signed in. The account is changed only from a page of
// this site: a link made elsewhere switches this browser and no more.
func (s *Server) switchLanguage(c *fiber.Ctx) error {
	l := c.Params("lang")
	if l != i18n.Vietnamese && l != i18n.English {
		return registry.E(registry.NotFound, "error.not_found")
	}
	setLangCookie(c, l)
	if in, ok := signedIn(c); ok && c.Get("Sec-Fetch-Site") == "same-origin" {
		if err := s.app.Accounts.SaveLang(c.UserContext(), in, l); err != nil {
			return err
		}
	}
	return c.Redirect(localPath(c.Query("next"), "/"), fiber.StatusSeeOther)
}

// setLangCookie keeps the choice of language for a year.
func setLangCookie(c *fiber.Ctx, l string) {
	c.Cookie(&fiber.Cookie{Name: langCookie, Value: l, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: fiber.CookieSameSiteLaxMode})
}

// provinceShown is the name of the province, "" where none is chosen, as of a number
// of changes and a time: another server may have changed it.
type provinceShown struct {
	changes int64
	at      time.Time
	name    string
}

// provinceName is the province of the installation for the header of every page.
// While the database does not answer there is none: the page that is asked for
// says why.
func (s *Server) provinceName(c *fiber.Ctx) string {
	changes, now := s.app.DB.Changes(), s.app.DB.Now()
	if shown := s.province.Load(); shown != nil && shown.changes == changes && isFresh(shown.at, now) {
		return shown.name
	}
	area, err := s.app.Events.Province(c.UserContext())
	if err != nil {
		return ""
	}
	shown := &provinceShown{changes: changes, at: now}
	if area.Ref.Code != "" {
		shown.name = area.FullName()
	}
	s.province.Store(shown)
	return shown.name
}
