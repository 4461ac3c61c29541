package office

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// userPath is the page of the account that a request names.
func userPath(c *fiber.Ctx) string { return "/quan-ly/nguoi-dung/" + c.Params("id") }

// grantRole gives an account a role in an area.
func (s *Door) grantRole(c *fiber.Ctx) error {
	var form grantForm
	err := frame.Bind(c, &form)
	var g registry.Grant
	if err == nil {
		g, err = s.grant(form)
	}
	var code string
	if err == nil {
		code, err = s.App.Accounts.GrantRole(c.UserContext(), frame.Actor(c), registry.AccountID(c.Params("id")), g)
	}
	if err != nil {
		return s.userAgain(c, err, form)
	}
	if code != "" {
		return s.showPaperCode(c, registry.AccountID(c.Params("id")), code)
	}
	frame.Flash(c, "user.granted")
	return c.Redirect(userPath(c), fiber.StatusSeeOther)
}

// revokeForm names a role by its codes.
type revokeForm struct {
	Role string `form:"role"`
	Area string `form:"area"`
}

// revokeRole takes a role from an account.
func (s *Door) revokeRole(c *fiber.Ctx) error {
	var form revokeForm
	if err := frame.Bind(c, &form); err != nil {
		return s.userAgain(c, err, grantForm{})
	}
	id, g := registry.AccountID(c.Params("id")), registry.Grant{Role: registry.Role(form.Role), Area: form.Area}
	if err := s.App.Accounts.RevokeRole(c.UserContext(), frame.Actor(c), id, g); err != nil {
		return s.userAgain(c, err, grantForm{})
	}
	frame.Flash(c, "user.revoked")
	if _, err := s.App.Accounts.User(c.UserContext(), frame.Actor(c), id); err != nil {
		return c.Redirect("/quan-ly/nguoi-dung", fiber.StatusSeeOther)
	}
	return c.Redirect(userPath(c), fiber.StatusSeeOther)
}

// printPaperCode makes and shows a one-time code.
func (s *Door) printPaperCode(c *fiber.Ctx) error {
	id := registry.AccountID(c.Params("id"))
	code, err := s.App.Accounts.PaperCode(c.UserContext(), frame.Actor(c), id)
	if err != nil {
		return s.userAgain(c, err, grantForm{})
	}
	return s.showPaperCode(c, id, code)
}

// changeUser makes a handler of a use case that changes an account as a whole.
func (s *Door) changeUser(do func(context.Context, registry.Actor, registry.AccountID) error, done string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := do(c.UserContext(), frame.Actor(c), registry.AccountID(c.Params("id"))); err != nil {
			return s.userAgain(c, err, grantForm{})
		}
		frame.Flash(c, done)
		return c.Redirect(userPath(c), fiber.StatusSeeOther)
	}
}
