package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/i18n"
	"hoicho/internal/personal"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// accountPage is a person's own account.
type accountPage struct {
	view.Base
	view.Form
	Phone    string
	Email    string
	Roles    []frame.RoleLine
	Profile  []view.Field
	Password []view.Field
	Mail     []view.Field
	Sessions []sessionLine
	Others   int // sessions beside this one
	Push     []pushLine
	PushAsk  *view.PushAsk // on a vendor's device
	PushOn   bool
	Office   bool
	TOTP     bool // the second step is set up
	Codes    int  // recovery codes left
	Consent  string
	Agreed   string // page of the text agreed to
	Erasure  string // says that the account is to be erased; "" where it is not
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
func (s *Door) showAccount(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	p, err := s.accountPage(c, in)
	if err != nil {
		return err
	}
	p.profile(in.Account.Name, in.Account.Lang)
	p.password()
	return s.Render(c, accountLayout(in), "account/profile", p)
}

// accountLayout keeps an officer at the desk and a vendor at the stall.
func accountLayout(in accounts.SignedIn) string {
	if in.Actor.Office() {
		return frame.LayoutOffice
	}
	return frame.LayoutVendor
}

func (s *Door) accountPage(c *fiber.Ctx, in accounts.SignedIn) (p accountPage, err error) {
	p = accountPage{Base: s.ownNav(c, s.Page(c, "account.title"), in), Phone: vn.ShowPhone(in.Account.Phone), Email: in.Account.Email,
		Office: in.Actor.Office(), TOTP: in.Account.TOTPSecret != ""}
	for _, g := range in.Actor.Grants {
		p.Roles = append(p.Roles, s.RoleLine(p.Base, g))
	}
	if in.Account.Consent.At > 0 {
		p.Consent = view.ShowInstant(in.Account.Consent.At)
		p.Agreed = view.TextHref(personal.SignUp, in.Account.Consent.Version)
	}
	sessions, err := s.App.Accounts.Sessions(c.UserContext(), in)
	if err != nil {
		return p, err
	}
	for _, one := range sessions {
		line := sessionLine{ID: one.ID, Device: one.Device, Since: view.ShowInstant(one.CreatedAt), Seen: view.ShowInstant(one.SeenAt),
			This: one.TokenHash == in.Session.TokenHash}
		if line.Device == "" {
			line.Device = p.T("account.some_device")
		}
		p.Sessions = append(p.Sessions, line)
	}
	p.Others = len(sessions) - 1
	if p.Push, err = s.pushLines(c, p.Base, in); err != nil {
		return p, err
	}
	if p.PushOn = s.App.PushOn() && len(in.Actor.Members) > 0; p.PushOn {
		if p.PushAsk, err = s.PushAsk(c, p.Base, in.Account.Email != ""); err != nil {
			return p, err
		}
	}
	if p.Erasure, err = s.erasure(c, p.Base, in); err != nil {
		return p, err
	}
	p.mail("")
	p.Codes, err = s.App.Accounts.RecoveryCodesLeft(c.UserContext(), in)
	return p, err
}

// ownNav is the navigation around a person's own account.
func (s *Door) ownNav(c *fiber.Ctx, b view.Base, in accounts.SignedIn) view.Base {
	if in.Actor.Office() {
		return s.OfficeNav(c, b)
	}
	return s.PublicNav(c, b)
}

// profile puts the form of name and language into the page.
func (p *accountPage) profile(name, lang string) {
	languages := view.Field{Name: "lang", Label: p.T("account.lang"), Hint: p.T("account.lang_hint"), Type: "radios"}
	for _, l := range i18n.Languages {
		languages.Options = append(languages.Options, view.Option{Value: l, Label: p.T("account.lang." + l), Selected: l == lang})
	}
	p.Profile = p.Take(view.Field{Name: "name", Label: p.T("account.name"), Value: name, Autocomplete: "name", Max: 80}, languages)
}

// password puts the form of a new password into the page.
func (p *accountPage) password() {
	p.Password = p.Take(view.Field{Name: "old", Label: p.T("account.password_old"), Type: "password", Autocomplete: "current-password"},
		newPasswordField(p.Base))
}

// mail puts the form of a new e-mail address into the page.
func (p *accountPage) mail(email string) {
	p.Mail = p.Take(
		view.Field{Name: "email", Label: p.T("account.email_new"), Hint: p.T("account.email_hint"), Type: "email", Value: email, Autocomplete: "email", Max: 254},
		view.Field{Name: "email_password", Label: p.T("account.password_old"), Type: "password", Autocomplete: "current-password"})
}

// profileForm is what the form of name and language sends.
type profileForm struct {
	Name string `form:"name"`
	Lang string `form:"lang"`
}

// saveProfile saves a person's own name and language.
func (s *Door) saveProfile(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	var form profileForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.SaveProfile(c.UserContext(), in, accounts.Profile(form))
	}
	if err != nil {
		return s.accountAgain(c, err, func(p *accountPage) {
			p.profile(form.Name, form.Lang)
			p.password()
		})
	}
	frame.SetLangCookie(c, form.Lang)
	frame.Flash(c, "account.saved")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// accountAgain shows the account with what is wrong with one of its forms.
func (s *Door) accountAgain(c *fiber.Ctx, err error, fill func(*accountPage)) error {
	faults, ok := view.FaultTexts(s.Page(c, "account.title"), err)
	if !ok {
		return err
	}
	in, _ := frame.SignedIn(c)
	p, fault := s.accountPage(c, in)
	if fault != nil {
		return fault
	}
	p.Form = view.NewForm(&p.Base, faults)
	fill(&p)
	return s.RenderStatus(c, frame.FaultStatus(c, err), accountLayout(in), "account/profile", p)
}

// passwordForm is what the form of a new password sends.
type passwordForm struct {
	Old      string `form:"old" lines:"raw"`
	Password string `form:"password" lines:"raw"`
}

// changePassword sets a new password and ends all else that opens the account.
func (s *Door) changePassword(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	var form passwordForm
	err := frame.Bind(c, &form)
	var token string
	if err == nil {
		token, err = s.App.Accounts.ChangePassword(c.UserContext(), in, accounts.PasswordChange{Old: form.Old, New: form.Password})
	}
	if err != nil {
		return s.accountAgain(c, err, func(p *accountPage) {
			p.profile(in.Account.Name, in.Account.Lang)
			p.password()
		})
	}
	s.SetSessionCookie(c, token)
	frame.Flash(c, "account.password_changed")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// endSession ends one session of the person's own account.
func (s *Door) endSession(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	if err := s.App.Accounts.EndSession(c.UserContext(), in, registry.SessionID(c.Params("id"))); err != nil {
		return err
	}
	frame.Flash(c, "account.session_ended")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// endOtherSessions signs the person out everywhere else.
func (s *Door) endOtherSessions(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	token, err := s.App.Accounts.SignOutElsewhere(c.UserContext(), in)
	if err != nil {
		return err
	}
	s.SetSessionCookie(c, token)
	frame.Flash(c, "account.sessions_ended")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}
