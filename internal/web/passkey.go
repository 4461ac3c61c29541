package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
)

// keysPage lists the keys that sign passes.
type keysPage struct {
	base
	Keys    []passes.KeyInUse
	Kill    *passes.KeyInUse // asked to be killed: what dies with it
	Turning bool             // asked whether the next key shall sign
	Turn    *passes.KeyInUse // that signs now: what stays good under it
}

// showKeys lists the keys; with ?huy=<id> it asks before killing one, with ?doi=1
// before the next one signs.
func (s *Server) showKeys(c *fiber.Ctx) error {
	keys, err := s.app.Passes.Keys(c.UserContext(), actor(c))
	if err != nil {
		return err
	}
	p := keysPage{base: s.officeNav(c, s.page(c, "passkey.title")), Keys: keys, Turning: c.Query("doi") != ""}
	for i := range keys {
		if strconv.Itoa(keys[i].ID) == c.Query("huy") && keys[i].State.CanBecome(registry.KeyDead) {
			p.Kill = &keys[i]
		}
		if keys[i].State == registry.KeyActive {
			p.Turn = &keys[i]
		}
	}
	return s.render(c, layoutOffice, "passkeys", p)
}

// rotateKey makes the next key sign.
func (s *Server) rotateKey(c *fiber.Ctx) error {
	if err := s.app.Passes.RotateKey(c.UserContext(), actor(c)); err != nil {
		return err
	}
	flash(c, "passkey.flash.rotated")
	return c.Redirect("/quan-ly/khoa", fiber.StatusSeeOther)
}

// killKey refuses a key's passes from now on.
func (s *Server) killKey(c *fiber.Ctx) error {
	var form struct {
		Key  int `form:"key"`
		Seen int `form:"seen"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if err := s.app.Passes.KillKey(c.UserContext(), actor(c), form.Key, form.Seen); err != nil {
		return err
	}
	flash(c, "passkey.flash.killed")
	return c.Redirect("/quan-ly/khoa", fiber.StatusSeeOther)
}
