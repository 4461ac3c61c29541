package public

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// visitPage is what a visitor's phone opens from the poster at a gate.
type visitPage struct {
	view.Base
	admission.Arrival
	Place     string
	Hours     string // of today
	When      string // the event's days, where today is none of them
	Banner    *view.Notice
	Programme []view.ProgrammeDay
	Vendors   []view.VendorRow
	Arrived   bool
	Phone     string // random value for a phone that has none yet
}

// visitCookie holds a phone's random value for one event, under /c alone: events
// cannot be told to be of the same phone.
func visitCookie(v admission.Arrival) string {
	return "v" + strconv.FormatUint(uint64(v.Event.Number), 10)
}

// arrival is the visitor at the gate whose code the address holds.
func (s *Door) arrival(c *fiber.Ctx) (v admission.Arrival, err error) {
	err = s.App.Seek(s.seeker(c), func() (err error) {
		v, err = s.App.Admission.Arrival(c.UserContext(), c.Params("code"))
		return err
	})
	return v, err
}

// showArrival shows the event behind a gate poster, as it is today.
func (s *Door) showArrival(c *fiber.Ctx) error {
	v, err := s.arrival(c)
	if err != nil {
		return err
	}
	p := visitPage{Base: s.PublicNav(c, s.Titled(c, v.Event.Title)), Arrival: v, Phone: c.Cookies(visitCookie(v))}
	p.Description = v.Event.Summary
	if p.Arrived, err = s.App.Admission.HasArrived(c.UserContext(), v, p.Phone); err != nil {
		return err
	}
	if p.Phone == "" {
		p.Phone = admission.NewPhone()
	}
	vendors, err := s.App.Booths.EventVendors(c.UserContext(), v.Event)
	if err != nil {
		return err
	}
	p.Vendors = vendorRows(p.Foreign(), vendors)
	p.Place, p.When = s.App.Events.EventPlace(v.Event).Name, vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn)
	if d, ok := v.Event.Day(v.Day); ok {
		p.Hours = view.HoursLine(d)
	}
	shown := v.Event
	shown.Items = v.Items
	p.Programme, p.Banner = p.ProgrammeDays(shown), banner(p.Base, v.Event)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.Render(c, frame.LayoutPublic, "public/visit", p)
}

// countVisit counts "Tôi đã đến". The random value comes back in a cookie that this
// page alone sees, or from the form of a phone that has tapped for the first time;
// so a second press of the same page counts nothing.
func (s *Door) countVisit(c *fiber.Ctx) error {
	var form struct {
		Phone string `form:"phone"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	v, err := s.arrival(c)
	if err != nil {
		return err
	}
	phone := form.Phone
	if kept := c.Cookies(visitCookie(v)); kept != "" {
		phone = kept
	}
	if _, err := s.App.Admission.Arrive(c.UserContext(), v, phone, s.ClientNet(c)); err != nil {
		return err
	}
	// Max-Age and no date: a phone's own clock may be wrong.
	left := (v.Event.EndsAt + 24*registry.HourMS - s.App.NowMS()) / 1000
	c.Cookie(&fiber.Cookie{Name: visitCookie(v), Value: phone, Path: "/c", HTTPOnly: true, Secure: s.Config.HTTPS(),
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: int(max(left, 1))})
	return c.Redirect("/c/"+v.Gate.Code, fiber.StatusSeeOther)
}
