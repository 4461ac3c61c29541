package web

import (
	"net"
	"slices"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app/accounts"
	"hoicho/internal/registry"
)

// policy says who may use a route at all. What they may do with which object is
// decided in app; the policy is the fence around the page.
type policy struct {
	kind  policyKind
	right registry.Right
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
)

var (
	// public is for everybody.
	public = policy{kind: kindPublic}
	// cached is for everybody and the same for all who are not signed in: its
	// bytes are kept ready until something changes.
	cached = policy{kind: kindCached}
	// entering is for whoever has given a password, be the second step still owed
	// or passed: the pages of that step itself, and nothing else.
	entering = policy{kind: kindEntering}
	// account is for whoever is signed in, vendors and officers alike.
	account = policy{kind: kindAccount}
	// device is for a paired gate phone with its bearer token; api checks it.
	device = policy{kind: kindDevice}
	// token is for a program with the API token of an account; api checks it.
	token = policy{kind: kindToken}
	// local is for whoever sits at the machine that serves: the page of a relay.
	local = policy{kind: kindLocal}
)

// office is for accounts that hold the right in some area.
func office(right registry.Right) policy { return policy{kind: kindOffice, right: right} }

// guard puts the policy in front of a handler.
func (s *Server) guard(p policy, h fiber.Handler) fiber.Handler {
	switch p.kind {
	case kindEntering:
		return s.enteringOnly(h)
	case kindAccount:
		return s.signedInOnly(func(accounts.SignedIn) bool { return true }, h)
	case kindOffice:
		return s.signedInOnly(func(in accounts.SignedIn) bool { return in.Actor.CanSomewhere(p.right) }, h)
	case kindCached:
		return s.cached(h)
	case kindLocal:
		return func(c *fiber.Ctx) error {
			if !isLocal(c) {
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
		if _, ok := entered(c); !ok {
			return errSignInFirst
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return h(c)
	}
}

var errSignInFirst = registry.E(registry.Unauthenticated, "error.sign_in_first")

// signedInOnly lets a handler answer those who are signed in and may open the
// route. Whoever owes the second step is led to it.
func (s *Server) signedInOnly(may func(accounts.SignedIn) bool, h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		in, ok := signedIn(c)
		switch {
		case !ok && owesSecondStep(c):
			return s.ways.secondStep(c, s.carried(c))
		case !ok:
			return errSignInFirst
		case !may(in):
			return registry.E(registry.NotFound, "error.not_found")
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return h(c)
	}
}

// isLocal reports whether a request comes from the machine itself, by a name that
// no other site can have.
func isLocal(c *fiber.Ctx) bool {
	host := string(c.Context().Host())
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return c.Context().RemoteIP().IsLoopback() && slices.Contains([]string{"localhost", "127.0.0.1", "[::1]", "::1"}, host)
}
