package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// accountPage is a person's own account.
type accountPage struct {
	base
	Phone    string
	Email    string
	Roles    []roleLine
	Profile  []Field
	Password []Field
	Mail     []Field
	Faults   []FieldFault
	Sessions []sessionLine
	Others   int // sessions beside this one
	Office   bool
	TOTP     bool // the second step is set up
	Codes    int  // recovery codes left
	Consent  string
}

// sessionLine is a signed-in browser.
type sessionLine struct {
	ID     registry.SessionID
	Device string
	Since  string
	Seen   string
	This   bool
}

// showAccount shows a person their own account.
func (s *Server) showAccount(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	p, err := s.accountPage(c, in)
	if err != nil {
		return err
	}
	p.profile(in.Account.Name, in.Account.Lang, nil)
	p.password(nil)
	return s.render(c, accountLayout(in), "account", p)
}

// accountLayout keeps an officer at the desk and a vendor at the stall.
func accountLayout(in accounts.SignedIn) string {
	if in.Actor.Office() {
		return layoutOffice
	}
	return layoutVendor
}

func (s *Server) accountPage(c *fiber.Ctx, in accounts.SignedIn) (p accountPage, err error) {
	p = accountPage{base: s.ownNav(c, s.page(c, "account.title"), in), Phone: vn.ShowPhone(in.Account.Phone), Email: in.Account.Email,
		Office: in.Actor.Office(), TOTP: in.Account.TOTPSecret != ""}
	for _, g := range in.Actor.Grants {
		p.Roles = append(p.Roles, s.roleLine(p.base, g))
	}
	if in.Account.Consent.At > 0 {
		p.Consent = showInstant(in.Account.Consent.At)
	}
	sessions, err := s.app.Accounts.Sessions(c.UserContext(), in)
	if err != nil {
		return p, err
	}
	for _, one := range sessions {
		line := sessionLine{ID: one.ID, Device: one.Device, Since: showInstant(one.CreatedAt), Seen: showInstant(one.SeenAt),
			This: one.TokenHash == in.Session.TokenHash}
		if line.Device == "" {
			line.Device = p.T("account.some_device")
		}
		p.Sessions = append(p.Sessions, line)
	}
	p.Others = len(sessions) - 1
	p.mail("", nil)
	p.Codes, err = s.app.Accounts.RecoveryCodesLeft(c.UserContext(), in)
	return p, err
}

// ownNav is the navigation around a person's own account.
func (s *Server) ownNav(c *fiber.Ctx, b base, in accounts.SignedIn) base {
	if in.Actor.Office() {
		return s.officeNav(c, b)
	}
	return s.publicNav(c, b)
}

// profile puts the form of name and language into the page.
func (p *accountPage) profile(name, lang string, faults map[string]string) {
	languages := Field{Name: "lang", Label: p.T("account.lang"), Hint: p.T("account.lang_hint"), Type: "radios", Error: faults["lang"]}
	for _, l := range i18n.Languages {
		languages.Options = append(languages.Options, Option{Value: l, Label: p.T("account.lang." + l), Selected: l == lang})
	}
	p.Profile = []Field{{Name: "name", Label: p.T("account.name"), Value: name, Autocomplete: "name", Max: 80, Error: faults["name"]}, languages}
	p.faults(faults, "name", "lang")
}

// password puts the form of a new password into the page.
func (p *accountPage) password(faults map[string]string) {
	fresh := newPasswordField(p.base)
	fresh.Error = faults["password"]
	p.Password = []Field{{Name: "old", Label: p.T("account.password_old"), Type: "password", Autocomplete: "current-password",
		Error: faults["old"]}, fresh}
	p.faults(faults, "old", "password")
}

// mail puts the form of a new e-mail address into the page.
func (p *accountPage) mail(email string, faults map[string]string) {
	p.Mail = []Field{
		{Name: "email", Label: p.T("account.email_new"), Hint: p.T("account.email_hint"), Type: "email", Value: email, Autocomplete: "email", Max: 254, Error: faults["email"]},
		{Name: "email_password", Label: p.T("account.password_old"), Type: "password", Autocomplete: "current-password", Error: faults["email_password"]}}
	p.faults(faults, "email", "email_password")
}

func (p *accountPage) faults(faults map[string]string, order ...string) {
	if len(faults) > 0 {
		p.Faults, p.HasError = summary(p.base, faults, order...), true
	}
}

// profileForm is what the form of name and language sends.
type profileForm struct {
	Name string `form:"name"`
	Lang string `form:"lang"`
}

// saveProfile saves a person's own name and language.
func (s *Server) saveProfile(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	var form profileForm
	err := bind(c, &form)
	if err == nil {
		err = s.app.Accounts.SaveProfile(c.UserContext(), in, accounts.Profile(form))
	}
	if err != nil {
		return s.accountAgain(c, err, func(p *accountPage, faults map[string]string) {
			p.profile(form.Name, form.Lang, faults)
			p.password(nil)
		})
	}
	setLangCookie(c, form.Lang)
	flash(c, "account.saved")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// accountAgain shows the account with what is wrong with one of its forms.
func (s *Server) accountAgain(c *fiber.Ctx, err error, fill func(*accountPage, map[string]string)) error {
	faults, ok := faultTexts(s.page(c, "account.title"), err)
	if !ok {
		return err
	}
	in, _ := signedIn(c)
	p, fault := s.accountPage(c, in)
	if fault != nil {
		return fault
	}
	fill(&p, faults)
	return s.renderStatus(c, faultStatus(c, err), accountLayout(in), "account", p)
}

// passwordForm is what the form of a new password sends.
type passwordForm struct {
	Old      string `form:"old" lines:"raw"`
	Password string `form:"password" lines:"raw"`
}

// changePassword sets a new password and ends all else that opens the account.
func (s *Server) changePassword(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	var form passwordForm
	err := bind(c, &form)
	var token string
	if err == nil {
		token, err = s.app.Accounts.ChangePassword(c.UserContext(), in, accounts.PasswordChange{Old: form.Old, New: form.Password})
	}
	if err != nil {
		return s.accountAgain(c, err, func(p *accountPage, faults map[string]string) {
			p.profile(in.Account.Name, in.Account.Lang, nil)
			p.password(faults)
		})
	}
	s.setSessionCookie(c, token)
	flash(c, "account.password_changed")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// endSession ends one session of the person's own account.
func (s *Server) endSession(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	if err := s.app.Accounts.EndSession(c.UserContext(), in, registry.SessionID(c.Params("id"))); err != nil {
		return err
	}
	flash(c, "account.session_ended")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// endOtherSessions signs the person out everywhere else.
func (s *Server) endOtherSessions(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	token, err := s.app.Accounts.SignOutElsewhere(c.UserContext(), in)
	if err != nil {
		return err
	}
	s.setSessionCookie(c, token)
	flash(c, "account.sessions_ended")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}
