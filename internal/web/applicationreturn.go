package web

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/booths"
	"hoicho/internal/registry"
)

// returnPage asks before an approved application goes back to the queue.
type returnPage struct {
	base
	booths.ReturnEffect
	Root    string
	Effects []string
	Dying   []passRow
	Reason  Field
	Faults  []FieldFault
}

// showReturn shows what follows from sending an approved application back.
func (s *Server) showReturn(c *fiber.Ctx) error { return s.returnPage(c, "", nil) }

func (s *Server) returnPage(c *fiber.Ctx, reason string, fault error) error {
	x, err := s.app.Booths.ReturnEffect(c.UserContext(), actor(c), registry.ApplicationID(c.Params("application")))
	if err != nil {
		return err
	}
	p := returnPage{base: s.officePage(c, "application.return.title", x.Application.Number, x.Vendor.Name), ReturnEffect: x,
		Root: reviewRoot(x.Application.ID)}
	texts, ok := faultTexts(p.base, fault)
	if fault != nil && !ok {
		return fault
	}
	p.Dying, p.Effects = showPassRows(p.base, x.Dying), p.returnEffects(x)
	p.Reason = Field{Name: "reason", Type: "textarea", Rows: 3, Label: p.T("application.return.reason"), Hint: p.T("application.return.hint"),
		Value: reason, Error: texts["reason"], Required: true}
	p.Faults = summary(p.base, texts, "reason")
	p.HasError = len(p.Faults) > 0
	status := fiber.StatusOK
	if fault != nil {
		status = faultStatus(c, fault)
	}
	return s.renderStatus(c, status, layoutOffice, "applicationreturn", p)
}

func (b base) returnEffects(x booths.ReturnEffect) []string {
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
	return []string{booths, next, b.willTell(x.Effect), b.T("application.return.queue"), b.T("booth.leave.passes", x.Passes)}
}

// returnApplication sends an approved application back to the queue.
func (s *Server) returnApplication(c *fiber.Ctx) error {
	var form struct {
		Version int64  `form:"version"`
		Reason  string `form:"reason" lines:"many"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	id := registry.ApplicationID(c.Params("application"))
	if err := s.app.Booths.ReturnApplication(c.UserContext(), actor(c), id, booths.Decision{Version: form.Version, Reason: form.Reason}); err != nil {
		return s.returnPage(c, form.Reason, err)
	}
	flash(c, "application.flash.returned")
	return c.Redirect(reviewRoot(id), fiber.StatusSeeOther)
}
