package frame

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"hoicho/internal/i18n"
	"hoicho/internal/registry"
	"hoicho/internal/web/view"
)

// StatusOf maps the kind of an error to the status of the answer.
var StatusOf = map[registry.Kind]int{
	registry.None:            fiber.StatusInternalServerError, // an answer to no error is our own fault
	registry.Internal:        fiber.StatusInternalServerError,
	registry.Invalid:         fiber.StatusUnprocessableEntity,
	registry.Malformed:       fiber.StatusBadRequest,
	registry.Unauthenticated: fiber.StatusUnauthorized,
	registry.Forbidden:       fiber.StatusForbidden,
	registry.NotFound:        fiber.StatusNotFound,
	registry.Conflict:        fiber.StatusConflict,
	registry.TooLarge:        fiber.StatusRequestEntityTooLarge,
	registry.Unsupported:     fiber.StatusUnsupportedMediaType,
	registry.Limited:         fiber.StatusTooManyRequests,
	registry.Unavailable:     fiber.StatusServiceUnavailable,
}

// fromFiber turns what Fiber and its engine refuse into our own errors.
func fromFiber(err error) error {
	var f *fiber.Error
	switch {
	case errors.Is(err, fasthttp.ErrBodyTooLarge):
		return registry.E(registry.TooLarge, "error.too_large")
	case !errors.As(err, &f):
		return err
	case f.Code == fiber.StatusRequestEntityTooLarge:
		return registry.E(registry.TooLarge, "error.too_large")
	case f.Code == fiber.StatusNotFound || f.Code == fiber.StatusMethodNotAllowed:
		return registry.E(registry.NotFound, "error.not_found")
	case isPacked(f):
		return errPacked()
	case f.Code < 500:
		return registry.E(registry.Malformed, "error.malformed")
	}
	return err
}

// answerError is the one place that turns an error into an answer. Internal
// faults are logged here, once, with the request id that the page shows; of what is
// refused while the database is away the first, and how many there were.
func (s *Server) answerError(c *fiber.Ctx, err error) error {
	if errors.Is(err, fiber.ErrRequestTimeout) {
		return hangUp(c)
	}
	if requestID(c) == "" { // refused by the engine, before any of our own code
		nameRequest(c)
		s.setHeaders(c)
	}
	drain(c)
	err = fromFiber(err)
	kind := registry.KindOf(err)
	which := requestOf(c)
	switch kind {
	case registry.Internal:
		s.log.Error("request failed", append(which, "error", err.Error())...)
	case registry.Unavailable:
		s.App.Trouble.Refused(err, which...)
	}
	status := FaultStatus(c, err)
	c.Set(fiber.HeaderCacheControl, "no-store")
	if strings.HasPrefix(c.Path(), "/api/") {
		return s.errorJSON(c, status, err)
	}
	defer s.pack(c)
	if kind == registry.Unauthenticated {
		return s.Ways.SignIn(c)
	}
	return s.errorPage(c, status, view.First(err))
}

// requestOf is what the log says of which request a fault was.
func requestOf(c *fiber.Ctx) []any {
	return []any{"request", requestID(c), "method", c.Method(), "route", c.Route().Path}
}

// hangUp closes a line on which no request came in time, without a word. Browsers
// open lines ahead of need, and would take an answer to nothing for the answer to
// what they send in that moment; a line that closed they simply open again.
func hangUp(c *fiber.Ctx) error { return unlessClosed(c.Context().Conn().Close()) }

// retryAfter is when to come back where no time is known.
const retryAfter = 30 * time.Second

// FaultStatus is the status that answers an error. Whoever is to come back later is
// told when, on a page that shows a form again as well.
func FaultStatus(c *fiber.Ctx, err error) int {
	status := StatusOf[registry.KindOf(err)]
	if status == fiber.StatusServiceUnavailable || status == fiber.StatusTooManyRequests {
		wait := cmp.Or(view.First(err).Wait, retryAfter)
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	}
	return status
}

// errorsPage is the page of an error.
type errorsPage struct {
	view.Base
	Heading string
	Message string
	Status  int
}

func (s *Server) errorPage(c *fiber.Ctx, status int, e *registry.Error) error {
	p := errorsPage{Base: s.PublicNav(c, s.Page(c, "error.title."+strconv.Itoa(status))), Status: status}
	p.LinksStyle = true // a refusal is asked for by whoever likes, as often as they like, and shall cost little
	p.Heading = p.Title
	p.Message = p.T(e.Key, e.Args...)
	return s.RenderStatus(c, status, LayoutPublic, "frame/error", p)
}

// faultJSON is an error of the JSON API.
type faultJSON struct {
	Error     string `json:"error"`           // stable key
	Message   string `json:"message"`         // for people, in the language of the request
	Field     string `json:"field,omitempty"` // at fault
	RequestID string `json:"request_id"`
}

func (s *Server) errorJSON(c *fiber.Ctx, status int, err error) error {
	e := view.First(err)
	return c.Status(status).JSON(faultJSON{Error: strings.TrimPrefix(e.Key, "error."), Message: i18n.T(Lang(c), e.Key, e.Args...),
		Field: e.Field, RequestID: requestID(c)})
}

// notFound answers every path without a route. A path that exists for another
// method says so.
func (s *Server) notFound(c *fiber.Ctx) error {
	return registry.E(registry.NotFound, "error.not_found")
}
