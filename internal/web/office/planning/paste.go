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
	stored "hoicho/internal/store/yearplan"
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

// doEdit asks for the whole table as a text again.
const doEdit = "sua"

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

// table reads the plan that a form holds, with what was mended on the page; mended says that
// something was.
func (f pasteForm) table() (t paste.Table, mended bool, err error) {
	switch {
	case f.Plan != "":
		if t, err = paste.Kept(f.Plan); err == nil {
			mended = f.mend(&t)
		}
		return t, mended, err
	case f.quick():
		row := paste.Row{N: 1, Cells: map[paste.Field]string{paste.Commune: f.Commune, paste.Date: f.Date, paste.Days: f.Days, paste.Booths: f.Booths}}
		return paste.Table{Columns: []paste.Field{paste.Commune, paste.Date, paste.Booths, paste.Days}, Rows: []paste.Row{row}}, false, nil
	case strings.TrimSpace(f.Rows) == "":
		return t, false, registry.Faults{registry.At("rows", "error.required")}
	}
	t, err = paste.Read([]byte(f.Rows))
	return t, false, err
}

// mend writes into a plan what was confirmed, mended and left out, and reports whether anything was.
// A cell that was mended counts before a tick beside it.
func (f pasteForm) mend(t *paste.Table) (mended bool) {
	at := map[string]*paste.Row{}
	for i := range t.Rows {
		row := &t.Rows[i]
		n := strconv.Itoa(row.N)
		out := slices.Contains(f.Out, n)
		mended = mended || out != row.Out
		at[n], row.Out = row, out
	}
	set := func(cell, text string) (changed bool) {
		n, field, _ := strings.Cut(cell, "|")
		row := at[n]
		if row == nil || !slices.Contains(paste.Fields, paste.Field(field)) || row.Cells[paste.Field(field)] == text {
			return false
		}
		row.Cells[paste.Field(field)] = text
		return true
	}
	typed := map[string]bool{}
	for i, cell := range f.FixAt[:min(len(f.FixAt), len(f.Fix))] {
		typed[cell] = set(cell, f.Fix[i])
		mended = mended || typed[cell]
	}
	for _, yes := range f.Yes {
		if parts := strings.SplitN(yes, "|", 3); len(parts) == 3 && !typed[parts[0]+"|"+parts[1]] {
			mended = set(parts[0]+"|"+parts[1], parts[2]) || mended
		}
	}
	return mended
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
		if f.Month > 0 {
			p.Title = p.T("paste.quick_month", f.Month, f.Year)
		}
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
	if err == nil {
		f.Plan, err = t.Keep()
	}
	return err
}

// trial reads a plan, and makes it where that is asked for and it is as it was shown.
func (s *Door) trial(c *fiber.Ctx, f pasteForm) error {
	table, mended, err := f.table()
	if err != nil {
		return s.pastePage(c, f, f.quick(), err)
	}
	if f.Do == doEdit {
		b := s.OfficePage(c, "paste.title")
		f.Rows = table.Text(func(field paste.Field) string { return b.T("paste.field." + string(field)) })
		return s.pastePage(c, f, false, nil)
	}
	quick := f.quick()
	f.Plan, err = table.Keep()
	if err != nil {
		return s.pastePage(c, f, quick, err)
	}
	in := planning.PasteInput{Pattern: registry.EventID(f.Pattern), Year: f.Year, Month: f.Month, Table: table, Key: f.Key, Shown: f.Shown}
	var fault error
	switch {
	case f.Do == doCreate && mended:
		fault = registry.E(registry.Conflict, "paste.error.mended")
	case f.Do == doCreate:
		made, already, err := s.App.Planning.MakePaste(c.UserContext(), frame.Actor(c), in)
		if err == nil {
			return s.pasted(c, made, already)
		}
		fault = err
	}
	plan, err := s.App.Planning.CheckPaste(c.UserContext(), frame.Actor(c), in)
	if err != nil {
		return s.pastePage(c, f, quick, err)
	}
	if f.Key == "" {
		f.Key = planning.NewPasteKey()
	}
	return s.trialPage(c, f, plan, fault)
}

// pasted leads to a plan that was made.
func (s *Door) pasted(c *fiber.Ctx, made stored.Paste, already bool) error {
	if already {
		frame.Flash(c, "paste.flash.already")
	} else {
		frame.FlashCount(c, "paste.flash.made", len(made.Events))
	}
	return c.Redirect(fmt.Sprint(pasteRoot, "/", made.ID), fiber.StatusSeeOther)
}
