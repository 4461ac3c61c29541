package registry

// APIToken lets a program act with the rights of an account. The token itself is
// shown once and never stored.
type APIToken struct {
	ID        string
	TokenHash string
	Account   AccountID
	Name      string // told by its owner: what uses it
	CreatedAt int64  // unix ms
	ExpiresAt int64
	UsedAt    int64 // 0 = never
	RevokedAt int64 // 0 = in force
}
