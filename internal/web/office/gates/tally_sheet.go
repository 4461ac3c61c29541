package gates

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/admission"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// tallyPage is a tally sheet as it is typed in: all hours of a gate and a day.
type tallyPage struct {
	paperHead
	admission.TallySheet
	Lines              []tallyLine
	SumAdults, SumKids string
}

// tallyLine is an hour of the sheet with what was typed.
type tallyLine struct {
	Hour                  int
	Label                 string
	Adults, Children      string
	AdultsErr, ChildrenEr string
}

// sheetForm is the form of a tally sheet. The columns go hour by hour.
type sheetForm struct {
	Day      string   `form:"day"`
	Gate     int      `form:"gate"`
	Version  string   `form:"version"`
	Hour     []string `form:"hour" lines:"row"`
	Adults   []string `form:"adults" lines:"row"`
	Children []string `form:"children" lines:"row"`
}

func (f *sheetForm) input() (admission.TallySheetInput, error) {
	in := admission.TallySheetInput{GateQuery: admission.GateQuery{Day: f.Day, Gate: f.Gate}, Version: f.Version, Adults: f.Adults, Children: f.Children}
	for _, text := range f.Hour {
		hour, err := strconv.Atoi(text)
		if err != nil {
			return in, registry.E(registry.Malformed, "error.malformed")
		}
		in.Hours = append(in.Hours, hour)
	}
	return in, nil
}

// showTallySheet shows the tally sheet of a gate and a day to type in.
func (s *Door) showTallySheet(c *fiber.Ctx) error { return s.tallySheet(c, sheetForm{}, nil) }

func (s *Door) tallySheet(c *fiber.Ctx, form sheetForm, fault error) error {
	sheet, err := s.App.Admission.TallySheet(c.UserContext(), frame.Actor(c), frame.EventParam(c), gateQuery(c))
	if err != nil {
		return err
	}
	p := tallyPage{paperHead: s.paperHead(c, &sheet.GateList, "tally.title", "/phieu-dem"), TallySheet: sheet}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.fill(&form)
	return s.RenderStatus(c, status, frame.LayoutOffice, "gates/tally_sheet", p)
}

// fill makes the lines: what was typed, or what is stored.
func (p *tallyPage) fill(form *sheetForm) {
	var adults, kids int
	for i, h := range p.Hours {
		n := strconv.Itoa(h.Hour)
		l := tallyLine{Hour: h.Hour, Label: strconv.Itoa(h.Hour) + "–" + strconv.Itoa(h.Hour+1) + "h", Adults: countOrNothing(h.Adults),
			Children: countOrNothing(h.Children)}
		l.AdultsErr = p.Part("adults-"+n, l.Label+", "+p.T("tally.adults"))
		l.ChildrenEr = p.Part("children-"+n, l.Label+", "+p.T("tally.children"))
		if i < len(form.Hour) && form.Hour[i] == n && i < len(form.Adults) && i < len(form.Children) {
			l.Adults, l.Children = form.Adults[i], form.Children[i]
		}
		p.Lines = append(p.Lines, l)
		adults, kids = adults+h.Adults, kids+h.Children
	}
	p.SumAdults, p.SumKids = vn.Count(int64(adults)), vn.Count(int64(kids))
}

func countOrNothing(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// saveTallySheet stores what a sheet says.
func (s *Door) saveTallySheet(c *fiber.Ctx) error {
	var form sheetForm
	if err := frame.Bind(c, &form); err != nil {
		return s.tallySheet(c, form, err)
	}
	in, err := form.input()
	if err != nil {
		return err
	}
	changed, err := s.App.Admission.SaveTallySheet(c.UserContext(), frame.Actor(c), frame.EventParam(c), in)
	if err != nil {
		return s.tallySheet(c, form, err)
	}
	if changed == 0 {
		frame.Flash(c, "tally.flash.same")
	} else {
		frame.Flash(c, "tally.flash.saved")
	}
	return c.Redirect(view.GateRoot(frame.EventParam(c))+"/phieu-dem?ngay="+view.QueryEscape(form.Day)+"&cong="+strconv.Itoa(form.Gate), fiber.StatusSeeOther)
}
