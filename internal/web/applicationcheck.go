package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
)

// checkPage is the last look at an application before it is sent.
type checkPage struct {
	base
	faulty
	Event   registry.Event
	Vendor  registry.Vendor
	Root    string
	Days    string
	Rows    []SummaryRow
	Pledge  []string // paragraphs
	Text    string   // version of the pledge
	Agree   Field
	OnPaper bool
	Version int64
	Limits  []quotaLine
	Lacking lackingPart
}

// showCheck shows what is about to be sent.
func (s *Server) showCheck(by filledIn) fiber.Handler {
	return func(c *fiber.Ctx) error { return s.check(c, by, nil) }
}

func (s *Server) check(c *fiber.Ctx, by filledIn, fault error) error {
	v, err := s.ownView(c)
	if err != nil {
		return err
	}
	p := checkPage{Root: by.root(v), Event: v.Event, Vendor: v.Vendor, Days: vn.ShowRange(v.Event.OpensOn, v.Event.ClosesOn), OnPaper: v.OnPaper,
		Text: booths.PledgeVersion, Version: v.Version}
	var layout string
	layout, p.base = s.filledPage(c, by, v, "application.check.title")
	if v.State == registry.AppSubmitted || !v.State.Editable() {
		return c.Redirect(p.Root, fiber.StatusSeeOther)
	}
	p.Rows, p.Limits = p.answers(v, p.Root+"/sua"), p.quotas(v.Quotas, v.Concerns)
	p.Lacking = p.newLackingPart(v)
	p.Pledge = strings.Split(p.T("application.pledge."+booths.PledgeVersion), "\n")
	status, err := p.noteFault(c, &p.base, fault, "pledge")
	if err != nil {
		return err
	}
	p.Agree = Field{Name: "pledge", Type: "checkbox", Label: p.T("application.check.agree"), Error: p.texts["pledge"]}
	if v.OnPaper {
		p.Agree.Label = p.T("application.check.agree_paper")
	}
	return s.renderStatus(c, status, layout, "applicationcheck", p)
}

// submitApplication sends an application to the office.
func (s *Server) submitApplication(by filledIn) fiber.Handler {
	return func(c *fiber.Ctx) error {
		v, err := s.ownView(c)
		if err != nil {
			return err
		}
		var form struct {
			Pledge  bool   `form:"pledge"`
			Text    string `form:"text"`
			Version int64  `form:"version"`
		}
		if err := bind(c, &form); err != nil {
			return err
		}
		pledge := booths.Pledge{Agreed: form.Pledge, Text: form.Text, Version: form.Version}
		if err := s.app.Booths.SubmitApplication(c.UserContext(), actor(c), v.ID, pledge); err != nil {
			return s.check(c, by, err)
		}
		s.arrived(c, v.Event.Slug)
		flash(c, "application.flash.sent")
		return c.Redirect(by.root(v), fiber.StatusSeeOther)
	}
}
