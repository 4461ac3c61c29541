package frame

import (
	"net"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
)

// Policy says who may use a route at all. What they may do with which object is
// decided in app; the policy is the fence around the page.
type Policy struct {
	kind  policyKind
	Right registry.Right
}

type policyKind int

const (
	kindPublic policyKind = iota
	kindCached
	kindEntering
	kindAccount
	kindOffice
	kindDevice
	kindToken
	kindLocal
	kindSession
)

var (
	// Public is for everybody.
	Public = Policy{kind: kindPublic}
	// Cached is for everybody and the same for all who are not signed in: its
	// bytes are kept ready until something changes.
	Cached = Policy{kind: kindCached}
	// Entering is for whoever has given a password, be the second step still owed
	// or passed: the pages of that step itself, and nothing else.
	Entering = Policy{kind: kindEntering}
	// Account is for whoever is signed in, vendors and officers alike.
	Account = Policy{kind: kindAccount}
	// Device is for a paired gate phone with its bearer token; api checks it.
	Device = Policy{kind: kindDevice}
	// Token is for a program with the API token of an account; api checks it.
	Token = Policy{kind: kindToken}
	// Session is Account for a script: nobody is led to a page, an error says what is owed.
	Session = Policy{kind: kindSession}
	// Local is for whoever sits at the machine that serves: the page of a relay.
	Local = Policy{kind: kindLocal}
)

// Office is for accounts that hold the right in some area.
func Office(right registry.Right) Policy { return Policy{kind: kindOffice, Right: right} }

var policyNames = map[policyKind]string{kindPublic: "public", kindCached: "cached", kindEntering: "entering", kindAccount: "account",
	kindOffice: "office", kindDevice: "device", kindToken: "token", kindLocal: "local", kindSession: "session"}

// String names the policy, without its right.
func (p Policy) String() string { return policyNames[p.kind] }

// Open reports whether everybody may use the route.
func (p Policy) Open() bool { return p.kind == kindPublic || p.kind == kindCached }

// guard puts the policy in front of a handler, and packs what it answers. The pages of the
// second step show secrets, and go as they are; those from the cache are packed there.
func (s *Server) guard(p Policy, h fiber.Handler) fiber.Handler {
	if p.kind == kindEntering {
		return s.enteringOnly(h)
	}
	return s.packing(s.fence(p, h))
}

// fence puts the policy in front of a handler.
func (s *Server) fence(p Policy, h fiber.Handler) fiber.Handler {
	switch p.kind {
	case kindAccount:
		return s.signedInOnly(func(accounts.SignedIn) bool { return true }, h)
	case kindSession:
		return sessionOnly(h)
	case kindOffice:
		return s.signedInOnly(func(in accounts.SignedIn) bool { return in.Actor.CanSomewhere(p.Right) }, h)
	case kindCached:
		return s.cached(h)
	case kindLocal:
		return func(c *fiber.Ctx) error {
			if !IsLocal(c) {
				return registry.E(registry.NotFound, "error.not_found")
			}
			c.Set(fiber.HeaderCacheControl, "no-store")
			return h(c)
		}
	default:
		return h
	}
}

// enteringOnly lets a handler answer whoever has given a password.
func (s *Server) enteringOnly(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if _, ok := Entered(c); !ok {
			return errSignInFirst
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return h(c)
	}
}

var errSignInFirst = registry.E(registry.Unauthenticated, "error.sign_in_first")

// sessionOnly lets a handler answer a script of whoever is signed in.
func sessionOnly(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if _, ok := SignedIn(c); !ok {
			return errSignInFirst
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return h(c)
	}
}

// signedInOnly lets a handler answer those who are signed in and may open the
// route. Whoever owes the second step is led to it.
func (s *Server) signedInOnly(may func(accounts.SignedIn) bool, h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		in, ok := SignedIn(c)
		switch {
		case !ok && OwesSecondStep(c):
			return s.Ways.SecondStep(c, s.Carried(c))
		case !ok:
			return errSignInFirst
		case !may(in):
			return registry.E(registry.NotFound, "error.not_found")
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return h(c)
	}
}

// IsLocal reports whether a request comes from the machine itself, by a name that
// no other site can have.
func IsLocal(c *fiber.Ctx) bool {
	host := string(c.Context().Host())
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return c.Context().RemoteIP().IsLoopback() && slices.Contains([]string{"localhost", "127.0.0.1", "[::1]", "::1"}, host)
}
