package periods

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// chaseLine is a unit whose report is missing.
type chaseLine struct {
	Href, Name, Note string
	Phone, Tel       string
	Unit             string
	Ticked           bool
}

// chaseBox lists what is missing, with who to call, and lets units file late.
type chaseBox struct {
	Lines  []chaseLine
	Action string // lets those that are ticked file late; "" before the deadline
	Fault  string // nobody is ticked
	Fields []view.Field
}

// telOf is the address that dials a telephone.
func telOf(phone string) string {
	if phone == "" {
		return ""
	}
	return "tel:" + strings.ReplaceAll(phone, " ", "")
}

func (s *Door) chaseBox(p *overviewPage, o periods.Overview, x sent) *chaseBox {
	if len(o.Chase) == 0 {
		return nil
	}
	box := chaseBox{}
	for _, chase := range o.Chase {
		l := chaseLine{Href: href(period.Key{Form: o.Query.Form, Period: o.Query.Period, Unit: chase.Unit.Key}), Name: chase.Name, Phone: chase.Phone,
			Unit: chase.Unit.Key, Ticked: slices.Contains(x.units, chase.Unit.Key)}
		begun := ""
		if chase.Begun {
			begun = p.T("period.begun")
		}
		who := p.T("period.nobody")
		if len(chase.People) > 0 {
			who, l.Phone = chase.People[0].Name, chase.People[0].Phone
		} else if chase.Body != "" {
			who = ""
		}
		l.Note, l.Tel = view.SaidLine(begun, who), telOf(l.Phone)
		box.Lines = append(box.Lines, l)
	}
	if o.Late(s.App.Today()) {
		box.Action = root + "/" + string(o.Query.Form) + "/" + o.Query.Period.String() + "/cho-nop"
		box.Fault = p.Part("unit", p.T("period.field.unit"))
		box.Fields = p.exceptFields(x, "cho-nop")
	}
	return &box
}

// exceptFields ask why units may file late, and until when.
func (p *overviewPage) exceptFields(x sent, which string) []view.Field {
	if x.which != which {
		x = sent{}
	}
	return p.Take(view.Field{Name: "reason", Label: p.T("period.field.reason"), Value: x.reason, Max: period.MaxReason, Required: true},
		view.Field{Name: "until", Type: "date", Label: p.T("period.field.until"), Value: x.until, Shape: p.T("form.date_shape"), Required: true})
}

// lockBox locks a period, or says that it is.
type lockBox struct {
	Said    string // it is locked
	Action  string // "" for whoever may not, or not yet
	Missing string
	Fields  []view.Field
	Button  string
}

func (s *Door) lockBox(p *overviewPage, o periods.Overview, x sent) *lockBox {
	if o.Lock != nil {
		said := p.T("period.locked_by", view.ShowTime(o.Lock.At), o.Lock.By)
		if o.Lock.Missing > 0 {
			said += " " + p.T("period.locked_without", o.Lock.Missing, o.Lock.Reason)
		}
		return &lockBox{Said: said}
	}
	if !o.Above || s.App.Today() <= o.Query.Period.LastDay() {
		return nil
	}
	if x.which != "khoa" {
		x = sent{}
	}
	box := lockBox{Action: root + "/" + string(o.Query.Form) + "/" + o.Query.Period.String() + "/khoa", Button: p.T("period.lock")}
	if n := o.Missing(); n > 0 {
		box.Missing = p.T("period.lock_missing", n, o.Counts[period.Open]+o.Counts[period.Returned])
		box.Fields = p.Take(view.Field{Name: "lock_reason", Label: p.T("period.field.lock_reason"), Value: x.reason, Max: period.MaxReason, Required: true})
	}
	box.Fields = append(box.Fields, p.Take(view.Field{Name: "sure", Type: "checkbox", Label: p.T("period.field.lock_sure"), Value: view.Ticked(x.sure)})...)
	return &box
}

// later is what came after a period was locked, or after its deadline.
type later struct{ Href, Name, Text, Note string }

// later lists the exceptions and addenda of the period.
func (p *overviewPage) later(o periods.Overview) {
	at := func(unit string) string {
		return href(period.Key{Form: o.Query.Form, Period: o.Query.Period, Unit: unit})
	}
	for _, e := range o.Exceptions {
		if e.EndedAt > 0 && (o.Lock == nil || e.At < o.Lock.At) {
			continue // it let a report be filed late, and is over
		}
		p.Later = append(p.Later, later{at(e.Unit), o.Names[e.Unit], exceptionSaid(p.Base, e), e.Reason})
	}
	for _, a := range o.Addenda {
		p.Later = append(p.Later, later{at(a.Unit), o.Names[a.Unit], movesSaid(p.Base, o.Figures, a), p.T("period.added_by", view.ShowTime(a.At), a.By, a.Reason)})
	}
}

func exceptionSaid(b view.Base, e period.Exception) string {
	if e.EndedAt > 0 {
		return b.T("period.excepted_ended", vn.ShowDate(e.Until), e.By)
	}
	return b.T("period.excepted_by", vn.ShowDate(e.Until), e.By)
}

// movesSaid are the figures of an addendum: "Cuộc tuyên truyền +2".
func movesSaid(b view.Base, figures []period.Figure, a period.Addendum) string {
	var said []string
	for _, m := range a.Moves {
		for _, f := range figures {
			if f.Code == m.Code {
				said = append(said, f.Text(b.Lang)+" "+signed(f, m.Is-m.Was))
			}
		}
	}
	if len(said) == 0 {
		return b.T("period.rows_only")
	}
	return strings.Join(said, "; ")
}

// signed is a difference as people read it.
func signed(f period.Figure, n int64) string {
	sign := "+"
	if n < 0 {
		sign, n = "–", -n
	}
	if f.Unit == period.Dong {
		return sign + vn.Dong(n)
	}
	return sign + vn.Count(n)
}

// ofPeriod is what an address of a period without a unit asks for, in the province of the actor or
// that of the form.
func (s *Door) ofPeriod(c *fiber.Ctx, province string) (asked, error) {
	k, err := keyOf(c)
	if err != nil {
		return asked{}, err
	}
	a := asked{Query: periods.Query{Form: k.Form, Period: k.Period}}
	a.Province, err = readProvince(province)
	return a, err
}

// accept accepts the reports that were picked.
func (s *Door) accept(c *fiber.Ctx) error {
	var form struct {
		Picked   []string `form:"pick"`
		Province string   `form:"province"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return err
	}
	a, err := s.ofPeriod(c, form.Province)
	if err != nil {
		return err
	}
	n, err := s.App.Periods.Accept(c.UserContext(), frame.Actor(c), a.Form, a.Period, form.Picked)
	if err != nil {
		return s.overview(c, a, sent{which: "nhan", fault: err})
	}
	frame.FlashCount(c, "period.flash.accepted", n)
	return c.Redirect(a.href(func(*asked) {}), fiber.StatusSeeOther)
}

// lock locks a period.
func (s *Door) lock(c *fiber.Ctx) error {
	var form struct {
		periods.LockInput
		Province string `form:"province"`
	}
	unread := frame.Bind(c, &form)
	a, err := s.ofPeriod(c, form.Province)
	if err != nil {
		return err
	}
	if err = unread; err == nil {
		err = s.App.Periods.Lock(c.UserContext(), frame.Actor(c), a.Query, form.LockInput)
	}
	if err != nil {
		return s.overview(c, a, sent{which: "khoa", reason: form.Reason, sure: form.Sure, fault: err})
	}
	return flashAnd(c, "period.flash.locked", a.href(func(*asked) {}))
}

// exceptMany lets several units file late.
func (s *Door) exceptMany(c *fiber.Ctx) error {
	var form struct {
		periods.ExceptInput
		Province string `form:"province"`
	}
	unread := frame.Bind(c, &form)
	a, err := s.ofPeriod(c, form.Province)
	if err != nil {
		return err
	}
	n := 0
	if err = unread; err == nil {
		n, err = s.App.Periods.Except(c.UserContext(), frame.Actor(c), a.Form, a.Period, form.ExceptInput)
	}
	if err != nil {
		return s.overview(c, a, sent{which: "cho-nop", reason: form.Reason, until: form.Until, units: form.Units, fault: err})
	}
	frame.FlashCount(c, "period.flash.excepted", n)
	return c.Redirect(a.href(func(*asked) {}), fiber.StatusSeeOther)
}

// export sends the matrix that the address asks for as a file, with every figure.
func (s *Door) export(c *fiber.Ctx) error {
	return s.SendList(c, func(ask frame.ListAsk) (frame.ListFile, error) {
		return s.App.Periods.File(c.UserContext(), frame.Actor(c), s.read(c).Query, ask.Form, ask.Lang)
	})
}

// readProvince reads the province of a form; "" is that of the reader.
func readProvince(text string) (registry.AreaRef, error) {
	if text == "" {
		return registry.AreaRef{}, nil
	}
	ref, err := registry.ParseAreaRef(text)
	if err != nil {
		return ref, registry.E(registry.Malformed, "error.malformed")
	}
	return ref, nil
}
