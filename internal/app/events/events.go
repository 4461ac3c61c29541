// Package events holds the use cases of fairs and market sessions as such: typing them
// in, checking, cloning and listing them, advice on their dates, the calls owed about them.
//
// What a step of an event does to booths, passes and vendors belongs to package
// lifecycle.
package events

import (
	"hoicho/internal/app/core"
)

// Service runs the use cases of events. New makes one.
type Service struct {
	*core.Core
}

// New makes a Service on what all share.
func New(c *core.Core) *Service {
	return &Service{Core: c}
}
