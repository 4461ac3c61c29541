package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/registry"
)

// handler is an endpoint that acts for somebody.
type handler func(c *fiber.Ctx, actor registry.Actor) error

// as calls a handler for whom the bearer token of the request acts. Without a
// good token it is Unauthenticated, without one of the scopes Forbidden.
func (d *door) as(h handler, scopes []registry.APIScope) fiber.Handler {
	return func(c *fiber.Ctx) error {
		actor, err := d.app.Accounts.AuthenticateAPI(c.UserContext(), Bearer(c), scopes...)
		if err != nil {
			return err
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return h(c, actor)
	}
}

// Bearer returns the bearer token of a request, or "".
func Bearer(c *fiber.Ctx) string {
	scheme, token, _ := strings.Cut(strings.TrimSpace(c.Get(fiber.HeaderAuthorization)), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// decode reads a JSON body into v. Unknown fields, a second value, text that is
// not UTF-8 and wrong types are Malformed, naming the field where it is known.
func decode(c *fiber.Ctx, v any) error {
	if !utf8.Valid(c.BodyRaw()) {
		return registry.E(registry.Malformed, "error.bad_text")
	}
	dec := json.NewDecoder(bytes.NewReader(c.BodyRaw()))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return jsonFault(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return registry.E(registry.Malformed, "error.malformed")
	}
	return nil
}

func jsonFault(err error) error {
	if field, ok := strings.CutPrefix(err.Error(), `json: unknown field "`); ok {
		return registry.E(registry.Malformed, "error.unknown_json", strings.TrimSuffix(field, `"`))
	}
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		e := registry.E(registry.Malformed, "error.malformed")
		e.Field = t.Field
		return e
	}
	return registry.E(registry.Malformed, "error.malformed")
}

// filter is what a list was asked for under a name, and whether it can be read.
type filter struct {
	name     string
	readable bool
}

// readable refuses a list that would ignore what it was asked: Malformed, naming the
// first filter that cannot be read. What was not asked for is readable.
func readable(c *fiber.Ctx, filters ...filter) error {
	for _, f := range filters {
		if c.Query(f.name) != "" && !f.readable {
			e := registry.E(registry.Malformed, "error.filter", f.name)
			e.Field = f.name
			return e
		}
	}
	return nil
}

// isDay reports whether a text is a date, YYYY-MM-DD.
func isDay(text string) bool { return registry.AddDays(text, 0) == text && text != "" }
