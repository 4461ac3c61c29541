package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/vn"
)

type unreadKey struct{}

// unreadOf is the request's list of such filters.
func unreadOf(c *fiber.Ctx) *unread {
	if u, ok := c.Locals(unreadKey{}).(*unread); ok {
		return u
	}
	u := &unread{}
	c.Locals(unreadKey{}, u)
	return u
}

// maxUnread is how much of a filter is said again, in runes.
const maxUnread = 40

// cannotRead notes that a filter of the address could not be read.
func cannotRead(c *fiber.Ctx, name string) {
	value, ok := vn.CleanLine(c.Query(name))
	if !ok || value == "" {
		value = name
	}
	if runes := []rune(value); len(runes) > maxUnread {
		value = string(runes[:maxUnread]) + "…"
	}
	if u := unreadOf(c); !slices.Contains(u.values, value) {
		u.values = append(u.values, value)
	}
}

// oneOf reads a filter that is one of some values, or none; what it is not is said
// on the page and counts as none.
func oneOf[T ~string](c *fiber.Ctx, name string, values ...T) T {
	asked := T(c.Query(name))
	if asked == "" || slices.Contains(values, asked) {
		return asked
	}
	cannotRead(c, name)
	return ""
}

// askedText reads what was typed into a search box, a line of at most 100 letters.
func askedText(c *fiber.Ctx, name string) string {
	text := shortText(c.Query(name))
	if text == "" && strings.TrimSpace(c.Query(name)) != "" {
		cannotRead(c, name)
	}
	return text
}

// askedIf gives a filter back if it could be read.
func askedIf(c *fiber.Ctx, name string, readable bool) string {
	asked := c.Query(name)
	if asked == "" || readable {
		return asked
	}
	cannotRead(c, name)
	return ""
}

// leadsNowhere notes a cursor behind which there is nothing: a page is only ever
// linked when it has rows.
func leadsNowhere(c *fiber.Ctx, name string, rows int) {
	if rows == 0 && c.Query(name) != "" {
		cannotRead(c, name)
	}
}
