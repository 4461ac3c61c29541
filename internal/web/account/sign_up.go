package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// signUpForm is what the sign-up page sends.
type signUpForm struct {
	Login    string `form:"login"`
	Password string `form:"password" lines:"raw"`
	Consent  bool   `form:"consent"`
}

// showSignUp asks a vendor for what an account needs.
func (s *Door) showSignUp(c *fiber.Ctx) error {
	return s.Render(c, frame.LayoutForm, "account/entry", s.signUpPage(c, frame.Carry{Next: view.LocalPath(c.Query("next"), "")}, signUpForm{}, nil))
}

// withNext is an address of the way in that leads on to a path of this site.
func withNext(href, next string) string {
	if next == "" {
		return href
	}
	return href + "?next=" + view.QueryEscape(next)
}

func (s *Door) signUpPage(c *fiber.Ctx, to frame.Carry, form signUpForm, faults map[string]string) entryPage {
	p := s.entry(c, "account.sign_up", "/dang-ky", "account.sign_up_button")
	p.Carry, p.Lead = to, s.GoalLead(c, to.Next)
	consent := view.Field{Name: "consent", Label: p.T("account.consent"), Hint: p.T(s.App.Accounts.Consent().Key), Type: "checkbox"}
	if form.Consent {
		consent.Value = "1"
	}
	p.fields(faults, s.loginField(c, p.Base, form.Login), newPasswordField(p.Base), consent)
	p.otherLogin(c, "/dang-ky", to)
	p.Links = append(p.Links, view.NavItem{Href: withNext("/dang-nhap", to.Next), Label: p.T("account.have_account")})
	text := s.App.Accounts.Consent()
	p.Links = append(p.Links, view.NavItem{Href: view.TextHref(text.Text, text.Version), Label: p.T("personal.text."+string(text.Text), text.Version)},
		view.NavItem{Href: "/du-lieu-ca-nhan", Label: p.T("personal.title")})
	return p
}

// signUp makes an account and lets its owner in with the password just typed. Where
// that password opens nothing, the login had an account already: the page to sign in
// says so. See accounts.SignUp for what this tells a stranger.
func (s *Door) signUp(c *fiber.Ctx) error {
	var form signUpForm
	to := frame.ReadCarry(c)
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.SignUp(c.UserContext(), accounts.SignUp{Login: form.Login, Password: form.Password,
			Consent: form.Consent, Lang: frame.Lang(c), Client: s.client(c)})
	}
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.signUpPage(c, to, form, faults) })
	}
	in := signInForm{Login: form.Login, Password: form.Password}
	err = s.enter(c, in)
	switch registry.KindOf(err) {
	case registry.None:
		if frame.OwesSecondStep(c) {
			return s.ToSecondStep(c, to)
		}
		return s.arrive(c, to, "/di-tiep")
	case registry.Invalid, registry.Forbidden, registry.Limited:
		return s.again(c, err, func(map[string]string) entryPage {
			p := s.signInPage(c, to, signInForm{Login: form.Login}, nil)
			p.Notice = p.T("account.signed_up_lead")
			p.Links = p.Links[:len(p.Links)-1]
			return p
		})
	}
	return err
}
