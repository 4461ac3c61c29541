package events

import (
	"hoicho/internal/fact"
	"hoicho/internal/registry"
)

// Differences is what the audit log keeps of a change of an event: what differs, of
// its fields and of what it went through.
func Differences(was, now registry.Event) fact.Facts {
	return append(fact.Differences(lifeFacts(was), lifeFacts(now)), Fields.Difference("event", was, now)...)
}

// lifeFacts are what steps and answers change of an event.
func lifeFacts(e registry.Event) fact.Facts {
	return fact.Facts{fact.Code("state", fact.EventState, e.State), fact.Said("reason", e.StateReason), fact.List("asked", fact.EventField, e.Asked...),
		fact.Days("former_days", e.Former.OpensOn, e.Former.ClosesOn), fact.Said("former_venue", e.Former.Venue)}
}
