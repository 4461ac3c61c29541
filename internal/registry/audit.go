package registry

// AuditEntry is one line of the audit log: who did what to which object. Each
// line carries the hash of the one before it, so that an edited, removed or
// swapped line is found by `hoicho check-db`.
type AuditEntry struct {
	Seq     int64
	At      int64 // unix ms
	Account AccountID
	Name    string // of the account, or "system: …"
	Action  string // "booth.assign"
	Object  string // "booth"
	ID      string
	Area    string // codes of today's units as "|01843|19|", for who may read the line
	Detail  string // JSON: before, after, reason
	Prev    string // hex SHA-256 of the line before
	Hash    string // hex SHA-256 of this line
}

// Change is what a use case tells the audit log.
type Change struct {
	Action string // "object.verb"
	Object string
	ID     string
	Scope  Scope
	Detail any // becomes JSON; no secrets, no personal numbers
}
