package account

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// entryPage is a page with one short form on the way in: signing in, the second
// step, a new password.
type entryPage struct {
	view.Base
	frame.Carry
	view.Form
	Lead     string
	Notice   string // why the page is shown, where that is not plain
	Action   string
	Submit   string
	Fields   []view.Field
	Links    []view.NavItem
	Officers bool // tell where people without e-mail get help
	Leave    bool // offer to sign out
}

// entry makes an entry page; faults are those of the form that was sent, if any.
func (s *Door) entry(c *fiber.Ctx, title, action, submit string) entryPage {
	p := entryPage{Base: s.PublicNav(c, s.Page(c, title)), Action: action}
	p.Submit = p.T(submit)
	return p
}

// fields puts fields into the page with the texts of their faults.
func (p *entryPage) fields(faults map[string]string, fields ...view.Field) {
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take(fields...)
}

// byMail reports whether the reader types an e-mail and not a phone.
func byMail(c *fiber.Ctx, typed string) bool {
	return c.Query("bang") == "email" || strings.Contains(typed, "@")
}

// loginField asks for a phone or an e-mail. A phone shows the keyboard of digits, until
// the reader says that they have an e-mail; the field takes either.
func (s *Door) loginField(c *fiber.Ctx, b view.Base, value string) view.Field {
	f := view.Field{Name: "login", Label: b.T("account.field.phone"), Hint: b.T("account.field.phone.hint"), Value: value, Type: "text",
		InputMode: "tel", Autocomplete: "username", Max: 254}
	if byMail(c, value) {
		f.Label, f.Hint, f.InputMode = b.T("account.login"), b.T("account.login_hint"), "email"
	}
	return f
}

// otherLogin is the way to the keyboard for an e-mail, or back to that of digits.
func (p *entryPage) otherLogin(c *fiber.Ctx, href string, to frame.Carry) {
	if to.Posted != "" {
		return // a carried form does not go through a link
	}
	if byMail(c, "") {
		p.Links = append(p.Links, view.NavItem{Href: withNext(href, to.Next), Label: p.T("account.by_phone")})
		return
	}
	sign := "?"
	if to.Next != "" {
		sign = "&"
	}
	p.Links = append(p.Links, view.NavItem{Href: withNext(href, to.Next) + sign + "bang=email", Label: p.T("account.by_email")})
}

// newPasswordField asks for a password to be chosen.
func newPasswordField(b view.Base) view.Field {
	return view.Field{Name: "password", Label: b.T("account.password_new"), Hint: b.T("account.password_hint"), Type: "password",
		Autocomplete: "new-password", Show: b.T("account.password_show")}
}

// signInForm is what the sign-in page sends.
type signInForm struct {
	Login    string `form:"login"`
	Password string `form:"password" lines:"raw"`
}

// showSignIn asks who somebody is. Whoever is signed in goes on.
func (s *Door) showSignIn(c *fiber.Ctx) error {
	next := view.LocalPath(c.Query("next"), "")
	if in, ok := frame.SignedIn(c); ok {
		return c.Redirect(view.LocalPath(next, home(in.Actor)), fiber.StatusSeeOther)
	}
	if frame.OwesSecondStep(c) {
		return s.ToSecondStep(c, frame.Carry{Next: next})
	}
	return s.Render(c, frame.LayoutForm, "account/entry", s.signInPage(c, frame.Carry{Next: next}, signInForm{}, nil))
}

func (s *Door) signInPage(c *fiber.Ctx, to frame.Carry, form signInForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.sign_in", "/dang-nhap", "account.sign_in")
	p.Carry = to
	p.fields(faults, s.loginField(c, p.Base, form.Login),
		view.Field{Name: "password", Label: p.T("account.password"), Type: "password", Autocomplete: "current-password", Show: p.T("account.password_show")})
	p.otherLogin(c, "/dang-nhap", to)
	p.Links = append(p.Links, view.NavItem{Href: "/quen-mat-khau", Label: p.T("account.forgot")},
		view.NavItem{Href: withNext("/dang-ky", to.Next), Label: p.T("account.sign_up_link")})
	p.Lead = s.GoalLead(c, to.Next)
	return p
}

// AskSignIn answers a request that needs an account: the sign-in page, not a
// redirect, so that it can carry the form that was sent.
func (s *Door) AskSignIn(c *fiber.Ctx) error {
	p := s.signInPage(c, s.Carried(c), signInForm{}, nil)
	p.Notice = p.T("account.sign_in_first")
	if p.Posted != "" {
		p.Notice = p.T("account.form_kept")
	}
	return s.RenderStatus(c, fiber.StatusUnauthorized, frame.LayoutForm, "account/entry", p)
}

// SignIn lets somebody in under a new session.
func (s *Door) signIn(c *fiber.Ctx) error {
	var form signInForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.enter(c, form)
	}
	to := frame.ReadCarry(c)
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.signInPage(c, to, form, faults) })
	}
	if frame.OwesSecondStep(c) {
		return s.ToSecondStep(c, to)
	}
	return s.arrive(c, to, "/di-tiep")
}

// enter opens a new session for whoever knows the password of an account.
func (s *Door) enter(c *fiber.Ctx, form signInForm) error {
	e, err := s.App.Accounts.SignIn(c.UserContext(), accounts.SignIn{Login: form.Login, Password: form.Password,
		OldToken: c.Cookies(s.SessionCookie()), Client: s.client(c)})
	if err != nil {
		return err
	}
	if err := s.GoOnAs(c, e.Token); err != nil {
		return err
	}
	s.setBrowserCookie(c, e.Browser)
	if c.Cookies(frame.LangCookie) == "" && e.Lang == i18n.English {
		frame.SetLangCookie(c, e.Lang)
		c.Locals(frame.LocalLang, e.Lang)
	}
	return nil
}

// again shows the page of a form with what is wrong with it, or passes on an
// error that no form can show. Nothing of it is kept by the browser.
func (s *Door) again(c *fiber.Ctx, err error, page func(map[string]string) entryPage) error {
	faults, ok := view.FaultTexts(s.Page(c, "account.sign_in"), err)
	if !ok {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.RenderStatus(c, frame.FaultStatus(c, err), frame.LayoutForm, "account/entry", page(faults))
}

// arrive ends the way in: where the reader wanted to go, or the page that posts
// the carried form again.
func (s *Door) arrive(c *fiber.Ctx, to frame.Carry, home string) error {
	if in, ok := frame.SignedIn(c); ok && to.Posted == "" && s.App.Accounts.OwesConsent(in) {
		return askConsent(c, view.LocalPath(to.Next, home))
	}
	if to.Posted == "" {
		return c.Redirect(view.LocalPath(to.Next, home), fiber.StatusSeeOther)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	p := resendPage{Base: s.PublicNav(c, s.Page(c, "account.resend")), Carry: to}
	return s.Render(c, frame.LayoutForm, "account/resend", p)
}

// resendPage gives back the form of a session that had ended.
type resendPage struct {
	view.Base
	frame.Carry
	view.Form
}

// goOn sends whoever is signed in to their own pages.
func (s *Door) goOn(c *fiber.Ctx) error {
	return c.Redirect(home(frame.Actor(c)), fiber.StatusSeeOther)
}

// home is where an account's own pages begin.
func home(a registry.Actor) string {
	if a.Office() {
		return "/quan-ly"
	}
	return "/gian-hang"
}

// signOut ends this session, be its second step passed or not. Signing out again
// changes nothing.
func (s *Door) signOut(c *fiber.Ctx) error {
	if in, ok := frame.Entered(c); ok {
		if err := s.App.Accounts.SignOut(c.UserContext(), in); err != nil {
			return err
		}
	}
	s.DropSessionCookie(c)
	// What the browser kept of the pages goes too: several people may use the machine.
	// Not its storage, in which a gate phone holds scans that have not been sent.
	c.Set("Clear-Site-Data", `"cache"`)
	frame.Flash(c, "account.signed_out")
	return c.Redirect("/", fiber.StatusSeeOther)
}

// client is the browser of a request, for limits and the list of sessions.
func (s *Door) client(c *fiber.Ctx) accounts.Client {
	return accounts.Client{Net: s.ClientNet(c), Address: s.LoggedAddr(c), Device: deviceName(c.Get(fiber.HeaderUserAgent)), Browser: c.Cookies(s.browserCookie())}
}

// browserCookie marks a browser in which somebody has signed in before; it opens
// nothing.
func (s *Door) browserCookie() string {
	if s.Config.HTTPS() {
		return "__Host-b"
	}
	return "b"
}

func (s *Door) setBrowserCookie(c *fiber.Ctx, token string) {
	c.Cookie(&fiber.Cookie{Name: s.browserCookie(), Value: token, Path: "/", HTTPOnly: true, Secure: s.Config.HTTPS(),
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: 365 * 24 * 3600})
}
