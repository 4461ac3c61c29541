package periods

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/periods"
	"hoicho/internal/period"
	"hoicho/internal/registry"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// writer is a use case that takes the form of a report.
type writer func(ctx context.Context, actor registry.Actor, k period.Key, in periods.Input) error

// keep keeps what was typed.
func (s *Door) keep(c *fiber.Ctx) error {
	return s.write(c, "period.flash.kept", s.App.Periods.Keep)
}

// submit hands a report in.
func (s *Door) submit(c *fiber.Ctx) error {
	return s.write(c, "period.flash.submitted", s.App.Periods.Submit)
}

// inputForm is the form of a report as it is sent.
type inputForm struct {
	periods.Input
	Over int64 `form:"over"`
}

func (s *Door) write(c *fiber.Ctx, flash string, write writer) error {
	var form inputForm
	unread := frame.Bind(c, &form)
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	in := form.Input
	in.Version = view.ReadAt(form.Version, form.Over)
	if err = unread; err == nil {
		err = write(c.UserContext(), frame.Actor(c), k, in)
	}
	if err != nil {
		return s.report(c, again{input: &in, fault: err})
	}
	return flashAnd(c, flash, href(k))
}

// giveBack gives a report back to be mended.
func (s *Door) giveBack(c *fiber.Ctx) error {
	return s.decide(c, "tra-lai", "period.flash.returned", func(k period.Key, f decision) error {
		return s.App.Periods.Return(c.UserContext(), frame.Actor(c), k, periods.ReturnInput(f))
	})
}

// except lets a unit file in spite of the deadline or the lock.
func (s *Door) except(c *fiber.Ctx) error {
	return s.decide(c, "cho-nop", "period.flash.excepted_one", func(k period.Key, f decision) error {
		in := periods.ExceptInput{Reason: f.Reason, Until: f.Until, Units: []string{k.Unit}}
		_, err := s.App.Periods.Except(c.UserContext(), frame.Actor(c), k.Form, k.Period, in)
		return err
	})
}

// addendum adds what came after the lock.
func (s *Door) addendum(c *fiber.Ctx) error {
	return s.decide(c, "bo-sung", "period.flash.added", func(k period.Key, f decision) error {
		return s.App.Periods.Add(c.UserContext(), frame.Actor(c), k, periods.AddendumInput{Reason: f.Reason})
	})
}

// endException ends an exception before its day.
func (s *Door) endException(c *fiber.Ctx) error {
	return s.decide(c, "het-phep", "period.flash.ended", func(k period.Key, _ decision) error {
		return s.App.Periods.End(c.UserContext(), frame.Actor(c), k)
	})
}

// decision is what a form beside a report sends: those that ask for no day send none.
type decision struct {
	Reason  string `form:"reason"`
	Until   string `form:"until"`
	Version int64  `form:"version"`
}

// decide reads a form beside a report, does what it asks for, and shows the report again where
// that was refused.
func (s *Door) decide(c *fiber.Ctx, which, flash string, do func(period.Key, decision) error) error {
	var form decision
	unread := frame.Bind(c, &form)
	k, err := keyOf(c)
	if err != nil {
		return err
	}
	if err = unread; err == nil {
		err = do(k, form)
	}
	if err != nil {
		return s.report(c, again{which: which, reason: form.Reason, until: form.Until, fault: err})
	}
	return flashAnd(c, flash, href(k))
}
