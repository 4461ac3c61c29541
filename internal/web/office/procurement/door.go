// Package procurement is the door of what the campaign does for producers with public money:
// the register of what bodies buy out of the budget, with those that have not reported, the
// form of a report for desks and phones, groups of goods; support to producers; buyers and
// producers brought together.
//
// What an event or a plan costs has a door of its own, office/costs.
package procurement

import (
	"embed"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/committee"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// Door answers the requests of this door.
type Door struct{ *frame.Server }

// New makes the door of a server.
func New(s *frame.Server) *Door { return &Door{s} }

// Pages are the pages of this door.
//
//go:embed html
var Pages embed.FS

// Where the pages of procurement stand.
const (
	root      = "/quan-ly/mua-sam"
	enterRoot = root + "/ghi"
	groupRoot = root + "/nhom-hang"
)

func reportHref(id registry.ProcurementID) string { return root + "/" + string(id) }

func reportParam(c *fiber.Ctx) registry.ProcurementID {
	return registry.ProcurementID(c.Params("report"))
}

// groupName is the name of a group of goods in the language of the page.
func groupName(b view.Base, g committee.GoodsGroup) string {
	if g.BuiltIn() {
		return b.T("goods_group.name." + string(g.ID))
	}
	return g.Name
}

// periodName is a period in words: "Quý 3 năm 2026".
func periodName(b view.Base, p committee.Period) string {
	if p.Part == committee.WholeYear {
		return b.T("register.whole_year", yearText(p.Year))
	}
	return b.T("period.of_year", b.T("period.part."+string(p.Part)), yearText(p.Year))
}

// perCent is a share in words; "–" where nothing was bought.
func perCent(b view.Base, part, whole int64) string {
	share, ok := committee.Share(part, whole)
	if !ok {
		return "–"
	}
	return b.T("procurement.per_cent", share/10, share%10)
}

// Routes are the pages of this door. Those of procurement are also for whoever acts for a
// body, who has no right to plans: the room shows and takes what is of the own bodies.
func (s *Door) Routes() []frame.Route {
	own, reads, manages := frame.Office(registry.ViewTasks), frame.Office(registry.ViewPlan), frame.Office(registry.ManagePlan)
	return []frame.Route{
		frame.Get(root, own, s.showRegister),
		frame.Get(enterRoot, own, s.showEnter),
		frame.Post(enterRoot, own, s.enter),
		frame.Post(root+"/chot", manages, s.closePeriod),
		frame.Post(root+"/mo-lai", manages, s.reopenPeriod),
		frame.Get(groupRoot, manages, s.showGroups),
		frame.Post(groupRoot, manages, s.addGroup),
		frame.Post(groupRoot+"/:group/thoi", manages, s.retireGroup(true)),
		frame.Post(groupRoot+"/:group/dung-lai", manages, s.retireGroup(false)),
		frame.Get(root+"/xuat/:form", own, s.export),
		frame.Get(root+"/:report", own, s.showReport),
		frame.Get(root+"/:report/sua", own, s.showFix),
		frame.Post(root+"/:report/sua", own, s.fix),
		frame.Post(root+"/:report/gach", own, s.strike),
		frame.Get(root+"/:report/anh/:size?", own, s.photo),
		frame.Get(supportRoot, reads, s.showSupports),
		frame.Get(supportRoot+"/ghi", manages, s.showEnterSupport),
		frame.Post(supportRoot+"/ghi", manages, s.enterSupport),
		frame.Get(supportRoot+"/xuat/:form", reads, s.exportSupports),
		frame.Get(matchingRoot, reads, s.showMatchings),
		frame.Get(matchingRoot+"/ghi", manages, s.showEnterMatching),
		frame.Post(matchingRoot+"/ghi", manages, s.enterMatching),
		frame.Get(matchingRoot+"/xuat/:form", reads, s.exportMatchings),
		frame.Get(matchingRoot+"/:matching", reads, s.showMatching),
		frame.Get(matchingRoot+"/:matching/sua", manages, s.showEditMatching),
		frame.Post(matchingRoot+"/:matching/sua", manages, s.saveMatching),
		frame.Post(matchingRoot+"/:matching/theo-doi/:months", manages, s.tell),
		frame.Post(matchingRoot+"/:matching/gach", manages, s.strikeMatching(false)),
		frame.Post(matchingRoot+"/:matching/tinh-lai", manages, s.strikeMatching(true)),
		frame.Get(supportRoot+"/:support", reads, s.showSupport),
		frame.Get(supportRoot+"/:support/sua", manages, s.showEditSupport),
		frame.Post(supportRoot+"/:support/sua", manages, s.saveSupport),
		frame.Post(supportRoot+"/:support/gach", manages, s.strikeSupport(false)),
		frame.Post(supportRoot+"/:support/tinh-lai", manages, s.strikeSupport(true)),
	}
}
