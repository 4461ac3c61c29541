package periods

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// coverPage is the form of what stands around the paper of a period.
type coverPage struct {
	view.Base
	view.Form
	Back    string
	Kicker  string
	Text    string // what the form is for
	Action  string
	Version int64
	Fields  []view.Field
	Stale   *view.Stale
	Lost    []view.SummaryRow // words that were typed and not taken
}

// fill shows a form as it was sent, or as it is stored; where a colleague was quicker, both.
func (p *coverPage) fill(stored period.Cover, sent, kept []view.Field, fault error) {
	p.Fields = p.Take(sent...)
	if view.IsStale(fault) {
		p.Stale = view.NewStale(p.Base, stored.Version, p.Action, sent, kept)
	}
}

func (s *Door) editCover(c *fiber.Ctx) error { return s.coverForm(c, nil, nil) }

// coverForm shows the form of a committee, as it was sent where that was refused.
func (s *Door) coverForm(c *fiber.Ctx, sent *periods.CoverInput, fault error) error {
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	paper, err := s.App.Periods.Paper(c.UserContext(), frame.Actor(c), q)
	if err == nil && !paper.Writes() {
		err = registry.E(registry.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	p := coverPage{Base: s.OfficePage(c, "paper.edit"), Back: paperHref(q.Period, paper.Communes.Province), Version: paper.Cover.Version}
	p.Action = view.Query(paperRoot+"/"+q.Period.String()+"/sua", "tinh", paper.Communes.Province.String())
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Kicker, p.Text = view.SaidLine(p.T("paper.title"), periodName(p.Base, q.Period)), p.T("paper.edit_text")
	stored := coverOf(paper.Cover)
	mine := stored
	if sent != nil {
		mine, p.Version = *sent, sent.Version
	}
	fields := func(in periods.CoverInput) []view.Field {
		if !paper.Draft { // the words are final
			return headFields(p.Base, in.HeadInput)
		}
		return append(topicFields(p.Base, in.WordsInput), headFields(p.Base, in.HeadInput)...)
	}
	if !paper.Draft {
		p.Text = p.T("paper.edit_final")
		if sent != nil {
			p.Lost = lostWords(p.Base, sent.WordsInput)
		}
	}
	p.fill(paper.Cover, fields(mine), fields(stored), fault)
	return s.RenderStatus(c, status, frame.LayoutOffice, "periods/cover", p)
}

// coverOf is the form of a committee as it is stored.
func coverOf(c period.Cover) periods.CoverInput {
	words := periods.WordsInput{Advantages: c.Words[period.Advantages], Limits: c.Words[period.Limits], Causes: c.Words[period.Causes], Proposals: c.Words[period.Proposals]}
	return periods.CoverInput{HeadInput: headOf(c), WordsInput: words}
}

// headOf is what stands around a paper, as it is stored.
func headOf(c period.Cover) periods.HeadInput {
	in := periods.HeadInput{Style: string(c.Style), Authority: c.Authority, Issuer: c.Issuer, Number: c.Number, Place: c.Place, To: c.To, Recipients: c.Recipients,
		SignerTitle: c.SignerTitle, SignerName: c.SignerName, Version: c.Version}
	if c.SignedOn != "" {
		in.SignedOn = vn.ShowDate(c.SignedOn)
	}
	return in
}

// topicFields are the fields of what a committee says itself.
func topicFields(b view.Base, in periods.WordsInput) (list []view.Field) {
	for _, topic := range period.Topics {
		list = append(list, view.Field{Name: string(topic), Type: "textarea", Label: b.T("period.field." + string(topic)), Value: in.Of(topic), Rows: 3, Max: period.MaxWords})
	}
	return list
}

// lostWords are words that were sent where none are taken any more.
func lostWords(b view.Base, in periods.WordsInput) (rows []view.SummaryRow) {
	for _, topic := range period.Topics {
		if text := in.Of(topic); text != "" {
			rows = append(rows, view.SummaryRow{Label: b.T("period.field." + string(topic)), Value: text})
		}
	}
	return rows
}

// headFields are the fields of what stands around a paper.
func headFields(b view.Base, in periods.HeadInput) (list []view.Field) {
	add := func(name, kind, value string, most int) {
		list = append(list, view.Field{Name: name, Type: kind, Label: b.T("paper.field." + name), Value: value, Max: most, Rows: 3, Shape: b.T("form.date_shape")})
	}
	list = append(list, view.PaperStyleField(b, in.Style))
	add("number", "", in.Number, 60)
	add("signed_on", "date", in.SignedOn, 0)
	add("place", "", in.Place, 60)
	add("authority", "", in.Authority, 200)
	add("issuer", "", in.Issuer, 200)
	add("sent_to", "textarea", in.To, 600)
	add("recipients", "textarea", in.Recipients, 1000)
	add("signer_title", "textarea", in.SignerTitle, 200)
	add("signer_name", "", in.SignerName, 100)
	return list
}

// saveCover stores what stands around the paper of a committee.
func (s *Door) saveCover(c *fiber.Ctx) error {
	var form struct {
		periods.CoverInput
		Over int64 `form:"over"`
	}
	unread := frame.Bind(c, &form)
	q, err := askedPaper(c)
	if err != nil {
		return err
	}
	in := form.CoverInput
	in.Version = view.ReadAt(form.Version, form.Over)
	if err = unread; err == nil {
		err = s.App.Periods.SaveCover(c.UserContext(), frame.Actor(c), q, in)
	}
	if err != nil {
		in.Version = form.Version
		return s.coverForm(c, &in, err)
	}
	return flashAnd(c, "paper.flash.saved", view.Query(paperRoot+"/"+q.Period.String(), "tinh", c.Query("tinh")))
}

// fillHead shows the form of what stands around a paper as it was sent, or as it is stored.
func (p *coverPage) fillHead(cover period.Cover, sent *periods.HeadInput, fault error) {
	stored := headOf(cover)
	mine := stored
	if sent != nil {
		mine, p.Version = *sent, sent.Version
	}
	p.fill(cover, headFields(p.Base, mine), headFields(p.Base, stored), fault)
}

// headForm is the form of what stands around a paper as it is sent.
type headForm struct {
	periods.HeadInput
	Over int64 `form:"over"`
}

// saveHead stores what was sent from a form of what stands around a paper, and shows the form again
// where it was refused.
func saveHead(c *fiber.Ctx, save func(periods.HeadInput) error, again func(*periods.HeadInput, error) error, to string) error {
	var form headForm
	err := frame.Bind(c, &form)
	in := form.HeadInput
	if err == nil {
		in.Version = view.ReadAt(form.Version, form.Over)
		err = save(in)
	}
	if err != nil {
		in.Version = form.Version
		return again(&in, err)
	}
	return flashAnd(c, "paper.flash.saved", to)
}
