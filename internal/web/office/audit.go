package office

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/core"
	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// auditPage is the audit log with its filter.
type auditPage struct {
	view.Base
	view.Form
	Query  auditQuery
	Fields []view.Field
	Chips  []auditChip
	Lines  []auditLine
	Next   string
}

// auditLine is one line as the page shows it.
type auditLine struct {
	Seq       int64
	When      string
	Who       string
	WhoHref   string
	Action    string
	Thing     string
	ThingHref string // page of the thing in the office; empty where it has none
	OnlyHref  string // the log of this thing alone
	Details   []view.SummaryRow
	Raw       string // as recorded, with long numbers masked
}

// auditChip is a part of the filter that can be taken off.
type auditChip struct{ Label, Href string }

// auditQuery is the filter as it stands in the address.
type auditQuery struct {
	Object, ID, Account string
	From, Until         string // days as they were typed
}

const auditRoot = "/quan-ly/nhat-ky"

// href is the address of the log with this filter, from before a line on.
func (q auditQuery) href(before int64) string {
	v := url.Values{}
	for name, value := range map[string]string{"loai": q.Object, "ma": q.ID, "nguoi": q.Account, "tu": q.From, "den": q.Until} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if before > 0 {
		v.Set("truoc", strconv.FormatInt(before, 10))
	}
	if len(v) == 0 {
		return auditRoot
	}
	return auditRoot + "?" + v.Encode()
}

// auditObjects are the concepts that the log can be narrowed to.
var auditObjects = []string{"account", "event", "vendor", "product", "certificate", "application", "booth", "pass", "key", "device", "tip", "sales", "report", "communication", "channel", "plan", "task", "body", "place", "survey", "procurement", "goods_group", "support", "matching", "cost", "supervision", "inspection", "round", "period", "log", "personal", "keep", "setting"}

// readAudit reads what the address of the log asks for.
func readAudit(c *fiber.Ctx) auditQuery {
	return auditQuery{Object: frame.OneOf(c, "loai", auditObjects...), ID: c.Query("ma"), Account: c.Query("nguoi"), From: c.Query("tu"), Until: c.Query("den")}
}

// showAudit shows who did what, newest first. A day that is none is told at its
// field, and the lines come without it.
func (s *Door) showAudit(c *fiber.Ctx) error {
	q := readAudit(c)
	before, err := strconv.ParseInt(cmp.Or(c.Query("truoc"), "0"), 10, 64)
	if err != nil || before < 0 { // from the newest
		before = 0
		frame.CannotRead(c, "truoc")
	}
	f := core.AuditFilter{Object: q.Object, ID: q.ID, Account: registry.AccountID(q.Account), Before: before, Limit: 50}
	fault := q.days(s.App.Today(), &f)
	lines, err := s.App.Audit(c.UserContext(), frame.Actor(c), f)
	if err != nil {
		return err
	}
	names, err := s.App.AuditNames(c.UserContext(), frame.Actor(c), lines)
	if err != nil {
		return err
	}
	p := auditPage{Base: s.OfficePage(c, "audit.title"), Query: q}
	texts, _ := view.FaultTexts(p.Base, fault)
	p.Form = view.NewForm(&p.Base, texts)
	p.fillFilter()
	words := auditWords{p.Base, s.PlaceName, names}
	p.fillChips(words, lines)
	opens, err := s.reviewable(c, lines)
	if err != nil {
		return err
	}
	for _, l := range lines {
		line := words.line(frame.Actor(c), l, q)
		if l.Object == "application" && !opens[registry.ApplicationID(l.ID)] {
			line.ThingHref = ""
		}
		p.Lines = append(p.Lines, line)
	}
	if len(lines) == f.Limit {
		p.Next = q.href(lines[len(lines)-1].Seq)
	}
	status := fiber.StatusOK
	if len(texts) > 0 {
		status = fiber.StatusUnprocessableEntity
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "office/audit", p)
}

// reviewable are the applications of lines that the reader may open: not the drafts of
// vendors.
func (s *Door) reviewable(c *fiber.Ctx, lines []registry.AuditEntry) (map[registry.ApplicationID]bool, error) {
	var ids []registry.ApplicationID
	for _, l := range lines {
		if l.Object == "application" {
			ids = append(ids, registry.ApplicationID(l.ID))
		}
	}
	return s.App.Booths.Reviewable(c.UserContext(), frame.Actor(c), ids)
}

// days puts the days of the filter into f, both included. Invalid at the field.
func (q auditQuery) days(today string, f *core.AuditFilter) error {
	var faults registry.Faults
	day := func(field, typed string) string {
		if strings.TrimSpace(typed) == "" {
			return ""
		}
		date, err := vn.ParsePastDate(typed, today)
		if err != nil {
			faults.Add(field, err.Error())
		}
		return date
	}
	from, until := day("tu", q.From), day("den", q.Until)
	if from != "" && until != "" && until < from {
		faults.Add("den", "audit.fault.order")
		until = ""
	}
	if t, ok := vn.InstantOf(from, 0); ok {
		f.FromAt = t.UnixMilli()
	}
	if t, ok := vn.InstantOf(vn.AddDays(until, 1), 0); until != "" && ok {
		f.UntilAt = t.UnixMilli()
	}
	return faults.Err()
}

// fillFilter makes the form of the filter.
func (p *auditPage) fillFilter() {
	kind := view.Field{Name: "loai", Type: "select", Label: p.T("audit.object"), Options: []view.Option{{Label: p.T("audit.all")}}}
	for _, o := range auditObjects {
		kind.Options = append(kind.Options, view.Option{Value: o, Label: p.T("audit.object." + o), Selected: o == p.Query.Object})
	}
	p.Fields = p.Take(kind,
		view.Field{Name: "tu", Type: "date", Label: p.T("audit.from"), Value: p.Query.From},
		view.Field{Name: "den", Type: "date", Label: p.T("audit.until"), Value: p.Query.Until})
}

// fillChips names the person and the thing that the log is narrowed to. They are
// known by the lines, so that an id in the address tells nobody a name.
func (p *auditPage) fillChips(words auditWords, lines []registry.AuditEntry) {
	person, thing := p.Query.Account, p.Query.ID
	if len(lines) > 0 {
		person, thing = words.who(lines[0]), words.thing(lines[0])
	}
	if p.Query.Account != "" {
		without := p.Query
		without.Account = ""
		p.Chips = append(p.Chips, auditChip{p.T("audit.person", person), without.href(0)})
	}
	if p.Query.ID != "" {
		without := p.Query
		without.ID = ""
		p.Chips = append(p.Chips, auditChip{p.T("audit.thing", thing), without.href(0)})
	}
}

// line puts a line into words. The links to one person and one thing keep the days.
func (w auditWords) line(reader registry.Actor, e registry.AuditEntry, q auditQuery) auditLine {
	l := auditLine{Seq: e.Seq, When: view.ShowInstant(e.At), Who: w.who(e), Action: w.action(e.Action), Thing: w.thing(e), Details: w.details(e)}
	if e.Account != "" && q.Account == "" {
		l.WhoHref = auditQuery{Account: string(e.Account), From: q.From, Until: q.Until}.href(0)
	}
	if e.ID != "" && q.ID == "" {
		l.OnlyHref = auditQuery{Object: e.Object, ID: e.ID, From: q.From, Until: q.Until}.href(0)
	}
	l.ThingHref = w.page(reader, e)
	if e.Detail != "[]" {
		l.Raw = maskCodes(e.Detail)
	}
	return l
}

// action names what was done; what has no name keeps its own.
func (w auditWords) action(action string) string {
	if key := "audit.action." + action; i18n.Has(key) {
		return w.T(key)
	}
	return action
}

// who names who did it: a person, a phone, the system, or nobody signed in.
func (w auditWords) who(e registry.AuditEntry) string {
	system := "audit.system." + strings.ReplaceAll(strings.TrimPrefix(e.Name, "system: "), " ", "_")
	switch {
	case e.Account == "" && e.Name == "":
		return w.T("audit.nobody")
	case e.Account == "" && !strings.HasPrefix(e.Action, "device.") && i18n.Has(system):
		return w.T(system)
	}
	return e.Name
}

// thing names what it was done to.
func (w auditWords) thing(e registry.AuditEntry) string {
	kind := e.Object
	if key := "audit.object." + e.Object; i18n.Has(key) {
		kind = w.T(key)
	}
	if event, vendor, ok := strings.Cut(e.ID, "/"); ok && w.names[vendor] != "" {
		return w.names[vendor] + " · " + w.names[event]
	}
	switch name := w.names[e.ID]; {
	case name != "":
		return maskCodes(name)
	case e.Object == "key":
		return kind + " " + strings.ToUpper(strings.TrimPrefix(e.ID, "key-"))
	case e.Object == "setting" || e.ID == "":
		return kind
	}
	return w.T("audit.gone", kind)
}

// auditPages are the pages of things in the office, and who may open them.
var auditPages = map[string]struct {
	right        registry.Right
	before, tail string
}{
	"event":       {registry.ViewOffice, "/quan-ly/su-kien/", ""},
	"vendor":      {registry.ViewOffice, "/quan-ly/co-so/", ""},
	"application": {registry.ReviewApplications, "/quan-ly/don/", ""},
	"account":     {registry.ManageUsers, "/quan-ly/nguoi-dung/", ""},
	"tip":         {registry.ManageTips, "/quan-ly/phan-anh/", ""},
	"report":      {registry.ViewFigures, "/quan-ly/su-kien/", view.EventReport},
	"plan":        {registry.ViewPlan, "/quan-ly/ke-hoach/", ""},
	"task":        {registry.ViewPlan, "/quan-ly/nhiem-vu/", ""},
	"body":        {registry.ViewPlan, "/quan-ly/co-quan/", ""},
	"place":       {registry.ViewPlan, "/quan-ly/diem-ban/", ""},
	"survey":      {registry.ViewPlan, "/quan-ly/khao-sat/", ""},
	"procurement": {registry.ViewTasks, "/quan-ly/mua-sam/", ""},
	"supervision": {registry.ViewTasks, "/quan-ly/giam-sat/", ""},
	"personal":    {registry.ManageSettings, "/quan-ly/du-lieu-ca-nhan/", ""},
	"keep":        {registry.ManageSettings, "/quan-ly/luu-giu/", ""},
	"support":     {registry.ViewPlan, "/quan-ly/ho-tro/", ""},
	"cost":        {registry.ViewPlan, "/quan-ly/kinh-phi/", ""},
	"matching":    {registry.ViewPlan, "/quan-ly/ho-tro/ket-noi/", ""},
}

// page is the address of the thing in the office; "" where it has none.
func (w auditWords) page(reader registry.Actor, e registry.AuditEntry) string {
	at, ok := auditPages[e.Object]
	if !ok || w.names[e.ID] == "" || !reader.CanSomewhere(at.right) {
		return ""
	}
	return at.before + url.PathEscape(e.ID) + at.tail
}
