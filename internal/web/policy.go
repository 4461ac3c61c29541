package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"hoicho/internal/app"
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
	case kindAccount:
		return s.signedInOnly(func(app.SignedIn) error { return nil }, h)
	case kindOffice:
		return s.signedInOnly(func(in app.SignedIn) error {
			if s.app.NeedsSecondStep(in) {
				return errSecondStep
			}
			if !in.Actor.CanSomewhere(p.right) {
				return registry.E(registry.NotFound, "error.not_found")
			}
			return nil
		}, h)
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

// errSecondStep sends an officer to the page of the second factor.
var errSecondStep = errors.New("web: second step needed")

func (s *Server) signedInOnly(check func(app.SignedIn) error, h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		in, ok := signedIn(c)
		if !ok {
			return registry.E(registry.Unauthenticated, "error.sign_in_first")
		}
		if err := check(in); err != nil {
			if errors.Is(err, errSecondStep) {
				return s.toSecondStep(c, carried(c))
			}
			return err
		}
		c.Set(fiber.HeaderCacheControl, "no-store")
		return h(c)
	}
}
