package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// apiTokensPage lists an account's API tokens and shows a new one once.
type apiTokensPage struct {
	base
	Tokens []registry.APIToken
	Fresh  string
	Fields []Field
	Faults []FieldFault
}

// showAPITokens lists the account's own tokens.
func (s *Server) showAPITokens(c *fiber.Ctx) error {
	return s.apiTokensPage(c, fiber.StatusOK, apiTokensPage{}, nil)
}

func (s *Server) apiTokensPage(c *fiber.Ctx, status int, p apiTokensPage, faults map[string]string) error {
	var err error
	if p.Tokens, err = s.app.APITokens(c.UserContext(), actor(c)); err != nil {
		return err
	}
	p.base = s.publicNav(c, s.page(c, "apitoken.title"))
	p.Fields = []Field{
		{Name: "name", Label: p.T("apitoken.name"), Error: faults["name"]},
		{Name: "days", Label: p.T("apitoken.days"), Type: "number", Value: "90", Error: faults["days"]},
	}
	p.Faults = summary(p.base, faults, "name", "days")
	p.HasError = len(p.Faults) > 0
	return s.renderStatus(c, status, layoutVendor, "apitokens", p)
}

// When shows an instant.
func (p apiTokensPage) When(ms int64) string { return showInstant(ms) }

// createAPIToken makes a token and shows it this once.
func (s *Server) createAPIToken(c *fiber.Ctx) error {
	var form struct {
		Name string `form:"name"`
		Days string `form:"days"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	days, _ := strconv.Atoi(form.Days) // what is no number is out of range
	fresh, err := s.app.CreateAPIToken(c.UserContext(), actor(c), form.Name, days)
	if err != nil {
		if texts, ok := faultTexts(s.page(c, "apitoken.title"), err); ok {
			return s.apiTokensPage(c, fiber.StatusUnprocessableEntity, apiTokensPage{}, texts)
		}
		return err
	}
	return s.apiTokensPage(c, fiber.StatusOK, apiTokensPage{Fresh: fresh}, nil)
}

// revokeAPIToken ends a token.
func (s *Server) revokeAPIToken(c *fiber.Ctx) error {
	if err := s.app.RevokeAPIToken(c.UserContext(), actor(c), c.Params("token")); err != nil {
		return err
	}
	flash(c, "apitoken.flash.revoked")
	return c.Redirect("/tai-khoan/ma-api", fiber.StatusSeeOther)
}
