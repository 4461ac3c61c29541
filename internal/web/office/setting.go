package office

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// settingsPage is where the administrator sets the rules of the installation.
type settingsPage struct {
	view.Base
	view.Form
	Province view.Field
	Terms    []view.Field
	Filing   ruleTable
	Mail     mailTrial
	Version  int64
	Stale    *view.Stale
}

// ruleTable is a dated setting: a line for each rule, and room for new ones.
type ruleTable struct {
	Name, Legend, Hint, Fault string
	Columns                   []ruleColumn
	Lines                     []ruleLine
}

// ruleLine is a line of a dated setting.
type ruleLine []ruleCell

// Said is the line in words; nothing for an empty one.
func (l ruleLine) Said() string {
	var cells []string
	for _, cell := range l {
		cells = append(cells, cell.Value)
	}
	return view.SaidLine(cells...)
}

// ruleColumn is a column of a dated setting.
type ruleColumn struct{ Name, Label, Class, Mode string }

// ruleCell is a field of a line.
type ruleCell struct {
	ruleColumn
	Value string
}

// spareLines is how many empty lines a dated setting offers.
const spareLines = 1

// settingsForm is the form of the settings.
type settingsForm struct {
	Province    string      `form:"province"`
	OfferHours  view.Number `form:"offer_hours"`
	HoldMinutes view.Number `form:"hold_minutes"`
	OverdueDays view.Number `form:"overdue_days"`
	EraseDays   view.Number `form:"erase_days"`
	Shown       string      `form:"findings_shown"`
	FilingFrom  []string    `form:"filing_from" lines:"row"`
	FilingFirst []string    `form:"filing_earliest" lines:"row"`
	FilingEnd   []string    `form:"filing_latest" lines:"row"`
	FilingWait  []string    `form:"filing_answer" lines:"row"`
	FilingMend  []string    `form:"filing_change" lines:"row"`
	FilingTell  []string    `form:"filing_report" lines:"row"`
	FilingWays  []string    `form:"filing_ways" lines:"row"`
	FilingBasis []string    `form:"filing_basis" lines:"row"`
	Version     int64       `form:"version"`
	Over        int64       `form:"over"`
}

// showSettings shows the settings as they stand.
func (s *Door) showSettings(c *fiber.Ctx) error {
	in, _ := frame.Entered(c)
	return s.settingsPage(c, settingsSent{mailTo: in.Account.Email}, nil)
}

// settingsSent is what was sent from the page of the settings.
type settingsSent struct {
	form   *settingsForm // nil unless the settings were
	mailTo string
	trial  registry.MailTrial
}

// settingsPage shows the settings, or what was sent, with what went wrong.
func (s *Door) settingsPage(c *fiber.Ctx, sent settingsSent, fault error) error {
	set, err := s.App.Settings(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	p := settingsPage{Base: s.OfficePage(c, "setting.title"), Version: set.Version}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	form := settingsFormOf(set)
	if sent.form != nil {
		form, p.Version = *sent.form, sent.form.Version
	}
	provinces := s.App.Areas.Provinces(s.App.Today())
	p.fill(form, provinces)
	p.Mail = p.mailTrial(s, sent.mailTo, sent.trial)
	if view.IsStale(fault) {
		theirs := settingsPage{Base: p.Base}
		theirs.fill(settingsFormOf(set), provinces)
		p.Stale = view.NewStale(p.Base, set.Version, "/quan-ly/cai-dat", append(p.Terms, p.Province), append(theirs.Terms, theirs.Province))
		p.Stale.Compare(p.Filing.Legend, view.RowsSaid(p.Filing.Lines), view.RowsSaid(theirs.Filing.Lines))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "office/settings", p)
}

// settingsFormOf fills the form from the settings.
func settingsFormOf(set registry.Settings) settingsForm {
	f := settingsForm{Province: set.Province, OfferHours: view.NumberOf(set.OfferHours),
		HoldMinutes: view.NumberOf(set.HoldMinutes), OverdueDays: view.NumberOf(set.OverdueDays), EraseDays: view.NumberOf(set.EraseDays), Shown: set.FindingsShown}
	for _, r := range set.Filing {
		f.FilingFrom, f.FilingBasis = append(f.FilingFrom, vn.ShowDate(r.From)), append(f.FilingBasis, r.Basis)
		f.FilingFirst, f.FilingEnd = append(f.FilingFirst, strconv.Itoa(r.EarliestDays)), append(f.FilingEnd, strconv.Itoa(r.LatestDays))
		f.FilingWait, f.FilingMend = append(f.FilingWait, strconv.Itoa(r.AnswerDays)), append(f.FilingMend, strconv.Itoa(r.ChangeDays))
		f.FilingTell, f.FilingWays = append(f.FilingTell, strconv.Itoa(r.ReportDays)), append(f.FilingWays, r.Ways)
	}
	return f
}

func (p *settingsPage) fill(f settingsForm, provinces []registry.Area) {
	p.Province = p.TakeOne(view.Field{Name: "province", Type: "select", Label: p.T("setting.province"), Hint: p.T("setting.province_hint")})
	if f.Province == "" {
		p.Province.Options = []view.Option{{Label: p.T("setting.province_choose"), Selected: true}}
	}
	for _, area := range provinces {
		p.Province.Options = append(p.Province.Options, view.Option{Value: area.Ref.Code, Label: area.FullName(), Selected: area.Ref.Code == f.Province})
	}
	was := registry.DefaultSettings()
	p.Terms = p.Take(
		p.term("offer_hours", f.OfferHours, was.OfferHours, registry.OfferHoursRange),
		p.term("hold_minutes", f.HoldMinutes, was.HoldMinutes, registry.HoldMinutesRange),
		p.term("overdue_days", f.OverdueDays, was.OverdueDays, registry.OverdueDaysRange),
		p.eraseDays(f.EraseDays, was.EraseDays),
		view.Field{Name: "findings_shown", Type: "select", Label: p.T("setting.findings_shown"),
			Options: view.Options(p.Base, "setting.findings_shown.", registry.FindingsShownChoices, f.Shown)},
	)
	from := ruleColumn{"_from", p.T("setting.from"), "mid num", "numeric"}
	basis := ruleColumn{"_basis", p.T("setting.basis"), "", ""}
	p.Filing = p.table("filing", []ruleColumn{from, {"_earliest", p.T("setting.filing.earliest"), "short num", "numeric"},
		{"_latest", p.T("setting.filing.latest"), "short num", "numeric"}, {"_answer", p.T("setting.filing.answer"), "short num", "numeric"},
		{"_change", p.T("setting.filing.change"), "short num", "numeric"}, {"_report", p.T("setting.filing.report"), "short num", "numeric"},
		{"_ways", p.T("setting.filing.ways"), "", ""}, basis},
		f.FilingFrom, f.FilingFirst, f.FilingEnd, f.FilingWait, f.FilingMend, f.FilingTell, f.FilingWays, f.FilingBasis)
}

// term is the field of a number, with its bounds and what it was at release.
func (p *settingsPage) term(name string, n view.Number, release int, within registry.NumberRange) view.Field {
	return view.Field{Name: name, Type: "number", Label: p.T("setting." + name), Value: n.Typed,
		Hint: p.T("setting."+name+"_hint") + " " + p.T("setting.bounds", within.Least, within.Most, release)}
}

// eraseDays is the field of the days that an erasure of an account waits.
func (p *settingsPage) eraseDays(n view.Number, release int) view.Field {
	within := registry.EraseDaysRange
	return view.Field{Name: "erase_days", Type: "number", Label: p.T("setting.erase_days"), Value: n.Typed,
		Hint: p.T("setting.field.erase_days.hint") + " " + p.T("setting.bounds", within.Least, within.Most, release)}
}

// table lays the columns of a dated setting side by side.
func (p *settingsPage) table(name string, columns []ruleColumn, values ...[]string) ruleTable {
	t := ruleTable{Name: name, Legend: p.T("setting." + name), Hint: p.T("setting." + name + "_hint")}
	t.Fault = p.Part(name, t.Legend)
	for _, column := range columns {
		column.Name = name + column.Name
		t.Columns = append(t.Columns, column)
	}
	last := 0
	for i := range values[0] {
		for _, column := range values {
			if i < len(column) && column[i] != "" {
				last = i + 1
			}
		}
	}
	for i := range min(last+spareLines, registry.MaxDatedRules) {
		var line ruleLine
		for n, column := range t.Columns {
			cell := ruleCell{ruleColumn: column}
			if i < len(values[n]) {
				cell.Value = values[n][i]
			}
			line = append(line, cell)
		}
		t.Lines = append(t.Lines, line)
	}
	return t
}

// saveSettings stores the settings.
func (s *Door) saveSettings(c *fiber.Ctx) error {
	var form settingsForm
	unread, err := frame.BindOpen(c, &form)
	if err == nil {
		err = s.App.SaveSettings(c.UserContext(), frame.Actor(c), core.SettingsInput{Province: form.Province,
			OfferHours: form.OfferHours.N, HoldMinutes: form.HoldMinutes.N, Overdue: form.OverdueDays.N, EraseDays: form.EraseDays.N, FindingsShown: form.Shown, Unread: unread,
			FilingFrom: form.FilingFrom, FilingFirst: form.FilingFirst, FilingEnd: form.FilingEnd, FilingAnswer: form.FilingWait,
			FilingChange: form.FilingMend, FilingReport: form.FilingTell, FilingWays: form.FilingWays, FilingBasis: form.FilingBasis,
			Version: view.ReadAt(form.Version, form.Over)})
	}
	if err != nil {
		return s.settingsPage(c, settingsSent{form: &form}, err)
	}
	frame.Flash(c, "setting.flash.saved")
	return c.Redirect("/quan-ly/cai-dat", fiber.StatusSeeOther)
}
