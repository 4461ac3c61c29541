package events

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	stim "hoicho/internal/app/stimulus"
	"hoicho/internal/fact"
	"hoicho/internal/registry"
	"hoicho/internal/stimulus"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// offerFilePage is an offer, on which it is decided.
type offerFilePage struct {
	view.Base
	view.Form
	stim.File
	Head    view.PageHead
	Line    view.OfferLine
	Facts   []view.SummaryRow
	Doubt   string // an earlier price stood lower
	Why     string // it is not shown
	Action  string
	Fields  []view.Field // none without the right
	Edit    string       // address of the form, for whoever types from paper
	NextTo  string
	Lines   []offerStep
	Product string // file of the product in the office
}

// offerStep is a line of the audit log on an offer, in words.
type offerStep struct{ When, Who, What, Note string }

func offerParam(c *fiber.Ctx) registry.OfferID { return registry.OfferID(c.Params("offer")) }

// showOfferFile shows an offer to the office.
func (s *Door) showOfferFile(c *fiber.Ctx) error { return s.offerFile(c, stim.Decision{}, nil) }

func (s *Door) offerFile(c *fiber.Ctx, sent stim.Decision, fault error) error {
	f, err := s.App.Stimulus.OfferFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), offerParam(c))
	if err != nil {
		return err
	}
	p := offerFilePage{Base: s.OfficeNav(c, s.Titled(c, f.Goods.Name)), File: f, Action: offerHref(f.Event, f.ID), Product: view.ProductFile(f.Vendor, f.Product)}
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	p.Head = view.PageHead{BackHref: stimulusRoot(f.Event), Back: f.EventTitle, Kicker: f.VendorName, Title: f.Goods.Name}
	p.Line = officeOfferLine(p.Base, f.Row, s.App.Today())
	p.Line.Href, p.Facts = "", p.facts()
	if f.Obstacle != "" && f.State.Alive() {
		p.Why = p.T("offer.obstacle." + string(f.Obstacle))
	}
	if f.Earlier != nil {
		p.Doubt = p.T("offer.doubt", vn.Dong(f.Earlier.Dong), f.Earlier.Unit, vn.ShowDate(f.Earlier.From), vn.Dong(f.BeforeDong))
	}
	if f.Reviews && f.Open && (f.State == stimulus.Submitted || f.State == stimulus.Accepted) {
		p.Fields = p.Take(p.decision(sent)...)
	}
	if f.Types && f.Open && f.State != stimulus.Withdrawn {
		p.Edit = p.Action + "/sua"
	}
	if f.Next != "" && f.Reviews {
		p.NextTo = offerHref(f.Event, f.Next)
	}
	for _, e := range f.History {
		p.Lines = append(p.Lines, p.step(e))
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "events/offer", p)
}

// facts is what an offer says and stands on.
func (p *offerFilePage) facts() []view.SummaryRow {
	rule, _ := registry.PromotionRuleOn(p.From)
	by := p.T("offer.by_vendor")
	if p.OnPaper {
		by = p.T("offer.by_paper")
	}
	rows := []view.SummaryRow{
		{Label: p.T("offer.field.before"), Value: vn.Dong(p.BeforeDong) + "/" + p.Unit},
		{Label: p.T("offer.field.here"), Value: vn.Dong(p.HereDong) + "/" + p.Unit},
		{Label: p.T("offer.percent"), Value: p.T("offer.percent_of", p.Percent(), rule.Percent, p.Cited(rule.Law))},
		{Label: p.T("offer.field.basis"), Value: p.OfferBasis(p.Basis)},
		{Label: p.T("offer.listed"), Value: p.PriceText(p.Goods)},
		{Label: p.T("offer.when"), Value: vn.ShowRange(p.From, p.To)},
		{Label: p.T("offer.field.quantity"), Value: count(int(p.Quantity))},
		{Label: p.T("offer.field.condition"), Value: p.Condition},
		{Label: p.T("offer.field.explained"), Value: p.Explained},
		{Label: p.T("product.field.group"), Value: p.GroupName(p.Goods.Group)},
		{Label: p.T("offer.evidence"), Value: p.T("product.evidence." + string(p.Goods.Evidence))},
		{Label: p.T("offer.submitted"), Value: view.ShowInstant(p.SubmittedAt) + ", " + by},
		{Label: p.T("offer.reason"), Value: p.Reason},
	}
	return filled(rows...)
}

// decision draws the form of a decision.
func (p *offerFilePage) decision(sent stim.Decision) []view.Field {
	verdicts := []stimulus.State{stimulus.Accepted, stimulus.Returned}
	if p.State == stimulus.Accepted {
		verdicts, sent.Verdict = []stimulus.State{stimulus.Returned}, string(stimulus.Returned)
	}
	fields := []view.Field{{Name: "verdict", Type: "radios", Label: p.T("offer.field.verdict"), Options: view.Options(p.Base, "offer.verdict.", verdicts, sent.Verdict)}}
	if p.Doubt != "" && p.State == stimulus.Submitted {
		fields = append(fields, view.Field{Name: "sure", Type: "checkbox", Label: p.T("offer.field.sure"), Value: view.Ticked(sent.Sure)})
	}
	return append(fields, view.Field{Name: "reason", Type: "textarea", Rows: 3, Label: p.T("offer.field.reason"), Hint: p.T("offer.field.reason.hint"), Value: sent.Reason, Max: 500})
}

// step tells a line of the audit log in words.
func (p *offerFilePage) step(e registry.AuditEntry) offerStep {
	l := offerStep{When: view.ShowInstant(e.At), Who: e.Name, What: p.T("offer.history." + strings.TrimPrefix(e.Action, "offer."))}
	facts, _ := fact.Parse(e.Detail) // without facts, action, who and when still stand
	for _, f := range facts {
		switch {
		case f.Field == "state" && e.Action == "offer.decide":
			l.What = p.T("offer.state." + strings.Join(f.After, ""))
		case f.Field == "reason":
			l.Note = strings.Join(f.After, "")
		}
	}
	return l
}

// decideOffer accepts an offer or returns it, and goes on to the next one that waits.
func (s *Door) decideOffer(c *fiber.Ctx) error {
	var in stim.Decision
	err := frame.Bind(c, &in)
	if err == nil {
		err = s.App.Stimulus.DecideOffer(c.UserContext(), frame.Actor(c), frame.EventParam(c), offerParam(c), in)
	}
	if err != nil {
		return s.offerFile(c, in, err)
	}
	frame.Flash(c, "offer.flash."+in.Verdict)
	f, err := s.App.Stimulus.OfferFile(c.UserContext(), frame.Actor(c), frame.EventParam(c), offerParam(c))
	if err != nil {
		return err
	}
	if f.Next != "" {
		return c.Redirect(offerHref(f.Event, f.Next), fiber.StatusSeeOther)
	}
	return c.Redirect(stimulusRoot(f.Event), fiber.StatusSeeOther)
}

// OffersToReview lists the events that are to come and whose offers wait to be looked
// at, for the desk of an officer.
func (s *Door) OffersToReview(c *fiber.Ctx, b view.Base) (lines []view.TodoLine, err error) {
	waiting, err := s.App.Stimulus.Waiting(c.UserContext(), frame.Actor(c))
	for _, w := range waiting {
		lines = append(lines, view.TodoLine{Href: stimulusRoot(w.Event) + "?xem=cho-xem", Event: w.EventTitle, Text: b.T("offer.desk.waiting", w.N)})
	}
	return lines, err
}
