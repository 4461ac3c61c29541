package office

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// keysPage lists the keys that sign passes.
type keysPage struct {
	view.Base
	Keys    []passes.KeyInUse
	Kill    *passes.KeyInUse // asked to be killed: what dies with it
	Turning bool             // asked whether the next key shall sign
	Turn    *passes.KeyInUse // that signs now: what stays good under it

	Push      core.PushState // the key of notifications on phones
	PushSince string
	Renewing  bool // asked whether another one shall take its place
}

// showKeys lists the keys; with ?huy=<id> it asks before killing one, with ?doi=1
// before the next one signs, with ?bao-tin=1 before that of notifications is renewed.
func (s *Door) showKeys(c *fiber.Ctx) error {
	keys, err := s.App.Passes.Keys(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := keysPage{Base: s.OfficeNav(c, s.Page(c, "passkey.title")), Keys: keys, Turning: c.Query("doi") != ""}
	for i := range keys {
		if strconv.Itoa(keys[i].ID) == c.Query("huy") && keys[i].State.CanBecome(registry.KeyDead) {
			p.Kill = &keys[i]
		}
		if keys[i].State == registry.KeyActive {
			p.Turn = &keys[i]
		}
	}
	if p.Push, err = s.App.PushState(c.UserContext(), frame.Actor(c)); err != nil {
		return err
	}
	p.Renewing, p.PushSince = c.Query("bao-tin") != "", view.ShowTimeIfAny(p.Push.Key.CreatedAt)
	return s.Render(c, frame.LayoutOffice, "office/keys", p)
}

// rotateKey makes the next key sign.
func (s *Door) rotateKey(c *fiber.Ctx) error {
	if err := s.App.Passes.RotateKey(c.UserContext(), frame.Actor(c)); err != nil {
		return err
	}
	frame.Flash(c, "passkey.flash.rotated")
	return c.Redirect("/quan-ly/khoa", fiber.StatusSeeOther)
}

// renewPushKey puts another key of notifications in the place of the one that was shown.
func (s *Door) renewPushKey(c *fiber.Ctx) error {
	var form struct {
		Key string `form:"key"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	if err := s.App.RenewPushKey(c.UserContext(), frame.Actor(c), form.Key); err != nil {
		return err
	}
	frame.Flash(c, "push.flash.renewed")
	return c.Redirect("/quan-ly/khoa#bao-tin", fiber.StatusSeeOther)
}

// killKey refuses a key's passes from now on.
func (s *Door) killKey(c *fiber.Ctx) error {
	var form struct {
		Key  int `form:"key"`
		Seen int `form:"seen"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	if err := s.App.Passes.KillKey(c.UserContext(), frame.Actor(c), form.Key, form.Seen); err != nil {
		return err
	}
	frame.Flash(c, "passkey.flash.killed")
	return c.Redirect("/quan-ly/khoa", fiber.StatusSeeOther)
}
