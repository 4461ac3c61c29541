package store

import "github.com/google/uuid"

// NewID makes a UUIDv7: random, and in the order of time, so that rows of one
// event lie together.
func NewID[T ~string]() T {
	return T(uuid.Must(uuid.NewV7()).String())
}
