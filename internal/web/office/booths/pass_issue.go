package booths

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/passes"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// reissueKilled issues anew what died with its key.
func (s *Door) reissueKilled(c *fiber.Ctx) error {
	if _, err := s.App.Passes.ReissueKilled(c.UserContext(), frame.Actor(c), frame.EventParam(c)); err != nil {
		return s.passes(c, passForms{Issue: newIssue}, err)
	}
	frame.Flash(c, "pass.flash.killed_reissued")
	return c.Redirect(view.PassRoot(frame.EventParam(c))+"?chua-in=1", fiber.StatusSeeOther)
}

// issueForm is the form that issues official and visitor passes.
type issueForm struct {
	Kind     string `form:"kind"`
	Count    string `form:"count"`
	Label    string `form:"label"`
	FirstDay string `form:"first_day"`
	Days     string `form:"days"`
	Test     bool   `form:"test"`
}

func (f issueForm) fields(b view.Base) []view.Field {
	kinds := []view.Option{
		{Value: string(registry.OfficialPass), Label: b.T("pass.kind.official"), Selected: f.Kind == string(registry.OfficialPass)},
		{Value: string(registry.VisitorPass), Label: b.T("pass.kind.visitor"), Selected: f.Kind == string(registry.VisitorPass)},
	}
	fields := []view.Field{
		{Name: "kind", Type: "select", Label: b.T("pass.field.kind"), Options: kinds},
		{Name: "count", Type: "number", Label: b.T("pass.field.count"), Value: f.Count},
		{Name: "label", Label: b.T("pass.field.label"), Hint: b.T("pass.field.label_hint"), Value: f.Label},
		{Name: "first_day", Type: "date", Shape: b.T("form.date_shape"), Label: b.T("pass.field.first_day"), Value: f.FirstDay},
		{Name: "days", Type: "number", Label: b.T("pass.field.days"), Value: f.Days},
		{Name: "test", Type: "checkbox", Label: b.T("pass.field.test"), Hint: b.T("pass.field.test_hint")},
	}
	if f.Test {
		fields[5].Value = "1"
	}
	return fields
}

// issuePasses issues official or visitor passes.
func (s *Door) issuePasses(c *fiber.Ctx) error {
	var form issueForm
	if err := frame.Bind(c, &form); err != nil {
		return s.passes(c, passForms{Issue: form}, err)
	}
	count, _ := strconv.Atoi(form.Count) // what is no number is out of range
	days, _ := strconv.Atoi(form.Days)
	first, err := vn.ParseDate(form.FirstDay, s.App.Today())
	if err != nil {
		first = ""
	}
	err = s.App.Passes.IssuePasses(c.UserContext(), frame.Actor(c), frame.EventParam(c), passes.IssueInput{
		Kind: registry.PassKind(form.Kind), Count: count, Label: form.Label, FirstDay: first, Days: days, Test: form.Test})
	if err != nil {
		return s.passes(c, passForms{Issue: form}, err)
	}
	frame.Flash(c, "pass.flash.issued")
	return c.Redirect(c.Path(), fiber.StatusSeeOther)
}

// issueMissing issues passes for the booths that have none.
func (s *Door) issueMissing(c *fiber.Ctx) error {
	n, err := s.App.Passes.IssueMissing(c.UserContext(), frame.Actor(c), frame.EventParam(c))
	if err != nil {
		return s.passes(c, passForms{Issue: newIssue}, err)
	}
	if n == 0 {
		frame.Flash(c, "book.flash.no_days")
	} else {
		frame.Flash(c, "book.flash.issued")
	}
	return c.Redirect(view.PassRoot(frame.EventParam(c)), fiber.StatusSeeOther)
}

// passSteps are the buttons of a pass and the states that they lead to.
var passSteps = map[string]registry.PassState{"block": registry.PassBlocked, "unblock": registry.PassValid, "revoke": registry.PassRevoked}

// stepForm is the form of one pass.
type stepForm struct {
	Pass   registry.PassID // of the address
	Do     string          `form:"do"`
	Reason string          `form:"reason"`
}

// stepPass blocks, unblocks, revokes or re-issues a pass, and goes back to the list as
// it was narrowed.
func (s *Door) stepPass(c *fiber.Ctx) error {
	form := stepForm{Pass: registry.PassID(c.Params("pass"))}
	err := frame.Bind(c, &form)
	switch {
	case err != nil:
	case form.Do == "reissue":
		_, err = s.App.Passes.ReissuePass(c.UserContext(), frame.Actor(c), form.Pass, form.Reason)
	default:
		err = s.App.Passes.StepPass(c.UserContext(), frame.Actor(c), form.Pass, passSteps[form.Do], form.Reason)
	}
	if err != nil {
		return s.passes(c, passForms{Issue: newIssue, Step: form}, err)
	}
	frame.Flash(c, "pass.flash."+form.Do)
	list := readPassQuery(c).href(view.PassRoot(frame.EventParam(c)), c.Query("sau"))
	return c.Redirect(list, fiber.StatusSeeOther)
}
