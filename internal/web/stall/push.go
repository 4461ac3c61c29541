package stall

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// awaited are the states of an application after which something is still to be told.
var awaited = map[registry.ApplicationState]bool{registry.AppSubmitted: true, registry.AppWaitlisted: true, registry.AppOffered: true,
	registry.AppNeedsInfo: true, registry.AppApproved: true}

// askPush offers notifications on this device while something about an application is
// still to be told.
func (s *Door) askPush(c *fiber.Ctx, p *applicationPage) (err error) {
	if !awaited[p.State] {
		return nil
	}
	in, _ := frame.SignedIn(c)
	p.PushAsk, err = s.PushAsk(c, p.Base, in.Account.Email != "" || p.Vendor.Email != "")
	return err
}
