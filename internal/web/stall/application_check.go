package stall

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// checkPage is the last look at an application before it is sent.
type checkPage struct {
	view.Base
	view.Form
	Event   registry.Event
	Vendor  registry.Vendor
	Root    string
	Days    string
	Rows    []view.SummaryRow
	Pledge  []string // paragraphs
	Text    string   // version of the pledge
	Stage   string   // of the way of a new vendor
	Asked   string   // what the office wants to know, in its words alone
	Named   AskedPart
	Answer  view.Field
	Agree   view.Field
	OnPaper bool
	Version int64
	Limits  []QuotaLine
	Lacking TodoPart
}

// ShowCheck shows what is about to be sent.
func (s *Door) ShowCheck(by filledIn) fiber.Handler {
	return func(c *fiber.Ctx) error { return s.check(c, by, nil) }
}

func (s *Door) check(c *fiber.Ctx, by filledIn, fault error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	p := checkPage{Root: by.root(v), Event: v.Event, Vendor: v.Vendor, Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn), OnPaper: v.OnPaper,
		Text: booths.PledgeVersion, Version: v.Version}
	var layout string
	layout, p.Base = s.filledPage(c, by, v, "application.check.title")
	if v.State == registry.AppSubmitted || !v.State.Editable() {
		return c.Redirect(p.Root, fiber.StatusSeeOther)
	}
	p.Rows, p.Limits = Answers(p.Base, v, p.Root+"/sua"), Quotas(p.Base, v.Quotas, v.Concerns)
	p.Lacking = newLackingPart(p.Base, v)
	p.Pledge = strings.Split(p.T("application.pledge."+booths.PledgeVersion), "\n")
	status, err := frame.NoteFault(c, &p.Base, &p.Form, fault)
	if err != nil {
		return err
	}
	agree := view.Field{Name: "pledge", Type: "checkbox", Label: p.T("application.check.agree")}
	if v.OnPaper {
		agree.Label = p.T("application.check.agree_paper")
	}
	if v.State == registry.AppNeedsInfo {
		if p.Named = by.asked(p.Base, v); len(p.Named.Tasks) == 0 {
			p.Asked = v.Reason
		}
		p.Answer = view.Field{Name: "answer", Type: "textarea", Rows: 3, Label: p.T("application.field.answer"), Hint: p.T("application.field.answer.hint"),
			Value: c.FormValue("answer")}
		p.Answer = p.TakeOne(p.Answer)
	}
	if v.Vendor.State == registry.VendorNew && by == byVendor && v.State == registry.AppDraft {
		p.Stage = p.T("application.way.stage", 5)
	}
	p.Agree = p.TakeOne(agree)
	return s.RenderStatus(c, status, layout, "stall/application_check", p)
}

// SubmitApplication sends an application to the office.
func (s *Door) SubmitApplication(by filledIn) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, err := s.ownView(c)
		if err != nil {
			return err
		}
		var form struct {
			Pledge  bool   `form:"pledge"`
			Answer  string `form:"answer" lines:"many"`
			Text    string `form:"text"`
			Version int64  `form:"version"`
		}
		if err := frame.Bind(c, &form); err != nil {
			return s.check(c, by, err)
		}
		pledge := booths.Pledge{Agreed: form.Pledge, Answer: form.Answer, Text: form.Text, Version: form.Version}
		if err := s.App.Booths.SubmitApplication(c.UserContext(), frame.Actor(c), v.ID, pledge); err != nil {
			return s.check(c, by, err)
		}
		s.Arrived(c, v.Event.Slug)
		frame.Flash(c, "application.flash.sent")
		return c.Redirect(by.root(v), fiber.StatusSeeOther)
	}
}
