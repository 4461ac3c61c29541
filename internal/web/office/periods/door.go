// Package periods is the door of what communes and branches report for parts of years: the
// overview of a period with its matrix, a report with its figures, the rows behind a figure; and of
// the papers of periods, of units and of series of sessions; and of the Word templates that offices
// have for papers, that of an event's result report too.
//
// The result report of a single event itself belongs to office/events.
package periods

import (
	"embed"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
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

const root = view.PeriodsRoot

// Routes are the pages of this door. They are also for whoever acts for a body, who has no right
// to plans: the room shows and takes the reports of the own bodies.
func (s *Door) Routes() []frame.Route {
	own := frame.Office(registry.ViewTasks)
	one := root + "/:sheet/:period"
	return append(append(s.seriesRoutes(), s.allTemplateRoutes(own)...), []frame.Route{
		frame.Get(root, own, s.showOverview),
		frame.Get(root+"/xuat/:form", own, s.export),
		frame.Get(archiveRoot+"/:year", frame.Office(registry.ManagePlan), s.sendArchive),
		frame.Get(paperRoot+"/:period", own, s.showPaper),
		frame.Get(paperRoot+"/:period/sua", frame.Office(registry.ManagePlan), s.editCover),
		frame.Post(paperRoot+"/:period/sua", frame.Office(registry.ManagePlan), s.saveCover),
		frame.Get(paperRoot+"/:period/tep/:form", own, s.paperFile),
		frame.Get(paperRoot+"/:period/so/:sheet/:figure", own, s.showPaperFigure),
		frame.Post(one+"/nhan", own, s.accept),
		frame.Post(one+"/khoa", own, s.lock),
		frame.Post(one+"/cho-nop", own, s.exceptMany),
		frame.Get(one+"/:unit", own, s.showReport),
		frame.Get(one+"/:unit/dong/:figure", own, s.showRows),
		frame.Get(one+"/:unit"+unitPaperPath, own, s.showUnitPaper),
		frame.Get(one+"/:unit"+unitPaperPath+"/sua", own, s.editUnitCover),
		frame.Post(one+"/:unit"+unitPaperPath+"/sua", own, s.saveUnitCover),
		frame.Get(one+"/:unit"+unitPaperPath+"/tep/:form", own, s.unitPaperFile),
		frame.Post(one+"/:unit/luu", own, s.keep),
		frame.Post(one+"/:unit/nop", own, s.submit),
		frame.Post(one+"/:unit/tra-lai", own, s.giveBack),
		frame.Post(one+"/:unit/cho-nop", own, s.except),
		frame.Post(one+"/:unit/het-phep", own, s.endException),
		frame.Post(one+"/:unit/bo-sung", own, s.addendum),
	}...)
}

// keyOf is the report that an address names; NotFound for what is none.
func keyOf(c *fiber.Ctx) (period.Key, error) {
	p, ok := period.Parse(c.Params("period"))
	if !ok {
		return period.Key{}, registry.E(registry.NotFound, "error.not_found")
	}
	return period.Key{Form: period.FormCode(c.Params("sheet")), Period: p, Unit: c.Params("unit")}, nil
}

func href(k period.Key) string {
	return root + "/" + string(k.Form) + "/" + k.Period.String() + "/" + view.QueryEscape(k.Unit)
}

// overviewHref is the overview of the period of a report.
func overviewHref(k period.Key, province registry.AreaRef) string {
	return view.Query(root, "bieu", string(k.Form), "ky", k.Period.String(), "tinh", province.String())
}

// stateTones and stateIcons are how a state looks.
var (
	stateTones = map[period.State]string{period.Open: "wait", period.Returned: "stop", period.Submitted: "star", period.Accepted: "go", period.Locked: "off"}
	stateIcons = map[period.State]string{period.Open: "pencil", period.Returned: "rotate-ccw", period.Submitted: "inbox", period.Accepted: "circle-check", period.Locked: "lock"}
)

func stateChip(b view.Base, s period.State) view.Chip {
	return view.Chip{Class: stateTones[s], Icon: stateIcons[s], Label: b.T("period.state." + string(s))}
}

// periodName is a period as people call it: "Sáu tháng đầu năm 2026".
func periodName(b view.Base, p period.Period) string {
	if p.Part == period.WholeYear {
		return b.T("period.year", fmt.Sprint(p.Year))
	}
	return b.T("period.of_year", b.T("period.part."+string(p.Part)), fmt.Sprint(p.Year))
}

// shown is a figure as people read it: "–" for one that is not known.
func shown(b view.Base, f period.Figure, v period.Values) string {
	value, known := v[f.Code]
	switch {
	case value.Withheld:
		return b.T("period.withheld_short")
	case !known:
		return "–"
	case f.Unit == period.Share:
		return fmt.Sprintf("%d,%d %%", value.N/10, value.N%10)
	case f.Unit == period.Dong:
		return vn.Dong(value.N)
	}
	return vn.Count(value.N)
}

// flashAnd leaves a word for the next page and goes there.
func flashAnd(c *fiber.Ctx, key, to string) error {
	frame.Flash(c, key)
	return c.Redirect(to, fiber.StatusSeeOther)
}
