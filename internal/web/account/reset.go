package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// forgotForm is what the page of a forgotten password sends.
type forgotForm struct {
	Login string `form:"login"`
}

// showForgot asks whose password is forgotten.
func (s *Door) showForgot(c *fiber.Ctx) error {
	return s.Render(c, frame.LayoutForm, "account/entry", s.forgotPage(c, forgotForm{}, nil))
}

func (s *Door) forgotPage(c *fiber.Ctx, form forgotForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.forgot", "/quen-mat-khau", "account.forgot_button")
	p.Lead, p.Officers = p.T("account.forgot_lead"), true
	p.fields(faults, s.loginField(c, p.Base, form.Login))
	p.Links = []view.NavItem{{Href: "/dat-lai-mat-khau", Label: p.T("account.have_paper")}}
	return p
}

// forgotSentPage says what happens next. It says the same to everybody.
type forgotSentPage struct{ view.Base }

// askReset mails a link, if the login has an account with an e-mail. The answer
// tells nobody whether it has.
func (s *Door) askReset(c *fiber.Ctx) error {
	var form forgotForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.AskReset(c.UserContext(), form.Login, s.client(c))
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.forgotPage(c, form, faults) })
	}
	return s.Render(c, frame.LayoutForm, "account/forgot_sent", forgotSentPage{s.PublicNav(c, s.Page(c, "account.forgot_sent"))})
}

// resetForm is what the pages of a new password send.
type resetForm struct {
	Login    string `form:"login"`
	Code     string `form:"code"`
	Password string `form:"password" lines:"raw"`
}

// showPaperReset asks for the code that an officer printed.
func (s *Door) showPaperReset(c *fiber.Ctx) error {
	return s.Render(c, frame.LayoutForm, "account/entry", s.paperResetPage(c, resetForm{}, nil))
}

func (s *Door) paperResetPage(c *fiber.Ctx, form resetForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.reset", "/dat-lai-mat-khau", "account.reset_button")
	p.Lead, p.Officers = p.T("account.reset_lead"), true
	p.fields(faults, s.loginField(c, p.Base, form.Login),
		view.Field{Name: "code", Label: p.T("account.paper_code"), Hint: p.T("account.paper_code_hint"), Value: form.Code,
			InputMode: "numeric", Autocomplete: "one-time-code", Max: 20},
		newPasswordField(p.Base))
	p.Links = []view.NavItem{{Href: "/quen-mat-khau", Label: p.T("account.by_mail")}}
	return p
}

// paperReset sets a new password with a code from paper.
func (s *Door) paperReset(c *fiber.Ctx) error {
	var form resetForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.ResetByPaper(c.UserContext(), accounts.PaperReset{Login: form.Login, Code: form.Code, Password: form.Password})
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.paperResetPage(c, form, faults) })
	}
	return s.passwordSet(c)
}

// passwordSet goes from a new password to signing in with it.
func (s *Door) passwordSet(c *fiber.Ctx) error {
	s.DropSessionCookie(c)
	frame.Flash(c, "account.password_set")
	return c.Redirect("/dang-nhap", fiber.StatusSeeOther)
}

// linkForm is what the page behind the link of a mail sends.
type linkForm struct {
	Password string `form:"password" lines:"raw"`
}

// showLinkReset asks for a new password behind the link of a mail.
func (s *Door) showLinkReset(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if err := s.App.Accounts.CheckResetLink(c.UserContext(), c.Params("token")); err != nil {
		return err
	}
	return s.Render(c, frame.LayoutForm, "account/entry", s.linkResetPage(c, nil))
}

func (s *Door) linkResetPage(c *fiber.Ctx, faults map[string]string) entryPage {
	p := s.entry(c, "account.reset", "/dat-lai-mat-khau/"+c.Params("token"), "account.reset_button")
	p.fields(faults, newPasswordField(p.Base))
	return p
}

// linkReset sets a new password with the link of a mail.
func (s *Door) linkReset(c *fiber.Ctx) error {
	var form linkForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.ResetByLink(c.UserContext(), c.Params("token"), form.Password)
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.linkResetPage(c, faults) })
	}
	return s.passwordSet(c)
}

// setUpForm is what the page behind the set-up link sends.
type setUpForm struct {
	Name     string `form:"name"`
	Login    string `form:"login"`
	Password string `form:"password" lines:"raw"`
}

// showSetUp asks the first admin for name, login and password.
func (s *Door) showSetUp(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if err := s.App.Accounts.CheckSetupLink(c.UserContext(), c.Params("token")); err != nil {
		return err
	}
	return s.Render(c, frame.LayoutForm, "account/entry", s.setUpPage(c, setUpForm{}, nil))
}

func (s *Door) setUpPage(c *fiber.Ctx, form setUpForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.set_up", "/thiet-lap/"+c.Params("token"), "account.set_up_button")
	p.Lead = p.T("account.set_up_lead")
	p.fields(faults, view.Field{Name: "name", Label: p.T("account.name"), Value: form.Name, Autocomplete: "name", Max: 80},
		s.loginField(c, p.Base, form.Login), newPasswordField(p.Base))
	return p
}

// setUp makes the first admin.
func (s *Door) setUp(c *fiber.Ctx) error {
	var form setUpForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.SetUp(c.UserContext(), c.Params("token"), accounts.SetUp{Name: form.Name, Login: form.Login,
			Password: form.Password, Lang: frame.Lang(c)})
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.setUpPage(c, form, faults) })
	}
	return s.passwordSet(c)
}
