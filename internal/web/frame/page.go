package frame

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/store/changes"
	"hoicho/internal/web/view"
)

// Page makes the base of a page whose title is an i18n key.
func (s *Server) Page(c *fiber.Ctx, titleKey string, args ...any) view.Base {
	return s.Titled(c, i18n.T(Lang(c), titleKey, args...))
}

// Titled makes the base of a page with a title of its own, such as an event's.
func (s *Server) Titled(c *fiber.Ctx, title string) view.Base {
	path := withoutLang(c.OriginalURL())
	b := view.Base{Lang: Lang(c), Title: title, Path: path, ReadOn: s.App.Today(), RequestID: requestID(c), PassedOver: unreadOf(c), Laws: s.App.Laws,
		OtherLang: i18n.English, Site: view.Site{Name: s.Config.SiteName, Province: s.provinceName(c), BaseURL: s.Config.BaseURL}}
	if b.Lang == i18n.English {
		b.OtherLang = i18n.Vietnamese
	}
	if in, ok := SignedIn(c); ok {
		b.User = &view.User{Name: in.Account.Name, Office: in.Actor.Office(), Vendor: len(in.Actor.Members) > 0}
	}
	if c.Locals(localIndexed) != nil {
		b.Canonical = path
	}
	b.LinksStyle = b.User != nil || readByScript(c)
	b.Flash, b.FlashCalls = takeFlash(c, b.Lang)
	return b
}

// readByScript reports whether a script asks for a page, which keeps it with others or takes
// a part of it.
func readByScript(c *fiber.Ctx) bool { return c.Get("Sec-Fetch-Dest") == "empty" }

// withoutLang is an address without the language that it names.
func withoutLang(address string) string {
	path, query, _ := strings.Cut(address, "?")
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		if name, _, _ := strings.Cut(part, "="); part != "" && name != view.LangQuery {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return path
	}
	return path + "?" + strings.Join(kept, "&")
}

// PublicNav is the navigation of the public pages.
func (s *Server) PublicNav(c *fiber.Ctx, b view.Base) view.Base {
	b.Nav = s.Nav(c, b.Lang, []view.NavItem{
		{Href: "/su-kien", Label: "nav.events"},
		{Href: "/doanh-nghiep", Label: "nav.vendors"},
		{Href: "/san-pham", Label: "nav.products"},
		{Href: "/ban-do", Label: "nav.map"},
		{Href: "/chuyen-trang", Label: "nav.articles"},
		{Href: "/phan-anh", Label: "nav.tip"},
	})
	return b
}

// Nav translates labels and marks where the reader is.
func (s *Server) Nav(c *fiber.Ctx, lang string, items []view.NavItem) []view.NavItem {
	for i := range items {
		items[i].Label = i18n.T(lang, items[i].Label)
		items[i].Current = view.Within(c.Path(), items[i].Href)
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
	SetLangCookie(c, l)
	if in, ok := SignedIn(c); ok && c.Get("Sec-Fetch-Site") == "same-origin" {
		if err := s.App.Accounts.SaveLang(c.UserContext(), in, l); err != nil {
			return err
		}
	}
	return c.Redirect(view.LocalPath(c.Query("next"), "/"), fiber.StatusSeeOther)
}

// SetLangCookie keeps the choice of language for a year.
func SetLangCookie(c *fiber.Ctx, l string) {
	c.Cookie(&fiber.Cookie{Name: LangCookie, Value: l, Path: "/", MaxAge: 365 * 24 * 3600, SameSite: fiber.CookieSameSiteLaxMode})
}

// provinceShown is the name of the province, "" where none is chosen, until that changes;
// another server may have changed it.
type provinceShown struct {
	basis *changes.Basis
	at    time.Time
	name  string
}

// provinceName is the province of the installation for the header of every page.
// While the database does not answer there is none: the page that is asked for
// says why.
func (s *Server) provinceName(c *fiber.Ctx) string {
	now := s.App.DB.Now()
	if shown := s.province.Load(); shown != nil && isFresh(shown.at, now) {
		if changed, _ := shown.basis.Changed(); !changed {
			shown.basis.Use(c.UserContext())
			return shown.name
		}
	}
	ctx, basis := s.App.DB.Kept(c.UserContext())
	area, err := s.App.Events.Province(core.ReadOnce(ctx))
	if err != nil {
		return ""
	}
	shown := &provinceShown{basis: basis, at: now}
	if area.Ref.Code != "" {
		shown.name = area.FullName()
	}
	s.province.Store(shown)
	return shown.name
}
