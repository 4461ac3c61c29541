package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
)

// entryPage is a page with one short form on the way in: signing in, the second
// step, a new password.
type entryPage struct {
	base
	carry
	Lead     string
	Notice   string // why the page is shown, where that is not plain
	Action   string
	Submit   string
	Faults   []FieldFault
	Fields   []Field
	Links    []navItem
	Officers bool // tell where people without e-mail get help
	Leave    bool // offer to sign out
}

// entry makes an entry page; faults are those of the form that was sent, if any.
func (s *Server) entry(c *fiber.Ctx, title, action, submit string) entryPage {
	p := entryPage{base: s.publicNav(c, s.page(c, title)), Action: action}
	p.Submit = p.T(submit)
	return p
}

// fields puts fields into the page with the texts of their faults.
func (p *entryPage) fields(faults map[string]string, fields ...Field) {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].Name
		fields[i].Error = faults[names[i]]
	}
	p.Fields, p.Faults, p.HasError = fields, summary(p.base, faults, names...), len(faults) > 0
}

// loginField asks for a phone or an e-mail. The keyboard of an e-mail has digits
// too.
func loginField(b base, value string) Field {
	return Field{Name: "login", Label: b.T("account.login"), Hint: b.T("account.login_hint"), Value: value, Type: "text",
		InputMode: "email", Autocomplete: "username", Max: 254}
}

// newPasswordField asks for a password to be chosen.
func newPasswordField(b base) Field {
	return Field{Name: "password", Label: b.T("account.password_new"), Hint: b.T("account.password_hint"), Type: "password",
		Autocomplete: "new-password", Show: b.T("account.password_show")}
}

// signInForm is what the sign-in page sends.
type signInForm struct {
	Login    string `form:"login"`
	Password string `form:"password" lines:"raw"`
}

// showSignIn asks who somebody is. Whoever is signed in goes on.
func (s *Server) showSignIn(c *fiber.Ctx) error {
	next := localPath(c.Query("next"), "")
	if in, ok := signedIn(c); ok {
		return c.Redirect(localPath(next, home(in.Actor)), fiber.StatusSeeOther)
	}
	if owesSecondStep(c) {
		return s.toSecondStep(c, carry{Next: next})
	}
	return s.render(c, layoutForm, "entry", s.signInPage(c, carry{Next: next}, signInForm{}, nil))
}

func (s *Server) signInPage(c *fiber.Ctx, to carry, form signInForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.sign_in", "/dang-nhap", "account.sign_in")
	p.carry = to
	p.fields(faults, loginField(p.base, form.Login),
		Field{Name: "password", Label: p.T("account.password"), Type: "password", Autocomplete: "current-password"})
	p.Links = []navItem{{Href: "/quen-mat-khau", Label: p.T("account.forgot")}, {Href: withNext("/dang-ky", to.Next), Label: p.T("account.sign_up_link")}}
	p.Lead = s.goalLead(c, to.Next)
	return p
}

// askSignIn answers a request that needs an account: the sign-in page, not a
// redirect, so that it can carry the form that was sent.
func (s *Server) askSignIn(c *fiber.Ctx) error {
	p := s.signInPage(c, s.carried(c), signInForm{}, nil)
	p.Notice = p.T("account.sign_in_first")
	if p.Form != "" {
		p.Notice = p.T("account.form_kept")
	}
	return s.renderStatus(c, fiber.StatusUnauthorized, layoutForm, "entry", p)
}

// signIn lets somebody in under a new session.
func (s *Server) signIn(c *fiber.Ctx) error {
	var form signInForm
	err := bind(c, &form)
	var e accounts.Entered
	if err == nil {
		e, err = s.app.Accounts.SignIn(c.UserContext(), accounts.SignIn{Login: form.Login, Password: form.Password,
			OldToken: c.Cookies(s.sessionCookie()), Client: s.client(c)})
	}
	to := readCarry(c)
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.signInPage(c, to, form, faults) })
	}
	if err := s.goOnAs(c, e.Token); err != nil {
		return err
	}
	s.setBrowserCookie(c, e.Browser)
	if c.Cookies(langCookie) == "" && e.Lang == i18n.English {
		setLangCookie(c, e.Lang)
		c.Locals(localLang, e.Lang)
	}
	if owesSecondStep(c) {
		return s.toSecondStep(c, to)
	}
	return s.arrive(c, to, "/di-tiep")
}

// again shows the page of a form with what is wrong with it, or passes on an
// error that no form can show. Nothing of it is kept by the browser.
func (s *Server) again(c *fiber.Ctx, err error, page func(map[string]string) entryPage) error {
	faults, ok := faultTexts(s.page(c, "account.sign_in"), err)
	if !ok {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.renderStatus(c, faultStatus(c, err), layoutForm, "entry", page(faults))
}

// arrive ends the way in: where the reader wanted to go, or the page that posts
// the carried form again.
func (s *Server) arrive(c *fiber.Ctx, to carry, home string) error {
	if to.Form == "" {
		return c.Redirect(localPath(to.Next, home), fiber.StatusSeeOther)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	p := resendPage{base: s.publicNav(c, s.page(c, "account.resend")), carry: to}
	return s.render(c, layoutForm, "resend", p)
}

// resendPage gives back the form of a session that had ended.
type resendPage struct {
	base
	carry
}

// goOn sends whoever is signed in to their own pages.
func (s *Server) goOn(c *fiber.Ctx) error { return c.Redirect(home(actor(c)), fiber.StatusSeeOther) }

// home is where an account's own pages begin.
func home(a registry.Actor) string {
	if a.Office() {
		return "/quan-ly"
	}
	return "/gian-hang"
}

// signOut ends this session, be its second step passed or not. Signing out again
// changes nothing.
func (s *Server) signOut(c *fiber.Ctx) error {
	if in, ok := entered(c); ok {
		if err := s.app.Accounts.SignOut(c.UserContext(), in); err != nil {
			return err
		}
	}
	s.dropSessionCookie(c)
	// What the browser kept of the pages goes too: several people may use the machine.
	// Not its storage, in which a gate phone holds scans that have not been sent.
	c.Set("Clear-Site-Data", `"cache"`)
	flash(c, "account.signed_out")
	return c.Redirect("/", fiber.StatusSeeOther)
}

// client is the browser of a request, for limits and the list of sessions.
func (s *Server) client(c *fiber.Ctx) accounts.Client {
	return accounts.Client{Net: s.clientNet(c), Address: s.loggedAddr(c), Device: deviceName(c.Get(fiber.HeaderUserAgent)), Browser: c.Cookies(s.browserCookie())}
}

// browserCookie marks a browser in which somebody has signed in before; it opens
// nothing.
func (s *Server) browserCookie() string {
	if s.config.HTTPS() {
		return "__Host-b"
	}
	return "b"
}

func (s *Server) setBrowserCookie(c *fiber.Ctx, token string) {
	c.Cookie(&fiber.Cookie{Name: s.browserCookie(), Value: token, Path: "/", HTTPOnly: true, Secure: s.config.HTTPS(),
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: 365 * 24 * 3600})
}
