package booths

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
)

// boothLeave asks before a booth is taken back: what follows, and the passes that
// die.
type boothLeave struct {
	Effects []string
	Dying   []frame.PassRow
}

// askLeave asks whether to take the open booth back, if somebody has it.
func (s *Door) askLeave(c *fiber.Ctx, p *boothsPage) error {
	if p.Shown == nil || !p.MayEdit || p.Shown.State != registry.BoothAssigned {
		return nil
	}
	x, err := s.App.Booths.BoothEffect(c.UserContext(), frame.Actor(c), booths.BoothRef{Event: p.Event.ID, Booth: p.Shown.ID})
	if err != nil {
		return err
	}
	p.Shown.Leave = &boothLeave{Dying: frame.ShowPassRows(p.Base, x.Dying), Effects: []string{
		p.T("booth.leave.vendor", p.Shown.Vendor.Name, x.Left), frame.WillTell(p.Base, x.Effect), p.T("booth.leave.back"), p.T("booth.leave.passes", x.Passes)}}
	return nil
}
