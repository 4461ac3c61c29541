package frame

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/app/core"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
	"hoicho/static"
)

// Where a request keeps what is known of it.
const (
	localRequestID = "request_id"
	localEntered   = "entered"
	LocalLang      = "lang" // language of the answer
)

// LangCookie holds the choice of language.
const LangCookie = "lang"

// requestID names the request, for the log and for the page of a fault.
func (s *Server) requestID(c *fiber.Ctx) error {
	nameRequest(c)
	return c.Next()
}

func nameRequest(c *fiber.Ctx) {
	raw := make([]byte, 6)
	rand.Read(raw)
	c.Locals(localRequestID, hex.EncodeToString(raw))
	c.Locals(LocalLang, i18n.Match(c.Cookies(LangCookie)))
	if l := askedLang(c); l != "" {
		c.Locals(LocalLang, l)
	}
}

// askedLang is the language that the address of a page names, or nothing.
func askedLang(c *fiber.Ctx) string {
	if l := c.Query(view.LangQuery); c.Method() == fiber.MethodGet && (l == i18n.Vietnamese || l == i18n.English) {
		return l
	}
	return ""
}

// keepLang makes the language that the address of a page names the reader's own, for the
// pages that it leads to.
func keepLang(c *fiber.Ctx) {
	if l := askedLang(c); l != "" && l != i18n.Match(c.Cookies(LangCookie)) {
		SetLangCookie(c, l)
	}
}

func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(localRequestID).(string)
	return id
}

// Lang is the language of the answer.
func Lang(c *fiber.Ctx) string {
	l, _ := c.Locals(LocalLang).(string)
	if l == "" {
		return i18n.Vietnamese
	}
	return l
}

// wellFormed refuses paths and queries that are not UTF-8 or hold a NUL.
func (s *Server) wellFormed(c *fiber.Ctx) error {
	path, err := url.PathUnescape(c.Path())
	if err != nil || !utf8.ValidString(path) || strings.ContainsRune(path, 0) {
		return registry.E(registry.Malformed, "error.malformed")
	}
	query, err := url.QueryUnescape(string(c.Context().URI().QueryString()))
	if err != nil || !utf8.ValidString(query) || strings.ContainsRune(query, 0) {
		return registry.E(registry.Malformed, "error.malformed")
	}
	return c.Next()
}

// carried allows the style sheets that pages carry.
func carried() (sources string) {
	for _, name := range view.CarriedStyles {
		sources += " " + static.StyleDigest(name)
	}
	return sources
}

// securityHeaders go with every answer.
var securityHeaders = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'" + carried() + "; img-src 'self' data: blob:; " +
		"font-src 'self'; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"},
	{"Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
}

// headers sets the security headers.
func (s *Server) headers(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *Server) setHeaders(c *fiber.Ctx) {
	for _, h := range securityHeaders {
		c.Set(h[0], h[1])
	}
	if s.Config.HTTPS() {
		c.Set("Strict-Transport-Security", s.hsts())
	}
}

// hsts keeps browsers to https for a year: this name, and those below it where the
// administrator says that all of them have it.
func (s *Server) hsts() string {
	if s.Config.HSTSSubdomains {
		return "max-age=31536000; includeSubDomains"
	}
	return "max-age=31536000"
}

// deadline bounds the work on a request: Fiber's context has no end of its own.
func (s *Server) deadline(c *fiber.Ctx) error {
	defer StartDeadline(c)()
	return c.Next()
}

// StartDeadline gives the work on a request its time from now on, hears whom its notices
// reach, and reads the settings once.
func StartDeadline(c *fiber.Ctx) context.CancelFunc {
	ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
	ctx, told := core.Hear(ctx)
	c.Locals(toldLocal, told)
	c.SetUserContext(core.ReadOnce(ctx))
	return cancel
}

var crossOrigin = http.NewCrossOriginProtection()

// noCrossSite refuses a changing request that another site made the browser
// send. A request with a cookie but with neither Sec-Fetch-Site nor Origin is
// refused too: no browser of today sends one. Bearer requests carry no cookie. An
// older browser sends Origin alone; behind a proxy that puts another Host it is
// compared with the address by which browsers reach the server.
func (s *Server) noCrossSite(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead || c.Method() == fiber.MethodOptions {
		return c.Next()
	}
	site, origin := c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin)
	if site == "" && origin == "" && c.Get(fiber.HeaderCookie) != "" {
		return registry.E(registry.Forbidden, "error.cross_site")
	}
	if site == "" && origin != "" && strings.EqualFold(origin, s.Config.Origin()) {
		return c.Next()
	}
	r := &http.Request{Method: c.Method(), Host: string(c.Context().Host()), URL: &url.URL{Path: c.Path()}, Header: http.Header{}}
	if site != "" {
		r.Header.Set("Sec-Fetch-Site", site)
	}
	if origin != "" {
		r.Header.Set(fiber.HeaderOrigin, origin)
	}
	if err := crossOrigin.Check(r); err != nil {
		return registry.E(registry.Forbidden, "error.cross_site")
	}
	return c.Next()
}

// session puts who is signed in on the request. A cookie that names no live
// session counts as none, and a page makes the browser forget it; what a script of an open page
// asks does not: its answer may come after somebody has signed in again in another tab.
func (s *Server) session(c *fiber.Ctx) error {
	token := c.Cookies(s.SessionCookie())
	if token == "" || strings.HasPrefix(c.Path(), "/static/") {
		return c.Next()
	}
	in, err := s.App.Accounts.Authenticate(c.UserContext(), token)
	switch registry.KindOf(err) {
	case registry.None:
		c.Locals(localEntered, in)
	case registry.Unauthenticated:
		if !readByScript(c) {
			s.DropSessionCookie(c)
		}
	default:
		return err
	}
	return c.Next()
}

// Entered returns who has given a password, be the second step still owed or not.
// Only the pages of that step and signing out may ask.
func Entered(c *fiber.Ctx) (accounts.SignedIn, bool) {
	in, ok := c.Locals(localEntered).(accounts.SignedIn)
	return in, ok
}

// SignedIn returns who is signed in, if anybody: while the second step is owed,
// nobody is.
func SignedIn(c *fiber.Ctx) (accounts.SignedIn, bool) {
	in, ok := Entered(c)
	if !ok || in.Actor.Owes {
		return accounts.SignedIn{}, false
	}
	return in, true
}

// OwesSecondStep reports whether the password has been given and the second step
// comes next.
func OwesSecondStep(c *fiber.Ctx) bool {
	in, ok := Entered(c)
	return ok && in.Actor.Owes
}

// GoOnAs gives the browser the new token of its session and answers the rest of
// this request for whom it lets in.
func (s *Server) GoOnAs(c *fiber.Ctx, token string) error {
	in, err := s.App.Accounts.Authenticate(c.UserContext(), token)
	if err != nil {
		return err
	}
	s.SetSessionCookie(c, token)
	c.Locals(localEntered, in)
	return nil
}

// Actor returns who is doing this: the zero Actor for an anonymous visitor.
func Actor(c *fiber.Ctx) registry.Actor {
	in, _ := SignedIn(c)
	return in.Actor
}

// SessionCookie is the cookie's name: with the __Host- prefix, which browsers
// only take with Secure, wherever the site is reached by https.
func (s *Server) SessionCookie() string {
	if s.Config.HTTPS() {
		return "__Host-s"
	}
	return "s"
}

// SetSessionCookie gives the browser the token of its session.
func (s *Server) SetSessionCookie(c *fiber.Ctx, token string) {
	c.Cookie(&fiber.Cookie{Name: s.SessionCookie(), Value: token, Path: "/", HTTPOnly: true,
		Secure: s.Config.HTTPS(), SameSite: fiber.CookieSameSiteLaxMode, MaxAge: 30 * 24 * 3600})
}

// DropSessionCookie makes the browser forget its session.
func (s *Server) DropSessionCookie(c *fiber.Ctx) {
	c.Cookie(&fiber.Cookie{Name: s.SessionCookie(), Path: "/", HTTPOnly: true,
		Secure: s.Config.HTTPS(), SameSite: fiber.CookieSameSiteLaxMode, MaxAge: -1})
}

// ContentPolicy is the policy that the server sends with every page.
func ContentPolicy() string {
	for _, h := range securityHeaders {
		if h[0] == "Content-Security-Policy" {
			return h[1]
		}
	}
	return ""
}
