package frame

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/vn"
	"hoicho/internal/web/view"
)

type unreadKey struct{}

// unreadOf is the request's list of such filters.
func unreadOf(c *fiber.Ctx) *view.Unread {
	if u, ok := c.Locals(unreadKey{}).(*view.Unread); ok {
		return u
	}
	u := &view.Unread{}
	c.Locals(unreadKey{}, u)
	return u
}

// maxUnread is how much of a filter is said again, in runes.
const maxUnread = 40

// CannotRead notes that a filter of the address could not be read.
func CannotRead(c *fiber.Ctx, name string) {
	value, ok := vn.CleanLine(c.Query(name))
	if !ok || value == "" {
		value = name
	}
	if runes := []rune(value); len(runes) > maxUnread {
		value = string(runes[:maxUnread]) + "…"
	}
	if u := unreadOf(c); !slices.Contains(u.Values, value) {
		u.Values = append(u.Values, value)
	}
}

// OneOf reads a filter that is one of some values, or none; what it is not is said
// on the page and counts as none.
func OneOf[T ~string](c *fiber.Ctx, name string, values ...T) T {
	asked := T(c.Query(name))
	if asked == "" || slices.Contains(values, asked) {
		return asked
	}
	CannotRead(c, name)
	return ""
}

// AskedText reads what was typed into a search box, a line of at most 100 letters.
func AskedText(c *fiber.Ctx, name string) string {
	text := view.ShortText(c.Query(name))
	if text == "" && strings.TrimSpace(c.Query(name)) != "" {
		CannotRead(c, name)
	}
	return text
}

// AskedIf gives a filter back if it could be read.
func AskedIf(c *fiber.Ctx, name string, readable bool) string {
	asked := c.Query(name)
	if asked == "" || readable {
		return asked
	}
	CannotRead(c, name)
	return ""
}

// LeadsNowhere notes a cursor behind which there is nothing: a page is only ever
// linked when it has rows.
func LeadsNowhere(c *fiber.Ctx, name string, rows int) {
	if rows == 0 && c.Query(name) != "" {
		CannotRead(c, name)
	}
}
