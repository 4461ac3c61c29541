package account

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// apiTokensPage lists an account's API tokens and shows a new one once.
type apiTokensPage struct {
	view.Base
	view.Form
	Tokens []registry.APIToken
	Fresh  string
	Fields []view.Field
	form   apiTokenForm
	now    int64
}

// apiTokenForm is what the form of a new token sends.
type apiTokenForm struct {
	Name   string   `form:"name"`
	Days   string   `form:"days"`
	Scopes []string `form:"scopes"`
}

// showAPITokens lists the account's own tokens.
func (s *Door) showAPITokens(c *fiber.Ctx) error {
	return s.apiTokensPage(c, fiber.StatusOK, apiTokensPage{form: apiTokenForm{Days: "90"}}, nil)
}

func (s *Door) apiTokensPage(c *fiber.Ctx, status int, p apiTokensPage, faults map[string]string) error {
	var err error
	if p.Tokens, err = s.App.Accounts.APITokens(c.UserContext(), frame.Actor(c)); err != nil {
		return err
	}
	p.now = s.App.NowMS()
	p.Base = s.PublicNav(c, s.Page(c, "apitoken.title"))
	p.Form = view.NewForm(&p.Base, faults)
	p.Fields = p.Take([]view.Field{
		{Name: "name", Label: p.T("apitoken.name"), Value: p.form.Name, Max: 80},
		{Name: "scopes", Label: p.T("apitoken.scopes"), Hint: p.T("apitoken.scopes_hint"), Type: "checkboxes"},
		{Name: "days", Label: p.T("apitoken.days"), Type: "number", Value: p.form.Days},
	}...)
	for _, scope := range registry.APIScopes {
		p.Fields[1].Options = append(p.Fields[1].Options, view.Option{Value: string(scope), Label: p.T("apitoken.scope." + string(scope)),
			Selected: slices.Contains(p.form.Scopes, string(scope))})
	}
	return s.RenderStatus(c, status, frame.LayoutVendor, "account/api_tokens", p)
}

// When shows an instant.
func (p apiTokensPage) When(ms int64) string { return view.ShowInstant(ms) }

// Over reports whether a token's time has passed.
func (p apiTokensPage) Over(t registry.APIToken) bool {
	return t.RevokedAt == 0 && t.ExpiresAt <= p.now
}

// Scopes names the parts of the API that a token opens.
func (p apiTokensPage) Scopes(t registry.APIToken) string {
	names := make([]string, len(t.Scopes))
	for i, scope := range t.Scopes {
		names[i] = p.T("apitoken.scope." + string(scope))
	}
	return strings.Join(names, " · ")
}

// createAPIToken makes a token and shows it this once.
func (s *Door) createAPIToken(c *fiber.Ctx) error {
	var form apiTokenForm
	err := frame.Bind(c, &form)
	days, _ := strconv.Atoi(form.Days) // what is no number is out of range
	in := accounts.NewAPIToken{Name: form.Name, Days: days}
	for _, scope := range form.Scopes {
		in.Scopes = append(in.Scopes, registry.APIScope(scope))
	}
	var fresh string
	if err == nil {
		fresh, err = s.App.Accounts.CreateAPIToken(c.UserContext(), frame.Actor(c), in)
	}
	if err != nil {
		if texts, ok := view.FaultTexts(s.Page(c, "apitoken.title"), err); ok {
			return s.apiTokensPage(c, fiber.StatusUnprocessableEntity, apiTokensPage{form: form}, texts)
		}
		return err
	}
	return s.apiTokensPage(c, fiber.StatusOK, apiTokensPage{Fresh: fresh, form: apiTokenForm{Days: "90"}}, nil)
}

// revokeAPIToken ends a token.
func (s *Door) revokeAPIToken(c *fiber.Ctx) error {
	if err := s.App.Accounts.RevokeAPIToken(c.UserContext(), frame.Actor(c), c.Params("token")); err != nil {
		return err
	}
	frame.Flash(c, "apitoken.flash.revoked")
	return c.Redirect("/tai-khoan/ma-api", fiber.StatusSeeOther)
}
