package booths

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// returnPage asks before an approved application goes back to the queue.
type returnPage struct {
	view.Base
	view.Form
	booths.ReturnEffect
	Root    string
	Effects []string
	Dying   []frame.PassRow
	Reason  view.Field
}

// showReturn shows what follows from sending an approved application back.
func (s *Door) showReturn(c *fiber.Ctx) error { return s.returnPage(c, "", nil) }

func (s *Door) returnPage(c *fiber.Ctx, reason string, fault error) error {
	x, err := s.App.Booths.ReturnEffect(c.UserContext(), frame.Actor(c), registry.ApplicationID(c.Params("application")))
	if err != nil {
		return err
	}
	p := returnPage{Base: s.OfficePage(c, "application.return.title", x.Application.Number, x.Vendor.Name), ReturnEffect: x,
		Root: view.ReviewRoot(x.Application.ID)}
	texts, ok := view.FaultTexts(p.Base, fault)
	if fault != nil && !ok {
		return fault
	}
	p.Dying, p.Effects = frame.ShowPassRows(p.Base, x.Dying), returnEffects(p.Base, x)
	p.Form = view.NewForm(&p.Base, texts)
	p.Reason = p.TakeOne(view.Field{Name: "reason", Type: "textarea", Rows: 3, Label: p.T("application.return.reason"), Hint: p.T("application.return.hint"),
		Value: reason, Required: true})
	status := fiber.StatusOK
	if fault != nil {
		status = frame.FaultStatus(c, fault)
	}
	return s.RenderStatus(c, status, frame.LayoutOffice, "booths/application_return", p)
}

func returnEffects(b view.Base, x booths.ReturnEffect) []string {
	var codes []string
	for _, booth := range x.Booths {
		codes = append(codes, booth.Code)
	}
	booths := b.T("application.return.no_booth")
	if len(codes) > 0 {
		booths = b.T("application.return.booths", strings.Join(codes, ", "))
	}
	next := b.T("application.return.nobody_waits")
	if x.Waiting > 0 {
		next = b.T("application.return.waiting", x.Waiting)
	}
	return []string{booths, next, frame.WillTell(b, x.Effect), b.T("application.return.queue"), b.T("booth.leave.passes", x.Passes)}
}

// returnApplication sends an approved application back to the queue.
func (s *Door) returnApplication(c *fiber.Ctx) error {
	var form struct {
		Version int64  `form:"version"`
		Reason  string `form:"reason" lines:"many"`
	}
	if err := frame.Bind(c, &form); err != nil {
		return s.returnPage(c, form.Reason, err)
	}
	id := registry.ApplicationID(c.Params("application"))
	if err := s.App.Booths.ReturnApplication(c.UserContext(), frame.Actor(c), id, booths.Decision{Version: form.Version, Reason: form.Reason}); err != nil {
		return s.returnPage(c, form.Reason, err)
	}
	frame.Flash(c, "application.flash.returned")
	return c.Redirect(view.ReviewRoot(id), fiber.StatusSeeOther)
}
