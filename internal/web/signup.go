package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
)

// signUpForm is what the sign-up page sends.
type signUpForm struct {
	Name     string `form:"name"`
	Login    string `form:"login"`
	Password string `form:"password" lines:"raw"`
	Consent  bool   `form:"consent"`
}

// showSignUp asks a vendor for what an account needs.
func (s *Server) showSignUp(c *fiber.Ctx) error {
	return s.render(c, layoutForm, "entry", s.signUpPage(c, carry{Next: localPath(c.Query("next"), "")}, signUpForm{}, nil))
}

// withNext is an address of the way in that leads on to a path of this site.
func withNext(href, next string) string {
	if next == "" {
		return href
	}
	return href + "?next=" + queryEscape(next)
}

func (s *Server) signUpPage(c *fiber.Ctx, to carry, form signUpForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.sign_up", "/dang-ky", "account.sign_up_button")
	p.carry, p.Lead = to, s.goalLead(c, to.Next)
	consent := Field{Name: "consent", Label: p.T("account.consent"), Hint: p.T("account.consent_text"), Type: "checkbox"}
	if form.Consent {
		consent.Value = "1"
	}
	p.fields(faults, Field{Name: "name", Label: p.T("account.name"), Hint: p.T("account.name_hint"), Value: form.Name,
		Autocomplete: "name", Max: 80}, loginField(p.base, form.Login), newPasswordField(p.base), consent)
	p.Links = []navItem{{Href: withNext("/dang-nhap", to.Next), Label: p.T("account.have_account")}}
	return p
}

// signUp makes an account. The page after it asks for the password once more and
// is the same whether the login had an account already: see app.SignUp.
func (s *Server) signUp(c *fiber.Ctx) error {
	var form signUpForm
	to := readCarry(c)
	err := bind(c, &form)
	if err == nil {
		err = s.app.Accounts.SignUp(c.UserContext(), accounts.SignUp{Name: form.Name, Login: form.Login, Password: form.Password,
			Consent: form.Consent, Lang: lang(c), Client: s.client(c)})
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.signUpPage(c, to, form, faults) })
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	p := s.signInPage(c, to, signInForm{Login: form.Login}, nil)
	p.Title, p.Lead = p.T("account.signed_up"), p.T("account.signed_up_lead")
	p.Links = p.Links[:1]
	return s.render(c, layoutForm, "entry", p)
}
