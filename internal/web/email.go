package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
)

// emailForm is what the form of a new e-mail address sends.
type emailForm struct {
	Email    string `form:"email"`
	Password string `form:"email_password" lines:"raw"`
}

// askEmail sends a link to the address that the account is to have.
func (s *Server) askEmail(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	var form emailForm
	err := bind(c, &form)
	if err == nil {
		err = s.app.Accounts.AskEmail(c.UserContext(), in, accounts.NewEmail{Email: form.Email, Password: form.Password, Client: s.client(c)})
	}
	if err != nil {
		return s.accountAgain(c, err, func(p *accountPage, faults map[string]string) {
			p.profile(in.Account.Name, in.Account.Lang, nil)
			p.password(nil)
			p.mail(form.Email, faults)
		})
	}
	flash(c, "account.email_sent")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}

// showEmailLink asks whether the address of the link is to be used: mail programs
// open links by themselves.
func (s *Server) showEmailLink(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	email, err := s.app.Accounts.AskedEmail(c.UserContext(), in, c.Params("token"))
	if err != nil {
		return err
	}
	p := s.entry(c, "account.email_confirm", "/tai-khoan/email/"+c.Params("token"), "account.email_confirm_button")
	p.Lead = p.T("account.email_confirm_lead", email)
	return s.render(c, layoutForm, "entry", p)
}

// confirmEmail uses the address of the link from now on.
func (s *Server) confirmEmail(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	token, err := s.app.Accounts.ConfirmEmail(c.UserContext(), in, c.Params("token"))
	if err != nil {
		return err
	}
	s.setSessionCookie(c, token)
	flash(c, "account.email_saved")
	return c.Redirect("/tai-khoan", fiber.StatusSeeOther)
}
