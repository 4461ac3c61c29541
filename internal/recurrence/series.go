package recurrence

import "hoicho/internal/registry"

// SeriesID names a series.
type SeriesID string

// Series is a rule with the event that its sessions are copied from. Each session is an
// event of its own that keeps the key of its occurrence.
type Series struct {
	ID        SeriesID
	Pattern   registry.EventID
	Rule      Rule
	CreatedBy registry.AccountID
	CreatedAt int64 // unix ms
	Version   int64
}
