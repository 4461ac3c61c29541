package frame

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// goalCookie holds the event to which a vendor is applying, by its address, so that
// every detour leads back: signing up, a password forgotten, the profile, products
// and papers. It is a convenience: whoever takes no cookies finds the event again.
const goalCookie = "don"

// goalHours is for how long a detour may take.
const goalHours = 72

const doorwayEnd = "/dang-ky"

// doorwayOf is the event whose doorway a path of this site is, "" if it is none.
func doorwayOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	slug, ok := strings.CutPrefix(path, "/su-kien/")
	if !ok {
		return ""
	}
	if slug, ok = strings.CutSuffix(slug, doorwayEnd); !ok || strings.Contains(slug, "/") {
		return ""
	}
	return slug
}

// HeadFor remembers the event that the reader is on the way to.
func (s *Server) HeadFor(c *fiber.Ctx, slug string) {
	if slug != "" && c.Cookies(goalCookie) != slug {
		s.goalIs(c, slug, goalHours*3600)
	}
}

// Arrived forgets the event once an application to it has been sent.
func (s *Server) Arrived(c *fiber.Ctx, slug string) {
	if c.Cookies(goalCookie) == slug {
		s.goalIs(c, "", -1)
	}
}

func (s *Server) goalIs(c *fiber.Ctx, slug string, age int) {
	c.Cookie(&fiber.Cookie{Name: goalCookie, Value: slug, Path: "/", HTTPOnly: true, Secure: s.Config.HTTPS(),
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: age})
}

// Goal is the way back to the application that the reader was on the way to: to its
// form where it has been begun, else to the page before it. It is nil if there is
// none, if it has been sent, or if the event takes none now. What goes wrong costs
// the way back, never the page.
func (s *Server) Goal(c *fiber.Ctx) *view.DraftLink {
	slug := c.Cookies(goalCookie)
	if slug == "" {
		return nil
	}
	d, err := s.App.Booths.ApplicationDoorway(c.UserContext(), Actor(c), slug)
	if err != nil || d.Closed != nil {
		return nil
	}
	open := len(d.Vendors) == 0
	for _, v := range d.Vendors {
		if v.State == registry.AppDraft {
			return &view.DraftLink{Href: view.StallApplication(v.ID, v.Application) + "/sua", Event: d.Event.Title, Slug: slug}
		}
		open = open || v.Application == ""
	}
	if !open {
		return nil
	}
	first := len(d.Vendors) == 0 || len(d.Vendors) == 1 && d.Vendors[0].Vendor.State == registry.VendorNew && d.Vendors[0].Application == ""
	return &view.DraftLink{Href: view.EventHref(slug) + doorwayEnd, Event: d.Event.Title, Slug: slug, First: first}
}

// GoalLead names the event to whoever has to sign in or up on the way to it.
func (s *Server) GoalLead(c *fiber.Ctx, next string) string {
	slug := doorwayOf(next)
	if slug == "" {
		return ""
	}
	s.HeadFor(c, slug)
	// The page that asks to sign in answers an error, when the request's own time is
	// over already.
	e, err := s.App.Events.EventBySlug(context.WithoutCancel(c.UserContext()), Actor(c), slug)
	if err != nil {
		return ""
	}
	return s.Page(c, "account.sign_up").T("application.goal.lead", e.Title)
}
