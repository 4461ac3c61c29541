package phone

import (
	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/web/frame"
	"hoicho/internal/web/view"
)

// appPage is an app: one page whose screens its script shows one at a time.
type appPage struct {
	view.Base
	Texts   string // what the script says, JSON by key
	Build   string // names the version of the app
	Offline bool   // a service worker keeps the app on the phone
}

// showApp sends an app in the language that the address asks for, else in the reader's. It
// holds nothing of anybody: a phone learns all of that when it is paired, or from whoever
// signed in on it.
func showApp(made shellMaker) fiber.Handler {
	return func(c *fiber.Ctx) error {
		l := frame.Lang(c)
		if asked := c.Query("lang"); asked != "" && i18n.Match(asked) == asked {
			l = asked
			frame.SetLangCookie(c, l)
		}
		shell, err := made()
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		c.Set(fiber.HeaderCacheControl, "no-cache")
		c.Set(fiber.HeaderVary, "Cookie")
		return c.Send(shell.pages[l])
	}
}
