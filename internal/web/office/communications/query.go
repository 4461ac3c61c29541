package communications

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/communications"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rowsShown is how many entries a page of the register has.
const rowsShown = 50

// firstYear is the year in which the campaign began.
const firstYear = 2009

// The lists of the register beside the newest entries.
const (
	showUp      = "con-treo"
	showNoPhoto = "thieu-anh"
	showAsked   = "da-hoi"
)

// asked is what the address of the register asks for.
type asked struct {
	year, quarter, page                              int
	channel, area, audience, body, event, task, show string
}

// readAsked reads an address; what says nothing is told on the page.
func (s *Door) readAsked(c *fiber.Ctx) asked {
	now, _ := strconv.Atoi(s.App.Today()[:4])
	a := asked{year: now, audience: string(frame.OneOf(c, "doi-tuong", committee.Audiences...)),
		show: frame.OneOf(c, "xem", showUp, showNoPhoto, showAsked)}
	if year := view.SmallNumber(c.Query("nam"), now+1); year >= firstYear {
		a.year = year
	} else {
		frame.AskedIf(c, "nam", false)
	}
	a.quarter, _ = strconv.Atoi(frame.OneOf(c, "quy", "1", "2", "3", "4"))
	if a.page = view.SmallNumber(c.Query("trang"), 10_000); a.page == 0 {
		frame.AskedIf(c, "trang", false)
	}
	a.channel, a.body, a.event, a.task = c.Query("kenh"), c.Query("co-quan"), c.Query("su-kien"), c.Query("nhiem-vu")
	_, known := s.App.Areas.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: c.Query("don-vi")})
	a.area = frame.AskedIf(c, "don-vi", known)
	return a
}

// query is the same for the room.
func (a asked) query() communications.Query {
	f := committee.CommunicationFilter{Channel: committee.ChannelID(a.channel), Area: a.area, Audience: committee.Audience(a.audience),
		Body: registry.BodyID(a.body), Event: registry.EventID(a.event), Task: registry.TaskID(a.task),
		Up: a.show == showUp, NoPhoto: a.show == showNoPhoto, Asked: a.show == showAsked, Skip: a.page * rowsShown, Limit: rowsShown}
	return communications.Query{Year: a.year, Quarter: a.quarter, Filter: f}
}

// href is the address that asks for it.
func (a asked) href() string {
	return view.Query(root, "nam", yearText(a.year), "quy", yearText(a.quarter), "kenh", a.channel, "don-vi", a.area, "doi-tuong", a.audience,
		"co-quan", a.body, "su-kien", a.event, "nhiem-vu", a.task, "xem", a.show, "trang", yearText(a.page))
}

// with is the address that asks for something else too, from its first page on.
func (a asked) with(change func(*asked)) string {
	a.page = 0
	change(&a)
	return a.href()
}
