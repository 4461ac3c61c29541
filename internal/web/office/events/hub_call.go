package events

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/lifecycle"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
)

// hubCall is somebody whom a next step names, with the number to dial.
type hubCall struct {
	Name string
	dial
}

// hubCalls are whom the steps name: who has not been told news, who has not told its sales.
type hubCalls struct{ news, sales []hubCall }

// hubCallsShown is how many of them a step offers to call; its page has the others.
const hubCallsShown = 3

// hubCalls reads whom the next steps name, for who may call them.
func (s *Door) hubCalls(c *fiber.Ctx, d lifecycle.EventDesk) (calls hubCalls, err error) {
	if d.ToCall > 0 {
		list, err := s.App.Vendors.CallList(c.UserContext(), frame.Actor(c), d.Event.ID)
		if err != nil {
			return calls, err
		}
		for _, l := range list.ToCall {
			if len(l.Phones) > 0 {
				calls.news = append(calls.news, hubCall{l.Name, dial{vn.ShowPhone(l.Phones[0]), l.Phones[0]}})
			}
		}
	}
	if d.Work.Sales > 0 {
		desk, err := s.App.Reports.MissingSales(c.UserContext(), frame.Actor(c), d.Event.ID)
		if err != nil {
			return calls, err
		}
		for _, m := range desk.Missing() {
			if m.Phone != "" {
				calls.sales = append(calls.sales, hubCall{m.VendorName, dial{vn.ShowPhone(m.Phone), m.Phone}})
			}
		}
	}
	calls.news, calls.sales = calls.news[:min(len(calls.news), hubCallsShown)], calls.sales[:min(len(calls.sales), hubCallsShown)]
	return calls, nil
}
