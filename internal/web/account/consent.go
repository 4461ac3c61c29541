package account

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// consentPath asks whoever agreed to an older text for its consent to the one that holds.
const consentPath = "/tai-khoan/dong-y"

// consentPage is that question, or what follows from a no.
type consentPage struct {
	view.Base
	Next, Version, Was string
	Href, WasHref      string // pages of the two texts
	Text               []string
	Refused            bool
}

// askConsent asks for consent before it leads on.
func askConsent(c *fiber.Ctx, next string) error {
	return c.Redirect(consentPath+"?next="+url.QueryEscape(next), fiber.StatusSeeOther)
}

// showConsent asks for consent to the text that holds. Whoever has given it goes on.
func (s *Door) showConsent(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	next := view.LocalPath(c.Query("next"), "/di-tiep")
	if !s.App.Accounts.OwesConsent(in) {
		return c.Redirect(next, fiber.StatusSeeOther)
	}
	return s.Render(c, frame.LayoutForm, "account/consent", s.consentPage(c, in, next))
}

func (s *Door) consentPage(c *fiber.Ctx, in accounts.SignedIn, next string) consentPage {
	text := s.App.Accounts.Consent()
	p := consentPage{Base: s.PublicNav(c, s.Page(c, "personal.consent_again")), Next: next, Version: text.Version, Was: in.Account.Consent.Version}
	p.Href, p.WasHref = view.TextHref(text.Text, text.Version), view.TextHref(text.Text, in.Account.Consent.Version)
	p.Text = strings.Split(p.T(text.Key), "\n")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return p
}

// answerConsent takes the consent, or tells what follows without it.
func (s *Door) answerConsent(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	var form struct {
		Next    string `form:"next"`
		Version string `form:"version"`
		Agree   string `form:"agree"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	next := view.LocalPath(form.Next, "/di-tiep")
	if form.Agree == "" {
		p := s.consentPage(c, in, next)
		p.Refused = true
		return s.Render(c, frame.LayoutForm, "account/consent", p)
	}
	if err := s.App.Accounts.Agree(c.UserContext(), in, form.Version); err != nil {
		return err
	}
	frame.Flash(c, "personal.flash.agreed")
	return c.Redirect(next, fiber.StatusSeeOther)
}
