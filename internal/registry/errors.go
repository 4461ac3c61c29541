package registry

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of fault an error is. Doors (web, api, cmd) map it to
// their own codes; nothing else looks at it.
type Kind int

// The kinds, with the HTTP status a door answers.
const (
	None            Kind = iota // no error
	Internal                    // 500: logged, never shown
	Invalid                     // 422: the input is wrong; Field says where
	Malformed                   // 400: the request itself is not well formed
	Unauthenticated             // 401
	Forbidden                   // 403: only where the actor already sees the object
	NotFound                    // 404: not there, or not for this actor
	Conflict                    // 409: somebody or something else came first
	TooLarge                    // 413
	Unsupported                 // 415: the body is packed
	Limited                     // 429: too many tries
	Unavailable                 // 503: storage is full, busy or stopping
)

// Error is an error that may be shown to a user. Key names a message in the
// i18n catalog and Args fill it in as A0, A1, …; Field names the form field at
// fault, if any. Every error that is not an *Error counts as Internal and is
// never shown.
type Error struct {
	Kind  Kind
	Key   string
	Args  []any
	Field string
	Wait  time.Duration // of Limited, and of Unavailable where it is known: until the next try may come
}

// Error gives the key and arguments, for logs and tests.
func (e *Error) Error() string {
	if e.Field != "" {
		return fmt.Sprintf("%s (field %s) %v", e.Key, e.Field, e.Args)
	}
	return fmt.Sprintf("%s %v", e.Key, e.Args)
}

// E makes an error that may be shown to a user.
func E(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: args}
}

// At makes an Invalid error at a form field.
func At(field, key string, args ...any) *Error {
	return &Error{Kind: Invalid, Key: key, Args: args, Field: field}
}

// TooSoon makes a Limited error that says how long to wait.
func TooSoon(wait time.Duration) *Error {
	e := E(Limited, "error.wait_minutes", int((wait + time.Minute - 1).Minutes()))
	if wait < 100*time.Second {
		e = E(Limited, "error.wait_seconds", max(int(wait.Round(time.Second).Seconds()), 1))
	}
	e.Wait = wait
	return e
}

// KindOf reports the kind of err, looking through wrapping, and None only for nil:
// an Error of no kind is Internal, like every error that is not an *Error. Several
// faults count as the kind of the first.
func KindOf(err error) Kind {
	if err == nil {
		return None
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return cmp.Or(e.Kind, Internal)
	}
	if f, ok := errors.AsType[Faults](err); ok && len(f) > 0 {
		return cmp.Or(f[0].Kind, Internal)
	}
	return Internal
}

// Faults are several errors of one input, in the order of its fields, so that a
// form shows them all at once.
type Faults []*Error

// Error joins the faults, for logs and tests.
func (f Faults) Error() string {
	errs := make([]error, len(f))
	for i, e := range f {
		errs[i] = e
	}
	return errors.Join(errs...).Error()
}

// Add notes an Invalid fault at a field.
func (f *Faults) Add(field, key string, args ...any) {
	*f = append(*f, At(field, key, args...))
}

// Check notes a fault at a field unless ok.
func (f *Faults) Check(ok bool, field, key string, args ...any) {
	if !ok {
		f.Add(field, key, args...)
	}
}

// Err returns the faults as an error, or nil if there are none.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return f
}
