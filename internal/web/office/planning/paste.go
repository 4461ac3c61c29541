package planning

import (
	"errors"
	"fmt"
	"mime/multipart"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/planning"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
	"hoicho/internal/yearplan/paste"
)

// pasteRoot is the page on which a plan is pasted, quickRoot that of one session.
const (
	pasteRoot = view.YearRoot + "/dan"
	quickRoot = view.YearRoot + "/them"
)

// pasteForm is a plan as it is sent: as it was pasted or as one session at first, then as it was
// read, with what was mended.
type pasteForm struct {
	Pattern string                `form:"pattern"`
	Year    int                   `form:"year"`
	Month   int                   `form:"month"`
	Rows    string                `form:"rows" lines:"table"`
	Commune string                `form:"commune"`
	Date    string                `form:"date"`
	Days    string                `form:"days"`
	Booths  string                `form:"booths"`
	Plan    string                `form:"plan" lines:"table"`
	File    *multipart.FileHeader `form:"file"`
	FixAt   []string              `form:"fix_at" lines:"row"` // row and field of each mended cell
	Fix     []string              `form:"fix" lines:"row"`
	Yes     []string              `form:"yes"` // row, field and text of each guess that is right
	Out     []string              `form:"out"` // rows that are left out
	Key     string                `form:"key"`
	Shown   string                `form:"shown"`
	Do      string                `form:"do"`
}

// quick reports whether the form is that of one session.
func (f pasteForm) quick() bool { return f.Plan == "" && f.Rows == "" && f.Commune+f.Date != "" }

// table reads the plan that a form holds.
func (f pasteForm) table() (t paste.Table, err error) {
	switch {
	case f.Plan != "":
		if t, err = paste.Read([]byte(f.Plan)); err == nil {
			f.mend(&t)
		}
		return t, err
	case f.quick():
		row := paste.Row{N: 1, Cells: map[paste.Field]string{paste.Commune: f.Commune, paste.Date: f.Date, paste.Days: f.Days, paste.Booths: f.Booths}}
		return paste.Table{Columns: []paste.Field{paste.Commune, paste.Date, paste.Booths, paste.Days}, Rows: []paste.Row{row}}, nil
	}
	if strings.TrimSpace(f.Rows) == "" {
		return t, registry.Faults{registry.At("rows", "error.required")}
	}
	return paste.Read([]byte(f.Rows))
}

// mend writes into a plan what was mended, confirmed and left out.
func (f pasteForm) mend(t *paste.Table) {
	at := map[string]*paste.Row{}
	for i := range t.Rows {
		row := &t.Rows[i]
		n := strconv.Itoa(row.N)
		at[n], row.Out = row, slices.Contains(f.Out, n)
	}
	set := func(n, field, text string) {
		if row := at[n]; row != nil && slices.Contains(paste.Fields, paste.Field(field)) {
			row.Cells[paste.Field(field)] = text
		}
	}
	for i, cell := range f.FixAt[:min(len(f.FixAt), len(f.Fix))] {
		n, field, _ := strings.Cut(cell, "|")
		set(n, field, f.Fix[i])
	}
	for _, yes := range f.Yes {
		if parts := strings.SplitN(yes, "|", 3); len(parts) == 3 {
			set(parts[0], parts[1], parts[2])
		}
	}
}

// pastePage asks for a plan.
type pastePage struct {
	view.Base
	view.Form
	Lead       string
	Fields     []view.Field
	Files      bool
	HasPattern bool
	Recent     []view.FilterLink // plans that were pasted, to be looked at and taken back
	Month      int
}

// showPaste asks for a plan.
func (s *Door) showPaste(c *fiber.Ctx) error {
	return s.pastePage(c, s.firstForm(c), false, nil)
}

// showQuick asks for one session: of the commune and month that the address names.
func (s *Door) showQuick(c *fiber.Ctx) error {
	f := s.firstForm(c)
	if area, ok := s.App.Areas.Lookup(registry.AreaRef{Edition: registry.Edition2025, Code: c.Query("xa")}); ok {
		f.Commune = s.App.Areas.LongName(area, s.App.Today())
	}
	return s.pastePage(c, f, true, nil)
}

// firstForm is what the address asks for: of this year without one.
func (s *Door) firstForm(c *fiber.Ctx) pasteForm {
	f := pasteForm{Pattern: c.Query("mau"), Month: view.SmallNumber(c.Query("thang"), 12), Year: view.SmallNumber(c.Query("nam"), planning.LastYear)}
	if f.Year < planning.FirstYear {
		f.Year, _ = strconv.Atoi(s.App.Today()[:4])
	}
	return f
}

// pastePage shows the form of a plan, or of one session.
func (s *Door) pastePage(c *fiber.Ctx, f pasteForm, quick bool, fault error) error {
	p := pastePage{Base: s.OfficePage(c, "paste.title"), Month: f.Month}
	p.Lead = p.T("paste.lead")
	if quick {
		p.Title, p.Lead = p.T("paste.quick"), p.T("paste.lead_quick")
	}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	events, err := s.App.Planning.Patterns(c.UserContext(), frame.Actor(c))
	if err != nil {
		return err
	}
	model := view.Field{Name: "pattern", Type: "select", Label: p.T("paste.field.pattern")}
	for _, e := range events {
		model.Options = append(model.Options, view.Option{Value: string(e.ID), Label: view.SaidLine(e.Title, vn.ShowRange(e.OpensOn, e.ClosesOn)), Selected: string(e.ID) == f.Pattern})
	}
	p.HasPattern = len(events) > 0
	year := view.Field{Name: "year", Type: "number", Label: p.T("paste.field.year"), Value: strconv.Itoa(f.Year), Required: true}
	if quick {
		p.Fields = p.Take(quickFields(p.Base, f, model, year)...)
	} else {
		p.Files = true
		p.Fields = p.Take(model, year, view.Field{Name: "rows", Type: "textarea", Rows: 12, Label: p.T("paste.field.rows"), Hint: p.T("paste.field.rows.hint", paste.MostRows), Value: f.Rows},
			view.Field{Name: "file", Type: "file", Label: p.T("paste.field.file"), Accept: ".xlsx,.csv,.txt"})
	}
	if p.Recent, err = s.recent(c, p.Base); err != nil {
		return err
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "planning/paste", p)
}

// recent leads to the plans that somebody pasted last.
func (s *Door) recent(c *fiber.Ctx, b view.Base) (list []view.FilterLink, err error) {
	pastes, err := s.App.Planning.OwnPastes(c.UserContext(), frame.Actor(c))
	for _, x := range pastes {
		key := "paste.recent_row"
		if x.Undone {
			key = "paste.recent_undone"
		}
		list = append(list, view.FilterLink{Href: pasteRoot + "/" + string(x.ID), Label: b.T(key, len(x.Events), view.ShowTime(x.CreatedAt))})
	}
	return list, err
}

func quickFields(b view.Base, f pasteForm, model, year view.Field) []view.Field {
	return []view.Field{{Name: "commune", Label: b.T("paste.field.commune"), Value: f.Commune, Required: true},
		{Name: "date", Label: b.T("paste.field.date"), Hint: b.T("paste.field.date.hint"), Value: f.Date, Required: true},
		{Name: "days", Label: b.T("paste.field.days"), Value: f.Days, InputMode: "numeric"},
		{Name: "booths", Label: b.T("paste.field.booths"), Value: f.Booths, InputMode: "numeric"}, model, year}
}

// sendPaste shows how a plan is understood, or makes it.
func (s *Door) sendPaste(c *fiber.Ctx) error {
	var f pasteForm
	file, err := frame.Upload(c, &f, func() *multipart.FileHeader { return f.File })
	switch {
	case err != nil:
	case file != nil && strings.TrimSpace(f.Rows) != "":
		err = registry.Faults{registry.At("file", "paste.error.both")}
	case file != nil:
		err = f.readFile(file)
	}
	if err != nil {
		return s.pastePage(c, f, f.quick(), err)
	}
	return s.trial(c, f)
}

// readFile takes a plan from a file. What is wrong is told at the file.
func (f *pasteForm) readFile(raw []byte) error {
	t, err := paste.Read(raw)
	if e, ok := errors.AsType[registry.Faults](err); ok && len(e) == 1 {
		return registry.Faults{registry.At("file", e[0].Key, e[0].Args...)}
	}
	f.Plan = t.Text()
	return err
}

// trial reads a plan, and makes it where that is asked for and it is as it was shown.
func (s *Door) trial(c *fiber.Ctx, f pasteForm) error {
	table, err := f.table()
	if err != nil {
		return s.pastePage(c, f, f.quick(), err)
	}
	in := planning.PasteInput{Pattern: registry.EventID(f.Pattern), Year: f.Year, Month: f.Month, Table: table, Key: f.Key, Shown: f.Shown}
	var fault error
	if f.Do == doCreate {
		made, already, err := s.App.Planning.MakePaste(c.UserContext(), frame.Actor(c), in)
		if err == nil {
			if already {
				frame.Flash(c, "paste.flash.already")
			} else {
				frame.FlashCount(c, "paste.flash.made", len(made.Events))
			}
			return c.Redirect(fmt.Sprint(pasteRoot, "/", made.ID), fiber.StatusSeeOther)
		}
		fault = err
	}
	plan, err := s.App.Planning.CheckPaste(c.UserContext(), frame.Actor(c), in)
	if err != nil {
		return s.pastePage(c, f, f.quick(), err)
	}
	if f.Plan = table.Text(); f.Key == "" {
		f.Key = planning.NewPasteKey()
	}
	return s.trialPage(c, f, plan, fault)
}
