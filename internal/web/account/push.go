package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
	"hoicho/static"
)

// pushScope is the part of the site that the service worker of notifications has for
// itself. No page lies there: it answers no request of any page.
const pushScope = "/thong-bao/"

// pushLine is a device that is notified.
type pushLine struct {
	ID     registry.PushID
	Device string
	Since  string
	Times  string
	This   bool
}

// pushLines are the devices of an account.
func (s *Door) pushLines(c *fiber.Ctx, b view.Base, in accounts.SignedIn) (lines []pushLine, err error) {
	list, err := s.App.Accounts.PushPhones(c.UserContext(), in)
	for _, p := range list {
		l := pushLine{ID: p.ID, Device: p.Device, Since: view.ShowInstant(p.CreatedAt), This: p.Session == in.Session.ID}
		if l.Device == "" {
			l.Device = b.T("account.some_device")
		}
		l.Times = b.T("push.times_never", l.Since, p.Service)
		if p.UsedAt > 0 {
			l.Times = b.T("push.times", l.Since, view.ShowInstant(p.UsedAt), p.Service)
		}
		lines = append(lines, l)
	}
	return lines, err
}

// subscribe has the browser of this session notified. It answers a script.
func (s *Door) subscribe(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	var form accounts.PushInput
	err := frame.Bind(c, &form)
	if err == nil {
		err = s.App.Accounts.Subscribe(c.UserContext(), in, form)
	}
	switch registry.KindOf(err) {
	case registry.None:
		return c.SendStatus(fiber.StatusCreated)
	case registry.Invalid, registry.Conflict, registry.Limited, registry.NotFound:
		return c.Status(frame.FaultStatus(c, err)).JSON(fiber.Map{"message": s.Page(c, "push.title").ErrorText(err)})
	}
	return err
}

// endPush ends the notifications of a device of the person's own account.
func (s *Door) endPush(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	if err := s.App.Accounts.EndPush(c.UserContext(), in, registry.PushID(c.Params("push"))); err != nil {
		return err
	}
	frame.Flash(c, "push.flash.ended")
	return c.Redirect("/tai-khoan#may-nhan-bao", fiber.StatusSeeOther)
}

// noteOpened notes that somebody opened a notification. Its id is known to the phone
// alone, so nobody has to be signed in.
func (s *Door) noteOpened(c *fiber.Ctx) error {
	var form struct {
		ID registry.MessageID `form:"id"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	if err := s.App.Accounts.NoteOpened(c.UserContext(), form.ID); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// sendPushWorker sends the service worker of notifications, or where they are switched
// off one that ends it.
func (s *Door) sendPushWorker(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set("Service-Worker-Allowed", pushScope)
	name := "js/pushsw.js"
	if !s.App.PushOn() {
		name = "js/pushswoff.js"
	}
	f, _ := static.Open(name)
	return c.SendString("self.pushIcon=\"" + static.URL("mark-180.png") + "\";\n" + string(f.Data))
}
