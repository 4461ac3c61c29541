package web

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
)

// secondStepForm is what the page of the second step sends.
type secondStepForm struct {
	Code   string `form:"code"`
	Sealed string `form:"sealed"`
}

// toSecondStep leads to the second step. A form that was sent goes with it, so
// then the page is the answer itself.
func (s *Server) toSecondStep(c *fiber.Ctx, to carry) error {
	if to.Form == "" {
		path := "/xac-thuc"
		if to.Next != "" {
			path += "?next=" + queryEscape(to.Next)
		}
		return c.Redirect(path, fiber.StatusSeeOther)
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	if in, _ := entered(c); in.Account.TOTPSecret == "" {
		return s.askTOTP(c, fiber.StatusUnauthorized, to)
	}
	return s.renderStatus(c, fiber.StatusUnauthorized, layoutForm, "entry", s.secondStepPage(c, to, nil))
}

// showSecondStep asks for a code of the authenticator app, or leads to setting it
// up.
func (s *Server) showSecondStep(c *fiber.Ctx) error {
	in, _ := entered(c)
	to := carry{Next: localPath(c.Query("next"), "")}
	switch {
	case in.Account.TOTPSecret == "":
		return c.Redirect("/xac-thuc/thiet-lap?next="+queryEscape(to.Next), fiber.StatusSeeOther)
	case in.Session.SecondStep:
		return s.arrive(c, to, home(in.Actor))
	}
	return s.render(c, layoutForm, "entry", s.secondStepPage(c, to, nil))
}

func (s *Server) secondStepPage(c *fiber.Ctx, to carry, faults map[string]string) entryPage {
	p := s.entry(c, "account.second_step", "/xac-thuc", "account.go_on")
	p.carry, p.Lead, p.Leave = to, p.T("account.second_step_lead"), true
	p.fields(faults, codeField(p.base, p.T("account.code_or_recovery_hint")))
	return p
}

// codeField asks for the six digits of an authenticator app.
func codeField(b base, hint string) Field {
	return Field{Name: "code", Label: b.T("account.code"), Hint: hint, InputMode: "numeric", Autocomplete: "one-time-code", Max: 20}
}

// passSecondStep accepts a code and goes on under a new session token.
func (s *Server) passSecondStep(c *fiber.Ctx) error {
	in, _ := entered(c)
	var form secondStepForm
	err := bind(c, &form)
	var step accounts.SecondStep
	if err == nil {
		step, err = s.app.Accounts.PassSecondStep(c.UserContext(), in, form.Code)
	}
	to := readCarry(c)
	if err != nil {
		return s.again(c, err, func(faults map[string]string) entryPage { return s.secondStepPage(c, to, faults) })
	}
	if err := s.goOnAs(c, step.Token); err != nil {
		return err
	}
	if step.Left >= 0 && step.Left <= 3 {
		flash(c, "account.few_recovery_codes")
	}
	return s.arrive(c, to, home(actor(c)))
}

// totpPage sets up an authenticator app.
type totpPage struct {
	entryPage
	Setup accounts.TOTPSetup
	QR    string
}

// showTOTP shows a new secret for an authenticator app.
func (s *Server) showTOTP(c *fiber.Ctx) error {
	return s.askTOTP(c, fiber.StatusOK, carry{Next: localPath(c.Query("next"), "")})
}

// askTOTP answers with the page that sets the second step up.
func (s *Server) askTOTP(c *fiber.Ctx, status int, to carry) error {
	in, _ := entered(c)
	setup, err := s.app.Accounts.NewTOTP(in)
	if err != nil {
		return err
	}
	p, err := s.totpPage(c, setup, nil)
	if err != nil {
		return err
	}
	p.carry = to
	return s.renderStatus(c, status, layoutForm, "totp", p)
}

func (s *Server) totpPage(c *fiber.Ctx, setup accounts.TOTPSetup, faults map[string]string) (p totpPage, err error) {
	p = totpPage{entryPage: s.entry(c, "account.totp", "/xac-thuc/thiet-lap", "account.totp_button"), Setup: setup}
	p.fields(faults, codeField(p.base, p.T("account.code_hint")))
	p.Leave = owesSecondStep(c)
	p.QR, err = setup.QR(p.T("account.totp_qr"))
	return p, err
}

// recoveryPage shows new recovery codes, once.
type recoveryPage struct {
	base
	carry
	Codes []string
	Home  string
}

// confirmTOTP stores the secret once its first code proves the app.
func (s *Server) confirmTOTP(c *fiber.Ctx) error {
	in, _ := entered(c)
	var form secondStepForm
	if err := bind(c, &form); err != nil {
		return err
	}
	to := readCarry(c)
	step, err := s.app.Accounts.ConfirmTOTP(c.UserContext(), in, form.Sealed, form.Code)
	if err != nil {
		return s.totpAgain(c, form, to, err)
	}
	if err := s.goOnAs(c, step.Token); err != nil {
		return err
	}
	return s.showRecovery(c, to, step.Recovery)
}

// totpAgain shows the same secret again with what is wrong.
func (s *Server) totpAgain(c *fiber.Ctx, form secondStepForm, to carry, fault error) error {
	faults, ok := faultTexts(s.page(c, "account.totp"), fault)
	if !ok {
		return fault
	}
	in, _ := entered(c)
	setup, err := s.app.Accounts.SameTOTP(in, form.Sealed)
	if err != nil {
		return err
	}
	p, err := s.totpPage(c, setup, faults)
	if err != nil {
		return err
	}
	p.carry = to
	return s.renderStatus(c, fiber.StatusUnprocessableEntity, layoutForm, "totp", p)
}

func (s *Server) showRecovery(c *fiber.Ctx, to carry, codes []string) error {
	p := recoveryPage{base: s.publicNav(c, s.page(c, "account.recovery")), carry: to, Codes: codes, Home: localPath(to.Next, home(actor(c)))}
	return s.render(c, layoutForm, "recovery", p)
}

// renewRecovery makes new recovery codes; the old ones end.
func (s *Server) renewRecovery(c *fiber.Ctx) error {
	in, _ := signedIn(c)
	codes, err := s.app.Accounts.RenewRecoveryCodes(c.UserContext(), in)
	if err != nil {
		return err
	}
	return s.showRecovery(c, carry{Next: "/tai-khoan"}, codes)
}
