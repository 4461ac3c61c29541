package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
)

// forgotForm is what the page of a forgotten password sends.
type forgotForm struct {
	Login string `form:"login"`
}

// showForgot asks whose password is forgotten.
func (s *Server) showForgot(c *fiber.Ctx) error {
	return s.render(c, layoutForm, "entry", s.forgotPage(c, forgotForm{}, nil))
}

func (s *Server) forgotPage(c *fiber.Ctx, form forgotForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.forgot", "/quen-mat-khau", "account.forgot_button")
	p.Lead, p.Officers = p.T("account.forgot_lead"), true
	p.fields(faults, loginField(p.base, form.Login))
	p.Links = []navItem{{Href: "/dat-lai-mat-khau", Label: p.T("account.have_paper")}}
	return p
}

// forgotSentPage says what happens next. It says the same to everybody.
type forgotSentPage struct{ base }

// askReset mails a link, if the login has an account with an e-mail. The answer
// tells nobody whether it has.
func (s *Server) askReset(c *fiber.Ctx) error {
	var form forgotForm
	err := bind(c, &form)
	if err == nil {
		err = s.app.Accounts.AskReset(c.UserContext(), form.Login, s.client(c))
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.forgotPage(c, form, faults) })
	}
	return s.render(c, layoutForm, "forgotsent", forgotSentPage{s.publicNav(c, s.page(c, "account.forgot_sent"))})
}

// resetForm is what the pages of a new password send.
type resetForm struct {
	Login    string `form:"login"`
	Code     string `form:"code"`
	Password string `form:"password" lines:"raw"`
}

// showPaperReset asks for the code that an officer printed.
func (s *Server) showPaperReset(c *fiber.Ctx) error {
	return s.render(c, layoutForm, "entry", s.paperResetPage(c, resetForm{}, nil))
}

func (s *Server) paperResetPage(c *fiber.Ctx, form resetForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.reset", "/dat-lai-mat-khau", "account.reset_button")
	p.Lead, p.Officers = p.T("account.reset_lead"), true
	p.fields(faults, loginField(p.base, form.Login),
		Field{Name: "code", Label: p.T("account.paper_code"), Hint: p.T("account.paper_code_hint"), Value: form.Code,
			InputMode: "numeric", Autocomplete: "one-time-code", Max: 20},
		newPasswordField(p.base))
	p.Links = []navItem{{Href: "/quen-mat-khau", Label: p.T("account.by_mail")}}
	return p
}

// paperReset sets a new password with a code from paper.
func (s *Server) paperReset(c *fiber.Ctx) error {
	var form resetForm
	err := bind(c, &form)
	if err == nil {
		err = s.app.Accounts.ResetByPaper(c.UserContext(), accounts.PaperReset{Login: form.Login, Code: form.Code, Password: form.Password})
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.paperResetPage(c, form, faults) })
	}
	return s.passwordSet(c)
}

// passwordSet goes from a new password to signing in with it.
func (s *Server) passwordSet(c *fiber.Ctx) error {
	s.dropSessionCookie(c)
	flash(c, "account.password_set")
	return c.Redirect("/dang-nhap", fiber.StatusSeeOther)
}

// linkForm is what the page behind the link of a mail sends.
type linkForm struct {
	Password string `form:"password" lines:"raw"`
}

// showLinkReset asks for a new password behind the link of a mail.
func (s *Server) showLinkReset(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if err := s.app.Accounts.CheckResetLink(c.UserContext(), c.Params("token")); err != nil {
		return err
	}
	return s.render(c, layoutForm, "entry", s.linkResetPage(c, nil))
}

func (s *Server) linkResetPage(c *fiber.Ctx, faults map[string]string) entryPage {
	p := s.entry(c, "account.reset", "/dat-lai-mat-khau/"+c.Params("token"), "account.reset_button")
	p.fields(faults, newPasswordField(p.base))
	return p
}

// linkReset sets a new password with the link of a mail.
func (s *Server) linkReset(c *fiber.Ctx) error {
	var form linkForm
	err := bind(c, &form)
	if err == nil {
		err = s.app.Accounts.ResetByLink(c.UserContext(), c.Params("token"), form.Password)
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
func (s *Server) showSetUp(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if err := s.app.Accounts.CheckSetupLink(c.UserContext(), c.Params("token")); err != nil {
		return err
	}
	return s.render(c, layoutForm, "entry", s.setUpPage(c, setUpForm{}, nil))
}

func (s *Server) setUpPage(c *fiber.Ctx, form setUpForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.set_up", "/thiet-lap/"+c.Params("token"), "account.set_up_button")
	p.Lead = p.T("account.set_up_lead")
	p.fields(faults, Field{Name: "name", Label: p.T("account.name"), Value: form.Name, Autocomplete: "name", Max: 80},
		loginField(p.base, form.Login), newPasswordField(p.base))
	return p
}

// setUp makes the first admin.
func (s *Server) setUp(c *fiber.Ctx) error {
	var form setUpForm
	err := bind(c, &form)
	if err == nil {
		err = s.app.Accounts.SetUp(c.UserContext(), c.Params("token"), accounts.SetUp{Name: form.Name, Login: form.Login,
			Password: form.Password, Lang: lang(c)})
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.setUpPage(c, form, faults) })
	}
	return s.passwordSet(c)
}
