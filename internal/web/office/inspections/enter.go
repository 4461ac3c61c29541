package inspections

import (
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"hoicho/internal/app/inspections"
	"hoicho/internal/inspection"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// enterForm is a record on paper as it is typed.
type enterForm struct {
	Client    string   `form:"client"`
	Kind      string   `form:"kind"`
	Of        string   `form:"of"` // kind of subject
	Event     string   `form:"event"`
	Recheck   string   `form:"recheck"`
	Checklist string   `form:"checklist"`
	Round     string   `form:"round"`
	Day       string   `form:"day"`
	Booth     string   `form:"booth"`
	Vendor    string   `form:"vendor"` // name, tax code
	Body      string   `form:"body"`
	Goods     string   `form:"goods"`
	AreaText  string   `form:"area"`
	Area      string   `form:"area_ref"`
	Place     string   `form:"place"`
	People    string   `form:"people" lines:"many"`
	Present   string   `form:"present"`
	Items     []string `form:"item" lines:"row"`
	Answers   []string `form:"answer" lines:"row"`
	Notes     []string `form:"item_note" lines:"row"`
	Remedies  []string `form:"remedy" lines:"row"`
	Dues      []string `form:"item_due" lines:"row"`
	Holds     []string `form:"hold" lines:"row"`
	Words     string   `form:"found_words"`
	Remedy    string   `form:"found_remedy"`
	Due       string   `form:"found_due"`
	Found     []string `form:"finding" lines:"row"`
	Done      []string `form:"done" lines:"row"`
	Opinion   string   `form:"opinion" lines:"many"`
	Refusal   string   `form:"refusal"`
	Witnesses string   `form:"witnesses" lines:"many"`
	Note      string   `form:"note" lines:"many"`
	Tasks     []string `form:"task"`
}

// holdsBooth is the answer that a finding holds the booth.
const holdsBooth = "1"

func cell(column []string, i int) string {
	if i < len(column) {
		return column[i]
	}
	return ""
}

// input is the form as the room takes it.
func (f enterForm) input() inspections.HandIn {
	in := inspections.HandIn{Client: f.Client, Kind: f.Kind, Round: f.Round, Recheck: f.Recheck, Checklist: f.Checklist, On: f.Day, Place: f.Place, Present: f.Present,
		Opinion: f.Opinion, Refusal: f.Refusal, Note: f.Note, Tasks: f.Tasks, Paper: true,
		Subject: inspections.Subject{Kind: f.Of, Event: f.Event, Booth: f.Booth, Vendor: f.Vendor, Body: f.Body, Goods: f.Goods, Area: f.Area}}
	for line := range strings.Lines(f.People) {
		name, body, _ := strings.Cut(strings.TrimSpace(line), ",")
		in.People = append(in.People, inspections.Person{Name: strings.TrimSpace(name), Body: strings.TrimSpace(body)})
	}
	for line := range strings.Lines(f.Witnesses) {
		in.Witnesses = append(in.Witnesses, strings.TrimSpace(line))
	}
	for i, code := range f.Items {
		in.Answers = append(in.Answers, inspections.Said{Item: code, Answer: cell(f.Answers, i), Note: cell(f.Notes, i)})
		if cell(f.Answers, i) == string(inspection.NotOK) {
			in.Findings = append(in.Findings, inspections.Found{Item: code, Remedy: cell(f.Remedies, i), DueOn: cell(f.Dues, i), Holds: cell(f.Holds, i) == holdsBooth})
		}
	}
	if f.Words != "" || f.Remedy != "" {
		in.Findings = append(in.Findings, inspections.Found{Words: f.Words, Remedy: f.Remedy, DueOn: f.Due})
	}
	for i, id := range f.Found {
		if done := cell(f.Done, i); done != "" {
			in.Rechecked = append(in.Rechecked, inspections.Checked{Finding: id, Done: done == string(inspection.Closed)})
		}
	}
	return in
}

// enterPage is the form of a record on paper, or the choice of what it is about.
type enterPage struct {
	view.Base
	view.Form
	Choose   []view.Field // what it is about; nil once that is chosen
	Lead     string
	Hidden   [][2]string
	About    []view.Field
	Items    []view.CheckItem
	Rechecks []recheckRow
	Recheck  string // fault of the re-check
	Beside   []view.Field
	Found    string // fault of what stands beside the checklist
	More     []view.Field
	Photo    view.Field
	Back     string
}

type recheckRow struct {
	ID, Label, Due string
	Options        []view.Option
}

// showEnter shows the form, filled in from its address.
func (s *Door) showEnter(c *fiber.Ctx) error {
	f := enterForm{Client: uuid.NewString(), Kind: string(frame.OneOf(c, "loai", inspection.Kinds...)), Of: string(frame.OneOf(c, "ve", inspection.SubjectKinds...)),
		Event: c.Query("su-kien"), Booth: c.Query("gian"), Body: c.Query("co-quan"), Round: c.Query("dot"), Recheck: c.Query("phuc-tra"), Day: vn.ShowDate(s.App.Today())}
	return s.enterPage(c, f, nil)
}

// enter writes a record on paper into the register.
func (s *Door) enter(c *fiber.Ctx) error {
	share := s.NewShare()
	defer share.GiveBack()
	parts, err := s.ReadParts(c, &share)
	var f enterForm
	if err == nil {
		err = frame.BindValues(parts.Values, nil, &f)
	}
	if err == nil && parts.Lost != nil {
		err = parts.Lost
	}
	defer frame.StartDeadline(c)()
	place := s.ReadArea(f.AreaText, &f.Area, f.Day)
	typed := f
	if err == nil && f.Of == string(inspection.OfVendor) {
		var id registry.VendorID
		id, err = s.App.Inspections.VendorNamed(c.UserContext(), frame.Actor(c), f.Vendor)
		f.Vendor = string(id)
	}
	if err == nil {
		var raw [][]byte
		for _, file := range parts.Files {
			raw = append(raw, file.Data)
		}
		var got inspections.Receipt
		if got, err = s.App.Inspections.Attach(c.UserContext(), frame.Actor(c), f.input(), raw); err == nil {
			frame.Flash(c, "inspection.flash.entered")
			return c.Redirect(view.InspectionHref(got.ID), fiber.StatusSeeOther)
		}
	}
	return s.enterPage(c, typed, frame.AtArea(err, place))
}

// enterPage shows the form as it was filled in.
func (s *Door) enterPage(c *fiber.Ctx, f enterForm, fault error) error {
	ch, err := s.App.Inspections.Choices(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	if !ch.Inspects && len(ch.Bodies) == 0 {
		return registry.E(registry.NotFound, "error.not_found")
	}
	p := enterPage{Base: s.OfficePage(c, "inspection.enter_title"), Back: root}
	before, err := s.again(c, &p, &f, fault)
	if err != nil {
		return err
	}
	if !ch.Inspects { // a body looks at itself
		f.Kind, f.Of = string(inspection.Self), string(inspection.OfBody)
	}
	unfit := f.unfit()
	if unfit != nil && (fault != nil || f.Kind != "" && f.Of != "") { // not on the first visit
		fault = unfit
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	if unfit != nil {
		p.choose(f, ch)
	} else if err := s.draw(c, &p, drawn{f, ch, before}); err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "inspections/enter", p)
}

// again reads the record that this one follows up, which says what this one is about; nil
// where it follows none.
func (s *Door) again(c *fiber.Ctx, p *enterPage, f *enterForm, fault error) (*inspections.File, error) {
	if f.Recheck == "" {
		return nil, nil
	}
	file, err := s.App.Inspections.File(c.UserContext(), frame.Actor(c), registry.InspectionID(f.Recheck))
	if err != nil {
		return nil, err
	}
	f.Kind, f.Of, f.Event = string(file.Kind), string(file.Subject.Kind), string(file.Subject.Event)
	f.Booth, f.Body, f.Goods = string(file.Subject.Booth), string(file.Subject.Body), string(file.Subject.Goods)
	if file.Subject.Kind == inspection.OfVendor && fault == nil {
		f.Vendor = file.Subject.Name
	}
	p.Lead = p.T("inspection.rechecks", view.SaidLine(file.Number(), file.Subject.Name))
	return &file, nil
}

// drawn is what the form is drawn from.
type drawn struct {
	enterForm
	choices inspections.Choices
	before  *inspections.File
}

// draw puts the form of a record into the page.
func (s *Door) draw(c *fiber.Ctx, p *enterPage, d drawn) error {
	f := d.enterForm
	list, ok := s.App.Inspections.Lists.On(inspection.SubjectKind(f.Of), s.App.Today())
	if f.Checklist != "" {
		if kept, found := s.App.Inspections.Lists.ByID(f.Checklist); found {
			list, ok = kept, true
		}
	}
	if !ok {
		return registry.E(registry.NotFound, "error.not_found")
	}
	p.Hidden = [][2]string{{"client", f.Client}, {"kind", f.Kind}, {"of", f.Of}, {"event", f.Event}, {"recheck", f.Recheck}, {"checklist", list.ID}}
	if p.Lead == "" {
		p.Lead = view.SaidLine(p.T("inspection.kind."+f.Kind), p.T("inspection.subject."+f.Of))
	}
	subject, err := s.subjectField(c, p.Base, d)
	if err != nil {
		return err
	}
	p.about(d, subject)
	for i, item := range list.Items {
		p.Items = append(p.Items, s.checkItem(p, f, i, item))
	}
	for _, column := range []string{"item", "answer", "item_note", "remedy", "item_due", "hold", "done"} { // what cannot be read at all leads to the first item
		p.PartAt(column, p.T("inspection.answers"), "item."+list.Items[0].Code)
	}
	p.rechecks(f, d.before)
	p.Found = p.Part("findings", p.T("inspection.beside"))
	if inspection.Kind(f.Kind).Finds() {
		p.Beside = p.Take(view.Field{Name: "found_words", Label: p.text("found_words"), Value: f.Words, Max: inspection.MaxText},
			view.Field{Name: "found_remedy", Label: p.text("remedy"), Value: f.Remedy, Max: inspection.MaxText},
			view.Field{Name: "found_due", Type: "date", Label: p.text("due"), Value: f.Due, Shape: p.T("form.date_shape")})
	}
	p.ending(d)
	return nil
}

// text is the label of a field, or what stands under it.
func (p *enterPage) text(field string) string { return p.T("inspection.field." + field) }

// about asks what is looked at, when and by whom.
func (p *enterPage) about(d drawn, subject []view.Field) {
	f := d.enterForm
	p.About = p.Take(append(subject,
		view.Field{Name: "day", Type: "date", Label: p.text("day"), Value: f.Day, Shape: p.T("form.date_shape"), Required: true},
		view.Field{Name: "round", Type: "select", Label: p.text("round"), Options: roundOptions(p.Base, d)},
		view.Field{Name: "place", Label: p.text("place"), Value: f.Place, Max: inspection.MaxLine},
		view.Field{Name: "people", Type: "textarea", Rows: 3, Label: p.text("people"), Hint: p.text("people.hint"), Value: f.People},
		view.Field{Name: "present", Label: p.text("present"), Hint: p.text("present.hint"), Value: f.Present, Max: inspection.MaxLine})...)
}

// ending asks what is said at the end.
func (p *enterPage) ending(d drawn) {
	f := d.enterForm
	p.More = p.Take(
		view.Field{Name: "opinion", Type: "textarea", Rows: 2, Label: p.text("opinion"), Value: f.Opinion, Max: inspection.MaxText},
		view.Field{Name: "refusal", Label: p.text("refusal"), Hint: p.text("refusal.hint"), Value: f.Refusal, Max: inspection.MaxLine},
		view.Field{Name: "witnesses", Type: "textarea", Rows: 2, Label: p.text("witnesses"), Value: f.Witnesses},
		view.Field{Name: "note", Type: "textarea", Rows: 2, Label: p.text("note"), Value: f.Note, Max: inspection.MaxText})
	if options := taskOptions(d); len(options) > 0 {
		p.More = append(p.More, p.TakeOne(view.Field{Name: "task", Type: "checkboxes", Label: p.text("task"), Options: options}))
	}
	p.Photo = p.TakeOne(view.Field{Name: "file", Type: "file", Label: p.text("photos"), Hint: p.text("photos.hint"), Accept: "image/jpeg,image/png", Many: true})
}

// checkItem draws a line of the checklist as it was filled in.
func (s *Door) checkItem(p *enterPage, f enterForm, i int, item inspection.Item) view.CheckItem {
	x := view.CheckItem{N: i + 1, Code: item.Code, Text: item.Text(p.Lang), Safety: item.Safety, Finds: inspection.Kind(f.Kind).Finds(), DueShape: p.T("form.date_shape"),
		Fault: p.Part("item."+item.Code, p.T("inspection.item_n", i+1))}
	if len(item.Law.Numbers) > 0 {
		x.Law = s.App.Laws.Cited(item.Law)
	}
	answer := ""
	for n, code := range f.Items {
		if code == item.Code {
			answer, x.Note, x.Remedy, x.Due = cell(f.Answers, n), cell(f.Notes, n), cell(f.Remedies, n), cell(f.Dues, n)
			if f.Kind == string(inspection.Joint) {
				x.Holds = holdOptions(p.Base, cell(f.Holds, n) == holdsBooth)
			}
		}
	}
	if f.Kind == string(inspection.Joint) && x.Holds == nil {
		x.Holds = holdOptions(p.Base, item.Safety)
	}
	x.Answers = append([]view.Option{{Label: p.T("inspection.choose_answer")}}, view.Options(p.Base, "inspection.answer.", inspection.Answers, answer)...)
	return x
}

func holdOptions(b view.Base, holds bool) []view.Option {
	return []view.Option{{Value: "", Label: b.T("inspection.hold_no"), Selected: !holds}, {Value: holdsBooth, Label: b.T("inspection.hold_yes"), Selected: holds}}
}

// rechecks lists the findings of the record before that are not settled.
func (p *enterPage) rechecks(f enterForm, before *inspections.File) {
	if before == nil {
		return
	}
	p.Recheck = p.Part("rechecked", p.T("inspection.recheck_heading"))
	chosen := map[string]string{}
	for i, id := range f.Found {
		chosen[id] = cell(f.Done, i)
	}
	for _, x := range before.Findings {
		if x.State.Settled() {
			continue
		}
		done := chosen[string(x.ID)]
		p.Rechecks = append(p.Rechecks, recheckRow{ID: string(x.ID), Label: x.Words, Due: due(p.Base, x.Finding, before.On), Options: []view.Option{
			{Label: p.T("inspection.recheck_unseen"), Selected: done == ""},
			{Value: string(inspection.Closed), Label: p.T("inspection.recheck_done"), Selected: done == string(inspection.Closed)},
			{Value: string(inspection.Open), Label: p.T("inspection.recheck_open"), Selected: done == string(inspection.Open)}}})
	}
}

// subjectField asks for what is looked at.
func (s *Door) subjectField(c *fiber.Ctx, b view.Base, d drawn) ([]view.Field, error) {
	f := d.enterForm
	choose := []view.Option{{Label: b.T("inspection.choose")}}
	switch inspection.SubjectKind(f.Of) {
	case inspection.OfBooth:
		booths, err := s.App.Inspections.Booths(c.UserContext(), frame.Actor(c), registry.EventID(f.Event))
		if err != nil {
			return nil, err
		}
		for _, x := range booths {
			choose = append(choose, view.Option{Value: string(x.ID), Label: view.SaidLine(x.Code, x.Vendor.Name), Selected: string(x.ID) == f.Booth})
		}
		return []view.Field{{Name: "booth", Type: "select", Label: b.T("inspection.subject.booth"), Options: choose, Required: true}}, nil
	case inspection.OfVendor:
		return []view.Field{{Name: "vendor", Label: b.T("inspection.subject.vendor"), Hint: b.T("inspection.field.vendor.hint"), Value: f.Vendor, Max: inspection.MaxLine, Required: true}}, nil
	case inspection.OfBody:
		for _, x := range d.choices.Bodies {
			choose = append(choose, view.Option{Value: string(x.ID), Label: x.Name, Selected: string(x.ID) == f.Body})
		}
		return []view.Field{{Name: "body", Type: "select", Label: b.T("inspection.subject.body"), Options: choose, Required: true}}, nil
	case inspection.OfGoods:
		fields := []view.Field{{Name: "goods", Type: "select", Label: b.T("inspection.subject.goods"), Required: true,
			Options: append(choose, view.Options(b, "product.group.", registry.ProductGroups, f.Goods)...)}}
		if f.Event == "" {
			fields = append(fields, view.Field{Name: "area", Type: "area", Label: b.T("inspection.field.area"), Value: f.AreaText, Ref: f.Area, On: "day", Required: true})
		}
		return fields, nil
	}
	return nil, nil
}

func roundOptions(b view.Base, d drawn) []view.Option {
	options := []view.Option{{Label: b.T("inspection.no_round")}}
	for _, r := range d.choices.Rounds {
		if r.StruckAt == 0 {
			options = append(options, view.Option{Value: string(r.ID), Label: view.SaidLine(r.Title, r.Number), Selected: string(r.ID) == d.Round})
		}
	}
	return options
}

func taskOptions(d drawn) (options []view.Option) {
	for _, t := range d.choices.Tasks {
		o := view.Option{Value: string(t.ID), Label: t.Title}
		for _, id := range d.Tasks {
			o.Selected = o.Selected || id == o.Value
		}
		options = append(options, o)
	}
	return options
}
