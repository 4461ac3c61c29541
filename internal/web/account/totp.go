package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// secondStepForm is what the page of the second step sends.
type secondStepForm struct {
	Code   string `form:"code"`
	Sealed string `form:"sealed"`
}

// ToSecondStep leads to the second step. A form that was sent goes with it, so
// then the page is the answer itself.
func (s *Door) ToSecondStep(c *fiber.Ctx, to frame.Carry) error {
	if to.Posted == "" {
		path := "/xac-thuc"
		if to.Next != "" {
			path += "?next=" + view.QueryEscape(to.Next)
		}
		return c.Redirect(path, fiber.StatusSeeOther)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	if in, _ := frame.Entered(c); in.Account.TOTPSecret == "" {
		return s.askTOTP(c, fiber.StatusUnauthorized, to)
	}
	return s.RenderStatus(c, fiber.StatusUnauthorized, frame.LayoutForm, "account/entry", s.secondStepPage(c, to, nil))
}

// showSecondStep asks for a code of the authenticator app, or leads to setting it
// up.
func (s *Door) showSecondStep(c *fiber.Ctx) error {
	in, _ := frame.Entered(c)
	to := frame.Carry{Next: view.LocalPath(c.Query("next"), "")}
	switch {
	case in.Account.TOTPSecret == "":
		return c.Redirect("/xac-thuc/thiet-lap?next="+view.QueryEscape(to.Next), fiber.StatusSeeOther)
	case in.Session.SecondStep:
		return s.arrive(c, to, home(in.Actor))
	}
	return s.Render(c, frame.LayoutForm, "account/entry", s.secondStepPage(c, to, nil))
}

func (s *Door) secondStepPage(c *fiber.Ctx, to frame.Carry, faults map[string]string) entryPage {
	p := s.entry(c, "account.second_step", "/xac-thuc", "account.go_on")
	p.Carry, p.Lead, p.Leave = to, p.T("account.second_step_lead"), true
	p.fields(faults, codeField(p.Base, p.T("account.code_or_recovery_hint")))
	return p
}

// codeField asks for the six digits of an authenticator app.
func codeField(b view.Base, hint string) view.Field {
	return view.Field{Name: "code", Label: b.T("account.code"), Hint: hint, InputMode: "numeric", Autocomplete: "one-time-code", Max: 20}
}

// passSecondStep accepts a code and goes on under a new session token.
func (s *Door) passSecondStep(c *fiber.Ctx) error {
	in, _ := frame.Entered(c)
	var form secondStepForm
	err := frame.Bind(c, &form)
	var step accounts.SecondStep
	if err == nil {
		step, err = s.App.Accounts.PassSecondStep(c.UserContext(), in, form.Code)
	}
	to := frame.ReadCarry(c)
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.secondStepPage(c, to, faults) })
	}
	if err := s.GoOnAs(c, step.Token); err != nil {
		return err
	}
	if step.Left >= 0 && step.Left <= 3 {
		frame.Flash(c, "account.few_recovery_codes")
	}
	return s.arrive(c, to, home(frame.Actor(c)))
}

// totpPage sets up an authenticator app.
type totpPage struct {
	entryPage
	Setup accounts.TOTPSetup
	QR    string
}

// showTOTP shows a new secret for an authenticator app.
func (s *Door) showTOTP(c *fiber.Ctx) error {
	return s.askTOTP(c, fiber.StatusOK, frame.Carry{Next: view.LocalPath(c.Query("next"), "")})
}

// askTOTP answers with the page that sets the second step up.
func (s *Door) askTOTP(c *fiber.Ctx, status int, to frame.Carry) error {
	in, _ := frame.Entered(c)
	setup, err := s.App.Accounts.NewTOTP(in)
	if err != nil {
		return err
	}
	p, err := s.totpPage(c, setup, nil)
	if err != nil {
		return err
	}
	p.Carry = to
	return s.RenderStatus(c, status, frame.LayoutForm, "account/totp", p)
}

func (s *Door) totpPage(c *fiber.Ctx, setup accounts.TOTPSetup, faults map[string]string) (p totpPage, err error) {
	p = totpPage{entryPage: s.entry(c, "account.totp", "/xac-thuc/thiet-lap", "account.totp_button"), Setup: setup}
	p.fields(faults, codeField(p.Base, p.T("account.code_hint")))
	p.Leave = frame.OwesSecondStep(c)
	p.QR, err = setup.QR(p.T("account.totp_qr"))
	return p, err
}

// recoveryPage shows new recovery codes, once.
type recoveryPage struct {
	view.Base
	frame.Carry
	Codes []string
	Home  string
}

// confirmTOTP stores the secret once its first code proves the app.
func (s *Door) confirmTOTP(c *fiber.Ctx) error {
	in, _ := frame.Entered(c)
	var form secondStepForm
	if err := frame.Bind(c, &form); err != nil {
		return s.totpAgain(c, form, frame.ReadCarry(c), err)
	}
	to := frame.ReadCarry(c)
	step, err := s.App.Accounts.ConfirmTOTP(c.UserContext(), in, form.Sealed, form.Code)
	if err != nil {
		return s.totpAgain(c, form, to, err)
	}
	if err := s.GoOnAs(c, step.Token); err != nil {
		return err
	}
	return s.showRecovery(c, to, step.Recovery)
}

// totpAgain shows the same secret again with what is wrong.
func (s *Door) totpAgain(c *fiber.Ctx, form secondStepForm, to frame.Carry, fault error) error {
	faults, ok := view.FaultTexts(s.Page(c, "account.totp"), fault)
	if !ok {
		return fault
	}
	in, _ := frame.Entered(c)
	setup, err := s.App.Accounts.SameTOTP(in, form.Sealed)
	if err != nil {
		return err
	}
	p, err := s.totpPage(c, setup, faults)
	if err != nil {
		return err
	}
	p.Carry = to
	return s.RenderStatus(c, fiber.StatusUnprocessableEntity, frame.LayoutForm, "account/totp", p)
}

func (s *Door) showRecovery(c *fiber.Ctx, to frame.Carry, codes []string) error {
	p := recoveryPage{Base: s.PublicNav(c, s.Page(c, "account.recovery")), Carry: to, Codes: codes, Home: view.LocalPath(to.Next, home(frame.Actor(c)))}
	return s.Render(c, frame.LayoutForm, "account/recovery", p)
}

// renewRecovery makes new recovery codes; the old ones end.
func (s *Door) renewRecovery(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	codes, err := s.App.Accounts.RenewRecoveryCodes(c.UserContext(), in)
	if err != nil {
		return err
	}
	return s.showRecovery(c, frame.Carry{Next: "/tai-khoan"}, codes)
}
