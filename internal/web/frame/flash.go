package frame

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

const flashCookie = "flash"

// toldLocal is where a request keeps whom its notices reached.
const toldLocal = "told"

// Flash leaves a message for the next page: an i18n key, never text, so that a
// planted cookie can say nothing of its own. In the office, whom the request has
// told is added.
func Flash(c *fiber.Ctx, key string) { leaveFlash(c, key) }

// FlashOn is flash for a text with a date, YYYY-MM-DD.
func FlashOn(c *fiber.Ctx, key, date string) { leaveFlash(c, key+"@"+date) }

// FlashCount is flash for a text with a number, which is not negative.
func FlashCount(c *fiber.Ctx, key string, n int) { leaveFlash(c, key+"@"+strconv.Itoa(n)) }

func leaveFlash(c *fiber.Ctx, value string) {
	told, ok := c.Locals(toldLocal).(*registry.Told)
	if ok && view.Within(c.Path(), "/quan-ly") && (told.Asked || !told.Nobody()) {
		value += "~" + strconv.Itoa(len(told.Mailed)) + "." + strconv.Itoa(len(told.ToCall)) + "." + strconv.Itoa(len(told.Pushed)) + "." +
			string(told.Event)
	}
	c.Cookie(&fiber.Cookie{Name: flashCookie, Value: value, Path: "/", HTTPOnly: true, MaxAge: 60, SameSite: fiber.CookieSameSiteLaxMode})
}

// takeFlash reads the message that the last request left, and where those are to be
// found whom it did not reach.
func takeFlash(c *fiber.Ctx, lang string) (text, calls string) {
	note, told, _ := strings.Cut(c.Cookies(flashCookie), "~")
	key, date, dated := strings.Cut(note, "@")
	if key == "" {
		return "", ""
	}
	c.Cookie(&fiber.Cookie{Name: flashCookie, Path: "/", HTTPOnly: true, MaxAge: -1, SameSite: fiber.CookieSameSiteLaxMode})
	n, err := strconv.ParseUint(date, 10, 31)
	switch {
	case !i18n.Has(key) || dated && err != nil && !vn.ValidDate(date):
		return "", ""
	case dated && err == nil:
		text = i18n.T(lang, key, int(n))
	case dated:
		text = i18n.T(lang, key, vn.ShowDate(date))
	default:
		text = i18n.T(lang, key)
	}
	whom, calls := toldText(lang, told)
	return strings.TrimSpace(text + " " + whom), calls
}

// toldForm is how the cookie says whom a request has told: by letter, not at all, of
// those by a notification on a phone, and of which event.
var toldForm = regexp.MustCompile(`^(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.([0-9a-f-]{36})?$`)

// toldText says how many were reached by which way, and where those stand who have
// to be called.
func toldText(lang, told string) (text, calls string) {
	parts := toldForm.FindStringSubmatch(told)
	if parts == nil {
		return "", ""
	}
	mailed, _ := strconv.Atoi(parts[1])
	toCall, _ := strconv.Atoi(parts[2])
	if toCall > 0 && parts[4] != "" {
		calls = view.EventRoot(registry.EventID(parts[4])) + "/goi"
	}
	if pushed, _ := strconv.Atoi(parts[3]); pushed > 0 {
		defer func() { text += " " + i18n.T(lang, "call.told.pushed", pushed) }()
	}
	switch {
	case mailed == 0 && toCall == 0:
		return i18n.T(lang, "call.told.nobody"), ""
	case toCall == 0:
		return i18n.T(lang, "call.told.mailed", mailed), ""
	case mailed == 0:
		return i18n.T(lang, "call.told.to_call", toCall), calls
	}
	return i18n.T(lang, "call.told.both", mailed, toCall), calls
}
