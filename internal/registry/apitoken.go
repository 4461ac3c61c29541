package registry

import "slices"

// APIScope is a part of the API that a token opens, within the rights of its
// account.
type APIScope string

// The scopes.
const (
	ScopeRead         APIScope = "read"         // booths, passes and applications, changing nothing
	ScopeEvents       APIScope = "events"       // plan events and their booths
	ScopeApplications APIScope = "applications" // decide on applications, give booths
	ScopeGate         APIScope = "gate"         // issue and block passes
	ScopeReports      APIScope = "reports"      // the figures of the result report
)

// APIScopes lists every scope in the order shown to people.
var APIScopes = []APIScope{ScopeRead, ScopeEvents, ScopeApplications, ScopeGate, ScopeReports}

// Valid reports whether s is a known scope.
func (s APIScope) Valid() bool { return slices.Contains(APIScopes, s) }

// APIToken lets a program act with the rights of an account, in some parts of the
// API, until a day. The token itself is shown once and never stored.
type APIToken struct {
	ID        string
	TokenHash string
	Account   AccountID
	Name      string // told by its owner: what uses it
	Scopes    []APIScope
	CreatedAt int64 // unix ms
	ExpiresAt int64
	UsedAt    int64 // 0 = never
	RevokedAt int64 // 0 = in force
}

// Opens reports whether the token has one of the scopes.
func (t *APIToken) Opens(scopes []APIScope) bool {
	return slices.ContainsFunc(scopes, func(s APIScope) bool { return slices.Contains(t.Scopes, s) })
}
