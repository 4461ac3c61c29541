package account

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/personal"
	"hoicho/internal/vn"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// sendOwn hands out all that is kept of the account.
func (s *Door) sendOwn(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	f, err := s.App.Personal.Own(c.UserContext(), in.Actor, frame.Lang(c))
	if err != nil {
		return err
	}
	return frame.SendFile(c, f)
}

// erasure says that the account is to be erased, and whom to ask; "" where it is not.
func (s *Door) erasure(c *fiber.Ctx, b view.Base, in accounts.SignedIn) (string, error) {
	e, err := s.App.Personal.Pending(c.UserContext(), in.Actor)
	if err != nil || e == nil {
		return "", err
	}
	if e.State == personal.PutOff {
		return b.T("erase.banner_put_off", vn.ShowDate(e.DueOn), e.PlannedAs), nil
	}
	return b.T("erase.banner", vn.ShowDate(e.DueOn), e.PlannedAs), nil
}

// askErase sends the request to erase the account, and leads to its page, which shows its code
// once.
func (s *Door) askErase(c *fiber.Ctx) error {
	in, _ := frame.SignedIn(c)
	sent, err := s.App.Personal.AskErase(c.UserContext(), in.Actor, s.Page(c, "account.title").T("erase.own_words"))
	if err != nil {
		return err
	}
	return c.Redirect("/du-lieu-ca-nhan/"+sent.Code+"?moi=1", fiber.StatusSeeOther)
}
