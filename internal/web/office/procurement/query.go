package procurement

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/procurement"
	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// rowsShown is how many rows a page of a register has.
const rowsShown = 50

// yearText writes a year, or a page, for an address.
func yearText(year int) string { return strconv.Itoa(year) }

// asked is what the address of the register asks for.
type asked struct {
	year                    int
	part, group, body, area string
	page                    int
}

// askedYear reads the year of an address, this year where it says none that can be.
func (s *Door) askedYear(c *fiber.Ctx) int {
	now, _ := strconv.Atoi(s.App.Today()[:4])
	if c.Query("nam") == "" {
		return now
	}
	year, err := strconv.Atoi(c.Query("nam"))
	if frame.AskedIf(c, "nam", err == nil && year >= committee.FirstPlanYear && year <= committee.LastPlanYear) == "" {
		return now
	}
	return year
}

// readAsked reads an address; what says nothing is told on the page.
func (s *Door) readAsked(c *fiber.Ctx) asked {
	a := asked{year: s.askedYear(c), part: string(frame.OneOf(c, "ky", committee.Parts[:len(committee.Parts)-1]...)), group: c.Query("nhom"), body: c.Query("co-quan")}
	if a.page = view.SmallNumber(c.Query("trang"), 10_000); a.page == 0 {
		frame.AskedIf(c, "trang", false)
	}
	_, known := s.App.Areas.Lookup(frame.TodaysUnit(c.Query("don-vi")))
	a.area = frame.AskedIf(c, "don-vi", known)
	return a
}

// period is the period that is asked for.
func (a asked) period() committee.Period {
	if a.part == "" {
		return committee.Period{Year: a.year, Part: committee.WholeYear}
	}
	return committee.Period{Year: a.year, Part: committee.Part(a.part)}
}

// query is the same for the room.
func (a asked) query() procurement.Query {
	return procurement.Query{Period: a.period(), Filter: committee.ProcurementFilter{Area: a.area, Group: committee.GoodsGroupID(a.group),
		Body: registry.BodyID(a.body), Skip: a.page * rowsShown, Limit: rowsShown}}
}

// href is the address that asks for it.
func (a asked) href() string {
	page := ""
	if a.page > 0 {
		page = yearText(a.page)
	}
	return view.Query(root, "nam", yearText(a.year), "ky", a.part, "nhom", a.group, "co-quan", a.body, "don-vi", a.area, "trang", page)
}

// with is the address that asks for something else too, from its first page on.
func (a asked) with(change func(*asked)) string {
	a.page = 0
	change(&a)
	return a.href()
}
