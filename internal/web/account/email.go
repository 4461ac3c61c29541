package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/web/frame"
)

// emailForm is what the form of a new e-mail address sends.
type emailForm struct {
	Email    string `form:"email"`
	Password string `form:"email_password" lines:"raw"`
}

// askEmail sends a link to the address that the account is to have.
func (s *Door) askEmail(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	var form emailForm
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.AskEmail(c.UserContext(), in, accounts.NewEmail{Email: form.Email, Password: form.Password, Client: s.client(c)})
	}
	if err != nil {
		return s.accountAgain(c, err, func(p *accountPage) {
			p.profile(in.Account.Name, in.Account.Lang)
			p.password()
			p.mail(form.Email)
		})
	}
	frame.Flash(c, "account.email_sent")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// showEmailLink asks whether the address of the link is to be used: mail programs
// open links by themselves.
func (s *Door) showEmailLink(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	email, err := s.App.Accounts.AskedEmail(c.UserContext(), in, c.Params("token"))
	if err != nil {
		return err
	}
	p := s.entry(c, "account.email_confirm", "/tai-khoan/email/"+c.Params("token"), "account.email_confirm_button")
	p.Lead = p.T("account.email_confirm_lead", email)
	return s.Render(c, frame.LayoutForm, "account/entry", p)
}

// confirmEmail uses the address of the link from now on.
func (s *Door) confirmEmail(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	token, err := s.App.Accounts.ConfirmEmail(c.UserContext(), in, c.Params("token"))
	if err != nil {
		return err
	}
	s.SetSessionCookie(c, token)
	frame.Flash(c, "account.email_saved")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}
